/*
 * table_head: the head of a printed table, and what each of its columns is, by the profile.
 *
 * The head is the rows above the first that has a number or the name of a line. A column is known
 * by the texts above it, from the outermost to the last: its own label, or that of its group and
 * its own together. A table of two sides side by side has two segments, each with its names and its
 * amounts. Heads are compared without spaces, quotes, brackets
 * and the year of the report, so that wrapped ones are found. Where lines are printed across, each
 * must have the same columns.
 *
 * Depends on base, import/draft.h.
 */
#ifndef IMPORT_TABLE_HEAD_H
#define IMPORT_TABLE_HEAD_H

#include "import/draft.h"

enum head_kind {
    HEAD_OTHER,   /* nothing that the profile knows */
    HEAD_NAME,    /* names of lines */
    HEAD_CODE,    /* classification codes, or 类, 款, 项 of them */
    HEAD_ORDINAL, /* numbers of rows */
    HEAD_VALUE,
};

enum { HEAD_PARTS = 6 };

struct head_column {
    enum head_kind kind;
    const char *parts[HEAD_PARTS]; /* keys of the texts above, outermost first, each once */
    size_t part_count;
    size_t segment;
    const char *column; /* of HEAD_VALUE: the id of the profile's column */
    const char *line;   /* of a transposed table: that of the line */
    const char *unit;   /* of money, that the texts above say: "合计（元）"; or NULL */
};

struct head {
    struct head_column *columns;
    size_t count;
    size_t segments;
    unsigned rows;   /* of the head */
    size_t values;   /* columns that were found */
    bool transposed; /* each column is a line and a column */
};

/* Reads the head of a table as one of the form. */
void table_head_read(struct draft *draft, size_t block, const struct form *form, struct head *out);

/* The side that a segment is, or NULL. */
const char *table_head_side(const struct draft *draft, const struct head *head,
                            const struct form *form, size_t segment);

/* Whether a row numbers the columns (1 2 3 ..., 栏次). */
bool table_head_is_ordinal_row(struct draft *draft, size_t block, unsigned row);

#endif
