#include "base/base.h"

#include <errno.h>
#include <pthread.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "source/source_kinds.h"
#include "source/tree.h"

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

enum found { FOUND, NOT_FOUND, BROKEN };

struct search {
    struct revision_source *source;
    git_odb *objects;
    struct broken broken;
};

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

static enum found find(struct search *s, const char *path, struct tree_entry *out);

/* The tree of a folder, to be freed; `path` from the root of the repository. */
static enum found open_tree(struct search *s, const char *path, git_odb_object **out)
{
    struct tree_entry entry;
    enum found found;

    *out = cached_tree(s->source, path);
    if (*out)
        return FOUND;
    found = find(s, path, &entry);
    if (found != FOUND)
        return found;
    if (entry.kind != FS_FOLDER || entry.is_submodule)
        return NOT_FOUND;
    *out = object_read(s->objects, &entry.id, GIT_OBJECT_TREE, &s->broken);
    if (!*out)
        return BROKEN;
    cache_tree(s->source, path, *out);
    return FOUND;
}

/* What is at a path from the root of the repository. */
static enum found find(struct search *s, const char *path, struct tree_entry *out)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *parent;
    git_odb_object *tree;
    enum found found;
    int more;

    *out = (struct tree_entry){.kind = FS_FOLDER, .id = s->source->root};
    if (!*path)
        return FOUND;
    parent = mem_strndup(path, slash ? (size_t)(slash - path) : 0);
    found = open_tree(s, parent, &tree);
    free(parent);
    if (found != FOUND)
        return found;
    more = tree_find(tree, name, strlen(name), out, &s->broken);
    out->name = NULL;
    git_odb_object_free(tree);
    return more < 0 ? BROKEN : more ? FOUND : NOT_FOUND;
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
    struct revision_source *r = (struct revision_source *)source;

    return (struct search){.source = r, .objects = repository_objects(r->repository)};
}

static void add_broken(const struct search *s, const char *shown, struct errs *errs)
{
    repository_add_broken(s->source->repository, &s->broken.id, shown, s->broken.code, errs);
}

static void add_submodule(const char *shown, struct errs *errs)
{
    struct err *err = errs_add(errs, ERR_SYSTEM, "submodule",
                               "this is a submodule: what is in it is in another git repository");

    err_at(err, shown, 0, 0);
    err_hint(err, "build what is checked out, without --rev; or name the folder within the "
                  "submodule, and a revision of that");
}

/* Git sorts folders as if there were a slash behind their names. */
static int list_tree(struct search *s, git_odb_object *tree, struct arena *arena,
                     struct fs_list *out)
{
    struct tree_reader reader = tree_start(tree);
    struct fs_list list = {NULL, 0};
    size_t cap = 0;
    struct tree_entry entry;
    int more;

    while ((more = tree_next(&reader, &entry, &s->broken)) > 0) {
        MEM_GROW(list.entries, list.count, cap);
        list.entries[list.count++] = (struct fs_entry){arena_strdup(arena, entry.name), entry.kind};
    }
    fs_list_keep(out, list.entries, list.count, arena);
    return more;
}

/* Says why a folder cannot be listed. */
static void add_no_folder(struct search *s, const char *full, const char *shown, struct errs *errs)
{
    struct tree_entry entry;
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
    struct tree_entry entry;
    bool found = find(&s, full, &entry) != NOT_FOUND; /* what is broken shows when it is read */

    free(full);
    return found;
}

static void hint_folder(struct source *source, const char *path, const struct object_id *id)
{
    struct search s = search_in(source);
    char *full = full_path(s.source, path);
    git_odb_object *tree = object_read(s.objects, id, GIT_OBJECT_TREE, &s.broken);

    if (tree) /* otherwise it is looked for, and that tells why */
        cache_tree(s.source, full, tree);
    git_odb_object_free(tree);
    free(full);
}

static bool has_same(const struct source *source, const char *path, const struct source_text *text)
{
    struct search s = search_in(source);
    char *full = full_path(s.source, path);
    struct tree_entry entry;
    struct object_id id;
    bool found = find(&s, full, &entry) == FOUND && entry.kind == FS_FILE;

    free(full);
    if (!found)
        return false;
    object_id_hash(text->text, text->len, &id);
    return object_id_same(&id, &entry.id);
}

static int read_blob(struct search *s, const struct object_id *id, const char *shown,
                     struct arena *arena, struct source_text *out, struct errs *errs)
{
    git_odb_object *blob;

    if (object_size(s->objects, id) > SOURCE_FILE_MAX) {
        fs_add_too_large(shown, SOURCE_FILE_MAX, errs);
        return -1;
    }
    blob = object_read(s->objects, id, GIT_OBJECT_BLOB, &s->broken);
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
    struct tree_entry entry;
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

static const struct source_kind kind = {list,     has,       hint_folder,
                                        has_same, read_file, close_revision};

/* --- opening --- */

/* -1 after an error when the content folder is no folder in this revision. */
static int check_content(struct revision_source *source, const char *name, struct errs *errs)
{
    struct search s = search_in(&source->base);
    git_odb_object *tree;
    enum found found = open_tree(&s, source->content, &tree);
    struct tree_entry entry;

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
