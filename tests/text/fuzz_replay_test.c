/*
 * What fuzzing has found, and a few seeds for it, once more through the fuzz targets: every file of
 * tests/text/fuzz/TARGET/ through TARGET_fuzz.c. They call abort() when something is wrong.
 */
#include "base/base.h"

#include "base/replay.h"
#include "base/testing.h"

/* The targets all have the name that libFuzzer looks for. */
#define LLVMFuzzerTestOneInput fuzz_json_read
#include "json_read_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_csv
#include "csv_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_markdown
#include "markdown_fuzz.c"
#undef LLVMFuzzerTestOneInput

static void json_read_takes_any_bytes(void **state)
{
    (void)state;
    replay("tests/text/fuzz/json_read", fuzz_json_read);
}

static void csv_takes_any_bytes(void **state)
{
    (void)state;
    replay("tests/text/fuzz/csv", fuzz_csv);
}

static void markdown_takes_any_bytes(void **state)
{
    (void)state;
    replay("tests/text/fuzz/markdown", fuzz_markdown);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_read_takes_any_bytes),
        cmocka_unit_test(csv_takes_any_bytes),
        cmocka_unit_test(markdown_takes_any_bytes),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("fuzz_replay", tests, NULL, NULL);
}
