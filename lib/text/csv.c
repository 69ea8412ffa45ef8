#include "base/base.h"

#include "text/csv.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"

/* A comma before every cell of a row but the first. */
void csv_begin_cell(struct csv_writer *w)
{
    if (w->in_row)
        strbuf_addch(w->out, ',');
    w->in_row = true;
}

static bool looks_like_formula(char c)
{
    return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

static bool needs_quotes(const char *s, size_t len)
{
    static const bool special[256] = {[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};
    bool any = false;

    for (size_t i = 0; i < len; i++)
        any |= special[(unsigned char)s[i]];
    return any;
}

static void put_text(struct csv_writer *w, const char *before, const char *s, size_t len)
{
    csv_begin_cell(w);
    if (!needs_quotes(s, len)) {
        strbuf_adds(w->out, before);
        strbuf_add(w->out, s, len);
        return;
    }
    strbuf_addch(w->out, '"');
    strbuf_adds(w->out, before);
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '"')
            strbuf_addch(w->out, '"');
        strbuf_addch(w->out, s[i]);
    }
    strbuf_addch(w->out, '"');
}

void csv_put_text(struct csv_writer *w, const char *s, size_t len)
{
    put_text(w, len && looks_like_formula(s[0]) ? "'" : "", s, len);
}

void csv_put_string(struct csv_writer *w, const char *s)
{
    csv_put_text(w, s ? s : "", s ? strlen(s) : 0);
}

void csv_put_exact(struct csv_writer *w, const char *s, size_t len)
{
    put_text(w, "", s, len);
}

void csv_put_number(struct csv_writer *w, const char *s, size_t len)
{
    csv_begin_cell(w);
    strbuf_add(w->out, s, len);
}

void csv_end_row(struct csv_writer *w)
{
    bool is_empty = !w->out->len || w->out->buf[w->out->len - 1] == '\n';

    if (w->in_row && is_empty) /* one cell with nothing in it, which is not an empty line */
        strbuf_adds(w->out, "\"\"");
    strbuf_addch(w->out, '\n');
    w->in_row = false;
}

/* --- reading --- */

struct parser {
    const char *p;
    const char *end;
    unsigned line;
    const char *file;
    struct arena *arena;
    struct errs *errs;
    struct strbuf cell;
    struct csv_table *table;
    size_t row_cap;
    size_t cell_cap; /* of the row being read */
};

static int fail(struct parser *s, unsigned line, const char *message)
{
    struct err *err = errs_add(s->errs, ERR_CONTENT, "csv-syntax", "%s", message);

    err_at(err, s->file, line, 0);
    err_hint(err, "a cell begins and ends with a double quote or has none; one inside of it is "
                  "written twice");
    return -1;
}

/* After the opening quote, to behind the closing one. */
static int read_quoted(struct parser *s)
{
    unsigned line = s->line;

    for (; s->p < s->end; s->p++) {
        if (*s->p == '\n')
            s->line++;
        if (*s->p == '"') {
            s->p++;
            if (s->p == s->end || *s->p != '"')
                return 0;
        }
        strbuf_addch(&s->cell, *s->p);
    }
    return fail(s, line, "the quoted cell has no closing quote");
}

static bool at_line_end(const struct parser *s)
{
    return s->p == s->end || *s->p == '\n' ||
           (*s->p == '\r' && s->p + 1 < s->end && s->p[1] == '\n');
}

static int read_cell(struct parser *s)
{
    strbuf_clear(&s->cell);
    if (s->p < s->end && *s->p == '"') {
        s->p++;
        if (read_quoted(s))
            return -1;
        if (!at_line_end(s) && *s->p != ',')
            return fail(s, s->line,
                        "after a closing quote there must be a comma or the line's end");
        return 0;
    }
    while (!at_line_end(s) && *s->p != ',')
        strbuf_addch(&s->cell, *s->p++);
    return 0;
}

static void add_cell(struct parser *s, struct csv_row *row)
{
    if (!row->cells || row->count == s->cell_cap) {
        size_t cap = s->cell_cap ? s->cell_cap * 2 : 8;

        row->cells = arena_realloc(s->arena, row->cells, s->cell_cap * sizeof(*row->cells),
                                   cap * sizeof(*row->cells));
        s->cell_cap = cap;
    }
    row->cells[row->count++] = arena_strndup(s->arena, s->cell.buf, s->cell.len);
}

static void add_row(struct parser *s, const struct csv_row *row)
{
    struct csv_table *table = s->table;

    if (table->count == s->row_cap) {
        size_t cap = s->row_cap ? s->row_cap * 2 : 16;

        table->rows = arena_realloc(s->arena, table->rows, s->row_cap * sizeof(*table->rows),
                                    cap * sizeof(*table->rows));
        s->row_cap = cap;
    }
    table->rows[table->count++] = *row;
}

/* From the start of a line to behind its end. */
static int read_row(struct parser *s)
{
    struct csv_row row = {NULL, 0, s->line};
    bool is_empty = at_line_end(s);
    struct err *err;

    s->cell_cap = 0;
    for (;;) {
        if (read_cell(s))
            return -1;
        if (strlen(s->cell.buf) < s->cell.len)
            return fail(s, s->line, "the character U+0000 is not allowed");
        add_cell(s, &row);
        if (s->p == s->end || *s->p != ',')
            break;
        s->p++;
    }
    if (s->p < s->end) {
        s->p += *s->p == '\r' ? 2 : 1;
        s->line++;
    }
    if (is_empty)
        return 0;
    if (s->table->count && row.count != s->table->rows[0].count) {
        err = errs_add(s->errs, ERR_CONTENT, "csv-row", "this row has %zu cells, the first has %zu",
                       row.count, s->table->rows[0].count);
        err_at(err, s->file, row.line, 0);
        err_hint(err, row.count > s->table->rows[0].count
                          ? "put a cell that has a comma in double quotes: \"1,234\""
                          : "an empty cell has its comma, too");
        return -1;
    }
    add_row(s, &row);
    return 0;
}

int csv_parse(const char *text, size_t len, const char *file, unsigned first_line,
              struct arena *arena, struct csv_table *out, struct errs *errs)
{
    struct parser s = {
        .p = text,
        .end = text + len,
        .line = first_line,
        .file = file,
        .arena = arena,
        .errs = errs,
        .cell = STRBUF_INIT,
        .table = out,
    };
    int result = 0;

    *out = (struct csv_table){NULL, 0};
    while (!result && s.p < s.end)
        result = read_row(&s);
    strbuf_release(&s.cell);
    return result;
}
