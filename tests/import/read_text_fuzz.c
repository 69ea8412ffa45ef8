/*
 * Any bytes into read_text, as a text in some encoding. To look for new ones:
 *
 *     clang -std=c17 -D_GNU_SOURCE -Ilib -Itests -g -O1 -fsanitize=fuzzer,address,undefined
 *         tests/import/read_text_fuzz.c lib/{base,text,import}/(all).c
 *         $(pkg-config --cflags --libs libcrypto jansson libcmark libxml-2.0 libarchive freexl)
 *
 * What it finds goes into tests/import/fuzz/read_text/, which fuzz_replay_test.c runs through here.
 */
#include "base/base.h"

#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_charset.h"
#include "import/read_text.h"
#include "import/whole.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int try_text(struct doc_reading *r, const uint8_t *data, size_t size)
{
    struct strbuf text = STRBUF_INIT;
    size_t broken;
    int result = 0;

    if (!read_charset((const char *)data, size, NULL, &text, &broken) &&
        !read_charset_is_binary(text.buf, text.len))
        result = read_text(r, text.buf, text.len);
    strbuf_release(&text);
    return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    whole_try(try_text, data, size);
    return 0;
}
