#include "base/base.h"

#include "import/read_xlsx_date.h"

#include "base/strbuf.h"
#include "import/read_xlsx_format.h"
#include "text/utf8.h"

#define FRACTION INT64_C(1000000000000) /* of a day */
enum { DAY_MAX = 2958466, DAYS_TO_1904 = 1462, SECONDS = 86400, LEAP_BUG = 60 };

struct moment {
    int64_t days; /* since 1900 as Excel counts */
    unsigned year, month, day, weekday, hour, minute, second;
    bool is_half; /* the hours are shown with AM or PM */
};

/* --- formats --- */

static size_t literal_at(const char *p, const char *end)
{
    const char *close;

    if (*p == '"') {
        close = memchr(p + 1, '"', (size_t)(end - p) - 1);
        return close ? (size_t)(close - p) + 1 : (size_t)(end - p);
    }
    if (*p == '\\' || *p == '_' || *p == '*') {
        size_t len = end - p > 1 ? 2 : 1;

        while (p + len < end && utf8_is_within(p[len]))
            len++;
        return len;
    }
    if (*p == '[' && end - p > 2 && !strchr("hms", p[1] | 0x20)) {
        close = memchr(p, ']', (size_t)(end - p));
        return close ? (size_t)(close - p) + 1 : (size_t)(end - p);
    }
    return 0;
}

bool xlsx_is_date(const char *format, size_t len)
{
    const char *end = format + len;

    for (const char *p = format; p < end;) {
        size_t skipped = literal_at(p, end);

        if (!skipped && strchr("ymdhsYMDHS", *p))
            return true;
        p += skipped ? skipped : 1;
    }
    return false;
}

/* How often a letter comes, in whatever case. */
static size_t run_at(const char *p, const char *end)
{
    size_t n = 1;

    while (p + n < end && (p[n] | 0x20) == (*p | 0x20))
        n++;
    return n;
}

/* AM/PM, A/P, 上午/下午: how long it is. */
static size_t half_at(const char *p, const char *end)
{
    static const char *const words[] = {"AM/PM", "A/P", "上午/下午"};

    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        size_t len = strlen(words[i]);

        if ((size_t)(end - p) >= len && !strncasecmp(p, words[i], len))
            return len;
    }
    return 0;
}

static bool has_half(const char *p, const char *end)
{
    for (; p < end; p++)
        if (half_at(p, end))
            return true;
    return false;
}

/* Whether the m at p is that of minutes: what comes before are hours, or behind seconds. */
static bool is_minute(const char *format, const char *p, const char *end)
{
    const char *q = p;

    while (q-- > format) {
        if ((*q | 0x20) == 'h')
            return true;
        if (strchr("ymdsYMDS", *q))
            break;
    }
    for (q = p + run_at(p, end); q < end; q++) {
        if ((*q | 0x20) == 's')
            return true;
        if (strchr("ymdhYMDH", *q))
            break;
    }
    return false;
}

/* --- moments --- */

/* Howard Hinnant's days to civil, of the days since 1970-01-01. */
static void set_date(struct moment *m, int64_t days)
{
    int64_t z = days + 719468, era = z / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

    m->day = (unsigned)(doy - (153 * mp + 2) / 5 + 1);
    m->month = (unsigned)(mp < 10 ? mp + 3 : mp - 9);
    m->year = (unsigned)(yoe + era * 400 + (m->month <= 2));
    m->weekday = (unsigned)((days + 4) % 7);
}

static int64_t digit(const struct xlsx_number *n, int i)
{
    return i >= 0 && i < n->count ? n->digits[i] - '0' : 0;
}

static bool find_moment(const struct xlsx_number *n, bool is_1904, struct moment *m)
{
    int64_t part = 0, seconds;

    memset(m, 0, sizeof(*m));
    if (n->is_negative || n->point > 7)
        return false;
    for (int i = 0; i < n->point; i++)
        m->days = m->days * 10 + digit(n, i);
    for (int i = n->point; i < n->point + 12; i++)
        part = part * 10 + digit(n, i);
    seconds = (part * SECONDS + FRACTION / 2) / FRACTION;
    m->days += seconds / SECONDS + (is_1904 ? DAYS_TO_1904 : 0);
    seconds %= SECONDS;
    if (m->days >= DAY_MAX)
        return false;
    m->hour = (unsigned)(seconds / 3600);
    m->minute = (unsigned)(seconds / 60 % 60);
    m->second = (unsigned)(seconds % 60);
    /* Excel has a 29th of February in 1900 */
    set_date(m, m->days - 25569 + (m->days < LEAP_BUG));
    if (m->days == LEAP_BUG) {
        m->month = 2;
        m->day = 29;
    }
    return true;
}

static void add_number(unsigned n, size_t width, struct strbuf *out)
{
    strbuf_addf(out, "%0*u", width > 1 ? 2 : 1, n);
}

static void add_name(const char *const names[], unsigned n, size_t width, struct strbuf *out)
{
    if (width == 3)
        strbuf_add(out, names[n], 3);
    else
        strbuf_adds(out, names[n]);
}

static void add_month_or_day(const struct moment *m, char letter, size_t width, struct strbuf *out)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"},
                             *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};

    if (width < 3)
        add_number(letter == 'm' ? m->month : m->day, width, out);
    else if (letter == 'm')
        add_name(months, m->month - 1, width, out);
    else
        add_name(days, m->weekday, width, out);
}

static void add_weekday(const struct moment *m, size_t width, struct strbuf *out)
{
    static const char *const days[] = {"日", "一", "二", "三", "四", "五", "六"};

    if (width > 3)
        strbuf_adds(out, "星期");
    strbuf_adds(out, days[m->weekday]);
}

static void add_part(const struct moment *m, char letter, size_t width, bool is_minutes,
                     struct strbuf *out)
{
    switch (letter) {
    case 'y':
        if (width > 2)
            strbuf_addf(out, "%04u", m->year);
        else
            strbuf_addf(out, "%02u", m->year % 100);
        break;
    case 'h':
        add_number(m->is_half ? (m->hour + 11) % 12 + 1 : m->hour, width, out);
        break;
    case 's':
        add_number(m->second, width, out);
        break;
    case 'a':
        add_weekday(m, width, out);
        break;
    default:
        if (is_minutes)
            add_number(m->minute, width, out);
        else
            add_month_or_day(m, letter, width, out);
    }
}

/* [h], [mm]: all hours, minutes or seconds. */
static const char *add_elapsed(const struct moment *m, const char *p, struct strbuf *out)
{
    int64_t minutes = m->days * 1440 + m->hour * 60 + m->minute;
    char letter = (char)(p[1] | 0x20);

    strbuf_add_int(out, letter == 'h'   ? minutes / 60
                        : letter == 'm' ? minutes
                                        : minutes * 60 + m->second);
    while (*p && *p != ']')
        p++;
    return *p ? p + 1 : p;
}

bool xlsx_add_date(const struct xlsx_number *n, const char *format, size_t len, bool is_1904,
                   struct strbuf *out)
{
    const char *end = format + len;
    struct moment m;

    if (!find_moment(n, is_1904, &m))
        return false;
    m.is_half = has_half(format, end);
    for (const char *p = format; p < end;) {
        size_t skipped = literal_at(p, end), half = half_at(p, end);

        if (skipped) {
            if (*p == '"' && skipped >= 2)
                strbuf_add(out, p + 1, skipped - 2);
            else if (*p == '\\')
                strbuf_add(out, p + 1, skipped - 1);
            p += skipped;
        } else if (half) {
            strbuf_adds(out, m.hour < 12 ? "上午" : "下午");
            p += half;
        } else if (*p == '[') {
            p = add_elapsed(&m, p, out);
        } else if (strchr("ymdhsaYMDHSA", *p)) {
            size_t width = run_at(p, end);

            add_part(&m, (char)(*p | 0x20), width, (*p | 0x20) == 'm' && is_minute(format, p, end),
                     out);
            p += width;
        } else if (*p == '.' && p + 1 < end && p[1] == '0') {
            p += 1 + run_at(p + 1, end); /* parts of a second */
        } else if (*p == ';' || *p == '@') {
            p++;
        } else {
            strbuf_addch(out, *p++);
        }
    }
    return true;
}
