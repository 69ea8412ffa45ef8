#include "base/base.h"

#include "base/arena.h"

#include "base/mem.h"
#include "base/strbuf.h"

enum { BLOCK_SIZE = 64 * 1024, ALIGN = _Alignof(max_align_t) };

struct arena_block {
    struct arena_block *older;
    _Alignas(max_align_t) char data[];
};

static void open_block(struct arena *arena, size_t at_least)
{
    size_t size = at_least > BLOCK_SIZE ? at_least : BLOCK_SIZE;
    struct arena_block *block;

    if (size > SIZE_MAX - sizeof(*block))
        size = SIZE_MAX - sizeof(*block); /* mem_alloc reports it */
    block = mem_alloc(sizeof(*block) + size);
    block->older = arena->blocks;
    arena->blocks = block;
    arena->next = block->data;
    arena->end = block->data + size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    char *p;

    if (size > SIZE_MAX - ALIGN)
        size = SIZE_MAX - ALIGN;
    if (!size)
        size = 1; /* so that no piece is NULL */
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (size > (size_t)(arena->end - arena->next))
        open_block(arena, size);
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

void *arena_realloc(struct arena *arena, void *old, size_t old_size, size_t size)
{
    size_t held = (old_size + ALIGN - 1) / ALIGN * ALIGN;
    void *p;

    if (size <= held)
        return old;
    if (old && (char *)old + held == arena->next &&
        size - held <= (size_t)(arena->end - arena->next)) {
        arena_alloc(arena, size - held);
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
