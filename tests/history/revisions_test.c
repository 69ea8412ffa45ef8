/* Which commits touched the content, and what of it. */
#include "base/base.h"

#include "history/revisions.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "source/repo.h"

/* --- whose a file is --- */

static void assert_touched(const char *path, const char *department, int64_t year)
{
    struct arena arena = ARENA_INIT;
    struct touched touched = touched_by(path, &arena);

    if (department)
        assert_string_equal(touched.department, department);
    else
        assert_null(touched.department);
    assert_int_equal(touched.year, year);
    arena_release(&arena);
}

static void a_file_belongs_to_a_report(void **state)
{
    (void)state;
    assert_touched("departments/beijing/zwfwj/2021/report.json", "beijing/zwfwj", 2021);
    assert_touched("departments/a/2021/projects/p01.json", "a", 2021);
    assert_touched("departments/a/b/c/2021/evaluations/2022/x.md", "a/b/c", 2021);
    assert_touched("departments/a/department.json", "a", 0);
    assert_touched("departments/a/b/department.json", "a/b", 0);
    assert_touched("departments/a/20211/report.json", "a/20211", 0);
    assert_touched("departments/2021/report.json", "2021", 0); /* no department: see there */
    assert_touched("departments/notes.txt", NULL, 0);
    assert_touched("profiles/beijing-2021.json", NULL, 0);
    assert_touched("site.json", NULL, 0);
    assert_touched("departments", NULL, 0);
}

/* --- revisions --- */

struct seen {
    struct strbuf text;
    size_t max;
};

/* "second: a/2021 a/0 others" */
static bool see(void *ctx, const struct revision *revision)
{
    struct seen *seen = ctx;

    strbuf_addf(&seen->text, "%s:", revision->commit.summary);
    for (size_t i = 0; i < revision->report_count; i++)
        strbuf_addf(&seen->text, " %s/%lld", revision->reports[i].department,
                    (long long)revision->reports[i].year);
    strbuf_adds(&seen->text, revision->others ? " others" : "");
    strbuf_adds(&seen->text, revision->has_content ? "\n" : " none\n");
    return !--seen->max ? false : true;
}

static void assert_revisions(struct repo *r, const char *content, const char *from, size_t max,
                             bool is_cut, const char *expected)
{
    struct repository *repository = repository_open(repo_path(r, content), &r->errs);
    struct seen seen = {STRBUF_INIT, max};
    struct object_id commit;
    bool cut;

    assert_int_equal(repository_find(repository, from, &commit, &r->errs), 0);
    assert_int_equal(revisions_each(repository, &commit, see, &seen, &cut, &r->errs), 0);
    assert_string_equal(seen.text.buf, expected);
    assert_int_equal(cut, is_cut);
    strbuf_release(&seen.text);
    repository_close(repository);
}

static void make_some(struct repo *r)
{
    repo_put(r, "README", "before there was any");
    repo_commit(r, "one");
    repo_put(r, "content/departments/a/2021/report.json", "1");
    repo_put(r, "content/departments/a/department.json", "1");
    repo_put(r, "content/site.json", "1");
    repo_commit(r, "two");
    repo_put(r, "README", "nothing of the content");
    repo_commit(r, "three");
    repo_put(r, "content/departments/a/2021/report.json", "2");
    repo_put(r, "content/departments/a/2021/narrative.md", "2");
    repo_put(r, "content/departments/b/c/2022/report.json", "2");
    repo_commit(r, "four");
}

static void they_come_newest_first(void **state)
{
    struct repo *r = *state;

    make_some(r);
    assert_revisions(r, "content", "main", 0, false,
                     "four: a/2021 b/c/2022\ntwo: a/0 a/2021 others\n");
    assert_revisions(r, "content", "main", 1, false, "four: a/2021 b/c/2022\n");
    assert_revisions(r, "content", "main~1", 0, false, "two: a/0 a/2021 others\n");
    assert_revisions(r, "content", "main~3", 0, false, "");
    assert_revisions(r, "nowhere", "main", 0, false, "");
}

static void the_content_may_go_and_come_back(void **state)
{
    struct repo *r = *state;

    make_some(r);
    repo_remove(r, "content");
    repo_commit(r, "five");
    repo_put(r, "content/site.json", "1");
    repo_commit(r, "six");
    assert_revisions(r, "content", "main", 2, false,
                     "six: others\nfive: a/0 a/2021 b/c/2022 others none\n");
}

static void a_merge_is_one_revision(void **state)
{
    struct repo *r = *state;
    struct object_id base, side, merge;
    git_commit *parents[2];
    git_signature *who;
    git_tree *tree;
    git_oid oid;

    repo_put(r, "departments/a/2021/report.json", "1");
    base = repo_commit(r, "base");
    repo_put(r, "departments/a/2021/report.json", "2");
    repo_commit(r, "on the side");
    repo_put(r, "departments/b/2021/report.json", "1");
    side = repo_commit(r, "on the side, too");
    memcpy(oid.id, base.bytes, sizeof(oid.id));
    assert_int_equal(git_commit_lookup(&parents[0], r->git, &oid), 0);
    memcpy(oid.id, side.bytes, sizeof(oid.id));
    assert_int_equal(git_commit_lookup(&parents[1], r->git, &oid), 0);
    assert_int_equal(git_commit_tree(&tree, parents[1]), 0);
    assert_int_equal(git_signature_new(&who, "somebody", "somebody@example.org", 1725508800, 0), 0);
    assert_int_equal(git_commit_create(&oid, r->git, NULL, who, who, NULL, "merge", tree, 2,
                                       (const git_commit **)parents),
                     0);
    memcpy(merge.bytes, oid.id, sizeof(oid.id));
    repo_branch(r, "merged", &merge);
    git_signature_free(who);
    git_tree_free(tree);
    git_commit_free(parents[0]);
    git_commit_free(parents[1]);
    assert_revisions(r, "", "merged", 0, false, "merge: a/2021 b/2021\nbase: a/2021\n");
}

static void a_shallow_clone_has_no_more(void **state)
{
    struct repo *r = *state;
    struct object_id commit, gone;
    char hex[OBJECT_HEX_SIZE];

    repo_put(r, "site.json", "1");
    gone = repo_commit(r, "one");
    repo_put(r, "site.json", "2");
    commit = repo_commit(r, "two");
    repo_put(r, "site.json", "3");
    repo_commit(r, "three");
    repo_remove(r, repo_object_file(r, &gone));
    object_id_format(&commit, hex);
    repo_put(r, ".git/shallow", arena_format(&r->arena, "%s\n", hex));
    assert_revisions(r, "", "main", 0, true, "three: others\ntwo: others\n");
}

static void what_is_missing_ends_it(void **state)
{
    struct repo *r = *state;
    struct seen seen = {STRBUF_INIT, 0};
    struct object_id gone, commit;
    struct repository *repository;
    bool cut;

    repo_put(r, "site.json", "1");
    gone = repo_commit(r, "one");
    repo_put(r, "site.json", "2");
    commit = repo_commit(r, "two");
    repo_remove(r, repo_object_file(r, &gone));
    repository = repository_open(r->path, &r->errs);
    assert_int_equal(revisions_each(repository, &commit, see, &seen, &cut, &r->errs), -1);
    assert_string_equal(r->errs.items[0].id, "missing-object");
    repository_close(repository);
    strbuf_release(&seen.text);
}

/* --- days --- */

static void assert_time(int64_t time, int offset, const char *day, const char *whole)
{
    struct commit commit = {.time = time, .offset = offset};
    struct strbuf text = STRBUF_INIT;

    commit_add_day(&commit, &text);
    assert_string_equal(text.buf, day);
    strbuf_clear(&text);
    commit_add_time(&commit, &text);
    assert_string_equal(text.buf, whole);
    strbuf_release(&text);
}

static void a_day_is_that_of_the_author(void **state)
{
    (void)state;
    assert_time(0, 0, "1970-01-01", "1970-01-01T00:00:00+00:00");
    assert_time(1725508800, 480, "2024-09-05", "2024-09-05T12:00:00+08:00");
    assert_time(1725465600, 0, "2024-09-04", "2024-09-04T16:00:00+00:00");
    assert_time(1725465600, 480, "2024-09-05", "2024-09-05T00:00:00+08:00");
    assert_time(1725465600, -570, "2024-09-04", "2024-09-04T06:30:00-09:30");
    assert_time(1709164800, 0, "2024-02-29", "2024-02-29T00:00:00+00:00");
    assert_time(951782400, 0, "2000-02-29", "2000-02-29T00:00:00+00:00");
    assert_time(-1, 0, "1969-12-31", "1969-12-31T23:59:59+00:00");
    assert_time(-86400, 0, "1969-12-31", "1969-12-31T00:00:00+00:00");
    assert_time(4107542399, 0, "2100-02-28", "2100-02-28T23:59:59+00:00");
}

static void the_last_revision_of_a_day_is_found(void **state)
{
    struct repo *r = *state;
    struct repository *repository;
    struct object_id ids[3], found, head;

    for (int i = 0; i < 3; i++) { /* of 2024-01-01, -02 and -03 */
        repo_put(r, "site.json", i == 0 ? "1" : i == 1 ? "2" : "3");
        ids[i] = repo_commit(r, "some");
    }
    repository = repository_open(r->path, &r->errs);
    assert_int_equal(repository_find(repository, "HEAD", &head, &r->errs), 0);
    assert_int_equal(revisions_find_day(repository, &head, "2024-01-02", &found, &r->errs), 0);
    assert_true(object_id_same(&found, &ids[1]));
    assert_int_equal(revisions_find_day(repository, &head, "2030-01-01", &found, &r->errs), 0);
    assert_true(object_id_same(&found, &ids[2]));
    assert_int_equal(revisions_find_day(repository, &head, "2023-12-31", &found, &r->errs), -1);
    repo_assert_said(r, "-: error[unknown-revision]: there is no revision of 2023-12-31 or before\n"
                        "  the first is of 2024-01-01\n");
    repository_close(repository);
}

#define ON_REPO(test) cmocka_unit_test_setup_teardown(test, repo_set_up, repo_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_belongs_to_a_report),  ON_REPO(they_come_newest_first),
        ON_REPO(the_content_may_go_and_come_back),     ON_REPO(a_merge_is_one_revision),
        ON_REPO(a_shallow_clone_has_no_more),          ON_REPO(what_is_missing_ends_it),
        cmocka_unit_test(a_day_is_that_of_the_author), ON_REPO(the_last_revision_of_a_day_is_found),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("revisions", tests, NULL, NULL);
}
