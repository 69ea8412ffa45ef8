/*
 * Any bytes into document_read, but for PDFs, which other programs read. To look for new ones:
 *
 *     clang -std=c17 -D_GNU_SOURCE -Ilib -Itests -g -O1 -fsanitize=fuzzer,address,undefined
 *         tests/import/document_fuzz.c lib/{base,text,import}/(all).c
 *         $(pkg-config --cflags --libs libcrypto jansson libcmark libxml-2.0 libarchive freexl)
 *
 * What it finds goes into tests/import/fuzz/document/, which fuzz_replay_test.c runs through here.
 */
#include "base/base.h"

#include "base/err.h"
#include "import/document.h"
#include "import/read_pdf.h"
#include "import/whole.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct doc_limits limits = {1 << 20, 1 << 20, 10000, 5};
    struct document document;
    struct errs errs = ERRS_INIT;
    int result;

    if (pdf_is((const char *)data, size))
        return 0;
    result = document_read_bytes("fuzz", data, size, &limits, &document, &errs);
    if ((result != 0) != (errs_count(&errs) != 0))
        abort();
    whole_check(&document);
    document_release(&document);
    errs_release(&errs);
    return 0;
}
