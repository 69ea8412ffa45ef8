#include "base/base.h"

#include "text/escape.h"

#include <jansson.h>

#include "base/strbuf.h"
#include "base/testing.h"

typedef void escape_fn(struct strbuf *out, const char *s, size_t len);

static void assert_escaped(escape_fn *escape, const char *text, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    strbuf_adds(&out, "before "); /* what is there stays */
    escape(&out, text, strlen(text));
    assert_string_equal(out.buf + 7, expected);
    assert_memory_equal(out.buf, "before ", 7);
    strbuf_release(&out);
}

static const char *const hostile[] = {
    "</script><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "<img src=x onerror=alert(1)>",
    "<!-- --><![CDATA[ ]]>",
    "&lt;script&gt; &amp; &#60; &",
    "javascript:alert(1)//",
    "\\\"; alert(1); //",
    "\\u003c/script\\u003e",
    "a=1&b=2#c?d;e",
    "../../etc/passwd",
    "%00%2F%",
    "\x01\x02\x1f\x7f\r\n\t\b\f",
    "<\xE2\x80\xA8>\xE2\x80\xA9", /* U+2028 and U+2029 */
    "<<<>>>\"\"\"'''&&&\\\\\\",
    "区政府“网站”运维 <100%>",
    "𠀀\xF4\x8F\xBF\xBF",
    "",
};

static void html_by_example(void **state)
{
    (void)state;
    assert_escaped(escape_html, "", "");
    assert_escaped(escape_html, "决算 2021", "决算 2021");
    assert_escaped(escape_html, "&<>\"'", "&amp;&lt;&gt;&quot;&#39;");
    assert_escaped(escape_html, "a<b && c>d", "a&lt;b &amp;&amp; c&gt;d");
    assert_escaped(escape_html, "&amp;", "&amp;amp;");
    assert_escaped(escape_html, "</script>", "&lt;/script&gt;");
    assert_escaped(escape_html, "`=/;", "`=/;");
}

static void url_by_example(void **state)
{
    (void)state;
    assert_escaped(escape_url, "", "");
    assert_escaped(escape_url, "departments/a-b_c.d~e/2021/", "departments/a-b_c.d~e/2021/");
    assert_escaped(escape_url, "AZaz09", "AZaz09");
    assert_escaped(escape_url, "a b+c", "a%20b%2Bc");
    assert_escaped(escape_url, "决", "%E5%86%B3");
    assert_escaped(escape_url, "%41", "%2541");
    assert_escaped(escape_url, ":?#[]@!$&'()*+,;=",
                   "%3A%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C"
                   "%3B%3D");
    assert_escaped(escape_url, "\"<>\\^`{|}", "%22%3C%3E%5C%5E%60%7B%7C%7D");
    assert_escaped(escape_url, "\x01\n\x7F", "%01%0A%7F");
}

static void json_by_example(void **state)
{
    (void)state;
    assert_escaped(escape_json, "", "");
    assert_escaped(escape_json, "决算 /2021/", "决算 /2021/");
    assert_escaped(escape_json, "\"\\", "\\\"\\\\");
    assert_escaped(escape_json, "\b\t\n\f\r", "\\b\\t\\n\\f\\r");
    assert_escaped(escape_json, "\x01\x1f", "\\u0001\\u001f");
    assert_escaped(escape_json, "</script>", "\\u003c/script>");
    assert_escaped(escape_json, "<!--", "\\u003c!--");
}

static void roff_by_example(void **state)
{
    struct strbuf out = STRBUF_INIT;

    (void)state;
    assert_escaped(escape_roff, "", "");
    assert_escaped(escape_roff, "决算 2021. It's .so", "决算 2021. It\\(aqs .so");
    assert_escaped(escape_roff, "\\fB \"--out\"", "\\efB \\(dq\\-\\-out\\(dq");
    assert_escaped(escape_roff, "`^~", "\\(ga\\(ha\\(ti");
    assert_escaped(escape_roff, ".a\n.b\n'c\n\n.", ".a\n\\&.b\n\\(aqc\n\n\\&.");
    /* where a line begins, in the middle of one, and again at its beginning */
    escape_roff(&out, ".TH x", 5);
    escape_roff(&out, ".5\n", 3);
    escape_roff(&out, ".B", 2);
    assert_string_equal(out.buf, "\\&.TH x.5\n\\&.B");
    strbuf_release(&out);
}

static void bytes_of_value_zero_are_escaped_too(void **state)
{
    struct strbuf out = STRBUF_INIT;

    (void)state;
    escape_json(&out, "a\0b", 3);
    assert_string_equal(out.buf, "a\\u0000b");
    strbuf_clear(&out);
    escape_url(&out, "a\0b", 3);
    assert_string_equal(out.buf, "a%00b");
    strbuf_clear(&out);
    escape_none(&out, "a\0<", 3);
    assert_int_equal(out.len, 3);
    assert_memory_equal(out.buf, "a\0<", 3);
    strbuf_release(&out);
}

/* --- what was escaped cannot end anything, and reads back as it was --- */

static void assert_html_holds(const struct strbuf *out, const char *text, size_t len)
{
    static const struct {
        const char *entity;
        char c;
    } entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''},
    };
    const char *p = out->buf;

    for (size_t i = 0; i < len; i++) {
        char c = *p;

        assert_false(c && strchr("<>\"'", c));
        if (c == '&') {
            size_t e = 0;

            while (strncmp(p, entities[e].entity, strlen(entities[e].entity)))
                assert_true(++e < ARRAY_SIZE(entities));
            c = entities[e].c;
            p += strlen(entities[e].entity);
        } else {
            p++;
        }
        assert_int_equal(c, text[i]);
    }
    assert_ptr_equal(p, out->buf + out->len);
}

static void assert_url_holds(const struct strbuf *out, const char *text, size_t len)
{
    const char *p = out->buf;

    assert_int_equal(strspn(out->buf, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                      "0123456789-._~/%"),
                     out->len);
    for (size_t i = 0; i < len; i++) {
        char hex[3] = "";

        if (*p != '%') {
            assert_int_equal(*p++, text[i]);
            continue;
        }
        memcpy(hex, p + 1, 2);
        assert_int_equal(strspn(hex, "0123456789ABCDEF"), 2);
        assert_int_equal((char)strtoul(hex, NULL, 16), text[i]);
        p += 3;
    }
    assert_ptr_equal(p, out->buf + out->len);
}

/* jansson reads it back. */
static void assert_json_holds(const struct strbuf *out, const char *text, size_t len)
{
    struct strbuf quoted = STRBUF_INIT;
    json_t *value;

    assert_null(strpbrk(out->buf, "<"));
    for (size_t i = 0; i < out->len; i++)
        assert_true((unsigned char)out->buf[i] >= 0x20);
    strbuf_addf(&quoted, "\"%s\"", out->buf);
    value = json_loadb(quoted.buf, quoted.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    assert_non_null(value);
    assert_int_equal(json_string_length(value), len);
    assert_memory_equal(json_string_value(value), text, len);
    json_decref(value);
    strbuf_release(&quoted);
}

/* No line begins a request, and the characters that roff has names for read back. */
static void assert_roff_holds(const struct strbuf *out, const char *text, size_t len)
{
    static const struct {
        const char *escape;
        char c;
    } escapes[] = {
        {"\\e", '\\'},  {"\\(dq", '"'}, {"\\-", '-'},   {"\\(aq", '\''},
        {"\\(ga", '`'}, {"\\(ha", '^'}, {"\\(ti", '~'},
    };
    const char *p = out->buf;

    for (size_t i = 0; i < len; i++) {
        bool begins = !i || text[i - 1] == '\n';
        char c;

        assert_false(begins && (*p == '.' || *p == '\''));
        if (begins && !strncmp(p, "\\&", 2))
            p += 2;
        assert_false(*p && strchr("\"-'`^~", *p));
        c = *p;
        if (c == '\\') {
            size_t e = 0;

            while (strncmp(p, escapes[e].escape, strlen(escapes[e].escape)))
                assert_true(++e < ARRAY_SIZE(escapes));
            c = escapes[e].c;
            p += strlen(escapes[e].escape);
        } else {
            p++;
        }
        assert_int_equal(c, text[i]);
    }
    assert_ptr_equal(p, out->buf + out->len);
}

static void assert_arrives(const char *text, size_t len)
{
    struct strbuf out = STRBUF_INIT;

    escape_html(&out, text, len);
    assert_html_holds(&out, text, len);
    strbuf_clear(&out);
    escape_url(&out, text, len);
    assert_url_holds(&out, text, len);
    strbuf_clear(&out);
    escape_json(&out, text, len);
    assert_json_holds(&out, text, len);
    strbuf_clear(&out);
    escape_roff(&out, text, len);
    assert_roff_holds(&out, text, len);
    strbuf_clear(&out);
    escape_none(&out, text, len);
    assert_int_equal(out.len, len);
    assert_memory_equal(out.buf, text, len);
    strbuf_release(&out);
}

static void hostile_texts_arrive_as_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(hostile); i++)
        assert_arrives(hostile[i], strlen(hostile[i]));
}

static void every_ascii_byte_arrives(void **state)
{
    char all[128];

    (void)state;
    for (size_t i = 0; i < sizeof(all); i++) {
        all[i] = (char)i;
        assert_arrives(&all[i], 1);
    }
    assert_arrives(all, sizeof(all));
}

static void random_texts_arrive(void **state)
{
    struct testing_random random = {1};
    struct strbuf text = STRBUF_INIT;

    (void)state;
    for (size_t i = testing_rounds(20000); i; i--) {
        strbuf_clear(&text);
        for (size_t n = testing_below(&random, 6); n; n--) {
            testing_add_text(&random, &text, testing_below(&random, 10));
            strbuf_adds(&text, hostile[testing_below(&random, ARRAY_SIZE(hostile))]);
        }
        assert_arrives(text.buf, text.len);
    }
    strbuf_release(&text);
}

static void messages_by_example(void **state)
{
    (void)state;
    assert_escaped(escape_message, "", "");
    assert_escaped(escape_message, "it's \\ “决算” 𠀀 é\xC2\xA0", "it's \\ “决算” 𠀀 é\xC2\xA0");
    assert_escaped(escape_message, "\x1b[31m\r\n\t\b\x7f", "\\x1b[31m\\x0d\\x0a\\x09\\x08\\x7f");
    assert_escaped(escape_message,
                   "\xC2\x9B"
                   "31m\xC2\x80\xC2\x9F",
                   "\\xc2\\x9b31m\\xc2\\x80\\xc2\\x9f");
    assert_escaped(escape_message,
                   "\xE2\x80\xAE"
                   "txt\xE2\x81\xA6",
                   "\\xe2\\x80\\xaetxt\\xe2\\x81\\xa6");
    /* no UTF-8: alone, cut off, too long, a surrogate */
    assert_escaped(escape_message,
                   "\x9b\xff"
                   "a\xE4\xB8",
                   "\\x9b\\xffa\\xe4\\xb8");
    assert_escaped(escape_message, "\xC0\x9B\xED\xA0\x80", "\\xc0\\x9b\\xed\\xa0\\x80");
    /* what is escaped is harmless, so that doing it twice changes nothing */
    assert_escaped(escape_message, "\\x1b[31m", "\\x1b[31m");
}

#define FIFTY "01234567890123456789012345678901234567890123456789"
#define SIXTY FIFTY "0123456789"

static void long_messages_are_cut_between_characters(void **state)
{
    (void)state;
    assert_escaped(escape_message_cut, "", "");
    assert_escaped(escape_message_cut, "\x1b", "\\x1b");
    assert_escaped(escape_message_cut, SIXTY, SIXTY);
    assert_escaped(escape_message_cut, SIXTY "1", SIXTY "…");
    assert_escaped(escape_message_cut, "一" SIXTY, "一" FIFTY "0123456…");
    assert_escaped(escape_message_cut, FIFTY "01234567一", FIFTY "01234567…");
    assert_escaped(escape_message_cut, FIFTY "0123456一", FIFTY "0123456一");
    assert_escaped(escape_message_cut, FIFTY "0123456一2", FIFTY "0123456一…");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_by_example),
        cmocka_unit_test(url_by_example),
        cmocka_unit_test(json_by_example),
        cmocka_unit_test(roff_by_example),
        cmocka_unit_test(messages_by_example),
        cmocka_unit_test(long_messages_are_cut_between_characters),
        cmocka_unit_test(bytes_of_value_zero_are_escaped_too),
        cmocka_unit_test(hostile_texts_arrive_as_texts),
        cmocka_unit_test(every_ascii_byte_arrives),
        cmocka_unit_test(random_texts_arrive),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}
