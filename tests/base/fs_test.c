#include "base/base.h"

#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/fs_ground.h"
#include "base/mem.h"
#include "base/testing.h"

/* --- reading --- */

static void reads_every_byte_behind_what_is_there(void **state)
{
    struct fs_ground *g = *state;
    char bytes[256];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)i;
    fs_ground_put(g, "all", bytes, sizeof(bytes));
    fs_ground_put(g, "none", "", 0);
    strbuf_adds(&g->text, "before");
    assert_int_equal(fs_ground_read(g, "all", 1000), 0);
    assert_int_equal(g->text.len, 6 + 256);
    assert_memory_equal(g->text.buf, "before", 6);
    assert_memory_equal(g->text.buf + 6, bytes, sizeof(bytes));
    assert_int_equal(g->text.buf[g->text.len], '\0');
    assert_int_equal(fs_ground_read(g, "none", 0), 0);
    assert_int_equal(g->text.len, 6 + 256);
    assert_int_equal(g->errs.count, 0);
}

static void reads_a_path_in_folders_and_an_absolute_one(void **state)
{
    struct fs_ground *g = *state;
    struct strbuf path = STRBUF_INIT;

    assert_int_equal(mkdirat(g->at, "a", 0777), 0);
    fs_ground_put_text(g, "a/b", "here");
    assert_int_equal(fs_ground_read(g, "a/b", 4), 0);
    strbuf_addf(&path, "%s/a/b", g->path);
    assert_int_equal(fs_read(AT_FDCWD, path.buf, "x", 4, &g->text, &g->errs), 0);
    assert_string_equal(g->text.buf, "herehere");
    strbuf_release(&path);
}

static void the_limit_is_the_last_size_that_is_read(void **state)
{
    struct fs_ground *g = *state;

    fs_ground_put_text(g, "f", "12345");
    assert_int_equal(fs_ground_read(g, "f", 5), 0);
    assert_int_equal(fs_ground_read(g, "f", SIZE_MAX), 0);
    assert_string_equal(g->text.buf, "1234512345");
    assert_int_equal(fs_ground_read(g, "f", 4), -1);
    fs_ground_assert_error(g, "file-too-large", "SHOWN");
    assert_int_equal(fs_ground_read(g, "f", 0), -1);
    fs_ground_assert_error(g, "file-too-large", "SHOWN");
}

/* Files in /proc claim to be empty, as a file does that grows while it is read. */
static void the_limit_holds_for_a_file_larger_than_it_claims(void **state)
{
    struct fs_ground *g = *state;
    struct stat st;

    if (stat("/proc/self/maps", &st) || st.st_size) {
        testing_skip("no such /proc here");
        return;
    }
    assert_int_equal(fs_read(AT_FDCWD, "/proc/self/maps", "SHOWN", 100, &g->text, &g->errs), -1);
    fs_ground_assert_error(g, "file-too-large", "SHOWN");
    strbuf_clear(&g->text);
    assert_int_equal(fs_read(AT_FDCWD, "/proc/self/maps", "SHOWN", 1 << 24, &g->text, &g->errs), 0);
    assert_true(g->text.len > 100);
    assert_int_equal(g->text.len, strlen(g->text.buf));
}

static void what_does_not_exist_is_a_system_error(void **state)
{
    struct fs_ground *g = *state;
    struct fs_list list;

    assert_int_equal(fs_ground_read(g, "none", 9), -1);
    fs_ground_assert_error(g, "system", "SHOWN");
    assert_int_equal(fs_list(g->at, "none", "SHOWN", &g->arena, &list, &g->errs), -1);
    fs_ground_assert_error(g, "system", "SHOWN");
}

static void links_are_not_read(void **state)
{
    struct fs_ground *g = *state;

    fs_ground_put_text(g, "target", "secret");
    assert_int_equal(symlinkat("target", g->at, "link"), 0);
    assert_int_equal(symlinkat("nowhere", g->at, "dangling"), 0);
    assert_int_equal(symlinkat("loop", g->at, "loop"), 0);
    assert_int_equal(symlinkat("/etc/passwd", g->at, "far"), 0);
    assert_int_equal(fs_ground_read(g, "link", 100), -1);
    fs_ground_assert_error(g, "symbolic-link", "SHOWN");
    assert_int_equal(fs_ground_read(g, "dangling", 100), -1);
    fs_ground_assert_error(g, "symbolic-link", "SHOWN");
    assert_int_equal(fs_ground_read(g, "loop", 100), -1);
    fs_ground_assert_error(g, "symbolic-link", "SHOWN");
    assert_int_equal(fs_ground_read(g, "far", 1 << 20), -1);
    fs_ground_assert_error(g, "symbolic-link", "SHOWN");
    assert_int_equal(g->text.len, 0);
}

static void only_regular_files_are_read(void **state)
{
    struct fs_ground *g = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int socket_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(mkdirat(g->at, "folder", 0777), 0);
    assert_int_equal(mkfifoat(g->at, "pipe", 0666), 0);
    snprintf(address.sun_path, sizeof(address.sun_path), "%s/socket", g->path);
    assert_int_equal(bind(socket_fd, (struct sockaddr *)&address, sizeof(address)), 0);

    assert_int_equal(fs_ground_read(g, "folder", 100), -1);
    fs_ground_assert_error(g, "not-a-file", "SHOWN");
    assert_int_equal(fs_ground_read(g, "pipe", 100), -1); /* and does not wait for a writer */
    fs_ground_assert_error(g, "not-a-file", "SHOWN");
    assert_int_equal(fs_read(AT_FDCWD, "/dev/zero", "SHOWN", 100, &g->text, &g->errs), -1);
    fs_ground_assert_error(g, "not-a-file", "SHOWN");
    assert_int_equal(fs_ground_read(g, "socket", 100), -1);
    assert_int_equal(g->errs.count, 1);
    assert_int_equal(g->text.len, 0);
    close(socket_fd);
}

/* --- listing --- */

static void lists_what_is_there_sorted_by_byte(void **state)
{
    struct fs_ground *g = *state;
    static const char *const names[] = {
        "\x01", " ",        "-",    ".hidden", "..x",        "A",  "B",    "Z",
        "_",    "a",        "a b",  "a.b",     "aa",         "b",  "\x7F", "\x80",
        "é",    "\xFE\xFF", "\xFF", "中",      "line\nfeed", "10", "9",
    };
    struct fs_list list = {NULL, 0};

    for (size_t i = ARRAY_SIZE(names); i--;)
        fs_ground_put_text(g, names[i], "");
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
    struct fs_ground *g = *state;
    static const struct fs_entry expected[] = {
        {"file", FS_FILE}, {"folder", FS_FOLDER}, {"link", FS_LINK}, {"pipe", FS_OTHER}};
    struct fs_list list = {NULL, 0};

    fs_ground_put_text(g, "file", "x");
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
    struct fs_ground *g = *state;
    struct fs_list list = {NULL, 99};
    char name[32];

    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    assert_int_equal(fs_list(g->at, "d", "SHOWN", &g->arena, &list, &g->errs), 0);
    assert_int_equal(list.count, 0);
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof(name), "d/%d", i * 7919 % 3000 + 10000);
        fs_ground_put(g, name, "", 0);
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
    struct fs_ground *g = *state;
    struct fs_list list;

    fs_ground_put_text(g, "f", "x");
    assert_int_equal(mkfifoat(g->at, "pipe", 0666), 0);
    assert_int_equal(fs_list(g->at, "f", "SHOWN", &g->arena, &list, &g->errs), -1);
    fs_ground_assert_error(g, "system", "SHOWN");
    assert_int_equal(fs_list(g->at, "pipe", "SHOWN", &g->arena, &list, &g->errs), -1);
    fs_ground_assert_error(g, "system", "SHOWN");
}

/* --- comparing --- */

static void same_means_every_byte(void **state)
{
    struct fs_ground *g = *state;
    size_t len = 200 * 1024;
    char *data = mem_alloc(len);
    static const size_t places[] = {0, 1, 4095, 65535, 65536, 131072, 200 * 1024 - 1};

    for (size_t i = 0; i < len; i++)
        data[i] = (char)(i >> 5);
    fs_ground_put(g, "f", data, len);
    assert_true(fs_same(g->at, "f", data, len));
    assert_false(fs_same(g->at, "f", data, len - 1));
    assert_false(fs_same(g->at, "f", data, 65536));
    assert_false(fs_same(g->at, "f", data, 0));
    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        data[places[i]] ^= 1;
        assert_false(fs_same(g->at, "f", data, len));
        data[places[i]] ^= 1;
    }
    fs_ground_put(g, "f", data, len - 1);
    assert_false(fs_same(g->at, "f", data, len));
    fs_ground_put(g, "f", data, 0);
    assert_true(fs_same(g->at, "f", data, 0));
    assert_true(fs_same(g->at, "f", NULL, 0));
    assert_false(fs_same(g->at, "f", data, 1));
    free(data);
}

static void what_is_not_a_file_is_never_the_same(void **state)
{
    struct fs_ground *g = *state;

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
    struct fs_ground *g = *state;

    fs_ground_put_text(g, "f", "x");
    assert_int_equal(fs_remove_tree(g->at, "f", &g->errs), 0);
    assert_false(fs_ground_has(g, "f"));
    assert_int_equal(fs_remove_tree(g->at, "f", &g->errs), 0);
    assert_int_equal(fs_remove_tree(g->at, "none/f", &g->errs), 0);
    assert_int_equal(g->errs.count, 0);
}

static void removes_a_folder_with_all_that_is_in_it(void **state)
{
    struct fs_ground *g = *state;
    char name[64];

    assert_int_equal(mkdirat(g->at, "keep", 0777), 0);
    fs_ground_put_text(g, "keep/f", "x");
    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof(name), "d/%d", i);
        assert_int_equal(mkdirat(g->at, name, 0777), 0);
        for (int j = 0; j < 100; j++) { /* empty folders and files by turns */
            snprintf(name, sizeof(name), "d/%d/%d\n\xFF", i, j);
            if (j % 3)
                fs_ground_put(g, name, "x", 1);
            else
                assert_int_equal(mkdirat(g->at, name, 0700), 0);
        }
    }
    assert_int_equal(mkfifoat(g->at, "d/pipe", 0666), 0);
    assert_int_equal(fs_remove_tree(g->at, "d", &g->errs), 0);
    assert_false(fs_ground_has(g, "d"));
    fs_ground_assert_file(g, "keep/f", "x", 1);
    assert_int_equal(fs_ground_count(g->at, "."), 1);
    assert_int_equal(g->errs.count, 0);
}

static void a_link_goes_and_its_target_stays(void **state)
{
    struct fs_ground *g = *state;

    assert_int_equal(mkdirat(g->at, "outside", 0777), 0);
    fs_ground_put_text(g, "outside/f", "x");
    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    assert_int_equal(mkdirat(g->at, "d/e", 0777), 0);
    assert_int_equal(symlinkat("../../outside", g->at, "d/e/to-folder"), 0);
    assert_int_equal(symlinkat("../../outside/f", g->at, "d/e/to-file"), 0);
    assert_int_equal(symlinkat("nowhere", g->at, "d/e/dangling"), 0);
    assert_int_equal(symlinkat("..", g->at, "d/e/up"), 0);
    assert_int_equal(symlinkat("/", g->at, "d/e/root"), 0);
    assert_int_equal(symlinkat("outside", g->at, "top"), 0);
    assert_int_equal(fs_remove_tree(g->at, "top", &g->errs), 0);
    assert_false(fs_ground_has(g, "top"));
    assert_int_equal(fs_remove_tree(g->at, "d", &g->errs), 0);
    assert_false(fs_ground_has(g, "d"));
    fs_ground_assert_file(g, "outside/f", "x", 1);
    assert_int_equal(g->errs.count, 0);
}

static void removes_a_deep_tree(void **state)
{
    struct fs_ground *g = *state;
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
    assert_int_equal(fs_ground_count(g->at, "."), 0);
}

enum { NOT_POSSIBLE = 77 };

/* In a folder of root's with the sticky bit, as /tmp is, one may write but not remove. */
static int as_nobody_where_root_wrote(void *ctx)
{
    static const char *const paths[] = {"open/sticky/f", "open/sticky"};
    struct fs_ground *g = ctx;

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
    struct fs_ground *g = *state;
    int status;

    assert_int_equal(fchmod(g->at, 0755), 0);
    assert_int_equal(mkdirat(g->at, "open", 0777), 0);
    assert_int_equal(fchmodat(g->at, "open", 0777, 0), 0);
    assert_int_equal(mkdirat(g->at, "open/sticky", 0777), 0);
    assert_int_equal(fchmodat(g->at, "open/sticky", 01777, 0), 0);
    fs_ground_put_text(g, "open/sticky/f", "x");
    assert_int_equal(mkdirat(g->at, "d", 0777), 0);
    fs_ground_put_text(g, "d/f", "x");
    status = testing_in_child(as_nobody_where_root_wrote, g);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        testing_skip("not with these rights");
        return;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    fs_ground_assert_file(g, "open/sticky/f", "x", 1);
    fs_ground_assert_file(g, "d/f", "x", 1);
}

/* --- */

static void no_descriptor_stays_open(void **state)
{
    struct fs_ground *g = *state;
    struct fs_list list;
    size_t before = fs_ground_count(AT_FDCWD, "/proc/self/fd");

    for (int i = 0; i < 3; i++) {
        fs_ground_put_text(g, "f", "old");
        assert_int_equal(mkdirat(g->at, "d", 0777), 0);
        assert_int_equal(mkdirat(g->at, "d/e", 0777), 0);
        fs_ground_read(g, "f", 100);
        fs_ground_read(g, "f", 1);
        fs_ground_read(g, "d", 100);
        fs_list(g->at, "d", "x", &g->arena, &list, &g->errs);
        fs_list(g->at, "f", "x", &g->arena, &list, &g->errs);
        fs_make_parents(g->at, "d/x/y", &g->errs);
        fs_ground_write(g, "f", "x");
        fs_ground_write(g, "d", "x");
        fs_ground_write_atomic(g, "f", "x");
        fs_ground_write_atomic(g, "d", "x");
        fs_same(g->at, "f", "x", 1);
        fs_same(g->at, "f", "y", 1);
        fs_same(g->at, "d", "", 0);
        fs_remove_tree(g->at, "d", &g->errs);
    }
    assert_int_equal(fs_ground_count(AT_FDCWD, "/proc/self/fd"), before);
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, fs_ground_set_up, fs_ground_tear_down)
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
