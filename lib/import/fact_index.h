/*
 * fact_index: which facts of a report have a value, so that one that is said again is found without
 * looking at all of them.
 *
 * Depends on base, model.
 */
#ifndef IMPORT_FACT_INDEX_H
#define IMPORT_FACT_INDEX_H

#include <stdint.h>

#include "base/arena.h"
#include "base/decimal.h"

struct fact_entry {
    uint64_t hash;
    uint32_t owner, fact; /* the how many-th of its list */
    uint32_t next;        /* of the same slot, + 1; 0: none */
};

struct fact_index {
    struct fact_entry *entries;
    size_t count, cap;
    uint32_t *slots; /* the newest entry of each, + 1 */
    size_t size;     /* 0 or a power of two */
};

/* What is the same for all writings of a value (1.50 and 1.5) in a list: `owner` says of which. */
uint64_t fact_hash(struct decimal value, uint32_t owner);

void fact_index_add(struct fact_index *index, struct arena *arena, uint64_t hash, uint32_t owner,
                    uint32_t fact);

/* The entries of a hash and owner, from the newest to the oldest: 0 begins, 0 ends. */
uint32_t fact_index_next(const struct fact_index *index, uint64_t hash, uint32_t owner,
                         uint32_t before);

#endif
