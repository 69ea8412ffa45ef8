#include "base/base.h"

#include "site/view_charts.h"

#include "base/arena.h"
#include "model/catalog.h"
#include "model/lookup.h"
#include "site/chart.h"

/* The patterns of what is said of money. */
enum { TOTAL = 1, PART = 2, REST = 4 };
/* More than these are not a picture any more. */
enum { ROWS_MAX = 24 };

struct chart_maker chart_maker_of(const struct theme *theme, struct arena *arena)
{
    return (struct chart_maker){.theme = theme,
                                .arena = arena,
                                .items =
                                    arena_zalloc(arena, CHARTS_MAX, sizeof(struct view_chart))};
}

static void put_bars(struct chart_maker *m, struct chart *c)
{
    m->count += chart_bars(c, &m->items[m->count]);
}

static void show_source(struct chart_maker *m, struct chart *c, const struct table *table)
{
    chart_source(c, arena_format(m->arena, "table-%s", table->id.s), &table->title);
}

/* How many digits codes have, by their levels. */
enum { CLASS = 3, SECTION = 5, ITEM = 7 };

static bool is_code(const struct text *id)
{
    return line_id_is_code(id->s) && (id->len == CLASS || id->len == SECTION || id->len == ITEM);
}

static void count_one(struct integer *count)
{
    count->present = true;
    count->value++;
}

/* --- sources and uses --- */

/* One side of the summary while it is drawn. */
struct flow {
    struct chart *c;
    const struct profile_table *form;
    const struct table *table;
    const char *side;
    const struct quantity *total; /* of the side, with what was left over before and after */
    const struct quantity *year;  /* of the year alone; or NULL */
    bool printed, narrative;      /* which lines are the parts of that of the year */
};

static const struct quantity *figure_of(const struct flow *f, const struct profile_line *fixed)
{
    return line_quantity(table_line(f->table, fixed->id.s), "final");
}

/* Lines of no indent are parts of the total themselves. */
static bool is_part(const struct flow *f, const struct profile_line *fixed)
{
    if (!text_is(&fixed->side, f->side) || line_id_is_total(fixed->id.s) || fixed->level.value > 1)
        return false;
    return !fixed->level.value || (fixed->where.s ? f->narrative : f->printed);
}

/* The sum of the parts; of all of them, or of those of the year. False when there are none. */
static bool add_parts(const struct flow *f, bool of_year, struct number *sum)
{
    bool any = false;

    *sum = (struct number){0, 0};
    for (size_t i = 0; i < f->form->lines.count; i++) {
        const struct profile_line *fixed = &f->form->lines.items[i];
        const struct quantity *q = figure_of(f, fixed);
        struct number n;

        if (!is_part(f, fixed) || (of_year && !fixed->level.value) || !q || !number_of(q, 0, &n))
            continue;
        any = true;
        if (!number_add(sum, &n))
            return false;
    }
    return any;
}

/*
 * A document may tell the parts of the year in its table, in its text, or some here and some there,
 * and the text may tell the same parts otherwise: what is meant is what adds up. When nothing does,
 * the printed ones are taken.
 */
static void choose_parts(struct flow *f)
{
    static const struct {
        bool printed, narrative;
    } ways[] = {{true, false}, {false, true}, {true, true}};
    struct number year, sum;

    for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
        f->printed = ways[i].printed;
        f->narrative = ways[i].narrative;
        if (f->year && number_of(f->year, 0, &year) && add_parts(f, true, &sum) &&
            number_agree(&year, &sum))
            return;
    }
    f->printed = true;
    f->narrative = false;
    f->narrative = !add_parts(f, true, &sum);
}

/* The totals of a side: the last is of the whole, the one before of the year. */
static void find_totals(struct flow *f)
{
    f->total = f->year = NULL;
    for (size_t i = 0; i < f->form->lines.count; i++) {
        const struct profile_line *fixed = &f->form->lines.items[i];

        if (!text_is(&fixed->side, f->side) || fixed->level.value || !line_id_is_total(fixed->id.s))
            continue;
        f->year = f->total ? f->total : figure_of(f, fixed);
        f->total = figure_of(f, fixed);
    }
}

/* What the parts do not reach: the document does not say what it is. */
static void add_rest(const struct flow *f, const struct quantity *total)
{
    struct number whole, sum;
    struct text label = text_of(theme_word(f->c->theme, WORD_chart_rest));

    if (!total || !number_of(total, 0, &whole) || !add_parts(f, false, &sum) ||
        number_agree(&whole, &sum) || sum.units >= whole.units)
        return;
    chart_row(f->c, &label, 1)->values[0] =
        chart_computed(f->c, whole.units - sum.units, total->unit, total->number.scale, REST);
}

/* Gives whether there is any part. */
static bool add_side(const struct flow *f, const struct text *title, const struct quantity *total)
{
    size_t before;

    struct text label = text_of(theme_word(f->c->theme, WORD_chart_total));

    chart_row(f->c, title, 0)->is_heading = true;
    chart_row(f->c, &label, 1)->values[0] = chart_value(f->c, total, TOTAL);
    before = f->c->count;
    for (size_t i = 0; i < f->form->lines.count; i++) {
        const struct profile_line *fixed = &f->form->lines.items[i];
        const struct line *line = table_line(f->table, fixed->id.s);
        const struct quantity *q = line_quantity(line, "final");
        struct chart_value value;

        if (!q || !is_part(f, fixed))
            continue;
        value = chart_value(f->c, q, PART);
        if (value.is_stated && !value.units)
            count_one(&f->c->view.zeros);
        else
            chart_row(f->c, &line->label, 1)->values[0] = value;
    }
    add_rest(f, total);
    return f->c->count > before;
}

/* Two sides of one total. A side that has none has that of the other. */
static void put_flows(struct chart_maker *m, const struct report *report,
                      const struct profile *profile)
{
    const struct profile_table *form = profile_table(profile, "income_expenditure_summary");
    const struct table *table = form ? report_table(report, form->id.s) : NULL;
    struct flow sides[2];
    bool any = false;
    struct chart c;

    if (!table || form->sides.count != ARRAY_SIZE(sides))
        return;
    chart_init(&c, m->theme, m->arena, "flows", WORD_chart_flows, WORD_chart_flows_read);
    show_source(m, &c, table);
    chart_key(&c, theme_word(m->theme, WORD_chart_total));
    chart_key(&c, theme_word(m->theme, WORD_chart_part));
    for (size_t i = 0; i < ARRAY_SIZE(sides); i++) {
        sides[i] =
            (struct flow){.c = &c, .form = form, .table = table, .side = form->sides.items[i].id.s};
        find_totals(&sides[i]);
        choose_parts(&sides[i]);
    }
    for (size_t i = 0; i < ARRAY_SIZE(sides); i++)
        any |= add_side(&sides[i], &form->sides.items[i].title,
                        sides[i].total ? sides[i].total : sides[1 - i].total);
    if (any)
        put_bars(m, &c);
}

/* --- by codes --- */

/* How many lines have a code of up to so many digits, and a figure other than zero. */
static size_t count_codes(const struct table *table, size_t digits)
{
    size_t count = 0;

    for (size_t i = 0; table && i < table->lines.count; i++) {
        const struct line *line = &table->lines.items[i];
        const struct quantity *q = line_quantity(line, "final");

        count += is_code(&line->id) && line->id.len <= digits && q && q->number.units;
    }
    return count;
}

/* The first of these tables that has what there is to compare. */
static const struct table *table_by_codes(const struct report *report)
{
    static const char *const tables[] = {"expenditure", "general_public_expenditure"};

    for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
        const struct table *table = report_table(report, tables[i]);

        if (count_codes(table, ITEM) > 1)
            return table;
    }
    return NULL;
}

/* As deep as there are lines, and as there is room for. */
static size_t depth_for(const struct table *table)
{
    size_t digits = ITEM, above = SECTION - CLASS;

    while (digits > CLASS && (count_codes(table, digits) > ROWS_MAX ||
                              count_codes(table, digits) == count_codes(table, digits - above)))
        digits -= above;
    return digits;
}

static void put_codes(struct chart_maker *m, const struct report *report)
{
    static const enum theme_word levels[] = {WORD_depth_class, WORD_depth_section, WORD_depth_item};
    const struct table *table = table_by_codes(report);
    size_t depth;
    struct chart c;

    if (!table)
        return;
    depth = depth_for(table);
    chart_init(&c, m->theme, m->arena, "uses", WORD_chart_uses, WORD_chart_uses_read);
    show_source(m, &c, table);
    for (size_t i = 0; CLASS + 2 * i <= depth; i++)
        chart_key(&c, theme_word(m->theme, levels[i]));
    for (size_t i = 0; i < table->lines.count; i++) {
        const struct line *line = &table->lines.items[i];
        const struct quantity *q = line_quantity(line, "final");
        unsigned level = (unsigned)(line->id.len - CLASS) / 2;
        struct chart_row *row;

        if (!is_code(&line->id) || !q)
            continue;
        if (line->id.len > depth || c.count == ROWS_MAX) {
            count_one(&c.view.others);
            continue;
        }
        if (q->state == QUANTITY_STATED && !q->number.units) {
            count_one(&c.view.zeros);
            continue;
        }
        row = chart_row(&c, &line->label, 1);
        row->indent = level;
        row->values[0] = chart_value(&c, q, level + 1);
    }
    chart_name_highest(&c);
    put_bars(m, &c);
}

/* --- against the budget --- */

/* The budget that a line states, or else what it follows from the change. */
static struct chart_value budget_of(const struct chart *c, const struct line *line)
{
    const struct quantity *q = line_quantity(line, "initial_budget");
    const struct quantity *final = line_quantity(line, "final");
    const struct quantity *change = line_quantity(line, "budget_change");
    struct number n, less;

    if (q || !final || !change || !number_of(final, 0, &n) || !number_of(change, 0, &less) ||
        !number_subtract(&n, &less))
        return chart_value(c, q, 1);
    return chart_computed(
        c, n.units, final->unit,
        final->number.scale > change->number.scale ? final->number.scale : change->number.scale, 1);
}

/* Both must be there, and one of them not zero. What is no class has its code, since there are many
 * of one name. */
static void add_budget(struct chart *c, const struct line *line)
{
    struct text name = theme_phrase(c->theme, &line->label);
    struct text coded = text_of(arena_format(c->arena, "%s %s", line->id.s, name.s));
    struct chart_row *row = chart_row(c, line->id.len > CLASS ? &coded : &line->label, 2);

    row->values[0] = budget_of(c, line);
    row->values[1] = chart_value(c, line_quantity(line, "final"), 2);
    if (!row->values[0].is_stated || !row->values[1].is_stated ||
        (!row->values[0].units && !row->values[1].units))
        chart_take_back(c);
}

static const char *column_title(const struct theme *theme, const char *column)
{
    const struct field *field = column_find(column, strlen(column));

    return theme_field_title(theme, field);
}

static void begin_budget(struct chart_maker *m, const struct table *table, struct chart *c)
{
    chart_init(c, m->theme, m->arena, "budget", WORD_chart_budget, WORD_chart_budget_read);
    show_source(m, c, table);
    chart_key(c, column_title(m->theme, "initial_budget"));
    chart_key(c, column_title(m->theme, "final"));
    chart_head(c, column_title(m->theme, "initial_budget"));
    chart_head(c, column_title(m->theme, "final"));
}

/* By class; where the document compares only what is below, by that. */
static void put_budget(struct chart_maker *m, const struct report *report)
{
    const struct table *table = report_table(report, "general_public_expenditure");
    struct chart c;

    for (size_t digits = CLASS; table && digits <= ITEM; digits += SECTION - CLASS) {
        begin_budget(m, table, &c);
        for (size_t i = 0; i < table->lines.count; i++) {
            const struct line *line = &table->lines.items[i];

            if (!is_code(&line->id) || line->id.len != digits)
                continue;
            if (c.count == ROWS_MAX)
                count_one(&c.view.others);
            else
                add_budget(&c, line);
        }
        if (c.count)
            break;
    }
    if (table && c.count)
        put_bars(m, &c);
}

/* --- basic and project --- */

static void add_nature(struct chart *c, const struct text *label, const struct quantity *basic,
                       const struct quantity *project)
{
    struct chart_row *row;

    if (!basic && !project)
        return;
    row = chart_row(c, label, 2);
    row->values[0] = chart_value(c, basic, 1);
    row->values[1] = chart_value(c, project, 2);
    if (!row->values[0].units && !row->values[1].units)
        chart_take_back(c);
}

/* The total first, wherever it stands. */
static void add_natures(struct chart_maker *m, struct chart *c, const struct table *table)
{
    show_source(m, c, table);
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < table->lines.count; i++) {
            const struct line *line = &table->lines.items[i];

            if (pass ? is_code(&line->id) && line->id.len == CLASS : text_is(&line->id, "total"))
                add_nature(c, &line->label, line_quantity(line, "basic"),
                           line_quantity(line, "project"));
        }
}

/* What the summary tells in the text, when the table tells nothing. */
static void add_summary_nature(struct chart_maker *m, struct chart *c, const struct table *totals)
{
    const struct line *total = table_line(totals, "expenditure-total");

    if (!total)
        return;
    show_source(m, c, totals);
    add_nature(c, &total->label, line_quantity(table_line(totals, "expenditure-basic"), "final"),
               line_quantity(table_line(totals, "expenditure-project"), "final"));
}

static void put_nature(struct chart_maker *m, const struct report *report)
{
    const struct table *table = report_table(report, "expenditure");
    const struct table *totals = report_table(report, "income_expenditure_summary");
    struct chart c;

    chart_init(&c, m->theme, m->arena, "nature", WORD_chart_nature, WORD_chart_nature_read);
    chart_key(&c, column_title(m->theme, "basic"));
    chart_key(&c, column_title(m->theme, "project"));
    chart_head(&c, column_title(m->theme, "basic"));
    chart_head(&c, column_title(m->theme, "project"));
    if (table)
        add_natures(m, &c, table);
    if (totals && !c.count)
        add_summary_nature(m, &c, totals);
    put_bars(m, &c);
}

void view_charts_of_report(struct chart_maker *m, const struct report *report,
                           const struct profile *profile)
{
    put_flows(m, report, profile);
    put_codes(m, report);
    put_budget(m, report);
    put_nature(m, report);
    view_chart_of_projects(m, report);
}
