#include "base/base.h"

#include "model/lookup.h"

#include "base/testing.h"
#include "model/loaded.h"

static void what_is_there_is_found(void **state)
{
    struct loaded l = LOADED_INIT;
    const struct report *report =
        load_text(&l, &entity_report,
                  "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"万元\", \"tables\": {"
                  "\"one\": {\"lines\": [{\"id\": \"total\", \"final\": \"1\"}]},"
                  "\"two\": {\"lines\": [{\"id\": \"201\", \"final\": \"2\", \"share\": {\"na\": "
                  "\"dash\"}}, {\"id\": \"total\", \"final\": \"3\"}]}}}");
    const struct table *two = report_table(report, "two");

    (void)state;
    assert_errors(&l.errs, "");
    assert_ptr_equal(two, &report->tables.items[1]);
    assert_ptr_equal(table_line(two, "total"), &two->lines.items[1]);
    assert_int_equal(line_quantity(table_line(two, "201"), "final")->number.units, 2);
    assert_int_equal(line_quantity(table_line(two, "201"), "share")->state, QUANTITY_DASH);
    loaded_release(&l);
}

static void reports_are_found_by_their_year(void **state)
{
    struct report reports[2] = {{.year.value = 2020}, {.year.value = 2022}};
    struct department department = {.reports = {reports, 2}};

    (void)state;
    assert_ptr_equal(department_report(&department, 2022), &reports[1]);
    assert_null(department_report(&department, 2021));
    assert_null(department_report(NULL, 2022));
}

static void what_is_not_there_is_null_all_the_way(void **state)
{
    struct loaded l = LOADED_INIT;
    const struct report *report =
        load_text(&l, &entity_report,
                  "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"万元\", \"tables\": {"
                  "\"one\": {\"lines\": [{\"id\": \"total\", \"final\": \"1\"}]}}}");

    (void)state;
    assert_null(report_table(report, "on"));
    assert_null(report_table(NULL, "one"));
    assert_null(table_line(report_table(report, "one"), "tot"));
    assert_null(table_line(NULL, "total"));
    assert_null(line_quantity(table_line(report_table(report, "one"), "total"), "prior"));
    assert_null(line_quantity(NULL, "final"));
    loaded_release(&l);
}

/* Binding puts second statements behind the first ones, of the same column. */
static void second_statements_are_passed_over(void **state)
{
    struct figure figures[] = {
        {.column = text_of("final"), .statement = text_of("narrative")},
        {.column = text_of("final")},
    };
    struct line line = {.figures = {figures, 2}};
    const struct quantity *all[COLUMN_COUNT];

    (void)state;
    assert_ptr_equal(line_quantity(&line, "final"), &figures[1].value);
    line_quantities(&line, all);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        assert_ptr_equal(all[i], i == COLUMN_final ? &figures[1].value : NULL);
    line.figures.count = 1;
    assert_null(line_quantity(&line, "final"));
}

static void funds_and_indicators_are_found_by_id(void **state)
{
    struct loaded l = LOADED_INIT;
    const struct project *project =
        load_text(&l, &entity_project,
                  "{\"id\": \"p\", \"name\": \"虚构\", \"funds\": [{\"id\": \"other\"}, {\"id\": "
                  "\"total\"}], \"indicators\": [{\"id\": \"total\"}]}");

    (void)state;
    assert_errors(&l.errs, "");
    assert_ptr_equal(find_fund(project->funds.items, project->funds.count, "total"),
                     &project->funds.items[1]);
    assert_null(find_fund(project->funds.items, project->funds.count, "none"));
    assert_null(find_fund(NULL, 0, "total"));
    assert_ptr_equal(project_indicator(project, "total"), &project->indicators.items[0]);
    assert_null(project_indicator(project, "cost-1"));
    loaded_release(&l);
}

static void lines_are_told_by_their_ids(void **state)
{
    static const char *const totals[] = {"total", "income-total", "uses-of-funds-total"};
    static const char *const others[] = {"subtotal", "total-income", "totals", "income", "a", ""};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(totals); i++)
        assert_true(line_id_is_total(totals[i]) && !line_id_is_code(totals[i]));
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        assert_false(line_id_is_total(others[i]) || line_id_is_code(others[i]));
    assert_true(line_id_is_code("201") && line_id_is_code("2010301"));
    assert_false(line_id_is_total("201"));
    assert_false(line_id_is_total(NULL) || line_id_is_code(NULL));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_there_is_found),
        cmocka_unit_test(reports_are_found_by_their_year),
        cmocka_unit_test(what_is_not_there_is_null_all_the_way),
        cmocka_unit_test(second_statements_are_passed_over),
        cmocka_unit_test(funds_and_indicators_are_found_by_id),
        cmocka_unit_test(lines_are_told_by_their_ids),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("lookup", tests, NULL, NULL);
}
