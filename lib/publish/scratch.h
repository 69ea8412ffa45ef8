/*
 * scratch: a folder for what is only needed for a while. Depends on base.
 */
#ifndef PUBLISH_SCRATCH_H
#define PUBLISH_SCRATCH_H

struct errs;

/* A new folder below $TMPDIR; its path, or NULL after adding an error. */
char *scratch_make(struct errs *errs);
/* Removes it with all that is in it, and frees its path. NULL is allowed. */
void scratch_remove(char *folder);

#endif
