/*
 * What an output leaves behind when it is stopped or a call fails, at every call that changes the
 * disk. The calls below take the place of the C library's in this program.
 */
#include "base/base.h"

#include "publish/output.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "publish/sample_site.h"
#include "publish/tree.h"

/* --- calls that are counted --- */

enum mode { PASS, DIE, FAIL, RECORD };
enum { DIED = 70, NEVER = 1 << 30 };

static struct {
    enum mode mode;
    int left;  /* calls that succeed before the one that does not */
    int error; /* what it fails with */
    struct strbuf record;
} calls = {.record = STRBUF_INIT};

/* Whether the call is to fail. */
static bool trapped(const char *name, const char *path)
{
    if (calls.mode == PASS)
        return false;
    if (calls.mode == RECORD)
        strbuf_addf(&calls.record, "%s%s%s\n", name, *path ? " " : "", path);
    if (calls.left--)
        return false;
    if (calls.mode == DIE)
        raise(SIGKILL);
    if (calls.mode == RECORD)
        return false;
    errno = calls.error;
    return true;
}

int renameat(int from_at, const char *from, int to_at, const char *to)
{
    return trapped("renameat", to) ? -1 : (int)syscall(SYS_renameat2, from_at, from, to_at, to, 0);
}

int rename(const char *from, const char *to)
{
    return trapped("rename", to) ? -1
                                 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlinkat(int at, const char *path, int flags)
{
    return trapped("unlinkat", path) ? -1 : (int)syscall(SYS_unlinkat, at, path, flags);
}

int rmdir(const char *path)
{
    return trapped("rmdir", path) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
}

int mkdirat(int at, const char *path, mode_t mode)
{
    return trapped("mkdirat", path) ? -1 : (int)syscall(SYS_mkdirat, at, path, mode);
}

int mkdir(const char *path, mode_t mode)
{
    return trapped("mkdir", path) ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int syncfs(int fd)
{
    (void)fd; /* no power is lost here, and disks are slow */
    return trapped("syncfs", "") ? -1 : 0;
}

int fsync(int fd)
{
    (void)fd;
    return trapped("fsync", "") ? -1 : 0;
}

ssize_t write(int fd, const void *data, size_t len)
{
    return trapped("write", "") ? -1 : (ssize_t)syscall(SYS_write, fd, data, len);
}

/* --- */

/* The sites that are built again and again, described once. */
static char *old_site, *new_site;

static int describe_sites(void **state)
{
    (void)state;
    old_site = sample_expected(sample_old);
    new_site = sample_expected(sample_new);
    return 0;
}

static int forget_sites(void **state)
{
    (void)state;
    free(old_site);
    free(new_site);
    strbuf_release(&calls.record);
    return 0;
}

static char *describe(const char *path)
{
    return tree_describe(path, TREE_BYTES);
}

static bool is_text_of(const struct sample_file *files, const char *path, const char *text)
{
    while (files->path && strcmp(files->path, path))
        files++;
    return files->path && !strcmp(files->text, text);
}

static bool is_file(const char *root, const char *path)
{
    char *full = tree_path(root, path);
    struct stat st;
    bool result = !lstat(full, &st) && S_ISREG(st.st_mode);

    free(full);
    return result;
}

/* In the middle of a change, every file is of the one version or the other. */
static void assert_whole_files(struct sample_ground *g)
{
    static const struct sample_file *const versions[] = {sample_old, sample_new};

    for (size_t i = 0; i < ARRAY_SIZE(versions); i++)
        for (const struct sample_file *file = versions[i]; file->path; file++) {
            char *text;

            if (!is_file(g->site, file->path))
                continue;
            text = tree_read(g->site, file->path, NULL);
            if (!is_text_of(sample_old, file->path, text) &&
                !is_text_of(sample_new, file->path, text))
                fail_msg("a file that is of no version: %s", file->path);
            free(text);
        }
}

struct attempt {
    struct sample_ground *g;
    const struct sample_file *files;
    enum mode mode;
    int left;
    int error;
};

/* A build that is stopped, or in which a call fails. */
static int try_build(void *ctx)
{
    struct attempt *attempt = ctx;
    int result;

    calls.left = attempt->left;
    calls.error = attempt->error;
    calls.mode = attempt->mode;
    result = sample_build(attempt->g, attempt->files);
    calls.mode = PASS;
    if (result)
        return attempt->g->errs.count && attempt->g->errs.items[0].code == ERR_SYSTEM ? 1 : 2;
    return attempt->g->errs.count ? 3 : 0;
}

static int attempt(struct sample_ground *g, const struct sample_file *files, enum mode mode,
                   int left, int error)
{
    struct attempt how = {g, files, mode, left, error};
    int status = testing_in_child(try_build, &how);

    if (WIFSIGNALED(status))
        assert_int_equal(WTERMSIG(status), SIGKILL);
    return WIFSIGNALED(status) ? DIED : WEXITSTATUS(status);
}

static void start_over(void **state, const struct sample_file *files)
{
    struct sample_ground *g;

    sample_tear_down(state);
    sample_set_up(state);
    g = *state;
    if (files)
        assert_int_equal(sample_build(g, files), 0);
}

/* --- stopped --- */

static void a_later_build_that_is_killed_is_done_or_not(void **state)
{
    bool was_new = false;
    int status = DIED, stops = 0;

    for (int left = 0; status == DIED; left++, stops++) {
        struct sample_ground *g;

        start_over(state, sample_old);
        g = *state;
        status = attempt(g, sample_new, DIE, left, 0);
        assert_whole_files(g);
        sample_recover(g);
        if (!sample_is(g, was_new ? new_site : old_site)) {
            assert_false(was_new); /* once it is done, it is done */
            assert_true(sample_is(g, new_site));
            was_new = true;
        }
        assert_int_equal(sample_build(g, left % 2 ? sample_old : sample_new), 0);
        assert_true(sample_is(g, left % 2 ? old_site : new_site));
    }
    assert_int_equal(status, 0);
    assert_true(was_new);
    assert_true(stops > 30);
}

static void a_first_build_that_is_killed_is_done_or_not(void **state)
{
    bool was_there = false;
    int status = DIED;

    for (int left = 0; status == DIED; left++) {
        struct sample_ground *g;

        start_over(state, NULL);
        g = *state;
        status = attempt(g, sample_old, DIE, left, 0);
        if (tree_has(g->path, "site")) {
            char *tree = describe(g->site);

            assert_string_equal(tree, old_site);
            free(tree);
            was_there = true;
        } else {
            assert_false(was_there);
        }
        assert_int_equal(sample_build(g, sample_new), 0);
        sample_assert(g, sample_new);
        assert_true(!tree_has(g->path, ".site.juesuan"));
    }
    assert_int_equal(status, 0);
    assert_true(was_there);
}

/* Killed again while it completes what was interrupted, and again. */
static void killed_again_and_again_it_gets_there(void **state)
{
    struct sample_ground *g;
    int status = DIED, kills = 0;

    for (int first = 10; first < 40; first += 5) {
        start_over(state, sample_old);
        g = *state;
        attempt(g, sample_new, DIE, first, 0);
        for (int left = 0; (status = attempt(g, sample_new, DIE, left, 0)) == DIED; left++, kills++)
            assert_whole_files(g);
        assert_int_equal(status, 0);
        assert_true(sample_is(g, new_site));
    }
    assert_true(kills > 30);
}

/* An interrupted change is completed before it is built over: by another version, too. */
static void what_was_interrupted_is_completed_by_any_build(void **state)
{
    static const struct sample_file third[] = {
        {"index.html", "third"}, {"becomes-file/again/z", "third"}, {NULL, NULL}};
    static char *expected;
    int status = DIED;

    expected = sample_expected(third);

    for (int left = 0; status == DIED; left++) {
        struct sample_ground *g;

        start_over(state, sample_old);
        g = *state;
        status = attempt(g, sample_new, DIE, left, 0);
        assert_int_equal(sample_build(g, third), 0);
        assert_true(sample_is(g, expected));
    }
    free(expected);
}

static int open_and_die(void *ctx)
{
    struct sample_ground *g = ctx;

    if (sample_put(g, sample_new))
        raise(SIGKILL);
    return 1;
}

static void leftovers_are_cleaned_away(void **state)
{
    struct sample_ground *g = *state;
    char *tree;

    assert_true(WIFSIGNALED(testing_in_child(open_and_die, g)));
    assert_true(tree_has(g->path, ".site.juesuan/stage/index.html"));
    output_abandon(output_open(g->site, "juesuan", &g->errs));
    tree = describe(g->path);
    assert_string_equal(tree, "");
    free(tree);

    assert_true(WIFSIGNALED(testing_in_child(open_and_die, g)));
    tree_make_folder(g->path, "site"); /* from now on, the work is done inside */
    assert_int_equal(sample_build(g, sample_old), 0);
    sample_assert(g, sample_old);
    assert_false(tree_has(g->path, ".site.juesuan"));

    assert_true(WIFSIGNALED(testing_in_child(open_and_die, g)));
    tree_write(g->site, ".juesuan/journal.new", "juesuan jour");
    assert_int_equal(sample_build(g, sample_old), 0);
    assert_int_equal(g->summary.written, 0);
    sample_assert(g, sample_old);
    assert_int_equal(g->errs.count, 0);
}

static void a_broken_journal_is_an_error_and_can_be_mended(void **state)
{
    struct sample_ground *g = *state;
    char *before, *after;

    assert_int_equal(sample_build(g, sample_old), 0);
    tree_write(g->site, ".juesuan/journal", "juesuan journal 1\nremove index.html\n");
    before = describe(g->site);
    assert_int_equal(sample_build(g, sample_new), -1);
    assert_non_null(strstr(g->errs.items[0].hint, ".juesuan"));
    sample_assert_error(g, "broken-journal", ERR_SYSTEM);
    after = describe(g->site);
    assert_string_equal(after, before);
    tree_remove(g->site, ".juesuan"); /* as the hint says */
    assert_int_equal(sample_build(g, sample_new), 0);
    sample_assert(g, sample_new);
    free(before);
    free(after);
}

/* --- failing --- */

static int remove_if_empty(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st;
    if (type == FTW_DP && where->level)
        rmdir(path);
    return 0;
}

/* The build says that it failed, and the site is old, new, or to be completed by the next build.
 * Only an empty folder that could not be removed is no failure. */
static int assert_survives(void **state, const struct sample_file *from, int left, int error)
{
    struct sample_ground *g;
    char *tree;
    int status;

    start_over(state, from);
    g = *state;
    status = attempt(g, sample_new, FAIL, left, error);
    if (status > 1)
        fail_msg("call %d with error %d: %d", left, error, status);
    if (status == 0) {
        output_abandon(output_open(g->site, "juesuan", &g->errs));
        nftw(g->site, remove_if_empty, 16, FTW_DEPTH | FTW_PHYS);
        assert_true(sample_is(g, new_site));
    } else if (output_is_unfinished(g->site)) {
        assert_whole_files(g);
        sample_recover(g);
        assert_true(sample_is(g, new_site));
    } else if (from) {
        if (tree_has(g->site, ".juesuan")) /* it could not be removed */
            sample_recover(g);
        tree = describe(g->site);
        assert_string_equal(tree, old_site);
        free(tree);
    } else {
        assert_false(tree_has(g->path, "site"));
    }
    assert_int_equal(sample_build(g, sample_new), 0);
    assert_true(sample_is(g, new_site));
    return status;
}

static int count_calls(void **state, const struct sample_file *from)
{
    struct sample_ground *g;

    start_over(state, from);
    g = *state;
    calls.mode = RECORD;
    calls.left = NEVER;
    assert_int_equal(sample_build(g, sample_new), 0);
    calls.mode = PASS;
    return NEVER - calls.left;
}

static void fail_each_call(void **state, const struct sample_file *from)
{
    static const int errors[] = {ENOSPC, EIO, EACCES};
    int count = count_calls(state, from), failed = 0;

    assert_true(count > 20);
    for (int left = 0; left < count; left++)
        failed += assert_survives(state, from, left, errors[left % 3]);
    for (int left = 0; left < count && getenv("FULL"); left++)
        for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
            assert_survives(state, from, left, errors[i]);
    assert_true(failed > count / 2);
}

static void any_call_of_a_later_build_may_fail(void **state)
{
    fail_each_call(state, sample_old);
}

static void any_call_of_a_first_build_may_fail(void **state)
{
    fail_each_call(state, NULL);
}

/* The order that makes it safe against a loss of power: staged files, then the journal and its
 * name, are on the disk before the first change, and all changes before the journal goes. */
static void what_must_be_on_the_disk_first_is(void **state)
{
    struct sample_ground *g = *state;
    const char *at, *journal, *change;

    assert_int_equal(sample_build(g, sample_old), 0);
    strbuf_clear(&calls.record);
    calls.mode = RECORD;
    calls.left = NEVER;
    assert_int_equal(sample_build(g, sample_new), 0);
    calls.mode = PASS;
    at = strstr(calls.record.buf, "\nsyncfs\n");
    assert_non_null(at);
    at = strstr(at, "\nwrite\nfsync\n");
    assert_non_null(at);
    journal = strstr(at, "\nrenameat journal\n");
    assert_non_null(journal);
    at = strstr(journal, "\nfsync\n");
    assert_non_null(at);
    change = strstr(at, "\nunlinkat ");
    assert_non_null(change);
    assert_null(strstr(change, "\nwrite\n"));
    at = strstr(change, "\nrenameat manifest.json\nsyncfs\nunlinkat journal\n");
    assert_non_null(at);
    assert_null(strstr(at + 1, "\nrenameat"));
    for (const char *early = strstr(calls.record.buf, "\nrenameat"); early != journal;)
        fail_msg("a file is moved before the journal is there: %.40s", early);
}

/* --- locks --- */

static void one_at_a_time_may_write(void **state)
{
    struct sample_ground *g = *state;
    struct output *first;

    for (int round = 0; round < 2; round++) { /* without a site, and with one */
        first = sample_put(g, sample_old);
        assert_non_null(first);
        assert_null(output_open(g->site, "juesuan", &g->errs));
        assert_non_null(strstr(g->errs.items[0].message, "another build is writing to"));
        sample_assert_error(g, "locked", ERR_SYSTEM);
        assert_int_equal(output_commit(first, &g->summary, &g->errs), 0);
        sample_assert(g, sample_old); /* the second one did no harm */
        assert_int_equal(sample_build(g, sample_new), 0);
        sample_assert(g, sample_new);
    }
    first = sample_put(g, sample_old);
    assert_null(output_open(g->site, "juesuan", &g->errs));
    sample_assert_error(g, "locked", ERR_SYSTEM);
    output_abandon(first);
    assert_int_equal(sample_build(g, sample_old), 0);
}

static void one_that_failed_to_open_leaves_no_lock(void **state)
{
    struct sample_ground *g = *state;

    tree_write(g->path, "site/theirs", "theirs");
    for (int i = 0; i < 2; i++) {
        assert_null(output_open(g->site, "juesuan", &g->errs));
        sample_assert_error(g, "foreign-folder", ERR_SYSTEM);
    }
    assert_false(tree_has(g->site, ".juesuan"));
}

/* Several first builds at once: each is done or refused, and one at least is done. */
static int build_or_be_refused(void *ctx)
{
    struct sample_ground *g = ctx;

    if (!sample_build(g, sample_old))
        return 0;
    if (g->errs.count == 1 && !strcmp(g->errs.items[0].id, "locked"))
        return 1;
    printf("# %s\n", g->errs.items[0].message);
    fflush(stdout);
    return 2;
}

static void many_first_builds_at_once_make_one_site(void **state)
{
    enum { BUILDS = 6 };
    for (size_t round = 0; round < 3 + testing_rounds(20); round++) {
        struct sample_ground *g;
        pid_t children[BUILDS];
        int status, done = 0;

        start_over(state, NULL);
        g = *state;
        fflush(NULL);
        for (size_t i = 0; i < BUILDS; i++) {
            children[i] = fork();
            if (!children[i])
                _exit(build_or_be_refused(g));
        }
        for (size_t i = 0; i < BUILDS; i++) {
            assert_int_equal(waitpid(children[i], &status, 0), children[i]);
            assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
            done += !WEXITSTATUS(status);
        }
        assert_true(done > 0);
        assert_true(sample_is(g, old_site));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(a_later_build_that_is_killed_is_done_or_not),
        TEST(a_first_build_that_is_killed_is_done_or_not),
        TEST(killed_again_and_again_it_gets_there),
        TEST(what_was_interrupted_is_completed_by_any_build),
        TEST(leftovers_are_cleaned_away),
        TEST(a_broken_journal_is_an_error_and_can_be_mended),
        TEST(any_call_of_a_later_build_may_fail),
        TEST(any_call_of_a_first_build_may_fail),
        TEST(what_must_be_on_the_disk_first_is),
        TEST(one_at_a_time_may_write),
        TEST(one_that_failed_to_open_leaves_no_lock),
        TEST(many_first_builds_at_once_make_one_site),
    };

    return cmocka_run_group_tests(tests, describe_sites, forget_sites);
}
