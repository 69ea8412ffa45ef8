/*
 * alike: the records of a department that are the same in two states of it, found by comparing them
 * where they stand, without making an address of anything. What is not found to be alike may still
 * be: figures written in another way, or in another place of their list.
 *
 * Most of what two revisions have is the same. So it is passed over before items are collected,
 * which costs many times more. Depends on base, model, source.
 */
#ifndef HISTORY_ALIKE_H
#define HISTORY_ALIKE_H

#include "source/content.h"

/* Records, and files, of both states. */
struct alike {
    const void **slots; /* open addressing */
    size_t size;        /* 0 or a power of two, at least twice `count` */
    size_t count;
    size_t figures, texts; /* how many items of one state are passed over */
};

/* clang-format off */
#define ALIKE_INIT { NULL, 0, 0, 0, 0 }
/* clang-format on */

/* Reports are compared with those of the same year. */
void alike_find(struct alike *alike, const struct content_department *a,
                const struct content_department *b);
/* Adds a record that is to be passed over for another reason; it is not counted. */
void alike_add(struct alike *alike, const void *record);
/*
 * The same for a report of a department with all that belongs to it, or for what the department has
 * for all years (`report` NULL). Sets how many items that are.
 */
void alike_add_whole(struct alike *alike, const struct content_department *content,
                     const struct report *report, size_t *figures, size_t *texts);
/* NULL: nothing is. */
bool alike_has(const struct alike *alike, const void *record);
void alike_release(struct alike *alike);

/* Whether a field of a record is a text among items, by itself. `label` is that of the entity. */
bool alike_is_text(const struct field *field, const struct field *label);

#endif
