#include "base/base.h"

#include "import/read_pdf.h"

#include <errno.h>

#include "base/child.h"
#include "base/err.h"
#include "base/mem.h"
#include "import/doc_build.h"
#include "import/read_pdf_layout.h"
#include "import/read_pdf_text.h"

enum { MIB = 1024 * 1024, MEMORY_MIB = 2048, NUMBER_LEN = 12 };

bool pdf_is(const char *data, size_t len)
{
    /* some have a few bytes before it */
    return memmem(data, len < 1024 ? len : 1024, "%PDF-", 5) != NULL;
}

static int fail(struct doc_reading *r, struct child *child)
{
    if (child->is_too_late)
        err_hint(doc_error(r, "document-too-large", "%s was not done with it in %u seconds",
                           child->args[0], child->seconds),
                 "split it, or raise the limit of seconds");
    else if (child->status < 0)
        err_hint(
            doc_error(r, "document-too-large", "%s came to its limits with it", child->args[0]),
            "split it, or raise the limit of what may be unpacked");
    else if (strstr(child->err.buf, "assword"))
        err_hint(doc_error(r, "password-protected", "it is protected with a password"),
                 "print it to a PDF without one");
    else if (strstr(child->err.buf, "not allowed"))
        err_hint(doc_error(r, "password-protected", "its text may not be copied"),
                 "print it to a PDF that lets text be copied");
    else
        err_hint(doc_error(r, "broken-document", "%s cannot read it: %s", child->args[0],
                           child_last_words(child)),
                 "was it sent or downloaded as a whole? Open it, and print it to a PDF again");
    return -1;
}

/* -1 after adding an error. The child is released by the caller. */
static int run(struct doc_reading *r, struct child *child)
{
    int reason;

    child->extra = r->data;
    child->extra_len = r->len;
    child->output = r->limits->unpacked_size;
    child->seconds = r->limits->seconds;
    child->memory = (size_t)MEMORY_MIB * MIB;
    reason = child_run(child);
    if (reason) {
        err_hint(errs_add_errno(r->errs, reason, "cannot run %s", child->args[0]),
                 "PDFs are read with it; apt-get install poppler-utils");
        return -1;
    }
    return child->status || child->is_too_late ? fail(r, child) : 0;
}

/* --- words --- */

static bool has_words(const struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->count; i++)
        if (pdf->pages[i].word_count)
            return true;
    return false;
}

static int read_words(struct pdf *pdf)
{
    struct doc_reading *r = pdf->reading;
    struct child child = {
        .args = {"pdftotext", "-bbox-layout", "-enc", "UTF-8", CHILD_EXTRA_NAME, "-"}};
    int result = run(r, &child);

    if (!result)
        result = pdf_read_words(pdf, child.out.buf, child.out.len);
    if (!result && !has_words(pdf)) {
        err_hint(doc_error(r, "no-text", "there is no text in it: its pages are pictures"),
                 "ask for the file that it was printed from; or have its text recognised (OCR)");
        result = -1;
    }
    child_release(&child);
    return result;
}

/* --- lines --- */

/* Whether there are lines with gaps in them, as between cells. */
static bool may_have_table(struct pdf_page *page)
{
    struct pdf_word **words = mem_zalloc(page->word_count + 1, sizeof(struct pdf_word *));
    struct pdf_lines lines;
    unsigned with_gaps = 0;

    for (size_t i = 0; i < page->word_count; i++)
        words[i] = &page->words[i];
    pdf_make_lines(words, page->word_count, page->number, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        const struct pdf_line *line = &lines.items[i];
        size_t at = 1;

        while (at < line->count && line->words[at]->box.x0 - line->words[at - 1]->box.x1 < line->em)
            at++;
        with_gaps += at < line->count;
    }
    pdf_release_lines(&lines);
    return with_gaps > 1;
}

/* The pages from `first` to before `until`. */
static int read_rules_of(struct pdf *pdf, size_t first, size_t until)
{
    char first_text[NUMBER_LEN], last_text[NUMBER_LEN];
    struct child child = {
        .args = {"pdftocairo", "-svg", "-f", first_text, "-l", last_text, CHILD_EXTRA_NAME, "-"}};
    int result;

    snprintf(first_text, sizeof(first_text), "%u", pdf->pages[first].number);
    snprintf(last_text, sizeof(last_text), "%u", pdf->pages[until - 1].number);
    result = run(pdf->reading, &child);
    if (!result)
        result = pdf_read_rules(pdf, first, child.out.buf, child.out.len);
    child_release(&child);
    return result;
}

/* What is drawn is asked for only of the pages that may have tables, and of pages of one size at a
 * time: in one drawing, all are cut to the size of the first. */
static int read_rules(struct pdf *pdf)
{
    int result = 0;

    for (size_t first = 0, until; first < pdf->count && !result; first = until) {
        until = first + 1;
        if (!may_have_table(&pdf->pages[first]))
            continue;
        while (until < pdf->count && pdf->pages[until].width == pdf->pages[first].width &&
               pdf->pages[until].height == pdf->pages[first].height &&
               may_have_table(&pdf->pages[until]))
            until++;
        result = read_rules_of(pdf, first, until);
    }
    return result;
}

int read_pdf(struct doc_reading *r)
{
    struct pdf pdf = {.reading = r};
    int result;

    r->document->format = "pdf";
    result = read_words(&pdf) || read_rules(&pdf) || pdf_lay_out(&pdf) ? -1 : 0;
    pdf_release(&pdf);
    return result;
}
