/*
 * load_hint: what there is in the data dictionary instead of what the loader refuses: the nearest
 * name, and the name of what people call by its Chinese title.
 *
 * Each gives the error a hint, or leaves it as it is when there is nothing to be said. The text
 * that was refused is `s`, not terminated. Depends on base/err.h, text/suggest.h and the
 * dictionary.
 */
#ifndef MODEL_LOAD_HINT_H
#define MODEL_LOAD_HINT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/dictionary.h"

struct err;

/* A key that none of the fields has; with `columns`, the columns are keys as well. `others` are
 * further keys that there may be, ended by NULL. */
void load_hint_key(struct err *err, const struct field *fields, size_t count, bool with_columns,
                   const char *const *others, const char *s, size_t len);
/* A value that is none of the choices. */
void load_hint_choice(struct err *err, const struct choice *choices, const char *s, size_t len);
/* A text that is not of the form. */
void load_hint_form(struct err *err, const struct text_form *form, const char *s, size_t len);
/* A number of JSON that has an exponent; it is to stand between two `quote`. */
void load_hint_exponent(struct err *err, const char *quote, const char *s, size_t len);

#endif
