#include "base/base.h"

#include "base/decimal.h"

#include "base/strbuf.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool push_digit(int64_t *units, char digit)
{
    return !__builtin_mul_overflow(*units, 10, units) &&
           !__builtin_add_overflow(*units, digit - '0', units);
}

enum decimal_status decimal_parse(const char *s, size_t len, struct decimal *out)
{
    const char *end = s + len;
    bool negative = false, in_range = true;
    struct decimal d = {0, 0, false};

    if (!len)
        return DECIMAL_EMPTY;
    if (*s == '-') {
        negative = true;
        s++;
    }
    if (s == end || !is_digit(*s) || (*s == '0' && end - s > 1 && is_digit(s[1])))
        return DECIMAL_SYNTAX;
    for (; s < end && is_digit(*s); s++)
        in_range &= push_digit(&d.units, *s);
    if (s < end && *s == '.') {
        s++;
        if (s == end)
            return DECIMAL_SYNTAX;
        for (; s < end && is_digit(*s); s++, d.scale++)
            in_range &= push_digit(&d.units, *s);
    }
    if (s < end)
        return DECIMAL_SYNTAX;
    if (!in_range || d.scale > DECIMAL_SCALE_MAX)
        return DECIMAL_RANGE;
    if (negative) {
        d.minus_zero = !d.units;
        d.units = -d.units;
    }
    *out = d;
    return DECIMAL_OK;
}

/* An exponent of a JSON number, cut off at a size that no number here can have. */
static int parse_exponent(const char *s, const char *end)
{
    bool negative = *s == '-';
    int exponent = 0;

    if (*s == '-' || *s == '+')
        s++;
    for (; s < end; s++)
        if (exponent < 10000)
            exponent = exponent * 10 + (*s - '0');
    return negative ? -exponent : exponent;
}

enum decimal_status decimal_parse_json(const char *s, size_t len, struct decimal *out)
{
    const char *mark = memchr(s, 'e', len);
    enum decimal_status status;
    struct decimal d;
    int exponent;

    if (!mark)
        mark = memchr(s, 'E', len);
    status = decimal_parse(s, mark ? (size_t)(mark - s) : len, &d);
    if (status != DECIMAL_OK || !mark) {
        if (status == DECIMAL_OK)
            *out = d;
        return status;
    }
    exponent = parse_exponent(mark + 1, s + len);
    for (; exponent > 0 && d.scale; exponent--)
        d.scale--;
    for (; exponent > 0 && d.units; exponent--)
        if (__builtin_mul_overflow(d.units, 10, &d.units))
            return DECIMAL_RANGE;
    if (exponent < 0) {
        if ((int)d.scale - exponent > DECIMAL_SCALE_MAX)
            return DECIMAL_RANGE;
        d.scale += (unsigned)-exponent;
    }
    *out = d;
    return DECIMAL_OK;
}

static void format(struct decimal d, bool grouped, struct strbuf *out)
{
    uint64_t n = d.units < 0 ? -(uint64_t)d.units : (uint64_t)d.units;
    char text[64]; /* filled from its end */
    size_t at = sizeof(text);

    for (unsigned place = 0; n || place <= d.scale; place++) {
        if (place == d.scale && place)
            text[--at] = '.';
        else if (grouped && place > d.scale && (place - d.scale) % 3 == 0)
            text[--at] = ',';
        text[--at] = (char)('0' + n % 10);
        n /= 10;
    }
    if (d.units < 0 || d.minus_zero)
        text[--at] = '-';
    strbuf_add(out, text + at, sizeof(text) - at);
}

void decimal_format(struct decimal d, struct strbuf *out)
{
    format(d, false, out);
}

void decimal_format_grouped(struct decimal d, struct strbuf *out)
{
    format(d, true, out);
}

void decimal_group_signed(const char *written, struct strbuf *out)
{
    size_t whole;

    if (*written == '-')
        strbuf_addch(out, *written++);
    else if (written[strspn(written, "0.")])
        strbuf_addch(out, '+');
    whole = strcspn(written, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0)
            strbuf_addch(out, ',');
        strbuf_addch(out, written[i]);
    }
    strbuf_adds(out, written + whole);
}

int decimal_rescale(struct decimal d, unsigned scale, struct decimal *out)
{
    if (scale > DECIMAL_SCALE_MAX)
        return -1;
    for (; d.scale < scale; d.scale++)
        if (__builtin_mul_overflow(d.units, 10, &d.units))
            return -1;
    for (; d.scale > scale; d.scale--) {
        if (d.units % 10)
            return -1;
        d.units /= 10;
    }
    *out = d;
    return 0;
}
