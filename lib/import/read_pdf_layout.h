/*
 * read_pdf_layout: the paragraphs and tables of the pages of a PDF, in their order.
 *
 * Depends on import/read_pdf_grid.h and import/read_pdf_text.h.
 */
#ifndef IMPORT_READ_PDF_LAYOUT_H
#define IMPORT_READ_PDF_LAYOUT_H

#include "import/read_pdf_page.h"

/* -1 after adding an error. */
int pdf_lay_out(struct pdf *pdf);

#endif
