/*
 * UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strbuf;

/* The offset of the first byte that is not part of well-formed UTF-8; `len` when all is well. */
size_t utf8_check(const char *s, size_t len);

/* Whether a text begins with a byte order mark (U+FEFF), which some editors put there and which
 * tools that read the text afterwards trip over. */
bool utf8_has_mark(const char *s, size_t len);
/* What to do about it, for the hint of an error. */
#define UTF8_MARK_HINT "save it as 'UTF-8', not as 'UTF-8 with BOM'"

/*
 * Decodes the character at s (well-formed, len > 0) and returns how many bytes it takes.
 */
size_t utf8_decode(const char *s, size_t len, uint32_t *character);

/* Whether a byte is one within a character, not its first. */
static inline bool utf8_is_within(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* A place at most so many bytes before another, at the first character that begins there. */
size_t utf8_back(const char *s, size_t at, size_t bytes);

/* Appends a text; each byte that is not part of well-formed UTF-8 becomes U+FFFD. */
void utf8_add_clean(struct strbuf *out, const char *s, size_t len);

/* Appends a character, which must not be a surrogate nor above U+10FFFF. */
void utf8_add(struct strbuf *out, uint32_t character);

/* The ASCII character of which a character is the full-width form (U+FF01 to U+FF5E: "Ａ１％"), or
 * the character itself. */
uint32_t utf8_half_width(uint32_t character);

/* Whether a character is a Chinese one (CJK unified ideographs, their extensions, and those for
 * compatibility; 〇 is a sign, U+3007), and whether a text has one. */
bool utf8_is_han(uint32_t character);
bool utf8_has_han(const char *s, size_t len);

#endif
