#include "base/base.h"

#include "base/strbuf.h"
#include "source/repository.h"
#include "source/tree.h"

enum { DEPTH_MAX = 64 }; /* no content is deeper */

struct comparison {
    struct repository *repository;
    unsigned depth;
    struct strbuf path; /* of the folder, with a slash behind it; empty at the root */
    void (*visit)(void *ctx, const char *path);
    void *ctx;
    struct broken broken;
};

/* One of two trees that are gone through side by side. */
struct side {
    git_odb_object *tree; /* NULL: there is none */
    struct tree_reader reader;
    struct tree_entry entry;
    int more; /* there is an entry, or none, or the tree is broken */
};

static void advance(struct comparison *c, struct side *side)
{
    side->more = side->tree ? tree_next(&side->reader, &side->entry, &c->broken) : 0;
}

/* What two large trees have is nearly all the same. */
static void advance_both(struct comparison *c, struct side *one, struct side *other)
{
    if (one->tree && other->tree)
        tree_skip_same(&one->reader, &other->reader);
    advance(c, one);
    advance(c, other);
}

static int open_side(struct comparison *c, struct side *side, const struct object_id *id)
{
    *side = (struct side){0};
    if (!id)
        return 0;
    side->tree = repository_read_tree(c->repository, id, &c->broken);
    if (!side->tree)
        return -1;
    side->reader = tree_start(side->tree);
    return 0;
}

/* Whether it has a tree to go into. */
static bool is_tree(const struct tree_entry *entry)
{
    return entry->kind == FS_FOLDER && !entry->is_submodule;
}

/* The order of git: folders as if there were a slash behind their names. */
static int compare(const struct tree_entry *a, const struct tree_entry *b)
{
    size_t a_len = strlen(a->name), b_len = strlen(b->name), len = a_len < b_len ? a_len : b_len;
    int order = memcmp(a->name, b->name, len);
    int a_next = a_len > len ? (unsigned char)a->name[len] : is_tree(a) ? '/' : 0;
    int b_next = b_len > len ? (unsigned char)b->name[len] : is_tree(b) ? '/' : 0;

    return order ? order : a_next - b_next;
}

static int differ(struct comparison *c, const struct object_id *a, const struct object_id *b);

/* What is at a name of the folder; NULL: nothing. Both are trees or both are not. */
static int tell(struct comparison *c, const struct tree_entry *a, const struct tree_entry *b)
{
    size_t before = c->path.len;
    int result = 0;

    if (a && b && a->kind == b->kind && a->is_submodule == b->is_submodule &&
        object_id_same(&a->id, &b->id))
        return 0;
    strbuf_adds(&c->path, a ? a->name : b->name);
    if (is_tree(a ? a : b) && c->depth < DEPTH_MAX) {
        strbuf_addch(&c->path, '/');
        c->depth++;
        result = differ(c, a ? &a->id : NULL, b ? &b->id : NULL);
        c->depth--;
    } else {
        c->visit(c->ctx, c->path.buf);
    }
    strbuf_set_len(&c->path, before);
    return result;
}

static int differ(struct comparison *c, const struct object_id *a, const struct object_id *b)
{
    struct side one = {0}, other = {0};
    int result = open_side(c, &one, a) || open_side(c, &other, b) ? -1 : 0;

    if (!result)
        advance_both(c, &one, &other);
    if (one.more < 0 || other.more < 0)
        result = -1;
    while (!result && (one.more > 0 || other.more > 0)) {
        int order = one.more > 0 && other.more > 0 ? compare(&one.entry, &other.entry)
                    : one.more > 0                 ? -1
                                                   : 1;

        result = tell(c, order <= 0 ? &one.entry : NULL, order >= 0 ? &other.entry : NULL);
        if (!order)
            advance_both(c, &one, &other);
        else
            advance(c, order < 0 ? &one : &other);
        if (one.more < 0 || other.more < 0)
            result = -1;
    }
    git_odb_object_free(one.tree);
    git_odb_object_free(other.tree);
    return result;
}

int repository_differences(struct repository *repository, const struct object_id *a,
                           const struct object_id *b, const char *name,
                           void (*visit)(void *ctx, const char *path), void *ctx, struct errs *errs)
{
    struct comparison c = {
        .repository = repository, .path = STRBUF_INIT, .visit = visit, .ctx = ctx};
    int result = 0;

    if (!a || !b || !object_id_same(a, b))
        result = differ(&c, a, b);
    if (result)
        repository_add_broken(repository, &c.broken.id, name, c.broken.code, errs);
    strbuf_release(&c.path);
    return result;
}
