/* A line that is written as in another version is the same line; all others are read. */
#include "base/base.h"

#include "model/load_like.h"

#include "base/testing.h"
#include "model/loaded.h"

#define HEAD                                                                                       \
    "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\", \"tables\": {\"t\": {\"lines\": [\n"
#define A "{\"id\": \"a\", \"final\": \"1\"}"
#define B "{\"id\": \"b\",\n\"final\": \"2\"}"
#define C "{\"id\": \"c\", \"final\": \"3\"}"

struct version {
    struct source_text source;
    struct report report;
    const struct list_spans *spans;
};

static void load(struct loaded *l, const char *text, const struct version *like,
                 struct version *out)
{
    struct load_like other;

    memset(out, 0, sizeof(*out));
    out->source = (struct source_text){"report.json", text, strlen(text)};
    if (like)
        other = (struct load_like){&like->source, like->spans, &like->report};
    load_record_like(&entity_report, &out->source, like ? &other : NULL, &l->arena, &out->report,
                     &out->spans, &l->errs);
}

static const struct line *line_of(const struct version *version, size_t i)
{
    assert_true(i < version->report.tables.items[0].lines.count);
    return &version->report.tables.items[0].lines.items[i];
}

static void assert_shared(const struct version *a, size_t i, const struct version *b, size_t j,
                          bool expected)
{
    const void *one = line_of(a, i)->figures.items, *other = line_of(b, j)->figures.items;

    assert_string_equal(line_of(a, i)->id.s, line_of(b, j)->id.s);
    assert_int_equal(one == other, expected);
}

static void lines_that_are_the_same_are_shared(void **state)
{
    struct loaded l = LOADED_INIT;
    struct version old, new, next;

    (void)state;
    load(&l, HEAD A ", " B ",\n" C "]}}}", NULL, &old);
    load(&l, HEAD B ", " C ",\n{\"id\": \"a\", \"final\": \"4\"}]}}}", &old, &new);
    assert_errors(&l.errs, "");
    assert_shared(&new, 0, &old, 1, true);
    assert_shared(&new, 1, &old, 2, true);
    assert_shared(&new, 2, &old, 0, false);
    assert_int_equal(line_of(&new, 2)->figures.items[0].value.number.units, 4);
    assert_int_equal(line_of(&new, 2)->id.at.line, 4); /* it has lines of B and C before it */
    load(&l, HEAD C "," A "," B "]}}}", &new, &next);  /* and so on */
    assert_errors(&l.errs, "");
    assert_shared(&next, 0, &new, 1, true);
    assert_shared(&next, 0, &old, 2, true);
    assert_shared(&next, 1, &old, 0, false);
    assert_shared(&next, 2, &old, 1, false); /* it stood before, which is not looked for */
    loaded_release(&l);
}

static void only_lines_of_the_same_table_are(void **state)
{
    struct loaded l = LOADED_INIT;
    struct version old, new;

    (void)state;
    load(&l, HEAD A "]}}}", NULL, &old);
    load(
        &l,
        "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\", \"tables\": {\"u\": {\"lines\": [" A
        "]}}}",
        &old, &new);
    assert_errors(&l.errs, "");
    assert_shared(&new, 0, &old, 0, false);
    loaded_release(&l);
}

static void a_line_that_comes_twice_is_an_error_all_the_same(void **state)
{
    struct loaded l = LOADED_INIT;
    struct version old, new;

    (void)state;
    load(&l, HEAD A "," C "]}}}", NULL, &old);
    load(&l, HEAD A "," A "," C "]}}}", &old, &new);
    assert_int_equal(l.errs.count, 1);
    assert_string_equal(l.errs.items[0].id, "duplicate-id");
    loaded_release(&l);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_that_are_the_same_are_shared),
        cmocka_unit_test(only_lines_of_the_same_table_are),
        cmocka_unit_test(a_line_that_comes_twice_is_an_error_all_the_same),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("load_like", tests, NULL, NULL);
}
