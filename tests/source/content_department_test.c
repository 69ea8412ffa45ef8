/* One department of a content folder, with all its years. */
#include "base/base.h"

#include "source/content.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "source/ground.h"

static void a_department_has_its_years_in_order(void **state)
{
    struct ground *g = *state;
    const struct department *d = &g->department.department;
    static const char *const paths[] = {"departments/town/department.json",
                                        "departments/town/2020/report.json",
                                        "departments/town/2020/evaluations/overall.json",
                                        "departments/town/2020/evaluations/overall.md",
                                        "departments/town/2020/narrative.md",
                                        "departments/town/2020/projects/p01.json",
                                        "departments/town/2020/projects/p02.json",
                                        "departments/town/2021/report.json",
                                        "departments/town/2021/narrative.md"};
    const struct source_text *text;

    put_department(g, "town");
    put(g, "departments/town/2020/report.json",
        "{\"year\": 2020, \"profile\": \"p\", \"unit\": \"元\"}");
    put(g, "departments/town/2020/narrative.md", "# 说明\n");
    put(g, "departments/town/2020/evaluations/overall.md", "评价");
    put(g, "departments/town/2020/evaluations/overall.json",
        "{\"id\": \"overall\", \"kind\": \"overall\", \"name\": \"局\"}");
    put(g, "departments/town/2020/projects/p02.json", "{\"id\": \"p02\", \"name\": \"乙\"}");
    put(g, "departments/town/2020/projects/p01.json", "{\"id\": \"p01\", \"name\": \"甲\"}");
    put(g, "departments/town/2020/projects/.swp", "");
    put(g, "departments/town/2021/narrative.md", "");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), 0);
    assert_said(g, "");
    assert_int_equal(d->reports.count, 2);
    assert_int_equal(d->reports.items[0].year.value, 2020);
    assert_int_equal(d->reports.items[1].year.value, 2021);
    assert_int_equal(d->reports.items[0].projects.count, 2);
    assert_string_equal(d->reports.items[0].projects.items[0].id.s, "p01");
    assert_string_equal(d->reports.items[0].projects.items[1].path.s, "town/2020/projects/p02");
    assert_int_equal(d->reports.items[0].evaluations.count, 1);
    assert_int_equal(d->reports.items[1].projects.count, 0);
    assert_int_equal(g->department.file_count, ARRAY_SIZE(paths));
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
        assert_string_equal(g->department.files[i].path, paths[i]);
    text = content_file(&g->department, "departments/town/2020/narrative.md");
    assert_non_null(text);
    assert_string_equal(text->text, "# 说明\n");
    assert_int_equal(content_file(&g->department, "departments/town/2021/narrative.md")->len, 0);
    assert_null(content_file(&g->department, "departments/town/2020/narrative"));
    assert_null(content_file(&g->department, "departments/town/2019/narrative.md"));
}

static void a_department_without_reports_is_warned_about(void **state)
{
    struct ground *g = *state;

    put(g, "departments/town/department.json",
        "{\"names\": [{\"name\": \"局\"}], \"division\": \"110106\", \"division_name\": "
        "\"丰台区\",\n"
        " \"level\": \"county\"}");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), 0);
    assert_said(g,
                "content/departments/town: warning[no-report]: this department has no report yet\n"
                "  make a folder for the year, such as 2024, with a report.json\n");
}

static void a_year_needs_a_report(void **state)
{
    struct ground *g = *state;

    put_department(g, "town");
    put(g, "departments/town/2020/narrative.md", "x");
    put(g, "departments/town/2020/projects/p01.json", "{}");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), -1);
    assert_int_equal(errs_status(&g->errs), ERR_CONTENT);
    assert_said(g,
                "content/departments/town/2020: error[missing-file]: there is no report.json for "
                "this year\n"
                "  it has the figures of the year; 'juesuan init DIR' makes an example\n");
}

static void ids_are_those_of_the_files(void **state)
{
    struct ground *g = *state;

    put_department(g, "town");
    put(g, "departments/town/2021/projects/p01.json", "{\"id\": \"p02\", \"name\": \"甲\"}");
    put(g, "departments/town/2021/projects/P 3.json", "{\"id\": \"p3\", \"name\": \"甲\"}");
    put(g, "departments/town/2021/evaluations/all.json",
        "{\"id\": \"alle\", \"kind\": \"overall\", \"name\": \"局\"}");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), -1);
    assert_said(g,
                "content/departments/town/2021/evaluations/all.json:1:8: error[wrong-id]: the id "
                "is 'alle', but the file is called 'all.json'\n"
                "  {\"id\": \"alle\", \"kind\": \"overall\", \"name\": \"局\"}\n"
                "         ^\n"
                "  call the file 'alle.json', or change the id\n"
                "content/departments/town/2021/projects/P 3.json:1:8: error[wrong-id]: the id is "
                "'p3', but the file is called 'P 3.json'\n"
                "  {\"id\": \"p3\", \"name\": \"甲\"}\n"
                "         ^\n"
                "  call the file 'p3.json'\n"
                "content/departments/town/2021/projects/p01.json:1:8: error[wrong-id]: the id is "
                "'p02', but the file is called 'p01.json'\n"
                "  {\"id\": \"p02\", \"name\": \"甲\"}\n"
                "         ^\n"
                "  call the file 'p02.json', or change the id\n");
}

/* A copy is not told to take the place of what it is a copy of. */
static void a_copy_needs_an_id_of_its_own(void **state)
{
    static const char text[] = "{\"id\": \"p01\", \"name\": \"甲\"}";
    struct ground *g = *state;

    put_department(g, "town");
    put(g, "departments/town/2021/projects/p01.json", text);
    put(g, "departments/town/2021/projects/p01 - 副本.json", text);
    put(g, "departments/town/2021/projects/p02.json", text);
    put(g, "classifications/2022.json", "{\"year\": 2021}");
    put(g, "classifications/24.json", "{\"year\": 24}");
    assert_int_equal(load_catalog(g), -1);
    assert_said(g, "content/classifications/2022.json:1:10: error[wrong-year]: the year is 2021, "
                   "but the file is called '2022.json'\n"
                   "  {\"year\": 2021}\n"
                   "           ^\n"
                   "  there is a '2021.json' beside it: change the year, or take away this one\n"
                   "content/classifications/24.json:1:10: error[wrong-year]: the year is 24, but "
                   "the file is called '24.json'\n"
                   "  {\"year\": 24}\n"
                   "           ^\n"
                   "  a year has four digits, such as 2024\n");
    assert_int_equal(load_department(g, "town"), -1);
    assert_said(g, "content/departments/town/2021/projects/p01 - 副本.json:1:8: error[wrong-id]: "
                   "the id is 'p01', but the file is called 'p01 - 副本.json'\n"
                   "  {\"id\": \"p01\", \"name\": \"甲\"}\n"
                   "         ^\n"
                   "  there is a 'p01.json' beside it: take away this one, or give it a name and "
                   "an id of its own\n"
                   "content/departments/town/2021/projects/p02.json:1:8: error[wrong-id]: the id "
                   "is 'p01', but the file is called 'p02.json'\n"
                   "  {\"id\": \"p01\", \"name\": \"甲\"}\n"
                   "         ^\n"
                   "  change the id to 'p02': there is a 'p01.json' beside it\n");
}

static void stray_files_in_a_year_are_warned_about(void **state)
{
    struct ground *g = *state;

    put_department(g, "town");
    put(g, "departments/town/2021/report.json~", "");
    put(g, "departments/town/2021/report-old.json", "");
    put(g, "departments/town/2021/narrative.docx", "");
    put(g, "departments/town/2021/projects/p01.md", "");
    put(g, "departments/town/2021/projects/p02/p02.json", "{}");
    put(g, "departments/town/2021/evaluations/alone.md", "x");
    put(g, "departments/town/2021/evaluations/x.txt", "x");
    put(g, "departments/town/2021/evaluations/~$x.docx", "x"); /* which Word leaves behind */
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), 0);
    assert_int_equal(g->department.file_count, 2);
    assert_int_equal(g->errs.count, 7);
    for (size_t i = 0; i < g->errs.count; i++) {
        assert_string_equal(g->errs.items[i].id, "unexpected-file");
        assert_int_equal(g->errs.items[i].severity, SEVERITY_WARNING);
        assert_non_null(g->errs.items[i].hint);
    }
    errs_release(&g->errs);
}

/* What they hold would not be published. */
static void files_of_a_year_that_are_misnamed_are_errors(void **state)
{
    static const struct {
        const char *path, *hint;
    } files[] = {
        {"evaluations/all.JSON", "did you mean 'all.json'?"},
        {"evaluations/all.MD", "did you mean 'all.md'?"},
        {"evaluations/overal.md", "did you mean 'overall.md'?"},
        {"evaluatoins/x.json", "did you mean 'evaluations'?"},
        {"narative.md", "did you mean 'narrative.md'?"},
        {"narrative.md/x", "'narrative.md' must be a file"},
        {"narrative.md.txt", "did you mean 'narrative.md'?"},
        {"project/p01.json", "did you mean 'projects'?"},
        {"projects/p01.json.TXT", "did you mean 'p01.json'?"},
        {"projects/p02.jsn", "did you mean 'p02.json'?"},
    };
    struct ground *g = *state;

    put_department(g, "town");
    put(g, "departments/town/2021/evaluations/overall.json",
        "{\"id\": \"overall\", \"kind\": \"overall\", \"name\": \"局\"}");
    for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
        struct strbuf path = STRBUF_INIT;

        strbuf_addf(&path, "departments/town/2021/%s", files[i].path);
        put(g, path.buf, "");
        strbuf_release(&path);
    }
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), -1);
    assert_int_equal(g->errs.count, ARRAY_SIZE(files));
    for (size_t i = 0; i < g->errs.count; i++) {
        assert_string_equal(g->errs.items[i].id, "misnamed-file");
        if (!strstr(g->errs.items[i].hint, files[i].hint))
            fail_msg("%s: %s", g->errs.items[i].file, g->errs.items[i].hint);
    }
    errs_release(&g->errs);
}

/* The report is there, but the program looks for another name. */
static void a_missing_report_may_be_beside(void **state)
{
    static const char *const names[] = {"Report.json", "report.json.txt", "reports.json",
                                        "report - 副本.json", "REPORT (1).JSON"};
    struct ground *g = *state;

    assert_int_equal(load_catalog(g), 0);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        struct strbuf path = STRBUF_INIT, expected = STRBUF_INIT;

        put_department(g, "town");
        unlinkat(g->at, "departments/town/2021/report.json", 0);
        strbuf_addf(&path, "departments/town/2021/%s", names[i]);
        put(g, path.buf, "{}");
        assert_int_equal(load_department(g, "town"), -1);
        strbuf_addf(&expected,
                    "content/departments/town/2021: error[missing-file]: there is no report.json "
                    "for this year\n"
                    "  should '%s' be called 'report.json'?\n",
                    names[i]);
        assert_said(g, expected.buf);
        unlinkat(g->at, path.buf, 0);
        strbuf_release(&path);
        strbuf_release(&expected);
    }
}

static void the_errors_of_all_files_are_reported(void **state)
{
    struct ground *g = *state;

    put_department(g, "town");
    put(g, "departments/town/department.json", "{\"names\": []}");
    put(g, "departments/town/2021/report.json",
        "{\"year\": 2020, \"profile\": \"q\", \"unit\": 5}");
    put(g, "departments/town/2021/projects/a.json", "{\"id\": \"a\"}");
    put(g, "departments/town/2021/projects/b.json", "{\"id\": 5, \"name\": \"x\"}");
    put(g, "departments/town/2021/evaluations/e.json", "{");
    put(g, "departments/town/2020/report.json", "");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), -1);
    assert_int_equal(g->errs.count, 11);
    assert_string_equal(g->errs.items[0].id, "json-syntax");
    assert_string_equal(g->errs.items[1].id, "json-syntax");
    assert_string_equal(g->errs.items[2].id, "missing-key");
    assert_string_equal(g->errs.items[3].id, "wrong-type");
    assert_string_equal(g->errs.items[4].id, "wrong-year");
    assert_string_equal(g->errs.items[5].id, "unknown-profile");
    assert_string_equal(g->errs.items[6].id, "wrong-type");
    errs_release(&g->errs);
}

/* --- names over time --- */

static const char *name_in(struct ground *g, int year)
{
    const struct department *d = &g->department.department;

    for (size_t i = 0; i < d->reports.count; i++)
        if (d->reports.items[i].year.value == year)
            return d->reports.items[i].department_name.s;
    return NULL;
}

static void a_report_bears_the_name_of_its_year(void **state)
{
    struct ground *g = *state;

    put_department(g, "town");
    put(g, "departments/town/department.json",
        "{\"names\": [{\"name\": \"新局\", \"from\": \"2022-03\"},\n"
        "  {\"name\": \"中局\", \"from\": \"2020-06-30\", \"to\": \"2022-03\"},\n"
        "  {\"name\": \"老局\", \"from\": \"2017\", \"to\": \"2018-12\"}],\n"
        " \"division\": \"110106\", \"division_name\": \"丰台区\", \"level\": \"county\"}");
    for (int year = 2016; year <= 2024; year++) {
        struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;

        strbuf_addf(&path, "departments/town/%d/report.json", year);
        strbuf_addf(&text, "{\"year\": %d, \"profile\": \"p\", \"unit\": \"元\"}", year);
        put(g, path.buf, text.buf);
        strbuf_release(&path);
        strbuf_release(&text);
    }
    put(g, "profiles/p.json",
        "{\"id\": \"p\", \"title\": \"样张\", \"unit\": \"元\", \"classification\": 2021,\n"
        " \"tables\": [{\"id\": \"income\", \"title\": \"收入\", \"statutory\": true,\n"
        "  \"columns\": [{\"id\": \"final\"}]}]}");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), 0);
    assert_said(
        g, "content/departments/town/department.json:3:26: warning[year-without-name]: there is a "
           "report of 2016, but no name for that year; it bears '老局'\n"
           "    {\"name\": \"老局\", \"from\": \"2017\", \"to\": \"2018-12\"}],\n"
           "                           ^\n"
           "  let a name last to that year, or begin with it\n"
           "content/departments/town/department.json:3:40: warning[year-without-name]: there is a "
           "report of 2019, but no name for that year; it bears '老局'\n"
           "    {\"name\": \"老局\", \"from\": \"2017\", \"to\": \"2018-12\"}],\n"
           "                                         ^\n"
           "  let a name last to that year, or begin with it\n");
    assert_string_equal(g->department.department.name.s, "新局");
    assert_string_equal(name_in(g, 2016), "老局"); /* before all, the oldest */
    assert_string_equal(name_in(g, 2017), "老局");
    assert_string_equal(name_in(g, 2018), "老局");
    assert_string_equal(name_in(g, 2019), "老局"); /* between two, the older */
    assert_string_equal(name_in(g, 2020), "中局");
    assert_string_equal(name_in(g, 2021), "中局");
    assert_string_equal(name_in(g, 2022), "新局"); /* of two the newer */
    assert_string_equal(name_in(g, 2023), "新局");
    assert_string_equal(name_in(g, 2024), "新局");
}

static void a_name_without_dates_is_for_all_years(void **state)
{
    struct ground *g = *state;

    put_department(g, "town");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), 0);
    assert_string_equal(name_in(g, 2021), "局");
}

#define ON_GROUND(test) cmocka_unit_test_setup_teardown(test, ground_set_up, ground_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_GROUND(a_department_has_its_years_in_order),
        ON_GROUND(a_department_without_reports_is_warned_about),
        ON_GROUND(a_year_needs_a_report),
        ON_GROUND(ids_are_those_of_the_files),
        ON_GROUND(a_copy_needs_an_id_of_its_own),
        ON_GROUND(stray_files_in_a_year_are_warned_about),
        ON_GROUND(files_of_a_year_that_are_misnamed_are_errors),
        ON_GROUND(a_missing_report_may_be_beside),
        ON_GROUND(the_errors_of_all_files_are_reported),
        ON_GROUND(a_report_bears_the_name_of_its_year),
        ON_GROUND(a_name_without_dates_is_for_all_years),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("content_department", tests, NULL, NULL);
}
