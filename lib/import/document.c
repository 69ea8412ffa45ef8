#include "base/base.h"

#include "import/document.h"

#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_charset.h"
#include "import/read_office.h"
#include "import/read_text.h"

enum { MIB = 1024 * 1024 };

const struct doc_limits doc_limits_default = {
    .file_size = (size_t)64 * MIB,
    .unpacked_size = (size_t)256 * MIB,
    .cells = 1000000,
    .seconds = 60,
};

const struct doc_cell *doc_table_at(const struct doc_table *table, unsigned row, unsigned column)
{
    unsigned number;

    if (row >= table->rows || column >= table->columns)
        return NULL;
    number = table->grid[(size_t)row * table->columns + column];
    return number == DOC_NO_CELL ? NULL : &table->cells[number];
}

void document_release(struct document *document)
{
    arena_release(&document->arena);
    memset(document, 0, sizeof(*document));
}

/* --- texts: what is no other kind --- */

static int read_characters(struct doc_reading *r)
{
    struct strbuf text = STRBUF_INIT;
    size_t broken;
    int result = -1;

    if (read_charset(r->data, r->len, NULL, &text, &broken) ||
        read_charset_is_binary(text.buf, text.len)) {
        err_hint(doc_error(r, "unknown-document", "this is no kind of document that can be read"),
                 "what can be: docx, xlsx, xls, pdf, html and plain text, whatever their names");
    } else {
        r->document->format = "text";
        if (broken)
            err_hint(doc_warn(r, "broken-characters", "some of its bytes are no characters"),
                     "they became U+FFFD; save it as UTF-8");
        result = read_text(r, text.buf, text.len);
    }
    strbuf_release(&text);
    return result;
}

static int read_kind(struct doc_reading *r)
{
    if (!r->len) {
        doc_error(r, "empty-document", "the file is empty");
        return -1;
    }
    if (zip_is(r->data, r->len))
        return read_office(r);
    return read_characters(r);
}

int document_read(const char *path, const struct doc_limits *limits, struct document *out,
                  struct errs *errs)
{
    struct strbuf file = STRBUF_INIT;
    struct doc_reading r = {.limits = limits, .document = out, .errs = errs};
    int result;

    memset(out, 0, sizeof(*out));
    out->file = arena_strdup(&out->arena, path);
    result = fs_read(AT_FDCWD, path, path, limits->file_size, &file, errs);
    if (!result) {
        r.data = file.buf;
        r.len = file.len;
        result = read_kind(&r);
    }
    if (!result && !out->count) {
        doc_error(&r, "empty-document", "there is no text in it");
        result = -1;
    }
    strbuf_release(&file);
    return result;
}
