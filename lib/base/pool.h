/*
 * pool: work in parallel, results in order.
 *
 * Items 0 .. count-1 are worked on by several threads in any order; the calling thread takes each
 * result in the order of the items, so that nothing it does depends on the threads. At most
 * `window` items are under way or waiting to be taken, which bounds memory.
 *
 * Depends on base/mem.h and POSIX threads.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

struct pool_task {
    size_t count;
    unsigned threads; /* 1: everything happens in the calling thread */
    size_t window;    /* at least 1 */
    void *ctx;
    /* Runs in any thread, several at once. What it returns is handed to take(). */
    void *(*work)(void *ctx, size_t item);
    /* Runs in the calling thread, for 0, 1, 2, ... */
    void (*take)(void *ctx, size_t item, void *result);
};

void pool_run(const struct pool_task *task);

/* How many processors this process may use; at least 1. */
unsigned pool_processors(void);

#endif
