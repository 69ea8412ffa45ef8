#include "base/base.h"

#include "search/fold.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "text/utf8.h"

/* The runs as UTF-8, each with a | behind it. Units beyond the BMP are put together again. */
static void show(const char *text, struct strbuf *out)
{
    struct units units = UNITS_INIT;

    fold_add(&units, text, strlen(text));
    for (size_t i = 0; i < units.count; i++) {
        uint32_t c = units.items[i];

        if (c >= 0xD800 && c < 0xDC00)
            c = 0x10000 + ((c - 0xD800) << 10) + (units.items[++i] - 0xDC00u);
        utf8_add(out, c ? c : '|');
    }
    units_release(&units);
}

static const struct {
    const char *text, *runs;
} cases[] = {
    {"", ""},
    {"，。 ", ""},
    {"支出", "支出|"},
    {"“三公”经费", "三公|经费|"},
    {"收入、支出（总计）", "收入|支出|总计|"},
    {"ＷｉＦｉ设备ＡＢＣ１２３", "wifi设备abc123|"},
    {"1,234.56万元", "1234.56万元|"},
    {"1,234,567", "1234567|"},
    {"2021,2022", "2021|2022|"},
    {"1,2345", "1|2345|"},
    {"2021，202", "2021|202|"},
    {"完成。", "完成|"},
    {"v1.2.", "v1.2|"},
    {".5 a.b 3．5", "5|a.b|3.5|"},
    {"82.13%", "82.13%|"},
    {"互联网+政务服务", "互联网+政务服务|"},
    {"a-b/c_d&e@f", "a-b/c_d&e@f|"},
    {"≥90%", "≥90%|"},
    {"——", ""},
    {"第1部分\n工作　和\t收支", "第1部分|工作|和|收支|"},
    {"𠮷野", "𠮷野|"},
    {"É é", "É|é|"},
};

static void texts_are_folded_into_runs(void **state)
{
    struct strbuf out = STRBUF_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        strbuf_clear(&out);
        show(cases[i].text, &out);
        assert_string_equal(out.buf, cases[i].runs);
    }
    strbuf_release(&out);
}

static void what_was_folded_is_folded(void **state)
{
    struct testing_random random = {7};
    struct strbuf text = STRBUF_INIT, once = STRBUF_INIT, twice = STRBUF_INIT;

    (void)state;
    for (size_t i = 0; i < testing_rounds(300); i++) {
        strbuf_clear(&text);
        strbuf_clear(&once);
        strbuf_clear(&twice);
        testing_add_text(&random, &text, 40);
        show(text.buf, &once);
        show(once.buf, &twice);
        assert_string_equal(once.buf, twice.buf);
    }
    strbuf_release(&text);
    strbuf_release(&once);
    strbuf_release(&twice);
}

static void texts_one_after_the_other_are_runs_of_their_own(void **state)
{
    struct units units = UNITS_INIT;

    (void)state;
    fold_add(&units, "a", 1);
    fold_add(&units, "。", strlen("。"));
    fold_add(&units, "b", 1);
    assert_int_equal(units.count, 4);
    assert_int_equal(units.items[1], 0);
    assert_int_equal(units.items[2], 'b');
    units_release(&units);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_folded_into_runs),
        cmocka_unit_test(what_was_folded_is_folded),
        cmocka_unit_test(texts_one_after_the_other_are_runs_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
