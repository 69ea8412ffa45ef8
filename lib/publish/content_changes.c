#include "base/base.h"

#include "publish/content_changes.h"

#include <git2.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "publish/publisher.h"
#include "source/repository.h"

enum { SHOWN_MAX = 5 };

static int fail(const char *what, struct errs *errs)
{
    errs_add(errs, ERR_SYSTEM, "git-failed", "cannot %s: %s", what, repository_reason());
    return -1;
}

/* --- finding --- */

static int add_change(struct content_changes *out, const char *path, unsigned mode, bool is_gone,
                      struct errs *errs)
{
    size_t len = strlen(path);

    if (mode == GIT_FILEMODE_COMMIT || mode == GIT_FILEMODE_TREE || (len && path[len - 1] == '/')) {
        struct err *err = errs_add(errs, ERR_SYSTEM, "submodule",
                                   "this is a git repository of its own, in the content folder");

        err_at(err, path, 0, 0);
        err_hint(err, "commit what it is to be with git, or move it elsewhere");
        return -1;
    }
    MEM_GROW(out->list, out->count, out->cap);
    out->list[out->count++] = (struct content_change){
        .path = arena_strdup(&out->arena, path), .is_gone = is_gone, .mode = mode};
    return 0;
}

/* Whether what libgit2 takes for ignored is a repository in the folder, which git does not ignore.
 */
static bool is_inner(git_repository *git, const char *path)
{
    struct strbuf inner = STRBUF_INIT;
    int ignored = 0;
    bool result;

    strbuf_addf(&inner, "%s%s.git", git_repository_workdir(git), path);
    result =
        !access(inner.buf, F_OK) && !git_ignore_path_is_ignored(&ignored, git, path) && !ignored;
    strbuf_release(&inner);
    return result;
}

static int take_entry(struct content_changes *out, git_repository *git,
                      const git_status_entry *entry, struct errs *errs)
{
    const git_diff_delta *work = entry->index_to_workdir, *index = entry->head_to_index;
    const char *path = work ? work->new_file.path : index->new_file.path;
    bool is_gone = work ? work->status == GIT_DELTA_DELETED : index->status == GIT_DELTA_DELETED;
    unsigned mode = work ? work->new_file.mode : index->new_file.mode;

    if (entry->status == GIT_STATUS_IGNORED && !is_inner(git, path))
        return 0;
    if (entry->status & GIT_STATUS_CONFLICTED) {
        struct err *err = errs_add(errs, ERR_SYSTEM, "conflict", "a merge left this undecided");

        err_at(err, path, 0, 0);
        err_hint(err, "decide it, 'git add' it and commit the merge");
        return -1;
    }
    /* what differs in the index alone is in the folder as it was committed: nothing to commit, but
     * git calls it a change, and so the index is to be set right */
    return add_change(out, path, is_gone ? 0 : mode, is_gone, errs);
}

int content_changes_find(struct repository *repository, struct content_changes *out,
                         struct errs *errs)
{
    git_repository *git = repository_git(repository);
    char *content = (char *)repository_content(repository);
    git_status_options options;
    git_status_list *list = NULL;
    int result = 0;

    memset(out, 0, sizeof(*out));
    if (git_repository_is_bare(git))
        return 0;
    git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
                    GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH | GIT_STATUS_OPT_INCLUDE_IGNORED;
    if (*content)
        options.pathspec = (git_strarray){&content, 1};
    if (git_status_list_new(&list, git, &options))
        return fail("find out what of the content folder was changed", errs);
    for (size_t i = 0; i < git_status_list_entrycount(list); i++)
        result |= take_entry(out, git, git_status_byindex(list, i), errs);
    git_status_list_free(list);
    return result;
}

void content_changes_release(struct content_changes *changes)
{
    free(changes->list);
    arena_release(&changes->arena);
    memset(changes, 0, sizeof(*changes));
}

void content_changes_refuse(const struct content_changes *changes, const char *content,
                            struct errs *errs)
{
    struct err *err = errs_add(errs, ERR_CONTENT, "not-committed",
                               "the content folder %s has changes that are not committed", content);

    err_hint(err, "-m MESSAGE commits them; what is published is what was committed");
    for (size_t i = 0; i < changes->count && i < SHOWN_MAX; i++)
        err_note(err, changes->list[i].path, 0, 0, "%s",
                 changes->list[i].is_gone ? "gone:" : "changed:");
    if (changes->count > SHOWN_MAX)
        err_note(err, NULL, 0, 0, "and %zu more", changes->count - SHOWN_MAX);
}

/* --- committing --- */

static int store_files(struct content_changes *changes, git_repository *git)
{
    git_oid oid;

    for (size_t i = 0; i < changes->count; i++) {
        if (changes->list[i].is_gone)
            continue;
        if (git_blob_create_from_workdir(&oid, git, changes->list[i].path))
            return -1;
        memcpy(changes->list[i].blob.bytes, oid.id, sizeof(oid.id));
    }
    return 0;
}

static int put_file(git_index *index, const struct content_change *change)
{
    git_index_entry entry = {.path = change->path, .mode = change->mode};

    git_oid_fromraw(&entry.id, change->blob.bytes);
    return git_index_add(index, &entry);
}

static int take_out(git_index *index, const char *path)
{
    int code = git_index_remove(index, path, 0);

    return code == GIT_ENOTFOUND ? 0 : code;
}

/* What is gone first: a folder may have become a file. */
static int apply(const struct content_changes *changes, git_index *index)
{
    int code = 0;

    for (size_t i = 0; !code && i < changes->count; i++)
        if (changes->list[i].is_gone)
            code = take_out(index, changes->list[i].path);
    for (size_t i = 0; !code && i < changes->count; i++)
        if (!changes->list[i].is_gone)
            code = put_file(index, &changes->list[i]);
    return code;
}

/* The tree of the parent with the changes put into it. */
static int make_tree(const struct content_changes *changes, git_repository *git,
                     const struct object_id *parent, git_oid *tree_id)
{
    git_index *index = NULL;
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    git_oid oid;
    int code = git_index_new(&index);

    if (!code && object_id_is_set(parent)) {
        git_oid_fromraw(&oid, parent->bytes);
        code = git_commit_lookup(&commit, git, &oid);
        if (!code)
            code = git_commit_tree(&tree, commit);
        if (!code)
            code = git_index_read_tree(index, tree);
    }
    if (!code)
        code = apply(changes, index);
    if (!code)
        code = git_index_write_tree_to(tree_id, index, git);
    git_tree_free(tree);
    git_commit_free(commit);
    git_index_free(index);
    return code;
}

/* Git ends messages with a newline. */
static char *whole_message(const char *message)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_adds(&text, message);
    while (text.len && text.buf[text.len - 1] == '\n')
        strbuf_set_len(&text, text.len - 1);
    strbuf_addch(&text, '\n');
    return strbuf_detach(&text, NULL);
}

int content_changes_commit(struct content_changes *changes, struct repository *repository,
                           const struct publisher *publisher, const struct object_id *parent,
                           const char *message, struct object_id *commit, struct errs *errs)
{
    struct object_id tree;
    git_oid oid;
    char *text;
    int result;

    if (store_files(changes, repository_git(repository)) ||
        make_tree(changes, repository_git(repository), parent, &oid))
        return fail("commit the content folder", errs);
    memcpy(tree.bytes, oid.id, sizeof(tree.bytes));
    text = whole_message(message);
    result = publisher_commit(publisher, &tree, parent, text, commit, errs);
    free(text);
    return result;
}

/* --- the index --- */

static int add_index_error(git_repository *git, int code, struct errs *errs)
{
    if (code != GIT_ELOCKED)
        return fail("write the index of the git repository", errs);
    err_hint(errs_add(errs, ERR_SYSTEM, "locked",
                      "cannot change the index of the git repository: %sindex.lock is there",
                      git_repository_path(git)),
             "another git command is at work, or one was killed: then remove that file");
    return -1;
}

int content_changes_stage(const struct content_changes *changes, struct repository *repository,
                          struct errs *errs)
{
    git_repository *git = repository_git(repository);
    git_index *index = NULL;
    int code = git_repository_index(&index, git);

    if (!code)
        code = git_index_read(index, 0);
    if (!code)
        code = apply(changes, index);
    if (!code)
        code = git_index_write(index);
    git_index_free(index);
    return code ? add_index_error(git, code, errs) : 0;
}
