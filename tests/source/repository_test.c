/* Which repository a content folder lies in, and which commit a name stands for. */
#include "base/base.h"

#include "source/repository.h"

#include <ftw.h>
#include <sys/stat.h>

#include "base/strbuf.h"
#include "base/testing.h"
#include "source/repo.h"

static struct repository *open_at(struct repo *r, const char *content)
{
    struct repository *repository = repository_open(repo_path(r, content), &r->errs);

    assert_non_null(repository);
    return repository;
}

static void assert_finds(struct repo *r, const char *revision, const struct object_id *expected)
{
    struct repository *repository = open_at(r, "");
    struct object_id commit;

    assert_int_equal(repository_find(repository, revision, &commit, &r->errs), 0);
    assert_true(object_id_same(&commit, expected));
    repository_close(repository);
}

static void assert_finds_none(struct repo *r, const char *revision, const char *expected)
{
    struct repository *repository = open_at(r, "");
    struct object_id commit;

    assert_int_equal(repository_find(repository, revision, &commit, &r->errs), -1);
    repo_assert_said(r, expected);
    repository_close(repository);
}

static const char *hex_of(struct repo *r, const struct object_id *id, int len)
{
    char hex[OBJECT_HEX_SIZE];

    object_id_format(id, hex);
    return arena_format(&r->arena, "%.*s", len, hex);
}

/* --- where --- */

static void assert_content(struct repo *r, const char *content, const char *expected)
{
    struct repository *repository = open_at(r, content);

    assert_string_equal(repository_content(repository), expected);
    repository_close(repository);
}

static void the_content_is_named_from_the_root(void **state)
{
    struct repo *r = *state;

    repo_put(r, "a/b/c", "");
    assert_content(r, "", "");
    assert_content(r, "a", "a");
    assert_content(r, "a/b//", "a/b");
    assert_content(r, "a/./b/../b", "a/b");
    assert_content(r, "none/nowhere", "none/nowhere");
    assert_content(r, "a/none/", "a/none");
    assert_int_equal(symlinkat("a/b", r->at, "link"), 0);
    assert_content(r, "link", "a/b"); /* it is in the working tree that this is so */
    assert_content(r, "link/none", "a/b/none");
    assert_content(r, ".git", ".git");
}

/* Where the program is run: "." and "content" are as good as whole paths. */
static int open_relative(void *ctx)
{
    struct repo *r = ctx;
    struct repository *here, *below;

    if (chdir(repo_path(r, "a")))
        return 2;
    here = repository_open(".", &r->errs);
    below = repository_open("b/none", &r->errs);
    if (!here || !below || strcmp(repository_content(here), "a") ||
        strcmp(repository_content(below), "a/b/none"))
        return 1;
    repository_close(here);
    repository_close(below);
    return 0;
}

static void it_may_be_named_from_where_one_is(void **state)
{
    struct repo *r = *state;

    repo_put(r, "a/b/c", "");
    assert_int_equal(testing_in_child(open_relative, r), 0);
}

static void not_every_folder_is_in_one(void **state)
{
    struct repo *r = *state;
    char *folder = testing_folder();

    assert_null(repository_open(folder, &r->errs));
    assert_int_equal(r->errs.count, 1);
    assert_string_equal(r->errs.items[0].id, "no-repository");
    assert_string_equal(r->errs.items[0].hint,
                        "only what was committed can be read as of a revision; 'git init' makes a "
                        "folder a repository");
    assert_int_equal(errs_status(&r->errs), ERR_SYSTEM);
    errs_release(&r->errs);
    assert_null(repository_open("/none at all", &r->errs));
    repo_assert_said(
        r, "-: error[no-repository]: the content folder /none at all is in no git "
           "repository\n"
           "  only what was committed can be read as of a revision; 'git init' makes a folder a "
           "repository\n");
    testing_folder_remove(folder);
    free(folder);
    repository_close(NULL);
}

static void a_repository_that_is_broken_is_none(void **state)
{
    struct repo *r = *state;

    repo_put(r, ".git/config", "[core\n");
    assert_null(repository_open(r->path, &r->errs));
    assert_int_equal(r->errs.count, 1);
    assert_string_equal(r->errs.items[0].id, "broken-repository");
    assert_non_null(strstr(r->errs.items[0].message, "failed to parse config file"));
}

/* libgit2 1.5 loses memory when it reads the names of extensions. */
#ifdef __SANITIZE_ADDRESS__
enum { COUNTS_MEMORY = true };
#else
enum { COUNTS_MEMORY = false };
#endif

static void formats_that_are_not_known_are_refused(void **state)
{
    struct repo *r = *state;

    if (COUNTS_MEMORY || getenv("MEMCHECK")) {
        testing_skip("libgit2 loses memory here");
        return;
    }
    repo_put(r, ".git/config",
             "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha256\n");
    assert_null(repository_open(r->path, &r->errs));
    assert_int_equal(r->errs.count, 1);
    assert_string_equal(r->errs.items[0].id, "broken-repository");
    errs_release(&r->errs);
    repo_put(r, ".git/config",
             "[core]\nrepositoryformatversion = 1\n[extensions]\nworktreeConfig = true\n"
             "partialClone = origin\n");
    repository_close(open_at(r, ""));
}

static int give_away(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st;
    (void)type;
    (void)where;
    return lchown(path, 65534, 65534);
}

static void those_of_others_must_be_trusted(void **state)
{
    struct repo *r = *state;

    if (geteuid()) {
        testing_skip("only root can give a repository to somebody else");
        return;
    }
    assert_int_equal(nftw(r->path, give_away, 16, FTW_PHYS), 0);
    assert_null(repository_open(r->path, &r->errs));
    repo_assert_said(r, "-: error[foreign-repository]: the git repository of the content folder "
                        "repo belongs to somebody else\n"
                        "  if they are to be trusted, tell git: git config --global --add "
                        "safe.directory DIR\n");
}

/* --- which --- */

static void a_commit_has_many_names(void **state)
{
    struct repo *r = *state;
    struct object_id first, second;

    repo_put(r, "a", "1");
    first = repo_commit(r, "first");
    repo_put(r, "a", "2");
    second = repo_commit(r, "second");
    repo_branch(r, "old/branch", &first);
    repo_tag(r, "published/2024-09-05", &first);
    assert_finds(r, "main", &second);
    assert_finds(r, "HEAD", &second);
    assert_finds(r, "HEAD~1", &first);
    assert_finds(r, "main^", &first);
    assert_finds(r, "old/branch", &first);
    assert_finds(r, "refs/heads/old/branch", &first);
    assert_finds(r, "published/2024-09-05", &first); /* through the tag's own object */
    assert_finds(r, hex_of(r, &first, 40), &first);
    assert_finds(r, hex_of(r, &first, 10), &first);
    repo_assert_said(r, "");
}

static void the_nearest_name_is_offered(void **state)
{
    struct repo *r = *state;
    struct object_id commit;

    repo_put(r, "a", "1");
    commit = repo_commit(r, "first");
    assert_finds_none(r, "mian",
                      "-: error[unknown-revision]: there is no revision 'mian'\n"
                      "  did you mean 'main'?\n");
    repo_tag(r, "published/2024-09-05", &commit);
    assert_finds_none(r, "published/2024-09-06",
                      "-: error[unknown-revision]: there is no revision 'published/2024-09-06'\n"
                      "  did you mean 'published/2024-09-05'?\n");
    assert_finds_none(r, "v1",
                      "-: error[unknown-revision]: there is no revision 'v1'\n"
                      "  known: main, published/2024-09-05\n");
    assert_finds_none(r, "HEAD~1",
                      "-: error[unknown-revision]: there is no revision 'HEAD~1'\n"
                      "  known: main, published/2024-09-05\n");
    assert_finds_none(r, "main..HEAD",
                      "-: error[unknown-revision]: there is no revision 'main..HEAD'\n"
                      "  known: main, published/2024-09-05\n");
    for (int i = 0; i < 20; i++)
        repo_branch(r, arena_format(&r->arena, "branch-%d", i), &commit);
    assert_finds_none(r, "v1",
                      "-: error[unknown-revision]: there is no revision 'v1'\n"
                      "  name a commit, a branch or a tag\n");
}

static void before_the_first_commit_there_is_none(void **state)
{
    struct repo *r = *state;

    assert_finds_none(r, "HEAD",
                      "-: error[unknown-revision]: there is no revision 'HEAD'\n"
                      "  the repository has no commit yet\n");
    assert_finds_none(r, "main",
                      "-: error[unknown-revision]: there is no revision 'main'\n"
                      "  the repository has no commit yet\n");
}

static void what_is_no_commit_is_refused(void **state)
{
    struct repo *r = *state;
    struct object_id blob;

    repo_put(r, "a", "1");
    repo_commit(r, "first");
    blob = repo_entry(r, "main", "a");
    repo_tag(r, "file", &blob);
    assert_finds_none(r, "main:a",
                      "-: error[unknown-revision]: 'main:a' is a blob, not a commit\n"
                      "  name a commit, a branch or a tag\n");
    assert_finds_none(r, "main^{tree}",
                      "-: error[unknown-revision]: 'main^{tree}' is a tree, not a commit\n"
                      "  name a commit, a branch or a tag\n");
    assert_finds_none(r, "file",
                      "-: error[unknown-revision]: 'file' is a tag, not a commit\n"
                      "  name a commit, a branch or a tag\n");
}

/* Two of the objects that begin alike: there are 65,536 ways to begin, so it needs not many. */
static const char *make_twins(struct repo *r)
{
    struct object_id ids[2000];

    for (int i = 0; i < 2000; i++) {
        const char *text = arena_format(&r->arena, "%d", i);
        git_oid oid;

        git_odb_hash(&oid, text, strlen(text), GIT_OBJECT_BLOB);
        memcpy(ids[i].bytes, oid.id, sizeof(ids[i].bytes));
        for (int j = 0; j < i; j++)
            if (!memcmp(ids[i].bytes, ids[j].bytes, 2)) {
                const char *other = arena_format(&r->arena, "%d", j);

                repo_object(r, GIT_OBJECT_BLOB, text, strlen(text));
                repo_object(r, GIT_OBJECT_BLOB, other, strlen(other));
                return hex_of(r, &ids[i], 4);
            }
    }
    return NULL;
}

static void what_is_too_short_is_not_guessed(void **state)
{
    struct repo *r = *state;
    const char *start;

    repo_put(r, "a", "1");
    repo_commit(r, "first");
    start = make_twins(r);
    assert_non_null(start);
    assert_finds_none(r, start,
                      arena_format(&r->arena,
                                   "-: error[ambiguous-revision]: several objects begin with "
                                   "'%s'\n  write more of the id\n",
                                   start));
}

static void a_branch_and_a_tag_of_one_name_are_not_mixed_up(void **state)
{
    struct repo *r = *state;
    struct object_id first, second;

    repo_put(r, "a", "1");
    first = repo_commit(r, "first");
    repo_put(r, "a", "2");
    second = repo_commit(r, "second");
    repo_tag(r, "v1", &first);
    repo_branch(r, "v1", &first);
    assert_finds(r, "v1", &first);
    repo_branch(r, "v1", &second);
    assert_finds_none(r, "v1",
                      "-: error[ambiguous-revision]: 'v1' is a tag and a branch, and they are not "
                      "the same commit\n"
                      "  write refs/tags/v1 or refs/heads/v1\n");
    assert_finds(r, "refs/tags/v1", &first);
    assert_finds(r, "refs/heads/v1", &second);
}

static const char shallow[] =
    "  the repository is a shallow clone: 'git fetch --unshallow' gets what is older\n";

static void a_shallow_clone_says_that_it_is_one(void **state)
{
    struct repo *r = *state;
    struct object_id first, second;

    repo_put(r, "a", "1");
    first = repo_commit(r, "first");
    repo_put(r, "a", "2");
    second = repo_commit(r, "second");
    repo_put(r, ".git/shallow", arena_format(&r->arena, "%s\n", hex_of(r, &second, 40)));
    repo_remove(r, repo_object_file(r, &first));
    assert_finds(r, "main", &second);
    assert_finds_none(r, hex_of(r, &first, 40),
                      arena_format(&r->arena,
                                   "-: error[unknown-revision]: there is no revision '%s'\n%s",
                                   hex_of(r, &first, 40), shallow));
    assert_finds_none(r, "main~1",
                      arena_format(&r->arena,
                                   "-: error[missing-object]: cannot read the revision 'main~1': "
                                   "object not found - no match for id (%s)\n%s",
                                   hex_of(r, &first, 40), shallow));
    assert_finds_none(r, "mian",
                      "-: error[unknown-revision]: there is no revision 'mian'\n"
                      "  did you mean 'main'?\n");
}

static void a_commit_that_is_missing_is_named(void **state)
{
    static const char fsck[] = "  'git fsck' tells what else is; another clone may have it\n";
    struct repo *r = *state;
    struct object_id first, second;

    repo_put(r, "a", "1");
    first = repo_commit(r, "first");
    repo_put(r, "a", "2");
    second = repo_commit(r, "second");
    repo_remove(r, repo_object_file(r, &first));
    assert_finds_none(r, "main~1",
                      arena_format(&r->arena,
                                   "-: error[missing-object]: cannot read the revision 'main~1': "
                                   "object not found - no match for id (%s)\n%s",
                                   hex_of(r, &first, 40), fsck));
    repo_remove(r, repo_object_file(r, &second));
    assert_finds_none(r, "main",
                      arena_format(&r->arena,
                                   "-: error[missing-object]: cannot read the revision 'main': "
                                   "object not found - no match for id (%s)\n%s",
                                   hex_of(r, &second, 40), fsck));
}

#define ON_REPO(test) cmocka_unit_test_setup_teardown(test, repo_set_up, repo_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_REPO(the_content_is_named_from_the_root),
        ON_REPO(it_may_be_named_from_where_one_is),
        ON_REPO(not_every_folder_is_in_one),
        ON_REPO(a_repository_that_is_broken_is_none),
        ON_REPO(formats_that_are_not_known_are_refused),
        ON_REPO(those_of_others_must_be_trusted),
        ON_REPO(a_commit_has_many_names),
        ON_REPO(the_nearest_name_is_offered),
        ON_REPO(before_the_first_commit_there_is_none),
        ON_REPO(what_is_no_commit_is_refused),
        ON_REPO(what_is_too_short_is_not_guessed),
        ON_REPO(a_branch_and_a_tag_of_one_name_are_not_mixed_up),
        ON_REPO(a_shallow_clone_says_that_it_is_one),
        ON_REPO(a_commit_that_is_missing_is_named),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("repository", tests, NULL, NULL);
}
