#include "base/base.h"

#include "text/suggest.h"

#include "base/testing.h"

static const char *suggested(const char *wanted, const char *const *known)
{
    struct suggest s;

    suggest_start(&s, wanted, strlen(wanted));
    for (; *known; known++)
        suggest_offer(&s, *known);
    return s.name;
}

static void finds_what_was_meant(void **state)
{
    static const char *const columns[] = {
        "initial_budget", "full_budget", "final", "executed", "prior",          "prior_change",
        "prior_rate",     "completion",  "share", "basic",    "project",        "established",
        "actual",         "weight",      "score", "mean",     "execution_rate", NULL,
    };
    static const char *const cases[][2] = {
        {"finall", "final"}, /* one too many */
        {"fnal", "final"},   /* one too few */
        {"finsl", "final"},  /* another one */
        {"fianl", "final"},  /* two swapped */
        {"Final", "final"},
        {"prior_chnage", "prior_change"},
        {"inital_budget", "initial_budget"},
        {"initial-budget", "initial_budget"},
        {"execution", "executed"}, /* three of nine */
        {"wieght", "weight"},
        {"final", "final"},
        {"x", NULL},
        {"", NULL},
        {"committee", NULL},
        {"金额", NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *name = suggested(cases[i][0], columns);

        if (!cases[i][1])
            assert_null(name);
        else if (!name || strcmp(name, cases[i][1]))
            fail_msg("'%s': '%s' for '%s'", cases[i][0], name ? name : "", cases[i][1]);
    }
}

static void chinese_names_are_compared_by_characters(void **state)
{
    /* 釐 and 金, 颜 and 额 are one byte apart */
    static const char *const names[] = {"决算数",
                                        "金额",
                                        "比上年增减率",
                                        "一般公共预算财政拨款收入",
                                        "城市基础设施配套费及对应专项债务收入安排的支出合计",
                                        NULL};
    static const char *const cases[][2] = {
        {"决算書", "决算数"},
        {"决算", "决算数"},
        {"釐颜", NULL},
        {"金", NULL},
        {"余额", NULL},
        {"金额", "金额"},
        {"决定金", NULL},
        {"比上年增率减", "比上年增减率"},
        {"一般公共服务", NULL},
        {"一般公共预算财政收入", "一般公共预算财政拨款收入"},
        {"城市基础设施配套费及对应专项债务收入安排的支出总计",
         "城市基础设施配套费及对应专项债务收入安排的支出合计"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *name = suggested(cases[i][0], names);

        if (cases[i][1] ? !name || strcmp(name, cases[i][1]) : name != NULL)
            fail_msg("'%s': '%s'", cases[i][0], name ? name : "");
    }
}

static void nothing_offered_is_nothing_suggested(void **state)
{
    static const char *const none[] = {NULL};

    (void)state;
    assert_null(suggested("final", none));
}

static void the_nearest_wins_and_the_first_of_equals(void **state)
{
    static const char *const names[] = {"abcdefXX", "abcdefgX", "abcdefgY", "abcdefZh", NULL};
    static const char *const reversed[] = {"abcdefZh", "abcdefgY", "abcdefgX", "abcdefXX", NULL};

    (void)state;
    assert_string_equal(suggested("abcdefgh", names), "abcdefgX");
    assert_string_equal(suggested("abcdefgh", reversed), "abcdefZh");
}

static void reads_no_further_than_told(void **state)
{
    struct suggest s;
    char wanted[] = {'f', 'i', 'n', 'a', 'l', 'X', 'X', 'X', 'X', 'X', 'X'};

    (void)state;
    suggest_start(&s, wanted, 5);
    suggest_offer(&s, "final");
    assert_string_equal(s.name, "final");
    assert_int_equal(s.distance, 0);
}

static void long_names_are_near_to_nothing(void **state)
{
    char name[100], longer[200];

    (void)state;
    for (size_t len = 60; len < 70; len++) {
        struct suggest s;

        memset(name, 'x', sizeof(name));
        name[len] = '\0';
        suggest_start(&s, name, len);
        suggest_offer(&s, name);
        if (len <= 64)
            assert_ptr_equal(s.name, name);
        else
            assert_null(s.name);
    }
    memset(longer, 'x', sizeof(longer));
    longer[sizeof(longer) - 1] = '\0';
    name[40] = '\0';
    assert_null(suggested(name, (const char *const[]){longer, NULL}));
    assert_null(suggested(longer, (const char *const[]){name, "x", "", NULL}));
}

/* --- against the definition of the distance, followed word for word --- */

static unsigned osa(const char *a, size_t i, const char *b, size_t j)
{
    unsigned best, other;

    if (!i || !j)
        return (unsigned)(i + j);
    best = osa(a, i - 1, b, j) + 1;
    other = osa(a, i, b, j - 1) + 1;
    best = other < best ? other : best;
    other = osa(a, i - 1, b, j - 1) + (a[i - 1] != b[j - 1]);
    best = other < best ? other : best;
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        other = osa(a, i - 2, b, j - 2) + 1;
        best = other < best ? other : best;
    }
    return best;
}

static void agrees_with_the_definition_on_random_names(void **state)
{
    struct testing_random random = {1};
    size_t rounds = testing_rounds(4000), near = 0;

    (void)state;
    for (size_t i = 0; i < rounds; i++) {
        char a[9] = "", b[9] = "";
        size_t a_len = testing_below(&random, 8), b_len = testing_below(&random, 8), longer;
        struct suggest s;
        unsigned d;

        for (size_t j = 0; j < a_len; j++)
            a[j] = (char)('a' + testing_below(&random, 3));
        for (size_t j = 0; j < b_len; j++)
            b[j] = (char)('a' + testing_below(&random, 3));
        d = osa(a, a_len, b, b_len);
        longer = a_len > b_len ? a_len : b_len;
        suggest_start(&s, a, a_len);
        suggest_offer(&s, b);
        if (d <= (longer > 2 ? (2 * longer + 3) / 6 : 0)) { /* a third, rounded */
            assert_ptr_equal(s.name, b);
            assert_int_equal(s.distance, d);
            near++;
        } else {
            assert_null(s.name);
        }
    }
    assert_true(near > rounds / 20 && near < rounds / 2);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_meant),
        cmocka_unit_test(chinese_names_are_compared_by_characters),
        cmocka_unit_test(nothing_offered_is_nothing_suggested),
        cmocka_unit_test(the_nearest_wins_and_the_first_of_equals),
        cmocka_unit_test(reads_no_further_than_told),
        cmocka_unit_test(long_names_are_near_to_nothing),
        cmocka_unit_test(agrees_with_the_definition_on_random_names),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
