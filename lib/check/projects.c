#include "base/base.h"

#include "check/checks.h"

#include "base/arena.h"
#include "check/forms.h"
#include "model/lookup.h"

static bool is_total(const struct indicator *indicator)
{
    return text_is(&indicator->id, "total");
}

static const char *name_of(const struct indicator *indicator)
{
    return indicator->name.s ? indicator->name.s : indicator->id.s;
}

/* --- sums of weights and scores --- */

/* A column of a form: its quantity in the funds and in an indicator. */
struct points {
    enum rule rule;
    const char *column;
    const struct quantity *(*of_fund)(const struct fund *fund);
    const struct quantity *(*of_indicator)(const struct indicator *indicator);
};

static const struct quantity *fund_weight(const struct fund *fund)
{
    return &fund->weight;
}

static const struct quantity *fund_score(const struct fund *fund)
{
    return &fund->score;
}

static const struct quantity *indicator_weight(const struct indicator *indicator)
{
    return &indicator->weight;
}

static const struct quantity *indicator_score(const struct indicator *indicator)
{
    return &indicator->score;
}

static const struct points points[] = {
    {RULE_WEIGHT_SUM, "weight", fund_weight, indicator_weight},
    {RULE_SCORE_SUM, "score", fund_score, indicator_score},
};

/* The indicators and the execution of the budget, without the total. False when none is stated. */
static bool add_points(const struct scored *s, const struct project *project,
                       const struct points *p, struct number *sum)
{
    const struct fund *fund = find_fund(s->funds, s->fund_count, "total");
    struct number n;
    size_t count = 0;

    *sum = (struct number){0};
    if (fund && number_of(p->of_fund(fund), 0, &n))
        number_add(sum, &n);
    for (size_t i = 0; i < project->indicators.count; i++) {
        const struct indicator *indicator = &project->indicators.items[i];

        if (!is_total(indicator) && number_of(p->of_indicator(indicator), 0, &n))
            count += number_add(sum, &n);
    }
    return count > 0;
}

static void cite_points(const struct scored *s, struct finding *finding,
                        const struct project *project, const struct points *p,
                        const struct indicator *total)
{
    const struct fund *fund = find_fund(s->funds, s->fund_count, "total");

    if (total)
        scored_cite(s, finding, "indicators", "total", p->column, p->of_indicator(total));
    if (fund)
        scored_cite(s, finding, "funds", "total", p->column, p->of_fund(fund));
    for (size_t i = 0; i < project->indicators.count; i++) {
        const struct indicator *indicator = &project->indicators.items[i];

        if (indicator != total && indicator->id.s)
            scored_cite(s, finding, "indicators", indicator->id.s, p->column,
                        p->of_indicator(indicator));
    }
}

static void use_points(const struct scored *s, const struct project *project,
                       const struct points *p)
{
    const struct fund *fund = find_fund(s->funds, s->fund_count, "total");

    if (fund)
        scored_use(s, p->of_fund(fund));
    for (size_t i = 0; i < project->indicators.count; i++)
        scored_use(s, p->of_indicator(&project->indicators.items[i]));
}

static void tell_points(const struct scored *s, const struct project *project,
                        const struct points *p, const struct indicator *total,
                        const struct number *sum)
{
    struct finding *finding = check_find(s->c, p->rule, NULL);
    bool is_weight = p->rule == RULE_WEIGHT_SUM;

    cite_points(s, finding, project, p, total);
    if (total && p->of_indicator(total)->state == QUANTITY_STATED)
        check_stated(s->c, finding, p->of_indicator(total));
    check_recomputed(s->c, finding, sum->units, "分", 0);
    if (finding->stated.s)
        check_message(s->c, finding, "“%s”：总%s写 %s，各项加起来是 %s", s->name,
                      is_weight ? "分值" : "分", finding->stated.s, finding->recomputed.s);
    else
        check_message(s->c, finding, "“%s”：各项%s加起来是 %s，不是 100 分", s->name,
                      is_weight ? "分值" : "得分", finding->recomputed.s);
}

/* The sum is what the total says; without a total, weights are a hundred. */
static void check_points(const struct scored *s, const struct project *project,
                         const struct points *p)
{
    static const struct quantity hundred_points = {
        .number = {100, 0, false}, .state = QUANTITY_STATED, .measure = MEASURE_SCORE};
    const struct indicator *total = project_indicator(project, "total");
    const struct quantity *whole = total ? p->of_indicator(total) : &hundred_points;
    struct number sum, should, hundred;

    if (p->rule == RULE_WEIGHT_SUM && whole->state != QUANTITY_STATED)
        whole = &hundred_points;
    if ((!total && p->rule != RULE_WEIGHT_SUM) || !number_of(whole, 0, &should) ||
        !number_of(&hundred_points, 0, &hundred) || !add_points(s, project, p, &sum))
        return;
    use_points(s, project, p);
    if (sum.units != should.units || (p->rule == RULE_WEIGHT_SUM && should.units != hundred.units))
        tell_points(s, project, p, total, &sum);
}

/* --- single indicators --- */

static void check_reason(const struct scored *s, const struct indicator *indicator)
{
    struct number score, weight;
    struct finding *finding;

    if (indicator->reason.s || !number_of(&indicator->score, 0, &score) ||
        !number_of(&indicator->weight, 0, &weight) || score.units >= weight.units)
        return;
    finding = check_find(s->c, RULE_SCORE_REASON, NULL);
    scored_cite(s, finding, "indicators", indicator->id.s, "score", &indicator->score);
    scored_cite(s, finding, "indicators", indicator->id.s, "weight", &indicator->weight);
    check_stated(s->c, finding, &indicator->score);
    check_message(s->c, finding, "“%s”的“%s”：得 %s，低于分值 %s，没有写原因", s->name,
                  name_of(indicator), finding->stated.s,
                  check_quantity_text(s->c, &indicator->weight));
}

/* --- cost --- */

/* An amount of money; forms often leave the 元 out. */
static bool money_of(const struct fact *fact, unsigned decimals, struct number *out)
{
    static const char *const units[][2] = {{"万", "万元"}, {"亿", "亿元"}};
    struct quantity q = fact->value;

    for (size_t i = 0; q.unit && i < ARRAY_SIZE(units); i++)
        if (!strcmp(q.unit, units[i][0]))
            q.unit = units[i][1];
    q.measure = MEASURE_AMOUNT;
    return money_exponent(q.unit) >= 0 && number_of(&q, decimals, out);
}

enum { COSTS_MAX = 16 }; /* of one form */

struct costs {
    const struct fact *facts[COSTS_MAX];
    size_t count;
};

static const struct fact *fact_of_role(const struct indicator *indicator, const char *role)
{
    for (size_t i = 0; i < indicator->facts.count; i++)
        if (text_is(&indicator->facts.items[i].role, role))
            return &indicator->facts.items[i];
    return NULL;
}

/* The costs of that role in all indicators, and their sum. */
static struct costs costs_of(const struct scored *s, const struct project *project,
                             const char *role, struct number *sum)
{
    struct costs costs = {.count = 0};
    struct number n;

    for (size_t i = 0; i < project->indicators.count && costs.count < COSTS_MAX; i++) {
        const struct fact *fact = fact_of_role(&project->indicators.items[i], role);

        if (fact && money_of(fact, s->decimals, &n) && number_add(sum, &n))
            costs.facts[costs.count++] = fact;
    }
    return costs;
}

/* Ten thousand times too much or too little: 元 for 万元. */
static void check_slip(const struct scored *s, const struct fact *fact, const struct fund *fund)
{
    const struct quantity *funds[] = {&fund->full_budget, &fund->executed};
    const char *const names[] = {"full_budget", "executed"};
    struct number said, is;
    struct finding *finding;

    if (!money_of(fact, s->decimals, &said))
        return;
    for (size_t i = 0; i < ARRAY_SIZE(funds); i++) {
        if (!number_of(funds[i], s->decimals, &is) || !number_is_slip(&said, &is))
            continue;
        finding = check_find(s->c, RULE_UNIT_SLIP, NULL);
        scored_cite(s, finding, "facts", fact->id.s, "value", &fact->value);
        scored_cite(s, finding, "funds", "total", names[i], funds[i]);
        check_stated(s->c, finding, &fact->value);
        check_recomputed(s->c, finding, is.units, funds[i]->unit, funds[i]->number.scale);
        check_message(s->c, finding, "“%s”：%s写 %s，%s是 %s，差一万倍，看看金额单位", s->name,
                      fact->label.s, finding->stated.s,
                      field_title(column_find(names[i], strlen(names[i]))), finding->recomputed.s);
        return;
    }
}

/* The limits of a form, all together, are not above its budget. */
static void check_limits(const struct scored *s, const struct project *project)
{
    const struct fund *fund = find_fund(s->funds, s->fund_count, "total");
    struct number budget, sum = {0};
    struct costs limits = costs_of(s, project, "cost-limit", &sum);
    struct finding *finding;

    for (size_t i = 0; fund && i < limits.count; i++)
        check_slip(s, limits.facts[i], fund);
    if (!limits.count || !fund || !number_of(&fund->full_budget, s->decimals, &budget))
        return;
    for (size_t i = 0; i < limits.count; i++)
        scored_use(s, &limits.facts[i]->value);
    if (sum.units <= budget.units || number_agree(&sum, &budget))
        return;
    finding = check_find(s->c, RULE_COST_LIMIT, NULL);
    for (size_t i = 0; i < limits.count; i++)
        scored_cite(s, finding, "facts", limits.facts[i]->id.s, "value", &limits.facts[i]->value);
    scored_cite(s, finding, "funds", "total", "full_budget", &fund->full_budget);
    check_stated_number(s->c, finding, sum.units, fund->full_budget.unit, 0);
    check_message(s->c, finding, "“%s”：成本限额 %s 高于全年预算 %s", s->name, finding->stated.s,
                  check_quantity_text(s->c, &fund->full_budget));
}

static void check_limit(const struct scored *s, const struct indicator *indicator)
{
    const struct fact *limit = fact_of_role(indicator, "cost-limit");
    const struct fact *actual = fact_of_role(indicator, "cost-actual");
    struct number most, is;
    struct finding *finding;

    if (!limit || !actual || !money_of(limit, s->decimals, &most) ||
        !money_of(actual, s->decimals, &is))
        return;
    scored_use(s, &limit->value);
    scored_use(s, &actual->value);
    if (is.units <= most.units)
        return;
    finding = check_find(s->c, RULE_COST_LIMIT, NULL);
    scored_cite(s, finding, "facts", actual->id.s, "value", &actual->value);
    scored_cite(s, finding, "facts", limit->id.s, "value", &limit->value);
    check_stated(s->c, finding, &actual->value);
    check_message(s->c, finding, "“%s”的“%s”：实际成本 %s 超过限额 %s", s->name, name_of(indicator),
                  finding->stated.s, check_quantity_text(s->c, &limit->value));
}

/* The costs of a form, all together, are what was executed. */
static void check_cost(const struct scored *s, const struct project *project)
{
    const struct fund *fund = find_fund(s->funds, s->fund_count, "total");
    struct number done, sum = {0};
    struct costs actual = costs_of(s, project, "cost-actual", &sum);
    struct finding *finding;

    if (!actual.count || !fund || !number_of(&fund->executed, s->decimals, &done))
        return;
    scored_use(s, &fund->executed);
    for (size_t i = 0; i < actual.count; i++)
        scored_use(s, &actual.facts[i]->value);
    if (number_agree(&sum, &done))
        return;
    finding = check_find(s->c, RULE_COST_EXECUTED, NULL);
    for (size_t i = 0; i < actual.count; i++)
        scored_cite(s, finding, "facts", actual.facts[i]->id.s, "value", &actual.facts[i]->value);
    scored_cite(s, finding, "funds", "total", "executed", &fund->executed);
    check_stated_number(s->c, finding, sum.units, fund->executed.unit, 0);
    check_recomputed(s->c, finding, done.units, fund->executed.unit, fund->executed.number.scale);
    check_message(s->c, finding, "“%s”：成本指标说实际成本 %s，资金表说全年执行 %s", s->name,
                  finding->stated.s, finding->recomputed.s);
}

/* --- a form --- */

static void check_project(struct checking *c, const struct project *project)
{
    struct scored s;

    scored_init(&s, c, arena_format(c->arena, "projects/%s", project->id.s),
                project->name.s ? project->name.s : project->id.s, project->funds.items,
                project->funds.count);
    scored_check_funds(&s);
    for (size_t i = 0; i < ARRAY_SIZE(points); i++)
        check_points(&s, project, &points[i]);
    for (size_t i = 0; i < project->indicators.count; i++) {
        const struct indicator *indicator = &project->indicators.items[i];

        if (!indicator->id.s)
            continue;
        scored_check_weight(&s, "indicators", indicator->id.s, "score", &indicator->score,
                            &indicator->weight, name_of(indicator));
        if (!is_total(indicator))
            check_reason(&s, indicator);
        check_limit(&s, indicator);
    }
    check_limits(&s, project);
    check_cost(&s, project);
}

void check_projects(struct checking *c)
{
    for (size_t i = 0; i < c->report->projects.count; i++)
        if (c->report->projects.items[i].id.s)
            check_project(c, &c->report->projects.items[i]);
}
