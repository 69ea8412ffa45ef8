/*
 * cell: a figure of a table as the balances see it -- stated, blank, or unknown. Private to
 * lib/check.
 *
 * What is absent is not zero; but where a statutory table was published, a blank cell that the
 * profile prints adds nothing to a sum. Where the table is not at hand, or the figure is told in
 * the text only, an absent figure is unknown, and what needs it cannot be checked. What is marked
 * "——" or "不涉及" is blank.
 *
 * Depends on check/checking.h.
 */
#ifndef CHECK_CELL_H
#define CHECK_CELL_H

#include "check/checking.h"

enum cell_state { CELL_STATED, CELL_BLANK, CELL_UNKNOWN };

/* A table of a report beside the profile's form of it. */
struct cell_table {
    const struct report *report;      /* NULL: there is no such report */
    const struct table *table;        /* NULL: the report does not have it */
    const struct profile_table *form; /* NULL: its profile does not have it */
    bool is_held;                     /* what is printed and absent is blank */
    unsigned decimals;                /* of its amounts, see number_of() */
};

struct cell {
    enum cell_state state;
    struct number number; /* CELL_STATED */
    struct cited cited;
};

/*
 * The tables of a report, one for each of `profile`, whose order they have; in the arena. The
 * report may have another profile, `own`. NULL is no report, and has no tables.
 */
const struct cell_table *cell_tables_make(const struct report *report, const struct profile *own,
                                          const struct profile *profile, struct arena *arena);
/* The table of that id, or NULL when the profile has none. */
const struct cell_table *cell_table_find(const struct checking *c, const char *table);

struct cell cell_of(const struct cell_table *table, const char *line, const char *column);

/*
 * What the report says of a line's final accounts of the year before: the prior figure itself, or
 * the final accounts less the change. The figure cited is the one that tells it.
 */
struct cell cell_of_prior(const struct cell_table *table, const struct line *line);

/* Whether the column belongs to the line's side. */
bool cell_exists(const struct cell_table *table, const char *line, const char *column);
/* Whether a statutory table prints the line and column, and does not only tell of them. */
bool cell_is_printed(const struct cell_table *table, const char *line, const char *column);

#endif
