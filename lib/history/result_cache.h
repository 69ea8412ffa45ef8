/*
 * result_cache: results that never change, kept from one run to the next in a file of the user's.
 *
 * A cache is only ever an advantage: one that cannot be opened, read or written is as if it were
 * empty, and nobody is told. It is an SQLite database, so that several programs may use it at once.
 *
 * Depends on base and SQLite.
 */
#ifndef HISTORY_RESULT_CACHE_H
#define HISTORY_RESULT_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sha256.h"

struct result_cache;
struct strbuf;

/* The cache in a folder, which is made when it is not there. Results of another salt are not found.
 * NULL: there is none. */
struct result_cache *result_cache_open(const char *folder, const void *salt, size_t len);
/* What was put is kept from here on. */
void result_cache_close(struct result_cache *cache);

/* By any thread; `cache` may be NULL. The value is appended; false when there is none. */
bool result_cache_get(struct result_cache *cache, const unsigned char key[SHA256_SIZE],
                      struct strbuf *value);
void result_cache_put(struct result_cache *cache, const unsigned char key[SHA256_SIZE],
                      const void *value, size_t len);

#endif
