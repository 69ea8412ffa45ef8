#include "base/base.h"

#include "import/read_pdf_cut.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "import/clean.h"
#include "import/doc_build.h"
#include "import/read_pdf_table.h"

/* The cells of a row: [begin, end). */
struct row {
    struct pdf_table_cell *begin, *end;
};

static struct row row_of(const struct pdf_table *t, unsigned number)
{
    struct row row = {t->cells, t->cells};

    while (row.begin < t->cells + t->count && row.begin->row < number)
        row.begin++;
    for (row.end = row.begin; row.end < t->cells + t->count && row.end->row == number;)
        row.end++;
    return row;
}

/* Nothing but what numbers and dashes are written with. */
static bool is_figure(const char *text)
{
    size_t len = strspn(text, "0123456789.,-+% ");

    return *text && !text[len];
}

static bool has_figure(struct row row)
{
    for (const struct pdf_table_cell *c = row.begin; c < row.end; c++)
        if (is_figure(c->text))
            return true;
    return false;
}

/* Whether a text is certainly not the rest of another. */
static bool begins_anew(const char *text)
{
    static const char *const words[] = {"其中", "合计", "总计", "小计", "本年", "注", "备注"};

    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (clean_begins(text, words[i]))
            return true;
    return clean_numbering(text, NULL) > 0;
}

/* The cell of a row that has the same columns; NULL: none has, or it reaches over more rows. */
static struct pdf_table_cell *same_place(struct row row, const struct pdf_table_cell *cell)
{
    for (struct pdf_table_cell *c = row.begin; c < row.end; c++)
        if (c->column == cell->column && c->column_span == cell->column_span && c->row_span == 1)
            return c;
    return NULL;
}

/* Whether each text of the lower part goes on with one of the upper, or has none above it, and at
 * least one goes on. */
static bool goes_on(struct row upper, struct row lower)
{
    bool any = false;

    for (const struct pdf_table_cell *c = lower.begin; c < lower.end; c++) {
        const struct pdf_table_cell *above = same_place(upper, c);

        if (c->row_span != 1)
            return false;
        if (!*c->text)
            continue;
        if (!above)
            return false;
        if (!*above->text) {
            if (!is_figure(c->text)) /* a name of its own */
                return false;
            continue;
        }
        if (is_figure(c->text) || is_figure(above->text) || above->room >= c->first ||
            begins_anew(c->text))
            return false;
        any = true;
    }
    return any;
}

/* Whether it is certain in which part the figures of the row are: in the upper, or in the lower if
 * that begins with one, its code, which the upper lacks. A row without any may be one of its own.
 */
static bool has_its_figures(struct row upper, struct row lower)
{
    const struct pdf_table_cell *first = lower.begin;

    if (has_figure(upper) || !has_figure(lower))
        return has_figure(upper) && !has_figure(lower);
    while (first < lower.end && !*first->text)
        first++;
    return first < lower.end && is_figure(first->text);
}

/* Whether all rows but the two have figures, from the first that has; and there are such. */
static bool all_have_figures(const struct pdf_table *t, unsigned lower)
{
    unsigned with = 0;

    for (size_t i = 0; i < t->count;) {
        struct row row = {&t->cells[i], &t->cells[i]};

        while (row.end < t->cells + t->count && row.end->row == row.begin->row)
            row.end++;
        i = (size_t)(row.end - t->cells);
        if (row.begin->row == lower || row.begin->row + 1 == lower)
            continue;
        if (has_figure(row))
            with++;
        else if (with)
            return false;
    }
    return with > 1;
}

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void join(struct doc_reading *r, struct pdf_table *t, struct row upper, struct row lower)
{
    size_t gone = (size_t)(lower.end - lower.begin), at = (size_t)(lower.end - t->cells);

    for (const struct pdf_table_cell *c = lower.begin; c < lower.end; c++) {
        struct pdf_table_cell *above = *c->text ? same_place(upper, c) : NULL;
        struct strbuf text = STRBUF_INIT;

        if (!above)
            continue;
        strbuf_adds(&text, above->text);
        if (text.len && is_latin(text.buf[text.len - 1]) && is_latin(*c->text))
            strbuf_addch(&text, ' ');
        strbuf_adds(&text, c->text);
        above->text = doc_text(r, text.buf, text.len);
        above->room = c->room;
        strbuf_release(&text);
    }
    memmove(lower.begin, lower.end, (t->count - at) * sizeof(*t->cells));
    t->count -= gone;
    for (size_t i = at - gone; i < t->count; i++)
        t->cells[i].row--;
    t->rows--;
}

void pdf_join_cut_row(struct doc_reading *r, struct pdf_table *t, unsigned number)
{
    struct row upper, lower;

    if (!number)
        return;
    upper = row_of(t, number - 1);
    lower = row_of(t, number);
    if (upper.begin == upper.end || lower.begin == lower.end || !goes_on(upper, lower))
        return;
    if (has_its_figures(upper, lower) && all_have_figures(t, number)) {
        join(r, t, upper, lower);
        return;
    }
    err_hint(doc_warn(r, "cut-row",
                      "on page %u, '%s...' may be the rest of the last row of the page before",
                      lower.begin->page, lower.begin->text),
             "look at the two rows: they were left as they are");
}
