/*
 * table_rest: what a table says that was recognised, and that the model has no place for.
 *
 * The cells of a row that nothing took, but for those that only name a part of a form, become a
 * line of the block's rest, which stands in the text where the table was: with the label before
 * them, or with what their row and column are called. Numbers within their words become facts;
 * a number that is all of a cell stays loose, so that it is told as not placed.
 *
 * Depends on base, import/draft.h, import/facts.h, import/form_words.h.
 */
#ifndef IMPORT_TABLE_REST_H
#define IMPORT_TABLE_REST_H

#include "import/draft.h"

struct table_rest {
    struct draft *draft;
    size_t block;
    const char *const *heads; /* by column; NULL: labels stand in the row itself */
    unsigned head_count;
    const char *name;  /* what the row is about; NULL or "": nothing says so */
    size_t project;    /* + 1, to which the facts belong; 0: to */
    const char *scope; /* an evaluation, or NULL: the report */
};

/* Keeps what a row has left, and takes it. */
void table_rest_row(const struct table_rest *rest, unsigned row);

/* Tells that a table has something left. After its last row. */
void table_rest_tell(const struct table_rest *rest);

#endif
