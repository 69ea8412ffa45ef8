/*
 * found_keys: the keys of an entity, by their names, remembering those that were found: the same
 * come again and again. Private to lib/model.
 */
#ifndef MODEL_FOUND_KEYS_H
#define MODEL_FOUND_KEYS_H

#include "model/dictionary.h"

struct found_key {
    const struct entity *entity;
    const struct field *field; /* of the entity, or a column of its figures; NULL: there is none */
    bool is_column;
};

enum { FOUND_KEYS = 64 };

/* All zero is an empty one. */
struct found_keys {
    struct found_key slots[FOUND_KEYS];
};

/* The field of that name that a source may have, or else, if it has figures, the column. */
struct found_key found_key(struct found_keys *keys, const struct entity *entity, const char *name,
                           size_t len, bool has_figures);

#endif
