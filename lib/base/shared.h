/*
 * shared: things that are costly to make and used by several threads, each made once, and kept for
 * a while when nobody uses it.
 *
 * Depends on base/mem.h and POSIX threads.
 */
#ifndef BASE_SHARED_H
#define BASE_SHARED_H

#include <stddef.h>

struct shared;

/* `keep`: how many that nobody uses are kept, those that were used last. drop() frees a thing. */
struct shared *shared_make(size_t keep, void (*drop)(void *thing));
/* Frees all things, also those that were not returned. */
void shared_free(struct shared *shared);

/*
 * The thing of a key, made by make() if it is not there; no other is made meanwhile. NULL when
 * make() returns NULL, which is not kept.
 */
void *shared_get(struct shared *shared, size_t key, void *(*make)(void *ctx, size_t key),
                 void *ctx);
/* Returns a thing that was got. NULL is allowed. */
void shared_return(struct shared *shared, const void *thing);

#endif
