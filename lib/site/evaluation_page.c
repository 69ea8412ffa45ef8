#include "base/base.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "site/department_pages.h"
#include "site/explain.h"
#include "site/view_charts.h"
#include "site/view_findings.h"

static size_t count_experts(const struct evaluation *evaluation)
{
    size_t most = 0;

    for (size_t i = 0; i < evaluation->criteria.count; i++)
        if (evaluation->criteria.items[i].expert_scores.count > most)
            most = evaluation->criteria.items[i].expert_scores.count;
    return most;
}

static void list_experts(struct page_maker *m, struct page_evaluation *page, size_t count)
{
    page->expert_count = page_number(count);
    page->experts.items = arena_zalloc(m->arena, count, sizeof(*page->experts.items));
    page->experts.count = count;
    for (size_t i = 0; i < count; i++)
        page->experts.items[i].text = text_of(page_text(m, "%zu", i + 1));
}

/* A cell for each expert in every row, so that what follows stands under its own head. */
static void list_rows(struct page_maker *m, struct page_evaluation *page, size_t experts)
{
    size_t count = page->evaluation->criteria.count;

    page->rows.items = arena_zalloc(m->arena, count, sizeof(*page->rows.items));
    page->rows.count = count;
    for (size_t i = 0; i < count; i++) {
        struct criterion *criterion = &page->evaluation->criteria.items[i];
        struct view_criterion *row = &page->rows.items[i];

        row->criterion = criterion;
        row->scores.items = arena_zalloc(m->arena, experts, sizeof(*row->scores.items));
        row->scores.count = experts;
        for (size_t j = 0; j < criterion->expert_scores.count; j++)
            row->scores.items[j] = (struct view_cell){
                .column = criterion->expert_scores.items[j].expert,
                .value = criterion->expert_scores.items[j].score,
            };
    }
}

static void list_charts(struct page_maker *m, struct page_evaluation *page)
{
    struct chart_maker charts = chart_maker_of(m->site->theme, m->arena);

    view_charts_of_evaluation(&charts, page->evaluation);
    page->charts.items = charts.items;
    page->charts.count = charts.count;
}

static struct view_link *neighbour(struct report_maker *r, const struct evaluation *evaluation)
{
    return page_link(r->m, evaluation->name.s,
                     page_text(r->m, "%sevaluations/%s/", r->path, evaluation->id.s));
}

void evaluation_page_put(struct report_maker *r, size_t index)
{
    struct page_maker *m = r->m;
    const struct evaluation *all = r->report->evaluations.items, *evaluation = &all[index];
    struct page_evaluation *page = arena_zalloc(m->arena, 1, sizeof(*page));
    const char *path = page_text(m, "%sevaluations/%s/", r->path, evaluation->id.s);
    const char *scope = page_text(m, "evaluations/%s", evaluation->id.s);
    struct strbuf html = STRBUF_INIT;
    static const struct entity *const entities[] = {&entity_evaluation, &entity_criterion, NULL};
    struct explainer explainer;
    struct page_head head;

    page_head_init(m, &head, path, evaluation->name.s);
    report_article(r, &head);
    page_crumb(&head, r->title, r->path);
    if (index)
        head.previous = neighbour(r, &all[index - 1]);
    if (index + 1 < r->report->evaluations.count)
        head.next = neighbour(r, &all[index + 1]);
    PAGE_SET(page, m, &head);
    page->department = (struct department *)r->department;
    page->report = (struct report *)r->report;
    page->evaluation = (struct evaluation *)evaluation;
    list_experts(m, page, count_experts(evaluation));
    list_rows(m, page, page->experts.count);
    explainer_init(&explainer, r->texts.profile, m->arena);
    explain_entities(&explainer, entities, &page->terms.items, &page->terms.count);
    list_charts(m, page);
    page->text = report_text(r, page_text(m, "%s%s.md", r->path, scope), path, scope, &html);
    view_findings_make(m, r->department, r->report, scope, &page->findings.items,
                       &page->findings.count);
    page_put(m, TEMPLATE_EVALUATION, page, path);
    strbuf_release(&html);
}
