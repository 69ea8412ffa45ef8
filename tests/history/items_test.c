/*
 * What a department states, as a list: all that the sources of `juesuan init` say, in
 * tests/history/items/init.txt ("address = value", for a figure with its unit), and what is
 * special.
 */
#include "base/base.h"

#include "history/items.h"

#include <fcntl.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "source/ground.h"

#define DEPARTMENT "example/culture"

struct sources {
    struct source *source;
    struct catalog catalog;
    struct content_department content;
    struct items items;
    struct errs errs;
};

static int set_up(void **state)
{
    struct sources *s = mem_zalloc(1, sizeof(*s));

    *state = s;
    s->source = source_open_folder("cmd/juesuan/init", &s->errs);
    return content_load_catalog(s->source, &s->catalog, &s->errs) ||
           content_load_department(s->source, &s->catalog, DEPARTMENT, &s->content, &s->errs);
}

static int tear_down(void **state)
{
    struct sources *s = *state;

    items_release(&s->items);
    content_release_department(&s->content);
    catalog_release(&s->catalog);
    source_close(s->source);
    errs_release(&s->errs);
    free(s);
    return 0;
}

static void add_line(const struct item *item, const char *name, struct strbuf *out)
{
    strbuf_addf(out, "%s = ", name);
    if (item->is_figure) {
        quantity_add_stated(&item->value, out);
        strbuf_addf(out, " %s", item->value.unit ? item->value.unit : "-");
    }
    for (const char *p = item->text; *p; p++) {
        if (*p == '\n')
            strbuf_adds(out, "\\n");
        else
            strbuf_addch(out, *p);
    }
    strbuf_addch(out, '\n');
}

static void all_that_is_said_has_an_address(void **state)
{
    static const char golden[] = "tests/history/items/init.txt";
    struct sources *s = *state;
    struct items_wanted wanted = {0};
    struct strbuf shown = STRBUF_INIT, expected = STRBUF_INIT;

    items_collect(&s->items, &s->content, &wanted);
    for (size_t i = 0; i < s->items.count; i++) {
        const struct item *item = &s->items.list[i];

        assert_string_equal(item->key, item->address + strlen(DEPARTMENT "/"));
        assert_true(!i || strcmp(s->items.list[i - 1].key, item->key) < 0);
        add_line(item, item->address, &shown);
    }
    if (getenv("UPDATE"))
        fs_write(AT_FDCWD, golden, shown.buf, shown.len, &s->errs);
    assert_int_equal(fs_read(AT_FDCWD, golden, golden, SIZE_MAX / 2, &expected, &s->errs), 0);
    assert_string_equal(shown.buf, expected.buf);
    strbuf_release(&shown);
    strbuf_release(&expected);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_that_is_said_has_an_address, set_up, tear_down),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("items", tests, NULL, NULL);
}
