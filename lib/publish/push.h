/*
 * push: another repository that branches and tags are sent to: a remote of git's settings, a path,
 * or an address (ssh, https). What is there is never overwritten.
 *
 * The names of an ssh address are those of the agent or of the usual files in ~/.ssh without a
 * passphrase; those of an https address must be in it. Depends on base, source/repository.h,
 * libgit2.
 */
#ifndef PUBLISH_PUSH_H
#define PUBLISH_PUSH_H

#include <stdbool.h>
#include <stddef.h>

#include "source/repository.h"

struct push;

/* Asks the other side what it has. NULL after adding an error. */
struct push *push_open(struct repository *repository, const char *remote, struct errs *errs);
void push_close(struct push *push);

/* What it is called in messages: as the user named it, but for passwords. */
const char *push_name(const struct push *push);

/* What it has under a name (refs/heads/main). */
bool push_has(const struct push *push, const char *name, struct object_id *id);

/* Whether all that a branch has there is a part of what it has here: `head`; not set: nothing. -1
 * after adding an error. */
int push_check_branch(const struct push *push, const char *name, const struct object_id *head,
                      struct errs *errs);
/* Whether a tag is not there, or the same. */
int push_check_tag(const struct push *push, const char *name, const struct object_id *tag,
                   struct errs *errs);

/* Sends these. */
int push_send(struct push *push, const char *const *names, size_t count, struct errs *errs);

#endif
