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
    int room;  /* behind its last line */
    int first; /* how wide its first character is */
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
/* Whether `more`, on the next page, goes on with a table. */
bool pdf_table_goes_on(const struct pdf_table *table, const struct pdf_table *more);
/* Adds the rows of `more` to a table that it goes on with, without those that repeat its head; a
 * row that the break of pages cut is one again. false, and nothing is done: it is another table. */
bool pdf_table_continue(struct doc_reading *r, struct pdf_table *table,
                        const struct pdf_table *more);
/* Adds it to the document, and releases it. -1 after adding an error. */
int pdf_table_end(struct doc_reading *r, struct pdf_table *table);
void pdf_table_release(struct pdf_table *table);

#endif
