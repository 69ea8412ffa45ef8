#include "base/base.h"

#include "publish/sign.h"

#include <errno.h>
#include <git2.h>

#include "base/child.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "source/repository.h"

#define NAMESPACE "git" /* git's signatures are for nothing else */
#define ARMOR "-----BEGIN SSH SIGNATURE-----"

enum { ANSWER_MAX = 1024 * 1024 };

/* --- running ssh-keygen --- */

/* -1 after adding an error when the program could not be run at all. The answers are released by
 * the caller. */
static int run_program(struct child *child, struct errs *errs)
{
    int reason;

    child->output = ANSWER_MAX;
    reason = child_run(child);
    if (!reason)
        return 0;
    err_hint(errs_add_errno(errs, reason, "cannot run %s", child->args[0]),
             "signatures need ssh-keygen; in Debian it is in the package openssh-client");
    return -1;
}

/* --- settings --- */

/* A setting of git, to be freed; NULL without it. Paths may begin with ~. */
static char *setting(git_config *config, const char *name, bool is_path)
{
    git_buf value = GIT_BUF_INIT;
    int code = is_path ? git_config_get_path(&value, config, name)
                       : git_config_get_string_buf(&value, config, name);
    char *copy = code || !value.ptr || !*value.ptr ? NULL : mem_strdup(value.ptr);

    git_buf_dispose(&value);
    return copy;
}

static git_config *open_settings(struct repository *repository, struct errs *errs)
{
    git_config *config = NULL;

    if (git_repository_config_snapshot(&config, repository_git(repository))) {
        errs_add(errs, ERR_SYSTEM, "broken-repository", "cannot read the settings of git: %s",
                 repository_reason());
        return NULL;
    }
    return config;
}

/* --- signing --- */

struct signing_key {
    char *program;
    char *key;       /* a file, or the key itself */
    bool is_literal; /* then its other half is with the agent */
};

static bool begins(const char *s, const char *prefix)
{
    return !strncmp(s, prefix, strlen(prefix));
}

static int check_format(git_config *config, struct errs *errs)
{
    char *format = setting(config, "gpg.format", false);
    int result = 0;

    if (!format || strcmp(format, "ssh") != 0) {
        err_hint(errs_add(errs, ERR_USAGE, "signature-format",
                          "git is set to sign with %s; only signatures with an SSH key are made "
                          "here",
                          format ? format : "openpgp"),
                 "git config gpg.format ssh; or leave --sign out");
        result = -1;
    }
    free(format);
    return result;
}

static int read_key(struct signing_key *key, git_config *config, struct errs *errs)
{
    char *name = setting(config, "user.signingKey", false);

    if (!name) {
        err_hint(errs_add(errs, ERR_USAGE, "no-signing-key",
                          "git does not know which key to sign with: user.signingKey is not set"),
                 "git config user.signingKey ~/.ssh/id_ed25519.pub");
        return -1;
    }
    key->is_literal = begins(name, "key::") || begins(name, "ssh-");
    if (key->is_literal)
        key->key = mem_strdup(begins(name, "key::") ? name + strlen("key::") : name);
    else
        key->key = setting(config, "user.signingKey", true);
    free(name);
    if (!key->is_literal && (!key->key || access(key->key, R_OK))) {
        errs_add_errno(errs, errno, "cannot read the signing key %s", key->key ? key->key : "~");
        return -1;
    }
    return 0;
}

struct signing_key *signing_key_open(struct repository *repository, struct errs *errs)
{
    git_config *config = open_settings(repository, errs);
    struct signing_key *key;
    int result;

    if (!config)
        return NULL;
    key = mem_zalloc(1, sizeof(*key));
    key->program = setting(config, "gpg.ssh.program", true);
    if (!key->program)
        key->program = mem_strdup("ssh-keygen");
    result = check_format(config, errs) || read_key(key, config, errs);
    git_config_free(config);
    if (!result)
        return key;
    signing_key_free(key);
    return NULL;
}

void signing_key_free(struct signing_key *key)
{
    if (!key)
        return;
    free(key->program);
    free(key->key);
    free(key);
}

int sign_text(const struct signing_key *key, const void *data, size_t len, struct strbuf *signature,
              struct errs *errs)
{
    struct child run = {.args = {key->program, "-Y", "sign", "-n", NAMESPACE, "-f",
                                 key->is_literal ? CHILD_EXTRA_NAME : key->key,
                                 key->is_literal ? "-U" : NULL},
                        .input = data,
                        .input_len = len,
                        .extra = key->is_literal ? key->key : NULL,
                        .extra_len = key->is_literal ? strlen(key->key) : 0};
    int result = run_program(&run, errs);

    if (!result && (run.status || !begins(run.out.buf, ARMOR))) {
        err_hint(errs_add(errs, ERR_SYSTEM, "not-signed", "cannot sign with the key %s: %s",
                          key->key, child_last_words(&run)),
                 "nothing was changed; is the key there, and loaded into the agent?");
        result = -1;
    }
    if (!result)
        strbuf_addbuf(signature, &run.out);
    child_release(&run);
    return result;
}

/* --- checking --- */

struct checking {
    char *program, *signers;
    char time[32]; /* "-Overify-time=20240905120000Z" */
    const struct signed_text *text;
    struct errs *errs;
};

static struct err *warn(struct errs *errs, const char *what, const char *why)
{
    struct err *err = errs_add(errs, ERR_SYSTEM, "signature-unchecked",
                               "the signature of %s was not checked: %s", what, why);

    err->severity = SEVERITY_WARNING;
    return err;
}

/* The names that the key is known by, one a line; empty: none. */
static int find_names(const struct checking *c, struct strbuf *names)
{
    struct child run = {.args = {c->program, "-Y", "find-principals", "-f", c->signers, "-s",
                                 CHILD_EXTRA_NAME, c->time},
                        .extra = c->text->signature,
                        .extra_len = c->text->signature_len};
    int result = run_program(&run, c->errs);

    if (!result && !run.status)
        strbuf_addbuf(names, &run.out);
    child_release(&run);
    return result;
}

/* Whether the signature is that of the text and, if `name` is not NULL, of that name. */
static int verify_as(const struct checking *c, const char *name, bool *good)
{
    struct child run = {.args = {c->program, "-Y", name ? "verify" : "check-novalidate", "-n",
                                 NAMESPACE, "-s", CHILD_EXTRA_NAME, c->time, name ? "-f" : NULL,
                                 c->signers, "-I", name},
                        .input = c->text->data,
                        .input_len = c->text->len,
                        .extra = c->text->signature,
                        .extra_len = c->text->signature_len};
    int result = run_program(&run, c->errs);

    *good = !result && !run.status;
    child_release(&run);
    return result;
}

static int refuse(const struct checking *c)
{
    bool good;

    if (verify_as(c, NULL, &good))
        return -1;
    if (good)
        err_hint(errs_add(c->errs, ERR_CONTENT, "unknown-signer",
                          "%s is signed with a key that is not among the allowed signers, or was "
                          "not at that time",
                          c->text->what),
                 "they are in %s", c->signers);
    else
        errs_add(c->errs, ERR_CONTENT, "bad-signature", "the signature of %s is not good",
                 c->text->what);
    return -1;
}

static int check_names(const struct checking *c, struct strbuf *who)
{
    struct strbuf names = STRBUF_INIT;
    bool good = false;
    int result = find_names(c, &names);
    char *rest = names.buf, *name;

    while (!result && !good && (name = strsep(&rest, "\r\n")) != NULL) {
        if (!*name)
            continue;
        result = verify_as(c, name, &good);
        if (good)
            strbuf_adds(who, name);
    }
    strbuf_release(&names);
    if (result)
        return -1;
    return good ? 1 : refuse(c);
}

int signature_check(struct repository *repository, const struct signed_text *text,
                    struct strbuf *who, struct errs *errs)
{
    struct checking c = {.text = text, .errs = errs};
    time_t made = (time_t)text->time;
    git_config *config;
    struct tm tm;
    int result = 0;

    if (text->signature_len < strlen(ARMOR) || !begins(text->signature, ARMOR)) {
        err_hint(warn(errs, text->what, "it was not made with an SSH key"), "git can check it");
        return 0;
    }
    config = open_settings(repository, errs);
    if (!config)
        return -1;
    c.program = setting(config, "gpg.ssh.program", true);
    if (!c.program)
        c.program = mem_strdup("ssh-keygen");
    c.signers = setting(config, "gpg.ssh.allowedSignersFile", true);
    git_config_free(config);
    if (!gmtime_r(&made, &tm) ||
        !strftime(c.time, sizeof(c.time), "-Overify-time=%Y%m%d%H%M%SZ", &tm))
        c.time[0] = '\0';
    if (c.signers && access(c.signers, R_OK)) {
        errs_add_errno(errs, errno, "cannot read the allowed signers, %s", c.signers);
        result = -1;
    } else if (c.signers) {
        result = check_names(&c, who);
    } else {
        err_hint(warn(errs, text->what, "git does not know whose signatures to accept"),
                 "git config gpg.ssh.allowedSignersFile FILE");
    }
    free(c.program);
    free(c.signers);
    return result;
}
