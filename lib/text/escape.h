/*
 * Escape verbs, one per context. Each appends `len` bytes of UTF-8 text to a strbuf so that the
 * text arrives as text in that context and can end nothing there.
 *
 * Depends on base/strbuf.h and text/utf8.h.
 */
#ifndef TEXT_ESCAPE_H
#define TEXT_ESCAPE_H

#include <stddef.h>

struct strbuf;

/* Element content and quoted attribute values of HTML and XML: & < > " ' */
void escape_html(struct strbuf *out, const char *s, size_t len);
/* A path or query part of a URL: everything but unreserved characters and '/' becomes %XX (RFC
 * 3986). */
void escape_url(struct strbuf *out, const char *s, size_t len);
/* The inside of a JSON string (RFC 8259); also safe inside a <script> element: < becomes \u003c. */
void escape_json(struct strbuf *out, const char *s, size_t len);
/*
 * A message that a terminal shows: what could move its cursor, change its colours, forge a line or
 * turn the direction of writing becomes \xHH, and so do bytes that are no UTF-8. A backslash stays.
 */
void escape_message(struct strbuf *out, const char *s, size_t len);
/* The same of a text that may be long: after 60 bytes, in whole characters, comes an ellipsis. */
void escape_message_cut(struct strbuf *out, const char *s, size_t len);
/*
 * Text of a manual page in roff: what begins a line is no request, quotes, hyphens and backslashes
 * are what they are. Whether a line begins is seen from what `out` holds.
 */
void escape_roff(struct strbuf *out, const char *s, size_t len);
/* Nothing to escape: plain text. Of the same type as the others, for tables of them. */
void escape_none(struct strbuf *out, const char *s, size_t len);

#endif
