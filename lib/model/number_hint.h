/*
 * number_hint: what people write in the place of a number, and what to do about it.
 *
 * Depends on base/decimal.h, base/err.h and text/utf8.h.
 */
#ifndef MODEL_NUMBER_HINT_H
#define MODEL_NUMBER_HINT_H

#include <stddef.h>

struct err;

/* Gives the error of a text that is no number (base/decimal.h) a hint: with the number as it should
 * be written, if that can be told. */
void number_hint(struct err *err, const char *s, size_t len);

#endif
