/*
 * Any parts into read_docx: document, styles, numbering and footnotes, with a NUL between them. To
 * look for new ones:
 *
 *     clang -std=c17 -D_GNU_SOURCE -Ilib -Itests -g -O1 -fsanitize=fuzzer,address,undefined
 *         tests/import/read_docx_fuzz.c lib/{base,text,import}/(all).c
 *         $(pkg-config --cflags --libs libcrypto jansson libcmark libxml-2.0 libarchive freexl)
 *
 * What it finds goes into tests/import/fuzz/read_docx/, which fuzz_replay_test.c runs through here.
 */
#include "base/base.h"

#include "import/doc_build.h"
#include "import/read_docx.h"
#include "import/read_office.h"
#include "import/whole.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int try_docx(struct doc_reading *r, const uint8_t *data, size_t size)
{
    struct zip_part parts[] = {{.name = (char *)"main"},
                               {.name = (char *)"styles"},
                               {.name = (char *)"numbering"},
                               {.name = (char *)"footnotes"}};
    struct office_relation relations[] = {{"1", "styles", "styles"},
                                          {"2", "numbering", "numbering"},
                                          {"3", "footnotes", "footnotes"}};
    struct office office = {.reading = r,
                            .zip = {parts, ARRAY_SIZE(parts), ARRAY_SIZE(parts)},
                            .main = "main",
                            .relations = relations,
                            .count = ARRAY_SIZE(relations)};

    for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
        parts[i].data = (char *)whole_part(&data, &size, &parts[i].len);
    return read_docx(&office);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    whole_try(try_docx, data, size);
    return 0;
}
