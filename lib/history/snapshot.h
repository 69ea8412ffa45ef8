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
    size_t unread; /* revisions that could not be read */
    struct errs *errs;
};

struct snapshot {
    const struct revision *revision;
    const struct content_department *content; /* an empty one when the department is not there */
    bool is_now;                              /* it is what is shown now */
    struct content_department own;
    const struct revision_catalog *catalog; /* NULL: the department is not there */
};

/*
 * NULL when the revision cannot be read, which is told as a warning and counted; and also, without
 * a word, when it is one from before there was a site.json, as nothing could be published then.
 */
struct snapshot *snapshot_read(struct snapshots *snapshots, const struct revision *revision);
void snapshot_free(struct snapshots *snapshots, struct snapshot *snapshot);

#endif
