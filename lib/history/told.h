/*
 * told: what every form for people says of a change: where it is, and what of a text is another.
 *
 * Depends on base and history/changes.h.
 */
#ifndef HISTORY_TOLD_H
#define HISTORY_TOLD_H

#include "base/strbuf.h"
#include "history/changes.h"

/* Where an item is within its table: the last parts of its address ("total/final"). */
const char *item_place(const struct item *item);
/* A figure as stated, with separators; a text as it is; nothing for NULL. */
void item_add_shown(const struct item *item, struct strbuf *out);

/* Whether it is of a project or evaluation that had another id or name in the year before. */
bool change_is_renamed(const struct change *change);

/* Lines with an end each. */
struct text_lines {
    const char *s;
    size_t len;
};

/* What two texts say, without the lines that both begin or end with; NULL: nothing. The lines point
 * into `old_text` and `new_text`. */
void change_lines(const struct change *change, struct strbuf *old_text, struct strbuf *new_text,
                  struct text_lines *old, struct text_lines *new);

#endif
