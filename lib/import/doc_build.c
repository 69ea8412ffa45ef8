#include "base/base.h"

#include "import/doc_build.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"

/* --- texts --- */

/* How many bytes of blank a text begins with: 0 or those of one character. */
static size_t blank_at(const char *s, size_t len)
{
    const unsigned char *u = (const unsigned char *)s;

    if (len && (*u <= ' ' || *u == 0x7f))
        return 1;
    if (len >= 2 && u[0] == 0xc2 && u[1] == 0xa0) /* no-break space */
        return 2;
    if (len >= 3 && u[0] == 0xe3 && u[1] == 0x80 && u[2] == 0x80) /* ideographic space */
        return 3;
    if (len >= 3 && u[0] == 0xef && u[1] == 0xbb && u[2] == 0xbf) /* a mark amid the text */
        return 3;
    return 0;
}

static size_t blank_before(const char *s, size_t len)
{
    for (size_t n = 1; n <= 3 && n <= len; n++)
        if (blank_at(s + len - n, n) == n)
            return n;
    return 0;
}

const char *doc_trim(const char *text, size_t *len)
{
    size_t blank;

    while ((blank = blank_at(text, *len)) > 0) {
        text += blank;
        *len -= blank;
    }
    while ((blank = blank_before(text, *len)) > 0)
        *len -= blank;
    return text;
}

const char *doc_text(struct doc_reading *r, const char *text, size_t len)
{
    text = doc_trim(text, &len);
    return len ? arena_strndup(&r->document->arena, text, len) : "";
}

/* --- blocks --- */

static struct doc_block *add_block(struct doc_reading *r, enum doc_kind kind,
                                   struct doc_place place)
{
    struct document *d = r->document;
    struct doc_block *block;

    ARENA_GROW(&d->arena, d->blocks, d->count, d->cap);
    block = &d->blocks[d->count++];
    memset(block, 0, sizeof(*block));
    block->kind = kind;
    block->place = place;
    block->place.block = (unsigned)d->count;
    return block;
}

static void add_text(struct doc_reading *r, enum doc_kind kind, unsigned level, const char *text,
                     size_t len, struct doc_place place)
{
    text = doc_text(r, text, len);
    if (*text) {
        struct doc_block *block = add_block(r, kind, place);

        block->level = level;
        block->text = text;
    }
}

void doc_add_paragraph(struct doc_reading *r, const char *text, size_t len, struct doc_place place)
{
    add_text(r, DOC_PARAGRAPH, 0, text, len, place);
}

void doc_add_heading(struct doc_reading *r, unsigned level, const char *text, size_t len,
                     struct doc_place place)
{
    add_text(r, DOC_HEADING, level ? level : 1, text, len, place);
}

void doc_add_edge(struct doc_reading *r, const char *text, size_t len, struct doc_place place)
{
    add_text(r, DOC_EDGE, 0, text, len, place);
}

void doc_add_table(struct doc_reading *r, struct doc_table *table, struct doc_place place)
{
    struct doc_block *block;

    if (!table)
        return;
    block = add_block(r, DOC_TABLE, place);
    block->table = table;
    for (size_t i = 0; i < table->cell_count; i++) {
        struct doc_cell *cell = &table->cells[i];

        cell->place.block = block->place.block;
        if (!cell->place.page)
            cell->place.page = place.page;
        if (!cell->place.row)
            cell->place.row = cell->row + 1;
        if (!cell->place.column)
            cell->place.column = cell->column + 1;
    }
}

/* --- errors --- */

static struct err *vadd(struct doc_reading *r, const char *id, const char *format, va_list args)
{
    struct strbuf message = STRBUF_INIT;
    struct err *err;

    strbuf_vaddf(&message, format, args);
    err = errs_add(r->errs, ERR_CONTENT, id, "%s", message.buf);
    strbuf_release(&message);
    err_at(err, r->document->file, 0, 0);
    return err;
}

struct err *doc_error(struct doc_reading *r, const char *id, const char *format, ...)
{
    va_list args;
    struct err *err;

    va_start(args, format);
    err = vadd(r, id, format, args);
    va_end(args);
    return err;
}

struct err *doc_warn(struct doc_reading *r, const char *id, const char *format, ...)
{
    va_list args;
    struct err *err;

    va_start(args, format);
    err = vadd(r, id, format, args);
    va_end(args);
    err->severity = SEVERITY_WARNING;
    return err;
}

/* --- tables --- */

enum { COLUMNS_MAX = 1000000 }; /* before those are left out that say nothing */

void doc_table_begin(struct doc_table_build *t, struct doc_reading *r)
{
    memset(t, 0, sizeof(*t));
    t->reading = r;
}

void doc_table_drop(struct doc_table_build *t)
{
    free(t->cells);
    free(t->below);
    memset(t, 0, sizeof(*t));
}

void doc_table_next_row(struct doc_table_build *t)
{
    t->row++;
    t->column = 0;
    if (t->rows < t->row)
        t->rows = t->row;
}

struct doc_cell *doc_table_put(struct doc_table_build *t, unsigned row, unsigned column,
                               const char *text, unsigned row_span, unsigned column_span)
{
    size_t most = t->reading->limits->cells;
    struct doc_cell *cell;

    MEM_GROW(t->cells, t->count, t->cap);
    cell = &t->cells[t->count];
    memset(cell, 0, sizeof(*cell));
    cell->text = text;
    cell->row = row;
    cell->column = column;
    cell->row_span = row_span ? row_span : 1;
    cell->column_span = column_span ? column_span : 1;
    /* the last cell is written over when there are too many: the table is not going to be */
    if (t->count >= most || row >= most || column >= COLUMNS_MAX) {
        t->too_large = true;
        return cell;
    }
    if (t->rows < row + 1)
        t->rows = row + 1;
    if (t->columns < column + 1)
        t->columns = column + 1;
    t->count++;
    return cell;
}

static void cover(struct doc_table_build *t, unsigned columns, unsigned until_row)
{
    size_t needed = (size_t)t->column + columns;

    if (needed > t->below_cap) {
        size_t cap = t->below_cap ? t->below_cap : 16;

        while (cap < needed)
            cap *= 2;
        t->below = mem_realloc(t->below, cap, sizeof(*t->below));
        memset(t->below + t->below_cap, 0, (cap - t->below_cap) * sizeof(*t->below));
        t->below_cap = cap;
    }
    for (unsigned i = 0; i < columns; i++, t->column++)
        if (t->below[t->column] < until_row)
            t->below[t->column] = until_row;
}

struct doc_cell *doc_table_append(struct doc_table_build *t, const char *text, unsigned row_span,
                                  unsigned column_span)
{
    struct doc_cell *cell;

    if (column_span > DOC_SPAN_MAX)
        column_span = DOC_SPAN_MAX;
    while (t->column < t->below_cap && t->below[t->column] > t->row)
        t->column++;
    cell = doc_table_put(t, t->row, t->column, text, row_span, column_span);
    if (!t->too_large)
        cover(t, cell->column_span,
              row_span > UINT_MAX - t->row ? UINT_MAX : t->row + cell->row_span);
    return cell;
}

void doc_table_skip(struct doc_table_build *t, unsigned columns)
{
    t->column += columns < DOC_SPAN_MAX ? columns : DOC_SPAN_MAX;
}

/* Columns that no cell begins in say nothing: what covers them covers the one before them. */
static void drop_columns(struct doc_table_build *t)
{
    unsigned *number = mem_zalloc((size_t)t->columns + 1, sizeof(*number)), columns = 0;

    for (size_t i = 0; i < t->count; i++)
        number[t->cells[i].column] = 1;
    for (unsigned i = 0; i <= t->columns; i++) { /* becomes how many there are before it */
        bool begins = number[i];

        number[i] = columns;
        columns += begins;
    }
    for (size_t i = 0; i < t->count; i++) {
        struct doc_cell *cell = &t->cells[i];
        unsigned end = cell->column_span < t->columns - cell->column
                           ? cell->column + cell->column_span
                           : t->columns;

        cell->column_span = number[end] - number[cell->column];
        cell->column = number[cell->column];
    }
    t->columns = columns;
    free(number);
}

static int by_place(const void *a, const void *b)
{
    const struct doc_cell *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

/* Spans end at what is there already, and at the last row. */
static void place_cell(struct doc_table *table, unsigned number)
{
    struct doc_cell *cell = &table->cells[number];
    unsigned *first = &table->grid[(size_t)cell->row * table->columns + cell->column];
    unsigned width = 1, height;

    if (cell->row_span > table->rows - cell->row)
        cell->row_span = table->rows - cell->row;
    while (width < cell->column_span && first[width] == DOC_NO_CELL)
        width++;
    cell->column_span = width;
    for (height = 1; height < cell->row_span; height++) {
        const unsigned *next = first + (size_t)height * table->columns;

        for (unsigned i = 0; i < width; i++)
            if (next[i] != DOC_NO_CELL)
                cell->row_span = height;
    }
    for (height = 0; height < cell->row_span; height++)
        for (unsigned i = 0; i < width; i++)
            first[(size_t)height * table->columns + i] = number;
}

/* The places of all cells first: what stands somewhere is not covered by a span. */
static void make_grid(struct doc_table *table)
{
    size_t places = (size_t)table->rows * table->columns;

    for (size_t i = 0; i < places; i++)
        table->grid[i] = DOC_NO_CELL;
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct doc_cell *cell = &table->cells[i];

        table->grid[(size_t)cell->row * table->columns + cell->column] = (unsigned)i;
    }
    for (size_t i = 0; i < table->cell_count; i++)
        place_cell(table, (unsigned)i);
}

static struct doc_table *make_table(struct doc_table_build *t)
{
    struct arena *arena = &t->reading->document->arena;
    struct doc_table *table = arena_zalloc(arena, 1, sizeof(*table));
    size_t places = (size_t)t->rows * t->columns;

    qsort(t->cells, t->count, sizeof(*t->cells), by_place);
    table->rows = t->rows;
    table->columns = t->columns;
    table->cell_count = t->count;
    table->cells = arena_alloc(arena, t->count * sizeof(*t->cells));
    memcpy(table->cells, t->cells, t->count * sizeof(*t->cells));
    table->grid = arena_alloc(arena, places * sizeof(*table->grid));
    make_grid(table);
    t->reading->cells += places;
    return table;
}

int doc_table_end(struct doc_table_build *t, struct doc_table **out)
{
    size_t left = t->reading->limits->cells - t->reading->cells;
    int result = 0;

    *out = NULL;
    if (t->count && !t->too_large) {
        drop_columns(t);
        if ((size_t)t->rows * t->columns <= left)
            *out = make_table(t);
        else
            t->too_large = true;
    }
    if (t->too_large) {
        err_hint(doc_error(t->reading, "document-too-large", "the tables have more than %zu cells",
                           t->reading->limits->cells),
                 "is it a document for people to read? If so, raise the limit of cells");
        result = -1;
    }
    doc_table_drop(t);
    return result;
}
