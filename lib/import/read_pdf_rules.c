#include "base/base.h"

#include "base/mem.h"
#include "import/doc_build.h"
#include "import/read_pdf_page.h"
#include "import/read_xml.h"

enum {
    THICK = 3 * PDF_POINT, /* at most: what is more is no line */
    GAP = 3 * PDF_POINT,   /* that two pieces of a line may have between them */
    LEAST = 8 * PDF_POINT, /* a line is longer */
    SCALE = 1000000,       /* of a matrix */
    FAR = 100000 * PDF_POINT,
    FACTOR_MAX = 1000 * PDF_POINT,
    RULES_MAX = 20000, /* more are a picture */
};

struct matrix {
    int64_t a, b, c, d; /* times SCALE */
    int64_t e, f;
};

struct point {
    int x, y;
};

/* One run of a path's lines. */
struct run {
    struct point first, last;
    struct pdf_box box;
    bool is_curved, has_last;
};

/* --- lines --- */

static void push_rule(struct pdf_page *page, struct pdf_box box, bool is_vertical)
{
    struct pdf_rule rule = {.is_vertical = is_vertical, .box = box};

    if (is_vertical)
        rule.box.x0 = rule.box.x1 = box.x0 + (box.x1 - box.x0) / 2;
    else
        rule.box.y0 = rule.box.y1 = box.y0 + (box.y1 - box.y0) / 2;
    MEM_GROW(page->rules, page->rule_count, page->rule_cap);
    page->rules[page->rule_count++] = rule;
}

static void add_rule(struct pdf_page *page, struct pdf_box box)
{
    int width = box.x1 - box.x0, height = box.y1 - box.y0;
    bool is_vertical = height > width;

    if (page->rule_count >= RULES_MAX || (width > THICK && height > THICK))
        return;
    push_rule(page, box, is_vertical);
    if (width <= THICK && height <= THICK) /* a corner, or a dot: it may be of either */
        push_rule(page, box, !is_vertical);
}

static struct pdf_box box_of(struct point a, struct point b)
{
    return (struct pdf_box){a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, a.x < b.x ? b.x : a.x,
                            a.y < b.y ? b.y : a.y};
}

static void extend(struct pdf_box *box, struct point p)
{
    box->x0 = p.x < box->x0 ? p.x : box->x0;
    box->y0 = p.y < box->y0 ? p.y : box->y0;
    box->x1 = p.x > box->x1 ? p.x : box->x1;
    box->y1 = p.y > box->y1 ? p.y : box->y1;
}

/* --- paths --- */

static int clamp(int64_t n, int64_t most)
{
    return (int)(n > most ? most : n < -most ? -most : n);
}

static struct point transform(const struct matrix *m, int x, int y)
{
    return (struct point){clamp((m->a * x + m->c * y) / SCALE + m->e, FAR),
                          clamp((m->b * x + m->d * y) / SCALE + m->f, FAR)};
}

/* A factor of a matrix, which is read as a length is, and so loses nothing that matters. */
static int64_t factor(const char **s)
{
    return (int64_t)clamp(pdf_length(*s, s), FACTOR_MAX) * (SCALE / PDF_POINT);
}

/* "matrix(a,b,c,d,e,f)" */
static struct matrix matrix_of(const char *s)
{
    struct matrix m = {SCALE, 0, 0, SCALE, 0, 0};

    if (s && !strncmp(s, "matrix(", 7)) {
        s += 7;
        m.a = factor(&s);
        m.b = factor(&s);
        m.c = factor(&s);
        m.d = factor(&s);
        m.e = pdf_length(s, &s);
        m.f = pdf_length(s, &s);
    }
    return m;
}

/* What is filled is a line if it is thin. */
static void end_run(struct pdf_page *page, struct run *run, bool is_filled)
{
    if (run->has_last && is_filled && !run->is_curved)
        add_rule(page, run->box);
    run->has_last = false;
}

static void line_to(struct pdf_page *page, struct run *run, struct point to, bool is_filled)
{
    extend(&run->box, to);
    if (!is_filled)
        add_rule(page, box_of(run->last, to));
    run->last = to;
}

static void read_path(struct pdf_page *page, const char *d, const struct matrix *m, bool is_filled)
{
    struct run run = {.has_last = false};

    while (*d) {
        char command = *d++;
        unsigned points = command == 'C' ? 3 : command == 'M' || command == 'L' ? 1 : 0;
        struct point p = {0, 0};

        if (command == 'Z' && run.has_last && !is_filled)
            line_to(page, &run, run.first, false);
        for (unsigned i = 0; i < points; i++) {
            int x = pdf_length(d, &d), y = pdf_length(d, &d);

            p = transform(m, x, y);
        }
        if (command == 'M') {
            end_run(page, &run, is_filled);
            run = (struct run){p, p, {p.x, p.y, p.x, p.y}, false, true};
        } else if (command == 'L' && run.has_last) {
            line_to(page, &run, p, is_filled);
        } else if (command == 'C') {
            run.is_curved = true;
            run.last = p;
        }
    }
    end_run(page, &run, is_filled);
}

/* White lines are not seen, nor is what a picture is cut out with. */
static void take_path(struct pdf_page *page, const struct xml *x)
{
    const char *style = xml_attribute(x, "style"), *d = xml_attribute(x, "d");
    bool is_stroked = style && !strstr(style, "stroke:none");
    struct matrix m = matrix_of(xml_attribute(x, "transform"));

    if (!style || !d || strstr(style, "rgb(100%,100%,100%)"))
        return;
    if (is_stroked || !strstr(style, "fill:none"))
        read_path(page, d, &m, !is_stroked);
}

/* --- joining pieces --- */

static int across(const struct pdf_rule *r)
{
    return r->is_vertical ? r->box.x0 : r->box.y0;
}

static int begin_of(const struct pdf_rule *r)
{
    return r->is_vertical ? r->box.y0 : r->box.x0;
}

static int *end_of(struct pdf_rule *r)
{
    return r->is_vertical ? &r->box.y1 : &r->box.x1;
}

static int by_line(const void *a, const void *b)
{
    const struct pdf_rule *x = a, *y = b;

    if (x->is_vertical != y->is_vertical)
        return x->is_vertical ? 1 : -1;
    if (across(x) != across(y))
        return across(x) < across(y) ? -1 : 1;
    return begin_of(x) < begin_of(y) ? -1 : begin_of(x) > begin_of(y);
}

/* Those that are all but on one line are put on one. */
static void align(struct pdf_page *page)
{
    for (size_t i = 1; i < page->rule_count; i++) {
        struct pdf_rule *r = &page->rules[i], *last = r - 1;

        if (r->is_vertical != last->is_vertical || across(r) - across(last) > PDF_POINT)
            continue;
        if (r->is_vertical)
            r->box.x0 = r->box.x1 = last->box.x0;
        else
            r->box.y0 = r->box.y1 = last->box.y0;
    }
}

static void join_rules(struct pdf_page *page)
{
    size_t count = 0;

    if (!page->rule_count)
        return;
    qsort(page->rules, page->rule_count, sizeof(*page->rules), by_line);
    align(page);
    qsort(page->rules, page->rule_count, sizeof(*page->rules), by_line);
    for (size_t i = 0; i < page->rule_count; i++) {
        struct pdf_rule *r = &page->rules[i], *last = count ? &page->rules[count - 1] : NULL;

        if (last && last->is_vertical == r->is_vertical && across(last) == across(r) &&
            begin_of(r) - *end_of(last) <= GAP) {
            if (*end_of(r) > *end_of(last))
                *end_of(last) = *end_of(r);
        } else {
            page->rules[count++] = *r;
        }
    }
    page->rule_count = 0;
    for (size_t i = 0; i < count; i++)
        if (*end_of(&page->rules[i]) - begin_of(&page->rules[i]) >= LEAST)
            page->rules[page->rule_count++] = page->rules[i];
}

/* --- pages --- */

static void read_shapes(struct pdf *pdf, struct xml *x, size_t *at)
{
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        if (xml_is(x, "page")) {
            read_shapes(pdf, x, at);
            ++*at;
        } else if (xml_is(x, "path") && *at < pdf->count) {
            take_path(&pdf->pages[*at], x);
        } else if (!xml_is(x, "defs") && !xml_is(x, "use")) {
            read_shapes(pdf, x, at);
        }
    }
}

int pdf_read_rules(struct pdf *pdf, size_t first, const char *svg, size_t len)
{
    struct xml x;
    size_t at = first;

    xml_open(&x, pdf->reading, "a drawing", svg, len);
    read_shapes(pdf, &x, &at);
    for (size_t i = first; i < pdf->count && i <= at; i++)
        join_rules(&pdf->pages[i]);
    return xml_close(&x);
}
