#include "base/base.h"

#include "history/result_cache.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"

/* A cache that is larger begins anew. How long to wait for another program that writes. */
enum { SIZE_MAX_BYTES = 256 * 1024 * 1024, WAIT_MILLISECONDS = 2000 };

struct put {
    unsigned char key[SHA256_SIZE];
    const char *value;
    size_t len;
};

struct result_cache {
    sqlite3 *db;
    sqlite3_stmt *select;
    unsigned char salt[SHA256_SIZE];
    pthread_mutex_t lock;
    struct put *puts; /* written when it is closed, so that readers are not in the way */
    size_t count, cap;
    struct arena arena;
};

static int make_folder(const char *path)
{
    struct errs ignored = ERRS_INIT;
    int result = fs_make_parents(AT_FDCWD, path, &ignored);

    errs_release(&ignored);
    return result;
}

static bool open_database(struct result_cache *cache, const char *path)
{
    static const char table[] =
        "CREATE TABLE IF NOT EXISTS results(key BLOB PRIMARY KEY, value BLOB NOT NULL) "
        "WITHOUT ROWID";
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* as sqlite_store.c has it, whoever is first */
    if (sqlite3_open_v2(path, &cache->db, flags, NULL) == SQLITE_OK &&
        sqlite3_busy_timeout(cache->db, WAIT_MILLISECONDS) == SQLITE_OK &&
        sqlite3_exec(cache->db, table, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(cache->db, "SELECT value FROM results WHERE key = ?", -1, &cache->select,
                           NULL) == SQLITE_OK)
        return true;
    sqlite3_close(cache->db);
    cache->db = NULL;
    return false;
}

static bool is_too_large(const char *path)
{
    struct stat st;

    return !stat(path, &st) && st.st_size > SIZE_MAX_BYTES;
}

struct result_cache *result_cache_open(const char *folder, const void *salt, size_t len)
{
    struct result_cache *cache = mem_zalloc(1, sizeof(*cache));
    const char *path = arena_format(&cache->arena, "%s/history.sqlite", folder);

    sha256(salt, len, cache->salt);
    pthread_mutex_init(&cache->lock, NULL);
    if (!make_folder(path)) {
        if (is_too_large(path))
            unlink(path);
        /* what is no database is none of ours any more */
        if (open_database(cache, path) || (!unlink(path) && open_database(cache, path)))
            return cache;
    }
    result_cache_close(cache);
    return NULL;
}

static void write_all(struct result_cache *cache)
{
    sqlite3_stmt *insert = NULL;
    bool good = sqlite3_exec(cache->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(cache->db, "INSERT OR REPLACE INTO results VALUES(?, ?)", -1,
                                   &insert, NULL) == SQLITE_OK;

    for (size_t i = 0; good && i < cache->count; i++) {
        const struct put *put = &cache->puts[i];

        good = sqlite3_bind_blob(insert, 1, put->key, SHA256_SIZE, SQLITE_STATIC) == SQLITE_OK &&
               sqlite3_bind_blob64(insert, 2, put->value, put->len, SQLITE_STATIC) == SQLITE_OK &&
               sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK;
    }
    sqlite3_finalize(insert);
    sqlite3_exec(cache->db, good ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
}

void result_cache_close(struct result_cache *cache)
{
    if (!cache)
        return;
    sqlite3_finalize(cache->select);
    if (cache->db && cache->count)
        write_all(cache);
    sqlite3_close(cache->db);
    pthread_mutex_destroy(&cache->lock);
    free(cache->puts);
    arena_release(&cache->arena);
    free(cache);
}

static void salt_key(const struct result_cache *cache, const unsigned char key[SHA256_SIZE],
                     unsigned char out[SHA256_SIZE])
{
    unsigned char both[2 * SHA256_SIZE];

    memcpy(both, cache->salt, SHA256_SIZE);
    memcpy(both + SHA256_SIZE, key, SHA256_SIZE);
    sha256(both, sizeof(both), out);
}

bool result_cache_get(struct result_cache *cache, const unsigned char key[SHA256_SIZE],
                      struct strbuf *value)
{
    unsigned char salted[SHA256_SIZE];
    bool found;

    if (!cache)
        return false;
    salt_key(cache, key, salted);
    pthread_mutex_lock(&cache->lock);
    found = sqlite3_bind_blob(cache->select, 1, salted, SHA256_SIZE, SQLITE_STATIC) == SQLITE_OK &&
            sqlite3_step(cache->select) == SQLITE_ROW;
    if (found)
        strbuf_add(value, sqlite3_column_blob(cache->select, 0),
                   (size_t)sqlite3_column_bytes(cache->select, 0));
    sqlite3_reset(cache->select);
    pthread_mutex_unlock(&cache->lock);
    return found;
}

void result_cache_put(struct result_cache *cache, const unsigned char key[SHA256_SIZE],
                      const void *value, size_t len)
{
    struct put *put;

    if (!cache)
        return;
    pthread_mutex_lock(&cache->lock);
    MEM_GROW(cache->puts, cache->count, cache->cap);
    put = &cache->puts[cache->count++];
    salt_key(cache, key, put->key);
    put->value = arena_strndup(&cache->arena, value, len);
    put->len = len;
    pthread_mutex_unlock(&cache->lock);
}
