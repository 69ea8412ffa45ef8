/*
 * view_trend: how a figure went over the years -- the latest change, and a line to draw.
 */
#ifndef SITE_VIEW_TREND_H
#define SITE_VIEW_TREND_H

#include "site/views.h"

struct arena;

/*
 * The trend of cells, one for each year, the newest first. NULL when fewer than two are stated in
 * units that can be compared. The change is that between the first two cells; what is not stated
 * has none, and does not count as zero.
 */
struct view_trend *view_trend_make(const struct view_cell *cells, size_t count,
                                   struct arena *arena);

#endif
