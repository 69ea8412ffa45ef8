/* What must hold within a profile. */
#include "base/base.h"

#include "model/bind_form.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "model/world.h"

static int set_up(void **state)
{
    static struct world w;

    world_init(&w);
    *state = &w;
    return 0;
}

static int tear_down(void **state)
{
    world_release(*state);
    return 0;
}

/* A profile with one table; `more` goes into it, `years` before its tables. */
static void profile(struct world *w, const char *years, const char *id, const char *more)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_addf(&text,
                "{\"id\": \"q\", \"title\": \"x\", \"unit\": \"元\", \"classification\": 2021,\n"
                "%s\"tables\": [\n"
                "{\"id\": \"%s\", \"title\": \"x\", \"statutory\": true,\n"
                "\"columns\": [{\"id\": \"final\"}]%s}]}",
                years, id, more);
    world_profile(w, text.buf);
    strbuf_release(&text);
}

static void years_are_in_order(void **state)
{
    struct world *w = *state;

    profile(w, "\"from\": 2021, \"to\": 2021,\n", "t", "");
    profile(w, "\"to\": 2021,\n", "t", "");
    assert_errors(&w->l.errs, "");
    profile(w, "\"from\": 2022, \"to\": 2020,\n", "t", "");
    assert_errors(&w->l.errs, "profile.json:2:21: error[ends-before-it-begins]: 'to' (2020) is "
                              "before 'from' (2022)\n"
                              "  \"from\": 2022, \"to\": 2020,\n"
                              "                      ^\n"
                              "  they are the first and the last year that the profile is for\n");
}

/* Its dataset and its view would have to be called so; and the addresses of what is in projects/
 * and evaluations/ begin so. */
static void a_table_has_a_name_of_its_own(void **state)
{
    static const char *const taken[] = {"projects",    "facts",           "figures",
                                        "all_figures", "figures_by_line", "sqlite_x"};
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_SIZE(taken); i++) {
        profile(w, "", taken[i], "");
        assert_error(&w->l.errs, "reserved-name", 3);
    }
    profile(w, "", "fact", "");
    profile(w, "", "sqlite", "");
    assert_errors(&w->l.errs, "");
    profile(w, "", "all_figures", "");
    assert_errors(&w->l.errs,
                  "profile.json:3:8: error[reserved-name]: a table cannot be called "
                  "'all_figures', since the database has or keeps that name for itself\n"
                  "  {\"id\": \"all_figures\", \"title\": \"x\", \"statutory\": true,\n"
                  "         ^\n"
                  "  call it otherwise, by its meaning\n");
}

static void levels_are_few(void **state)
{
    struct world *w = *state;

    profile(w, "", "t",
            ",\n\"lines\": [{\"id\": \"a\", \"label\": \"x\", \"level\": 0},\n"
            "{\"id\": \"b\", \"label\": \"x\", \"level\": 5}]");
    assert_errors(&w->l.errs, "");
    profile(w, "\"funds\": [{\"id\": \"a\", \"label\": \"x\", \"level\": 9}],\n", "t",
            ",\n\"lines\": [\n{\"id\": \"a\", \"label\": \"x\", \"level\": -1}]");
    assert_errors(&w->l.errs,
                  "profile.json:7:36: error[out-of-range]: 'level' must be 0 to 5, found -1\n"
                  "  {\"id\": \"a\", \"label\": \"x\", \"level\": -1}]}]}\n"
                  "                                     ^\n"
                  "  0 is a total, 1 and more are how far a line is indented below it\n"
                  "profile.json:2:46: error[out-of-range]: 'level' must be 0 to 5, found 9\n"
                  "  \"funds\": [{\"id\": \"a\", \"label\": \"x\", \"level\": 9}],\n"
                  "                                               ^\n"
                  "  0 is a total, 1 and more are how far a line is indented below it\n");
}

static void a_line_stands_on_a_side(void **state)
{
    struct world *w = *state;

    profile(w, "", "t",
            ",\n\"sides\": [{\"id\": \"left\", \"title\": \"x\"}, {\"id\": \"right\", \"title\": "
            "\"x\"}],\n"
            "\"lines\": [{\"id\": \"a\", \"label\": \"x\", \"side\": \"left\"},\n"
            "{\"id\": \"b\", \"label\": \"x\"},\n"
            "{\"id\": \"c\", \"label\": \"x\", \"where\": \"narrative\"}]");
    assert_errors(
        &w->l.errs,
        "profile.json:7:8: error[line-without-side]: the table 't' has sides, but the "
        "line 'b' does not say on which it is\n"
        "  {\"id\": \"b\", \"label\": \"x\"},\n"
        "         ^\n"
        "  add \"side\": \"left\" or \"side\": \"right\"; or \"where\": \"narrative\", if "
        "it is not printed in the table\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(years_are_in_order),
        TEST(a_table_has_a_name_of_its_own),
        TEST(levels_are_few),
        TEST(a_line_stands_on_a_side),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("bind_form", tests, NULL, NULL);
}
