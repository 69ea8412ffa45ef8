/*
 * import_text: the text of a document as Markdown, in its order: headings, paragraphs, and a
 * reference ({{table income}}) where a statutory table stood. A table that is none of the report's,
 * or has rows of others, is a fenced block of CSV. Nothing that Markdown would take for markup
 * stays one.
 *
 * Depends on base, text/csv.h, import/draft.h.
 */
#ifndef IMPORT_IMPORT_TEXT_H
#define IMPORT_IMPORT_TEXT_H

struct draft;
struct strbuf;

/* The text of the report (`owner` NULL) or of an evaluation; nothing when it has none. */
void import_text(const struct draft *draft, const char *owner, const char *title,
                 struct strbuf *out);

#endif
