/* Writing files: over what is there, into folders that are made, and where it fails. */
#include "base/base.h"

#include "base/fs.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/fs_ground.h"
#include "base/mem.h"
#include "base/testing.h"

static void makes_the_folders_that_lead_to_a_path(void **state)
{
    struct fs_ground *g = *state;
    struct strbuf path = STRBUF_INIT;

    assert_int_equal(fs_make_parents(g->at, "a/b/c/file", &g->errs), 0);
    assert_true(fs_ground_has(g, "a/b/c"));
    assert_false(fs_ground_has(g, "a/b/c/file"));
    assert_int_equal(fs_make_parents(g->at, "a/b/c/file", &g->errs), 0);
    assert_int_equal(fs_make_parents(g->at, "a/b/d/e/file", &g->errs), 0);
    assert_true(fs_ground_has(g, "a/b/d/e"));
    assert_int_equal(fs_make_parents(g->at, "file", &g->errs), 0);
    assert_false(fs_ground_has(g, "file"));
    assert_int_equal(fs_make_parents(g->at, "./x//y/file", &g->errs), 0);
    assert_true(fs_ground_has(g, "x/y"));
    assert_int_equal(fs_make_parents(g->at, "", &g->errs), 0);
    strbuf_addf(&path, "%s/abs/olute/file", g->path);
    assert_int_equal(fs_make_parents(AT_FDCWD, path.buf, &g->errs), 0);
    assert_true(fs_ground_has(g, "abs/olute"));
    assert_int_equal(symlinkat("abs", g->at, "link"), 0); /* a link to a folder is one */
    assert_int_equal(fs_make_parents(g->at, "link/new/file", &g->errs), 0);
    assert_true(fs_ground_has(g, "abs/new"));
    assert_int_equal(g->errs.count, 0);
    strbuf_release(&path);
}

/* What was made for nothing is removed, and no more than that. */
static void removes_the_folders_that_were_made_for_a_path(void **state)
{
    struct fs_ground *g = *state;
    struct strbuf path = STRBUF_INIT;
    size_t existed;

    assert_int_equal(mkdirat(g->at, "old", 0777), 0);
    strbuf_addf(&path, "%s/old", g->path);
    assert_int_equal(fs_existing(path.buf), path.len);
    strbuf_adds(&path, "/new/er/file");
    existed = fs_existing(path.buf);
    assert_int_equal(existed, strlen(g->path) + strlen("/old"));
    assert_int_equal(fs_make_parents(AT_FDCWD, path.buf, &g->errs), 0);
    assert_int_equal(fs_existing(path.buf), path.len - strlen("/file"));
    fs_remove_parents(path.buf, existed);
    assert_true(fs_ground_has(g, "old"));
    assert_false(fs_ground_has(g, "old/new"));

    assert_int_equal(fs_make_parents(AT_FDCWD, path.buf, &g->errs), 0);
    fs_ground_put_text(g, "old/new/file", "x"); /* somebody else's by now */
    fs_remove_parents(path.buf, existed);
    assert_true(fs_ground_has(g, "old/new/file"));
    assert_false(fs_ground_has(g, "old/new/er"));
    assert_int_equal(fs_existing("/"), 1);
    assert_int_equal(fs_existing("nowhere-at-all"), 0);
    assert_int_equal(fs_existing("nowhere-at-all/x"), 0);
    strbuf_release(&path);
}

static void a_file_in_the_way_of_a_folder_is_an_error(void **state)
{
    struct fs_ground *g = *state;

    fs_ground_put_text(g, "f", "x");
    assert_int_equal(symlinkat("nowhere", g->at, "dangling"), 0);
    assert_int_equal(fs_make_parents(g->at, "f/a/b", &g->errs), -1);
    fs_ground_assert_error(g, "system", "f");
    assert_int_equal(fs_make_parents(g->at, "f/a", &g->errs), -1);
    fs_ground_assert_error(g, "system", "f");
    assert_int_equal(fs_make_parents(g->at, "dangling/a", &g->errs), -1);
    fs_ground_assert_error(g, "system", "dangling");
}

static void writes_new_files_and_over_old_ones(void **state)
{
    struct fs_ground *g = *state;
    int (*const writers[])(struct fs_ground *, const char *,
                           const char *) = {fs_ground_write, fs_ground_write_atomic};

    for (size_t i = 0; i < ARRAY_SIZE(writers); i++) {
        size_t entries = i + 1;

        assert_int_equal(writers[i](g, i ? "a" : "b", "long content"), 0);
        fs_ground_assert_file(g, i ? "a" : "b", "long content", 12);
        assert_int_equal(writers[i](g, i ? "a" : "b", "short"), 0);
        fs_ground_assert_file(g, i ? "a" : "b", "short", 5);
        assert_int_equal(writers[i](g, i ? "a" : "b", ""), 0);
        fs_ground_assert_file(g, i ? "a" : "b", "", 0);
        assert_int_equal(fs_ground_count(g->at, "."), entries); /* nothing beside them */
    }
    assert_int_equal(fs_write(g->at, "b", NULL, 0, &g->errs), 0);
    assert_int_equal(fs_write_atomic(g->at, "b", "\0\xFF\n", 3, &g->errs), 0);
    fs_ground_assert_file(g, "b", "\0\xFF\n", 3);
    assert_int_equal(g->errs.count, 0);
}

static void writes_what_is_larger_than_a_pipe_takes_at_once(void **state)
{
    struct fs_ground *g = *state;
    size_t len = 3 * 1024 * 1024 + 1;
    char *data = mem_alloc(len);

    for (size_t i = 0; i < len; i++)
        data[i] = (char)(i * 31 >> 3);
    assert_int_equal(fs_write(g->at, "a", data, len, &g->errs), 0);
    fs_ground_assert_file(g, "a", data, len);
    assert_int_equal(fs_write_atomic(g->at, "b", data, len, &g->errs), 0);
    fs_ground_assert_file(g, "b", data, len);
    assert_int_equal(fs_ground_read(g, "b", len), 0);
    assert_int_equal(g->text.len, len);
    assert_memory_equal(g->text.buf, data, len);
    free(data);
}

static void makes_the_folders_that_a_file_goes_into(void **state)
{
    struct fs_ground *g = *state;

    assert_int_equal(fs_ground_write(g, "a/b/c", "x"), 0);
    fs_ground_assert_file(g, "a/b/c", "x", 1);
    assert_int_equal(fs_ground_write(g, "a/b/d", "y"), 0);
    fs_ground_assert_file(g, "a/b/d", "y", 1);
    assert_int_equal(fs_ground_count(g->at, "."), 1);
    assert_int_equal(fs_ground_count(g->at, "a/b"), 2);
    assert_int_equal(g->errs.count, 0);
}

static void a_file_is_no_folder_to_write_into(void **state)
{
    struct fs_ground *g = *state;

    fs_ground_put_text(g, "f", "x");
    assert_int_equal(fs_ground_write(g, "f/a", "x"), -1);
    fs_ground_assert_error(g, "system", "f");
    assert_int_equal(fs_ground_write_atomic(g, "f/a", "x"), -1);
    fs_ground_assert_error(g, "system", "f");
    assert_int_equal(fs_ground_write(g, "", "x"), -1);
    assert_int_equal(g->errs.count, 1);
    assert_int_equal(fs_ground_count(g->at, "."), 1);
}

static void a_folder_is_not_written_over(void **state)
{
    struct fs_ground *g = *state;

    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    fs_ground_put_text(g, "d/inside", "x");
    assert_int_equal(fs_ground_write(g, "d", "x"), -1);
    fs_ground_assert_error(g, "system", "d");
    assert_int_equal(fs_ground_write_atomic(g, "d", "x"), -1);
    fs_ground_assert_error(g, "system", "d");
    fs_ground_assert_file(g, "d/inside", "x", 1);
    assert_int_equal(fs_ground_count(g->at, "."), 1); /* nothing was left beside it */
}

/* Somebody who has the old file open goes on reading the old one. */
static void an_atomic_write_does_not_touch_the_old_file(void **state)
{
    struct fs_ground *g = *state;
    char held[4] = "";
    int fd;

    fs_ground_put_text(g, "f", "old");
    fd = openat(g->at, "f", O_RDONLY | O_CLOEXEC);
    assert_int_equal(fs_ground_write_atomic(g, "f", "new content"), 0);
    assert_int_equal(read(fd, held, sizeof(held)), 3);
    assert_string_equal(held, "old");
    fs_ground_assert_file(g, "f", "new content", 11);
    close(fd);
}

/* --- writes that fail; each in a child process, which returns the number of what went wrong --- */

enum { NOT_POSSIBLE = 77 };

static int as_nobody_in_a_folder_of_root(void *ctx)
{
    struct fs_ground *g = ctx;

    if (!geteuid() && setresuid(65534, 65534, 65534))
        return NOT_POSSIBLE;
    if (fs_ground_write_atomic(g, "f", "new") != -1 || g->errs.count != 1)
        return 1;
    return fs_ground_write(g, "other", "new") == -1 ? 0 : 2;
}

static void a_read_only_folder_stays_as_it_is(void **state)
{
    struct fs_ground *g = *state;
    int status;

    fs_ground_put_text(g, "f", "old");
    assert_int_equal(fchmod(g->at, 0555), 0);
    status = testing_in_child(as_nobody_in_a_folder_of_root, g);
    assert_int_equal(fchmod(g->at, 0755), 0);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        testing_skip("not with these rights");
        return;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    fs_ground_assert_file(g, "f", "old", 3);
    assert_int_equal(fs_ground_count(g->at, "."), 1);
}

/* The errors are as with a full disk: a write that takes a part, then one that takes nothing. */
static int with_files_of_1000_bytes_at_most(void *ctx)
{
    struct fs_ground *g = ctx;
    struct rlimit limit = {1000, 1000};
    char data[3000];

    memset(data, 'n', sizeof(data));
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit))
        return NOT_POSSIBLE;
    for (size_t len = 990; len <= sizeof(data); len += len < 1010 ? 1 : 100) {
        int expected = len <= 1000 ? 0 : -1;

        if (fs_write_atomic(g->at, "f", data, len, &g->errs) != expected)
            return 1;
        if (fs_write(g->at, "g", data, len, &g->errs) != expected)
            return 2;
        if (expected && (!g->errs.count || g->errs.items[0].code != ERR_SYSTEM))
            return 3;
        errs_release(&g->errs);
    }
    return 0;
}

static void a_write_that_is_cut_short_leaves_the_old_file(void **state)
{
    struct fs_ground *g = *state;
    char expected[1000];
    int status;

    fs_ground_put_text(g, "f", "old");
    status = testing_in_child(with_files_of_1000_bytes_at_most, g);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        testing_skip("not with these rights");
        return;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    memset(expected, 'n', sizeof(expected)); /* the last write that succeeded */
    fs_ground_assert_file(g, "f", expected, sizeof(expected));
    assert_int_equal(fs_ground_count(g->at, "."), 2); /* f, g and nothing else */
}

/* A disk of 64 KiB that only the child sees. */
static int on_a_full_disk(void *ctx)
{
    struct fs_ground *g = ctx;
    static char old[48 * 1024], new[48 * 1024];
    int disk;

    if (unshare(CLONE_NEWNS) || mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) ||
        mount("none", g->path, "tmpfs", 0, "size=64k"))
        return NOT_POSSIBLE;
    disk = open(g->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fs_write_atomic(disk, "f", old, sizeof(old), &g->errs))
        return 1;
    memset(new, 'n', sizeof(new));
    if (fs_write_atomic(disk, "f", new, sizeof(new), &g->errs) != -1)
        return 2;
    if (g->errs.count != 1 || !strstr(g->errs.items[0].message, "No space left"))
        return 3;
    if (fs_ground_count(disk, ".") != 1)
        return 4;
    return fs_same(disk, "f", old, sizeof(old)) ? 0 : 5;
}

static void a_full_disk_keeps_the_old_file_and_nothing_else(void **state)
{
    struct fs_ground *g = *state;
    int status = testing_in_child(on_a_full_disk, g);

    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        testing_skip("not with these rights");
        return;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(fs_ground_count(g->at, "."), 0); /* it was not this disk */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fs_ground_set_up, fs_ground_tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(makes_the_folders_that_lead_to_a_path),
        TEST(removes_the_folders_that_were_made_for_a_path),
        TEST(a_file_in_the_way_of_a_folder_is_an_error),
        TEST(writes_new_files_and_over_old_ones),
        TEST(writes_what_is_larger_than_a_pipe_takes_at_once),
        TEST(makes_the_folders_that_a_file_goes_into),
        TEST(a_file_is_no_folder_to_write_into),
        TEST(a_folder_is_not_written_over),
        TEST(an_atomic_write_does_not_touch_the_old_file),
        TEST(a_read_only_folder_stays_as_it_is),
        TEST(a_write_that_is_cut_short_leaves_the_old_file),
        TEST(a_full_disk_keeps_the_old_file_and_nothing_else),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("fs_write", tests, NULL, NULL);
}
