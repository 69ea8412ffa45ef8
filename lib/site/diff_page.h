/*
 * diff_page: what is different between two states of the content, as one page that needs nothing
 * else: no style sheet, no site around it.
 *
 * Depends on base, model, history, site/theme.h.
 */
#ifndef SITE_DIFF_PAGE_H
#define SITE_DIFF_PAGE_H

#include "history/changes.h"

struct diff_page;
struct errs;
struct site;
struct strbuf;
struct theme;

/* One of the states that are compared. */
struct diff_page_side {
    const char *name;            /* as the user calls it; NULL: the content folder as it is */
    const struct commit *commit; /* NULL: that */
};

/* `asked` says what is compared; it must stay. */
struct diff_page *diff_page_new(const struct changes_asked *asked);
void diff_page_free(struct diff_page *page);

/* In the order of changes_each(); nothing of them is needed afterwards. */
void diff_page_add(struct diff_page *page, const struct change *change);
void diff_page_add_likely(struct diff_page *page, const struct likely_continuation *likely);

/* Appends the page. -1 after adding an error. */
int diff_page_render(struct diff_page *page, const struct diff_page_side *old,
                     const struct diff_page_side *new, const struct changes_summary *summary,
                     const struct site *site, const struct theme *theme, struct strbuf *out,
                     struct errs *errs);

#endif
