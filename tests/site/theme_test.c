/* Themes made by the tests: what is loaded, what a site overrides, and what is wrong with one. */
#include "base/base.h"

#include "site/theme.h"

#include <sys/stat.h>

#include "base/err.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "site/small_theme.h"
#include "site/views.h"
#include "source/source.h"

/* A theme and what a site has of its own; what errors say of them has THEME and SITE in their
 * place. */
struct made {
    char *root;
    struct strbuf theme, site; /* their folders */
    struct source *content;    /* which holds that of the site */
    struct theme *loaded;
    struct errs errs;
};

static void make(struct made *m)
{
    memset(m, 0, sizeof(*m));
    m->root = testing_folder();
    strbuf_init(&m->theme);
    strbuf_init(&m->site);
    strbuf_addf(&m->theme, "%s/theme", m->root);
    strbuf_addf(&m->site, "%s/site", m->root);
    assert_int_equal(mkdir(m->site.buf, 0777), 0);
    m->content = source_open_folder(m->site.buf, &m->errs);
    strbuf_adds(&m->site, "/" THEME_OWN);
    make_small_theme(m->theme.buf);
}

static void release(struct made *m)
{
    theme_free(m->loaded);
    source_close(m->content);
    errs_release(&m->errs);
    testing_folder_remove(m->root);
    free(m->root);
    strbuf_release(&m->theme);
    strbuf_release(&m->site);
}

static void load(struct made *m)
{
    theme_free(m->loaded);
    m->loaded = theme_load(m->theme.buf, m->content, "zh-CN", &m->errs);
}

/* The errors, with the folder that differs from run to run left out. */
static void show_short(const struct made *m, struct strbuf *out)
{
    struct strbuf whole = STRBUF_INIT;
    size_t len = strlen(m->root);

    show_errors(&m->errs, &whole);
    for (const char *p = whole.buf; *p;)
        if (!strncmp(p, m->root, len))
            p += len + 1;
        else
            strbuf_addch(out, *p++);
    strbuf_release(&whole);
}

static void assert_loads(struct made *m)
{
    load(m);
    assert_errors(&m->errs, "");
    assert_non_null(m->loaded);
}

static void assert_fails(struct made *m, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;

    load(m);
    show_short(m, &shown);
    assert_string_equal(shown.buf, expected);
    assert_null(m->loaded);
    strbuf_release(&shown);
    errs_release(&m->errs);
}

/* What a template makes of a record about which nothing is known. */
static void assert_renders(struct made *m, enum template_id id, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct strbuf out = STRBUF_INIT;

    assert_int_equal(theme_render(m->loaded, id,
                                  arena_zalloc(&arena, 1, theme_template_entity(id)->size),
                                  "index.html", &out, &m->errs),
                     0);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
    arena_release(&arena);
}

/* --- what is there --- */

static void each_page_and_part_has_its_template(void **state)
{
    struct strbuf expected = STRBUF_INIT;
    struct made m;

    (void)state;
    make(&m);
    assert_loads(&m);
    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++) {
        const char *name = theme_template_name(id);
        bool is_page = !strchr(name, '/') && !strchr(name, '.'); /* in the layout */

        strbuf_clear(&expected);
        strbuf_addf(&expected, is_page ? "[%s]" : "%s", name);
        assert_renders(&m, id, expected.buf);
    }
    assert_string_equal(theme_word(m.loaded, WORD_home), "the home");
    assert_string_equal(theme_word(m.loaded, WORD_fiscal_year), "the fiscal_year");
    strbuf_release(&expected);
    release(&m);
}

static void parts_may_lie_in_folders_within_folders(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "templates/home.mustache", "{{>parts/one}}");
    write_below(m.theme.buf, "templates/parts/one.mustache", "1{{>parts/deeper/two}}");
    write_below(m.theme.buf, "templates/parts/deeper/two.mustache", "2{{>three}}");
    write_below(m.theme.buf, "templates/three.mustache", "3{{labels.home}}{{site.title}}");
    assert_loads(&m);
    assert_renders(&m, TEMPLATE_HOME, "123the home");
    release(&m);
}

static void other_files_are_passed_over(void **state)
{
    struct made m;
    size_t count;

    (void)state;
    make(&m);
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
    assert_loads(&m);
    assert_renders(&m, TEMPLATE_HOME, "[home]");
    theme_assets(m.loaded, &count);
    assert_int_equal(count, 0);
    release(&m);
}

static void assert_assets(struct made *m, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct strbuf out = STRBUF_INIT;
    size_t count;
    const struct theme_asset *assets = theme_assets(m->loaded, &count);

    for (size_t i = 0; i < count; i++) {
        const char *file = source_shown(assets[i].source, assets[i].file, &arena);

        assert_int_equal(strncmp(file, m->root, strlen(m->root)), 0);
        strbuf_addf(&out, "%s = %s\n", assets[i].path, file + strlen(m->root) + 1);
    }
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
    arena_release(&arena);
}

static void assets_come_sorted_by_their_path(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "assets/style.css", "");
    write_below(m.theme.buf, "assets/fonts/b.woff2", "");
    write_below(m.theme.buf, "assets/fonts.css", "");
    write_below(m.theme.buf, "assets/Z", "");
    write_below(m.theme.buf, "assets/图.svg", "");
    write_below(m.site.buf, "assets/own.css", "");
    write_below(m.site.buf, "assets/fonts/a.woff2", "");
    assert_loads(&m);
    assert_assets(&m, "Z = theme/assets/Z\n"
                      "fonts.css = theme/assets/fonts.css\n"
                      "fonts/a.woff2 = site/theme/assets/fonts/a.woff2\n"
                      "fonts/b.woff2 = theme/assets/fonts/b.woff2\n"
                      "own.css = site/theme/assets/own.css\n"
                      "style.css = theme/assets/style.css\n"
                      "图.svg = theme/assets/图.svg\n");
    release(&m);
}

/* --- what a site has of its own --- */

static void a_site_needs_nothing_of_its_own(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    m.loaded = theme_load(m.theme.buf, NULL, "zh-CN", &m.errs);
    assert_errors(&m.errs, "");
    assert_renders(&m, TEMPLATE_HOME, "[home]");
    assert_loads(&m); /* the folder is not there */
    assert_renders(&m, TEMPLATE_HOME, "[home]");
    write_below(m.site.buf, ".git/config", "");
    write_below(m.site.buf, "Thumbs.db", "");
    assert_loads(&m); /* there is nothing of a theme in it */
    assert_renders(&m, TEMPLATE_HOME, "[home]");
    release(&m);
}

static void a_site_overrides_templates(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.site.buf, "templates/home.mustache",
                "{{<layout}}{{$main}}own{{>parts/figure}}{{>new}}{{/main}}{{/layout}}");
    write_below(m.site.buf, "templates/layout.mustache", "<{{$main}}{{/main}}>");
    write_below(m.site.buf, "templates/parts/figure.mustache", " own figure");
    write_below(m.site.buf, "templates/new.mustache", " new");
    assert_loads(&m);
    assert_renders(&m, TEMPLATE_HOME, "<own own figure new>");
    assert_renders(&m, TEMPLATE_DATA, "<data>");
    assert_renders(&m, TEMPLATE_PART_FIGURE, " own figure");
    assert_renders(&m, TEMPLATE_PART_CSV, "parts/csv");
    release(&m);
}

static void a_site_overrides_assets(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "assets/a.css", "");
    write_below(m.theme.buf, "assets/b/c.js", "");
    write_below(m.site.buf, "assets/b/c.js", "");
    assert_loads(&m);
    assert_assets(&m, "a.css = theme/assets/a.css\nb/c.js = site/theme/assets/b/c.js\n");
    release(&m);
}

static void a_site_overrides_labels_one_by_one(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "templates/home.mustache", "{{labels.home}} {{labels.data}}");
    write_below(m.site.buf, "labels/zh-CN.json", "{\"home\": \"Own home\", \"more\": \"More\"}");
    write_below(m.site.buf, "templates/parts/csv.mustache", "{{labels.more}}");
    assert_loads(&m);
    assert_renders(&m, TEMPLATE_HOME, "Own home the data");
    assert_renders(&m, TEMPLATE_PART_CSV, "More");
    assert_string_equal(theme_word(m.loaded, WORD_home), "Own home");
    assert_string_equal(theme_word(m.loaded, WORD_data), "the data");
    release(&m);
}

static void a_site_may_have_a_language_that_the_theme_has_not(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    make_small_labels(m.site.buf, "bo");
    m.loaded = theme_load(m.theme.buf, m.content, "bo", &m.errs);
    assert_errors(&m.errs, "");
    assert_string_equal(theme_word(m.loaded, WORD_home), "the home");
    release(&m);
}

/* Labels and their lists are data like others, to any depth. */
static void labels_may_have_a_shape(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.site.buf, "labels/zh-CN.json",
                "{\"menu\": [{\"title\": \"<a>\"}, {\"title\": \"b\"}], \"n\": 5}");
    write_below(m.site.buf, "templates/home.mustache",
                "{{#labels.menu}}{{title}} {{/labels.menu}}{{labels.n}}");
    assert_loads(&m);
    assert_renders(&m, TEMPLATE_HOME, "&lt;a&gt; b 5");
    release(&m);
}

/* --- what has no effect --- */

static void assert_warns(struct made *m, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;

    load(m);
    show_short(m, &shown);
    assert_string_equal(shown.buf, expected);
    assert_non_null(m->loaded);
    strbuf_release(&shown);
    errs_release(&m->errs);
}

static void files_that_nothing_reads(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.site.buf, "style.css", "");
    write_below(m.site.buf, "template/home.mustache", "{{");
    write_below(m.site.buf, "templates/home.html", "{{");
    write_below(m.site.buf, "templates/parts/note.txt", "{{");
    write_below(m.site.buf, "labels/zh_CN.json", "{");
    write_below(m.site.buf, "labels/old/zh-CN.json", "{");
    assert_warns(
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
    release(&m);
}

static void templates_that_nothing_uses(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "templates/spare.mustache", "of the theme, whose business it is");
    write_below(m.site.buf, "templates/homepage.mustache", "{{nothing}}");
    write_below(m.site.buf, "templates/parts/tabel.mustache", "{{>parts/row}}");
    write_below(m.site.buf, "templates/parts/row.mustache", "x");
    assert_warns(
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
    assert_warns(&m, "");
    release(&m);
}

static void labels_that_nothing_uses(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "labels/more.json", "");
    write_below(m.site.buf, "templates/data.mustache",
                "{{labels.own}}{{#labels}}{{inner}}{{/labels}}{{#labels.list}}{{x}}{{/labels.list}}"
                "{{labels.a.b}}");
    write_below(m.site.buf, "labels/zh-CN.json",
                "{\"home\": \"H\", \"homee\": \"H\", \"own\": \"x\", \"inner\": \"y\",\n"
                " \"list\": [{\"x\": \"1\"}], \"a\": {\"b\": \"c\"},\n"
                " \"quite_different\": \"z\"}");
    assert_warns(&m,
                 "site/theme/labels/zh-CN.json:1:15: warning[unused-label]: no template uses this "
                 "label\n"
                 "  {\"home\": \"H\", \"homee\": \"H\", \"own\": \"x\", \"inner\": \"y\",\n"
                 "                ^\n"
                 "  did you mean 'home'?\n"
                 "site/theme/labels/zh-CN.json:3:2: warning[unused-label]: no template uses this "
                 "label\n"
                 "   \"quite_different\": \"z\"}\n"
                 "   ^\n"
                 "  a template of the site prints it with {{labels.quite_different}}\n");
    release(&m);
}

/* --- files in the place of folders --- */

static void a_file_of_the_theme_is_no_folder(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "assets/style.css", "");
    write_below(m.theme.buf, "assets/style.css.map", "");
    write_below(m.theme.buf, "assets/fonts/a/b.woff2", "");
    write_below(m.site.buf, "assets/style.css/x.css", "");
    write_below(m.site.buf, "assets/fonts/a", "");
    assert_fails(
        &m, "site/theme/assets/fonts/a: error[two-files]: 'assets/fonts/a' is a folder of the "
            "theme\n"
            "  give the file another name\n"
            "site/theme/assets/style.css/x.css: error[two-files]: 'assets/style.css' is a file "
            "of the theme, and cannot be a folder\n"
            "  give the folder another name\n");
    assert_int_equal(errs_status(&m.errs), 0);
    release(&m);
}

/* --- what is missing --- */

static void a_theme_that_is_not_there(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    strbuf_adds(&m.theme, "-not");
    assert_fails(&m,
                 "-: error[system]: cannot open the theme theme-not: No such file or directory\n"
                 "  name a theme's folder with --theme DIR\n");
    load(&m);
    assert_int_equal(errs_status(&m.errs), ERR_SYSTEM);
    theme_free(NULL);
    release(&m);
}

static void templates_that_are_missing(void **state)
{
    struct strbuf file = STRBUF_INIT;
    struct made m;

    (void)state;
    make(&m);
    strbuf_addf(&file, "%s/templates/report.mustache", m.theme.buf);
    assert_int_equal(unlink(file.buf), 0);
    strbuf_clear(&file);
    strbuf_addf(&file, "%s/templates/parts/csv.mustache", m.theme.buf);
    assert_int_equal(unlink(file.buf), 0);
    assert_fails(&m, "-: error[missing-template]: the theme theme has no template 'report'\n"
                     "  make theme/templates/report.mustache\n"
                     "-: error[missing-template]: the theme theme has no template 'parts/csv'\n"
                     "  make theme/templates/parts/csv.mustache\n");
    write_below(m.site.buf, "templates/report.mustache", "");
    write_below(m.site.buf, "templates/parts/csv.mustache", "");
    assert_loads(&m); /* the site has them */
    strbuf_release(&file);
    release(&m);
}

static void a_folder_that_is_no_theme(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    strbuf_clear(&m.theme);
    strbuf_addf(&m.theme, "%s/theme/templates", m.root);
    assert_fails(
        &m, "-: error[missing-labels]: the theme theme/templates has no labels for the language "
            "'zh-CN'\n  a site may bring its own labels, in theme/labels/zh-CN.json\n"
            "-: error[missing-template]: the theme theme/templates has no templates\n"
            "  name a theme's folder with --theme DIR\n");
    release(&m);
}

static void labels_that_are_missing(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "templates/home.mustache", "一\n{{labels.hom}}{{labels.nothing}}");
    assert_fails(&m, "theme/templates/home.mustache:2:10: error[unknown-name]: unknown name "
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
    load(&m);
    assert_int_equal(m.errs.count, WORD_COUNT - 1);
    assert_string_equal(m.errs.items[0].id, "missing-label");
    assert_non_null(strstr(m.errs.items[0].message, "has no word for the label 'departments'"));
    assert_string_equal(m.errs.items[0].hint, "add \"departments\" to labels/zh-CN.json");
    errs_release(&m.errs);
    release(&m);
}

/* Whose mistake it is, is seen from the place. */
static void words_are_texts(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.site.buf, "labels/zh-CN.json",
                "{\"departments\": 5,\n \"database\": null, \"order_score\": [\"x\"]}");
    assert_fails(
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
    assert_loads(&m); /* the site has them */
    release(&m);
}

static void a_language_without_labels(void **state)
{
    struct strbuf shown = STRBUF_INIT;
    struct made m;

    (void)state;
    make(&m);
    assert_null(theme_load(m.theme.buf, m.content, "fr", &m.errs));
    show_short(&m, &shown);
    assert_string_equal(shown.buf,
                        "-: error[missing-labels]: the theme theme has no labels for "
                        "the language 'fr'\n"
                        "  it has zh-CN; a site may bring others, in theme/labels/fr.json\n");
    assert_int_equal(errs_status(&m.errs), ERR_CONTENT);
    strbuf_release(&shown);
    release(&m);
}

/* --- what is broken --- */

static void assert_labels_fail(const char *labels, const char *id, unsigned line, unsigned column)
{
    struct made m;

    make(&m);
    write_below(m.site.buf, "labels/zh-CN.json", "{}");
    for (int own = 0; own < 2; own++) { /* the theme's, then the site's */
        write_below(own ? m.site.buf : m.theme.buf, "labels/zh-CN.json", labels);
        load(&m);
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
    release(&m);
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
    make(&m);
    write_below(m.site.buf, "templates/parts/crumbs.mustache",
                "{{#crumbs}}\n{{labl}}{{#nothing}}{{/nothing}}\n{{/crumbs}}");
    write_below(m.site.buf, "templates/start.mustache",
                "{{>parts/crumbs}}{{$main}}{{/main}}{{>parts/crumb}}");
    write_below(m.site.buf, "templates/home.mustache", "{{<start}}{{/start}}");
    assert_fails(
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
    release(&m);
}

/* The layout is in all pages. */
static void a_mistake_in_what_all_pages_include_is_told_once(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.site.buf, "templates/layout.mustache",
                "{{title}}\n{{#crumbs}}\n{{labl}}\n{{/crumbs}}{{$main}}{{/main}}");
    write_below(m.site.buf, "templates/report.mustache", "{{<layout}}{{/layout}}{{nowhere}}");
    assert_fails(&m, "site/theme/templates/layout.mustache:3:3: error[unknown-name]: unknown name "
                     "\"labl\" (looked for in: view_link, page_home, constants)\n"
                     "  {{labl}}\n"
                     "    ^\n"
                     "  did you mean 'label'?\n"
                     "  note: included from theme/templates/home.mustache:1:1\n"
                     "  note: for the template 'home'\n"
                     "  15 times more\n"
                     "site/theme/templates/report.mustache:1:25: error[unknown-name]: unknown name "
                     "\"nowhere\" (looked for in: page_report, constants)\n"
                     "  {{<layout}}{{/layout}}{{nowhere}}\n"
                     "                          ^\n");
    /* a name that only one page does not have */
    write_below(m.site.buf, "templates/report.mustache", "");
    write_below(m.site.buf, "templates/layout.mustache",
                "{{#department}}{{/department}}{{$main}}{{/main}}");
    assert_fails(&m, "site/theme/templates/layout.mustache:1:4: error[unknown-name]: unknown name "
                     "\"department\" (looked for in: page_home, constants)\n"
                     "  {{#department}}{{/department}}{{$main}}{{/main}}\n"
                     "     ^\n"
                     "  note: included from theme/templates/home.mustache:1:1\n"
                     "  note: for the template 'home'\n"
                     "  11 times more\n");
    release(&m);
}

static void templates_that_are_no_templates(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "templates/home.mustache", "a\n{{#site}}\n");
    write_below(m.theme.buf, "templates/unused.mustache", "{{");
    assert_fails(&m,
                 "theme/templates/home.mustache:2:1: error[template-syntax]: {{#site}} is never "
                 "closed\n  {{#site}}\n  ^\n"
                 "theme/templates/unused.mustache:1:1: error[template-syntax]: this tag is not "
                 "closed: there is no }} after it\n  {{\n  ^\n");
    release(&m);
}

/* Which names there are depends on the page: what is wrong on one page only is found, too. */
static void every_page_is_compiled(void **state)
{
    struct made m;

    (void)state;
    make(&m);
    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++) {
        struct strbuf path = STRBUF_INIT;

        strbuf_addf(&path, "templates/%s.mustache", theme_template_name(id));
        write_below(m.theme.buf, path.buf, "{{nowhere}}");
        load(&m);
        assert_null(m.loaded);
        assert_int_equal(m.errs.count, 1);
        assert_non_null(strstr(m.errs.items[0].message, theme_template_entity(id)->name));
        errs_release(&m.errs);
        make_small_theme(m.theme.buf);
        strbuf_release(&path);
    }
    release(&m);
}

static void templates_that_include_each_other_without_end(void **state)
{
    struct arena arena = ARENA_INIT;
    struct page_home page = {0};
    struct site site = {0};
    struct strbuf out = STRBUF_INIT;
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "templates/home.mustache", "{{>home}}");
    load(&m);
    assert_null(m.loaded);
    assert_string_equal(m.errs.items[0].id, "template-recursion");
    errs_release(&m.errs);

    /* only the data say that there is no end */
    write_below(m.theme.buf, "templates/home.mustache", "{{#site}}{{>home}}{{/site}}");
    assert_loads(&m);
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
    arena_release(&arena);
    release(&m);
}

/* --- links and other things that are no files --- */

static void assert_link_fails(const char *target, const char *path, const char *id)
{
    struct strbuf link = STRBUF_INIT;
    struct made m;

    make(&m);
    write_below(m.root, "elsewhere/file", "secret");
    strbuf_addf(&link, "%s/%s", m.theme.buf, path);
    write_below(m.theme.buf, "assets/style.css", "");
    assert_int_equal(symlink(target, link.buf), 0);
    load(&m);
    assert_null(m.loaded);
    assert_int_equal(m.errs.count, 1);
    assert_string_equal(m.errs.items[0].id, id);
    assert_string_equal(m.errs.items[0].file, link.buf);
    strbuf_release(&link);
    release(&m);
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
    make(&m);
    strbuf_addf(&from, "%s/labels/zh-CN.json", m.theme.buf);
    strbuf_addf(&to, "%s/labels/en.json", m.theme.buf);
    assert_int_equal(rename(from.buf, to.buf), 0);
    assert_int_equal(symlink("en.json", from.buf), 0);
    assert_fails(&m, "theme/labels/zh-CN.json: error[symbolic-link]: this is a symbolic link, and "
                     "links are not followed\n"
                     "  put a copy of what it leads to in its place\n");
    strbuf_release(&from);
    strbuf_release(&to);
    release(&m);
}

/* What the user names may be one, such as /etc/site/theme -> /srv/theme. */
static void the_theme_itself_may_be_a_link(void **state)
{
    struct strbuf link = STRBUF_INIT;
    struct made m;

    (void)state;
    make(&m);
    strbuf_addf(&link, "%s/link", m.root);
    assert_int_equal(symlink("theme", link.buf), 0);
    m.loaded = theme_load(link.buf, NULL, "zh-CN", &m.errs);
    assert_errors(&m.errs, "");
    assert_renders(&m, TEMPLATE_HOME, "[home]");
    strbuf_release(&link);
    release(&m);
}

static void what_is_no_file_is_refused(void **state)
{
    struct strbuf path = STRBUF_INIT;
    struct made m;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "assets/style.css", "");
    strbuf_addf(&path, "%s/assets/pipe", m.theme.buf);
    assert_int_equal(mkfifo(path.buf, 0666), 0);
    assert_fails(&m, "theme/assets/pipe: error[not-a-file]: this is not a regular file\n");
    strbuf_release(&path);
    release(&m);
}

static void folders_nest_so_deep_and_no_deeper(void **state)
{
    struct made m;
    size_t count;

    (void)state;
    make(&m);
    write_below(m.theme.buf, "assets/1/2/3/4/5/6/7/8/a", "");
    assert_loads(&m);
    theme_assets(m.loaded, &count);
    assert_int_equal(count, 1);
    write_below(m.theme.buf, "assets/1/2/3/4/5/6/7/8/9/a", "");
    assert_fails(&m, "theme/assets/1/2/3/4/5/6/7/8/9: error[not-a-file]: the folders of a theme "
                     "are nested too deeply\n");
    release(&m);
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
    make(&m);
    write_below(
        m.theme.buf, "templates/home.mustache",
        "{{<layout}}{{$main}}{{title}} {{labels.home}} {{report_count}}{{/main}}{{/layout}}");
    assert_loads(&m);
    r.theme = m.loaded;
    pool_run(&task);
    assert_int_equal(r.wrong, 0);
    release(&m);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_page_and_part_has_its_template),
        cmocka_unit_test(parts_may_lie_in_folders_within_folders),
        cmocka_unit_test(other_files_are_passed_over),
        cmocka_unit_test(assets_come_sorted_by_their_path),
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
        cmocka_unit_test(a_theme_that_is_not_there),
        cmocka_unit_test(templates_that_are_missing),
        cmocka_unit_test(a_folder_that_is_no_theme),
        cmocka_unit_test(labels_that_are_missing),
        cmocka_unit_test(words_are_texts),
        cmocka_unit_test(a_language_without_labels),
        cmocka_unit_test(labels_that_are_no_object_of_json),
        cmocka_unit_test(labels_with_something_behind_them),
        cmocka_unit_test(templates_with_errors_name_who_includes_them),
        cmocka_unit_test(a_mistake_in_what_all_pages_include_is_told_once),
        cmocka_unit_test(templates_that_are_no_templates),
        cmocka_unit_test(every_page_is_compiled),
        cmocka_unit_test(templates_that_include_each_other_without_end),
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
