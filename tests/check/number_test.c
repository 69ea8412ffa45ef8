#include "base/base.h"

#include "check/number.h"

#include "base/strbuf.h"
#include "base/testing.h"

static const wide one = 1000000000000; /* of a unit: 10^12 */

/* 2^127 - 1 */
static wide largest(void)
{
    wide n = 0;

    for (int bit = 0; bit < 127; bit++)
        n = 2 * n + 1;
    return n;
}

static struct quantity quantity(const char *text, enum measure measure, const char *unit)
{
    struct quantity q = {.state = QUANTITY_STATED, .measure = (uint8_t)measure, .unit = unit};

    assert_int_equal(decimal_parse(text, strlen(text), &q.number), DECIMAL_OK);
    return q;
}

static struct number number(const char *text, enum measure measure, const char *unit,
                            unsigned decimals)
{
    struct quantity q = quantity(text, measure, unit);
    struct number n;

    assert_true(number_of(&q, decimals, &n));
    return n;
}

/* In 元, with two decimals. */
static struct number yuan(const char *text)
{
    return number(text, MEASURE_AMOUNT, "元", 2);
}

static struct quantity percent(const char *text)
{
    return quantity(text, MEASURE_PERCENT, "%");
}

static void assert_wide(wide found, wide expected)
{
    assert_true(found == expected);
}

static void assert_number(struct number n, wide units, wide step)
{
    assert_wide(n.units, units);
    assert_wide(n.step, step);
}

/* --- what a quantity is --- */

static void amounts_are_in_yuan(void **state)
{
    (void)state;
    assert_number(number("1", MEASURE_AMOUNT, "元", 0), one, one);
    assert_number(number("-70.00", MEASURE_AMOUNT, "元", 0), -70 * one, one / 100);
    assert_number(number("0.4986", MEASURE_AMOUNT, "万元", 0), 4986 * one, one);
    assert_number(number("1.5", MEASURE_AMOUNT, "千元", 0), 1500 * one, 100 * one);
    assert_number(number("2", MEASURE_AMOUNT, "亿元", 0), 200000000 * one, 100000000 * one);
    assert_number(number("0.000000000001", MEASURE_AMOUNT, "元", 0), 1, 1);
}

static void other_measures_are_as_they_are(void **state)
{
    (void)state;
    assert_number(number("82.13", MEASURE_PERCENT, "%", 0), 8213 * one / 100, one / 100);
    assert_number(number("144", MEASURE_COUNT, "人", 0), 144 * one, one);
    assert_number(number("1.5", MEASURE_SCORE, "分", 0), 3 * one / 2, one / 10);
    assert_number(number("5.91", MEASURE_NUMBER, "万元", 0), 59100 * one, 100 * one);
    assert_number(number("5.91", MEASURE_NUMBER, "台", 0), 591 * one / 100, one / 100);
    assert_number(number("5.91", MEASURE_NUMBER, NULL, 0), 591 * one / 100, one / 100);
}

static void a_zero_has_no_step(void **state)
{
    (void)state;
    assert_number(yuan("0"), 0, 0);
    assert_number(yuan("0.00"), 0, 0);
    assert_number(yuan("-0.00"), 0, 0);
}

static void fewer_decimals_are_those_around_but_no_more_than_two(void **state)
{
    (void)state;
    assert_number(number("20", MEASURE_AMOUNT, "元", 1), 20 * one, one / 10);
    assert_number(number("20", MEASURE_AMOUNT, "元", 2), 20 * one, one / 100);
    assert_number(number("20", MEASURE_AMOUNT, "元", 6), 20 * one, one / 100);
    assert_number(number("20.1", MEASURE_AMOUNT, "元", 6), 201 * one / 10, one / 100);
    assert_number(number("20.123", MEASURE_AMOUNT, "元", 2), 20123 * one / 1000, one / 1000);
    assert_number(number("92", MEASURE_SCORE, "分", 1), 92 * one, one / 10);
    assert_number(number("92", MEASURE_PERCENT, "%", 2), 92 * one, one);
    assert_number(number("92", MEASURE_COUNT, "人", 2), 92 * one, one);
}

static void what_is_no_number_is_refused(void **state)
{
    struct quantity q = quantity("1", MEASURE_AMOUNT, "元");
    struct number n;

    (void)state;
    for (int i = QUANTITY_ABSENT; i <= QUANTITY_NOT_INVOLVED; i++) {
        q.state = (uint8_t)i;
        assert_int_equal(number_of(&q, 0, &n), i == QUANTITY_STATED);
    }
    q = quantity("1", MEASURE_AMOUNT, "美元");
    assert_false(number_of(&q, 0, &n));
    q = quantity("0.0000000000001", MEASURE_AMOUNT, "元"); /* 10^-13 */
    assert_false(number_of(&q, 0, &n));
}

/* 2^63 - 1 times 10^12 fits, times 10^20 it does not: 2^127 is about 1.7 x 10^38. */
static void the_largest_numbers(void **state)
{
    struct quantity q = quantity("9223372036854775807", MEASURE_AMOUNT, "亿元");
    struct number n;

    (void)state;
    assert_number(yuan("9223372036854775807"), INT64_MAX * one, one / 100);
    assert_number(yuan("-9223372036854775807"), -INT64_MAX * one, one / 100);
    assert_false(number_of(&q, 0, &n));
    q = quantity("-9223372036854775807", MEASURE_AMOUNT, "亿元");
    assert_false(number_of(&q, 0, &n));
    q = quantity("1701411834604692317", MEASURE_AMOUNT, "亿元"); /* 2^127 / 10^20 */
    assert_true(number_of(&q, 0, &n));
    q = quantity("1701411834604692318", MEASURE_AMOUNT, "亿元");
    assert_false(number_of(&q, 0, &n));
}

/* --- sums --- */

static void sums_add_numbers_and_steps(void **state)
{
    struct number sum = yuan("0.10"), second = yuan("0.20"), zero = yuan("0.00");

    (void)state;
    assert_true(number_add(&sum, &second));
    assert_number(sum, 3 * one / 10, 2 * one / 100);
    assert_true(number_subtract(&sum, &second));
    assert_number(sum, one / 10, 3 * one / 100);
    assert_true(number_add(&sum, &zero));
    assert_number(sum, one / 10, 3 * one / 100);
}

static void a_sum_that_does_not_fit_changes_nothing(void **state)
{
    wide most = largest();
    struct number sum = {most - 1, 5}, little = {1, 1}, steps = {-1, most};

    (void)state;
    assert_true(number_add(&sum, &little));
    assert_number(sum, most, 6);
    assert_false(number_add(&sum, &little));
    assert_number(sum, most, 6);
    assert_false(number_add(&sum, &steps));
    assert_number(sum, most, 6);
    sum = (struct number){-most, 5};
    assert_false(number_subtract(&sum, &(struct number){2, 0}));
    assert_number(sum, -most, 5);
}

static void agreement(void **state)
{
    static const struct {
        const char *whole, *parts[4];
        bool agree;
    } cases[] = {
        /* two figures, off by 0.005 each */
        {"1.00", {"1.00"}, true},
        {"1.00", {"1.01"}, true},
        {"1.00", {"0.99"}, true},
        {"1.00", {"1.02"}, false},
        /* three: 0.015 */
        {"1.00", {"0.50", "0.51"}, true},
        {"1.00", {"0.50", "0.52"}, false},
        /* four: 0.02 */
        {"1.00", {"0.33", "0.33", "0.32"}, true},
        {"1.00", {"0.33", "0.33", "0.31"}, false},
        /* a zero is nothing, and was not rounded */
        {"0.00", {"0.01"}, false},
        {"1.00", {"0.00", "1.02"}, false},
        /* signs */
        {"-1.00", {"-0.50", "-0.51"}, true},
        {"-1.00", {"1.00"}, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct number sum = {0}, whole = yuan(cases[i].whole);

        for (size_t j = 0; j < 4 && cases[i].parts[j]; j++) {
            struct number part = yuan(cases[i].parts[j]);

            assert_true(number_add(&sum, &part));
        }
        if (number_agree(&sum, &whole) != cases[i].agree ||
            number_agree(&whole, &sum) != cases[i].agree)
            fail_msg("case %zu", i);
    }
}

static void distances_slips_and_what_may_be_zero(void **state)
{
    struct number a = yuan("12.00"), b = yuan("-3.00"),
                  wan = number("12.00", MEASURE_AMOUNT, "万元", 0), zero = yuan("0.00"),
                  near = yuan("120000.01");
    struct number difference = yuan("0.05");

    (void)state;
    assert_wide(number_distance(&a, &b), 15 * one);
    assert_wide(number_distance(&b, &a), 15 * one);
    assert_true(number_is_slip(&a, &wan) && number_is_slip(&wan, &a));
    assert_false(number_is_slip(&a, &a) || number_is_slip(&zero, &zero) ||
                 number_is_slip(&a, &near));
    assert_true(number_may_be_zero(&zero));
    assert_false(number_may_be_zero(&difference));
    difference.step = one / 10; /* of figures of which each is off by 0.05 */
    assert_true(number_may_be_zero(&difference));
}

/* --- texts --- */

static void assert_text(wide units, const char *unit, unsigned decimals, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    number_add_text(units, unit, decimals, &out);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void numbers_as_texts(void **state)
{
    wide most = largest();

    (void)state;
    assert_text(0, "元", 0, "0 元");
    assert_text(0, "万元", 2, "0.00 万元");
    assert_text(one, NULL, 0, "1");
    assert_text(one, "元", 2, "1.00 元");
    assert_text(-one / 4, "元", 0, "-0.25 元");
    assert_text(one / 4, "元", 1, "0.25 元"); /* as many as it needs */
    assert_text(123450000 * one, "万元", 2, "12345.00 万元");
    assert_text(123456789 * one, "亿元", 0, "1.23456789 亿元");
    assert_text(10000 * one, "分", 0, "10000 分");
    assert_text(1, "元", 0, "0.000000000001 元");
    assert_text(1, "亿元", 0, "0.00000000000000000001 亿元");
    assert_text(most, NULL, 0, "170141183460469231731687303.715884105727");
    assert_text(-most, "亿元", 0, "-1701411834604692317.31687303715884105727 亿元");
}

/* --- quotients --- */

static void assert_quotient(const char *text, size_t count, unsigned decimals, const char *expected)
{
    struct number n = number(text, MEASURE_SCORE, "分", 0);
    struct strbuf out = STRBUF_INIT;
    struct decimal d;

    assert_true(number_quotient(&n, count, decimals, &d));
    decimal_format(d, &out);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void quotients_are_rounded_half_up(void **state)
{
    struct number n = {one, 0};
    struct decimal d;

    (void)state;
    assert_quotient("1", 8, 2, "0.13"); /* 0.125 */
    assert_quotient("1", 8, 3, "0.125");
    assert_quotient("-1", 8, 2, "-0.13");
    assert_quotient("1", 3, 2, "0.33");
    assert_quotient("2", 3, 2, "0.67");
    assert_quotient("83.72", 1, 1, "83.7");
    assert_quotient("0", 5, 2, "0.00");
    assert_false(number_quotient(&n, 0, 2, &d));
}

/* --- ratios --- */

static enum ratio_status ratio(const char *part, const char *whole, const char *stated)
{
    struct number p = yuan(part), w = yuan(whole);
    struct quantity q = percent(stated);

    return ratio_check(&p, &w, &q);
}

static void ratios_of_large_figures(void **state)
{
    (void)state;
    assert_int_equal(ratio("2000.00", "3000.00", "66.67"), RATIO_EXACT);
    assert_int_equal(ratio("2000.00", "3000.00", "66.66"), RATIO_TRUNCATED);
    assert_int_equal(ratio("2000.00", "3000.00", "66.68"), RATIO_OFF);
    assert_int_equal(ratio("2000.00", "3000.00", "66.65"), RATIO_OFF);
    assert_int_equal(ratio("2000.00", "3000.00", "67"), RATIO_EXACT);
    assert_int_equal(ratio("2000.00", "3000.00", "66"), RATIO_TRUNCATED);
    assert_int_equal(ratio("2000.00", "3000.00", "65"), RATIO_OFF);
    assert_int_equal(ratio("1000.00", "8000.00", "12.5"), RATIO_EXACT);
    /* a half may be rounded either way */
    assert_int_equal(ratio("1000.00", "8000.00", "13"), RATIO_EXACT);
    assert_int_equal(ratio("1000.00", "8000.00", "12"), RATIO_EXACT);
}

static void small_figures_leave_more_room(void **state)
{
    (void)state;
    /* from 0.005 / 0.035 to 0.015 / 0.025 */
    assert_int_equal(ratio("0.01", "0.03", "15"), RATIO_EXACT);
    assert_int_equal(ratio("0.01", "0.03", "60"), RATIO_EXACT);
    assert_int_equal(ratio("0.01", "0.03", "13"), RATIO_OFF);
    assert_int_equal(ratio("0.01", "0.03", "62"), RATIO_OFF);
}

static void signs_of_ratios(void **state)
{
    (void)state;
    assert_int_equal(ratio("-10.00", "100.00", "-10"), RATIO_EXACT);
    assert_int_equal(ratio("-10.00", "100.00", "10"), RATIO_OFF);
    assert_int_equal(ratio("10.00", "100.00", "-10"), RATIO_OFF);
    assert_int_equal(ratio("-10.00", "-100.00", "10"), RATIO_EXACT);
    assert_int_equal(ratio("0.00", "100.00", "0"), RATIO_EXACT);
    assert_int_equal(ratio("0.00", "100.00", "1"), RATIO_OFF);
}

static void ratios_that_are_not_known(void **state)
{
    wide most = largest();
    struct quantity q = percent("33.333333333333333");
    struct number large = {most / 8, 1}, other = {most / 8 - 1, 1};
    struct decimal d;

    (void)state;
    assert_int_equal(ratio("1.00", "0.00", "100"), RATIO_UNKNOWN);
    assert_int_equal(ratio("0.00", "0.00", "0"), RATIO_UNKNOWN);
    assert_int_equal(ratio_check(&large, &other, &q), RATIO_UNKNOWN);
    q = percent("100.00");
    assert_int_equal(ratio_check(&large, &other, &q), RATIO_UNKNOWN);
    assert_false(ratio_percent(&large, &other, 2, &d));
    assert_false(ratio_percent(&large, &(struct number){0, 0}, 2, &d));
}

/* --- a brute-force oracle --- */

enum { GRID = 8, CENTS = 60 };

/* Whether figures that are written so have a percentage, in hundredths, that is rounded to the
 * stated one: by trying them. */
static bool is_possible(int64_t part, int64_t whole, int64_t stated)
{
    for (int64_t i = -GRID; i <= GRID; i++)
        for (int64_t j = -GRID; j <= GRID; j++) {
            /* in halves of GRID-ths of a cent */
            int64_t p = 2 * GRID * part + i, w = 2 * GRID * whole + j;

            /* |100 p / w - stated / 100| <= 1 / 200 */
            if (w > 0 && p >= 0 && llabs(20000 * p - 2 * stated * w) <= w)
                return true;
        }
    return false;
}

/* Whether it is less than one unit away from a possible one. */
static bool is_near(int64_t part, int64_t whole, int64_t stated)
{
    for (int64_t i = -GRID; i <= GRID; i++)
        for (int64_t j = -GRID; j <= GRID; j++) {
            int64_t p = 2 * GRID * part + i, w = 2 * GRID * whole + j;

            if (w > 0 && llabs(10000 * p - stated * w) < w)
                return true;
        }
    return false;
}

/* What is exact or near is within a unit of what the ends of the range have. */
static bool is_far(int64_t part, int64_t whole, int64_t stated)
{
    int64_t low = 10000 * (2 * part - 1), high = 10000 * (2 * part + 1);

    return low >= (stated + 1) * (2 * whole + 1) || high <= (stated - 1) * (2 * whole - 1);
}

static void assert_oracle(int64_t part, int64_t whole, int64_t stated)
{
    struct number p = {part * one / 100, one / 100}, w = {whole * one / 100, one / 100};
    struct quantity q = {
        .number = {stated, 2, false}, .state = QUANTITY_STATED, .measure = MEASURE_PERCENT};
    enum ratio_status status = ratio_check(&p, &w, &q);

    /* the grid does not have all figures, but what it has is possible */
    if ((status != RATIO_EXACT && is_possible(part, whole, stated)) ||
        (status == RATIO_OFF && is_near(part, whole, stated)) ||
        (status != RATIO_OFF && is_far(part, whole, stated)))
        fail_msg("%lld / %lld as %lld: %d", (long long)part, (long long)whole, (long long)stated,
                 status);
}

/* The stated percentages are tried around what they should be, and around the ends of what they may
 * be. */
static void ratios_of_all_small_figures(void **state)
{
    (void)state;
    for (int64_t whole = 1; whole <= CENTS; whole++)
        for (int64_t part = 1; part <= CENTS; part += 7) {
            int64_t from[] = {10000 * (2 * part - 1) / (2 * whole + 1), 10000 * part / whole,
                              10000 * (2 * part + 1) / (2 * whole - 1)};

            for (size_t i = 0; i < ARRAY_SIZE(from); i++)
                for (int64_t by = -3; by <= 3; by++)
                    if (from[i] + by >= 0)
                        assert_oracle(part, whole, from[i] + by);
        }
}

static void percentages_of_all_small_figures(void **state)
{
    (void)state;
    for (int64_t whole = 1; whole <= 4 * CENTS; whole++)
        for (int64_t part = -CENTS; part <= CENTS; part++) {
            struct number p = {part * one / 100, 0}, w = {whole * one / 100, 0};
            struct decimal d;
            int64_t twice;

            assert_true(ratio_percent(&p, &w, 2, &d));
            /* |d - exact| <= 1/2, and a half goes away from zero */
            twice = 2 * (llabs(d.units) * whole - 10000 * llabs(part));
            assert_true(twice <= whole && twice > -whole);
            assert_true(d.units == 0 || (d.units < 0) == (part < 0));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_in_yuan),
        cmocka_unit_test(other_measures_are_as_they_are),
        cmocka_unit_test(a_zero_has_no_step),
        cmocka_unit_test(fewer_decimals_are_those_around_but_no_more_than_two),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(the_largest_numbers),
        cmocka_unit_test(sums_add_numbers_and_steps),
        cmocka_unit_test(a_sum_that_does_not_fit_changes_nothing),
        cmocka_unit_test(agreement),
        cmocka_unit_test(distances_slips_and_what_may_be_zero),
        cmocka_unit_test(numbers_as_texts),
        cmocka_unit_test(quotients_are_rounded_half_up),
        cmocka_unit_test(ratios_of_large_figures),
        cmocka_unit_test(small_figures_leave_more_room),
        cmocka_unit_test(signs_of_ratios),
        cmocka_unit_test(ratios_that_are_not_known),
        cmocka_unit_test(ratios_of_all_small_figures),
        cmocka_unit_test(percentages_of_all_small_figures),
    };

    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
