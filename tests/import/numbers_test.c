#include "base/base.h"

#include "import/numbers.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "import/clean.h"

/* "12345.60 万元 figure; 2021 date" */
static void assert_numbers(const char *text, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct strbuf told = STRBUF_INIT;
    struct numbers found = {0};

    numbers_find(&arena, clean_text(&arena, text), &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct number *n = &found.items[i];

        strbuf_addf(&told, "%s%s%s%s %s", i ? "; " : "", n->digits, n->unit ? " " : "",
                    n->unit ? n->unit : "", number_class_name(n->class));
    }
    assert_string_equal(told.buf, expected);
    strbuf_release(&told);
    arena_release(&arena);
}

static void figures_have_their_units(void **state)
{
    (void)state;
    assert_numbers("总计4180.76万元，增长82.13%", "4180.76 万元 figure; 82.13 % figure");
    assert_numbers("１２，３４５．６０ 万元", "12345.60 万元 figure");
    assert_numbers("1,234,567.89元", "1234567.89 元 figure");
    assert_numbers("100%……", "100 % figure");
    assert_numbers("增长 0.04 ％", "0.04 % figure");
    assert_numbers("5%%", "5 % figure");
    assert_numbers("审查意见490余件", "490 件 figure");
    assert_numbers("84套(台)", "84 套(台) figure");
    assert_numbers("设备3台（套）", "3 台（套） figure");
    assert_numbers("下降3个百分点", "3 个百分点 figure");
    assert_numbers("7个月", "7 个月 figure");
    assert_numbers("造林5万亩", "5 万亩 figure");
    assert_numbers("支出5万，2万余人", "5 万 figure; 2 万人 figure");
    assert_numbers("≥90", "90 figure");
    assert_numbers("", "");
    assert_numbers("没有数字", "");
}

static void a_comma_that_groups_no_three_digits_ends_a_number(void **state)
{
    (void)state;
    assert_numbers("30万元,20万元", "30 万元 figure; 20 万元 figure");
    assert_numbers("12,34", "12 figure; 34 figure");
    assert_numbers("1234,567", "1234 figure; 567 figure");
}

static void minus_signs_are_of_numbers_only_where_nothing_else_is_meant(void **state)
{
    (void)state;
    assert_numbers("-12.50", "-12.50 figure");
    assert_numbers("－12.50", "-12.50 figure");
    assert_numbers("增减额：-3.20万元", "-3.20 万元 figure");
    assert_numbers("增长-3.2%", "-3.2 % figure");
    assert_numbers("增加（减少）-3万元", "-3 万元 figure");
    assert_numbers("90（含）-100分", "90 figure; 100 分 figure");
    assert_numbers("90-100分", "90 figure; 100 分 figure");
}

static void years_months_and_days_are_dates(void **state)
{
    (void)state;
    assert_numbers("2021年12月31日", "2021 date; 12 date; 31 date");
    assert_numbers("2024 年度", "2024 date");
    assert_numbers("2021.5.28-2022.5.27", "2021.5.28 date; 2022.5.27 date");
    assert_numbers("2021.1月-2021.12月", "2021.1 date; 2021.12 date");
    assert_numbers("按时1-12月完成", "1 date; 12 date");
    assert_numbers("2021.4.1-12.1（", "2021.4.1 date; 12.1 date");
    assert_numbers("2023-09-01", "2023-09-01 date");
    assert_numbers("每天24小时", "24 小时 figure");
    assert_numbers("投入2021万元", "2021 万元 figure"); /* no year */
    assert_numbers("聘用13个月", "13 个月 figure");
}

static void what_numbers_an_item_is_no_figure(void **state)
{
    (void)state;
    assert_numbers("1.部门职能", "1 numbering");
    assert_numbers("2、机构情况", "2 numbering");
    assert_numbers("1.2021年", "1 numbering; 2021 date");
    assert_numbers("增长1.2021万元", "1.2021 万元 figure");
    assert_numbers("职能：（1）统筹；（10）其他", "1 numbering; 10 numbering");
    assert_numbers("（2）产出质量", "2 numbering");
    assert_numbers("数量指标2", "2 numbering");
    assert_numbers("第3条", "3 numbering");
    assert_numbers("1.5", "1.5 figure");
    assert_numbers("第一部分", "");
    assert_numbers("共完成。3、检查", "3 numbering");
}

static void numbers_of_documents_are_codes(void **state)
{
    (void)state;
    assert_numbers("国办发〔2017〕47号", "2017 code; 47 code");
    assert_numbers("批复[2021]380号文", "2021 code; 380 code");
    assert_numbers("（2021）第3号", "2021 code; 3 code");
}

static void telephones_and_cards_are_contacts(void **state)
{
    (void)state;
    assert_numbers("联系电话：87654321", "87654321 contact");
    assert_numbers("电话：0571-8765 4321转12",
                   "0571 contact; 8765 contact; 4321 contact; 12 contact");
    assert_numbers("电话：87654321 2021年", "87654321 contact; 2021 date");
    assert_numbers("电话010-87654321", "010 contact; 87654321 contact");
    assert_numbers("13812345678", "13812345678 contact");
    assert_numbers("110101199003070000", "110101199003070000 contact");
    assert_numbers("87654321", "87654321 figure"); /* nothing says that it is one */
}

static void blanks_may_group_the_digits_of_an_amount(void **state)
{
    (void)state;
    assert_numbers("总计186 543 210.55元", "186543210.55 元 figure");
    assert_numbers("总计12 345.60 万元，增长7%", "12345.60 万元 figure; 7 % figure");
    assert_numbers("总计186\u202f543万元", "186543 万元 figure");
    assert_numbers("1\u2009234\u2009567.89", "1234567.89 figure");
    assert_numbers("12 345万元", "12 figure; 345 万元 figure"); /* may be two */
    assert_numbers("1.50 200.00万元", "1.50 figure; 200.00 万元 figure");
    assert_numbers("100 200 300", "100 figure; 200 figure; 300 figure");
}

static void parts_of_names_are_no_figures(void **state)
{
    (void)state;
    assert_numbers("5G通信", "5 name");
    assert_numbers("A4纸", "4 name");
    assert_numbers("12345热线", "12345 name");
    assert_numbers("公开01表", "01 name");
    assert_numbers("附表3", "3 name");
    assert_numbers("“15分钟社区生活圈”", "15 name");
    assert_numbers("达到“20%”", "20 % figure");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_have_their_units),
        cmocka_unit_test(a_comma_that_groups_no_three_digits_ends_a_number),
        cmocka_unit_test(minus_signs_are_of_numbers_only_where_nothing_else_is_meant),
        cmocka_unit_test(years_months_and_days_are_dates),
        cmocka_unit_test(what_numbers_an_item_is_no_figure),
        cmocka_unit_test(numbers_of_documents_are_codes),
        cmocka_unit_test(telephones_and_cards_are_contacts),
        cmocka_unit_test(blanks_may_group_the_digits_of_an_amount),
        cmocka_unit_test(parts_of_names_are_no_figures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
