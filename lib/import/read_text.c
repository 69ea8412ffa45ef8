#include "base/base.h"

#include "import/read_text.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "import/doc_build.h"

enum {
    WITHIN_MAX = 60,    /* lines of a cell after an empty one; more are no cell */
    LONG_CELL = 30 * 3, /* bytes: a cell of a table of one row that is rather a paragraph */
    TITLE_MAX = 40 * 3,
};

struct line {
    const char *s;
    size_t len;
    bool is_blank; /* nothing but blanks; a tab makes a cell */
    unsigned tabs;
};

struct text {
    struct doc_reading *reading;
    struct line *lines;
    size_t count, cap;
    size_t at;
};

/* --- lines --- */

static void add_line(struct text *t, const char *s, size_t len)
{
    struct line *line;

    MEM_GROW(t->lines, t->count, t->cap);
    line = &t->lines[t->count++];
    *line = (struct line){.s = s, .len = len};
    for (size_t i = 0; i < len; i++)
        line->tabs += s[i] == '\t';
    doc_trim(s, &len);
    line->is_blank = !len && !line->tabs;
}

static void split_lines(struct text *t, const char *text, size_t len)
{
    const char *end = text + len, *start = text;

    for (const char *p = text; p < end; p++) {
        if (*p != '\n' && *p != '\r' && *p != '\f' && *p != '\v')
            continue;
        add_line(t, start, (size_t)(p - start));
        if (*p == '\r' && p + 1 < end && p[1] == '\n')
            p++;
        start = p + 1;
    }
    add_line(t, start, (size_t)(end - start));
}

static bool is_blank(const struct text *t, size_t i)
{
    return i >= t->count || t->lines[i].is_blank;
}

static bool has_tab(const struct text *t, size_t i)
{
    return i < t->count && t->lines[i].tabs;
}

static struct doc_place place_of(size_t line)
{
    return (struct doc_place){.line = (unsigned)line + 1};
}

static void add_paragraph(struct text *t, size_t i)
{
    doc_add_paragraph(t->reading, t->lines[i].s, t->lines[i].len, place_of(i));
}

/* --- titles, which stand between tables and not in them --- */

static bool begins(const char *s, size_t len, const char *with)
{
    size_t n = strlen(with);

    return len >= n && !memcmp(s, with, n);
}

static bool ends(const char *s, size_t len, const char *with)
{
    size_t n = strlen(with);

    return len >= n && !memcmp(s + len - n, with, n);
}

/* 一、 */
static bool is_numbered(const char *s, size_t len)
{
    static const char digits[] = "一二三四五六七八九十";
    size_t n = 0;

    while (len - n >= 3 && s[n] && memmem(digits, sizeof(digits) - 1, s + n, 3))
        n += 3;
    return n && begins(s + n, len - n, "、");
}

static bool is_title(const struct line *line)
{
    size_t len = line->len;
    const char *s = doc_trim(line->s, &len);

    if (len > TITLE_MAX)
        return false;
    return begins(s, len, "附件") || begins(s, len, "附表") || is_numbered(s, len) ||
           (begins(s, len, "第") && memmem(s, len, "部分", strlen("部分"))) || ends(s, len, "表") ||
           ends(s, len, "年度）") || ends(s, len, "年度)");
}

/* --- tables of a dump: a cell a line --- */

/* Whether the line, which has no tab and comes after an empty one, is within a cell. */
static bool is_within_cell(const struct text *t, size_t i)
{
    for (size_t n = 0; n < WITHIN_MAX && i < t->count; n++, i++) {
        if (t->lines[i].tabs)
            return true;
        if ((is_blank(t, i) && is_blank(t, i + 1)) || is_title(&t->lines[i]))
            return false;
    }
    return false;
}

struct dump {
    struct doc_table_build build;
    struct strbuf cell;
    size_t first_line; /* of the cell */
    bool in_cell;
    unsigned rows, most_cells, in_row;
    size_t bytes;
};

static void end_cell(struct dump *d)
{
    struct doc_reading *r = d->build.reading;

    if (!d->in_cell)
        return;
    d->bytes += d->cell.len;
    doc_table_append(&d->build, doc_text(r, d->cell.buf, d->cell.len), 1, 1)->place =
        place_of(d->first_line);
    strbuf_clear(&d->cell);
    d->in_cell = false;
    if (++d->in_row > d->most_cells)
        d->most_cells = d->in_row;
}

static void end_row(struct dump *d)
{
    end_cell(d);
    doc_table_next_row(&d->build);
    d->rows++;
    d->in_row = 0;
}

/* Goes on with the cell, or begins one with each tab. */
static void add_to_row(struct dump *d, const struct line *line, size_t number)
{
    const char *s = line->s, *end = s + line->len;

    if (!line->tabs && d->cell.len)
        strbuf_addch(&d->cell, '\n');
    for (const char *p = s; p <= end; p++) {
        if (p < end && *p != '\t')
            continue;
        strbuf_add(&d->cell, s, (size_t)(p - s));
        if (p == end)
            break;
        end_cell(d);
        d->in_cell = true;
        d->first_line = number;
        s = p + 1;
    }
}

/* The lines of one table; where it ends. */
static size_t take_dump(const struct text *t, struct dump *d)
{
    size_t i = t->at;

    for (; i < t->count; i++) {
        if (!is_blank(t, i)) {
            add_to_row(d, &t->lines[i], i);
        } else if (has_tab(t, i + 1)) {
            end_row(d);
        } else if (is_blank(t, i + 1) || !is_within_cell(t, i + 1)) {
            break;
        }
    }
    end_row(d);
    return i;
}

/* Paragraphs that begin with a tab look like it, too. */
static bool is_no_table(const struct dump *d)
{
    return d->most_cells < 2 || (d->rows == 1 && d->bytes / d->most_cells > LONG_CELL);
}

static int read_dump(struct text *t)
{
    struct dump d = {.cell = STRBUF_INIT};
    size_t from = t->at;
    struct doc_table *table;

    doc_table_begin(&d.build, t->reading);
    t->at = take_dump(t, &d);
    strbuf_release(&d.cell);
    if (is_no_table(&d)) {
        doc_table_drop(&d.build);
        for (size_t i = from; i < t->at; i++)
            add_paragraph(t, i);
        return 0;
    }
    if (doc_table_end(&d.build, &table))
        return -1;
    doc_add_table(t->reading, table, place_of(from));
    return 0;
}

/* --- tables as a spreadsheet copies them: a row a line --- */

struct copied {
    struct doc_table_build build;
    struct strbuf cell;
    const char *s, *end; /* what is left of the text */
    size_t line;
};

/* Takes a cell whose quotes hold tabs and line feeds. false, and nothing is taken: it is none. */
static bool take_quoted(struct copied *c)
{
    const char *p = c->s;
    size_t line = c->line;

    if (p == c->end || *p++ != '"')
        return false;
    for (; p < c->end; p++) {
        if (*p == '"' && p + 1 < c->end && p[1] == '"')
            p++;
        else if (*p == '"')
            break;
        line += *p == '\n';
        strbuf_addch(&c->cell, *p);
    }
    if (p == c->end || (p + 1 < c->end && !strchr("\t\r\n", p[1])) || line - c->line > WITHIN_MAX) {
        strbuf_clear(&c->cell);
        return false;
    }
    c->s = p + 1;
    c->line = line;
    return true;
}

static void take_plain(struct copied *c)
{
    size_t len = 0, left = (size_t)(c->end - c->s);

    while (len < left && !strchr("\t\r\n\f\v", c->s[len]))
        len++;
    strbuf_add(&c->cell, c->s, len);
    c->s += len;
}

static void take_row(struct copied *c)
{
    for (;;) {
        size_t line = c->line;

        if (!take_quoted(c))
            take_plain(c);
        doc_table_append(&c->build, doc_text(c->build.reading, c->cell.buf, c->cell.len), 1, 1)
            ->place = place_of(line);
        strbuf_clear(&c->cell);
        if (c->s == c->end || *c->s != '\t')
            break;
        c->s++;
    }
    doc_table_next_row(&c->build);
}

static int read_copied(struct text *t)
{
    const struct line *last = &t->lines[t->count - 1];
    struct copied c = {.cell = STRBUF_INIT, .end = last->s + last->len};
    size_t from = t->at;
    struct doc_table *table;

    doc_table_begin(&c.build, t->reading);
    while (has_tab(t, t->at)) {
        c.s = t->lines[t->at].s;
        c.line = t->at;
        take_row(&c);
        t->at = c.line + 1;
    }
    strbuf_release(&c.cell);
    if (doc_table_end(&c.build, &table))
        return -1;
    doc_add_table(t->reading, table, place_of(from));
    return 0;
}

/* --- the text --- */

static int read_block(struct text *t)
{
    const struct line *line = &t->lines[t->at];

    if (line->tabs == 1 && *line->s == '\t')
        return read_dump(t);
    if (line->tabs > 1 || (line->tabs && has_tab(t, t->at + 1)))
        return read_copied(t);
    add_paragraph(t, t->at++);
    return 0;
}

int read_text(struct doc_reading *r, const char *text, size_t len)
{
    struct text t = {.reading = r};
    int result = 0;

    split_lines(&t, text, len);
    while (t.at < t.count && !result)
        result = read_block(&t);
    free(t.lines);
    return result;
}
