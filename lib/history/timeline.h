/*
 * timeline: all revisions of the content, found once, for what looks through them again and again.
 *
 * What several departments need of a revision is opened once: its source, and the profiles that
 * hold as of it. All of that may be got by any thread; what is still out when the timeline is freed
 * is freed with it.
 *
 * Depends on base, model, source.
 */
#ifndef HISTORY_TIMELINE_H
#define HISTORY_TIMELINE_H

#include "base/err.h"
#include "history/revisions.h"
#include "model/catalog.h"

struct result_cache;
struct timeline;

/* The revisions from a commit on. The repository must stay open. NULL after adding an error. */
struct timeline *timeline_make(struct repository *repository, const struct object_id *from,
                               struct errs *errs);
void timeline_free(struct timeline *timeline);

/* Where results of old revisions are kept, which is closed with the timeline; without, there is
 * none. */
void timeline_set_cache(struct timeline *timeline, struct result_cache *cache);
struct result_cache *timeline_cache(const struct timeline *timeline);

/* The newest first. */
const struct revision *timeline_revisions(const struct timeline *timeline, size_t *count);
/* There would be more, but for the shallow clone. */
bool timeline_is_cut(const struct timeline *timeline);

/* The content as of one of them. NULL after adding an error. */
struct source *timeline_source(struct timeline *timeline, const struct revision *revision,
                               struct errs *errs);
void timeline_return_source(struct timeline *timeline, const struct source *source);

/* The profiles and classifications that hold as of a revision, and what is wrong with them. */
struct revision_catalog {
    struct catalog catalog;
    struct errs errs;
};

/* They are those of the last revision that touched what belongs to no department. */
const struct revision_catalog *timeline_catalog(struct timeline *timeline,
                                                const struct revision *revision);
void timeline_return_catalog(struct timeline *timeline, const struct revision_catalog *catalog);
/* Whether the last revision has the same of these as a source, byte by byte. */
bool timeline_has_profiles(struct timeline *timeline, const struct source *source);

#endif
