/*
 * entries: the files of a site while it is made, given back in the order of their paths.
 *
 * There may be more of them than there should be memory for: from time to time what was added is
 * sorted and written to a file, and reading merges those runs. What is not sorted yet when reading
 * begins is left out; so readers see what was there before entries_sort().
 *
 * Not safe for several threads at once. Depends on base, publish/manifest.h.
 */
#ifndef PUBLISH_ENTRIES_H
#define PUBLISH_ENTRIES_H

#include "publish/manifest.h"

struct entries;
struct errs;

/* `folder` stays open as long as the entries; `name` is a file in it that they may write. */
struct entries *entries_new(int folder, const char *name);
void entries_free(struct entries *entries);

/* The path is copied. */
int entries_add(struct entries *entries, const struct manifest_entry *entry, struct errs *errs);
/* Makes all that was added so far a part of what readers see. More may be added afterwards. */
int entries_sort(struct entries *entries, struct errs *errs);

/* A pass over the entries, from the first path to the last. Several may be under way. NULL after
 * adding an error. */
struct entries_reader;
struct entries_reader *entries_read(const struct entries *entries, struct errs *errs);
/* 1: *entry is the next one, good until the next call. 0: there is none. -1 after an error. */
int entries_next(struct entries_reader *reader, struct manifest_entry *entry, struct errs *errs);
void entries_reader_free(struct entries_reader *reader);

#endif
