#include "base/base.h"

#include "text/json_tree.h"

#include "base/err.h"
#include "base/testing.h"
#include "text/json_read.h"

/* The value of a whole text; NULL when it is broken, which is one error then. */
static json_t *tree_of(const char *text)
{
    struct errs errs = ERRS_INIT;
    struct json_reader r;
    json_t *value;

    json_reader_init(&r, "FILE", text, strlen(text), &json_limits_default, &errs);
    json_next(&r);
    value = json_tree(&r);
    if (value)
        assert_int_equal(json_next(&r), JSON_READ_END);
    assert_int_equal(errs.count, !value);
    json_reader_release(&r);
    errs_release(&errs);
    return value;
}

/* `text` gives what jansson makes of `expected`. */
static void assert_tree(const char *text, const char *expected)
{
    json_t *value = tree_of(text), *other = json_loads(expected, JSON_DECODE_ANY, NULL);

    assert_non_null(value);
    assert_non_null(other);
    assert_true(json_equal(value, other));
    json_decref(value);
    json_decref(other);
}

static void gives_the_values_that_jansson_gives(void **state)
{
    static const char *const texts[] = {
        "{}",
        "[]",
        "\"\"",
        "\"决\\u7b97\\n\\ud840\\udc00\"",
        "true",
        "false",
        "null",
        "0",
        "-7",
        "9223372036854775807",
        "-9223372036854775807",
        "{\"\":{\"\":[]},\"决\":[[1,2],{},\"x\"]}",
        "[1,[2,[3,[4,{\"a\":{\"b\":{\"c\":null}}}]]]]",
        " { \"a\" : [ 1 , 2 ] } ",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        assert_tree(texts[i], texts[i]);
}

static void keeps_the_text_of_other_numbers(void **state)
{
    (void)state;
    assert_tree("[1.50,-0.00,1e3,-0,9223372036854775808,1e400]",
                "[\"1.50\",\"-0.00\",\"1e3\",\"-0\",\"9223372036854775808\",\"1e400\"]");
}

static void starts_at_any_value_and_ends_behind_it(void **state)
{
    static const char text[] = "{\"a\":{\"x\":[1]},\"b\":2}";
    struct errs errs = ERRS_INIT;
    struct json_reader r;
    json_t *value;

    (void)state;
    json_reader_init(&r, "FILE", text, sizeof(text) - 1, &json_limits_default, &errs);
    assert_int_equal(json_next(&r), JSON_READ_OBJECT);
    assert_int_equal(json_next(&r), JSON_READ_KEY);
    assert_int_equal(json_next(&r), JSON_READ_OBJECT);
    value = json_tree(&r);
    assert_int_equal(json_array_size(json_object_get(value, "x")), 1);
    assert_int_equal(json_next(&r), JSON_READ_KEY);
    assert_int_equal(r.text[0], 'b');
    json_decref(value);
    json_reader_release(&r);
    errs_release(&errs);
}

/* And nothing leaks, wherever it breaks. */
static void a_broken_text_gives_no_value(void **state)
{
    static const char text[] = "{\"a\":[1,{\"b\":\"c\",\"\\u0064\":[true,2.5]},[]],\"e\":{}}";
    char cut[sizeof(text)];
    json_t *value = tree_of(text);

    (void)state;
    assert_non_null(value);
    json_decref(value);
    for (size_t len = 0; len + 1 < sizeof(text); len++) {
        memcpy(cut, text, len);
        cut[len] = '\0';
        assert_null(tree_of(cut));
        cut[len] = '?';
        cut[len + 1] = '\0';
        assert_null(tree_of(cut));
    }
    assert_null(tree_of("{\"a\":1,\"a\":2}"));
    assert_null(tree_of("[\"\\u0000\"]"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_values_that_jansson_gives),
        cmocka_unit_test(keeps_the_text_of_other_numbers),
        cmocka_unit_test(starts_at_any_value_and_ends_behind_it),
        cmocka_unit_test(a_broken_text_gives_no_value),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("json_tree", tests, NULL, NULL);
}
