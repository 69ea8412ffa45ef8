#include "base/base.h"

#include "text/slug.h"

#include "base/strbuf.h"
#include "text/utf8.h"

/* CJK and general punctuation, and the full-width forms of ASCII punctuation. */
static bool is_punctuation(uint32_t c)
{
    return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F && c != 0x3007) ||
           (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || c == 0xFF3B ||
           c == 0xFF3D || c == 0xB7 || c == 0xA0;
}

void slug_add(struct strbuf *out, const char *s, size_t len)
{
    size_t start = out->len;
    bool gap = false;

    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = utf8_decode(s + i, len - i, &c);
        bool keep =
            c >= 0x80 ? !is_punctuation(c)
                      : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (keep && gap && out->len > start)
            strbuf_addch(out, '-');
        gap = !keep;
        if (keep && c >= 'A' && c <= 'Z')
            strbuf_addch(out, (char)(c + ('a' - 'A')));
        else if (keep)
            strbuf_add(out, s + i, n);
        i += n;
    }
}
