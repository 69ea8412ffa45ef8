#include "base/base.h"

#include "check/checks.h"

#include "base/arena.h"
#include "base/mem.h"
#include "check/cell.h"
#include "check/codes.h"
#include "model/lookup.h"

/*
 * The initial budget of a line: stated, or the final accounts less the change against it. Codes add
 * up in the budget as they do in the accounts; what was budgeted under another code is found where
 * the accounts of the lines add up and their budgets do not.
 */
struct budget_line {
    struct number final, budget;
    struct cited shown; /* the figure that tells of the budget */
    bool has_budget;
};

static void read_line(const struct cell_table *t, const struct line *line, struct budget_line *out)
{
    const struct quantity *q[COLUMN_COUNT];
    enum column shown = COLUMN_initial_budget;
    struct number change;
    bool has_final;

    memset(out, 0, sizeof(*out));
    line_quantities(line, q);
    has_final = q[COLUMN_final] && number_of(q[COLUMN_final], t->decimals, &out->final);
    if (!has_final)
        return;
    out->has_budget = q[shown] && number_of(q[shown], t->decimals, &out->budget);
    if (!out->has_budget && q[COLUMN_budget_change] &&
        number_of(q[COLUMN_budget_change], t->decimals, &change)) {
        shown = COLUMN_budget_change;
        out->budget = out->final;
        out->has_budget = number_subtract(&out->budget, &change);
    }
    out->shown = (struct cited){
        .table = line->table.s, .line = line->id.s, .column = columns[shown].name, .q = q[shown]};
}

/* What is below one line, of what has a budget. */
struct branch {
    struct number finals, budgets;
    struct cited *cited;
    size_t count;
    size_t cap;
};

/* The nearest line above that has a budget, too. */
static size_t nearest_above(const struct budget_line *lines, const size_t *parents, size_t count,
                            size_t i)
{
    size_t above = parents[i];

    while (above < count && !lines[above].has_budget)
        above = parents[above];
    return above;
}

static void add_line(struct branch *branch, const struct budget_line *line)
{
    if (!number_add(&branch->finals, &line->final) || !number_add(&branch->budgets, &line->budget))
        return;
    MEM_GROW(branch->cited, branch->count, branch->cap);
    branch->cited[branch->count++] = line->shown;
}

static void tell(struct checking *c, const struct cell_table *t, const struct line *line,
                 const struct budget_line *above, const struct branch *below)
{
    struct finding *finding = check_find(c, RULE_BUDGET_CODES, NULL);
    const struct quantity *q = above->shown.q;

    check_cite(c, finding, &above->shown);
    for (size_t i = 0; i < below->count; i++)
        check_cite(c, finding, &below->cited[i]);
    check_stated_number(c, finding, above->budget.units, q->unit, q->number.scale);
    check_recomputed(c, finding, below->budgets.units, q->unit, q->number.scale);
    check_message(c, finding,
                  "%s：下级科目的决算数加起来相符，年初预算却不相符；按所写的推得 "
                  "%s，下级合起来是 %s，"
                  "相差 %s",
                  check_line_name(c, t->table, line), finding->stated.s, finding->recomputed.s,
                  check_number_text(c, number_distance(&above->budget, &below->budgets), q->unit,
                                    q->number.scale));
}

static void compare(struct checking *c, const struct cell_table *t, const struct line *line,
                    const struct budget_line *above, const struct branch *below)
{
    if (!below->count || !number_agree(&above->final, &below->finals))
        return; /* not all are stated */
    check_use(c, above->shown.q);
    for (size_t i = 0; i < below->count; i++)
        check_use(c, below->cited[i].q);
    if (!number_agree(&above->budget, &below->budgets))
        tell(c, t, line, above, below);
    else if (above->budget.units != below->budgets.units)
        check_remark(c, RULE_ROUNDING, t->table->id.s, t->table->title.s, &above->shown,
                     number_distance(&above->budget, &below->budgets));
}

static void check_table(struct checking *c, const struct cell_table *t)
{
    size_t count = t->table->lines.count;
    struct budget_line *lines = mem_zalloc(count, sizeof(*lines));
    struct branch *branches = mem_zalloc(count, sizeof(*branches));
    size_t *parents = codes_parents(t->table);
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        read_line(t, &t->table->lines.items[i], &lines[i]);
        any |= lines[i].has_budget;
    }
    for (size_t i = 0; any && i < count; i++) {
        size_t above = nearest_above(lines, parents, count, i);

        if (lines[i].has_budget && above < count)
            add_line(&branches[above], &lines[i]);
    }
    for (size_t i = 0; any && i < count; i++) {
        compare(c, t, &t->table->lines.items[i], &lines[i], &branches[i]);
        free(branches[i].cited);
    }
    free(parents);
    free(branches);
    free(lines);
}

void check_budgets(struct checking *c)
{
    for (size_t i = 0; i < c->profile->tables.count; i++)
        if (c->tables[i].table && c->tables[i].form && c->tables[i].form->codes.s)
            check_table(c, &c->tables[i]);
}
