/*
 * published: reports as they were first published, each in the first revision that has it.
 *
 * A revision in which the department cannot be read is told as a warning and passed over. Depends
 * on base, model, source, history/timeline.h.
 */
#ifndef HISTORY_PUBLISHED_H
#define HISTORY_PUBLISHED_H

#include "history/timeline.h"
#include "source/content.h"

/*
 * The department as of the revision that first had its report of a year, which is returned; by any
 * thread. NULL: there is none that can be read. What is read may refer to the timeline.
 */
const struct revision *published_load(struct timeline *timeline, const char *department,
                                      int64_t year, struct content_department *out,
                                      struct errs *errs);
/* Whether there may be an older one, which a shallow clone does not have. */
bool published_is_cut(const struct timeline *timeline, const struct revision *revision);

#endif
