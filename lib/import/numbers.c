#include "base/base.h"

#include "import/numbers.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "import/clean.h"
#include "text/utf8.h"

const char *number_class_name(enum number_class class)
{
    static const char *const names[] = {"figure", "numbering", "date", "code", "contact", "name"};

    return names[class];
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* --- units --- */

/* What may stand behind a number as its unit; of those that begin alike, the longest is meant. */
static const char *const units[] = {
    "%",      "％",   "‰",    "个百分点", "亿元",   "百万元", "万元",     "千元",   "元",
    "万",     "亿",   "个月", "个",       "人次",   "人",     "名",       "万人次", "万人",
    "辆",     "批次", "批",   "台（套）", "台(套)", "套(台)", "套（台）", "套(路)", "套（路）",
    "台",     "套",   "件",   "家",       "项",     "份",     "次",       "天",     "日",
    "小时",   "分钟", "分",   "所",       "处",     "条",     "期",       "户",     "场",
    "篇",     "座",   "间",   "株",       "公里",   "千米",   "万平方米", "平方米", "平方公里",
    "立方米", "米",   "亩",   "公顷",     "吨",     "册",     "本",       "部",     "种",
    "类",     "级",   "岁",   "周",       "季度",   "年",     "倍",       "盏",     "支",
    "组",     "节",   "门",   "对",       "幅",     "块",     "张",       "笔",     "宗",
    "起",     "例",   "人天", "学时",     "课时",   "床",     "栋",       "只",     "头",
    "瓶",     "箱",   "路",   "余件",     NULL,
};

/* What is counted by ten thousands: the number of 5万亩 is no amount of money. */
static const char *const counted[] = {"亩",       "公顷",   "户", "头", "只",     "株",   "棵",
                                      "吨",       "件",     "个", "册", "名",     "份",   "套",
                                      "台",       "辆",     "次", "场", "家",     "公里", "米",
                                      "平方公里", "立方米", "人", "尾", "千瓦时", NULL};

static size_t longest_at(const char *s, const char *const *list)
{
    size_t best = 0;

    for (; *list; list++)
        if (strlen(*list) > best && clean_begins(s, *list))
            best = strlen(*list);
    return best;
}

static size_t unit_at(const char *s)
{
    size_t best = longest_at(s, units);

    if (best == strlen("万") && (clean_begins(s, "万") || clean_begins(s, "亿")))
        best += longest_at(s + best, counted);
    return best;
}

/* Between number and unit: blanks, and words that make it about so many. */
static size_t before_unit(const char *s)
{
    static const char *const about[] = {"余", "多"};
    size_t at = strspn(s, " ");

    for (size_t i = 0; i < ARRAY_SIZE(about); i++)
        if (clean_begins(s + at, about[i]) && unit_at(s + at + strlen(about[i])))
            return at + strlen(about[i]);
    return at;
}

static void take_unit(struct arena *arena, const char *text, struct number *n)
{
    size_t at = n->end + before_unit(text + n->end);
    size_t len = unit_at(text + at);

    n->unit_end = n->end;
    n->unit = NULL;
    if (!len)
        return;
    n->unit = clean_begins(text + at, "％") ? "%" : arena_strndup(arena, text + at, len);
    n->unit_end = at + len;
    at = n->unit_end + before_unit(text + n->unit_end); /* "2万余人" */
    if (!strcmp(n->unit, "万") && (len = longest_at(text + at, counted)) > 0) {
        n->unit = arena_format(arena, "万%.*s", (int)len, text + at);
        n->unit_end = at + len;
    }
    while (!strcmp(n->unit, "%") && text[n->unit_end] == '%') /* doubled */
        n->unit_end++;
}

/* --- the extent --- */

static bool is_group(const char *s, char separator)
{
    return *s == separator && is_digit(s[1]) && is_digit(s[2]) && is_digit(s[3]) && !is_digit(s[4]);
}

/*
 * "186 543 210.55元": behind an amount with blanks between its groups, or `at`. A blank stands
 * between two numbers as well: so there must be two groups, or decimals, and a unit of money.
 */
static size_t spaced_end(const char *text, size_t at)
{
    static const char *const money[] = {"元", "千元", "万元", "百万元", "亿元", NULL};
    size_t end = at, groups = 0;

    while (is_digit(text[end]))
        end++;
    if (end - at > 3)
        return at;
    for (; is_group(text + end, ' '); end += 4)
        groups++;
    if (groups && text[end] == '.' && is_digit(text[end + 1])) {
        groups++;
        end += 1 + strspn(text + end + 1, "0123456789");
    }
    return groups > 1 && longest_at(text + end + strspn(text + end, " "), money) ? end : at;
}

/* Behind the digits of a number that begins at `at`. */
static size_t digits_end(const char *text, size_t at)
{
    size_t end = spaced_end(text, at);

    if (end > at)
        return end;
    while (is_digit(text[end]))
        end++;
    if (end - at <= 3)
        while (is_group(text + end, ','))
            end += 4;
    if (text[end] == '.' && is_digit(text[end + 1]) &&
        !(end - at <= 2 && clean_is_year(text + end + 1))) { /* "1.2021年" is an item */
        end++;
        while (is_digit(text[end]))
            end++;
    }
    return end;
}

/* What a negative number may follow without a blank. */
static bool ends_in_minus_word(const char *text, size_t at)
{
    static const char *const words[] = {"：",   "（",     "为",     "达",     "增加",
                                        "增长", "减少",   "下降",   "降低",   "上升",
                                        "增减", "减少）", "增加）", "下降）", "增长）"};

    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (clean_ends(text, at, words[i]))
            return true;
    return false;
}

/* A hyphen is a minus where a number begins a cell, or follows a bracket, a colon, a blank
 * or what says how it changed. */
static bool has_minus(const char *text, size_t at)
{
    return at && text[at - 1] == '-' &&
           (at == 1 || text[at - 2] == ' ' || text[at - 2] == ':' || text[at - 2] == '(' ||
            ends_in_minus_word(text, at - 1));
}

static const char *digits_of(struct arena *arena, const char *text, size_t start, size_t end)
{
    struct strbuf out = STRBUF_INIT;
    const char *kept;

    for (size_t i = start; i < end; i++)
        if (text[i] != ',' && text[i] != ' ')
            strbuf_addch(&out, text[i]);
    kept = arena_strndup(arena, out.buf, out.len);
    strbuf_release(&out);
    return kept;
}

/* --- classes --- */

static bool before_is(const char *text, size_t at, const char *word)
{
    return clean_ends(text, at, word);
}

/* The place before blanks. */
static size_t back(const char *text, size_t at)
{
    while (at && text[at - 1] == ' ')
        at--;
    return at;
}

/* Whether an item may begin here: at the start, and behind what ends a sentence. */
static bool begins_item(const char *text, size_t at)
{
    static const char *const stops[] = {"。", "；", ";", "：", ":", "\n", "）", ")", "，"};

    at = back(text, at);
    if (!at)
        return true;
    for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
        if (before_is(text, at, stops[i]))
            return true;
    return false;
}

static bool is_short_integer(const char *text, const struct number *n, size_t digits)
{
    return n->end - n->start <= digits && !memchr(text + n->start, '.', n->end - n->start);
}

/* "1." "2、" "（3）" "(4)" "5）" at the head of an item; "第6条"; "指标1". */
static bool is_numbering(const char *text, const struct number *n)
{
    size_t before = back(text, n->start), after = n->end + strspn(text + n->end, " ");

    if (!is_short_integer(text, n, 2))
        return false;
    if (before_is(text, before, "第") && !clean_begins(text + after, "季度"))
        return true;
    if ((before_is(text, before, "（") || before_is(text, before, "(")) &&
        (clean_begins(text + after, "）") || text[after] == ')'))
        return true;
    if (before_is(text, n->start, "指标") && !unit_at(text + n->end))
        return true;
    return begins_item(text, n->start) &&
           (clean_begins(text + after, "、") || clean_begins(text + after, "）") ||
            text[after] == ')' ||
            (text[after] == '.' &&
             (!is_digit(text[after + 1]) || clean_is_year(text + after + 1))));
}

static int value_of(const char *text, size_t start, size_t end)
{
    int value = 0;

    for (size_t i = start; i < end && value < 100000; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

static bool is_year(const char *text, size_t start, size_t end)
{
    int value = value_of(text, start, end);

    return end - start == 4 && value >= 1900 && value <= 2099;
}

/* 2021.5, 2021.5.28, 2021-05-28, 2021/5/28: how far it goes; `start` without a year. */
static size_t dotted_date(const char *text, size_t start)
{
    size_t at = start, end = start;

    while (is_digit(text[at]))
        at++;
    if (!is_year(text, start, at))
        return start;
    for (unsigned part = 0; part < 2 && (text[at] == '.' || text[at] == '-' || text[at] == '/');
         part++) {
        size_t from = at + 1, to = from;

        while (is_digit(text[to]))
            to++;
        if (to == from || to - from > 2 || value_of(text, from, to) > (part ? 31 : 12))
            break;
        at = end = to;
    }
    return end;
}

static bool is_date(const char *text, const struct number *n)
{
    size_t after = n->end + strspn(text + n->end, " ");
    bool whole = is_short_integer(text, n, 4);

    if (whole && n->end - n->start == 4 && is_year(text, n->start, n->end) &&
        (clean_begins(text + after, "年") || clean_begins(text + after, "-20") ||
         clean_begins(text + after, "－20") || clean_begins(text + after, "—20") || !text[after]))
        return true;
    if (whole && n->end - n->start <= 2 && clean_begins(text + after, "月") &&
        value_of(text, n->start, n->end) <= 12)
        return true;
    return whole && n->end - n->start <= 2 && value_of(text, n->start, n->end) <= 31 &&
           before_is(text, back(text, n->start), "月") &&
           (clean_begins(text + after, "日") || clean_begins(text + after, "号"));
}

/* The first of a span of months or dates: "1-12月", "2021.4.1-12.1", "6月1日-5日". */
static bool is_span_part(const char *text, const struct number *n, bool date_before)
{
    size_t before = back(text, n->start);
    const char *after = text + n->end + strspn(text + n->end, " ");

    if (date_before && n->end - n->start <= 5 &&
        (before_is(text, before, "-") || before_is(text, before, "至") ||
         before_is(text, before, "—") || before_is(text, before, "~")) &&
        !unit_at(after))
        return true;
    if (!is_short_integer(text, n, 2) || value_of(text, n->start, n->end) > 12)
        return false;
    if (*after == '-' || *after == '~')
        after++;
    else if (clean_begins(after, "至") || clean_begins(after, "—"))
        after += 3;
    else
        return false;
    after += strspn(after, "0123456789");
    return clean_begins(after, "月");
}

static bool is_document_number(const char *text, const struct number *n)
{
    static const char *const opening[] = {"〔", "[", "［", "【", "（", "("};
    static const char *const closing[] = {"〕", "]", "］", "】", "）", ")", "第"};
    size_t before = back(text, n->start);
    const char *after = text + n->end;

    if (clean_begins(after, "号") && n->end - n->start <= 5)
        for (size_t i = 0; i < ARRAY_SIZE(closing); i++)
            if (before_is(text, before, closing[i]))
                return true;
    if (!is_year(text, n->start, n->end))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(opening); i++)
        if (before_is(text, before, opening[i]) && (clean_begins(after, closing[i])) &&
            is_digit(after[strlen(closing[i]) + strspn(after + strlen(closing[i]), " 第")]))
            return true;
    return false;
}

/* “15分钟社区生活圈”: it begins a short name in quotes, and there is more than its unit. */
static bool is_quoted_name(const char *text, const struct number *n)
{
    enum { NAME = 48 };
    const char *after = text + n->end, *end = strstr(after, "”");

    after += strspn(after, " ");
    return before_is(text, back(text, n->start), "“") && end && end - after < NAME &&
           (size_t)(end - after) > unit_at(after);
}

/* Letters beside it, or a word that makes it the name of something. */
static bool is_name(const char *text, const struct number *n)
{
    static const char *const words[] = {"热线", "平台", "工程", "专线"};

    static const char *const labels[] = {"附表", "附件", "表", "图", "公开"};

    if ((n->start && is_letter(text[n->start - 1])) || is_letter(text[n->end]))
        return true;
    for (size_t i = 0; is_short_integer(text, n, 2) && i < ARRAY_SIZE(labels); i++)
        if (before_is(text, n->start, labels[i]) &&
            (!text[n->end] || strchr(" :.-", text[n->end]) || clean_begins(text + n->end, "表") ||
             clean_begins(text + n->end, "：") || clean_begins(text + n->end, "）")))
            return true;
    if (is_quoted_name(text, n))
        return true;
    for (size_t i = 0; n->end - n->start >= 3 && i < ARRAY_SIZE(words); i++)
        if (clean_begins(text + n->end, words[i]))
            return true;
    return false;
}

/* Runs of digits that are no amount: 11 of a mobile, 18 of an identity card; 7 or 8 and an area
 * code where the text says that it is a telephone. */
static bool is_contact(const char *text, const struct number *n)
{
    static const char *const words[] = {"电话", "手机", "传真", "联系方式", NULL};
    size_t count = strspn(text + n->start, "0123456789");

    if (n->start + count != n->end)
        return false;
    if (count == 11 && text[n->start] == '1' && text[n->start + 1] >= '3')
        return true;
    if (count == 17 || count == 18)
        return true;
    return count >= 3 && count <= 12 && clean_has_any(text, words) &&
           (count >= 7 || text[n->end] == '-');
}

/* "0571-8888 8888", "88888888转12": a telephone that goes on. */
static bool continues_contact(const char *text, const struct number *n, const struct number *before)
{
    static const char *const links[] = {" ", "-", "转"};
    size_t gap = before ? n->start - before->end : 0;

    if (!before || before->class != NUMBER_CONTACT || !is_short_integer(text, n, 8) ||
        is_date(text, n))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(links); i++)
        if (gap == strlen(links[i]) && clean_begins(text + before->end, links[i]))
            return true;
    return false;
}

static enum number_class class_of(const char *text, const struct number *n,
                                  const struct number *before)
{
    bool date_before = before && before->class == NUMBER_DATE;

    if (is_contact(text, n) || continues_contact(text, n, before))
        return NUMBER_CONTACT;
    if (is_document_number(text, n))
        return NUMBER_CODE;
    if (is_numbering(text, n))
        return NUMBER_NUMBERING;
    if (is_date(text, n) || is_span_part(text, n, date_before))
        return NUMBER_DATE;
    return is_name(text, n) ? NUMBER_NAME : NUMBER_FIGURE;
}

/* --- all --- */

void numbers_find(struct arena *arena, const char *text, struct numbers *out)
{
    size_t at = 0;

    while (text[at]) {
        struct number n = {.start = at};

        if (!is_digit(text[at])) {
            at++;
            continue;
        }
        n.end = dotted_date(text, at);
        if (n.end > at) {
            n.class = NUMBER_DATE;
        } else {
            n.end = digits_end(text, at);
            n.class = class_of(text, &n, out->count ? &out->items[out->count - 1] : NULL);
        }
        if (n.class == NUMBER_FIGURE && has_minus(text, at))
            n.start--;
        n.digits = digits_of(arena, text, n.start, n.end);
        take_unit(arena, text, &n);
        if (n.class != NUMBER_FIGURE) {
            n.unit = NULL;
            n.unit_end = n.end;
        }
        ARENA_GROW(arena, out->items, out->count, out->cap);
        out->items[out->count++] = n;
        at = n.end;
    }
}
