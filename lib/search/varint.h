/*
 * varint: numbers in as few bytes as they need, seven bits each, the low ones first; the last byte
 * is below 0x80. Depends on base.
 */
#ifndef SEARCH_VARINT_H
#define SEARCH_VARINT_H

#include "base/strbuf.h"

static inline void varint_add(struct strbuf *out, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        strbuf_addch(out, (char)(unsigned char)(0x80 | (n & 0x7F)));
    strbuf_addch(out, (char)(unsigned char)n);
}

#endif
