/*
 * tree: what is in a folder, as a text that can be compared, and quick ways to change it. None of
 * this goes through lib/base/fs.
 *
 * Paths are relative to the folder `root`. Every failure aborts.
 */
#ifndef TESTS_PUBLISH_TREE_H
#define TESTS_PUBLISH_TREE_H

#include "base/base.h"

struct strbuf;

enum tree_detail {
    TREE_BYTES,    /* names, kinds, bytes of files, targets of links */
    TREE_IDENTITY, /* and whether it is still the same file, untouched since */
};

/* A line for everything below a folder, sorted; nothing when it does not exist. To be freed. */
char *tree_describe(const char *root, enum tree_detail detail);

/* Writes a file; makes the folders that lead to it. */
void tree_write(const char *root, const char *path, const char *text);
void tree_make_folder(const char *root, const char *path);
void tree_link(const char *root, const char *path, const char *target);
void tree_remove(const char *root, const char *path);
bool tree_has(const char *root, const char *path);
/* The bytes of a file, to be freed. */
char *tree_read(const char *root, const char *path, size_t *len);
/* root/path, to be freed. */
char *tree_path(const char *root, const char *path);

#endif
