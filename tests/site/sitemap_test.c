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
    m->site = (struct site_context){.theme = m->theme, .catalog = &m->catalog};
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

/* Files that are made one by one. */
struct files {
    const char *(*path)(char *scratch, size_t i);
    size_t count, at, fails_at;
    char scratch[64];
};

static int next(void *ctx, const char **path, struct errs *errs)
{
    struct files *files = ctx;

    if (files->at == files->fails_at) {
        errs_add(errs, ERR_SYSTEM, "system", "cannot be read");
        return -1;
    }
    if (files->at == files->count)
        return 0;
    *path = files->path(files->scratch, files->at++);
    return 1;
}

static int render(struct made *m, const char *(*path)(char *scratch, size_t i), size_t count,
                  size_t fails_at)
{
    struct files made = {.path = path, .count = count, .fails_at = fails_at};
    struct site_files files = {&made, next};
    struct site_output output = {m, put};

    return site_render_sitemap(&m->site, &files, &output, &m->errs);
}

static void assert_put(struct made *m, const char *(*path)(char *scratch, size_t i), size_t count,
                       const char *expected)
{
    assert_int_equal(render(m, path, count, SIZE_MAX), 0);
    assert_string_equal(m->put.buf, expected);
}

static const char *few(char *scratch, size_t i)
{
    static const char *const paths[] = {"404.html",      "a/index.html",      "a/notindex.html",
                                        "a/report.json", "assets/index.html", "assets/x/index.html",
                                        "data/all.csv",  "index.html",        "index.html.orig",
                                        "z/b/index.html"};

    (void)scratch;
    return paths[i];
}

static void pages_alone_are_listed(void **state)
{
    struct made *m = *state;

    assert_put(m, few, 10,
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
static const char *many(char *scratch, size_t i)
{
    snprintf(scratch, 64, i % 2 ? "p%05zu/index.html" : "p%05zu.csv", i / 2);
    return scratch;
}

static void many_pages_make_several_sitemaps(void **state)
{
    struct made *m = *state;

    assert_put(m, many, 19999,
               "sitemap.xml: 10000, map .. https://example.org/x&amp;y/p09998/\n"
               "robots.txt: 1, https://example.org/x&y/sitemap.xml .. "
               "https://example.org/x&y/sitemap.xml\n");
    strbuf_clear(&m->put);
    assert_put(m, many, 40004,
               "sitemap-1.xml: 10001, map .. https://example.org/x&amp;y/p09999/\n"
               "sitemap-2.xml: 10001, map .. https://example.org/x&amp;y/p19999/\n"
               "sitemap-3.xml: 3, map .. https://example.org/x&amp;y/p20001/\n"
               "sitemap.xml: 4, index .. https://example.org/x&amp;y/sitemap-3.xml\n"
               "robots.txt: 1, https://example.org/x&y/sitemap.xml .. "
               "https://example.org/x&y/sitemap.xml\n");
}

static void files_that_cannot_be_read_are_an_error(void **state)
{
    struct made *m = *state;

    assert_int_equal(render(m, few, 8, 3), -1);
    assert_int_equal(m->errs.count, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(pages_alone_are_listed),
        TEST(without_an_address_there_is_no_sitemap),
        TEST(many_pages_make_several_sitemaps),
        TEST(files_that_cannot_be_read_are_an_error),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("sitemap", tests, NULL, NULL);
}
