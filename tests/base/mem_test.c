#include "base/base.h"

#include "base/mem.h"

#include "base/testing.h"

static void nothing_is_ever_null(void **state)
{
    void *pieces[] = {
        mem_alloc(0),
        mem_alloc(1),
        mem_zalloc(0, 0),
        mem_zalloc(0, 8),
        mem_zalloc(8, 0),
        mem_realloc(NULL, 0, 0),
        mem_realloc(NULL, 4, 4),
        mem_strdup(""),
        mem_strndup("abc", 0),
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
        assert_non_null(pieces[i]);
        free(pieces[i]);
    }
}

static void zeroed_memory_is_zero(void **state)
{
    char *p = mem_alloc(1000), zeros[1000] = {0};

    (void)state;
    memset(p, 'x', 1000);
    free(p);
    p = mem_zalloc(10, 100);
    assert_memory_equal(p, zeros, 1000);
    free(p);
}

static void copies_strings(void **state)
{
    char *whole = mem_strdup("决算"), *part = mem_strndup("abcdef", 3),
         *shorter = mem_strndup("abc", 99);

    (void)state;
    assert_string_equal(whole, "决算");
    assert_string_equal(part, "abc");
    assert_string_equal(shorter, "abc");
    free(whole);
    free(part);
    free(shorter);
}

static void reallocating_keeps_what_was_there(void **state)
{
    int *p = mem_realloc(NULL, 3, sizeof(*p));

    (void)state;
    for (int i = 0; i < 3; i++)
        p[i] = i;
    p = mem_realloc(p, 1000, sizeof(*p));
    for (int i = 0; i < 3; i++)
        assert_int_equal(p[i], i);
    p[999] = 1;
    free(p);
}

static void an_array_grows_item_by_item(void **state)
{
    size_t *items = NULL, count = 0, cap = 0;

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        MEM_GROW(items, count, cap);
        assert_true(cap > count);
        items[count++] = i;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    free(items);
}

/* Sizes that the compiler cannot see, or it would warn of them. */
static const volatile size_t huge = SIZE_MAX / 2, factor = 16;

static int alloc_too_much(void *ctx)
{
    (void)ctx;
    free(mem_alloc(huge));
    return 0;
}

static int zalloc_too_much(void *ctx)
{
    (void)ctx;
    free(mem_zalloc(huge, factor));
    return 0;
}

static int realloc_too_much(void *ctx)
{
    (void)ctx;
    free(mem_realloc(NULL, SIZE_MAX / factor + 1, factor));
    return 0;
}

static void out_of_memory_aborts(void **state)
{
    (void)state;
    assert_true(testing_aborts(alloc_too_much, NULL));
    assert_true(testing_aborts(zalloc_too_much, NULL));
    assert_true(testing_aborts(realloc_too_much, NULL));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_ever_null),
        cmocka_unit_test(zeroed_memory_is_zero),
        cmocka_unit_test(copies_strings),
        cmocka_unit_test(reallocating_keeps_what_was_there),
        cmocka_unit_test(an_array_grows_item_by_item),
        cmocka_unit_test(out_of_memory_aborts),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
