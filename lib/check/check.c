#include "base/base.h"

#include "check/check.h"

#include "base/mem.h"
#include "check/acknowledge.h"
#include "check/cell.h"
#include "check/checks.h"
#include "check/form.h"
#include "check/mark.h"
#include "model/figures.h"
#include "model/lookup.h"

struct check_plan {
    struct arena arena;
    const struct catalog *catalog;
    struct check_form *forms; /* by the profiles of the catalog */
};

static void (*const checks[])(struct checking *c) = {
    check_balances, check_percentages, check_budgets,     check_years, check_lines,
    check_tables,   check_projects,    check_evaluations, check_texts,
};

struct check_plan *check_plan_new(const struct catalog *catalog)
{
    struct check_plan *plan = mem_zalloc(1, sizeof(*plan));

    plan->catalog = catalog;
    plan->forms = arena_zalloc(&plan->arena, catalog->profile_count, sizeof(*plan->forms));
    for (size_t i = 0; i < catalog->profile_count; i++)
        check_form_make(&plan->forms[i], &catalog->profiles[i], &plan->arena);
    return plan;
}

void check_plan_free(struct check_plan *plan)
{
    if (!plan)
        return;
    arena_release(&plan->arena);
    free(plan);
}

/* --- the order of findings --- */

static bool is_report_file(const char *file)
{
    const char *slash = file ? strrchr(file, '/') : NULL;

    return slash && !strcmp(slash, "/report.json");
}

static int compare_findings(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    const struct finding_figure *p = x->figures.items, *q = y->figures.items;
    int order;

    if (!p || !q)
        return (p != NULL) - (q != NULL);
    order = is_report_file(q->file.s) - is_report_file(p->file.s);
    if (!order)
        order = strcmp(p->file.s, q->file.s);
    if (!order && p->source_line.at.offset != q->source_line.at.offset)
        order = p->source_line.at.offset < q->source_line.at.offset ? -1 : 1;
    if (!order)
        order = strcmp(x->rule.s, y->rule.s);
    return order ? order : strcmp(x->message.s, y->message.s);
}

static struct integer integer_of(size_t n)
{
    return (struct integer){(int64_t)n, true, {0, 0}};
}

static void hand_over(struct checking *c, struct report *report)
{
    if (c->finding_count)
        qsort(c->findings, c->finding_count, sizeof(*c->findings), compare_findings);
    check_renumber_citations(c);
    report->findings.items = arena_zalloc(c->arena, c->finding_count, sizeof(*c->findings));
    report->findings.count = c->finding_count;
    for (size_t i = 0; i < c->finding_count; i++) {
        struct finding *finding = &report->findings.items[i];

        *finding = c->findings[i];
        finding->id = integer_of(i + 1);
        for (size_t j = 0; j < finding->figures.count; j++)
            finding->figures.items[j].finding = finding->id;
    }
    check_mark(c, report);
    report->figures = integer_of(figures_count(report));
    report->figures_checked = integer_of(c->used_count);
    report->balances_held = integer_of(c->balances_held);
    report->balances_broken = integer_of(c->balances_broken);
    report->balances_unchecked = integer_of(c->balances_unchecked);
}

/* --- reports --- */

static const struct check_form *form_of(const struct check_plan *plan, const struct report *report)
{
    const struct profile *profile =
        report->profile.s ? catalog_profile(plan->catalog, report->profile.s) : NULL;

    return profile ? &plan->forms[profile - plan->catalog->profiles] : NULL;
}

static void check_report(const struct check_plan *plan, struct content_department *content,
                         struct report *report)
{
    const struct check_form *form = form_of(plan, report), *prior_form;
    struct checking c = {.catalog = plan->catalog,
                         .form = form,
                         .content = content,
                         .report = report,
                         .prior = department_report(&content->department, report->year.value - 1),
                         .arena = &content->arena};

    if (!form || !report->path.s)
        return; /* an error already */
    c.profile = form->profile;
    prior_form = c.prior ? form_of(plan, c.prior) : NULL;
    c.tables = cell_tables_make(report, c.profile, c.profile, c.arena);
    c.prior_tables =
        cell_tables_make(c.prior, prior_form ? prior_form->profile : NULL, c.profile, c.arena);
    for (size_t i = 0; i < ARRAY_SIZE(checks); i++)
        checks[i](&c);
    check_finish_remarks(&c);
    check_acknowledge(&c);
    hand_over(&c, report);
    free(c.findings);
    free(c.used);
    free(c.citations);
}

void check_department(const struct check_plan *plan, struct content_department *content)
{
    for (size_t i = 0; i < content->department.reports.count; i++)
        check_report(plan, content, &content->department.reports.items[i]);
}
