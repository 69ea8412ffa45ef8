/*
 * What pdftotext and pdftocairo may say, with a NUL between, into what reads it. To look for new
 * ones:
 *
 *     clang -std=c17 -D_GNU_SOURCE -Ilib -Itests -g -O1 -fsanitize=fuzzer,address,undefined
 *         tests/import/read_pdf_fuzz.c lib/{base,text,import}/(all).c
 *         $(pkg-config --cflags --libs libcrypto jansson libcmark libxml-2.0 libarchive freexl)
 *
 * What it finds goes into tests/import/fuzz/read_pdf/, which fuzz_replay_test.c runs through here.
 */
#include "base/base.h"

#include "base/mem.h"
#include "import/doc_build.h"
#include "import/read_pdf_layout.h"
#include "import/whole.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int try_pages(struct doc_reading *r, const uint8_t *data, size_t size)
{
    struct pdf pdf = {.reading = r};
    size_t words_len, svg_len;
    const char *words = whole_part(&data, &size, &words_len),
               *svg = whole_part(&data, &size, &svg_len);
    char *copy = mem_strndup(words, words_len);
    int result = pdf_read_words(&pdf, copy, words_len);

    if (!result)
        result = pdf_read_rules(&pdf, 0, svg, svg_len);
    if (!result)
        result = pdf_lay_out(&pdf);
    pdf_release(&pdf);
    free(copy);
    return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    whole_try(try_pages, data, size);
    return 0;
}
