/* The content that is shipped: every record of it has all that binding gives to it. */
#include "base/base.h"

#include "model/bind.h"

#include "base/testing.h"
#include "model/loaded.h"
#include "model/walk.h"
#include "source/content.h"

struct seen {
    const struct report *report; /* whose records these are; NULL before the first */
    const char *department;
    size_t records;
};

/* Parts of keys that may be empty. */
static bool may_be_empty(const struct field *field)
{
    return !strcmp(field->name, "scope") || !strcmp(field->name, "statement");
}

static bool check_derived(void *ctx, const struct entity *entity, const void *record)
{
    struct seen *seen = ctx;
    size_t count;
    const struct field *fields = entity->fields(&count);

    if (entity == &entity_report)
        seen->report = record;
    seen->records++;
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &fields[i];
        const struct text *text = field_text(field, record);

        if (!(field->flags & FIELD_DERIVED) || (field->flags & FIELD_REFERENCE))
            continue;
        if (field->type == FIELD_TEXT && !text->s && (field->flags & FIELD_KEY) &&
            !may_be_empty(field))
            fail_msg("%s.%s is not there", entity->name, field->name);
        if (field->type == FIELD_TEXT && text->s && !text->len)
            fail_msg("%s.%s is empty", entity->name, field->name);
        if (field->type == FIELD_TEXT && text->s && field->form->pattern && !may_be_empty(field) &&
            !field->form->accepts(text->s, text->len) && strcmp(field->name, "path"))
            fail_msg("%s.%s is '%s'", entity->name, field->name, text->s);
        if (!strcmp(field->name, "department"))
            assert_string_equal(text->s, seen->department);
        if (!strcmp(field->name, "year"))
            assert_int_equal(((const struct integer *)field_at(field, record))->value,
                             seen->report->year.value);
        if (!strcmp(field->name, "path") || !strcmp(field->name, "title") ||
            !strcmp(field->name, "label") || !strcmp(field->name, "department_name") ||
            !strcmp(field->name, "file") || !strcmp(field->name, "measure"))
            assert_non_null(text->s);
    }
    return true;
}

/* Every quantity that is stated has been given its unit, or measures what has none. */
static bool check_units(void *ctx, const struct entity *entity, const void *record)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    (void)ctx;
    for (size_t i = 0; i < count; i++) {
        const struct quantity *q = field_at(&fields[i], record);

        if (fields[i].type != FIELD_QUANTITY || q->state != QUANTITY_STATED)
            continue;
        if (q->measure == MEASURE_AMOUNT && money_exponent(q->unit) < 0)
            fail_msg("%s.%s is an amount without a unit", entity->name, fields[i].name);
        if (q->measure == MEASURE_PERCENT)
            assert_string_equal(q->unit, "%");
        if (q->measure == MEASURE_SCORE)
            assert_string_equal(q->unit, "分");
        assert_true(q->at.line > 0);
    }
    return true;
}

static void the_shipped_content_is_bound_throughout(void **state)
{
    struct errs errs = ERRS_INIT;
    struct arena arena = ARENA_INIT;
    struct source *source = source_open_folder("content", &errs);
    struct content_departments departments;
    struct catalog catalog;

    (void)state;
    content_load_catalog(source, &catalog, &errs);
    content_list_departments(source, &arena, &departments, &errs);
    assert_errors(&errs, "");
    assert_true(departments.count >= 2);
    for (size_t i = 0; i < departments.count; i++) {
        struct content_department d;
        struct seen seen = {NULL, departments.ids[i], 0};

        content_load_department(source, &catalog, departments.ids[i], &d, &errs);
        assert_errors(&errs, "");
        record_walk(&entity_department, &d.department, check_derived, &seen);
        record_walk(&entity_department, &d.department, check_units, NULL);
        assert_true(seen.records > 50);
        content_release_department(&d);
    }
    catalog_release(&catalog);
    arena_release(&arena);
    source_close(source);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_content_is_bound_throughout),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("bind_shipped", tests, NULL, NULL);
}
