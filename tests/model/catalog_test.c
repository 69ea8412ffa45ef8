#include "base/base.h"

#include "model/catalog.h"

#include "base/testing.h"
#include "model/world.h"

static int set_up(void **state)
{
    static struct world w;

    world_init(&w);
    *state = &w;
    return 0;
}

static int tear_down(void **state)
{
    world_release(*state);
    return 0;
}

static const char *name_of(const struct world *w, const char *kind, const char *code)
{
    struct text text = text_of(code);
    const struct code *found = codes_find(catalog_codes(&w->catalog, 2021), kind, &text);

    return found ? found->name.s : NULL;
}

static void codes_are_found_by_kind_and_year(void **state)
{
    const struct world *w = *state;

    assert_string_equal(name_of(w, "functional", "201"), "一般公共服务支出");
    assert_string_equal(name_of(w, "economic", "201"), "另一个二〇一");
    assert_string_equal(name_of(w, "functional", "20103"), "政府办公厅（室）及相关机构事务");
    assert_null(name_of(w, "economic", "20103"));
    assert_null(name_of(w, "functional", "301"));
    assert_null(name_of(w, "functional", "20"));
    assert_null(name_of(w, "functional", "2010301"));
    assert_null(catalog_codes(&w->catalog, 2020));
}

static void profiles_tables_and_lines_are_found_by_id(void **state)
{
    const struct world *w = *state;
    const struct profile *p = catalog_profile(&w->catalog, "p");
    const struct profile_table *t;

    assert_ptr_equal(p, w->catalog.profiles);
    assert_null(catalog_profile(&w->catalog, "pp"));
    assert_null(catalog_profile(&w->catalog, ""));
    t = profile_table(p, "summary");
    assert_ptr_equal(t, &p->tables.items[0]);
    assert_null(profile_table(p, "summar"));
    assert_ptr_equal(profile_table_line(t, "201"), &t->lines.items[2]);
    assert_null(profile_table_line(t, "20"));
}

static void a_column_of_two_sides_is_that_of_the_line(void **state)
{
    const struct world *w = *state;
    const struct profile_table *t = profile_table(w->catalog.profiles, "summary");

    assert_string_equal(profile_table_column(t, "final", "income")->label.s, "决算数");
    assert_string_equal(profile_table_column(t, "final", "uses")->label.s, "合计");
    assert_non_null(profile_table_column(t, "final", NULL)); /* one of them */
    assert_ptr_equal(profile_table_column(t, "share", "income"), &t->columns.items[2]);
    assert_ptr_equal(profile_table_column(t, "share", NULL), &t->columns.items[2]);
    /* a column of one side only */
    assert_ptr_equal(profile_table_column(t, "general_public", "income"), &t->columns.items[3]);
    assert_null(profile_table_column(t, "prior", "income"));
    assert_null(profile_table_column(t, "prior", NULL));
}

static void an_empty_catalog_finds_nothing_and_can_be_released_twice(void **state)
{
    struct catalog catalog;

    (void)state;
    catalog_init(&catalog);
    assert_null(catalog_profile(&catalog, "p"));
    assert_null(catalog_codes(&catalog, 2021));
    catalog_release(&catalog);
    catalog_release(&catalog);
}

/* What was refused has no id, and finding goes past it. */
static void what_has_no_id_is_passed_by(void **state)
{
    struct world *w = *state;
    struct profile *p = world_profile(
        w,
        "{\"title\": \"x\", \"tables\": [{\"title\": \"x\", \"columns\": [{}], \"lines\": [{}]}]}");
    struct catalog_codes codes = {0};

    w->catalog.profiles = p;
    assert_null(catalog_profile(&w->catalog, "p"));
    assert_null(profile_table(p, "summary"));
    assert_null(profile_table_line(p->tables.items, "total"));
    assert_null(profile_table_column(p->tables.items, "final", NULL));
    codes.classification = *(const struct classification *)load_text(
        &w->l, &entity_classification,
        "{\"functional\": [{\"name\": \"x\"}, {\"code\": \"201\"}]}");
    catalog_index_codes(&codes);
    assert_int_equal(codes.functional.count, 1);
    strmap_release(&codes.functional);
    strmap_release(&codes.economic);
}

static void broken_files_are_known_by_their_paths(void **state)
{
    struct catalog catalog;

    (void)state;
    catalog_init(&catalog);
    assert_false(catalog_is_broken(&catalog, "profiles/p"));
    catalog_add_broken(&catalog, "profiles/p");
    catalog_add_broken(&catalog, "profiles/p");
    assert_true(catalog_is_broken(&catalog, "profiles/p"));
    assert_false(catalog_is_broken(&catalog, "profiles/pp"));
    assert_false(catalog_is_broken(&catalog, "profiles/"));
    catalog_release(&catalog);
    assert_false(catalog_is_broken(&catalog, "profiles/p"));
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_WORLD(codes_are_found_by_kind_and_year),
        WITH_WORLD(profiles_tables_and_lines_are_found_by_id),
        WITH_WORLD(a_column_of_two_sides_is_that_of_the_line),
        WITH_WORLD(what_has_no_id_is_passed_by),
        cmocka_unit_test(broken_files_are_known_by_their_paths),
        cmocka_unit_test(an_empty_catalog_finds_nothing_and_can_be_released_twice),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("catalog", tests, NULL, NULL);
}
