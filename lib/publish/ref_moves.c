#include "base/base.h"

#include "publish/ref_moves.h"

#include <git2.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"

struct ref_moves {
    git_repository *git;
    const struct ref_move *list;
    size_t count;
    git_transaction **locks; /* one each, since a transaction has no order */
};

char *ref_shown(const char *name)
{
    static const struct {
        const char *prefix, *kind;
    } kinds[] = {{"refs/heads/", "the branch "}, {"refs/tags/", "the tag "}};
    struct strbuf shown = STRBUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (!strncmp(name, kinds[i].prefix, strlen(kinds[i].prefix)))
            strbuf_addf(&shown, "%s%s", kinds[i].kind, name + strlen(kinds[i].prefix));
    if (!shown.len)
        strbuf_adds(&shown, name);
    return strbuf_detach(&shown, NULL);
}

/* --- locking --- */

static void add_locked(const struct ref_moves *moves, const char *name, struct errs *errs)
{
    char *shown = ref_shown(name);

    err_hint(errs_add(errs, ERR_SYSTEM, "locked", "cannot move %s: %s%s.lock is there", shown,
                      git_repository_commondir(moves->git), name),
             "another program is moving it, or one was killed while it did: then remove that file");
    free(shown);
}

static void add_moved(const char *name, bool is_new, struct errs *errs)
{
    char *shown = ref_shown(name);

    err_hint(errs_add(errs, ERR_SYSTEM, "moved-meanwhile", "%s was %s meanwhile, by somebody else",
                      shown, is_new ? "made" : "moved"),
             "nothing was changed here; publish again");
    free(shown);
}

static void add_failed(const char *name, struct errs *errs)
{
    char *shown = ref_shown(name);

    errs_add(errs, ERR_SYSTEM, "git-failed", "cannot move %s: %s", shown, repository_reason());
    free(shown);
}

/* Whether one name is a folder of the other. */
static bool is_in_way(const char *a, const char *b)
{
    size_t len = strlen(a);

    return !strncmp(a, b, len) && b[len] == '/';
}

/* A ref cannot be called like a folder of others. */
static int check_name(const struct ref_moves *moves, const char *name, struct errs *errs)
{
    git_strarray names;
    int result = 0;

    if (git_reference_list(&names, moves->git)) {
        add_failed(name, errs);
        return -1;
    }
    for (size_t i = 0; !result && i < names.count; i++)
        if (is_in_way(names.strings[i], name) || is_in_way(name, names.strings[i])) {
            char *shown = ref_shown(name), *other = ref_shown(names.strings[i]);

            err_hint(errs_add(errs, ERR_SYSTEM, "name-in-the-way", "git cannot have %s beside %s",
                              shown, other),
                     "rename that, or choose another name for the site's branch with --branch");
            free(shown);
            free(other);
            result = -1;
        }
    git_strarray_dispose(&names);
    return result;
}

/* Under the lock: whether it is what it is expected to be. */
static int check_old(const struct ref_moves *moves, const struct ref_move *move, struct errs *errs)
{
    git_oid oid;
    int code = git_reference_name_to_id(&oid, moves->git, move->name);
    bool is_new = !object_id_is_set(&move->old);

    if (code && code != GIT_ENOTFOUND) {
        add_failed(move->name, errs);
        return -1;
    }
    if (code ? !is_new : memcmp(oid.id, move->old.bytes, sizeof(oid.id)) != 0) {
        add_moved(move->name, is_new, errs);
        return -1;
    }
    return code ? check_name(moves, move->name, errs) : 0;
}

static int lock(struct ref_moves *moves, size_t i, struct errs *errs)
{
    int code = git_transaction_new(&moves->locks[i], moves->git);

    if (!code)
        code = git_transaction_lock_ref(moves->locks[i], moves->list[i].name);
    if (!code)
        return 0;
    if (code == GIT_ELOCKED)
        add_locked(moves, moves->list[i].name, errs);
    else if (!check_name(moves, moves->list[i].name, errs)) /* which is often why */
        add_failed(moves->list[i].name, errs);
    return -1;
}

struct ref_moves *ref_moves_lock(struct repository *repository, const struct ref_move *list,
                                 size_t count, struct errs *errs)
{
    struct ref_moves *moves = mem_zalloc(1, sizeof(*moves));
    int result = 0;

    moves->git = repository_git(repository);
    moves->list = list;
    moves->count = count;
    moves->locks = mem_zalloc(count + 1, sizeof(git_transaction *));
    for (size_t i = 0; !result && i < count; i++)
        result = lock(moves, i, errs);
    for (size_t i = 0; !result && i < count; i++)
        result = check_old(moves, &list[i], errs);
    if (!result)
        return moves;
    ref_moves_free(moves);
    return NULL;
}

/* --- moving --- */

int ref_moves_do(struct ref_moves *moves, const struct git_signature *who, size_t *done,
                 struct errs *errs)
{
    for (*done = 0; *done < moves->count; ++*done) {
        const struct ref_move *move = &moves->list[*done];
        git_oid oid;

        git_oid_fromraw(&oid, move->new.bytes);
        if (git_transaction_set_target(moves->locks[*done], move->name, &oid, who, move->why) ||
            git_transaction_commit(moves->locks[*done])) {
            add_failed(move->name, errs);
            return -1;
        }
    }
    return 0;
}

void ref_moves_free(struct ref_moves *moves)
{
    if (!moves)
        return;
    for (size_t i = 0; i < moves->count; i++)
        git_transaction_free(moves->locks[i]);
    free(moves->locks);
    free(moves);
}
