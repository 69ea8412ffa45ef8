#include "base/base.h"

#include "import/cue.h"

#include "base/strbuf.h"
#include "import/clean.h"
#include "model/quantity.h"

static const char *const ups[] = {"增加",   "增长",   "上升",   "提高", "增幅", "增长率",
                                  "增加了", "增长了", "增加额", "增",   "多",   NULL};
static const char *const downs[] = {"减少",   "下降",   "降低", "减幅", "降幅", "减少了",
                                    "下降了", "降低了", "压减", "减",   "少",   NULL};
static const char *const unclears[] = {
    "下降（增长）", "增长（下降）", "增加（减少）", "减少（增加）", "下降(增长)", "增长(下降)",
    "增加(减少)",   "减少(增加)",   "增加/减少",    "增长/下降",    NULL};

/* Words that only link a number to what is said of it. */
static size_t without_links(const char *lead)
{
    static const char *const links[] = {"为", "是", "了", "约", "达到", "达", "共计", "共", "仅",
                                        "：", ":",  " ",  "至", "\n",   "计", "均",   "各"};
    size_t len = strlen(lead);

    for (bool any = true; any;) {
        any = false;
        for (size_t i = 0; i < ARRAY_SIZE(links); i++)
            if (clean_ends(lead, len, links[i]) && !clean_ends(lead, len, "总计") &&
                !clean_ends(lead, len, "合计")) {
                len -= strlen(links[i]);
                any = true;
            }
    }
    return len;
}

static bool ends_in(const char *lead, size_t len, const char *const *words)
{
    for (; *words; words++)
        if (clean_ends(lead, len, *words))
            return true;
    return false;
}

static enum cue_direction direction_of(const char *lead, size_t len)
{
    if (ends_in(lead, len, unclears))
        return DIRECTION_UNCLEAR;
    if (ends_in(lead, len, ups))
        return DIRECTION_UP;
    return ends_in(lead, len, downs) ? DIRECTION_DOWN : DIRECTION_NONE;
}

/* The words behind the last comma. */
static const char *last_clause(const char *lead)
{
    const char *clause = lead;

    for (const char *at = lead; (at = strstr(at, "，")) != NULL; at += strlen("，"))
        clause = at + strlen("，");
    return clause;
}

static struct cue percent_cue(const char *lead, size_t len)
{
    static const char *const done[] = {"完成", "执行率", "完成率", NULL};
    const char *clause = last_clause(lead);
    enum cue_direction direction = direction_of(lead, len);

    if (direction)
        return (struct cue){CUE_RATE, direction};
    if (strstr(clause, "占"))
        return (struct cue){CUE_SHARE, DIRECTION_NONE};
    if (clean_has_any(clause, done) && (strstr(clause, "预算") || strstr(clause, "率")))
        return (struct cue){CUE_COMPLETION, DIRECTION_NONE};
    return (struct cue){CUE_NONE, DIRECTION_NONE};
}

static struct cue amount_cue(const char *lead, size_t len)
{
    static const char *const budgets[] = {"预算",   "预算数",   "年初预算", "年初预算数",
                                          "年初数", "预算金额", "预算安排", NULL};
    /* neither the initial budget nor what was spent, and no change of that */
    static const char *const others[] = {
        "全年预算",       "全年预算数", "调整预算", "调整预算数", "调整后预算", "调整后预算数",
        "调整后的预算数", "调整数",     "调增",     "调减",       "追加",       "追加预算",
        "核增",           "核减",       "节约",     "节省",       "节约资金",   "节约了",
        "收回",           "退回",       NULL};
    enum cue_direction direction = direction_of(lead, len);

    if (ends_in(lead, len, others))
        return (struct cue){CUE_NONE, DIRECTION_NONE};
    if (direction)
        return (struct cue){CUE_CHANGE, direction};
    if (ends_in(lead, len, budgets))
        return (struct cue){CUE_BUDGET, DIRECTION_NONE};
    return (struct cue){CUE_FINAL, DIRECTION_NONE};
}

static struct cue count_cue(const char *lead, size_t len)
{
    static const char *const posts[] = {"编制", "编制数", "编制人数", "核定编制", NULL};
    static const char *const persons[] = {"实有",   "实有人数", "在职",     "在编", "实际",
                                          "实有数", "在职人数", "在编人数", NULL};

    if (ends_in(lead, len, posts))
        return (struct cue){CUE_ESTABLISHED, DIRECTION_NONE};
    if (ends_in(lead, len, persons))
        return (struct cue){CUE_ACTUAL, DIRECTION_NONE};
    return (struct cue){direction_of(lead, len) ? CUE_NONE : CUE_FINAL, DIRECTION_NONE};
}

bool cue_is_money(const struct number *n)
{
    return n->unit && (money_exponent(n->unit) >= 0 || !strcmp(n->unit, "万"));
}

bool cue_is_count(const struct number *n)
{
    return n->unit && !cue_is_money(n) && strcmp(n->unit, "%") != 0 && strcmp(n->unit, "分") != 0;
}

struct cue cue_of(const char *lead, const struct number *n)
{
    size_t len = without_links(lead);

    if (!n->unit) /* "增长 13.95。": nothing else but a rate can lack its unit */
        return direction_of(lead, len) ? percent_cue(lead, len)
                                       : (struct cue){CUE_NONE, DIRECTION_NONE};
    if (!strcmp(n->unit, "%"))
        return percent_cue(lead, len);
    if (cue_is_money(n))
        return amount_cue(lead, len);
    if (!strcmp(n->unit, "分"))
        return (struct cue){strstr(last_clause(lead), "平均") ? CUE_MEAN : CUE_NONE,
                            DIRECTION_NONE};
    return count_cue(lead, len);
}

/* --- bases --- */

static const char *last_of(const char *words, const char *const *list)
{
    const char *last = NULL;

    for (; *list; list++)
        for (const char *at = words; (at = strstr(at, *list)) != NULL; at += strlen(*list))
            if (!last || at > last)
                last = at;
    return last;
}

enum cue_base cue_base_of(struct arena *arena, const char *words, int64_t year)
{
    static const char *const budgets[] = {"年初预算", "预算数", "比预算", "较预算", "年初数", NULL};
    const char *before = arena_format(arena, "%lld", (long long)year - 1);
    const char *const priors[] = {"上年",
                                  "上一年",
                                  "去年",
                                  "上一度",
                                  "同比",
                                  arena_format(arena, "%s年", before),
                                  arena_format(arena, "%s 年", before),
                                  NULL};
    const char *budget = last_of(words, budgets), *prior = last_of(words, priors);

    /* "2020年年初预算" is a budget, whatever the year */
    if (budget && (!prior || budget > prior))
        return BASE_BUDGET;
    return prior ? BASE_PRIOR : BASE_NONE;
}

bool cue_is_flat(const char *words)
{
    static const char *const flat[] = {"持平",         "无变化",   "无增减",       "没有变化",
                                       "无增减变化",   "等于预算", "与预算数一致", "与预算一致",
                                       "与预算数相同", NULL};

    return clean_has_any(words, flat);
}

enum cue_direction cue_comparison(const char *words)
{
    static const char *const more[] = {"决算数大于", "决算数高于", "决算数多于", NULL};
    static const char *const less[] = {"决算数小于", "决算数低于", "决算数少于", NULL};

    if (clean_has_any(words, more))
        return DIRECTION_UP;
    return clean_has_any(words, less) ? DIRECTION_DOWN : DIRECTION_NONE;
}

const char *cue_direction_name(enum cue_direction direction)
{
    static const char *const names[] = {NULL, "increase", "decrease", "flat", "unclear"};

    return names[direction];
}

/* --- what it is about --- */

/* The year that a text begins with, "2023 年度"; its length, or 0. */
static size_t year_at(const char *s)
{
    size_t start = strspn(s, " "), digits = strspn(s + start, "0123456789"), at;

    if (digits != 4)
        return 0;
    at = start + digits + strspn(s + start + digits, " ");
    if (!clean_begins(s + at, "年"))
        return 0;
    at += strlen("年");
    return at + (clean_begins(s + at, "度") ? strlen("度") : 0);
}

/* What is compared with, right behind 比 and the like; its length, or 0. */
static size_t base_at(const char *s)
{
    static const char *const bases[] = {"上年度",   "上年", "上一年度", "上一年", "上一度",  "去年",
                                        "年初预算", "年初", "预算数",   "预算",   "全年预算"};
    size_t best = year_at(s);

    for (size_t i = 0; i < ARRAY_SIZE(bases); i++)
        if (strlen(bases[i]) > best && clean_begins(s, bases[i]))
            best = strlen(bases[i]);
    return best;
}

bool cue_is_of_other_year(const char *lead, int64_t year)
{
    static const char *const priors[] = {"上年", "上一年", "上一度", "去年", NULL};
    static const char *const carried[] = {"结转", "结余", "末", NULL};
    static const char *const starts[] = {"比", "较", "与", "同"};
    const char *clause = last_clause(lead), *prior = last_of(clause, priors);

    if (cue_is_flat(clause))
        return false;
    if (prior && !clean_has_any(prior, carried))
        return true;
    for (; *clause; clause++)
        for (size_t i = 0; i < ARRAY_SIZE(starts); i++) {
            const char *at = clause + strlen(starts[i]);

            if (clean_begins(clause, starts[i]) && year_at(at) && !strstr(at, "年初") &&
                strtoll(at, NULL, 10) != year)
                return true;
        }
    return false;
}

/* Where a comparison that begins here ends: "比上年", "与2023年度相比，",
 * "比2021年“三公”经费年初预算"; 0: none begins. */
static size_t comparison_at(const char *s)
{
    enum { REACH = 60 };
    static const char *const starts[] = {"比", "较", "与", "同"};
    static const char *const ends[] = {"年初预算数", "年初预算", "预算数",
                                       "决算数",     "相比，",   "相比"};
    static const char *const stops[] = {"，", "。", "；"};
    size_t start = 0, end;

    for (size_t i = 0; i < ARRAY_SIZE(starts) && !start; i++)
        start = clean_begins(s, starts[i]) ? strlen(starts[i]) : 0;
    end = start ? base_at(s + start) : 0;
    if (!end)
        return 0;
    end += start;
    for (size_t at = end; s[at] && at < end + REACH; at++) {
        for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
            if (clean_begins(s + at, ends[i]))
                return at + strlen(ends[i]);
        for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
            if (clean_begins(s + at, stops[i]))
                return end;
    }
    return end;
}

/* Without the words that say that it changed. */
static size_t without_change(const char *lead, size_t len)
{
    const char *const *const lists[] = {unclears, ups, downs};

    for (size_t l = 0; l < ARRAY_SIZE(lists); l++)
        for (size_t i = 0; lists[l][i]; i++)
            if (clean_ends(lead, len, lists[l][i])) {
                len -= strlen(lists[l][i]);
                return clean_ends(lead, len, "各") ? len - strlen("各") : len;
            }
    return len;
}

const char *cue_subject(struct arena *arena, const char *lead)
{
    struct strbuf out = STRBUF_INIT;
    const char *kept;
    size_t len = without_links(lead);

    len = without_change(lead, len);
    for (size_t at = 0; at < len;) {
        size_t skip = comparison_at(lead + at);

        if (skip) {
            at += skip;
            continue;
        }
        if (clean_begins(lead + at, "占"))
            break;
        strbuf_addch(&out, lead[at++]);
    }
    kept = arena_strndup(arena, out.buf, out.len);
    strbuf_release(&out);
    return kept;
}
