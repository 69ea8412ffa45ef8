#include "base/base.h"

#include "import/form_words.h"

#include "import/clean.h"

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

    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        if (strstr(key, heads[i].part))
            return heads[i].column;
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
