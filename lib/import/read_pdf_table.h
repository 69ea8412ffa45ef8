/*
 * read_pdf_table: a table of a PDF while it is put together, from one page or several.
 *
 * Depends on import/read_pdf_grid.h and import/read_pdf_text.h.
 */
#ifndef IMPORT_READ_PDF_TABLE_H
#define IMPORT_READ_PDF_TABLE_H

#include "import/read_pdf_grid.h"
#include "import/read_pdf_text.h"

struct doc_reading;

struct pdf_table_cell {
    unsigned row, column, row_span, column_span, page;
    const char *text;
};

struct pdf_table {
    struct pdf_table_cell *cells; /* by row, then by column */
    size_t count, cap;
    unsigned rows, columns;
    int *xs; /* the lines between the columns, as on the first page; NULL without */
    unsigned first_page, last_page;
};

/* The cells of a grid; the words in them are taken. */
void pdf_table_of_grid(struct doc_reading *r, const struct pdf_page *page,
                       const struct pdf_grid *grid, struct pdf_table *out);
/* Lines that have gaps at the same places: how many of them, from the `from`-th on, are rows of a
 * table; 0: none are. */
size_t pdf_table_of_lines(struct doc_reading *r, const struct pdf_lines *lines, size_t from,
                          size_t until, struct pdf_table *out);
/* Adds the rows of `more` to a table that it continues on the next page, without those that repeat
 * its head. false, and nothing is done: it is another table. */
bool pdf_table_continue(struct pdf_table *table, const struct pdf_table *more);
/* Adds it to the document, and releases it. -1 after adding an error. */
int pdf_table_end(struct doc_reading *r, struct pdf_table *table);
void pdf_table_release(struct pdf_table *table);

#endif
