#include "base/base.h"

#include "base/arena.h"

#include "base/mem.h"
#include "base/strbuf.h"

enum { BLOCK_SIZE = 64 * 1024, OWN_SIZE = BLOCK_SIZE / 2, ALIGN = _Alignof(max_align_t) };

struct arena_block {
    struct arena_block *older;
    _Alignas(max_align_t) char data[];
};

static struct arena_block *new_block(size_t size)
{
    struct arena_block *block;

    if (size > SIZE_MAX - sizeof(*block))
        size = SIZE_MAX - sizeof(*block); /* mem_alloc reports it */
    return mem_alloc(sizeof(*block) + size);
}

static void open_block(struct arena *arena)
{
    struct arena_block *block = new_block(BLOCK_SIZE);

    block->older = arena->blocks;
    arena->blocks = block;
    arena->next = block->data;
    arena->end = block->data + BLOCK_SIZE;
}

/* A large piece has a block of its own, behind the newest, of which the rest stays free. */
static void *own_block(struct arena *arena, size_t size)
{
    struct arena_block *block = new_block(size);

    if (!arena->blocks)
        open_block(arena);
    block->older = arena->blocks->older;
    arena->blocks->older = block;
    return block->data;
}

static size_t rounded(size_t size)
{
    if (size > SIZE_MAX - ALIGN)
        size = SIZE_MAX - ALIGN;
    if (!size)
        size = 1; /* so that no piece is NULL */
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    char *p;

    size = rounded(size);
    if (size > OWN_SIZE)
        return own_block(arena, size);
    if (size > (size_t)(arena->end - arena->next))
        open_block(arena);
    p = arena->next;
    arena->next += size;
    return p;
}

void *arena_zalloc(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    void *p;

    if (__builtin_mul_overflow(count, size, &bytes))
        bytes = SIZE_MAX;
    p = arena_alloc(arena, bytes);
    memset(p, 0, bytes);
    return p;
}

char *arena_strndup(struct arena *arena, const char *s, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);

    if (len)
        memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *arena_strdup(struct arena *arena, const char *s)
{
    return arena_strndup(arena, s, strlen(s));
}

char *arena_vformat(struct arena *arena, const char *format, va_list args)
{
    struct strbuf sb = STRBUF_INIT;
    char *s;

    strbuf_vaddf(&sb, format, args);
    s = arena_strndup(arena, sb.buf, sb.len);
    strbuf_release(&sb);
    return s;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *s;

    va_start(args, format);
    s = arena_vformat(arena, format, args);
    va_end(args);
    return s;
}

/* A piece with a block of its own grows with it, so that no old copy stays. NULL: it has none. */
static void *grow_block(struct arena *arena, const void *old, size_t size)
{
    struct arena_block **at = &arena->blocks;

    while (*at && (*at)->data != (const char *)old)
        at = &(*at)->older;
    if (!*at)
        return NULL;
    size = rounded(size);
    if (size > SIZE_MAX - sizeof(**at))
        size = SIZE_MAX - sizeof(**at);
    *at = mem_realloc(*at, 1, sizeof(**at) + size);
    return (*at)->data;
}

void *arena_realloc(struct arena *arena, void *old, size_t old_size, size_t size)
{
    size_t held = (old_size + ALIGN - 1) / ALIGN * ALIGN;
    void *p;

    if (size <= held)
        return old;
    p = old && held > OWN_SIZE ? grow_block(arena, old, size) : NULL;
    if (p)
        return p;
    if (old && (char *)old + held == arena->next && size <= OWN_SIZE &&
        size - held <= (size_t)(arena->end - arena->next)) {
        arena->next += rounded(size - held);
        return old;
    }
    p = arena_alloc(arena, size);
    if (old)
        memcpy(p, old, old_size);
    return p;
}

void arena_release(struct arena *arena)
{
    struct arena_block *block = arena->blocks;

    while (block) {
        struct arena_block *older = block->older;

        free(block);
        block = older;
    }
    *arena = (struct arena)ARENA_INIT;
}

/* Under a sanitizer all of it goes, so that what is used after it is found. */
void arena_reset(struct arena *arena)
{
#ifndef __SANITIZE_ADDRESS__
    if (arena->blocks) {
        struct arena rest = {arena->blocks->older, NULL, NULL};

        arena_release(&rest);
        arena->blocks->older = NULL;
        arena->next = arena->blocks->data;
        return;
    }
#endif
    arena_release(arena);
}

void arena_join(struct arena *arena, struct arena *other)
{
    struct arena_block **end = &arena->blocks;

    if (!arena->blocks) {
        *arena = *other;
    } else {
        while (*end)
            end = &(*end)->older;
        *end = other->blocks;
    }
    *other = (struct arena)ARENA_INIT;
}
