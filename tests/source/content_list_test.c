/* Which departments a content folder has. */
#include "base/base.h"

#include "source/content.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/strbuf.h"
#include "base/testing.h"
#include "source/ground.h"

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

#define ON_GROUND(test) cmocka_unit_test_setup_teardown(test, ground_set_up, ground_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_GROUND(departments_nest_and_come_sorted),
        ON_GROUND(no_departments_are_an_error),
        ON_GROUND(a_year_is_called_by_its_digits),
        ON_GROUND(names_that_cannot_be_ids_are_errors),
        ON_GROUND(stray_files_among_departments_are_warned_about),
        ON_GROUND(what_belongs_deeper_is_an_error),
        ON_GROUND(years_without_a_department_are_an_error),
        ON_GROUND(departments_do_not_nest_without_end),
        ON_GROUND(ten_thousand_departments_are_listed_in_order),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("content_list", tests, NULL, NULL);
}
