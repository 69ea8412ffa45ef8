#include "base/base.h"

#include "base/arena.h"
#include "model/lookup.h"
#include "site/department_pages.h"
#include "site/explain.h"
#include "site/view_findings.h"
#include "site/view_orders.h"

static struct view_link *neighbour(struct report_maker *r, const struct project *project)
{
    return page_link(r->m, project->name.s,
                     page_text(r->m, "%sprojects/%s/", r->path, project->id.s));
}

/* This year and the years before, if there are any. */
static void list_earlier(struct report_maker *r, const struct project *project,
                         struct page_project *page)
{
    const struct project *before = project;

    page->earlier.items = arena_zalloc(r->m->arena, r->index + 1, sizeof(*page->earlier.items));
    for (size_t i = 0; before && i <= r->index; i++) {
        page->earlier.items[page->earlier.count++] = view_project_of(before);
        before = i < r->index ? project_before(r->report - i - 1, before) : NULL;
    }
    if (page->earlier.count == 1)
        page->earlier.count = 0;
}

void project_page_put(struct report_maker *r, size_t index)
{
    struct page_maker *m = r->m;
    const struct project *all = r->report->projects.items, *project = &all[index];
    struct page_project *page = arena_zalloc(m->arena, 1, sizeof(*page));
    const char *path = page_text(m, "%sprojects/%s/", r->path, project->id.s);
    static const struct entity *const entities[] = {&entity_project, &entity_fund, NULL};
    struct explainer explainer;
    struct page_head head;

    page_head_init(m, &head, path, project->name.s);
    report_article(r, &head);
    page_crumb(&head, r->title, r->path);
    if (index)
        head.previous = neighbour(r, &all[index - 1]);
    if (index + 1 < r->report->projects.count)
        head.next = neighbour(r, &all[index + 1]);
    head.tags->author = project->implementer;
    PAGE_SET(page, m, &head);
    page->department = (struct department *)r->department;
    page->report = (struct report *)r->report;
    page->project = (struct project *)project;
    page->total = view_project_of(project).total;
    page->result = view_project_of(project).result;
    list_earlier(r, project, page);
    explainer_init(&explainer, r->texts.profile, m->arena);
    explain_entities(&explainer, entities, &page->terms.items, &page->terms.count);
    view_findings_make(m, r->department, r->report, page_text(m, "projects/%s", project->id.s),
                       &page->findings.items, &page->findings.count);
    page_put(m, TEMPLATE_PROJECT, page, path);
}
