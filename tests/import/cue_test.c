#include "base/base.h"

#include "import/cue.h"

#include "base/arena.h"
#include "base/testing.h"

static void assert_cue(const char *lead, const char *unit, enum cue_kind kind,
                       enum cue_direction direction)
{
    struct number number = {.digits = "1", .unit = unit};
    struct cue cue = cue_of(lead, &number);

    if (cue.kind != kind || cue.direction != direction)
        fail_msg("%s: %d %d", lead, (int)cue.kind, (int)cue.direction);
}

static void words_before_an_amount_say_what_it_is(void **state)
{
    (void)state;
    assert_cue("2021年度决算", "万元", CUE_FINAL, DIRECTION_NONE);
    assert_cue("年初预算为 ", "万元", CUE_BUDGET, DIRECTION_NONE);
    assert_cue("与2021年年初预算数", "万元", CUE_BUDGET, DIRECTION_NONE);
    assert_cue("，比上年减少了", "万元", CUE_CHANGE, DIRECTION_DOWN);
    assert_cue("收、支总计各增加 ", "万元", CUE_CHANGE, DIRECTION_UP);
    assert_cue("，下降（增长）", "%", CUE_RATE, DIRECTION_UNCLEAR);
    assert_cue("，增长", "%", CUE_RATE, DIRECTION_UP);
    assert_cue("，增长 ", NULL, CUE_RATE, DIRECTION_UP); /* its sign is missing */
    assert_cue("，占收入合计的", "%", CUE_SHARE, DIRECTION_NONE);
    assert_cue("，完成年初预算的 ", "%", CUE_COMPLETION, DIRECTION_NONE);
    assert_cue("调整后预算数为", "万元", CUE_NONE, DIRECTION_NONE); /* not the initial one */
    assert_cue("，年中追加", "万元", CUE_NONE, DIRECTION_NONE);
    assert_cue("预算调增", "万元", CUE_NONE, DIRECTION_NONE);
    assert_cue("失分率为", "%", CUE_NONE, DIRECTION_NONE);
    assert_cue("行政编制", "人", CUE_ESTABLISHED, DIRECTION_NONE);
    assert_cue("，实有人数", "人", CUE_ACTUAL, DIRECTION_NONE);
    assert_cue("，平均得分", "分", CUE_MEAN, DIRECTION_NONE);
    assert_cue("满分", "分", CUE_NONE, DIRECTION_NONE);
    assert_cue("，减少", "期", CUE_NONE, DIRECTION_NONE); /* of things there are no changes */
    assert_cue("满意度", NULL, CUE_NONE, DIRECTION_NONE);
}

static void assert_base(const char *words, enum cue_base base)
{
    struct arena arena = ARENA_INIT;

    assert_int_equal(cue_base_of(&arena, words, 2021), base);
    arena_release(&arena);
}

static void what_is_compared_with_is_the_last_that_is_named(void **state)
{
    (void)state;
    assert_base("比上年增加", BASE_PRIOR);
    assert_base("与 2020 年度相比", BASE_PRIOR);
    assert_base("较上一度", BASE_PRIOR);
    assert_base("同比增加", BASE_PRIOR);
    assert_base("比2021年年初预算增加", BASE_BUDGET);
    assert_base("比2020年年初预算增加", BASE_BUDGET); /* whatever the year */
    assert_base("比上年增加10万元，比年初预算", BASE_BUDGET);
    assert_base("与2019年", BASE_NONE);
    assert_base("2021年度", BASE_NONE);
}

static void amounts_of_other_years_are_told(void **state)
{
    (void)state;
    assert_true(cue_is_of_other_year("比上年的", 2021));
    assert_true(cue_is_of_other_year("政府采购支出总额较2020年", 2021));
    assert_true(cue_is_of_other_year("，比2019年决算数", 2021));
    assert_false(cue_is_of_other_year("与上年相比，支出", 2021)); /* of another clause */
    assert_false(cue_is_of_other_year("上年结转和结余", 2021));
    assert_false(cue_is_of_other_year("比2020年年初预算数", 2021)); /* whatever the year */
    assert_false(cue_is_of_other_year("与上年持平，为", 2021));
    assert_false(cue_is_of_other_year("2021年决算数", 2021));
}

static void assert_subject(const char *lead, const char *subject)
{
    struct arena arena = ARENA_INIT;

    assert_string_equal(cue_subject(&arena, lead), subject);
    arena_release(&arena);
}

static void comparisons_and_cues_are_not_what_it_is_about(void **state)
{
    (void)state;
    assert_subject("，比上年增加", "，");
    assert_subject("与 2023 年度相比，收入支出总计增加 ", "收入支出总计");
    assert_subject("比2021年“三公”经费财政拨款年初预算", "");
    assert_subject("公务接待费支出决算减少 ", "公务接待费支出决算");
    assert_subject("，占本年财政拨款支出", "，");
    assert_subject("“文化旅游体育与传媒支出”（类）2021年度决算",
                   "“文化旅游体育与传媒支出”（类）2021年度决算");
    assert_subject("同时举办比赛", "同时举办比赛");
    assert_subject("收、支总计均为 ", "收、支总计");
}

static void words_say_that_nothing_changed(void **state)
{
    (void)state;
    assert_true(cue_is_flat("与2021年年初预算数0万元无变化"));
    assert_true(cue_is_flat("决算数同预算数持平"));
    assert_true(cue_is_flat("决算数等于预算数"));
    assert_false(cue_is_flat("决算数小于预算数"));
    assert_int_equal(cue_comparison("决算数小于预算数的主要原因"), DIRECTION_DOWN);
    assert_int_equal(cue_comparison("决算数大于预算数"), DIRECTION_UP);
    assert_int_equal(cue_comparison("人数多于往年"), DIRECTION_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_before_an_amount_say_what_it_is),
        cmocka_unit_test(what_is_compared_with_is_the_last_that_is_named),
        cmocka_unit_test(amounts_of_other_years_are_told),
        cmocka_unit_test(comparisons_and_cues_are_not_what_it_is_about),
        cmocka_unit_test(words_say_that_nothing_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
