/*
 * fs_ground: a folder of a test's own for what tests base/fs.h. What the tests put there and see
 * there goes past fs, but for the last three functions.
 *
 * Depends on base/testing.h, arena, err and strbuf.
 */
#ifndef TESTS_BASE_FS_GROUND_H
#define TESTS_BASE_FS_GROUND_H

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"

struct fs_ground {
    char *path;
    int at; /* the folder */
    struct errs errs;
    struct strbuf text;
    struct arena arena;
};

/* For cmocka. */
int fs_ground_set_up(void **state);
int fs_ground_tear_down(void **state);

void fs_ground_put(struct fs_ground *g, const char *path, const void *data, size_t len);
void fs_ground_put_text(struct fs_ground *g, const char *path, const char *text);
bool fs_ground_has(struct fs_ground *g, const char *path);
void fs_ground_assert_file(struct fs_ground *g, const char *path, const void *data, size_t len);
/* How many entries a folder has. */
size_t fs_ground_count(int at, const char *path);
/* One error was added, of that id, and about that file unless it is a system error; then there is
 * none. */
void fs_ground_assert_error(struct fs_ground *g, const char *id, const char *shown);

/* fs_read() into `text`; fs_write() and fs_write_atomic() of a text. */
int fs_ground_read(struct fs_ground *g, const char *path, size_t limit);
int fs_ground_write(struct fs_ground *g, const char *path, const char *text);
int fs_ground_write_atomic(struct fs_ground *g, const char *path, const char *text);

#endif
