#include "base/base.h"

#include "text/suggest.h"

#include "text/utf8.h"

enum { NAME_MAX_LEN = 64 }; /* characters; longer names are not compared */
enum { SHORT = 3 };         /* 美元 is something else than 千元 */

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;

    return ab < c ? ab : c;
}

static unsigned distance(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
    unsigned rows[3][NAME_MAX_LEN + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_len; j++)
        above[j] = (unsigned)j;
    for (size_t i = 1; i <= a_len; i++) {
        unsigned *oldest = before;

        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_len; j++) {
            row[j] = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        before = above;
        above = row;
        row = oldest;
    }
    return above[b_len];
}

/* How many characters a name has; more than NAME_MAX_LEN when it is too long. */
static size_t take_apart(const char *name, size_t len, uint32_t characters[NAME_MAX_LEN])
{
    size_t count = 0;

    for (size_t at = 0; at < len; count++) {
        if (count == NAME_MAX_LEN)
            return count + 1;
        at += utf8_decode(name + at, len - at, &characters[count]);
    }
    return count;
}

void suggest_start(struct suggest *s, const char *wanted, size_t len)
{
    *s = (struct suggest){NULL, wanted, len, UINT_MAX};
}

void suggest_offer(struct suggest *s, const char *known)
{
    uint32_t a[NAME_MAX_LEN], b[NAME_MAX_LEN];
    size_t a_len = take_apart(s->wanted, s->wanted_len, a);
    size_t b_len = take_apart(known, strlen(known), b);
    size_t longer = a_len > b_len ? a_len : b_len;
    unsigned d;

    if (longer > NAME_MAX_LEN)
        return;
    d = distance(a, a_len, b, b_len);
    if (d <= (longer < SHORT ? 0 : (longer + 1) / 3) && d < s->distance) {
        s->distance = d;
        s->name = known;
    }
}
