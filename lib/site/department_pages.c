#include "base/base.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "site/page.h"
#include "site/view_table.h"
#include "site/view_text.h"

/* --- key figures --- */

static const struct table *table_of(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->tables.count; i++)
        if (text_is(&report->tables.items[i].id, id))
            return &report->tables.items[i];
    return NULL;
}

/* The final accounts of a line for people, or no text. */
static struct text shown(struct page_maker *m, const struct table *table, const char *id)
{
    struct strbuf sb = STRBUF_INIT;
    struct text text = {0};

    for (size_t i = 0; table && i < table->lines.count; i++) {
        const struct line *line = &table->lines.items[i];

        for (size_t j = 0; text_is(&line->id, id) && j < line->figures.count; j++)
            if (text_is(&line->figures.items[j].column, "final") &&
                !line->figures.items[j].statement.s)
                quantity_add_shown(&line->figures.items[j].value, &sb);
    }
    if (sb.len)
        text = text_of(arena_strndup(m->arena, sb.buf, sb.len));
    strbuf_release(&sb);
    return text;
}

static struct integer number(size_t n)
{
    return (struct integer){(int64_t)n, true, {0, 0}};
}

static void summarize(struct page_maker *m, const struct department *department,
                      const struct report *report, struct view_report *out)
{
    const struct table *totals = table_of(report, "income_expenditure_summary");

    memset(out, 0, sizeof(*out));
    out->department = department->id;
    out->department_name = report->department_name;
    out->division_name = department->division_name;
    out->year = report->year;
    out->income = shown(m, totals, "income-total");
    out->expenditure = shown(m, totals, "expenditure-total");
    out->unit = totals && totals->unit.s ? totals->unit : report->unit;
    out->projects = number(report->projects.count);
    out->evaluations = number(report->evaluations.count);
}

/* --- the department --- */

static void put_department(struct page_maker *m, const struct department *department)
{
    struct page_department *page = arena_zalloc(m->arena, 1, sizeof(*page));
    const char *path = page_text(m, "departments/%s/", department->id.s);
    size_t count = department->reports.count;
    struct page_head head;

    page_head_init(m, &head, path, department->name.s);
    page_crumb(&head, theme_label(m->site->theme, "departments"), "departments/");
    PAGE_SET(page, m, &head);
    page->department = (struct department *)department;
    page->reports.items = arena_zalloc(m->arena, count, sizeof(*page->reports.items));
    page->reports.count = count;
    for (size_t i = 0; i < count; i++) /* the newest first */
        summarize(m, department, &department->reports.items[count - 1 - i],
                  &page->reports.items[i]);
    page_put(m, TEMPLATE_DEPARTMENT, page, path);
}

/* --- a year --- */

static const struct fund *total_fund(const struct fund *funds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(&funds[i].id, "total"))
            return &funds[i];
    return NULL;
}

static const struct indicator *total_indicator(const struct project *project)
{
    for (size_t i = 0; i < project->indicators.count; i++)
        if (text_is(&project->indicators.items[i].id, "total"))
            return &project->indicators.items[i];
    return NULL;
}

static void list_projects(struct page_maker *m, const struct report *report,
                          struct page_report *page)
{
    size_t count = report->projects.count;

    page->projects.items = arena_zalloc(m->arena, count, sizeof(*page->projects.items));
    page->projects.count = count;
    for (size_t i = 0; i < count; i++) {
        struct project *project = &report->projects.items[i];
        struct view_project *view = &page->projects.items[i];

        view->project = project;
        view->total = (struct fund *)total_fund(project->funds.items, project->funds.count);
        view->result = (struct indicator *)total_indicator(project);
    }
}

/* The statutory tables all, so that a missing one is seen; the others where the report has them. */
static void list_tables(struct page_maker *m, const struct report *report,
                        const struct profile *profile, struct page_report *page)
{
    size_t count = profile->tables.count;

    page->tables.items = arena_zalloc(m->arena, count, sizeof(*page->tables.items));
    page->key_tables.items = arena_zalloc(m->arena, count, sizeof(*page->key_tables.items));
    for (size_t i = 0; i < count; i++) {
        const struct profile_table *form = &profile->tables.items[i];
        const struct table *table = table_of(report, form->id.s);

        if (form->statutory.value)
            view_table_make(form, table, report->unit.s, m->arena,
                            &page->tables.items[page->tables.count++]);
        else if (table)
            view_table_make(form, table, report->unit.s, m->arena,
                            &page->key_tables.items[page->key_tables.count++]);
    }
}

struct report_maker {
    struct page_maker *m;
    const struct content_department *content;
    const struct department *department;
    const struct report *report;
    struct text_context texts;
    const char *path;  /* "departments/<id>/<year>/" */
    const char *title; /* the year as a breadcrumb */
};

/* The text at `path` of the sources, rendered; NULL when there is none or it has errors. */
static struct view_text *render_text(struct report_maker *r, const char *path, const char *scope,
                                     struct strbuf *html)
{
    const struct source_text *source = content_text(r->content, path);
    struct view_text *view;

    if (!source)
        return NULL;
    view = arena_alloc(r->m->arena, sizeof(*view));
    if (view_text_make(&r->texts, source, scope, html, view, r->m->errs)) {
        r->m->result = -1;
        return NULL;
    }
    return view;
}

static void add_department_crumbs(struct report_maker *r, struct page_head *head)
{
    page_crumb(head, theme_label(r->m->site->theme, "departments"), "departments/");
    page_crumb(head, r->report->department_name.s,
               page_text(r->m, "departments/%s/", r->department->id.s));
}

static void put_report(struct report_maker *r)
{
    struct page_maker *m = r->m;
    struct page_report *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct strbuf html = STRBUF_INIT;
    struct page_head head;

    page_head_init(m, &head, r->path, page_text(m, "%s%s", r->report->department_name.s, r->title));
    add_department_crumbs(r, &head);
    PAGE_SET(page, m, &head);
    page->department = (struct department *)r->department;
    page->report = (struct report *)r->report;
    page->profile = (struct profile *)r->texts.profile;
    page->summary = arena_alloc(m->arena, sizeof(*page->summary));
    summarize(m, r->department, r->report, page->summary);
    list_tables(m, r->report, r->texts.profile, page);
    list_projects(m, r->report, page);
    page->narrative = render_text(r, page_text(m, "%snarrative", r->path), NULL, &html);
    page_put(m, TEMPLATE_REPORT, page, r->path);
    strbuf_release(&html);
}

static void put_project(struct report_maker *r, const struct project *project)
{
    struct page_maker *m = r->m;
    struct page_project *page = arena_zalloc(m->arena, 1, sizeof(*page));
    const char *path = page_text(m, "%sprojects/%s/", r->path, project->id.s);
    struct page_head head;

    page_head_init(m, &head, path, project->name.s);
    add_department_crumbs(r, &head);
    page_crumb(&head, r->title, r->path);
    PAGE_SET(page, m, &head);
    page->department = (struct department *)r->department;
    page->report = (struct report *)r->report;
    page->project = (struct project *)project;
    page->total = (struct fund *)total_fund(project->funds.items, project->funds.count);
    page->result = (struct indicator *)total_indicator(project);
    page_put(m, TEMPLATE_PROJECT, page, path);
}

static size_t count_experts(const struct evaluation *evaluation)
{
    size_t most = 0;

    for (size_t i = 0; i < evaluation->criteria.count; i++)
        if (evaluation->criteria.items[i].experts.count > most)
            most = evaluation->criteria.items[i].experts.count;
    return most;
}

static void put_evaluation(struct report_maker *r, const struct evaluation *evaluation)
{
    struct page_maker *m = r->m;
    struct page_evaluation *page = arena_zalloc(m->arena, 1, sizeof(*page));
    const char *path = page_text(m, "%sevaluations/%s/", r->path, evaluation->id.s);
    const char *scope = page_text(m, "evaluations/%s", evaluation->id.s);
    size_t experts = count_experts(evaluation);
    struct strbuf html = STRBUF_INIT;
    struct page_head head;

    page_head_init(m, &head, path, evaluation->name.s);
    add_department_crumbs(r, &head);
    page_crumb(&head, r->title, r->path);
    PAGE_SET(page, m, &head);
    page->department = (struct department *)r->department;
    page->report = (struct report *)r->report;
    page->evaluation = (struct evaluation *)evaluation;
    page->expert_count = number(experts);
    page->experts.items = arena_zalloc(m->arena, experts, sizeof(*page->experts.items));
    page->experts.count = experts;
    for (size_t i = 0; i < experts; i++)
        page->experts.items[i].text = text_of(page_text(m, "%zu", i + 1));
    page->text = render_text(r, page_text(m, "%s%s", r->path, scope), scope, &html);
    page_put(m, TEMPLATE_EVALUATION, page, path);
    strbuf_release(&html);
}

static void put_year(struct page_maker *m, const struct content_department *content,
                     const struct report *report)
{
    const struct profile *profile = catalog_profile(m->site->catalog, report->profile.s);
    struct report_maker r = {
        .m = m, .content = content, .department = &content->department, .report = report};

    text_context_init(&r.texts, m->site->theme, profile, report, m->arena);
    r.path = page_text(m, "departments/%s/", report->path.s);
    r.title = page_text(m, "%lld%s", (long long)report->year.value,
                        theme_label(m->site->theme, "fiscal_year"));
    put_report(&r);
    for (size_t i = 0; i < report->projects.count; i++)
        put_project(&r, &report->projects.items[i]);
    for (size_t i = 0; i < report->evaluations.count; i++)
        put_evaluation(&r, &report->evaluations.items[i]);
    text_context_release(&r.texts);
}

int site_render_department(const struct site_context *site,
                           const struct content_department *department,
                           const struct site_output *output, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct page_maker m = {site, output, &arena, errs, 0};

    put_department(&m, &department->department);
    for (size_t i = 0; i < department->department.reports.count; i++)
        put_year(&m, department, &department->department.reports.items[i]);
    arena_release(&arena);
    return m.result;
}
