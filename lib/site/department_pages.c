#include "base/base.h"

#include "site/department_pages.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "model/lookup.h"
#include "site/search_texts.h"
#include "site/view_charts.h"
#include "site/view_history.h"
#include "site/view_revision.h"

/* --- the department --- */

/* The final accounts of a line for people, or no text. */
static struct text shown(struct page_maker *m, const struct line *line)
{
    const struct quantity *q = line_quantity(line, "final");
    struct strbuf sb = STRBUF_INIT;
    struct text text = {0};

    if (q)
        quantity_add_shown(q, &sb);
    if (sb.len)
        text = text_of(arena_strndup(m->arena, sb.buf, sb.len));
    strbuf_release(&sb);
    return text;
}

static void summarize(struct page_maker *m, const struct department *department,
                      const struct report *report, struct view_report *out)
{
    const struct table *totals = report_table(report, "income_expenditure_summary");

    out->department = department->id;
    out->department_name = report->department_name;
    out->division_name = department->division_name;
    out->year = report->year;
    out->income = shown(m, table_line(totals, "income-total"));
    out->expenditure = shown(m, table_line(totals, "expenditure-total"));
    out->closing = shown(m, table_line(totals, "closing"));
    out->three_public = shown(m, table_line(report_table(report, "three_public"), "total"));
    out->unit = totals && totals->unit.s ? totals->unit : report->unit;
    out->projects = page_number(report->projects.count);
    out->evaluations = page_number(report->evaluations.count);
}

static void put_department(struct page_maker *m, const struct department *department)
{
    struct page_department *page = arena_zalloc(m->arena, 1, sizeof(*page));
    const char *path = page_text(m, "departments/%s/", department->id.s);
    size_t count = department->reports.count;
    struct chart_maker charts = chart_maker_of(m->site->theme, m->arena);
    struct page_head head;

    page_head_init(m, &head, path, department->name.s);
    page_crumb(&head, theme_word(m->site->theme, WORD_departments), "departments/");
    page_column(&head);
    PAGE_SET(page, m, &head);
    page->department = (struct department *)department;
    page->reports.items = arena_zalloc(m->arena, count, sizeof(*page->reports.items));
    page->reports.count = count;
    for (size_t i = 0; i < count; i++) /* the newest first */
        summarize(m, department, &department->reports.items[count - 1 - i],
                  &page->reports.items[i]);
    view_charts_of_department(&charts, department, m->site->catalog);
    page->charts.items = charts.items;
    page->charts.count = charts.count;
    view_history_make(m->site->theme, department, m->site->catalog, m->arena, &page->history.items,
                      &page->history.count);
    page_put(m, TEMPLATE_DEPARTMENT, page, path);
}

/* --- its years --- */

void report_article(const struct report_maker *r, struct page_head *head)
{
    page_crumb(head, theme_word(r->m->site->theme, WORD_departments), "departments/");
    page_crumb(head, r->report->department_name.s,
               page_text(r->m, "departments/%s/", r->department->id.s));
    page_article(head, r->department->name.s, r->report->department_name.s);
    head->tags->published = r->report->published;
}

struct view_text *report_text(struct report_maker *r, const char *path, const char *page,
                              const char *scope, struct strbuf *html)
{
    const struct source_text *source = content_file(r->content, path);
    struct view_text *view;

    if (!source)
        return NULL;
    view = arena_alloc(r->m->arena, sizeof(*view));
    if (view_text_make(&r->texts, source, page, scope, html, view, r->m->errs)) {
        r->m->result = -1;
        return NULL;
    }
    if (r->m->search)
        search_texts_html(r->m->search,
                          &(struct search_place){scope ? SEARCH_EVALUATION : SEARCH_NARRATIVE,
                                                 (int)r->report->year.value, NULL,
                                                 page + strlen(r->path),
                                                 scope ? "#text" : "#narrative"},
                          view, r->m->arena);
    return view;
}

static void put_year(struct page_maker *m, const struct content_department *content, size_t index)
{
    const struct report *report = &content->department.reports.items[index];
    const struct profile *profile = catalog_profile(m->site->catalog, report->profile.s);
    struct report_maker r = {.m = m,
                             .content = content,
                             .department = &content->department,
                             .report = report,
                             .index = index};

    m->as_of = view_revision_newest(m, r.department, report);
    text_context_init(&r.texts, m->site, profile, report, m->arena);
    r.path = page_text(m, "departments/%s/", report->path.s);
    r.title = page_year(m, &report->year);
    if (m->search)
        search_texts_report(&r);
    report_page_put(&r);
    if (index)
        compared_page_put(&r);
    for (size_t i = 0; i < report->projects.count; i++)
        project_page_put(&r, i);
    for (size_t i = 0; i < report->evaluations.count; i++)
        evaluation_page_put(&r, i);
}

int site_render_department(const struct site_context *site,
                           const struct content_department *department,
                           const struct site_output *output, struct search_chunk *search,
                           struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct page_maker m = {
        .site = site, .output = output, .arena = &arena, .errs = errs, .search = search};

    m.as_of = view_revision_newest(&m, &department->department, NULL);
    put_department(&m, &department->department);
    if (search)
        search_texts_department(search, &department->department);
    arena_release(&arena);
    for (size_t i = 0; i < department->department.reports.count; i++) {
        put_year(&m, department, i);
        arena_release(&arena); /* what the pages of a year need is forgotten with it */
    }
    return m.result;
}
