/*
 * view_text: the Markdown of a narrative or an evaluation as it stands on a page, its references
 * resolved against the figures and tables of the report.
 */
#ifndef SITE_VIEW_TEXT_H
#define SITE_VIEW_TEXT_H

#include "model/catalog.h"
#include "model/load.h"
#include "site/site.h"
#include "site/views.h"

struct arena;
struct errs;

/* What references in the texts of one report are looked up in. Made once for a report. Without a
 * report (and profile), any reference is unknown. */
struct text_context {
    const struct site_context *site;
    const struct profile *profile;
    const struct report *report;
    struct arena *arena;
};

void text_context_init(struct text_context *context, const struct site_context *site,
                       const struct profile *profile, const struct report *report,
                       struct arena *arena);

/*
 * Renders a text for the page at `page` ("pages/about/"). References are relative to `scope`
 * ("evaluations/website") first, if it is not NULL, then to the report. What the view points to is
 * in the arena, but for its HTML, which is in `html`.
 */
int view_text_make(struct text_context *context, const struct source_text *source, const char *page,
                   const char *scope, struct strbuf *html, struct view_text *out,
                   struct errs *errs);

#endif
