#include "base/base.h"

#include "model/quantity.h"

#include "base/strbuf.h"
#include "base/testing.h"

/* Texts are taken apart by decimal_parse(), which has tests of its own. */
static struct quantity stated(const char *text, enum measure measure, const char *unit)
{
    struct quantity q = {.state = QUANTITY_STATED, .measure = (uint8_t)measure, .unit = unit};

    assert_int_equal(decimal_parse(text, strlen(text), &q.number), DECIMAL_OK);
    return q;
}

typedef void add_fn(const struct quantity *q, struct strbuf *out);

static void assert_text(add_fn *add, const struct quantity *q, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    strbuf_adds(&out, "before "); /* what is there stays */
    add(q, &out);
    assert_memory_equal(out.buf, "before ", 7);
    assert_string_equal(out.buf + 7, expected);
    strbuf_release(&out);
}

/* --- units --- */

static void knows_the_units_of_money(void **state)
{
    (void)state;
    assert_int_equal(money_exponent("元"), 0);
    assert_int_equal(money_exponent("千元"), 3);
    assert_int_equal(money_exponent("万元"), 4);
    assert_int_equal(money_exponent("百万元"), 6);
    assert_int_equal(money_exponent("亿元"), 8);
    assert_int_equal(money_exponent("万"), -1);
    assert_int_equal(money_exponent("美元"), -1);
    assert_int_equal(money_exponent("%"), -1);
    assert_int_equal(money_exponent(""), -1);
    assert_int_equal(money_exponent(NULL), -1);
    for (size_t i = 0; i < 5; i++)
        assert_true(money_exponent(money_units[i]) >= 0);
    assert_null(money_units[5]);
}

static void measures_have_names(void **state)
{
    (void)state;
    assert_string_equal(measure_name(MEASURE_AMOUNT), "amount");
    assert_string_equal(measure_name(MEASURE_PERCENT), "percent");
    assert_string_equal(measure_name(MEASURE_COUNT), "count");
    assert_string_equal(measure_name(MEASURE_SCORE), "score");
    assert_string_equal(measure_name(MEASURE_NUMBER), "number");
}

/* --- amounts --- */

/* What an amount is in 分 and in 元; NULL where it cannot be held. */
struct amount {
    const char *text;
    const char *unit;
    const char *yuan;
    int64_t fen;
};

static const struct amount amounts[] = {
    {"4180.76", "万元", "41807600", 4180760000},
    {"0.4986", "万元", "4986", 498600},
    {"169.368", "万元", "1693680", 169368000},
    {"0.000001", "万元", "0.01", 1},
    {"-0.90", "万元", "-9000", -900000},
    {"0", "万元", "0", 0},
    {"-0.00", "万元", "0", 0},
    {"-0.000000", "万元", "0.00", 0},
    {"1.5", "元", "1.5", 150},
    {"1.50", "元", "1.50", 150},
    {"0.01", "元", "0.01", 1},
    {"-0.01", "元", "-0.01", -1},
    {"12", "千元", "12000", 1200000},
    {"12.34567", "千元", "12345.67", 1234567},
    {"3.00", "百万元", "3000000", 300000000},
    {"0.00000001", "百万元", "0.01", 1},
    {"1.2", "亿元", "120000000", 12000000000},
    {"0.0000000001", "亿元", "0.01", 1},
    /* decimals beyond 分 that say nothing */
    {"1.0000000", "万元", "10000.000", 1000000},
    {"0.010", "元", "0.010", 1},
    /* finer than 分 */
    {"0.0000001", "万元", NULL, 0},
    {"1.2345678", "万元", NULL, 0},
    {"0.001", "元", NULL, 0},
    {"0.000001", "千元", NULL, 0},
    {"0.000000001", "百万元", NULL, 0},
    {"0.00000000001", "亿元", NULL, 0},
    {"0.000000000000000001", "亿元", NULL, 0},
    /* the largest, in every unit */
    {"92233720368547758.07", "元", "92233720368547758.07", INT64_MAX},
    {"-92233720368547758.07", "元", "-92233720368547758.07", -INT64_MAX},
    {"92233720368547758", "元", "92233720368547758", 9223372036854775800},
    {"92233720368547.75807", "千元", "92233720368547758.07", INT64_MAX},
    {"9223372036854.775807", "万元", "92233720368547758.07", INT64_MAX},
    {"92233720368.54775807", "百万元", "92233720368547758.07", INT64_MAX},
    {"922337203.6854775807", "亿元", "92233720368547758.07", INT64_MAX},
    {"-922337203.6854775807", "亿元", "-92233720368547758.07", -INT64_MAX},
    {"922337203", "亿元", "92233720300000000", 9223372030000000000},
    /* and what is larger */
    {"92233720368547759", "元", NULL, 0},
    {"922337203685477580.7", "元", NULL, 0},
    {"9223372036854775807", "元", NULL, 0},
    {"-9223372036854775807", "元", NULL, 0},
    {"9223372036854.78", "万元", NULL, 0},
    {"9223372036855", "万元", NULL, 0},
    {"922337204", "亿元", NULL, 0},
    {"9223372036854775807", "亿元", NULL, 0},
    {"-9223372036854775807", "亿元", NULL, 0},
};

static void amounts_are_exact_in_fen_and_yuan(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(amounts); i++) {
        const struct amount *a = &amounts[i];
        struct quantity q = stated(a->text, MEASURE_AMOUNT, a->unit);
        int64_t fen = 77;
        int result = quantity_units(&q, &fen);

        if (result != (a->yuan ? 0 : -1) || (a->yuan && fen != a->fen))
            fail_msg("%s %s: %d, %lld", a->text, a->unit, result, (long long)fen);
        if (a->yuan)
            assert_text(quantity_add_value, &q, a->yuan);
        assert_text(quantity_add_stated, &q, a->text);
    }
}

static void other_measures_are_counted_in_millionths(void **state)
{
    static const enum measure measures[] = {MEASURE_PERCENT, MEASURE_COUNT, MEASURE_SCORE,
                                            MEASURE_NUMBER};
    int64_t units;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(measures); i++) {
        struct quantity q = stated("82.130", measures[i], i % 2 ? "万元" : "%");

        assert_int_equal(quantity_units(&q, &units), 0);
        assert_int_equal(units, 82130000);
        assert_text(quantity_add_value, &q, "82.130");
        q = stated("-0.00", measures[i], "%");
        assert_text(quantity_add_value, &q, "0.00");
        assert_text(quantity_add_stated, &q, "-0.00");
        q = stated("9223372036854", measures[i], "亿元");
        assert_int_equal(quantity_units(&q, &units), 0);
        assert_int_equal(units, 9223372036854000000);
        q = stated("9223372036855", measures[i], "亿元");
        assert_int_equal(quantity_units(&q, &units), -1);
        q = stated("0.0000001", measures[i], "%");
        assert_int_equal(quantity_units(&q, &units), -1);
        q = stated("9223372036854775807", measures[i], "亿元");
        assert_text(quantity_add_value, &q, "9223372036854775807");
    }
}

/* An amount whose unit is not known yet, or never will be since the report does not say. */
static void an_amount_without_a_unit_is_a_number(void **state)
{
    struct quantity q = stated("0.000001", MEASURE_AMOUNT, NULL);
    int64_t units;

    (void)state;
    assert_int_equal(quantity_units(&q, &units), 0);
    assert_int_equal(units, 1);
    assert_text(quantity_add_value, &q, "0.000001");
}

/* --- against 128 bits --- */

__extension__ typedef __int128 wide;

static wide power(unsigned n)
{
    wide p = 1;

    while (n--)
        p *= 10;
    return p;
}

/* Whether `units` with that scale in that unit is a whole number of 分 in 64 bits, and which. */
static bool fen_of(int64_t units, unsigned scale, unsigned exponent, int64_t *fen)
{
    wide w = units;

    if (scale > exponent + 2) {
        wide p = power(scale - exponent - 2);

        if (w % p)
            return false;
        w /= p;
    } else {
        w *= power(exponent + 2 - scale);
    }
    *fen = (int64_t)w;
    return w >= INT64_MIN && w <= INT64_MAX;
}

static void check_value(const struct quantity *q, unsigned exponent)
{
    struct strbuf text = STRBUF_INIT;
    struct decimal d;
    unsigned scale = q->number.scale;
    wide yuan = q->number.units;

    quantity_add_value(q, &text);
    assert_int_equal(decimal_parse(text.buf, text.len, &d), DECIMAL_OK);
    assert_int_equal(d.scale, scale > exponent ? scale - exponent : 0);
    if (scale < exponent)
        yuan *= power(exponent - scale);
    assert_true(d.units == yuan);
    assert_false(d.minus_zero);
    strbuf_release(&text);
}

/* Near a power of ten, near the largest, or anywhere. */
static int64_t random_units(struct testing_random *random)
{
    int64_t n = (int64_t)(testing_random(random) >> (1 + testing_below(random, 63)));

    switch (testing_below(random, 4)) {
    case 0:
        n = (int64_t)power((unsigned)testing_below(random, 19)) + (n & 3) - 1;
        break;
    case 1:
        n -= n % (int64_t)power((unsigned)testing_below(random, 12));
        break;
    case 2:
        n = INT64_MAX / (int64_t)power((unsigned)testing_below(random, 12)) - (n & 3);
        break;
    default:
        break;
    }
    return testing_below(random, 2) || n == INT64_MIN ? n : -n;
}

static void agrees_with_wider_arithmetic(void **state)
{
    struct testing_random random = {3};
    size_t rounds = testing_rounds(300000), held = 0;

    (void)state;
    for (size_t i = 0; i < rounds; i++) {
        const char *unit = money_units[testing_below(&random, 5)];
        unsigned exponent = (unsigned)money_exponent(unit);
        struct quantity q = {.state = QUANTITY_STATED, .measure = MEASURE_AMOUNT, .unit = unit};
        int64_t fen, expected;
        bool holds;

        q.number.units = random_units(&random);
        q.number.scale = (unsigned)testing_below(&random, DECIMAL_SCALE_MAX + 1);
        if (q.number.units == INT64_MIN)
            continue;
        holds = fen_of(q.number.units, q.number.scale, exponent, &expected);
        if (!quantity_units(&q, &fen) != holds || (holds && fen != expected))
            fail_msg("%lld / 10^%u %s", (long long)q.number.units, q.number.scale, unit);
        if (holds)
            check_value(&q, exponent);
        held += holds;
    }
    assert_true(held > rounds / 4 && held < rounds - rounds / 4);
}

/* --- states and texts --- */

static void each_state_has_its_texts(void **state)
{
    static const struct {
        enum quantity_state state;
        const char *shown;
    } cases[] = {{QUANTITY_ABSENT, ""}, {QUANTITY_DASH, "——"}, {QUANTITY_NOT_INVOLVED, "不涉及"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        /* the number means nothing then */
        struct quantity q = stated("5", MEASURE_AMOUNT, "万元");

        q.state = (uint8_t)cases[i].state;
        assert_text(quantity_add_stated, &q, cases[i].shown);
        assert_text(quantity_add_shown, &q, cases[i].shown);
        assert_text(quantity_add_value, &q, "");
    }
}

static void all_zero_is_absent(void **state)
{
    struct quantity q;

    (void)state;
    memset(&q, 0, sizeof(q));
    assert_int_equal(q.state, QUANTITY_ABSENT);
    assert_text(quantity_add_shown, &q, "");
}

static void people_see_groups_of_three(void **state)
{
    static const char *const cases[][2] = {
        {"4180.76", "4,180.76"},
        {"0.4986", "0.4986"},
        {"-1234567.8", "-1,234,567.8"},
        {"999", "999"},
        {"1000", "1,000"},
        {"-0.00", "-0.00"},
        {"-1000.000", "-1,000.000"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct quantity q = stated(cases[i][0], MEASURE_AMOUNT, "万元");

        assert_text(quantity_add_shown, &q, cases[i][1]);
        assert_text(quantity_add_stated, &q, cases[i][0]);
    }
}

static int value_of_too_much(void *ctx)
{
    struct strbuf out = STRBUF_INIT;

    quantity_add_value(ctx, &out);
    return 0;
}

/* The loader lets no such amount through; if one comes, nothing may be printed for it. */
static void an_amount_that_does_not_fit_has_no_value(void **state)
{
    struct quantity q = stated("9223372036854775807", MEASURE_AMOUNT, "万元");

    (void)state;
    assert_true(testing_aborts(value_of_too_much, &q));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_units_of_money),
        cmocka_unit_test(measures_have_names),
        cmocka_unit_test(amounts_are_exact_in_fen_and_yuan),
        cmocka_unit_test(other_measures_are_counted_in_millionths),
        cmocka_unit_test(an_amount_without_a_unit_is_a_number),
        cmocka_unit_test(agrees_with_wider_arithmetic),
        cmocka_unit_test(each_state_has_its_texts),
        cmocka_unit_test(all_zero_is_absent),
        cmocka_unit_test(people_see_groups_of_three),
        cmocka_unit_test(an_amount_that_does_not_fit_has_no_value),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("quantity", tests, NULL, NULL);
}
