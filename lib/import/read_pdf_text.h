/*
 * read_pdf_text: words of a page put together to lines, and lines to texts.
 *
 * Depends on import/read_pdf_page.h.
 */
#ifndef IMPORT_READ_PDF_TEXT_H
#define IMPORT_READ_PDF_TEXT_H

#include "import/read_pdf_page.h"

struct strbuf;

/* Words that stand beside each other, from the left. */
struct pdf_line {
    struct pdf_box box;
    int em;
    struct pdf_word **words;
    size_t count;
    unsigned page;
};

struct pdf_lines {
    struct pdf_line *items; /* from above */
    size_t count, cap;
    struct pdf_word **words; /* those of all lines */
};

/* Those of the words that are wanted; `words` is sorted. */
void pdf_make_lines(struct pdf_word **words, size_t count, unsigned page, struct pdf_lines *out);
void pdf_release_lines(struct pdf_lines *lines);

/* Appends the words of a line from the `from`-th on and until the `until`-th, with spaces where
 * there are. */
void pdf_add_line(const struct pdf_line *line, size_t from, size_t until, struct strbuf *out);
/* Appends a line to a text that it goes on: with a space only between words of letters. */
void pdf_join_line(const struct pdf_line *line, struct strbuf *out);
/* How wide the first character of a line is. */
int pdf_first_width(const struct pdf_line *line);

#endif
