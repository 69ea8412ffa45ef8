/*
 * Which figures are in the charts of a page: a chart is shown as
 *
 *     uses, zeros 1, others 2
 *       label: 12.00 万元 | 3.00 万元*        *: computed
 *     [label]                                 a heading
 */
#include "base/base.h"

#include "site/view_charts.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/catalog.h"
#include "model/loaded.h"
#include "site/quantities.h"
#include "site/small_theme.h"
#include "site/theme.h"

struct made {
    struct loaded l;
    struct theme *theme;
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

static void show_value(const struct view_chart_value *value, struct strbuf *out)
{
    strbuf_addf(out, "%s%s%s%s", value->exact.s ? value->exact.s : value->words.s,
                value->unit.s ? " " : "", value->unit.s ? value->unit.s : "",
                value->computed.value ? "*" : "");
}

static void show(const struct chart_maker *m, const char *id, struct strbuf *out)
{
    for (size_t i = 0; i < m->count; i++) {
        const struct view_chart *chart = &m->items[i];

        if (!text_is(&chart->id, id))
            continue;
        strbuf_addf(out, "%s of %s", chart->id.s, chart->source.s ? chart->source.s : "-");
        if (chart->zeros.present)
            strbuf_addf(out, ", zeros %lld", (long long)chart->zeros.value);
        if (chart->others.present)
            strbuf_addf(out, ", others %lld", (long long)chart->others.value);
        strbuf_addch(out, '\n');
        for (size_t j = 0; j < chart->rows.count; j++) {
            const struct view_chart_row *row = &chart->rows.items[j];

            strbuf_addf(out, row->heading.value ? "[%s]" : "  %s:", row->label.s);
            for (size_t k = 0; k < row->values.count; k++) {
                strbuf_adds(out, k ? " | " : " ");
                show_value(&row->values.items[k], out);
            }
            strbuf_addch(out, '\n');
        }
    }
}

/* A profile with the lines of a summary, and the other tables that charts are of. */
static const char profile[] =
    "{\"id\": \"p\", \"title\": \"样张\", \"unit\": \"万元\", \"classification\": 2021, "
    "\"tables\": [{\"id\": \"income_expenditure_summary\", \"title\": \"总表\", \"statutory\": "
    "true, \"sides\": [{\"id\": \"income\", \"title\": \"收入\"}, {\"id\": \"expenditure\", "
    "\"title\": \"支出\"}], \"columns\": [{\"id\": \"final\"}], \"lines\": ["
    "{\"id\": \"income-tax\", \"side\": \"income\", \"level\": 1}, "
    "{\"id\": \"income-other\", \"side\": \"income\", \"level\": 1}, "
    "{\"id\": \"income-total\", \"side\": \"income\"}, "
    "{\"id\": \"opening\", \"side\": \"income\"}, "
    "{\"id\": \"total\", \"side\": \"income\"}, "
    "{\"id\": \"201\", \"side\": \"expenditure\", \"level\": 1}, "
    "{\"id\": \"208\", \"side\": \"expenditure\", \"level\": 1}, "
    "{\"id\": \"expenditure-total\", \"side\": \"expenditure\"}, "
    "{\"id\": \"closing\", \"side\": \"expenditure\"}, "
    "{\"id\": \"uses-total\", \"side\": \"expenditure\"}, "
    "{\"id\": \"income-fiscal\", \"side\": \"income\", \"level\": 1, \"where\": \"narrative\"}, "
    "{\"id\": \"expenditure-basic\", \"side\": \"expenditure\", \"level\": 1, \"where\": "
    "\"narrative\"}, "
    "{\"id\": \"expenditure-project\", \"side\": \"expenditure\", \"level\": 1, \"where\": "
    "\"narrative\"}]}, "
    "{\"id\": \"three_public\", \"title\": \"三公\", \"statutory\": true, \"columns\": [{\"id\": "
    "\"final\"}], \"lines\": [{\"id\": \"total\", \"label\": \"合计\"}, {\"id\": \"abroad\", "
    "\"label\": \"出国\", \"level\": 1}, {\"id\": \"vehicles\", \"label\": \"车\", \"level\": 1}, "
    "{\"id\": \"vehicle-running\", \"label\": \"运行\", \"level\": 2}]}]}";

static struct report *load_report(struct made *m, unsigned year, const char *tables)
{
    return load_text(&m->l, &entity_report,
                     arena_format(&m->l.arena,
                                  "{\"year\": %u, \"profile\": \"p\", \"unit\": \"万元\", "
                                  "\"tables\": {%s}}",
                                  year, tables));
}

/* Labels are ids. */
static void label(struct report *report)
{
    bind_amounts(report);
    for (size_t i = 0; i < report->tables.count; i++)
        for (size_t j = 0; j < report->tables.items[i].lines.count; j++)
            report->tables.items[i].lines.items[j].label =
                report->tables.items[i].lines.items[j].id;
}

static void assert_chart(struct made *m, const char *tables, const char *id, const char *expected)
{
    struct report *report = load_report(m, 2021, tables);
    struct chart_maker charts = chart_maker_of(m->theme, &m->l.arena);
    struct strbuf shown = STRBUF_INIT;

    assert_errors(&m->l.errs, "");
    label(report);
    view_charts_of_report(&charts, report, load_text(&m->l, &entity_profile, profile));
    show(&charts, id, &shown);
    assert_string_equal(shown.buf ? shown.buf : "", expected);
    strbuf_release(&shown);
}

#define LINE(id, rest) "{\"id\": \"" id "\", " rest "}"
#define FINAL(id, n) LINE(id, "\"final\": \"" n "\"")
#define SUMMARY(lines) "\"income_expenditure_summary\": {\"lines\": [" lines "]}"

static void printed_parts_add_up(void **state)
{
    assert_chart(
        *state,
        SUMMARY(
            FINAL("income-tax", "90.00") "," FINAL("income-other", "0.00") "," FINAL("income-total", "90.00") "," FINAL("opening", "10.00") "," FINAL("total", "100.00") "," FINAL(
                "201",
                "60.00") "," FINAL("208",
                                   "39.00") "," FINAL("expenditure-total",
                                                      "99.00") "," FINAL("closing",
                                                                         "1.00") "," FINAL("uses-"
                                                                                           "total",
                                                                                           "100.00") "," FINAL("income-fiscal",
                                                                                                               "90.00") "," FINAL("expenditure-basic",
                                                                                                                                  "70.00") "," FINAL("expenditure-project",
                                                                                                                                                     "29.00")),
        "flows",
        "flows of table-income_expenditure_summary, zeros 1\n"
        "[收入]\n"
        "  the chart_total: 100.00 万元\n"
        "  income-tax: 90.00 万元\n"
        "  opening: 10.00 万元\n"
        "[支出]\n"
        "  the chart_total: 100.00 万元\n"
        "  201: 60.00 万元\n"
        "  208: 39.00 万元\n"
        "  closing: 1.00 万元\n");
}

/* Half of the income is told in the text; what was there before is not told at all. */
static void parts_are_looked_for_in_the_text(void **state)
{
    assert_chart(
        *state,
        SUMMARY(FINAL("income-other", "20.00") "," FINAL("income-total", "90.00") "," FINAL(
            "total",
            "100.00") "," FINAL("income-fiscal",
                                "70.00") "," FINAL("expenditure-total",
                                                   "99.00") "," FINAL("expenditure-basic",
                                                                      "70.00") "," FINAL("expenditu"
                                                                                         "re-"
                                                                                         "project",
                                                                                         "29.00")),
        "flows",
        "flows of table-income_expenditure_summary\n"
        "[收入]\n"
        "  the chart_total: 100.00 万元\n"
        "  income-other: 20.00 万元\n"
        "  income-fiscal: 70.00 万元\n"
        "  the chart_rest: 10.00 万元*\n"
        "[支出]\n"
        "  the chart_total: 100.00 万元\n"
        "  expenditure-basic: 70.00 万元\n"
        "  expenditure-project: 29.00 万元\n"
        "  the chart_rest: 1.00 万元*\n");
}

static void totals_alone_are_no_chart(void **state)
{
    assert_chart(*state, SUMMARY(FINAL("total", "100.00") "," FINAL("uses-total", "100.00")),
                 "flows", "");
    assert_chart(*state, "", "flows", "");
}

#define GENERAL(lines) "\"general_public_expenditure\": {\"lines\": [" lines "]}"

static void codes_are_shown_by_level(void **state)
{
    assert_chart(
        *state,
        "\"expenditure\": {\"unit\": \"元\", \"lines\": [" FINAL("total", "30") "," FINAL(
            "201",
            "20") "," FINAL("20103",
                            "-20") "," FINAL("208",
                                             "0") "," LINE("210",
                                                           "\"final\": {\"na\": \"dash\"}") "]}",
        "uses",
        "uses of table-expenditure, zeros 1\n"
        "  201: 20 元\n"
        "  20103: -20 元\n"
        "  210: ——\n");
}

static void many_codes_are_shown_less_deeply(void **state)
{
    struct made *m = *state;
    struct strbuf lines = STRBUF_INIT;

    strbuf_adds(&lines, "\"expenditure\": {\"lines\": [" FINAL("201", "3") "," FINAL("208", "4"));
    for (unsigned i = 1; i <= 23; i++)
        strbuf_addf(&lines, ", {\"id\": \"201%02u\", \"final\": \"1\"}", i);
    strbuf_adds(&lines, "]}");
    assert_chart(m, lines.buf, "uses",
                 "uses of table-expenditure, others 23\n"
                 "  201: 3 万元\n"
                 "  208: 4 万元\n");
    strbuf_release(&lines);
}

static void a_budget_is_stated_or_follows(void **state)
{
    assert_chart(
        *state,
        GENERAL(LINE("201", "\"final\": \"12.5\", \"initial_budget\": \"10.00\"") "," LINE(
            "205",
            "\"final\": \"0\", \"budget_change\": \"-0.90\"") "," FINAL("208",
                                                                        "70.00") "," LINE("221",
                                                                                          "\"final"
                                                                                          "\": "
                                                                                          "\"1114."
                                                                                          "74\", "
                                                                                          "\"budget"
                                                                                          "_change"
                                                                                          "\": "
                                                                                          "\"-4."
                                                                                          "48\"")),
        "budget",
        "budget of table-general_public_expenditure\n"
        "  201: 10.00 万元 | 12.5 万元\n"
        "  205: 0.90 万元* | 0 万元\n"
        "  221: 1,119.22 万元* | 1,114.74 万元\n");
    assert_chart(*state,
                 GENERAL(FINAL("201", "12.5") "," LINE(
                     "2010301", "\"final\": \"12.5\", \"initial_budget\": \"10.00\"")),
                 "budget",
                 "budget of table-general_public_expenditure\n"
                 "  2010301 2010301: 10.00 万元 | 12.5 万元\n");
}

static void basic_beside_project(void **state)
{
    assert_chart(
        *state,
        "\"expenditure\": {\"lines\": [" LINE("201", "\"basic\": \"3\"") "," LINE(
            "20103", "\"basic\": \"3\"") "," LINE("208",
                                                  "\"basic\": \"0\", \"project\": "
                                                  "\"0\"") "," LINE("total",
                                                                    "\"basic\": \"3\", "
                                                                    "\"project\": \"4\"") "]}",
        "nature",
        "nature of table-expenditure\n"
        "  total: 3 万元 | 4 万元\n"
        "  201: 3 万元 | the absent\n");
    assert_chart(*state,
                 SUMMARY(FINAL("expenditure-total", "7") "," FINAL(
                     "expenditure-basic", "3") "," FINAL("expenditure-project", "4")),
                 "nature",
                 "nature of table-income_expenditure_summary\n"
                 "  expenditure-total: 3 万元 | 4 万元\n");
}

/* 2020 counts in 元, 2021 says nothing of the total, 2022 has a dash. */
static void years_have_their_own_units(void **state)
{
    struct made *m = *state;
    struct report reports[3];
    struct department department = {.id = text_of("a"), .reports = {reports, 3}};
    struct chart_maker charts = chart_maker_of(m->theme, &m->l.arena);
    struct strbuf shown = STRBUF_INIT;
    struct catalog catalog;

    catalog_init(&catalog);
    catalog.profiles = load_text(&m->l, &entity_profile, profile);
    catalog.profile_count = 1;
    reports[0] = *load_report(m, 2020,
                              "\"three_public\": {\"unit\": \"元\", \"lines\": [" FINAL(
                                  "total", "10000") "," FINAL("vehicles", "0") "]}");
    reports[1] = *load_report(
        m, 2021,
        "\"three_public\": {\"lines\": [" FINAL("vehicles", "0") "," FINAL("abroad", "2") "]}");
    reports[2] = *load_report(m, 2022,
                              "\"three_public\": {\"lines\": [" FINAL("total", "3.5") "," LINE(
                                  "abroad", "\"final\": {\"na\": \"dash\"}") "]}");
    for (size_t i = 0; i < 3; i++)
        label(&reports[i]);
    view_charts_of_department(&charts, &department, &catalog);
    show(&charts, "three-public", &shown);
    assert_string_equal(shown.buf, "three-public of -, zeros 1\n"
                                   "  合计: 10,000 元 | the absent | 3.5 万元\n");
    assert_int_equal(charts.count, 1);
    department.reports.count = 1;
    charts.count = 0;
    view_charts_of_department(&charts, &department, &catalog);
    assert_int_equal(charts.count, 0);
    strbuf_release(&shown);
}

static void projects_and_their_points(void **state)
{
    static const char *const forms[] = {
        "\"funds\": [{\"id\": \"total\", \"execution_rate\": \"120\"}], \"indicators\": [{\"id\": "
        "\"total\", \"weight\": \"50\", \"score\": \"49\"}]",
        "\"indicators\": [{\"id\": \"total\", \"score\": \"98.5\"}]",
        "\"funds\": [{\"id\": \"total\", \"executed\": \"1\"}]",
    };
    struct made *m = *state;
    struct project projects[ARRAY_SIZE(forms)];
    struct report report = {.projects = {projects, ARRAY_SIZE(forms)}};
    struct chart_maker charts = chart_maker_of(m->theme, &m->l.arena);
    struct strbuf shown = STRBUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
        projects[i] = *(struct project *)load_text(
            &m->l, &entity_project,
            arena_format(&m->l.arena, "{\"id\": \"p%zu\", \"name\": \"项目%zu\", %s}", i, i,
                         forms[i]));
    assert_errors(&m->l.errs, "");
    view_chart_of_projects(&charts, &report);
    show(&charts, "projects", &shown);
    assert_string_equal(shown.buf, "projects of projects\n"
                                   "  项目0: 120 % | 49\n"
                                   "  项目1: the absent | 98.5\n");
    /* 98 % and 98.5 %, of 120 % that have 56 % of the width */
    assert_string_equal(charts.items[0].rows.items[0].bars.items[0].width.s, "56%");
    assert_string_equal(charts.items[0].rows.items[0].bars.items[1].width.s, "45.7%");
    assert_string_equal(charts.items[0].rows.items[1].bars.items[0].width.s, "46%");
    strbuf_release(&shown);
}

/* A score without a weight is a part of nothing. */
static void experts_are_shown_by_the_full_weight(void **state)
{
    struct made *m = *state;
    const struct evaluation *evaluation =
        load_text(&m->l, &entity_evaluation,
                  "{\"id\": \"web\", \"kind\": \"project\", \"name\": \"虚构\", \"criteria\": ["
                  "{\"id\": \"a\", \"name\": \"决策\", \"weight\": \"4\", \"mean\": \"2\"}, "
                  "{\"id\": \"b\", \"name\": \"依据\", \"weight\": \"4\", \"experts\": [\"1\", "
                  "\"3\"], \"mean\": \"2\"}, "
                  "{\"id\": \"c\", \"name\": \"程序\", \"experts\": [\"1\", \"3\"]}]}");
    struct chart_maker charts = chart_maker_of(m->theme, &m->l.arena);
    struct strbuf shown = STRBUF_INIT;

    for (size_t i = 0; i < evaluation->criteria.count; i++) { /* as binding does */
        struct criterion *criterion = &evaluation->criteria.items[i];

        criterion->expert_scores.count = criterion->experts.count;
        criterion->expert_scores.items =
            arena_zalloc(&m->l.arena, 2, sizeof(*criterion->expert_scores.items));
        for (size_t j = 0; j < criterion->experts.count; j++)
            criterion->expert_scores.items[j].score = criterion->experts.items[j];
    }
    view_charts_of_evaluation(&charts, evaluation);
    show(&charts, "experts", &shown);
    assert_string_equal(shown.buf, "experts of criteria\n"
                                   "  依据: 2 | 1 | 3\n");
    assert_string_equal(charts.items[0].rows.items[0].dots.items[0].x.s, "14%");
    assert_string_equal(charts.items[0].rows.items[0].dots.items[1].x.s, "42%");
    strbuf_release(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_parts_add_up),
        cmocka_unit_test(parts_are_looked_for_in_the_text),
        cmocka_unit_test(totals_alone_are_no_chart),
        cmocka_unit_test(codes_are_shown_by_level),
        cmocka_unit_test(many_codes_are_shown_less_deeply),
        cmocka_unit_test(a_budget_is_stated_or_follows),
        cmocka_unit_test(basic_beside_project),
        cmocka_unit_test(years_have_their_own_units),
        cmocka_unit_test(projects_and_their_points),
        cmocka_unit_test(experts_are_shown_by_the_full_weight),
    };

    return cmocka_run_group_tests_name("view_charts", tests, set_up, tear_down);
}
