#include "base/base.h"

#include "import/read_xlsx_format.h"

#include "base/strbuf.h"
#include "import/read_xlsx_date.h"
#include "text/utf8.h"

enum { EXPONENT_MAX = 400, GENERAL_WIDTH = 11 };

/* --- formats that have only a number --- */

const char *xlsx_builtin_format(unsigned id)
{
    static const char *const formats[] = {
        [0] = "General",
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [5] = "¥#,##0;¥\\-#,##0",
        [6] = "¥#,##0;¥\\-#,##0",
        [7] = "¥#,##0.00;¥\\-#,##0.00",
        [8] = "¥#,##0.00;¥\\-#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [11] = "0.00E+00",
        [12] = "# ?/?",
        [13] = "# ?\?/?\?",
        [14] = "yyyy/m/d",
        [15] = "d-mmm-yy",
        [16] = "d-mmm",
        [17] = "mmm-yy",
        [18] = "h:mm AM/PM",
        [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "yyyy/m/d h:mm",
        [27] = "yyyy\"年\"m\"月\"",
        [28] = "m\"月\"d\"日\"",
        [29] = "m\"月\"d\"日\"",
        [30] = "m-d-yy",
        [31] = "yyyy\"年\"m\"月\"d\"日\"",
        [32] = "h\"时\"mm\"分\"",
        [33] = "h\"时\"mm\"分\"ss\"秒\"",
        [34] = "AM/PMh\"时\"mm\"分\"",
        [35] = "AM/PMh\"时\"mm\"分\"ss\"秒\"",
        [36] = "yyyy\"年\"m\"月\"",
        [37] = "#,##0;\\-#,##0",
        [38] = "#,##0;\\-#,##0",
        [39] = "#,##0.00;\\-#,##0.00",
        [40] = "#,##0.00;\\-#,##0.00",
        [41] = "_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ",
        [42] = "_ ¥* #,##0_ ;_ ¥* \\-#,##0_ ;_ ¥* \"-\"_ ;_ @_ ",
        [43] = "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"?\?_ ;_ @_ ",
        [44] = "_ ¥* #,##0.00_ ;_ ¥* \\-#,##0.00_ ;_ ¥* \"-\"?\?_ ;_ @_ ",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss.0",
        [48] = "##0.0E+0",
        [49] = "@",
        [50] = "yyyy\"年\"m\"月\"",
        [51] = "m\"月\"d\"日\"",
        [52] = "yyyy\"年\"m\"月\"",
        [53] = "m\"月\"d\"日\"",
        [54] = "m\"月\"d\"日\"",
        [55] = "AM/PMh\"时\"mm\"分\"",
        [56] = "AM/PMh\"时\"mm\"分\"ss\"秒\"",
        [57] = "yyyy\"年\"m\"月\"",
        [58] = "m\"月\"d\"日\"",
    };

    return id < ARRAY_SIZE(formats) ? formats[id] : NULL;
}

/* --- numbers --- */

/* Keeps `count` digits, which may be none or fewer; rounds half away from zero. */
static void round_digits(struct xlsx_number *n, int count)
{
    int at = count;

    if (count < 0) {
        n->count = 0;
    } else {
        bool up = count < n->count && n->digits[count] >= '5';

        if (count > n->count)
            at = count = n->count;
        n->count = count;
        while (up && at > 0 && n->digits[at - 1] == '9')
            at--;
        if (up && at > 0) {
            n->digits[at - 1]++;
            n->count = at;
        } else if (up) {
            n->digits[0] = '1';
            n->count = 1;
            n->point++;
        }
    }
    while (n->count && n->digits[n->count - 1] == '0')
        n->count--;
    n->digits[n->count] = '\0';
}

static bool parse_exponent(const char *s, int *exponent)
{
    bool is_negative = *s == '-';
    int value = 0;

    if (*s == '-' || *s == '+')
        s++;
    if (!*s)
        return false;
    for (; *s; s++) {
        if (*s < '0' || *s > '9' || value > EXPONENT_MAX)
            return false;
        value = value * 10 + (*s - '0');
    }
    *exponent = is_negative ? -value : value;
    return true;
}

bool xlsx_number_parse(const char *s, struct xlsx_number *out)
{
    char digits[XLSX_STORED_MAX + 1];
    int count = 0, point = 0, exponent = 0;
    bool after_point = false, any = false;

    *out = (struct xlsx_number){.is_negative = *s == '-'};
    if (*s == '-' || *s == '+')
        s++;
    for (; *s && *s != 'e' && *s != 'E'; s++) {
        if (*s == '.' && !after_point) {
            after_point = true;
            continue;
        }
        if (*s < '0' || *s > '9')
            return false;
        any = true;
        if (count || *s != '0') {
            if (count < XLSX_STORED_MAX)
                digits[count++] = *s;
            point += !after_point;
        } else {
            point -= after_point;
        }
        if (point > EXPONENT_MAX || point < -EXPONENT_MAX)
            return false;
    }
    if (!any || (*s && !parse_exponent(s + 1, &exponent)))
        return false;
    out->point = point + exponent;
    out->count = count;
    memcpy(out->digits, digits, (size_t)count);
    round_digits(out, count < XLSX_DIGITS ? count : XLSX_DIGITS);
    if (!out->count) {
        out->is_negative = false;
        out->point = 0;
    }
    return true;
}

/* The digit that stands for 10^power; 0 where there is none. */
static char digit_at(const struct xlsx_number *n, int power)
{
    int i = n->point - 1 - power;

    return i >= 0 && i < n->count ? n->digits[i] : '0';
}

static void add_integer(const struct xlsx_number *n, int least, bool grouped, struct strbuf *out)
{
    int digits = n->count && n->point > 0 ? n->point : 0;

    if (digits < least)
        digits = least;
    for (int power = digits - 1; power >= 0; power--) {
        strbuf_addch(out, digit_at(n, power));
        if (grouped && power && power % 3 == 0)
            strbuf_addch(out, ',');
    }
}

/* At least and at most so many decimals, with the point. */
static void add_decimals(const struct xlsx_number *n, int least, int most, struct strbuf *out)
{
    int used = n->count - n->point;

    if (used > most)
        used = most;
    if (used < least)
        used = least;
    if (used > 0)
        strbuf_addch(out, '.');
    for (int i = 1; i <= used; i++)
        strbuf_addch(out, digit_at(n, -i));
}

void xlsx_number_plain(const struct xlsx_number *n, struct strbuf *out)
{
    if (n->is_negative && n->count)
        strbuf_addch(out, '-');
    add_integer(n, 1, false, out);
    add_decimals(n, 0, EXPONENT_MAX, out);
}

static bool same(const struct xlsx_number *a, const struct xlsx_number *b)
{
    return a->count == b->count && !memcmp(a->digits, b->digits, (size_t)a->count) &&
           (!a->count || a->point == b->point);
}

static void add_scientific(struct xlsx_number *n, int least, int most, int exponent_digits,
                           bool with_plus, struct strbuf *out)
{
    int exponent;

    round_digits(n, 1 + most);
    exponent = n->count ? n->point - 1 : 0;
    n->point = 1;
    add_integer(n, 1, false, out);
    add_decimals(n, least, most, out);
    strbuf_addf(out, "E%s%0*d",
                exponent < 0 ? "-"
                : with_plus  ? "+"
                             : "",
                exponent_digits, exponent < 0 ? -exponent : exponent);
    n->point = exponent + 1;
}

/* As in a column that is wide enough: in 11 places. */
static bool add_general(const struct xlsx_number *number, struct strbuf *out)
{
    struct xlsx_number n = *number;
    int whole = n.point > 0 ? n.point : 1, decimals = n.count - n.point;

    if (n.is_negative)
        strbuf_addch(out, '-');
    if (whole > GENERAL_WIDTH || (n.point < -3 && decimals > GENERAL_WIDTH - 2)) {
        add_scientific(&n, 0, 5, 2, true, out);
    } else {
        int most = GENERAL_WIDTH - 1 - whole;

        round_digits(&n, n.point + (most > 0 ? most : 0));
        add_integer(&n, 1, false, out);
        add_decimals(&n, 0, most > 0 ? most : 0, out);
    }
    return !same(&n, number);
}

/* --- sections of a format --- */

/* What comes at p: how long it is, if it is a literal, a colour or the like. */
static size_t skip_literal(const char *p)
{
    const char *end;

    if (*p == '"' || *p == '[') {
        end = strchr(p + 1, *p == '"' ? '"' : ']');
        return end ? (size_t)(end - p) + 1 : strlen(p);
    }
    if (*p == '\\' || *p == '_' || *p == '*') {
        size_t len = 2; /* what is escaped may be a character of several bytes */

        if (!p[1])
            return 1;
        while (utf8_is_within(p[len]))
            len++;
        return len;
    }
    return 0;
}

static size_t section_length(const char *p)
{
    size_t len = 0, skipped;

    while (p[len] && p[len] != ';') {
        skipped = skip_literal(p + len);
        len += skipped ? skipped : 1;
    }
    return len;
}

/* Finds the section for the number; whether it has a sign of its own. */
static bool find_section(const struct xlsx_number *n, const char **format, size_t *len)
{
    const char *sections[3] = {*format, NULL, NULL};
    unsigned count = 1;

    for (const char *p = *format; count < 3;) {
        p += section_length(p);
        if (!*p)
            break;
        sections[count++] = ++p;
    }
    if (count >= 2 && n->is_negative)
        *format = sections[1];
    else if (count >= 3 && !n->count)
        *format = sections[2];
    *len = section_length(*format);
    return *format == sections[1] && count >= 2;
}

/* --- numbers in a format --- */

struct layout {
    int least_whole, least_decimals, most_decimals, exponent_digits;
    int percents, thousands; /* that it is to be multiplied, divided by */
    bool grouped, has_exponent, with_plus, has_places, has_fraction;
};

static bool is_place(char c)
{
    return c == '0' || c == '#' || c == '?';
}

static void find_exponent(const char *p, const char *end, struct layout *out)
{
    out->has_exponent = true;
    out->with_plus = p[1] == '+';
    for (p += 2; p < end && is_place(*p); p++)
        out->exponent_digits++;
}

static struct layout find_layout(const char *p, const char *end)
{
    struct layout out = {.least_whole = 0};
    bool after_point = false;
    int commas = 0;

    for (size_t skipped; p < end; p += skipped ? skipped : 1) {
        skipped = skip_literal(p);
        if (skipped)
            continue;
        if (is_place(*p)) {
            out.has_places = true;
            out.grouped = out.grouped || (commas && !after_point);
            commas = 0;
            out.least_whole += !after_point && *p == '0';
            out.most_decimals += after_point;
            if (after_point && *p == '0')
                out.least_decimals = out.most_decimals;
        } else if (*p == '.') {
            out.thousands += commas;
            commas = 0;
            after_point = true;
        } else if (*p == ',') {
            commas += out.has_places;
        } else if (*p == '%') {
            out.percents++;
        } else if (*p == '/') {
            out.has_fraction = true;
        } else if ((*p == 'E' || *p == 'e') && (p[1] == '+' || p[1] == '-')) {
            find_exponent(p, end, &out);
            break;
        }
    }
    out.thousands += commas;
    return out;
}

/* What is rounded; whether it was. */
static bool add_places(const struct xlsx_number *number, const struct layout *l, struct strbuf *out)
{
    struct xlsx_number n = *number;
    bool is_rounded;

    if (n.count)
        n.point += 2 * l->percents - 3 * l->thousands;
    if (l->has_exponent) {
        add_scientific(&n, l->least_decimals, l->most_decimals, l->exponent_digits, l->with_plus,
                       out);
    } else {
        round_digits(&n, n.point + l->most_decimals);
        add_integer(&n, l->least_whole, l->grouped, out);
        add_decimals(&n, l->least_decimals, l->most_decimals, out);
    }
    if (n.count)
        n.point += 3 * l->thousands - 2 * l->percents;
    is_rounded = !same(&n, number);
    return is_rounded;
}

/* The currency of [$¥-804]. */
static void add_bracket(const char *p, size_t len, struct strbuf *out)
{
    const char *dash;

    if (len < 3 || p[1] != '$')
        return;
    dash = memchr(p, '-', len);
    strbuf_add(out, p + 2, dash ? (size_t)(dash - p) - 2 : len - 3);
}

static void add_literal(const char *p, size_t len, struct strbuf *out)
{
    if (*p == '"' && len >= 2)
        strbuf_add(out, p + 1, len - 2);
    else if (*p == '\\')
        strbuf_add(out, p + 1, len - 1);
    else if (*p == '[')
        add_bracket(p, len, out);
}

/* How long the word for any number is, if it comes here. */
static size_t general_at(const char *p)
{
    static const char *const words[] = {"General", "G/通用格式", "@"};

    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (!strncasecmp(p, words[i], strlen(words[i])))
            return strlen(words[i]);
    return 0;
}

static bool add_positive_general(const struct xlsx_number *n, struct strbuf *out)
{
    struct xlsx_number positive = *n;

    positive.is_negative = false;
    return add_general(&positive, out);
}

/* Past all that the number fills: places, points, commas, an exponent. */
static const char *skip_places(const char *p, const char *end)
{
    while (p < end && (is_place(*p) || *p == '.' || *p == ',' ||
                       ((*p == 'E' || *p == 'e') && p + 1 < end && (p[1] == '+' || p[1] == '-')) ||
                       ((*p == '+' || *p == '-') && (p[-1] == 'E' || p[-1] == 'e'))))
        p++;
    return p;
}

static bool add_number(const struct xlsx_number *n, const char *p, const char *end,
                       struct strbuf *out)
{
    struct layout layout = find_layout(p, end);
    bool is_rounded = true, done = false; /* without places, none of it is shown */

    if (layout.has_fraction && layout.has_places) /* 1/3: rather the number */
        return add_positive_general(n, out);
    while (p < end) {
        size_t skipped = skip_literal(p), general = general_at(p);

        if (skipped) {
            add_literal(p, skipped, out);
            p += skipped;
        } else if (general) {
            is_rounded = add_positive_general(n, out);
            p += general;
        } else if (is_place(*p) || (*p == '.' && layout.has_places)) {
            if (!done)
                is_rounded = add_places(n, &layout, out);
            done = true;
            p = skip_places(p, end);
        } else if (*p == ',') {
            p++;
        } else {
            strbuf_addch(out, *p++);
        }
    }
    return is_rounded;
}

bool xlsx_format(const struct xlsx_number *n, const char *format, bool is_1904, struct strbuf *out)
{
    struct xlsx_number whole = *n;
    size_t len;
    bool has_sign;

    if (!*format)
        return add_general(n, out);
    has_sign = find_section(n, &format, &len);
    if (xlsx_is_date(format, len))
        return !xlsx_add_date(n, format, len, is_1904, out) && add_general(n, out);
    whole.is_negative = n->is_negative && !has_sign;
    if (whole.is_negative)
        strbuf_addch(out, '-');
    return add_number(&whole, format, format + len, out) || !strpbrk(out->buf, "0123456789");
}
