#include "base/base.h"

#include "source/repository.h"

#include <errno.h>
#include <git2.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "source/loose.h"
#include "source/tree.h"
#include "text/known.h"

/* Those on the way to a file, of two commits. */
enum { TREES_KEPT = 16 };

struct repository {
    git_repository *git;
    git_odb *objects;
    char *content;
    git_odb_object *trees[TREES_KEPT]; /* that were read last */
    size_t next_tree;
};

_Static_assert(sizeof(struct object_id) == sizeof(git_oid), "an id is what libgit2 has");

void object_id_format(const struct object_id *id, char hex[OBJECT_HEX_SIZE])
{
    git_oid oid;

    git_oid_fromraw(&oid, id->bytes);
    git_oid_tostr(hex, OBJECT_HEX_SIZE, &oid);
}

bool object_id_same(const struct object_id *a, const struct object_id *b)
{
    return !memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

bool object_id_is_set(const struct object_id *id)
{
    static const struct object_id none = {{0}};

    return !object_id_same(id, &none);
}

static void set_id(struct object_id *out, const git_oid *oid)
{
    memcpy(out->bytes, oid->id, sizeof(out->bytes));
}

const char *repository_reason(void)
{
    const git_error *error = git_error_last();

    return error && error->message ? error->message : "unknown error";
}

/* --- opening --- */

/* Extensions that say nothing about how what we read is stored. */
static const char *const extensions[] = {"worktreeconfig", "partialclone", "preciousobjects"};

static void start_library(void)
{
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, ARRAY_SIZE(extensions));
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0); /* object_read() does that */
}

/*
 * A folder as named, whose last parts need not exist. Sets the real path of the part that does and
 * of the whole; both are to be freed. -1 with errno set.
 */
static int real_paths(const char *path, char **existing, char **whole)
{
    size_t exists = fs_existing(path);
    char *first = exists ? mem_strndup(path, exists) : mem_strdup(*path == '/' ? "/" : ".");
    struct strbuf all = STRBUF_INIT;
    const char *rest = path + exists;
    size_t len;

    *existing = realpath(first, NULL);
    free(first);
    if (!*existing)
        return -1;
    strbuf_adds(&all, strcmp(*existing, "/") != 0 ? *existing : "");
    for (; *rest; rest += len) {
        rest += strspn(rest, "/");
        len = strcspn(rest, "/");
        if (len && strncmp(rest, ".", len) != 0)
            strbuf_addf(&all, "/%.*s", (int)len, rest);
    }
    *whole = strbuf_detach(&all, NULL);
    return 0;
}

/* The path below a root, which ends in a slash; NULL: it is not below it. To be freed. */
static char *path_below(const char *root, const char *path)
{
    size_t len = strlen(root);

    if (len && root[len - 1] == '/')
        len--;
    if (strncmp(path, root, len) != 0 || (path[len] && path[len] != '/'))
        return NULL;
    return mem_strdup(path[len] ? path + len + 1 : "");
}

static void add_not_opened(const char *content, int code, struct errs *errs)
{
    if (code == GIT_ENOTFOUND)
        err_hint(errs_add(errs, ERR_SYSTEM, "no-repository",
                          "the content folder %s is in no git repository", content),
                 "only what was committed can be read as of a revision; 'git init' makes a folder "
                 "a repository");
    else if (code == GIT_EOWNER)
        err_hint(errs_add(errs, ERR_SYSTEM, "foreign-repository",
                          "the git repository of the content folder %s belongs to somebody else",
                          content),
                 "if they are to be trusted, tell git: git config --global --add safe.directory "
                 "DIR");
    else
        errs_add(errs, ERR_SYSTEM, "broken-repository",
                 "cannot open the git repository of the content folder %s: %s", content,
                 repository_reason());
}

/* libgit2 1.5 does not find what belongs to somebody else when the user has no settings. */
static bool is_foreign(const char *existing)
{
    git_repository *found = NULL;

    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    git_repository_open_ext(&found, existing, 0, NULL);
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
    git_repository_free(found);
    return found != NULL;
}

/* Linked working trees have the objects of the repository that they belong to. */
static void use_loose(struct repository *r)
{
    struct strbuf folder = STRBUF_INIT;

    strbuf_addf(&folder, "%sobjects", git_repository_commondir(r->git));
    loose_use(r->objects, folder.buf);
    strbuf_release(&folder);
}

/* libgit2 looks upwards from a folder that exists. */
static int open_at(struct repository *r, const char *content, const char *existing,
                   const char *whole, struct errs *errs)
{
    int code = git_repository_open_ext(&r->git, existing, 0, NULL);
    const char *root;

    if (code == GIT_ENOTFOUND && is_foreign(existing))
        code = GIT_EOWNER;
    if (!code)
        code = git_repository_odb(&r->objects, r->git);
    if (code) {
        add_not_opened(content, code, errs);
        return -1;
    }
    use_loose(r);
    root = git_repository_workdir(r->git);
    r->content = path_below(root ? root : git_repository_path(r->git), whole);
    if (!r->content) {
        add_not_opened(content, GIT_ENOTFOUND, errs);
        return -1;
    }
    return 0;
}

struct repository *repository_open(const char *content, struct errs *errs)
{
    struct repository *r = mem_zalloc(1, sizeof(*r));
    char *existing = NULL, *whole = NULL;
    int result;

    start_library();
    result = real_paths(content, &existing, &whole);
    if (result)
        errs_add_errno(errs, errno, "cannot open the content folder %s", content);
    else
        result = open_at(r, content, existing, whole, errs);
    free(existing);
    free(whole);
    if (!result)
        return r;
    repository_close(r);
    return NULL;
}

void repository_close(struct repository *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < TREES_KEPT; i++)
        git_odb_object_free(r->trees[i]);
    git_odb_free(r->objects);
    git_repository_free(r->git);
    free(r->content);
    free(r);
    git_libgit2_shutdown();
}

const char *repository_content(const struct repository *r)
{
    return r->content;
}

struct git_repository *repository_git(const struct repository *r)
{
    return r->git;
}

struct git_odb *repository_objects(const struct repository *r)
{
    return r->objects;
}

/* --- objects that cannot be read --- */

static const char shallow[] =
    "the repository is a shallow clone: 'git fetch --unshallow' gets what is older";
static const char fsck[] = "'git fsck' tells what else is; another clone may have it";

void repository_add_broken(const struct repository *r, const struct object_id *id,
                           const char *shown, int code, struct errs *errs)
{
    char hex[OBJECT_HEX_SIZE];
    struct err *err;

    object_id_format(id, hex);
    if (code == GIT_ENOTFOUND)
        err = errs_add(errs, ERR_SYSTEM, "missing-object",
                       "the object %s is missing in the git repository", hex);
    else
        err = errs_add(errs, ERR_SYSTEM, "broken-object", "cannot read the git object %s: %s", hex,
                       repository_reason());
    err_at(err, shown, 0, 0);
    err_hint(err, "%s",
             code == GIT_ENOTFOUND && git_repository_is_shallow(r->git) ? shallow : fsck);
}

/* --- which commit --- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of branches and tags, which must live as long as what is known. */
static void offer_names(struct repository *r, struct known *known, git_strarray *names)
{
    static const char *const prefixes[] = {"refs/heads/", "refs/remotes/", "refs/tags/"};

    if (git_reference_list(names, r->git))
        *names = (git_strarray){NULL, 0};
    if (names->count)
        qsort(names->strings, names->count, sizeof(*names->strings), compare_names);
    for (size_t i = 0; i < names->count; i++)
        for (size_t j = 0; j < ARRAY_SIZE(prefixes); j++)
            if (!strncmp(names->strings[i], prefixes[j], strlen(prefixes[j])))
                known_offer(known, names->strings[i] + strlen(prefixes[j]));
}

static void add_unknown(struct repository *r, const char *revision, struct errs *errs)
{
    struct err *err =
        errs_add(errs, ERR_USAGE, "unknown-revision", "there is no revision '%s'", revision);
    struct known known = known_start(revision, strlen(revision));
    git_strarray names;

    offer_names(r, &known, &names);
    known.open = git_repository_is_shallow(r->git); /* then it is age that it lacks */
    if (!names.count && git_repository_head_unborn(r->git) == 1)
        err_hint(err, "the repository has no commit yet");
    else if (known.open)
        err_hint(err, "%s", shallow);
    else
        err_hint(err, "name a commit, a branch or a tag");
    known_hint(&known, err);
    git_strarray_dispose(&names);
}

/* What libgit2 says of an object that is missing has its id in it. An id that was asked for is
 * unknown, not missing. */
static bool is_missing(const char *revision)
{
    const git_error *error = git_error_last();

    return error && error->klass == GIT_ERROR_ODB && !strcasestr(error->message, revision);
}

static void add_unusable(struct repository *r, const char *revision, int code, struct errs *errs)
{
    if (code == GIT_EAMBIGUOUS) {
        err_hint(errs_add(errs, ERR_USAGE, "ambiguous-revision", "several objects begin with '%s'",
                          revision),
                 "write more of the id");
    } else if (code != GIT_EINVALIDSPEC && (code != GIT_ENOTFOUND || is_missing(revision))) {
        struct err *err =
            errs_add(errs, ERR_SYSTEM, code == GIT_ENOTFOUND ? "missing-object" : "broken-object",
                     "cannot read the revision '%s': %s", revision, repository_reason());

        err_hint(err, "%s", git_repository_is_shallow(r->git) ? shallow : fsck);
    } else {
        add_unknown(r, revision, errs);
    }
}

/* The commit that a name leads to; false: none. */
static bool find_in(struct repository *r, const char *prefix, const char *name, git_oid *out)
{
    struct strbuf full = STRBUF_INIT;
    git_reference *reference = NULL;
    git_object *commit = NULL;
    bool found;

    strbuf_addf(&full, "%s%s", prefix, name);
    found = !git_reference_lookup(&reference, r->git, full.buf) &&
            !git_reference_peel(&commit, reference, GIT_OBJECT_COMMIT);
    if (found)
        git_oid_cpy(out, git_object_id(commit));
    git_object_free(commit);
    git_reference_free(reference);
    strbuf_release(&full);
    return found;
}

/* A branch and a tag of one name are only told apart when it does not matter which is meant. */
static int check_twofold(struct repository *r, const char *revision, struct errs *errs)
{
    git_oid tag, branch;

    if (!find_in(r, "refs/tags/", revision, &tag) ||
        !find_in(r, "refs/heads/", revision, &branch) || git_oid_equal(&tag, &branch))
        return 0;
    err_hint(errs_add(errs, ERR_USAGE, "ambiguous-revision",
                      "'%s' is a tag and a branch, and they are not the same commit", revision),
             "write refs/tags/%s or refs/heads/%s", revision, revision);
    return -1;
}

/* The object that a branch or tag leads to, or anything else that git understands. */
static int find_object(struct repository *r, const char *revision, git_object **out)
{
    git_reference *reference = NULL, *direct = NULL;
    int code;

    if (git_reference_dwim(&reference, r->git, revision))
        return git_revparse_single(out, r->git, revision);
    /* libgit2 1.5 would lose the reference when what it leads to is missing */
    code = git_reference_resolve(&direct, reference);
    if (!code)
        code = git_object_lookup(out, r->git, git_reference_target(direct), GIT_OBJECT_ANY);
    git_reference_free(direct);
    git_reference_free(reference);
    return code;
}

int repository_find(struct repository *r, const char *revision, struct object_id *commit,
                    struct errs *errs)
{
    git_object *named = NULL, *peeled = NULL;
    int code, result = -1;

    if (check_twofold(r, revision, errs))
        return -1;
    code = find_object(r, revision, &named);
    if (code) {
        add_unusable(r, revision, code, errs);
        return -1;
    }
    code = git_object_peel(&peeled, named, GIT_OBJECT_COMMIT);
    if (!code) {
        set_id(commit, git_object_id(peeled));
        result = 0;
    } else if (code == GIT_EINVALIDSPEC || code == GIT_EPEEL) {
        err_hint(errs_add(errs, ERR_USAGE, "unknown-revision", "'%s' is a %s, not a commit",
                          revision, git_object_type2string(git_object_type(named))),
                 "name a commit, a branch or a tag");
    } else {
        struct object_id id;

        set_id(&id, git_object_id(named));
        repository_add_broken(r, &id, revision, code, errs);
    }
    git_object_free(peeled);
    git_object_free(named);
    return result;
}

/* --- what is in a commit --- */

int repository_tree(struct repository *r, const struct object_id *commit, const char *name,
                    struct object_id *tree, struct errs *errs)
{
    git_commit *found = NULL;
    git_oid oid;
    int code;

    git_oid_fromraw(&oid, commit->bytes);
    code = git_commit_lookup(&found, r->git, &oid);
    if (code)
        repository_add_broken(r, commit, name, code, errs);
    else
        set_id(tree, git_commit_tree_id(found));
    git_commit_free(found);
    return code ? -1 : 0;
}

git_odb_object *repository_read_tree(struct repository *r, const struct object_id *id,
                                     struct broken *broken)
{
    git_odb_object **place = &r->trees[r->next_tree], *tree;

    for (size_t i = 0; i < TREES_KEPT; i++)
        if (r->trees[i] &&
            !memcmp(git_odb_object_id(r->trees[i])->id, id->bytes, sizeof(id->bytes))) {
            git_odb_object_dup(&tree, r->trees[i]);
            return tree;
        }
    tree = object_read(r->objects, id, GIT_OBJECT_TREE, broken);
    if (!tree)
        return NULL;
    git_odb_object_free(*place);
    git_odb_object_dup(place, tree);
    r->next_tree = (r->next_tree + 1) % TREES_KEPT;
    return tree;
}
