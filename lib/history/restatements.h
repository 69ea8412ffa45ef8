/*
 * restatements: what the report of the next year says of a figure, where that is another number.
 *
 * Which they are is what the rule prior-report finds. Depends on base, model, check.
 */
#ifndef HISTORY_RESTATEMENTS_H
#define HISTORY_RESTATEMENTS_H

#include "source/content.h"

struct restatement {
    const char *address;   /* of the figure that is restated */
    const char *published; /* its number, as it is recomputed for the finding, with its unit */
    const char *by;        /* the address of the figure that says otherwise: a prior amount, or a
                              change from which it follows */
    const char *stated;    /* what it says, with its unit */
    const char *reason;    /* that the publisher gives for it; NULL: none */
};

struct restatements {
    struct restatement *list; /* by year */
    size_t count;
};

/* Checks a bound department, which is not checked yet. The list lives in the arena. */
void restatements_find(const struct catalog *catalog, struct content_department *content,
                       struct arena *arena, struct restatements *out);

#endif
