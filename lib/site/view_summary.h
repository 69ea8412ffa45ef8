/*
 * view_summary: what a report comes to, in a few sentences: what was spent, how it changed and why,
 * how much of the budget that was, the best and the worst project.
 *
 * What the report states is said as it states it. Only what it does not say is computed, of its own
 * figures or of those of the report of the year before, and told apart.
 */
#ifndef SITE_VIEW_SUMMARY_H
#define SITE_VIEW_SUMMARY_H

#include "model/entities.h"
#include "site/views.h"

struct arena;

/*
 * Of the department's report at `index`. `spent` is its key figure of expenditure, or NULL;
 * `appropriated` is what to call that of the general public budget. NULL when there is nothing to
 * say.
 */
struct view_summary *view_summary_make(const struct department *department, size_t index,
                                       const struct view_key *spent, const char *appropriated,
                                       struct arena *arena);

#endif
