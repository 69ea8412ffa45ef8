#include "base/base.h"

#include "text/json_read.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/testing.h"

/* A reader over a copy that ends where the allocation ends, so that nothing beyond can be read. */
struct reading {
    struct json_reader r;
    struct errs errs;
    char *text;
};

static void begin(struct reading *g, const char *text, size_t len, const struct json_limits *limits)
{
    g->text = mem_alloc(len + 1);
    memcpy(g->text, text, len);
    g->text[len] = '\0';
    g->errs = (struct errs)ERRS_INIT;
    json_reader_init(&g->r, "FILE", g->text, len, limits, &g->errs);
}

static void end(struct reading *g)
{
    json_reader_release(&g->r);
    errs_release(&g->errs);
    free(g->text);
}

static void begin_text(struct reading *g, const char *text)
{
    begin(g, text, strlen(text), &json_limits_default);
}

/* Reads to the end or to the first error, and returns which it was. */
static enum json_event read_all(struct reading *g)
{
    enum json_event event;

    do
        event = json_next(&g->r);
    while (event != JSON_READ_FAILED && event != JSON_READ_END);
    return event;
}

static bool accepts_bytes(const char *text, size_t len, const struct json_limits *limits)
{
    struct reading g;
    bool accepted;

    begin(&g, text, len, limits);
    accepted = read_all(&g) == JSON_READ_END;
    assert_int_equal(g.errs.count, accepted ? 0 : 1);
    end(&g);
    return accepted;
}

static bool accepts(const char *text)
{
    return accepts_bytes(text, strlen(text), &json_limits_default);
}

static void assert_next(struct reading *g, enum json_event event, const char *text)
{
    assert_int_equal(json_next(&g->r), event);
    assert_int_equal(g->r.event, event);
    if (text) {
        assert_int_equal(g->r.text_len, strlen(text));
        assert_memory_equal(g->r.text, text, g->r.text_len);
    }
}

/* --- events --- */

static void gives_one_event_after_the_other_with_its_place(void **state)
{
    static const char text[] = "\n"
                               "{ \"year\" : 2021,\r\n"
                               "  \"unit\": \"万元\",\n"
                               "\t\"a\\tb\":\n"
                               "    [true,false , null,\n"
                               "-1.50e+3, {}, []]\n"
                               "}  \n\n";
    static const struct {
        enum json_event event;
        const char *text;
        const char *at; /* what stands in the source there */
        unsigned line;
    } expected[] = {
        {JSON_READ_OBJECT, NULL, "{ \"year", 2},     {JSON_READ_KEY, "year", "\"year\"", 2},
        {JSON_READ_NUMBER, "2021", "2021,", 2},      {JSON_READ_KEY, "unit", "\"unit\"", 3},
        {JSON_READ_STRING, "万元", "\"万元\"", 3},   {JSON_READ_KEY, "a\tb", "\"a\\tb\"", 4},
        {JSON_READ_ARRAY, NULL, "[true", 5},         {JSON_READ_TRUE, NULL, "true,", 5},
        {JSON_READ_FALSE, NULL, "false ,", 5},       {JSON_READ_NULL, NULL, "null,", 5},
        {JSON_READ_NUMBER, "-1.50e+3", "-1.50e", 6}, {JSON_READ_OBJECT, NULL, "{}, ", 6},
        {JSON_READ_OBJECT_END, NULL, "}, []", 6},    {JSON_READ_ARRAY, NULL, "[]]", 6},
        {JSON_READ_ARRAY_END, NULL, "]]", 6},        {JSON_READ_ARRAY_END, NULL, "]\n}", 6},
        {JSON_READ_OBJECT_END, NULL, "}  \n\n", 7},  {JSON_READ_END, NULL, "", 9},
    };
    struct reading g;

    (void)state;
    begin_text(&g, text);
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
        assert_next(&g, expected[i].event, expected[i].text);
        assert_memory_equal(text + g.r.offset, expected[i].at, strlen(expected[i].at));
        assert_int_equal(g.r.line, expected[i].line);
    }
    assert_int_equal(g.r.offset, sizeof(text) - 1);
    assert_next(&g, JSON_READ_END, NULL); /* and it stays there */
    assert_next(&g, JSON_READ_END, NULL);
    assert_int_equal(g.errs.count, 0);
    end(&g);
}

static void any_value_may_stand_alone(void **state)
{
    static const struct {
        const char *text;
        enum json_event event;
    } cases[] = {
        {"0", JSON_READ_NUMBER},         {" -1 ", JSON_READ_NUMBER}, {"\"\"", JSON_READ_STRING},
        {"true", JSON_READ_TRUE},        {"false", JSON_READ_FALSE}, {"null", JSON_READ_NULL},
        {"\t\r\n null", JSON_READ_NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct reading g;

        begin_text(&g, cases[i].text);
        assert_next(&g, cases[i].event, NULL);
        assert_next(&g, JSON_READ_END, NULL);
        end(&g);
    }
}

static void a_reader_may_be_left_anywhere(void **state)
{
    static const char text[] = "{\"\\u0061\":[{\"b\":[1,{\"\\u0063\":\"\\n\"}]}],\"d\":1}";

    (void)state;
    for (size_t stop = 0; stop < 20; stop++) {
        struct reading g;

        begin_text(&g, text);
        for (size_t i = 0; i < stop; i++)
            json_next(&g.r);
        end(&g); /* the sanitizers and valgrind look for leaks */
    }
}

static void numbers_keep_their_text(void **state)
{
    static const char *const numbers[] = {
        "0",
        "-0",
        "-0.00",
        "70.00",
        "4180.76",
        "1e400",
        "1E-400",
        "0e0",
        "1.5e+03",
        "100000000000000000000000001",
        "-9223372036854775808",
        "0.1000000000000000055511151231257827",
    };
    struct reading g;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        char text[100];

        begin_text(&g, numbers[i]);
        assert_next(&g, JSON_READ_NUMBER, numbers[i]);
        assert_next(&g, JSON_READ_END, NULL);
        end(&g);
        snprintf(text, sizeof(text), "[%s,%s]", numbers[i], numbers[i]);
        begin_text(&g, text);
        assert_next(&g, JSON_READ_ARRAY, NULL);
        assert_next(&g, JSON_READ_NUMBER, numbers[i]);
        assert_next(&g, JSON_READ_NUMBER, numbers[i]);
        assert_next(&g, JSON_READ_ARRAY_END, NULL);
        end(&g);
    }
}

static void strings_are_decoded(void **state)
{
    static const char *const cases[][2] = {
        {"\"\"", ""},
        {"\"abc\"", "abc"},
        {"\"决算\"", "决算"},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
        {"\"\\u0041\\u00e9\\u51b3\\uD840\\uDC00\"", "Aé决𠀀"},
        {"\"\\ud83d\\ude00\\uDBFF\\uDFFF\"", "\U0001F600\U0010FFFF"},
        {"\"\\u0001\\u001F\\u007f\\uffff\\uD7FF\\uE000\"", "\x01\x1f\x7f\uffff\uD7FF\uE000"},
        {"\"\x7F\"", "\x7F"}, /* DEL is no control character in RFC 8259 */
        {"\"a\\u0062c\\nd\"", "abc\nd"},
        {"\"\\\\u0041\"", "\\u0041"},
        {"\"\\u005Cn\"", "\\n"},
        {"\"\xE2\x80\xA8/\"", "\xE2\x80\xA8/"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct reading g;

        begin_text(&g, cases[i][0]);
        assert_next(&g, JSON_READ_STRING, cases[i][1]);
        assert_next(&g, JSON_READ_END, NULL);
        end(&g);
    }
}

/* --- json_skip --- */

static void skipping_goes_to_the_end_of_a_value(void **state)
{
    struct reading g;

    (void)state;
    begin_text(&g,
               "{\"a\":[1,{\"b\":[[],{}]},\"]}\"],\"c\":{\"d\":{\"e\":[]}},\"f\":1,\"g\":\"x\"}");
    assert_next(&g, JSON_READ_OBJECT, NULL);
    assert_next(&g, JSON_READ_KEY, "a");
    assert_next(&g, JSON_READ_ARRAY, NULL);
    assert_int_equal(json_skip(&g.r), 0);
    assert_next(&g, JSON_READ_KEY, "c");
    assert_next(&g, JSON_READ_OBJECT, NULL);
    assert_next(&g, JSON_READ_KEY, "d");
    assert_next(&g, JSON_READ_OBJECT, NULL);
    assert_int_equal(json_skip(&g.r), 0); /* the inner one only */
    assert_next(&g, JSON_READ_OBJECT_END, NULL);
    assert_next(&g, JSON_READ_KEY, "f");
    assert_next(&g, JSON_READ_NUMBER, "1");
    assert_int_equal(json_skip(&g.r), 0); /* a scalar is at its end already */
    assert_next(&g, JSON_READ_KEY, "g");
    assert_next(&g, JSON_READ_STRING, "x");
    assert_int_equal(json_skip(&g.r), 0);
    assert_next(&g, JSON_READ_OBJECT_END, NULL);
    assert_next(&g, JSON_READ_END, NULL);
    end(&g);
}

static void what_was_read_before_can_be_passed(void **state)
{
    struct reading g;

    (void)state;
    begin_text(&g, "[{\"a\":\n[1]},\n {\"a\":2}]");
    assert_next(&g, JSON_READ_ARRAY, NULL);
    assert_next(&g, JSON_READ_OBJECT, NULL);
    json_pass(&g.r, strlen("{\"a\":\n[1]}"), 1);
    assert_int_equal(g.r.event, JSON_READ_OBJECT_END);
    assert_int_equal(g.r.line, 2);
    assert_next(&g, JSON_READ_OBJECT, NULL);
    assert_int_equal(g.r.line, 3);
    assert_next(&g, JSON_READ_KEY, "a");
    assert_next(&g, JSON_READ_NUMBER, "2");
    assert_next(&g, JSON_READ_OBJECT_END, NULL);
    assert_next(&g, JSON_READ_ARRAY_END, NULL);
    assert_next(&g, JSON_READ_END, NULL);
    end(&g);
}

static void skipping_the_whole_text(void **state)
{
    struct reading g;

    (void)state;
    begin_text(&g, "[[[1],[2]],{}]");
    assert_next(&g, JSON_READ_ARRAY, NULL);
    assert_int_equal(json_skip(&g.r), 0);
    assert_next(&g, JSON_READ_END, NULL);
    end(&g);
}

static void what_is_skipped_must_be_json_too(void **state)
{
    static const char *const broken[] = {
        "[1,{\"a\":[}]", "[1", "[\"\\x\"]", "[{\"a\":1,\"a\":2}]", "[[]", "{\"a\":tru}", "[01]",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(broken); i++) {
        struct reading g;

        begin_text(&g, broken[i]);
        json_next(&g.r);
        assert_int_equal(json_skip(&g.r), -1);
        assert_int_equal(g.r.event, JSON_READ_FAILED);
        assert_int_equal(json_skip(&g.r), -1);
        assert_int_equal(g.errs.count, 1);
        end(&g);
    }
}

/* --- limits --- */

static void the_limits_are_the_last_that_is_read(void **state)
{
    struct json_limits limits = json_limits_default;

    (void)state;
    limits.size = 10;
    assert_true(accepts_bytes("\"12345678\"", 10, &limits));
    assert_false(accepts_bytes("\"123456789\"", 11, &limits));
    assert_false(accepts_bytes("1          ", 11, &limits));
    limits.size = 1000;
    limits.string = 3;
    assert_true(accepts_bytes("{\"abc\":\"abc\"}", 13, &limits));
    assert_false(accepts_bytes("{\"abcd\":\"abc\"}", 14, &limits));
    assert_false(accepts_bytes("{\"abc\":\"abcd\"}", 14, &limits));
    assert_true(accepts_bytes("\"\\u51b3\"", 8, &limits)); /* what it decodes to counts */
    assert_false(accepts_bytes("\"\\u51b3a\"", 9, &limits));
    limits.depth = 2;
    assert_true(accepts_bytes("[[],{\"a\":1},[1]]", 16, &limits));
    assert_false(accepts_bytes("[[[]]]", 6, &limits));
    assert_false(accepts_bytes("{\"a\":[{}]}", 10, &limits));
    limits.depth = 0;
    assert_true(accepts_bytes("1", 1, &limits));
    assert_false(accepts_bytes("[]", 2, &limits));
}

static void the_default_limits_are_what_the_header_says(void **state)
{
    struct strbuf text = STRBUF_INIT;

    (void)state;
    assert_int_equal(json_limits_default.size, 64 * 1024 * 1024);
    for (size_t depth = 64; depth <= 65; depth++) {
        strbuf_clear(&text);
        strbuf_addn(&text, '[', depth);
        strbuf_addn(&text, ']', depth);
        assert_int_equal(accepts(text.buf), depth == 64);
    }
    for (size_t len = 1024 * 1024; len <= 1024 * 1024 + 1; len++) {
        strbuf_clear(&text);
        strbuf_addch(&text, '"');
        strbuf_addn(&text, 'x', len);
        strbuf_addch(&text, '"');
        assert_int_equal(accepts(text.buf), len == 1024 * 1024);
    }
    strbuf_release(&text);
}

/* --- keys that come twice --- */

static void a_key_may_not_come_twice(void **state)
{
    static const char *const refused[] = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"b\":2,\"a\":3}",
        "{\"\":1,\"\":2}",
        "{\"a\":1,\"\\u0061\":2}", /* two spellings of one key */
        "{\"\\u0061\":1,\"a\":2}",
        "{\"\\u0061\":1,\"\\u0061\":2}",
        "{\"\\/\":1,\"/\":2}",
        "{\"决\":1,\"\\u51B3\":2}",
        "{\"\\ud840\\udc00\":1,\"𠀀\":2}",
        "{\"\\n\":1,\"\\u000A\":2}",
        "[{\"a\":{\"a\":1,\"a\":2}}]",
        "{\"a\":{\"b\":1,\"c\":{}},\"a\":2}", /* remembered beyond an inner object */
        "{\"\\u0061\":{\"\\u0061\":{\"\\u0062\":1}},\"\\u0062\":{},\"a\":1}",
    };
    static const char *const accepted[] = {
        "{\"a\":1,\"A\":2}",
        "{\"a\":{\"a\":{\"a\":1}}}",
        "[{\"a\":1},{\"a\":1}]",
        "{\"x\":{\"a\":1},\"y\":{\"a\":1},\"a\":1}",
        "{\"a\":1,\"ab\":2,\"\":3,\"b\":4}",
        "{\"é\":1,\"e\xCC\x81\":2}", /* the same to the eye, other bytes */
        "{\"\\\\u0061\":1,\"a\":2}",
        "{\"a\":\"a\",\"b\":\"a\"}",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
        if (accepts(refused[i]))
            fail_msg("accepted: %s", refused[i]);
    for (size_t i = 0; i < ARRAY_SIZE(accepted); i++)
        if (!accepts(accepted[i]))
            fail_msg("refused: %s", accepted[i]);
}

/* An object of `count` keys; key number `twice`, if any, comes again at the end. Keys are written
 * plainly or with an escape by turns, and `inner` is the value of each. */
static void put_object(struct strbuf *text, size_t count, size_t twice, const char *inner)
{
    strbuf_clear(text);
    strbuf_addch(text, '{');
    for (size_t i = 0; i < count; i++)
        strbuf_addf(text, "%s\"%s%zu\":%s", i ? "," : "", i % 3 ? "k" : "\\u006b", i, inner);
    if (twice < count)
        strbuf_addf(text, ",\"%s%zu\":%s", twice % 2 ? "k" : "\\u006B", twice, inner);
    strbuf_addch(text, '}');
}

static void a_key_is_remembered_among_any_number(void **state)
{
    static const size_t counts[] = {1, 2, 15, 16, 17, 18, 31, 32, 33, 34, 100};
    struct strbuf text = STRBUF_INIT;
    size_t many = testing_rounds(20000);

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
        put_object(&text, counts[i], SIZE_MAX, "1");
        assert_true(accepts(text.buf));
        for (size_t twice = 0; twice < counts[i]; twice++) {
            put_object(&text, counts[i], twice, "1");
            assert_false(accepts(text.buf));
        }
    }
    put_object(&text, many, SIZE_MAX, "{}");
    assert_true(accepts(text.buf));
    for (size_t twice = 0; twice < many; twice += many / 5) {
        put_object(&text, many, twice, "{}");
        assert_false(accepts(text.buf));
    }
    strbuf_release(&text);
}

/* The outer keys must outlast inner objects of many keys, as deep as it goes. */
static void keys_are_remembered_across_deep_values(void **state)
{
    struct strbuf inner = STRBUF_INIT, text = STRBUF_INIT;

    (void)state;
    strbuf_adds(&inner, "[]");
    for (int depth = 0; depth < 3; depth++) {
        put_object(&text, 20, SIZE_MAX, inner.buf);
        strbuf_clear(&inner);
        strbuf_addbuf(&inner, &text);
    }
    assert_true(accepts(inner.buf));
    put_object(&text, 20, 3, inner.buf);
    assert_false(accepts(text.buf));
    strbuf_clear(&text);
    for (int depth = 0; depth < 60; depth++)
        strbuf_addf(&text, "{\"\\u0061%d\":0,\"b\":", depth);
    strbuf_adds(&text, "1");
    for (int depth = 59; depth >= 0; depth--)
        strbuf_addf(&text, ",\"c\":0%s}", depth ? "" : ",\"a0\":1"); /* the outermost of all */
    assert_false(accepts(text.buf));
    strbuf_set_len(&text, text.len - strlen(",\"a0\":1}"));
    strbuf_adds(&text, ",\"a1\":1}");
    assert_true(accepts(text.buf));
    strbuf_release(&inner);
    strbuf_release(&text);
}

/* --- errors --- */

static void an_error_has_a_place_and_an_excerpt(void **state)
{
    static const struct {
        const char *text;
        const char *id;
        unsigned line, column;
        const char *excerpt;
        const char *message; /* a part of it */
    } cases[] = {
        {"", "json-syntax", 1, 1, "", "ends here"},
        {"  ", "json-syntax", 1, 3, "  ", "ends here"},
        {"\n", "json-syntax", 2, 1, "", "ends here"},
        {"x", "json-syntax", 1, 1, "x", "'x'"},
        {"{\"a\": tru}", "json-syntax", 1, 7, "{\"a\": tru}", "a value"},
        {"[1,\n 2,\n]", "json-syntax", 3, 1, "]", "a value"},
        {"[\"决算\", 决]", "json-syntax", 1, 8, "[\"决算\", 决]", "a value"},
        {"[1 2]", "json-syntax", 1, 3, "[1 2]", "',' or ']'"},
        {"{\"a\":1 \"b\":2}", "json-syntax", 1, 7, "{\"a\":1 \"b\":2}", "',' or '}'"},
        {"{\"a\":1\n\n \"b\":2}", "json-syntax", 1, 7, "{\"a\":1", "',' or '}'"},
        {"{\"a\" 1}", "json-syntax", 1, 6, "{\"a\" 1}", "':'"},
        {"{a:1}", "json-syntax", 1, 2, "{a:1}", "key"},
        {"{\n\t'a':1}", "json-syntax", 2, 2, "\t'a':1}", "key"},
        {"{\"a\":1,}", "json-syntax", 1, 8, "{\"a\":1,}", "key"},
        {"[1]\n]", "json-syntax", 2, 1, "]", "nothing more"},
        {"[01]", "json-syntax", 1, 2, "[01]", "0"},
        {"[1.]", "json-syntax", 1, 2, "[1.]", "digits"},
        {"[-]", "json-syntax", 1, 2, "[-]", "digits"},
        {"[1e]", "json-syntax", 1, 2, "[1e]", "exponent"},
        {"[\"abc]", "json-syntax", 1, 2, "[\"abc]", "closing quote"},
        {"[\"a\\qb\"]", "json-syntax", 1, 4, "[\"a\\qb\"]", "escape"},
        {"[\"\\u12G4\"]", "json-syntax", 1, 3, "[\"\\u12G4\"]", "hexadecimal"},
        {"[\"a\tb\"]", "json-control", 1, 4, "[\"a\tb\"]", "0x09"},
        {"[\"a\nb\"]", "json-control", 1, 4, "[\"a", "closing quote"},
        {"[\"\\u0000\"]", "json-nul", 1, 3, "[\"\\u0000\"]", "U+0000"},
        {"[\"\\ud800\"]", "json-surrogate", 1, 3, "[\"\\ud800\"]", "surrogate"},
        {"{\"a\":1,\r\n \"a\":2}", "duplicate-key", 2, 2, " \"a\":2}", "'a'"},
        {"\xEF\xBB\xBF{}", "byte-order-mark", 1, 1, NULL, "byte order mark"},
        {"{\n\"a\":\"\xFF\"}", "invalid-utf8", 2, 6, NULL, "0xff"},
        {"[]\xC3", "invalid-utf8", 1, 3, NULL, "0xc3"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct reading g;
        const struct err *err;

        begin_text(&g, cases[i].text);
        assert_int_equal(read_all(&g), JSON_READ_FAILED);
        assert_int_equal(g.errs.count, 1);
        err = &g.errs.items[0];
        assert_int_equal(err->code, ERR_CONTENT);
        assert_int_equal(err->severity, SEVERITY_ERROR);
        assert_string_equal(err->id, cases[i].id);
        assert_string_equal(err->file, "FILE");
        if (err->line != cases[i].line || err->column != cases[i].column)
            fail_msg("%s: line %u, column %u", cases[i].text, err->line, err->column);
        if (cases[i].excerpt)
            assert_string_equal(err->excerpt, cases[i].excerpt);
        if (!strstr(err->message, cases[i].message))
            fail_msg("%s: %s", cases[i].text, err->message);
        end(&g);
    }
}

static void errors_beyond_a_limit_have_a_place_too(void **state)
{
    static const struct json_limits limits = {40, 4, 2};
    static const struct {
        const char *text;
        const char *id;
        unsigned column;
    } cases[] = {
        {"[\"abc\", \"abcde\"]", "json-string-limit", 9},
        {"{\"abcde\": 1}", "json-string-limit", 2},
        {"[[1, [2]]]", "json-depth", 6},
        {"                                        1", "json-size", 1},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct reading g;

        begin(&g, cases[i].text, strlen(cases[i].text), &limits);
        assert_int_equal(read_all(&g), JSON_READ_FAILED);
        assert_string_equal(g.errs.items[0].id, cases[i].id);
        assert_int_equal(g.errs.items[0].line, 1);
        assert_int_equal(g.errs.items[0].column, cases[i].column);
        end(&g);
    }
}

static void after_an_error_there_is_nothing_but_it(void **state)
{
    struct reading g;

    (void)state;
    begin_text(&g, "[1, x, 2]");
    assert_next(&g, JSON_READ_ARRAY, NULL);
    assert_next(&g, JSON_READ_NUMBER, "1");
    for (int i = 0; i < 5; i++)
        assert_next(&g, JSON_READ_FAILED, NULL);
    assert_int_equal(json_skip(&g.r), -1);
    assert_int_equal(g.errs.count, 1);
    end(&g);
}

static void an_error_is_added_behind_others(void **state)
{
    struct reading g;

    (void)state;
    begin_text(&g, "]");
    errs_add(&g.errs, ERR_USAGE, "other", "other");
    assert_next(&g, JSON_READ_FAILED, NULL);
    assert_int_equal(g.errs.count, 2);
    assert_string_equal(g.errs.items[0].id, "other");
    end(&g);
}

/* A NUL is a byte like others, and ends nothing. */
static void a_nul_in_the_text_is_refused_anywhere(void **state)
{
    static const char text[] = "{\"ab\" : [12.5, true, \"c\\u0064\"] }";
    char broken[sizeof(text) + 1];

    (void)state;
    for (size_t at = 0; at < sizeof(text); at++) {
        memcpy(broken, text, at);
        broken[at] = '\0';
        memcpy(broken + at + 1, text + at, sizeof(text) - at);
        assert_false(accepts_bytes(broken, sizeof(text), &json_limits_default));
    }
}

/* Every beginning of a text is refused, for no other reason than that it ends. */
static void a_text_that_is_cut_off_is_refused_anywhere(void **state)
{
    static const char text[] =
        "{\"a\\u00e9\\ud840\\udc00\": [-12.5e+1, true, \"\\u0063\", {}, null]}";

    (void)state;
    for (size_t len = 0; len < sizeof(text) - 1; len++)
        assert_false(accepts_bytes(text, len, &json_limits_default));
    assert_true(accepts(text));
}

static void events_have_names_for_messages(void **state)
{
    (void)state;
    assert_string_equal(json_event_name(JSON_READ_OBJECT), "an object");
    assert_string_equal(json_event_name(JSON_READ_STRING), "a string");
    for (int event = JSON_READ_FAILED; event <= JSON_READ_NULL; event++)
        assert_non_null(json_event_name((enum json_event)event));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_one_event_after_the_other_with_its_place),
        cmocka_unit_test(any_value_may_stand_alone),
        cmocka_unit_test(a_reader_may_be_left_anywhere),
        cmocka_unit_test(numbers_keep_their_text),
        cmocka_unit_test(strings_are_decoded),
        cmocka_unit_test(skipping_goes_to_the_end_of_a_value),
        cmocka_unit_test(what_was_read_before_can_be_passed),
        cmocka_unit_test(skipping_the_whole_text),
        cmocka_unit_test(what_is_skipped_must_be_json_too),
        cmocka_unit_test(the_limits_are_the_last_that_is_read),
        cmocka_unit_test(the_default_limits_are_what_the_header_says),
        cmocka_unit_test(a_key_may_not_come_twice),
        cmocka_unit_test(a_key_is_remembered_among_any_number),
        cmocka_unit_test(keys_are_remembered_across_deep_values),
        cmocka_unit_test(an_error_has_a_place_and_an_excerpt),
        cmocka_unit_test(errors_beyond_a_limit_have_a_place_too),
        cmocka_unit_test(after_an_error_there_is_nothing_but_it),
        cmocka_unit_test(an_error_is_added_behind_others),
        cmocka_unit_test(a_nul_in_the_text_is_refused_anywhere),
        cmocka_unit_test(a_text_that_is_cut_off_is_refused_anywhere),
        cmocka_unit_test(events_have_names_for_messages),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("json_read", tests, NULL, NULL);
}
