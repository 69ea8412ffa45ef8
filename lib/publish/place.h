/*
 * place: what stands at a path of a site that is there already, and whether it is ours to change.
 *
 * Symbolic links and mounts below the site's folder are never gone through: what is behind them
 * belongs to somebody else, and files cannot be moved there in one step. Depends on
 * base, manifest.
 */
#ifndef PUBLISH_PLACE_H
#define PUBLISH_PLACE_H

#include <stdbool.h>
#include <stddef.h>

struct manifest_paths;

/*
 * Whether a file can be put at a path below the folder `root`: nothing is there, or nothing but
 * what is ours. *blocked is the length of the part of the path at which something was found.
 */
bool place_is_free(int root, const struct manifest_paths *ours, const char *path, size_t *blocked);

/* Whether a path that is ours still leads to a file, or to nothing. */
bool place_is_removable(int root, const char *path);

#endif
