#include "base/base.h"

#include "site/view_charts.h"

#include "base/arena.h"
#include "model/lookup.h"
#include "site/chart.h"
#include "site/view_orders.h"

enum { PROJECTS_MAX = 30, MILLION_MILLIONS = 12, PER_CENT = 100 };

/* A number of per cents, as number.h counts. */
static wide per_cents(unsigned n)
{
    struct number count = number_count(n);

    return count.units;
}

/* Makes a value the part that it is of a whole, in per cents, for the place where it is drawn; what
 * is written stays. A part of nothing is no part. */
static void make_share(struct chart_value *value, const struct quantity *whole)
{
    struct number part = {value->units, 0}, of;
    struct decimal percent;

    if (!value->is_stated)
        return;
    value->is_stated =
        whole && number_of(whole, 0, &of) && of.units > 0 && ratio_percent(&part, &of, 2, &percent);
    if (value->is_stated)
        value->units = per_cents(1) / PER_CENT * percent.units;
}

/* --- projects --- */

static void add_project(struct chart *c, const struct project *project)
{
    static const struct quantity full = {
        .number = {PER_CENT, 0, false}, .state = QUANTITY_STATED, .measure = MEASURE_SCORE};
    struct view_project view = view_project_of(project);
    const struct quantity *rate = view.total ? &view.total->execution_rate : NULL;
    const struct quantity *score = view.result ? &view.result->score : NULL;
    const struct quantity *weight = view.result ? &view.result->weight : NULL;
    struct chart_row *row = chart_row(c, &project->name, 2);

    row->values[0] = chart_value(c, rate, 1);
    row->values[1] = chart_value(c, score, 2);
    /* a form has 100 points, unless it says otherwise */
    make_share(&row->values[1], weight && weight->state == QUANTITY_STATED ? weight : &full);
    if (!row->values[0].is_stated && !row->values[1].is_stated)
        chart_take_back(c);
}

void view_chart_of_projects(struct chart_maker *m, const struct report *report)
{
    struct text title = text_of(theme_word(m->theme, WORD_projects));
    struct chart c;

    chart_init(&c, m->theme, m->arena, "projects", WORD_chart_projects, WORD_chart_projects_read);
    chart_source(&c, "projects", &title);
    chart_key(&c, theme_word(m->theme, WORD_execution_rate));
    chart_key(&c, theme_word(m->theme, WORD_total_score));
    chart_head(&c, theme_word(m->theme, WORD_execution_rate));
    chart_head(&c, theme_word(m->theme, WORD_total_score));
    for (size_t i = 0; i < report->projects.count; i++) {
        if (c.count < PROJECTS_MAX) {
            add_project(&c, &report->projects.items[i]);
        } else {
            c.view.others.present = true;
            c.view.others.value++;
        }
    }
    c.whole = c.high = per_cents(PER_CENT);
    if (c.count > 1)
        m->count += chart_bars(&c, &m->items[m->count]);
}

/* --- experts --- */

/* What stands beside the dots: "1.24 / 1.5". */
static const char *mean_of(struct chart *c, const struct criterion *criterion,
                           const struct chart_value *mean)
{
    struct chart_value weight = chart_value(c, &criterion->weight, 1);

    return mean->is_stated ? arena_format(c->arena, "%s / %s", mean->words, weight.words)
                           : mean->words;
}

/* What does not say how many points there are cannot be drawn. */
static void add_criterion(struct chart *c, const struct criterion *criterion)
{
    size_t count = criterion->expert_scores.count, stated = 0;
    struct chart_row *row = chart_row(c, &criterion->name, 1 + count);

    row->values[0] = chart_value(c, &criterion->mean, 1);
    make_share(&row->values[0], &criterion->weight);
    row->values[0].words = mean_of(c, criterion, &row->values[0]);
    for (size_t i = 0; i < count; i++) {
        row->values[1 + i] = chart_value(c, &criterion->expert_scores.items[i].score, 1);
        make_share(&row->values[1 + i], &criterion->weight);
        stated += row->values[1 + i].is_stated;
    }
    if (!stated)
        chart_take_back(c);
}

void view_charts_of_evaluation(struct chart_maker *m, const struct evaluation *evaluation)
{
    struct text title = text_of(theme_word(m->theme, WORD_criteria));
    struct chart c;

    chart_init(&c, m->theme, m->arena, "experts", WORD_chart_experts, WORD_chart_experts_read);
    chart_source(&c, "criteria", &title);
    for (size_t i = 0; i < evaluation->criteria.count; i++)
        if (evaluation->criteria.items[i].expert_scores.count > 1)
            add_criterion(&c, &evaluation->criteria.items[i]);
    c.whole = c.high = per_cents(PER_CENT);
    m->count += chart_dots(&c, &m->items[m->count]);
}
