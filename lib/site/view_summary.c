#include "base/base.h"

#include "site/view_summary.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "check/number.h"
#include "model/lookup.h"
#include "site/view_orders.h"
#include "site/view_trend.h"

/* --- what was spent --- */

/* The same figure of the year before; NULL: there is no report of that year, or it has none. */
static const struct quantity *before(const struct department *department, size_t index,
                                     const struct line *line)
{
    const struct report *report = index ? &department->reports.items[index - 1] : NULL;

    if (!report || report->year.value != department->reports.items[index].year.value - 1)
        return NULL;
    return line_quantity(table_line(report_table(report, line->table.s), line->id.s), "final");
}

static bool is_stated(const struct quantity *q)
{
    return q && q->state == QUANTITY_STATED;
}

static void compare(const struct quantity *old, struct arena *arena, struct view_spent *out)
{
    struct view_cell cells[2] = {{.value = out->key->value}};

    if (is_stated(&out->key->prior_rate) || !old)
        return;
    cells[1].value = *old;
    out->change = view_trend_make(cells, ARRAY_SIZE(cells), arena);
}

static void complete(const struct line *line, struct arena *arena, struct view_spent *out)
{
    const struct quantity *stated = line_quantity(line, "completion");
    const struct quantity *budget = line_quantity(line, "initial_budget");
    struct strbuf sb = STRBUF_INIT;
    struct number part, whole;
    struct decimal percent;

    if (is_stated(stated)) {
        out->completion = *stated;
        return;
    }
    if (!budget || !number_of(&out->key->value, 2, &part) || !number_of(budget, 2, &whole) ||
        !ratio_percent(&part, &whole, 2, &percent))
        return;
    decimal_format_grouped(percent, &sb);
    out->completion_computed = text_of(arena_strndup(arena, sb.buf, sb.len));
    strbuf_release(&sb);
}

static void fill(const struct department *department, size_t index, const struct view_key *key,
                 struct arena *arena, struct view_spent *out)
{
    out->key = (struct view_key *)key;
    out->reason = key->line->prior_reason;
    compare(before(department, index, key->line), arena, out);
    complete(key->line, arena, out);
}

/* Whether it says more than the amount. */
static bool says_more(const struct view_spent *spent)
{
    return is_stated(&spent->key->prior_rate) || spent->change || spent->reason.s ||
           is_stated(&spent->completion) || spent->completion_computed.s;
}

/* Reports often tell the change and the budget of what was spent of the general public budget,
 * which is nearly all, and not of all. */
static const struct view_key *appropriated(const struct report *report, const char *label,
                                           struct arena *arena)
{
    static const char table[] = "general_public_expenditure";
    const struct line *line = table_line(report_table(report, table), "total");
    const struct quantity *final = line_quantity(line, "final");
    const struct quantity *rate = line_quantity(line, "prior_rate");
    struct view_key *key;

    if (!is_stated(final))
        return NULL;
    key = arena_zalloc(arena, 1, sizeof(*key));
    key->label = text_of(label);
    key->value = *final;
    key->line = (struct line *)line;
    key->anchor = text_of(arena_format(arena, "%s.total", table));
    if (rate)
        key->prior_rate = *rate;
    return key;
}

static void list_spent(const struct department *department, size_t index,
                       const struct view_key *spent, const char *label, struct arena *arena,
                       struct view_summary *out)
{
    const struct view_key *other;

    out->spent.items = arena_zalloc(arena, 2, sizeof(*out->spent.items));
    if (spent && is_stated(&spent->value))
        fill(department, index, spent, arena, &out->spent.items[out->spent.count++]);
    if (out->spent.count && says_more(&out->spent.items[0]))
        return;
    other = appropriated(&department->reports.items[index], label, arena);
    if (!other)
        return;
    fill(department, index, other, arena, &out->spent.items[out->spent.count]);
    out->spent.count += says_more(&out->spent.items[out->spent.count]);
}

/* --- projects --- */

static bool score_of(const struct project *project, int64_t *units)
{
    const struct indicator *total = project_indicator(project, "total");

    return total && total->score.state == QUANTITY_STATED && !quantity_units(&total->score, units);
}

/* A project with the score, and how many others have it too. */
static struct view_project *with_score(const struct report *report, int64_t units,
                                       struct arena *arena, struct integer *others)
{
    struct view_project *found = NULL;

    for (size_t i = 0; i < report->projects.count; i++) {
        const struct project *project = &report->projects.items[i];
        int64_t score;

        if (!score_of(project, &score) || score != units)
            continue;
        if (found) {
            others->present = true;
            others->value++;
            continue;
        }
        found = arena_alloc(arena, sizeof(*found));
        *found = view_project_of(project);
    }
    return found;
}

static void rank_projects(const struct report *report, struct arena *arena,
                          struct view_summary *out)
{
    int64_t best = INT64_MIN, worst = INT64_MAX, score;
    size_t count = 0;

    for (size_t i = 0; i < report->projects.count; i++) {
        if (!score_of(&report->projects.items[i], &score))
            continue;
        count++;
        best = score > best ? score : best;
        worst = score < worst ? score : worst;
    }
    if (count < 2)
        return;
    out->scored = (struct integer){(int64_t)count, true, {0, 0}};
    out->best = with_score(report, best, arena, &out->best_others);
    if (worst < best)
        out->worst = with_score(report, worst, arena, &out->worst_others);
}

struct view_summary *view_summary_make(const struct department *department, size_t index,
                                       const struct view_key *spent, const char *appropriated,
                                       struct arena *arena)
{
    struct view_summary *summary = arena_zalloc(arena, 1, sizeof(*summary));

    list_spent(department, index, spent, appropriated, arena, summary);
    rank_projects(&department->reports.items[index], arena, summary);
    return summary->spent.count || summary->best ? summary : NULL;
}
