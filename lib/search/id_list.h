/*
 * id_list: the numbers of texts in order, in chunks, so that a few can be read without the others.
 * Private to lib/search. Numbers are varints:
 *
 *     how many texts; how many of each kind; how many chunks; of each, unless there is but one, its
 *     first text (as distance to that of the chunk before) and its length in bytes; the chunks
 *     chunk: its first text, and the distance to each further one; ID_CHUNK texts but in the last
 *
 * Depends on base.
 */
#ifndef SEARCH_ID_LIST_H
#define SEARCH_ID_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

enum { ID_CHUNK = 1024 };

/* Texts of a kind stand together. */
struct id_kinds {
    const size_t *ends; /* the first text that is of another kind */
    size_t count;
};

/* Appends a list and returns the length of its head, up to the end of the first chunk. */
size_t id_list_add(struct strbuf *out, const struct id_kinds *kinds, const uint32_t *ids,
                   size_t count);
/* Appends what a chunk holds. */
void id_list_add_chunk(struct strbuf *out, const uint32_t *ids, size_t count);

#endif
