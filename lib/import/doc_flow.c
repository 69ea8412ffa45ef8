#include "base/base.h"

#include "import/doc_flow.h"

#include "base/mem.h"

void doc_flow_begin(struct doc_flow *flow, struct doc_reading *r, bool is_cell)
{
    *flow = (struct doc_flow){.reading = r, .is_cell = is_cell, .text = STRBUF_INIT};
}

void doc_flow_release(struct doc_flow *flow)
{
    strbuf_release(&flow->text);
    free(flow->inners.items);
    flow->inners = (struct doc_inners){.count = 0};
}

void doc_flow_text(struct doc_flow *flow, unsigned level, const char *text, size_t len,
                   struct doc_place place)
{
    text = doc_trim(text, &len);
    if (!flow->is_cell && level) {
        doc_add_heading(flow->reading, level, text, len, place);
    } else if (!flow->is_cell) {
        doc_add_paragraph(flow->reading, text, len, place);
    } else if (len) {
        if (flow->text.len)
            strbuf_addch(&flow->text, '\n');
        strbuf_add(&flow->text, text, len);
    }
}

static void add_inner(struct doc_inners *inners, struct doc_inner inner)
{
    MEM_GROW(inners->items, inners->count, inners->cap);
    inners->items[inners->count++] = inner;
}

static void flow_table(struct doc_flow *flow, struct doc_table *table, struct doc_place place)
{
    if (!table)
        return;
    if (flow->is_cell)
        add_inner(&flow->inners, (struct doc_inner){table, flow->text.len, 0, place});
    else
        doc_add_table(flow->reading, table, place);
}

void doc_flow_begin_table(struct doc_flow_table *t, struct doc_reading *r)
{
    memset(t, 0, sizeof(*t));
    doc_table_begin(&t->build, r);
}

void doc_flow_drop_table(struct doc_flow_table *t)
{
    doc_table_drop(&t->build);
    free(t->inners.items);
    t->inners = (struct doc_inners){.count = 0};
}

const char *doc_flow_cell(struct doc_flow_table *t, struct doc_flow *cell)
{
    for (size_t i = 0; i < cell->inners.count; i++) {
        struct doc_inner inner = cell->inners.items[i];

        inner.cell = t->build.count;
        add_inner(&t->inners, inner);
    }
    return doc_text(cell->reading, cell->text.buf, cell->text.len);
}

/* Whether a row has text in two cells, and so says something by being a table. */
static bool is_tabular(const struct doc_table *table)
{
    for (size_t i = 1; i < table->cell_count; i++) {
        const struct doc_cell *cell = &table->cells[i], *last = cell - 1;

        if (cell->row == last->row && *cell->text && *last->text)
            return true;
    }
    return false;
}

/* Text of a cell, a paragraph a line. */
static void flow_lines(struct doc_flow *flow, const char *text, size_t len, struct doc_place place)
{
    while (len) {
        const char *end = memchr(text, '\n', len);
        size_t line = end ? (size_t)(end - text) : len;

        doc_flow_text(flow, 0, text, line, place);
        line += end != NULL;
        text += line;
        len -= line;
    }
}

static void dissolve(struct doc_flow *flow, const struct doc_table *table,
                     const struct doc_inners *inners)
{
    size_t next = 0;

    for (size_t i = 0; table && i < table->cell_count; i++) {
        const struct doc_cell *cell = &table->cells[i];
        size_t len = strlen(cell->text), from = 0;

        for (; next < inners->count && inners->items[next].cell == i; next++) {
            const struct doc_inner *inner = &inners->items[next];
            size_t until = inner->offset < len ? inner->offset : len;

            flow_lines(flow, cell->text + from, until - from, cell->place);
            flow_table(flow, inner->table, inner->place);
            from = until;
        }
        flow_lines(flow, cell->text + from, len - from, cell->place);
    }
}

int doc_flow_end_table(struct doc_flow *flow, struct doc_flow_table *t, struct doc_place place,
                       bool is_layout)
{
    struct doc_table *table;
    int result = doc_table_end(&t->build, &table);

    if (!result && t->inners.count && table && (is_layout || !is_tabular(table))) {
        flow->reading->cells -= (size_t)table->rows * table->columns;
        dissolve(flow, table, &t->inners);
    } else if (!result) {
        flow_table(flow, table, place);
        for (size_t i = 0; i < t->inners.count; i++)
            flow_table(flow, t->inners.items[i].table, t->inners.items[i].place);
    }
    doc_flow_drop_table(t);
    return result;
}
