/*
 * grams: which texts hold a piece of text, for all pieces of up to GRAM_UNITS units. Private to
 * lib/search; search_index.h tells the whole.
 *
 * A gram begins at any unit of a run and goes on for GRAM_UNITS units or to the end of the run: so
 * the last single character of each run is one, too. Whatever is looked for, if it is no longer
 * than that, is the beginning of grams, and these stand together when grams are sorted. Beginnings
 * that very many texts share have a list of their own.
 *
 * Depends on base.
 */
#ifndef SEARCH_GRAMS_H
#define SEARCH_GRAMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "search/id_list.h"

enum {
    GRAM_UNITS = 8,
    GRAM_BLOCK = 16384, /* bytes of a block of keys, about */
};

/* All texts, in runs that end in 0. */
struct gram_texts {
    const uint16_t *units;
    const size_t *starts; /* of each text, and where the last one ends */
    size_t count;
    struct id_kinds kinds;
};

struct gram_block {
    size_t end; /* in `keys`; it begins where the one before ends */
    uint16_t first[GRAM_UNITS];
    size_t first_len;
};

/* The grams that begin with units of a range. */
struct gram_part {
    struct strbuf lists; /* see grams.c for the bytes of both */
    struct strbuf keys;
    struct gram_block *blocks;
    size_t block_count, block_cap;
};

struct gram_part *grams_make(const struct gram_texts *texts, uint16_t first, uint16_t last);
void grams_free(struct gram_part *part);

/* Appends units, in one to three bytes each. */
void grams_add_units(struct strbuf *out, const uint16_t *units, size_t count);

#endif
