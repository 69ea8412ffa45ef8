#include "base/base.h"

#include "import/form_words.h"

#include "import/clean.h"

enum { HEAD_CHARS = 24 }; /* more is no head */

struct word {
    const char *part; /* what a key has in it */
    const char *id;
};

enum form_column form_column_of(const char *key)
{
    static const struct {
        const char *part;
        enum form_column column;
    } heads[] = {
        {"年初预算", FORM_INITIAL_BUDGET},
        {"全年预算", FORM_FULL_BUDGET},
        {"调整后预算", FORM_FULL_BUDGET},
        {"执行率", FORM_EXECUTION_RATE},
        {"执行数", FORM_EXECUTED},
        {"一级指标", FORM_LEVEL1},
        {"二级指标", FORM_LEVEL2},
        {"三级指标", FORM_NAME},
        {"指标名称", FORM_NAME},
        {"指标内容", FORM_NAME},
        {"具体指标", FORM_NAME},
        {"偏差", FORM_REASON},
        {"原因", FORM_REASON},
        {"改进措施", FORM_REASON},
        {"完成率", FORM_COMPLETION},
        {"完成比例", FORM_COMPLETION},
        {"实际完成", FORM_ACTUAL},
        {"完成值", FORM_ACTUAL},
        {"实际值", FORM_ACTUAL},
        {"完成情况", FORM_ACTUAL},
        {"指标值", FORM_TARGET},
        {"目标值", FORM_TARGET},
        {"得分", FORM_SCORE},
        {"分值", FORM_WEIGHT},
        {"权重", FORM_WEIGHT},
        {"满分", FORM_WEIGHT},
        {"执行B", FORM_EXECUTED},
    };

    if (clean_length(key, strlen(key)) > HEAD_CHARS)
        return FORM_NONE;
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        if (strstr(key, heads[i].part))
            return heads[i].column;
    if (!strcmp(key, "预算数") || !strcmp(key, "预算数A")) /* what the rate is of */
        return FORM_FULL_BUDGET;
    return FORM_NONE;
}

static const char *find_word(const struct word *words, const char *key)
{
    for (; words->part; words++)
        if (strstr(key, words->part))
            return words->id;
    return NULL;
}

const char *form_level1(const char *key)
{
    static const struct word words[] = {{"满意", "satisfaction"}, {"产出", "output"},
                                        {"效益", "benefit"},      {"效果", "benefit"},
                                        {"成本", "cost"},         {NULL, NULL}};

    return find_word(words, key);
}

const char *form_level2(const char *key)
{
    static const struct word words[] = {{"数量", "quantity"},
                                        {"质量", "quality"},
                                        {"时效", "timeliness"},
                                        {"进度", "timeliness"},
                                        {"成本", "cost"},
                                        {"可持续", "sustainability"},
                                        {"持续", "sustainability"},
                                        {"经济", "economic"},
                                        {"社会", "social"},
                                        {"生态", "ecological"},
                                        {"环境", "ecological"},
                                        {"满意", "service-satisfaction"},
                                        {NULL, NULL}};

    return find_word(words, key);
}

const char *form_fund(const struct draft *d, const char *key)
{
    static const struct word words[] = {{"资金总额", "total"},
                                        {"当年财政拨款", "current-year"},
                                        {"本年财政拨款", "current-year"},
                                        {"上年结转", "carried-forward"},
                                        {"其他资金", "other"},
                                        {NULL, NULL}};
    const struct profile *profile = d->profile;
    const char *id = find_word(words, key);

    if (!strcmp(key, "合计") || !strcmp(key, "资金合计") || !strcmp(key, "总计"))
        id = "total";
    for (size_t i = 0; i < profile->funds.count; i++) {
        const struct profile_line *fund = &profile->funds.items[i];
        const char *label =
            fund->label.s ? clean_key(d->scratch, fund->label.s, fund->label.len) : "";

        if (*label && (!strcmp(label, key) || (id && text_is(&fund->id, id))))
            return fund->id.s;
    }
    return id;
}

bool form_is_total(const char *key)
{
    static const char *const names[] = {"合计", "总计", "总得分", "自评总分", "得分合计"};

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (!strcmp(key, names[i]))
            return true;
    return clean_begins(key, "总分") && clean_length(key, strlen(key)) <= 8;
}

bool form_is_furniture(const char *key)
{
    static const char *const whole[] = {
        "绩效指标",         "年度绩效指标", "绩效目标",     "年度绩效目标",    "年度总体目标",
        "总体目标",         "年度目标",     "项目资金",     "年度资金",        "资金情况",
        "资金投入情况",     "预算执行情况", "预算资金",     "项目基本信息",    "基本信息",
        "项目基本情况",     "资金管理情况", "资金管理",     "产出指标",        "指标",
        "绩效指标完成情况", "单位",         "项目资金情况", "项目预算执行情况"};
    size_t len = strlen(key);

    if (!len)
        return true;
    for (size_t i = 0; money_units[i]; i++) /* "项目资金（万元）" */
        if (clean_ends(key, strlen(key), money_units[i]) &&
            strlen(key) - strlen(money_units[i]) < len)
            len = strlen(key) - strlen(money_units[i]);
    for (size_t i = 0; i < ARRAY_SIZE(whole); i++)
        if (!strncmp(key, whole[i], strlen(whole[i])) &&
            (strlen(whole[i]) == len || !key[strlen(whole[i])] ||
             (clean_begins(key + strlen(whole[i]), "单位") &&
              strlen(whole[i]) + strlen("单位") == len)))
            return true;
    if (strspn(key, "0123456789") == 4 && !strcmp(key + 4, "年度"))
        return true;
    return strstr(key, "自评表") && clean_length(key, strlen(key)) <= 40;
}

/* A label, and what it may have behind it: 项目名称及代码. */
static bool is_name(const char *key, const char *label)
{
    static const char *const behind[] = {"及", "和", "与", "代码", "编码", "全称", "必填"};
    const char *rest = key + strlen(label);

    if (!clean_begins(key, label))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(behind); i++)
        if (clean_begins(rest, behind[i]) && clean_length(rest, strlen(rest)) <= 6)
            return true;
    return !*rest;
}

bool form_is_name_label(const char *key, bool *other)
{
    static const char *const projects[] = {"项目名称", "专项名称", "专项资金名称", "专项项目名称"};
    static const char *const others[] = {
        "转移支付项目名称", "转移支付名称",     "政策名称",
        "政策项目名称",     "财政政策名称",     "项目政策名称",
        "专项转移支付名称", "转移支付资金名称", "转移支付专项名称"};

    if (other)
        *other = false;
    for (size_t i = 0; i < ARRAY_SIZE(projects); i++)
        if (is_name(key, projects[i]))
            return true;
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        if (is_name(key, others[i])) {
            if (other)
                *other = true;
            return true;
        }
    return false;
}

const char *form_na(const char *text)
{
    static const struct word words[] = {{"不涉及", "not-involved"},
                                        {"不适用", "not-involved"},
                                        {"无", "not-involved"},
                                        {"——", "dash"},
                                        {"—", "dash"},
                                        {"--", "dash"},
                                        {"-", "dash"},
                                        {"/", "dash"},
                                        {"－", "dash"},
                                        {"–", "dash"},
                                        {NULL, NULL}};

    for (size_t i = 0; words[i].part; i++)
        if (!strcmp(text, words[i].part))
            return words[i].id;
    return NULL;
}
