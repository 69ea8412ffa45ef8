#include "base/base.h"

#include "import/clean.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "text/utf8.h"

static bool is_letter_or_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The character as it is read, or 0: it takes no place. Full-width brackets, commas, colons and
 * the like stay: they are the punctuation of Chinese. */
static uint32_t plain(uint32_t c)
{
    uint32_t half = utf8_half_width(c);

    if (c == 0x200B || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0xFEFF || c == 0xAD)
        return 0;
    if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 ||
        c == '\t' || c == '\r')
        return ' ';
    if (c == 0x2212) /* − */
        return '-';
    return is_letter_or_digit(half) || half == '.' || half == '%' || half == '+' || half == '-'
               ? half
               : c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The narrow spaces that some write between groups of digits, as nothing else is written. */
static bool is_narrow(uint32_t c)
{
    return c == 0x2007 || c == 0x2009 || c == 0x202F;
}

/* "1，234": the wide comma of a number, or the narrow space in its place. */
static bool groups_digits(const struct strbuf *out, const char *after)
{
    uint32_t c;
    size_t count = 0;

    if (!out->len || !is_digit(out->buf[out->len - 1]))
        return false;
    for (; *after && count < 4; count++) {
        size_t n = utf8_decode(after, strlen(after), &c);

        c = plain(c);
        if (c < '0' || c > '9')
            break;
        after += n;
    }
    return count == 3;
}

static const char *keep(struct arena *arena, struct strbuf *sb)
{
    const char *kept = arena_strndup(arena, sb->buf, sb->len);

    strbuf_release(sb);
    return kept;
}

const char *clean_text(struct arena *arena, const char *s)
{
    struct strbuf out = STRBUF_INIT;
    size_t len = strlen(s);

    for (size_t at = 0; at < len;) {
        uint32_t c;
        size_t n = utf8_decode(s + at, len - at, &c);

        at += n;
        if ((c == 0xFF0C || is_narrow(c)) && groups_digits(&out, s + at))
            strbuf_addch(&out, ',');
        else if (plain(c))
            utf8_add(&out, plain(c));
    }
    return keep(arena, &out);
}

static bool is_kept(uint32_t c)
{
    return is_letter_or_digit(c) || c == '%' || utf8_is_han(c) || c == 0x3007; /* 〇 */
}

static const char *const leads[] = {"其中", "加", "减"};

/* "其中：" before the number of an item; its length, or 0. */
static size_t lead_before_number(const char *s)
{
    size_t start = strspn(s, " ");

    for (size_t i = 0; i < ARRAY_SIZE(leads); i++) {
        size_t at = start + strlen(leads[i]);

        if (!clean_begins(s + start, leads[i]))
            continue;
        at += clean_begins(s + at, "：") ? strlen("：") : s[at] == ':';
        return clean_numbering(s + at, NULL) ? at : 0;
    }
    return 0;
}

const char *clean_key(struct arena *arena, const char *s, size_t len)
{
    struct strbuf out = STRBUF_INIT;
    const char *text = arena_strndup(arena, s, len);
    const char *key;

    for (size_t skip;
         (skip = clean_numbering(text, NULL)) > 0 || (skip = lead_before_number(text)) > 0;)
        text += skip;
    len = strlen(text);
    for (size_t at = 0; at < len;) {
        uint32_t c;

        at += utf8_decode(text + at, len - at, &c);
        if (is_kept(plain(c)))
            utf8_add(&out, plain(c));
    }
    key = keep(arena, &out);
    for (size_t i = 0; i < ARRAY_SIZE(leads); i++)
        if (clean_begins(key, leads[i]) && clean_length(key, strlen(key)) > 4)
            return key + strlen(leads[i]);
    return key;
}

const char *clean_stem(struct arena *arena, const char *key)
{
    static const char *const dropped[] = {"支出", "经费", "费用", "决算", "情况", "说明",
                                          "金额", "维护", "费",   "数",   "的",   "款"};
    struct strbuf out = STRBUF_INIT;

    while (*key) {
        size_t n = 0;

        for (size_t i = 0; i < ARRAY_SIZE(dropped) && !n; i++)
            if (clean_begins(key, dropped[i]))
                n = strlen(dropped[i]);
        if (!n) {
            uint32_t c;
            size_t bytes = utf8_decode(key, strlen(key), &c);

            strbuf_add(&out, key, bytes);
            n = bytes;
        }
        key += n;
    }
    return keep(arena, &out);
}

bool clean_is_filler(const char *key)
{
    static const char *const fillers[] = {
        "年度",     "年",   "月",   "日",       "本年", "当年", "全年", "年初", "年末", "上年",
        "上一",     "支出", "决算", "预算",     "收入", "数",   "为",   "共",   "合计", "总计",
        "总额",     "金额", "其中", "分别",     "完成", "的",   "部门", "单位", "本",   "我",
        "局",       "经费", "费用", "费",       "实有", "人数", "编制", "在职", "在编", "实际",
        "累计",     "同比", "约",   "达",       "较",   "比",   "占",   "到",   "是",   "均",
        "各",       "同",   "并",   "也",       "与",   "对",   "和",   "有",   "安排", "使用",
        "万元",     "元",   "总",   "财政拨款", "截至", "底",   "调整", "则",   "相",   "涉及",
        "平均得分", "核定", "执行", "情况",     "类",   "款",   "项",   "合"};
    size_t left = 0;

    if (strstr(key, "合同")) /* which is more than 合 and 同 */
        return false;
    while (*key) {
        size_t n = 0;

        for (size_t i = 0; i < ARRAY_SIZE(fillers); i++)
            if (strlen(fillers[i]) > n && clean_begins(key, fillers[i]))
                n = strlen(fillers[i]);
        if (!n) {
            bool is_han = (unsigned char)*key >= 0x80;

            left += is_han;
            n = 1;
            while (is_han && utf8_is_within(key[n]))
                n++;
        }
        key += n;
    }
    return left <= 1;
}

const char *clean_squeeze(struct arena *arena, const char *s, size_t len)
{
    struct strbuf out = STRBUF_INIT;

    for (size_t i = 0; i < len; i++)
        if (s[i] != ' ' && s[i] != '\n')
            strbuf_addch(&out, s[i]);
    return keep(arena, &out);
}

/* --- numbering --- */

static const char *skip_blanks(const char *s)
{
    while (*s == ' ' || *s == '\n')
        s++;
    return s;
}

/* A Chinese numeral or digits; NULL: neither. */
static const char *numeral(const char *s, bool *is_chinese)
{
    static const char chinese[] = "〇一二三四五六七八九十百";
    const char *start = s;

    *is_chinese = false;
    while (is_digit(*s) && s - start < 3)
        s++;
    if (s > start)
        return is_digit(*s) ? NULL : s;
    for (size_t count = 0; count < 4; count++) {
        bool any = false;

        for (size_t i = 0; i + 3 < sizeof(chinese) && !any; i += 3)
            any = !strncmp(s, chinese + i, 3);
        if (!any)
            break;
        s += 3;
    }
    *is_chinese = true;
    return s > start ? s : NULL;
}

/* Passes over one of the words; NULL when none is there. */
static const char *one_of(const char *s, const char *const *words)
{
    for (; *words; words++)
        if (clean_begins(s, *words))
            return s + strlen(*words);
    return NULL;
}

static const char *part_number(const char *s, unsigned *level)
{
    static const char *const parts[] = {"部分", "章", "篇", NULL};
    bool is_chinese;
    const char *end = clean_begins(s, "第") ? numeral(skip_blanks(s + 3), &is_chinese) : NULL;

    *level = 1;
    return end ? one_of(skip_blanks(end), parts) : NULL;
}

static const char *bracket_number(const char *s, unsigned *level)
{
    static const char *const opening[] = {"（", "(", NULL}, *const closing[] = {"）", ")", NULL};
    bool is_chinese;
    const char *inside = one_of(s, opening);
    const char *end = inside ? numeral(skip_blanks(inside), &is_chinese) : NULL;

    if (!end)
        return NULL;
    *level = is_chinese ? 3 : 5;
    return one_of(skip_blanks(end), closing);
}

bool clean_is_year(const char *s)
{
    return (clean_begins(s, "19") || clean_begins(s, "20")) && strspn(s, "0123456789") == 4 &&
           clean_begins(s + 4 + strspn(s + 4, " "), "年");
}

static const char *plain_number(const char *s, unsigned *level)
{
    static const char *const stops[] = {"、", ".", "．", "）", ")", NULL};
    bool is_chinese;
    const char *end = numeral(s, &is_chinese);
    const char *after = end ? one_of(skip_blanks(end), stops) : NULL;

    if (!after || (!is_chinese && is_digit(*after) && !clean_is_year(after)))
        return NULL;
    *level = is_chinese ? 2 : 4;
    return after;
}

/* ① to ⑳ */
static const char *circled_number(const char *s, unsigned *level)
{
    uint32_t c;
    size_t n = *s ? utf8_decode(s, strlen(s), &c) : 0;

    *level = 6;
    return n && c >= 0x2460 && c <= 0x2473 ? s + n : NULL;
}

size_t clean_numbering(const char *s, unsigned *level)
{
    unsigned found = 0;
    const char *start = skip_blanks(s);
    const char *end = part_number(start, &found);

    if (!end)
        end = bracket_number(start, &found);
    if (!end)
        end = plain_number(start, &found);
    if (!end)
        end = circled_number(start, &found);
    if (!end)
        return 0;
    if (level)
        *level = found;
    return (size_t)(skip_blanks(end) - s);
}

/* --- small things --- */

bool clean_has_any(const char *s, const char *const *words)
{
    for (; *words; words++)
        if (strstr(s, *words))
            return true;
    return false;
}

bool clean_begins(const char *s, const char *prefix)
{
    while (*prefix) /* most differ at once */
        if (*s++ != *prefix++)
            return false;
    return true;
}

bool clean_ends(const char *s, size_t len, const char *suffix)
{
    size_t n = strlen(suffix);

    return n <= len && !memcmp(s + len - n, suffix, n);
}

size_t clean_length(const char *s, size_t len)
{
    size_t count = 0;

    for (size_t i = 0; i < len; i++)
        count += !utf8_is_within(s[i]);
    return count;
}

const char *clean_trim(struct arena *arena, const char *s, size_t len)
{
    while (len && (*s == ' ' || *s == '\n')) {
        s++;
        len--;
    }
    while (len && (s[len - 1] == ' ' || s[len - 1] == '\n'))
        len--;
    return arena_strndup(arena, s, len);
}

const char *clean_line(struct arena *arena, const char *s)
{
    struct strbuf out = STRBUF_INIT;

    for (; *s; s++) {
        if (*s != '\n') {
            strbuf_addch(&out, *s);
            continue;
        }
        while (out.len && out.buf[out.len - 1] == ' ')
            strbuf_set_len(&out, out.len - 1);
        while (s[1] == '\n' || s[1] == ' ')
            s++;
        if (out.len && s[1] && (unsigned char)out.buf[out.len - 1] < 0x80 &&
            (unsigned char)s[1] < 0x80)
            strbuf_addch(&out, ' ');
    }
    return keep(arena, &out);
}
