/*
 * revisions: the commits that touched the content, newest first.
 *
 * The line of first parents is followed: what a merge brought is one revision, the merge. Two trees
 * are compared by the ids of what is in them, so that nothing is read but what differs. Depends on
 * base and source.
 */
#ifndef HISTORY_REVISIONS_H
#define HISTORY_REVISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "source/repository.h"

struct arena;
struct errs;
struct strbuf;

/* A report, or what a department has for all years. */
struct touched {
    const char *department;
    int64_t year;            /* 0: all years */
    struct object_id folder; /* the department's tree; not set when it is gone */
};

struct revision {
    struct commit commit;
    char name[12];                   /* the beginning of its id */
    bool has_content;                /* the content folder is there */
    bool had_content;                /* it was there in the commit before */
    struct object_id tree, old_tree; /* of the content folder, if it is there */
    struct touched *reports;         /* sorted, each once */
    size_t report_count;
    bool others; /* files that belong to no department were touched: profiles, pages */
    struct object_id profiles; /* see revision_profiles(); in a timeline only */
};

/*
 * Calls visit() for each revision, from a commit on, until it returns false or there are no more. A
 * revision is good during the call. *is_cut is set when there would be more but for the shallow
 * clone. -1 after an error.
 */
int revisions_each(struct repository *repository, const struct object_id *from,
                   bool (*visit)(void *ctx, const struct revision *revision), void *ctx,
                   bool *is_cut, struct errs *errs);

/* Where a revision touched the report of a year (0: any, or what the department has for all years;
 * the first of those); NULL: nowhere. */
const struct touched *revision_touched(const struct revision *revision, const char *department,
                                       int64_t year);

/* Whose a file of the content folder is. The department's id is copied to the arena; NULL: it
 * belongs to none. */
struct touched touched_by(const char *path, struct arena *arena);

/* The warning that a revision was passed over, for the first of the errors in it. */
void revision_add_unreadable(const struct revision *revision, const struct errs *why,
                             struct errs *errs);

/* One id for all that the content of departments depends on, in a tree of the content; not set when
 * there is no site.json, and so nothing could be published. */
struct object_id revision_profiles(struct repository *repository, const struct object_id *tree);

/* When a commit was made, by the clock of its author: "2024-09-05", "2024-09-05T12:00:00+08:00". */
void commit_add_day(const struct commit *commit, struct strbuf *out);
void commit_add_time(const struct commit *commit, struct strbuf *out);

/*
 * The last revision that was committed on a day ("2023-09-01") or before it, on the way from a
 * commit. -1 after an error, which says what the oldest is when all are younger.
 */
int revisions_find_day(struct repository *repository, const struct object_id *from, const char *day,
                       struct object_id *out, struct errs *errs);

#endif
