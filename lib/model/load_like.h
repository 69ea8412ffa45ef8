/*
 * load_like: what a record was loaded from, so that another version of its source, which is nearly
 * the same, can be loaded with less work.
 *
 * Lines of tables are what there is most of. One whose text is the same as in the other version is
 * not read again, but is the same line, with all that it was bound to. So it belongs to the memory
 * of the other record, and the places in it are those of the other source.
 *
 * Depends on base, model/dictionary.h, model/source_text.h.
 */
#ifndef MODEL_LOAD_LIKE_H
#define MODEL_LOAD_LIKE_H

#include "model/dictionary.h"
#include "model/source_text.h"

struct arena;

/* Where an item of a list is written. */
struct item_span {
    uint32_t start, len; /* in bytes */
    uint32_t lines;      /* line feeds in it */
};

/* Where all items of a list are. */
struct list_spans {
    const struct list_spans *next; /* of another list */
    const void *items;             /* which list it is */
    const struct item_span *spans; /* one for each item */
};

struct load_like {
    const struct source_text *source;
    const struct list_spans *spans; /* of its lists */
    const void *record;
};

/* The lines of a table in the other version, gone through in order. */
struct like_lines {
    const struct source_text *source;
    struct list list; /* empty: there are none */
    const struct item_span *spans;
    size_t next;
};

/* The items of a list field of `record`, which is a part of `like`; both may be NULL. */
struct like_lines like_lines(const struct load_like *like, const struct field *field,
                             const void *record);
/* The line that is written as the text at an offset of a source, or NULL; sets where it was. */
const void *like_next(struct like_lines *lines, const struct entity *entity,
                      const struct source_text *source, size_t offset, struct item_span *span);
/* The item of a map that has a key, or NULL. `record` may be NULL. */
const void *like_item(const struct field *map, const void *record, const char *key, size_t len);

#endif
