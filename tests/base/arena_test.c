#include "base/base.h"

#include "base/arena.h"

#include "base/mem.h"
#include "base/testing.h"

static void releasing_twice_or_nothing_is_fine(void **state)
{
    struct arena arena = ARENA_INIT;

    (void)state;
    arena_release(&arena);
    arena_strdup(&arena, "x");
    arena_release(&arena);
    arena_release(&arena);
    assert_string_equal(arena_strdup(&arena, "again"), "again");
    arena_release(&arena);
}

/* Sizes around those of blocks and of alignment, each piece with a pattern of its own. */
static void pieces_are_aligned_and_do_not_overlap(void **state)
{
    struct testing_random random = {1};
    size_t count = testing_rounds(5000);
    struct piece {
        unsigned char *p;
        size_t size;
    } *pieces = mem_zalloc(count, sizeof(*pieces));
    struct arena arena = ARENA_INIT;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        size_t kind = testing_below(&random, 100);
        size_t size = testing_below(&random, kind < 90 ? 200 : kind < 98 ? 20000 : 200000);

        if (kind == 50)
            size = 65536 - 40 + testing_below(&random, 80);
        pieces[i].size = size;
        pieces[i].p = arena_alloc(&arena, size);
        assert_non_null(pieces[i].p);
        assert_int_equal((uintptr_t)pieces[i].p % _Alignof(max_align_t), 0);
        memset(pieces[i].p, (int)(i & 0xFF), size);
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < pieces[i].size; j++)
            if (pieces[i].p[j] != (i & 0xFF))
                fail_msg("piece %zu was written over", i);
    arena_release(&arena);
    free(pieces);
}

static void empty_pieces_are_not_null(void **state)
{
    struct arena arena = ARENA_INIT;

    (void)state;
    assert_non_null(arena_alloc(&arena, 0));
    assert_non_null(arena_zalloc(&arena, 0, 0));
    assert_non_null(arena_zalloc(&arena, 0, 100));
    assert_string_equal(arena_strndup(&arena, "abc", 0), "");
    assert_string_equal(arena_strndup(&arena, NULL, 0), "");
    arena_release(&arena);
}

static void zeroed_memory_is_zero(void **state)
{
    struct arena arena = ARENA_INIT;

    (void)state;
    for (size_t i = 0; i < 300; i++) {
        char *p = arena_zalloc(&arena, i, 3);

        for (size_t j = 0; j < 3 * i; j++)
            assert_int_equal(p[j], 0);
        memset(p, 0xAA, 3 * i);
    }
    arena_release(&arena);
}

static void copies_bytes_and_ends_them(void **state)
{
    struct arena arena = ARENA_INIT;
    char *copy = arena_strndup(&arena, "a\0bc", 3);

    (void)state;
    assert_memory_equal(copy, "a\0b\0", 4);
    assert_string_equal(arena_strdup(&arena, "决算"), "决算");
    assert_string_equal(arena_strdup(&arena, ""), "");
    arena_release(&arena);
}

static void the_last_piece_grows_in_place(void **state)
{
    struct arena arena = ARENA_INIT;
    char *first = arena_strdup(&arena, "first"), *last = arena_strndup(&arena, "last", 4), *moved;

    (void)state;
    assert_ptr_equal(arena_realloc(&arena, last, 5, 1000), last);
    assert_string_equal(last, "last");
    memset(last, 'x', 1000);
    assert_string_equal(first, "first");
    moved = arena_realloc(&arena, first, 6, 1000); /* which was not the last */
    assert_true(moved != first);
    assert_string_equal(moved, "first");
    memset(moved, 'y', 1000);
    assert_string_equal(first, "first");
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(last[i], 'x');
    arena_release(&arena);
}

/* A large array has its memory to itself, whatever comes between, and small pieces stay. */
static void large_arrays_grow(void **state)
{
    struct arena arena = ARENA_INIT, other = ARENA_INIT;
    unsigned char *large = NULL, *second = arena_alloc(&other, 100000);
    size_t size = 0;

    (void)state;
    memset(second, 7, 100000);
    for (size_t more = 1000; more < 3000000; more *= 2) {
        char *small = arena_strdup(&arena, "small");

        large = arena_realloc(&arena, large, size, more);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(large[i], (unsigned char)(i * 7));
        for (size_t i = 0; i < more; i++)
            large[i] = (unsigned char)(i * 7);
        size = more;
        assert_string_equal(small, "small");
        if (more == 64000)
            arena_join(&arena, &other);
    }
    second = arena_realloc(&arena, second, 100000, 200000);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(second[i], 7);
    arena_release(&arena);
}

static void what_was_reset_is_used_again(void **state)
{
    struct arena arena = ARENA_INIT;

    (void)state;
    arena_reset(&arena);
    for (size_t i = 0; i < 100; i++) {
        char *small = arena_strdup(&arena, "small");
        char *large = arena_zalloc(&arena, 1, 1 + i * 2000);

        assert_string_equal(small, "small");
        assert_int_equal(*large, 0);
        arena_reset(&arena);
    }
    assert_string_equal(arena_strdup(&arena, "again"), "again");
    arena_release(&arena);
}

/* Several arrays that grow by turns, as a parser has them. */
static void what_is_reallocated_keeps_its_bytes(void **state)
{
    struct testing_random random = {2};
    struct arena arena = ARENA_INIT;
    struct {
        unsigned char *p;
        size_t size;
    } arrays[8] = {{NULL, 0}};

    (void)state;
    for (size_t i = testing_rounds(20000); i; i--) {
        size_t at = testing_below(&random, ARRAY_SIZE(arrays));
        size_t size = testing_below(&random, 50) ? arrays[at].size + testing_below(&random, 40)
                                                 : testing_below(&random, arrays[at].size + 1);

        if (size > 3000)
            size = 10;
        arrays[at].p = arena_realloc(&arena, arrays[at].p, arrays[at].size, size);
        for (size_t j = 0; j < size && j < arrays[at].size; j++)
            assert_int_equal(arrays[at].p[j], (unsigned char)(at * 31 + j));
        for (size_t j = 0; j < size; j++)
            arrays[at].p[j] = (unsigned char)(at * 31 + j);
        arrays[at].size = size;
    }
    arena_release(&arena);
}

static const volatile size_t huge = SIZE_MAX - 3, factor = 16;

static void formats(void **state)
{
    struct arena arena = ARENA_INIT;

    (void)state;
    assert_string_equal(arena_format(&arena, "%s/%d", "a", 12), "a/12");
    assert_string_equal(arena_format(&arena, "%s", ""), "");
    arena_release(&arena);
}

static int alloc_too_much(void *ctx)
{
    struct arena arena = ARENA_INIT;

    (void)ctx;
    arena_alloc(&arena, huge);
    arena_release(&arena);
    return 0;
}

static int zalloc_what_overflows(void *ctx)
{
    struct arena arena = ARENA_INIT;

    (void)ctx;
    arena_zalloc(&arena, SIZE_MAX / factor + 1, factor);
    arena_release(&arena);
    return 0;
}

static void too_much_aborts(void **state)
{
    (void)state;
    assert_true(testing_aborts(alloc_too_much, NULL));
    assert_true(testing_aborts(zalloc_what_overflows, NULL));
}

static void what_is_joined_stays_where_it_is(void **state)
{
    struct arena one = ARENA_INIT, other = ARENA_INIT, empty = ARENA_INIT;
    const char *a, *b;

    (void)state;
    a = arena_strdup(&other, "a");
    arena_alloc(&other, 100000);
    arena_join(&one, &other); /* into an empty one */
    assert_null(other.blocks);
    b = arena_strdup(&other, "b");
    arena_join(&one, &other);
    arena_join(&one, &empty);
    arena_release(&other);
    arena_strdup(&one, "c");
    assert_string_equal(a, "a");
    assert_string_equal(b, "b");
    arena_release(&one);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(releasing_twice_or_nothing_is_fine),
        cmocka_unit_test(pieces_are_aligned_and_do_not_overlap),
        cmocka_unit_test(empty_pieces_are_not_null),
        cmocka_unit_test(zeroed_memory_is_zero),
        cmocka_unit_test(copies_bytes_and_ends_them),
        cmocka_unit_test(the_last_piece_grows_in_place),
        cmocka_unit_test(large_arrays_grow),
        cmocka_unit_test(what_was_reset_is_used_again),
        cmocka_unit_test(what_is_reallocated_keeps_its_bytes),
        cmocka_unit_test(formats),
        cmocka_unit_test(too_much_aborts),
        cmocka_unit_test(what_is_joined_stays_where_it_is),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
