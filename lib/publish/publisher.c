#include "base/base.h"

#include "publish/publisher.h"

#include <git2.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "history/revisions.h"
#include "publish/sign.h"
#include "source/repository.h"

struct publisher {
    struct repository *repository;
    git_signature *who;
    struct signing_key *key; /* NULL: nothing is signed */
};

static int find_out_who(struct publisher *p, int64_t time, struct errs *errs)
{
    git_signature *who = NULL;
    int code = git_signature_default(&who, repository_git(p->repository));

    if (!code && time >= 0)
        code = git_signature_new(&p->who, who->name, who->email, time, 0);
    else if (!code)
        code = git_signature_dup(&p->who, who);
    git_signature_free(who);
    if (!code)
        return 0;
    if (code == GIT_ENOTFOUND)
        err_hint(errs_add(errs, ERR_SYSTEM, "no-author",
                          "git does not know who publishes: user.name or user.email is not set"),
                 "git config --global user.name NAME; git config --global user.email ADDRESS");
    else
        err_hint(errs_add(errs, ERR_SYSTEM, "no-author",
                          "what git knows of who publishes cannot be used: %s",
                          repository_reason()),
                 "see git config user.name and git config user.email");
    return -1;
}

struct publisher *publisher_open(struct repository *repository, int64_t time, bool sign,
                                 struct errs *errs)
{
    struct publisher *p = mem_zalloc(1, sizeof(*p));

    p->repository = repository;
    if (!find_out_who(p, time, errs)) {
        if (!sign)
            return p;
        p->key = signing_key_open(repository, errs);
        if (p->key)
            return p;
    }
    publisher_free(p);
    return NULL;
}

void publisher_free(struct publisher *p)
{
    if (!p)
        return;
    git_signature_free(p->who);
    signing_key_free(p->key);
    free(p);
}

const struct git_signature *publisher_signature(const struct publisher *p)
{
    return p->who;
}

void publisher_add_day(const struct publisher *p, struct strbuf *out)
{
    struct commit now = {.time = p->who->when.time, .offset = p->who->when.offset};

    commit_add_day(&now, out);
}

static int fail(const char *what, struct errs *errs)
{
    errs_add(errs, ERR_SYSTEM, "not-stored", "cannot store %s in the git repository: %s", what,
             repository_reason());
    return -1;
}

static void take_id(struct object_id *out, const git_oid *oid)
{
    memcpy(out->bytes, oid->id, sizeof(out->bytes));
}

/* --- commits --- */

/* The bytes of a commit without a signature. */
static int make_commit(const struct publisher *p, const struct object_id *tree_id,
                       const struct object_id *parent_id, const char *message, git_buf *out)
{
    git_repository *git = repository_git(p->repository);
    git_tree *tree = NULL;
    git_commit *parent = NULL;
    const git_commit *parents[1];
    git_oid oid;
    int code;

    git_oid_fromraw(&oid, tree_id->bytes);
    code = git_tree_lookup(&tree, git, &oid);
    if (!code && object_id_is_set(parent_id)) {
        git_oid_fromraw(&oid, parent_id->bytes);
        code = git_commit_lookup(&parent, git, &oid);
    }
    parents[0] = parent;
    if (!code)
        code = git_commit_create_buffer(out, git, p->who, p->who, NULL, message, tree,
                                        parent ? 1 : 0, parents);
    git_commit_free(parent);
    git_tree_free(tree);
    return code;
}

int publisher_commit(const struct publisher *p, const struct object_id *tree,
                     const struct object_id *parent, const char *message, struct object_id *commit,
                     struct errs *errs)
{
    struct strbuf signature = STRBUF_INIT;
    git_buf text = GIT_BUF_INIT;
    git_oid oid;
    int result = 0;

    if (make_commit(p, tree, parent, message, &text))
        result = fail("a commit", errs);
    if (!result && p->key)
        result = sign_text(p->key, text.ptr, text.size, &signature, errs);
    if (!result && git_commit_create_with_signature(&oid, repository_git(p->repository), text.ptr,
                                                    p->key ? signature.buf : NULL, NULL))
        result = fail("a commit", errs);
    if (!result)
        take_id(commit, &oid);
    git_buf_dispose(&text);
    strbuf_release(&signature);
    return result;
}

/* --- tags --- */

int publisher_tag(const struct publisher *p, const struct object_id *commit, const char *name,
                  const char *message, struct object_id *tag, struct errs *errs)
{
    struct strbuf text = STRBUF_INIT, signature = STRBUF_INIT;
    int offset = p->who->when.offset, minutes = offset < 0 ? -offset : offset;
    char hex[OBJECT_HEX_SIZE];
    git_oid oid;
    int result = 0;

    object_id_format(commit, hex);
    strbuf_addf(&text, "object %s\ntype commit\ntag %s\ntagger %s <%s> %lld %c%02d%02d\n\n%s\n",
                hex, name, p->who->name, p->who->email, (long long)p->who->when.time,
                offset < 0 ? '-' : '+', minutes / 60, minutes % 60, message);
    if (p->key)
        result = sign_text(p->key, text.buf, text.len, &signature, errs);
    strbuf_addbuf(&text, &signature); /* a tag has it behind its message */
    if (!result &&
        git_odb_write(&oid, repository_objects(p->repository), text.buf, text.len, GIT_OBJECT_TAG))
        result = fail("a tag", errs);
    if (!result)
        take_id(tag, &oid);
    strbuf_release(&text);
    strbuf_release(&signature);
    return result;
}
