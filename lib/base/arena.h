/*
 * arena: memory for one unit of work, given back all at once.
 *
 * What comes from an arena stays where it is until arena_release(); single pieces are never
 * freed. An arena belongs to one thread at a time. Memory is not zeroed unless the name
 * says so. Depends on base/mem.h and base/strbuf.h.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/base.h"

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    char *next;                 /* free bytes of the newest block: [next, end) */
    char *end;
};

/* clang-format off */
#define ARENA_INIT { NULL, NULL, NULL }
/* clang-format on */

/* `size` bytes, aligned for any object. */
void *arena_alloc(struct arena *arena, size_t size);
/* count * size zeroed bytes; the product is checked. */
void *arena_zalloc(struct arena *arena, size_t count, size_t size);
/* A copy of `len` bytes with a NUL after them. */
char *arena_strndup(struct arena *arena, const char *s, size_t len);
char *arena_strdup(struct arena *arena, const char *s);
char *arena_format(struct arena *arena, const char *format, ...) PRINTF_FORMAT(2, 3);
char *arena_vformat(struct arena *arena, const char *format, va_list args);
/* `size` bytes that begin with the `old_size` bytes at `old`, which is gone when it moves. */
void *arena_realloc(struct arena *arena, void *old, size_t old_size, size_t size);

/* The same as MEM_GROW() of base/mem.h, in an arena. */
#define ARENA_GROW(arena, items, count, cap)                                                       \
    do {                                                                                           \
        if ((count) == (cap)) {                                                                    \
            size_t more_ = (cap) ? (cap)*2 : 8;                                                    \
                                                                                                   \
            (items) = arena_realloc((arena), (items), (cap) * sizeof(*(items)),                    \
                                    more_ * sizeof(*(items)));                                     \
            (cap) = more_;                                                                         \
        }                                                                                          \
    } while (0)

void arena_release(struct arena *arena);
/* The same for what goes on to be used: little is kept for what comes next. */
void arena_reset(struct arena *arena);
/* What is in another arena stays where it is, but belongs to this one from now on. */
void arena_join(struct arena *arena, struct arena *other);

#endif
