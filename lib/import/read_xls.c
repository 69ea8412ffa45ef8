#include "base/base.h"

#include "import/read_xls.h"

#include <errno.h>
#include <freexl.h>
#include <sys/mman.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_xlsx_format.h"

#define SAVE_HINT "open it in Excel or LibreOffice, and save it as .xlsx"

static int fail_broken(struct doc_reading *r, int code)
{
    if (code == FREEXL_BIFF_WORKBOOK_NOT_FOUND || code == FREEXL_BIFF_INVALID_BOF)
        err_hint(doc_error(r, "broken-document", "there is no workbook in it"), SAVE_HINT);
    else
        err_hint(doc_error(r, "broken-document", "libfreexl cannot read it (code %d)", code),
                 SAVE_HINT);
    return -1;
}

/* The library opens files by name; this one has none that others see. */
static int file_of(const struct doc_reading *r, char path[32])
{
    int fd = memfd_create("juesuan", MFD_CLOEXEC);

    if (fd >= 0 && fs_write_fd(fd, r->data, r->len)) {
        close(fd);
        return -1;
    }
    snprintf(path, 32, "/proc/self/fd/%d", fd);
    return fd;
}

static const char *show(struct doc_reading *r, const FreeXL_CellValue *value, const char **stored)
{
    struct strbuf text = STRBUF_INIT, plain = STRBUF_INIT;
    struct xlsx_number n;
    char digits[64];
    const char *result;

    if (value->type == FREEXL_CELL_INT)
        snprintf(digits, sizeof(digits), "%d", value->value.int_value);
    else
        snprintf(digits, sizeof(digits), "%.15g", value->value.double_value);
    if (!xlsx_number_parse(digits, &n))
        return doc_text(r, digits, strlen(digits));
    if (xlsx_format(&n, "General", false, &text)) {
        xlsx_number_plain(&n, &plain);
        *stored = doc_text(r, plain.buf, plain.len);
    }
    result = doc_text(r, text.buf, text.len);
    strbuf_release(&text);
    strbuf_release(&plain);
    return result;
}

static const char *text_of(struct doc_reading *r, const FreeXL_CellValue *value,
                           const char **stored)
{
    *stored = NULL;
    switch (value->type) {
    case FREEXL_CELL_INT:
    case FREEXL_CELL_DOUBLE:
        return show(r, value, stored);
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
    case FREEXL_CELL_TIME:
        return value->value.text_value
                   ? doc_text(r, value->value.text_value, strlen(value->value.text_value))
                   : "";
    default:
        return "";
    }
}

static int read_cells(struct doc_reading *r, const void *xls, const char *name)
{
    struct doc_table_build t;
    struct doc_table *table;
    unsigned rows = 0;
    unsigned short columns = 0;

    doc_table_begin(&t, r);
    if (freexl_worksheet_dimensions(xls, &rows, &columns) != FREEXL_OK)
        rows = 0;
    for (unsigned row = 0; row < rows && !t.too_large; row++)
        for (unsigned short column = 0; column < columns; column++) {
            FreeXL_CellValue value;
            const char *text, *stored;
            struct doc_cell *cell;

            if (freexl_get_cell_value(xls, row, column, &value) != FREEXL_OK)
                continue;
            text = text_of(r, &value, &stored);
            if (!*text)
                continue;
            cell = doc_table_put(&t, row, column, text, 1, 1);
            cell->stored = stored;
            cell->place.sheet = name;
        }
    if (doc_table_end(&t, &table))
        return -1;
    doc_add_table(r, table, (struct doc_place){.sheet = name});
    return 0;
}

static int read_sheets(struct doc_reading *r, const void *xls)
{
    unsigned count = 0, password = FREEXL_BIFF_PLAIN;
    int result = 0;

    freexl_get_info(xls, FREEXL_BIFF_PASSWORD, &password);
    if (password == FREEXL_BIFF_OBFUSCATED) {
        err_hint(doc_error(r, "password-protected", "it is protected with a password"),
                 "open it, take the password away, and save it as .xlsx");
        return -1;
    }
    freexl_get_info(xls, FREEXL_BIFF_SHEET_COUNT, &count);
    for (unsigned short i = 0; i < count && !result; i++) {
        const char *name = NULL;

        if (freexl_get_worksheet_name(xls, i, &name) != FREEXL_OK ||
            freexl_select_active_worksheet(xls, i) != FREEXL_OK)
            continue;
        result = read_cells(r, xls, name ? arena_strdup(&r->document->arena, name) : "");
    }
    if (!result && r->document->count)
        err_hint(doc_warn(r, "no-formats",
                          "of an xls only the values are read, not how they are shown or merged"),
                 SAVE_HINT ", to be sure");
    return result;
}

int read_xls(struct doc_reading *r)
{
    char path[32];
    int fd = file_of(r, path), code, result;
    const void *xls = NULL;

    r->document->format = "xls";
    if (fd < 0) {
        errs_add_errno(r->errs, errno, "cannot make a file in memory");
        return -1;
    }
    code = freexl_open(path, &xls);
    result = code == FREEXL_OK ? read_sheets(r, xls) : fail_broken(r, code);
    if (xls)
        freexl_close(xls);
    close(fd);
    return result;
}
