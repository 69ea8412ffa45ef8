/*
 * What fuzzing has found, and a few seeds for it, once more through the fuzz targets of the
 * readers: every file of tests/import/fuzz/TARGET/ through TARGET_fuzz.c.
 */
#include "base/base.h"

#include "base/replay.h"
#include "base/testing.h"

/* The targets all have the name that libFuzzer looks for. */
#define LLVMFuzzerTestOneInput fuzz_document
#include "document_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_read_text
#include "read_text_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_read_html
#include "read_html_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_read_docx
#include "read_docx_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_read_xlsx
#include "read_xlsx_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_read_pdf
#include "read_pdf_fuzz.c"
#undef LLVMFuzzerTestOneInput

static void document_takes_any_bytes(void **state)
{
    (void)state;
    replay("tests/import/fuzz/document", fuzz_document);
}

static void read_text_takes_any_bytes(void **state)
{
    (void)state;
    replay("tests/import/fuzz/read_text", fuzz_read_text);
}

static void read_html_takes_any_bytes(void **state)
{
    (void)state;
    replay("tests/import/fuzz/read_html", fuzz_read_html);
}

static void read_docx_takes_any_bytes(void **state)
{
    (void)state;
    replay("tests/import/fuzz/read_docx", fuzz_read_docx);
}

static void read_xlsx_takes_any_bytes(void **state)
{
    (void)state;
    replay("tests/import/fuzz/read_xlsx", fuzz_read_xlsx);
}

static void read_pdf_takes_any_bytes(void **state)
{
    (void)state;
    replay("tests/import/fuzz/read_pdf", fuzz_read_pdf);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_takes_any_bytes),  cmocka_unit_test(read_text_takes_any_bytes),
        cmocka_unit_test(read_html_takes_any_bytes), cmocka_unit_test(read_docx_takes_any_bytes),
        cmocka_unit_test(read_xlsx_takes_any_bytes), cmocka_unit_test(read_pdf_takes_any_bytes),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("fuzz_replay", tests, NULL, NULL);
}
