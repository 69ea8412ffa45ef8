/*
 * search_texts: what of the pages can be searched, and where it stands on them. Private to
 * lib/site.
 *
 * Depends on search.
 */
#ifndef SITE_SEARCH_TEXTS_H
#define SITE_SEARCH_TEXTS_H

#include "search/search_index.h"
#include "site/department_pages.h"

/* In the order in which results are shown. */
enum search_kinds {
    SEARCH_DEPARTMENT,
    SEARCH_REPORT,
    SEARCH_TERM,
    SEARCH_LINE,
    SEARCH_PROJECT,
    SEARCH_INDICATOR, /* and goals */
    SEARCH_EVALUATION,
    SEARCH_NARRATIVE,
    SEARCH_PAGE,
    SEARCH_KINDS,
};

/* The names of a department and of its units. */
void search_texts_department(struct search_chunk *chunk, const struct department *department);
/* All of a year but for its texts: title, tables, projects, evaluations. */
void search_texts_report(const struct report_maker *r);
void search_texts_terms(struct search_chunk *chunk, const struct view_term *terms, size_t count);

/* Where a text in Markdown stands, and as what. */
struct search_place {
    enum search_kinds kind;
    int year; /* 0: none */
    const char *label;
    const char *path;   /* of the page */
    const char *anchor; /* of what stands before the first heading, with its #; may be empty */
};

/* A text as it was rendered, section by section; a long one in several pieces. */
void search_texts_html(struct search_chunk *chunk, const struct search_place *place,
                       const struct view_text *view, struct arena *arena);

#endif
