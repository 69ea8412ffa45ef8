#include "base/base.h"

#include "import/clean.h"

#include "base/arena.h"
#include "base/testing.h"

static void assert_key(const char *text, const char *key)
{
    struct arena arena = ARENA_INIT;

    assert_string_equal(clean_key(&arena, text, strlen(text)), key);
    arena_release(&arena);
}

static void texts_are_told_apart_by_what_they_say_alone(void **state)
{
    (void)state;
    assert_key("一、一般公共预算财政拨款收入", "一般公共预算财政拨款收入");
    assert_key("  （一）“三公”经费", "三公经费");
    assert_key("1.因公出国（境）费", "因公出国境费");
    assert_key("其中：公务用车购置费", "公务用车购置费");
    assert_key("其中：（1）公务用车购置费", "公务用车购置费");
    assert_key("预算\n数", "预算数");
    assert_key("二十四、抗疫特别国债安排的支出", "抗疫特别国债安排的支出");
    assert_key("其他支出", "其他支出");
    assert_key("其中", "其中"); /* there is nothing else */
    assert_key("——", "");
    assert_key("㐀，中；豈：𠮷〇０Ａ％", "㐀中豈𠮷〇0A%");
}

static void assert_numbering(const char *text, size_t len, unsigned level)
{
    unsigned found = 0;

    assert_int_equal(clean_numbering(text, &found), len);
    if (len)
        assert_int_equal(found, level);
}

static void numbers_of_headings_have_levels(void **state)
{
    (void)state;
    assert_numbering("第一部分 概况", strlen("第一部分 "), 1);
    assert_numbering("第 2 部分", strlen("第 2 部分"), 1);
    assert_numbering("十一、其他", strlen("十一、"), 2);
    assert_numbering("（三）支出", strlen("（三）"), 3);
    assert_numbering("(三) 支出", strlen("(三) "), 3);
    assert_numbering("12.支出", strlen("12."), 4);
    assert_numbering("3、支出", strlen("3、"), 4);
    assert_numbering("（4）支出", strlen("（4）"), 5);
    assert_numbering("④支出", strlen("④"), 6);
    assert_numbering("4.5万元", 0, 0);
    assert_numbering("一般公共预算", 0, 0);
    assert_numbering("2021年", 0, 0);
    assert_numbering("", 0, 0);
}

static void assert_clean(const char *text, const char *expected)
{
    struct arena arena = ARENA_INIT;

    assert_string_equal(clean_text(&arena, text), expected);
    arena_release(&arena);
}

static void digits_and_spaces_are_those_of_ascii(void **state)
{
    (void)state;
    assert_clean("１２．５％", "12.5%");
    assert_clean("1\xE2\x80\x89"
                 "234\xC2\xA0万元",
                 "1,234 万元");
    assert_clean("ＵＰＳ", "UPS");
    assert_clean("1，234，567", "1,234,567");
    assert_clean("1，23", "1，23"); /* a comma between clauses */
    assert_clean("中\xE2\x80\x8B文", "中文");
    assert_clean("，。（）", "，。（）");
    assert_clean("＋１．２－３−４", "+1.2-3-4");
    assert_clean("Ａ：Ｂ；（Ｃ）／Ｄ！", "A：B；（C）／D！"); /* as Chinese is punctuated */
}

static void fillers_say_nothing_of_their_own(void **state)
{
    (void)state;
    assert_true(clean_is_filler(""));
    assert_true(clean_is_filler("2021年度决算数为"));
    assert_true(clean_is_filler("完成年初预算的"));
    assert_false(clean_is_filler("公务用车加油"));
    assert_false(clean_is_filler("政府采购货物支出"));
}

static void a_text_of_lines_becomes_one(void **state)
{
    struct arena arena = ARENA_INIT;

    (void)state;
    assert_string_equal(clean_line(&arena, "年初预\n算数"), "年初预算数");
    assert_string_equal(clean_line(&arena, "A \n B"), "A B");
    assert_string_equal(clean_line(&arena, "一\n\n二"), "一二");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_told_apart_by_what_they_say_alone),
        cmocka_unit_test(numbers_of_headings_have_levels),
        cmocka_unit_test(digits_and_spaces_are_those_of_ascii),
        cmocka_unit_test(fillers_say_nothing_of_their_own),
        cmocka_unit_test(a_text_of_lines_becomes_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
