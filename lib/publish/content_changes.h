/*
 * content_changes: what of the content folder is not committed, and a commit of it.
 *
 * Only the content folder counts: what is changed, or staged, elsewhere stays as it is. What
 * .gitignore names is left out, as git does. Files are stored as git would store them, with its
 * settings for ends of lines. Depends on base, source/repository.h, libgit2.
 */
#ifndef PUBLISH_CONTENT_CHANGES_H
#define PUBLISH_CONTENT_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "source/repository.h"

struct publisher;

struct content_change {
    const char *path; /* from the root of the repository */
    bool is_gone;
    unsigned mode;         /* of the file, as git has it */
    struct object_id blob; /* once it was stored */
};

struct content_changes {
    struct content_change *list; /* in the order of paths */
    size_t count, cap;
    struct arena arena;
};

/* Finds them; a bare repository has none. Released by the caller, also after an error. */
int content_changes_find(struct repository *repository, struct content_changes *out,
                         struct errs *errs);
void content_changes_release(struct content_changes *changes);

/* Adds the error that there are some. */
void content_changes_refuse(const struct content_changes *changes, const char *content,
                            struct errs *errs);

/* Commits them upon `parent` (not set: as the first commit). No branch is moved. */
int content_changes_commit(struct content_changes *changes, struct repository *repository,
                           const struct publisher *publisher, const struct object_id *parent,
                           const char *message, struct object_id *commit, struct errs *errs);

/* Makes the index of the repository have what was committed, just before the branch moves. */
int content_changes_stage(const struct content_changes *changes, struct repository *repository,
                          struct errs *errs);

#endif
