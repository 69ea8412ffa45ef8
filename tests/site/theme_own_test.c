/* What a site has of its own beside a theme: what it overrides, and what of it has no effect. */
#include "base/base.h"

#include "site/theme.h"

#include "base/err.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "site/made.h"

static void a_site_needs_nothing_of_its_own(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    m.loaded = theme_load(m.theme.buf, NULL, "zh-CN", &m.errs);
    assert_errors(&m.errs, "");
    made_assert_renders(&m, TEMPLATE_HOME, "[home]");
    made_assert_loads(&m); /* the folder is not there */
    made_assert_renders(&m, TEMPLATE_HOME, "[home]");
    write_below(m.site.buf, ".git/config", "");
    write_below(m.site.buf, "Thumbs.db", "");
    made_assert_loads(&m); /* there is nothing of a theme in it */
    made_assert_renders(&m, TEMPLATE_HOME, "[home]");
    made_end(&m);
}

static void a_site_overrides_templates(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.site.buf, "templates/home.mustache",
                "{{<layout}}{{$main}}own{{>parts/figure}}{{>new}}{{/main}}{{/layout}}");
    write_below(m.site.buf, "templates/layout.mustache", "<{{$main}}{{/main}}>");
    write_below(m.site.buf, "templates/parts/figure.mustache", " own figure");
    write_below(m.site.buf, "templates/new.mustache", " new");
    made_assert_loads(&m);
    made_assert_renders(&m, TEMPLATE_HOME, "<own own figure new>");
    made_assert_renders(&m, TEMPLATE_DATA, "<data>");
    made_assert_renders(&m, TEMPLATE_PART_FIGURE, " own figure");
    made_assert_renders(&m, TEMPLATE_PART_CSV, "parts/csv");
    made_end(&m);
}

static void a_site_overrides_assets(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "assets/a.css", "");
    write_below(m.theme.buf, "assets/b/c.js", "");
    write_below(m.site.buf, "assets/b/c.js", "");
    made_assert_loads(&m);
    made_assert_assets(&m, "a.css = theme/assets/a.css\nb/c.js = site/theme/assets/b/c.js\n");
    made_end(&m);
}

static void a_site_overrides_labels_one_by_one(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "templates/home.mustache", "{{labels.home}} {{labels.data}}");
    write_below(m.site.buf, "labels/zh-CN.json", "{\"home\": \"Own home\", \"more\": \"More\"}");
    write_below(m.site.buf, "templates/parts/csv.mustache", "{{labels.more}}");
    made_assert_loads(&m);
    made_assert_renders(&m, TEMPLATE_HOME, "Own home the data");
    made_assert_renders(&m, TEMPLATE_PART_CSV, "More");
    assert_string_equal(theme_word(m.loaded, WORD_home), "Own home");
    assert_string_equal(theme_word(m.loaded, WORD_data), "the data");
    made_end(&m);
}

static void a_site_may_have_a_language_that_the_theme_has_not(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    make_small_labels(m.site.buf, "bo");
    m.loaded = theme_load(m.theme.buf, m.content, "bo", &m.errs);
    assert_errors(&m.errs, "");
    assert_string_equal(theme_word(m.loaded, WORD_home), "the home");
    made_end(&m);
}

/* Labels and their lists are data like others, to any depth. */
static void labels_may_have_a_shape(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.site.buf, "labels/zh-CN.json",
                "{\"menu\": [{\"title\": \"<a>\"}, {\"title\": \"b\"}], \"n\": 5}");
    write_below(m.site.buf, "templates/home.mustache",
                "{{#labels.menu}}{{title}} {{/labels.menu}}{{labels.n}}");
    made_assert_loads(&m);
    made_assert_renders(&m, TEMPLATE_HOME, "&lt;a&gt; b 5");
    made_end(&m);
}

/* --- what has no effect --- */

static void files_that_nothing_reads(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.site.buf, "style.css", "");
    write_below(m.site.buf, "template/home.mustache", "{{");
    write_below(m.site.buf, "templates/home.html", "{{");
    write_below(m.site.buf, "templates/parts/note.txt", "{{");
    write_below(m.site.buf, "labels/zh_CN.json", "{");
    write_below(m.site.buf, "labels/old/zh-CN.json", "{");
    made_assert_warns(
        &m,
        "site/theme/style.css: warning[unexpected-file]: nothing reads this file\n"
        "  templates lie in templates/, words in labels/zh-CN.json, style sheets and pictures in "
        "assets/\n"
        "site/theme/template: warning[unexpected-file]: nothing reads this folder\n"
        "  did you mean 'templates'?\n"
        "site/theme/templates/home.html: warning[unexpected-file]: nothing reads this file\n"
        "  did you mean 'home.mustache'?\n"
        "site/theme/templates/parts/note.txt: warning[unexpected-file]: nothing reads this file\n"
        "  the names of templates end in .mustache\n"
        "site/theme/labels/old/zh-CN.json: warning[unexpected-file]: nothing reads this file\n"
        "  the site's language is zh-CN: call it 'zh-CN.json'\n"
        "site/theme/labels/zh_CN.json: warning[unexpected-file]: nothing reads this file\n"
        "  the site's language is zh-CN: call it 'zh-CN.json'\n");
    made_end(&m);
}

static void templates_that_nothing_uses(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "templates/spare.mustache", "of the theme, whose business it is");
    write_below(m.site.buf, "templates/homepage.mustache", "{{nothing}}");
    write_below(m.site.buf, "templates/parts/tabel.mustache", "{{>parts/row}}");
    write_below(m.site.buf, "templates/parts/row.mustache", "x");
    made_assert_warns(
        &m,
        "site/theme/templates/homepage.mustache: warning[unused-template]: nothing uses this "
        "template\n"
        "  call it like the template that it should replace, such as home.mustache, or use it "
        "as a part: {{>homepage}}\n"
        "site/theme/templates/parts/row.mustache: warning[unused-template]: nothing uses this "
        "template\n"
        "  call it like the template that it should replace, such as home.mustache, or use it "
        "as a part: {{>parts/row}}\n"
        "site/theme/templates/parts/tabel.mustache: warning[unused-template]: nothing uses this "
        "template\n"
        "  did you mean 'parts/table.mustache'?\n");
    write_below(m.site.buf, "templates/home.mustache", "{{>homepage}}{{>parts/tabel}}");
    write_below(m.site.buf, "templates/homepage.mustache", "");
    made_assert_warns(&m, "");
    made_end(&m);
}

static void labels_that_nothing_uses(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "labels/more.json", "");
    write_below(m.site.buf, "templates/data.mustache",
                "{{labels.own}}{{#labels}}{{inner}}{{/labels}}{{#labels.list}}{{x}}{{/labels.list}}"
                "{{labels.a.b}}");
    write_below(m.site.buf, "labels/zh-CN.json",
                "{\"home\": \"H\", \"homee\": \"H\", \"own\": \"x\", \"inner\": \"y\",\n"
                " \"list\": [{\"x\": \"1\"}], \"a\": {\"b\": \"c\"},\n"
                " \"quite_different\": \"z\"}");
    made_assert_warns(
        &m, "site/theme/labels/zh-CN.json:1:15: warning[unused-label]: no template uses this "
            "label\n"
            "  {\"home\": \"H\", \"homee\": \"H\", \"own\": \"x\", \"inner\": \"y\",\n"
            "                ^\n"
            "  did you mean 'home'?\n"
            "site/theme/labels/zh-CN.json:3:2: warning[unused-label]: no template uses this "
            "label\n"
            "   \"quite_different\": \"z\"}\n"
            "   ^\n"
            "  a template of the site prints it with {{labels.quite_different}}\n");
    made_end(&m);
}

/* --- files in the place of folders --- */

static void a_file_of_the_theme_is_no_folder(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "assets/style.css", "");
    write_below(m.theme.buf, "assets/style.css.map", "");
    write_below(m.theme.buf, "assets/fonts/a/b.woff2", "");
    write_below(m.site.buf, "assets/style.css/x.css", "");
    write_below(m.site.buf, "assets/fonts/a", "");
    made_assert_fails(
        &m, "site/theme/assets/fonts/a: error[two-files]: 'assets/fonts/a' is a folder of the "
            "theme\n"
            "  give the file another name\n"
            "site/theme/assets/style.css/x.css: error[two-files]: 'assets/style.css' is a file "
            "of the theme, and cannot be a folder\n"
            "  give the folder another name\n");
    assert_int_equal(errs_status(&m.errs), 0);
    made_end(&m);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_site_needs_nothing_of_its_own),
        cmocka_unit_test(a_site_overrides_templates),
        cmocka_unit_test(a_site_overrides_assets),
        cmocka_unit_test(a_site_overrides_labels_one_by_one),
        cmocka_unit_test(a_site_may_have_a_language_that_the_theme_has_not),
        cmocka_unit_test(labels_may_have_a_shape),
        cmocka_unit_test(files_that_nothing_reads),
        cmocka_unit_test(templates_that_nothing_uses),
        cmocka_unit_test(labels_that_nothing_uses),
        cmocka_unit_test(a_file_of_the_theme_is_no_folder),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("theme_own", tests, NULL, NULL);
}
