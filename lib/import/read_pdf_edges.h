/*
 * read_pdf_edges: what is printed again at the edge of most pages: running titles, page numbers.
 *
 * A line is running when the same text, or the same but for the number of the page, stands at the
 * same height near the upper or lower edge of at least three pages, and of at least half of all.
 * A line with gaps, or one that names a table or its unit, is so only where a table goes on, since
 * a table that begins there needs it. Depends on import/read_pdf_text.h.
 */
#ifndef IMPORT_READ_PDF_EDGES_H
#define IMPORT_READ_PDF_EDGES_H

#include "base/strmap.h"
#include "import/read_pdf_text.h"

struct pdf_edges {
    struct strmap texts; /* to the place of the text, counted from 1 */
    struct pdf_edge *items;
    size_t count, cap;
    size_t pages; /* that have words */
};

void pdf_find_edges(const struct pdf *pdf, struct pdf_edges *out);
void pdf_release_edges(struct pdf_edges *edges);

/* Whether a line of the page is no text of it. `goes_on`: a table does, from the page before. */
bool pdf_is_edge(const struct pdf_edges *edges, const struct pdf_page *page,
                 const struct pdf_line *line, bool goes_on);

#endif
