/*
 * department_history: what the revisions did to a department, as records of its own -- so that
 * pages and datasets have them like any other.
 *
 * Depends on base, model, source, history/timeline.h.
 */
#ifndef HISTORY_DEPARTMENT_HISTORY_H
#define HISTORY_DEPARTMENT_HISTORY_H

#include "history/timeline.h"
#include "source/content.h"

/*
 * Fills in the revisions of a bound department, and of its figures the first and the last that
 * changed them. Figures that are not as the last revision has them, since they are not committed
 * yet, have none that changed them last. Of a department that is no longer there the id is enough.
 * What is new lives in the department's arena. -1 after adding an error; a revision that cannot be
 * read is a warning. `has_profiles`: the profiles that it was bound by are those of the last
 * revision. Several threads may do so at once.
 */
int department_history_fill(struct timeline *timeline, struct content_department *content,
                            bool has_profiles, struct errs *errs);

#endif
