/* Branches and tags that move together, or not at all when somebody else was there first. */
#include "base/base.h"

#include "publish/ref_moves.h"

#include "base/testing.h"
#include "source/repo.h"

#define SITE "refs/heads/site"
#define TAG "refs/tags/published/2024-09-05"

static struct object_id first, second;

static struct repository *open_with_commits(struct repo *r)
{
    struct repository *repository;

    repo_put(r, "a", "1");
    first = repo_commit(r, "first");
    second = repo_commit(r, "second");
    repository = repository_open(r->path, &r->errs);
    assert_non_null(repository);
    return repository;
}

/* What a ref is: "first", "second" or "none". */
static const char *at(struct repo *r, const char *name)
{
    git_oid oid;

    if (git_reference_name_to_id(&oid, r->git, name))
        return "none";
    return !memcmp(oid.id, first.bytes, sizeof(oid.id)) ? "first" : "second";
}

/* Does all of it; how many were moved. */
static size_t move(struct repo *r, struct repository *repository, const struct ref_move *list,
                   size_t count)
{
    struct ref_moves *moves = ref_moves_lock(repository, list, count, &r->errs);
    git_signature *who;
    size_t done = 0;

    if (!moves)
        return 0;
    assert_int_equal(git_signature_new(&who, "somebody", "somebody@example.org", 0, 0), 0);
    ref_moves_do(moves, who, &done, &r->errs);
    git_signature_free(who);
    ref_moves_free(moves);
    return done;
}

static void new_ones_are_made_and_old_ones_moved(void **state)
{
    struct repo *r = *state;
    struct repository *repository = open_with_commits(r);
    const struct ref_move made[] = {{SITE, {{0}}, first, "made"}, {TAG, {{0}}, first, "made"}};
    const struct ref_move moved[] = {{SITE, first, second, "moved"}};
    git_reflog *log;

    assert_int_equal(move(r, repository, made, 2), 2);
    assert_string_equal(at(r, SITE), "first");
    assert_string_equal(at(r, TAG), "first");
    assert_int_equal(move(r, repository, moved, 1), 1);
    assert_string_equal(at(r, SITE), "second");
    assert_int_equal(git_reflog_read(&log, r->git, SITE), 0);
    assert_int_equal(git_reflog_entrycount(log), 2);
    assert_string_equal(git_reflog_entry_message(git_reflog_entry_byindex(log, 0)), "moved");
    git_reflog_free(log);
    repo_assert_said(r, "");
    repository_close(repository);
}

static void none_moves_when_one_was_moved_meanwhile(void **state)
{
    struct repo *r = *state;
    struct repository *repository = open_with_commits(r);
    const struct ref_move moves[] = {{TAG, {{0}}, second, "x"}, {SITE, first, second, "x"}};
    const struct ref_move again[] = {{SITE, second, first, "x"}, {TAG, {{0}}, second, "x"}};

    repo_branch(r, "site", &second);
    assert_int_equal(move(r, repository, moves, 2), 0);
    assert_string_equal(at(r, TAG), "none");
    repo_assert_said(r,
                     "-: error[moved-meanwhile]: the branch site was moved meanwhile, by somebody "
                     "else\n  nothing was changed here; publish again\n");
    repo_tag(r, "published/2024-09-05", &first);
    assert_int_equal(move(r, repository, again, 2), 0);
    assert_string_equal(at(r, SITE), "second");
    repo_assert_said(r,
                     "-: error[moved-meanwhile]: the tag published/2024-09-05 was made meanwhile, "
                     "by somebody else\n  nothing was changed here; publish again\n");
    repository_close(repository);
}

static void one_that_went_away_is_not_made_again(void **state)
{
    struct repo *r = *state;
    struct repository *repository = open_with_commits(r);
    const struct ref_move moves[] = {{SITE, first, second, "x"}};

    assert_int_equal(move(r, repository, moves, 1), 0);
    assert_string_equal(at(r, SITE), "none");
    repo_assert_said(r,
                     "-: error[moved-meanwhile]: the branch site was moved meanwhile, by somebody "
                     "else\n  nothing was changed here; publish again\n");
    repository_close(repository);
}

static void what_another_holds_is_not_moved(void **state)
{
    struct repo *r = *state;
    struct repository *repository = open_with_commits(r),
                      *other = repository_open(r->path, &r->errs);
    const struct ref_move held[] = {{TAG, {{0}}, first, "x"}};
    const struct ref_move moves[] = {{SITE, {{0}}, second, "x"}, {TAG, {{0}}, second, "x"}};
    struct ref_moves *holder = ref_moves_lock(other, held, 1, &r->errs);

    assert_non_null(holder);
    assert_int_equal(move(r, repository, moves, 2), 0);
    assert_string_equal(at(r, SITE), "none");
    repo_assert_said(r, "-: error[locked]: cannot move the tag published/2024-09-05: "
                        "repo/.git/refs/tags/published/2024-09-05.lock is there\n"
                        "  another program is moving it, or one was killed while it did: then "
                        "remove that file\n");
    ref_moves_free(holder); /* gives it back */
    assert_int_equal(move(r, repository, moves, 2), 2);
    assert_string_equal(at(r, TAG), "second");
    repository_close(other);
    repository_close(repository);
}

static void a_name_that_is_a_folder_of_others_is_refused(void **state)
{
    struct repo *r = *state;
    struct repository *repository = open_with_commits(r);
    const struct ref_move above[] = {{SITE, {{0}}, second, "x"}};
    const struct ref_move below[] = {{"refs/heads/main/site", {{0}}, second, "x"}};

    repo_branch(r, "site/old", &first);
    assert_int_equal(move(r, repository, above, 1), 0);
    assert_int_equal(move(r, repository, below, 1), 0);
    repo_assert_said(
        r,
        "-: error[name-in-the-way]: git cannot have the branch site beside the branch site/old\n"
        "  rename that, or choose another name for the site's branch with --branch\n"
        "-: error[name-in-the-way]: git cannot have the branch main/site beside the branch main\n"
        "  rename that, or choose another name for the site's branch with --branch\n");
    repository_close(repository);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, repo_set_up, repo_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(new_ones_are_made_and_old_ones_moved),
        TEST(none_moves_when_one_was_moved_meanwhile),
        TEST(one_that_went_away_is_not_made_again),
        TEST(what_another_holds_is_not_moved),
        TEST(a_name_that_is_a_folder_of_others_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
