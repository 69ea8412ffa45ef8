/*
 * markdown_source: what can be said of a Markdown text from its bytes and lines. Private to
 * markdown.
 *
 * Depends on base and text/utf8.h.
 */
#ifndef TEXT_MARKDOWN_SOURCE_H
#define TEXT_MARKDOWN_SOURCE_H

#include <stddef.h>

struct errs;

/* -1 after adding an error: the text has bytes that no text may have. */
int markdown_check_bytes(const char *file, const char *text, size_t len, struct errs *errs);

/*
 * Where a table of | signs begins among the lines of a paragraph, text[from] to text[to]:
 * CommonMark has no such tables, so it would be shown as it is written. `to`: there is none.
 */
size_t markdown_find_table(const char *text, size_t from, size_t to);

#endif
