/*
 * links: warns of what a text links to and the site will not have. Private to lib/site.
 *
 * Departments are rendered one by one and in parallel, so whether a page will be there is seen from
 * the sources: departments/jia/2021/ comes of departments/jia/2021/report.json. Years and data
 * files come of the departments together; a link to one of them is believed, and so is one to a
 * place on a page, but for the headings of the text itself.
 *
 * Depends on base, text, model, source and on the theme's assets.
 */
#ifndef SITE_LINKS_H
#define SITE_LINKS_H

#include "model/source_text.h"
#include "site/site.h"

struct markdown_document;

/* What the ids of a text's headings begin with, so that they are no other id of the page. */
#define TEXT_ID_PREFIX "text-"

/* The links of one text, while it is rendered. All that is pointed to is borrowed. */
struct links {
    const struct site_context *site;
    const char *page; /* the path of the page that the text is on: "pages/about/" */
    const struct source_text *text;
    struct arena *arena;
    struct errs *errs;
    struct link_to_heading *first, *last;
};

/* A hook of Markdown; `ctx` is a struct links. */
void links_check(void *ctx, const char *url, bool is_image, size_t offset);
/* Where a link of the text leads on the page of a translation, which is a folder further down: data
 * and pictures are there once, for all languages. NULL: as it is written. */
const char *links_in_translation(const struct links *links, const char *url);
/* What can be said only when all headings are known. */
void links_finish(struct links *links, const struct markdown_document *document);

#endif
