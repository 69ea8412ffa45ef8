/*
 * The pages where something goes wrong: what cannot be written, texts with errors, a database that
 * is not one. What pages hold is tested by pages_test.sh, with the same content and theme.
 */
#include "base/base.h"

#include "site/site.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "site/small_theme.h"
#include "site/theme.h"

/* --- pages that are kept in memory --- */

struct kept {
    struct strbuf paths; /* each ended by a line feed */
    const char *refused; /* the path that cannot be written */
};

static int keep(void *ctx, const char *path, const char *data, size_t len, struct errs *errs)
{
    struct kept *kept = ctx;

    assert_int_equal(strlen(data), len);
    if (kept->refused && !strcmp(path, kept->refused)) {
        errs_add(errs, ERR_SYSTEM, "system", "cannot write %s", path);
        return -1;
    }
    strbuf_addf(&kept->paths, "%s\n", path);
    return 0;
}

struct made {
    struct source *source;
    struct catalog catalog;
    struct content_department content;
    struct theme *theme;
    struct site_context site;
    struct kept kept;
    struct site_output output;
    struct errs errs;
};

static int set_up(void **state)
{
    struct made *m = test_calloc(1, sizeof(*m));

    m->theme = theme_load("tests/site/pages/theme", NULL, "zh-CN", &m->errs);
    m->source = source_open_folder("tests/site/pages/content", &m->errs);
    assert_int_equal(content_load_catalog(m->source, &m->catalog, &m->errs), 0);
    assert_int_equal(content_load_department(m->source, &m->catalog, "jia", &m->content, &m->errs),
                     0);
    assert_errors(&m->errs, "");
    strbuf_init(&m->kept.paths);
    m->site = (struct site_context){.theme = m->theme, .catalog = &m->catalog, .source = m->source};
    m->output = (struct site_output){&m->kept, keep};
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    struct made *m = *state;

    content_release_department(&m->content);
    catalog_release(&m->catalog);
    source_close(m->source);
    theme_free(m->theme);
    strbuf_release(&m->kept.paths);
    errs_release(&m->errs);
    test_free(m);
    return 0;
}

static const char all_pages[] = "departments/jia/index.html\n"
                                "departments/jia/2020/index.html\n"
                                "departments/jia/2020/projects/old/index.html\n"
                                "departments/jia/2021/index.html\n"
                                "departments/jia/2021/compare/index.html\n"
                                "departments/jia/2021/projects/p1/index.html\n"
                                "departments/jia/2021/projects/p2/index.html\n"
                                "departments/jia/2021/projects/p3/index.html\n"
                                "departments/jia/2021/evaluations/all/index.html\n"
                                "departments/jia/2021/evaluations/web/index.html\n"
                                "departments/jia/2022/index.html\n"
                                "departments/jia/2022/compare/index.html\n";

static void all_pages_of_a_department_are_put_out(void **state)
{
    struct made *m = *state;

    assert_int_equal(site_render_department(&m->site, &m->content, &m->output, NULL, &m->errs), 0);
    assert_errors(&m->errs, "");
    assert_string_equal(m->kept.paths.buf, all_pages);
}

static void a_page_that_cannot_be_written_is_an_error(void **state)
{
    struct made *m = *state;
    struct strbuf paths = STRBUF_INIT;

    strbuf_adds(&paths, all_pages);
    for (char *path = paths.buf, *end; *path; path = end + 1) {
        end = strchr(path, '\n');
        *end = '\0';
        m->kept.refused = path;
        assert_int_equal(site_render_department(&m->site, &m->content, &m->output, NULL, &m->errs),
                         -1);
        assert_int_equal(m->errs.count, 1);
        assert_non_null(strstr(m->errs.items[0].message, path));
        errs_release(&m->errs);
    }
    strbuf_release(&paths);
}

/* All texts are read, so that all errors show. */
static void texts_with_errors_are_errors_of_the_department(void **state)
{
    struct made *m = *state;

    for (size_t i = 0; i < m->content.file_count; i++)
        m->content.files[i].source = (struct source_text){m->content.files[i].path, "{{x/y/z}}", 9};
    assert_int_equal(site_render_department(&m->site, &m->content, &m->output, NULL, &m->errs), -1);
    assert_int_equal(m->errs.count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(m->errs.items[i].id, "unknown-reference");
    assert_string_equal(m->errs.items[0].file, "departments/jia/2021/narrative.md");
    assert_string_equal(m->errs.items[1].file, "departments/jia/2021/evaluations/web.md");
}

static void a_department_without_a_report_has_a_page(void **state)
{
    struct made *m = *state;
    struct content_department content;

    content_load_department(m->source, &m->catalog, "bing", &content, &m->errs);
    errs_release(&m->errs); /* the warning that there is no report */
    assert_int_equal(site_render_department(&m->site, &content, &m->output, NULL, &m->errs), 0);
    assert_string_equal(m->kept.paths.buf, "departments/bing/index.html\n");
    content_release_department(&content);
}

static void a_database_is_needed_for_what_spans_departments(void **state)
{
    struct made *m = *state;
    char *folder = testing_folder();
    struct strbuf path = STRBUF_INIT;

    strbuf_addf(&path, "%s/data.sqlite", folder);
    assert_int_equal(site_render_overview(&m->site, path.buf, 0, &m->output, &m->errs), -1);
    assert_true(m->errs.count > 0);
    assert_int_equal(errs_status(&m->errs), ERR_SYSTEM);
    errs_release(&m->errs);

    write_below(folder, "data.sqlite", "this is no database, but long enough to be read as one");
    assert_int_equal(site_render_overview(&m->site, path.buf, 0, &m->output, &m->errs), -1);
    assert_int_equal(errs_status(&m->errs), ERR_SYSTEM);
    errs_release(&m->errs);

    write_below(folder, "data.sqlite", ""); /* a database without tables */
    assert_int_equal(site_render_overview(&m->site, path.buf, 0, &m->output, &m->errs), -1);
    assert_int_equal(errs_status(&m->errs), ERR_SYSTEM);
    strbuf_release(&path);
    testing_folder_remove(folder);
    free(folder);
}

static void a_data_page_may_be_empty(void **state)
{
    struct made *m = *state;

    assert_int_equal(site_render_data(&m->site, NULL, 0, &m->output, &m->errs), 0);
    assert_string_equal(m->kept.paths.buf, "data/index.html\n");
    m->kept.refused = "data/index.html";
    assert_int_equal(site_render_data(&m->site, NULL, 0, &m->output, &m->errs), -1);
    assert_int_equal(m->errs.count, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(all_pages_of_a_department_are_put_out),
        TEST(a_page_that_cannot_be_written_is_an_error),
        TEST(texts_with_errors_are_errors_of_the_department),
        TEST(a_department_without_a_report_has_a_page),
        TEST(a_database_is_needed_for_what_spans_departments),
        TEST(a_data_page_may_be_empty),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
