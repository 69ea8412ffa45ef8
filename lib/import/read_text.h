/*
 * read_text: plain text, with tables whose cells are parted by tabs.
 *
 * Each line is a paragraph. Tables come in two shapes:
 *  - as a text dump of Word writes them: each cell begins a line with a tab, and goes on in the
 *    lines without one that follow; an empty line ends a row, and two end the table, as does what
 *    looks like a title. An empty line within a cell is told from that by what comes after it: a
 *    line without a tab, and then a cell again;
 *  - as a spreadsheet copies them: a row is a line with tabs between its cells, which may be
 *    quoted when they have several lines.
 * Nothing tells which cells are merged: those that a merged one covers are empty, or missing at the
 * end of a row. A line that has a tab, but no table around it, is a paragraph.
 *
 * Depends on import/doc_build.h.
 */
#ifndef IMPORT_READ_TEXT_H
#define IMPORT_READ_TEXT_H

#include <stddef.h>

struct doc_reading;

/* `text` is UTF-8. */
int read_text(struct doc_reading *r, const char *text, size_t len);

#endif
