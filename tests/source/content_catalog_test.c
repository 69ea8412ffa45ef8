/* The settings of a content folder: site.json, profiles and classifications. */
#include "base/base.h"

#include "source/content.h"

#include <fcntl.h>

#include "base/testing.h"
#include "source/ground.h"

static void what_is_needed_must_be_there(void **state)
{
    struct ground *g = *state;
    struct content_departments list;

    unlinkat(g->at, "site.json", 0);
    unlinkat(g->at, "departments", AT_REMOVEDIR);
    assert_int_equal(load_catalog(g), -1);
    assert_int_equal(errs_status(&g->errs), ERR_CONTENT);
    assert_int_equal(list_departments(g, &list), -1);
    assert_int_equal(list.count, 0);
    assert_int_equal(errs_status(&g->errs), ERR_CONTENT);
    assert_said(
        g,
        "content: error[missing-file]: there is no site.json in this folder\n"
        "  make one: {\"title\": \"...\"}; or name the folder of the sources with --content DIR\n"
        "content: error[missing-file]: there is no departments/ in this folder\n"
        "  each department is a folder in it, with a department.json\n");
}

static void profiles_and_codes_may_be_missing(void **state)
{
    struct ground *g = *state;

    unlinkat(g->at, "profiles/p.json", 0);
    unlinkat(g->at, "profiles", AT_REMOVEDIR);
    unlinkat(g->at, "classifications/2021.json", 0);
    unlinkat(g->at, "classifications", AT_REMOVEDIR);
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(g->catalog.profile_count, 0);
    assert_int_equal(g->catalog.codes_count, 0);
    assert_said(g, "");
}

static void all_files_of_the_catalog_are_read_whatever_is_wrong(void **state)
{
    struct ground *g = *state;

    put(g, "site.json", "{\"titel\": \"x\"}");
    put(g, "profiles/p.json", "{");
    put(g, "profiles/q.json", "{\"id\": \"r\"}");
    put(g, "classifications/2021.json", "[]");
    put(g, "classifications/2022.json", "{\"year\": 2021}");
    put(g, "classifications/codes.json", "{\"year\": 2023}");
    assert_int_equal(load_catalog(g), -1);
    assert_said(
        g,
        "content/classifications/2021.json:1:1: error[wrong-type]: the file must hold an object, "
        "found an array\n"
        "  []\n"
        "  ^\n"
        "content/classifications/2022.json:1:10: error[wrong-year]: the year is 2021, but the "
        "file is called '2022.json'\n"
        "  {\"year\": 2021}\n"
        "           ^\n"
        "  there is a '2021.json' beside it: change the year, or take away this one\n"
        "content/classifications/codes.json:1:10: error[wrong-year]: the year is 2023, but the "
        "file is called 'codes.json'\n"
        "  {\"year\": 2023}\n"
        "           ^\n"
        "  call the file '2023.json'\n"
        "content/profiles/p.json:1:2: error[json-syntax]: expected a key in double quotes, but "
        "the file ends here\n"
        "  {\n"
        "   ^\n"
        "  a '}' is missing: the object that begins on line 1 is still open; is the file whole?\n"
        "content/profiles/q.json:1:1: error[missing-key]: the key 'title' is missing\n"
        "  {\"id\": \"r\"}\n"
        "  ^\n"
        "content/profiles/q.json:1:1: error[missing-key]: the key 'unit' is missing\n"
        "  {\"id\": \"r\"}\n"
        "  ^\n"
        "content/profiles/q.json:1:1: error[missing-key]: the key 'classification' is missing\n"
        "  {\"id\": \"r\"}\n"
        "  ^\n"
        "content/profiles/q.json:1:1: error[missing-key]: the key 'tables' is missing\n"
        "  {\"id\": \"r\"}\n"
        "  ^\n"
        "content/profiles/q.json:1:8: error[wrong-id]: the id is 'r', but the file is called "
        "'q.json'\n"
        "  {\"id\": \"r\"}\n"
        "         ^\n"
        "  call the file 'r.json', or change the id\n"
        "content/site.json:1:1: error[missing-key]: the key 'title' is missing\n"
        "  {\"titel\": \"x\"}\n"
        "  ^\n"
        "content/site.json:1:2: error[unknown-key]: unknown key 'titel'\n"
        "  {\"titel\": \"x\"}\n"
        "   ^\n"
        "  did you mean 'title'?\n");
}

static void codes_need_their_parents(void **state)
{
    struct ground *g = *state;

    put(g, "classifications/2021.json",
        "{\"year\": 2021,\n"
        " \"functional\": [{\"code\": \"2010301\", \"name\": \"行政运行\"},\n"
        "                {\"code\": \"2010302\", \"name\": \"一般行政管理事务\"},\n"
        "                {\"code\": \"20701\", \"name\": \"文化和旅游\"},\n"
        "                {\"code\": \"207\", \"name\": \"文化旅游体育与传媒支出\"}],\n"
        " \"economic\": [{\"code\": \"30101\", \"name\": \"基本工资\"}]}");
    assert_int_equal(load_catalog(g), -1);
    assert_said(
        g, "content/classifications/2021.json:2:26: error[unknown-parent]: the code '2010301' has "
           "a dangling parent: there is no '20103' in 'functional'\n"
           "   \"functional\": [{\"code\": \"2010301\", \"name\": \"行政运行\"},\n"
           "                           ^\n"
           "  add {\"code\": \"20103\", \"name\": \"...\"} to \"functional\", or mend the code\n"
           "content/classifications/2021.json:2:26: error[unknown-parent]: the code '2010301' has "
           "a dangling parent: there is no '201' in 'functional'\n"
           "   \"functional\": [{\"code\": \"2010301\", \"name\": \"行政运行\"},\n"
           "                           ^\n"
           "  add {\"code\": \"201\", \"name\": \"...\"} to \"functional\", or mend the code\n"
           "content/classifications/2021.json:6:24: error[unknown-parent]: the code '30101' has a "
           "dangling parent: there is no '301' in 'economic'\n"
           "   \"economic\": [{\"code\": \"30101\", \"name\": \"基本工资\"}]}\n"
           "                         ^\n"
           "  add {\"code\": \"301\", \"name\": \"...\"} to \"economic\", or mend the code\n");
}

/* One mistake is one error, not one in each report that stands on it. */
static void who_needs_what_has_errors_is_not_accused(void **state)
{
    struct ground *g = *state;

    put_department(g, "a");
    put_department(g, "b");
    put(g, "departments/b/2021/report.json",
        "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\", \"tables\": {\"income\": "
        "{\"lines\": "
        "[{\"id\": \"total\", \"final\": \"1\"}]}}}");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "b"), 0);
    assert_false(g->department.incomplete);

    put(g, "classifications/2021.json", "{\"year\": 2021, \"functional\": [{\"code\": \"2010\"}]}");
    assert_int_equal(load_catalog(g), -1);
    assert_int_equal(g->errs.count, 2); /* of the classification */
    assert_int_equal(load_department(g, "a"), 0);
    assert_true(g->department.incomplete);
    assert_int_equal(load_department(g, "b"), 0);
    assert_true(g->department.incomplete);
    assert_int_equal(g->errs.count, 2);
    errs_release(&g->errs);

    put(g, "classifications/2021.json", "{\"year\": 2021}");
    put(g, "profiles/p.json", "{\"id\": \"p\",");
    assert_int_equal(load_catalog(g), -1);
    assert_error(&g->errs, "json-syntax", 1);
    assert_int_equal(load_department(g, "b"), 0);
    assert_true(g->department.incomplete);
    unlinkat(g->at, "profiles/p.json", 0);
    put_link(g, "profiles/p.json", "../site.json");
    assert_int_equal(load_catalog(g), -1);
    assert_error(&g->errs, "symbolic-link", 0);
    assert_int_equal(load_department(g, "b"), 0);
    assert_true(g->department.incomplete);

    /* what is no file was only warned about, so that something must be said here */
    unlinkat(g->at, "profiles/p.json", 0);
    put_folder(g, "profiles/p.json");
    assert_int_equal(load_catalog(g), 0);
    errs_release(&g->errs);
    assert_int_equal(load_department(g, "b"), -1);
    assert_error(&g->errs, "unknown-profile", 1);
}

static void what_nothing_reads_is_warned_about(void **state)
{
    struct ground *g = *state;

    put(g, "documents/q.pdf", "");
    put(g, "Thumbs.db", "");
    put(g, "profiles/desktop.ini", "");
    put(g, "site.json.bak", "{}");
    put(g, "profiles/README", "");
    put(g, "profiles/old/q.json", "{}");
    put(g, "profiles/.json", "");
    put(g, "classifications/2021.csv", "");
    put(g, ".git/config", "");
    put(g, "README.md", "");
    put(g, "profiles/README.md", "");
    put(g, "schemas/site.json", "{}");
    put(g, "pages/about.md", "");
    put(g, "theme/templates/home.mustache", "");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(errs_status(&g->errs), 0);
    assert_said(g, "content/classifications/2021.csv: warning[unexpected-file]: nothing reads this "
                   "file\n"
                   "  only .json files belong here\n"
                   "content/documents: warning[unexpected-file]: nothing reads this folder\n"
                   "  a content folder has site.json, departments/, profiles/, classifications/, "
                   "pages/ and theme/\n"
                   "content/profiles/README: warning[unexpected-file]: nothing reads this file\n"
                   "  only .json files belong here\n"
                   "content/profiles/README.md: warning[unexpected-file]: nothing reads this file\n"
                   "  only .json files belong here\n"
                   "content/profiles/old: warning[unexpected-file]: nothing reads this folder\n"
                   "  only .json files belong here\n"
                   "content/site.json.bak: warning[unexpected-file]: nothing reads this file\n"
                   "  a content folder has site.json, departments/, profiles/, classifications/, "
                   "pages/ and theme/\n");
}

/* One letter is missing, and with it a profile. */
static void a_name_that_is_nearly_right_is_an_error(void **state)
{
    struct ground *g = *state;

    put(g, "profile/q.json", "{}");
    put(g, "Pages/about.md", "");
    put(g, "profiles/q.JSON", "{}");
    put(g, "profiles/r.json.txt", "{}");
    put(g, "classifications/2020.jsn", "{}");
    assert_int_equal(load_catalog(g), -1);
    assert_said(g, "content/Pages: error[misnamed-file]: nothing reads this folder\n"
                   "  did you mean 'pages'? rename it, or take it out of the content folder\n"
                   "content/classifications/2020.jsn: error[misnamed-file]: nothing reads this "
                   "file\n"
                   "  did you mean '2020.json'? rename it, or take it out of the content folder\n"
                   "content/profile: error[misnamed-file]: nothing reads this folder\n"
                   "  did you mean 'profiles'? rename it, or take it out of the content folder\n"
                   "content/profiles/q.JSON: error[misnamed-file]: nothing reads this file\n"
                   "  did you mean 'q.json'? rename it, or take it out of the content folder\n"
                   "content/profiles/r.json.txt: error[misnamed-file]: nothing reads this file\n"
                   "  did you mean 'r.json'? rename it, or take it out of the content folder\n");
}

#define ON_GROUND(test) cmocka_unit_test_setup_teardown(test, ground_set_up, ground_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_GROUND(what_is_needed_must_be_there),
        ON_GROUND(profiles_and_codes_may_be_missing),
        ON_GROUND(all_files_of_the_catalog_are_read_whatever_is_wrong),
        ON_GROUND(codes_need_their_parents),
        ON_GROUND(who_needs_what_has_errors_is_not_accused),
        ON_GROUND(what_nothing_reads_is_warned_about),
        ON_GROUND(a_name_that_is_nearly_right_is_an_error),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("content_catalog", tests, NULL, NULL);
}
