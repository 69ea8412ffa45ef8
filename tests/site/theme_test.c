/* Themes made by the tests: what is loaded, and what is missing in one. */
#include "base/base.h"

#include "site/theme.h"

#include <sys/stat.h>

#include "base/err.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "site/made.h"
#include "site/views.h"

/* --- what is there --- */

static void each_page_and_part_has_its_template(void **state)
{
    struct strbuf expected = STRBUF_INIT;
    struct made m;

    (void)state;
    made_begin(&m);
    made_assert_loads(&m);
    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++) {
        const char *name = theme_template_name(id);
        bool is_page = !strchr(name, '/') && !strchr(name, '.'); /* in the layout */

        strbuf_clear(&expected);
        strbuf_addf(&expected, is_page ? "[%s]" : "%s", name);
        made_assert_renders(&m, id, expected.buf);
    }
    assert_string_equal(theme_word(m.loaded, WORD_home), "the home");
    assert_string_equal(theme_word(m.loaded, WORD_fiscal_year), "the fiscal_year");
    strbuf_release(&expected);
    made_end(&m);
}

static void printed_names_have_phrases_in_the_language(void **state)
{
    struct text known = text_of("收入"), unknown = text_of("支出"), absent = text_of(NULL);
    struct made m;

    (void)state;
    made_begin(&m);
    made_assert_loads(&m);
    assert_true(theme_is_chinese(m.loaded));
    assert_ptr_equal(theme_phrase(m.loaded, &known).s, known.s);
    theme_free(m.loaded);
    make_small_labels(m.theme.buf, "en");
    write_below(m.site.buf, "labels/en.json", "{\"phrases\": {\"收入\": \"Revenue\"}}");
    m.loaded = theme_load(m.theme.buf, m.content, "en", &m.errs);
    assert_errors(&m.errs, "");
    assert_false(theme_is_chinese(m.loaded));
    assert_string_equal(theme_phrase(m.loaded, &known).s, "Revenue");
    assert_ptr_equal(theme_phrase(m.loaded, &unknown).s, unknown.s);
    assert_null(theme_phrase(m.loaded, &absent).s);
    assert_string_equal(theme_title(m.loaded, "项目", "Item"), "Item");
    assert_ptr_equal(theme_phrase(NULL, &known).s, known.s);
    made_end(&m);
}

static void parts_may_lie_in_folders_within_folders(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "templates/home.mustache", "{{>parts/one}}");
    write_below(m.theme.buf, "templates/parts/one.mustache", "1{{>parts/deeper/two}}");
    write_below(m.theme.buf, "templates/parts/deeper/two.mustache", "2{{>three}}");
    write_below(m.theme.buf, "templates/three.mustache", "3{{labels.home}}{{site.title}}");
    made_assert_loads(&m);
    made_assert_renders(&m, TEMPLATE_HOME, "123the home");
    made_end(&m);
}

static void other_files_are_passed_over(void **state)
{
    struct made m;
    size_t count;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "README", "{{");
    write_below(m.theme.buf, "templates/README.txt", "{{");
    write_below(m.theme.buf, "templates/home.mustache~", "{{");
    write_below(m.theme.buf, "templates/.home.mustache", "{{");
    write_below(m.theme.buf, "templates/.git/x.mustache", "{{");
    write_below(m.theme.buf, "templates/.mustache", "{{");
    write_below(m.theme.buf, "assets/.hidden", "");
    write_below(m.theme.buf, "assets/Thumbs.db", "");
    write_below(m.theme.buf, "assets/img/desktop.ini", "");
    write_below(m.theme.buf, "labels/en.json", "{");
    made_assert_loads(&m);
    made_assert_renders(&m, TEMPLATE_HOME, "[home]");
    theme_assets(m.loaded, &count);
    assert_int_equal(count, 0);
    made_end(&m);
}

static void assets_come_sorted_by_their_path(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "assets/style.css", "");
    write_below(m.theme.buf, "assets/fonts/b.woff2", "");
    write_below(m.theme.buf, "assets/fonts.css", "");
    write_below(m.theme.buf, "assets/Z", "");
    write_below(m.theme.buf, "assets/图.svg", "");
    write_below(m.site.buf, "assets/own.css", "");
    write_below(m.site.buf, "assets/fonts/a.woff2", "");
    made_assert_loads(&m);
    made_assert_assets(&m, "Z = theme/assets/Z\n"
                           "fonts.css = theme/assets/fonts.css\n"
                           "fonts/a.woff2 = site/theme/assets/fonts/a.woff2\n"
                           "fonts/b.woff2 = theme/assets/fonts/b.woff2\n"
                           "own.css = site/theme/assets/own.css\n"
                           "style.css = theme/assets/style.css\n"
                           "图.svg = theme/assets/图.svg\n");
    made_end(&m);
}

/* --- what is missing --- */

static void a_theme_that_is_not_there(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    strbuf_adds(&m.theme, "-not");
    made_assert_fails(
        &m, "-: error[system]: cannot open the theme theme-not: No such file or directory\n"
            "  name a theme's folder with --theme DIR\n");
    made_load(&m);
    assert_int_equal(errs_status(&m.errs), ERR_SYSTEM);
    theme_free(NULL);
    made_end(&m);
}

static void templates_that_are_missing(void **state)
{
    struct strbuf file = STRBUF_INIT;
    struct made m;

    (void)state;
    made_begin(&m);
    strbuf_addf(&file, "%s/templates/report.mustache", m.theme.buf);
    assert_int_equal(unlink(file.buf), 0);
    strbuf_clear(&file);
    strbuf_addf(&file, "%s/templates/parts/csv.mustache", m.theme.buf);
    assert_int_equal(unlink(file.buf), 0);
    made_assert_fails(&m,
                      "-: error[missing-template]: the theme theme has no template 'report'\n"
                      "  make theme/templates/report.mustache\n"
                      "-: error[missing-template]: the theme theme has no template 'parts/csv'\n"
                      "  make theme/templates/parts/csv.mustache\n");
    write_below(m.site.buf, "templates/report.mustache", "");
    write_below(m.site.buf, "templates/parts/csv.mustache", "");
    made_assert_loads(&m); /* the site has them */
    strbuf_release(&file);
    made_end(&m);
}

static void a_folder_that_is_no_theme(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    strbuf_clear(&m.theme);
    strbuf_addf(&m.theme, "%s/theme/templates", m.root);
    made_assert_fails(
        &m, "-: error[missing-labels]: the theme theme/templates has no labels for the language "
            "'zh-CN'\n  a site may bring its own labels, in theme/labels/zh-CN.json\n"
            "-: error[missing-template]: the theme theme/templates has no templates\n"
            "  name a theme's folder with --theme DIR\n");
    made_end(&m);
}

static void labels_that_are_missing(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "templates/home.mustache", "一\n{{labels.hom}}{{labels.nothing}}");
    made_assert_fails(&m, "theme/templates/home.mustache:2:10: error[unknown-name]: unknown name "
                          "\"hom\" (looked for in: labels)\n"
                          "  {{labels.hom}}{{labels.nothing}}\n"
                          "           ^\n"
                          "  did you mean 'home'?\n"
                          "theme/templates/home.mustache:2:24: error[unknown-name]: unknown name "
                          "\"nothing\" (looked for in: labels)\n"
                          "  {{labels.hom}}{{labels.nothing}}\n"
                          "                         ^\n");
    write_below(m.theme.buf, "templates/home.mustache", "");
    write_below(m.theme.buf, "labels/zh-CN.json", "{\"home\": \"x\"}");
    made_load(&m);
    assert_int_equal(m.errs.count, WORD_COUNT - 1);
    assert_string_equal(m.errs.items[0].id, "missing-label");
    assert_non_null(strstr(m.errs.items[0].message, "has no word for the label 'departments'"));
    assert_string_equal(m.errs.items[0].hint, "add \"departments\" to labels/zh-CN.json");
    errs_release(&m.errs);
    made_end(&m);
}

/* Whose mistake it is, is seen from the place. */
static void words_are_texts(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.site.buf, "labels/zh-CN.json",
                "{\"departments\": 5,\n \"database\": null, \"order_score\": [\"x\"]}");
    made_assert_fails(
        &m, "site/theme/labels/zh-CN.json:1:17: error[wrong-type]: the label 'departments' must be "
            "a string, found a number\n"
            "  {\"departments\": 5,\n"
            "                  ^\n"
            "  write a word of the pages, in double quotes\n"
            "site/theme/labels/zh-CN.json:2:14: error[wrong-type]: the label 'database' must be a "
            "string, found null\n"
            "   \"database\": null, \"order_score\": [\"x\"]}\n"
            "               ^\n"
            "  write a word of the pages, in double quotes\n"
            "site/theme/labels/zh-CN.json:2:35: error[wrong-type]: the label 'order_score' must be "
            "a string, found an array\n"
            "   \"database\": null, \"order_score\": [\"x\"]}\n"
            "                                    ^\n"
            "  write a word of the pages, in double quotes\n");
    write_below(m.site.buf, "labels/zh-CN.json", "{\"departments\": \"D\", \"database\": \"d\"}");
    made_assert_loads(&m); /* the site has them */
    made_end(&m);
}

static void phrases_are_texts(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.site.buf, "labels/zh-CN.json", "{\"phrases\": [\"收入\"]}");
    made_assert_fails(&m, "site/theme/labels/zh-CN.json:1:13: error[wrong-type]: the phrases must "
                          "be an object, found an array\n"
                          "  {\"phrases\": [\"收入\"]}\n"
                          "              ^\n");
    write_below(m.site.buf, "labels/zh-CN.json",
                "{\"phrases\": {\"a\": 5,\n \"b\": {\"c\": \"d\"}, \"e\": \"f\"}}");
    made_assert_fails(&m, "site/theme/labels/zh-CN.json:1:19: error[wrong-type]: the phrase 'a' "
                          "must be a string, found a number\n"
                          "  {\"phrases\": {\"a\": 5,\n"
                          "                    ^\n"
                          "site/theme/labels/zh-CN.json:2:7: error[wrong-type]: the phrase 'b' "
                          "must be a string, found an object\n"
                          "   \"b\": {\"c\": \"d\"}, \"e\": \"f\"}}\n"
                          "        ^\n");
    made_end(&m);
}

static void a_language_without_labels(void **state)
{
    struct strbuf shown = STRBUF_INIT;
    struct made m;

    (void)state;
    made_begin(&m);
    assert_null(theme_load(m.theme.buf, m.content, "fr", &m.errs));
    made_show(&m, &shown);
    assert_string_equal(shown.buf,
                        "-: error[missing-labels]: the theme theme has no labels for "
                        "the language 'fr'\n"
                        "  it has zh-CN; a site may bring others, in theme/labels/fr.json\n");
    assert_int_equal(errs_status(&m.errs), ERR_CONTENT);
    strbuf_release(&shown);
    made_end(&m);
}

/* --- links and other things that are no files --- */

static void assert_link_fails(const char *target, const char *path, const char *id)
{
    struct strbuf link = STRBUF_INIT;
    struct made m;

    made_begin(&m);
    write_below(m.root, "elsewhere/file", "secret");
    strbuf_addf(&link, "%s/%s", m.theme.buf, path);
    write_below(m.theme.buf, "assets/style.css", "");
    assert_int_equal(symlink(target, link.buf), 0);
    made_load(&m);
    assert_null(m.loaded);
    assert_int_equal(m.errs.count, 1);
    assert_string_equal(m.errs.items[0].id, id);
    assert_string_equal(m.errs.items[0].file, link.buf);
    strbuf_release(&link);
    made_end(&m);
}

static void links_are_refused(void **state)
{
    (void)state;
    assert_link_fails("../../elsewhere/file", "assets/file", "symbolic-link");
    assert_link_fails("style.css", "assets/same-folder.css", "symbolic-link");
    assert_link_fails("../../elsewhere", "assets/folder", "symbolic-link");
    assert_link_fails("nothing", "assets/dangling", "symbolic-link");
    assert_link_fails("home.mustache", "templates/start.mustache", "symbolic-link");
    assert_link_fails("..", "templates/parts/up", "symbolic-link");
}

static void labels_that_are_a_link_are_refused(void **state)
{
    struct strbuf from = STRBUF_INIT, to = STRBUF_INIT;
    struct made m;

    (void)state;
    made_begin(&m);
    strbuf_addf(&from, "%s/labels/zh-CN.json", m.theme.buf);
    strbuf_addf(&to, "%s/labels/en.json", m.theme.buf);
    assert_int_equal(rename(from.buf, to.buf), 0);
    assert_int_equal(symlink("en.json", from.buf), 0);
    made_assert_fails(&m,
                      "theme/labels/zh-CN.json: error[symbolic-link]: this is a symbolic link, and "
                      "links are not followed\n"
                      "  put a copy of what it leads to in its place\n");
    strbuf_release(&from);
    strbuf_release(&to);
    made_end(&m);
}

/* What the user names may be one, such as /etc/site/theme -> /srv/theme. */
static void the_theme_itself_may_be_a_link(void **state)
{
    struct strbuf link = STRBUF_INIT;
    struct made m;

    (void)state;
    made_begin(&m);
    strbuf_addf(&link, "%s/link", m.root);
    assert_int_equal(symlink("theme", link.buf), 0);
    m.loaded = theme_load(link.buf, NULL, "zh-CN", &m.errs);
    assert_errors(&m.errs, "");
    made_assert_renders(&m, TEMPLATE_HOME, "[home]");
    strbuf_release(&link);
    made_end(&m);
}

static void what_is_no_file_is_refused(void **state)
{
    struct strbuf path = STRBUF_INIT;
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "assets/style.css", "");
    strbuf_addf(&path, "%s/assets/pipe", m.theme.buf);
    assert_int_equal(mkfifo(path.buf, 0666), 0);
    made_assert_fails(&m, "theme/assets/pipe: error[not-a-file]: this is not a regular file\n");
    strbuf_release(&path);
    made_end(&m);
}

static void folders_nest_so_deep_and_no_deeper(void **state)
{
    struct made m;
    size_t count;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "assets/1/2/3/4/5/6/7/8/a", "");
    made_assert_loads(&m);
    theme_assets(m.loaded, &count);
    assert_int_equal(count, 1);
    write_below(m.theme.buf, "assets/1/2/3/4/5/6/7/8/9/a", "");
    made_assert_fails(&m,
                      "theme/assets/1/2/3/4/5/6/7/8/9: error[not-a-file]: the folders of a theme "
                      "are nested too deeply\n");
    made_end(&m);
}

/* --- threads --- */

struct rendering {
    const struct theme *theme;
    size_t wrong;
};

static void *render_one(void *ctx, size_t item)
{
    struct rendering *r = ctx;
    struct page_home page = {.title = text_of("<标题>"),
                             .report_count = {(int64_t)item, true, {0, 0}}};
    struct strbuf out = STRBUF_INIT;
    struct errs errs = ERRS_INIT;

    theme_render(r->theme, TEMPLATE_HOME, &page, "index.html", &out, &errs);
    return strbuf_detach(&out, NULL);
}

static void take_one(void *ctx, size_t item, void *result)
{
    struct rendering *r = ctx;
    struct strbuf expected = STRBUF_INIT;

    strbuf_addf(&expected, "[&lt;标题&gt; the home %zu]", item);
    r->wrong += strcmp(result, expected.buf) != 0;
    strbuf_release(&expected);
    free(result);
}

static void threads_may_share_a_theme(void **state)
{
    struct rendering r = {NULL, 0};
    struct pool_task task = {.count = testing_rounds(5000),
                             .threads = 8,
                             .window = 32,
                             .ctx = &r,
                             .work = render_one,
                             .take = take_one};
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(
        m.theme.buf, "templates/home.mustache",
        "{{<layout}}{{$main}}{{title}} {{labels.home}} {{report_count}}{{/main}}{{/layout}}");
    made_assert_loads(&m);
    r.theme = m.loaded;
    pool_run(&task);
    assert_int_equal(r.wrong, 0);
    made_end(&m);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_page_and_part_has_its_template),
        cmocka_unit_test(printed_names_have_phrases_in_the_language),
        cmocka_unit_test(parts_may_lie_in_folders_within_folders),
        cmocka_unit_test(other_files_are_passed_over),
        cmocka_unit_test(assets_come_sorted_by_their_path),
        cmocka_unit_test(a_theme_that_is_not_there),
        cmocka_unit_test(templates_that_are_missing),
        cmocka_unit_test(a_folder_that_is_no_theme),
        cmocka_unit_test(labels_that_are_missing),
        cmocka_unit_test(words_are_texts),
        cmocka_unit_test(phrases_are_texts),
        cmocka_unit_test(a_language_without_labels),
        cmocka_unit_test(links_are_refused),
        cmocka_unit_test(labels_that_are_a_link_are_refused),
        cmocka_unit_test(the_theme_itself_may_be_a_link),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(folders_nest_so_deep_and_no_deeper),
        cmocka_unit_test(threads_may_share_a_theme),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
