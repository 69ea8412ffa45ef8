/*
 * read_pdf: a PDF, by where its text and its lines stand on the pages.
 *
 * pdftotext tells the words with their boxes, and pdftocairo what is drawn, the lines of tables
 * with it. (The structure of a tagged PDF would be told by pdfinfo -struct-text, but that takes
 * hundreds of times as long, and knows no cells that span others.) Cells are what lines enclose;
 * where there are none, columns are found by the gaps between words. What a page broke is put
 * together again: lines of a paragraph, names in cells, rows that it cut, tables that go on
 * overleaf. Numbers of pages and running titles come last, as DOC_EDGE.
 *
 * The programs run with limits. Depends on base/child.h and import/read_pdf_page.h.
 */
#ifndef IMPORT_READ_PDF_H
#define IMPORT_READ_PDF_H

#include <stdbool.h>
#include <stddef.h>

struct doc_reading;

bool pdf_is(const char *data, size_t len);
int read_pdf(struct doc_reading *r);

#endif
