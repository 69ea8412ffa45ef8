/*
 * ref_moves: branches and tags that are moved together, as far as git allows it.
 *
 * All are locked first, and each must then be what it is expected to be: whoever else moves one
 * meanwhile is not overwritten. Then they move one after another; what can still fail is the disk.
 * Depends on base, source/repository.h, libgit2.
 */
#ifndef PUBLISH_REF_MOVES_H
#define PUBLISH_REF_MOVES_H

#include <stddef.h>

#include "source/repository.h"

struct git_signature;

struct ref_move {
    const char *name;     /* refs/heads/site */
    struct object_id old; /* not set: it must not be there yet */
    struct object_id new;
    const char *why; /* for the reflog */
};

struct ref_moves;

/* Locks; `list` must stay. NULL after adding an error. */
struct ref_moves *ref_moves_lock(struct repository *repository, const struct ref_move *list,
                                 size_t count, struct errs *errs);
/* Moves them in their order. *done is how many were moved, also after an error. */
int ref_moves_do(struct ref_moves *moves, const struct git_signature *who, size_t *done,
                 struct errs *errs);
/* Gives the locks back. NULL is allowed. */
void ref_moves_free(struct ref_moves *moves);

/* What is shown of a ref: "the branch site", "the tag published/2024-09-05". To be freed. */
char *ref_shown(const char *name);

#endif
