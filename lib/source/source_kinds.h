/*
 * source_kinds: where content can be read from, behind the functions of source.h. Private to
 * lib/source.
 *
 * Each kind has a struct of its own that begins with struct source. Paths come as source.h has
 * them, and `shown` is what errors call them.
 */
#ifndef SOURCE_SOURCE_KINDS_H
#define SOURCE_SOURCE_KINDS_H

#include "source/source.h"

struct source_kind {
    int (*list)(const struct source *source, const char *path, const char *shown,
                struct arena *arena, struct fs_list *out, struct errs *errs);
    bool (*has)(const struct source *source, const char *path);
    /* NULL: it has no use for it. */
    void (*hint_folder)(struct source *source, const char *path, const struct object_id *tree);
    /* NULL: it cannot tell without reading. */
    bool (*has_same)(const struct source *source, const char *path, const struct source_text *text);
    /* Sets the text and its length. */
    int (*read)(const struct source *source, const char *path, const char *shown,
                struct arena *arena, struct source_text *out, struct errs *errs);
    /* What belongs to the kind; the source itself is freed by the caller. */
    void (*close)(struct source *source);
};

struct source {
    const struct source_kind *kind;
    char *name;        /* of the content folder, as errors show it; to be freed */
    const char *joint; /* between that and a path: "/", or nothing */
};

#endif
