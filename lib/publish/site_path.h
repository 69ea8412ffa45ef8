/*
 * site_path: what may be the path of a file on the site: parts divided by single slashes, none of
 * them "." or "..", in UTF-8 without control characters. Such a path cannot leave the output
 * folder, stands on one line of a journal, and can be written in JSON and in a URL. Depends on
 * text.
 */
#ifndef PUBLISH_SITE_PATH_H
#define PUBLISH_SITE_PATH_H

#include <stdbool.h>
#include <stddef.h>

/* Leaves room for the names of the folders in which files are staged. */
enum { SITE_PATH_MAX = 4000 };

bool site_path_is_good(const char *path, size_t len);

#endif
