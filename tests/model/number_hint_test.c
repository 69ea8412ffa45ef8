/* The hints as they come with their errors are in load/line-number.json; here are the edges. */
#include "base/base.h"

#include "model/number_hint.h"

#include "base/err.h"
#include "base/testing.h"

static void assert_hint(const char *s, size_t len, const char *expected)
{
    struct errs errs = ERRS_INIT;
    struct err *err = errs_add(&errs, ERR_CONTENT, "not-a-number", "x");

    number_hint(err, s, len);
    if (strcmp(err->hint, expected) != 0)
        fail_msg("'%.*s': %s", (int)len, s, err->hint);
    errs_release(&errs);
}

static void each_habit_has_its_hint(void **state)
{
    static const char digits[] = "write digits only, with a point before decimals, such as 4180.76";
    static const char dash[] = "for a dash in the place of a number write {\"na\": \"dash\"}";
    static const char not_involved[] =
        "for these words in the place of a number write {\"na\": \"not-involved\"}";
    static const char shortened[] =
        "a spreadsheet has shortened this number: write all its digits, "
        "as the document prints them";
    static const char *const habits[][2] = {
        {"1,000", "write the number without separators: 1000"},
        {"1,200.00", "write the number without separators: 1200.00"},
        {"-12，345，678.5", "write the number without separators: -12345678.5"},
        {"1 000", "write the number without separators: 1000"},
        {"1\xC2\xA0"
         "000",
         "write the number without separators: 1000"},
        {"1,234 万元", "write the number without separators: 1234"},
        {"1,00", digits}, /* which of them? */
        {"1,0000", digits},
        {"1234,567", digits},
        {"1,234,56", digits},
        {"1,000,", digits},
        {"1'000", digits},
        {"5%", "write a percentage without its sign: 5"},
        {"82.13 ％", "write a percentage without its sign: 82.13"},
        {"+5", "write an increase without '+': 5"},
        {"＋5", "write an increase without '+': 5"},
        {"+-5", "write an increase without '+': -5"},
        {"12人", "write the number alone, without what stands behind it: 12"},
        {"-5万元", "write the number alone, without what stands behind it: -5"},
        {"5+", "write the number alone, without what stands behind it: 5"},
        {"5至6", digits},
        {" 5", "write the number without spaces: 5"},
        {"5\xE3\x80\x80", "write the number without spaces: 5"},
        {"５", "write half-width digits, point and sign: 5"},
        {"－５．０", "write half-width digits, point and sign: -5.0"},
        {"−5", "write half-width digits, point and sign: -5"},
        {"5．0", "write half-width digits, point and sign: 5.0"},
        {"1.2E+03", shortened},
        {"-1e5", shortened},
        {"4.18076E-7", shortened},
        {"1e", "write the number alone, without what stands behind it: 1"},
        {"e5", digits},
        {"－", dash},
        {"—", dash},
        {"−", dash},
        {"──", dash},
        {"／", dash},
        {"-", dash},
        {"-无", dash},
        {"不涉及", not_involved},
        {"（不涉及）", not_involved},
        {"05", digits},
        {".5", digits},
        {"5.", digits},
        {"--5", digits},
        {"—5", digits},
        {"会—", digits},
        {"x", digits},
        {"", "leave the key out"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(habits); i++)
        assert_hint(habits[i][0], strlen(habits[i][0]), habits[i][1]);
}

static void reads_no_further_than_told(void **state)
{
    (void)state;
    assert_hint("5%,", 2, "write a percentage without its sign: 5");
    assert_hint("—5", 3, "for a dash in the place of a number write {\"na\": \"dash\"}");
    assert_hint("x", 0, "leave the key out");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_habit_has_its_hint),
        cmocka_unit_test(reads_no_further_than_told),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("number_hint", tests, NULL, NULL);
}
