/*
 * personal: what looks like personal data in a text.
 *
 * For the checks, and for the import, which tells of it before it becomes a source. Depends on
 * base, text/utf8.h.
 */
#ifndef CHECK_PERSONAL_H
#define CHECK_PERSONAL_H

#include <stddef.h>

struct arena;

struct personal {
    struct arena *arena;
    const char *s; /* UTF-8; not necessarily terminated */
    size_t len;
    /* Is called for each: where it is, what it is, and how it may be shown. */
    void (*found)(void *ctx, size_t at, const char *kind, const char *masked);
    void *ctx;
};

void personal_find(const struct personal *p);

#endif
