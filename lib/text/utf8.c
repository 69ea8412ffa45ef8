#include "base/base.h"

#include "text/utf8.h"

#include "base/strbuf.h"

static bool in_range(unsigned char c, unsigned char low, unsigned char high)
{
    return c >= low && c <= high;
}

/* The length of the well-formed sequence at p, which has `left` bytes; 0 if there is none. */
static size_t sequence(const unsigned char *p, size_t left)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t len;

    if (p[0] < 0x80)
        return 1;
    if (in_range(p[0], 0xC2, 0xDF)) {
        len = 2;
    } else if (in_range(p[0], 0xE0, 0xEF)) {
        len = 3;
        if (p[0] == 0xE0)
            low = 0xA0; /* shorter forms exist */
        else if (p[0] == 0xED)
            high = 0x9F; /* surrogates */
    } else if (in_range(p[0], 0xF0, 0xF4)) {
        len = 4;
        if (p[0] == 0xF0)
            low = 0x90;
        else if (p[0] == 0xF4)
            high = 0x8F;
    } else {
        return 0;
    }
    if (left < len || !in_range(p[1], low, high))
        return 0;
    for (size_t i = 2; i < len; i++)
        if (!in_range(p[i], 0x80, 0xBF))
            return 0;
    return len;
}

size_t utf8_check(const char *s, size_t len)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t i = 0;

    while (i < len) {
        size_t n;
        uint64_t eight;

        while (len - i >= sizeof(eight)) { /* runs of ASCII, eight at a time */
            memcpy(&eight, p + i, sizeof(eight));
            if (eight & UINT64_C(0x8080808080808080))
                break;
            i += sizeof(eight);
        }
        /* the CJK block, which most texts here are made of: E4..E9 and two continuations */
        while (len - i >= 3 && in_range(p[i], 0xE4, 0xE9) && (p[i + 1] & 0xC0) == 0x80 &&
               (p[i + 2] & 0xC0) == 0x80)
            i += 3;
        if (i >= len)
            break;
        n = sequence(p + i, len - i);
        if (!n)
            break;
        i += n;
    }
    return i;
}

bool utf8_has_mark(const char *s, size_t len)
{
    return len >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3);
}

size_t utf8_decode(const char *s, size_t len, uint32_t *character)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t n = sequence(p, len);
    uint32_t c;

    if (n <= 1) {
        *character = p[0];
        return 1;
    }
    c = p[0] & (0xFFU >> (n + 1));
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (p[i] & 0x3F);
    *character = c;
    return n;
}

void utf8_add(struct strbuf *out, uint32_t character)
{
    char bytes[4];
    size_t n = 0;

    if (character < 0x80) {
        bytes[n++] = (char)character;
    } else if (character < 0x800) {
        bytes[n++] = (char)(0xC0 | character >> 6);
        bytes[n++] = (char)(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        bytes[n++] = (char)(0xE0 | character >> 12);
        bytes[n++] = (char)(0x80 | (character >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (character & 0x3F));
    } else {
        bytes[n++] = (char)(0xF0 | character >> 18);
        bytes[n++] = (char)(0x80 | (character >> 12 & 0x3F));
        bytes[n++] = (char)(0x80 | (character >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (character & 0x3F));
    }
    strbuf_add(out, bytes, n);
}

size_t utf8_back(const char *s, size_t at, size_t bytes)
{
    size_t from = at < bytes ? 0 : at - bytes;

    while (from < at && utf8_is_within(s[from]))
        from++;
    return from;
}

void utf8_add_clean(struct strbuf *out, const char *s, size_t len)
{
    size_t good;

    while ((good = utf8_check(s, len)) < len) {
        strbuf_add(out, s, good);
        utf8_add(out, 0xFFFD);
        s += good + 1;
        len -= good + 1;
    }
    strbuf_add(out, s, len);
}

uint32_t utf8_half_width(uint32_t character)
{
    return character >= 0xFF01 && character <= 0xFF5E ? character - 0xFF01 + '!' : character;
}

bool utf8_is_han(uint32_t character)
{
    return (character >= 0x4E00 && character <= 0x9FFF) ||
           (character >= 0x3400 && character <= 0x4DBF) ||
           (character >= 0xF900 && character <= 0xFAFF) ||
           (character >= 0x20000 && character <= 0x3FFFF);
}

bool utf8_has_han(const char *s, size_t len)
{
    size_t i = 0;

    while (i < len) {
        uint32_t c;

        if ((unsigned char)s[i] < 0xe3) { /* below U+3000 */
            i++;
            continue;
        }
        i += utf8_decode(s + i, len - i, &c);
        if (utf8_is_han(c))
            return true;
    }
    return false;
}
