/*
 * release: the site of a commit, published: as a commit on a branch of its own, with a tag at the
 * commit that it was made of (published/2024-09-05, a running number on the same day), and pushed
 * if that is asked for.
 *
 * Everything is prepared first: the changes of the content folder as a commit, if they are to be
 * committed, the site, its commit, the tag. Only then do branches move, each only from where it was
 * at the beginning: the branch of the content, the branch of the site, the tag. What stops it
 * before that leaves the repository as it was, but for objects that git sweeps up. What stops it
 * between (a full disk, a kill) leaves whole steps: a site without its tag gets it the next time.
 *
 * Pushing is checked before anything moves, and comes last; what was not pushed is the next time.
 * Depends on all of lib below, and libgit2.
 */
#ifndef PUBLISH_RELEASE_H
#define PUBLISH_RELEASE_H

#include "base/arena.h"
#include "publish/build.h"
#include "source/repository.h"

#define RELEASE_PREFIX "published/"
#define RELEASE_BRANCH "site"

struct release_options {
    struct build_options build; /* `out`, `revision` and `source` do not matter */
    const char *revision;       /* what is published; NULL: HEAD */
    const char *message;        /* commits the changes of the content folder; NULL: they refuse */
    const char *branch;         /* of the site */
    const char *remote;         /* to push to, or NULL */
    int64_t time;               /* in seconds since 1970; -1: now */
    bool sign;
    bool dry_run; /* everything but what changes something */
};

struct release_summary {
    struct build_summary built;
    struct object_id source;   /* the commit that was published */
    const char *source_branch; /* its branch, or NULL */
    size_t committed;          /* files of the content folder that were */
    struct object_id site;     /* the commit of the site; not set in a dry run */
    const char *tag;           /* that was made, or NULL */
    bool is_unchanged;         /* the branch of the site has this site already */
    bool is_done;              /* the repository has what was to be made, or a part of it */
    const char *remote;        /* what the other repository is called, or NULL */
    const char **pushed;       /* refs, ended by NULL; NULL: nothing was to be pushed */
    struct arena arena;
};

/* The summary, which begins zeroed, is released by the caller, also after an error. */
int release_publish(const struct release_options *options, struct release_summary *summary,
                    struct errs *errs);
void release_summary_release(struct release_summary *summary);

#endif
