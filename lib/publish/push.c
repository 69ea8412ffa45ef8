#include "base/base.h"

#include "publish/push.h"

#include <git2.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "publish/ref_moves.h"

struct push {
    struct repository *repository;
    const char *asked; /* as the user named it */
    char *name;        /* the same for messages */
    git_remote *remote;
    struct known_ref {
        char *name;
        struct object_id id;
    } * refs;
    size_t count, cap;
    unsigned attempts; /* to log in: with the agent, then with each key */
    struct errs *errs; /* while sending */
};

/* --- logging in --- */

/* The keys that ssh takes without being told. */
static const char *const key_names[] = {"id_ed25519", "id_ecdsa", "id_rsa"};

static int try_key(git_credential **out, const char *user, const char *name)
{
    struct strbuf private = STRBUF_INIT, public = STRBUF_INIT;
    const char *home = getenv("HOME");
    int code = GIT_PASSTHROUGH;

    strbuf_addf(&private, "%s/.ssh/%s", home ? home : "", name);
    strbuf_addf(&public, "%s.pub", private.buf);
    if (home && !access(private.buf, R_OK))
        code = git_credential_ssh_key_new(out, user, access(public.buf, R_OK) ? NULL : public.buf,
                                          private.buf, "");
    strbuf_release(&private);
    strbuf_release(&public);
    return code;
}

/* libgit2 takes an agent that is not there for an error, and looks no further. */
static int try_agent(git_credential **out, const char *user)
{
    const char *socket = getenv("SSH_AUTH_SOCK");

    return socket && !access(socket, W_OK) ? git_credential_ssh_key_from_agent(out, user)
                                           : GIT_PASSTHROUGH;
}

static int log_in(git_credential **out, const char *url, const char *user, unsigned allowed,
                  void *payload)
{
    struct push *push = payload;

    (void)url;
    user = user ? user : "git";
    if (allowed & GIT_CREDENTIAL_USERNAME)
        return git_credential_username_new(out, user);
    if (!(allowed & GIT_CREDENTIAL_SSH_KEY))
        return GIT_EAUTH;
    while (push->attempts <= ARRAY_SIZE(key_names)) {
        unsigned attempt = push->attempts++;
        int code = attempt ? try_key(out, user, key_names[attempt - 1]) : try_agent(out, user);

        if (code != GIT_PASSTHROUGH)
            return code;
    }
    return GIT_EAUTH;
}

static void set_callbacks(struct push *push, git_remote_callbacks *callbacks)
{
    git_remote_init_callbacks(callbacks, GIT_REMOTE_CALLBACKS_VERSION);
    callbacks->credentials = log_in;
    callbacks->payload = push;
    push->attempts = 0;
}

/* --- what is there --- */

static void add_unreachable(const struct push *push, int code, struct errs *errs)
{
    bool is_http = !strncmp(git_remote_url(push->remote), "http", 4);

    if (code == GIT_EAUTH || code == GIT_EUSER)
        err_hint(errs_add(errs, ERR_SYSTEM, "not-let-in", "%s does not let us in", push->name),
                 is_http ? "passwords of git's helpers are not known here: push with git"
                         : "ssh-add your key, or push with git");
    else if (code == GIT_ECERTIFICATE && !is_http)
        err_hint(errs_add(errs, ERR_SYSTEM, "unknown-host", "the host of %s is not known to ssh",
                          push->name),
                 "connect to it with ssh once, and accept its key if it is the right one");
    else
        err_hint(errs_add(errs, ERR_SYSTEM, "no-remote", "cannot reach %s: %s", push->name,
                          repository_reason()),
                 "is it right? 'git remote -v' lists those that have a name");
}

/* What libgit2 would only say at the end. */
static int check_bare(const struct push *push, struct errs *errs)
{
    git_repository *other = NULL;
    int result = 0;

    if (!git_repository_open_ext(&other, git_remote_url(push->remote),
                                 GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) &&
        !git_repository_is_bare(other)) {
        err_hint(errs_add(errs, ERR_SYSTEM, "not-bare",
                          "%s has a working tree, and only bare repositories can be pushed to",
                          push->name),
                 "git clone --bare makes one");
        result = -1;
    }
    git_repository_free(other);
    return result;
}

static int list_refs(struct push *push, struct errs *errs)
{
    const git_remote_head **heads;
    size_t count;
    int code = git_remote_ls(&heads, &count, push->remote);

    if (code) {
        add_unreachable(push, code, errs);
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        MEM_GROW(push->refs, push->count, push->cap);
        push->refs[push->count].name = mem_strdup(heads[i]->name);
        memcpy(push->refs[push->count++].id.bytes, heads[i]->oid.id, sizeof(heads[i]->oid.id));
    }
    return 0;
}

static int ask(struct push *push, struct errs *errs)
{
    git_proxy_options proxy;
    git_remote_callbacks callbacks;
    int code, result;

    if (check_bare(push, errs))
        return -1;
    git_proxy_options_init(&proxy, GIT_PROXY_OPTIONS_VERSION);
    proxy.type = GIT_PROXY_AUTO;
    set_callbacks(push, &callbacks);
    code = git_remote_connect(push->remote, GIT_DIRECTION_PUSH, &callbacks, &proxy, NULL);
    if (code) {
        add_unreachable(push, code, errs);
        return -1;
    }
    result = list_refs(push, errs);
    git_remote_disconnect(push->remote);
    return result;
}

/* Whether it is written as an address: with a scheme, or as HOST:PATH. */
static bool is_address(const char *name)
{
    size_t len = strcspn(name, "/:");

    return strstr(name, "://") || name[len] == ':';
}

/* A name of git's settings, or else a path or an address. */
static int find_remote(struct push *push, struct errs *errs)
{
    git_repository *git = repository_git(push->repository);
    int code = git_remote_lookup(&push->remote, git, push->asked);

    if (code != GIT_ENOTFOUND && code != GIT_EINVALIDSPEC)
        return code;
    if (!is_address(push->asked) && access(push->asked, F_OK)) {
        err_hint(errs_add(errs, ERR_USAGE, "unknown-remote",
                          "there is no remote and no folder '%s'", push->name),
                 "'git remote -v' lists the remotes; an address will do, too");
        return -1;
    }
    return git_remote_create_anonymous(&push->remote, git, push->asked);
}

/* An address without the name and password in it. */
static char *harmless(const char *remote)
{
    const char *scheme = strstr(remote, "://"), *host = scheme ? scheme + strlen("://") : NULL;
    size_t len = host ? strcspn(host, "/@") : 0;
    struct strbuf shown = STRBUF_INIT;

    if (!host || host[len] != '@')
        return mem_strdup(remote);
    strbuf_add(&shown, remote, (size_t)(host - remote));
    strbuf_adds(&shown, host + len + 1);
    return strbuf_detach(&shown, NULL);
}

/* libgit2 cannot push what it does not have all of. */
static int check_whole(const struct push *push, struct errs *errs)
{
    if (!git_repository_is_shallow(repository_git(push->repository)))
        return 0;
    err_hint(errs_add(errs, ERR_SYSTEM, "shallow",
                      "a shallow clone cannot be pushed from here, but by git"),
             "'git fetch --unshallow' gets what is older; or publish without --push, then git push "
             "the branches and the tag");
    return -1;
}

struct push *push_open(struct repository *repository, const char *remote, struct errs *errs)
{
    struct push *push = mem_zalloc(1, sizeof(*push));
    size_t before = errs->count;

    push->repository = repository;
    push->asked = remote;
    push->name = harmless(remote);
    if (check_whole(push, errs) || find_remote(push, errs)) {
        if (errs->count == before)
            errs_add(errs, ERR_SYSTEM, "no-remote", "cannot reach %s: %s", push->name,
                     repository_reason());
    } else if (!ask(push, errs)) {
        return push;
    }
    push_close(push);
    return NULL;
}

void push_close(struct push *push)
{
    if (!push)
        return;
    for (size_t i = 0; i < push->count; i++)
        free(push->refs[i].name);
    free(push->refs);
    git_remote_free(push->remote);
    free(push->name);
    free(push);
}

const char *push_name(const struct push *push)
{
    return push->name;
}

bool push_has(const struct push *push, const char *name, struct object_id *id)
{
    for (size_t i = 0; i < push->count; i++)
        if (!strcmp(push->refs[i].name, name)) {
            *id = push->refs[i].id;
            return true;
        }
    return false;
}

/* --- whether it may be sent --- */

/* 1, 0, or -1 when that cannot be told. */
static int is_part_of(const struct push *push, const struct object_id *old,
                      const struct object_id *head)
{
    git_oid a, b;
    int code;

    if (object_id_same(old, head))
        return 1;
    if (!object_id_is_set(head))
        return 0;
    git_oid_fromraw(&a, old->bytes);
    git_oid_fromraw(&b, head->bytes);
    if (!git_odb_exists(repository_objects(push->repository), &a))
        return 0;
    code = git_graph_descendant_of(repository_git(push->repository), &b, &a);
    return code < 0 ? -1 : code;
}

int push_check_branch(const struct push *push, const char *name, const struct object_id *head,
                      struct errs *errs)
{
    struct object_id there;
    const char *branch = name + strlen("refs/heads/");
    int part;

    if (!push_has(push, name, &there))
        return 0;
    part = is_part_of(push, &there, head);
    if (part > 0)
        return 0;
    if (part < 0)
        errs_add(errs, ERR_SYSTEM, "git-failed",
                 "cannot tell whether the branch %s of %s is a part of what is here: %s", branch,
                 push->name, repository_reason());
    else if (object_id_is_set(head))
        err_hint(errs_add(errs, ERR_SYSTEM, "not-fast-forward",
                          "the branch %s of %s has commits that the branch here does not have",
                          branch, push->name),
                 "nothing was changed, and nothing is ever overwritten: fetch them, and bring both "
                 "together with git");
    else
        err_hint(errs_add(errs, ERR_SYSTEM, "not-fast-forward",
                          "%s has a branch %s, and here there is none", push->name, branch),
                 "git fetch %s %s:%s gets it", push->name, branch, branch);
    return -1;
}

int push_check_tag(const struct push *push, const char *name, const struct object_id *tag,
                   struct errs *errs)
{
    struct object_id there;

    if (!push_has(push, name, &there) || object_id_same(&there, tag))
        return 0;
    err_hint(errs_add(errs, ERR_SYSTEM, "another-tag", "the tag %s is another one in %s",
                      name + strlen("refs/tags/"), push->name),
             "one of the two must be renamed or go away; nothing was changed");
    return -1;
}

/* --- sending --- */

static int take_answer(const char *name, const char *refused, void *payload)
{
    struct push *push = payload;

    if (refused) {
        char *shown = ref_shown(name);

        errs_add(push->errs, ERR_SYSTEM, "not-pushed", "%s does not take %s: %s", push->name, shown,
                 refused);
        free(shown);
    }
    return 0;
}

static void add_not_pushed(const struct push *push, int code, struct errs *errs)
{
    if (code == GIT_ENONFASTFORWARD)
        err_hint(errs_add(errs, ERR_SYSTEM, "not-fast-forward",
                          "%s got commits meanwhile that are not here", push->name),
                 "nothing is ever overwritten: fetch them, and bring both together with git");
    else if (code == GIT_EAUTH || code == GIT_EUSER)
        add_unreachable(push, code, errs);
    else
        errs_add(errs, ERR_SYSTEM, "not-pushed", "cannot push to %s: %s", push->name,
                 repository_reason());
}

int push_send(struct push *push, const char *const *names, size_t count, struct errs *errs)
{
    char **specs = mem_zalloc(count + 1, sizeof(char *));
    git_strarray refspecs = {specs, count};
    git_push_options options;
    size_t before = errs->count;
    int code;

    for (size_t i = 0; i < count; i++) {
        struct strbuf spec = STRBUF_INIT;

        strbuf_addf(&spec, "%s:%s", names[i], names[i]);
        specs[i] = strbuf_detach(&spec, NULL);
    }
    git_push_options_init(&options, GIT_PUSH_OPTIONS_VERSION);
    options.proxy_opts.type = GIT_PROXY_AUTO;
    set_callbacks(push, &options.callbacks);
    options.callbacks.push_update_reference = take_answer;
    push->errs = errs;
    code = git_remote_push(push->remote, &refspecs, &options);
    if (code && errs->count == before)
        add_not_pushed(push, code, errs);
    for (size_t i = 0; i < count; i++)
        free(specs[i]);
    free(specs);
    return errs->count == before ? 0 : -1;
}
