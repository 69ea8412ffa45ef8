#include "base/base.h"

#include "base/fs_ground.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/testing.h"

int fs_ground_set_up(void **state)
{
    struct fs_ground *g = mem_zalloc(1, sizeof(*g));

    g->path = testing_folder();
    g->at = open(g->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    strbuf_init(&g->text);
    *state = g;
    umask(022);
    alarm(getenv("MEMCHECK") ? 300 : 30); /* a test that waits for a pipe must end */
    return g->at < 0;
}

int fs_ground_tear_down(void **state)
{
    struct fs_ground *g = *state;

    alarm(0);
    close(g->at);
    testing_folder_remove(g->path);
    free(g->path);
    errs_release(&g->errs);
    strbuf_release(&g->text);
    arena_release(&g->arena);
    free(g);
    return 0;
}

void fs_ground_put(struct fs_ground *g, const char *path, const void *data, size_t len)
{
    int fd = openat(g->at, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, len), len);
    close(fd);
}

void fs_ground_put_text(struct fs_ground *g, const char *path, const char *text)
{
    fs_ground_put(g, path, text, strlen(text));
}

bool fs_ground_has(struct fs_ground *g, const char *path)
{
    struct stat st;

    return !fstatat(g->at, path, &st, AT_SYMLINK_NOFOLLOW);
}

void fs_ground_assert_file(struct fs_ground *g, const char *path, const void *data, size_t len)
{
    int fd = openat(g->at, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    char *held = mem_alloc(len + 1);

    assert_true(fd >= 0);
    assert_int_equal(read(fd, held, len + 1), len);
    assert_memory_equal(held, data, len);
    close(fd);
    free(held);
}

size_t fs_ground_count(int at, const char *path)
{
    int fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    size_t count = 0;

    assert_non_null(dir);
    while (readdir(dir))
        count++;
    closedir(dir);
    return count - 2;
}

void fs_ground_assert_error(struct fs_ground *g, const char *id, const char *shown)
{
    assert_int_equal(g->errs.count, 1);
    assert_string_equal(g->errs.items[0].id, id);
    if (!strcmp(id, "system")) {
        assert_int_equal(g->errs.items[0].code, ERR_SYSTEM);
        assert_non_null(strstr(g->errs.items[0].message, shown));
    } else {
        assert_int_equal(g->errs.items[0].code, ERR_CONTENT);
        assert_string_equal(g->errs.items[0].file, shown);
    }
    errs_release(&g->errs);
}

int fs_ground_read(struct fs_ground *g, const char *path, size_t limit)
{
    return fs_read(g->at, path, "SHOWN", limit, &g->text, &g->errs);
}

int fs_ground_write(struct fs_ground *g, const char *path, const char *text)
{
    return fs_write(g->at, path, text, strlen(text), &g->errs);
}

int fs_ground_write_atomic(struct fs_ground *g, const char *path, const char *text)
{
    return fs_write_atomic(g->at, path, text, strlen(text), &g->errs);
}
