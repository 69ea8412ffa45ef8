#include "base/base.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "site/site.h"
#include "site/small_theme.h"
#include "site/theme.h"

struct made {
    struct theme *theme;
    struct catalog catalog;
    struct site_context site;
    struct errs errs;
    struct strbuf put; /* "path: lines, first line .. last line" */
};

static int put(void *ctx, const char *path, const char *data, size_t len, struct errs *errs)
{
    struct made *m = ctx;
    const char *end = data + len, *last = end - 1;
    size_t lines = 0;

    (void)errs;
    assert_true(len && end[-1] == '\n');
    for (const char *p = data; p < end; p++)
        lines += *p == '\n';
    while (last > data && last[-1] != '\n')
        last--;
    strbuf_addf(&m->put, "%s: %zu, %.*s .. %.*s\n", path, lines, (int)strcspn(data, "\n"), data,
                (int)(end - 1 - last), last);
    return 0;
}

static int set_up(void **state)
{
    struct made *m = test_calloc(1, sizeof(*m));
    char *folder = testing_folder();

    make_small_theme(folder);
    write_below(folder, "templates/sitemap.xml.mustache", "map\n{{#urls}}\n{{path}}\n{{/urls}}\n");
    write_below(folder, "templates/sitemap-index.xml.mustache",
                "index\n{{#urls}}\n{{path}}\n{{/urls}}\n");
    write_below(folder, "templates/robots.txt.mustache",
                "{{sitemap}}{{^sitemap}}none{{/sitemap}}\n");
    m->theme = theme_load(folder, NULL, "zh-CN", &m->errs);
    assert_non_null(m->theme);
    testing_folder_remove(folder);
    free(folder);
    m->catalog.site.base_url = text_of("https://example.org/x&y/");
    m->site = (struct site_context){m->theme, &m->catalog, NULL};
    strbuf_init(&m->put);
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    struct made *m = *state;

    theme_free(m->theme);
    errs_release(&m->errs);
    strbuf_release(&m->put);
    test_free(m);
    return 0;
}

static void assert_put(struct made *m, const char *(*path)(void *ctx, size_t i), size_t count,
                       const char *expected)
{
    char scratch[64];
    struct site_files files = {scratch, count, path};
    struct site_output output = {m, put};

    assert_int_equal(site_render_sitemap(&m->site, &files, &output, &m->errs), 0);
    assert_string_equal(m->put.buf, expected);
}

static const char *few(void *ctx, size_t i)
{
    static const char *const paths[] = {"404.html",        "a/index.html",  "a/notindex.html",
                                        "a/report.json",   "data/all.csv",  "index.html",
                                        "index.html.orig", "z/b/index.html"};

    (void)ctx;
    return paths[i];
}

static void pages_alone_are_listed(void **state)
{
    struct made *m = *state;

    assert_put(m, few, 8,
               "sitemap.xml: 4, map .. https://example.org/x&amp;y/z/b/\n"
               "robots.txt: 1, https://example.org/x&y/sitemap.xml .. "
               "https://example.org/x&y/sitemap.xml\n");
}

static void without_an_address_there_is_no_sitemap(void **state)
{
    struct made *m = *state;

    m->catalog.site.base_url = text_of(NULL);
    assert_put(m, few, 8, "robots.txt: 1, none .. none\n");
}

/* A file that is no page, then a page: p00000/, p00001/ ... */
static const char *many(void *ctx, size_t i)
{
    snprintf(ctx, 64, i % 2 ? "p%05zu/index.html" : "p%05zu.csv", i / 2);
    return ctx;
}

static void no_sitemap_has_more_than_fifty_thousand(void **state)
{
    struct made *m = *state;

    assert_put(m, many, 100000,
               "sitemap.xml: 50001, map .. https://example.org/x&amp;y/p49999/\n"
               "robots.txt: 1, https://example.org/x&y/sitemap.xml .. "
               "https://example.org/x&y/sitemap.xml\n");
    strbuf_clear(&m->put);
    assert_put(m, many, 200004,
               "sitemap-1.xml: 50001, map .. https://example.org/x&amp;y/p49999/\n"
               "sitemap-2.xml: 50001, map .. https://example.org/x&amp;y/p99999/\n"
               "sitemap-3.xml: 3, map .. https://example.org/x&amp;y/p100001/\n"
               "sitemap.xml: 4, index .. https://example.org/x&amp;y/sitemap-3.xml\n"
               "robots.txt: 1, https://example.org/x&y/sitemap.xml .. "
               "https://example.org/x&y/sitemap.xml\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(pages_alone_are_listed),
        TEST(without_an_address_there_is_no_sitemap),
        TEST(no_sitemap_has_more_than_fifty_thousand),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("sitemap", tests, NULL, NULL);
}
