/*
 * search_store: the texts of an index while they are gathered, each once. Private to lib/search.
 */
#ifndef SEARCH_SEARCH_STORE_H
#define SEARCH_SEARCH_STORE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/strmap.h"
#include "search/search_index.h"
#include "search/spool.h"

enum { STORE_HASH = 16 };

struct stored_text {
    unsigned char hash[STORE_HASH]; /* of kind, label and text: so long that no two are the same */
    uint64_t offset;                /* in the spool: the label, then the text */
    uint32_t label_len, text_len;
    uint32_t occurrences;
    uint16_t kind;
    uint16_t year; /* the newest */
};

struct stored_occurrence {
    uint32_t text;
    uint32_t place; /* 0: none; else 1 and its number */
    uint32_t path;
    uint32_t year;
};

struct stored_place {
    const char *path, *name;
};

struct search_index {
    const struct search_kind *kinds;
    size_t kind_count;
    char *spool_path;
    struct spool spool;
    struct arena arena; /* of places and paths */
    struct stored_text *texts;
    size_t text_count, text_cap;
    uint32_t *slots; /* of texts by hash; 0: free, else 1 and its number */
    size_t slot_count;
    struct stored_occurrence *occurrences;
    size_t occurrence_count, occurrence_cap;
    struct stored_place *places;
    size_t place_count, place_cap;
    struct strmap path_numbers;
    const char **paths;
    size_t path_count, path_cap;
};

/* Puts texts into the order of results, and occurrences into that of their texts, the newest first,
 * each once; `text` of an occurrence is the text's place in that order. */
void search_store_order(struct search_index *index);

#endif
