/*
 * read_pdf_cut: a row of a table that a break of pages cut in two.
 *
 * Its lower part is the first row of the next page. It is known by its geometry: each text in it
 * goes on with one above, whose last line had no place for one more character; no column has a
 * figure and anything else in it; and figures are in one part alone -- in the lower only together
 * with its code --, while all other rows of the table have some. Where the last is not so, the two
 * stay, with a warning. Depends on import/read_pdf_table.h, import/clean.h.
 */
#ifndef IMPORT_READ_PDF_CUT_H
#define IMPORT_READ_PDF_CUT_H

struct doc_reading;
struct pdf_table;

/* Makes one of a row and the one before it, if they are one. */
void pdf_join_cut_row(struct doc_reading *r, struct pdf_table *table, unsigned number);

#endif
