/* What a commit says of itself, and where the content is in it. */
#include "base/base.h"

#include "base/testing.h"
#include "source/repo.h"

static struct repository *open_at(struct repo *r, const char *content)
{
    struct repository *repository = repository_open(repo_path(r, content), &r->errs);

    assert_non_null(repository);
    return repository;
}

static struct commit commit_of(struct repo *r, const struct object_id *id)
{
    struct repository *repository = open_at(r, "");
    struct commit commit;

    assert_int_equal(repository_commit(repository, id, &r->arena, &commit, &r->errs), 1);
    repository_close(repository);
    return commit;
}

static void it_has_a_time_a_message_and_a_parent(void **state)
{
    struct repo *r = *state;
    struct object_id first, second;
    struct commit commit;

    repo_put(r, "a", "1");
    first = repo_commit(r, "公开 2021 年决算\n\n正文");
    second = repo_commit(r, "two\nlines\n\nmore");
    commit = commit_of(r, &first);
    assert_true(object_id_same(&commit.id, &first));
    assert_false(object_id_is_set(&commit.parent));
    assert_int_equal(commit.time, 1704110400);
    assert_int_equal(commit.offset, 0);
    assert_string_equal(commit.summary, "公开 2021 年决算");
    commit = commit_of(r, &second);
    assert_true(object_id_same(&commit.parent, &first));
    assert_int_equal(commit.time, 1704110400 + 86400);
    assert_string_equal(commit.summary, "two lines");
}

/* A commit of these bytes, on the tree of HEAD. */
static struct object_id raw_commit(struct repo *r, const char *header, const char *message)
{
    struct object_id tree = repo_entry(r, "HEAD", "");
    char hex[OBJECT_HEX_SIZE];
    const char *text;

    object_id_format(&tree, hex);
    text = arena_format(&r->arena,
                        "tree %s\nauthor somebody <somebody@example.org> 1725508800 +0800\n"
                        "committer somebody <somebody@example.org> 1725595200 +0000\n%s\n%s",
                        hex, header, message);
    return repo_object(r, GIT_OBJECT_COMMIT, text, strlen(text));
}

static void messages_come_as_utf_8(void **state)
{
    struct repo *r = *state;
    struct object_id id;

    repo_put(r, "a", "1");
    repo_commit(r, "first");
    id = raw_commit(r, "encoding GB18030\n", "\xB8\xFC\xD5\xFD"); /* 更正 */
    assert_string_equal(commit_of(r, &id).summary, "更正");
    id = raw_commit(r, "", "\xB8\xFC ok"); /* it says of no encoding */
    assert_string_equal(commit_of(r, &id).summary, "\xEF\xBF\xBD\xEF\xBF\xBD ok");
    id = raw_commit(r, "encoding GB18030\n", "\xFF\xFF ok"); /* and this is none */
    assert_string_equal(commit_of(r, &id).summary, "\xEF\xBF\xBD\xEF\xBF\xBD ok");
    id = raw_commit(r, "encoding no-such-thing\n", "\xB8 ok");
    assert_string_equal(commit_of(r, &id).summary, "\xEF\xBF\xBD ok");
    id = raw_commit(r, "encoding GB18030\n", "更正"); /* it is UTF-8 after all */
    assert_string_equal(commit_of(r, &id).summary, "更正");
    id = raw_commit(r, "", "");
    assert_string_equal(commit_of(r, &id).summary, "");
}

static void the_time_is_that_of_the_author(void **state)
{
    struct repo *r = *state;
    struct object_id id;
    struct commit commit;

    repo_put(r, "a", "1");
    repo_commit(r, "first");
    id = raw_commit(r, "", "x");
    commit = commit_of(r, &id);
    assert_int_equal(commit.time, 1725508800);
    assert_int_equal(commit.offset, 480);
}

static void a_missing_commit_is_an_error_but_in_a_shallow_clone(void **state)
{
    struct repo *r = *state;
    struct object_id first, second;
    struct repository *repository;
    struct commit commit;
    char hex[OBJECT_HEX_SIZE];

    repo_put(r, "a", "1");
    first = repo_commit(r, "first");
    second = repo_commit(r, "second");
    repo_remove(r, repo_object_file(r, &first));
    repository = open_at(r, "");
    object_id_format(&first, hex);
    assert_int_equal(repository_commit(repository, &first, &r->arena, &commit, &r->errs), -1);
    repo_assert_said(
        r, arena_format(&r->arena,
                        "%s: error[missing-object]: the object %s is missing in the git "
                        "repository\n  'git fsck' tells what else is; another clone may have it\n",
                        hex, hex));
    repository_close(repository);
    object_id_format(&second, hex);
    repo_put(r, ".git/shallow", arena_format(&r->arena, "%s\n", hex));
    repository = open_at(r, "");
    assert_int_equal(repository_commit(repository, &first, &r->arena, &commit, &r->errs), 0);
    assert_int_equal(repository_commit(repository, &second, &r->arena, &commit, &r->errs), 1);
    repo_assert_said(r, "");
    repository_close(repository);
}

static void assert_content_tree(struct repo *r, const char *content, const char *revision,
                                int expected, const char *path)
{
    struct repository *repository = open_at(r, content);
    struct object_id commit, tree, wanted;

    assert_int_equal(repository_find(repository, revision, &commit, &r->errs), 0);
    assert_int_equal(repository_content_tree(repository, &commit, revision, &tree, &r->errs),
                     expected);
    if (path) {
        wanted = repo_entry(r, revision, path);
        assert_true(object_id_same(&tree, &wanted));
    }
    repository_close(repository);
}

static void the_content_is_a_tree_of_it(void **state)
{
    struct repo *r = *state;
    struct object_id commit, tree, file;

    repo_put(r, "a/b/c", "1");
    repo_put(r, "d", "2");
    commit = repo_commit(r, "first");
    assert_content_tree(r, "", "main", 1, "");
    assert_content_tree(r, "a", "main", 1, "a");
    assert_content_tree(r, "a/b", "main", 1, "a/b");
    assert_content_tree(r, "a/b/c", "main", 0, NULL);
    assert_content_tree(r, "a/none/c", "main", 0, NULL);
    assert_content_tree(r, "d", "main", 0, NULL);
    tree = repo_tree_with(r, "module", 0160000, &commit);
    repo_commit_tree(r, &tree);
    assert_content_tree(r, "module", "main", 0, NULL);
    repo_assert_said(r, "");
    file = repo_entry(r, "main~1", "a");
    repo_remove(r, repo_object_file(r, &file));
    assert_content_tree(r, "a/b", "main~1", -1, NULL);
    assert_string_equal(r->errs.items[0].id, "missing-object");
}

#define ON_REPO(test) cmocka_unit_test_setup_teardown(test, repo_set_up, repo_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_REPO(it_has_a_time_a_message_and_a_parent),
        ON_REPO(messages_come_as_utf_8),
        ON_REPO(the_time_is_that_of_the_author),
        ON_REPO(a_missing_commit_is_an_error_but_in_a_shallow_clone),
        ON_REPO(the_content_is_a_tree_of_it),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("commit", tests, NULL, NULL);
}
