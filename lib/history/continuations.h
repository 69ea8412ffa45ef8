/*
 * continuations: which projects of two years are the same, although their ids begin anew each year
 * and their names change.
 *
 * A project is followed back from report to report, see project_before(); over those that do not
 * have it, by its name. Each project is the same as one other at most: what a project says that it
 * continues comes before what is only called so. Depends on base, text, model.
 */
#ifndef HISTORY_CONTINUATIONS_H
#define HISTORY_CONTINUATIONS_H

#include "model/entities.h"

struct arena;

struct continuation {
    const struct project *old, *new; /* of the earlier and of the later year */
    bool is_likely;                  /* they are not said to be the same, but have near names */
};

struct continuations {
    struct continuation *list; /* those of the later year in their order */
    size_t count;
};

/*
 * `before` has the earlier year, `department` the later one, and what is between them; they may be
 * the same. The list lives in the arena. It is empty unless there are both reports.
 */
void continuations_find(const struct department *before, int64_t earlier,
                        const struct department *department, int64_t later, struct arena *arena,
                        struct continuations *out);

#endif
