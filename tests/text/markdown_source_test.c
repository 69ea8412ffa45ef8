/* What the errors say is in markdown_test.c. */
#include "base/base.h"

#include "text/markdown_source.h"

#include "base/err.h"
#include "base/testing.h"

static void bytes_that_no_text_may_have_are_errors(void **state)
{
    static const struct {
        const char *text;
        size_t len;
        const char *id; /* NULL: all is well */
        unsigned column;
    } cases[] = {
        {"", 0, NULL, 0},
        {"决算\n", 7, NULL, 0},
        {"a\0", 1, NULL, 0}, /* behind the text */
        {"a\0b", 3, "nul-character", 2},
        {"a\xBE", 2, "invalid-utf8", 2},
        {"\xEF\xBB\xBF# a", 6, "byte-order-mark", 1},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct errs errs = ERRS_INIT;

        assert_int_equal(markdown_check_bytes("t.md", cases[i].text, cases[i].len, &errs),
                         cases[i].id ? -1 : 0);
        assert_int_equal(errs.count, cases[i].id ? 1 : 0);
        if (cases[i].id) {
            assert_string_equal(errs.items[0].id, cases[i].id);
            assert_int_equal(errs.items[0].column, cases[i].column);
        }
        errs_release(&errs);
    }
}

/* The table begins at "^" when there is one; the text ends at "$" when there is one. */
static void assert_table(const char *marked)
{
    char text[64];
    size_t len = 0, at = SIZE_MAX, end = SIZE_MAX;

    for (const char *p = marked; *p; p++) {
        if (*p == '^')
            at = len;
        else if (*p == '$')
            end = len;
        else
            text[len++] = *p;
    }
    if (end == SIZE_MAX)
        end = len;
    assert_int_equal(markdown_find_table(text, 0, end), at == SIZE_MAX ? end : at);
}

static void a_table_is_a_head_and_a_rule_below_it(void **state)
{
    (void)state;
    assert_table("^|a|b|\n|-|-|\n|1|2|\n");
    assert_table("^a | b\n--- | ---");
    assert_table("  ^| a |\r\n | :-: |\r\n");
    assert_table("> ^|a|\r> |-|");
    assert_table("text\n^|a|\n|-|\n");
    assert_table("|x|\n^|a|\n|-|\n|b|\n|-|\n");
    assert_table("^|a|\n|---|"); /* cells need not be as many */
    assert_table("");
    assert_table("\n\n");
    assert_table("\r\n");
    assert_table("|-|");
    assert_table("a\n|-|");
    assert_table("|a|\n---");
    assert_table("|a|\n|||");
    assert_table("|a|\n|-x|");
    assert_table("|a|\n\n|-|");
    assert_table("|a|\n$|-|");
}

static void lines_before_are_not_looked_at(void **state)
{
    static const char text[] = "|a|\n|-|\n|b|\n|-|\n";

    (void)state;
    assert_int_equal(markdown_find_table(text, 4, 8), 8);
    assert_int_equal(markdown_find_table(text, 4, 16), 8);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_that_no_text_may_have_are_errors),
        cmocka_unit_test(a_table_is_a_head_and_a_rule_below_it),
        cmocka_unit_test(lines_before_are_not_looked_at),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("markdown_source", tests, NULL, NULL);
}
