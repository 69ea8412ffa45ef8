/*
 * How figures went over the years. Each case is written "newest, ..., oldest", with units; "—" is a
 * dash, "" is absent. Differences and per cents are computed by hand.
 */
#include "base/base.h"

#include "site/view_trend.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "site/quantities.h"

enum { CELLS_MAX = 8 };

/* `values` has "number unit" separated by commas. */
static void assert_trend(const char *values, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct view_cell cells[CELLS_MAX] = {0};
    struct strbuf shown = STRBUF_INIT;
    struct view_trend *trend;
    char *copy = arena_strdup(&arena, values), *value;
    size_t count = 0;

    while ((value = strsep(&copy, ","))) {
        char *blank = strchr(value, ' ');
        const char *unit = blank ? blank + 1 : "万元";

        assert_true(count < CELLS_MAX);
        if (blank)
            *blank = '\0';
        cells[count++].value =
            made_quantity(value, strcmp(unit, "%") ? MEASURE_AMOUNT : MEASURE_PERCENT, unit);
    }
    trend = view_trend_make(cells, count, &arena);
    if (trend)
        strbuf_addf(&shown, "%s %s%% %s", trend->difference.s ? trend->difference.s : "none",
                    trend->percent.s ? trend->percent.s : "none ",
                    trend->points.s ? trend->points.s : "no line");
    assert_string_equal(shown.buf ? shown.buf : "", expected);
    strbuf_release(&shown);
    arena_release(&arena);
}

static void two_years(void **state)
{
    (void)state;
    assert_trend("1262.00,1150.00", "+112.00 +9.74% no line");
    assert_trend("32.00,50.00", "-18.00 -36.00% no line");
    assert_trend("5,5.00", "0.00 0.00% no line");
    assert_trend("12345678.90,1", "+12,345,677.90 +1,234,567,790.00% no line");
}

static void units_are_converted(void **state)
{
    (void)state;
    assert_trend("1.5 万元,12000 元", "+0.3 +25.00% no line");
    assert_trend("12000 元,1.5 万元", "-3,000 -20.00% no line");
    assert_trend("95.5 %,95 %", "+0.5 +0.53% no line");
}

static void what_is_not_stated_has_no_change(void **state)
{
    (void)state;
    assert_trend("", "");
    assert_trend("1.00", "");
    assert_trend("1.00,", "");
    assert_trend("1.00,—", "");
    assert_trend("1.00,—,3.00", "none none % no line");
    assert_trend(",2.00,3.00,4.00", "none none % 1,1 21,8 42,15");
}

static void nothing_and_less_have_no_percent(void **state)
{
    (void)state;
    assert_trend("5.00,0.00", "+5.00 none % no line");
    assert_trend("5.00,-5.00", "+10.00 none % no line");
    assert_trend("-5.00,5.00", "-10.00 -200.00% no line");
}

static void lines_go_from_the_oldest(void **state)
{
    (void)state;
    assert_trend("3,2,1", "+1 +50.00% 1,15 32,8 63,1");
    assert_trend("1,2,3", "-1 -50.00% 1,1 32,8 63,15");
    assert_trend("7,7,7", "0 0.00% 1,8 32,8 63,8");
    assert_trend("92233720368547758.07 元,0.00 元,-92233720368547758.07 元",
                 "+92,233,720,368,547,758.07 none % 1,15 32,8 63,1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_years),
        cmocka_unit_test(units_are_converted),
        cmocka_unit_test(what_is_not_stated_has_no_change),
        cmocka_unit_test(nothing_and_less_have_no_percent),
        cmocka_unit_test(lines_go_from_the_oldest),
    };

    return cmocka_run_group_tests_name("view_trend", tests, NULL, NULL);
}
