#include "base/base.h"

#include "source/tree.h"

#include <openssl/evp.h>

/* libcrypto fails here only when it is broken or without memory. */
static void must(int success)
{
    if (!success)
        abort();
}

static void object_hash(const char *type, const void *data, size_t len, struct object_id *out)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    char header[64];
    int header_len = snprintf(header, sizeof(header), "%s %zu", type, len);

    must(context && EVP_DigestInit_ex(context, EVP_sha1(), NULL));
    must(EVP_DigestUpdate(context, header, (size_t)header_len + 1));
    must(EVP_DigestUpdate(context, data, len));
    must(EVP_DigestFinal_ex(context, out->bytes, NULL));
    EVP_MD_CTX_free(context);
}

void object_id_hash(const void *data, size_t len, struct object_id *out)
{
    object_hash("blob", data, len, out);
}

/*
 * Whether an object is what its name says. libgit2 would look for attempts at collisions too, which
 * takes ten times as long, and most of the time of reading a history.
 */
static bool is_genuine(git_odb_object *object, const struct object_id *id)
{
    struct object_id genuine;

    object_hash(git_object_type2string(git_odb_object_type(object)), git_odb_object_data(object),
                git_odb_object_size(object), &genuine);
    return object_id_same(&genuine, id);
}

git_odb_object *object_read(git_odb *objects, const struct object_id *id, git_object_t type,
                            struct broken *broken)
{
    git_odb_object *object = NULL;
    git_oid oid;

    git_oid_fromraw(&oid, id->bytes);
    *broken = (struct broken){*id, git_odb_read(&object, objects, &oid)};
    if (!broken->code && git_odb_object_type(object) != type) {
        git_odb_object_free(object);
        git_error_set_str(GIT_ERROR_OBJECT, "it is of another type than its tree says");
        broken->code = GIT_ERROR;
        return NULL;
    }
    if (!broken->code && !is_genuine(object, id)) {
        git_odb_object_free(object);
        git_error_set_str(GIT_ERROR_OBJECT, "it is not what its name says");
        broken->code = GIT_EMISMATCH;
        return NULL;
    }
    return object;
}

size_t object_size(git_odb *objects, const struct object_id *id)
{
    size_t size = 0;
    git_object_t type;
    git_oid oid;

    git_oid_fromraw(&oid, id->bytes);
    return git_odb_read_header(&size, &type, objects, &oid) ? 0 : size;
}

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

struct tree_reader tree_start(git_odb_object *tree)
{
    struct tree_reader reader = {.at = git_odb_object_data(tree)};

    reader.end = reader.at + git_odb_object_size(tree);
    memcpy(reader.id.bytes, git_odb_object_id(tree)->id, sizeof(reader.id.bytes));
    return reader;
}

static int fail(const struct tree_reader *reader, struct broken *broken)
{
    *broken = (struct broken){reader->id, GIT_ERROR};
    git_error_set_str(GIT_ERROR_TREE, "the tree is not well-formed");
    return -1;
}

/* An entry is its mode in octal digits, a space, its name, a NUL and the bytes of its id. */
int tree_next(struct tree_reader *reader, struct tree_entry *out, struct broken *broken)
{
    const char *p = reader->at, *end = reader->end;
    unsigned mode = 0;

    memset(out, 0, sizeof(*out));
    if (p == end)
        return 0;
    for (; p < end && *p >= '0' && *p <= '7' && mode < 01000000; p++)
        mode = mode * 8 + (unsigned)(*p - '0');
    if (p == end || *p != ' ')
        return fail(reader, broken);
    out->name = ++p;
    p = memchr(p, '\0', (size_t)(end - p));
    if (!p || (size_t)(end - p) < 1 + sizeof(out->id.bytes))
        return fail(reader, broken);
    out->kind = kind_of(mode);
    out->is_submodule = (mode & 0170000) == 0160000;
    memcpy(out->id.bytes, p + 1, sizeof(out->id.bytes));
    reader->at = p + 1 + sizeof(out->id.bytes);
    return 1;
}

void tree_skip_same(struct tree_reader *a, struct tree_reader *b)
{
    const size_t id_size = sizeof(((struct object_id *)NULL)->bytes);

    while (a->at < a->end) {
        const char *nul = memchr(a->at, '\0', (size_t)(a->end - a->at));
        size_t len = nul ? (size_t)(nul - a->at) + 1 + id_size : SIZE_MAX;

        if (len > (size_t)(a->end - a->at) || len > (size_t)(b->end - b->at) ||
            memcmp(a->at, b->at, len) != 0)
            break;
        a->at += len;
        b->at += len;
    }
}

int tree_find(git_odb_object *tree, const char *name, size_t len, struct tree_entry *out,
              struct broken *broken)
{
    struct tree_reader reader = tree_start(tree);
    int more;

    while ((more = tree_next(&reader, out, broken)) > 0)
        if (!strncmp(out->name, name, len) && !out->name[len])
            break;
    return more;
}
