#include "base/base.h"

#include "import/document.h"

#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_charset.h"
#include "import/read_html.h"
#include "import/read_office.h"
#include "import/read_ole.h"
#include "import/read_pdf.h"
#include "import/read_text.h"
#include "import/read_xls.h"

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

/* --- kinds that are not read --- */

static int refuse_ole(struct doc_reading *r, enum ole_kind kind)
{
    if (kind == OLE_ENCRYPTED)
        err_hint(doc_error(r, "password-protected", "it is protected with a password"),
                 "open it, take the password away, and save it again");
    else if (kind == OLE_WORD)
        err_hint(doc_error(r, "unknown-document", "it is a document of Word 97 to 2003 (doc)"),
                 "open it in LibreOffice or Word, and save it as .docx; or: soffice --headless "
                 "--convert-to docx FILE");
    else
        err_hint(doc_error(r, "unknown-document", "it is an old Office file of another kind"),
                 "open it in LibreOffice, and save it as .docx or .xlsx");
    return -1;
}

/* Texts that are not for people. */
static const char *name_of_markup(const char *text, size_t len)
{
    size_t start = len < 1024 ? len : 1024;

    if (len > 5 && !memcmp(text, "{\\rtf", 5))
        return "RTF";
    if (len > 13 && !strncasecmp(text, "MIME-Version:", 13))
        return "a web archive (mht)";
    if (memmem(text, start, "progid=\"Word.Document\"", 22) ||
        memmem(text, start, "progid=\"Excel.Sheet\"", 20))
        return "XML of Office 2003";
    if (memmem(text, start, "urn:oasis:names:tc:opendocument", 31))
        return "flat OpenDocument";
    return NULL;
}

/* --- texts: what is no other kind --- */

static int read_characters_as(struct doc_reading *r, const char *text, size_t len)
{
    const char *markup = name_of_markup(text, len);

    if (markup) {
        err_hint(doc_error(r, "unknown-document", "it is %s", markup),
                 "open it in LibreOffice or Office, and save it as .docx or .xlsx");
        return -1;
    }
    if (html_is(text, len))
        return read_html(r, text, len);
    r->document->format = "text";
    return read_text(r, text, len);
}

static int read_characters(struct doc_reading *r)
{
    struct strbuf text = STRBUF_INIT;
    size_t broken;
    char charset[32];
    int result = -1;

    if (read_charset(r->data, r->len, html_charset(r->data, r->len, charset), &text, &broken) ||
        read_charset_is_binary(text.buf, text.len)) {
        err_hint(doc_error(r, "unknown-document", "this is no kind of document that can be read"),
                 "what can be: docx, xlsx, xls, pdf, html and plain text, whatever their names");
    } else {
        if (broken)
            err_hint(doc_warn(r, "broken-characters", "some of its bytes are no characters"),
                     "they became U+FFFD; save it as UTF-8");
        result = read_characters_as(r, text.buf, text.len);
    }
    strbuf_release(&text);
    return result;
}

static int read_kind(struct doc_reading *r)
{
    enum ole_kind ole = ole_kind(r->data, r->len);

    if (!r->len) {
        doc_error(r, "empty-document", "the file is empty");
        return -1;
    }
    if (zip_is(r->data, r->len))
        return read_office(r);
    if (pdf_is(r->data, r->len))
        return read_pdf(r);
    if (ole == OLE_WORKBOOK)
        return read_xls(r);
    if (ole != OLE_NONE)
        return refuse_ole(r, ole);
    return read_characters(r);
}

int document_read_bytes(const char *name, const void *data, size_t len,
                        const struct doc_limits *limits, struct document *out, struct errs *errs)
{
    struct doc_reading r = {
        .data = data, .len = len, .limits = limits, .document = out, .errs = errs};
    int result;

    memset(out, 0, sizeof(*out));
    out->file = arena_strdup(&out->arena, name);
    result = read_kind(&r);
    if (!result && !out->count) {
        doc_error(&r, "empty-document", "there is no text in it");
        result = -1;
    }
    return result;
}

int document_read(const char *path, const struct doc_limits *limits, struct document *out,
                  struct errs *errs)
{
    struct strbuf file = STRBUF_INIT;
    int result = -1;

    memset(out, 0, sizeof(*out));
    if (!fs_read(AT_FDCWD, path, path, limits->file_size, &file, errs))
        result = document_read_bytes(path, file.buf, file.len, limits, out, errs);
    strbuf_release(&file);
    return result;
}
