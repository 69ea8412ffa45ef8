/*
 * strbuf: a byte string that grows.
 *
 * Invariants, true from STRBUF_INIT on and after every call:
 *  - `buf` is never NULL and always ends in a NUL at buf[len], which does not count in `len`;
 *  - the bytes may contain further NULs; nothing here cares what they are;
 *  - `buf` may move with every call that adds, so do not keep pointers into it.
 *
 * A strbuf that was only initialised owns no memory. strbuf_release() may be called at any time and
 * leaves it as STRBUF_INIT does. Depends on base/mem.h alone.
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"

struct strbuf {
    char *buf;
    size_t len;
    size_t cap; /* bytes allocated, 0 while buf is the shared empty string */
};

extern char strbuf_empty[1];

/* clang-format off */
#define STRBUF_INIT { strbuf_empty, 0, 0 }
/* clang-format on */

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb);

/* Room for `extra` more bytes and the NUL. */
void strbuf_grow(struct strbuf *sb, size_t extra);

static inline void strbuf_set_len(struct strbuf *sb, size_t len)
{
    sb->len = len;
    if (sb->cap)
        sb->buf[len] = '\0';
}

static inline void strbuf_clear(struct strbuf *sb)
{
    strbuf_set_len(sb, 0);
}

/* `data` may be NULL when `len` is 0. */
static inline void strbuf_add(struct strbuf *sb, const void *data, size_t len)
{
    if (!len)
        return;
    if (len >= sb->cap - sb->len || !sb->cap)
        strbuf_grow(sb, len);
    memcpy(sb->buf + sb->len, data, len);
    sb->len += len;
    sb->buf[sb->len] = '\0';
}

static inline void strbuf_addch(struct strbuf *sb, char c)
{
    if (sb->len + 1 >= sb->cap)
        strbuf_grow(sb, 1);
    sb->buf[sb->len++] = c;
    sb->buf[sb->len] = '\0';
}

static inline void strbuf_adds(struct strbuf *sb, const char *s)
{
    strbuf_add(sb, s, strlen(s));
}

static inline void strbuf_addbuf(struct strbuf *sb, const struct strbuf *other)
{
    strbuf_add(sb, other->buf, other->len);
}

/* `n` times the byte `c`. */
void strbuf_addn(struct strbuf *sb, char c, size_t n);

void strbuf_addf(struct strbuf *sb, const char *format, ...) PRINTF_FORMAT(2, 3);
void strbuf_vaddf(struct strbuf *sb, const char *format, va_list args);

/* A number in decimal, without the cost of a format. */
void strbuf_add_uint(struct strbuf *sb, uint64_t n);
void strbuf_add_int(struct strbuf *sb, int64_t n);

/* Hands the bytes to the caller, who frees them; the strbuf is empty afterwards. */
char *strbuf_detach(struct strbuf *sb, size_t *len);

#endif
