/* Themes that extend others: which file is taken, and where the other theme is looked for. */
#include "base/base.h"

#include "site/theme.h"

#include "base/err.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "site/made.h"

/* From now on another folder below the root is the theme that is loaded. */
static void name_theme(struct made *m, const char *name)
{
    strbuf_clear(&m->theme);
    strbuf_addf(&m->theme, "%s/%s", m->root, name);
}

static void a_theme_has_only_what_is_different(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    write_below(m.theme.buf, "assets/a.css", "");
    write_below(m.theme.buf, "assets/b.css", "");
    name_theme(&m, "small");
    write_below(m.theme.buf, "theme.json", "{\"extends\": \"theme\"}");
    made_assert_loads(&m); /* nothing is */
    made_assert_renders(&m, TEMPLATE_HOME, "[home]");
    write_below(m.theme.buf, "templates/layout.mustache", "<{{$main}}{{/main}}>");
    write_below(m.theme.buf, "templates/home.mustache",
                "{{labels.home}}{{>parts/figure}}{{>new}}{{labels.departments}}");
    write_below(m.theme.buf, "templates/new.mustache", " new ");
    write_below(m.theme.buf, "labels/zh-CN.json", "{\"home\": \"start: \"}");
    write_below(m.theme.buf, "assets/b.css", "");
    made_assert_loads(&m);
    made_assert_renders(&m, TEMPLATE_HOME, "start: parts/figure new the departments");
    made_assert_renders(&m, TEMPLATE_DATA, "<data>");
    made_assert_assets(&m, "a.css = theme/assets/a.css\nb.css = small/assets/b.css\n");
    made_end(&m);
}

static void themes_and_the_site_lie_on_each_other(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    name_theme(&m, "middle");
    write_below(m.theme.buf, "theme.json", "{\"extends\": \"theme\"}");
    write_below(m.theme.buf, "templates/home.mustache", "middle");
    write_below(m.theme.buf, "templates/data.mustache", "middle");
    write_below(m.theme.buf, "templates/years.mustache", "middle");
    name_theme(&m, "top");
    write_below(m.theme.buf, "theme.json", "{\"extends\": \"middle\"}");
    write_below(m.theme.buf, "templates/home.mustache", "top");
    write_below(m.theme.buf, "templates/data.mustache", "top");
    write_below(m.site.buf, "templates/home.mustache", "own");
    made_assert_loads(&m);
    made_assert_renders(&m, TEMPLATE_HOME, "own");
    made_assert_renders(&m, TEMPLATE_DATA, "top");
    made_assert_renders(&m, TEMPLATE_YEARS, "middle");
    made_assert_renders(&m, TEMPLATE_GLOSSARY, "[glossary]");
    assert_string_equal(theme_folder(m.loaded, 2), m.theme.buf);
    assert_null(theme_folder(m.loaded, 3));
    made_end(&m);
}

/* A template of the theme may be of no use beside one of the site's; that is no fault of anybody.
 */
static void what_the_site_makes_useless_is_not_warned_about(void **state)
{
    struct made m;

    (void)state;
    made_begin(&m);
    name_theme(&m, "small");
    write_below(m.theme.buf, "theme.json", "{\"extends\": \"theme\"}");
    write_below(m.theme.buf, "templates/home.mustache", "{{>start}}");
    write_below(m.theme.buf, "templates/start.mustache", "start");
    made_assert_loads(&m);
    write_below(m.site.buf, "templates/home.mustache", "own");
    made_assert_loads(&m);
    made_end(&m);
}

static void all_languages_are_told(void **state)
{
    struct strbuf shown = STRBUF_INIT;
    struct made m;

    (void)state;
    made_begin(&m);
    name_theme(&m, "small");
    write_below(m.theme.buf, "theme.json", "{\"extends\": \"theme\"}");
    write_below(m.theme.buf, "labels/zh-CN.json", "{}");
    write_below(m.theme.buf, "labels/bo.json", "{}");
    assert_null(theme_load(m.theme.buf, m.content, "fr", &m.errs));
    made_show(&m, &shown);
    assert_string_equal(shown.buf,
                        "-: error[missing-labels]: the theme small has no labels for the language "
                        "'fr'\n"
                        "  it has zh-CN, bo; a site may bring others, in theme/labels/fr.json\n");
    strbuf_release(&shown);
    made_end(&m);
}

/* --- where it is looked for --- */

static void load_with(struct made *m, const char *shared)
{
    const struct theme_language language = {.tag = "zh-CN"};
    struct theme_place place = {m->theme.buf, shared};

    theme_free(m->loaded);
    m->loaded = theme_load_in(&place, NULL, &language, &m->errs);
}

static void a_theme_beside_goes_before_a_shared_one(void **state)
{
    struct strbuf shared = STRBUF_INIT, folder = STRBUF_INIT, shown = STRBUF_INIT;
    struct made m;

    (void)state;
    made_begin(&m);
    strbuf_addf(&shared, "%s/shared", m.root);
    strbuf_addf(&folder, "%s/shared/common", m.root);
    write_below(shared.buf, "README", ""); /* makes the folder */
    make_small_theme(folder.buf);
    write_below(folder.buf, "templates/home.mustache", "shared");
    name_theme(&m, "mine/small");
    write_below(m.theme.buf, "theme.json", "{\"extends\": \"common\"}");
    load_with(&m, shared.buf);
    assert_errors(&m.errs, "");
    made_assert_renders(&m, TEMPLATE_HOME, "shared");
    write_below(m.root, "mine/common/theme.json", "{\"extends\": \"small\"}");
    load_with(&m, shared.buf);
    assert_int_equal(m.errs.count, 1);
    assert_string_equal(m.errs.items[0].id, "theme-cycle"); /* it is that one now */
    errs_release(&m.errs);
    write_below(m.root, "mine/common/theme.json", "{\"extends\": \"comon\"}");
    load_with(&m, NULL);
    made_show(&m, &shown);
    assert_string_equal(shown.buf, "mine/common/theme.json:1:13: error[unknown-theme]: there is no "
                                   "theme 'comon' in mine\n"
                                   "  {\"extends\": \"comon\"}\n"
                                   "              ^\n"
                                   "  did you mean 'common'?\n");
    strbuf_release(&shared);
    strbuf_release(&folder);
    strbuf_release(&shown);
    made_end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_theme_has_only_what_is_different),
        cmocka_unit_test(themes_and_the_site_lie_on_each_other),
        cmocka_unit_test(what_the_site_makes_useless_is_not_warned_about),
        cmocka_unit_test(all_languages_are_told),
        cmocka_unit_test(a_theme_beside_goes_before_a_shared_one),
    };

    return cmocka_run_group_tests_name("theme_layers", tests, NULL, NULL);
}
