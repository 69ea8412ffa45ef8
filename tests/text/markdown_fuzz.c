/*
 * Any bytes into markdown_render. What comes out is UTF-8, has no elements but those of Markdown
 * and of the hooks, and ids that come once; errors have a place in the text; and a second run does
 * the same. To look for new ones:
 *
 *     clang -std=c17 -D_GNU_SOURCE -Ilib -Itests -g -O1 -fsanitize=fuzzer,address,undefined
 *         tests/text/markdown_fuzz.c lib/base/(all).c lib/text/(csv escape markdown markdown_source
 * slug utf8).c -lcmark -lcrypto
 *
 * What it finds goes into tests/text/fuzz/markdown/, which fuzz_replay_test.c runs through here.
 */
#include "base/base.h"

#include "text/markdown.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "text/csv.h"
#include "text/escape.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every name is known that has an 'a' and no 'z'. */
static int markdown_fuzz_reference(void *ctx, const char *word, const char *name,
                                   struct strbuf *html, struct strbuf *plain)
{
    (void)ctx;
    if (!strchr(name, 'a') || strchr(name, 'z'))
        return -1;
    strbuf_adds(html, word ? "<table>" : "<data>");
    escape_html(html, name, strlen(name));
    strbuf_adds(html, word ? "</table>" : "</data>");
    strbuf_adds(plain, name);
    return 0;
}

static void markdown_fuzz_explain(void *ctx, const char *word, const char *name, struct err *err)
{
    (void)ctx;
    err_hint(err, "%s is not %s", word ? word : "nothing", name);
}

static void markdown_fuzz_table(void *ctx, const struct csv_table *table, struct strbuf *html)
{
    (void)ctx;
    for (size_t i = 0; i < table->count; i++)
        for (size_t j = 0; j < table->rows[i].count; j++)
            escape_html(html, table->rows[i].cells[j], strlen(table->rows[i].cells[j]));
}

static void markdown_fuzz_link(void *ctx, const char *url, bool is_image, size_t offset)
{
    (void)is_image;
    if (!url || !strncasecmp(url, "javascript:", 11) || offset > *(const size_t *)ctx)
        abort();
}

static size_t count_of(const struct strbuf *s, const char *what)
{
    size_t count = 0;

    for (const char *p = s->buf; (p = strstr(p, what)); p++)
        count++;
    return count;
}

/* Whether the HTML has nothing that could run, and its headings are those of the list. */
static bool is_clean(const struct strbuf *html, const struct markdown_document *document)
{
    static const char *const never[] = {"<script", "<style", "<!--", "<iframe", "\"javascript:"};

    if (utf8_check(html->buf, html->len) != html->len || strlen(html->buf) != html->len)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(never); i++)
        if (strstr(html->buf, never[i]))
            return false;
    if (count_of(html, " id=\"fuzz-") != document->heading_count)
        return false;
    for (size_t i = 0; i < document->heading_count; i++) {
        const struct markdown_heading *heading = &document->headings[i];

        if (heading->level < 2 || heading->level > 6 || !heading->id[5] ||
            strcspn(heading->id, " \t\r\n\"<>&") != strlen(heading->id))
            return false;
        for (size_t j = 0; j < i; j++)
            if (!strcmp(heading->id, document->headings[j].id))
                return false;
    }
    return true;
}

static bool has_places(const struct errs *errs)
{
    for (size_t i = 0; i < errs->count; i++)
        if (!errs->items[i].file || !errs->items[i].line ||
            (!errs->items[i].column && strncmp(errs->items[i].id, "csv-", 4)))
            return false;
    return true;
}

static bool same_errors(const struct errs *a, const struct errs *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i].message, b->items[i].message) ||
            a->items[i].line != b->items[i].line || a->items[i].column != b->items[i].column)
            return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct markdown_options options = {"fuzz", "fuzz-", 1};
    const struct markdown_hooks hooks = {&size,
                                         markdown_fuzz_reference,
                                         markdown_fuzz_explain,
                                         markdown_fuzz_table,
                                         markdown_fuzz_link,
                                         NULL};
    struct arena arena = ARENA_INIT;
    struct errs errs[2] = {ERRS_INIT, ERRS_INIT};
    struct strbuf html[2] = {STRBUF_INIT, STRBUF_INIT};
    struct markdown_document document;
    int result[2];

    for (size_t i = 0; i < 2; i++) {
        result[i] = markdown_render((const char *)data, size, &options, &hooks, &arena, &html[i],
                                    &document, &errs[i]);
        if ((result[i] != 0) != (errs_count(&errs[i]) > 0))
            abort();
    }
    if (!has_places(&errs[0]) || !same_errors(&errs[0], &errs[1]) ||
        strcmp(html[0].buf, html[1].buf))
        abort();
    if (!result[0] && !is_clean(&html[0], &document))
        abort();
    for (size_t i = 0; i < 2; i++) {
        errs_release(&errs[i]);
        strbuf_release(&html[i]);
    }
    arena_release(&arena);
    return 0;
}
