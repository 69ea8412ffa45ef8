#include "base/base.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "source/ground.h"

/* The pages that are read: "path: text" a line. */
static void assert_pages(struct ground *g, int result, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;
    struct content_pages pages;

    assert_int_equal(content_load_pages(g->source, &pages, &g->errs), result);
    for (size_t i = 0; i < pages.count; i++)
        strbuf_addf(&shown, "%s: %s\n", pages.files[i].path, pages.files[i].source.text);
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
    content_release_pages(&pages);
}

static void there_need_be_none(void **state)
{
    struct ground *g = *state;

    assert_pages(g, 0, "");
    put_folder(g, "pages");
    assert_pages(g, 0, "");
    assert_said(g, "");
}

static void pages_come_by_name(void **state)
{
    struct ground *g = *state;

    put(g, "pages/method.md", "# 方法");
    put(g, "pages/about.md", "# 关于");
    put(g, "pages/about-2.md", "");
    put(g, "pages/.draft.md", "# 草稿");
    assert_pages(g, 0, "pages/about-2.md: \npages/about.md: # 关于\npages/method.md: # 方法\n");
    assert_said(g, "");
}

static void what_is_no_page_is_told(void **state)
{
    struct ground *g = *state;

    put(g, "pages/about.md", "x");
    put(g, "pages/notes.txt", "");
    put(g, "pages/more/page.md", "");
    assert_pages(g, 0, "pages/about.md: x\n");
    assert_said(g, "content/pages/more: warning[unexpected-file]: nothing reads this folder\n"
                   "  only .md files belong here\n"
                   "content/pages/notes.txt: warning[unexpected-file]: nothing reads this file\n"
                   "  only .md files belong here\n");
}

static void ids_are_addresses(void **state)
{
    struct ground *g = *state;

    put(g, "pages/关于.md", "");
    put(g, "pages/About.md", "");
    assert_pages(g, -1, "");
    assert_said(g,
                "content/pages/About.md: error[wrong-id]: 'About.md' cannot be the id of a page\n"
                "  ids are at most 100 lower-case letters, digits and '-', such as about.md\n"
                "content/pages/关于.md: error[wrong-id]: '关于.md' cannot be the id of a page\n"
                "  ids are at most 100 lower-case letters, digits and '-', such as about.md\n");
}

static void links_are_not_followed(void **state)
{
    struct ground *g = *state;

    put(g, "other.md", "# secret");
    put_folder(g, "pages");
    put_link(g, "pages/about.md", "../other.md");
    assert_pages(g, -1, "");
    assert_said(g, "content/pages/about.md: error[symbolic-link]: this is a symbolic link, and "
                   "links are not followed\n"
                   "  put a copy of what it leads to in its place\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ground_set_up, ground_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(there_need_be_none), TEST(pages_come_by_name),     TEST(what_is_no_page_is_told),
        TEST(ids_are_addresses),  TEST(links_are_not_followed),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("content_pages", tests, NULL, NULL);
}
