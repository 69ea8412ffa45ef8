/*
 * read_docx_numbers: the numbers of lists in a document of Word, as it shows them.
 *
 * Known are the number formats that Chinese documents use (一、 （一） 1. ① 壹 甲 １ Ⅰ a), levels
 * that show those above them (1.1), where lists begin, and what of them begins anew. Bullets are no
 * numbers. Depends on import/read_office.h.
 */
#ifndef IMPORT_READ_DOCX_NUMBERS_H
#define IMPORT_READ_DOCX_NUMBERS_H

#include "base/strmap.h"
#include "import/read_docx_styles.h"

struct strbuf;

struct docx_lists {
    struct strmap abstracts; /* by their ids */
    struct strmap lists;     /* by the numbers that paragraphs name them by */
    const struct docx_styles *styles;
};

int docx_lists_read(const struct office *office, const struct docx_styles *styles,
                    struct docx_lists *out);
void docx_lists_release(struct docx_lists *lists);

/*
 * Counts the next item of the list of that number, at a level, and appends its number and what
 * parts it from the text. `style` is that of the paragraph, if the list comes from there: it may be
 * bound to a level.
 */
void docx_lists_next(struct docx_lists *lists, const char *id, unsigned at,
                     const struct docx_style *style, struct strbuf *out);

/* A number in a format of Word's ("chineseCounting"). */
void docx_number(unsigned n, const char *format, struct strbuf *out);

#endif
