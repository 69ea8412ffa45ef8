#include "base/base.h"

#include "site/chart.h"

#include "base/arena.h"

static const struct flag yes = {.value = true, .present = true};

/* What is not zero can be seen. */
enum { BAR_LEAST = 4 };

static void draw_bar(struct chart *c, const struct chart_value *value, struct view_chart_row *row)
{
    unsigned zero = chart_place(c, 0, CHART_BARS), to = chart_place(c, value->units, CHART_BARS);
    unsigned left = zero < to ? zero : to, width = zero < to ? to - zero : zero - to;
    struct view_chart_text *text =
        chart_text(row, chart_across(c->arena, CHART_WIDTH), chart_down(c->arena, c->y + CHART_BAR),
                   text_of(value->words));

    text->end = yes;
    text->quiet.value = !value->is_stated;
    text->computed.value = value->is_computed;
    if (value->is_stated && value->units) {
        if (width < BAR_LEAST) {
            left -= to < zero && left >= BAR_LEAST - width ? BAR_LEAST - width : 0;
            width = BAR_LEAST;
        }
        row->bars.items[row->bars.count++] =
            (struct view_chart_bar){.series = {value->series, true, {0, 0}},
                                    .x = chart_across(c->arena, left),
                                    .y = chart_down(c->arena, c->y),
                                    .width = chart_across(c->arena, width)};
    }
    c->y += CHART_BAR_STEP;
}

static void draw_bars(struct chart *c, const struct chart_row *from)
{
    struct view_chart_row *row = chart_view_row(c, from);

    chart_label(c, from, row);
    if (from->is_heading)
        return;
    c->y += 2;
    for (size_t i = 0; i < from->count; i++)
        if (from->values[i].is_given)
            draw_bar(c, &from->values[i], row);
    c->y += CHART_GAP;
}

bool chart_bars(struct chart *c, struct view_chart *out)
{
    unsigned top;

    if (!chart_begin(c))
        return false;
    top = c->y;
    for (size_t i = 0; i < c->count; i++)
        draw_bars(c, &c->rows[i]);
    chart_guide(c, 0, top, c->y);
    if (c->whole)
        chart_guide(c, c->whole, top, c->y);
    chart_end(c, out);
    return true;
}
