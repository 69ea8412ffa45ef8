/*
 * items: what a department states, as a sorted list: every figure, and every text of its sources
 * with an address of the same kind.
 *
 *     2021/general_public_expenditure/201/final          a figure
 *     2021/general_public_expenditure/201/prior_reason   a text, choice or whole number of a record
 *     2021/projects/p07/goal
 *     2021/narrative, 2021/evaluations/overall/text      a text of its own, in Markdown
 *     names/<name>/short_name                            of all years
 *
 * Which texts there are comes from the data dictionary. Those that a record has from its profile
 * are not the department's own, and are left out. Depends on base, text, model, source.
 */
#ifndef HISTORY_ITEMS_H
#define HISTORY_ITEMS_H

#include <stdbool.h>

#include "history/alike.h"
#include "source/content.h"

struct item {
    const char *key;         /* below the department; or below the year, when years are compared */
    const char *address;     /* the permanent one; a text has one of the same kind */
    int64_t year;            /* 0: of all years */
    const char *scope;       /* "projects/p07"; NULL: the report itself, or the department */
    const char *table;       /* or what a record is one of: "funds"; NULL: neither */
    const char *line;        /* of a figure; else NULL */
    const char *column;      /* of a figure, or the field of a text */
    const char *scope_title; /* name of the project or evaluation; may be NULL */
    const char *table_title; /* may be NULL */
    const char *label;       /* of the line or record; may be NULL */
    const char *column_title;
    bool is_figure;
    struct quantity value; /* of a figure */
    const char *text;      /* of a text; "" of a figure */
    const char *shown;     /* the same for people: the title of a choice */
};

struct items {
    struct item *list; /* sorted by key */
    size_t count;
    size_t cap;
    struct arena arena;
};

struct scope_key {
    const char *scope; /* "projects/p07" */
    const char *key;
};

struct items_wanted {
    /* This one only; 0: all. Then there are only figures, and keys are without the year, but with
     * the name of the project or evaluation: ids begin anew each year. */
    int64_t year;
    /* With a year: what projects are called in keys instead. */
    const struct scope_key *scopes;
    size_t scope_count;
    const char *prefix;        /* of addresses, up to a slash or an '@'; NULL: all */
    const struct alike *alike; /* what is passed over; NULL: nothing */
    const char *table;         /* only what is in it; NULL: all */
};

/* What a bound department has. The department must stay as long as the items, which are released by
 * the caller. */
void items_collect(struct items *items, const struct content_department *content,
                   const struct items_wanted *wanted);
void items_release(struct items *items);

/* Whether it is what a thing cannot be without: the level of a department, the profile of a report,
 * the name of a project or an evaluation. Where that came or went, so did the whole. */
bool item_is_marker(const struct item *item);

/* Whether two items of one key say the same: equal values, however they are written. */
bool items_same(const struct item *a, const struct item *b);

#endif
