/* Themes whose labels or templates have mistakes: what is said of them. */
#include "base/base.h"

#include "site/theme.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "site/made.h"
#include "site/views.h"

static void assert_labels_fail(const char *labels, const char *id, unsigned line, unsigned column)
{
    struct made m;

    made_begin(&m);
    write_below(m.site.buf, "labels/zh-CN.json", "{}");
    for (int own = 0; own < 2; own++) { /* the theme's, then the site's */
        write_below(own ? m.site.buf : m.theme.buf, "labels/zh-CN.json", labels);
        made_load(&m);
        assert_null(m.loaded);
        assert_true(m.errs.count > 0);
        assert_string_equal(m.errs.items[0].id, id);
        assert_int_equal(m.errs.items[0].line, line);
        assert_int_equal(m.errs.items[0].column, column);
        assert_non_null(strstr(m.errs.items[0].file,
                               own ? "/site/theme/labels/zh-CN.json" : "/theme/labels/zh-CN.json"));
        assert_int_equal(m.errs.count, 1);
        errs_release(&m.errs);
        make_small_theme(m.theme.buf);
    }
    made_end(&m);
}

static void labels_that_are_no_object_of_json(void **state)
{
    (void)state;
    assert_labels_fail("", "json-syntax", 1, 1);
    assert_labels_fail("{", "json-syntax", 1, 2);
    assert_labels_fail("{\n  \"home\": \"a\",\n}", "json-syntax", 3, 1);
    assert_labels_fail("{\"home\": \"a\",\n \"home\": \"b\"}", "duplicate-key", 2, 2);
    assert_labels_fail("{\"home\": {\"a\": [1, }}", "json-syntax", 1, 20);
    assert_labels_fail("[]", "wrong-type", 1, 1);
    assert_labels_fail("\"home\"", "wrong-type", 1, 1);
    assert_labels_fail("null", "wrong-type", 1, 1);
}

/* The words before it are all there, but what stands behind them was meant as well. */
static void labels_with_something_behind_them(void **state)
{
    (void)state;
    assert_labels_fail("{\"home\": \"H\", \"departments\": \"D\", \"data\": \"d\",\n"
                       "\"database\": \"b\", \"fiscal_year\": \"y\"}\n{\"more\": \"m\"}",
                       "json-syntax", 3, 1);
}

static void templates_with_errors_name_who_includes_them(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.site.buf, "templates/parts/crumbs.mustache",
                "{{#crumbs}}\n{{labl}}{{#nothing}}{{/nothing}}\n{{/crumbs}}");
    write_below(m.site.buf, "templates/start.mustache",
                "{{>parts/crumbs}}{{$main}}{{/main}}{{>parts/crumb}}");
    write_below(m.site.buf, "templates/home.mustache", "{{<start}}{{/start}}");
    made_assert_fails(
        &m, "site/theme/templates/parts/crumbs.mustache:2:3: error[unknown-name]: unknown name "
            "\"labl\" (looked for in: view_link, page_home, constants)\n"
            "  {{labl}}{{#nothing}}{{/nothing}}\n"
            "    ^\n"
            "  did you mean 'label'?\n"
            "  note: included from site/theme/templates/start.mustache:1:1\n"
            "  note: included from site/theme/templates/home.mustache:1:1\n"
            "  note: for the template 'home'\n"
            "site/theme/templates/parts/crumbs.mustache:2:12: error[unknown-name]: unknown name "
            "\"nothing\" (looked for in: view_link, page_home, constants)\n"
            "  {{labl}}{{#nothing}}{{/nothing}}\n"
            "             ^\n"
            "  note: included from site/theme/templates/start.mustache:1:1\n"
            "  note: included from site/theme/templates/home.mustache:1:1\n"
            "  note: for the template 'home'\n"
            "site/theme/templates/start.mustache:1:39: error[unknown-template]: there is no "
            "template \"parts/crumb\"\n"
            "  {{>parts/crumbs}}{{$main}}{{/main}}{{>parts/crumb}}\n"
            "                                        ^\n"
            "  did you mean 'parts/crumbs'?\n"
            "  note: included from site/theme/templates/home.mustache:1:1\n"
            "  note: for the template 'home'\n");
    made_end(&m);
}

/* The layout is in all pages. */
static void a_mistake_in_what_all_pages_include_is_told_once(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.site.buf, "templates/layout.mustache",
                "{{title}}\n{{#crumbs}}\n{{labl}}\n{{/crumbs}}{{$main}}{{/main}}");
    write_below(m.site.buf, "templates/report.mustache", "{{<layout}}{{/layout}}{{nowhere}}");
    made_assert_fails(
        &m, "site/theme/templates/layout.mustache:3:3: error[unknown-name]: unknown name "
            "\"labl\" (looked for in: view_link, page_home, constants)\n"
            "  {{labl}}\n"
            "    ^\n"
            "  did you mean 'label'?\n"
            "  note: included from theme/templates/home.mustache:1:1\n"
            "  note: for the template 'home'\n"
            "  19 times more\n"
            "site/theme/templates/report.mustache:1:25: error[unknown-name]: unknown name "
            "\"nowhere\" (looked for in: page_report, constants)\n"
            "  {{<layout}}{{/layout}}{{nowhere}}\n"
            "                          ^\n");
    /* a name that only one page does not have */
    write_below(m.site.buf, "templates/report.mustache", "");
    write_below(m.site.buf, "templates/layout.mustache",
                "{{#department}}{{/department}}{{$main}}{{/main}}");
    made_assert_fails(&m,
                      "site/theme/templates/layout.mustache:1:4: error[unknown-name]: unknown name "
                      "\"department\" (looked for in: page_home, constants)\n"
                      "  {{#department}}{{/department}}{{$main}}{{/main}}\n"
                      "     ^\n"
                      "  note: included from theme/templates/home.mustache:1:1\n"
                      "  note: for the template 'home'\n"
                      "  14 times more\n");
    made_end(&m);
}

static void templates_that_are_no_templates(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "templates/home.mustache", "a\n{{#site}}\n");
    write_below(m.theme.buf, "templates/unused.mustache", "{{");
    made_assert_fails(
        &m, "theme/templates/home.mustache:2:1: error[template-syntax]: {{#site}} is never "
            "closed\n  {{#site}}\n  ^\n"
            "theme/templates/unused.mustache:1:1: error[template-syntax]: this tag is not "
            "closed: there is no }} after it\n  {{\n  ^\n");
    made_end(&m);
}

/* Which names there are depends on the page: what is wrong on one page only is found, too. */
static void every_page_is_compiled(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++) {
        struct strbuf path = STRBUF_INIT;

        strbuf_addf(&path, "templates/%s.mustache", theme_template_name(id));
        write_below(m.theme.buf, path.buf, "{{nowhere}}");
        made_load(&m);
        assert_null(m.loaded);
        assert_int_equal(m.errs.count, 1);
        assert_non_null(strstr(m.errs.items[0].message, theme_template_entity(id)->name));
        errs_release(&m.errs);
        make_small_theme(m.theme.buf);
        strbuf_release(&path);
    }
    made_end(&m);
}

static void templates_that_include_each_other_without_end(void **state)
{
    struct page_home page = {0};
    struct site site = {0};
    struct strbuf out = STRBUF_INIT;
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "templates/home.mustache", "{{>home}}");
    made_load(&m);
    assert_null(m.loaded);
    assert_string_equal(m.errs.items[0].id, "template-recursion");
    errs_release(&m.errs);

    /* only the data say that there is no end */
    write_below(m.theme.buf, "templates/home.mustache", "{{#site}}{{>home}}{{/site}}");
    made_assert_loads(&m);
    assert_int_equal(theme_render(m.loaded, TEMPLATE_HOME, &page, "a/index.html", &out, &m.errs),
                     0);
    page.site = &site;
    assert_int_equal(theme_render(m.loaded, TEMPLATE_HOME, &page, "b/index.html", &out, &m.errs),
                     -1);
    assert_int_equal(m.errs.count, 1);
    assert_string_equal(m.errs.items[0].id, "template-recursion");
    assert_int_equal(m.errs.items[0].line, 1);
    assert_int_equal(m.errs.items[0].note_count, 1);
    assert_string_equal(m.errs.items[0].notes[0].message, "for b/index.html");
    strbuf_release(&out);
    made_end(&m);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_that_are_no_object_of_json),
        cmocka_unit_test(labels_with_something_behind_them),
        cmocka_unit_test(templates_with_errors_name_who_includes_them),
        cmocka_unit_test(a_mistake_in_what_all_pages_include_is_told_once),
        cmocka_unit_test(templates_that_are_no_templates),
        cmocka_unit_test(every_page_is_compiled),
        cmocka_unit_test(templates_that_include_each_other_without_end),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("theme_broken", tests, NULL, NULL);
}
