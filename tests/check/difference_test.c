/* By how much one quantity is another than before. All is computed by hand. */
#include "base/base.h"

#include "check/difference.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "model/quantity.h"

static struct quantity quantity_of(const char *number, const char *unit, enum measure measure)
{
    struct quantity q = {.unit = unit, .measure = (uint8_t)measure};

    if (!strcmp(number, "——")) {
        q.state = QUANTITY_DASH;
    } else if (*number) {
        q.state = QUANTITY_STATED;
        assert_int_equal(decimal_parse(number, strlen(number), &q.number), DECIMAL_OK);
    }
    return q;
}

static void assert_text(bool (*what)(const struct quantity *old, const struct quantity *new,
                                     struct strbuf *out),
                        const struct quantity *old, const struct quantity *new,
                        const char *expected)
{
    struct strbuf text = STRBUF_INIT;

    assert_int_equal(what(old, new, &text), expected != NULL);
    assert_string_equal(text.buf, expected ? expected : "");
    strbuf_release(&text);
}

/* NULL: there is no difference to be told. */
static void assert_difference(struct quantity old, struct quantity new, const char *shown,
                              const char *written, const char *value, const char *percent)
{
    assert_text(difference_shown, &old, &new, shown);
    assert_text(difference_written, &old, &new, written);
    assert_text(difference_value, &old, &new, value);
    assert_text(difference_percent, &old, &new, percent);
}

static void assert_amounts(const char *old, const char *old_unit, const char *new,
                           const char *new_unit, const char *shown, const char *written,
                           const char *value, const char *percent)
{
    assert_difference(quantity_of(old, old_unit, MEASURE_AMOUNT),
                      quantity_of(new, new_unit, MEASURE_AMOUNT), shown, written, value, percent);
}

static void amounts_are_exact(void **state)
{
    (void)state;
    assert_amounts("4180.76", "万元", "4180.77", "万元", "+0.01", "0.01", "100", "0.00");
    assert_amounts("1000", "万元", "2854.45", "万元", "+1,854.45", "1854.45", "18544500", "185.45");
    assert_amounts("100.00", "万元", "67.00", "万元", "-33.00", "-33.00", "-330000", "-33.00");
    assert_amounts("0.3", "元", "0.1", "元", "-0.2", "-0.2", "-0.2", "-66.67");
    assert_amounts("3", "元", "0", "元", "-3", "-3", "-3", "-100.00");
    assert_amounts("1.5", "元", "1.50", "元", "0.00", "0.00", "0", "0.00");
    assert_amounts("1", "万元", "1015000", "元", "+1,005,000", "1005000", "1005000", "10050.00");
    assert_amounts("15000", "元", "1", "万元", "-0.5", "-0.5", "-5000", "-33.33");
    assert_amounts("92233720368547758.07", "元", "-92233720368547758.07", "元",
                   "-184,467,440,737,095,516.14", "-184467440737095516.14",
                   "-184467440737095516.14", "-200.00");
}

static void there_are_no_per_cents_of_nothing_or_less(void **state)
{
    (void)state;
    assert_amounts("0.00", "元", "10", "元", "+10.00", "10.00", "10", NULL);
    assert_amounts("-10", "元", "10", "元", "+20", "20", "20", NULL);
    assert_amounts("-10", "元", "-15", "元", "-5", "-5", "-5", NULL);
}

static void other_numbers_have_a_difference_in_one_unit(void **state)
{
    struct quantity a = quantity_of("82.13", "%", MEASURE_PERCENT);
    struct quantity b = quantity_of("80.13", "%", MEASURE_PERCENT);
    struct quantity pieces = quantity_of("12", "份", MEASURE_NUMBER);
    struct quantity more = quantity_of("1015", "份", MEASURE_NUMBER);
    struct quantity cars = quantity_of("15", "辆", MEASURE_NUMBER);
    struct quantity none = quantity_of("15", NULL, MEASURE_NUMBER);
    struct quantity yuan = quantity_of("2", "万元", MEASURE_NUMBER);

    (void)state;
    assert_difference(a, b, "-2.00", "-2.00", "-2", "-2.44");
    assert_difference(pieces, more, "+1,003", "1003", "1003", "8358.33");
    assert_difference(pieces, cars, NULL, NULL, NULL, NULL);
    assert_difference(pieces, none, NULL, NULL, NULL, NULL);
    assert_difference(none, none, "0", "0", "0", "0.00");
    assert_difference(yuan, yuan, "0", "0", "0", "0.00");
    assert_difference(pieces, yuan, NULL, NULL, NULL, NULL);
    assert_difference(a, pieces, NULL, NULL, NULL, NULL);
}

static void what_states_no_number_has_none(void **state)
{
    struct quantity dash = quantity_of("——", "万元", MEASURE_AMOUNT);
    struct quantity absent = quantity_of("", "万元", MEASURE_AMOUNT);
    struct quantity amount = quantity_of("1", "万元", MEASURE_AMOUNT);

    (void)state;
    assert_difference(dash, amount, NULL, NULL, NULL, NULL);
    assert_difference(amount, dash, NULL, NULL, NULL, NULL);
    assert_difference(absent, amount, NULL, NULL, NULL, NULL);
}

static void per_cents_for_people_have_a_sign_and_separators(void **state)
{
    struct quantity low = quantity_of("1", "元", MEASURE_AMOUNT);
    struct quantity high = quantity_of("101.5", "元", MEASURE_AMOUNT);

    (void)state;
    assert_text(difference_percent_shown, &low, &high, "+10,050.00");
    assert_text(difference_percent_shown, &high, &low, "-99.01");
    assert_text(difference_percent_shown, &high, &high, "0.00");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_exact),
        cmocka_unit_test(there_are_no_per_cents_of_nothing_or_less),
        cmocka_unit_test(other_numbers_have_a_difference_in_one_unit),
        cmocka_unit_test(what_states_no_number_has_none),
        cmocka_unit_test(per_cents_for_people_have_a_sign_and_separators),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("difference", tests, NULL, NULL);
}
