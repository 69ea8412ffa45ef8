/*
 * What fuzzing has found, and a few seeds for it, once more through the fuzz targets: every file of
 * tests/text/fuzz/TARGET/ through TARGET_fuzz.c. They call abort() when something is wrong.
 */
#include "base/base.h"

#include <fcntl.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
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

static void replay(const char *folder, int (*target)(const uint8_t *data, size_t size))
{
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct fs_list list = {NULL, 0};

    assert_int_equal(fs_list(AT_FDCWD, folder, folder, &arena, &list, &errs), 0);
    assert_true(list.count > 0);
    for (size_t i = 0; i < list.count; i++) {
        struct strbuf path = STRBUF_INIT, bytes = STRBUF_INIT;

        strbuf_addf(&path, "%s/%s", folder, list.entries[i].name);
        assert_int_equal(fs_read(AT_FDCWD, path.buf, path.buf, SIZE_MAX, &bytes, &errs), 0);
        for (size_t len = 0; len <= bytes.len; len++) { /* and every beginning of it */
            if (len < bytes.len && bytes.len > 2000)
                continue;
            target((const uint8_t *)bytes.buf, len);
        }
        strbuf_release(&path);
        strbuf_release(&bytes);
    }
    arena_release(&arena);
    errs_release(&errs);
}

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
