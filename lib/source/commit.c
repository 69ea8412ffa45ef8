#include "base/base.h"

#include <git2.h>
#include <iconv.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "source/repository.h"
#include "source/tree.h"
#include "text/utf8.h"

/* --- messages --- */

/* Appends a text of that encoding as UTF-8. False when that cannot be done. */
static bool convert(struct strbuf *out, const char *s, size_t len, const char *encoding)
{
    iconv_t from = iconv_open("UTF-8", encoding);
    size_t before = out->len, size = len * 4, left = size;
    char *in = (char *)s, *end;
    bool good;

    if (from == (iconv_t)-1)
        return false;
    strbuf_grow(out, size);
    end = out->buf + before;
    good = iconv(from, &in, &len, &end, &left) != (size_t)-1;
    strbuf_set_len(out, good ? before + size - left : before);
    iconv_close(from);
    return good;
}

/* The first paragraph in one line. What is not UTF-8 and says of no encoding shows as U+FFFD. */
static const char *summary_of(git_commit *commit, struct arena *arena)
{
    const char *encoding = git_commit_message_encoding(commit);
    const char *message = git_commit_summary(commit);
    struct strbuf text = STRBUF_INIT;
    const char *summary;
    size_t len;

    if (!message)
        return "";
    len = strlen(message);
    if (utf8_check(message, len) == len || !encoding || !convert(&text, message, len, encoding))
        utf8_add_clean(&text, message, len);
    summary = arena_strndup(arena, text.buf, text.len);
    strbuf_release(&text);
    return summary;
}

int repository_commit(struct repository *r, const struct object_id *id, struct arena *arena,
                      struct commit *out, struct errs *errs)
{
    git_commit *commit = NULL;
    const git_oid *parent;
    char hex[OBJECT_HEX_SIZE];
    git_oid oid;
    int code;

    git_oid_fromraw(&oid, id->bytes);
    code = git_commit_lookup(&commit, repository_git(r), &oid);
    if (code == GIT_ENOTFOUND && git_repository_is_shallow(repository_git(r)) == 1)
        return 0;
    if (code) {
        object_id_format(id, hex);
        repository_add_broken(r, id, hex, code, errs);
        return -1;
    }
    *out = (struct commit){.id = *id};
    parent = git_commit_parent_id(commit, 0);
    if (parent)
        memcpy(out->parent.bytes, parent->id, sizeof(out->parent.bytes));
    out->time = git_commit_author(commit)->when.time;
    out->offset = git_commit_author(commit)->when.offset;
    out->summary = summary_of(commit, arena);
    git_commit_free(commit);
    return 1;
}

/* --- the content folder --- */

bool repository_entry(struct repository *r, const struct object_id *tree, const char *name,
                      struct object_id *out)
{
    struct broken broken;
    git_odb_object *object = repository_read_tree(r, tree, &broken);
    struct tree_entry entry;
    bool found = object && tree_find(object, name, strlen(name), &entry, &broken) > 0;

    git_odb_object_free(object);
    if (found)
        *out = entry.id;
    return found;
}

int repository_folder(struct repository *r, const char *path, struct object_id *tree,
                      const char *name, struct errs *errs)
{
    struct tree_entry entry;
    struct broken broken;
    int more = 1;

    for (size_t len; more > 0 && *path; path += len + (path[len] == '/')) {
        git_odb_object *object = repository_read_tree(r, tree, &broken);

        len = strcspn(path, "/");
        more = object ? tree_find(object, path, len, &entry, &broken) : -1;
        git_odb_object_free(object);
        if (more > 0 && (entry.kind != FS_FOLDER || entry.is_submodule))
            more = 0;
        if (more > 0)
            *tree = entry.id;
    }
    if (more < 0)
        repository_add_broken(r, &broken.id, name, broken.code, errs);
    return more;
}

int repository_content_tree(struct repository *r, const struct object_id *commit, const char *name,
                            struct object_id *tree, struct errs *errs)
{
    if (repository_tree(r, commit, name, tree, errs))
        return -1;
    return repository_folder(r, repository_content(r), tree, name, errs);
}
