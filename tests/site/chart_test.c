/*
 * Where things stand in a chart: all places are computed by hand. A row of letters is 1.4em, and a
 * bar .9em; bars have the first 56 % of the width.
 */
#include "base/base.h"

#include "site/chart.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "site/quantities.h"
#include "site/small_theme.h"

struct made {
    struct arena arena;
    struct errs errs;
    struct theme *theme;
};

static int set_up(void **state)
{
    struct made *m = test_calloc(1, sizeof(*m));

    m->theme = load_small_theme(&m->errs);
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    struct made *m = *state;

    theme_free(m->theme);
    arena_release(&m->arena);
    errs_release(&m->errs);
    test_free(m);
    return 0;
}

/* "76", "—" for a dash, "" for what is absent. */
static struct chart_value value_of(struct chart *c, const char *s, unsigned series)
{
    struct quantity q = made_quantity(s, MEASURE_PERCENT, "%");

    return chart_value(c, &q, series);
}

/* "label: 76 95, other: 100 " -- the values of a row, of which each has its pattern. */
static void add_rows(struct chart *c, const char *rows)
{
    char *copy = arena_strdup(c->arena, rows), *row;

    while ((row = strsep(&copy, ";"))) {
        char *values = strchr(row, ':'), *value;
        struct chart_row *to;
        struct text label;
        size_t count = 1, i = 0;

        *values++ = '\0';
        for (const char *s = values; *s; s++)
            count += *s == ',';
        label = text_of(row);
        to = chart_row(c, &label, count);
        while ((value = strsep(&values, ","))) {
            to->values[i] = value_of(c, value, (unsigned)i + 1);
            i++;
        }
    }
}

static void show_row(const struct view_chart_row *row, struct strbuf *out)
{
    for (size_t i = 0; i < row->texts.count; i++) {
        const struct view_chart_text *text = &row->texts.items[i];

        strbuf_addf(out, "%s %s %s%s%s%s\n", text->text.s, text->x.s, text->y.s,
                    text->end.value ? " end" : "", text->middle.value ? " middle" : "",
                    text->quiet.value ? " quiet" : "");
    }
    for (size_t i = 0; i < row->bars.count; i++)
        strbuf_addf(out, "  bar %lld: %s %s %s\n", (long long)row->bars.items[i].series.value,
                    row->bars.items[i].x.s, row->bars.items[i].width.s, row->bars.items[i].y.s);
    for (size_t i = 0; i < row->lines.count; i++) {
        const struct view_chart_line *line = &row->lines.items[i];

        strbuf_addf(out, "  %s: %s %s to %s %s\n", line->axis.value ? "axis" : "line", line->x1.s,
                    line->y1.s, line->x2.s, line->y2.s);
    }
    for (size_t i = 0; i < row->dots.count; i++)
        strbuf_addf(out, "  dot: %s %s\n", row->dots.items[i].x.s, row->dots.items[i].y.s);
}

static void assert_view(const struct view_chart *view, bool made, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;

    for (size_t i = 0; made && i < view->rows.count; i++)
        show_row(&view->rows.items[i], &shown);
    for (size_t i = 0; made && i < view->guides.count; i++) {
        const struct view_chart_line *line = &view->guides.items[i];

        assert_string_equal(line->x1.s, line->x2.s);
        strbuf_addf(&shown, "%s %s, %s to %s\n", line->axis.value ? "zero" : "whole", line->x1.s,
                    line->y1.s, line->y2.s);
    }
    strbuf_addf(&shown, "%s", made ? view->height.s : "no chart");
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
}

static void begin(struct made *m, const char *rows, struct chart *c)
{
    chart_init(c, m->theme, &m->arena, "x", WORD_chart_uses, WORD_chart_uses_read);
    add_rows(c, rows);
}

static void assert_bars(struct made *m, const char *rows, unsigned whole, const char *expected)
{
    struct number n = number_count(whole);
    struct view_chart view;
    struct chart c;
    bool made;

    begin(m, rows, &c);
    c.whole = c.high = n.units;
    made = chart_bars(&c, &view);
    assert_view(&view, made, expected);
}

static void bars_begin_at_zero(void **state)
{
    assert_bars(*state, "甲:100;乙:50", 0,
                "甲 0em 1.1em\n"
                "100% 100% 2.5em end\n"
                "  bar 1: 0% 56% 1.6em\n"
                "乙 0em 4.6em\n"
                "50% 100% 6em end\n"
                "  bar 1: 0% 28% 5.1em\n"
                "zero 0%, 0em to 7em\n"
                "7em");
}

static void what_is_below_zero_goes_to_the_left(void **state)
{
    assert_bars(*state, "甲:-50;乙:150", 0,
                "甲 0em 1.1em\n"
                "-50% 100% 2.5em end\n"
                "  bar 1: 0% 14% 1.6em\n"
                "乙 0em 4.6em\n"
                "150% 100% 6em end\n"
                "  bar 1: 14% 42% 5.1em\n"
                "zero 14%, 0em to 7em\n"
                "7em");
}

static void absent_is_not_zero(void **state)
{
    assert_bars(*state, "甲:,40;乙:0,20;丙:—,40", 0,
                "甲 0em 1.1em\n"
                "the absent 100% 2.5em end quiet\n"
                "40% 100% 3.8em end\n"
                "  bar 2: 0% 56% 2.9em\n"
                "乙 0em 5.9em\n"
                "0% 100% 7.3em end\n"
                "20% 100% 8.6em end\n"
                "  bar 2: 0% 28% 7.7em\n"
                "丙 0em 10.7em\n"
                "—— 100% 12.1em end quiet\n"
                "40% 100% 13.4em end\n"
                "  bar 2: 0% 56% 12.5em\n"
                "zero 0%, 0em to 14.4em\n"
                "14.4em");
}

static void more_than_the_whole_stays_inside(void **state)
{
    assert_bars(*state, "甲:120;乙:60", 100,
                "甲 0em 1.1em\n"
                "120% 100% 2.5em end\n"
                "  bar 1: 0% 56% 1.6em\n"
                "乙 0em 4.6em\n"
                "60% 100% 6em end\n"
                "  bar 1: 0% 28% 5.1em\n"
                "zero 0%, 0em to 7em\n"
                "whole 46.7%, 0em to 7em\n"
                "7em");
    assert_bars(*state, "甲:50;乙:25", 100,
                "甲 0em 1.1em\n"
                "50% 100% 2.5em end\n"
                "  bar 1: 0% 28% 1.6em\n"
                "乙 0em 4.6em\n"
                "25% 100% 6em end\n"
                "  bar 1: 0% 14% 5.1em\n"
                "zero 0%, 0em to 7em\n"
                "whole 56%, 0em to 7em\n"
                "7em");
}

static void a_little_can_be_seen(void **state)
{
    assert_bars(*state, "甲:1000000;乙:1;丙:-1", 0,
                "甲 0em 1.1em\n"
                "1,000,000% 100% 2.5em end\n"
                "  bar 1: 0% 56% 1.6em\n"
                "乙 0em 4.6em\n"
                "1% 100% 6em end\n"
                "  bar 1: 0% 0.4% 5.1em\n"
                "丙 0em 8.1em\n"
                "-1% 100% 9.5em end\n"
                "  bar 1: 0% 0.4% 8.6em\n"
                "zero 0%, 0em to 10.5em\n"
                "10.5em");
}

static void the_largest_numbers_fit(void **state)
{
    assert_bars(*state, "甲:9223372036854;乙:-9223372036854", 0,
                "甲 0em 1.1em\n"
                "9,223,372,036,854% 100% 2.5em end\n"
                "  bar 1: 28% 28% 1.6em\n"
                "乙 0em 4.6em\n"
                "-9,223,372,036,854% 100% 6em end\n"
                "  bar 1: 0% 28% 5.1em\n"
                "zero 28%, 0em to 7em\n"
                "7em");
}

static void nothing_to_compare_is_no_chart(void **state)
{
    assert_bars(*state, "甲:100", 0, "no chart");
    assert_bars(*state, "甲:100;乙:", 0, "no chart");
    assert_bars(*state, "甲:100;乙:—", 0, "no chart");
    assert_bars(*state, "甲:0;乙:0", 0, "no chart");
}

static void equal_dots_stand_on_each_other(void **state)
{
    struct made *m = *state;
    struct number hundred = number_count(100);
    struct view_chart view;
    struct chart c;

    begin(m, "甲:50,50,50,100;乙:,25,", &c);
    c.whole = c.high = hundred.units;
    assert_view(&view, chart_dots(&c, &view),
                "甲 0em 1.1em\n"
                "50% 100% 2.9em end\n"
                "  axis: 0% 2.9em to 56% 2.9em\n"
                "  line: 28% 1.4em to 28% 3.2em\n"
                "  dot: 28% 2.6em\n"
                "  dot: 28% 2em\n"
                "  dot: 56% 2.6em\n"
                "乙 0em 5.2em\n"
                "the absent 100% 6.4em end quiet\n"
                "  axis: 0% 6.4em to 56% 6.4em\n"
                "  dot: 14% 6.1em\n"
                "whole 56%, 0em to 7.6em\n"
                "7.6em");
}

static void lines_have_holes(void **state)
{
    static const int64_t years[] = {2020, 2021, 2023}, four[] = {2020, 2021, 2022, 2023};
    struct view_chart view;
    struct chart c;

    begin(*state, "甲:10,20,40", &c);
    assert_view(&view, chart_lines(&c, years, 3, &view),
                "甲 0em 1.1em\n"
                "10% 6% 2.8em\n"
                "2020 6% 8.7em quiet\n"
                "20% 35.3% 2.8em middle\n"
                "2021 35.3% 8.7em middle quiet\n"
                "40% 94% 2.8em end\n"
                "2023 94% 8.7em end quiet\n"
                "  axis: 0% 7.3em to 100% 7.3em\n"
                "  line: 6% 6.3em to 35.3% 5.3em\n"
                "  dot: 6% 6.3em\n"
                "  dot: 35.3% 5.3em\n"
                "  dot: 94% 3.3em\n"
                "9.9em");
    begin(*state, "甲:10,20,", &c);
    assert_view(&view, chart_lines(&c, years, 3, &view),
                "甲 0em 1.1em\n"
                "10% 6% 2.8em\n"
                "2020 6% 8.7em quiet\n"
                "20% 35.3% 2.8em middle\n"
                "2021 35.3% 8.7em middle quiet\n"
                "the absent 94% 2.8em end quiet\n"
                "2023 94% 8.7em end quiet\n"
                "  axis: 0% 7.3em to 100% 7.3em\n"
                "  line: 6% 5.3em to 35.3% 3.3em\n"
                "  dot: 6% 5.3em\n"
                "  dot: 35.3% 3.3em\n"
                "9.9em");
    begin(*state, "甲:-10,,20,30", &c);
    assert_view(&view, chart_lines(&c, four, 4, &view),
                "甲 0em 1.1em\n"
                "-10% 6% 2.8em\n"
                "2020 6% 8.7em quiet\n"
                "30% 94% 2.8em end\n"
                "2023 94% 8.7em end quiet\n"
                "  axis: 0% 6.3em to 100% 6.3em\n"
                "  line: 64.6% 4.3em to 94% 3.3em\n"
                "  dot: 6% 7.3em\n"
                "  dot: 64.6% 4.3em\n"
                "  dot: 94% 3.3em\n"
                "9.9em");
}

/* The lines of a text in that room, with | between them. */
static void assert_broken(const char *text, unsigned room, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;
    size_t len = strlen(text), line;

    for (; len; text += line, len -= line) {
        line = chart_line_break(text, len, room);
        assert_in_range(line, 1, len);
        if (shown.len)
            strbuf_addch(&shown, '|');
        strbuf_add(&shown, text, line);
    }
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
}

static void labels_are_broken_where_they_may(void **state)
{
    (void)state;
    assert_broken("一二三四五六七", 30, "一二三|四五六|七");
    assert_broken("一二三，四五六", 30, "一二|三，四|五六");
    assert_broken("General public budget", 90, "General public |budget");
    assert_broken("Generalpublic", 30, "Gener|alpub|lic");
    assert_broken("2020年A区", 40, "2020年A|区");
    assert_broken("一二 ", 20, "一二 ");
    assert_int_equal(chart_text_width("一A", strlen("一A")), 16);
}

static void long_labels_have_several_lines(void **state)
{
    assert_bars(*state, "一二三四五六七八九十一二三四五六七八九十百:1;乙:1", 0,
                "一二三四五六七八九十一二三四五六七八九十 0em 1.1em\n"
                "百 0em 2.5em\n"
                "1% 100% 3.9em end\n"
                "  bar 1: 0% 56% 3em\n"
                "乙 0em 6em\n"
                "1% 100% 7.4em end\n"
                "  bar 1: 0% 56% 6.5em\n"
                "zero 0%, 0em to 8.4em\n"
                "8.4em");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_begin_at_zero),
        cmocka_unit_test(what_is_below_zero_goes_to_the_left),
        cmocka_unit_test(absent_is_not_zero),
        cmocka_unit_test(more_than_the_whole_stays_inside),
        cmocka_unit_test(a_little_can_be_seen),
        cmocka_unit_test(the_largest_numbers_fit),
        cmocka_unit_test(nothing_to_compare_is_no_chart),
        cmocka_unit_test(equal_dots_stand_on_each_other),
        cmocka_unit_test(lines_have_holes),
        cmocka_unit_test(labels_are_broken_where_they_may),
        cmocka_unit_test(long_labels_have_several_lines),
    };

    return cmocka_run_group_tests_name("chart", tests, set_up, tear_down);
}
