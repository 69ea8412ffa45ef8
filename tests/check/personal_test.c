#include "base/base.h"

#include "check/texts.h"

#include "base/arena.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"

/*
 * What is taken for personal data, and what is not. All numbers and names are invented (虚构); the
 * number of an identity card is the example of GB 11643.
 */

/* What is found in a text: "kind masked; kind masked"; what is shown never has the whole of it. */
static void find(const char *s, size_t len, struct strbuf *out)
{
    char *bytes = mem_alloc(len ? len : 1); /* just its size, so that no reader goes beyond */
    struct arena arena = ARENA_INIT;
    struct report report = {.path = text_of("town/office/2021"),
                            .department = text_of("town/office"),
                            .year = {2021, true, {0, 0}}};
    struct checking c = {.report = &report, .arena = &arena};
    struct check_text text = {.s = bytes,
                              .len = len,
                              .is_markdown = true,
                              .path = "departments/town/office/2021/narrative.md"};

    memcpy(bytes, s, len);
    check_personal_data(&c, &text);
    for (size_t i = 0; i < c.finding_count; i++) {
        const struct finding *finding = &c.findings[i];
        size_t from = strlen("文字里有");
        const char *kind = finding->message.s + from;

        assert_memory_equal(finding->message.s, "文字里有", from);
        assert_string_equal(finding->rule.s, "personal-data");
        assert_string_equal(finding->figures.items[0].address.s, "town/office/2021/narrative");
        strbuf_addf(out, "%s%.*s %s", out->len ? "; " : "", (int)strcspn(kind, "\xef"), kind,
                    finding->stated.s);
    }
    free(c.findings);
    free(c.used);
    arena_release(&arena);
    free(bytes);
}

static void assert_found(const char *text, const char *expected)
{
    /* alone, and within a sentence */
    static const char *const around[][2] = {{"", ""}, {"第一行\n说明：", "。以后"}, {"（", "）"}};

    for (size_t i = 0; i < ARRAY_SIZE(around); i++) {
        struct strbuf whole = STRBUF_INIT, found = STRBUF_INIT;

        strbuf_addf(&whole, "%s%s%s", around[i][0], text, around[i][1]);
        find(whole.buf, whole.len, &found);
        if (strcmp(found.buf, expected))
            fail_msg("'%s': found '%s', not '%s'", whole.buf, found.buf, expected);
        strbuf_release(&whole);
        strbuf_release(&found);
    }
}

static void mobile_numbers(void **state)
{
    (void)state;
    assert_found("手机13800138000", "手机号 138******00");
    assert_found("13800138000", "手机号 138******00");
    assert_found("138-0013-8000", "手机号 138******00");
    assert_found("138 0013 8000", "手机号 138******00");
    assert_found("+86 13800138000", "手机号 861********00");
    assert_found("19912345678", "手机号 199******78");
    assert_found("12012345678", ""); /* no such numbers */
    assert_found("1380013800", "");  /* a digit too few */
    assert_found("138001380000", "");
}

static void landline_numbers(void **state)
{
    (void)state;
    assert_found("电话：010-12345678", "电话号码 010******78");
    assert_found("010-12345678", "电话号码 010******78");
    assert_found("（021）56801234", "电话号码 021******34");
    assert_found("(021)56801234", "电话号码 021******34");
    assert_found("0755-1234567", "电话号码 075******67");
    assert_found("0755-12345678", "电话号码 075*******78");
    assert_found("电话63801234", "电话号码 638***34");
    assert_found("联系方式 6380123", "电话号码 638**23");
    assert_found("传真：6380-1234", "电话号码 638***34");
    assert_found("编号63801234", ""); /* nothing says that it is one */
    assert_found("编号 01012345678", "");
    assert_found("热线12345", ""); /* of an office, and known to all */
}

static void identity_cards(void **state)
{
    (void)state;
    assert_found("11010519491231002X", "身份证号 110************02");
    assert_found("11010519491231002x", "身份证号 110************02");
    assert_found("110105 19491231 002X", "身份证号 110************02");
    assert_found("440524188001010014", "身份证号 440*************14");
    assert_found("110105194912310029", ""); /* the check digit is X */
    assert_found("11010519491331002X", ""); /* the 13th month */
}

static void bank_cards(void **state)
{
    (void)state;
    assert_found("6222021234567890128", "银行卡号 622**************28");
    assert_found("6222 0212 3456 7890 128", "银行卡号 622**************28");
    assert_found("4111111111111111", "银行卡号 411***********11");
    assert_found("6222021234567890123", ""); /* the check digit is wrong */
    assert_found("1222021234567890", "");
}

static void several_numbers_one_after_the_other(void **state)
{
    (void)state;
    assert_found("13800138000 13900139000", "手机号 138******00; 手机号 139******00");
    assert_found("电话010-12345678 13800138000", "电话号码 010******78; 手机号 138******00");
    assert_found("2021-12-31 13800138000", "手机号 138******00");
    assert_found("13800138000、13900139000", "手机号 138******00; 手机号 139******00");
}

static void addresses_of_mail(void **state)
{
    (void)state;
    assert_found("someone@example.com", "电子邮箱 s***@example.com");
    assert_found("邮箱：some.one-1+x@mail.example.gov.cn", "电子邮箱 s***@mail.example.gov.cn");
    assert_found("a@b", "");
    assert_found("@example.com", "");
    assert_found("单价3@5.5", "");
    assert_found("www.example.gov.cn", "");
}

static void names(void **state)
{
    (void)state;
    assert_found("负责人：张三", "负责人的姓名 张某");
    assert_found("项目负责人:李四", "负责人的姓名 李某");
    assert_found("联系人 王五，", "联系人的姓名 王某");
    assert_found("联系人,赵六,办公室", "联系人的姓名 赵某");
    assert_found("负责人|张三|", "负责人的姓名 张某");
    assert_found("负责人及电话：张三", "负责人的姓名 张某");
    assert_found("填报人：欧阳甲", "填报人的姓名 欧某");
    assert_found("审核人姓名：钱七", "审核人的姓名 钱某");
    assert_found("负责人：张㐀", "负责人的姓名 张某"); /* characters that few have */
    assert_found("负责人：张三𠮷", "负责人的姓名 张某");
    assert_found("联系人：孙八 13800138000", "联系人的姓名 孙某; 手机号 138******00");
}

static void what_is_no_name(void **state)
{
    (void)state;
    assert_found("负责人：安全科", "");
    assert_found("负责人：高级工程师", "");
    assert_found("负责人：办公室主任", "");
    assert_found("负责人审核", "");
    assert_found("负责人：", "");
    assert_found("主要负责人、分管负责人", "");
    assert_found("项目负责人为高度重视", ""); /* no mark between them */
    assert_found("张三", "");                 /* nothing says who that is */
}

static void what_is_no_personal_data(void **state)
{
    static const char *const cases[] = {
        "4180.76万元",
        "13800138000.50元",
        "0.13800138000",
        "支出12345678元",
        "1,380,013,8000",
        "2010301",
        "科目2010301 2010302 2010303",
        "30101",
        "2021-12-31",
        "20211231",
        "2021—2022年",
        "2021年12月31日",
        "财预〔2016〕143号",
        "合同编号0102021001",
        "编号 20210101001",
        "电话费1234567元",
        "电话费 12345678 元",
        "电话调查2021-12-31完成",
        "projects/p07",
        "110106",
        "统一社会信用代码91110106MA01ABCD2X",
        "99.44%",
        "3.14159265358979",
        "",
        "X",
        "-",
        "1",
        "12345678901234567890123456789012345678901234567890",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_found(cases[i], "");
}

/* Whatever the bytes are, nothing is read beyond them. */
static void random_bytes(void **state)
{
    static const char *const words[] = {"负责人",
                                        "：",
                                        "张",
                                        "三",
                                        "138",
                                        "0013",
                                        "8000",
                                        "-",
                                        " ",
                                        "@",
                                        ".cn",
                                        "电话",
                                        "010",
                                        "）",
                                        "X",
                                        "—",
                                        "11010519491231002"};
    struct testing_random random = {1};

    (void)state;
    for (size_t i = testing_rounds(20000); i; i--) {
        struct strbuf text = STRBUF_INIT, found = STRBUF_INIT;

        for (size_t n = testing_below(&random, 12); n; n--)
            if (testing_below(&random, 8))
                strbuf_adds(&text, words[testing_below(&random, ARRAY_SIZE(words))]);
            else
                strbuf_addch(&text, (char)testing_below(&random, 256));
        /* often in the midst of a character */
        find(text.buf, text.len - (text.len ? testing_below(&random, 2) : 0), &found);
        strbuf_release(&text);
        strbuf_release(&found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mobile_numbers),
        cmocka_unit_test(landline_numbers),
        cmocka_unit_test(identity_cards),
        cmocka_unit_test(bank_cards),
        cmocka_unit_test(several_numbers_one_after_the_other),
        cmocka_unit_test(addresses_of_mail),
        cmocka_unit_test(names),
        cmocka_unit_test(what_is_no_name),
        cmocka_unit_test(what_is_no_personal_data),
        cmocka_unit_test(random_bytes),
    };

    return cmocka_run_group_tests_name("personal", tests, NULL, NULL);
}
