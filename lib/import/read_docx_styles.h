/*
 * read_docx_styles: what the styles of a document of Word say about its paragraphs, and the numbers
 * of its lists. Depends on import/read_office.h.
 */
#ifndef IMPORT_READ_DOCX_STYLES_H
#define IMPORT_READ_DOCX_STYLES_H

#include <stdbool.h>

#include "base/strmap.h"

struct office;

enum { DOCX_UNSET = -1, DOCX_BODY_LEVEL = 9 };

/* With what it has from the styles that it is based on. */
struct docx_style {
    const char *id, *name, *based_on;
    int outline;      /* from 0; DOCX_BODY_LEVEL: none */
    const char *list; /* the number of a list, "0": none; or NULL */
    int list_level;
    int is_hidden; /* or DOCX_UNSET */
};

struct docx_styles {
    struct strmap by_id;
    const struct docx_style *paragraph; /* that of paragraphs that name none, or NULL */
};

int docx_styles_read(const struct office *office, struct docx_styles *out);
void docx_styles_release(struct docx_styles *styles);
/* NULL when there is none of that name. */
const struct docx_style *docx_style(const struct docx_styles *styles, const char *id);

#endif
