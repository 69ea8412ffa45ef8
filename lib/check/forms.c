#include "base/base.h"

#include "check/forms.h"

#include "base/arena.h"
#include "model/lookup.h"

void scored_init(struct scored *s, struct checking *c, const char *scope, const char *name,
                 const struct fund *funds, size_t fund_count)
{
    *s = (struct scored){c, scope, name, funds, fund_count, 0};
    for (size_t i = 0; i < fund_count; i++) {
        const struct quantity *q[] = {&funds[i].initial_budget, &funds[i].full_budget,
                                      &funds[i].executed};

        for (size_t j = 0; j < ARRAY_SIZE(q); j++)
            if (q[j]->state == QUANTITY_STATED && q[j]->number.scale > s->decimals)
                s->decimals = q[j]->number.scale;
    }
}

void scored_use(const struct scored *s, const struct quantity *q)
{
    if (q->state == QUANTITY_STATED)
        check_use(s->c, q);
}

void scored_cite(const struct scored *s, struct finding *finding, const char *table,
                 const char *line, const char *column, const struct quantity *q)
{
    struct cited cited = {
        .scope = s->scope, .table = table, .line = line, .column = column, .q = q};

    if (q->state != QUANTITY_ABSENT)
        check_cite(s->c, finding, &cited);
}

void scored_remark(const struct scored *s, const char *table, const char *line, const char *column,
                   const struct quantity *q)
{
    struct cited cited = {
        .scope = s->scope, .table = table, .line = line, .column = column, .q = q};

    check_remark(s->c, RULE_TRUNCATED, s->scope, arena_format(s->c->arena, "“%s”", s->name), &cited,
                 0);
}

enum ratio_status scored_quotient(const struct number *part, const struct number *whole,
                                  const struct quantity *stated)
{
    struct number hundredfold = *whole;

    if (__builtin_mul_overflow(whole->units, 100, &hundredfold.units) ||
        __builtin_mul_overflow(whole->step, 100, &hundredfold.step))
        return RATIO_UNKNOWN;
    return ratio_check(part, &hundredfold, stated);
}

void scored_check_weight(const struct scored *s, const char *table, const char *line,
                         const char *column, const struct quantity *score,
                         const struct quantity *weight, const char *label)
{
    struct number is, most;
    struct finding *finding;

    if (!number_of(score, 0, &is) || !number_of(weight, 0, &most))
        return;
    scored_use(s, score);
    scored_use(s, weight);
    if (is.units <= most.units)
        return;
    finding = check_find(s->c, RULE_SCORE_OVER_WEIGHT, NULL);
    scored_cite(s, finding, table, line, column, score);
    scored_cite(s, finding, table, line, "weight", weight);
    check_stated(s->c, finding, score);
    check_message(s->c, finding, "“%s”的“%s”：得 %s，分值只有 %s", s->name, label,
                  finding->stated.s, check_quantity_text(s->c, weight));
}

/* --- funds --- */

static const struct {
    const char *column;
    size_t offset;
} amounts[] = {
    {"initial_budget", offsetof(struct fund, initial_budget)},
    {"full_budget", offsetof(struct fund, full_budget)},
    {"executed", offsetof(struct fund, executed)},
};

static const struct quantity *amount_of(const struct fund *fund, size_t amount)
{
    return (const struct quantity *)((const char *)fund + amounts[amount].offset);
}

static const char *title_of(const char *column)
{
    return field_title(column_find(column, strlen(column)));
}

static bool is_total(const struct fund *fund)
{
    return text_is(&fund->id, "total");
}

static void tell_fund_sum(const struct scored *s, const struct fund *total, size_t amount,
                          const struct number *sum)
{
    struct finding *finding = check_find(s->c, RULE_FUND_SUM, NULL);
    const char *column = amounts[amount].column;
    const struct quantity *q = amount_of(total, amount);

    scored_cite(s, finding, "funds", "total", column, q);
    for (size_t i = 0; i < s->fund_count; i++)
        if (!is_total(&s->funds[i]) && s->funds[i].id.s)
            scored_cite(s, finding, "funds", s->funds[i].id.s, column,
                        amount_of(&s->funds[i], amount));
    check_stated(s->c, finding, q);
    check_recomputed(s->c, finding, sum->units, q->unit, q->number.scale);
    check_message(s->c, finding, "“%s”的项目资金：%s的总额写 %s，各项加起来是 %s", s->name,
                  title_of(column), finding->stated.s, finding->recomputed.s);
}

/* The rows of one column against the total. Blank rows add nothing when any row is filled in. */
static void check_fund_sum(const struct scored *s, const struct fund *total, size_t amount)
{
    struct number sum = {0}, whole, part;
    const struct quantity *q = amount_of(total, amount);
    size_t parts = 0;

    if (!number_of(q, s->decimals, &whole))
        return;
    for (size_t i = 0; i < s->fund_count; i++)
        if (!is_total(&s->funds[i]) &&
            number_of(amount_of(&s->funds[i], amount), s->decimals, &part)) {
            if (!number_add(&sum, &part))
                return;
            parts++;
        }
    if (!parts)
        return;
    for (size_t i = 0; i < s->fund_count; i++)
        scored_use(s, amount_of(&s->funds[i], amount));
    if (!number_agree(&sum, &whole)) {
        tell_fund_sum(s, total, amount, &sum);
    } else if (sum.units != whole.units) {
        struct cited cited = {.scope = s->scope,
                              .table = "funds",
                              .line = "total",
                              .column = amounts[amount].column,
                              .q = q};

        check_remark(s->c, RULE_ROUNDING, s->scope,
                     arena_format(s->c->arena, "“%s”的项目资金", s->name), &cited,
                     number_distance(&sum, &whole));
    }
}

static void tell_rate(const struct scored *s, const struct fund *fund, const struct number *done,
                      const struct number *budget)
{
    struct finding *finding = check_find(s->c, RULE_EXECUTION_RATE, NULL);
    const struct quantity *rate = &fund->execution_rate;
    struct decimal percent;

    scored_cite(s, finding, "funds", fund->id.s, "execution_rate", rate);
    scored_cite(s, finding, "funds", fund->id.s, "executed", &fund->executed);
    scored_cite(s, finding, "funds", fund->id.s, "full_budget", &fund->full_budget);
    check_stated(s->c, finding, rate);
    if (ratio_percent(done, budget, rate->number.scale < 2 ? 2 : rate->number.scale, &percent)) {
        check_recomputed_percent(s->c, finding, percent);
        check_message(s->c, finding, "“%s”：执行率写 %s，全年执行数除以全年预算数应为 %s", s->name,
                      finding->stated.s, finding->recomputed.s);
    } else {
        check_message(s->c, finding, "“%s”：执行率写 %s，但全年预算数是 0", s->name,
                      finding->stated.s);
    }
}

static void check_rate(const struct scored *s, const struct fund *fund, const struct number *done,
                       const struct number *budget)
{
    enum ratio_status status;

    if (fund->execution_rate.state != QUANTITY_STATED)
        return;
    scored_use(s, &fund->execution_rate);
    scored_use(s, &fund->executed);
    scored_use(s, &fund->full_budget);
    status = ratio_check(done, budget, &fund->execution_rate);
    if (status == RATIO_TRUNCATED)
        scored_remark(s, "funds", fund->id.s, "execution_rate", &fund->execution_rate);
    if (status == RATIO_OFF || (!budget->units && fund->execution_rate.number.units))
        tell_rate(s, fund, done, budget);
}

/* Whether the score is weight x part / whole. */
static enum ratio_status score_status(const struct fund *fund, const struct number *part,
                                      const struct number *whole)
{
    struct number weight, weighted = *part;

    /* weight in hundredths of a point is a small whole number */
    if (!number_of(&fund->weight, 0, &weight))
        return RATIO_UNKNOWN;
    if (__builtin_mul_overflow(part->units, (wide)fund->weight.number.units, &weighted.units) ||
        __builtin_mul_overflow(part->step, (wide)fund->weight.number.units, &weighted.step))
        return RATIO_UNKNOWN;
    for (unsigned i = 0; i < fund->weight.number.scale; i++) {
        weighted.units /= 10;
        weighted.step /= 10;
    }
    return scored_quotient(&weighted, whole, &fund->score);
}

static void tell_score(const struct scored *s, const struct fund *fund, const struct number *done,
                       const struct number *budget)
{
    struct finding *finding = check_find(s->c, RULE_EXECUTION_SCORE, NULL);
    struct decimal percent;
    bool is_full = done->units >= budget->units;

    scored_cite(s, finding, "funds", fund->id.s, "score", &fund->score);
    scored_cite(s, finding, "funds", fund->id.s, "weight", &fund->weight);
    scored_cite(s, finding, "funds", fund->id.s, "execution_rate", &fund->execution_rate);
    scored_cite(s, finding, "funds", fund->id.s, "executed", &fund->executed);
    scored_cite(s, finding, "funds", fund->id.s, "full_budget", &fund->full_budget);
    check_stated(s->c, finding, &fund->score);
    if (is_full || !ratio_percent(done, budget, 2, &percent))
        percent = (struct decimal){100, 0, false};
    check_message(s->c, finding, "“%s”：执行率的得分写 %s，分值 %s 乘以执行率 %s%% 不是这个数",
                  s->name, finding->stated.s, check_quantity_text(s->c, &fund->weight),
                  check_decimal_text(s->c, percent));
}

/* By what was executed of the budget, or by the rate as it is stated; at most the weight. */
static void check_score(const struct scored *s, const struct fund *fund, const struct number *done,
                        const struct number *budget)
{
    static const struct quantity hundred_percent = {
        .number = {100, 0, false}, .state = QUANTITY_STATED, .measure = MEASURE_PERCENT};
    struct number rate, hundred;
    enum ratio_status status, by_rate = RATIO_OFF;

    if (fund->score.state != QUANTITY_STATED || fund->weight.state != QUANTITY_STATED ||
        budget->units <= 0 || !number_of(&hundred_percent, 0, &hundred))
        return;
    scored_use(s, &fund->score);
    scored_use(s, &fund->weight);
    hundred.step = 0;
    if (done->units >= budget->units)
        status = score_status(fund, &hundred, &hundred);
    else
        status = score_status(fund, done, budget);
    if (number_of(&fund->execution_rate, 0, &rate) && rate.units <= hundred.units)
        by_rate = score_status(fund, &rate, &hundred);
    if (status == RATIO_OFF && by_rate != RATIO_EXACT)
        tell_score(s, fund, done, budget);
    else if (status == RATIO_TRUNCATED && by_rate != RATIO_EXACT)
        scored_remark(s, "funds", fund->id.s, "score", &fund->score);
}

static void check_over(const struct scored *s, const struct fund *fund, const struct number *done,
                       const struct number *budget)
{
    struct finding *finding;

    scored_use(s, &fund->executed);
    scored_use(s, &fund->full_budget);
    if (done->units <= budget->units || number_agree(done, budget))
        return;
    finding = check_find(s->c, RULE_OVER_EXECUTION, NULL);
    scored_cite(s, finding, "funds", fund->id.s, "executed", &fund->executed);
    scored_cite(s, finding, "funds", fund->id.s, "full_budget", &fund->full_budget);
    check_stated(s->c, finding, &fund->executed);
    check_message(s->c, finding, "“%s”的“%s”：全年执行 %s，全年预算只有 %s", s->name,
                  fund->label.s ? fund->label.s : fund->id.s, finding->stated.s,
                  check_quantity_text(s->c, &fund->full_budget));
}

void scored_check_funds(const struct scored *s)
{
    for (size_t i = 0; i < s->fund_count; i++) {
        const struct fund *fund = &s->funds[i];
        struct number done, budget;

        if (!fund->id.s)
            continue;
        for (size_t j = 0; is_total(fund) && j < ARRAY_SIZE(amounts); j++)
            check_fund_sum(s, fund, j);
        scored_check_weight(s, "funds", fund->id.s, "score", &fund->score, &fund->weight,
                            fund->label.s ? fund->label.s : fund->id.s);
        if (!number_of(&fund->executed, s->decimals, &done) ||
            !number_of(&fund->full_budget, s->decimals, &budget))
            continue;
        check_rate(s, fund, &done, &budget);
        check_score(s, fund, &done, &budget);
        check_over(s, fund, &done, &budget);
    }
}
