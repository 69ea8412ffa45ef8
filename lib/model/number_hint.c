#include "base/base.h"

#include "model/number_hint.h"

static bool has(const char *s, size_t len, const char *what)
{
    return memmem(s, len, what, strlen(what)) != NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 0 to 9, or their full-width forms EF BC 90 to EF BC 99 */
static bool has_digit(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (is_digit(s[i]) || (len - i > 2 && !memcmp(s + i, "\xEF\xBC", 2) &&
                               (unsigned char)s[i + 2] >= 0x90 && (unsigned char)s[i + 2] <= 0x99))
            return true;
    return false;
}

static bool begins_with_dash(const char *s, size_t len)
{
    static const char *const dashes[] = {"-", "/", "—", "–", "―", "‐", "−", "─", "－", "／", "…"};

    for (size_t i = 0; i < ARRAY_SIZE(dashes); i++)
        if (len >= strlen(dashes[i]) && !memcmp(s, dashes[i], strlen(dashes[i])))
            return true;
    return false;
}

const char *number_hint(const char *s, size_t len)
{
    if (!len)
        return "leave the key out";
    if (has(s, len, ",") || has(s, len, "，"))
        return "write the number without separators: 4180.76";
    if (has(s, len, "%") || has(s, len, "％"))
        return "write a percentage without its sign: 82.13";
    if (has(s, len, "+") || has(s, len, "＋"))
        return "write an increase without '+'";
    if (has(s, len, "不涉及"))
        return "for these words in the place of a number write {\"na\": \"not-involved\"}";
    if (!has_digit(s, len) && begins_with_dash(s, len))
        return "for a dash in the place of a number write {\"na\": \"dash\"}";
    if (has(s, len, "\xEF\xBC"))
        return "write half-width digits, point and sign: 4180.76";
    return "write digits only, with a point before decimals: 4180.76";
}
