#include "base/base.h"

#include "publish/place.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "base/testing.h"
#include "publish/manifest.h"
#include "publish/tree.h"

enum { NOT_POSSIBLE = 77 };

/* A site with some files, of which these are ours. */
static const char *our_paths[] = {"a", "d/e/f", "d/g", "gone/x", "link/x", "to-file"};

struct ground {
    char *path;
    int at;
    struct manifest_paths ours;
};

static int set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));

    g->path = testing_folder();
    g->at = open(g->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    g->ours.paths = our_paths;
    g->ours.count = ARRAY_SIZE(our_paths);
    tree_write(g->path, "a", "1");
    tree_write(g->path, "d/e/f", "2");
    tree_write(g->path, "d/g", "3");
    tree_write(g->path, "foreign", "4");
    tree_write(g->path, "mixed/ours", "5");
    tree_link(g->path, "link", "/etc");
    tree_link(g->path, "to-file", "foreign");
    *state = g;
    return g->at < 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;

    close(g->at);
    testing_folder_remove(g->path);
    free(g->path);
    free(g);
    return 0;
}

/* Where a path is blocked, or "free". */
static void assert_place(struct ground *g, const char *path, const char *expected)
{
    size_t blocked = 9999;
    bool is_free = place_is_free(g->at, &g->ours, path, &blocked);

    if (is_free != !strcmp(expected, "free"))
        fail_msg("%s: %s", path, is_free ? "free" : "blocked");
    if (!is_free && (blocked != strlen(expected) || strncmp(path, expected, blocked)))
        fail_msg("%s: blocked at %zu, not at %s", path, blocked, expected);
}

static void nothing_is_free_to_take(void **state)
{
    struct ground *g = *state;

    assert_place(g, "new", "free");
    assert_place(g, "d/new", "free");
    assert_place(g, "new/a/b/c", "free");
    assert_place(g, "gone/x", "free");
}

static void what_is_ours_is_free_to_take(void **state)
{
    struct ground *g = *state;

    assert_place(g, "a", "free");
    assert_place(g, "d/e/f", "free");
    assert_place(g, "a/where/a/file/was", "free");
    assert_place(g, "d", "free"); /* a file where a folder of our files was */
    assert_place(g, "d/e", "free");
    assert_place(g, "to-file", "free"); /* somebody made a link of it: the link goes */
}

static void what_is_not_ours_is_in_the_way(void **state)
{
    struct ground *g = *state;

    assert_place(g, "foreign", "foreign");
    assert_place(g, "foreign/x/y", "foreign");
    assert_place(g, "mixed", "mixed");
    tree_write(g->path, "d/e/stranger", "x");
    assert_place(g, "d", "d");
    assert_place(g, "d/e", "d/e");
    assert_place(g, "d/e/f", "free");
    tree_make_folder(g->path, "empty");
    assert_place(g, "empty", "empty");
    assert_place(g, "empty/x", "free");
    tree_remove(g->path, "a");
    tree_make_folder(g->path, "a");
    assert_place(g, "a", "a"); /* ours was a file, this is not */
}

static void links_are_not_gone_through(void **state)
{
    struct ground *g = *state;

    assert_place(g, "link/new", "link");
    assert_place(g, "link/x", "link"); /* even though the path is ours */
    assert_place(g, "link/hostname", "link");
    assert_place(g, "link", "link");
}

static void removable_is_what_is_a_file_or_nothing(void **state)
{
    struct ground *g = *state;

    assert_true(place_is_removable(g->at, "a"));
    assert_true(place_is_removable(g->at, "d/e/f"));
    assert_true(place_is_removable(g->at, "to-file"));
    assert_true(place_is_removable(g->at, "gone/x"));
    assert_false(place_is_removable(g->at, "d"));
    assert_false(place_is_removable(g->at, "link/x"));
    assert_false(place_is_removable(g->at, "link/hostname"));
    assert_false(place_is_removable(g->at, "foreign/x"));
}

/* The same folder shown in another place: the same file system, but nothing can be moved there. */
static int with_mounts(void *ctx)
{
    struct ground *g = ctx;
    char *d = tree_path(g->path, "d"), *mixed = tree_path(g->path, "mixed");
    size_t blocked = 0;
    int at;

    if (unshare(CLONE_NEWNS) || mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) ||
        mount(mixed, d, "none", MS_BIND, NULL) || mount("none", mixed, "tmpfs", 0, NULL))
        return NOT_POSSIBLE;
    at = open(g->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (place_is_free(at, &g->ours, "d/new", &blocked) || blocked != 1)
        return 1;
    if (place_is_free(at, &g->ours, "mixed/new", &blocked) || blocked != 5)
        return 2;
    if (place_is_removable(at, "d/g"))
        return 3;
    close(at);
    free(d);
    free(mixed);
    return place_is_free(g->at, &g->ours, "new/a", &blocked) ? 0 : 4;
}

static void mounts_are_not_gone_through(void **state)
{
    int status = testing_in_child(with_mounts, *state);

    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE)
        testing_skip("not with these rights");
    else
        assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(nothing_is_free_to_take),
        TEST(what_is_ours_is_free_to_take),
        TEST(what_is_not_ours_is_in_the_way),
        TEST(links_are_not_gone_through),
        TEST(removable_is_what_is_a_file_or_nothing),
        TEST(mounts_are_not_gone_through),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
