#include "base/base.h"

#include "import/read_xlsx.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_office.h"
#include "import/read_xlsx_format.h"
#include "import/read_xml.h"

enum { ROWS_MAX = 1048576, COLUMNS_MAX = 16384 };

struct formats {
    struct {
        unsigned id;
        const char *code;
    } * own; /* that the workbook writes out */
    size_t own_count, own_cap;
    unsigned *of_style; /* the format of a cell's style, by its number */
    size_t style_count, style_cap;
};

struct workbook {
    const struct office *office;
    struct doc_reading *reading;
    struct arena *arena;
    const char **strings; /* those that cells share */
    size_t string_count, string_cap;
    struct formats formats;
    bool is_1904;
    size_t uncounted; /* formulas without a result */
    size_t left;      /* bytes of sheets that may be read: two can be one and the same part */
};

struct cell {
    unsigned row, column;
    const char *text, *stored;
};

struct range {
    unsigned row, column, last_row, last_column;
};

struct sheet {
    struct workbook *book;
    const char *name;
    struct cell *cells; /* that have a text */
    size_t count, cap;
    struct range *merges;
    size_t merge_count, merge_cap;
    size_t hidden; /* rows, and groups of columns */
    unsigned row, column;
    bool too_many;
};

/* --- shared strings --- */

/* Characters that XML cannot have are written as _x000D_. */
static const char *string_of(struct workbook *b, const struct strbuf *raw)
{
    struct strbuf text = STRBUF_INIT;
    const char *result;

    for (const char *p = raw->buf; *p; p++) {
        if (!strncmp(p, "_x000D_", 7) || !strncmp(p, "_x000d_", 7))
            p += 6;
        else if (!strncmp(p, "_x000A_", 7) || !strncmp(p, "_x000a_", 7)) {
            strbuf_addch(&text, '\n');
            p += 6;
        } else if (*p != '\r')
            strbuf_addch(&text, *p);
    }
    result = doc_text(b->reading, text.buf, text.len);
    strbuf_release(&text);
    return result;
}

/* <si> or <is>: <t>, or <r> with <t>; not <rPh>, which is how it is pronounced. */
static void add_rich_text(struct xml *x, struct strbuf *out)
{
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        if (xml_is(x, "t"))
            xml_add_text(x, out);
        else if (xml_is(x, "r"))
            add_rich_text(x, out);
    }
}

static int read_strings(struct workbook *b)
{
    const struct zip_part *part = office_part(b->office, "sharedStrings");
    struct strbuf text = STRBUF_INIT;
    struct xml_level level;
    struct xml x;

    if (!part || !part->data)
        return 0;
    xml_open(&x, b->reading, part->name, part->data, part->len);
    level = xml_enter(&x);
    while (xml_next(&x, &level)) {
        if (!xml_is(&x, "si"))
            continue;
        strbuf_clear(&text);
        add_rich_text(&x, &text);
        MEM_GROW(b->strings, b->string_count, b->string_cap);
        b->strings[b->string_count++] = string_of(b, &text);
    }
    strbuf_release(&text);
    return xml_close(&x);
}

/* --- formats --- */

static void read_own_formats(struct workbook *b, struct xml *x)
{
    struct formats *f = &b->formats;
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        const char *code = xml_attribute(x, "formatCode");

        if (!xml_is(x, "numFmt") || !code)
            continue;
        MEM_GROW(f->own, f->own_count, f->own_cap);
        f->own[f->own_count].id = xml_number(x, "numFmtId", 0);
        f->own[f->own_count++].code = arena_strdup(b->arena, code);
    }
}

static void read_styles_of_cells(struct workbook *b, struct xml *x)
{
    struct formats *f = &b->formats;
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        if (!xml_is(x, "xf"))
            continue;
        MEM_GROW(f->of_style, f->style_count, f->style_cap);
        f->of_style[f->style_count++] = xml_number(x, "numFmtId", 0);
    }
}

static int read_formats(struct workbook *b)
{
    const struct zip_part *part = office_part(b->office, "styles");
    struct xml_level level;
    struct xml x;

    if (!part || !part->data)
        return 0;
    xml_open(&x, b->reading, part->name, part->data, part->len);
    level = xml_enter(&x);
    while (xml_next(&x, &level)) {
        if (xml_is(&x, "numFmts"))
            read_own_formats(b, &x);
        else if (xml_is(&x, "cellXfs"))
            read_styles_of_cells(b, &x);
    }
    return xml_close(&x);
}

static const char *format_of(const struct workbook *b, unsigned style)
{
    const struct formats *f = &b->formats;
    unsigned id = style < f->style_count ? f->of_style[style] : 0;
    const char *builtin;

    for (size_t i = 0; i < f->own_count; i++)
        if (f->own[i].id == id)
            return f->own[i].code;
    builtin = xlsx_builtin_format(id);
    return builtin ? builtin : "";
}

/* --- cells --- */

/* "B12" from 0; false when it is none. */
static bool parse_place(const char *s, unsigned *row, unsigned *column, const char **end)
{
    unsigned r = 0, c = 0;

    for (; *s == '$'; s++)
        ;
    for (; (*s | 0x20) >= 'a' && (*s | 0x20) <= 'z' && c <= COLUMNS_MAX; s++)
        c = c * 26 + (unsigned)((*s | 0x20) - 'a') + 1;
    for (; *s == '$'; s++)
        ;
    for (; *s >= '0' && *s <= '9' && r <= ROWS_MAX; s++)
        r = r * 10 + (unsigned)(*s - '0');
    *row = r - 1;
    *column = c - 1;
    *end = s;
    return r && c && r <= ROWS_MAX && c <= COLUMNS_MAX;
}

static void add_cell(struct sheet *s, const char *text, const char *stored)
{
    struct cell *cell;

    if (!*text)
        return;
    if (s->count == s->book->reading->limits->cells) {
        s->too_many = true;
        return;
    }
    MEM_GROW(s->cells, s->count, s->cap);
    cell = &s->cells[s->count++];
    *cell = (struct cell){s->row, s->column, text, stored};
}

static void add_number(struct sheet *s, const char *value, unsigned style)
{
    struct workbook *b = s->book;
    struct strbuf text = STRBUF_INIT, plain = STRBUF_INIT;
    struct xlsx_number n;
    bool is_rounded;
    const char *stored = NULL;

    if (!xlsx_number_parse(value, &n)) {
        add_cell(s, doc_text(b->reading, value, strlen(value)), NULL);
        return;
    }
    is_rounded = xlsx_format(&n, format_of(b, style), b->is_1904, &text);
    if (is_rounded) {
        xlsx_number_plain(&n, &plain);
        stored = arena_strndup(b->arena, plain.buf, plain.len);
    }
    add_cell(s, doc_text(b->reading, text.buf, text.len), stored);
    strbuf_release(&plain);
    strbuf_release(&text);
}

static void add_value(struct sheet *s, const char *type, unsigned style, const struct strbuf *value)
{
    struct workbook *b = s->book;
    const char *text = value->buf;

    if (!strcmp(type, "s")) {
        unsigned long n = strtoul(text, NULL, 10);

        add_cell(s, n < b->string_count ? b->strings[n] : "", NULL);
    } else if (!strcmp(type, "b")) {
        add_cell(s, *text == '1' ? "TRUE" : "FALSE", NULL);
    } else if (!strcmp(type, "n")) {
        add_number(s, text, style);
    } else { /* a text, an error, a date */
        add_cell(s, string_of(b, value), NULL);
    }
}

static void read_cell(struct sheet *s, struct xml *x)
{
    const char *place = xml_attribute(x, "r"), *kind = xml_attribute(x, "t"), *end;
    unsigned style = xml_number(x, "s", 0), row, column;
    struct strbuf value = STRBUF_INIT;
    bool has_formula = false, has_value = false;
    struct xml_level level;
    char type[16];

    snprintf(type, sizeof(type), "%s", kind ? kind : "n");
    if (place && parse_place(place, &row, &column, &end)) {
        s->row = row;
        s->column = column;
    }
    level = xml_enter(x);
    while (xml_next(x, &level)) {
        has_formula = has_formula || xml_is(x, "f");
        has_value = has_value || xml_is(x, "v");
        if (xml_is(x, "v"))
            xml_add_text(x, &value);
        else if (xml_is(x, "is"))
            add_rich_text(x, &value);
    }
    s->book->uncounted += has_formula && !has_value;
    if (value.len && s->row < ROWS_MAX && s->column < COLUMNS_MAX)
        add_value(s, type, style, &value);
    strbuf_release(&value);
    s->column++;
}

static bool is_hidden(const struct xml *x)
{
    const char *hidden = xml_attribute(x, "hidden");

    return hidden && (!strcmp(hidden, "1") || !strcmp(hidden, "true"));
}

static void read_rows(struct sheet *s, struct xml *x)
{
    struct xml_level rows = xml_enter(x);

    while (xml_next(x, &rows) && !s->too_many) {
        struct xml_level cells;
        size_t count = s->count;
        bool hidden;

        if (!xml_is(x, "row"))
            continue;
        s->row = xml_number(x, "r", s->row + 1) - 1;
        s->column = 0;
        hidden = is_hidden(x);
        cells = xml_enter(x);
        while (xml_next(x, &cells))
            if (xml_is(x, "c"))
                read_cell(s, x);
        s->row++;
        s->hidden += hidden && s->count > count;
    }
}

static void read_merges(struct sheet *s, struct xml *x)
{
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        const char *ref = xml_attribute(x, "ref"), *end;
        struct range m;

        if (!ref || !parse_place(ref, &m.row, &m.column, &end) || *end != ':' ||
            !parse_place(end + 1, &m.last_row, &m.last_column, &end) || m.last_row < m.row ||
            m.last_column < m.column)
            continue;
        MEM_GROW(s->merges, s->merge_count, s->merge_cap);
        s->merges[s->merge_count++] = m;
    }
}

static void read_columns(struct sheet *s, struct xml *x)
{
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level))
        s->hidden += is_hidden(x) && xml_number(x, "max", 0) < COLUMNS_MAX; /* not all the rest */
}

/* --- the table of a sheet --- */

static struct range used_range(const struct sheet *s)
{
    struct range used = {UINT_MAX, UINT_MAX, 0, 0};

    for (size_t i = 0; i < s->count; i++) {
        const struct cell *c = &s->cells[i];

        used.row = c->row < used.row ? c->row : used.row;
        used.column = c->column < used.column ? c->column : used.column;
        used.last_row = c->row > used.last_row ? c->row : used.last_row;
        used.last_column = c->column > used.last_column ? c->column : used.last_column;
    }
    return used;
}

/* By place, the number of the merge that covers it, from 1. Merges that overlap are none of Excel's
 * making; the first counts. */
static unsigned *map_merges(struct sheet *s, const struct range *used)
{
    size_t rows = used->last_row - used->row + 1, columns = used->last_column - used->column + 1;
    size_t left = rows * columns;
    unsigned *map = mem_zalloc(left, sizeof(*map));

    for (size_t i = 0; i < s->merge_count; i++) {
        struct range *m = &s->merges[i];
        size_t area;

        m->last_row = m->last_row < used->last_row ? m->last_row : used->last_row;
        m->last_column = m->last_column < used->last_column ? m->last_column : used->last_column;
        if (m->row < used->row || m->column < used->column || m->row > m->last_row ||
            m->column > m->last_column)
            continue;
        area = (size_t)(m->last_row - m->row + 1) * (m->last_column - m->column + 1);
        if (area > left)
            break;
        left -= area;
        for (unsigned r = m->row; r <= m->last_row; r++)
            for (unsigned c = m->column; c <= m->last_column; c++) {
                unsigned *at = &map[(r - used->row) * columns + (c - used->column)];

                *at = *at ? *at : (unsigned)i + 1;
            }
    }
    return map;
}

static void put_cell(struct sheet *s, struct doc_table_build *t, const struct range *used,
                     const struct cell *c, const unsigned *map)
{
    size_t columns = used->last_column - used->column + 1;
    unsigned merge = map[(c->row - used->row) * columns + (c->column - used->column)];
    const struct range *m = merge ? &s->merges[merge - 1] : NULL;
    struct doc_cell *cell;

    if (m && (m->row != c->row || m->column != c->column))
        return; /* what a merged cell covers is not shown */
    cell = doc_table_put(t, c->row - used->row, c->column - used->column, c->text,
                         m ? m->last_row - m->row + 1 : 1, m ? m->last_column - m->column + 1 : 1);
    cell->stored = c->stored;
    cell->place = (struct doc_place){.sheet = s->name, .row = c->row + 1, .column = c->column + 1};
}

/* Merged cells that are empty are there, too. */
static void put_empty_merges(struct sheet *s, struct doc_table_build *t, const struct range *used,
                             const unsigned *map)
{
    size_t columns = used->last_column - used->column + 1;
    unsigned char *done = mem_zalloc(s->merge_count + 1, 1);

    for (size_t i = 0; i < t->count; i++)
        done[map[t->cells[i].row * columns + t->cells[i].column]] = 1;
    for (size_t i = 0; i < s->merge_count; i++) {
        const struct range *m = &s->merges[i];
        struct cell empty = {m->row, m->column, "", NULL};

        if (!done[i + 1] && m->row >= used->row && m->column >= used->column &&
            m->row <= m->last_row && m->column <= m->last_column &&
            map[(m->row - used->row) * columns + (m->column - used->column)] == i + 1)
            put_cell(s, t, used, &empty, map);
    }
    free(done);
}

static int make_table(struct sheet *s)
{
    struct range used = used_range(s);
    struct doc_reading *r = s->book->reading;
    size_t places = (size_t)(used.last_row - used.row + 1) * (used.last_column - used.column + 1);
    struct doc_table_build t;
    struct doc_table *table;
    unsigned *map;

    if (!s->count)
        return 0;
    doc_table_begin(&t, r);
    if (s->too_many || places > r->limits->cells - r->cells) {
        t.too_large = true;
    } else {
        map = map_merges(s, &used);
        for (size_t i = 0; i < s->count; i++)
            put_cell(s, &t, &used, &s->cells[i], map);
        put_empty_merges(s, &t, &used, map);
        free(map);
    }
    if (doc_table_end(&t, &table))
        return -1;
    doc_add_table(r, table, (struct doc_place){.sheet = s->name});
    return 0;
}

/* --- sheets --- */

static int read_sheet(struct workbook *b, const char *name, const struct zip_part *part,
                      bool hidden)
{
    struct sheet s = {.book = b, .name = name};
    struct xml_level level;
    struct xml x;
    int result;

    xml_open(&x, b->reading, part->name, part->data, part->len);
    level = xml_enter(&x);
    while (xml_next(&x, &level)) {
        if (xml_is(&x, "cols"))
            read_columns(&s, &x);
        else if (xml_is(&x, "sheetData"))
            read_rows(&s, &x);
        else if (xml_is(&x, "mergeCells"))
            read_merges(&s, &x);
    }
    result = xml_close(&x);
    if (!result)
        result = make_table(&s);
    if (!result && s.count && (hidden || s.hidden))
        err_hint(doc_warn(b->reading, "hidden-cells", "the sheet %s %s", name,
                          hidden ? "is hidden" : "has hidden rows or columns"),
                 "they were read; are they to be published?");
    free(s.cells);
    free(s.merges);
    return result;
}

static int read_sheets(struct workbook *b, struct xml *x)
{
    struct xml_level level = xml_enter(x);
    int result = 0;

    while (!result && xml_next(x, &level)) {
        const char *id = xml_attribute(x, "id"), *name = xml_attribute(x, "name"),
                   *state = xml_attribute(x, "state");
        const struct zip_part *part = id ? office_part_by_id(b->office, id) : NULL;

        if (!part || !part->data || part->len > b->left)
            continue;
        b->left -= part->len;
        result = read_sheet(b, arena_strdup(b->arena, name ? name : ""), part,
                            state && strcmp(state, "visible") != 0);
    }
    return result;
}

static int read_workbook(struct workbook *b)
{
    const struct zip_part *part = zip_find(&b->office->zip, b->office->main);
    struct xml_level level;
    struct xml x;
    int result = 0;

    xml_open(&x, b->reading, part->name, part->data, part->len);
    level = xml_enter(&x);
    while (!result && xml_next(&x, &level)) {
        const char *is_1904 = xml_attribute(&x, "date1904");

        if (xml_is(&x, "workbookPr"))
            b->is_1904 = is_1904 && (!strcmp(is_1904, "1") || !strcmp(is_1904, "true"));
        else if (xml_is(&x, "sheets"))
            result = read_sheets(b, &x);
    }
    return xml_close(&x) || result ? -1 : 0;
}

int read_xlsx(const struct office *office)
{
    struct workbook b = {.office = office,
                         .reading = office->reading,
                         .arena = &office->reading->document->arena,
                         .left = office->reading->limits->unpacked_size};
    int result;

    b.reading->document->format = "xlsx";
    result = read_strings(&b) || read_formats(&b) || read_workbook(&b) ? -1 : 0;
    if (!result && b.uncounted)
        err_hint(doc_warn(b.reading, "formulas-without-results",
                          "%zu formulas have no results, and their cells are empty", b.uncounted),
                 "open it in Excel or LibreOffice, and save it");
    free(b.strings);
    free(b.formats.own);
    free(b.formats.of_style);
    return result;
}
