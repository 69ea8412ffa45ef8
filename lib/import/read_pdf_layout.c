#include "base/base.h"

#include "import/read_pdf_layout.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_pdf_edges.h"
#include "import/read_pdf_table.h"

struct edge {
    const char *text;
    unsigned page;
};

struct layout {
    struct doc_reading *reading;
    struct strbuf text;  /* of the paragraph that may go on */
    struct pdf_box last; /* its last line */
    int last_em;
    unsigned page, last_page; /* where it begins and ends */
    struct pdf_table table;   /* that may go on */
    struct pdf_edges edges;
    bool goes_on;         /* the page has a table that goes on from the page before */
    int left, right;      /* where lines begin and end on the page */
    struct edge *waiting; /* they come last, so that they part nothing */
    size_t waiting_count, waiting_cap;
    int result;
};

/* --- paragraphs --- */

static void end_paragraph(struct layout *l)
{
    doc_add_paragraph(l->reading, l->text.buf, l->text.len, (struct doc_place){.page = l->page});
    strbuf_clear(&l->text);
}

static void end_table(struct layout *l)
{
    if (l->table.count && pdf_table_end(l->reading, &l->table))
        l->result = -1;
    pdf_table_release(&l->table);
}

/* Whether a line goes on with the paragraph: that was full, and it is not indented. */
static bool goes_on(const struct layout *l, const struct pdf_line *line)
{
    int em = l->last_em;

    if (!l->text.len || line->page > l->last_page + 1)
        return false;
    if (abs(line->em - em) * 5 > em || l->last.x1 + em * 8 / 5 < l->right)
        return false;
    if (line->box.x0 > l->left + em * 4 / 5)
        return false;
    return line->page != l->last_page || line->box.y0 - l->last.y1 < em * 3;
}

static void add_line(struct layout *l, const struct pdf_line *line)
{
    end_table(l);
    if (!goes_on(l, line)) {
        end_paragraph(l);
        l->page = line->page;
    }
    pdf_join_line(line, &l->text);
    l->last = line->box;
    l->last_em = line->em;
    l->last_page = line->page;
}

/* --- pages --- */

static bool is_page_number(const struct pdf_page *page, const struct pdf_line *line)
{
    static const char *const parts[] = {"第", "页", "共", "—", "–", "－", "·", "~"};
    bool at_edge = line->box.y0 > page->height / 100 * 88 || line->box.y1 < page->height / 100 * 9;

    for (size_t i = 0; at_edge && i < line->count; i++) {
        const char *s = line->words[i]->text;

        while (*s) {
            size_t n = (*s >= '0' && *s <= '9') || *s == '-' || *s == '/' ? 1 : 0;

            for (size_t j = 0; !n && j < ARRAY_SIZE(parts); j++)
                if (!strncmp(s, parts[j], strlen(parts[j])))
                    n = strlen(parts[j]);
            if (!n)
                return false;
            s += n;
        }
    }
    return at_edge;
}

static void add_edge(struct layout *l, const struct pdf_line *line)
{
    struct strbuf text = STRBUF_INIT;

    pdf_add_line(line, 0, line->count, &text);
    MEM_GROW(l->waiting, l->waiting_count, l->waiting_cap);
    l->waiting[l->waiting_count++] =
        (struct edge){doc_text(l->reading, text.buf, text.len), line->page};
    strbuf_release(&text);
}

/* Where the text of the page begins and ends, by lines that are not short. */
static void find_margins(struct layout *l, const struct pdf_page *page,
                         const struct pdf_lines *lines)
{
    bool is_first = true;

    for (size_t i = 0; i < lines->count; i++) {
        const struct pdf_box *b = &lines->items[i].box;

        if (b->x1 - b->x0 < page->width / 2)
            continue;
        l->left = is_first || b->x0 < l->left ? b->x0 : l->left;
        l->right = is_first || b->x1 > l->right ? b->x1 : l->right;
        is_first = false;
    }
}

static void take_grid(struct layout *l, struct pdf_table *table)
{
    end_paragraph(l);
    if (!l->table.count || !pdf_table_continue(l->reading, &l->table, table)) {
        end_table(l);
        l->table = *table;
    } else {
        pdf_table_release(table);
    }
}

/* The lines from `from` on that are above the next table. */
static size_t lines_above(const struct pdf_lines *lines, size_t from, const struct pdf_box *table)
{
    size_t i = from;

    while (i < lines->count && (!table || lines->items[i].box.y0 < table->y0))
        i++;
    return i;
}

static void take_lines(struct layout *l, const struct pdf_page *page, const struct pdf_lines *lines,
                       size_t from, size_t until)
{
    while (from < until) {
        struct pdf_table table;
        size_t rows;

        if (is_page_number(page, &lines->items[from]) ||
            pdf_is_edge(&l->edges, page, &lines->items[from], l->goes_on)) {
            add_edge(l, &lines->items[from++]);
            continue;
        }
        rows = pdf_table_of_lines(l->reading, lines, from, until, &table);
        if (rows) {
            take_grid(l, &table);
            from += rows;
        } else {
            add_line(l, &lines->items[from]);
            from++;
        }
    }
}

static void take_page(struct layout *l, struct pdf_page *page)
{
    struct pdf_word **words = mem_zalloc(page->word_count + 1, sizeof(struct pdf_word *));
    struct pdf_table *tables;
    struct pdf_grids grids;
    struct pdf_lines lines;
    size_t free_words = 0, at = 0;

    pdf_find_grids(page, &grids);
    tables = mem_zalloc(grids.count + 1, sizeof(*tables));
    for (size_t i = 0; i < grids.count; i++) {
        pdf_split_rows(page, &grids.items[i]);
        pdf_table_of_grid(l->reading, page, &grids.items[i], &tables[i]);
    }
    for (size_t i = 0; i < page->word_count; i++)
        if (!page->words[i].is_taken)
            words[free_words++] = &page->words[i];
    pdf_make_lines(words, free_words, page->number, &lines);
    find_margins(l, page, &lines);
    l->goes_on = grids.count && pdf_table_goes_on(&l->table, &tables[0]);
    for (size_t i = 0; i <= grids.count; i++) {
        size_t until = lines_above(&lines, at, i < grids.count ? &grids.items[i].box : NULL);

        take_lines(l, page, &lines, at, until);
        at = until;
        if (i < grids.count)
            take_grid(l, &tables[i]);
    }
    pdf_release_lines(&lines);
    pdf_release_grids(&grids);
    free(tables);
}

int pdf_lay_out(struct pdf *pdf)
{
    struct layout l = {.reading = pdf->reading, .text = STRBUF_INIT};

    pdf_find_edges(pdf, &l.edges);
    for (size_t i = 0; i < pdf->count && !l.result; i++)
        take_page(&l, &pdf->pages[i]);
    end_paragraph(&l);
    end_table(&l);
    for (size_t i = 0; i < l.waiting_count; i++)
        doc_add_edge(l.reading, l.waiting[i].text, strlen(l.waiting[i].text),
                     (struct doc_place){.page = l.waiting[i].page});
    pdf_release_edges(&l.edges);
    free(l.waiting);
    strbuf_release(&l.text);
    return l.result;
}
