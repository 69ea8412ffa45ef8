/* One figure on two sides: whether it is the same, and by how much it differs. What is told of
 * whole states is in tests/cmd/diff_test.sh. */
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

/* NULL: there is no difference to be told. */
static void assert_change(const struct item *old, const struct item *new, const char *shown,
                          const char *value, const char *percent)
{
    struct change change = {.old = old, .new = new};
    struct strbuf text = STRBUF_INIT;

    assert_int_equal(change_difference_shown(&change, &text), shown != NULL);
    assert_string_equal(text.buf, shown ? shown : "");
    strbuf_clear(&text);
    assert_int_equal(change_difference(&change, &text), value != NULL);
    assert_string_equal(text.buf, value ? value : "");
    strbuf_clear(&text);
    assert_int_equal(change_percent(&change, &text), percent != NULL);
    assert_string_equal(text.buf, percent ? percent : "");
    strbuf_release(&text);
}

static void assert_amounts(const char *old, const char *old_unit, const char *new,
                           const char *new_unit, const char *shown, const char *value,
                           const char *percent)
{
    struct item a = figure(old, old_unit, MEASURE_AMOUNT);
    struct item b = figure(new, new_unit, MEASURE_AMOUNT);

    assert_change(&a, &b, shown, value, percent);
}

static void amounts_are_exact(void **state)
{
    (void)state;
    assert_amounts("4180.76", "万元", "4180.77", "万元", "0.01", "100", "0.00");
    assert_amounts("100.00", "万元", "67.00", "万元", "-33.00", "-330000", "-33.00");
    assert_amounts("0.3", "元", "0.1", "元", "-0.2", "-0.2", "-66.67");
    assert_amounts("-10", "元", "10", "元", "20", "20", "200.00");
    assert_amounts("-10", "元", "-15", "元", "-5", "-5", "-50.00");
    assert_amounts("0.00", "元", "10", "元", "10.00", "10", NULL); /* of nothing */
    assert_amounts("3", "元", "0", "元", "-3", "-3", "-100.00");
    assert_amounts("1", "万元", "15000", "元", "5000", "5000", "50.00");
    assert_amounts("15000", "元", "1", "万元", "-0.5", "-5000", "-33.33");
    assert_amounts("92233720368547758.07", "元", "-92233720368547758.07", "元",
                   "-184467440737095516.14", "-184467440737095516.14", "-200.00");
}

static void other_numbers_have_a_difference_in_one_unit(void **state)
{
    struct item a = figure("82.13", "%", MEASURE_PERCENT);
    struct item b = figure("80.13", "%", MEASURE_PERCENT);
    struct item pieces = figure("12", "份", MEASURE_NUMBER);
    struct item more = figure("15", "份", MEASURE_NUMBER);
    struct item cars = figure("15", "辆", MEASURE_NUMBER);
    struct item none = figure("15", NULL, MEASURE_NUMBER);
    struct item yuan = figure("2", "万元", MEASURE_NUMBER);

    (void)state;
    assert_change(&a, &b, "-2.00", "-2", "-2.44");
    assert_change(&pieces, &more, "3", "3", "25.00");
    assert_change(&pieces, &cars, NULL, NULL, NULL);
    assert_change(&pieces, &none, NULL, NULL, NULL);
    assert_change(&none, &none, "0", "0", "0.00");
    assert_change(&yuan, &yuan, "0", "0", "0.00");
    assert_change(&pieces, &yuan, NULL, NULL, NULL);
    assert_change(&a, &pieces, NULL, NULL, NULL);
}

static void what_states_no_number_has_none(void **state)
{
    struct item dash = figure("——", "万元", MEASURE_AMOUNT);
    struct item amount = figure("1", "万元", MEASURE_AMOUNT);
    struct item text = {.key = "k", .address = "k", .text = "文字", .shown = "文字"};

    (void)state;
    assert_change(&dash, &amount, NULL, NULL, NULL);
    assert_change(&amount, &dash, NULL, NULL, NULL);
    assert_change(NULL, &amount, NULL, NULL, NULL);
    assert_change(&amount, NULL, NULL, NULL, NULL);
    assert_change(&text, &text, NULL, NULL, NULL);
    assert_change(&text, &amount, NULL, NULL, NULL);
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
        cmocka_unit_test(amounts_are_exact),
        cmocka_unit_test(other_numbers_have_a_difference_in_one_unit),
        cmocka_unit_test(what_states_no_number_has_none),
        cmocka_unit_test(what_is_written_in_another_way_is_the_same),
        cmocka_unit_test(lists_are_merged_by_key),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
