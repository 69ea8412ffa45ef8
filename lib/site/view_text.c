#include "base/base.h"

#include "site/view_text.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "model/figures.h"
#include "model/lookup.h"
#include "site/links.h"
#include "site/theme.h"
#include "site/view_table.h"
#include "text/csv.h"
#include "text/markdown.h"
#include "text/suggest.h"

void text_context_init(struct text_context *context, const struct site_context *site,
                       const struct profile *profile, const struct report *report,
                       struct arena *arena)
{
    *context = (struct text_context){site, profile, report, arena};
}

/* One text while it is rendered. */
struct rendering {
    struct text_context *context;
    const struct source_text *source;
    const char *scope;
    struct links links;
    struct errs *errs; /* with an error in it, the text is not used */
};

/* A part of a page, put into the text. */
static void put_part(struct rendering *r, enum template_id id, const void *view,
                     struct strbuf *html)
{
    theme_render(r->context->site->theme, id, view, r->source->path, html, r->errs);
}

static bool find_figure(struct rendering *r, const char *name, struct all_figure *out)
{
    struct text_context *c = r->context;
    struct strbuf scoped = STRBUF_INIT;
    bool found = false;

    if (!c->report)
        return false;
    if (r->scope) {
        strbuf_addf(&scoped, "%s/%s", r->scope, name);
        found = figures_find(c->report, scoped.buf, c->arena, out);
    }
    strbuf_release(&scoped);
    return found || figures_find(c->report, name, c->arena, out);
}

static int put_figure(struct rendering *r, const char *name, struct strbuf *html,
                      struct strbuf *plain)
{
    struct view_figure view = {0};
    struct all_figure figure;

    if (!find_figure(r, name, &figure))
        return -1;
    view.value = figure.value;
    view.address = figure.address;
    put_part(r, TEMPLATE_PART_FIGURE, &view, html);
    quantity_add_shown(&view.value, plain);
    if (view.value.state == QUANTITY_STATED && view.value.unit)
        strbuf_adds(plain, view.value.unit);
    return 0;
}

static int put_table(struct rendering *r, const char *id, struct strbuf *html)
{
    struct text_context *c = r->context;
    const struct profile_table *form = c->report ? profile_table(c->profile, id) : NULL;
    const struct table *table = report_table(c->report, id);
    struct view_table view;

    if (!form || !table)
        return -1;
    view_table_make(c->site->theme, form, table, c->report->unit.s, c->arena, &view);
    view.in_text.value = true;
    view.repeated.value = !r->scope; /* the page of the report has all its tables */
    put_part(r, TEMPLATE_PART_TABLE, &view, html);
    return 0;
}

static int reference(void *ctx, const char *word, const char *name, struct strbuf *html,
                     struct strbuf *plain)
{
    if (!word)
        return put_figure(ctx, name, html, plain);
    return strcmp(word, "table") ? -1 : put_table(ctx, name, html);
}

/* The figures of the report, while the one is looked for that was meant. */
struct offering {
    struct suggest near;
    struct arena *arena;
    size_t below; /* where an address goes on below the report */
};

static void offer_figure(void *ctx, const struct all_figure *figure)
{
    struct offering *offering = ctx;
    const char *name = figure->address.s + offering->below;

    suggest_offer(&offering->near, name);
    if (offering->near.name == name) /* which is gone after this call */
        offering->near.name = arena_strdup(offering->arena, name);
}

static const char *nearest_figure(struct text_context *c, const char *name)
{
    struct offering offering = {.arena = c->arena, .below = c->report->path.len + 1};

    suggest_start(&offering.near, name, strlen(name));
    figures_each(c->report, NULL, offer_figure, &offering);
    return offering.near.name;
}

static void explain(void *ctx, const char *word, const char *name, struct err *err)
{
    struct rendering *r = ctx;
    struct text_context *c = r->context;
    struct suggest near;

    if (!c->report) {
        err_hint(err, "an ordinary page belongs to no report; link to the page of one instead");
        return;
    }
    suggest_start(&near, name, strlen(name));
    if (word && strcmp(word, "table")) {
        err_hint(err, "blocks are {{table NAME}}");
        return;
    }
    for (size_t i = 0; word && i < c->report->tables.count; i++)
        if (c->report->tables.items[i].id.s)
            suggest_offer(&near, c->report->tables.items[i].id.s);
    if (!word)
        near.name = nearest_figure(c, name);
    if (near.name)
        err_hint(err, "did you mean '%s'?", near.name);
    else
        err_hint(err, word ? "the tables of the report are in report.json"
                           : "a figure is called table/line/column, such as "
                             "income_expenditure_summary/total/final");
}

/* Digits, points, commas, a sign before and a percent sign behind. */
static bool is_number(const char *s)
{
    size_t digits = 0;

    if (*s == '-' || *s == '+')
        s++;
    for (; *s; s++) {
        if (*s >= '0' && *s <= '9')
            digits++;
        else if (*s != '.' && *s != ',' && !(*s == '%' && !s[1]))
            return false;
    }
    return digits > 0;
}

static bool stands_for_a_number(const char *s)
{
    return !*s || !strcmp(s, "-") || !strcmp(s, "—") || !strcmp(s, "——") || !strcmp(s, "不涉及");
}

/* Whether a column has numbers below its head and nothing else but what stands for one. */
static bool is_number_column(const struct csv_table *table, size_t column)
{
    bool found = false;

    for (size_t i = 1; i < table->count; i++) {
        const char *cell = table->rows[i].cells[column];

        if (is_number(cell))
            found = true;
        else if (!stands_for_a_number(cell))
            return false;
    }
    return found;
}

static void fill_cells(struct arena *arena, const struct csv_row *row, struct view_csv_row *out)
{
    out->cells.items = arena_zalloc(arena, row->count, sizeof(*out->cells.items));
    out->cells.count = row->count;
    for (size_t i = 0; i < row->count; i++) {
        out->cells.items[i].text = text_of(row->cells[i]);
        out->cells.items[i].number.value = is_number(row->cells[i]);
    }
}

static void put_csv(void *ctx, const struct csv_table *table, struct strbuf *html)
{
    struct rendering *r = ctx;
    struct arena *arena = r->context->arena;
    struct view_csv_row head = {0};
    struct view_csv view = {0};

    if (!table->count)
        return;
    fill_cells(arena, &table->rows[0], &head);
    view.heads.items = head.cells.items;
    view.heads.count = head.cells.count;
    view.rows.items = arena_zalloc(arena, table->count, sizeof(*view.rows.items));
    view.rows.count = table->count - 1;
    for (size_t i = 1; i < table->count; i++)
        fill_cells(arena, &table->rows[i], &view.rows.items[i - 1]);
    for (size_t i = 0; i < view.heads.count; i++) {
        if (!is_number_column(table, i))
            continue;
        view.heads.items[i].number.value = true;
        for (size_t j = 0; j < view.rows.count; j++)
            view.rows.items[j].cells.items[i].number.value = true;
    }
    put_part(r, TEMPLATE_PART_CSV, &view, html);
}

static void link_to(void *ctx, const char *url, bool is_image, size_t offset)
{
    struct rendering *r = ctx;

    links_check(&r->links, url, is_image, offset);
}

static const char *address_of(void *ctx, const char *url)
{
    struct rendering *r = ctx;

    return links_in_translation(&r->links, url);
}

int view_text_make(struct text_context *context, const struct source_text *source, const char *page,
                   const char *scope, struct strbuf *html, struct view_text *out, struct errs *errs)
{
    struct rendering r = {context,
                          source,
                          scope,
                          {context->site, page, source, context->arena, errs, NULL, NULL},
                          errs};
    bool is_translation = site_is_translation(context->site);
    struct markdown_hooks hooks = {&r,
                                   reference,
                                   explain,
                                   put_csv,
                                   is_translation ? NULL : link_to,
                                   is_translation ? address_of : NULL};
    /* in a report, texts are sections below its own headings */
    struct markdown_options options = {source->path, TEXT_ID_PREFIX, context->report ? 1 : 0};
    struct markdown_document document;

    memset(out, 0, sizeof(*out));
    if (markdown_render(source->text, source->len, &options, &hooks, context->arena, html,
                        &document, errs))
        return -1;
    links_finish(&r.links, &document);
    out->title = text_of(document.title);
    out->headings.items =
        arena_zalloc(context->arena, document.heading_count, sizeof(*out->headings.items));
    out->headings.count = document.heading_count;
    for (size_t i = 0; i < document.heading_count; i++) {
        const struct markdown_heading *heading = &document.headings[i];

        out->headings.items[i].id = text_of(heading->id);
        out->headings.items[i].text = text_of(heading->text);
        out->headings.items[i].level = (struct integer){heading->level, true, {0, 0}};
    }
    out->html = (struct text){html->buf, (uint32_t)html->len, {0, 0}};
    return 0;
}
