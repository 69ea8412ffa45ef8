/*
 * view_orders: the projects of a report in several orders, each prepared, so that no script is
 * needed to see the dearest or the worst first.
 */
#ifndef SITE_VIEW_ORDERS_H
#define SITE_VIEW_ORDERS_H

#include "site/views.h"

struct arena;
struct theme;

/*
 * As in the document; by what was spent, most first; by execution rate and by score, lowest first.
 * Projects that do not state the figure come last; those that are equal stay in the order of the
 * document. An order that no project has a figure for is left out. Everything lives in the arena or
 * in the records.
 */
void view_orders_make(const struct report *report, const struct theme *theme, struct arena *arena,
                      struct view_order **items, size_t *count);

/* A project with its total and its score, if it has them. */
struct view_project view_project_of(const struct project *project);

#endif
