/*
 * build: from a content folder to a site, all of it or nothing.
 *
 * Departments are worked on in parallel: read, bound, checked, their pages rendered and staged,
 * their rows made; one thread takes them in the order of their ids, writes the datasets and forgets
 * them. Pages that span departments come from the database at the end. What comes out depends on
 * nothing but the content, the theme and the version of the program: not on the number of threads,
 * the clock, the locale or the order of directories, nor on whether the content is read from a
 * folder or from a revision. When anything in the content is wrong, the
 * output folder stays as it was; so it does when a check finds personal data, since publishing it
 * cannot be undone. What else the checks find is published with the figures.
 */
#ifndef PUBLISH_BUILD_H
#define PUBLISH_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "check/tell.h"
#include "site/theme.h"

struct errs;
struct object_id;
struct repository;
struct source;

enum build_stage {
    BUILD_DEPARTMENTS, /* reading them and making their pages */
    BUILD_WRITING,     /* making what spans them, moving files */
};

struct build_options {
    const char *content;
    const char
        *revision; /* of the repository that the content lies in; NULL: the folder as it is */
    /* The content, when it is open already, and what it is: a commit of a repository. Both stay
     * open. */
    struct source *source;
    struct repository *repository;
    const struct object_id *commit;
    const char *out;
    struct theme_place theme;
    const char *base_url;  /* instead of the site's own; NULL: as the site says */
    const char *generator; /* the program's name and version */
    unsigned jobs;         /* threads; 0: as many as there are processors */
    bool no_history;       /* as if the content were in no repository */
    const char *cache;     /* the folder where what is known of old revisions is kept; NULL: none */
    bool checked;          /* errors that the checks found stop the build as well */
    bool strict;           /* these, and warnings */
    /* Called now and then, from the thread that build_site() was called in: how many departments of
     * all are done. NULL: nobody wants to know. */
    void (*progress)(void *ctx, enum build_stage stage, size_t done, size_t all);
    void *progress_ctx;
    /* Asked now and then, from any thread: whether to give up. NULL: never. A build that gives up
     * has the error "stopped", and leaves nothing behind. */
    bool (*stopped)(void);
};

struct build_summary {
    size_t departments;
    size_t reports;
    size_t pages;
    size_t files;
    size_t written; /* new or changed files */
    size_t removed;
    uint64_t bytes;
    uint64_t rows; /* of the database */
    struct finding_counts findings;
    /* After a failure: whether a change of the output folder was begun, which the next build
     * completes. Otherwise the folder is as it was. */
    bool unfinished;
};

/* Warnings are added to `errs` even when the build succeeds. */
int build_site(const struct build_options *options, struct build_summary *summary,
               struct errs *errs);

#endif
