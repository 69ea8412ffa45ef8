#include "base/base.h"

#include "publish/release.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <git2/sys/mempack.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "publish/commit_site.h"
#include "publish/content_changes.h"
#include "publish/publisher.h"
#include "publish/push.h"
#include "publish/ref_moves.h"
#include "publish/scratch.h"
#include "source/source.h"

#define HEADS "refs/heads/"
#define TAGS "refs/tags/"

enum { MOVES_MAX = 3, MEMORY_FIRST = 999 };

struct release {
    const struct release_options *options;
    struct release_summary *summary;
    struct errs *errs;
    struct arena *arena;
    struct repository *repository;
    git_repository *git;
    struct publisher *publisher;
    struct push *push;
    const char *source_ref;  /* the branch of what is published, or NULL */
    struct object_id source; /* its commit before; not set: there is none yet */
    struct content_changes changes;
    const char *site_ref;
    struct site_commit head; /* of the branch of the site; not set: there is none yet */
    char *scratch;           /* the site is built in a folder in it */
    const char *site_folder;
    struct ref_move moves[MOVES_MAX];
    size_t move_count;
};

static int fail(struct release *r, const char *what)
{
    errs_add(r->errs, ERR_SYSTEM, "git-failed", "cannot %s: %s", what, repository_reason());
    return -1;
}

static bool begins(const char *s, const char *prefix)
{
    return !strncmp(s, prefix, strlen(prefix));
}

/* --- what is published --- */

static int take_head(struct release *r)
{
    git_reference *head = NULL;
    git_oid oid;
    int code = git_reference_lookup(&head, r->git, "HEAD");

    if (code)
        return fail(r, "find out which branch this is");
    if (git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
        r->source_ref = arena_strdup(r->arena, git_reference_symbolic_target(head));
    git_reference_free(head);
    code = git_reference_name_to_id(&oid, r->git, "HEAD");
    if (code == GIT_ENOTFOUND)
        return 0; /* no commit yet */
    if (code)
        return fail(r, "find out which commit this is");
    memcpy(r->source.bytes, oid.id, sizeof(r->source.bytes));
    return 0;
}

static int take_revision(struct release *r)
{
    const char *name = arena_format(r->arena, HEADS "%s", r->options->revision);
    git_reference *branch = NULL;

    if (!git_reference_lookup(&branch, r->git, name))
        r->source_ref = name;
    git_reference_free(branch);
    return repository_find(r->repository, r->options->revision, &r->source, r->errs);
}

/* Whether the changes of the content folder can be committed. */
static int check_committable(struct release *r)
{
    if (git_repository_is_bare(r->git)) {
        err_hint(errs_add(r->errs, ERR_USAGE, "bare-repository",
                          "a bare repository has no folder whose changes -m could commit"),
                 "without -m, what was committed is published");
        return -1;
    }
    if (!r->source_ref) {
        err_hint(errs_add(r->errs, ERR_SYSTEM, "detached-head",
                          "HEAD is no branch that -m could commit to"),
                 "'git switch BRANCH' first; without -m, what was committed is published");
        return -1;
    }
    if (git_repository_state(r->git) != GIT_REPOSITORY_STATE_NONE) {
        err_hint(errs_add(r->errs, ERR_SYSTEM, "merge-under-way",
                          "a merge, rebase or the like is not finished"),
                 "finish it with git, which 'git status' explains");
        return -1;
    }
    return 0;
}

static int find_source(struct release *r)
{
    if (r->options->revision)
        return take_revision(r);
    if (take_head(r) || (r->options->message && check_committable(r)) ||
        content_changes_find(r->repository, &r->changes, r->errs))
        return -1;
    if (r->changes.count && !r->options->message) {
        content_changes_refuse(&r->changes, r->options->build.content, r->errs);
        return -1;
    }
    if (!object_id_is_set(&r->source) && !r->changes.count) {
        err_hint(errs_add(r->errs, ERR_SYSTEM, "no-commit", "the repository has no commit yet"),
                 "-m MESSAGE commits the content folder, when there is something in it");
        return -1;
    }
    return 0;
}

/* --- the branch of the site --- */

static int check_branch_name(struct release *r)
{
    const char *branch = r->options->branch;
    int good = 0;

    git_branch_name_is_valid(&good, branch);
    if (!good) {
        errs_add(r->errs, ERR_USAGE, "bad-branch", "'%s' cannot be the name of a branch", branch);
        return -1;
    }
    r->site_ref = arena_format(r->arena, HEADS "%s", branch);
    if (r->source_ref && !strcmp(r->source_ref, r->site_ref)) {
        err_hint(errs_add(r->errs, ERR_USAGE, "same-branch",
                          "the branch %s is that of the sources; the site needs its own", branch),
                 "choose another one with --branch");
        return -1;
    }
    return 0;
}

/* A clone does not have the branches of where it comes from as its own. */
static int check_elsewhere(struct release *r)
{
    const char *ending = arena_format(r->arena, "/%s", r->options->branch);
    git_strarray names;
    int result = 0;

    if (git_reference_list(&names, r->git))
        return fail(r, "list the branches");
    for (size_t i = 0; !result && i < names.count; i++) {
        const char *name = names.strings[i];
        size_t len = strlen(name);

        if (!begins(name, "refs/remotes/") || len < strlen(ending) ||
            strcmp(name + len - strlen(ending), ending) != 0)
            continue;
        name += strlen("refs/remotes/");
        err_hint(errs_add(r->errs, ERR_SYSTEM, "site-elsewhere",
                          "there is no branch %s here, but there is %s", r->options->branch, name),
                 "git branch %s %s makes it the one to go on with", r->options->branch, name);
        result = -1;
    }
    git_strarray_dispose(&names);
    return result;
}

/* It may only be moved when nobody looks at it, and when it is one of ours. */
static int check_site_head(struct release *r, const git_reference *branch)
{
    struct object_id id;
    const git_oid *oid = git_reference_target(branch);

    if (git_branch_is_checked_out(branch) == 1) {
        err_hint(errs_add(r->errs, ERR_SYSTEM, "checked-out",
                          "the branch %s is checked out, and would change under that folder",
                          r->options->branch),
                 "check out something else there ('git worktree list' tells where)");
        return -1;
    }
    if (!oid) {
        errs_add(r->errs, ERR_SYSTEM, "foreign-branch", "the branch %s leads to another one",
                 r->options->branch);
        return -1;
    }
    memcpy(id.bytes, oid->id, sizeof(id.bytes));
    if (site_commit_read(r->repository, &id, r->arena, &r->head, r->errs))
        return -1;
    if (object_id_is_set(&r->head.source))
        return 0;
    err_hint(errs_add(r->errs, ERR_SYSTEM, "foreign-branch",
                      "the last commit of the branch %s is no site: it names no source",
                      r->options->branch),
             "choose another branch with --branch; one that is not there is made");
    return -1;
}

static int find_site(struct release *r)
{
    git_reference *branch = NULL;
    int code, result;

    if (check_branch_name(r))
        return -1;
    code = git_reference_lookup(&branch, r->git, r->site_ref);
    if (code == GIT_ENOTFOUND)
        return check_elsewhere(r);
    if (code)
        return fail(r, "read the branch of the site");
    result = check_site_head(r, branch);
    git_reference_free(branch);
    return result;
}

/* --- tags --- */

/* Calls visit() with each tag of a release. */
static int each_tag(struct release *r, int (*visit)(struct release *r, const char *name, void *ctx),
                    void *ctx)
{
    git_strarray names;
    int result = 0;

    if (git_reference_list(&names, r->git))
        return fail(r, "list the tags");
    for (size_t i = 0; i < names.count; i++)
        if (begins(names.strings[i], TAGS RELEASE_PREFIX))
            result |= visit(r, names.strings[i], ctx);
    git_strarray_dispose(&names);
    return result;
}

struct tag_search {
    struct object_id commit;
    bool found;
};

static int look_for_commit(struct release *r, const char *name, void *ctx)
{
    struct tag_search *search = ctx;
    git_reference *tag = NULL;
    git_object *commit = NULL;

    if (!git_reference_lookup(&tag, r->git, name) &&
        !git_reference_peel(&commit, tag, GIT_OBJECT_COMMIT))
        search->found |=
            !memcmp(git_object_id(commit)->id, search->commit.bytes, sizeof(search->commit.bytes));
    git_object_free(commit);
    git_reference_free(tag);
    return 0;
}

static bool is_taken(struct release *r, const char *name)
{
    struct object_id there;
    git_oid oid;

    return !git_reference_name_to_id(&oid, r->git, name) ||
           (r->push && push_has(r->push, name, &there));
}

/* The first of the day that is free: published/2024-09-05, then published/2024-09-05.2. */
static const char *free_tag(struct release *r)
{
    struct strbuf name = STRBUF_INIT;
    const char *result;
    size_t len;

    strbuf_adds(&name, TAGS RELEASE_PREFIX);
    publisher_add_day(r->publisher, &name);
    len = name.len;
    for (unsigned i = 2; is_taken(r, name.buf); i++) {
        strbuf_set_len(&name, len);
        strbuf_addf(&name, ".%u", i);
    }
    result = arena_strdup(r->arena, name.buf);
    strbuf_release(&name);
    return result;
}

/* --- whether it can be pushed --- */

static int check_tag(struct release *r, const char *name, void *ctx)
{
    struct object_id id;
    git_oid oid;

    (void)ctx;
    if (git_reference_name_to_id(&oid, r->git, name))
        return 0;
    memcpy(id.bytes, oid.id, sizeof(id.bytes));
    return push_check_tag(r->push, name, &id, r->errs);
}

static int check_push(struct release *r)
{
    int result;

    if (!r->options->remote)
        return 0;
    r->push = push_open(r->repository, r->options->remote, r->errs);
    if (!r->push)
        return -1;
    result = push_check_branch(r->push, r->site_ref, &r->head.id, r->errs);
    if (r->source_ref)
        result |= push_check_branch(r->push, r->source_ref, &r->source, r->errs);
    return result | each_tag(r, check_tag, NULL);
}

/* --- the site --- */

/* A dry run keeps the objects that it makes in memory. */
static int keep_in_memory(struct release *r)
{
    git_odb_backend *memory;

    if (git_mempack_new(&memory) ||
        git_odb_add_backend(repository_objects(r->repository), memory, MEMORY_FIRST))
        return fail(r, "keep objects in memory");
    return 0;
}

static int commit_content(struct release *r)
{
    r->summary->source = r->source;
    if (!r->changes.count)
        return 0;
    if (content_changes_commit(&r->changes, r->repository, r->publisher, &r->source,
                               r->options->message, &r->summary->source, r->errs))
        return -1;
    r->summary->committed = r->changes.count;
    r->moves[r->move_count++] = (struct ref_move){r->source_ref, r->source, r->summary->source,
                                                  "juesuan publish: the content folder"};
    return 0;
}

static int make_scratch(struct release *r)
{
    r->scratch = scratch_make(r->errs);
    if (!r->scratch)
        return -1;
    r->site_folder = arena_format(r->arena, "%s/site", r->scratch);
    return 0;
}

static int build(struct release *r)
{
    struct build_options options = r->options->build;
    const char *revision = r->options->revision ? r->options->revision : "HEAD";
    int result;

    options.source = repository_source(r->repository, &r->summary->source, revision, r->errs);
    if (!options.source)
        return -1;
    if (!r->options->revision) /* then the folder is the same */
        source_show_as(options.source, options.content);
    options.repository = r->repository;
    options.commit = &r->summary->source;
    options.out = r->site_folder;
    options.checked = true;
    result = build_site(&options, &r->summary->built, r->errs);
    source_close(options.source);
    return result;
}

/* Commits what was built. */
static int commit_site(struct release *r, const char *tag)
{
    const char *name = tag + strlen(TAGS);
    struct strbuf message = STRBUF_INIT;
    struct object_id tree;
    int result = site_tree_store(r->repository, r->site_folder, &tree, r->errs);

    site_message(&message, arena_format(r->arena, "Site of %s", name), &r->summary->source,
                 r->options->build.base_url);
    if (!result)
        result = publisher_commit(r->publisher, &tree, &r->head.id, message.buf, &r->summary->site,
                                  r->errs);
    r->moves[r->move_count++] =
        (struct ref_move){r->site_ref, r->head.id, r->summary->site,
                          arena_format(r->arena, "juesuan publish: %s", name)};
    strbuf_release(&message);
    return result;
}

static int make_tag(struct release *r, const char *tag, const struct object_id *source)
{
    struct object_id id;
    char hex[OBJECT_HEX_SIZE];

    object_id_format(&r->summary->site, hex);
    if (publisher_tag(r->publisher, source, tag + strlen(TAGS),
                      arena_format(r->arena, "Site published\n\nSite: %s", hex), &id, r->errs))
        return -1;
    r->moves[r->move_count++] = (struct ref_move){.name = tag, .new = id, .why = "juesuan publish"};
    return 0;
}

/* Makes the commit and the tag that are wanted. */
static int prepare(struct release *r)
{
    struct tag_search search = {.commit = r->head.source};
    struct object_id manifest;
    const char *tag;

    if (site_manifest_id(r->site_folder, &manifest, r->errs))
        return -1;
    r->summary->is_unchanged =
        object_id_is_set(&r->head.id) && object_id_same(&manifest, &r->head.manifest);
    if (r->summary->is_unchanged) {
        r->summary->site = r->head.id;
        if (each_tag(r, look_for_commit, &search))
            return -1;
        if (search.found)
            return 0;
    }
    tag = free_tag(r);
    r->summary->tag = tag + strlen(TAGS);
    if (r->options->dry_run)
        return 0;
    if (r->summary->is_unchanged)
        return make_tag(r, tag, &r->head.source);
    return commit_site(r, tag) || make_tag(r, tag, &r->summary->source);
}

/* --- moving --- */

/* All objects are to be on the disk before anything leads to them. */
static int sync_objects(struct release *r)
{
    int fd = open(git_repository_commondir(r->git), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = fd < 0 ? -1 : syncfs(fd);

    if (result)
        errs_add_errno(r->errs, errno, "cannot write to the disk of the git repository");
    if (fd >= 0)
        close(fd);
    return result;
}

/* Says what did move, when something did not. */
static void tell_partly(struct release *r, size_t done)
{
    struct err *err = &r->errs->items[r->errs->count - 1];

    for (size_t i = 0; i < r->move_count; i++) {
        char *shown = ref_shown(r->moves[i].name);

        err_note(err, NULL, 0, 0, "%s was %s", shown, i < done ? "moved" : "not moved");
        free(shown);
    }
    if (!err->hint)
        err_hint(err, "when this is mended, publish again: it goes on from there");
}

static int move(struct release *r)
{
    struct ref_moves *moves;
    size_t done = 0;
    int result;

    r->summary->is_done = !r->options->dry_run && !r->move_count;
    if (r->options->dry_run || !r->move_count)
        return 0;
    if (sync_objects(r))
        return -1;
    moves = ref_moves_lock(r->repository, r->moves, r->move_count, r->errs);
    if (!moves)
        return -1;
    result = r->changes.count ? content_changes_stage(&r->changes, r->repository, r->errs) : 0;
    if (!result) {
        result = ref_moves_do(moves, publisher_signature(r->publisher), &done, r->errs);
        if (result)
            tell_partly(r, done);
    }
    ref_moves_free(moves);
    r->summary->is_done = !result || done > 0;
    return result;
}

/* --- pushing --- */

struct to_push {
    const char **names;
    size_t count, cap;
};

/* A dry run has moved nothing. */
static bool would_move(const struct release *r, const char *name)
{
    return r->options->dry_run && ((!strcmp(name, r->site_ref) && !r->summary->is_unchanged) ||
                                   (name == r->source_ref && r->summary->committed));
}

/* Adds a ref, unless the other side has it already. */
static void want_pushed(struct release *r, struct to_push *list, const char *name)
{
    struct object_id there;
    git_oid here;

    if (!would_move(r, name) && push_has(r->push, name, &there) &&
        !git_reference_name_to_id(&here, r->git, name) &&
        !memcmp(here.id, there.bytes, sizeof(here.id)))
        return;
    MEM_GROW(list->names, list->count, list->cap);
    list->names[list->count++] = arena_strdup(r->arena, name);
}

static int want_tag(struct release *r, const char *name, void *ctx)
{
    want_pushed(r, ctx, name);
    return 0;
}

static int push(struct release *r)
{
    struct to_push list = {0};
    int result = 0;

    if (!r->push)
        return 0;
    want_pushed(r, &list, r->site_ref);
    result = each_tag(r, want_tag, &list);
    if (r->options->dry_run && r->summary->tag)
        want_pushed(r, &list, arena_format(r->arena, TAGS "%s", r->summary->tag));
    if (r->source_ref)
        want_pushed(r, &list, r->source_ref);
    if (!result && list.count && !r->options->dry_run)
        result = push_send(r->push, list.names, list.count, r->errs);
    if (result)
        err_note(&r->errs->items[r->errs->count - 1], NULL, 0, 0,
                 "it is published here; publishing again with --push sends what is missing there");
    r->summary->pushed = arena_zalloc(r->arena, list.count + 1, sizeof(const char *));
    for (size_t i = 0; i < list.count; i++)
        r->summary->pushed[i] = list.names[i];
    free(list.names);
    return result;
}

/* --- all of it --- */

static int run(struct release *r)
{
    const struct release_options *options = r->options;

    r->repository = repository_open(options->build.content, r->errs);
    if (!r->repository)
        return -1;
    r->git = repository_git(r->repository);
    r->publisher = publisher_open(r->repository, options->time, options->sign, r->errs);
    if (!r->publisher || find_source(r) || find_site(r) || check_push(r) ||
        (options->dry_run && keep_in_memory(r)) || commit_content(r) || make_scratch(r) ||
        build(r) || prepare(r))
        return -1;
    return move(r) || push(r) ? -1 : 0;
}

static void release(struct release *r)
{
    if (r->source_ref && begins(r->source_ref, HEADS))
        r->summary->source_branch = r->source_ref + strlen(HEADS);
    scratch_remove(r->scratch);
    content_changes_release(&r->changes);
    publisher_free(r->publisher);
    push_close(r->push);
    repository_close(r->repository);
}

int release_publish(const struct release_options *options, struct release_summary *summary,
                    struct errs *errs)
{
    struct release r = {
        .options = options, .summary = summary, .errs = errs, .arena = &summary->arena};
    int result = run(&r);

    release(&r);
    return result;
}

void release_summary_release(struct release_summary *summary)
{
    arena_release(&summary->arena);
}
