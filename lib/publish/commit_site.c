#include "base/base.h"

#include "publish/commit_site.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "publish/manifest.h"

#define SOURCE_KEY "Source"
#define BASE_URL_KEY "Base-URL"

enum { CHUNK = 256 * 1024 };

/* --- files --- */

static int fail(const char *what, struct errs *errs)
{
    errs_add(errs, ERR_SYSTEM, "not-stored", "cannot store %s in the git repository: %s", what,
             repository_reason());
    return -1;
}

static int copy(int fd, git_odb_stream *stream)
{
    static const size_t size = CHUNK;
    struct strbuf chunk = STRBUF_INIT;
    ssize_t got;
    int result = 0;

    strbuf_grow(&chunk, size);
    while (!result && (got = read(fd, chunk.buf, size)) != 0)
        if (got > 0)
            result = git_odb_stream_write(stream, chunk.buf, (size_t)got);
        else if (errno != EINTR)
            result = -1;
    strbuf_release(&chunk);
    return result;
}

/* As it is: git's own functions would alter ends of lines. */
static int store_file(git_odb *objects, const char *path, git_oid *id)
{
    git_odb_stream *stream = NULL;
    off_t size;
    int fd, result;

    if (git_odb_hashfile(id, path, GIT_OBJECT_BLOB))
        return -1;
    if (git_odb_exists(objects, id))
        return 0;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    if (size < 0 || lseek(fd, 0, SEEK_SET)) {
        git_error_set_str(GIT_ERROR_OS, "the built site cannot be read");
        result = -1;
    } else {
        result = git_odb_open_wstream(&stream, objects, (git_object_size_t)size, GIT_OBJECT_BLOB);
    }
    if (!result)
        result = copy(fd, stream);
    if (!result)
        result = git_odb_stream_finalize_write(id, stream);
    git_odb_stream_free(stream);
    if (fd >= 0)
        close(fd);
    return result;
}

/* What is needed to store one file after another. */
struct storing {
    git_odb *objects;
    git_index *index;
    struct strbuf path; /* with the folder */
    size_t folder_len;
};

static int put_file(struct storing *s, const char *path)
{
    git_index_entry entry = {.path = path, .mode = GIT_FILEMODE_BLOB};

    strbuf_set_len(&s->path, s->folder_len);
    strbuf_adds(&s->path, path);
    return store_file(s->objects, s->path.buf, &entry.id) || git_index_add(s->index, &entry);
}

/* The files that the manifest names, and it. */
static int put_files(struct storing *s, const char *folder, struct errs *errs)
{
    struct manifest_paths manifest = {0};
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result;

    if (at < 0) {
        errs_add_errno(errs, errno, "cannot open the folder %s", folder);
        return -1;
    }
    result = manifest_read(at, MANIFEST_NAME, &manifest, errs);
    for (size_t i = 0; !result && i < manifest.count; i++)
        if (put_file(s, manifest.paths[i]))
            result = fail(manifest.paths[i], errs);
    if (!result && put_file(s, MANIFEST_NAME))
        result = fail(MANIFEST_NAME, errs);
    manifest_release(&manifest);
    close(at);
    return result;
}

int site_tree_store(struct repository *repository, const char *folder, struct object_id *tree,
                    struct errs *errs)
{
    struct storing s = {.objects = repository_objects(repository), .path = STRBUF_INIT};
    git_oid oid;
    int result;

    strbuf_addf(&s.path, "%s/", folder);
    s.folder_len = s.path.len;
    if (git_index_new(&s.index))
        result = fail("the site", errs);
    else
        result = put_files(&s, folder, errs);
    if (!result && git_index_write_tree_to(&oid, s.index, repository_git(repository)))
        result = fail("the site", errs);
    if (!result)
        memcpy(tree->bytes, oid.id, sizeof(tree->bytes));
    git_index_free(s.index);
    strbuf_release(&s.path);
    return result;
}

int site_manifest_id(const char *folder, struct object_id *id, struct errs *errs)
{
    struct strbuf path = STRBUF_INIT;
    git_oid oid;
    int result = 0;

    strbuf_addf(&path, "%s/" MANIFEST_NAME, folder);
    if (git_odb_hashfile(&oid, path.buf, GIT_OBJECT_BLOB)) {
        errs_add(errs, ERR_SYSTEM, "git-failed", "cannot read %s: %s", path.buf,
                 repository_reason());
        result = -1;
    } else {
        memcpy(id->bytes, oid.id, sizeof(id->bytes));
    }
    strbuf_release(&path);
    return result;
}

/* --- messages --- */

void site_message(struct strbuf *out, const char *title, const struct object_id *source,
                  const char *base_url)
{
    char hex[OBJECT_HEX_SIZE];

    object_id_format(source, hex);
    strbuf_addf(out, "%s\n\n" SOURCE_KEY ": %s\n", title, hex);
    if (base_url)
        strbuf_addf(out, BASE_URL_KEY ": %s\n", base_url);
}

static void read_trailers(git_commit *commit, struct arena *arena, struct site_commit *out)
{
    git_message_trailer_array trailers;
    git_oid oid;

    if (git_message_trailers(&trailers, git_commit_message(commit)))
        return;
    for (size_t i = 0; i < trailers.count; i++) {
        const git_message_trailer *t = &trailers.trailers[i];

        if (!strcmp(t->key, SOURCE_KEY) && strlen(t->value) == OBJECT_HEX_SIZE - 1 &&
            !git_oid_fromstr(&oid, t->value))
            memcpy(out->source.bytes, oid.id, sizeof(out->source.bytes));
        else if (!strcmp(t->key, BASE_URL_KEY))
            out->base_url = arena_strdup(arena, t->value);
    }
    git_message_trailer_array_free(&trailers);
}

int site_commit_read(struct repository *repository, const struct object_id *id, struct arena *arena,
                     struct site_commit *out, struct errs *errs)
{
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    const git_tree_entry *entry;
    char hex[OBJECT_HEX_SIZE];
    git_oid oid;
    int code;

    memset(out, 0, sizeof(*out));
    out->id = *id;
    git_oid_fromraw(&oid, id->bytes);
    code = git_commit_lookup(&commit, repository_git(repository), &oid);
    if (!code)
        code = git_commit_tree(&tree, commit);
    if (!code) {
        entry = git_tree_entry_byname(tree, MANIFEST_NAME);
        if (entry)
            memcpy(out->manifest.bytes, git_tree_entry_id(entry)->id, sizeof(out->manifest.bytes));
        if (git_commit_parentcount(commit))
            memcpy(out->parent.bytes, git_commit_parent_id(commit, 0)->id,
                   sizeof(out->parent.bytes));
        read_trailers(commit, arena, out);
    } else {
        object_id_format(id, hex);
        repository_add_broken(repository, id, hex, code, errs);
    }
    git_tree_free(tree);
    git_commit_free(commit);
    return code ? -1 : 0;
}
