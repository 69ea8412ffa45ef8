/*
 * timeline: all revisions of the content, found once, for what looks through them again and again.
 *
 * Depends on base, source.
 */
#ifndef HISTORY_TIMELINE_H
#define HISTORY_TIMELINE_H

#include "history/revisions.h"

struct timeline;

/* The revisions from a commit on. The repository must stay open. NULL after adding an error. */
struct timeline *timeline_make(struct repository *repository, const struct object_id *from,
                               struct errs *errs);
void timeline_free(struct timeline *timeline);

/* The newest first. */
const struct revision *timeline_revisions(const struct timeline *timeline, size_t *count);
/* There would be more, but for the shallow clone. */
bool timeline_is_cut(const struct timeline *timeline);

/* The content as of one of them, by any thread. NULL after adding an error. */
struct source *timeline_source(struct timeline *timeline, const struct revision *revision,
                               struct errs *errs);

#endif
