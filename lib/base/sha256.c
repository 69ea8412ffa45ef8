#include "base/base.h"

#include "base/sha256.h"

#include <openssl/evp.h>

void sha256_hex(const void *data, size_t len, char out[SHA256_HEX_SIZE])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char digest[32];
    unsigned size = 0;

    if (!EVP_Digest(data, len, digest, &size, EVP_sha256(), NULL) || size != sizeof(digest))
        abort(); /* only without memory or with a broken libcrypto */
    for (size_t i = 0; i < sizeof(digest); i++) {
        out[2 * i] = hex[digest[i] >> 4];
        out[2 * i + 1] = hex[digest[i] & 15];
    }
    out[64] = '\0';
}
