/*
 * journal: changes to a folder that are made wholly or not at all.
 *
 * A journal is a file that says which files go away and which staged files take their places. It is
 * written after the staged files are safe on the disk and before the first change; applying it may
 * be begun any number of times, and ends with the journal removed. A journal that is there is
 * complete, since it is written beside and renamed; one that is not, or that names a path outside
 * of the folder, is refused before anything is changed. Depends on base, text.
 */
#ifndef PUBLISH_JOURNAL_H
#define PUBLISH_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

struct errs;

struct journal {
    struct strbuf text;
};

void journal_init(struct journal *journal);
void journal_release(struct journal *journal);

/* In the order in which they are to be done. The paths are good ones (site_path.h). */
void journal_remove(struct journal *journal, const char *path);
void journal_put(struct journal *journal, const char *path);

/* Writes the journal into the folder `work`, where the staged files are below stage/. */
int journal_write(const struct journal *journal, int work, struct errs *errs);

/* Whether there is one in `work`. */
bool journal_exists(int work);

/*
 * Does what the journal in `work` says to the folder `root`, if there is one. Of files that are
 * gone already nothing is said: a staged file that is not there is in its place, or was there.
 */
int journal_apply(int work, int root, struct errs *errs);

#endif
