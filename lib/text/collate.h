/*
 * collate: the order of Chinese names, which is that of their bytes in GB 18030: the characters
 * that are used most stand there in the order of their pinyin (GB/T 2312, level 1), and every
 * character of Unicode has a place. The locale has no say in it.
 *
 * Depends on base/strbuf.h and iconv of the C library.
 */
#ifndef TEXT_COLLATE_H
#define TEXT_COLLATE_H

#include <stdbool.h>
#include <stddef.h>

struct strbuf;

/* Whether the C library has the tables of GB 18030. Without them keys would be in another order. */
bool collate_works(void);

/* Appends bytes that compare, with memcmp or as strings, in the order of the texts. */
void collate_key(const char *s, size_t len, struct strbuf *out);

#endif
