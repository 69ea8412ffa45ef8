#include "base/base.h"

#include "site/view_charts.h"

#include "base/arena.h"
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

/* The label of a line, as the newest report has it. */
static struct text label_of(const struct department *department, const char *table,
                            const char *line)
{
    for (size_t i = department->reports.count; i-- > 0;) {
        const struct line *found =
            table_line(report_table(&department->reports.items[i], table), line);

        if (found)
            return found->label;
    }
    return text_of(NULL);
}

/* A figure over the years, if it is stated for two of them. */
static void add_line(struct maker *m, const char *table, const char *line)
{
    struct text label = label_of(m->department, table, line);
    struct chart_row *row = chart_row(&m->c, &label, m->count);
    size_t stated = 0;

    for (size_t i = 0; i < m->count; i++) {
        const struct report *report = &m->department->reports.items[i];

        row->values[i] = chart_value(
            &m->c, line_quantity(table_line(report_table(report, table), line), "final"), 1);
        stated += row->values[i].is_stated;
    }
    if (stated < 2)
        chart_take_back(&m->c);
}

void view_charts_of_department(struct chart_maker *m, const struct department *department)
{
    static const char *const totals[] = {"income-total", "expenditure-total", "closing"};
    static const char *const parts[] = {"total", "abroad", "vehicles", "reception"};
    struct maker years;

    if (department->reports.count < 2)
        return;
    begin(m, department, "years", WORD_chart_years, WORD_chart_years_read, &years);
    for (size_t i = 0; i < ARRAY_SIZE(totals); i++)
        add_line(&years, "income_expenditure_summary", totals[i]);
    m->count += chart_lines(&years.c, years.years, years.count, &m->items[m->count]);
    begin(m, department, "three-public", WORD_chart_public, WORD_chart_public_read, &years);
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
        add_line(&years, "three_public", parts[i]);
    m->count += chart_lines(&years.c, years.years, years.count, &m->items[m->count]);
}
