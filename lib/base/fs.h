/*
 * fs: files and folders.
 *
 * Paths are relative to the directory descriptor `at`; AT_FDCWD means the current one. `shown` is
 * how a path is called in an error: what the user knows it by. Names come sorted by byte, never in
 * the order of the directory. Symbolic links are not followed where a function says so.
 *
 * Depends on base/err.h, base/strbuf.h and base/arena.h.
 */
#ifndef BASE_FS_H
#define BASE_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct errs;
struct strbuf;

enum fs_kind { FS_FILE, FS_FOLDER, FS_LINK, FS_OTHER };

struct fs_entry {
    const char *name;
    enum fs_kind kind;
};

struct fs_list {
    struct fs_entry *entries;
    size_t count;
};

/* Appends the content of a regular file of at most `limit` bytes. A last component that is a link
 * is refused. */
int fs_read(int at, const char *path, const char *shown, size_t limit, struct strbuf *out,
            struct errs *errs);

/* The errors for a symbolic link where none is followed, for what is no regular file, and for a
 * file larger than the limit. */
void fs_add_link(const char *shown, struct errs *errs);
void fs_add_no_file(const char *shown, struct errs *errs);
void fs_add_too_large(const char *shown, size_t limit, struct errs *errs);

/* What a folder holds, sorted, without . and ..; memory from the arena. */
int fs_list(int at, const char *path, const char *shown, struct arena *arena, struct fs_list *out,
            struct errs *errs);

/* Makes a list of entries that were gathered in memory of malloc(), which it frees: sorted, and in
 * the arena. */
void fs_list_keep(struct fs_list *out, struct fs_entry *entries, size_t count, struct arena *arena);

/* Whether a name is that of what systems and programs leave behind in folders that people work in:
 * Thumbs.db, desktop.ini, the locks of open documents. */
bool fs_is_dropping(const char *name);

/* Makes the folders that lead to `path`, not `path` itself. */
int fs_make_parents(int at, const char *path, struct errs *errs);

/* How much of a path there is already: the length of its longest part that exists. */
size_t fs_existing(const char *path);
/* Removes the folders that lead to `path` beyond that length, if they are empty: those that were
 * made for something that did not come to be. */
void fs_remove_parents(const char *path, size_t existed);

/* Writes a new file, or over the old one. Folders that are missed on the way are made. */
int fs_write(int at, const char *path, const void *data, size_t len, struct errs *errs);
/* The same, and what was written is on the disk. */
int fs_write_synced(int at, const char *path, const void *data, size_t len, struct errs *errs);
/* All bytes to an open file. -1 with errno set. */
int fs_write_fd(int fd, const void *data, size_t len);
/* Writes beside the file, synced, and renames: the file is the old or the new one, never part of
 * one. */
int fs_write_atomic(int at, const char *path, const void *data, size_t len, struct errs *errs);

/* Whether the file exists and holds just these bytes. */
bool fs_same(int at, const char *path, const void *data, size_t len);

/* Removes a file, or a folder with all that is in it. What does not exist is no error. */
int fs_remove_tree(int at, const char *path, struct errs *errs);

#endif
