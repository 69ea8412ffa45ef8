/* Content as of a revision: what is read, and what is said of what cannot be. */
#include "base/base.h"

#include "source/source.h"

#include "base/fs.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "source/repo.h"

static const char *text_at(struct repo *r, const struct source *source, const char *path)
{
    struct source_text text;

    assert_int_equal(source_read(source, path, &r->arena, &text, &r->errs), 0);
    assert_int_equal(text.len, strlen(text.text)); /* a NUL behind it */
    return text.text;
}

/* "name " of files, "name/ " of folders, "name@ " of links. */
static void assert_lists(struct repo *r, const struct source *source, const char *path,
                         const char *expected)
{
    struct strbuf shown = STRBUF_INIT;
    struct fs_list list;

    assert_int_equal(source_list(source, path, &r->arena, &list, &r->errs), 0);
    for (size_t i = 0; i < list.count; i++)
        strbuf_addf(&shown, "%s%s ", list.entries[i].name,
                    list.entries[i].kind == FS_FOLDER ? "/"
                    : list.entries[i].kind == FS_LINK ? "@"
                                                      : "");
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
}

static struct source *open_at(struct repo *r, const char *content, const char *revision)
{
    struct source *source = source_open_revision(repo_path(r, content), revision, &r->errs);

    assert_non_null(source);
    return source;
}

static void assert_not_opened(struct repo *r, const char *content, const char *revision,
                              const char *expected)
{
    assert_null(source_open_revision(repo_path(r, content), revision, &r->errs));
    repo_assert_said(r, expected);
}

static void assert_not_read(struct repo *r, const struct source *source, const char *path,
                            const char *expected)
{
    struct source_text text;

    assert_int_equal(source_read(source, path, &r->arena, &text, &r->errs), -1);
    repo_assert_said(r, expected);
}

static void assert_not_listed(struct repo *r, const struct source *source, const char *path,
                              const char *expected)
{
    struct fs_list list;

    assert_int_equal(source_list(source, path, &r->arena, &list, &r->errs), -1);
    repo_assert_said(r, expected);
}

/* --- what is there --- */

static void each_revision_has_its_own(void **state)
{
    struct repo *r = *state;
    struct object_id first;
    struct source *old, *new;

    repo_put(r, "site.json", "old");
    repo_put(r, "departments/a/2021/report.json", "figures");
    repo_put(r, "gone", "");
    first = repo_commit(r, "first");
    repo_tag(r, "v1", &first);
    repo_put(r, "site.json", "new");
    repo_remove(r, "gone");
    repo_commit(r, "second");
    repo_put(r, "site.json", "not committed");
    repo_put(r, "untracked", "");
    repo_remove(r, "departments");
    old = open_at(r, "", "v1");
    new = open_at(r, "", "main");
    assert_string_equal(text_at(r, old, "site.json"), "old");
    assert_string_equal(text_at(r, old, "gone"), "");
    assert_string_equal(text_at(r, new, "site.json"), "new");
    assert_string_equal(text_at(r, new, "departments/a/2021/report.json"), "figures");
    assert_lists(r, old, "", "departments/ gone site.json ");
    assert_lists(r, new, "", "departments/ site.json ");
    assert_lists(r, new, "departments/a", "2021/ ");
    assert_true(source_has(old, "gone") && source_has(new, "departments/a/2021") &&
                source_has(new, "departments/a/2021/report.json"));
    assert_false(source_has(new, "gone") || source_has(new, "untracked") ||
                 source_has(new, "site.json/a") || source_has(new, "departments/b/2021"));
    repo_assert_said(r, "");
    source_close(old);
    source_close(new);
}

/* Git has a-b, a.b, a/, a0: as if there were a slash behind the name of a folder. */
static void names_come_sorted_as_those_of_folders_do(void **state)
{
    struct repo *r = *state;
    struct source *source;

    repo_put(r, "a/x", "");
    repo_put(r, "a.b", "");
    repo_put(r, "a-b", "");
    repo_put(r, "a0", "");
    repo_put(r, "决算", "");
    repo_commit(r, "names");
    source = open_at(r, "", "HEAD");
    assert_lists(r, source, "", "a/ a-b a.b a0 决算 ");
    source_close(source);
}

static void bytes_come_as_they_were_committed(void **state)
{
    struct repo *r = *state;
    struct source *source;

    repo_put(r, "lines", "a\r\nb\n");
    repo_commit(r, "lines");
    repo_put(r, ".gitattributes", "* text eol=crlf\n");
    repo_commit(r, "attributes");
    source = open_at(r, "", "HEAD~1");
    assert_string_equal(text_at(r, source, "lines"), "a\r\nb\n");
    source_close(source);
}

static void the_content_may_lie_deeper(void **state)
{
    struct repo *r = *state;
    struct source *source;
    struct source_text text;

    repo_put(r, "数据/content/site.json", "deep");
    repo_put(r, "site.json", "not this one");
    repo_commit(r, "nested");
    source = open_at(r, "数据/content/", "main");
    assert_string_equal(text_at(r, source, "site.json"), "deep");
    assert_lists(r, source, "", "site.json ");
    assert_int_equal(source_read(source, "site.json", &r->arena, &text, &r->errs), 0);
    assert_string_equal(text.path, "main:数据/content/site.json"); /* as `git show` wants it */
    assert_string_equal(source_shown(source, "", &r->arena), "main:数据/content");
    source_close(source);
    repo_remove(r, "数据"); /* it need not be there now */
    source = open_at(r, "数据/./content", "main");
    assert_string_equal(text_at(r, source, "site.json"), "deep");
    source_close(source);
    source = open_at(r, "", "main");
    assert_string_equal(source_shown(source, "site.json", &r->arena), "main:site.json");
    assert_string_equal(source_shown(source, "a\x1b[31m", &r->arena), "main:a\\x1b[31m");
    source_close(source);
    repo_assert_said(r, "");
}

static void a_bare_repository_is_as_good(void **state)
{
    struct repo *r = *state;
    struct source *source;

    repo_put(r, "content/site.json", "x");
    repo_put(r, "a", "y");
    repo_commit(r, "first");
    repo_put(r, ".git/config", "[core]\nbare = true\n");
    assert_int_equal(renameat(r->at, ".git", r->at, "bare.git"), 0);
    source = open_at(r, "bare.git", "main");
    assert_string_equal(text_at(r, source, "a"), "y");
    source_close(source);
    source = open_at(r, "bare.git/content", "main");
    assert_string_equal(text_at(r, source, "site.json"), "x");
    source_close(source);
}

/* --- what is not --- */

static void what_is_not_there_is_an_error(void **state)
{
    struct repo *r = *state;
    struct source *source;

    repo_put(r, "a/b", "");
    repo_commit(r, "first");
    source = open_at(r, "", "main");
    assert_not_read(r, source, "none",
                    "-: error[system]: cannot read main:none: No such file or directory\n");
    assert_not_read(r, source, "a/b/c",
                    "-: error[system]: cannot read main:a/b/c: No such file or directory\n");
    assert_not_read(r, source, "a", "main:a: error[not-a-file]: this is not a regular file\n");
    assert_not_listed(r, source, "none",
                      "-: error[system]: cannot open the folder main:none: No such file or "
                      "directory\n");
    assert_not_listed(r, source, "a/b",
                      "-: error[system]: cannot open the folder main:a/b: Not a directory\n");
    source_close(source);
}

static void links_lead_nowhere(void **state)
{
    static const char said[] = "main:%s: error[symbolic-link]: this is a symbolic link, and links "
                               "are not followed\n"
                               "  put a copy of what it leads to in its place\n";
    struct repo *r = *state;
    struct source *source;

    repo_put(r, "content/a", "x");
    assert_int_equal(symlinkat("a", r->at, "content/link") | symlinkat("content", r->at, "folder"),
                     0);
    repo_commit(r, "links");
    source = open_at(r, "content", "main");
    assert_lists(r, source, "", "a link@ ");
    assert_not_read(r, source, "link", arena_format(&r->arena, said, "content/link"));
    assert_not_listed(r, source, "link", arena_format(&r->arena, said, "content/link"));
    source_close(source);
    repo_remove(r, "folder"); /* else it is the working tree that says where it leads */
    assert_not_opened(r, "folder", "main", arena_format(&r->arena, said, "folder"));
}

static void a_submodule_is_in_another_repository(void **state)
{
    static const char said[] =
        "%s: error[submodule]: this is a submodule: what is in it is in another git repository\n"
        "  build what is checked out, without --rev; or name the folder within the submodule, and "
        "a revision of that\n";
    struct repo *r = *state;
    struct object_id commit, tree;
    struct source *source;

    repo_put(r, "a", "x");
    commit = repo_commit(r, "first");
    tree = repo_tree_with(r, "pages", 0160000, &commit);
    repo_commit_tree(r, &tree);
    source = open_at(r, "", "main");
    assert_lists(r, source, "", "pages/ ");
    assert_true(source_has(source, "pages"));
    assert_not_listed(r, source, "pages", arena_format(&r->arena, said, "main:pages"));
    source_close(source);
    assert_not_opened(r, "pages", "main", arena_format(&r->arena, said, "main:pages"));
}

static void the_content_must_be_there(void **state)
{
    struct repo *r = *state;

    repo_put(r, "a", "x");
    repo_commit(r, "first");
    repo_put(r, "content/site.json", "");
    assert_not_opened(r, "content", "main",
                      "-: error[no-content]: there is no folder content in the revision main\n"
                      "  name the folder that held departments/ then with --content DIR; it need "
                      "not be there now\n");
    assert_not_opened(r, "none/../a", "main",
                      "-: error[no-content]: there is no folder none/../a in the revision main\n"
                      "  name the folder that held departments/ then with --content DIR; it need "
                      "not be there now\n");
    assert_not_opened(r, "a", "main",
                      "-: error[system]: cannot open the folder main:a: Not a directory\n");
}

static void huge_files_are_refused(void **state)
{
    struct repo *r = *state;
    struct source *source;
    char *huge;
    struct object_id blob, tree;

    if (getenv("MEMCHECK")) {
        testing_skip("compressing 64 MB takes too long under valgrind");
        return;
    }
    huge = mem_zalloc((size_t)SOURCE_FILE_MAX + 1, 1);
    blob = repo_object(r, GIT_OBJECT_BLOB, huge, (size_t)SOURCE_FILE_MAX + 1);
    free(huge);
    tree = repo_tree_with(r, "huge", 0100644, &blob);
    repo_commit_tree(r, &tree);
    source = open_at(r, "", "main");
    assert_not_read(r, source, "huge",
                    "main:huge: error[file-too-large]: the file is larger than the 64 MB that are "
                    "read\n  is it the right file?\n");
    source_close(source);
}

/* --- what is broken --- */

static const char fsck[] = "  'git fsck' tells what else is; another clone may have it\n";

static void a_missing_object_is_named(void **state)
{
    struct repo *r = *state;
    struct object_id file, folder;
    struct source *source;
    struct strbuf said = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    repo_put(r, "a/b/c", "x");
    repo_put(r, "d", "y");
    repo_commit(r, "first");
    file = repo_entry(r, "main", "d");
    folder = repo_entry(r, "main", "a/b");
    repo_remove(r, repo_object_file(r, &file));
    repo_remove(r, repo_object_file(r, &folder));
    source = open_at(r, "", "main");
    object_id_format(&file, hex);
    strbuf_addf(&said,
                "main:d: error[missing-object]: the object %s is missing in the git repository\n%s",
                hex, fsck);
    assert_not_read(r, source, "d", said.buf);
    object_id_format(&folder, hex);
    strbuf_clear(&said);
    strbuf_addf(&said,
                "main:a/b: error[missing-object]: the object %s is missing in the git repository\n"
                "%s",
                hex, fsck);
    assert_not_listed(r, source, "a/b", said.buf);
    assert_true(source_has(source, "a/b/c")); /* not known, and reading it tells why */
    strbuf_clear(&said);
    strbuf_addf(&said,
                "main:a/b/c: error[missing-object]: the object %s is missing in the git "
                "repository\n%s",
                hex, fsck);
    assert_not_read(r, source, "a/b/c", said.buf);
    source_close(source);
    assert_null(source_open_revision(repo_path(r, "a/b"), "main", &r->errs));
    assert_string_equal(r->errs.items[0].id, "missing-object");
    strbuf_release(&said);
}

static void a_missing_root_shows_at_once(void **state)
{
    struct repo *r = *state;
    struct object_id root;

    repo_put(r, "a", "x");
    repo_commit(r, "first");
    root = repo_entry(r, "main", "");
    repo_remove(r, repo_object_file(r, &root));
    assert_null(source_open_revision(r->path, "main", &r->errs));
    assert_int_equal(r->errs.count, 1);
    assert_string_equal(r->errs.items[0].id, "missing-object");
    assert_int_equal(errs_status(&r->errs), ERR_SYSTEM);
}

static void altered_bytes_are_found(void **state)
{
    struct repo *r = *state;
    struct object_id a, b;
    struct strbuf bytes = STRBUF_INIT;
    struct source *source;
    struct source_text text;

    repo_put(r, "a", "the one");
    repo_put(r, "b", "another");
    repo_put(r, "c", "more");
    repo_commit(r, "first");
    a = repo_entry(r, "main", "a");
    b = repo_entry(r, "main", "b");
    assert_int_equal(fs_read(r->at, repo_object_file(r, &b), "", 1000, &bytes, &r->errs), 0);
    repo_remove(r, repo_object_file(r, &a));
    assert_int_equal(fs_write(r->at, repo_object_file(r, &a), bytes.buf, bytes.len, &r->errs), 0);
    repo_remove(r, repo_object_file(r, &b));
    repo_put(r, repo_object_file(r, &b), "no object at all");
    source = open_at(r, "", "main");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(source_read(source, i ? "b" : "a", &r->arena, &text, &r->errs), -1);
        assert_int_equal(r->errs.count, 1);
        assert_string_equal(r->errs.items[0].id, "broken-object");
        assert_string_equal(r->errs.items[0].file, i ? "main:b" : "main:a");
        errs_release(&r->errs);
    }
    assert_string_equal(text_at(r, source, "c"), "more");
    source_close(source);
    strbuf_release(&bytes);
}

static void assert_broken_tree(struct repo *r, const void *data, size_t len)
{
    struct object_id tree = repo_object(r, GIT_OBJECT_TREE, data, len);
    struct object_id root = repo_tree_with(r, "a", 0040000, &tree);
    struct source *source;
    struct fs_list list;

    repo_commit_tree(r, &root);
    source = open_at(r, "", "main");
    assert_int_equal(source_list(source, "a", &r->arena, &list, &r->errs), -1);
    assert_int_equal(r->errs.count, 1);
    assert_string_equal(r->errs.items[0].id, "broken-object");
    assert_non_null(strstr(r->errs.items[0].message, "the tree is not well-formed"));
    errs_release(&r->errs);
    source_close(source);
}

static void a_tree_that_is_none_is_an_error(void **state)
{
    static const char id[] = "12345678901234567890";
    char whole[] = "100644 ab\0"
                   "12345678901234567890";
    struct repo *r = *state;

    for (size_t len = 1; len < sizeof(whole) - 1; len++)
        assert_broken_tree(r, whole, len);
    assert_broken_tree(r, id, sizeof(id) - 1);
    assert_broken_tree(r,
                       "100644x ab\0"
                       "12345678901234567890",
                       31);
    assert_broken_tree(r,
                       "77777777777777 ab\0"
                       "12345678901234567890",
                       38);
}

/* A tree says that a file is what is a folder. */
static void an_object_of_another_kind_is_an_error(void **state)
{
    static const char empty[] = "";
    struct repo *r = *state;
    struct object_id id = repo_object(r, GIT_OBJECT_TREE, empty, 0);
    struct strbuf raw = STRBUF_INIT;
    struct object_id root;
    struct source *source;
    struct source_text text;

    strbuf_add(&raw, "100644 a", sizeof("100644 a"));
    strbuf_add(&raw, id.bytes, sizeof(id.bytes));
    root = repo_object(r, GIT_OBJECT_TREE, raw.buf, raw.len);
    repo_commit_tree(r, &root);
    source = open_at(r, "", "main");
    assert_int_equal(source_read(source, "a", &r->arena, &text, &r->errs), -1);
    assert_string_equal(r->errs.items[0].id, "broken-object");
    source_close(source);
    strbuf_release(&raw);
}

/* --- several threads --- */

enum { FOLDERS = 40, FILES = 10 };

static void *read_one(void *ctx, size_t item)
{
    struct source *source = ctx;
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct source_text text;
    struct fs_list list;
    size_t i = item * 7 % (FOLDERS * FILES);
    const char *folder = arena_format(&arena, "departments/d%zu", i / FILES);
    const char *path = arena_format(&arena, "%s/%zu", folder, i % FILES);
    bool good = !source_read(source, path, &arena, &text, &errs) && !strcmp(text.text, path) &&
                !source_list(source, folder, &arena, &list, &errs) && list.count == FILES &&
                !source_has(source, "departments/none") && !errs.count;

    arena_release(&arena);
    errs_release(&errs);
    return good ? source : NULL;
}

static void count_good(void *ctx, size_t item, void *result)
{
    (void)item;
    (void)ctx;
    assert_non_null(result);
}

static void several_threads_read_at_once(void **state)
{
    struct repo *r = *state;
    struct pool_task task = {.count = testing_rounds(5000),
                             .threads = 4,
                             .window = 16,
                             .work = read_one,
                             .take = count_good};

    for (int i = 0; i < FOLDERS * FILES; i++) {
        const char *path = arena_format(&r->arena, "departments/d%d/%d", i / FILES, i % FILES);

        repo_put(r, path, path);
    }
    repo_commit(r, "many");
    task.ctx = open_at(r, "", "main");
    pool_run(&task);
    source_close(task.ctx);
}

#define ON_REPO(test) cmocka_unit_test_setup_teardown(test, repo_set_up, repo_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_REPO(each_revision_has_its_own),
        ON_REPO(names_come_sorted_as_those_of_folders_do),
        ON_REPO(bytes_come_as_they_were_committed),
        ON_REPO(the_content_may_lie_deeper),
        ON_REPO(a_bare_repository_is_as_good),
        ON_REPO(what_is_not_there_is_an_error),
        ON_REPO(links_lead_nowhere),
        ON_REPO(a_submodule_is_in_another_repository),
        ON_REPO(the_content_must_be_there),
        ON_REPO(huge_files_are_refused),
        ON_REPO(a_missing_object_is_named),
        ON_REPO(a_missing_root_shows_at_once),
        ON_REPO(altered_bytes_are_found),
        ON_REPO(a_tree_that_is_none_is_an_error),
        ON_REPO(an_object_of_another_kind_is_an_error),
        ON_REPO(several_threads_read_at_once),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("source_revision", tests, NULL, NULL);
}
