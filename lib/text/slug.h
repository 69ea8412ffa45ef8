/*
 * slug: a text as a name that can stand in an address: its letters and digits, of any script,
 * joined by single hyphens; those of ASCII in lower case. A text without any gives nothing.
 *
 * Depends on base/strbuf.h and text/utf8.h.
 */
#ifndef TEXT_SLUG_H
#define TEXT_SLUG_H

#include <stddef.h>

struct strbuf;

/* `s` is well-formed UTF-8. */
void slug_add(struct strbuf *out, const char *s, size_t len);

#endif
