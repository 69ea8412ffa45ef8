#include "base/base.h"

#include "base/shared.h"

#include <pthread.h>

#include "base/mem.h"

struct entry {
    size_t key;
    void *thing;
    size_t users;
    size_t returned; /* when it was last */
};

struct shared {
    pthread_mutex_t lock;
    void (*drop)(void *thing);
    size_t keep;
    struct entry *entries;
    size_t count, cap;
    size_t clock;
};

struct shared *shared_make(size_t keep, void (*drop)(void *thing))
{
    struct shared *shared = mem_zalloc(1, sizeof(*shared));

    pthread_mutex_init(&shared->lock, NULL);
    shared->keep = keep;
    shared->drop = drop;
    return shared;
}

void shared_free(struct shared *shared)
{
    if (!shared)
        return;
    for (size_t i = 0; i < shared->count; i++)
        shared->drop(shared->entries[i].thing);
    free(shared->entries);
    pthread_mutex_destroy(&shared->lock);
    free(shared);
}

static void *get(struct shared *shared, size_t key, void *(*make)(void *ctx, size_t key), void *ctx)
{
    void *thing;

    for (size_t i = 0; i < shared->count; i++)
        if (shared->entries[i].key == key) {
            shared->entries[i].users++;
            return shared->entries[i].thing;
        }
    thing = make(ctx, key);
    if (!thing)
        return NULL;
    MEM_GROW(shared->entries, shared->count, shared->cap);
    shared->entries[shared->count++] = (struct entry){key, thing, 1, 0};
    return thing;
}

void *shared_get(struct shared *shared, size_t key, void *(*make)(void *ctx, size_t key), void *ctx)
{
    void *thing;

    pthread_mutex_lock(&shared->lock);
    thing = get(shared, key, make, ctx);
    pthread_mutex_unlock(&shared->lock);
    return thing;
}

/* Drops what was returned first when too many are unused. */
static void shrink(struct shared *shared)
{
    struct entry *oldest = NULL;
    size_t unused = 0;

    for (size_t i = 0; i < shared->count; i++) {
        struct entry *entry = &shared->entries[i];

        if (entry->users)
            continue;
        unused++;
        if (!oldest || entry->returned < oldest->returned)
            oldest = entry;
    }
    if (unused <= shared->keep)
        return;
    shared->drop(oldest->thing);
    *oldest = shared->entries[--shared->count];
}

void shared_return(struct shared *shared, const void *thing)
{
    if (!thing)
        return;
    pthread_mutex_lock(&shared->lock);
    for (size_t i = 0; i < shared->count; i++)
        if (shared->entries[i].thing == thing) {
            shared->entries[i].returned = ++shared->clock;
            shared->entries[i].users--;
            shrink(shared);
            break;
        }
    pthread_mutex_unlock(&shared->lock);
}
