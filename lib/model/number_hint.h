/*
 * number_hint: what people write in the place of a number, and what to do about it.
 *
 * Depends on nothing but the C library.
 */
#ifndef MODEL_NUMBER_HINT_H
#define MODEL_NUMBER_HINT_H

#include <stddef.h>

/* Advice for a text that is no number (base/decimal.h); a constant. */
const char *number_hint(const char *s, size_t len);

#endif
