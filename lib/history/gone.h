/*
 * gone: departments that the content had once, and has no longer.
 *
 * Depends on base, source, history/timeline.h.
 */
#ifndef HISTORY_GONE_H
#define HISTORY_GONE_H

#include "history/timeline.h"
#include "source/content.h"

/* Those that any revision touched and that are not among `now`, sorted; in the arena. What had only
 * the folder of a department is one, too; it has no history. */
void departments_gone(const struct timeline *timeline, const struct content_departments *now,
                      struct arena *arena, struct content_departments *out);

#endif
