/*
 * read_html: a page of a website, or what Word saves as one.
 *
 * Blocks become headings and paragraphs, lines that <br> parts paragraphs of their own; items of
 * numbered lists have their numbers. What is not shown (scripts, styles, display:none) is left out.
 * A table that has tables in it is taken for layout, and dissolved. Depends on import/doc_flow.h
 * and libxml2.
 */
#ifndef IMPORT_READ_HTML_H
#define IMPORT_READ_HTML_H

#include <stdbool.h>
#include <stddef.h>

struct doc_reading;

/* Whether a text, in UTF-8, is HTML. */
bool html_is(const char *text, size_t len);
/* The encoding that the bytes of a page name, in `name`; NULL without one. */
const char *html_charset(const char *data, size_t len, char name[32]);

/* `text` is UTF-8. */
int read_html(struct doc_reading *r, const char *text, size_t len);

#endif
