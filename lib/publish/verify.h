/*
 * verify: whether a copy of a site is what was published.
 *
 * Its files against its manifest; the manifest against the commit of the site, and against the
 * sources by building them again; the signatures of that commit and of the tags of its source, if
 * there are any.
 *
 * Pages do not say which commit they were made of. It is found by the commit of the site: HEAD,
 * when the copy is a checkout of the site's branch; else the commit of that branch, in the
 * repository of the content, that has this very manifest. Its message names the source. What cannot
 * be found is not compared, which is told and no error. Depends on all of lib below, and libgit2.
 */
#ifndef PUBLISH_VERIFY_H
#define PUBLISH_VERIFY_H

#include "base/arena.h"
#include "publish/build.h"
#include "publish/verify_files.h"
#include "source/repository.h"

struct verify_options {
    struct build_options build; /* `out`, `revision` and `source` do not matter */
    const char *folder;         /* the copy */
    const char *revision;       /* its source; NULL: as the commit of the site says */
    const char *branch;         /* of the site, in the repository of the content */
    bool wants_source;          /* that the source cannot be found is an error */
};

struct verify_summary {
    struct verified_files files;
    struct object_id site;   /* the commit of the site; not set: not found */
    struct object_id source; /* its source; not set: not known */
    const char *why_not;     /* why the source was not compared; NULL: it was */
    bool is_same;            /* it was, and gives the same site */
    size_t signatures;       /* that were found */
    const char **signers;    /* "the commit 0123456789 is signed by NAME", ended by NULL */
    size_t signer_count, signer_cap;
    struct arena arena;
};

/* The summary, which begins zeroed, is released by the caller, also after an error. */
int verify_site(const struct verify_options *options, struct verify_summary *summary,
                struct errs *errs);
void verify_summary_release(struct verify_summary *summary);

#endif
