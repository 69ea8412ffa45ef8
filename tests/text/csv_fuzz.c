/*
 * Any bytes into csv_parse, and what it made of them through the writer and in again. To look for
 * new ones:
 *
 *     clang -std=c17 -D_GNU_SOURCE -Ilib -Itests -g -O1 -fsanitize=fuzzer,address,undefined
 *         tests/text/csv_fuzz.c lib/base/(all).c lib/text/csv.c -lcrypto
 *
 * What it finds goes into tests/text/fuzz/csv/, which fuzz_replay_test.c runs through here.
 */
#include "base/base.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "text/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_table(const struct csv_table *table, struct strbuf *out)
{
    struct csv_writer w = {out, false};

    for (size_t i = 0; i < table->count; i++) {
        for (size_t j = 0; j < table->rows[i].count; j++)
            csv_put_text(&w, table->rows[i].cells[j], strlen(table->rows[i].cells[j]));
        csv_end_row(&w);
    }
}

/* The second was read from what the first was written to: the same, but for the formula guard. */
static bool same_tables(const struct csv_table *first, const struct csv_table *second)
{
    if (first->count != second->count)
        return false;
    for (size_t i = 0; i < first->count; i++) {
        if (first->rows[i].count != second->rows[i].count)
            return false;
        for (size_t j = 0; j < first->rows[i].count; j++) {
            const char *a = first->rows[i].cells[j], *b = second->rows[i].cells[j];

            if (strcmp(a, b + (*a && strchr("=+-@\t\r", *a))))
                return false;
        }
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct strbuf out = STRBUF_INIT;
    struct csv_table table, again;
    int result = csv_parse((const char *)data, size, "fuzz", 1, &arena, &table, &errs);

    if (result ? errs.count != 1 : errs.count != 0)
        abort();
    if (!result) {
        write_table(&table, &out);
        if (csv_parse(out.buf, out.len, "again", 1, &arena, &again, &errs) ||
            !same_tables(&table, &again))
            abort();
    }
    arena_release(&arena);
    errs_release(&errs);
    strbuf_release(&out);
    return 0;
}
