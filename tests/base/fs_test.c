#include "base/base.h"

#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"

/* Every test has a folder of its own, `at`. */
struct ground {
    char *path;
    int at;
    struct errs errs;
    struct strbuf text;
    struct arena arena;
};

static int set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));

    g->path = testing_folder();
    g->at = open(g->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    strbuf_init(&g->text);
    *state = g;
    umask(022);
    alarm(getenv("MEMCHECK") ? 300 : 30); /* a test that waits for a pipe must end */
    return g->at < 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;

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

/* What the tests put into the folder and see there goes past fs. */
static void put(struct ground *g, const char *path, const void *data, size_t len)
{
    int fd = openat(g->at, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, len), len);
    close(fd);
}

static void put_text(struct ground *g, const char *path, const char *text)
{
    put(g, path, text, strlen(text));
}

static bool exists(struct ground *g, const char *path)
{
    struct stat st;

    return !fstatat(g->at, path, &st, AT_SYMLINK_NOFOLLOW);
}

static void assert_file(struct ground *g, const char *path, const void *data, size_t len)
{
    int fd = openat(g->at, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    char *held = mem_alloc(len + 1);

    assert_true(fd >= 0);
    assert_int_equal(read(fd, held, len + 1), len);
    assert_memory_equal(held, data, len);
    close(fd);
    free(held);
}

static size_t count_entries(int at, const char *path)
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

/* One error was added, of that id, and about that file unless it is a system error. */
static void assert_error(struct ground *g, const char *id, const char *shown)
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

/* --- reading --- */

static int read_as(struct ground *g, const char *path, size_t limit)
{
    return fs_read(g->at, path, "SHOWN", limit, &g->text, &g->errs);
}

static void reads_every_byte_behind_what_is_there(void **state)
{
    struct ground *g = *state;
    char bytes[256];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)i;
    put(g, "all", bytes, sizeof(bytes));
    put(g, "none", "", 0);
    strbuf_adds(&g->text, "before");
    assert_int_equal(read_as(g, "all", 1000), 0);
    assert_int_equal(g->text.len, 6 + 256);
    assert_memory_equal(g->text.buf, "before", 6);
    assert_memory_equal(g->text.buf + 6, bytes, sizeof(bytes));
    assert_int_equal(g->text.buf[g->text.len], '\0');
    assert_int_equal(read_as(g, "none", 0), 0);
    assert_int_equal(g->text.len, 6 + 256);
    assert_int_equal(g->errs.count, 0);
}

static void reads_a_path_in_folders_and_an_absolute_one(void **state)
{
    struct ground *g = *state;
    struct strbuf path = STRBUF_INIT;

    assert_int_equal(mkdirat(g->at, "a", 0777), 0);
    put_text(g, "a/b", "here");
    assert_int_equal(read_as(g, "a/b", 4), 0);
    strbuf_addf(&path, "%s/a/b", g->path);
    assert_int_equal(fs_read(AT_FDCWD, path.buf, "x", 4, &g->text, &g->errs), 0);
    assert_string_equal(g->text.buf, "herehere");
    strbuf_release(&path);
}

static void the_limit_is_the_last_size_that_is_read(void **state)
{
    struct ground *g = *state;

    put_text(g, "f", "12345");
    assert_int_equal(read_as(g, "f", 5), 0);
    assert_int_equal(read_as(g, "f", SIZE_MAX), 0);
    assert_string_equal(g->text.buf, "1234512345");
    assert_int_equal(read_as(g, "f", 4), -1);
    assert_error(g, "file-too-large", "SHOWN");
    assert_int_equal(read_as(g, "f", 0), -1);
    assert_error(g, "file-too-large", "SHOWN");
}

/* Files in /proc claim to be empty, as a file does that grows while it is read. */
static void the_limit_holds_for_a_file_larger_than_it_claims(void **state)
{
    struct ground *g = *state;
    struct stat st;

    if (stat("/proc/self/maps", &st) || st.st_size) {
        testing_skip("no such /proc here");
        return;
    }
    assert_int_equal(fs_read(AT_FDCWD, "/proc/self/maps", "SHOWN", 100, &g->text, &g->errs), -1);
    assert_error(g, "file-too-large", "SHOWN");
    strbuf_clear(&g->text);
    assert_int_equal(fs_read(AT_FDCWD, "/proc/self/maps", "SHOWN", 1 << 24, &g->text, &g->errs), 0);
    assert_true(g->text.len > 100);
    assert_int_equal(g->text.len, strlen(g->text.buf));
}

static void what_does_not_exist_is_a_system_error(void **state)
{
    struct ground *g = *state;
    struct fs_list list;

    assert_int_equal(read_as(g, "none", 9), -1);
    assert_error(g, "system", "SHOWN");
    assert_int_equal(fs_list(g->at, "none", "SHOWN", &g->arena, &list, &g->errs), -1);
    assert_error(g, "system", "SHOWN");
}

static void links_are_not_read(void **state)
{
    struct ground *g = *state;

    put_text(g, "target", "secret");
    assert_int_equal(symlinkat("target", g->at, "link"), 0);
    assert_int_equal(symlinkat("nowhere", g->at, "dangling"), 0);
    assert_int_equal(symlinkat("loop", g->at, "loop"), 0);
    assert_int_equal(symlinkat("/etc/passwd", g->at, "far"), 0);
    assert_int_equal(read_as(g, "link", 100), -1);
    assert_error(g, "symbolic-link", "SHOWN");
    assert_int_equal(read_as(g, "dangling", 100), -1);
    assert_error(g, "symbolic-link", "SHOWN");
    assert_int_equal(read_as(g, "loop", 100), -1);
    assert_error(g, "symbolic-link", "SHOWN");
    assert_int_equal(read_as(g, "far", 1 << 20), -1);
    assert_error(g, "symbolic-link", "SHOWN");
    assert_int_equal(g->text.len, 0);
}

static void only_regular_files_are_read(void **state)
{
    struct ground *g = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int socket_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(mkdirat(g->at, "folder", 0777), 0);
    assert_int_equal(mkfifoat(g->at, "pipe", 0666), 0);
    snprintf(address.sun_path, sizeof(address.sun_path), "%s/socket", g->path);
    assert_int_equal(bind(socket_fd, (struct sockaddr *)&address, sizeof(address)), 0);

    assert_int_equal(read_as(g, "folder", 100), -1);
    assert_error(g, "not-a-file", "SHOWN");
    assert_int_equal(read_as(g, "pipe", 100), -1); /* and does not wait for a writer */
    assert_error(g, "not-a-file", "SHOWN");
    assert_int_equal(fs_read(AT_FDCWD, "/dev/zero", "SHOWN", 100, &g->text, &g->errs), -1);
    assert_error(g, "not-a-file", "SHOWN");
    assert_int_equal(read_as(g, "socket", 100), -1);
    assert_int_equal(g->errs.count, 1);
    assert_int_equal(g->text.len, 0);
    close(socket_fd);
}

/* --- listing --- */

static void lists_what_is_there_sorted_by_byte(void **state)
{
    struct ground *g = *state;
    static const char *const names[] = {
        "\x01", " ",        "-",    ".hidden", "..x",        "A",  "B",    "Z",
        "_",    "a",        "a b",  "a.b",     "aa",         "b",  "\x7F", "\x80",
        "é",    "\xFE\xFF", "\xFF", "中",      "line\nfeed", "10", "9",
    };
    struct fs_list list = {NULL, 0};

    for (size_t i = ARRAY_SIZE(names); i--;)
        put_text(g, names[i], "");
    assert_int_equal(fs_list(g->at, ".", "SHOWN", &g->arena, &list, &g->errs), 0);
    assert_int_equal(list.count, ARRAY_SIZE(names));
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        bool found = false;

        for (size_t j = 0; j < list.count; j++)
            found |= !strcmp(names[i], list.entries[j].name);
        assert_true(found);
    }
    for (size_t i = 1; i < list.count; i++) {
        const unsigned char *a = (const unsigned char *)list.entries[i - 1].name;
        const unsigned char *b = (const unsigned char *)list.entries[i].name;

        while (*a == *b)
            a++, b++;
        assert_true(*a < *b);
    }
}

static void tells_files_folders_links_and_the_rest_apart(void **state)
{
    struct ground *g = *state;
    static const struct fs_entry expected[] = {
        {"file", FS_FILE}, {"folder", FS_FOLDER}, {"link", FS_LINK}, {"pipe", FS_OTHER}};
    struct fs_list list = {NULL, 0};

    put_text(g, "file", "x");
    assert_int_equal(mkdirat(g->at, "folder", 0777), 0);
    assert_int_equal(symlinkat("folder", g->at, "link"), 0);
    assert_int_equal(mkfifoat(g->at, "pipe", 0666), 0);
    assert_int_equal(fs_list(AT_FDCWD, g->path, "SHOWN", &g->arena, &list, &g->errs), 0);
    assert_int_equal(list.count, ARRAY_SIZE(expected));
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(list.entries[i].name, expected[i].name);
        assert_int_equal(list.entries[i].kind, expected[i].kind);
    }
}

static void lists_an_empty_folder_and_a_large_one(void **state)
{
    struct ground *g = *state;
    struct fs_list list = {NULL, 99};
    char name[32];

    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    assert_int_equal(fs_list(g->at, "d", "SHOWN", &g->arena, &list, &g->errs), 0);
    assert_int_equal(list.count, 0);
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof(name), "d/%d", i * 7919 % 3000 + 10000);
        put(g, name, "", 0);
    }
    assert_int_equal(fs_list(g->at, "d", "SHOWN", &g->arena, &list, &g->errs), 0);
    assert_int_equal(list.count, 3000);
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof(name), "%d", i + 10000);
        assert_string_equal(list.entries[i].name, name);
    }
}

static void a_file_cannot_be_listed(void **state)
{
    struct ground *g = *state;
    struct fs_list list;

    put_text(g, "f", "x");
    assert_int_equal(mkfifoat(g->at, "pipe", 0666), 0);
    assert_int_equal(fs_list(g->at, "f", "SHOWN", &g->arena, &list, &g->errs), -1);
    assert_error(g, "system", "SHOWN");
    assert_int_equal(fs_list(g->at, "pipe", "SHOWN", &g->arena, &list, &g->errs), -1);
    assert_error(g, "system", "SHOWN");
}

/* --- writing --- */

static void makes_the_folders_that_lead_to_a_path(void **state)
{
    struct ground *g = *state;
    struct strbuf path = STRBUF_INIT;

    assert_int_equal(fs_make_parents(g->at, "a/b/c/file", &g->errs), 0);
    assert_true(exists(g, "a/b/c"));
    assert_false(exists(g, "a/b/c/file"));
    assert_int_equal(fs_make_parents(g->at, "a/b/c/file", &g->errs), 0);
    assert_int_equal(fs_make_parents(g->at, "a/b/d/e/file", &g->errs), 0);
    assert_true(exists(g, "a/b/d/e"));
    assert_int_equal(fs_make_parents(g->at, "file", &g->errs), 0);
    assert_false(exists(g, "file"));
    assert_int_equal(fs_make_parents(g->at, "./x//y/file", &g->errs), 0);
    assert_true(exists(g, "x/y"));
    assert_int_equal(fs_make_parents(g->at, "", &g->errs), 0);
    strbuf_addf(&path, "%s/abs/olute/file", g->path);
    assert_int_equal(fs_make_parents(AT_FDCWD, path.buf, &g->errs), 0);
    assert_true(exists(g, "abs/olute"));
    assert_int_equal(symlinkat("abs", g->at, "link"), 0); /* a link to a folder is one */
    assert_int_equal(fs_make_parents(g->at, "link/new/file", &g->errs), 0);
    assert_true(exists(g, "abs/new"));
    assert_int_equal(g->errs.count, 0);
    strbuf_release(&path);
}

/* What was made for nothing is removed, and no more than that. */
static void removes_the_folders_that_were_made_for_a_path(void **state)
{
    struct ground *g = *state;
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
    assert_true(exists(g, "old"));
    assert_false(exists(g, "old/new"));

    assert_int_equal(fs_make_parents(AT_FDCWD, path.buf, &g->errs), 0);
    put_text(g, "old/new/file", "x"); /* somebody else's by now */
    fs_remove_parents(path.buf, existed);
    assert_true(exists(g, "old/new/file"));
    assert_false(exists(g, "old/new/er"));
    assert_int_equal(fs_existing("/"), 1);
    assert_int_equal(fs_existing("nowhere-at-all"), 0);
    assert_int_equal(fs_existing("nowhere-at-all/x"), 0);
    strbuf_release(&path);
}

static void a_file_in_the_way_of_a_folder_is_an_error(void **state)
{
    struct ground *g = *state;

    put_text(g, "f", "x");
    assert_int_equal(symlinkat("nowhere", g->at, "dangling"), 0);
    assert_int_equal(fs_make_parents(g->at, "f/a/b", &g->errs), -1);
    assert_error(g, "system", "f");
    assert_int_equal(fs_make_parents(g->at, "f/a", &g->errs), -1);
    assert_error(g, "system", "f");
    assert_int_equal(fs_make_parents(g->at, "dangling/a", &g->errs), -1);
    assert_error(g, "system", "dangling");
}

static int write_plain(struct ground *g, const char *path, const char *text)
{
    return fs_write(g->at, path, text, strlen(text), &g->errs);
}

static int write_atomic(struct ground *g, const char *path, const char *text)
{
    return fs_write_atomic(g->at, path, text, strlen(text), &g->errs);
}

static void writes_new_files_and_over_old_ones(void **state)
{
    struct ground *g = *state;
    int (*const writers[])(struct ground *, const char *, const char *) = {write_plain,
                                                                           write_atomic};

    for (size_t i = 0; i < ARRAY_SIZE(writers); i++) {
        size_t entries = i + 1;

        assert_int_equal(writers[i](g, i ? "a" : "b", "long content"), 0);
        assert_file(g, i ? "a" : "b", "long content", 12);
        assert_int_equal(writers[i](g, i ? "a" : "b", "short"), 0);
        assert_file(g, i ? "a" : "b", "short", 5);
        assert_int_equal(writers[i](g, i ? "a" : "b", ""), 0);
        assert_file(g, i ? "a" : "b", "", 0);
        assert_int_equal(count_entries(g->at, "."), entries); /* nothing beside them */
    }
    assert_int_equal(fs_write(g->at, "b", NULL, 0, &g->errs), 0);
    assert_int_equal(fs_write_atomic(g->at, "b", "\0\xFF\n", 3, &g->errs), 0);
    assert_file(g, "b", "\0\xFF\n", 3);
    assert_int_equal(g->errs.count, 0);
}

static void writes_what_is_larger_than_a_pipe_takes_at_once(void **state)
{
    struct ground *g = *state;
    size_t len = 3 * 1024 * 1024 + 1;
    char *data = mem_alloc(len);

    for (size_t i = 0; i < len; i++)
        data[i] = (char)(i * 31 >> 3);
    assert_int_equal(fs_write(g->at, "a", data, len, &g->errs), 0);
    assert_file(g, "a", data, len);
    assert_int_equal(fs_write_atomic(g->at, "b", data, len, &g->errs), 0);
    assert_file(g, "b", data, len);
    assert_int_equal(read_as(g, "b", len), 0);
    assert_int_equal(g->text.len, len);
    assert_memory_equal(g->text.buf, data, len);
    free(data);
}

static void makes_the_folders_that_a_file_goes_into(void **state)
{
    struct ground *g = *state;

    assert_int_equal(write_plain(g, "a/b/c", "x"), 0);
    assert_file(g, "a/b/c", "x", 1);
    assert_int_equal(write_plain(g, "a/b/d", "y"), 0);
    assert_file(g, "a/b/d", "y", 1);
    assert_int_equal(count_entries(g->at, "."), 1);
    assert_int_equal(count_entries(g->at, "a/b"), 2);
    assert_int_equal(g->errs.count, 0);
}

static void a_file_is_no_folder_to_write_into(void **state)
{
    struct ground *g = *state;

    put_text(g, "f", "x");
    assert_int_equal(write_plain(g, "f/a", "x"), -1);
    assert_error(g, "system", "f");
    assert_int_equal(write_atomic(g, "f/a", "x"), -1);
    assert_error(g, "system", "f");
    assert_int_equal(write_plain(g, "", "x"), -1);
    assert_int_equal(g->errs.count, 1);
    assert_int_equal(count_entries(g->at, "."), 1);
}

static void a_folder_is_not_written_over(void **state)
{
    struct ground *g = *state;

    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    put_text(g, "d/inside", "x");
    assert_int_equal(write_plain(g, "d", "x"), -1);
    assert_error(g, "system", "d");
    assert_int_equal(write_atomic(g, "d", "x"), -1);
    assert_error(g, "system", "d");
    assert_file(g, "d/inside", "x", 1);
    assert_int_equal(count_entries(g->at, "."), 1); /* nothing was left beside it */
}

/* Somebody who has the old file open goes on reading the old one. */
static void an_atomic_write_does_not_touch_the_old_file(void **state)
{
    struct ground *g = *state;
    char held[4] = "";
    int fd;

    put_text(g, "f", "old");
    fd = openat(g->at, "f", O_RDONLY | O_CLOEXEC);
    assert_int_equal(write_atomic(g, "f", "new content"), 0);
    assert_int_equal(read(fd, held, sizeof(held)), 3);
    assert_string_equal(held, "old");
    assert_file(g, "f", "new content", 11);
    close(fd);
}

/* --- writes that fail; each in a child process, which returns the number of what went wrong --- */

enum { NOT_POSSIBLE = 77 };

static int as_nobody_in_a_folder_of_root(void *ctx)
{
    struct ground *g = ctx;

    if (!geteuid() && setresuid(65534, 65534, 65534))
        return NOT_POSSIBLE;
    if (write_atomic(g, "f", "new") != -1 || g->errs.count != 1)
        return 1;
    return write_plain(g, "other", "new") == -1 ? 0 : 2;
}

static void a_read_only_folder_stays_as_it_is(void **state)
{
    struct ground *g = *state;
    int status;

    put_text(g, "f", "old");
    assert_int_equal(fchmod(g->at, 0555), 0);
    status = testing_in_child(as_nobody_in_a_folder_of_root, g);
    assert_int_equal(fchmod(g->at, 0755), 0);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        testing_skip("not with these rights");
        return;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_file(g, "f", "old", 3);
    assert_int_equal(count_entries(g->at, "."), 1);
}

/* The errors are as with a full disk: a write that takes a part, then one that takes nothing. */
static int with_files_of_1000_bytes_at_most(void *ctx)
{
    struct ground *g = ctx;
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
    struct ground *g = *state;
    char expected[1000];
    int status;

    put_text(g, "f", "old");
    status = testing_in_child(with_files_of_1000_bytes_at_most, g);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        testing_skip("not with these rights");
        return;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    memset(expected, 'n', sizeof(expected)); /* the last write that succeeded */
    assert_file(g, "f", expected, sizeof(expected));
    assert_int_equal(count_entries(g->at, "."), 2); /* f, g and nothing else */
}

/* A disk of 64 KiB that only the child sees. */
static int on_a_full_disk(void *ctx)
{
    struct ground *g = ctx;
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
    if (count_entries(disk, ".") != 1)
        return 4;
    return fs_same(disk, "f", old, sizeof(old)) ? 0 : 5;
}

static void a_full_disk_keeps_the_old_file_and_nothing_else(void **state)
{
    struct ground *g = *state;
    int status = testing_in_child(on_a_full_disk, g);

    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        testing_skip("not with these rights");
        return;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(count_entries(g->at, "."), 0); /* it was not this disk */
}

/* --- comparing --- */

static void same_means_every_byte(void **state)
{
    struct ground *g = *state;
    size_t len = 200 * 1024;
    char *data = mem_alloc(len);
    static const size_t places[] = {0, 1, 4095, 65535, 65536, 131072, 200 * 1024 - 1};

    for (size_t i = 0; i < len; i++)
        data[i] = (char)(i >> 5);
    put(g, "f", data, len);
    assert_true(fs_same(g->at, "f", data, len));
    assert_false(fs_same(g->at, "f", data, len - 1));
    assert_false(fs_same(g->at, "f", data, 65536));
    assert_false(fs_same(g->at, "f", data, 0));
    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        data[places[i]] ^= 1;
        assert_false(fs_same(g->at, "f", data, len));
        data[places[i]] ^= 1;
    }
    put(g, "f", data, len - 1);
    assert_false(fs_same(g->at, "f", data, len));
    put(g, "f", data, 0);
    assert_true(fs_same(g->at, "f", data, 0));
    assert_true(fs_same(g->at, "f", NULL, 0));
    assert_false(fs_same(g->at, "f", data, 1));
    free(data);
}

static void what_is_not_a_file_is_never_the_same(void **state)
{
    struct ground *g = *state;

    assert_int_equal(mkdirat(g->at, "folder", 0777), 0);
    assert_int_equal(mkfifoat(g->at, "pipe", 0666), 0);
    assert_false(fs_same(g->at, "none", "", 0));
    assert_false(fs_same(g->at, "folder", "", 0));
    assert_false(fs_same(g->at, "pipe", "", 0));
    assert_false(fs_same(AT_FDCWD, "/dev/null", "", 0));
}

/* --- removing --- */

static void removes_a_file_and_what_is_not_there(void **state)
{
    struct ground *g = *state;

    put_text(g, "f", "x");
    assert_int_equal(fs_remove_tree(g->at, "f", &g->errs), 0);
    assert_false(exists(g, "f"));
    assert_int_equal(fs_remove_tree(g->at, "f", &g->errs), 0);
    assert_int_equal(fs_remove_tree(g->at, "none/f", &g->errs), 0);
    assert_int_equal(g->errs.count, 0);
}

static void removes_a_folder_with_all_that_is_in_it(void **state)
{
    struct ground *g = *state;
    char name[64];

    assert_int_equal(mkdirat(g->at, "keep", 0777), 0);
    put_text(g, "keep/f", "x");
    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof(name), "d/%d", i);
        assert_int_equal(mkdirat(g->at, name, 0777), 0);
        for (int j = 0; j < 100; j++) { /* empty folders and files by turns */
            snprintf(name, sizeof(name), "d/%d/%d\n\xFF", i, j);
            if (j % 3)
                put(g, name, "x", 1);
            else
                assert_int_equal(mkdirat(g->at, name, 0700), 0);
        }
    }
    assert_int_equal(mkfifoat(g->at, "d/pipe", 0666), 0);
    assert_int_equal(fs_remove_tree(g->at, "d", &g->errs), 0);
    assert_false(exists(g, "d"));
    assert_file(g, "keep/f", "x", 1);
    assert_int_equal(count_entries(g->at, "."), 1);
    assert_int_equal(g->errs.count, 0);
}

static void a_link_goes_and_its_target_stays(void **state)
{
    struct ground *g = *state;

    assert_int_equal(mkdirat(g->at, "outside", 0777), 0);
    put_text(g, "outside/f", "x");
    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    assert_int_equal(mkdirat(g->at, "d/e", 0777), 0);
    assert_int_equal(symlinkat("../../outside", g->at, "d/e/to-folder"), 0);
    assert_int_equal(symlinkat("../../outside/f", g->at, "d/e/to-file"), 0);
    assert_int_equal(symlinkat("nowhere", g->at, "d/e/dangling"), 0);
    assert_int_equal(symlinkat("..", g->at, "d/e/up"), 0);
    assert_int_equal(symlinkat("/", g->at, "d/e/root"), 0);
    assert_int_equal(symlinkat("outside", g->at, "top"), 0);
    assert_int_equal(fs_remove_tree(g->at, "top", &g->errs), 0);
    assert_false(exists(g, "top"));
    assert_int_equal(fs_remove_tree(g->at, "d", &g->errs), 0);
    assert_false(exists(g, "d"));
    assert_file(g, "outside/f", "x", 1);
    assert_int_equal(g->errs.count, 0);
}

static void removes_a_deep_tree(void **state)
{
    struct ground *g = *state;
    int fd = dup(g->at);

    for (int depth = 0; depth < 400; depth++) {
        int next;

        assert_int_equal(mkdirat(fd, "d", 0777), 0);
        next = openat(fd, "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(next >= 0);
        close(fd);
        fd = next;
    }
    close(fd);
    assert_int_equal(fs_remove_tree(g->at, "d", &g->errs), 0);
    assert_int_equal(count_entries(g->at, "."), 0);
}

/* In a folder of root's with the sticky bit, as /tmp is, one may write but not remove. */
static int as_nobody_where_root_wrote(void *ctx)
{
    static const char *const paths[] = {"open/sticky/f", "open/sticky"};
    struct ground *g = ctx;

    if (geteuid() || setresuid(65534, 65534, 65534))
        return NOT_POSSIBLE;
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        if (fs_remove_tree(g->at, paths[i], &g->errs) != -1 || g->errs.count != 1)
            return 1;
        if (!strstr(g->errs.items[0].message, "Operation not permitted"))
            return 2;
        errs_release(&g->errs);
    }
    return fs_remove_tree(g->at, "d", &g->errs) == -1 && g->errs.count == 1 ? 0 : 3;
}

static void what_may_not_be_removed_is_an_error(void **state)
{
    struct ground *g = *state;
    int status;

    assert_int_equal(fchmod(g->at, 0755), 0);
    assert_int_equal(mkdirat(g->at, "open", 0777), 0);
    assert_int_equal(fchmodat(g->at, "open", 0777, 0), 0);
    assert_int_equal(mkdirat(g->at, "open/sticky", 0777), 0);
    assert_int_equal(fchmodat(g->at, "open/sticky", 01777, 0), 0);
    put_text(g, "open/sticky/f", "x");
    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    put_text(g, "d/f", "x");
    status = testing_in_child(as_nobody_where_root_wrote, g);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        testing_skip("not with these rights");
        return;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_file(g, "open/sticky/f", "x", 1);
    assert_file(g, "d/f", "x", 1);
}

/* --- */

static void no_descriptor_stays_open(void **state)
{
    struct ground *g = *state;
    struct fs_list list;
    size_t before = count_entries(AT_FDCWD, "/proc/self/fd");

    for (int i = 0; i < 3; i++) {
        put_text(g, "f", "old");
        assert_int_equal(mkdirat(g->at, "d", 0777), 0);
        assert_int_equal(mkdirat(g->at, "d/e", 0777), 0);
        read_as(g, "f", 100);
        read_as(g, "f", 1);
        read_as(g, "d", 100);
        fs_list(g->at, "d", "x", &g->arena, &list, &g->errs);
        fs_list(g->at, "f", "x", &g->arena, &list, &g->errs);
        fs_make_parents(g->at, "d/x/y", &g->errs);
        write_plain(g, "f", "x");
        write_plain(g, "d", "x");
        write_atomic(g, "f", "x");
        write_atomic(g, "d", "x");
        fs_same(g->at, "f", "x", 1);
        fs_same(g->at, "f", "y", 1);
        fs_same(g->at, "d", "", 0);
        fs_remove_tree(g->at, "d", &g->errs);
    }
    assert_int_equal(count_entries(AT_FDCWD, "/proc/self/fd"), before);
}

static void droppings_are_known_by_name(void **state)
{
    static const char *const droppings[] = {"Thumbs.db", "thumbs.db", "Desktop.ini",  "Icon\r",
                                            "__MACOSX",  "@eaDir",    "~$report.docx"};
    static const char *const others[] = {"",     "Thumbs", "thumbs.db.json", "~", "a~$",
                                         "Icon", ".git"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(droppings); i++)
        assert_true(fs_is_dropping(droppings[i]));
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        assert_false(fs_is_dropping(others[i]));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(reads_every_byte_behind_what_is_there),
        TEST(reads_a_path_in_folders_and_an_absolute_one),
        TEST(the_limit_is_the_last_size_that_is_read),
        TEST(the_limit_holds_for_a_file_larger_than_it_claims),
        TEST(what_does_not_exist_is_a_system_error),
        TEST(links_are_not_read),
        TEST(only_regular_files_are_read),
        TEST(lists_what_is_there_sorted_by_byte),
        TEST(tells_files_folders_links_and_the_rest_apart),
        TEST(lists_an_empty_folder_and_a_large_one),
        TEST(a_file_cannot_be_listed),
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
        TEST(same_means_every_byte),
        TEST(what_is_not_a_file_is_never_the_same),
        TEST(removes_a_file_and_what_is_not_there),
        TEST(removes_a_folder_with_all_that_is_in_it),
        TEST(a_link_goes_and_its_target_stays),
        TEST(removes_a_deep_tree),
        TEST(what_may_not_be_removed_is_an_error),
        TEST(no_descriptor_stays_open),
        cmocka_unit_test(droppings_are_known_by_name),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("fs", tests, NULL, NULL);
}
