/*
 * output: the folder that the site goes into, changed all at once.
 *
 * Files are put under their paths on the site; those whose bytes already stand there are left
 * alone, the others are staged. Nothing of the site changes before output_commit(), and
 * output_abandon() leaves it as it was.
 *
 *  - The folder does not exist yet: the staged folder is renamed to it, whole.
 *  - It exists: the staged files and a journal of what is to be done are synced, then stale files
 *    are removed and files renamed into their places one by one, the manifest last. When that is
 *    interrupted, the next output_open() finds the journal and completes it. Each file is whole at
 *    any time.
 *
 * manifest.json says which files are ours, with size and SHA-256. Files that are not in the
 * manifest of the build before are somebody else's: they are never changed or removed, and a path
 * that one of them has is an error, unless its bytes are those that are to go there: then it is
 * ours from now on. Folders that become empty are removed. A folder without a manifest that holds
 * anything but hidden files is refused.
 *
 * The folder may be a symbolic link to one, which stays; a link to nothing is refused. Links inside
 * of the site are not followed.
 *
 * One output at a time may work on a folder; a second one is refused. put() may be called by
 * several threads at once. Depends on base.
 */
#ifndef PUBLISH_OUTPUT_H
#define PUBLISH_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct entries_reader;
struct errs;
struct manifest_entry;
struct output;

/* NULL after adding an error. `generator` goes into the manifest. */
struct output *output_open(const char *folder, const char *generator, struct errs *errs);

/* Puts a file. When the disk fails, that is told of the first file only: then -1 comes without an
 * error for those that follow. */
int output_put(struct output *output, const char *path, const void *data, size_t len,
               struct errs *errs);

/*
 * A file that is written piece by piece or by others: the path of its staged copy, whose folders
 * exist, to be freed; and, when it is complete, its adoption, which says how large it is and what
 * its SHA-256 is. `info` may be NULL; its path is the one that was given.
 */
char *output_stage(struct output *output, const char *path, struct errs *errs);
int output_adopt(struct output *output, const char *path, struct manifest_entry *info,
                 struct errs *errs);

/* A pass over the files that were put, in the order of their paths; more may be put meanwhile. NULL
 * after adding an error. */
struct entries_reader *output_read(struct output *output, struct errs *errs);

struct output_summary {
    size_t files;
    size_t written; /* of these, new or changed */
    size_t removed;
    uint64_t bytes;
};

/* Makes the site what was put. Frees the output, also after an error. */
int output_commit(struct output *output, struct output_summary *summary, struct errs *errs);
/* Throws away what was staged. NULL is allowed. */
void output_abandon(struct output *output);

/* Whether a change of the folder was begun and is still to be completed, by the next
 * output_open(). */
bool output_is_unfinished(const char *folder);

#endif
