#include "base/base.h"

#include "check/checks.h"

#include "base/arena.h"
#include "base/mem.h"
#include "check/cell.h"
#include "check/form.h"
#include "model/lookup.h"

/* A line of a table while its percentages are looked at. */
struct row {
    struct checking *c;
    const struct cell_table *t;
    const struct line *line;
    const struct quantity *q[COLUMN_COUNT];
};

static bool value_of(const struct row *row, enum column column, struct number *out)
{
    return row->q[column] && number_of(row->q[column], row->t->decimals, out);
}

static void cite(const struct row *row, struct finding *finding, enum column column)
{
    struct cited cited = {.table = row->line->table.s,
                          .line = row->line->id.s,
                          .column = columns[column].name,
                          .q = row->q[column]};

    if (cited.q)
        check_cite(row->c, finding, &cited);
}

static void use(const struct row *row, enum column column)
{
    if (row->q[column])
        check_use(row->c, row->q[column]);
}

static const char *name_of(const struct row *row)
{
    return check_line_name(row->c, row->t->table, row->line);
}

static void remark(const struct row *row, enum rule rule, enum column column)
{
    struct cited cited = {.table = row->line->table.s,
                          .line = row->line->id.s,
                          .column = columns[column].name,
                          .q = row->q[column]};

    check_remark(row->c, rule, row->line->table.s, row->t->table->title.s, &cited, 0);
}

/* The percentage that it should be, for a sentence. */
static const char *recompute(const struct row *row, struct finding *finding,
                             const struct number *part, const struct number *whole, enum column of)
{
    unsigned decimals = row->q[of]->number.scale < 2 ? 2 : row->q[of]->number.scale;
    struct decimal percent;

    if (!ratio_percent(part, whole, decimals, &percent))
        return "";
    check_recomputed_percent(row->c, finding, percent);
    return finding->recomputed.s;
}

/* --- changes against the prior year and the budget --- */

/* Against what a change is. */
struct against {
    enum column base, change, rate;
    const char *direction; /* the field of the line with the words for it */
};

static const struct against against[] = {
    {COLUMN_prior, COLUMN_prior_change, COLUMN_prior_rate, "prior_direction"},
    {COLUMN_initial_budget, COLUMN_budget_change, COLUMN_budget_rate, "budget_direction"},
};

/* What is known of one change: stated, or from the two others. */
struct change {
    const struct against *against;
    struct number base, change, final;
    bool has_base, has_change, has_final;
};

static void check_stated_change(const struct row *row, const struct change *stated)
{
    struct checking *c = row->c;
    const struct against *a = stated->against;
    struct number should = stated->final;
    struct finding *finding;

    use(row, a->base);
    use(row, a->change);
    use(row, COLUMN_final);
    if (!number_subtract(&should, &stated->base) || number_agree(&should, &stated->change))
        return;
    finding = check_find(c, RULE_CHANGE, NULL);
    cite(row, finding, a->change);
    cite(row, finding, COLUMN_final);
    cite(row, finding, a->base);
    check_stated(c, finding, row->q[a->change]);
    check_recomputed(c, finding, should.units, row->q[a->change]->unit,
                     row->q[a->change]->number.scale);
    check_message(c, finding, "%s：%s写 %s，%s减%s是 %s", name_of(row),
                  field_title(&columns[a->change]), finding->stated.s,
                  field_title(&columns[COLUMN_final]), field_title(&columns[a->base]),
                  finding->recomputed.s);
}

/* A finding about a rate, with what it follows from. */
static struct finding *find_rate(const struct row *row, enum rule rule, const struct against *a)
{
    struct finding *finding = check_find(row->c, rule, NULL);

    cite(row, finding, a->rate);
    cite(row, finding, a->change);
    cite(row, finding, COLUMN_final);
    cite(row, finding, a->base);
    check_stated(row->c, finding, row->q[a->rate]);
    return finding;
}

static void tell_rate(const struct row *row, enum rule rule, const struct change *known,
                      const char *why)
{
    struct checking *c = row->c;
    const struct against *a = known->against;
    struct finding *finding = find_rate(row, rule, a);

    check_message(c, finding, "%s：%s写 %s，%s除以%s %s 应为 %s%s", name_of(row),
                  field_title(&columns[a->rate]), finding->stated.s,
                  field_title(&columns[a->change]), field_title(&columns[a->base]),
                  check_number_text(c, known->base.units, row->q[COLUMN_final]->unit,
                                    row->q[COLUMN_final]->number.scale),
                  recompute(row, finding, &known->change, &known->base, a->rate), why);
}

static void check_zero_base(const struct row *row, const struct change *known)
{
    const struct against *a = known->against;
    struct finding *finding;

    if (!row->q[a->rate]->number.units) {
        remark(row, RULE_RATE_ZERO_BASE, a->rate);
        return;
    }
    finding = find_rate(row, RULE_RATE_ZERO_BASE, a);
    check_message(row->c, finding, "%s：%s写 %s，但%s是 0，没有百分比可言", name_of(row),
                  field_title(&columns[a->rate]), finding->stated.s,
                  field_title(&columns[a->base]));
}

static bool is_near(enum ratio_status status)
{
    return status == RATIO_EXACT || status == RATIO_TRUNCATED;
}

static void check_rate(const struct row *row, const struct change *known)
{
    const struct quantity *rate = row->q[known->against->rate];
    enum ratio_status status;

    use(row, known->against->rate);
    use(row, known->against->change);
    use(row, known->against->base);
    use(row, COLUMN_final);
    if (!known->base.units) {
        check_zero_base(row, known);
        return;
    }
    if (known->base.units < 0)
        return;
    status = ratio_check(&known->change, &known->base, rate);
    if (status == RATIO_TRUNCATED)
        remark(row, RULE_TRUNCATED, known->against->rate);
    if (status != RATIO_OFF)
        return;
    if (known->has_final && is_near(ratio_check(&known->change, &known->final, rate)))
        tell_rate(row, RULE_RATE_BASE, known, "；原文看来除以了本年的数");
    else
        tell_rate(row, RULE_RATE, known, "");
}

static void check_fall(const struct row *row, enum column rate)
{
    static const struct quantity fall_of_all = {
        .number = {-100, 0, false}, .state = QUANTITY_STATED, .measure = MEASURE_PERCENT};
    struct checking *c = row->c;
    struct number n, least;
    struct finding *finding;

    if (!value_of(row, rate, &n) || !number_of(&fall_of_all, 0, &least) || n.units >= least.units)
        return;
    finding = check_find(c, RULE_RATE_FALL, NULL);
    cite(row, finding, rate);
    check_stated(c, finding, row->q[rate]);
    check_message(c, finding, "%s：%s写 %s，下降不会超过 100%%", name_of(row),
                  field_title(&columns[rate]), finding->stated.s);
}

/* --- words --- */

static int sign_of(const struct number *n)
{
    return n->units < 0 ? -1 : n->units > 0;
}

static void tell_direction(const struct row *row, const struct change *known, enum column shown,
                           const char *problem, const char *severity)
{
    struct checking *c = row->c;
    struct finding *finding = check_find(c, RULE_RATE_DIRECTION, severity);

    cite(row, finding, shown);
    if (shown != known->against->change)
        cite(row, finding, known->against->change);
    if (shown != known->against->rate)
        cite(row, finding, known->against->rate);
    check_stated(c, finding, row->q[shown]);
    check_message(c, finding, "%s：%s是 %s，%s", name_of(row), field_title(&columns[shown]),
                  finding->stated.s, problem);
}

static void check_words(const struct row *row, const struct change *known)
{
    const struct against *a = known->against;
    const struct field *field = entity_find(&entity_line, a->direction, strlen(a->direction));
    const struct text *said = field_text(field, row->line);
    struct number rate;
    bool has_rate = value_of(row, a->rate, &rate);
    int change_sign = known->has_change ? sign_of(&known->change) : 0;
    int rate_sign = has_rate ? sign_of(&rate) : 0;
    enum column shown = row->q[a->change] ? a->change : has_rate ? a->rate : COLUMN_final;
    int sign = change_sign ? change_sign : rate_sign;

    if (change_sign * rate_sign < 0)
        tell_direction(row, known, a->rate, "正负号与增减额相反", NULL);
    if (!said->s || !row->q[shown])
        return;
    if (text_is(said, "increase") && sign < 0)
        tell_direction(row, known, shown, "文字却说“增加”", NULL);
    else if (text_is(said, "decrease") && sign > 0)
        tell_direction(row, known, shown, "文字却说“减少”", NULL);
    else if (text_is(said, "flat") && sign && !number_may_be_zero(&known->change))
        tell_direction(row, known, shown, "文字却说“持平”", NULL);
    else if (text_is(said, "unclear"))
        tell_direction(row, known, shown, "文字没有说清是增加还是减少", "warning");
}

static void check_change(const struct row *row, const struct against *a)
{
    struct change known = {.against = a};
    bool has_rate = row->q[a->rate] && row->q[a->rate]->state == QUANTITY_STATED;

    known.has_final = value_of(row, COLUMN_final, &known.final);
    known.has_base = value_of(row, a->base, &known.base);
    known.has_change = value_of(row, a->change, &known.change);
    if (known.has_final && known.has_base && known.has_change) {
        check_stated_change(row, &known);
    } else if (known.has_final && known.has_change) {
        known.base = known.final;
        known.has_base = number_subtract(&known.base, &known.change);
    } else if (known.has_final && known.has_base) {
        known.change = known.final;
        known.has_change = number_subtract(&known.change, &known.base);
    }
    if (has_rate) {
        check_fall(row, a->rate);
        if (known.has_base && known.has_change && known.has_final)
            check_rate(row, &known);
    }
    check_words(row, &known);
}

/* --- completion --- */

static void check_completion(const struct row *row)
{
    struct checking *c = row->c;
    const struct quantity *stated = row->q[COLUMN_completion];
    struct number final, budget;
    enum ratio_status status;
    struct finding *finding;

    if (!stated || stated->state != QUANTITY_STATED || !value_of(row, COLUMN_final, &final) ||
        !value_of(row, COLUMN_initial_budget, &budget))
        return;
    use(row, COLUMN_completion);
    use(row, COLUMN_final);
    use(row, COLUMN_initial_budget);
    status = ratio_check(&final, &budget, stated);
    if (status == RATIO_TRUNCATED)
        remark(row, RULE_TRUNCATED, COLUMN_completion);
    if (!budget.units && !stated->number.units)
        remark(row, RULE_RATE_ZERO_BASE, COLUMN_completion);
    if (status == RATIO_OFF || (!budget.units && stated->number.units)) {
        finding = check_find(c, budget.units ? RULE_COMPLETION : RULE_RATE_ZERO_BASE, NULL);
        cite(row, finding, COLUMN_completion);
        cite(row, finding, COLUMN_final);
        cite(row, finding, COLUMN_initial_budget);
        check_stated(c, finding, stated);
        if (budget.units)
            check_message(c, finding, "%s：完成率写 %s，决算数除以年初预算应为 %s", name_of(row),
                          finding->stated.s,
                          recompute(row, finding, &final, &budget, COLUMN_completion));
        else
            check_message(c, finding, "%s：完成率写 %s，但年初预算是 0，没有百分比可言",
                          name_of(row), finding->stated.s);
    }
}

/* --- shares --- */

static struct cell whole_of(const struct row *row, const struct operand *whole)
{
    const struct checking *c = row->c;

    return cell_of(&c->tables[whole->table - c->profile->tables.items], whole->line, whole->column);
}

static void tell_share(const struct row *row, const struct number *part, const struct cell *whole)
{
    struct checking *c = row->c;
    struct finding *finding = check_find(c, RULE_SHARE, NULL);

    cite(row, finding, COLUMN_share);
    cite(row, finding, COLUMN_final);
    check_cite(c, finding, &whole->cited);
    check_stated(c, finding, row->q[COLUMN_share]);
    if (!whole->number.units)
        check_message(c, finding, "%s：占比写 %s，但它占的数是 0", name_of(row), finding->stated.s);
    else
        check_message(c, finding, "%s：占比写 %s，%s 除以 %s 应为 %s", name_of(row),
                      finding->stated.s, check_quantity_text(c, row->q[COLUMN_final]),
                      check_quantity_text(c, whole->cited.q),
                      recompute(row, finding, part, &whole->number, COLUMN_share));
}

static void check_share(const struct row *row)
{
    const struct quantity *share = row->q[COLUMN_share];
    const struct operand *of;
    struct cell whole;
    struct number part;
    enum ratio_status status;

    if (!share || share->state != QUANTITY_STATED || !value_of(row, COLUMN_final, &part))
        return;
    of = check_form_whole(row->c->form, row->line->table.s, row->line->id.s);
    if (!of)
        return;
    whole = whole_of(row, of);
    if (whole.state != CELL_STATED)
        return;
    use(row, COLUMN_share);
    use(row, COLUMN_final);
    check_use(row->c, whole.cited.q);
    status = ratio_check(&part, &whole.number, share);
    if (status == RATIO_TRUNCATED)
        remark(row, RULE_TRUNCATED, COLUMN_share);
    if (status == RATIO_OFF || (!whole.number.units && share->number.units))
        tell_share(row, &part, &whole);
}

/* The shares of one whole, and the parts that have them. */
struct shares {
    struct cell whole;
    struct number parts, shares;
    struct cited *cited;
    size_t count;
    size_t cap;
};

static void add_share(struct shares *all, const struct row *row)
{
    struct number part, share;

    if (!value_of(row, COLUMN_final, &part) || !value_of(row, COLUMN_share, &share) ||
        !number_add(&all->parts, &part) || !number_add(&all->shares, &share))
        return;
    MEM_GROW(all->cited, all->count, all->cap);
    all->cited[all->count++] = (struct cited){.table = row->line->table.s,
                                              .line = row->line->id.s,
                                              .column = "share",
                                              .q = row->q[COLUMN_share]};
}

/* Parts that make up the whole have shares that make up 100. */
static void weigh_shares(struct checking *c, const struct cell_table *t, const struct shares *all)
{
    struct quantity hundred = {
        .number = {100, 0, false}, .state = QUANTITY_STATED, .measure = MEASURE_PERCENT};
    struct number should;
    struct finding *finding;

    if (all->count < 2 || all->whole.state != CELL_STATED || !all->whole.number.units ||
        !number_agree(&all->parts, &all->whole.number) || !number_of(&hundred, 0, &should))
        return;
    should.step = 0;
    /* shares may each be cut off by nearly one unit of their last decimal */
    if (number_distance(&all->shares, &should) < all->shares.step)
        return;
    finding = check_find(c, RULE_SHARE_SUM, NULL);
    for (size_t i = 0; i < all->count; i++)
        check_cite(c, finding, &all->cited[i]);
    check_stated_number(c, finding, all->shares.units, "%", 0);
    check_recomputed(c, finding, should.units, "%", 0);
    check_message(
        c, finding, "“%s”占“%s”的各项占比加起来是 %s，不是 100%%", t->table->title.s,
        table_line(report_table(c->report, all->whole.cited.table), all->whole.cited.line)->label.s,
        finding->stated.s);
}

enum { WHOLES_MAX = 8 }; /* of one table; more are not compared */

struct share_groups {
    const struct operand *wholes[WHOLES_MAX];
    struct shares groups[WHOLES_MAX];
    size_t count;
};

static struct shares *group_of(struct share_groups *all, const struct row *row,
                               const struct operand *whole)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->wholes[i]->table == whole->table && !strcmp(all->wholes[i]->line, whole->line))
            return &all->groups[i];
    if (all->count == WHOLES_MAX)
        return NULL;
    all->wholes[all->count] = whole;
    all->groups[all->count].whole = whole_of(row, whole);
    return &all->groups[all->count++];
}

static void check_share_sums(struct checking *c, const struct cell_table *t)
{
    struct share_groups all = {0};

    for (size_t i = 0; i < t->table->lines.count; i++) {
        struct row row = {.c = c, .t = t, .line = &t->table->lines.items[i]};
        const struct operand *whole;
        struct shares *group;

        if (!row.line->id.s || !line_quantity(row.line, "share"))
            continue;
        whole = check_form_whole(c->form, row.line->table.s, row.line->id.s);
        group = whole ? group_of(&all, &row, whole) : NULL;
        line_quantities(row.line, row.q);
        if (group)
            add_share(group, &row);
    }
    for (size_t i = 0; i < all.count; i++) {
        weigh_shares(c, t, &all.groups[i]);
        free(all.groups[i].cited);
    }
}

/* --- all percentages --- */

static void check_row(struct row *row)
{
    line_quantities(row->line, row->q);
    for (size_t i = 0; i < ARRAY_SIZE(against); i++)
        check_change(row, &against[i]);
    check_completion(row);
    check_share(row);
}

void check_percentages(struct checking *c)
{
    for (size_t i = 0; i < c->profile->tables.count; i++) {
        const struct cell_table *t = &c->tables[i];

        for (size_t j = 0; t->table && j < t->table->lines.count; j++) {
            struct row row = {.c = c, .t = t, .line = &t->table->lines.items[j]};

            if (row.line->id.s)
                check_row(&row);
        }
        if (t->table)
            check_share_sums(c, t);
    }
}
