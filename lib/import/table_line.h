/*
 * table_line: which line of its form a row of a printed table is: by its code -- whole, or by
 * levels, of which the upper are those of the row above where they are left empty -- or else by its
 * name.
 *
 * Part of recognise_tables.c, whose reading of a table it knows. Depends on base, import/draft.h,
 * import/table_head.h.
 */
#ifndef IMPORT_TABLE_LINE_H
#define IMPORT_TABLE_LINE_H

#include "import/table_head.h"

struct reading_table {
    struct draft *draft;
    size_t block;
    const struct form *form;
    struct head head;
    const char *unit;     /* of money, that stands around it or above all of its columns; or NULL */
    const char *row_unit; /* that the names of the row say; or NULL */
    unsigned units_from;  /* the row from which on each organisation has its own */
    const char *row_of;   /* whose the rows are then */
    size_t *last;         /* by segment: the line of the form that was found last, + 1 */
    const char **codes;   /* by segment: the code that was read last, in columns of its levels */
};

/* The line of a row of a segment; NULL: none. Tells of codes that the classification does not have,
 * and of those that it calls by another name. */
const char *table_line_find(struct reading_table *table, unsigned row, size_t segment);

#endif
