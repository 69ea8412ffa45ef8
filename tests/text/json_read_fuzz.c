/*
 * Any bytes into json_read. To look for new ones:
 *
 *     clang -std=c17 -D_GNU_SOURCE -Ilib -Itests -g -O1 -fsanitize=fuzzer,address,undefined
 *         tests/text/json_read_fuzz.c lib/base/(all).c lib/text/{json_read,utf8}.c -lcrypto
 *     ./a.out tests/text/json
 *
 * What it finds goes into tests/text/fuzz/json_read/, which fuzz_replay_test.c runs through here.
 */
#include "base/base.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whether the text is taken, read event by event or the inner values skipped. */
static bool takes(const char *text, size_t len, bool skipping)
{
    struct errs errs = ERRS_INIT;
    struct json_reader r;
    bool taken;

    json_reader_init(&r, "fuzz", text, len, &json_limits_default, &errs);
    while (json_next(&r) != JSON_READ_FAILED && r.event != JSON_READ_END)
        if (skipping && r.depth > 1)
            json_skip(&r);
    taken = r.event == JSON_READ_END;
    if (errs.count != !taken)
        abort();
    json_reader_release(&r);
    errs_release(&errs);
    return taken;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = mem_alloc(size + 1); /* ends where the allocation ends */

    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    if (takes(text, size, false) != takes(text, size, true))
        abort();
    free(text);
    return 0;
}
