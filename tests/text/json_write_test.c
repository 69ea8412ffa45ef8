#include "base/base.h"

#include "text/json_write.h"

#include <jansson.h>

#include "base/strbuf.h"
#include "base/testing.h"

static void write_value(struct json_writer *w, const json_t *value)
{
    const char *key;
    json_t *item;
    size_t i;

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        json_write_object(w);
        json_object_foreach((json_t *)value, key, item)
        {
            json_write_key(w, key);
            write_value(w, item);
        }
        json_write_object_end(w);
        break;
    case JSON_ARRAY:
        json_write_array(w);
        json_array_foreach(value, i, item) write_value(w, item);
        json_write_array_end(w);
        break;
    case JSON_STRING:
        json_write_string(w, json_string_value(value), json_string_length(value));
        break;
    case JSON_INTEGER:
        json_write_int(w, json_integer_value(value));
        break;
    case JSON_TRUE:
        json_write_raw(w, "true", 4);
        break;
    case JSON_FALSE:
        json_write_raw(w, "false", 5);
        break;
    default:
        json_write_raw(w, "null", 4);
        break;
    }
}

/* What is written for the JSON text `source` with so many open levels. */
static void assert_layout(const char *source, unsigned open_levels, const char *expected)
{
    json_t *value = json_loads(source, JSON_DECODE_ANY, NULL);
    struct strbuf out = STRBUF_INIT;
    struct json_writer w;

    assert_non_null(value);
    json_writer_init(&w, &out, open_levels);
    write_value(&w, value);
    json_write_finish(&w);
    assert_string_equal(out.buf, expected);
    json_decref(value);
    strbuf_release(&out);
}

static void scalars_stand_alone(void **state)
{
    (void)state;
    for (unsigned levels = 0; levels < 3; levels++) {
        assert_layout("1", levels, "1\n");
        assert_layout("\"决算\"", levels, "\"决算\"\n");
        assert_layout("null", levels, "null\n");
        assert_layout("{}", levels, "{}\n");
        assert_layout("[]", levels, "[]\n");
    }
}

static void the_outer_levels_have_an_item_per_line(void **state)
{
    static const char source[] = "{\"a\":1,\"b\":[2,[],{\"c\":[3,4],\"d\":{}}],\"e\":{}}";

    (void)state;
    assert_layout(source, 0, "{\"a\": 1, \"b\": [2, [], {\"c\": [3, 4], \"d\": {}}], \"e\": {}}\n");
    assert_layout(source, 1,
                  "{\n"
                  "  \"a\": 1,\n"
                  "  \"b\": [2, [], {\"c\": [3, 4], \"d\": {}}],\n"
                  "  \"e\": {}\n"
                  "}\n");
    assert_layout(source, 2,
                  "{\n"
                  "  \"a\": 1,\n"
                  "  \"b\": [\n"
                  "    2,\n"
                  "    [],\n"
                  "    {\"c\": [3, 4], \"d\": {}}\n"
                  "  ],\n"
                  "  \"e\": {}\n"
                  "}\n");
    assert_layout(source, 3,
                  "{\n"
                  "  \"a\": 1,\n"
                  "  \"b\": [\n"
                  "    2,\n"
                  "    [],\n"
                  "    {\n"
                  "      \"c\": [3, 4],\n"
                  "      \"d\": {}\n"
                  "    }\n"
                  "  ],\n"
                  "  \"e\": {}\n"
                  "}\n");
    assert_layout("[[1,2],[3]]", 1, "[\n  [1, 2],\n  [3]\n]\n");
    assert_layout("[{\"a\":1},{\"a\":2}]", 1, "[\n  {\"a\": 1},\n  {\"a\": 2}\n]\n");
    assert_layout("[[[]]]", 9, "[\n  [\n    []\n  ]\n]\n");
}

static void numbers_arrive_as_they_were_meant(void **state)
{
    static const char *const numbers[] = {"1.50", "-0.00", "1e400",
                                          "123456789012345678901234567890"};
    struct strbuf out = STRBUF_INIT;
    struct json_writer w;

    (void)state;
    json_writer_init(&w, &out, 0);
    json_write_array(&w);
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
        json_write_raw(&w, numbers[i], strlen(numbers[i]));
    json_write_int(&w, 0);
    json_write_int(&w, -1);
    json_write_int(&w, INT64_MAX);
    json_write_int(&w, INT64_MIN);
    json_write_array_end(&w);
    assert_string_equal(out.buf, "[1.50, -0.00, 1e400, 123456789012345678901234567890, 0, -1, "
                                 "9223372036854775807, -9223372036854775808]");
    strbuf_release(&out);
}

static void keys_and_strings_are_escaped(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct json_writer w;

    (void)state;
    strbuf_adds(&out, "x = ");
    json_writer_init(&w, &out, 0);
    json_write_object(&w);
    json_write_key(&w, "a\"\\\n");
    json_write_string(&w, "</script>\0\x1f", 11);
    json_write_key(&w, "");
    json_write_string(&w, NULL, 0);
    json_write_object_end(&w);
    assert_string_equal(out.buf,
                        "x = {\"a\\\"\\\\\\n\": \"\\u003c/script>\\u0000\\u001f\", \"\": \"\"}");
    strbuf_release(&out);
}

/* --- jansson reads what was written --- */

static json_t *random_value(struct testing_random *random, unsigned depth)
{
    struct strbuf text = STRBUF_INIT;
    json_t *value;

    switch (testing_below(random, depth ? 8 : 5)) {
    case 0:
        return json_integer((json_int_t)(testing_random(random) >> testing_below(random, 64)));
    case 1:
        return json_boolean(testing_below(random, 2));
    case 2:
        return json_null();
    case 3:
    case 4:
        testing_add_text(random, &text, testing_below(random, 8));
        value = json_stringn(text.buf, text.len);
        break;
    case 5:
    case 6:
        value = json_object();
        for (size_t n = testing_below(random, 6); n; n--) {
            strbuf_clear(&text);
            testing_add_text(random, &text, testing_below(random, 3));
            json_object_set_new(value, text.buf, random_value(random, depth - 1));
        }
        break;
    default:
        value = json_array();
        for (size_t n = testing_below(random, 6); n; n--)
            json_array_append_new(value, random_value(random, depth - 1));
        break;
    }
    strbuf_release(&text);
    return value;
}

static void jansson_reads_the_same_values(void **state)
{
    struct testing_random random = {1};
    struct strbuf out = STRBUF_INIT;

    (void)state;
    for (size_t i = testing_rounds(20000); i; i--) {
        json_t *value = random_value(&random, 5), *again;
        struct json_writer w;

        strbuf_clear(&out);
        json_writer_init(&w, &out, (unsigned)testing_below(&random, 7));
        write_value(&w, value);
        json_write_finish(&w);
        again = json_loadb(out.buf, out.len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(again);
        assert_true(json_equal(value, again));
        assert_int_equal(out.buf[out.len - 1], '\n');
        json_decref(value);
        json_decref(again);
    }
    strbuf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_stand_alone),
        cmocka_unit_test(the_outer_levels_have_an_item_per_line),
        cmocka_unit_test(numbers_arrive_as_they_were_meant),
        cmocka_unit_test(keys_and_strings_are_escaped),
        cmocka_unit_test(jansson_reads_the_same_values),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("json_write", tests, NULL, NULL);
}
