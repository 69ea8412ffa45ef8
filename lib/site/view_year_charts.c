#include "base/base.h"

#include "site/view_charts.h"

#include "base/arena.h"
#include "model/catalog.h"
#include "model/lookup.h"
#include "site/chart.h"

/* One chart over the years of a department. */
struct maker {
    struct chart c;
    const struct department *department;
    const int64_t *years; /* oldest first, as the reports are */
    size_t count;
};

static const int64_t *list_years(const struct department *department, struct arena *arena)
{
    int64_t *years = arena_alloc(arena, department->reports.count * sizeof(*years));

    for (size_t i = 0; i < department->reports.count; i++)
        years[i] = department->reports.items[i].year.value;
    return years;
}

static void begin(struct chart_maker *m, const struct department *department, const char *id,
                  enum theme_word question, enum theme_word description, struct maker *out)
{
    *out = (struct maker){.department = department,
                          .years = list_years(department, m->arena),
                          .count = department->reports.count};
    chart_init(&out->c, m->theme, m->arena, id, question, description);
    for (size_t i = 0; i < out->count; i++)
        chart_head(&out->c, arena_format(m->arena, "%lld", (long long)out->years[i]));
}

/* A figure over the years, if it is stated for two of them and is not always zero. */
static void add_line(struct maker *m, const struct text *label, const char *table, const char *line)
{
    struct chart_row *row = chart_row(&m->c, label, m->count);
    size_t stated = 0, zeros = 0;

    for (size_t i = 0; i < m->count; i++) {
        const struct report *report = &m->department->reports.items[i];

        row->values[i] = chart_value(
            &m->c, line_quantity(table_line(report_table(report, table), line), "final"), 1);
        stated += row->values[i].is_stated;
        zeros += row->values[i].is_stated && !row->values[i].units;
    }
    if (stated < 2 || stated == zeros)
        chart_take_back(&m->c);
    if (stated > 1 && stated == zeros) {
        m->c.view.zeros.present = true;
        m->c.view.zeros.value++;
    }
}

static void put(struct chart_maker *m, struct maker *years)
{
    m->count += chart_lines(&years->c, years->years, years->count, &m->items[m->count]);
}

/* The whole of what a year had, spent and kept. */
static void put_years(struct chart_maker *m, const struct department *department)
{
    static const struct {
        enum theme_word label;
        const char *line;
    } totals[] = {{WORD_income, "income-total"},
                  {WORD_expenditure, "expenditure-total"},
                  {WORD_closing, "closing"}};
    struct maker years;

    begin(m, department, "years", WORD_chart_years, WORD_chart_years_read, &years);
    for (size_t i = 0; i < ARRAY_SIZE(totals); i++) {
        struct text label = text_of(theme_word(m->theme, totals[i].label));

        add_line(&years, &label, "income_expenditure_summary", totals[i].line);
    }
    put(m, &years);
}

/* The total and its parts, as the newest of the years prints them. */
static void put_public(struct chart_maker *m, const struct department *department,
                       const struct catalog *catalog)
{
    const struct report *newest = &department->reports.items[department->reports.count - 1];
    const struct profile_table *form =
        profile_table(catalog_profile(catalog, newest->profile.s), "three_public");
    struct maker years;

    begin(m, department, "three-public", WORD_chart_public, WORD_chart_public_read, &years);
    for (size_t i = 0; form && i < form->lines.count; i++) {
        const struct profile_line *line = &form->lines.items[i];

        if (line->level.value < 2 && !line->where.s)
            add_line(&years, &line->label, form->id.s, line->id.s);
    }
    put(m, &years);
}

void view_charts_of_department(struct chart_maker *m, const struct department *department,
                               const struct catalog *catalog)
{
    if (department->reports.count < 2)
        return;
    put_years(m, department);
    put_public(m, department, catalog);
}
