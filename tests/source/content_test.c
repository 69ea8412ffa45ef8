#include "base/base.h"

#include "source/content.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/strbuf.h"
#include "base/testing.h"
#include "source/ground.h"

/* --- the catalog --- */

static void a_content_folder_is_read(void **state)
{
    struct ground *g = *state;
    struct content_departments list;

    put_department(g, "town/office");
    assert_int_equal(load_catalog(g), 0);
    assert_string_equal(g->catalog.site.title.s, "决算");
    assert_int_equal(g->catalog.profile_count, 1);
    assert_int_equal(g->catalog.codes_count, 1);
    assert_int_equal(list_departments(g, &list), 0);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.ids[0], "town/office");
    assert_int_equal(load_department(g, "town/office"), 0);
    assert_string_equal(g->department.department.id.s, "town/office");
    assert_int_equal(g->department.department.reports.count, 1);
    assert_int_equal(g->department.file_count, 2);
    assert_said(g, "");
}

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

static void assert_links(struct ground *g, const char *const *paths)
{
    struct strbuf path = STRBUF_INIT;

    for (size_t i = 0; i < g->errs.count; i++) {
        assert_string_equal(g->errs.items[i].id, "symbolic-link");
        assert_int_equal(g->errs.items[i].severity, SEVERITY_ERROR);
        assert_non_null(paths[i]);
        strbuf_clear(&path);
        strbuf_addf(&path, "%s/%s", g->path, paths[i]);
        assert_string_equal(g->errs.items[i].file, path.buf);
    }
    assert_null(paths[g->errs.count]);
    strbuf_release(&path);
    errs_release(&g->errs);
}

static void links_in_the_catalog_are_errors(void **state)
{
    struct ground *g = *state;
    struct content_departments list;
    static const char *const of_catalog[] = {"classifications/2022.json", "profiles", "site.json",
                                             NULL};
    static const char *const of_departments[] = {"departments", NULL};

    assert_int_equal(renameat(g->at, "site.json", g->at, ".site"), 0);
    assert_int_equal(renameat(g->at, "profiles", g->at, ".profiles"), 0);
    assert_int_equal(renameat(g->at, "departments", g->at, ".departments"), 0);
    put_link(g, "site.json", ".site");
    put_link(g, "profiles", ".profiles");
    put_link(g, "departments", ".departments");
    put_link(g, "classifications/2022.json", "2021.json");
    assert_int_equal(load_catalog(g), -1);
    assert_links(g, of_catalog);
    assert_int_equal(list_departments(g, &list), -1);
    assert_links(g, of_departments);
}

static void other_things_in_the_place_of_files_are_errors(void **state)
{
    struct ground *g = *state;

    unlinkat(g->at, "site.json", 0);
    put_folder(g, "site.json");
    put_pipe(g, "profiles/pipe.json");
    assert_int_equal(load_catalog(g), -1);
    assert_said(g, "content/profiles/pipe.json: warning[unexpected-file]: nothing reads this file\n"
                   "  only .json files belong here\n"
                   "content/site.json: error[not-a-file]: this is not a regular file\n");
    unlinkat(g->at, "site.json", AT_REMOVEDIR);
    put_pipe(g, "site.json");
    assert_int_equal(load_catalog(g), -1);
    unlinkat(g->at, "profiles/pipe.json", 0);
    errs_release(&g->errs);
}

/* --- which departments there are --- */

static void departments_nest_and_come_sorted(void **state)
{
    static const char *const ids[] = {"b",     "a-b",   "a",  "a/b",      "a/b/c/d",
                                      "a/b-c", "z9/y8", "a0", "a/b/c/d/e"};
    static const char *const sorted[] = {"a",         "a-b", "a/b", "a/b-c", "a/b/c/d",
                                         "a/b/c/d/e", "a0",  "b",   "z9/y8"};
    struct ground *g = *state;
    struct content_departments list;

    for (size_t i = 0; i < ARRAY_SIZE(ids); i++)
        put_department(g, ids[i]);
    assert_int_equal(list_departments(g, &list), 0);
    assert_said(g, "");
    assert_int_equal(list.count, ARRAY_SIZE(sorted));
    for (size_t i = 0; i < list.count; i++)
        assert_string_equal(list.ids[i], sorted[i]);
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "a/b/c/d/e"), 0);
    assert_int_equal(load_department(g, "a"), 0); /* which holds others, that are not its reports */
    assert_int_equal(g->department.department.reports.count, 1);
    assert_string_equal(g->department.department.reports.items[0].path.s, "a/2021");
}

/* What was published would be removed, without a word. */
static void no_departments_are_an_error(void **state)
{
    struct ground *g = *state;
    struct content_departments list;

    put_folder(g, "departments/empty");
    assert_int_equal(list_departments(g, &list), -1);
    assert_int_equal(list.count, 0);
    assert_said(g,
                "content/departments: error[no-department]: there is no department in this "
                "folder\n"
                "  each is a folder with a department.json; 'juesuan init DIR' makes an example\n");
    put(g, "departments/empty/department.jsn", "{}"); /* which says enough */
    assert_int_equal(list_departments(g, &list), -1);
    assert_int_equal(g->errs.count, 1);
    assert_error(&g->errs, "misnamed-file", 0);
}

static void a_year_is_called_by_its_digits(void **state)
{
    struct ground *g = *state;
    struct content_departments list;

    put_department(g, "good");
    put_folder(g, "departments/good/2024年度");
    assert_int_equal(list_departments(g, &list), -1);
    assert_int_equal(g->errs.count, 1);
    assert_string_equal(g->errs.items[0].message, "'2024年度' cannot be the name of a year");
    assert_string_equal(g->errs.items[0].hint,
                        "the folder of a year is called by its four digits alone: 2024");
    errs_release(&g->errs);
}

static void names_that_cannot_be_ids_are_errors(void **state)
{
    struct ground *g = *state;
    struct content_departments list;

    put_department(g, "good");
    put_folder(g, "departments/Bad");
    put_folder(g, "departments/good/projects");
    put_folder(g, "departments/good/evaluations");
    put_folder(g, "departments/good/2021-a");
    put_folder(g, "departments/good/20211");
    put_folder(g, "departments/good/0024");
    put_folder(g, "departments/good/一");
    put_folder(g, "departments/good/a b");
    put_folder(g, "departments/good/.hidden");
    assert_int_equal(list_departments(g, &list), -1);
    assert_int_equal(list.count, 1);
    assert_int_equal(g->errs.count, 8);
    for (size_t i = 0; i < g->errs.count; i++) {
        assert_string_equal(g->errs.items[i].id, "wrong-id");
        assert_true(strstr(g->errs.items[i].hint, "'projects' and 'evaluations' are reserved") !=
                    NULL);
    }
    assert_string_equal(g->errs.items[0].message, "'Bad' cannot be part of an id");
    assert_string_equal(g->errs.items[1].message, "'0024' cannot be part of an id");
    assert_string_equal(g->errs.items[2].message, "'2021-a' cannot be part of an id");
    assert_string_equal(g->errs.items[7].message, "'一' cannot be part of an id");
    errs_release(&g->errs);
}

static void stray_files_among_departments_are_warned_about(void **state)
{
    struct ground *g = *state;
    struct content_departments list;

    put_department(g, "town/office");
    put(g, "departments/notes.txt", "");
    put(g, "departments/town/office/2020", ""); /* a file */
    put(g, "departments/town/office/budget.xlsx", "");
    put_pipe(g, "departments/town/pipe");
    assert_int_equal(list_departments(g, &list), 0);
    assert_int_equal(list.count, 1);
    assert_said(g,
                "content/departments/notes.txt: warning[unexpected-file]: nothing reads this file\n"
                "  a department has department.json and a folder a year\n"
                "content/departments/town/office/2020: warning[unexpected-file]: nothing reads "
                "this file\n"
                "  a department has department.json and a folder a year\n"
                "content/departments/town/office/budget.xlsx: warning[unexpected-file]: nothing "
                "reads this file\n"
                "  a department has department.json and a folder a year\n"
                "content/departments/town/pipe: warning[unexpected-file]: nothing reads this file\n"
                "  a department has department.json and a folder a year\n");
}

static void what_belongs_deeper_is_an_error(void **state)
{
    static const char hint[] =
        "a department is a folder with department.json and a folder for each year, such as 2024/, "
        "which has report.json and narrative.md";
    struct ground *g = *state;
    struct content_departments list;

    put_department(g, "town");
    put(g, "departments/department.json", "{}");  /* of which department? */
    put(g, "departments/town/report.json", "{}"); /* of which year? */
    put(g, "departments/town/narrative.md", "");
    put(g, "departments/town/year2020/report.json", "{}");
    assert_int_equal(list_departments(g, &list), -1);
    assert_int_equal(g->errs.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(g->errs.items[i].id, "misplaced-file");
        assert_string_equal(g->errs.items[i].hint, hint);
    }
    errs_release(&g->errs);
}

/* A whole department would be lost in silence. */
static void years_without_a_department_are_an_error(void **state)
{
    struct ground *g = *state;
    struct content_departments list;

    put(g, "departments/town/2020/report.json", "{}");
    put(g, "departments/town/2021/report.json", "{}");
    put_department(g, "town/office");
    put_folder(g, "departments/2021");
    assert_int_equal(list_departments(g, &list), -1);
    assert_int_equal(list.count, 1);
    assert_said(g, "content/departments: error[missing-file]: there are years in this folder, but "
                   "there is no department.json\n"
                   "  it has the names of the department; 'juesuan init DIR' makes an example\n"
                   "content/departments/town: error[missing-file]: there are years in this folder, "
                   "but there is no department.json\n"
                   "  it has the names of the department; 'juesuan init DIR' makes an example\n");
}

static void departments_do_not_nest_without_end(void **state)
{
    struct strbuf id = STRBUF_INIT;
    struct ground *g = *state;
    struct content_departments list;

    for (int i = 0; i < 16; i++)
        strbuf_adds(&id, i ? "/a" : "a");
    put_department(g, id.buf);
    assert_int_equal(list_departments(g, &list), 0);
    assert_int_equal(list.count, 1);
    strbuf_adds(&id, "/a");
    put_department(g, id.buf);
    assert_int_equal(list_departments(g, &list), -1);
    assert_int_equal(list.count, 1);
    assert_int_equal(g->errs.count, 1);
    assert_string_equal(g->errs.items[0].id, "too-deep");
    errs_release(&g->errs);
    strbuf_release(&id);
}

static void links_among_departments_are_errors(void **state)
{
    struct ground *g = *state;
    struct content_departments list;
    static const char *const of_list[] = {"departments/linked", "departments/town/2020", NULL};
    static const char *const of_report[] = {"departments/town/2021/evaluations",
                                            "departments/town/2021/narrative.md",
                                            "departments/town/2021/projects/b.json", NULL};
    static const char *const of_department[] = {"departments/town/department.json", NULL};

    put_department(g, "town");
    put_link(g, "departments/linked", "town");
    put_link(g, "departments/town/2020", "2021");
    put(g, "departments/town/2021/projects/a.json", "{\"id\": \"a\", \"name\": \"甲\"}");
    put_link(g, "departments/town/2021/projects/b.json", "a.json");
    put_link(g, "departments/town/2021/evaluations", "projects");
    put_link(g, "departments/town/2021/narrative.md", "/etc/passwd");
    assert_int_equal(list_departments(g, &list), -1);
    assert_links(g, of_list);
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), -1);
    assert_links(g, of_report);
    assert_int_equal(g->department.file_count, 3);
    assert_int_equal(g->department.department.reports.items[0].projects.count, 1);

    assert_int_equal(
        renameat(g->at, "departments/town/department.json", g->at, "departments/town/.real"), 0);
    put_link(g, "departments/town/department.json", ".real");
    list_departments(g, &list);
    errs_release(&g->errs);
    assert_int_equal(list.count, 1); /* it is there, */
    assert_int_equal(load_department(g, "town"), -1);
    assert_links(g, of_department); /* and what is wrong with it is said */
}

static void a_linked_report_is_an_error(void **state)
{
    struct ground *g = *state;
    static const char *const paths[] = {"departments/town/2021/report.json", NULL};

    put_department(g, "town");
    assert_int_equal(renameat(g->at, "departments/town/2021/report.json", g->at, "real.json"), 0);
    put_link(g, "departments/town/2021/report.json", "../../../real.json");
    assert_int_equal(load_department(g, "town"), -1);
    assert_links(g, paths);
}

static void other_things_in_the_place_of_a_department_are_errors(void **state)
{
    struct ground *g = *state;
    struct content_departments list;

    put_folder(g, "departments/folder/department.json");
    put_folder(g, "departments/pipe");
    put_pipe(g, "departments/pipe/department.json");
    assert_int_equal(list_departments(g, &list), 0);
    assert_int_equal(list.count, 2);
    assert_int_equal(load_department(g, "folder"), -1);
    assert_int_equal(load_department(g, "pipe"), -1);
    assert_said(g, "content/departments/folder/department.json: error[not-a-file]: this is not a "
                   "regular file\n"
                   "content/departments/pipe/department.json: error[not-a-file]: this is not a "
                   "regular file\n");
}

/* --- names that are meant to hurt --- */

static bool is_harmless(const char *s)
{
    for (; s && *s; s++)
        if ((unsigned char)*s < 0x20 || (unsigned char)*s == 0x7F || (unsigned char)*s >= 0x80)
            return false;
    return true;
}

static void names_do_not_reach_the_terminal_as_they_are(void **state)
{
    struct ground *g = *state;
    struct content_departments list;
    static const char *const names[] = {
        "\x1b[31mred",
        "two\nlines",
        "bell\a",
        "\x9b"
        "31m",
        "\xC2\x9B"
        "31m",
        "\xff\xfe",
        "\xE2\x80\xAE"
        "txt",
        "del\x7f",
    };

    put_department(g, "town");
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        struct strbuf path = STRBUF_INIT;

        strbuf_addf(&path, "departments/%s/x", names[i]);
        put(g, path.buf, "");
        strbuf_clear(&path);
        strbuf_addf(&path, "departments/town/%s.md", names[i]);
        put(g, path.buf, "");
        strbuf_clear(&path);
        strbuf_addf(&path, "departments/town/2021/projects/%s.json", names[i]);
        put(g, path.buf, "{\"id\": \"a\", \"name\": \"x\"}");
        strbuf_clear(&path);
        strbuf_addf(&path, "departments/town/2021/projects/%s.JSON", names[i]);
        put(g, path.buf, "");
        strbuf_clear(&path);
        strbuf_addf(&path, "departments/town/2021/evaluations/%s.json", names[i]);
        put(g, path.buf, "broken");
        strbuf_clear(&path);
        strbuf_addf(&path, "departments/town/2021/evaluations/%s.md", names[i]);
        put(g, path.buf, "");
        strbuf_clear(&path);
        strbuf_addf(&path, "classifications/%s.json", names[i]);
        put(g, path.buf, "{\"year\": 2021}");
        strbuf_clear(&path);
        strbuf_addf(&path, "profiles/%s.json", names[i]);
        put(g, path.buf, "{\"id\": \"q\"}");
        strbuf_clear(&path);
        put_link(g, names[i], "site.json");
        strbuf_release(&path);
    }
    load_catalog(g);
    list_departments(g, &list);
    load_department(g, "town");
    assert_int_equal(list.count, 1);
    /* wrong-id, unexpected, wrong-id, misnamed, json-syntax, wrong-year, 5 of a profile, link */
    assert_int_equal(g->errs.count, 12 * ARRAY_SIZE(names));
    for (size_t i = 0; i < g->errs.count; i++) {
        assert_true(is_harmless(g->errs.items[i].message));
        assert_true(is_harmless(g->errs.items[i].file));
        assert_true(is_harmless(g->errs.items[i].hint));
    }
    errs_release(&g->errs);
}

/* --- one department --- */

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

static void other_things_in_the_place_of_a_report_are_errors(void **state)
{
    struct ground *g = *state;

    put_department(g, "town");
    unlinkat(g->at, "departments/town/2021/report.json", 0);
    put_pipe(g, "departments/town/2021/report.json");
    put_pipe(g, "departments/town/2021/narrative.md");
    put(g, "departments/town/2021/projects", "a file");
    put_folder(g, "departments/town/2020/report.json");
    assert_int_equal(load_catalog(g), 0);
    assert_int_equal(load_department(g, "town"), -1);
    assert_said(g, "content/departments/town/2020/report.json: error[not-a-file]: this is not a "
                   "regular file\n"
                   "content/departments/town/2021/report.json: error[not-a-file]: this is not a "
                   "regular file\n");
}

static void a_huge_report_is_refused(void **state)
{
    struct ground *g = *state;
    int fd;

    put_department(g, "town");
    fd = openat(g->at, "departments/town/2021/report.json", O_WRONLY | O_CLOEXEC);
    assert_int_equal(ftruncate(fd, (off_t)SOURCE_FILE_MAX + 1), 0);
    close(fd);
    assert_int_equal(load_department(g, "town"), -1);
    assert_said(g, "content/departments/town/2021/report.json: error[file-too-large]: the file is "
                   "larger than the 64 MB that are read\n"
                   "  is it the right file?\n");
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

/* --- many --- */

static void put_empty_department(int at, size_t number)
{
    char path[64];
    int fd;

    snprintf(path, sizeof(path), "departments/c%zu", number % 100);
    mkdirat(at, path, 0777);
    snprintf(path, sizeof(path), "departments/c%zu/d%zu", number % 100, number);
    assert_int_equal(mkdirat(at, path, 0777), 0);
    snprintf(path, sizeof(path), "departments/c%zu/d%zu/department.json", number % 100, number);
    fd = openat(at, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    assert_true(fd >= 0);
    close(fd);
}

static void ten_thousand_departments_are_listed_in_order(void **state)
{
    char path[] = "/dev/shm/juesuan-test-XXXXXX"; /* quicker than a disk, where there is one */
    struct ground *g = *state;
    size_t count = testing_rounds(10000);
    struct content_departments list;
    bool in_memory = mkdtemp(path) != NULL;
    const char *folder = in_memory ? path : g->path;
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct source *source = source_open_folder(folder, &g->errs);

    mkdirat(at, "departments", 0777);
    for (size_t i = 0; i < count; i++)
        put_empty_department(at, i * 7919 % count);
    assert_int_equal(content_list_departments(source, &g->arena, &list, &g->errs), 0);
    assert_said(g, "");
    assert_int_equal(list.count, count);
    for (size_t i = 1; i < list.count; i++)
        assert_true(strcmp(list.ids[i - 1], list.ids[i]) < 0);
    source_close(source);
    close(at);
    if (in_memory)
        testing_folder_remove(path);
}

static void releasing_is_safe_at_any_time(void **state)
{
    struct ground *g = *state;

    assert_int_equal(load_department(g, "none"), -1);
    content_release_department(&g->department);
    content_release_department(&g->department);
    errs_release(&g->errs);
}

#define ON_GROUND(test) cmocka_unit_test_setup_teardown(test, ground_set_up, ground_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_GROUND(a_content_folder_is_read),
        ON_GROUND(what_is_needed_must_be_there),
        ON_GROUND(profiles_and_codes_may_be_missing),
        ON_GROUND(all_files_of_the_catalog_are_read_whatever_is_wrong),
        ON_GROUND(codes_need_their_parents),
        ON_GROUND(who_needs_what_has_errors_is_not_accused),
        ON_GROUND(what_nothing_reads_is_warned_about),
        ON_GROUND(a_name_that_is_nearly_right_is_an_error),
        ON_GROUND(links_in_the_catalog_are_errors),
        ON_GROUND(other_things_in_the_place_of_files_are_errors),
        ON_GROUND(departments_nest_and_come_sorted),
        ON_GROUND(no_departments_are_an_error),
        ON_GROUND(a_year_is_called_by_its_digits),
        ON_GROUND(names_that_cannot_be_ids_are_errors),
        ON_GROUND(stray_files_among_departments_are_warned_about),
        ON_GROUND(what_belongs_deeper_is_an_error),
        ON_GROUND(years_without_a_department_are_an_error),
        ON_GROUND(departments_do_not_nest_without_end),
        ON_GROUND(links_among_departments_are_errors),
        ON_GROUND(a_linked_report_is_an_error),
        ON_GROUND(other_things_in_the_place_of_a_department_are_errors),
        ON_GROUND(names_do_not_reach_the_terminal_as_they_are),
        ON_GROUND(a_department_has_its_years_in_order),
        ON_GROUND(a_department_without_reports_is_warned_about),
        ON_GROUND(a_year_needs_a_report),
        ON_GROUND(ids_are_those_of_the_files),
        ON_GROUND(a_copy_needs_an_id_of_its_own),
        ON_GROUND(stray_files_in_a_year_are_warned_about),
        ON_GROUND(files_of_a_year_that_are_misnamed_are_errors),
        ON_GROUND(a_missing_report_may_be_beside),
        ON_GROUND(other_things_in_the_place_of_a_report_are_errors),
        ON_GROUND(a_huge_report_is_refused),
        ON_GROUND(the_errors_of_all_files_are_reported),
        ON_GROUND(a_report_bears_the_name_of_its_year),
        ON_GROUND(a_name_without_dates_is_for_all_years),
        ON_GROUND(ten_thousand_departments_are_listed_in_order),
        ON_GROUND(releasing_is_safe_at_any_time),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}
