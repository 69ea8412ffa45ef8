/* A content folder that is right, and what no content folder should have: links, other things
 * in the place of files, names that are meant to hurt. */
#include "base/base.h"

#include "source/content.h"

#include <fcntl.h>

#include "base/strbuf.h"
#include "base/testing.h"
#include "source/ground.h"

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

/* --- links, and other things that are no files --- */

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

/* --- */

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
        ON_GROUND(links_in_the_catalog_are_errors),
        ON_GROUND(other_things_in_the_place_of_files_are_errors),
        ON_GROUND(links_among_departments_are_errors),
        ON_GROUND(a_linked_report_is_an_error),
        ON_GROUND(other_things_in_the_place_of_a_department_are_errors),
        ON_GROUND(names_do_not_reach_the_terminal_as_they_are),
        ON_GROUND(other_things_in_the_place_of_a_report_are_errors),
        ON_GROUND(a_huge_report_is_refused),
        ON_GROUND(releasing_is_safe_at_any_time),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}
