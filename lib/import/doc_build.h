/*
 * doc_build: how readers put a document together.
 *
 * A reader is handed the bytes of a file and adds headings, paragraphs and tables in their order.
 * Texts are copied into the document's arena, without the blanks at their ends (ASCII, no-break and
 * ideographic spaces, which indent and pad); a text that has nothing else is left out, but for that
 * of a cell. Depends on base, text/utf8.h and import/document.h.
 */
#ifndef IMPORT_DOC_BUILD_H
#define IMPORT_DOC_BUILD_H

#include "import/document.h"

/* What is read, and what becomes of it. */
struct doc_reading {
    const char *data; /* the file; a NUL after it */
    size_t len;
    const struct doc_limits *limits;
    struct document *document;
    struct errs *errs;
    size_t cells; /* that the tables have so far */
};

/* The text without the blanks at its ends: where it begins, and how long it is. */
const char *doc_trim(const char *text, size_t *len);
/* A copy of that, in the document. */
const char *doc_text(struct doc_reading *r, const char *text, size_t len);

void doc_add_paragraph(struct doc_reading *r, const char *text, size_t len, struct doc_place place);
void doc_add_heading(struct doc_reading *r, unsigned level, const char *text, size_t len,
                     struct doc_place place);
/* What stands at the edge of a page. */
void doc_add_edge(struct doc_reading *r, const char *text, size_t len, struct doc_place place);
/* NULL is left out. */
void doc_add_table(struct doc_reading *r, struct doc_table *table, struct doc_place place);

/* Errors and warnings of the file that is read; for a hint to be added. */
struct err *doc_error(struct doc_reading *r, const char *id, const char *format, ...)
    PRINTF_FORMAT(3, 4);
struct err *doc_warn(struct doc_reading *r, const char *id, const char *format, ...)
    PRINTF_FORMAT(3, 4);

/* --- tables --- */

/* A table while its cells come in. */
struct doc_table_build {
    struct doc_reading *reading;
    struct doc_cell *cells;
    size_t count, cap;
    unsigned row, column;   /* where doc_table_append() goes on */
    unsigned rows, columns; /* how far the cells reach so far */
    unsigned *below;        /* by column: the first row that no cell from above covers */
    size_t below_cap;
    bool too_large;
};

enum { DOC_SPAN_MAX = 1000 }; /* columns: what HTML allows */

/* The builder is ended with doc_table_end() or doc_table_drop(). */
void doc_table_begin(struct doc_table_build *t, struct doc_reading *r);
/* Puts the cells that come into the next row; not to be called before the first. */
void doc_table_next_row(struct doc_table_build *t);
/* A cell at the next place of the row that is not covered. Spans of 0 are 1. The pointer is good
 * until the next cell. */
struct doc_cell *doc_table_append(struct doc_table_build *t, const char *text, unsigned row_span,
                                  unsigned column_span);
/* Places of the row that no cell has, and none is to have. */
void doc_table_skip(struct doc_table_build *t, unsigned columns);
/* A cell at a place. */
struct doc_cell *doc_table_put(struct doc_table_build *t, unsigned row, unsigned column,
                               const char *text, unsigned row_span, unsigned column_span);
/* The table, or NULL if it has no cell, in *out. A span ends where the rows do, or where another
 * cell stands; columns that no cell begins in are left out. -1 after adding an error: it is larger
 * than the limits allow. */
int doc_table_end(struct doc_table_build *t, struct doc_table **out);
void doc_table_drop(struct doc_table_build *t);

#endif
