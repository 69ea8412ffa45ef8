#include "base/base.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "model/lookup.h"
#include "site/department_pages.h"
#include "site/explain.h"
#include "site/view_charts.h"
#include "site/view_findings.h"
#include "site/view_orders.h"
#include "site/view_revision.h"
#include "site/view_summary.h"
#include "site/view_table.h"

/* --- key figures --- */

/* What stands at the head of a report, and where it is looked for: where it is printed first. */
static const struct {
    enum theme_word label;
    struct key_place {
        const char *table, *line, *column;
    } places[2];
} key_figures[] = {
    {WORD_income,
     {{"income_expenditure_summary", "income-total", "final"}, {"income", "total", "final"}}},
    {WORD_expenditure,
     {{"income_expenditure_summary", "expenditure-total", "final"},
      {"expenditure", "total", "final"}}},
    {WORD_basic_expenditure,
     {{"expenditure", "total", "basic"},
      {"income_expenditure_summary", "expenditure-basic", "final"}}},
    {WORD_project_expenditure,
     {{"expenditure", "total", "project"},
      {"income_expenditure_summary", "expenditure-project", "final"}}},
    {WORD_closing, {{"income_expenditure_summary", "closing", "final"}}},
    {WORD_three_public, {{"three_public", "total", "final"}}},
    {WORD_operating_costs, {{"operating_costs", "total", "final"}}},
    {WORD_procurement, {{"procurement", "total", "final"}}},
};

/* Whether the report has a figure there. */
static bool fill_key(struct page_maker *m, const struct report *report,
                     const struct key_place *place, struct view_key *key)
{
    const struct table *table = place->table ? report_table(report, place->table) : NULL;
    const struct line *line = table_line(table, place->line);
    const struct quantity *q = line_quantity(line, place->column), *rate;

    if (!q)
        return false;
    key->value = *q;
    key->line = (struct line *)line;
    key->anchor = text_of(page_text(m, "%s.%s", place->table, place->line));
    rate = strcmp(place->column, "final") ? NULL : line_quantity(line, "prior_rate");
    if (rate)
        key->prior_rate = *rate;
    return true;
}

/* Gives that of expenditure, or NULL. */
static const struct view_key *list_keys(struct page_maker *m, const struct report *report,
                                        struct page_report *page)
{
    const struct view_key *spent = NULL;

    page->keys.items = arena_zalloc(m->arena, ARRAY_SIZE(key_figures), sizeof(*page->keys.items));
    for (size_t i = 0; i < ARRAY_SIZE(key_figures); i++) {
        struct view_key *key = &page->keys.items[page->keys.count];

        if (!fill_key(m, report, &key_figures[i].places[0], key) &&
            !fill_key(m, report, &key_figures[i].places[1], key))
            continue;
        key->label = text_of(theme_word(m->site->theme, key_figures[i].label));
        page->keys.count++;
        if (key_figures[i].label == WORD_expenditure)
            spent = key;
    }
    return spent;
}

/* --- tables --- */

/* The statutory tables all, so that a missing one is seen; the others where the report has them. */
static void list_tables(struct page_maker *m, const struct report *report,
                        const struct profile *profile, struct explainer *explainer,
                        struct page_report *page)
{
    size_t count = profile->tables.count;
    struct view_table *view;

    page->tables.items = arena_zalloc(m->arena, count, sizeof(*page->tables.items));
    page->key_tables.items = arena_zalloc(m->arena, count, sizeof(*page->key_tables.items));
    for (size_t i = 0; i < count; i++) {
        const struct profile_table *form = &profile->tables.items[i];
        const struct table *table = report_table(report, form->id.s);

        if (!form->statutory.value && !table)
            continue;
        view = form->statutory.value ? &page->tables.items[page->tables.count++]
                                     : &page->key_tables.items[page->key_tables.count++];
        view_table_make(m->site->theme, form, table, report->unit.s, m->arena, view);
        explain_table(explainer, form, table, view);
    }
}

/* --- the page --- */

static struct view_link *neighbour(struct report_maker *r, const struct report *report)
{
    return page_link(r->m, page_year(r->m, &report->year),
                     page_text(r->m, "departments/%s/", report->path.s));
}

static void list_charts(struct report_maker *r, struct page_report *page)
{
    struct chart_maker charts = chart_maker_of(r->m->site->theme, r->m->arena);

    view_charts_of_report(&charts, r->report, r->texts.profile);
    page->charts.items = charts.items;
    page->charts.count = charts.count;
}

static void list_versions(struct report_maker *r, struct page_report *page)
{
    view_versions_make(r->m, r->department, r->report, &page->versions.items,
                       &page->versions.count);
    for (size_t i = 0; i < page->versions.count; i++)
        view_revision_count(&page->corrections, !page->versions.items[i].first.value);
}

void report_page_put(struct report_maker *r)
{
    struct page_maker *m = r->m;
    struct page_report *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct strbuf html = STRBUF_INIT;
    struct explainer explainer;
    struct page_head head;

    page_head_init(m, &head, r->path,
                   page_text(m, "%s%s%s", r->report->department_name.s,
                             theme_word(m->site->theme, WORD_space), r->title));
    report_article(r, &head);
    if (r->index)
        head.previous = neighbour(r, r->report - 1);
    if (r->index + 1 < r->department->reports.count)
        head.next = neighbour(r, r->report + 1);
    head.tags->author = r->report->department_name;
    PAGE_SET(page, m, &head);
    page->department = (struct department *)r->department;
    page->report = (struct report *)r->report;
    page->profile = (struct profile *)r->texts.profile;
    page->summary = view_summary_make(r->department, r->index, list_keys(m, r->report, page),
                                      theme_word(m->site->theme, WORD_appropriated), m->arena);
    explainer_init(&explainer, r->texts.profile, m->arena);
    list_tables(m, r->report, r->texts.profile, &explainer, page);
    list_charts(r, page);
    view_orders_make(r->report, m->site->theme, m->arena, &page->orders.items, &page->orders.count);
    if (r->report->projects.count)
        page->project_count = page_number(r->report->projects.count);
    page->narrative = report_text(r, page_text(m, "%snarrative.md", r->path), r->path, NULL, &html);
    if (page->narrative)
        explain_text(&explainer, html.buf, html.len, &page->narrative->terms.items,
                     &page->narrative->terms.count);
    page->checked = view_checked_make(m, r->report);
    view_findings_make(m, r->department, r->report, NULL, &page->findings.items,
                       &page->findings.count);
    list_versions(r, page);
    page_put(m, TEMPLATE_REPORT, page, r->path);
    strbuf_release(&html);
}
