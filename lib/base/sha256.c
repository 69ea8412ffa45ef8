#include "base/base.h"

#include "base/sha256.h"

#include <openssl/evp.h>

/* libcrypto fails here only when it is broken or without memory. */
static void must(int success)
{
    if (!success)
        abort();
}

void sha256(const void *data, size_t len, unsigned char out[SHA256_SIZE])
{
    must(EVP_Digest(data, len, out, NULL, EVP_sha256(), NULL));
}

static EVP_MD_CTX *context_of(struct sha256_state *state)
{
    return (EVP_MD_CTX *)state;
}

struct sha256_state *sha256_begin(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    must(context && EVP_DigestInit_ex(context, EVP_sha256(), NULL));
    return (struct sha256_state *)context;
}

void sha256_add(struct sha256_state *state, const void *data, size_t len)
{
    must(EVP_DigestUpdate(context_of(state), data, len));
}

void sha256_end(struct sha256_state *state, unsigned char out[SHA256_SIZE])
{
    must(EVP_DigestFinal_ex(context_of(state), out, NULL));
    EVP_MD_CTX_free(context_of(state));
}

void sha256_format(const unsigned char digest[SHA256_SIZE], char out[SHA256_HEX_SIZE])
{
    static const char hex[] = "0123456789abcdef";

    for (size_t i = 0; i < SHA256_SIZE; i++) {
        out[2 * i] = hex[digest[i] >> 4];
        out[2 * i + 1] = hex[digest[i] & 15];
    }
    out[2 * SHA256_SIZE] = '\0';
}

void sha256_hex(const void *data, size_t len, char out[SHA256_HEX_SIZE])
{
    unsigned char digest[SHA256_SIZE];

    sha256(data, len, digest);
    sha256_format(digest, out);
}
