/*
 * Links from texts of the site in tests/site/pages/content, which will be at
 * https://example.org/a/b/, with a theme that has the assets 图.png and x/a b.pdf.
 */
#include "base/base.h"

#include "site/links.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "site/small_theme.h"
#include "site/theme.h"
#include "text/markdown.h"

#define REPORT "departments/jia/2021/"

struct made {
    char *folder;
    struct theme *theme;
    struct source *source;
    struct catalog catalog;
    struct site_context site;
    struct arena arena;
    struct errs errs;
};

static int set_up(void **state)
{
    struct made *m = test_calloc(1, sizeof(*m));

    m->folder = testing_folder();
    make_small_theme(m->folder);
    write_below(m->folder, "assets/图.png", "");
    write_below(m->folder, "assets/x/a b.pdf", "");
    m->theme = theme_load(m->folder, NULL, "zh-CN", &m->errs);
    m->source = source_open_folder("tests/site/pages/content", &m->errs);
    assert_int_equal(content_load_catalog(m->source, &m->catalog, &m->errs), 0);
    assert_errors(&m->errs, "");
    m->site = (struct site_context){.theme = m->theme, .catalog = &m->catalog, .source = m->source};
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    struct made *m = *state;

    catalog_release(&m->catalog);
    source_close(m->source);
    theme_free(m->theme);
    arena_release(&m->arena);
    errs_release(&m->errs);
    testing_folder_remove(m->folder);
    free(m->folder);
    test_free(m);
    return 0;
}

/* One link, in a text of nothing else; the headings are 一 and 二. What is warned of, or "". */
static void assert_link(struct made *m, const char *page, const char *url, bool is_image,
                        const char *expected)
{
    struct markdown_heading headings[] = {{2, "text-一", "一"}, {2, "text-a-二", "A 二"}};
    const struct markdown_document document = {NULL, headings, 2};
    const struct source_text text = {"t.md", "link", 4};
    struct links links = {
        .site = &m->site, .page = page, .text = &text, .arena = &m->arena, .errs = &m->errs};
    struct strbuf shown = STRBUF_INIT;

    links_check(&links, url, is_image, 0);
    links_finish(&links, &document);
    assert_int_equal(errs_of(&m->errs, SEVERITY_ERROR), 0);
    for (size_t i = 0; i < m->errs.count; i++) {
        const struct err *err = &m->errs.items[i];

        assert_string_equal(err->file, "t.md");
        assert_int_equal(err->line, 1);
        strbuf_addf(&shown, "%s: %s", err->message, err->hint ? err->hint : "");
    }
    if (strcmp(shown.buf, expected))
        fail_msg("of '%s' on %s is said\n%s\nand not\n%s", url, page, shown.buf, expected);
    errs_release(&m->errs);
    strbuf_release(&shown);
}

static void assert_all_well(struct made *m, const char *page, const char *const *urls)
{
    for (; *urls; urls++)
        assert_link(m, page, *urls, false, "");
}

static void assert_dead(struct made *m, const char *page, const char *url, const char *hint)
{
    struct strbuf expected = STRBUF_INIT;

    strbuf_addf(&expected, "this link leads to no page or file of the site: '%s': %s", url, hint);
    assert_link(m, page, url, false, expected.buf);
    strbuf_release(&expected);
}

static void what_the_site_will_have_can_be_linked_to(void **state)
{
    static const char *const from_report[] = {".",
                                              "./",
                                              "report.csv",
                                              "report.json",
                                              "projects/p1/",
                                              "projects/p1",
                                              "projects/p2/index.html",
                                              "projects/p2/#funds",
                                              "evaluations/web/?a=b",
                                              "../",
                                              "../2020/",
                                              "../2020/report.csv",
                                              "../yi/",
                                              "../yi/2021/",
                                              "../../bing/",
                                              "../../",
                                              "../../../",
                                              "../../../index.html",
                                              "../../../404.html",
                                              "../../../pages/about/",
                                              "../../../pages/%61bout/",
                                              "../../../pages//./about/",
                                              "../../../glossary/",
                                              "../../../search/",
                                              "../../../data/dictionary/",
                                              "../../../years/2021/",
                                              "../../../manifest.json",
                                              "../../../assets/图.png",
                                              "../../../assets/x/a%20b.pdf",
                                              NULL};
    static const char *const from_page[] = {"../z-last/", "../../departments/jia/2021/", NULL};

    assert_all_well(*state, REPORT, from_report);
    assert_all_well(*state, "pages/about/", from_page);
}

static void other_sites_are_not_looked_at(void **state)
{
    static const char *const urls[] = {"https://www.gov.cn/x.md",
                                       "http:x",
                                       "mailto:a@example.org",
                                       "mailto:a@example.cn",
                                       "tel:010-1234",
                                       "//example.org/x",
                                       "https://example.org/x/",
                                       NULL};

    assert_all_well(*state, REPORT, urls);
}

static void what_the_site_will_not_have_is_warned_of(void **state)
{
    static const char hint[] =
        "write it as seen from this page, departments/jia/2021/ (the home page is '../../../'), or "
        "with https:// before it if it is another site";
    static const char *const urls[] = {
        "projects/",
        "projects/p9/",
        "project/p1/",
        "projects/p1/x",
        "report.xml/",
        "departments/nope/",
        "../2019/report/",
        "../2022/projects/p1/",
        "../nope/",
        "../../../pages/",
        "../../../pages/p%00/",
        "../../../nope/",
        "../../../../x",
        "../../../glossary/x/",
        "../../../%",
        "../../../%2e%2e/b/",
        "../../../assets/",
        "../../../index.html/x",
        "?a",
        "projects/p1%00/x/",
    };

    for (size_t i = 0; i < ARRAY_SIZE(urls); i++)
        if (urls[i][0] != '?')
            assert_dead(*state, REPORT, urls[i], hint);
    assert_link(*state, REPORT, "?a", false, ""); /* the page itself */
    assert_link(*state, REPORT, "", false,
                "this link has no address: '': write it between the parentheses");
}

static void what_was_meant_is_said(void **state)
{
    struct made *m = *state;

    /* files of the sources, as seen from their own folder, from the page, from the top */
    assert_dead(m, "pages/about/", "z-last.md", "write '../../pages/z-last/'");
    assert_dead(m, "pages/about/", "../departments/jia/2021/narrative.md",
                "write '../../departments/jia/2021/'");
    assert_dead(m, "pages/about/", "departments/jia/2021/", "write '../../departments/jia/2021/'");
    assert_dead(m, "pages/about/", "departments/jia/department.json",
                "write '../../departments/jia/'");
    assert_dead(m, "pages/about/", "data/figures.csv", "write '../../data/figures.csv'");
    assert_dead(m, REPORT, "about.md", "write '../../../pages/about/'");
    assert_dead(m, REPORT, "about.html#x", "write '../../../pages/about/'");
    assert_dead(m, REPORT, "about/", "write '../../../pages/about/'");
    assert_dead(m, REPORT, "projects/p1.json",
                "write '../../../departments/jia/2021/projects/p1/'");
    assert_dead(m, REPORT, "evaluations/web.md",
                "write '../../../departments/jia/2021/evaluations/web/'");
    assert_dead(m, REPORT "evaluations/web/", "../narrative.md",
                "write '../../../../../departments/jia/2021/'");
    assert_dead(m, REPORT "evaluations/web/", "all.md",
                "write '../../../../../departments/jia/2021/evaluations/all/'");
    assert_dead(m, REPORT, "pages/about/", "write '../../../pages/about/'");
    /* files that are no pages */
    assert_dead(m, REPORT, "附件.pdf",
                "put the file into theme/assets/ beside site.json, and write "
                "'../../../assets/附件.pdf'");
    assert_dead(m, REPORT, "C:\\文件\\附件.pdf",
                "put the file into theme/assets/ beside site.json, and write "
                "'../../../assets/附件.pdf'");
    assert_dead(m, REPORT, "图.png", "write '../../../assets/图.png'");
    /* other sites */
    assert_link(m, REPORT, "www.gov.cn", false,
                "this link to another site has no https://: 'www.gov.cn': write "
                "'https://www.gov.cn'");
    assert_link(m, REPORT, "mof.gov.cn/x?y", false,
                "this link to another site has no https://: 'mof.gov.cn/x?y': write "
                "'https://mof.gov.cn/x?y'");
}

static void images_are_assets(void **state)
{
    struct made *m = *state;

    assert_link(m, REPORT, "../../../assets/图.png", true, "");
    assert_link(m, REPORT, "../../../assets/%E5%9B%BE.png", true, "");
    assert_link(m, REPORT, "https://example.org/a/b/assets/图.png", true, "");
    assert_link(m, REPORT, "/a/b/assets/图.png", true, "");
    assert_link(m, REPORT, "foo.png", true,
                "the site has no image 'foo.png': put the file into theme/assets/ beside "
                "site.json, and write '../../../assets/foo.png'");
    assert_link(m, REPORT, "images/图.png", true,
                "the site has no image 'images/图.png': write '../../../assets/图.png'");
    assert_link(m, REPORT, "https://example.com/foo.png", true,
                "an image of another site is not shown by the theme: "
                "'https://example.com/foo.png': put the file into theme/assets/ beside site.json, "
                "and write '../../../assets/foo.png'");
}

static void addresses_of_the_host_are_the_sites_or_not(void **state)
{
    struct made *m = *state;

    assert_link(m, REPORT, "/a/b/pages/about/", false, "");
    assert_link(m, REPORT, "/a/b/", false, "");
    assert_link(m, REPORT, "https://example.org/a/b/pages/about/", false, "");
    assert_link(m, REPORT, "/other/", false, ""); /* who knows */
    assert_link(m, REPORT, "/pages/about/", false,
                "this address is not below the site's: '/pages/about/': write "
                "'/a/b/pages/about/'");
    assert_dead(m, REPORT, "/a/b/pages/z-last.md", "write '../../../pages/z-last/'");
    assert_dead(m, REPORT, "https://example.org/a/b/pages/nope/",
                "write it as seen from this page, departments/jia/2021/ (the home page is "
                "'../../../'), or with https:// before it if it is another site");
    /* a site that does not say where it will be is taken to have the host for itself */
    m->catalog.site.base_url = text_of(NULL);
    assert_link(m, REPORT, "/pages/about/", false, "");
    assert_dead(m, REPORT, "/pages/about.md", "write '../../../pages/about/'");
    assert_link(m, REPORT, "https://example.org/a/b/pages/nope/", false, "");
}

static void headings_of_the_text_are_known(void **state)
{
    struct made *m = *state;

    assert_link(m, REPORT, "#text-一", false, "");
    assert_link(m, REPORT, "#text-%E4%B8%80", false, "");
    assert_link(m, REPORT, "#", false, "");
    assert_link(m, REPORT, "#income.total", false, ""); /* a place that the theme knows */
    assert_link(m, REPORT, "#A 二", false,
                "there is no place on this page called 'A 二': write '#text-a-二'");
    assert_link(m, REPORT, "#一", false,
                "there is no place on this page called '一': write '#text-一'");
    assert_link(m, REPORT, "#text-a-三", false,
                "there is no heading on this page called 'text-a-三': did you mean 'text-a-二'?");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* A translation is a folder further down; data and pictures are there once. */
static void files_are_further_up_from_a_translation(void **state)
{
    struct made *m = *state;
    struct links links = {.site = &m->site, .page = REPORT, .arena = &m->arena, .errs = &m->errs};
    static const char *const links_of[][2] = {
        {"../../../assets/图.png", "../../../../assets/图.png"},
        {"report.csv", "../report.csv"},
        {"../2020/report.json?x#y", "../../2020/report.json?x#y"},
        {"../../../manifest.json", "../../../../manifest.json"},
        {"../2020/", NULL},
        {"../../../pages/about/", NULL},
        {"projects/p01/#goals", NULL},
        {"#text-1", NULL},
        {"?q", NULL},
        {"", NULL},
        {"/assets/图.png", NULL},
        {"https://example.org/x.png", NULL},
        {"mailto:a@example.org", NULL},
        {"../../../../x.png", NULL}, /* leads out of the site */
    };

    for (size_t i = 0; i < ARRAY_SIZE(links_of); i++) {
        const char *made = links_in_translation(&links, links_of[i][0]);

        if (links_of[i][1])
            assert_string_equal(made, links_of[i][1]);
        else
            assert_null(made);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(files_are_further_up_from_a_translation),
        TEST(what_the_site_will_have_can_be_linked_to),
        TEST(other_sites_are_not_looked_at),
        TEST(what_the_site_will_not_have_is_warned_of),
        TEST(what_was_meant_is_said),
        TEST(images_are_assets),
        TEST(addresses_of_the_host_are_the_sites_or_not),
        TEST(headings_of_the_text_are_known),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("links", tests, NULL, NULL);
}
