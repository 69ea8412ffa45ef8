/*
 * changes: what is different between two states of the content, figure by figure and text by text,
 * by their addresses and never by where they stand in a file. A file that was moved or written in
 * another way, and states the same values, has no changes.
 *
 * A state is a content folder, a revision of it, or one fiscal year of either. Departments are read
 * one by one, in parallel, and forgotten; those whose folder is the same in two revisions are not
 * read.
 *
 * Depends on base, text, model, source, and on check/difference.h.
 */
#ifndef HISTORY_CHANGES_H
#define HISTORY_CHANGES_H

#include "history/items.h"
#include "history/timeline.h"
#include "source/repository.h"

/* What came or went as a whole, so that its parts need not be told one by one. */
enum change_whole { WHOLE_NONE, WHOLE_SCOPE, WHOLE_REPORT };

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_ALTERED, CHANGE_NONE };

struct change {
    enum change_kind kind;
    enum change_whole whole;
    const char *department;       /* its id */
    const char *department_name;  /* the latest that it has; may be NULL */
    const struct item *old, *new; /* NULL: added, removed */
    /* Two years as published: the revisions that they are of; else NULL. */
    const struct revision *old_revision, *new_revision;
};

/* The item that there is, the new one before the old. */
static inline const struct item *change_item(const struct change *change)
{
    return change->new ? change->new : change->old;
}

/* The difference of two figures and its per cent, in the forms of check/difference.h. False when
 * there is none. */
bool change_difference(const struct change *change, struct strbuf *out);
bool change_difference_written(const struct change *change, struct strbuf *out);
bool change_difference_shown(const struct change *change, struct strbuf *out);
bool change_percent(const struct change *change, struct strbuf *out);
bool change_percent_shown(const struct change *change, struct strbuf *out);

struct change_counts {
    size_t added, removed, altered, unchanged;
};

struct changes_side {
    const struct source *source;
    const struct object_id *tree; /* of a revision: see repository_content_tree(); NULL: a folder */
    int64_t year;                 /* 0: all; or one for each of the two sides */
};

/* Of two years: a project of the later one that has no other, but is called nearly as one. */
struct likely_continuation {
    const char *department;
    const struct project *old, *new; /* of the earlier and of the later year: */
    int64_t old_year, new_year;
};

struct changes_asked {
    struct changes_side old, new;
    struct repository *repository; /* of the trees, or NULL */
    const char *department;        /* this one and those below it; NULL: all */
    const char *table;             /* NULL: all */
    bool all; /* reads all departments, and visits what is unchanged, too (CHANGE_NONE) */
    struct timeline *timeline; /* two years are those that were first published; or NULL */
    /* NULL: they are not told. Called before the changes of the department are visited. */
    void (*likely)(void *ctx, const struct likely_continuation *likely);
    unsigned threads; /* 0: one for each processor */
};

struct changes_summary {
    struct change_counts figures, texts; /* of the departments that were read */
    size_t departments;                  /* that were read */
    size_t unread;                       /* that have errors on one side */
    size_t one_sided;                    /* that have a report of one of two years */
};

/*
 * Calls visit() for each change, department by department and in the order of addresses. What
 * cannot be read is told in `errs` and passed over. -1 when there was any error; a department that
 * was asked for and is on neither side is one.
 */
int changes_each(const struct changes_asked *asked, struct changes_summary *summary,
                 void (*visit)(void *ctx, const struct change *change), void *ctx,
                 struct errs *errs);

/* Compares two sorted lists; what they have alike is only counted, unless `all` is to be visited.
 */
void changes_merge(const struct items *old, const struct items *new, bool all,
                   struct change_counts *figures, struct change_counts *texts,
                   void (*visit)(void *ctx, const struct item *old, const struct item *new),
                   void *ctx);

#endif
