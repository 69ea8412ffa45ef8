/*
 * read_pdf_page: what stands on the pages of a PDF: words, and the straight lines of tables.
 *
 * Lengths are thousandths of a point (1/72 inch), from the upper left corner. Depends on
 * import/read_xml.h.
 */
#ifndef IMPORT_READ_PDF_PAGE_H
#define IMPORT_READ_PDF_PAGE_H

#include <stdbool.h>
#include <stddef.h>

struct doc_reading;

enum { PDF_POINT = 1000 };

struct pdf_box {
    int x0, y0, x1, y1;
};

struct pdf_word {
    struct pdf_box box;
    const char *text;
    int em;        /* how wide a Chinese character of its size is */
    bool is_taken; /* it is in a table */
};

/* A line that is drawn: x0 == x1, or y0 == y1. */
struct pdf_rule {
    struct pdf_box box;
    bool is_vertical;
};

struct pdf_page {
    unsigned number;
    int width, height;
    struct pdf_word *words; /* in no order that can be relied on */
    size_t word_count, word_cap;
    struct pdf_rule *rules;
    size_t rule_count, rule_cap;
};

struct pdf {
    struct doc_reading *reading;
    struct pdf_page *pages;
    size_t count, cap;
};

/* From what pdftotext -bbox-layout says. -1 after adding an error. */
int pdf_read_words(struct pdf *pdf, char *text, size_t len);
/* From what pdftocairo -svg says of the pages from the `first`-th on, counted from 0. */
int pdf_read_rules(struct pdf *pdf, size_t first, const char *svg, size_t len);
void pdf_release(struct pdf *pdf);

/* "62.25" as 62250; where it ends, in *end. */
int pdf_length(const char *s, const char **end);

#endif
