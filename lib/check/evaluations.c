#include "base/base.h"

#include "check/checks.h"

#include "base/arena.h"
#include "check/forms.h"

/* An evaluation and the tree of its criteria. */
struct tree {
    struct scored s;
    const struct evaluation *evaluation;
    const struct criterion *items;
    size_t count;
    unsigned decimals; /* of its means */
};

static bool is_total(const struct criterion *criterion)
{
    return text_is(&criterion->id, "total");
}

/* Whether `child` is directly below `parent`; below the total is what has no parent. */
static bool is_child(const struct criterion *child, const struct criterion *parent)
{
    if (is_total(child))
        return false;
    if (is_total(parent))
        return !child->parent.s;
    return child->parent.s && text_is(&child->parent, parent->id.s);
}

static bool has_children(const struct tree *t, const struct criterion *parent)
{
    for (size_t i = 0; i < t->count; i++)
        if (is_child(&t->items[i], parent))
            return true;
    return false;
}

/* What a criterion has got: the mean of the experts, or a score without experts. */
static const struct quantity *points_of(const struct criterion *criterion, const char **column)
{
    bool is_mean = criterion->mean.state == QUANTITY_STATED;

    *column = is_mean ? "mean" : "score";
    return is_mean ? &criterion->mean : &criterion->score;
}

/* --- the experts --- */

static const char *expert_name(const struct tree *t, size_t i)
{
    return arena_format(t->s.c->arena, "expert-%zu", i + 1);
}

static bool add_experts(const struct criterion *criterion, struct number *sum)
{
    struct number n;

    *sum = (struct number){0};
    for (size_t i = 0; i < criterion->expert_scores.count; i++)
        if (!number_of(&criterion->expert_scores.items[i].score, 0, &n) || !number_add(sum, &n))
            return false;
    sum->step = 0; /* scores are given, not rounded */
    return criterion->expert_scores.count > 0;
}

static void cite_experts(const struct tree *t, struct finding *finding,
                         const struct criterion *criterion)
{
    for (size_t i = 0; i < criterion->expert_scores.count; i++)
        scored_cite(&t->s, finding, "criteria", criterion->id.s, expert_name(t, i),
                    &criterion->expert_scores.items[i].score);
}

static void tell_sum(const struct tree *t, const struct criterion *criterion,
                     const struct number *sum)
{
    struct checking *c = t->s.c;
    struct finding *finding = check_find(c, RULE_EXPERT_SUM, NULL);

    scored_cite(&t->s, finding, "criteria", criterion->id.s, "sum", &criterion->sum);
    cite_experts(t, finding, criterion);
    check_stated(c, finding, &criterion->sum);
    check_recomputed(c, finding, sum->units, "分", 0);
    check_message(c, finding, "“%s”的“%s”：专家评分合计写 %s，加起来是 %s", t->s.name,
                  criterion->name.s, finding->stated.s, finding->recomputed.s);
}

static void tell_mean(const struct tree *t, const struct criterion *criterion,
                      const struct number *sum, size_t experts)
{
    struct checking *c = t->s.c;
    struct finding *finding = check_find(c, RULE_EXPERT_MEAN, NULL);
    struct decimal mean;

    scored_cite(&t->s, finding, "criteria", criterion->id.s, "mean", &criterion->mean);
    cite_experts(t, finding, criterion);
    check_stated(c, finding, &criterion->mean);
    if (number_quotient(sum, experts, criterion->mean.number.scale + 1, &mean))
        finding->recomputed = text_of(arena_format(c->arena, "%s 分", check_decimal_text(c, mean)));
    check_message(c, finding, "“%s”的“%s”：平均分写 %s，%s 除以 %zu 人是 %s", t->s.name,
                  criterion->name.s, finding->stated.s, check_number_text(c, sum->units, "分", 0),
                  experts, finding->recomputed.s ? finding->recomputed.s : "");
}

static void check_experts(const struct tree *t, const struct criterion *criterion)
{
    size_t experts = criterion->expert_scores.count;
    struct number sum, stated, count = number_count(experts);
    enum ratio_status status;

    for (size_t i = 0; i < experts; i++)
        scored_check_weight(&t->s, "criteria", criterion->id.s, expert_name(t, i),
                            &criterion->expert_scores.items[i].score, &criterion->weight,
                            criterion->name.s);
    if (!add_experts(criterion, &sum))
        return;
    for (size_t i = 0; i < experts; i++)
        scored_use(&t->s, &criterion->expert_scores.items[i].score);
    scored_use(&t->s, &criterion->sum);
    scored_use(&t->s, &criterion->mean);
    if (number_of(&criterion->sum, 0, &stated) && stated.units != sum.units)
        tell_sum(t, criterion, &sum);
    if (criterion->mean.state != QUANTITY_STATED)
        return;
    status = scored_quotient(&sum, &count, &criterion->mean);
    if (status == RATIO_TRUNCATED)
        scored_remark(&t->s, "criteria", criterion->id.s, "mean", &criterion->mean);
    if (status == RATIO_OFF)
        tell_mean(t, criterion, &sum, experts);
}

/* --- groups --- */

/* One of the columns that add up from the bottom to the top. `index` is an expert's. */
struct points_column {
    enum rule rule;
    const char *name;
    const struct quantity *(*of)(const struct criterion *criterion, size_t index,
                                 const char **name);
};

static const struct quantity *weight_of(const struct criterion *criterion, size_t index,
                                        const char **name)
{
    (void)index;
    *name = "weight";
    return &criterion->weight;
}

static const struct quantity *sum_of(const struct criterion *criterion, size_t index,
                                     const char **name)
{
    (void)index;
    *name = "sum";
    return &criterion->sum;
}

static const struct quantity *got_by(const struct criterion *criterion, size_t index,
                                     const char **name)
{
    (void)index;
    return points_of(criterion, name);
}

static const struct quantity *expert_of(const struct criterion *criterion, size_t index,
                                        const char **name)
{
    static const struct quantity none = {0};

    *name = NULL;
    return index < criterion->expert_scores.count ? &criterion->expert_scores.items[index].score
                                                  : &none;
}

/* Means were rounded, as those around them were; weights and scores are given. */
static bool points_number(const struct tree *t, const struct quantity *q, const char *column,
                          struct number *out)
{
    bool is_mean = column && !strcmp(column, "mean");

    if (!number_of(q, is_mean ? t->decimals : 0, out))
        return false;
    if (!is_mean)
        out->step = 0;
    return true;
}

/*
 * Adds what is below a criterion: of each child its own figure, or where that has none, what is
 * below it. False when something is missing.
 */
static bool add_below(const struct tree *t, const struct criterion *parent,
                      const struct points_column *column, size_t index, struct number *sum,
                      struct finding *finding)
{
    const char *name;
    struct number n;

    for (size_t i = 0; i < t->count; i++) {
        const struct criterion *child = &t->items[i];
        const struct quantity *q = column->of(child, index, &name);

        if (!is_child(child, parent))
            continue;
        if (points_number(t, q, name, &n)) {
            if (!number_add(sum, &n))
                return false;
            scored_use(&t->s, q);
            if (finding)
                scored_cite(&t->s, finding, "criteria", child->id.s,
                            name ? name : expert_name(t, index), q);
        } else if (!has_children(t, child) || !add_below(t, child, column, index, sum, finding)) {
            return false;
        }
    }
    return true;
}

static void tell_group(const struct tree *t, const struct criterion *parent,
                       const struct points_column *column, size_t index, const struct number *sum)
{
    struct checking *c = t->s.c;
    struct finding *finding = check_find(c, column->rule, NULL);
    struct number unused = {0};
    const char *name;
    const struct quantity *q = column->of(parent, index, &name);

    scored_cite(&t->s, finding, "criteria", parent->id.s, name ? name : expert_name(t, index), q);
    add_below(t, parent, column, index, &unused, finding);
    check_stated(c, finding, q);
    check_recomputed(c, finding, sum->units, "分", 0);
    check_message(c, finding, "“%s”的“%s”：%s写 %s，下级指标加起来是 %s", t->s.name, parent->name.s,
                  name ? field_title(column_find(name, strlen(name)))
                       : arena_format(c->arena, "专家 %zu 的评分", index + 1),
                  finding->stated.s, finding->recomputed.s);
}

static void check_group(const struct tree *t, const struct criterion *parent,
                        const struct points_column *column, size_t index)
{
    const char *name;
    const struct quantity *q = column->of(parent, index, &name);
    struct number stated, sum = {0};

    if (!points_number(t, q, name, &stated) || !has_children(t, parent) ||
        !add_below(t, parent, column, index, &sum, NULL))
        return;
    scored_use(&t->s, q);
    if (number_agree(&stated, &sum)) {
        struct cited cited = {.scope = t->s.scope,
                              .table = "criteria",
                              .line = parent->id.s,
                              .column = name ? name : expert_name(t, index),
                              .q = q};

        if (stated.units != sum.units)
            check_remark(t->s.c, RULE_ROUNDING, t->s.scope,
                         arena_format(t->s.c->arena, "“%s”的评价指标", t->s.name), &cited,
                         number_distance(&stated, &sum));
        return;
    }
    tell_group(t, parent, column, index, &sum);
}

static void check_groups(const struct tree *t, const struct criterion *parent)
{
    static const struct points_column columns_of_points[] = {
        {RULE_WEIGHT_SUM, "weight", weight_of},
        {RULE_EXPERT_SUM, "sum", sum_of},
        {RULE_GROUP_SCORE, "mean", got_by},
    };
    static const struct points_column of_expert = {RULE_EXPERT_SUM, "experts", expert_of};

    for (size_t i = 0; i < ARRAY_SIZE(columns_of_points); i++)
        check_group(t, parent, &columns_of_points[i], 0);
    for (size_t i = 0; i < parent->expert_scores.count; i++)
        check_group(t, parent, &of_expert, i);
}

/* --- loss --- */

static void check_loss(const struct tree *t, const struct criterion *criterion)
{
    struct checking *c = t->s.c;
    const char *column;
    const struct quantity *got = points_of(criterion, &column);
    struct number weight, points, lost;
    enum ratio_status status;
    struct finding *finding;
    struct decimal percent;

    if (criterion->loss_rate.state != QUANTITY_STATED || !number_of(got, 0, &points) ||
        !number_of(&criterion->weight, 0, &weight))
        return;
    weight.step = 0; /* weights are set, not rounded */
    lost = weight;
    if (!number_subtract(&lost, &points))
        return;
    scored_use(&t->s, &criterion->loss_rate);
    scored_use(&t->s, got);
    scored_use(&t->s, &criterion->weight);
    /* against the score as it is stated, which documents compute with */
    lost.step = 0;
    status = ratio_check(&lost, &weight, &criterion->loss_rate);
    if (status == RATIO_TRUNCATED)
        scored_remark(&t->s, "criteria", criterion->id.s, "loss_rate", &criterion->loss_rate);
    lost.step = points.step;
    if (status != RATIO_OFF || ratio_check(&lost, &weight, &criterion->loss_rate) == RATIO_EXACT)
        return;
    finding = check_find(c, RULE_LOSS_RATE, NULL);
    scored_cite(&t->s, finding, "criteria", criterion->id.s, "loss_rate", &criterion->loss_rate);
    scored_cite(&t->s, finding, "criteria", criterion->id.s, column, got);
    scored_cite(&t->s, finding, "criteria", criterion->id.s, "weight", &criterion->weight);
    check_stated(c, finding, &criterion->loss_rate);
    if (ratio_percent(&lost, &weight, 2, &percent))
        check_recomputed_percent(c, finding, percent);
    check_message(c, finding, "“%s”的“%s”：失分率写 %s，分值 %s、得 %s，应为 %s", t->s.name,
                  criterion->name.s, finding->stated.s, check_quantity_text(c, &criterion->weight),
                  check_quantity_text(c, got), finding->recomputed.s ? finding->recomputed.s : "");
}

/* --- the result --- */

/* A criterion that stands for all: the total, or what none is above. */
static void check_result(const struct tree *t)
{
    struct checking *c = t->s.c;
    const struct quantity *score = &t->evaluation->score;
    struct number stated, sum = {0}, n;
    struct finding *finding;
    const struct criterion *total = NULL;
    const char *column = "mean";
    const struct quantity *q;

    for (size_t i = 0; i < t->count; i++)
        if (is_total(&t->items[i]))
            total = &t->items[i];
    if (!total || !number_of(score, 0, &stated))
        return;
    q = points_of(total, &column);
    if (!number_of(q, 0, &n) || !number_add(&sum, &n))
        return;
    scored_use(&t->s, score);
    /* the same score twice: only the one with fewer decimals may be rounded */
    if (stated.step < sum.step)
        stated.step = 0;
    else
        sum.step = 0;
    if (number_agree(&stated, &sum))
        return;
    finding = check_find(c, RULE_SCORE_SUM, NULL);
    scored_cite(&t->s, finding, "result", "total", "score", score);
    scored_cite(&t->s, finding, "criteria", total->id.s, column, q);
    check_stated(c, finding, score);
    check_recomputed(c, finding, sum.units, "分", q->number.scale);
    check_message(c, finding, "“%s”：评价得分写 %s，评分表的总分是 %s", t->s.name,
                  finding->stated.s, finding->recomputed.s);
}

/* Whether the score lies in the band; the upper end belongs to the band above, but for the highest.
 */
static bool is_in_band(const struct grade *grade, const struct number *score, bool is_highest)
{
    struct number from, to;

    if (number_of(&grade->from, 0, &from) && score->units < from.units)
        return false;
    if (number_of(&grade->to, 0, &to) &&
        (score->units > to.units || (score->units == to.units && !is_highest)))
        return false;
    return grade->from.state == QUANTITY_STATED || grade->to.state == QUANTITY_STATED;
}

/* Whether no band begins where this one ends. */
static bool is_highest(const struct profile *profile, const struct grade *grade)
{
    struct number to, from;

    if (!number_of(&grade->to, 0, &to))
        return true;
    for (size_t i = 0; i < profile->grades.count; i++)
        if (number_of(&profile->grades.items[i].from, 0, &from) && from.units == to.units)
            return false;
    return true;
}

static void check_grade(const struct tree *t)
{
    struct checking *c = t->s.c;
    const struct evaluation *evaluation = t->evaluation;
    const struct profile *profile = c->profile;
    struct number score;
    struct finding *finding;

    if (!evaluation->grade.s || !number_of(&evaluation->score, 0, &score))
        return;
    for (size_t i = 0; i < profile->grades.count; i++) {
        const struct grade *grade = &profile->grades.items[i];

        if (!is_in_band(grade, &score, is_highest(profile, grade)))
            continue;
        scored_use(&t->s, &evaluation->score);
        if (text_is(&evaluation->grade, grade->label.s))
            return;
        finding = check_find(c, RULE_GRADE, NULL);
        scored_cite(&t->s, finding, "result", "total", "score", &evaluation->score);
        finding->stated = evaluation->grade;
        finding->recomputed = grade->label;
        check_message(c, finding, "“%s”：得 %s，等级写“%s”，样张的分数段是“%s”", t->s.name,
                      check_quantity_text(c, &evaluation->score), evaluation->grade.s,
                      grade->label.s);
        return;
    }
}

static unsigned decimals_of(const struct evaluation *evaluation)
{
    unsigned most = 0;

    for (size_t i = 0; i < evaluation->criteria.count; i++) {
        const struct quantity *mean = &evaluation->criteria.items[i].mean;

        if (mean->state == QUANTITY_STATED && mean->number.scale > most)
            most = mean->number.scale;
    }
    return most;
}

static void check_evaluation(struct checking *c, const struct evaluation *evaluation)
{
    struct tree t = {.evaluation = evaluation,
                     .items = evaluation->criteria.items,
                     .count = evaluation->criteria.count,
                     .decimals = decimals_of(evaluation)};

    scored_init(&t.s, c, arena_format(c->arena, "evaluations/%s", evaluation->id.s),
                evaluation->name.s ? evaluation->name.s : evaluation->id.s, evaluation->funds.items,
                evaluation->funds.count);
    scored_check_funds(&t.s);
    for (size_t i = 0; i < t.count; i++) {
        const struct criterion *criterion = &t.items[i];
        const char *column;
        const struct quantity *got = points_of(criterion, &column);

        if (!criterion->id.s || !criterion->name.s)
            continue;
        check_experts(&t, criterion);
        scored_check_weight(&t.s, "criteria", criterion->id.s, column, got, &criterion->weight,
                            criterion->name.s);
        check_groups(&t, criterion);
        check_loss(&t, criterion);
    }
    check_result(&t);
    check_grade(&t);
}

void check_evaluations(struct checking *c)
{
    for (size_t i = 0; i < c->report->evaluations.count; i++)
        if (c->report->evaluations.items[i].id.s)
            check_evaluation(c, &c->report->evaluations.items[i]);
}
