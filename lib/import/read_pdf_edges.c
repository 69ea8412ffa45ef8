#include "base/base.h"

#include "import/read_pdf_edges.h"

#include "base/mem.h"
#include "base/strbuf.h"

enum {
    EDGE = 16,            /* hundredths of the height of a page */
    SAME = 4 * PDF_POINT, /* so near, two heights are one */
    PAGES_MIN = 3,
    DIGITS_MAX = 3, /* of a page number */
};

struct pdf_edge {
    char *key;
    int distance;  /* from the edge of the page */
    unsigned last; /* the page that was counted last */
    size_t pages;
};

/* How far a line is from the nearer edge; -1: it is in the middle of the page. */
static int distance_of(const struct pdf_page *page, const struct pdf_box *box)
{
    int below = page->height - box->y1, limit = page->height / 100 * EDGE;

    if (box->y1 < limit)
        return box->y0;
    return below >= 0 && below < limit ? below : -1;
}

/* The text, and at which edge it is. Where a number in it is that of the page and some more or
 * less, from `digits` on, that many stand for it. */
static void make_key(const struct pdf_page *page, const struct pdf_line *line, const char *text,
                     const char *digits, struct strbuf *out)
{
    size_t count = digits ? strspn(digits, "0123456789") : 0;

    strbuf_clear(out);
    strbuf_adds(out, line->box.y1 < page->height / 2 ? "above " : "below ");
    if (!count) {
        strbuf_adds(out, text);
        return;
    }
    strbuf_add(out, text, (size_t)(digits - text));
    strbuf_addf(out, "#%ld#%s", strtol(digits, NULL, 10) - (long)page->number, digits + count);
}

/* The first or last number of a text that may be that of the page; NULL: there is none. */
static const char *page_number_in(const char *text, bool is_last)
{
    const char *found = NULL;

    for (const char *at = text; (at = strpbrk(at, "0123456789")) != NULL;) {
        size_t count = strspn(at, "0123456789");

        if (count <= DIGITS_MAX)
            found = at;
        if (found && !is_last)
            break;
        at += count;
    }
    return found;
}

static void count_key(struct pdf_edges *edges, const struct strbuf *key, unsigned page,
                      int distance)
{
    size_t at = (uintptr_t)strmap_get(&edges->texts, key->buf, key->len);
    struct pdf_edge *edge;
    bool is_new;

    if (!at) {
        MEM_GROW(edges->items, edges->count, edges->cap);
        edge = &edges->items[edges->count++];
        *edge = (struct pdf_edge){.key = mem_strndup(key->buf, key->len), .distance = distance};
        *strmap_put(&edges->texts, edge->key, key->len, &is_new) = (void *)(uintptr_t)edges->count;
        at = edges->count;
    }
    edge = &edges->items[at - 1];
    if (edge->last == page || abs(edge->distance - distance) > SAME)
        return;
    edge->last = page;
    edge->pages++;
}

static void count_line(struct pdf_edges *edges, const struct pdf_page *page,
                       const struct pdf_line *line)
{
    int distance = distance_of(page, &line->box);
    struct strbuf text = STRBUF_INIT, key = STRBUF_INIT;
    const char *first, *last;

    if (distance < 0)
        return;
    pdf_add_line(line, 0, line->count, &text);
    first = page_number_in(text.buf, false);
    last = page_number_in(text.buf, true);
    make_key(page, line, text.buf, NULL, &key);
    count_key(edges, &key, page->number, distance);
    for (unsigned i = 0; first && i < (first == last ? 1U : 2U); i++) {
        make_key(page, line, text.buf, i ? last : first, &key);
        count_key(edges, &key, page->number, distance);
    }
    strbuf_release(&text);
    strbuf_release(&key);
}

void pdf_find_edges(const struct pdf *pdf, struct pdf_edges *out)
{
    *out = (struct pdf_edges){.texts = STRMAP_INIT};
    for (size_t i = 0; i < pdf->count; i++) {
        const struct pdf_page *page = &pdf->pages[i];
        struct pdf_word **words = mem_zalloc(page->word_count + 1, sizeof(struct pdf_word *));
        struct pdf_lines lines;
        size_t count = 0;

        for (size_t w = 0; w < page->word_count; w++)
            if (distance_of(page, &page->words[w].box) >= 0)
                words[count++] = &page->words[w];
        pdf_make_lines(words, count, page->number, &lines);
        for (size_t l = 0; l < lines.count; l++)
            count_line(out, page, &lines.items[l]);
        pdf_release_lines(&lines);
        out->pages += page->word_count > 0;
    }
}

void pdf_release_edges(struct pdf_edges *edges)
{
    for (size_t i = 0; i < edges->count; i++)
        free(edges->items[i].key);
    free(edges->items);
    strmap_release(&edges->texts);
    *edges = (struct pdf_edges){.texts = STRMAP_INIT};
}

static bool is_running(const struct pdf_edges *edges, const struct strbuf *key, int distance)
{
    size_t at = (uintptr_t)strmap_get(&edges->texts, key->buf, key->len);
    const struct pdf_edge *edge = at ? &edges->items[at - 1] : NULL;

    return edge && edge->pages >= PAGES_MIN && edge->pages * 2 >= edges->pages &&
           abs(edge->distance - distance) <= SAME;
}

/* Whether it may belong to a table that begins below it. */
static bool may_head_table(const struct pdf_line *line, const char *text)
{
    for (size_t i = 1; i < line->count; i++)
        if (line->words[i]->box.x0 - line->words[i - 1]->box.x1 >= line->em * 2)
            return true;
    return strstr(text, "表") || strstr(text, "单位");
}

bool pdf_is_edge(const struct pdf_edges *edges, const struct pdf_page *page,
                 const struct pdf_line *line, bool goes_on)
{
    int distance = distance_of(page, &line->box);
    struct strbuf text = STRBUF_INIT, key = STRBUF_INIT;
    const char *numbers[3] = {NULL};
    bool found = false;

    if (distance < 0)
        return false;
    pdf_add_line(line, 0, line->count, &text);
    numbers[1] = page_number_in(text.buf, false);
    numbers[2] = page_number_in(text.buf, true);
    for (size_t i = 0; i < ARRAY_SIZE(numbers) && !found; i++) {
        if (i && !numbers[i])
            continue;
        make_key(page, line, text.buf, numbers[i], &key);
        found = is_running(edges, &key, distance);
    }
    if (found && !goes_on && may_head_table(line, text.buf))
        found = line->box.y1 > page->height / 2; /* which is below all tables */
    strbuf_release(&text);
    strbuf_release(&key);
    return found;
}
