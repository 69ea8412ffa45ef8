/*
 * SHA-256 (FIPS 180-4), by OpenSSL's libcrypto, whose code uses the processor's instructions for
 * it.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>

enum {
    SHA256_SIZE = 32,
    SHA256_HEX_SIZE = 65, /* 64 lower-case digits and a NUL */
};

/* Of a text in one piece. */
void sha256(const void *data, size_t len, unsigned char out[SHA256_SIZE]);

/* Of a text in several. The state is freed by sha256_end(). */
struct sha256_state;
struct sha256_state *sha256_begin(void);
void sha256_add(struct sha256_state *state, const void *data, size_t len);
void sha256_end(struct sha256_state *state, unsigned char out[SHA256_SIZE]);

void sha256_format(const unsigned char digest[SHA256_SIZE], char out[SHA256_HEX_SIZE]);
void sha256_hex(const void *data, size_t len, char out[SHA256_HEX_SIZE]);

#endif
