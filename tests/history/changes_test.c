/* One figure on two sides: whether it is the same. By how much it differs is in
 * tests/check/difference_test.c, what is told of whole states in tests/cmd/history_test.sh. */
#include "base/base.h"

#include "history/changes.h"

#include "base/strbuf.h"
#include "base/testing.h"

static struct item figure(const char *number, const char *unit, enum measure measure)
{
    struct item item = {.is_figure = true, .text = "", .shown = "", .key = "k", .address = "k"};

    item.value = (struct quantity){.unit = unit, .measure = (uint8_t)measure};
    if (!strcmp(number, "——")) {
        item.value.state = QUANTITY_DASH;
    } else {
        item.value.state = QUANTITY_STATED;
        assert_int_equal(decimal_parse(number, strlen(number), &item.value.number), DECIMAL_OK);
    }
    return item;
}

static void what_is_not_two_figures_has_no_difference(void **state)
{
    struct item amount = figure("1", "万元", MEASURE_AMOUNT);
    struct item text = {.key = "k", .address = "k", .text = "文字", .shown = "文字"};
    const struct change changes[] = {{.new = &amount},
                                     {.old = &amount},
                                     {.old = &text, .new = &text},
                                     {.old = &text, .new = &amount}};
    struct strbuf out = STRBUF_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
        assert_false(change_difference(&changes[i], &out));
        assert_false(change_difference_written(&changes[i], &out));
        assert_false(change_difference_shown(&changes[i], &out));
        assert_false(change_percent(&changes[i], &out));
        assert_false(change_percent_shown(&changes[i], &out));
    }
    assert_int_equal(out.len, 0);
}

/* --- whether it is the same --- */

static void assert_same(struct item a, struct item b, bool same)
{
    assert_int_equal(items_same(&a, &b), same);
    assert_int_equal(items_same(&b, &a), same);
}

static void what_is_written_in_another_way_is_the_same(void **state)
{
    (void)state;
    assert_same(figure("70", "%", MEASURE_PERCENT), figure("70.00", "%", MEASURE_PERCENT), true);
    assert_same(figure("-0.00", "元", MEASURE_AMOUNT), figure("0", "元", MEASURE_AMOUNT), true);
    assert_same(figure("1.5", "万元", MEASURE_AMOUNT), figure("15000", "元", MEASURE_AMOUNT), true);
    assert_same(figure("1.5", "万元", MEASURE_AMOUNT), figure("1.5", "元", MEASURE_AMOUNT), false);
    assert_same(figure("——", "元", MEASURE_AMOUNT), figure("——", "元", MEASURE_AMOUNT), true);
    assert_same(figure("——", "元", MEASURE_AMOUNT), figure("0", "元", MEASURE_AMOUNT), false);
    assert_same(figure("1", "分", MEASURE_SCORE), figure("1", "%", MEASURE_PERCENT), false);
}

/* --- two lists --- */

static void show_pair(void *ctx, const struct item *old, const struct item *new)
{
    strbuf_addf(ctx, "%s%s ", old ? old->key : "-", new ? "=" : "-");
    strbuf_addf(ctx, "%s\n", new ? new->key : "");
}

static void lists_are_merged_by_key(void **state)
{
    struct item old[] = {figure("1", "元", MEASURE_AMOUNT), figure("2", "元", MEASURE_AMOUNT),
                         figure("3", "元", MEASURE_AMOUNT)};
    struct item new[] = {figure("9", "元", MEASURE_AMOUNT), figure("2", "元", MEASURE_AMOUNT),
                         figure("4", "元", MEASURE_AMOUNT), figure("5", "元", MEASURE_AMOUNT)};
    struct items a = {.list = old, .count = 3}, b = {.list = new, .count = 4};
    struct change_counts figures = {0}, texts = {0};
    struct strbuf shown = STRBUF_INIT;

    (void)state;
    old[0].key = "a";
    old[1].key = new[1].key = "c"; /* the same */
    old[2].key = new[2].key = "d"; /* altered */
    new[0].key = "b";
    new[3].key = "e";
    changes_merge(&a, &b, false, &figures, &texts, show_pair, &shown);
    assert_string_equal(shown.buf, "a- \n-= b\nd= d\n-= e\n");
    assert_int_equal(figures.removed, 1);
    assert_int_equal(figures.added, 2);
    assert_int_equal(figures.altered, 1);
    assert_int_equal(figures.unchanged, 1);
    assert_int_equal(texts.added + texts.removed + texts.altered + texts.unchanged, 0);
    strbuf_release(&shown);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_two_figures_has_no_difference),
        cmocka_unit_test(what_is_written_in_another_way_is_the_same),
        cmocka_unit_test(lists_are_merged_by_key),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
