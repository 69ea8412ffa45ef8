/*
 * search_index: texts as an index that a browser searches by fetching a few files of it: no server
 * program, and no more than about 16 KB for each step.
 *
 *   search/index.bin       what is where: read first, grows by some bytes for 16 KB of the others
 *   search/keys/N.bin      pieces of text, sorted, with the texts that hold them (grams.h)
 *   search/lists/N.bin     the texts of pieces that very many hold, in chunks
 *   search/texts/N.bin     the texts themselves and where they stand
 *   search/places/N.bin    what they belong to: a path and a name
 *
 * How it works. A text that says the same in many places is one text with many occurrences. Texts
 * are numbered as results are to be shown: by kind, then what has the most occurrences or is the
 * newest. Any list of them is in this order, so the first results are at its beginning, and a kind
 * is a range of it. What is looked for is folded (fold.h) and its beginning found among the sorted
 * keys, in one block or two; the keys there name all texts that hold it, without a wrong one, as
 * long as it is no longer than a gram. Longer ones are looked up in pieces, and the texts that have
 * all of them are compared when they are fetched to be shown. A beginning that would need more than
 * a few KB of keys to be read has a list: how many texts in all and of each kind, and the texts in
 * chunks that are fetched as needed.
 *
 * Why not two characters as keys and their positions: in texts that are this alike, any two are in
 * most of them, and a phrase of ten that occurs once, or never, needs all of ten long lists. Sorted
 * grams have the two characters as their beginnings, and the last single one of each run as well.
 *
 * Texts are dropped by the builder once they are written to a file without a name; per text that
 * differs from all others some 40 bytes stay in memory, per occurrence 16. Grams are sorted in
 * parts by their first unit, several at once; which parts depends on the texts alone, and so do all
 * bytes.
 *
 * Depends on base, text/utf8.h.
 */
#ifndef SEARCH_SEARCH_INDEX_H
#define SEARCH_SEARCH_INDEX_H

#include <stdbool.h>
#include <stddef.h>

struct errs;
struct search_chunk;
struct search_index;

/* Texts of a kind are shown together, in the order of kinds. */
struct search_kind {
    const char *name;
    bool is_common_first; /* those with the most occurrences come first; otherwise the newest */
};

struct search_text {
    size_t kind;
    const char *label; /* is shown, but not searched; may be NULL */
    const char *text;
    size_t len;
    int year;         /* 0: none */
    const char *path; /* of the page, from that of the place on, with an anchor */
};

/* The texts of one place, gathered by any thread. */
struct search_chunk *search_chunk_new(void);
/* All is copied. A text without anything to search is left out. */
void search_chunk_add(struct search_chunk *chunk, const struct search_text *text);
void search_chunk_free(struct search_chunk *chunk);

/* `stage` makes the path of a file that does not exist yet, to be freed; NULL after adding an
 * error. `kinds` are borrowed. NULL after adding an error. */
struct search_index *search_index_new(const struct search_kind *kinds, size_t count,
                                      char *(*stage)(void *ctx, const char *path,
                                                     struct errs *errs),
                                      void *ctx, struct errs *errs);
/* Adds the texts of a place: of its path ("departments/a/") and name, or none (NULL). */
int search_index_add(struct search_index *index, const struct search_chunk *chunk, const char *path,
                     const char *name, struct errs *errs);

struct search_output {
    void *ctx;
    int (*put)(void *ctx, const char *path, const char *data, size_t len, struct errs *errs);
};

/* Makes all files, in so many threads. */
int search_index_finish(struct search_index *index, unsigned threads,
                        const struct search_output *output, struct errs *errs);
void search_index_free(struct search_index *index);

#endif
