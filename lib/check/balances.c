#include "base/base.h"

#include "check/checks.h"

#include "base/arena.h"
#include "base/mem.h"
#include "check/cell.h"
#include "check/codes.h"
#include "check/form.h"
#include "model/lookup.h"

/* One balance while it is checked. */
struct weighing {
    struct checking *c;
    const struct check_balance *balance;
    const char *line;   /* the line or class at hand, or NULL */
    const char *column; /* the column at hand, or NULL */
    bool is_missing;    /* a table that it needs is not at hand, and nothing of it was compared */
    bool is_compared;
};

/* One side of an equation, summed up. */
struct sum {
    struct number number;
    struct cited *cited; /* the stated figures */
    size_t count;
    size_t cap;
    size_t unknown;
    bool is_part; /* of classes that may not all be stated */
};

static void add_cell(struct sum *sum, const struct cell *cell, bool is_minus)
{
    bool fits = true;

    if (cell->state == CELL_STATED)
        fits = is_minus ? number_subtract(&sum->number, &cell->number)
                        : number_add(&sum->number, &cell->number);
    if (cell->state == CELL_UNKNOWN || !fits) {
        sum->unknown++;
    } else if (cell->state == CELL_STATED) {
        MEM_GROW(sum->cited, sum->count, sum->cap);
        sum->cited[sum->count++] = cell->cited;
    }
}

static void add_classes(struct sum *sum, const struct cell_table *t, const char *column,
                        bool is_minus)
{
    size_t before = sum->count;

    for (size_t i = 0; t->table && i < t->table->lines.count; i++)
        if (codes_is_class(&t->table->lines.items[i])) {
            struct cell cell = cell_of(t, t->table->lines.items[i].id.s, column);

            if (cell.state == CELL_UNKNOWN)
                sum->is_part = true; /* the class is stated, but not in this column */
            else
                add_cell(sum, &cell, is_minus);
        }
    if (!t->is_held) {
        sum->is_part = true;
        sum->unknown += sum->count == before;
    }
}

static const struct cell_table *table_of(const struct weighing *w, const struct operand *o)
{
    const struct checking *c = w->c;
    size_t i = (size_t)(o->table - c->profile->tables.items);

    return o->is_prior ? &c->prior_tables[i] : &c->tables[i];
}

/* Without a report of the year before, what this one says of that year. */
static struct cell implied_cell(const struct weighing *w, const struct operand *o,
                                const char *column)
{
    const struct cell_table *t = &w->c->tables[o->table - w->c->profile->tables.items];
    const struct line *line = table_line(t->table, o->line ? o->line : w->line);

    return line && !strcmp(column, "final") ? cell_of_prior(t, line)
                                            : (struct cell){.state = CELL_UNKNOWN};
}

static void add_operand(struct weighing *w, struct sum *sum, const struct operand *o)
{
    const struct cell_table *t = table_of(w, o);
    const char *column = o->column ? o->column : w->column;
    struct cell cell;

    w->is_missing |= !t->is_held;
    if (o->is_classes) {
        add_classes(sum, t, column, o->is_minus);
    } else {
        cell = o->is_prior && !w->c->prior ? implied_cell(w, o, column)
                                           : cell_of(t, o->line ? o->line : w->line, column);
        add_cell(sum, &cell, o->is_minus);
    }
}

/* --- two sums --- */

/* "（201 一般公共服务支出，基本支出）": the line and the column at hand. */
static const char *place_of(const struct weighing *w, const struct cited *cited)
{
    const struct cell_table *t = cell_table_find(w->c, cited->table);
    const struct line *line = w->line ? table_line(t->table, w->line) : NULL;
    const struct profile_column *column =
        w->column ? profile_table_column(t->form, w->column, NULL) : NULL;
    const char *label = line && line->label.s ? line->label.s : "";
    const char *column_label = !column ? ""
                               : column->label.s
                                   ? column->label.s
                                   : field_title(column_find(w->column, strlen(w->column)));

    if (!line && !column)
        return "";
    return arena_format(w->c->arena, "（%s%s%s%s%s）",
                        line && line_id_is_code(line->id.s) ? line->id.s : "",
                        line && line_id_is_code(line->id.s) ? " " : "", label,
                        line && column ? "，" : "", column_label);
}

static void tell(struct weighing *w, const struct sum *left, const struct sum *right,
                 bool is_at_most)
{
    struct checking *c = w->c;
    struct finding *finding = check_find_balance(c, w->balance->rule, w->balance->severity);
    const struct quantity *q = left->cited[0].q;
    unsigned decimals = q->number.scale;

    for (size_t i = 0; i < left->count; i++)
        check_cite(c, finding, &left->cited[i]);
    for (size_t i = 0; i < right->count; i++)
        check_cite(c, finding, &right->cited[i]);
    check_stated_number(c, finding, left->number.units, q->unit, decimals);
    check_recomputed(c, finding, right->number.units, q->unit, decimals);
    check_message(
        c, finding, "“%s”不成立%s：左边是 %s，右边%s是 %s，%s %s", w->balance->balance->title.s,
        place_of(w, &left->cited[0]), finding->stated.s, right->count > 1 ? "合起来" : "",
        finding->recomputed.s, is_at_most ? "超过" : "相差",
        check_number_text(c, number_distance(&left->number, &right->number), q->unit, decimals));
}

static void use_all(struct checking *c, const struct sum *sum)
{
    for (size_t i = 0; i < sum->count; i++)
        check_use(c, sum->cited[i].q);
}

/* Whether the left is right in relation to the right; `is_at_most` is the relation. */
static bool stands(const struct sum *left, const struct sum *right, bool is_at_most)
{
    return number_agree(&left->number, &right->number) ||
           (is_at_most && left->number.units < right->number.units);
}

/* What is only a part of a sum may be less than the whole, since the rest is not stated. */
static bool is_open(const struct sum *left, const struct sum *right)
{
    return (left->is_part && left->number.units < right->number.units) ||
           (right->is_part && right->number.units < left->number.units);
}

static void compare(struct weighing *w, const struct sum *left, const struct sum *right,
                    bool is_at_most)
{
    struct checking *c = w->c;

    if (!left->count && !right->count)
        return; /* nothing is stated */
    w->is_compared = true;
    if (left->unknown || right->unknown || !left->count || !right->count) {
        /* a breakdown of nothing need not be printed */
        if (left->unknown || right->unknown || left->number.units || right->number.units)
            c->balances_unchecked++;
        return;
    }
    if (!stands(left, right, is_at_most)) {
        if (is_open(left, right)) {
            c->balances_unchecked++;
            return;
        }
        c->balances_broken++;
        tell(w, left, right, is_at_most);
    } else {
        c->balances_held++;
        if (!is_at_most && left->number.units != right->number.units)
            check_remark(c, RULE_ROUNDING, left->cited[0].table,
                         report_table(c->report, left->cited[0].table)->title.s, &left->cited[0],
                         left->number.units - right->number.units);
    }
    use_all(c, left);
    use_all(c, right);
}

/* --- equations --- */

/* Whether all columns that the equation wants of the line at hand are of its side. */
static bool fits_side(const struct weighing *w)
{
    const struct equation *equation = &w->balance->equation;

    for (size_t i = 0; i < equation->count; i++)
        for (size_t j = 0; j < equation->sides[i].count; j++) {
            const struct operand *o = &equation->sides[i].operands[j];
            const struct cell_table *t = table_of(w, o);
            const char *line = o->line ? o->line : w->line;
            const char *column = o->column ? o->column : w->column;

            if (t->form && line && column && !cell_exists(t, line, column))
                return false;
        }
    return true;
}

static void weigh(struct weighing *w)
{
    const struct equation *equation = &w->balance->equation;
    struct sum *sums;

    if (!fits_side(w))
        return;
    sums = mem_zalloc(equation->count, sizeof(*sums));
    for (size_t i = 0; i < equation->count; i++)
        for (size_t j = 0; j < equation->sides[i].count; j++)
            add_operand(w, &sums[i], &equation->sides[i].operands[j]);
    for (size_t i = 1; i < equation->count; i++)
        compare(w, &sums[i - 1], &sums[i], equation->sides[i].is_at_most);
    for (size_t i = 0; i < equation->count; i++)
        free(sums[i].cited);
    free(sums);
}

/* Whether an operand before this one is of a table that has the line, too. */
static bool is_met_before(const struct weighing *w, size_t side, size_t operand, const char *line)
{
    const struct equation *equation = &w->balance->equation;

    for (size_t i = 0; i <= side; i++)
        for (size_t j = 0; j < (i < side ? equation->sides[i].count : operand); j++) {
            const struct operand *o = &equation->sides[i].operands[j];

            if (!o->line && !o->is_classes && !o->is_prior &&
                table_line(table_of(w, o)->table, line))
                return true;
        }
    return false;
}

static void weigh_lines_of(struct weighing *w, size_t side, size_t operand)
{
    const struct operand *o = &w->balance->equation.sides[side].operands[operand];
    const struct table *table = table_of(w, o)->table;

    if (o->line || o->is_classes || o->is_prior)
        return;
    w->is_missing |= !table_of(w, o)->is_held;
    for (size_t i = 0; table && i < table->lines.count; i++) {
        const struct line *line = &table->lines.items[i];

        if (!line->id.s || (w->balance->equation.each == EACH_CLASS && !codes_is_class(line)) ||
            is_met_before(w, side, operand, line->id.s))
            continue;
        w->line = line->id.s;
        weigh(w);
    }
}

static void weigh_lines(struct weighing *w)
{
    const struct equation *equation = &w->balance->equation;

    for (size_t i = 0; i < equation->count; i++)
        for (size_t j = 0; j < equation->sides[i].count; j++)
            weigh_lines_of(w, i, j);
}

/* Whether the figures of a column add up, and are printed where the others are; each id once. */
static bool is_weighed(const struct profile_table *form, const struct profile_column *column)
{
    const struct field *field = column_find(column->id.s, column->id.len);

    return (field->measure == MEASURE_AMOUNT || field->measure == MEASURE_COUNT) &&
           !(form->statutory.value && column->where.s) &&
           profile_table_column(form, column->id.s, NULL) == column;
}

static void weigh_columns(struct weighing *w)
{
    const struct profile_table *form = w->balance->equation.sides[0].operands[0].table;

    for (size_t i = 0; i < form->columns.count; i++) {
        if (is_weighed(form, &form->columns.items[i])) {
            w->column = form->columns.items[i].id.s;
            weigh(w);
        }
    }
}

/* --- sums of codes --- */

static void weigh_codes_in(struct weighing *w, const struct cell_table *t, const size_t *parents,
                           const char *column)
{
    size_t count = t->table->lines.count;
    struct sum *sums = mem_zalloc(count, sizeof(*sums));

    w->column = column;
    for (size_t i = 0; i < count; i++) {
        struct cell cell = cell_of(t, t->table->lines.items[i].id.s, column);

        if (parents[i] == count)
            continue;
        sums[parents[i]].is_part |= !t->is_held || cell.state == CELL_UNKNOWN;
        if (cell.state != CELL_UNKNOWN)
            add_cell(&sums[parents[i]], &cell, false);
    }
    for (size_t i = 0; i < count; i++) {
        struct sum whole = {0};
        struct cell cell;

        if (!sums[i].count)
            continue;
        w->line = t->table->lines.items[i].id.s;
        cell = cell_of(t, w->line, column);
        add_cell(&whole, &cell, false);
        compare(w, &whole, &sums[i], false);
        free(whole.cited);
        free(sums[i].cited);
    }
    free(sums);
}

static void weigh_codes(struct weighing *w)
{
    const struct balance *balance = w->balance->balance;
    const struct cell_table *t = cell_table_find(w->c, balance->table.s);
    const struct table *table = t->table;
    size_t *parents;

    w->is_missing = !t->is_held;
    if (!table)
        return;
    parents = codes_parents(table);
    for (size_t i = 0; i < t->form->columns.count; i++) {
        const char *column = t->form->columns.items[i].id.s;

        if (is_weighed(t->form, &t->form->columns.items[i]) &&
            (!balance->column.s || text_is(&balance->column, column)))
            weigh_codes_in(w, t, parents, column);
    }
    free(parents);
}

/* --- all balances --- */

static void weigh_balance(struct weighing *w)
{
    switch (w->balance->equation.each) {
    case EACH_LINE:
    case EACH_CLASS:
        weigh_lines(w);
        break;
    case EACH_COLUMN:
        weigh_columns(w);
        break;
    default:
        if (w->balance->equation.count)
            weigh(w);
        else
            weigh_codes(w);
    }
    if (w->is_missing && !w->is_compared)
        w->c->balances_unchecked++;
}

void check_balances(struct checking *c)
{
    for (size_t i = 0; i < c->form->balance_count; i++) {
        struct weighing w = {.c = c, .balance = &c->form->balances[i]};

        weigh_balance(&w);
    }
}
