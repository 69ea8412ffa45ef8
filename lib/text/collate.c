#include "base/base.h"

#include "text/collate.h"

#include <iconv.h>

#include "base/strbuf.h"

enum { GROWTH = 2 }; /* no character of UTF-8 takes more than twice its bytes in GB 18030 */

bool collate_works(void)
{
    iconv_t converter = iconv_open("GB18030", "UTF-8");

    return converter != (iconv_t)-1 && !iconv_close(converter);
}

void collate_key(const char *s, size_t len, struct strbuf *out)
{
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    char *from = (char *)s, *to;
    size_t left = len, room = len * GROWTH, done;

    strbuf_grow(out, room);
    to = out->buf + out->len;
    done = converter == (iconv_t)-1 ? (size_t)-1 : iconv(converter, &from, &left, &to, &room);
    if (done == (size_t)-1)
        strbuf_add(out, s, len); /* not UTF-8, or not collate_works() */
    else
        strbuf_set_len(out, (size_t)(to - out->buf));
    if (converter != (iconv_t)-1)
        iconv_close(converter);
}
