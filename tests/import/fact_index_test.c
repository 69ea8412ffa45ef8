#include "base/base.h"

#include "import/fact_index.h"

#include "base/testing.h"

static struct decimal decimal_of(const char *text)
{
    struct decimal value;

    assert_int_equal(decimal_parse(text, strlen(text), &value), DECIMAL_OK);
    return value;
}

static void values_are_the_same_however_they_are_written(void **state)
{
    (void)state;
    assert_true(fact_hash(decimal_of("1.50"), 0) == fact_hash(decimal_of("1.5"), 0));
    assert_true(fact_hash(decimal_of("300.00"), 0) == fact_hash(decimal_of("300"), 0));
    assert_true(fact_hash(decimal_of("0.00"), 0) == fact_hash(decimal_of("0"), 0));
    assert_true(fact_hash(decimal_of("1.5"), 0) != fact_hash(decimal_of("15"), 0));
    assert_true(fact_hash(decimal_of("1.5"), 0) != fact_hash(decimal_of("-1.5"), 0));
    assert_true(fact_hash(decimal_of("1.5"), 0) != fact_hash(decimal_of("1.5"), 1));
}

static void nothing_is_in_an_empty_index(void **state)
{
    struct fact_index index = {0};

    (void)state;
    assert_int_equal(fact_index_next(&index, 1, 0, 0), 0);
}

/* Facts of seven values in three lists: those of each value and list come back, the newest first,
 * whatever the index has grown to meanwhile. */
static void all_of_a_value_are_found(void **state)
{
    struct arena arena = ARENA_INIT;
    struct fact_index index = {0};

    (void)state;
    for (uint32_t i = 0; i < 1000; i++)
        fact_index_add(&index, &arena, fact_hash((struct decimal){.units = i % 7}, i % 3), i % 3,
                       i);
    for (uint32_t value = 0; value < 7; value++)
        for (uint32_t owner = 0; owner < 3; owner++) {
            uint64_t hash = fact_hash((struct decimal){.units = value}, owner);
            uint32_t at = 0;

            for (uint32_t i = 1000; i-- > 0;) {
                if (i % 7 != value || i % 3 != owner)
                    continue;
                at = fact_index_next(&index, hash, owner, at);
                assert_true(at != 0);
                assert_int_equal(index.entries[at - 1].fact, i);
            }
            assert_int_equal(fact_index_next(&index, hash, owner, at), 0);
        }
    arena_release(&arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_the_same_however_they_are_written),
        cmocka_unit_test(nothing_is_in_an_empty_index),
        cmocka_unit_test(all_of_a_value_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
