/*
 * document: what a published document has in it, in its order, whatever kind of file it was:
 * headings, paragraphs and tables.
 *
 * Readers make it, recognisers read it. A reader alters nothing: texts are what a person sees in
 * the document, in UTF-8, with full-width digits and thin spaces as they are written; only the line
 * breaks that a page made are gone. Every text knows its place, so that whatever comes of it can be
 * traced, and what comes to nothing can be told.
 *
 * All of it lives in the document's arena. Depends on base.
 */
#ifndef IMPORT_DOCUMENT_H
#define IMPORT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct errs;

/* Where something stands, as a person would look for it. Numbers are from 1; 0: not known. */
struct doc_place {
    const char *sheet;    /* of a workbook; else NULL */
    unsigned page;        /* of a PDF */
    unsigned line;        /* of a text or an HTML file */
    unsigned block;       /* the how many-th block of the document */
    unsigned row, column; /* of a cell, in its sheet or table */
};

/* One cell, which stands once, at its upper left corner, however many places it covers. */
struct doc_cell {
    const char *text; /* "" when it is empty; paragraphs within are parted by a line feed */
    /* Of a workbook: the number as it is stored, if what is shown of it is rounded; else NULL. */
    const char *stored;
    unsigned row, column;           /* from 0 */
    unsigned row_span, column_span; /* at least 1 */
    struct doc_place place;
};

struct doc_table {
    unsigned rows, columns;
    struct doc_cell *cells; /* by row, then by column */
    size_t cell_count;
    /* rows * columns: the number of the cell that covers a place, or DOC_NO_CELL. */
    unsigned *grid;
};

#define DOC_NO_CELL (~0U)

enum doc_kind {
    DOC_HEADING,   /* that the document says is one; recognisers find others by their numbers */
    DOC_PARAGRAPH, /* or an item of a list, with its number as it is shown */
    DOC_TABLE,
    DOC_EDGE, /* of a page: its number, a title that most pages have. Behind all others */
};

struct doc_block {
    enum doc_kind kind;
    unsigned level;   /* of a heading, from 1 */
    const char *text; /* NULL for a table */
    struct doc_table *table;
    struct doc_place place;
};

struct document {
    struct arena arena;
    const char *file;   /* as it was named */
    const char *format; /* "docx", "xlsx", "html", "text", "pdf", "xls" */
    struct doc_block *blocks;
    size_t count, cap;
};

/* How much a document may have, so that none takes the machine. */
struct doc_limits {
    size_t file_size;     /* bytes of the file */
    size_t unpacked_size; /* bytes of what is packed in it, all together */
    size_t cells;         /* of all tables, with the places that spans cover */
    unsigned seconds;     /* for a program that is run, such as pdftotext */
};

/* What is enough for any document that a department publishes. */
extern const struct doc_limits doc_limits_default;

/*
 * Reads a file, by what is in it and not by its name. The document is released by the caller, also
 * after an error. -1 after adding an error; what could not be read of it, and does not stop the
 * rest, is a warning.
 */
int document_read(const char *path, const struct doc_limits *limits, struct document *out,
                  struct errs *errs);
/* The same of bytes that are there already; `name` is what errors call them. */
int document_read_bytes(const char *name, const void *data, size_t len,
                        const struct doc_limits *limits, struct document *out, struct errs *errs);
void document_release(struct document *document);

/* The cell that covers a place, or NULL. */
const struct doc_cell *doc_table_at(const struct doc_table *table, unsigned row, unsigned column);

#endif
