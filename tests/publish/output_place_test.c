/* Where a site can be written and where it cannot: names of its folder, links, disks, rights. */
#include "base/base.h"

#include "publish/output.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/testing.h"
#include "publish/sample_site.h"
#include "publish/tree.h"

/* --- names and links --- */

static void set_site(struct sample_ground *g, const char *site)
{
    free(g->site);
    g->site = mem_strdup(site);
}

static void a_folder_may_be_named_in_many_ways(void **state)
{
    struct sample_ground *g = *state;
    static const char *const names[] = {"site",
                                        "site/",
                                        "site///",
                                        "./site",
                                        "site/../site",
                                        "new/folders/site",
                                        "new/folders/site/",
                                        ".//other/./site"};
    char *old_site = sample_expected(sample_old), *new_site = sample_expected(sample_new);
    int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    assert_int_equal(chdir(g->path), 0);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        set_site(g, names[i]);
        assert_int_equal(sample_build(g, sample_old), 0);
        assert_true(sample_is(g, old_site));
        assert_int_equal(sample_build(g, sample_new), 0);
        assert_true(sample_is(g, new_site));
    }
    set_site(g, ".");
    assert_int_equal(chdir("site"), 0);
    assert_int_equal(sample_build(g, sample_old), 0);
    assert_true(sample_is(g, old_site));
    assert_int_equal(fchdir(here), 0);
    close(here);
    free(old_site);
    free(new_site);
}

static void a_file_cannot_be_the_folder(void **state)
{
    struct sample_ground *g = *state;
    char *before, *after;

    tree_write(g->path, "site", "theirs");
    before = tree_describe(g->path, TREE_BYTES);
    assert_int_equal(sample_build(g, sample_old), -1);
    assert_non_null(strstr(g->errs.items[0].message, "Not a directory"));
    sample_assert_error(g, "system", ERR_SYSTEM);
    free(g->site);
    g->site = tree_path(g->path, "site/below/it");
    assert_int_equal(sample_build(g, sample_old), -1);
    sample_assert_error(g, "system", ERR_SYSTEM);
    after = tree_describe(g->path, TREE_BYTES);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

/* People keep the site on another disk and link to it: the link stays, the files go there. */
static void a_link_to_a_folder_is_followed(void **state)
{
    struct sample_ground *g = *state;
    char *real = tree_path(g->path, "real"), *expected = sample_expected(sample_new), *tree;

    tree_make_folder(g->path, "real");
    tree_link(g->path, "site", "real");
    assert_int_equal(sample_build(g, sample_old), 0);
    assert_int_equal(sample_build(g, sample_new), 0);
    tree = tree_describe(real, TREE_BYTES);
    assert_string_equal(tree, expected);
    free(tree);
    free(expected);
    tree_remove(g->path, "real");
    tree = tree_describe(g->path, TREE_BYTES);
    assert_string_equal(tree, "site -> real\n");
    free(tree);
    free(real);
}

static void a_link_to_nothing_is_refused(void **state)
{
    struct sample_ground *g = *state;
    char *tree;

    tree_link(g->path, "site", "real");
    assert_int_equal(sample_build(g, sample_old), -1);
    sample_assert_error(g, "dangling-link", ERR_SYSTEM);
    tree = tree_describe(g->path, TREE_BYTES);
    assert_string_equal(tree, "site -> real\n");
    free(tree);
}

static void a_work_folder_that_is_none_is_refused(void **state)
{
    struct sample_ground *g = *state;

    assert_int_equal(sample_build(g, sample_old), 0);
    tree_make_folder(g->path, "elsewhere");
    tree_link(g->site, ".juesuan", "../elsewhere");
    assert_int_equal(sample_build(g, sample_new), -1);
    sample_assert_error(g, "system", ERR_SYSTEM);
    tree_remove(g->site, ".juesuan");
    tree_write(g->site, ".juesuan", "theirs");
    assert_int_equal(sample_build(g, sample_new), -1);
    sample_assert_error(g, "system", ERR_SYSTEM);
    tree_remove(g->site, ".juesuan");
    tree_remove(g->path, "elsewhere");
    sample_assert(g, sample_old);
}

/* --- disks and rights --- */

enum { NOT_POSSIBLE = 77 };

/* Builds that cannot be: in a child, for what cannot be taken back. Returns an exit status. */
static int refuse_and_keep(struct sample_ground *g, const char *reason)
{
    char *before = tree_describe(g->site, TREE_BYTES), *after;
    int result;

    if (sample_build(g, sample_new) != -1)
        return 1;
    if (g->errs.count != 1 || g->errs.items[0].code != ERR_SYSTEM)
        return 2;
    if (!strstr(g->errs.items[0].message, reason))
        return 3;
    after = tree_describe(g->site, TREE_BYTES);
    result = strcmp(before, after) ? 4 : 0;
    free(before);
    free(after);
    return result;
}

static void run_where_possible(int (*body)(void *ctx), struct sample_ground *g)
{
    int status = testing_in_child(body, g);

    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE)
        testing_skip("not with these rights");
    else
        assert_int_equal(WEXITSTATUS(status), 0);
}

static int own_mounts(void)
{
    return unshare(CLONE_NEWNS) || mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL);
}

static int on_a_read_only_disk(void *ctx)
{
    struct sample_ground *g = ctx;

    if (own_mounts() || mount(g->path, g->path, "none", MS_BIND, NULL) ||
        mount("none", g->path, "none", MS_REMOUNT | MS_BIND | MS_RDONLY, NULL))
        return NOT_POSSIBLE;
    return refuse_and_keep(g, "Read-only file system");
}

static void a_read_only_disk_keeps_the_site(void **state)
{
    struct sample_ground *g = *state;

    assert_int_equal(sample_build(g, sample_old), 0);
    run_where_possible(on_a_read_only_disk, g);
    sample_assert(g, sample_old);
}

/* Room for the old site, and not for the new one beside it. */
static int on_a_full_disk(void *ctx)
{
    struct sample_ground *g = ctx;
    struct sample_file files[] = {{"large", NULL}, {"small", "old"}, {NULL, NULL}};
    enum { LARGE = 40 * 1024 };
    char *text = mem_zalloc(LARGE + 1, 1), *before, *after;
    struct output *output;
    int result;

    if (own_mounts() || mount("none", g->path, "tmpfs", 0, "size=80k"))
        return NOT_POSSIBLE;
    memset(text, 'o', LARGE);
    files[0].text = text;
    if (sample_build(g, files))
        return 10;
    before = tree_describe(g->site, TREE_BYTES);
    memset(text, 'n', LARGE);
    output = sample_put(g, files);
    if (output || g->errs.count != 1 || !strstr(g->errs.items[0].message, "No space left"))
        return 11;
    after = tree_describe(g->site, TREE_BYTES); /* nothing that was staged is left either */
    result = strcmp(before, after) ? 12 : 0;
    errs_release(&g->errs);
    text[1000] = '\0'; /* with less to write, it works again */
    if (sample_build(g, files))
        result = 13;
    free(before);
    free(after);
    free(text);
    return result;
}

static void a_full_disk_keeps_the_site(void **state)
{
    run_where_possible(on_a_full_disk, *state);
}

static int with_small_files(void *ctx)
{
    struct sample_ground *g = ctx;
    struct rlimit limit = {.rlim_cur = 4, .rlim_max = 4};

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit))
        return NOT_POSSIBLE;
    return refuse_and_keep(g, "File too large");
}

static void a_limit_of_the_size_of_files_keeps_the_site(void **state)
{
    struct sample_ground *g = *state;

    assert_int_equal(sample_build(g, sample_old), 0);
    run_where_possible(with_small_files, g);
    sample_assert(g, sample_old);
}

/* Somebody else's folder inside of the site: found out only when files are moved. */
static int as_nobody(void *ctx)
{
    struct sample_ground *g = ctx;
    char *old, *new, *data = tree_path(g->site, "data");
    int result = 0;

    if (geteuid() == 0) {
        if (setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
            return NOT_POSSIBLE;
    } else if (chmod(data, 0555)) {
        return NOT_POSSIBLE;
    }
    old = tree_describe(g->site, TREE_BYTES);
    if (sample_build(g, sample_new) != -1 || g->errs.count != 1)
        result = 1;
    else if (!strstr(g->errs.items[0].message, "data/all.csv") || !g->errs.items[0].hint ||
             !strstr(g->errs.items[0].hint, "next build"))
        result = 2;
    else if (!output_is_unfinished(g->site))
        result = 3;
    new = tree_describe(g->site, TREE_BYTES);
    if (!result && !strcmp(old, new))
        result = 4; /* then the test tests nothing */
    errs_release(&g->errs);
    if (!result && (sample_build(g, sample_new) != -1 || !output_is_unfinished(g->site)))
        result = 5;
    free(old);
    free(new);
    free(data);
    return result;
}

static void a_change_that_cannot_go_on_is_completed_later(void **state)
{
    struct sample_ground *g = *state;
    char *data, *names[] = {g->path, g->site, NULL};
    int status;

    assert_int_equal(sample_build(g, sample_old), 0);
    assert_false(output_is_unfinished(g->site));
    data = tree_path(g->site, "data");
    if (geteuid() == 0) { /* all but data/ is nobody's */
        for (char **name = names; *name; name++)
            assert_int_equal(chown(*name, 65534, 65534), 0);
        for (const struct sample_file *file = sample_old; file->path; file++) {
            char *full = tree_path(g->site, file->path), *slash;

            while ((slash = strrchr(full, '/')) && strlen(g->site) < (size_t)(slash - full)) {
                *slash = '\0';
                if (strcmp(full, data))
                    assert_int_equal(chown(full, 65534, 65534), 0);
            }
            free(full);
        }
    }
    free(data);
    status = testing_in_child(as_nobody, g);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_POSSIBLE) {
        testing_skip("not with these rights");
    } else {
        assert_int_equal(WEXITSTATUS(status), 0);
        assert_true(output_is_unfinished(g->site));
        data = tree_path(g->site, "data");
        assert_int_equal(chmod(data, 0755), 0);
        free(data);
        sample_recover(g);
        sample_assert(g, sample_new);
        assert_false(output_is_unfinished(g->site));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(a_folder_may_be_named_in_many_ways),
        TEST(a_file_cannot_be_the_folder),
        TEST(a_link_to_a_folder_is_followed),
        TEST(a_link_to_nothing_is_refused),
        TEST(a_work_folder_that_is_none_is_refused),
        TEST(a_read_only_disk_keeps_the_site),
        TEST(a_full_disk_keeps_the_site),
        TEST(a_limit_of_the_size_of_files_keeps_the_site),
        TEST(a_change_that_cannot_go_on_is_completed_later),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("output_place", tests, NULL, NULL);
}
