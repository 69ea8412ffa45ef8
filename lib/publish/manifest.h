/*
 * manifest: manifest.json, the list of all files of a built site with their sizes and SHA-256,
 * sorted by path, a file a line. The manifest does not list itself. Depends on base, text.
 */
#ifndef PUBLISH_MANIFEST_H
#define PUBLISH_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/sha256.h"

struct errs;
struct strbuf;

#define MANIFEST_NAME "manifest.json"

struct manifest_entry {
    const char *path;
    uint64_t size;
    unsigned char sha256[SHA256_SIZE];
    bool is_staged; /* not written: for the output, whether the file has to be moved */
};

/* By their paths, for qsort(). */
int manifest_compare_entries(const void *a, const void *b);

/* The paths of a manifest that was written before. */
struct manifest_paths {
    struct arena arena;
    const char **paths; /* sorted */
    size_t count;
};

/*
 * Reads the manifest of a folder, which is called `shown` in errors. One that does not exist gives
 * no paths and is no error; one that is broken, that another program made, or that names a path
 * outside of the folder is one. The caller releases *out, also after an error.
 */
int manifest_read(int folder, const char *shown, struct manifest_paths *out, struct errs *errs);
void manifest_release(struct manifest_paths *paths);
bool manifest_has(const struct manifest_paths *paths, const char *path);

/*
 * Calls visit() for each entry of the manifest of a folder. An entry is good during the call; a
 * size or SHA-256 that is not stated is 0. What made it is appended to `generator`, which may be
 * NULL. -1 after adding an error, also when there is no manifest, or none of ours.
 */
int manifest_each(int folder, const char *shown, struct strbuf *generator,
                  void (*visit)(void *ctx, const struct manifest_entry *entry), void *ctx,
                  struct errs *errs);

/* Writes manifest.json into a folder, entry by entry. */
struct manifest_writer;
/* NULL after adding an error. */
struct manifest_writer *manifest_begin(int folder, const char *generator, struct errs *errs);
/* The entries come in the order of their paths. */
int manifest_add(struct manifest_writer *writer, const struct manifest_entry *entry,
                 struct errs *errs);
/* Completes and frees; after a failure only frees. */
int manifest_end(struct manifest_writer *writer, struct errs *errs);

#endif
