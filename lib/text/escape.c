#include "base/base.h"

#include "text/escape.h"

#include "base/strbuf.h"
#include "text/utf8.h"

enum { CUT_MAX = 60 };

/* Copies `s`, with replacement[c] in the place of each byte c that has one. */
static void replace(struct strbuf *out, const char *s, size_t len, const char *const *replacement)
{
    size_t from = 0;

    if (!len)
        return; /* `s` may be NULL */
    for (size_t i = 0; i < len; i++) {
        const char *with = replacement[(unsigned char)s[i]];

        if (with) {
            strbuf_add(out, s + from, i - from);
            strbuf_adds(out, with);
            from = i + 1;
        }
    }
    strbuf_add(out, s + from, len - from);
}

void escape_html(struct strbuf *out, const char *s, size_t len)
{
    static const char *const entities[256] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
    };

    replace(out, s, len, entities);
}

void escape_json(struct strbuf *out, const char *s, size_t len)
{
    static const char *const escapes[256] = {
        [0] = "\\u0000",   [1] = "\\u0001",  [2] = "\\u0002",  [3] = "\\u0003",  [4] = "\\u0004",
        [5] = "\\u0005",   [6] = "\\u0006",  [7] = "\\u0007",  ['\b'] = "\\b",   ['\t'] = "\\t",
        ['\n'] = "\\n",    [11] = "\\u000b", ['\f'] = "\\f",   ['\r'] = "\\r",   [14] = "\\u000e",
        [15] = "\\u000f",  [16] = "\\u0010", [17] = "\\u0011", [18] = "\\u0012", [19] = "\\u0013",
        [20] = "\\u0014",  [21] = "\\u0015", [22] = "\\u0016", [23] = "\\u0017", [24] = "\\u0018",
        [25] = "\\u0019",  [26] = "\\u001a", [27] = "\\u001b", [28] = "\\u001c", [29] = "\\u001d",
        [30] = "\\u001e",  [31] = "\\u001f", ['"'] = "\\\"",   ['\\'] = "\\\\",  ['<'] = "\\u003c",
        [127] = "\\u007f",
    };

    replace(out, s, len, escapes);
}

static bool is_unreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           memchr("-._~/", c, 5);
}

void escape_url(struct strbuf *out, const char *s, size_t len)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if (is_unreserved(c)) {
            strbuf_addch(out, (char)c);
        } else {
            strbuf_addch(out, '%');
            strbuf_addch(out, hex[c >> 4]);
            strbuf_addch(out, hex[c & 15]);
        }
    }
}

/* Controls (C0, DEL, C1), line separators, marks that override the direction of writing. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

void escape_message(struct strbuf *out, const char *s, size_t len)
{
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c;

        n = utf8_decode(s + i, len - i, &c);
        if (!is_control(c) && (n > 1 || c < 0x80))
            strbuf_add(out, s + i, n);
        else
            for (size_t j = i; j < i + n; j++)
                strbuf_addf(out, "\\x%02x", (unsigned)(unsigned char)s[j]);
    }
}

void escape_message_cut(struct strbuf *out, const char *s, size_t len)
{
    size_t cut = len > CUT_MAX ? CUT_MAX : len;

    while (cut < len && cut && utf8_is_within(s[cut]))
        cut--; /* no part of a character */
    escape_message(out, s, cut);
    if (cut < len)
        strbuf_adds(out, "…");
}

void escape_roff(struct strbuf *out, const char *s, size_t len)
{
    static const char *const escapes[256] = {
        ['\\'] = "\\e",  ['"'] = "\\(dq", ['-'] = "\\-",   ['\''] = "\\(aq",
        ['`'] = "\\(ga", ['^'] = "\\(ha", ['~'] = "\\(ti",
    };

    for (size_t i = 0, end; i < len; i = end) {
        const char *feed = memchr(s + i, '\n', len - i);

        end = feed ? (size_t)(feed + 1 - s) : len;
        if (s[i] == '.' && (!out->len || out->buf[out->len - 1] == '\n'))
            strbuf_adds(out, "\\&");
        replace(out, s + i, end - i, escapes);
    }
}

void escape_none(struct strbuf *out, const char *s, size_t len)
{
    strbuf_add(out, s, len);
}
