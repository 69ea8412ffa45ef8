/* What is said of JSON that people write who are no programmers, as json_read says it. */
#include "base/base.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "text/json_read.h"

/* Reads a text that is no JSON to its end; the one error is left in `errs`. */
static const struct err *read_broken(const char *text, struct errs *errs)
{
    struct json_reader r;

    json_reader_init(&r, "FILE", text, strlen(text), &json_limits_default, errs);
    while (json_next(&r) != JSON_READ_FAILED)
        assert_int_not_equal(r.event, JSON_READ_END);
    json_reader_release(&r);
    assert_int_equal(errs->count, 1);
    return &errs->items[0];
}

static void assert_same(const char *text, const char *what, const char *said, const char *expected)
{
    if (expected ? !said || strcmp(said, expected) != 0 : said != NULL)
        fail_msg("%s: the %s is %s", text, what, said ? said : "missing");
}

static void hints_say_what_to_do(void **state)
{
    static const char quotes[] =
        "texts and numbers stand in double quotes, such as \"4180.76\"; true and false do not";
    static const char english[] = "JSON wants the signs of an English keyboard: , : \" [ ] { }";
    static const char comment[] = "JSON has no comments; write \"$comment\": \"...\"";
    static const char take_out[] = "take out the comma before it";
    static const char none[] =
        "a key has a value; leave the key out where the document states nothing";
    static const char extra[] = "look before it for a '}' or ']' that is too many";
    static const char colon[] = "between a key and its value stands ':'";
    static const char letters[] =
        "a number has no letters, such as O for 0; a text stands in double quotes";
    static const struct {
        const char *text, *message, *hint; /* no hint: there is none */
    } cases[] = {
        /* commas */
        {"{\"a\": 1,}", "expected a key in double quotes, found '}'", take_out},
        {"{\"a\": [1,\n ]}", "expected a value, found ']'", take_out},
        {"{\"a\": [1,, 2]}", "expected a value, found ','", "take out this comma"},
        {"{\"a\": [\n, 2]}", "expected a value, found ','", "take out this comma"},
        {"{\"a\": 1,, \"b\": 2}", "expected a key in double quotes, found ','",
         "take out this comma"},
        {"{\"a\": 1 \"b\": 2}", "expected ',' or '}' after this value, found '\"'",
         "put a comma here"},
        {"[{}\n{}]", "expected ',' or ']' after this value, found '{'", "put a comma here"},
        {"[1 -2]", "expected ',' or ']' after this value, found '-'", "put a comma here"},
        {"{\"a\": [1] [2]}", "expected ',' or '}' after this value, found '['", "put a comma here"},
        /* numbers with letters */
        {"{\"year\": 2O24, \"a\": 1}", "expected a number, found '2O24'", letters},
        {"{\"a\": 0x1F}", "expected a number, found '0x1F'", letters},
        {"[-1.5abc]", "expected a number, found '-1.5abc'", letters},
        {"[1e5_\n]", "expected a number, found '1e5_'", letters},
        {"{\"a\": 12.5%}", "expected ',' or '}', found '%'", "write a percentage without its sign"},
        /* braces and brackets */
        {"{\"a\": 1", "expected ',' or '}', but the file ends here",
         "a '}' is missing: the object that begins on line 1 is still open; is the file whole?"},
        {"{\n\"a\": [\n1,", "expected a value, but the file ends here",
         "a ']' is missing: the array that begins on line 2 is still open; is the file whole?"},
        {"{\"a\":", "expected a value, but the file ends here",
         "a '}' is missing: the object that begins on line 1 is still open; is the file whole?"},
        {"[\n{\"a\": 1,\n{\"a\": 2}]", "expected a key in double quotes, found '{'",
         "a '}' is missing before it: the object that begins on line 2 is still open"},
        {"[\n{\"a\": 1\n{\"a\": 2}]", "expected ',' or '}' after this value, found '{'",
         "a '}' is missing before it: the object that begins on line 2 is still open"},
        {"{\"a\": [\n{\"b\": 1\n]}", "expected ',' or '}', found ']'",
         "a '}' is missing before it: the object that begins on line 2 is still open"},
        {"{\"a\":\n [1}", "expected ',' or ']', found '}'",
         "a ']' is missing before it: the array that begins on line 2 is still open"},
        {"{\"a\": [1, }", "expected a value, found '}'",
         "a ']' is missing before it: the array that begins on line 1 is still open"},
        {"{}}", "expected nothing more after the value, found '}'", extra},
        {"[1]\n]", "expected nothing more after the value, found ']'", extra},
        {"{},", "expected nothing more after the value, found ','",
         "a file is one object: take out what follows it"},
        {"", "expected a value, but the file ends here", "the file is empty"},
        {" \n", "expected a value, but the file ends here", "the file is empty"},
        /* keys */
        {"{final: 1}", "expected a key in double quotes, found 'f'",
         "keys stand in double quotes: \"final\""},
        {"{\"a\": 1, 决算数 : 1}", "expected a key in double quotes, found '决'",
         "keys stand in double quotes: \"决算数\""},
        {"{结果：1}", "expected a key in double quotes, found '结'",
         "keys stand in double quotes: \"结果\""},
        {"{201: 1}", "expected a key in double quotes, found '2'",
         "keys stand in double quotes: \"201\""},
        {"{\"a\" 1}", "expected ':' after the key, found '1'", colon},
        {"{\"a\", \"b\"}", "expected ':' after the key, found ','", colon},
        {"[\"a\": 1]", "expected ',' or ']', found ':'",
         "keys and their values stand in { }, not in [ ]"},
        {"{\"a\": 1: 2}", "expected ',' or '}', found ':'", NULL},
        {"{\"a\": }", "expected a value, found '}'", none},
        {"{\"a\": , \"b\": 1}", "expected a value, found ','", none},
        /* numbers */
        {"{\"a\": 1,200.00}", "expected a key in double quotes, found '2'",
         "write the number without separators, in double quotes: \"1200.00\""},
        {"{\"a\": -1,234,567, \"b\": 1}", "expected a key in double quotes, found '2'",
         "write the number without separators, in double quotes: \"-1234567\""},
        {"{\"a\": 1, 2}", "expected a key in double quotes, found '2'",
         "keys stand in double quotes: \"2\""},
        {"{\"a\": +5}", "expected a value, found '+'", "write an increase without '+'"},
        {"{\"a\": .5}", "expected a value, found '.'", "write a 0 before the point"},
        {"{\"a\": 5%}", "expected ',' or '}', found '%'", "write a percentage without its sign"},
        {"{\"a\": 05}", "a number must not begin with 0",
         "write a code in double quotes, and an amount without a 0 before it"},
        {"{\"a\": 5.}", "a number needs digits after its point", NULL},
        /* texts */
        {"{\"a\": yes}", "expected a value, found 'y'", quotes},
        {"{\"a\": 决算}", "expected a value, found '决'", quotes},
        {"{'a': 1}", "expected a key in double quotes, found '''", "JSON wants double quotes"},
        {"{\"a\": 'x'}", "expected a value, found '''", "JSON wants double quotes"},
        {"{\"a\": \"x\n\"}", "the string has no closing quote on this line",
         "put it; a line break in a text is written \\n"},
        {"{\"a\": \"x\t\"}", "a control character (0x09) in a string must be written as an escape",
         NULL},
        {"{\"a\": 1 // note\n}", "expected ',' or '}', found '/'", comment},
        {"{\"a\": 1, # note\n}", "expected a key in double quotes, found '#'", comment},
        /* a Chinese keyboard */
        {"{\"a\": 1， \"b\": 2}", "expected ',' or '}', found '，'", english},
        {"{\"a\"： 1}", "expected ':' after the key, found '：'", english},
        {"{“a”: 1}", "expected a key in double quotes, found '“'", english},
        {"{\"a\": “x”}", "expected a value, found '“'", english},
        {"{\"a\": 1｝", "expected ',' or '}', found '｝'", english},
        /* what cannot be seen */
        {"{\"a\":\xE3\x80\x80"
         "1}",
         "expected a value, found a full-width space (U+3000)", "use an ordinary space, or none"},
        {"{\"a\":\xC2\xA0"
         "1}",
         "expected a value, found a no-break space (U+00A0)", "use an ordinary space, or none"},
        {"{\xE2\x80\x8B\"a\": 1}",
         "expected a key in double quotes, found an invisible character (U+200B)",
         "use an ordinary space, or none"},
        {"{}\xEF\xBB\xBF",
         "expected nothing more after the value, found an invisible character (U+FEFF)",
         "use an ordinary space, or none"},
        {"[1 \x1b[31m]", "expected ',' or ']', found '\\x1b'", NULL},
        {"[1 \xc2\x9b]", "expected ',' or ']', found '\\xc2\\x9b'", NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct errs errs = ERRS_INIT;
        const struct err *err = read_broken(cases[i].text, &errs);

        assert_same(cases[i].text, "message", err->message, cases[i].message);
        assert_same(cases[i].text, "hint", err->hint, cases[i].hint);
        errs_release(&errs);
    }
}

static void a_missing_comma_is_pointed_at_where_it_belongs(void **state)
{
    static const char text[] = "{\n  \"a\": \"决算\"\n\n  \"b\": 1\n}\n";
    struct errs errs = ERRS_INIT;
    const struct err *err = read_broken(text, &errs);

    (void)state;
    assert_int_equal(err->line, 2);
    assert_int_equal(err->column, 12);
    assert_string_equal(err->excerpt, "  \"a\": \"决算\"");
    errs_release(&errs);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(hints_say_what_to_do),
        cmocka_unit_test(a_missing_comma_is_pointed_at_where_it_belongs),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("json_hint", tests, NULL, NULL);
}
