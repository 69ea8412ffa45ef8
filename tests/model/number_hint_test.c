/* The hints as they come with their errors are in load/line-number.json; here are the edges. */
#include "base/base.h"

#include "model/number_hint.h"

#include "base/testing.h"

static const char *hint(const char *s)
{
    return number_hint(s, strlen(s));
}

static void each_habit_has_its_hint(void **state)
{
    static const char *const habits[][2] = {
        {"1,000", "separators"},
        {"-1，000.5%", "separators"},
        {"5%", "percentage"},
        {"+5％", "percentage"},
        {"+5", "'+'"},
        {"5+", "'+'"},
        {"－", "dash"},
        {"—", "dash"},
        {"−", "dash"},
        {"──", "dash"},
        {"／", "dash"},
        {"-", "dash"},
        {"-无", "dash"},
        {"不涉及", "not-involved"},
        {"（不涉及）", "not-involved"},
        {"5", "digits only"},
        {"-5", "digits only"},
        {"—5", "digits only"},
        {"会—", "digits only"},
        {"x", "digits only"},
        {"５", "half-width"},
        {"－５．０", "half-width"},
        {"5．0", "half-width"},
        {"", "leave the key out"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(habits); i++)
        if (!strstr(hint(habits[i][0]), habits[i][1]))
            fail_msg("'%s': %s", habits[i][0], hint(habits[i][0]));
}

static void reads_no_further_than_told(void **state)
{
    (void)state;
    assert_ptr_equal(number_hint("5,", 1), hint("5"));
    assert_ptr_equal(number_hint("—5", 3), hint("—"));
    assert_ptr_equal(number_hint("x", 0), hint(""));
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
