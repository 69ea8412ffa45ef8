/*
 * csv: RFC 4180, in UTF-8 without a byte order mark, lines ended by LF (CRLF is read as well).
 *
 * Writing: a text cell that a spreadsheet would take for a formula (first character = + - @, a tab
 * or a carriage return) gets an apostrophe before it, as OWASP advises against "CSV injection";
 * number cells are never altered. Depends on base.
 */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct errs;
struct strbuf;

/* Cells are put one after the other, then the row is ended. */
struct csv_writer {
    struct strbuf *out;
    bool in_row;
};

void csv_put_text(struct csv_writer *w, const char *s, size_t len);
/* The same up to its end; NULL: an empty cell. */
void csv_put_string(struct csv_writer *w, const char *s);
/* A text that must stay what it is, also when a spreadsheet would take it for a formula. */
void csv_put_exact(struct csv_writer *w, const char *s, size_t len);
/* A number, or nothing: written as it is. */
void csv_put_number(struct csv_writer *w, const char *s, size_t len);
/* Begins a cell; a number may then be appended to `out` directly. */
void csv_begin_cell(struct csv_writer *w);
void csv_end_row(struct csv_writer *w);

struct csv_row {
    const char **cells;
    size_t count;
    unsigned line;
};

struct csv_table {
    struct csv_row *rows;
    size_t count;
};

/*
 * Reads a whole table: cells NUL-terminated, memory from the arena, empty lines left out. Errors (a
 * quote that is not closed, something after a closing quote, U+0000, a row longer or shorter than
 * the first) are placed in `file`, lines counted from `first_line`.
 */
int csv_parse(const char *text, size_t len, const char *file, unsigned first_line,
              struct arena *arena, struct csv_table *out, struct errs *errs);

#endif
