/*
 * states: the states of the content that a command line names. Private to cmd/juesuan.
 */
#ifndef STATES_H
#define STATES_H

#include "source/repository.h"
#include "source/source.h"

/* Whether a text is written as a fiscal year (2021), or as a day (2023-09-01). */
bool is_fiscal_year(const char *s);
bool is_day(const char *s);

/* A commit by a name, or the last one of a day or before, on the way from HEAD. */
int find_revision(struct repository *repository, const char *name, struct object_id *commit,
                  struct errs *errs);

/*
 * A department, report or figure may be named by the path of its folder: takes the content folder,
 * departments/ and slashes at the end off an operand. To be freed.
 */
char *operand_id(const char *content, const char *operand);

enum { REVISION_SHOWN = 10 }; /* digits of the id of a commit */

struct state {
    const char *name;        /* as the user wrote it; NULL: the folder as it is */
    struct object_id commit; /* of a revision */
    struct object_id tree;   /* of its content folder */
    bool is_revision;
    struct source *source; /* to be closed */
};

/* Opens the content as of a revision, or as it is in the folder (`name` NULL, `repository` may be
 * NULL). */
int state_open(struct state *state, struct repository *repository, const char *content,
               const char *name, struct errs *errs);

#endif
