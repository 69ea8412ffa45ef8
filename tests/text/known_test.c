#include "base/base.h"

#include "text/known.h"

#include "base/err.h"
#include "base/testing.h"

static void assert_hint(const char *wanted, const char *const *names, bool open, const char *before,
                        const char *expected)
{
    struct errs errs = ERRS_INIT;
    struct err *err = errs_add(&errs, ERR_CONTENT, "test", "m");
    struct known known = known_start(wanted, strlen(wanted));

    if (before)
        err_hint(err, "%s", before);
    for (; *names; names++)
        known_offer(&known, *names);
    known.open = open;
    known_hint(&known, err);
    if (expected)
        assert_string_equal(err->hint, expected);
    else
        assert_null(err->hint);
    assert_int_equal(known.list.len, 0);
    errs_release(&errs);
}

#define NAMES(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static void the_nearest_name_or_all_of_them(void **state)
{
    (void)state;
    assert_hint("finale", NAMES("initial_budget", "final"), false, NULL, "did you mean 'final'?");
    assert_hint("share", NAMES("initial_budget", "final"), false, NULL,
                "known: initial_budget, final");
    assert_hint("x", NAMES("决算数"), false, NULL, "known: 决算数");
    assert_hint("x", NAMES(NULL), false, NULL, NULL);
}

static void a_hint_is_kept_when_there_is_nothing_to_say(void **state)
{
    (void)state;
    assert_hint("x", NAMES(NULL), false, "make one", "make one");
    assert_hint("x", NAMES("total"), false, "make one", "known: total");
    assert_hint("totel", NAMES("total"), true, "look elsewhere", "did you mean 'total'?");
    assert_hint("x", NAMES("total"), true, "look elsewhere", "look elsewhere");
}

static void a_long_list_is_no_help(void **state)
{
    (void)state;
    assert_hint(
        "x",
        NAMES("l01", "l02", "l03", "l04", "l05", "l06", "l07", "l08", "l09", "l10", "l11", "l12"),
        false, NULL, "known: l01, l02, l03, l04, l05, l06, l07, l08, l09, l10, l11, l12");
    assert_hint("x",
                NAMES("l01", "l02", "l03", "l04", "l05", "l06", "l07", "l08", "l09", "l10", "l11",
                      "l12", "l13"),
                false, NULL, NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_name_or_all_of_them),
        cmocka_unit_test(a_hint_is_kept_when_there_is_nothing_to_say),
        cmocka_unit_test(a_long_list_is_no_help),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("known", tests, NULL, NULL);
}
