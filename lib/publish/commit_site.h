/*
 * commit_site: a built site as a commit of its own branch, whose message ends in
 *
 *     Source: 2f6a...        the commit that it was built of
 *     Base-URL: https://...  when it was not built with that of its own settings
 *
 * What is committed are the files of the manifest, and the manifest, byte for byte. Depends on
 * base, publish/manifest.h, source/repository.h, libgit2.
 */
#ifndef PUBLISH_COMMIT_SITE_H
#define PUBLISH_COMMIT_SITE_H

#include <stdbool.h>

#include "source/repository.h"

struct strbuf;

/* Stores the files of a built site and their tree. */
int site_tree_store(struct repository *repository, const char *folder, struct object_id *tree,
                    struct errs *errs);

/* What git calls the manifest in a folder: two sites with the same one are the same. */
int site_manifest_id(const char *folder, struct object_id *id, struct errs *errs);

/* Appends the message of a commit of a site. `base_url` may be NULL. */
void site_message(struct strbuf *out, const char *title, const struct object_id *source,
                  const char *base_url);

/* What a commit of a site says of it. */
struct site_commit {
    struct object_id id, parent;
    struct object_id source;   /* not set: it does not say */
    const char *base_url;      /* NULL: that of its settings */
    struct object_id manifest; /* not set: it has none */
};

/* Texts are in the arena. */
int site_commit_read(struct repository *repository, const struct object_id *id, struct arena *arena,
                     struct site_commit *out, struct errs *errs);

#endif
