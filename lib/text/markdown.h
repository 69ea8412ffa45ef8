/*
 * markdown: CommonMark (by cmark) to HTML, with headings that can be linked to, references that are
 * looked up, and tables.
 *
 *  - The first level-1 heading, unless it is inside of a quote or list, is the title: it is given
 *    apart and is not in the HTML. All other headings get an id made of their text (without
 *    references, so that it stays when a figure is corrected), unique in the document, and are
 *    listed.
 *  - {{name}} in running text is a reference: the hook writes what stands in its place. A paragraph
 *    that is nothing but {{word name}} is a block: {{table income}}. Code is left alone, and so are
 *    \{{ and \}}, the way to write braces.
 *  - A fenced block with the info string `csv` is a table, its first row the heads; the hook writes
 *    it.
 *  - Nothing is dropped silently: raw HTML, links that run a script or name a file, U+0000, a byte
 *    order mark and what is not UTF-8 are errors. What would be shown as it is written, though it
 *    was meant otherwise, is warned about: tables of | signs, references in full-width braces.
 *
 * Depends on base, text/csv.h, text/escape.h, text/slug.h, text/utf8.h and cmark.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct csv_table;
struct err;
struct errs;
struct strbuf;

struct markdown_hooks {
    void *ctx;
    /*
     * Appends HTML in the place of {{name}}; `word` is NULL, or the word of a block. `plain` is the
     * same as text, for titles and the description of images; a block has none. -1: there is no
     * such thing. Then the caller reports it, and explain() may add a hint.
     */
    int (*reference)(void *ctx, const char *word, const char *name, struct strbuf *html,
                     struct strbuf *plain);
    void (*explain)(void *ctx, const char *word, const char *name, struct err *err);
    /* Appends the HTML of a table. */
    void (*table)(void *ctx, const struct csv_table *table, struct strbuf *html);
    /* Is told of the links and images that are no errors, and where in the text they are, while
     * warnings are kept; or NULL. */
    void (*link)(void *ctx, const char *url, bool is_image, size_t offset);
    /* What to write instead of an address; NULL: as it is. May be NULL itself. */
    const char *(*address)(void *ctx, const char *url);
};

struct markdown_heading {
    unsigned level; /* as in the HTML */
    const char *id;
    const char *text;
};

struct markdown_document {
    const char *title; /* NULL: there is no level-1 heading */
    struct markdown_heading *headings;
    size_t heading_count;
};

struct markdown_options {
    const char *file;      /* what errors call the text */
    const char *id_prefix; /* before the ids of headings, so that a page can hold several texts */
    unsigned shift;        /* added to the level of headings, at most to level 6 */
};

/*
 * Renders and appends the HTML; titles and headings are in the arena. -1 after adding errors, all
 * that the text has (up to ERRS_MAX); the HTML is of no use then.
 */
int markdown_render(const char *text, size_t len, const struct markdown_options *options,
                    const struct markdown_hooks *hooks, struct arena *arena, struct strbuf *html,
                    struct markdown_document *out, struct errs *errs);

#endif
