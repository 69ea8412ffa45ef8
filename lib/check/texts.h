/*
 * texts: every text of a report -- the narrative and the evaluations in Markdown, and each text
 * field of the records -- for the checks that read words. Private to lib/check.
 */
#ifndef CHECK_TEXTS_H
#define CHECK_TEXTS_H

#include "check/checking.h"

struct check_text {
    const char *s; /* UTF-8; not necessarily terminated */
    size_t len;
    bool is_markdown;
    /* a field of a record; NULL for Markdown */
    const struct entity *entity;
    const void *record;
    const struct field *field;
    /* Markdown: its path in the content folder */
    const char *path;
};

/* Cites what stands `offset` bytes into the text; `quoted` is shown, and published. */
void check_cite_word(struct checking *c, struct finding *finding, const struct check_text *text,
                     size_t offset, const char *quoted);

/* The checks, each of one text. */
void check_placeholders(struct checking *c, const struct check_text *text);
void check_personal_data(struct checking *c, const struct check_text *text);
void check_narrative(struct checking *c, const struct check_text *text);

#endif
