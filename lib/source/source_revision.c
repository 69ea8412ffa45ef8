#include "base/base.h"

#include <errno.h>
#include <git2.h>
#include <pthread.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "source/repository.h"
#include "source/source_kinds.h"

/*
 * Trees that were looked at lately, by path. Without this each file would be looked for from the
 * root, through the list of all departments. A tree whose place is taken by another is only read
 * again when it is needed.
 */
enum { CACHE_SIZE = 256 };

struct cached {
    char *path;
    git_odb_object *tree;
};

struct revision_source {
    struct source base;
    struct repository *repository;
    struct repository *own; /* the same when it is closed with the source */
    struct object_id root;  /* the tree of the commit */
    const char *content;    /* the path of the content folder in it */
    pthread_mutex_t lock;   /* of the cache */
    struct cached *cache;
};

/* What a tree has of a name. */
struct entry {
    const char *name; /* in the tree's bytes */
    enum fs_kind kind;
    bool is_submodule; /* then it is a folder */
    struct object_id id;
};

enum found { FOUND, NOT_FOUND, BROKEN };

struct search {
    struct revision_source *source;
    struct object_id id; /* of what is broken, and what libgit2 returned for it */
    int code;
};

/* --- trees as git stores them: mode, name and id of each entry --- */

static enum fs_kind kind_of(unsigned mode)
{
    switch (mode & 0170000) {
    case 0040000:
    case 0160000:
        return FS_FOLDER;
    case 0120000:
        return FS_LINK;
    default:
        return FS_FILE;
    }
}

/* Takes the next entry off a tree: 1, or 0 behind the last, or -1 when the tree is broken. */
static int next_entry(const char **at, const char *end, struct entry *out)
{
    unsigned mode = 0;
    const char *p = *at;
    size_t left;

    if (p == end)
        return 0;
    for (; p < end && *p >= '0' && *p <= '7' && mode < 01000000; p++)
        mode = mode * 8 + (unsigned)(*p - '0');
    if (p == end || *p != ' ')
        return -1;
    out->name = ++p;
    left = (size_t)(end - p);
    p = memchr(p, '\0', left);
    if (!p || (size_t)(end - p) < 1 + sizeof(out->id.bytes))
        return -1;
    out->kind = kind_of(mode);
    out->is_submodule = (mode & 0170000) == 0160000;
    memcpy(out->id.bytes, p + 1, sizeof(out->id.bytes));
    *at = p + 1 + sizeof(out->id.bytes);
    return 1;
}

/* libgit2 gives these an error of its own only when it reads the tree itself. */
static enum found broken_tree(struct search *s, const struct object_id *id)
{
    s->id = *id;
    s->code = GIT_ERROR;
    git_error_set_str(GIT_ERROR_TREE, "the tree is not well-formed");
    return BROKEN;
}

static enum found entry_of(struct search *s, git_odb_object *tree, const char *name, size_t len,
                           struct entry *out)
{
    const char *at = git_odb_object_data(tree), *end = at + git_odb_object_size(tree);
    struct object_id id;
    int more;

    while ((more = next_entry(&at, end, out)) > 0)
        if (!strncmp(out->name, name, len) && !out->name[len])
            return FOUND;
    memcpy(id.bytes, git_odb_object_id(tree)->id, sizeof(id.bytes));
    return more ? broken_tree(s, &id) : NOT_FOUND;
}

/* --- objects --- */

static git_odb_object *read_object(struct search *s, const struct object_id *id, git_object_t type)
{
    git_odb_object *object = NULL;
    git_oid oid;

    git_oid_fromraw(&oid, id->bytes);
    s->code = git_odb_read(&object, repository_objects(s->source->repository), &oid);
    s->id = *id;
    if (!s->code && git_odb_object_type(object) != type) {
        git_odb_object_free(object);
        git_error_set_str(GIT_ERROR_OBJECT, "it is of another type than its tree says");
        s->code = GIT_ERROR;
        return NULL;
    }
    return object;
}

/* Not to read what is not wanted. 0 also when that is not known: reading it will tell why. */
static size_t size_of(const struct search *s, const struct object_id *id)
{
    size_t size = 0;
    git_object_t type;
    git_oid oid;

    git_oid_fromraw(&oid, id->bytes);
    return git_odb_read_header(&size, &type, repository_objects(s->source->repository), &oid)
               ? 0
               : size;
}

/* --- the way to a path --- */

static struct cached *place_of(const struct revision_source *source, const char *path)
{
    uint32_t hash = 2166136261U; /* FNV-1a */

    for (; *path; path++)
        hash = (hash ^ (unsigned char)*path) * 16777619U;
    return &source->cache[(hash ^ hash >> 16) % CACHE_SIZE];
}

static git_odb_object *cached_tree(struct revision_source *source, const char *path)
{
    struct cached *cached = place_of(source, path);
    git_odb_object *tree = NULL;

    pthread_mutex_lock(&source->lock);
    if (cached->path && !strcmp(cached->path, path))
        git_odb_object_dup(&tree, cached->tree);
    pthread_mutex_unlock(&source->lock);
    return tree;
}

static void cache_tree(struct revision_source *source, const char *path, git_odb_object *tree)
{
    struct cached *cached = place_of(source, path), old;

    pthread_mutex_lock(&source->lock);
    old = *cached;
    cached->path = mem_strdup(path);
    git_odb_object_dup(&cached->tree, tree);
    pthread_mutex_unlock(&source->lock);
    free(old.path);
    git_odb_object_free(old.tree);
}

static enum found find(struct search *s, const char *path, struct entry *out);

/* The tree of a folder, to be freed; `path` from the root of the repository. */
static enum found open_tree(struct search *s, const char *path, git_odb_object **out)
{
    struct entry entry;
    enum found found;

    *out = cached_tree(s->source, path);
    if (*out)
        return FOUND;
    found = find(s, path, &entry);
    if (found != FOUND)
        return found;
    if (entry.kind != FS_FOLDER || entry.is_submodule)
        return NOT_FOUND;
    *out = read_object(s, &entry.id, GIT_OBJECT_TREE);
    if (!*out)
        return BROKEN;
    cache_tree(s->source, path, *out);
    return FOUND;
}

/* What is at a path from the root of the repository. */
static enum found find(struct search *s, const char *path, struct entry *out)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *parent;
    git_odb_object *tree;
    enum found found;

    *out = (struct entry){.kind = FS_FOLDER, .id = s->source->root};
    if (!*path)
        return FOUND;
    parent = mem_strndup(path, slash ? (size_t)(slash - path) : 0);
    found = open_tree(s, parent, &tree);
    free(parent);
    if (found != FOUND)
        return found;
    found = entry_of(s, tree, name, strlen(name), out);
    out->name = NULL;
    git_odb_object_free(tree);
    return found;
}

/* --- what source.h wants of it --- */

/* A path in the content folder, from the root of the repository; to be freed. */
static char *full_path(const struct revision_source *source, const char *path)
{
    struct strbuf full = STRBUF_INIT;

    strbuf_addf(&full, "%s%s%s", source->content, *source->content && *path ? "/" : "", path);
    return strbuf_detach(&full, NULL);
}

static struct search search_in(const struct source *source)
{
    return (struct search){.source = (struct revision_source *)source};
}

static void add_broken(const struct search *s, const char *shown, struct errs *errs)
{
    repository_add_broken(s->source->repository, &s->id, shown, s->code, errs);
}

static void add_submodule(const char *shown, struct errs *errs)
{
    struct err *err = errs_add(errs, ERR_SYSTEM, "submodule",
                               "this is a submodule: what is in it is in another git repository");

    err_at(err, shown, 0, 0);
    err_hint(err, "build what is checked out, without --rev; or name the folder within the "
                  "submodule, and a revision of that");
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct fs_entry *)a)->name, ((const struct fs_entry *)b)->name);
}

/* Git sorts folders as if there were a slash behind their names. */
static int list_tree(struct search *s, git_odb_object *tree, struct arena *arena,
                     struct fs_list *out)
{
    const char *at = git_odb_object_data(tree), *end = at + git_odb_object_size(tree);
    struct fs_list list = {NULL, 0};
    size_t cap = 0;
    struct entry entry;
    int more;

    while ((more = next_entry(&at, end, &entry)) > 0) {
        MEM_GROW(list.entries, list.count, cap);
        list.entries[list.count++] = (struct fs_entry){arena_strdup(arena, entry.name), entry.kind};
    }
    if (list.count)
        qsort(list.entries, list.count, sizeof(*list.entries), compare_names);
    out->count = list.count;
    out->entries = arena_alloc(arena, list.count * sizeof(*list.entries));
    if (list.count)
        memcpy(out->entries, list.entries, list.count * sizeof(*list.entries));
    free(list.entries);
    if (more) {
        struct object_id id;

        memcpy(id.bytes, git_odb_object_id(tree)->id, sizeof(id.bytes));
        broken_tree(s, &id);
    }
    return more;
}

/* Says why a folder cannot be listed. */
static void add_no_folder(struct search *s, const char *full, const char *shown, struct errs *errs)
{
    struct entry entry;
    enum found found = find(s, full, &entry);

    if (found == BROKEN)
        add_broken(s, shown, errs);
    else if (found == FOUND && entry.is_submodule)
        add_submodule(shown, errs);
    else if (found == FOUND && entry.kind == FS_LINK)
        fs_add_link(shown, errs);
    else
        errs_add_errno(errs, found == FOUND ? ENOTDIR : ENOENT, "cannot open the folder %s", shown);
}

static int list(const struct source *source, const char *path, const char *shown,
                struct arena *arena, struct fs_list *out, struct errs *errs)
{
    struct search s = search_in(source);
    char *full = full_path(s.source, path);
    git_odb_object *tree = NULL;
    enum found found = open_tree(&s, full, &tree);
    int result = -1;

    if (found == NOT_FOUND)
        add_no_folder(&s, full, shown, errs);
    else if (found == FOUND)
        result = list_tree(&s, tree, arena, out);
    if (found == BROKEN || (found == FOUND && result))
        add_broken(&s, shown, errs);
    git_odb_object_free(tree);
    free(full);
    return result;
}

static bool has(const struct source *source, const char *path)
{
    struct search s = search_in(source);
    char *full = full_path(s.source, path);
    struct entry entry;
    bool found = find(&s, full, &entry) != NOT_FOUND; /* what is broken shows when it is read */

    free(full);
    return found;
}

static int read_blob(struct search *s, const struct object_id *id, const char *shown,
                     struct arena *arena, struct source_text *out, struct errs *errs)
{
    git_odb_object *blob;

    if (size_of(s, id) > SOURCE_FILE_MAX) {
        fs_add_too_large(shown, SOURCE_FILE_MAX, errs);
        return -1;
    }
    blob = read_object(s, id, GIT_OBJECT_BLOB);
    if (!blob) {
        add_broken(s, shown, errs);
        return -1;
    }
    out->len = git_odb_object_size(blob);
    out->text = arena_strndup(arena, git_odb_object_data(blob), out->len);
    git_odb_object_free(blob);
    return 0;
}

static int read_file(const struct source *source, const char *path, const char *shown,
                     struct arena *arena, struct source_text *out, struct errs *errs)
{
    struct search s = search_in(source);
    char *full = full_path(s.source, path);
    struct entry entry;
    enum found found = find(&s, full, &entry);

    free(full);
    if (found == BROKEN)
        add_broken(&s, shown, errs);
    else if (found == NOT_FOUND)
        errs_add_errno(errs, ENOENT, "cannot read %s", shown);
    else if (entry.kind == FS_LINK)
        fs_add_link(shown, errs);
    else if (entry.kind != FS_FILE)
        fs_add_no_file(shown, errs);
    else
        return read_blob(&s, &entry.id, shown, arena, out, errs);
    return -1;
}

static void close_revision(struct source *source)
{
    struct revision_source *r = (struct revision_source *)source;

    for (size_t i = 0; i < CACHE_SIZE; i++) {
        free(r->cache[i].path);
        git_odb_object_free(r->cache[i].tree);
    }
    free(r->cache);
    pthread_mutex_destroy(&r->lock);
    repository_close(r->own);
}

static const struct source_kind kind = {list, has, read_file, close_revision};

/* --- opening --- */

/* -1 after an error when the content folder is no folder in this revision. */
static int check_content(struct revision_source *source, const char *name, struct errs *errs)
{
    struct search s = {.source = source};
    git_odb_object *tree;
    enum found found = open_tree(&s, source->content, &tree);
    struct entry entry;

    if (found == FOUND) {
        git_odb_object_free(tree);
        return 0;
    }
    if (found == NOT_FOUND && find(&s, source->content, &entry) == NOT_FOUND)
        err_hint(errs_add(errs, ERR_SYSTEM, "no-content",
                          "there is no folder %s in the revision %s", source->content, name),
                 "name the folder that held departments/ then with --content DIR; it need not be "
                 "there now");
    else if (found == NOT_FOUND)
        add_no_folder(&s, source->content, source->base.name, errs);
    else
        add_broken(&s, source->base.name, errs);
    return -1;
}

struct source *repository_source(struct repository *repository, const struct object_id *commit,
                                 const char *name, struct errs *errs)
{
    struct revision_source *source;
    struct strbuf shown = STRBUF_INIT;
    struct object_id root;

    if (repository_tree(repository, commit, name, &root, errs))
        return NULL;
    source = mem_zalloc(1, sizeof(*source));
    source->repository = repository;
    source->root = root;
    source->content = repository_content(repository);
    source->cache = mem_zalloc(CACHE_SIZE, sizeof(*source->cache));
    pthread_mutex_init(&source->lock, NULL);
    strbuf_addf(&shown, "%s:%s", name, source->content);
    source->base = (struct source){&kind, strbuf_detach(&shown, NULL), *source->content ? "/" : ""};
    if (check_content(source, name, errs)) {
        source_close(&source->base);
        return NULL;
    }
    return &source->base;
}

struct source *source_open_revision(const char *path, const char *revision, struct errs *errs)
{
    struct repository *repository = repository_open(path, errs);
    struct source *source = NULL;
    struct object_id commit;

    if (!repository)
        return NULL;
    if (!repository_find(repository, revision, &commit, errs))
        source = repository_source(repository, &commit, revision, errs);
    if (source)
        ((struct revision_source *)source)->own = repository;
    else
        repository_close(repository);
    return source;
}
