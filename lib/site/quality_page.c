#include "base/base.h"

#include "base/arena.h"
#include "base/strmap.h"
#include "check/rule.h"
#include "site/overview.h"
#include "site/view_findings.h"

/* In the order of the primary keys, so that each is read once, side by side. */
static const char reports_sql[] =
    "SELECT department, year, department_name, figures, figures_checked, balances_held,\n"
    "  balances_broken, balances_unchecked FROM reports ORDER BY department, year";
static const char findings_sql[] =
    "SELECT department, year, id, rule, severity, acknowledged, message FROM findings\n"
    "ORDER BY department, year, id";

enum { EXAMPLES_MAX = 20 };

struct quality {
    struct overview *o;
    struct page_quality *page;
    struct strmap rules; /* id -> struct view_rule */
    size_t report_cap;
    size_t report; /* the one that the findings have come to */
};

static void *zalloc(struct quality *q, size_t count, size_t size)
{
    return arena_zalloc(q->o->m.arena, count, size);
}

/* --- the rules --- */

static void init_rule(struct quality *q, struct view_rule *rule, const char *id, const char *title)
{
    bool is_new;

    rule->id = text_of(id);
    rule->title = text_of(title);
    rule->checked = zalloc(q, 1, sizeof(*rule->checked));
    rule->examples.items = zalloc(q, EXAMPLES_MAX, sizeof(*rule->examples.items));
    *strmap_put(&q->rules, id, strlen(id), &is_new) = rule;
}

static void list_rules(struct quality *q)
{
    struct page_quality *page = q->page;

    page->rules.items = zalloc(q, RULE_COUNT, sizeof(*page->rules.items));
    page->rules.count = RULE_COUNT;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        struct view_rule *rule = &page->rules.items[i];

        init_rule(q, rule, rules[i].id,
                  theme_title(q->o->m.site->theme, rules[i].title, rules[i].title_en));
        rule->reads = text_of(rules[i].reads);
        rule->says = text_of(rules[i].says);
    }
}

/* Profiles may have balances of the same id, which are one rule. */
static void add_balance(struct quality *q, struct profile *profile, struct balance *balance)
{
    struct page_quality *page = q->page;
    const char *id = page_text(&q->o->m, RULE_BALANCE_PREFIX "%s", balance->id.s);
    struct view_rule *rule = strmap_get(&q->rules, id, strlen(id));
    size_t size = sizeof(struct view_equation);

    if (!rule) {
        rule = &page->balances.items[page->balances.count++];
        init_rule(q, rule, id, balance->title.s);
    }
    rule->equations.items =
        arena_realloc(q->o->m.arena, rule->equations.items, rule->equations.count * size,
                      (rule->equations.count + 1) * size);
    rule->equations.items[rule->equations.count++] =
        (struct view_equation){.profile = profile->title, .balance = balance};
}

static void list_balances(struct quality *q)
{
    const struct catalog *catalog = q->o->m.site->catalog;
    size_t count = 0;

    for (size_t i = 0; i < catalog->profile_count; i++)
        count += catalog->profiles[i].balances.count;
    q->page->balances.items = zalloc(q, count, sizeof(*q->page->balances.items));
    for (size_t i = 0; i < catalog->profile_count; i++)
        for (size_t j = 0; j < catalog->profiles[i].balances.count; j++)
            add_balance(q, &catalog->profiles[i], &catalog->profiles[i].balances.items[j]);
}

/* --- the reports --- */

static void add_report(void *ctx, sqlite3_stmt *stmt)
{
    struct quality *q = ctx;
    struct page_quality *page = q->page;

    ARENA_GROW(q->o->m.arena, page->reports.items, page->reports.count, q->report_cap);
    page->reports.items[page->reports.count++] = (struct view_checked){
        .department = overview_text(q->o, stmt, 0),
        .year = overview_integer(stmt, 1),
        .department_name = overview_text(q->o, stmt, 2),
        .figures = overview_integer(stmt, 3),
        .figures_checked = overview_integer(stmt, 4),
        .balances_held = overview_integer(stmt, 5),
        .balances_broken = overview_integer(stmt, 6),
        .balances_unchecked = overview_integer(stmt, 7),
    };
}

/* --- the findings --- */

/* Findings and reports come in the same order. */
static struct view_checked *report_of(struct quality *q, sqlite3_stmt *stmt)
{
    const char *department = (const char *)sqlite3_column_text(stmt, 0);
    int64_t year = sqlite3_column_int64(stmt, 1);

    for (; q->report < q->page->reports.count; q->report++) {
        struct view_checked *report = &q->page->reports.items[q->report];

        if (report->year.value == year && text_is(&report->department, department))
            return report;
    }
    return NULL;
}

/* Of the findings of a rule the first are shown, and the others counted. */
static void add_to_rule(struct quality *q, sqlite3_stmt *stmt, const struct finding *finding,
                        const struct view_checked *report)
{
    const char *id = (const char *)sqlite3_column_text(stmt, 3);
    struct view_rule *rule = strmap_get(&q->rules, id, strlen(id));
    struct finding *copy;

    if (!rule)
        return;
    view_checked_add(rule->checked, finding);
    if (rule->examples.count == EXAMPLES_MAX) {
        rule->others.present = true;
        rule->others.value++;
        return;
    }
    copy = zalloc(q, 1, sizeof(*copy));
    *copy = *finding;
    copy->department = report->department;
    copy->year = report->year;
    copy->id = overview_integer(stmt, 2);
    copy->severity = overview_text(q->o, stmt, 4);
    copy->message = overview_text(q->o, stmt, 6);
    rule->examples.items[rule->examples.count++] =
        (struct view_example){.finding = copy, .department_name = report->department_name};
}

static void add_finding(void *ctx, sqlite3_stmt *stmt)
{
    struct quality *q = ctx;
    struct view_checked *report = report_of(q, stmt);
    struct finding finding = {.severity = text_of((const char *)sqlite3_column_text(stmt, 4)),
                              .acknowledged = {sqlite3_column_int(stmt, 5) != 0, true, {0, 0}}};

    if (!report)
        return;
    view_checked_add(report, &finding);
    add_to_rule(q, stmt, &finding, report);
}

/* --- sums --- */

static void add(struct integer *to, const struct integer *from)
{
    to->value += from->value;
    to->present |= from->present;
}

static void add_checked(struct view_checked *to, const struct view_checked *from)
{
    to->reports.present = true;
    to->reports.value++;
    add(&to->figures, &from->figures);
    add(&to->figures_checked, &from->figures_checked);
    add(&to->balances_held, &from->balances_held);
    add(&to->balances_broken, &from->balances_broken);
    add(&to->balances_unchecked, &from->balances_unchecked);
    add(&to->findings, &from->findings);
    add(&to->errors, &from->errors);
    add(&to->warnings, &from->warnings);
    add(&to->notes, &from->notes);
    add(&to->acknowledged, &from->acknowledged);
}

static int newest_first(const void *a, const void *b)
{
    const struct view_checked *x = a, *y = b;

    return (x->year.value < y->year.value) - (x->year.value > y->year.value);
}

static struct view_checked *year_of(struct page_quality *page, const struct integer *year)
{
    struct view_checked *item;

    for (size_t i = 0; i < page->years.count; i++)
        if (page->years.items[i].year.value == year->value)
            return &page->years.items[i];
    item = &page->years.items[page->years.count++];
    *item = (struct view_checked){.year = *year};
    return item;
}

static void add_up(struct quality *q)
{
    struct page_quality *page = q->page;

    page->checked = zalloc(q, 1, sizeof(*page->checked));
    page->years.items = zalloc(q, page->reports.count, sizeof(*page->years.items));
    for (size_t i = 0; i < page->reports.count; i++) {
        const struct view_checked *report = &page->reports.items[i];

        add_checked(page->checked, report);
        add_checked(year_of(page, &report->year), report);
    }
    qsort(page->years.items, page->years.count, sizeof(*page->years.items), newest_first);
}

void quality_page_put(struct overview *o)
{
    struct page_maker *m = &o->m;
    struct quality q = {.o = o, .page = arena_zalloc(m->arena, 1, sizeof(*q.page))};
    struct page_head head;

    page_head_init(m, &head, "quality/", theme_word(m->site->theme, WORD_quality));
    page_column(&head);
    PAGE_SET(q.page, m, &head);
    list_rules(&q);
    list_balances(&q);
    if (!overview_each(o, reports_sql, add_report, &q) &&
        !overview_each(o, findings_sql, add_finding, &q)) {
        add_up(&q);
        page_put(m, TEMPLATE_QUALITY, q.page, "quality/");
    }
    strmap_release(&q.rules);
}
