/* Which files two trees do not have alike. */
#include "base/base.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "source/repo.h"

static void add_path(void *ctx, const char *path)
{
    strbuf_addf(ctx, "%s\n", path);
}

/* NULL: no tree. */
static void assert_differ(struct repo *r, const char *a, const char *b, const char *expected)
{
    struct repository *repository = repository_open(r->path, &r->errs);
    struct object_id one, other;
    struct strbuf paths = STRBUF_INIT;

    if (a)
        one = repo_entry(r, a, "");
    if (b)
        other = repo_entry(r, b, "");
    assert_int_equal(repository_differences(repository, a ? &one : NULL, b ? &other : NULL, "main",
                                            add_path, &paths, &r->errs),
                     0);
    assert_string_equal(paths.buf, expected);
    strbuf_release(&paths);
    repository_close(repository);
}

static void what_differs_is_told_and_nothing_else(void **state)
{
    struct repo *r = *state;
    struct object_id same;

    repo_put(r, "a/b/altered", "1");
    repo_put(r, "a/same", "1");
    repo_put(r, "gone/c/d", "1");
    repo_put(r, "same/e", "1");
    repo_commit(r, "first");
    repo_put(r, "a/b/altered", "2");
    repo_put(r, "new/f", "1");
    repo_put(r, "a/b0", "1");
    repo_remove(r, "gone");
    repo_commit(r, "second");
    same = repo_entry(r, "main", "same"); /* it is not read */
    repo_remove(r, repo_object_file(r, &same));
    assert_differ(r, "main~1", "main", "a/b/altered\na/b0\ngone/c/d\nnew/f\n");
    assert_differ(r, "main", "main~1", "a/b/altered\na/b0\ngone/c/d\nnew/f\n");
    assert_differ(r, "main", "main", "");
}

static void nothing_is_a_tree_too(void **state)
{
    struct repo *r = *state;

    repo_put(r, "a/b", "1");
    repo_put(r, "c", "1");
    repo_commit(r, "first");
    assert_differ(r, NULL, "main", "a/b\nc\n");
    assert_differ(r, "main", NULL, "a/b\nc\n");
    assert_differ(r, NULL, NULL, "");
}

/* Git sorts a folder as if there were a slash behind its name: a-b, a.b, a/, a0. */
static void a_file_may_become_a_folder(void **state)
{
    struct repo *r = *state;

    repo_put(r, "a", "1");
    repo_put(r, "a-b", "1");
    repo_put(r, "a.b/c", "1");
    repo_put(r, "a0", "1");
    repo_commit(r, "first");
    repo_remove(r, "a");
    repo_remove(r, "a.b");
    repo_put(r, "a/x", "1");
    repo_put(r, "a.b", "1");
    repo_commit(r, "second");
    assert_differ(r, "main~1", "main", "a\na.b\na.b/c\na/x\n");
}

static void links_and_submodules_are_as_files(void **state)
{
    struct repo *r = *state;
    struct object_id first, second, tree;

    repo_put(r, "a", "1");
    first = repo_commit(r, "first");
    repo_put(r, "a", "2");
    second = repo_commit(r, "second");
    tree = repo_tree_with(r, "module", 0160000, &first);
    repo_commit_tree(r, &tree);
    tree = repo_tree_with(r, "module", 0160000, &second);
    repo_commit_tree(r, &tree);
    assert_differ(r, "main~1", "main", "module\n");
    repo_remove(r, "a");
    assert_int_equal(symlinkat("1", r->at, "a"), 0);
    repo_commit(r, "a link with the text of the file");
    assert_differ(r, "main~4", "main", "a\n");
}

static void a_tree_that_cannot_be_read_is_named(void **state)
{
    struct repo *r = *state;
    struct repository *repository = repository_open(r->path, &r->errs);
    struct object_id one, other, broken;
    struct strbuf paths = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    repo_put(r, "a/b", "1");
    repo_commit(r, "first");
    repo_put(r, "a/b", "2");
    repo_commit(r, "second");
    one = repo_entry(r, "main~1", "");
    other = repo_entry(r, "main", "");
    broken = repo_entry(r, "main", "a");
    repo_remove(r, repo_object_file(r, &broken));
    assert_int_equal(
        repository_differences(repository, &one, &other, "main", add_path, &paths, &r->errs), -1);
    assert_string_equal(paths.buf, "");
    object_id_format(&broken, hex);
    repo_assert_said(
        r, arena_format(&r->arena,
                        "main: error[missing-object]: the object %s is missing in the git "
                        "repository\n  'git fsck' tells what else is; another clone may have it\n",
                        hex));
    repository_close(repository);
}

#define ON_REPO(test) cmocka_unit_test_setup_teardown(test, repo_set_up, repo_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_REPO(what_differs_is_told_and_nothing_else),
        ON_REPO(nothing_is_a_tree_too),
        ON_REPO(a_file_may_become_a_folder),
        ON_REPO(links_and_submodules_are_as_files),
        ON_REPO(a_tree_that_cannot_be_read_is_named),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("differences", tests, NULL, NULL);
}
