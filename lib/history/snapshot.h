/*
 * snapshot: what a department stated as of a revision. Private to lib/history.
 *
 * Depends on base, model, source, history/timeline.h.
 */
#ifndef HISTORY_SNAPSHOT_H
#define HISTORY_SNAPSHOT_H

#include "history/timeline.h"
#include "source/content.h"

/* Whose snapshots are read. */
struct snapshots {
    struct timeline *timeline;
    const char *department;
    /* What is to be shown of it now, or NULL: it need not be read again where it is as committed.
     */
    const struct content_department *now;
};

struct snapshot {
    const struct revision *revision;
    struct object_id folder;                  /* of the department; not set: it is not there */
    const struct content_department *content; /* NULL: not loaded; empty: it is not there */
    bool is_now;                              /* it is what is shown now */
    struct content_department own;
    unsigned borrowed; /* how many snapshots before this one have lines in its memory */
    const struct revision_catalog *catalog; /* of `own` */
};

/*
 * The department as of a revision, not loaded yet. `folder` is its tree there; all zero when it is
 * not there.
 */
struct snapshot *snapshot_make(const struct revision *revision, const struct object_id *folder);
void snapshot_free(struct snapshots *snapshots, struct snapshot *snapshot);

/*
 * Loads it, unless it is. -1 after adding the errors for which it cannot be read. `newer` (or NULL)
 * is another one that is loaded and may have much in common with it; it is to be freed by
 * snapshot_pass_on() when this one is to stay.
 */
int snapshot_load(struct snapshots *snapshots, struct snapshot *snapshot,
                  const struct snapshot *newer, struct errs *errs);
/* Frees a snapshot (or NULL), but for what the one that was loaded like it needs of it. */
void snapshot_pass_on(struct snapshots *snapshots, struct snapshot *snapshot, struct snapshot *to);

#endif
