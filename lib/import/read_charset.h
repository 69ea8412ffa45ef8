/*
 * read_charset: bytes of a text in any of the encodings that Chinese documents come in, as UTF-8.
 *
 * A byte order mark decides; else what is well-formed UTF-8 is that; else the encoding that the
 * text names, if it does; else GB18030, of which GB2312 and GBK are parts. Depends on base and
 * text/utf8.h.
 */
#ifndef IMPORT_READ_CHARSET_H
#define IMPORT_READ_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

struct strbuf;

/*
 * Appends the text, without its mark, and line ends as they are. `named` is the encoding that the
 * text says it has, or NULL. Bytes that mean nothing become U+FFFD; *broken is 0 if there are none.
 * -1 when so many do that it is no text in any of them.
 */
int read_charset(const char *data, size_t len, const char *named, struct strbuf *out,
                 size_t *broken);

/* Whether a text, in UTF-8, has characters that no text has: NUL and other control characters. */
bool read_charset_is_binary(const char *text, size_t len);

#endif
