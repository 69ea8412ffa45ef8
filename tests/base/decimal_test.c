#include "base/base.h"

#include "base/decimal.h"

#include <regex.h>

#include "base/strbuf.h"
#include "base/testing.h"

/* The oracle counts in 128 bits, which hold every number of 38 digits. */
__extension__ typedef __int128 wide;

static enum decimal_status parse(const char *text, struct decimal *d)
{
    return decimal_parse(text, strlen(text), d);
}

static void assert_decimal(struct decimal d, int64_t units, unsigned scale, bool minus_zero)
{
    assert_int_equal(d.units, units);
    assert_int_equal(d.scale, scale);
    assert_int_equal(d.minus_zero, minus_zero);
}

static void assert_format(struct decimal d, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    decimal_format(d, &out);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void reads_the_written_form(void **state)
{
    static const struct {
        const char *text;
        int64_t units;
        unsigned scale;
        bool minus_zero;
    } cases[] = {
        {"0", 0, 0, false},
        {"7", 7, 0, false},
        {"70", 70, 0, false},
        {"70.00", 7000, 2, false},
        {"4180.76", 418076, 2, false},
        {"-4180.76", -418076, 2, false},
        {"0.5", 5, 1, false},
        {"-0.5", -5, 1, false},
        {"0.00", 0, 2, false},
        {"-0", 0, 0, true},
        {"-0.00", 0, 2, true},
        {"0.000000000000000000", 0, 18, false},
        {"0.000000000000000001", 1, 18, false},
        {"-0.000000000000000001", -1, 18, false},
        {"9223372036854775807", INT64_MAX, 0, false},
        {"-9223372036854775807", -INT64_MAX, 0, false},
        {"9.223372036854775807", INT64_MAX, 18, false},
        {"-922337203685477580.7", -INT64_MAX, 1, false},
        {"1000000000000000000", 1000000000000000000, 0, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct decimal d;

        assert_int_equal(parse(cases[i].text, &d), DECIMAL_OK);
        assert_decimal(d, cases[i].units, cases[i].scale, cases[i].minus_zero);
        assert_format(d, cases[i].text);
    }
}

static void refuses_every_other_form(void **state)
{
    static const char *const texts[] = {
        "-",
        "--1",
        "+1",
        "-+1",
        "01",
        "-01",
        "00",
        "00.5",
        "1.",
        "-1.",
        ".1",
        "-.1",
        ".",
        "-.",
        "1e3",
        "1E3",
        "1.5e-3",
        " 1",
        "1 ",
        "- 1",
        "1 000",
        "\t1",
        "1\n",
        "1,000",
        "1,000.00",
        "1.000,5",
        "1.2.3",
        "1..2",
        "1-",
        "1-2",
        "1.-2",
        "0x10",
        "1_000",
        "1f",
        "NaN",
        "nan",
        "inf",
        "Infinity",
        "１",
        "１.5",
        "1．5",
        "٣",
        "−1",
        "\xC2\xA0"
        "1",
        "1\xC2\xA0",
        "\xEF\xBB\xBF"
        "1",
        "一",
        "1%",
        "¥1",
        "1元",
        "——",
        "(1)",
        "\xFF",
        "1/2",
        ":",
        "1:",
        "/",
        "99999999999999999999x",
    };
    struct decimal d;

    (void)state;
    assert_int_equal(parse("", &d), DECIMAL_EMPTY);
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        if (parse(texts[i], &d) != DECIMAL_SYNTAX)
            fail_msg("'%s' was not refused", texts[i]);
    assert_int_equal(decimal_parse("1\0", 2, &d), DECIMAL_SYNTAX);
    assert_int_equal(decimal_parse("\0", 1, &d), DECIMAL_SYNTAX);
    assert_int_equal(decimal_parse("1\0002", 3, &d), DECIMAL_SYNTAX);
}

static void refuses_what_it_cannot_hold(void **state)
{
    static const char *const texts[] = {
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551617", /* 1, if it wrapped around */
        "99999999999999999999",
        "92233720368547758.080",
        "9.223372036854775808",
        "9.2233720368547758070",
        "0.0000000000000000000", /* 19 decimals */
        "0.0000000000000000001",
        "-0.0000000000000000000",
        "100000000000000000000000000000000000000000000000000",
    };
    struct decimal d;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        if (parse(texts[i], &d) != DECIMAL_RANGE)
            fail_msg("'%s' was not refused", texts[i]);
}

static void reads_no_further_than_told(void **state)
{
    struct decimal d;

    (void)state;
    assert_int_equal(decimal_parse("123456", 3, &d), DECIMAL_OK);
    assert_decimal(d, 123, 0, false);
    assert_int_equal(decimal_parse("1.5x", 3, &d), DECIMAL_OK);
    assert_decimal(d, 15, 1, false);
    assert_int_equal(decimal_parse("1.5", 2, &d), DECIMAL_SYNTAX);
    assert_int_equal(decimal_parse("1", 0, &d), DECIMAL_EMPTY);
    assert_int_equal(decimal_parse_json("1e22", 3, &d), DECIMAL_OK);
    assert_decimal(d, 100, 0, false);
}

/* Digits, sign and point of a text of that form, by the book. */
struct oracle {
    wide units;
    int scale;
    bool negative;
};

static struct oracle oracle_read(const char *s, size_t len)
{
    struct oracle o = {0, 0, false};
    bool in_decimals = false;

    for (size_t i = 0; i < len; i++) {
        if (s[i] == '-') {
            o.negative = true;
        } else if (s[i] == '.') {
            in_decimals = true;
        } else {
            o.units = o.units * 10 + (s[i] - '0');
            o.scale += in_decimals;
        }
    }
    return o;
}

static bool oracle_holds(struct oracle o)
{
    return o.units <= INT64_MAX && o.scale <= 18;
}

static void assert_oracle(struct decimal d, struct oracle o)
{
    assert_decimal(d, (int64_t)(o.negative ? -o.units : o.units), (unsigned)o.scale,
                   o.negative && !o.units);
}

static void agrees_with_regexec_and_128_bits_on_random_texts(void **state)
{
    static const char alphabet[] = "0123456789001122..--+e ,\n";
    struct testing_random random = {1};
    size_t rounds = testing_rounds(400000), counts[4] = {0, 0, 0, 0};
    regex_t form;

    (void)state;
    assert_int_equal(regcomp(&form, "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$", REG_EXTENDED | REG_NOSUB),
                     0);
    for (size_t i = 0; i < rounds; i++) {
        char text[28];
        size_t len = testing_below(&random, 27);
        /* mostly digits, or else hardly one of the long texts would be a number */
        size_t kinds = testing_below(&random, 3) ? 10 + testing_below(&random, 8) : 25;
        struct decimal d;
        enum decimal_status status;

        for (size_t j = 0; j < len; j++)
            text[j] = alphabet[testing_below(&random, kinds)];
        text[len] = '\0';
        status = decimal_parse(text, len, &d);
        counts[status]++;
        if (!len) {
            assert_int_equal(status, DECIMAL_EMPTY);
        } else if (regexec(&form, text, 0, NULL, 0)) {
            assert_int_equal(status, DECIMAL_SYNTAX);
        } else if (!oracle_holds(oracle_read(text, len))) {
            assert_int_equal(status, DECIMAL_RANGE);
        } else {
            assert_int_equal(status, DECIMAL_OK);
            assert_oracle(d, oracle_read(text, len));
            assert_format(d, text);
        }
    }
    regfree(&form);
    for (size_t i = 0; i < ARRAY_SIZE(counts); i++)
        assert_true(counts[i] > rounds / 100); /* the texts were of every kind */
}

static struct decimal random_decimal(struct testing_random *random)
{
    struct decimal d;
    uint64_t bits = testing_random(random) >> 1 >> testing_below(random, 63);

    d.units = (int64_t)bits;
    if (testing_below(random, 2))
        d.units = -d.units;
    if (!testing_below(random, 20))
        d.units = 0;
    d.scale = (unsigned)testing_below(random, DECIMAL_SCALE_MAX + 1);
    d.minus_zero = !d.units && testing_below(random, 2);
    return d;
}

static void reads_back_what_it_writes(void **state)
{
    struct testing_random random = {2};
    struct strbuf out = STRBUF_INIT;

    (void)state;
    for (size_t i = testing_rounds(200000); i; i--) {
        struct decimal d = random_decimal(&random), again;

        strbuf_clear(&out);
        decimal_format(d, &out);
        assert_int_equal(decimal_parse(out.buf, out.len, &again), DECIMAL_OK);
        assert_decimal(again, d.units, d.scale, d.minus_zero);
    }
    strbuf_release(&out);
}

static void writes_behind_what_is_there(void **state)
{
    struct strbuf out = STRBUF_INIT;

    (void)state;
    strbuf_adds(&out, "sum ");
    decimal_format((struct decimal){-418076, 2, false}, &out);
    strbuf_addch(&out, ' ');
    decimal_format_grouped((struct decimal){-418076, 2, false}, &out);
    assert_string_equal(out.buf, "sum -4180.76 -4,180.76");
    strbuf_release(&out);
}

static void differences_have_a_sign_and_groups(void **state)
{
    static const char *const cases[][2] = {
        {"0", "0"},
        {"0.00", "0.00"},
        {"0.10", "+0.10"},
        {"-0.5", "-0.5"},
        {"999", "+999"},
        {"1000", "+1,000"},
        {"-123456.7890", "-123,456.7890"},
        {"1854.45", "+1,854.45"},
        {"-184467440737095516.14", "-184,467,440,737,095,516.14"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct strbuf out = STRBUF_INIT;

        decimal_group_signed(cases[i][0], &out);
        assert_string_equal(out.buf, cases[i][1]);
        strbuf_release(&out);
    }
}

static void groups_by_three(void **state)
{
    static const char *const cases[][2] = {
        {"0", "0"},
        {"-0.00", "-0.00"},
        {"1", "1"},
        {"12", "12"},
        {"123", "123"},
        {"-123", "-123"},
        {"1234", "1,234"},
        {"-1234.50", "-1,234.50"},
        {"12345", "12,345"},
        {"123456", "123,456"},
        {"1234567", "1,234,567"},
        {"0.1234567", "0.1234567"},
        {"1000.0001", "1,000.0001"},
        {"9223372036854775807", "9,223,372,036,854,775,807"},
        {"-9223372036854775.807", "-9,223,372,036,854,775.807"},
    };
    struct strbuf out = STRBUF_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct decimal d;

        assert_int_equal(parse(cases[i][0], &d), DECIMAL_OK);
        strbuf_clear(&out);
        decimal_format_grouped(d, &out);
        assert_string_equal(out.buf, cases[i][1]);
    }
    strbuf_release(&out);
}

/* Without its commas the grouped form is the plain one, and they stand where they should. */
static void groups_random_numbers(void **state)
{
    struct testing_random random = {3};
    struct strbuf plain = STRBUF_INIT, grouped = STRBUF_INIT, bare = STRBUF_INIT;
    regex_t form;

    (void)state;
    assert_int_equal(
        regcomp(&form, "^-?[0-9]{1,3}(,[0-9]{3})*(\\.[0-9]+)?$", REG_EXTENDED | REG_NOSUB), 0);
    for (size_t i = testing_rounds(50000); i; i--) {
        struct decimal d = random_decimal(&random);

        strbuf_clear(&plain);
        strbuf_clear(&grouped);
        strbuf_clear(&bare);
        decimal_format(d, &plain);
        decimal_format_grouped(d, &grouped);
        for (const char *p = grouped.buf; *p; p++)
            if (*p != ',')
                strbuf_addch(&bare, *p);
        assert_string_equal(bare.buf, plain.buf);
        assert_int_equal(regexec(&form, grouped.buf, 0, NULL, 0), 0);
    }
    regfree(&form);
    strbuf_release(&plain);
    strbuf_release(&grouped);
    strbuf_release(&bare);
}

static void reads_json_numbers(void **state)
{
    static const struct {
        const char *text;
        enum decimal_status status;
        int64_t units;
        unsigned scale;
        bool minus_zero;
    } cases[] = {
        {"0", DECIMAL_OK, 0, 0, false},
        {"-0", DECIMAL_OK, 0, 0, true},
        {"-0.00", DECIMAL_OK, 0, 2, true},
        {"4180.76", DECIMAL_OK, 418076, 2, false},
        {"1.5e3", DECIMAL_OK, 1500, 0, false},
        {"1.5E3", DECIMAL_OK, 1500, 0, false},
        {"1.5e+3", DECIMAL_OK, 1500, 0, false},
        {"15e-1", DECIMAL_OK, 15, 1, false},
        {"-15e-1", DECIMAL_OK, -15, 1, false},
        {"-15E-01", DECIMAL_OK, -15, 1, false},
        {"1e0", DECIMAL_OK, 1, 0, false},
        {"1e-0", DECIMAL_OK, 1, 0, false},
        {"1.50e1", DECIMAL_OK, 150, 1, false},
        {"1.25e1", DECIMAL_OK, 125, 1, false},
        {"0e5", DECIMAL_OK, 0, 0, false},
        {"-0e5", DECIMAL_OK, 0, 0, true},
        {"0e999999999999999999999", DECIMAL_OK, 0, 0, false},
        {"1e18", DECIMAL_OK, 1000000000000000000, 0, false},
        {"1e-18", DECIMAL_OK, 1, 18, false},
        {"9.223372036854775807e18", DECIMAL_OK, INT64_MAX, 0, false},
        {"-9.223372036854775807e18", DECIMAL_OK, -INT64_MAX, 0, false},
        {"9.223372036854775808e18", DECIMAL_RANGE, 0, 0, false},
        {"-9.223372036854775808e18", DECIMAL_RANGE, 0, 0, false},
        {"1e19", DECIMAL_RANGE, 0, 0, false},
        {"1e-19", DECIMAL_RANGE, 0, 0, false},
        {"5e-324", DECIMAL_RANGE, 0, 0, false},
        {"1e400", DECIMAL_RANGE, 0, 0, false},
        {"1e4294967296", DECIMAL_RANGE, 0, 0, false},
        {"1e-4294967296", DECIMAL_RANGE, 0, 0, false},
        {"1e18446744073709551616", DECIMAL_RANGE, 0, 0, false},
        {"1e-18446744073709551616", DECIMAL_RANGE, 0, 0, false},
        {"9223372036854775808", DECIMAL_RANGE, 0, 0, false},
        {"100000000000000000000e-20", DECIMAL_RANGE, 0, 0, false},
        {"0.0000000000000000001e1", DECIMAL_RANGE, 0, 0, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct decimal d;
        enum decimal_status status = decimal_parse_json(cases[i].text, strlen(cases[i].text), &d);

        if (status != cases[i].status)
            fail_msg("'%s': status %d", cases[i].text, status);
        if (status == DECIMAL_OK)
            assert_decimal(d, cases[i].units, cases[i].scale, cases[i].minus_zero);
    }
}

static wide power_of_ten(int n)
{
    return n ? 10 * power_of_ten(n - 1) : 1;
}

static void agrees_with_128_bits_on_random_json_numbers(void **state)
{
    struct testing_random random = {4};
    struct strbuf text = STRBUF_INIT;
    size_t held = 0, rounds = testing_rounds(200000);

    (void)state;
    for (size_t i = 0; i < rounds; i++) {
        struct decimal d = random_decimal(&random);
        int exponent = (int)testing_below(&random, 49) - 24;
        struct oracle o;
        enum decimal_status status;
        bool holds;

        d.units /= (int64_t)power_of_ten((int)testing_below(&random, 19));
        d.minus_zero &= !d.units;
        strbuf_clear(&text);
        decimal_format(d, &text);
        o = oracle_read(text.buf, text.len);
        strbuf_addf(&text, testing_below(&random, 2) ? "e%d" : "E%+03d", exponent);
        o.scale -= exponent;
        holds = !o.units || o.scale > -19; /* up to 38 digits in 128 bits */
        if (holds && o.scale < 0) {
            o.units *= power_of_ten(o.units ? -o.scale : 0);
            o.scale = 0;
        }
        holds = holds && oracle_holds(o);
        status = decimal_parse_json(text.buf, text.len, &d);
        if (status != (holds ? DECIMAL_OK : DECIMAL_RANGE))
            fail_msg("'%s': status %d", text.buf, status);
        if (holds)
            assert_oracle(d, o);
        held += holds;
    }
    assert_true(held > rounds / 10 && held < rounds - rounds / 10);
    strbuf_release(&text);
}

static void rescales_exactly_or_not_at_all(void **state)
{
    static const struct {
        const char *from;
        unsigned scale;
        const char *to; /* NULL: impossible */
    } cases[] = {
        {"70", 2, "70.00"},
        {"70.00", 0, "70"},
        {"70.10", 1, "70.1"},
        {"70.10", 2, "70.10"},
        {"70.10", 0, NULL},
        {"-70.01", 1, NULL},
        {"-70.10", 1, "-70.1"},
        {"0", 18, "0.000000000000000000"},
        {"0", 19, NULL},
        {"-0.00", 0, "-0"},
        {"-0", 3, "-0.000"},
        {"9", 18, "9.000000000000000000"},
        {"10", 18, NULL},
        {"-10", 18, NULL},
        {"9223372036854775807", 0, "9223372036854775807"},
        {"9223372036854775807", 1, NULL},
        {"922337203685477580", 1, "922337203685477580.0"},
        {"922337203685477581", 1, NULL},
        {"-922337203685477581", 1, NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct decimal d, out;
        int result;

        assert_int_equal(parse(cases[i].from, &d), DECIMAL_OK);
        result = decimal_rescale(d, cases[i].scale, &out);
        assert_int_equal(result, cases[i].to ? 0 : -1);
        if (!result)
            assert_format(out, cases[i].to);
    }
}

static void rescales_random_numbers_as_128_bits_do(void **state)
{
    struct testing_random random = {5};

    (void)state;
    for (size_t i = testing_rounds(200000); i; i--) {
        struct decimal d = random_decimal(&random), out;
        unsigned scale = (unsigned)testing_below(&random, DECIMAL_SCALE_MAX + 3);
        wide units = d.units;
        bool exact = scale <= DECIMAL_SCALE_MAX;

        if (testing_below(&random, 2)) /* something to lose */
            d.units -= d.units % (int64_t)power_of_ten((int)testing_below(&random, 19));
        d.minus_zero &= !d.units;
        units = d.units;
        if (exact && scale >= d.scale) {
            units *= power_of_ten((int)(scale - d.scale));
        } else if (exact) {
            exact = units % power_of_ten((int)(d.scale - scale)) == 0;
            units /= power_of_ten((int)(d.scale - scale));
        }
        exact = exact && units <= INT64_MAX && units >= -INT64_MAX;
        assert_int_equal(decimal_rescale(d, scale, &out), exact ? 0 : -1);
        if (exact)
            assert_decimal(out, (int64_t)units, scale, d.minus_zero);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_written_form),
        cmocka_unit_test(refuses_every_other_form),
        cmocka_unit_test(refuses_what_it_cannot_hold),
        cmocka_unit_test(reads_no_further_than_told),
        cmocka_unit_test(agrees_with_regexec_and_128_bits_on_random_texts),
        cmocka_unit_test(reads_back_what_it_writes),
        cmocka_unit_test(writes_behind_what_is_there),
        cmocka_unit_test(differences_have_a_sign_and_groups),
        cmocka_unit_test(groups_by_three),
        cmocka_unit_test(groups_random_numbers),
        cmocka_unit_test(reads_json_numbers),
        cmocka_unit_test(agrees_with_128_bits_on_random_json_numbers),
        cmocka_unit_test(rescales_exactly_or_not_at_all),
        cmocka_unit_test(rescales_random_numbers_as_128_bits_do),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
