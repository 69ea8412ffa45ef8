/*
 * view_revision: revisions as they stand on pages.
 */
#ifndef SITE_VIEW_REVISION_H
#define SITE_VIEW_REVISION_H

#include "site/page.h"

/* Of its commit, the time and the first paragraph of the message; no counts yet. */
struct view_revision view_revision_of(struct page_maker *m, struct text id, struct text time,
                                      struct text message);

/* A count of nothing is left out. */
void view_revision_count(struct integer *to, int64_t n);

/* The newest that changed anything of a department, or of one of its reports; NULL: none is known.
 */
struct view_revision *view_revision_newest(struct page_maker *m,
                                           const struct department *department,
                                           const struct report *report);

/* The revisions that changed anything of a report, the newest first, with what they changed of it.
 */
void view_versions_make(struct page_maker *m, const struct department *department,
                        const struct report *report, struct view_revision **items, size_t *count);

#endif
