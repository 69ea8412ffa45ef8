#include "base/base.h"

#include "model/number_hint.h"

#include "base/decimal.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "text/utf8.h"

static bool has(const char *s, size_t len, const char *what)
{
    return memmem(s, len, what, strlen(what)) != NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* --- what was meant --- */

/* What people put before, behind and between digits, apart from these. */
struct meant {
    struct strbuf number; /* nothing, when no number can be made of it */
    bool separators, percent, plus, spaces, more, wide;
};

/* A full-width form of ASCII, a minus sign or a space as what it stands for. */
static uint32_t half_width(uint32_t c)
{
    if (c == 0x3000 || c == 0xA0)
        return ' ';
    return c == 0x2212 ? '-' : utf8_half_width(c);
}

/* Whether any of that was a digit, a point or a sign. */
static bool add_half_width(const char *s, size_t len, struct strbuf *out)
{
    bool wide = false;

    while (len) {
        uint32_t c;
        size_t n = utf8_decode(s, len, &c);

        wide |= n > 1 && half_width(c) != c && half_width(c) != ' ';
        utf8_add(out, half_width(c));
        s += n;
        len -= n;
    }
    return wide;
}

/* Separators stand before groups of three digits, up to the point. */
static bool is_grouped(const char *s)
{
    size_t first = strspn(s, "0123456789");

    if (!first || first > 3)
        return false;
    for (s += first; (*s == ',' || *s == ' ') && is_digit(s[1]); s += 4)
        if (strspn(s + 1, "0123456789") != 3)
            return false;
    return true;
}

/* The digits, without the separators between them; the rest is left in `s`. */
static const char *take_digits(struct meant *meant, const char *s)
{
    bool grouped = is_grouped(s);

    for (; *s; s++)
        if (grouped && (*s == ',' || *s == ' ') && is_digit(s[1]))
            meant->separators = true;
        else if (is_digit(*s) || *s == '.')
            strbuf_addch(&meant->number, *s);
        else
            break;
    return s;
}

static void understand(struct meant *meant, const char *s, size_t len)
{
    struct strbuf half = STRBUF_INIT;
    struct decimal ignored;
    const char *p;

    meant->wide = add_half_width(s, len, &half);
    for (p = half.buf; *p == ' ' || *p == '+'; p++)
        *(*p == '+' ? &meant->plus : &meant->spaces) = true;
    if (*p == '-')
        strbuf_addch(&meant->number, *p++);
    p = take_digits(meant, p);
    for (; *p == ' ' || *p == '%'; p++)
        *(*p == '%' ? &meant->percent : &meant->spaces) = true;
    meant->more = *p != '\0';
    if (strpbrk(p, "0123456789,.") ||
        decimal_parse(meant->number.buf, meant->number.len, &ignored) != DECIMAL_OK)
        strbuf_clear(&meant->number);
    strbuf_release(&half);
}

/* --- what is no number --- */

/* Any form of dash, and nothing that is a digit. */
static bool is_dash(const char *s, size_t len)
{
    static const char *const dashes[] = {"-", "/", "—", "–", "―", "‐", "−", "─", "－", "／", "…"};
    struct strbuf half = STRBUF_INIT;
    bool has_digit, dash = false;

    add_half_width(s, len, &half);
    has_digit = half.buf[strcspn(half.buf, "0123456789")] != '\0';
    strbuf_release(&half);
    for (size_t i = 0; !has_digit && i < ARRAY_SIZE(dashes); i++)
        dash |= len >= strlen(dashes[i]) && !memcmp(s, dashes[i], strlen(dashes[i]));
    return dash;
}

/* 1.2E+03, as spreadsheets show what is too wide for a cell. */
static bool is_shortened(const char *s, size_t len)
{
    size_t digits = 0, at = len && s[0] == '-';

    for (; at < len && (is_digit(s[at]) || s[at] == '.'); at++)
        digits++;
    if (!digits || at == len || (s[at] != 'e' && s[at] != 'E'))
        return false;
    at++;
    at += at < len && (s[at] == '+' || s[at] == '-');
    for (digits = at; at < len && is_digit(s[at]); at++)
        ;
    return at == len && at > digits;
}

/* --- all of it --- */

static const char *advice(const struct meant *meant)
{
    if (meant->separators)
        return "write the number without separators";
    if (meant->percent)
        return "write a percentage without its sign";
    if (meant->plus)
        return "write an increase without '+'";
    if (meant->more)
        return "write the number alone, without what stands behind it";
    if (meant->wide)
        return "write half-width digits, point and sign";
    return "write the number without spaces";
}

void number_hint(struct err *err, const char *s, size_t len)
{
    struct meant meant = {.number = STRBUF_INIT};

    if (len)
        understand(&meant, s, len);
    if (!len)
        err_hint(err, "leave the key out");
    else if (is_shortened(s, len))
        err_hint(err, "a spreadsheet has shortened this number: write all its digits, as the "
                      "document prints them");
    else if (meant.number.len)
        err_hint(err, "%s: %s", advice(&meant), meant.number.buf);
    else if (has(s, len, "不涉及"))
        err_hint(err, "for these words in the place of a number write {\"na\": \"not-involved\"}");
    else if (is_dash(s, len))
        err_hint(err, "for a dash in the place of a number write {\"na\": \"dash\"}");
    else
        err_hint(err, "write digits only, with a point before decimals, such as 4180.76");
    strbuf_release(&meant.number);
}
