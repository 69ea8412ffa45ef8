/*
 * publisher: in whose name and at which time something is published, and the commits and tags that
 * are made so. They are only stored; no branch moves. Depends on base, source/repository.h,
 * libgit2.
 */
#ifndef PUBLISH_PUBLISHER_H
#define PUBLISH_PUBLISHER_H

#include <stdbool.h>
#include <stdint.h>

struct errs;
struct git_signature;
struct object_id;
struct publisher;
struct repository;
struct strbuf;

/*
 * Who it is comes from git's settings user.name and user.email. `time` is in seconds since 1970, or
 * -1: now. With `sign`, what is made is signed. NULL after adding an error.
 */
struct publisher *publisher_open(struct repository *repository, int64_t time, bool sign,
                                 struct errs *errs);
void publisher_free(struct publisher *publisher);

const struct git_signature *publisher_signature(const struct publisher *publisher);
/* Appends their day: "2024-09-05". */
void publisher_add_day(const struct publisher *publisher, struct strbuf *out);

/* A commit of a tree, with one parent, or none (not set). */
int publisher_commit(const struct publisher *publisher, const struct object_id *tree,
                     const struct object_id *parent, const char *message, struct object_id *commit,
                     struct errs *errs);
/* A tag with a message, as an object: what refs/tags/NAME is to lead to. */
int publisher_tag(const struct publisher *publisher, const struct object_id *commit,
                  const char *name, const char *message, struct object_id *tag, struct errs *errs);

#endif
