#include "base/base.h"

#include "check/personal.h"

#include "base/arena.h"
#include "check/texts.h"
#include "text/utf8.h"

/*
 * Personal data is looked for by its form: numbers of telephones, identity cards (GB 11643, with
 * the check digit) and bank cards (ISO/IEC 7812, with the check digit), addresses of e-mail, and
 * names behind words such as 负责人. What is shown of it is masked, since findings are published.
 */

enum { DIGITS_MAX = 20, PIECES_MAX = 6, NAME_CHARS = 4, NEAR = 30 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* --- numbers --- */

/* Pieces of digits with single hyphens or blanks between them. */
struct run {
    char digits[DIGITS_MAX + 1];
    size_t count;
    size_t start, end; /* in the text */
    size_t pieces;
};

/* "138*****89" */
static const char *mask_digits(const struct personal *p, const struct run *run)
{
    size_t hidden = run->count > 5 ? run->count - 5 : 0;
    char stars[DIGITS_MAX + 1];

    memset(stars, '*', hidden);
    stars[hidden] = '\0';
    return arena_format(p->arena, "%.3s%s%s", run->digits, stars, run->digits + 3 + hidden);
}

static bool is_mobile(const char *digits, size_t count)
{
    if (count == 13 && digits[0] == '8' && digits[1] == '6')
        return is_mobile(digits + 2, 11);
    return count == 11 && digits[0] == '1' && digits[1] >= '3';
}

/* 0, an area code of two or three digits more, and a number of seven or eight. */
static bool is_landline(const char *digits, size_t count)
{
    bool is_short = digits[1] == '1' || digits[1] == '2'; /* 010, 02x */

    return digits[0] == '0' && digits[1] >= '1' && count >= (is_short ? 10 : 11) &&
           count <= (is_short ? 11 : 12);
}

static bool has_identity_check(const char *digits, char last)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    static const char checks[] = "10X98765432";
    int sum = 0;

    for (size_t i = 0; i < ARRAY_SIZE(weights); i++)
        sum += (digits[i] - '0') * weights[i];
    return checks[sum % 11] == last;
}

/* 18 characters: where, the day of birth, which one, the check digit. */
static bool is_identity(const char *digits, char last)
{
    int month = (digits[10] - '0') * 10 + digits[11] - '0';
    int day = (digits[12] - '0') * 10 + digits[13] - '0';

    return (digits[6] == '1' || digits[6] == '2') && month >= 1 && month <= 12 && day >= 1 &&
           day <= 31 && has_identity_check(digits, last);
}

/* The check digit of Luhn. */
static bool is_bank_card(const char *digits, size_t count)
{
    int sum = 0;

    if (count < 16 || count > 19 || digits[0] < '3' || digits[0] > '6')
        return false;
    for (size_t i = 0; i < count; i++) {
        int digit = digits[count - 1 - i] - '0';

        if (i % 2)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

/* Whether one of the words stands shortly before a place. */
static bool is_near(const struct personal *p, size_t at, const char *const *words)
{
    size_t from = at > NEAR ? at - NEAR : 0;

    for (; *words; words++)
        if (memmem(p->s + from, at - from, *words, strlen(*words)))
            return true;
    return false;
}

/* "1234567元", "1234567 万元" */
static bool is_amount(const struct personal *p, const struct run *run)
{
    static const char *const units[] = {"元", "万", "亿"};
    size_t at = run->end;

    if (at < p->len && p->s[at] == ' ')
        at++;
    for (size_t i = 0; i < ARRAY_SIZE(units); i++)
        if (at + strlen(units[i]) <= p->len && !memcmp(p->s + at, units[i], strlen(units[i])))
            return true;
    return false;
}

/* "2021-12-31" */
static bool is_date(const struct run *run)
{
    const char *d = run->digits;
    int month = (d[4] - '0') * 10 + d[5] - '0', day = (d[6] - '0') * 10 + d[7] - '0';

    return run->count == 8 && run->pieces == 3 && (d[0] == '1' || d[0] == '2') && month >= 1 &&
           month <= 12 && day >= 1 && day <= 31;
}

/* A number without an area code is one of a telephone when the text says so. */
static bool is_local(const struct personal *p, const struct run *run,
                     const char *const *phone_words)
{
    return (run->count == 7 || run->count == 8) && is_near(p, run->start, phone_words) &&
           !is_amount(p, run) && !is_date(run);
}

static const char *kind_of_run(const struct personal *p, const struct run *run)
{
    static const char *const phone_words[] = {"电话", "手机", "热线", "传真", "联系方式", NULL};
    char next = run->end < p->len ? p->s[run->end] : '\0';

    if (run->count == 17 && (next == 'X' || next == 'x') && is_identity(run->digits, 'X'))
        return "身份证号";
    if (run->count == 18 && is_identity(run->digits, run->digits[17]))
        return "身份证号";
    if (is_bank_card(run->digits, run->count))
        return "银行卡号";
    if (is_mobile(run->digits, run->count))
        return "手机号";
    if (run->count >= 10 && is_landline(run->digits, run->count) &&
        (run->pieces > 1 || is_near(p, run->start, phone_words)))
        return "电话号码";
    return is_local(p, run, phone_words) ? "电话号码" : NULL;
}

/* What may stand between the digits of one number: one of "-", " ", ")" and their wide forms. */
static size_t separator_at(const struct personal *p, size_t at)
{
    static const char *const separators[] = {"-", " ", ")", "）", "—", "－"};

    for (size_t i = 0; i < ARRAY_SIZE(separators); i++) {
        size_t len = strlen(separators[i]);

        if (at + len < p->len && !memcmp(p->s + at, separators[i], len) && is_digit(p->s[at + len]))
            return len;
    }
    return 0;
}

/* The run of so many pieces at most that begins at a digit. Of one with too many digits none are
 * kept. */
static struct run read_run(const struct personal *p, size_t at, size_t pieces)
{
    struct run run = {.start = at, .pieces = 1};
    size_t digits = 0;

    while (at < p->len) {
        size_t separator = is_digit(p->s[at]) ? 0 : separator_at(p, at);

        if (!is_digit(p->s[at]) && (!separator || run.pieces == pieces))
            break;
        run.pieces += separator > 0;
        at += separator;
        if (digits < DIGITS_MAX)
            run.digits[digits] = p->s[at];
        digits++;
        at++;
    }
    run.end = at;
    run.count = digits <= DIGITS_MAX ? digits : 0;
    return run;
}

static bool is_decimal(const struct personal *p, const struct run *run)
{
    return (run->start && p->s[run->start - 1] == '.') ||
           (run->end + 1 < p->len && p->s[run->end] == '.' && is_digit(p->s[run->end + 1]));
}

/* Returns where to go on. Numbers may stand one after the other: the most pieces that are one
 * number are, or else the first piece is none. */
static size_t check_run(const struct personal *p, size_t at)
{
    struct run run = read_run(p, at, PIECES_MAX);
    const char *kind;

    for (size_t pieces = run.pieces; pieces; pieces--) {
        run = read_run(p, at, pieces);
        kind = run.count < 7 || is_decimal(p, &run) ? NULL : kind_of_run(p, &run);
        if (kind) {
            p->found(p->ctx, run.start, kind, mask_digits(p, &run));
            break;
        }
    }
    return run.end;
}

/* --- e-mail --- */

static bool is_mail_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '.' ||
           c == '_' || c == '-' || c == '+';
}

/* Something before the sign, and a name with a dot behind it. */
static void check_mail(const struct personal *p, size_t sign)
{
    size_t start = sign, end = sign + 1;
    const char *dot;

    while (start && is_mail_char(p->s[start - 1]))
        start--;
    while (end < p->len && is_mail_char(p->s[end]))
        end++;
    dot = memrchr(p->s + sign, '.', end - sign);
    if (start == sign || !dot || dot == p->s + sign + 1 ||
        (size_t)(p->s + end - dot) < strlen(".cn"))
        return;
    p->found(p->ctx, start, "电子邮箱",
             arena_format(p->arena, "%c***%.*s", p->s[start], (int)(end - sign), p->s + sign));
}

/* --- names --- */

/* The most frequent surnames; single characters one after the other, in UTF-8 three bytes each. */
static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃"
    "武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮"
    "柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古"
    "吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫"
    "寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";
static const char *const double_surnames[] = {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫",
                                              "尉迟", "公孙", "慕容", "令狐", "端木", "夏侯"};
/* Behind what a name stands. */
static const char *const roles[] = {"负责人", "联系人", "经办人",   "填报人",   "填表人",
                                    "审核人", "制表人", "主管领导", "分管领导", NULL};
/* What ends the name of an office or a post. */
static const char posts[] = "科处局办室部长员组心所队院会委任师人站区县市街镇司";

static bool is_one_of(const char *character, size_t len, const char *list)
{
    for (; *list; list += len)
        if (strlen(list) >= len && !memcmp(list, character, len))
            return true;
    return false;
}

/* Passes over what stands between a role and the name. False when nothing does. */
static bool skip_between(const struct personal *p, size_t *at)
{
    static const char *const between[] = {"：", ":", " ",    "\t",     "　",
                                          ",",  "|", "姓名", "及电话", "（"};
    size_t from = *at;

    for (bool any = true; any;) {
        any = false;
        for (size_t i = 0; i < ARRAY_SIZE(between); i++) {
            size_t len = strlen(between[i]);

            if (*at + len <= p->len && !memcmp(p->s + *at, between[i], len)) {
                *at += len;
                any = true;
            }
        }
    }
    return *at > from;
}

static bool begins_with_surname(const char *s, size_t len)
{
    if (len >= 3 && is_one_of(s, 3, surnames))
        return true;
    for (size_t i = 0; i < ARRAY_SIZE(double_surnames); i++)
        if (len >= 6 && !memcmp(s, double_surnames[i], 6))
            return true;
    return false;
}

/* How many bytes a name that begins here has; 0 when there is none: two to four characters of which
 * the first is a surname, and no post. */
static size_t name_at(const struct personal *p, size_t at)
{
    size_t end = at, count = 0, last = at;
    uint32_t character;

    while (end < p->len) {
        size_t bytes = utf8_decode(p->s + end, p->len - end, &character);

        if (!utf8_is_han(character))
            break;
        last = end;
        end += bytes;
        if (++count > NAME_CHARS)
            return 0;
    }
    if (count < 2 || !begins_with_surname(p->s + at, end - at) || is_one_of(p->s + last, 3, posts))
        return 0;
    return end - at;
}

static void check_role(const struct personal *p, size_t at)
{
    for (size_t i = 0; roles[i]; i++) {
        size_t len = strlen(roles[i]), name = at + len;

        if (at + len > p->len || memcmp(p->s + at, roles[i], len) || !skip_between(p, &name) ||
            !name_at(p, name))
            continue;
        p->found(p->ctx, name, arena_format(p->arena, "%s的姓名", roles[i]),
                 arena_format(p->arena, "%.3s某", p->s + name));
        return;
    }
}

/* --- one pass --- */

/* The first bytes of the roles: 负 联 经 填 审 制 主 分 begin with E4 to E8. */
static bool may_begin_role(const struct personal *p, size_t at)
{
    return ((unsigned char)p->s[at] & 0xF0) == 0xE0;
}

void personal_find(const struct personal *p)
{
    for (size_t at = 0; at < p->len;) {
        char ch = p->s[at];

        if (is_digit(ch)) {
            at = check_run(p, at);
            continue;
        }
        if (ch == '@')
            check_mail(p, at);
        else if (may_begin_role(p, at))
            check_role(p, at);
        at++;
    }
}

/* --- as a check --- */

struct telling {
    struct checking *c;
    const struct check_text *text;
};

static void tell(void *ctx, size_t at, const char *kind, const char *masked)
{
    const struct telling *t = ctx;
    struct finding *finding = check_find(t->c, RULE_PERSONAL_DATA, NULL);

    check_cite_word(t->c, finding, t->text, at, masked);
    finding->stated = text_of(masked);
    check_message(t->c, finding, "文字里有%s（%s），公开以后收不回来：删去，或者说明为什么可以公开",
                  kind, masked);
}

void check_personal_data(struct checking *c, const struct check_text *text)
{
    struct telling telling = {c, text};
    struct personal personal = {c->arena, text->s, text->len, tell, &telling};

    personal_find(&personal);
}
