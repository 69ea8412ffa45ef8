/*
 * Two templates, divided by the byte 0xFF, as a typed and as a JSON program. To look for new ones:
 *
 *     clang -std=c17 -D_GNU_SOURCE -Ilib -Itests -g -O1 -fsanitize=fuzzer,address,undefined
 *         tests/text/mustache_fuzz.c tests/text/mustache_sample.c lib/base/(all).c
 *         lib/text/(all).c -ljansson -lcrypto
 */
#include "base/base.h"

#include "text/mustache.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "text/mustache_sample.h"

enum { SIZE_TRIED_MAX = 512 }; /* templates can make their text twofold with each level */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_program(struct mustache_set *set, const struct mustache_schema *schema,
                        const void *data)
{
    struct errs errs = ERRS_INIT;
    struct strbuf out = STRBUF_INIT;
    struct mustache_program *program =
        mustache_compile(set, "main", schema, &sample_report_type, NULL, &errs);

    if ((program && mustache_render(program, data, &out, &errs)) != (program && errs.count))
        abort();
    if (!program && !errs.count)
        abort();
    mustache_program_free(program);
    errs_release(&errs);
    strbuf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const tags[] = {"<"};
    static const struct sample_line lines[] = {{"n", "1", "<b>", "sum", true, {tags, 1}}};
    json_t *json = json_loads(
        "{\"a\":{\"b\":\"x\\n<\"},\"l\":[{\"v\":1.5}],\"t\":[\"p\"],\"k\":\"p\"}", 0, NULL);
    const struct sample_dept parent = {"d", "1", NULL, json}, dept = {"e", NULL, &parent, json};
    const struct sample_report report = {"t",        "<p>",     "row",     true,      &dept,
                                         {lines, 1}, {tags, 1}, {NULL, 0}, {NULL, 0}, json};
    const uint8_t *end = size ? memchr(data, 0xFF, size) : NULL;
    size_t len = end ? (size_t)(end - data) : size;
    struct mustache_set *set;
    struct errs errs = ERRS_INIT;

    if (size <= SIZE_TRIED_MAX) {
        set = mustache_set_new();
        mustache_set_add(set, "main", "main", (const char *)data, len, MUSTACHE_HTML, &errs);
        if (end)
            mustache_set_add(set, "p", "p", (const char *)end + 1, size - len - 1, MUSTACHE_HTML,
                             &errs);
        mustache_set_add(set, "row", "row", "{{$b}}\n r\n{{/b}}", 16, MUSTACHE_HTML, &errs);
        mustache_set_add(set, "sum", "sum", "{{>p}}", 6, MUSTACHE_HTML, &errs);
        try_program(set, &sample_schema, &report);
        try_program(set, NULL, json);
        mustache_set_free(set);
    }
    errs_release(&errs);
    json_decref(json);
    return 0;
}
