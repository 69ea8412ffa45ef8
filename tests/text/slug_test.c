#include "base/base.h"

#include "text/slug.h"

#include "base/strbuf.h"
#include "base/testing.h"

static void letters_and_digits_of_any_script_stay(void **state)
{
    static const char *const cases[][2] = {
        {"收入", "收入"},
        {"一、收入（万元）", "一-收入-万元"},
        {"  Two  Words! ", "two-words"},
        {"a_b-c.d", "a-b-c-d"},
        {"２０２１年·决算", "２０２１年-决算"},
        {"〇三", "〇三"},
        {"Émile", "Émile"},
        {"……", ""},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct strbuf out = STRBUF_INIT;

        slug_add(&out, cases[i][0], strlen(cases[i][0]));
        assert_string_equal(out.buf, cases[i][1]);
        strbuf_release(&out);
    }
}

static void it_is_added_to_what_is_there(void **state)
{
    struct strbuf out = STRBUF_INIT;

    (void)state;
    strbuf_adds(&out, "text-");
    slug_add(&out, "（一）", strlen("（一）"));
    assert_string_equal(out.buf, "text-一");
    strbuf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_and_digits_of_any_script_stay),
        cmocka_unit_test(it_is_added_to_what_is_there),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("slug", tests, NULL, NULL);
}
