/* What an officer may write when a department is renamed, and what not. */
#include "base/base.h"

#include "model/bind_names.h"

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

/* A department of these names and, for each of the years, a report without anything. */
static struct department *department(struct world *w, const char *names)
{
    struct strbuf text = STRBUF_INIT;
    struct department *d;

    strbuf_addf(&text,
                "{\"names\": [\n%s],\n\"division\": \"110106\", \"division_name\": \"丰台区\",\n"
                "\"level\": \"county\"}",
                names);
    d = world_department(w, text.buf);
    strbuf_release(&text);
    return d;
}

static const char *name_in(struct world *w, struct department *d, int year)
{
    struct report report = {.year = {year, true, {0, 0}}};

    d->reports.items = &report;
    d->reports.count = 1;
    bind_report_names(&w->bind, d, &w->l.source);
    d->reports.count = 0;
    return report.department_name.s;
}

#define A "{\"name\": \"甲\""
#define B "{\"name\": \"乙\""

static void a_name_ends_where_the_newer_one_begins(void **state)
{
    static const char *const written[] = {
        B ", \"from\": \"2020\"},\n" A "}",
        B ", \"from\": \"2020-07\"},\n" A ", \"to\": \"2020\"}",
        B ", \"from\": \"2020-07-01\"},\n" A ", \"from\": \"1999\", \"to\": \"2020-07\"}",
        B ", \"from\": \"2020-07-01\", \"to\": \"2030\"},\n" A ", \"to\": \"2020-07-01\"}",
    };
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_SIZE(written); i++) {
        struct department *d = department(w, written[i]);

        assert_string_equal(name_in(w, d, 2018), "甲");
        assert_string_equal(name_in(w, d, 2019), "甲");
        assert_string_equal(name_in(w, d, 2020), "乙");
        assert_string_equal(name_in(w, d, 2021), "乙");
        assert_errors(&w->l.errs, "");
    }
}

static void a_name_may_come_back(void **state)
{
    struct world *w = *state;
    struct department *d =
        department(w, A ", \"from\": \"2023\"},\n" B ", \"from\": \"2019\"},\n" A "}");

    assert_string_equal(name_in(w, d, 2018), "甲");
    assert_string_equal(name_in(w, d, 2020), "乙");
    assert_string_equal(name_in(w, d, 2024), "甲");
    assert_errors(&w->l.errs, "");
    department(w, A ", \"from\": \"2023\"},\n" A ", \"from\": \"2023\"}");
    assert_error(&w->l.errs, "duplicate-id", 3);
}

static void two_names_may_begin_in_one_year(void **state)
{
    struct world *w = *state;
    struct department *d = department(w, B ", \"from\": \"2020\"},\n" A ", \"from\": \"2020-03\"}");

    assert_errors(&w->l.errs, "");
    assert_string_equal(name_in(w, d, 2020), "乙");
}

static void a_new_name_says_since_when(void **state)
{
    struct world *w = *state;

    department(w, B "},\n" A ", \"from\": \"2019\"}");
    assert_errors(&w->l.errs,
                  "department.json:2:10: error[name-without-from]: since when is '乙' the name? "
                  "there is an older one behind it\n"
                  "  {\"name\": \"乙\"},\n"
                  "           ^\n"
                  "  write the year, month or day, such as \"from\": \"2019-03\"; the newest name "
                  "stands first\n");
}

static void the_newest_stands_first(void **state)
{
    struct world *w = *state;

    department(w, A ", \"to\": \"2019\"},\n" B ", \"from\": \"2019\"}");
    assert_error(&w->l.errs, "name-without-from", 2);
    department(w, A ", \"from\": \"2012\"},\n{\"name\": \"丙\"},\n" B ", \"from\": \"2019-03\"}");
    assert_errors(&w->l.errs,
                  "department.json:4:23: error[names-out-of-order]: this name is from 2019-03, but "
                  "the one before it from 2012\n"
                  "  {\"name\": \"乙\", \"from\": \"2019-03\"}],\n"
                  "                        ^\n"
                  "  put the newest name first, and the oldest last\n");
}

static void names_do_not_overlap(void **state)
{
    struct world *w = *state;

    department(w, B ", \"from\": \"2019-03\"},\n" A ", \"from\": \"2010\", \"to\": \"2019-04\"}");
    assert_errors(&w->l.errs,
                  "department.json:3:37: error[names-overlap]: this name is used to 2019-04, but "
                  "the newer one from 2019-03 already\n"
                  "  {\"name\": \"甲\", \"from\": \"2010\", \"to\": \"2019-04\"}],\n"
                  "                                      ^\n"
                  "  mend the one that is wrong; without 'to', a name ends where the newer one "
                  "begins\n");
}

static void nothing_ends_before_it_begins(void **state)
{
    struct world *w = *state;

    department(w, A ", \"from\": \"2019\", \"to\": \"2018-12-31\"}");
    assert_errors(&w->l.errs, "department.json:2:37: error[ends-before-it-begins]: 'to' "
                              "(2018-12-31) is before 'from' (2019)\n"
                              "  {\"name\": \"甲\", \"from\": \"2019\", \"to\": \"2018-12-31\"}],\n"
                              "                                      ^\n"
                              "  mend the one that is wrong\n");
    department(w, A "}], \"units\": [{\"id\": \"a\", \"name\": \"乙\",\n"
                    "\"from\": \"2019-05\", \"to\": \"2019-04\"}");
    assert_error(&w->l.errs, "ends-before-it-begins", 3);
}

static void a_report_in_a_gap_is_warned_about(void **state)
{
    struct world *w = *state;
    struct department *d = department(w, B ", \"from\": \"2020\", \"to\": \"2022\"},\n" A
                                           ", \"from\": \"2012\", \"to\": \"2017\"}");

    assert_string_equal(name_in(w, d, 2011), "甲");
    assert_error(&w->l.errs, "year-without-name", 3);
    assert_string_equal(name_in(w, d, 2017), "甲");
    assert_errors(&w->l.errs, "");
    assert_string_equal(name_in(w, d, 2018), "甲");
    assert_errors(
        &w->l.errs,
        "department.json:3:37: warning[year-without-name]: there is a report of 2018, but "
        "no name for that year; it bears '甲'\n"
        "  {\"name\": \"甲\", \"from\": \"2012\", \"to\": \"2017\"}],\n"
        "                                      ^\n"
        "  let a name last to that year, or begin with it\n");
    assert_string_equal(name_in(w, d, 2023), "乙");
    assert_error(&w->l.errs, "year-without-name", 2);
}

/* A date that was refused is not missing. */
static void what_could_not_be_read_has_no_consequences(void **state)
{
    struct world *w = *state;

    department(w, B ", \"from\": \"2019-02-30\"},\n" A "}");
    assert_error(&w->l.errs, "wrong-form", 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_name_ends_where_the_newer_one_begins),
        TEST(a_name_may_come_back),
        TEST(two_names_may_begin_in_one_year),
        TEST(a_new_name_says_since_when),
        TEST(the_newest_stands_first),
        TEST(names_do_not_overlap),
        TEST(nothing_ends_before_it_begins),
        TEST(a_report_in_a_gap_is_warned_about),
        TEST(what_could_not_be_read_has_no_consequences),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("bind_names", tests, NULL, NULL);
}
