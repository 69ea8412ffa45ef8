#include "base/base.h"

#include "publish/site_path.h"

#include "base/mem.h"
#include "base/testing.h"

static bool is_good(const char *path)
{
    return site_path_is_good(path, strlen(path));
}

static void takes_the_paths_of_a_site(void **state)
{
    static const char *const good[] = {
        "index.html",
        "departments/beijing/fengtai/zwfwj/2021/index.html",
        "a",
        ".well-known/security.txt",
        "...",
        "..a/a..",
        "a b/c&d?.css",
        "字体/宋体.woff2",
        "\xF0\x9F\x98\x80",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(good); i++)
        if (!is_good(good[i]))
            fail_msg("refused: %s", good[i]);
}

static void refuses_what_leads_elsewhere(void **state)
{
    static const char *const bad[] = {
        "",    "/",     "/a",     "a/", "a//b",           ".", "..", "./a", "../a", "a/..",
        "a/.", "a/./b", "a/../b", "//", "a/b/../../../c",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        if (is_good(bad[i]))
            fail_msg("taken: %s", bad[i]);
}

static void refuses_what_breaks_a_line_or_a_text(void **state)
{
    char path[] = "a?b";

    (void)state;
    for (int c = 0; c < 256; c++) {
        path[1] = (char)c;
        assert_int_equal(site_path_is_good(path, 3), c >= 0x20 && c < 0x7F);
    }
    assert_false(is_good("a\xE5\x8C"));     /* cut off */
    assert_false(is_good("a\xED\xA0\x80")); /* a surrogate */
    assert_false(is_good("caf\xE9.css"));   /* Latin-1 */
    assert_false(site_path_is_good("a\0b/c", 5));
}

static void a_path_has_a_longest_length(void **state)
{
    char *path = mem_alloc(SITE_PATH_MAX + 2);

    (void)state;
    memset(path, 'a', SITE_PATH_MAX + 1);
    assert_true(site_path_is_good(path, SITE_PATH_MAX));
    assert_false(site_path_is_good(path, SITE_PATH_MAX + 1));
    free(path);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_paths_of_a_site),
        cmocka_unit_test(refuses_what_leads_elsewhere),
        cmocka_unit_test(refuses_what_breaks_a_line_or_a_text),
        cmocka_unit_test(a_path_has_a_longest_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
