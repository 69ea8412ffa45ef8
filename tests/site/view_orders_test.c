#include "base/base.h"

#include "site/view_orders.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "model/bind.h"
#include "model/loaded.h"
#include "site/small_theme.h"
#include "site/theme.h"

struct made {
    struct loaded l;
    struct theme *theme;
    struct report report;
};

static int set_up(void **state)
{
    struct made *m = test_calloc(1, sizeof(*m));

    m->theme = load_small_theme(&m->l.errs);
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    struct made *m = *state;

    theme_free(m->theme);
    loaded_release(&m->l);
    test_free(m);
    return 0;
}

/* Projects as in a report: {"id": ..., then what `texts` say of each. */
static void make(struct made *m, const char *const *texts, size_t count)
{
    struct catalog catalog;
    struct bind bind = {.catalog = &catalog,
                        .arena = &m->l.arena,
                        .errs = &m->l.errs,
                        .department = text_of("a"),
                        .year = {2021, true, {0, 0}},
                        .unit = "万元"};

    catalog_init(&catalog);
    m->report.projects.items = arena_zalloc(&m->l.arena, count, sizeof(*m->report.projects.items));
    m->report.projects.count = count;
    for (size_t i = 0; i < count; i++) {
        struct strbuf json = STRBUF_INIT;
        struct project *project;

        strbuf_addf(&json, "{\"id\": \"%c\", \"name\": \"虚构\", %s}", (char)('a' + i), texts[i]);
        project = load_text(&m->l, &entity_project, json.buf);
        bind_project(&bind, project, &m->l.source);
        m->report.projects.items[i] = *project;
        strbuf_release(&json);
    }
    assert_errors(&m->l.errs, "");
}

/* "document: abc / executed: cab" */
static void assert_orders(struct made *m, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;
    struct view_order *orders;
    size_t count;

    view_orders_make(&m->report, m->theme, &m->l.arena, &orders, &count);
    for (size_t i = 0; i < count; i++) {
        struct strbuf title = STRBUF_INIT;

        strbuf_addf(&title, "the order_%s", orders[i].id.s);
        assert_string_equal(orders[i].title.s, title.buf);
        strbuf_release(&title);
        strbuf_addf(&shown, "%s%s: ", i ? " / " : "", orders[i].id.s);
        for (size_t j = 0; j < orders[i].projects.count; j++)
            strbuf_adds(&shown, orders[i].projects.items[j].project->id.s);
    }
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
}

#define TOTAL(rest) "\"funds\": [{\"id\": \"total\", \"label\": \"资金\", " rest "}]"
#define SCORE(score) "\"indicators\": [{\"id\": \"total\", \"score\": " score "}]"

static void no_project_has_no_order(void **state)
{
    struct made *m = *state;

    assert_orders(m, "");
}

static void one_project_has_one(void **state)
{
    static const char *const one[] = {TOTAL("\"executed\": \"1\"")};

    make(*state, one, 1);
    assert_orders(*state, "document: a");
}

/* Amounts as amounts: 100 元 are less than 0.02 万元. */
static void most_spent_comes_first_whatever_the_unit(void **state)
{
    static const char *const texts[] = {
        "\"unit\": \"元\", " TOTAL("\"executed\": \"100\""),
        TOTAL("\"executed\": \"0.02\""),
        TOTAL("\"executed\": \"9.10\""),
        TOTAL("\"executed\": \"9.1\""),
        TOTAL("\"executed\": \"10\""),
        TOTAL("\"executed\": {\"na\": \"dash\"}"),
        TOTAL("\"executed\": \"-3\""),
        TOTAL("\"executed\": \"0\""),
    };

    make(*state, texts, ARRAY_SIZE(texts));
    assert_orders(*state, "document: abcdefgh / executed: ecdbahgf");
}

static void lowest_rates_and_scores_come_first(void **state)
{
    static const char *const texts[] = {
        TOTAL("\"execution_rate\": \"100\"") ", " SCORE("\"98.5\""),
        TOTAL("\"execution_rate\": \"9.50\"") ", " SCORE("\"98.45\""),
        TOTAL("\"execution_rate\": \"76\"") ", " SCORE("\"100\""),
        SCORE("\"7\""),
    };

    make(*state, texts, ARRAY_SIZE(texts));
    assert_orders(*state, "document: abcd / rate: bcad / score: dbac");
}

/* What cannot be compared is last, and no order is made of nothing. */
static void figures_that_nobody_states_make_no_order(void **state)
{
    static const char *const texts[] = {SCORE("{\"na\": \"not-involved\"}"),
                                        SCORE("{\"na\": \"dash\"}")};

    make(*state, texts, ARRAY_SIZE(texts));
    assert_orders(*state, "document: ab");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(no_project_has_no_order),
        TEST(one_project_has_one),
        TEST(most_spent_comes_first_whatever_the_unit),
        TEST(lowest_rates_and_scores_come_first),
        TEST(figures_that_nobody_states_make_no_order),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("view_orders", tests, NULL, NULL);
}
