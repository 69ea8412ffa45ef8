/* The hints as they come with their errors are in load/; here is what goes before what. */
#include "base/base.h"

#include "model/load_hint.h"

#include "base/err.h"
#include "base/testing.h"
#include "model/entities.h"

static const char *const no_others[] = {NULL};

static struct err *new_err(struct errs *errs)
{
    return errs_add(errs, ERR_CONTENT, "x", "x");
}

static void assert_hint(struct errs *errs, const char *expected)
{
    const char *hint = errs->items[0].hint;

    if (expected ? !hint || strcmp(hint, expected) != 0 : hint != NULL)
        fail_msg("'%s' in the place of '%s'", hint, expected);
    errs_release(errs);
}

static void assert_choice(const char *written, const char *expected)
{
    static const struct choice choices[] = {
        {"three", "tree", "x"}, {"tre", "二级", "x"}, {"元", "元", "x"}, {0}};
    struct errs errs = ERRS_INIT;

    load_hint_choice(new_err(&errs), choices, written, strlen(written));
    assert_hint(&errs, expected);
}

static void a_title_goes_before_a_near_name(void **state)
{
    (void)state;
    assert_choice("tree", "write 'three' for tree");
    assert_choice("thre", "did you mean 'three'?");
    assert_choice("二级", "write 'tre' for 二级");
    assert_choice("二级的", "write 'tre' for 二级");
    assert_choice("x", "known: three (tree), tre (二级), 元");
}

static void assert_key(bool with_columns, const char *written, const char *expected)
{
    struct errs errs = ERRS_INIT;
    size_t count;
    const struct field *fields = entity_report.fields(&count);

    load_hint_key(new_err(&errs), fields, count, with_columns, no_others, written, strlen(written));
    assert_hint(&errs, expected);
}

static void keys_are_those_of_sources(void **state)
{
    (void)state;
    assert_key(false, "公开样张", "write 'profile' for 公开样张");
    assert_key(false, "部门名称", NULL); /* derived */
    assert_key(false, "departmen_name", NULL);
    assert_key(false, "决算数", NULL);
    assert_key(true, "决算数", "write 'final' for 决算数");
    assert_key(true, "finale", "did you mean 'final'?");
}

static void assert_form(const struct text_form *form, const char *written, const char *expected)
{
    struct errs errs = ERRS_INIT;

    load_hint_form(new_err(&errs), form, written, strlen(written));
    assert_hint(&errs, expected);
}

static void a_text_is_put_into_its_form(void **state)
{
    (void)state;
    assert_form(&form_name, "three-public", "did you mean 'three_public'?");
    assert_form(&form_name, "Three Public", "did you mean 'three_public'?");
    assert_form(&form_id, "Cost_1", "did you mean 'cost-1'?");
    assert_form(&form_line, "Income.total", "did you mean 'income-total'?");
    assert_form(&form_name, "决算数", "write 'final' for 决算数");
    assert_form(&form_id, "决算数", NULL);
    assert_form(&form_name, "1st", NULL);
    assert_form(&form_code, "2o1", NULL);
    assert_form(&form_date, "2019-02-30", "there is no such day in the calendar");
    assert_form(&form_date, "2019-13-01", NULL);
    assert_form(&form_date, "2019", NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_goes_before_a_near_name),
        cmocka_unit_test(keys_are_those_of_sources),
        cmocka_unit_test(a_text_is_put_into_its_form),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("load_hint", tests, NULL, NULL);
}
