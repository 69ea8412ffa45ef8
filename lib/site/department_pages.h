/*
 * department_pages: the pages of one department. Private to lib/site; site.h has the way in.
 */
#ifndef SITE_DEPARTMENT_PAGES_H
#define SITE_DEPARTMENT_PAGES_H

#include "site/page.h"
#include "site/view_text.h"

struct strbuf;

/* A year of a department while its pages are made. */
struct report_maker {
    struct page_maker *m;
    const struct content_department *content;
    const struct department *department;
    const struct report *report;
    size_t index; /* of the report among the department's, which come in order of years */
    struct text_context texts;
    const char *path;  /* "departments/<id>/<year>/" */
    const char *title; /* the year as a breadcrumb */
};

/* What all pages of a report begin with: the department as breadcrumbs, and that it published this
 * article. */
void report_article(const struct report_maker *r, struct page_head *head);
/* The text at `path` of the sources, rendered for the page; NULL when there is none or it has
 * errors. */
struct view_text *report_text(struct report_maker *r, const char *path, const char *page,
                              const char *scope, struct strbuf *html);

void report_page_put(struct report_maker *r);
/* What is different from the report before, if there is one. */
void compared_page_put(struct report_maker *r);
void project_page_put(struct report_maker *r, size_t index);
void evaluation_page_put(struct report_maker *r, size_t index);

#endif
