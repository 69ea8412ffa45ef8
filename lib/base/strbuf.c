#include "base/base.h"

#include "base/strbuf.h"

#include "base/mem.h"

/* Never written: every writer grows first while cap is 0. */
char strbuf_empty[1];

void strbuf_init(struct strbuf *sb)
{
    *sb = (struct strbuf)STRBUF_INIT;
}

void strbuf_release(struct strbuf *sb)
{
    if (sb->cap)
        free(sb->buf);
    strbuf_init(sb);
}

void strbuf_grow(struct strbuf *sb, size_t extra)
{
    size_t need;

    if (__builtin_add_overflow(sb->len, extra, &need) || __builtin_add_overflow(need, 1, &need))
        need = SIZE_MAX; /* mem_realloc reports it */
    if (need <= sb->cap)
        return;
    if (need < sb->cap + sb->cap / 2)
        need = sb->cap + sb->cap / 2;
    if (need < 64)
        need = 64;
    sb->buf = mem_realloc(sb->cap ? sb->buf : NULL, need, 1);
    sb->cap = need;
    sb->buf[sb->len] = '\0';
}

void strbuf_addn(struct strbuf *sb, char c, size_t n)
{
    strbuf_grow(sb, n);
    memset(sb->buf + sb->len, c, n);
    strbuf_set_len(sb, sb->len + n);
}

void strbuf_vaddf(struct strbuf *sb, const char *format, va_list args)
{
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        abort(); /* a bad format is a bug of ours */
    strbuf_grow(sb, (size_t)len);
    vsnprintf(sb->buf + sb->len, (size_t)len + 1, format, args);
    sb->len += (size_t)len;
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    strbuf_vaddf(sb, format, args);
    va_end(args);
}

void strbuf_add_uint(struct strbuf *sb, uint64_t n)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    strbuf_add(sb, digits + at, sizeof(digits) - at);
}

void strbuf_add_int(struct strbuf *sb, int64_t n)
{
    if (n < 0)
        strbuf_addch(sb, '-');
    strbuf_add_uint(sb, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

char *strbuf_detach(struct strbuf *sb, size_t *len)
{
    char *buf;

    strbuf_grow(sb, 0);
    buf = sb->buf;
    if (len)
        *len = sb->len;
    strbuf_init(sb);
    return buf;
}
