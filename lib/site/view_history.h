/*
 * view_history: the final accounts of a department's years side by side, a table a view.
 */
#ifndef SITE_VIEW_HISTORY_H
#define SITE_VIEW_HISTORY_H

#include "model/catalog.h"
#include "site/views.h"

struct arena;
struct theme;

/*
 * A view for each statutory table in which any year has final accounts, and for each other one in
 * which a year restates them, in the order of the newest profile; the newest year is the first
 * column. Lines are matched by their ids and stand on the side that the newest profile with the
 * table gives them, or else that of their year. What the views point to lives in the arena or in
 * the records.
 */
void view_history_make(const struct theme *theme, const struct department *department,
                       const struct catalog *catalog, struct arena *arena,
                       struct view_history **items, size_t *count);
/* The same of the report at `index`, which is not the first, and the one before it: of all tables
 * in which either has final accounts, with bars. */
void view_history_make_two(const struct theme *theme, const struct department *department,
                           size_t index, const struct catalog *catalog, struct arena *arena,
                           struct view_history **items, size_t *count);

#endif
