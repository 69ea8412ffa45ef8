#include "base/base.h"

#include "site/chart.h"

#include "base/arena.h"

static const struct flag yes = {.value = true, .present = true};

/* --- dots --- */

enum { DOT_STEP = 6, STRIP_MOST = 42 };

/* How many values before this one are the same. */
static unsigned same_before(const struct chart_row *row, size_t i)
{
    unsigned count = 0;

    for (size_t j = 1; j < i; j++)
        count += row->values[j].is_stated && row->values[j].units == row->values[i].units;
    return count;
}

static unsigned highest_stack(const struct chart_row *row)
{
    unsigned most = 1;

    for (size_t i = 1; i < row->count; i++)
        if (row->values[i].is_stated && same_before(row, i) + 1 > most)
            most = same_before(row, i) + 1;
    return most;
}

/* Equal scores stand on each other. */
static void draw_dots(struct chart *c, const struct chart_row *from)
{
    struct view_chart_row *row = chart_view_row(c, from);
    unsigned stack = highest_stack(from), step = DOT_STEP, bottom;
    struct view_chart_text *text;

    chart_label(c, from, row);
    if (stack * step > STRIP_MOST)
        step = STRIP_MOST / stack;
    bottom = c->y + DOT_STEP / 2 + stack * step;
    for (size_t i = 1; i < from->count; i++) {
        unsigned x = chart_place(c, from->values[i].units, CHART_BARS);

        if (from->values[i].is_stated)
            row->dots.items[row->dots.count++] = (struct view_chart_dot){
                chart_across(c->arena, x),
                chart_down(c->arena, bottom - DOT_STEP / 2 - same_before(from, i) * step)};
    }
    row->lines.items[row->lines.count++] = (struct view_chart_line){
        chart_across(c->arena, 0), chart_down(c->arena, bottom), chart_across(c->arena, CHART_BARS),
        chart_down(c->arena, bottom), yes};
    if (from->values[0].is_stated) {
        struct text x = chart_across(c->arena, chart_place(c, from->values[0].units, CHART_BARS));

        row->lines.items[row->lines.count++] =
            (struct view_chart_line){.x1 = x,
                                     .y1 = chart_down(c->arena, c->y),
                                     .x2 = x,
                                     .y2 = chart_down(c->arena, bottom + DOT_STEP / 2)};
    }
    text = chart_text(row, chart_across(c->arena, CHART_WIDTH), chart_down(c->arena, bottom),
                      text_of(from->values[0].words));
    text->end = yes;
    text->quiet.value = !from->values[0].is_stated;
    c->y = bottom + DOT_STEP + CHART_GAP;
}

bool chart_dots(struct chart *c, struct view_chart *out)
{
    unsigned top;

    if (!chart_begin(c))
        return false;
    top = c->y;
    for (size_t i = 0; i < c->count; i++)
        if (!c->rows[i].count)
            chart_label(c, &c->rows[i], chart_view_row(c, &c->rows[i]));
        else
            draw_dots(c, &c->rows[i]);
    if (c->whole)
        chart_guide(c, c->whole, top, c->y);
    chart_end(c, out);
    return true;
}

/* --- lines --- */

enum { PLOT = 40, PLOT_LEFT = 60, PLOT_WIDTH = 880, ABOVE = 5, ALL_LABELLED = 3 };

/* Where a year stands: years that are missing leave room. */
static unsigned year_place(const int64_t *years, size_t count, size_t i)
{
    int64_t span = years[count - 1] - years[0];

    return PLOT_LEFT + (span ? (unsigned)((years[i] - years[0]) * PLOT_WIDTH / span) : 0);
}

static unsigned height_at(const struct chart *c, wide units, unsigned bottom)
{
    return bottom - chart_place(c, units, PLOT);
}

/* What stands above or below a point: at the ends it keeps inside of the picture. */
static void add_point_text(struct view_chart_row *row, size_t i, size_t count, struct text x,
                           struct text y, struct text text, bool is_quiet)
{
    struct view_chart_text *to = chart_text(row, x, y, text);

    to->end.value = i && i + 1 == count;
    to->middle.value = i && i + 1 < count;
    to->quiet.value = is_quiet;
}

/* The values of years that follow each other are joined; one that is absent leaves a hole. */
static void draw_points(struct chart *c, const struct chart_row *from, const int64_t *years,
                        unsigned bottom, struct view_chart_row *row)
{
    const struct view_chart_dot *before = NULL;

    for (size_t i = 0; i < from->count; i++) {
        struct view_chart_dot *dot = &row->dots.items[row->dots.count];

        if (!from->values[i].is_stated) {
            before = NULL;
            continue;
        }
        *dot = (struct view_chart_dot){
            chart_across(c->arena, year_place(years, from->count, i)),
            chart_down(c->arena, height_at(c, from->values[i].units, bottom))};
        row->dots.count++;
        if (before && years[i] == years[i - 1] + 1)
            row->lines.items[row->lines.count++] = (struct view_chart_line){
                .x1 = before->x, .y1 = before->y, .x2 = dot->x, .y2 = dot->y};
        before = dot;
    }
}

/* Values stand above the plot, years below it: of all points when there are few, or else at the
 * ends. */
static void add_point_texts(struct chart *c, const struct chart_row *from, const int64_t *years,
                            unsigned bottom, struct view_chart_row *row)
{
    for (size_t i = 0; i < from->count; i++) {
        struct text x = chart_across(c->arena, year_place(years, from->count, i));

        if (i && i + 1 < from->count && from->count > ALL_LABELLED)
            continue;
        add_point_text(row, i, from->count, x, chart_down(c->arena, bottom - PLOT - ABOVE),
                       text_of(from->values[i].words), !from->values[i].is_stated);
        add_point_text(row, i, from->count, x, chart_down(c->arena, bottom + CHART_LINE),
                       text_of(arena_format(c->arena, "%lld", (long long)years[i])), true);
    }
}

static void draw_line(struct chart *c, const struct chart_row *from, const int64_t *years)
{
    struct view_chart_row *row = chart_view_row(c, from);
    unsigned bottom;

    chart_label(c, from, row);
    bottom = c->y + CHART_LINE + ABOVE + PLOT;
    row->lines.items[row->lines.count++] = (struct view_chart_line){
        chart_across(c->arena, 0), chart_down(c->arena, height_at(c, 0, bottom)),
        chart_across(c->arena, CHART_WIDTH), chart_down(c->arena, height_at(c, 0, bottom)), yes};
    draw_points(c, from, years, bottom, row);
    add_point_texts(c, from, years, bottom, row);
    c->y = bottom + CHART_LINE + 2 * CHART_GAP;
}

bool chart_lines(struct chart *c, const int64_t *years, size_t count, struct view_chart *out)
{
    if (count < 2 || !chart_begin(c))
        return false;
    for (size_t i = 0; i < c->count; i++)
        draw_line(c, &c->rows[i], years);
    chart_end(c, out);
    return true;
}
