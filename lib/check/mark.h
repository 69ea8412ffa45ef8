/*
 * mark: tells each figure of a report which findings are about it, so that whoever shows the figure
 * can say so. Private to lib/check.
 *
 * Depends on check/checking.h.
 */
#ifndef CHECK_MARK_H
#define CHECK_MARK_H

#include "check/checking.h"

/* When the findings have got into their order, but have the ids that they were added with. */
void check_renumber_citations(struct checking *c);

/* When the report has its findings: sets `findings` of its figures, which live in the arena. */
void check_mark(struct checking *c, struct report *report);

#endif
