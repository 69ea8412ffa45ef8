/*
 * spool: bytes that are written now and all read later, without being in memory meanwhile: a file
 * that has no name. Depends on base.
 */
#ifndef SEARCH_SPOOL_H
#define SEARCH_SPOOL_H

#include <stddef.h>

#include "base/strbuf.h"

struct errs;

struct spool {
    int fd;             /* -1: not open */
    size_t written;     /* to the file */
    struct strbuf tail; /* not yet */
    char *map;
    size_t map_len;
    const char *shown;
};

/* clang-format off */
#define SPOOL_INIT { -1, 0, STRBUF_INIT, NULL, 0, NULL }
/* clang-format on */

/* `path` is that of a file that does not exist yet; it is made and removed at once. It is borrowed,
 * for errors. */
int spool_open(struct spool *spool, const char *path, struct errs *errs);
int spool_add(struct spool *spool, const void *data, size_t len, struct errs *errs);
/* How much was added. */
static inline size_t spool_len(const struct spool *spool)
{
    return spool->written + spool->tail.len;
}
/* All of it, until spool_release(); nothing may be added any more. NULL after adding an error. */
const char *spool_read(struct spool *spool, struct errs *errs);
void spool_release(struct spool *spool);

#endif
