/*
 * read_pdf_grid: the tables of a page, by the lines that are drawn around their cells.
 *
 * Lines that touch belong together. What has no line to its left, right, above or below, ends where
 * the lines across do. Depends on import/read_pdf_page.h.
 */
#ifndef IMPORT_READ_PDF_GRID_H
#define IMPORT_READ_PDF_GRID_H

#include "import/read_pdf_page.h"

struct pdf_cell {
    struct pdf_box box;
    unsigned row, column, row_span, column_span;
};

struct pdf_grid {
    struct pdf_box box;
    int *xs, *ys; /* the lines: one more than there are columns, rows */
    unsigned columns, rows;
    struct pdf_cell *cells;
    unsigned count;
    unsigned *at; /* rows * columns: the number of the cell that covers a place */
};

struct pdf_grids {
    struct pdf_grid *items; /* from above */
    size_t count, cap;
};

void pdf_find_grids(const struct pdf_page *page, struct pdf_grids *out);
/*
 * Cuts rows that no lines part: cells beside each other that have several lines of text at the same
 * heights, and in at least one of them nothing but figures.
 */
void pdf_split_rows(struct pdf_page *page, struct pdf_grid *grid);
void pdf_release_grids(struct pdf_grids *grids);
/* The cell that is around a place, or NULL. */
const struct pdf_cell *pdf_cell_at(const struct pdf_grid *grid, int x, int y);

#endif
