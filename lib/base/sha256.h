/*
 * SHA-256 (FIPS 180-4), by OpenSSL's libcrypto, whose code uses the processor's instructions for
 * it.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>

enum { SHA256_HEX_SIZE = 65 }; /* 64 lower-case digits and a NUL */

void sha256_hex(const void *data, size_t len, char out[SHA256_HEX_SIZE]);

#endif
