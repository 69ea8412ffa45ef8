#include "base/base.h"

#include "text/utf8.h"

#include <errno.h>
#include <iconv.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"

/*
 * The C library's answer to utf8_check(). The other side is UTF-16, which unlike UCS-4 has no room
 * above U+10FFFF.
 */
static size_t iconv_check(iconv_t to_utf16, const char *s, size_t len)
{
    static char sink[4096];
    char *in = (char *)s, *out = sink;
    size_t left = len, room = sizeof(sink);

    iconv(to_utf16, NULL, NULL, NULL, NULL);
    if (iconv(to_utf16, &in, &left, &out, &room) == (size_t)-1)
        assert_true(errno == EILSEQ || errno == EINVAL);
    return len - left;
}

static iconv_t open_iconv(const char *to, const char *from)
{
    iconv_t converter = iconv_open(to, from);

    assert_true(converter != (iconv_t)-1);
    return converter;
}

static void every_character_goes_there_and_back(void **state)
{
    size_t count = 0, left, room = 5000000;
    uint32_t *characters = mem_zalloc(0x110000, sizeof(*characters));
    char *expected = mem_alloc(room), *in = (char *)characters, *out = expected;
    iconv_t from_ucs4 = open_iconv("UTF-8", "UCS-4LE");
    struct strbuf text = STRBUF_INIT;
    size_t at = 0;

    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++)
        if (c < 0xD800 || c > 0xDFFF) {
            utf8_add(&text, c);
            characters[count++] = c;
        }
    left = count * sizeof(*characters);
    assert_int_equal(iconv(from_ucs4, &in, &left, &out, &room), 0);
    iconv_close(from_ucs4);
    assert_int_equal(text.len, out - expected);
    assert_memory_equal(text.buf, expected, text.len);
    assert_int_equal(utf8_check(text.buf, text.len), text.len);
    for (size_t i = 0; i < count; i++) {
        uint32_t c;

        at += utf8_decode(text.buf + at, text.len - at, &c);
        assert_int_equal(c, characters[i]);
    }
    assert_int_equal(at, text.len);
    free(characters);
    free(expected);
    strbuf_release(&text);
}

static void nothing_is_well_formed(void **state)
{
    (void)state;
    assert_int_equal(utf8_check("", 0), 0);
    assert_int_equal(utf8_check("\xFF", 0), 0);
    assert_int_equal(utf8_check(NULL, 0), 0);
}

static void every_kind_of_malformed_sequence_is_found(void **state)
{
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"\x80", 0}, /* a continuation without a beginning */
        {"a\xBF", 1},
        {"中\x80", 3},
        {"\xC0\x80", 0}, /* overlong */
        {"\xC1\xBF", 0},
        {"\xE0\x80\x80", 0},
        {"\xE0\x9F\xBF", 0},
        {"\xF0\x80\x80\x80", 0},
        {"\xF0\x8F\xBF\xBF", 0},
        {"\xF8\x88\x80\x80\x80", 0},
        {"\xFC\x84\x80\x80\x80\x80", 0},
        {"\xED\xA0\x80", 0}, /* surrogates, alone and in pairs */
        {"\xED\xBF\xBF", 0},
        {"\xED\xA0\xBD\xED\xB8\x80", 0},
        {"\xF4\x90\x80\x80", 0}, /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 0},
        {"\xF7\xBF\xBF\xBF", 0},
        {"\xFE", 0},
        {"\xFF", 0},
        {"ok\xC3", 2}, /* cut off */
        {"ok\xE4\xB8", 2},
        {"ok\xE4", 2},
        {"ok\xF0\xA0\x80", 2},
        {"ok\xF0\xA0", 2},
        {"ok\xF0", 2},
        {"\xC3(", 0}, /* something else in the middle */
        {"\xE4(\xAD", 0},
        {"\xE4\xB8(", 0},
        {"\xF0\xA0\x80(", 0},
        {"\xF0\xA0(\x80", 0},
        {"\xE4\xB8\xE4\xB8\xAD", 0},
        {"\xC4\xE3\xBA\xC3", 0}, /* GB 18030 and Latin-1 */
        {"\xBE\xF6\xCB\xE3", 0},
        {"caf\xE9 au lait", 3},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_int_equal(utf8_check(cases[i].text, strlen(cases[i].text)), cases[i].bad);
    assert_int_equal(utf8_check("a\0b\xFF", 4), 3);
    assert_int_equal(utf8_check("a\0b", 3), 3);
    assert_int_equal(utf8_check("中文", 5), 3);                         /* not beyond the length */
    assert_int_equal(utf8_check("\xEF\xBF\xBF\xF4\x8F\xBF\xBF", 7), 7); /* U+FFFF and U+10FFFF */
}

/* All pairs of bytes, and bytes at the limits of the table in longer ones. */
static void agrees_with_iconv_on_short_sequences(void **state)
{
    static const unsigned char edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90,
                                          0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    iconv_t to_utf16 = open_iconv("UTF-16LE", "UTF-8");
    size_t first = getenv("MEMCHECK") ? 0xDF : 0;

    (void)state;
    for (size_t a = first; a < 256; a++)
        for (size_t b = 0; b < 256; b++) {
            char text[2] = {(char)a, (char)b};

            assert_int_equal(utf8_check(text, 2), iconv_check(to_utf16, text, 2));
        }
    for (size_t a = first; a < 256; a++)
        for (size_t i = 0; i < 1000; i++) {
            char text[4] = {(char)a, (char)edges[i / 100], (char)edges[i / 10 % 10],
                            (char)edges[i % 10]};

            assert_int_equal(utf8_check(text, 3), iconv_check(to_utf16, text, 3));
            assert_int_equal(utf8_check(text, 4), iconv_check(to_utf16, text, 4));
        }
    iconv_close(to_utf16);
}

/* Good characters for the most part, with something broken here and there. */
static void agrees_with_iconv_on_random_bytes(void **state)
{
    struct testing_random random = {1};
    struct strbuf text = STRBUF_INIT;
    iconv_t to_utf16 = open_iconv("UTF-16LE", "UTF-8");
    size_t rounds = testing_rounds(200000), well = 0;

    (void)state;
    for (size_t i = 0; i < rounds; i++) {
        strbuf_clear(&text);
        for (size_t n = testing_below(&random, 12); n; n--) {
            size_t before = text.len;

            switch (testing_below(&random, 20)) {
            case 0: /* a character less its last byte */
                testing_add_text(&random, &text, 1);
                strbuf_set_len(&text, text.len - 1);
                break;
            case 1:
                strbuf_addch(&text, (char)testing_random(&random));
                break;
            case 2: /* a character with a bit turned over */
                testing_add_text(&random, &text, 1);
                text.buf[before + testing_below(&random, text.len - before)] ^=
                    (char)(1 << testing_below(&random, 8));
                break;
            case 3:
                strbuf_addn(&text, 'x', testing_below(&random, 20));
                break;
            default:
                testing_add_text(&random, &text, 1 + testing_below(&random, 6));
                break;
            }
        }
        assert_int_equal(utf8_check(text.buf, text.len), iconv_check(to_utf16, text.buf, text.len));
        well += utf8_check(text.buf, text.len) == text.len;
    }
    assert_true(well > rounds / 10 && well < rounds - rounds / 10);
    iconv_close(to_utf16);
    strbuf_release(&text);
}

/* Long runs are checked in steps: a bad byte must be found in every place of a step. */
static void a_bad_byte_is_found_anywhere_in_a_run(void **state)
{
    static const char *const runs[] = {"a", "é", "算", "𠀀", "a算", "aaaaaaa算"};
    struct strbuf text = STRBUF_INIT;

    (void)state;
    for (size_t r = 0; r < ARRAY_SIZE(runs); r++)
        for (size_t before = 0; before < 24; before++)
            for (size_t after = 0; after < 24; after++) {
                size_t bad;

                strbuf_clear(&text);
                for (size_t i = 0; i < before; i++)
                    strbuf_adds(&text, runs[r]);
                bad = text.len;
                strbuf_addch(&text, '\xFF');
                for (size_t i = 0; i < after; i++)
                    strbuf_adds(&text, runs[r]);
                assert_int_equal(utf8_check(text.buf, text.len), bad);
                text.buf[bad] = '\x80';
                assert_int_equal(utf8_check(text.buf, text.len), bad);
                text.buf[bad] = '+';
                assert_int_equal(utf8_check(text.buf, text.len), text.len);
            }
    strbuf_release(&text);
}

static void a_byte_order_mark_stands_first(void **state)
{
    (void)state;
    assert_true(utf8_has_mark("\xEF\xBB\xBF", 3));
    assert_true(utf8_has_mark("\xEF\xBB\xBFx", 4));
    assert_false(utf8_has_mark("\xEF\xBB\xBF", 2));
    assert_false(utf8_has_mark("x\xEF\xBB\xBF", 4));
    assert_false(utf8_has_mark("", 0));
}

static void assert_clean(const char *text, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    utf8_add_clean(&out, text, strlen(text));
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void what_is_not_well_formed_is_replaced(void **state)
{
    (void)state;
    assert_clean("", "");
    assert_clean("决算", "决算");
    assert_clean("\xFF", "\xEF\xBF\xBD");
    assert_clean("a\xB8\xFC决", "a\xEF\xBF\xBD\xEF\xBF\xBD决");
    assert_clean("决\xE5\x86", "决\xEF\xBF\xBD\xEF\xBF\xBD"); /* cut off */
}

static void chinese_characters_are_found(void **state)
{
    static const char *const with[] = {"部", "a部", "，一", "〇㐀", "豈", "\U00020000"};
    static const char *const without[] = {"", "abc", "é", "，。", "“”", "〇", "あ", "가", "😀"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(with); i++)
        assert_true(utf8_has_han(with[i], strlen(with[i])));
    for (size_t i = 0; i < ARRAY_SIZE(without); i++)
        assert_false(utf8_has_han(without[i], strlen(without[i])));
}

/* The limits of each block of Chinese characters, and what stands beside them. */
static void chinese_characters_are_in_blocks(void **state)
{
    static const uint32_t first_last[][2] = {
        {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF}};
    size_t count = 0, expected = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(first_last); i++) {
        assert_true(utf8_is_han(first_last[i][0]) && utf8_is_han(first_last[i][1]));
        expected += first_last[i][1] - first_last[i][0] + 1;
    }
    for (uint32_t c = 0; c <= 0x10FFFF; c++)
        count += utf8_is_han(c);
    assert_int_equal(count, expected);
}

static void full_width_forms_of_ascii_become_narrow(void **state)
{
    static const char wide[] = "！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠"
                               "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀"
                               "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～";
    static const uint32_t others[] = {0, ' ', 'A', '~', 0x3000, 0x2212, 0xFF00, 0xFF5F, 0xFFE5};
    uint32_t expected = '!';

    (void)state;
    for (size_t at = 0; wide[at]; expected++) {
        uint32_t c;

        at += utf8_decode(wide + at, strlen(wide + at), &c);
        assert_int_equal(utf8_half_width(c), expected);
    }
    assert_int_equal(expected, '~' + 1);
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        assert_int_equal(utf8_half_width(others[i]), others[i]);
}

static void going_back_ends_at_a_character(void **state)
{
    static const char text[] = "a支出b"; /* 1, 3, 3 and 1 bytes */

    (void)state;
    assert_int_equal(utf8_back(text, 8, 100), 0);
    assert_int_equal(utf8_back(text, 8, 8), 0);
    assert_int_equal(utf8_back(text, 8, 7), 1);
    assert_int_equal(utf8_back(text, 8, 6), 4); /* not within the first of two */
    assert_int_equal(utf8_back(text, 8, 4), 4);
    assert_int_equal(utf8_back(text, 8, 3), 7);
    assert_int_equal(utf8_back(text, 8, 1), 7);
    assert_int_equal(utf8_back(text, 8, 0), 8);
    assert_int_equal(utf8_back(text, 0, 5), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_characters_are_found),
        cmocka_unit_test(chinese_characters_are_in_blocks),
        cmocka_unit_test(full_width_forms_of_ascii_become_narrow),
        cmocka_unit_test(going_back_ends_at_a_character),
        cmocka_unit_test(a_byte_order_mark_stands_first),
        cmocka_unit_test(every_character_goes_there_and_back),
        cmocka_unit_test(nothing_is_well_formed),
        cmocka_unit_test(every_kind_of_malformed_sequence_is_found),
        cmocka_unit_test(agrees_with_iconv_on_short_sequences),
        cmocka_unit_test(agrees_with_iconv_on_random_bytes),
        cmocka_unit_test(what_is_not_well_formed_is_replaced),
        cmocka_unit_test(a_bad_byte_is_found_anywhere_in_a_run),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
