/* Keys are found as the dictionary has them, whatever was found before. */
#include "base/base.h"

#include "model/found_keys.h"

#include "base/testing.h"
#include "model/entities.h"

/* What looking through the dictionary gives. */
static struct found_key expected(const struct entity *entity, const char *name, bool has_figures)
{
    const struct field *field = entity_find(entity, name, strlen(name));

    if (field && field_in_source(field))
        return (struct found_key){entity, field, false};
    field = has_figures ? column_find(name, strlen(name)) : NULL;
    return (struct found_key){entity, field, field != NULL};
}

static void assert_found(struct found_keys *keys, const struct entity *entity, const char *name,
                         bool has_figures)
{
    struct found_key found = found_key(keys, entity, name, strlen(name), has_figures);
    struct found_key want = expected(entity, name, has_figures);

    assert_ptr_equal(found.field, want.field);
    assert_int_equal(found.is_column, want.is_column);
}

static void all_names_are_found_in_all_entities_again_and_again(void **state)
{
    static const struct entity *const entities[] = {&entity_report, &entity_line, &entity_fund,
                                                    &entity_project, &entity_indicator};
    struct found_keys keys = {0};

    (void)state;
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < ARRAY_SIZE(entities); i++)
            for (size_t j = 0; j < ARRAY_SIZE(entities); j++) {
                size_t count;
                const struct field *fields = entities[j]->fields(&count);

                for (size_t k = 0; k < count; k++)
                    assert_found(&keys, entities[i], fields[k].name, entities[i] == &entity_line);
                assert_found(&keys, entities[i], "final", entities[i] == &entity_line);
                assert_found(&keys, entities[i], "fina", true);
                assert_found(&keys, entities[i], "", false);
            }
}

static void a_column_is_only_one_where_there_are_figures(void **state)
{
    struct found_keys keys = {0};

    (void)state;
    assert_true(found_key(&keys, &entity_line, "basic", 5, true).is_column);
    assert_null(found_key(&keys, &entity_report, "basic", 5, false).field);
    assert_false(found_key(&keys, &entity_line, "label", 5, true).is_column);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_names_are_found_in_all_entities_again_and_again),
        cmocka_unit_test(a_column_is_only_one_where_there_are_figures),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("found_keys", tests, NULL, NULL);
}
