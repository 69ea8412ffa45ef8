/*
 * sign: signatures of commits and tags with an SSH key, made and checked by ssh-keygen, as the
 * user's git configuration says: gpg.format, user.signingKey, gpg.ssh.allowedSignersFile,
 * gpg.ssh.program. It is the one program that is run here, and only when a signature is asked for
 * or found. Depends on base, source/repository.h, libgit2.
 */
#ifndef PUBLISH_SIGN_H
#define PUBLISH_SIGN_H

#include <stddef.h>
#include <stdint.h>

struct errs;
struct repository;
struct signing_key;
struct strbuf;

/* The user's key. NULL after adding an error, also when another kind of signature is configured. */
struct signing_key *signing_key_open(struct repository *repository, struct errs *errs);
void signing_key_free(struct signing_key *key);

/* Appends the signature of a text. */
int sign_text(const struct signing_key *key, const void *data, size_t len, struct strbuf *signature,
              struct errs *errs);

/* What was signed, and by what. */
struct signed_text {
    const char *what; /* it is called in errors: "the commit 0123456789" */
    const void *data;
    size_t len;
    const char *signature;
    size_t signature_len;
    int64_t time; /* when it was made */
};

/*
 * Checks a signature: 1 after appending to `who` whose it is, or 0 when that cannot be checked,
 * which is a warning, or -1 after adding an error: it is not good, or nobody's who is known.
 */
int signature_check(struct repository *repository, const struct signed_text *text,
                    struct strbuf *who, struct errs *errs);

#endif
