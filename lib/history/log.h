/*
 * log: what became of figures and texts from revision to revision.
 *
 * Each state of a department is read once. Those that cannot be read are told and passed over, so
 * that what changed in them is seen in the next that can. Depends on base, text, model, source.
 */
#ifndef HISTORY_LOG_H
#define HISTORY_LOG_H

#include "history/changes.h"
#include "history/restatements.h"
#include "history/timeline.h"

struct log_event {
    const struct revision *revision; /* of the timeline; NULL: what is not committed yet */
    struct change change;            /* `whole` and `department_name` are not set */
    bool is_cut;                     /* it may have been so before: the shallow clone has no more */
};

/* A department, or a report of it, that came as a whole: no event tells its parts. */
struct log_whole {
    const struct revision *revision; /* as in an event */
    int64_t year;                    /* 0: what the department has for all years */
    const char *name;                /* of the department, then; else NULL */
    size_t figures, texts;
    bool is_cut;
};

struct log {
    struct log_event *events; /* by address, the oldest first */
    size_t count, cap;
    struct log_whole *wholes; /* the newest first; by log_department() only */
    size_t whole_count, whole_cap;
    size_t unread; /* revisions of the department that could not be read */
    /* Of all figures of the department, as of the revision that the log begins at; none when it
     * cannot be read there. By log_collect() only. */
    struct restatements restatements;
    struct timeline *timeline; /* that log_collect() has made */
    struct arena arena;
};

struct log_asked {
    struct repository *repository;
    struct object_id from;
    const char *name; /* of that, for errors */
    /* What is asked for: an address, or the first parts of some; a department at least, and, unless
     * the department is there at `from`, the year too. */
    const char *address;
};

/*
 * From now on log_department() keeps what it finds out of old revisions, which never changes, in a
 * folder, and takes it from there. NULL: it does not. `version`: of the program; what another one
 * has found out is not believed.
 */
void log_use_cache(struct timeline *timeline, const char *folder, const char *version);

/*
 * Fills a zeroed log, which is released by the caller, also after an error. What was never stated
 * is an error; a revision that cannot be read is a warning.
 */
int log_collect(const struct log_asked *asked, struct log *log, struct errs *errs);
/*
 * The same for all that a department states, by any thread. What was never stated is no error.
 * `now`: what is shown of it, which may not be committed yet, by profiles that are the same as in
 * the last revision (`has_profiles`) or not; NULL: only what is committed is told.
 */
int log_department(struct timeline *timeline, const char *department,
                   const struct content_department *now, bool has_profiles, struct log *log,
                   struct errs *errs);
void log_release(struct log *log);
/* What is restated of a figure, or NULL. */
const struct restatement *log_restatement(const struct log *log, const char *address);

#endif
