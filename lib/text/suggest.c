#include "base/base.h"

#include "text/suggest.h"

enum { NAME_MAX_LEN = 64 }; /* longer names are not compared */

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;

    return ab < c ? ab : c;
}

static unsigned distance(const char *a, size_t a_len, const char *b, size_t b_len)
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

void suggest_start(struct suggest *s, const char *wanted, size_t len)
{
    *s = (struct suggest){NULL, wanted, len, UINT_MAX};
}

void suggest_offer(struct suggest *s, const char *known)
{
    size_t len = strlen(known);
    size_t longer = len > s->wanted_len ? len : s->wanted_len;
    unsigned d;

    if (longer > NAME_MAX_LEN)
        return;
    d = distance(s->wanted, s->wanted_len, known, len);
    if (d * 3 <= longer + 1 && d < s->distance) {
        s->distance = d;
        s->name = known;
    }
}
