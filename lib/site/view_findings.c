#include "base/base.h"

#include "site/view_findings.h"

#include "base/arena.h"
#include "check/rule.h"
#include "check/tell.h"
#include "model/figures.h"
#include "model/lookup.h"

/* --- where a figure or a text stands --- */

/* An address below a report, taken apart: "projects/p07/funds/total/executed". */
struct parts {
    const char *s[6];
    size_t count;
    char copy[]; /* what they point into */
};

static const struct parts *take_apart(struct page_maker *m, const char *address)
{
    size_t size = strlen(address) + 1;
    struct parts *parts = arena_zalloc(m->arena, 1, sizeof(*parts) + size);
    char *rest = memcpy(parts->copy, address, size), *part;

    while (parts->count < ARRAY_SIZE(parts->s) && (part = strsep(&rest, "/")))
        parts->s[parts->count++] = part;
    return parts;
}

/* How many parts the scope of an address has: those of a project or an evaluation have two. */
static size_t scope_parts(const struct parts *parts)
{
    return parts->count > 1 &&
                   (!strcmp(parts->s[0], "projects") || !strcmp(parts->s[0], "evaluations"))
               ? 2
               : 0;
}

/* The anchor of what stands in a report itself, without projects and evaluations. */
static const char *report_anchor(struct page_maker *m, const struct report *report,
                                 const struct parts *parts)
{
    if (!parts->count)
        return NULL;
    if (!strcmp(parts->s[0], "narrative"))
        return "narrative";
    if (parts->count == 1)
        return report_table(report, parts->s[0]) ? page_text(m, "table-%s", parts->s[0]) : NULL;
    if (!strcmp(parts->s[0], "facts") || table_line(report_table(report, parts->s[0]), parts->s[1]))
        return page_text(m, "%s.%s", parts->s[0], parts->s[1]);
    return NULL;
}

/* The anchor on the page of a project or an evaluation; "": the page as a whole. */
static const char *scope_anchor(struct page_maker *m, const struct parts *parts)
{
    if (parts->count > 3)
        return page_text(m, "%s.%s", parts->s[2], parts->s[3]);
    if (parts->count == 3)
        return !strncmp(parts->s[2], "goal", 4) ? "goals" : "";
    return !strcmp(parts->s[0], "evaluations") ? "text" : "";
}

static struct text path_of(struct page_maker *m, const struct report *report,
                           const struct parts *parts)
{
    const char *anchor;

    if (scope_parts(parts)) {
        anchor = scope_anchor(m, parts);
        return text_of(page_text(m, "departments/%s/%s/%s/%s%s", report->path.s, parts->s[0],
                                 parts->s[1], *anchor ? "#" : "", anchor));
    }
    anchor = report_anchor(m, report, parts);
    return text_of(anchor ? page_text(m, "departments/%s/#%s", report->path.s, anchor) : NULL);
}

/* --- what it is called --- */

/* "a · b · c" of those that there are. */
static struct text join(struct page_maker *m, const char *const *names, size_t count)
{
    const char *all = NULL;

    for (size_t i = 0; i < count; i++)
        if (names[i] && *names[i])
            all = all ? page_text(m, "%s · %s", all, names[i]) : names[i];
    return text_of(all);
}

static void name_found(struct page_maker *m, const struct report *report, const char *below,
                       const struct parts *parts, struct view_found *out)
{
    const char *names[4] = {NULL};
    struct all_figure figure;
    const struct table *table = parts->count ? report_table(report, parts->s[0]) : NULL;

    names[0] = scope_parts(parts)
                   ? report_scope_name(report, page_text(m, "%s/%s", parts->s[0], parts->s[1]))
                   : NULL;
    names[1] = table ? theme_phrase(m->site->theme, &table->title).s : NULL;
    if (figures_find(report, below, m->arena, &figure)) {
        names[2] = theme_phrase(m->site->theme, &figure.label).s;
        names[3] = theme_phrase(m->site->theme, &figure.column_label).s;
        out->again.value = figure.statement.s != NULL;
    } else if (table && parts->count > 1) { /* a text of the line */
        const struct line *line = table_line(table, parts->s[1]);

        names[2] = line ? line->label.s : NULL;
    }
    out->label = join(m, names, ARRAY_SIZE(names));
}

/* The report that an address is of, and where the address goes on below it. */
static const struct report *report_of(const struct department *department, const char *address,
                                      const char **below)
{
    for (size_t i = 0; i < department->reports.count; i++) {
        const struct text *path = &department->reports.items[i].path;

        if (path->s && !strncmp(address, path->s, path->len) && address[path->len] == '/') {
            *below = address + path->len + 1;
            return &department->reports.items[i];
        }
    }
    return NULL;
}

static void make_found(struct page_maker *m, const struct department *department,
                       const struct finding_figure *figure, struct view_found *out)
{
    const char *below;
    const struct report *report =
        figure->address.s ? report_of(department, figure->address.s, &below) : NULL;
    const struct parts *parts;

    out->address = figure->address;
    out->stated = figure->stated;
    out->unit = figure->unit;
    if (!report)
        return;
    parts = take_apart(m, below);
    out->path = path_of(m, report, parts);
    name_found(m, report, below, parts, out);
}

/* --- findings --- */

static bool is_about(const struct finding *finding, const struct report *report, const char *scope)
{
    size_t len = scope ? strlen(scope) : 0;

    for (size_t i = 0; scope && i < finding->figures.count; i++) {
        const struct text *address = &finding->figures.items[i].address;
        const char *below = address->len > report->path.len ? address->s + report->path.len : "";

        if (!strncmp(address->s, report->path.s, report->path.len) && *below == '/' &&
            !strncmp(below + 1, scope, len) && (!below[1 + len] || below[1 + len] == '/'))
            return true;
    }
    return !scope;
}

static void make_finding(struct page_maker *m, const struct department *department,
                         const struct finding *finding, struct view_finding *out)
{
    const struct rule_info *rule = rule_find(finding->rule.s);
    const struct profile *profile;
    const struct balance *balance =
        rule ? NULL : rule_balance(m->site->catalog, finding->rule.s, &profile);

    out->finding = (struct finding *)finding;
    out->rule_title = rule      ? text_of(theme_title(m->site->theme, rule->title, rule->title_en))
                      : balance ? balance->title
                                : finding->rule;
    out->rule_path = text_of(page_text(m, VIEW_RULE_PATH, finding->rule.s));
    out->figures.items =
        arena_zalloc(m->arena, finding->figures.count, sizeof(*out->figures.items));
    for (size_t i = 0; i < finding->figures.count; i++) {
        struct view_found *found = &out->figures.items[out->figures.count];

        make_found(m, department, &finding->figures.items[i], found);
        if (found->label.s || (found->stated.s && *found->stated.s))
            out->figures.count++; /* else there is nothing to show: a date that is missing */
    }
}

void view_findings_make(struct page_maker *m, const struct department *department,
                        const struct report *report, const char *scope, struct view_finding **items,
                        size_t *count)
{
    *count = 0;
    *items = arena_zalloc(m->arena, report->findings.count, sizeof(**items));
    for (size_t i = 0; i < report->findings.count; i++)
        if (is_about(&report->findings.items[i], report, scope))
            make_finding(m, department, &report->findings.items[i], &(*items)[(*count)++]);
}

/* --- how much --- */

/* None are absent. */
static void add_count(struct integer *n, uint64_t count)
{
    n->value += (int64_t)count;
    n->present |= count != 0;
}

void view_checked_add(struct view_checked *checked, const struct finding *finding)
{
    struct finding_counts counts = {0};

    finding_count(&counts, finding);
    add_count(&checked->findings, 1);
    add_count(&checked->acknowledged, counts.acknowledged);
    add_count(&checked->errors, counts.open[SEVERITY_ERROR]);
    add_count(&checked->warnings, counts.open[SEVERITY_WARNING]);
    add_count(&checked->notes, counts.open[SEVERITY_NOTE]);
}

struct view_checked *view_checked_make(struct page_maker *m, const struct report *report)
{
    struct view_checked *checked = arena_zalloc(m->arena, 1, sizeof(*checked));

    checked->figures = report->figures;
    checked->figures_checked = report->figures_checked;
    checked->balances_held = report->balances_held;
    checked->balances_broken = report->balances_broken;
    checked->balances_unchecked = report->balances_unchecked;
    for (size_t i = 0; i < report->findings.count; i++)
        view_checked_add(checked, &report->findings.items[i]);
    return checked;
}
