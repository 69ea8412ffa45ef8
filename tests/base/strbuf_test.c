#include "base/base.h"

#include "base/strbuf.h"

#include <inttypes.h>

#include "base/testing.h"

static void assert_holds(const struct strbuf *sb, const char *expected, size_t len)
{
    assert_non_null(sb->buf);
    assert_int_equal(sb->len, len);
    assert_memory_equal(sb->buf, expected, len);
    assert_int_equal(sb->buf[len], '\0');
    assert_true(sb->cap ? sb->cap > len : !len);
}

static void a_new_one_is_empty_and_owns_nothing(void **state)
{
    struct strbuf a = STRBUF_INIT, b;

    (void)state;
    strbuf_init(&b);
    assert_holds(&a, "", 0);
    assert_holds(&b, "", 0);
    assert_int_equal(a.cap, 0);
    strbuf_clear(&a);
    strbuf_set_len(&a, 0);
    strbuf_release(&a);
    strbuf_release(&a);
    assert_holds(&a, "", 0);
}

/* They all share the same empty string. */
static void nobody_writes_the_empty_string(void **state)
{
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
    char *detached;
    size_t len = 9;

    (void)state;
    strbuf_add(&a, "", 0);
    strbuf_adds(&a, "");
    strbuf_addn(&a, 'x', 0);
    strbuf_addf(&a, "%s", "");
    strbuf_addbuf(&a, &b);
    strbuf_clear(&a);
    detached = strbuf_detach(&b, &len);
    assert_int_equal(len, 0);
    assert_string_equal(detached, "");
    detached[0] = 'x';
    free(detached);
    assert_int_equal(strbuf_empty[0], '\0');
    strbuf_release(&a);
}

static void nothing_may_be_added_from_nowhere(void **state)
{
    struct strbuf sb = STRBUF_INIT;

    (void)state;
    strbuf_add(&sb, NULL, 0); /* a text of length 0 often has no address */
    strbuf_adds(&sb, "a");
    strbuf_add(&sb, NULL, 0);
    assert_holds(&sb, "a", 1);
    strbuf_release(&sb);
}

static void holds_any_byte(void **state)
{
    struct strbuf sb = STRBUF_INIT;
    char all[256];

    (void)state;
    for (size_t i = 0; i < sizeof(all); i++) {
        all[i] = (char)i;
        strbuf_addch(&sb, (char)i);
        assert_holds(&sb, all, i + 1);
    }
    strbuf_clear(&sb);
    strbuf_add(&sb, all, sizeof(all));
    assert_holds(&sb, all, sizeof(all));
    strbuf_release(&sb);
}

static void clearing_keeps_the_room(void **state)
{
    struct strbuf sb = STRBUF_INIT;
    size_t cap;

    (void)state;
    strbuf_addn(&sb, 'x', 1000);
    cap = sb.cap;
    strbuf_clear(&sb);
    assert_holds(&sb, "", 0);
    assert_int_equal(sb.cap, cap);
    strbuf_addn(&sb, 'y', 3);
    assert_holds(&sb, "yyy", 3);
    strbuf_set_len(&sb, 1);
    assert_holds(&sb, "y", 1);
    strbuf_release(&sb);
}

static void grow_makes_room_and_changes_nothing(void **state)
{
    struct strbuf sb = STRBUF_INIT;

    (void)state;
    strbuf_grow(&sb, 10);
    assert_holds(&sb, "", 0);
    assert_true(sb.cap > 10);
    strbuf_adds(&sb, "abc");
    strbuf_grow(&sb, 100000);
    assert_holds(&sb, "abc", 3);
    assert_true(sb.cap > 100003);
    memset(sb.buf + 3, 'x', 100000); /* as fs_read() does */
    strbuf_set_len(&sb, 100003);
    assert_int_equal(strlen(sb.buf), 100003);
    strbuf_release(&sb);
}

static void detaching_gives_the_bytes_away(void **state)
{
    struct strbuf sb = STRBUF_INIT;
    char *bytes;
    size_t len;

    (void)state;
    strbuf_add(&sb, "a\0b", 3);
    bytes = strbuf_detach(&sb, &len);
    assert_int_equal(len, 3);
    assert_memory_equal(bytes, "a\0b\0", 4);
    assert_holds(&sb, "", 0);
    strbuf_adds(&sb, "c"); /* and goes on with others */
    assert_memory_equal(bytes, "a\0b\0", 4);
    free(bytes);
    bytes = strbuf_detach(&sb, NULL);
    assert_string_equal(bytes, "c");
    free(bytes);
}

static void formats_as_printf_does(void **state)
{
    struct strbuf sb = STRBUF_INIT;
    char expected[3000];

    (void)state;
    for (int width = 0; width < 2000; width += 13) {
        int len = snprintf(expected, sizeof(expected), "%*d|%s|%c|%%", width, -7, "决算", 'x');

        strbuf_clear(&sb);
        strbuf_addf(&sb, "%*d|%s|%c|%%", width, -7, "决算", 'x');
        assert_holds(&sb, expected, (size_t)len);
    }
    strbuf_clear(&sb);
    strbuf_addf(&sb, "%c%s", '\0', "after"); /* a NUL is a byte like others */
    assert_holds(&sb, "\0after", 6);
    strbuf_release(&sb);
}

static void writes_numbers_as_printf_does(void **state)
{
    static const uint64_t edges[] = {
        0,          1,
        9,          10,
        99,         100,
        INT32_MAX,  UINT32_MAX,
        INT64_MAX,  UINT64_C(1) << 63,
        UINT64_MAX, UINT64_MAX - 1,
    };
    struct testing_random random = {1};
    struct strbuf sb = STRBUF_INIT;
    char expected[64];

    (void)state;
    for (size_t i = 0; i < testing_rounds(20000); i++) {
        uint64_t n = i < ARRAY_SIZE(edges) ? edges[i]
                                           : testing_random(&random) >> testing_below(&random, 64);
        int len = snprintf(expected, sizeof(expected), "%" PRIu64 " %" PRId64 " %" PRId64, n,
                           (int64_t)n, (int64_t)-n);

        strbuf_clear(&sb);
        strbuf_add_uint(&sb, n);
        strbuf_addch(&sb, ' ');
        strbuf_add_int(&sb, (int64_t)n);
        strbuf_addch(&sb, ' ');
        strbuf_add_int(&sb, (int64_t)-n);
        assert_holds(&sb, expected, (size_t)len);
    }
    strbuf_release(&sb);
}

/* Any order of calls gives what the C library's growing stream gives. */
static void agrees_with_open_memstream(void **state)
{
    struct testing_random random = {2};

    (void)state;
    for (size_t round = testing_rounds(2000); round; round--) {
        struct strbuf sb = STRBUF_INIT, other = STRBUF_INIT;
        char *expected = NULL, piece[300];
        size_t expected_len = 0;
        FILE *stream = open_memstream(&expected, &expected_len);

        for (size_t i = 0; i < sizeof(piece); i++)
            piece[i] = (char)testing_random(&random);
        for (size_t i = testing_below(&random, 40); i; i--) {
            size_t len = testing_below(&random, testing_below(&random, 2) ? 10 : sizeof(piece));

            switch (testing_below(&random, 7)) {
            case 0:
                strbuf_add(&sb, piece, len);
                fwrite(piece, 1, len, stream);
                break;
            case 1:
                strbuf_addch(&sb, piece[len]);
                fputc(piece[len], stream);
                break;
            case 2:
                strbuf_addn(&sb, piece[0], len);
                for (size_t j = 0; j < len; j++)
                    fputc(piece[0], stream);
                break;
            case 3:
                strbuf_addf(&sb, "<%zu>", len);
                fprintf(stream, "<%zu>", len);
                break;
            case 4:
                strbuf_add_uint(&sb, len);
                fprintf(stream, "%zu", len);
                break;
            case 5:
                strbuf_clear(&other);
                strbuf_add(&other, piece, len);
                strbuf_addbuf(&sb, &other);
                fwrite(piece, 1, len, stream);
                break;
            default:
                strbuf_grow(&sb, len);
                break;
            }
            fflush(stream);
            assert_holds(&sb, expected, expected_len);
        }
        fclose(stream);
        free(expected);
        strbuf_release(&sb);
        strbuf_release(&other);
    }
}

static const volatile size_t huge = SIZE_MAX;

static int grow_beyond_everything(void *ctx)
{
    struct strbuf sb = STRBUF_INIT;

    (void)ctx;
    strbuf_adds(&sb, "x");
    strbuf_grow(&sb, huge);
    strbuf_release(&sb);
    return 0;
}

static void a_length_that_overflows_aborts(void **state)
{
    (void)state;
    assert_true(testing_aborts(grow_beyond_everything, NULL));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_one_is_empty_and_owns_nothing),
        cmocka_unit_test(nobody_writes_the_empty_string),
        cmocka_unit_test(nothing_may_be_added_from_nowhere),
        cmocka_unit_test(holds_any_byte),
        cmocka_unit_test(clearing_keeps_the_room),
        cmocka_unit_test(grow_makes_room_and_changes_nothing),
        cmocka_unit_test(detaching_gives_the_bytes_away),
        cmocka_unit_test(formats_as_printf_does),
        cmocka_unit_test(writes_numbers_as_printf_does),
        cmocka_unit_test(agrees_with_open_memstream),
        cmocka_unit_test(a_length_that_overflows_aborts),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("strbuf", tests, NULL, NULL);
}
