#include "base/base.h"

#include "base/child.h"

#include <errno.h>

#include "base/testing.h"

enum { MIB = 1024 * 1024 };

static void reads_its_input_and_the_file_and_says_how_it_ended(void **state)
{
    struct child child = {
        .args = {"sh", "-c", "cat; cat " CHILD_EXTRA_NAME "; echo bad >&2; exit 5"},
        .input = "one\n",
        .input_len = 4,
        .extra = "two\n",
        .extra_len = 4,
        .output = MIB};

    (void)state;
    assert_int_equal(child_run(&child), 0);
    assert_int_equal(child.status, 5);
    assert_false(child.is_too_late);
    assert_string_equal(child.out.buf, "one\ntwo\n");
    assert_string_equal(child_last_words(&child), "bad");
    child_release(&child);
}

static void a_program_that_is_not_there_is_an_error(void **state)
{
    struct child child = {.args = {"juesuan-no-such-program"}, .output = MIB};

    (void)state;
    assert_int_equal(child_run(&child), ENOENT);
    child_release(&child);
}

static void time_is_limited(void **state)
{
    struct child child = {.args = {"sleep", "60"}, .output = MIB, .seconds = 1};

    (void)state;
    assert_int_equal(child_run(&child), 0);
    assert_true(child.is_too_late);
    assert_int_equal(child.status, -1);
    child_release(&child);
}

static void output_is_limited(void **state)
{
    struct child child = {.args = {"head", "-c", "3000000", "/dev/zero"}, .output = MIB};

    (void)state;
    assert_int_equal(child_run(&child), 0);
    assert_int_not_equal(child.status, 0);
    assert_true(child.out.len <= MIB);
    child_release(&child);
}

static void memory_is_limited(void **state)
{
    struct child child = {
        .args = {"python3", "-c", "import time; time.sleep(0.3); bytearray(1 << 30)"},
        .output = MIB,
        .memory = (size_t)512 * MIB};

    (void)state;
    assert_int_equal(child_run(&child), 0);
    assert_int_equal(child.status, 1);
    assert_string_equal(child_last_words(&child), "MemoryError");
    child_release(&child);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_its_input_and_the_file_and_says_how_it_ended),
        cmocka_unit_test(a_program_that_is_not_there_is_an_error),
        cmocka_unit_test(time_is_limited),
        cmocka_unit_test(output_is_limited),
        cmocka_unit_test(memory_is_limited),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("child", tests, NULL, NULL);
}
