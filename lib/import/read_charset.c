#include "base/base.h"

#include "import/read_charset.h"

#include <errno.h>
#include <iconv.h>

#include "base/strbuf.h"
#include "text/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"
enum { PIECE = 16384, BROKEN_OF = 50 }; /* one byte in 50 may be broken */

/* -1: there is no such encoding. */
static int convert(const char *from, const char *data, size_t len, struct strbuf *out,
                   size_t *broken)
{
    iconv_t cd = iconv_open("UTF-8", from);
    char *in = (char *)data;

    if (cd == (iconv_t)-1)
        return -1;
    while (len) {
        size_t room = PIECE, result;
        char *next;

        strbuf_grow(out, PIECE);
        next = out->buf + out->len;
        result = iconv(cd, &in, &len, &next, &room);
        strbuf_set_len(out, (size_t)(next - out->buf));
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        strbuf_adds(out, REPLACEMENT);
        ++*broken;
        if (errno == EINVAL) /* it ends within a character */
            break;
        in++;
        len--;
    }
    iconv_close(cd);
    return 0;
}

static const char *by_mark(const char *data, size_t len)
{
    if (len >= 2 && !memcmp(data, "\xff\xfe", 2))
        return "UTF-16LE";
    if (len >= 2 && !memcmp(data, "\xfe\xff", 2))
        return "UTF-16BE";
    return NULL;
}

/* What a text may name: those of Chinese, and the one that others are made in. */
static bool is_known(const char *name)
{
    static const char *const known[] = {"big5", "big5-hkscs", "windows-1252", "iso-8859-1"};

    for (size_t i = 0; name && i < ARRAY_SIZE(known); i++)
        if (!strcasecmp(name, known[i]))
            return true;
    return false;
}

/* Whether it is UTF-8 with a few bytes broken, such as the end of a text that was cut: nearly all
 * of its characters are well-formed. */
static bool is_mostly_utf8(const char *data, size_t len)
{
    size_t good = 0, bad = 0;

    for (size_t at = 0; at < len; at++) {
        size_t rest = at;

        at += utf8_check(data + at, len - at);
        for (; rest < at; rest++)
            good += (unsigned char)data[rest] >= 0xc0;
        bad += at < len;
    }
    return bad < good / 10;
}

int read_charset(const char *data, size_t len, const char *named, struct strbuf *out,
                 size_t *broken)
{
    const char *from = by_mark(data, len);
    size_t wrong;

    *broken = 0;
    if (from)
        return convert(from, data + 2, len - 2, out, broken) || *broken > len / BROKEN_OF ? -1 : 0;
    if (utf8_has_mark(data, len)) {
        data += 3;
        len -= 3;
    }
    wrong = utf8_check(data, len);
    if (wrong == len) {
        strbuf_add(out, data, len);
        return 0;
    }
    if (is_mostly_utf8(data, len)) {
        utf8_add_clean(out, data, len);
        *broken = 1;
        return 0;
    }
    if (convert(is_known(named) ? named : "GB18030", data, len, out, broken))
        return -1;
    return *broken > len / BROKEN_OF ? -1 : 0;
}

bool read_charset_is_binary(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v')
            return true;
    }
    return false;
}
