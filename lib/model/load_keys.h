/*
 * load_keys: whether the things of a list differ in their keys. Private to lib/model.
 */
#ifndef MODEL_LOAD_KEYS_H
#define MODEL_LOAD_KEYS_H

#include "model/dictionary.h"
#include "model/source_text.h"

struct arena;
struct errs;

/* No two things of a list may have the same key: an error for each that has. */
void load_check_keys(const struct field *field, const struct list *list,
                     const struct source_text *source, struct arena *arena, struct errs *errs);

#endif
