/* Money in words, in Chinese and in English; every expected word is rounded by hand. */
#include "base/base.h"

#include "site/amount.h"

#include "base/strbuf.h"
#include "base/testing.h"

static const struct amount_words chinese = {
    {{0, "# 元"}, {3, ""}, {4, "# 万元"}, {6, ""}, {8, "# 亿元"}, {9, ""}}};
static const struct amount_words english = {{{0, "CNY #"},
                                             {3, "CNY # thousand"},
                                             {4, ""},
                                             {6, "CNY # million"},
                                             {8, ""},
                                             {9, "CNY # billion"}}};

static void assert_words(const struct amount_words *words, const char *number, const char *unit,
                         const char *expected)
{
    struct quantity q = {.state = QUANTITY_STATED, .unit = unit, .measure = MEASURE_AMOUNT};
    struct strbuf shown = STRBUF_INIT;
    struct number n;

    assert_int_equal(decimal_parse(number, strlen(number), &q.number), DECIMAL_OK);
    assert_true(number_of(&q, 0, &n));
    amount_add_words(words, n.units, &shown);
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
}

static void in_chinese(void **state)
{
    (void)state;
    assert_words(&chinese, "4180.76", "万元", "4181 万元");
    assert_words(&chinese, "12345.67", "万元", "1.23 亿元");
    assert_words(&chinese, "247.28", "万元", "247 万元");
    assert_words(&chinese, "25.52", "万元", "25.5 万元");
    assert_words(&chinese, "1.236", "万元", "1.24 万元");
    assert_words(&chinese, "1435.00", "万元", "1435 万元");
    assert_words(&chinese, "0.38", "万元", "3800 元");
    assert_words(&chinese, "1234.5", "亿元", "1235 亿元");
    assert_words(&chinese, "3.5", "千元", "3500 元");
    assert_words(&chinese, "0.05", "元", "0.05 元");
    assert_words(&chinese, "0.00", "万元", "0 元");
}

static void in_english(void **state)
{
    (void)state;
    assert_words(&english, "4180.76", "万元", "CNY 41.8 million");
    assert_words(&english, "12345.67", "万元", "CNY 123 million");
    assert_words(&english, "12.5", "亿元", "CNY 1.25 billion");
    assert_words(&english, "0.38", "万元", "CNY 3.8 thousand");
    assert_words(&english, "999", "元", "CNY 999");
}

static void rounding_may_reach_the_next_scale(void **state)
{
    (void)state;
    assert_words(&chinese, "9999.5", "万元", "1 亿元");
    assert_words(&chinese, "9999.49", "万元", "9999 万元");
    assert_words(&chinese, "9999.5", "元", "1 万元");
    assert_words(&chinese, "99.96", "万元", "100 万元");
    assert_words(&english, "99.96", "万元", "CNY 1 million");
}

static void less_than_nothing(void **state)
{
    (void)state;
    assert_words(&chinese, "-4180.5", "万元", "-4181 万元");
    assert_words(&chinese, "-0.00", "万元", "0 元");
    assert_words(&english, "-3000.00", "元", "CNY -3 thousand");
}

static void the_most_that_there_is(void **state)
{
    (void)state;
    assert_words(&chinese, "92233720368547758.07", "元", "922337204 亿元");
    assert_words(&chinese, "-92233720368547758.07", "元", "-922337204 亿元");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_chinese),
        cmocka_unit_test(in_english),
        cmocka_unit_test(rounding_may_reach_the_next_scale),
        cmocka_unit_test(less_than_nothing),
        cmocka_unit_test(the_most_that_there_is),
    };

    return cmocka_run_group_tests_name("amount", tests, NULL, NULL);
}
