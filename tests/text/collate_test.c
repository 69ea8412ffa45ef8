#include "base/base.h"

#include "text/collate.h"

#include "base/strbuf.h"
#include "base/testing.h"

/* The bytes are those that Python's codec gb18030 gives. */
static void keys_are_gb_18030(void **state)
{
    static const struct {
        const char *text, *key;
    } cases[] = {
        {"", ""},
        {"A1", "A1"},
        {"啊", "\xB0\xA1"},                 /* the first character of GB/T 2312, level 1 */
        {"座", "\xD7\xF9"},                 /* the last of it */
        {"㐀", "\x81\x39\xEE\x39"},         /* four bytes */
        {"\U0001F600", "\x94\x39\xFC\x36"}, /* not in the basic plane */
        {"财政局", "\xB2\xC6\xD5\xFE\xBE\xD6"},
    };
    struct strbuf key = STRBUF_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        strbuf_clear(&key);
        strbuf_adds(&key, "before");
        collate_key(cases[i].text, strlen(cases[i].text), &key);
        assert_int_equal(strncmp(key.buf, "before", 6), 0);
        assert_string_equal(key.buf + 6, cases[i].key);
        assert_int_equal(key.len, 6 + strlen(cases[i].key));
    }
    strbuf_release(&key);
}

static void names_come_in_the_order_of_their_pinyin(void **state)
{
    static const char *const names[] = {"A局",        "安全监管局", "财政局",    "城市管理局",
                                        "发展改革委", "教育局",     "民政局",    "人民政府办公室",
                                        "审计局",     "卫生健康委", "政务服务局"};
    struct strbuf one = STRBUF_INIT, other = STRBUF_INIT;

    (void)state;
    for (size_t i = 0; i + 1 < ARRAY_SIZE(names); i++) {
        strbuf_clear(&one);
        strbuf_clear(&other);
        collate_key(names[i], strlen(names[i]), &one);
        collate_key(names[i + 1], strlen(names[i + 1]), &other);
        if (strcmp(one.buf, other.buf) >= 0)
            fail_msg("%s does not come before %s", names[i], names[i + 1]);
    }
    strbuf_release(&one);
    strbuf_release(&other);
}

static void what_is_no_utf8_is_kept(void **state)
{
    struct strbuf key = STRBUF_INIT;

    (void)state;
    collate_key("a\xFF", 2, &key);
    assert_string_equal(key.buf, "a\xFF");
    strbuf_release(&key);
}

static void long_names_fit(void **state)
{
    struct strbuf name = STRBUF_INIT, key = STRBUF_INIT;

    (void)state;
    for (int i = 0; i < 5000; i++)
        strbuf_adds(&name, i % 2 ? "㐀" : "£"); /* three bytes and two, both become four */
    collate_key(name.buf, name.len, &key);
    assert_int_equal(key.len, 4 * 5000);
    strbuf_release(&name);
    strbuf_release(&key);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_gb_18030),
        cmocka_unit_test(names_come_in_the_order_of_their_pinyin),
        cmocka_unit_test(what_is_no_utf8_is_kept),
        cmocka_unit_test(long_names_fit),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("collate", tests, NULL, NULL);
}
