#include "base/base.h"

#include "site/view_history.h"

#include "base/arena.h"
#include "base/strmap.h"
#include "check/number.h"
#include "check/rule.h"
#include "model/lookup.h"
#include "site/theme.h"
#include "site/view_table.h"
#include "site/view_trend.h"

/* One table over the years. */
struct maker {
    const struct department *department;
    const struct catalog *catalog;
    const struct theme *theme;
    const struct profile_table *form; /* of the newest year that has the table */
    struct arena *arena;
    struct strmap rows; /* line id -> struct view_row */
    struct view_history *out;
};

/* The i-th report from the newest. */
static const struct report *report_at(const struct department *department, size_t i)
{
    return &department->reports.items[department->reports.count - 1 - i];
}

/* The table as a year prints it, or NULL. */
static const struct profile_table *form_of(const struct maker *m, const struct report *report)
{
    return profile_table(catalog_profile(m->catalog, report->profile.s), m->form->id.s);
}

/* The side of a line; the one behind the last is for lines that are on none. */
static struct view_side *side_of(struct maker *m, const struct profile_table *form,
                                 const struct line *line)
{
    const struct profile_line *fixed = profile_table_line(form, line->id.s);
    size_t i = 0;

    while (i < m->form->sides.count &&
           !(fixed && text_is(&fixed->side, m->form->sides.items[i].id.s)))
        i++;
    return &m->out->sides.items[i];
}

static struct view_row *row_for(struct maker *m, const struct report *report,
                                const struct line *line)
{
    const struct profile_table *form = m->form;
    struct view_side *side;
    struct view_row *row;
    bool is_new;
    void **slot = strmap_put(&m->rows, line->id.s, line->id.len, &is_new);

    if (!is_new)
        return *slot;
    if (!profile_table_line(form, line->id.s) && form_of(m, report))
        form = form_of(m, report);
    side = side_of(m, form, line);
    row = &side->rows.items[side->rows.count++];
    *slot = row;
    view_row_name(m->theme, form, line, row);
    if (row->code.s)
        side->has_codes = (struct flag){.value = true, .present = true};
    row->cells.items = arena_zalloc(m->arena, m->out->years.count, sizeof(*row->cells.items));
    row->cells.count = m->out->years.count;
    return row;
}

/* How many lines of a table all years have, at most. */
static size_t count_lines(const struct department *department, const char *table)
{
    size_t count = 0;

    for (size_t i = 0; i < department->reports.count; i++) {
        const struct table *t = report_table(&department->reports.items[i], table);

        count += t ? t->lines.count : 0;
    }
    return count;
}

/* That a year says another number of the year before than that year did; or NULL. */
static struct finding *restatement(const struct line *line)
{
    for (size_t i = 0; i < line->figures.count; i++) {
        const struct quantity_findings *findings = line->figures.items[i].value.findings;

        for (size_t j = 0; findings && j < findings->count; j++)
            if (text_is(&findings->items[j]->rule, rules[RULE_PRIOR_REPORT].id))
                return (struct finding *)findings->items[j];
    }
    return NULL;
}

/* Whether any year says otherwise of another in this table. */
static bool is_restated(const struct department *department, const char *table)
{
    for (size_t i = 0; i < department->reports.count; i++) {
        const struct table *t = report_table(&department->reports.items[i], table);

        for (size_t j = 0; t && j < t->lines.count; j++)
            if (restatement(&t->lines.items[j]))
                return true;
    }
    return false;
}

static void add_line(struct maker *m, size_t column, const struct report *report,
                     const struct line *line)
{
    const struct quantity *q = line_quantity(line, "final");
    struct finding *restated = restatement(line);
    struct view_row *row = q || restated ? row_for(m, report, line) : NULL;

    if (q)
        row->cells.items[column].value = *q;
    if (restated && column + 1 < m->out->years.count)
        row->cells.items[column + 1].restated = restated;
}

static void add_year(struct maker *m, size_t column, const struct report *report)
{
    const struct table *table = report_table(report, m->form->id.s);
    struct view_column *head = &m->out->years.items[column];

    head->year = report->year;
    head->unit = table && table->unit.s ? table->unit : report->unit;
    for (size_t i = 0; table && i < table->lines.count; i++)
        add_line(m, column, report, &table->lines.items[i]);
}

/* Lines in printed order first, whichever year has them. */
static void add_fixed_rows(struct maker *m)
{
    for (size_t i = 0; i < m->form->lines.count; i++)
        for (size_t j = 0; j < m->department->reports.count; j++) {
            const struct report *report = report_at(m->department, j);
            const struct line *line =
                table_line(report_table(report, m->form->id.s), m->form->lines.items[i].id.s);

            if (line_quantity(line, "final")) {
                row_for(m, report, line);
                break;
            }
        }
}

static bool comes_before(const struct view_row *a, const struct view_row *b)
{
    if (!a->code.s || !b->code.s)
        return a->code.s && !b->code.s; /* totals last */
    return strcmp(a->code.s, b->code.s) < 0;
}

/* A table by codes is sorted by them, since each year has others. Stable, and quick on rows that
 * are nearly sorted. */
static void sort_rows(struct view_side *out)
{
    for (size_t i = 1; i < out->rows.count; i++) {
        struct view_row row = out->rows.items[i];
        size_t j = i;

        for (; j && comes_before(&row, &out->rows.items[j - 1]); j--)
            out->rows.items[j] = out->rows.items[j - 1];
        out->rows.items[j] = row;
    }
}

/* Those of the form, and one for lines that are on none. */
static void open_sides(struct maker *m)
{
    size_t count = m->form->sides.count;
    size_t lines = count_lines(m->department, m->form->id.s);

    m->out->sides.items = arena_zalloc(m->arena, count + 1, sizeof(*m->out->sides.items));
    m->out->sides.count = count + 1;
    for (size_t i = 0; i <= count; i++) {
        struct view_side *side = &m->out->sides.items[i];

        side->rows.items = arena_zalloc(m->arena, lines, sizeof(*side->rows.items));
        if (i < count)
            side->caption = theme_phrase(m->theme, &m->form->sides.items[i].title);
        else
            side->other.value = count > 0;
    }
}

static void add_trends(struct maker *m, struct view_side *side)
{
    for (size_t i = 0; i < side->rows.count; i++) {
        struct view_row *row = &side->rows.items[i];

        row->trend = view_trend_make(row->cells.items, row->cells.count, m->arena);
        if (row->trend && row->trend->points.s)
            m->out->drawn.value = true;
    }
}

/* Sides without a row are left out. */
static void close_sides(struct maker *m)
{
    size_t count = 0;

    for (size_t i = 0; i < m->out->sides.count; i++) {
        struct view_side *side = &m->out->sides.items[i];

        if (!side->rows.count)
            continue;
        if (m->form->codes.s)
            sort_rows(side);
        add_trends(m, side);
        m->out->sides.items[count++] = *side;
    }
    m->out->sides.count = count;
}

static void make_table(struct maker *m)
{
    size_t years = m->department->reports.count;

    m->out->table = m->form->id;
    m->out->title = theme_phrase(m->theme, &m->form->title);
    m->out->years.items = arena_zalloc(m->arena, years, sizeof(*m->out->years.items));
    m->out->years.count = years;
    m->out->several.value = years > 1;
    m->rows = (struct strmap)STRMAP_INIT;
    open_sides(m);
    add_fixed_rows(m);
    for (size_t i = 0; i < years; i++)
        add_year(m, i, report_at(m->department, i));
    close_sides(m);
    strmap_release(&m->rows);
}

static bool is_made(const struct view_history *items, size_t count, const struct text *table)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(&items[i].table, table->s))
            return true;
    return false;
}

/* All tables in which a year has final accounts, or only those that view_history_make() wants. */
static void make_tables(const struct theme *theme, const struct department *department, bool all,
                        const struct catalog *catalog, struct arena *arena,
                        struct view_history **items, size_t *count)
{
    size_t most = 0;

    for (size_t i = 0; i < catalog->profile_count; i++)
        most += catalog->profiles[i].tables.count;
    *items = arena_zalloc(arena, most, sizeof(**items));
    *count = 0;
    for (size_t i = 0; i < department->reports.count; i++) {
        const struct profile *profile =
            catalog_profile(catalog, report_at(department, i)->profile.s);

        for (size_t j = 0; j < profile->tables.count; j++) {
            struct maker m = {.department = department,
                              .catalog = catalog,
                              .theme = theme,
                              .form = &profile->tables.items[j],
                              .arena = arena,
                              .out = &(*items)[*count]};

            if (is_made(*items, *count, &m.form->id) ||
                (!all && !m.form->statutory.value && !is_restated(department, m.form->id.s)))
                continue;
            make_table(&m);
            if (m.out->sides.count)
                ++*count;
            else
                memset(m.out, 0, sizeof(*m.out));
        }
    }
}

void view_history_make(const struct theme *theme, const struct department *department,
                       const struct catalog *catalog, struct arena *arena,
                       struct view_history **items, size_t *count)
{
    make_tables(theme, department, false, catalog, arena, items, count);
}

/* --- two years --- */

/* How far from zero the number of a cell is; zero when it states none. */
static struct number size_of(const struct view_cell *cell)
{
    struct number n;

    if (!number_of(&cell->value, 0, &n))
        return (struct number){0};
    if (n.units < 0)
        n.units = -n.units;
    return n;
}

/* Calls what() for each cell of a table. */
static void each_cell(struct view_history *table,
                      void (*what)(struct view_cell *cell, struct number *largest),
                      struct number *largest)
{
    for (size_t i = 0; i < table->sides.count; i++)
        for (size_t j = 0; j < table->sides.items[i].rows.count; j++) {
            struct view_row *row = &table->sides.items[i].rows.items[j];

            for (size_t k = 0; k < row->cells.count; k++)
                what(&row->cells.items[k], largest);
        }
}

static void find_largest(struct view_cell *cell, struct number *largest)
{
    struct number size = size_of(cell);

    if (size.units > largest->units)
        *largest = size;
}

/* In per cent of the largest; what is more than nothing can be seen. */
static void add_bar(struct view_cell *cell, struct number *largest)
{
    struct number size = size_of(cell);
    struct decimal percent;

    if (size.units && ratio_percent(&size, largest, 0, &percent))
        cell->bar = (struct integer){percent.units ? percent.units : 1, true, {0, 0}};
}

void view_history_make_two(const struct theme *theme, const struct department *department,
                           size_t index, const struct catalog *catalog, struct arena *arena,
                           struct view_history **items, size_t *count)
{
    struct department two = *department;

    two.reports.items += index - 1;
    two.reports.count = 2;
    make_tables(theme, &two, true, catalog, arena, items, count);
    for (size_t i = 0; i < *count; i++) {
        struct number largest = {0};

        each_cell(&(*items)[i], find_largest, &largest);
        each_cell(&(*items)[i], add_bar, &largest);
        (*items)[i].barred.value = largest.units > 0;
    }
}
