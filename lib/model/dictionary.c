#include "base/base.h"

#include "model/dictionary.h"

#include "model/entities.h"

/* --- forms of text --- */

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A letter, then letters, digits and `joiner`. */
static bool is_word(const char *s, size_t len, char joiner)
{
    if (!len || len > ID_MAX || !is_lower(s[0]))
        return false;
    for (size_t i = 1; i < len; i++)
        if (!is_lower(s[i]) && !is_digit(s[i]) && s[i] != joiner)
            return false;
    return true;
}

static bool are_digits(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!is_digit(s[i]))
            return false;
    return true;
}

static bool accepts_any(const char *s, size_t len)
{
    (void)s;
    (void)len;
    return true;
}

static bool accepts_id(const char *s, size_t len)
{
    return is_word(s, len, '-');
}

static bool accepts_name(const char *s, size_t len)
{
    return is_word(s, len, '_');
}

static bool accepts_code(const char *s, size_t len)
{
    return (len == 3 || len == 5 || len == 7) && are_digits(s, len);
}

static bool accepts_line(const char *s, size_t len)
{
    return accepts_id(s, len) || accepts_code(s, len);
}

static bool accepts_path(const char *s, size_t len)
{
    for (;;) {
        const char *slash = memchr(s, '/', len);

        if (!accepts_id(s, slash ? (size_t)(slash - s) : len))
            return false;
        if (!slash)
            return true;
        len -= (size_t)(slash + 1 - s);
        s = slash + 1;
    }
}

static bool accepts_division(const char *s, size_t len)
{
    return len == 6 && are_digits(s, len);
}

/* Two digits as a number; -1: they are none. */
static int two_digits(const char *s)
{
    return are_digits(s, 2) ? (s[0] - '0') * 10 + (s[1] - '0') : -1;
}

static bool is_leap(int century, int year)
{
    return (year ? year : century) % 4 == 0;
}

static bool is_in_month(int day, int century, int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return day >= 1 && day <= lengths[month - 1] + (month == 2 && is_leap(century, year));
}

/* 2021, 2021-03 or 2021-03-31, a day of the calendar */
static bool accepts_date(const char *s, size_t len)
{
    int month;

    if ((len != 4 && len != 7 && len != 10) || !are_digits(s, 4))
        return false;
    if (len == 4)
        return true;
    month = two_digits(s + 5);
    if (s[4] != '-' || month < 1 || month > 12)
        return false;
    return len == 7 ||
           (s[7] == '-' && is_in_month(two_digits(s + 8), two_digits(s), two_digits(s + 2), month));
}

/* A tag of BCP 47, roughly: zh, zh-CN, zh-Hans-CN */
static bool accepts_language(const char *s, size_t len)
{
    size_t i = 0;

    while (i < len && is_lower(s[i]))
        i++;
    if (i < 2 || i > 3)
        return false;
    while (i < len) {
        size_t start = i + 1;

        if (s[i] != '-')
            return false;
        for (i = start; i < len && (is_lower(s[i] | 0x20) || is_digit(s[i])); i++)
            ;
        if (i == start || i - start > 8)
            return false;
    }
    return true;
}

/* http or https, a host, and a path that ends in a slash; the characters of RFC 3986 without
 * brackets, so no IPv6 addresses. No user before the host: it would be published with each page. No
 * two slashes: what begins with them is another host. */
static bool accepts_base_url(const char *s, size_t len)
{
    static const char others[] = "-._~!$&'()*+,;=:%/@";
    size_t scheme = len > 8 && !memcmp(s, "https://", 8) ? 8 : 7, slashes = 0;

    if (len <= scheme + 1 || s[len - 1] != '/' || s[scheme] == '/' ||
        (scheme == 7 && memcmp(s, "http://", 7)))
        return false;
    for (size_t i = scheme; i < len; i++) {
        if (!is_lower(s[i] | 0x20) && !is_digit(s[i]) && !memchr(others, s[i], sizeof(others) - 1))
            return false;
        if ((s[i] == '@' && !slashes) || (s[i] == '/' && s[i - 1] == '/'))
            return false;
        slashes += s[i] == '/';
    }
    return true;
}

/* Of a local government, six digits of its division and four more; of a ministry, bm and eight. */
static bool accepts_site_code(const char *s, size_t len)
{
    size_t letters = len == 10 && !memcmp(s, "bm", 2) ? 2 : 0;

    return len == 10 && are_digits(s + letters, len - letters);
}

/* Of ids and names. */
#define WORD_REST(joiner) "[a-z0-9" joiner "]{0,99}"
#define ID_PATTERN "[a-z]" WORD_REST("-")

const struct text_form form_plain = {NULL, accepts_any, "text", 0};
const struct text_form form_id = {"^" ID_PATTERN "$", accepts_id,
                                  "an id of lower-case letters, digits and '-', such as cost-1",
                                  ID_MAX};
const struct text_form form_name = {
    "^[a-z]" WORD_REST("_") "$", accepts_name,
    "a name of lower-case letters, digits and '_', such as basic_expenditure", ID_MAX};
const struct text_form form_code = {"^([0-9]{3}|[0-9]{5}|[0-9]{7})$", accepts_code,
                                    "a classification code of 3, 5 or 7 digits", 0};
const struct text_form form_line = {
    "^(" ID_PATTERN "|[0-9]{3}|[0-9]{5}|[0-9]{7})$", accepts_line,
    "an id such as income-total, or a classification code such as 20103", ID_MAX};
const struct text_form form_path = {"^" ID_PATTERN "(/" ID_PATTERN ")*$", accepts_path,
                                    "ids joined by '/'", 0};
const struct text_form form_date = {
    "^([0-9]{4}(-(0[1-9]|1[0-2]))?|"
    "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|"
    "02-(0[1-9]|1[0-9]|2[0-8]))|"
    "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$",
    accepts_date, "a year, month or day such as 2021, 2021-03 or 2021-03-31", 0};
const struct text_form form_division = {"^[0-9]{6}$", accepts_division,
                                        "a division code of 6 digits (GB/T 2260)", 0};
const struct text_form form_language = {"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$", accepts_language,
                                        "a language tag such as zh-CN", 0};
const struct text_form form_base_url = {
    "^https?://[-A-Za-z0-9._~!$&'()*+,;=:%]+/([-A-Za-z0-9._~!$&'()*+,;=:@%]+/)*$", accepts_base_url,
    "an address such as https://example.org/, which ends in one '/' and names no user", 0};
const struct text_form form_site_code = {
    "^([0-9]{2}|bm)[0-9]{8}$", accepts_site_code,
    "the code of a government site: 10 digits, or 'bm' and 8 digits", 0};

/* --- choices --- */

static const struct choice level_choices[] = {
    {"central", "中央", "Central"},         {"province", "省级", "Province"},
    {"prefecture", "地市级", "Prefecture"}, {"county", "区县级", "County"},
    {"township", "乡镇级", "Township"},     {0},
};

static const struct choice unit_kind_choices[] = {
    {"headquarters", "本级", "Headquarters"},
    {"administrative", "行政单位", "Administrative unit"},
    {"civil-service-managed", "参照公务员法管理事业单位",
     "Institution under the civil service law"},
    {"institution", "事业单位", "Public institution"},
    {0},
};

const struct choice money_choices[] = {
    {"元", "元", "yuan"},
    {"千元", "千元", "thousand yuan"},
    {"万元", "万元", "ten thousand yuan"},
    {"百万元", "百万元", "million yuan"},
    {"亿元", "亿元", "hundred million yuan"},
    {0},
};

static const struct choice table_status_choices[] = {
    {"present", "已公开", "Present"},
    {"empty-with-statement", "无数据，有说明", "Empty, with a statement"},
    {"attachment-not-held", "附件未取得", "Attachment not held"},
    {"not-applicable", "不适用", "Not applicable"},
    {0},
};

static const struct choice direction_choices[] = {
    {"increase", "增加", "Increase"},
    {"decrease", "减少", "Decrease"},
    {"flat", "持平", "Unchanged"},
    {"unclear", "表述不清", "Unclear"},
    {0},
};

static const struct choice measure_choices[] = {
    {"amount", "金额", "Amount"}, {"percent", "百分比", "Percentage"}, {"count", "数量", "Count"},
    {"score", "分数", "Score"},   {"number", "数值", "Number"},        {0},
};

static const struct choice fact_role_choices[] = {
    {"target", "目标值", "Target"},
    {"actual", "实际值", "Actual"},
    {"cost-limit", "成本上限", "Cost limit"},
    {"cost-actual", "实际成本", "Actual cost"},
    {0},
};

static const struct choice comparison_choices[] = {
    {"at-least", "不低于", "At least"},
    {"at-most", "不超过", "At most"},
    {"more-than", "高于", "More than"},
    {"less-than", "低于", "Less than"},
    {0},
};

static const struct choice level1_choices[] = {
    {"cost", "成本指标", "Cost"},
    {"output", "产出指标", "Output"},
    {"benefit", "效益指标", "Benefit"},
    {"satisfaction", "满意度指标", "Satisfaction"},
    {0},
};

static const struct choice level2_choices[] = {
    {"quantity", "数量指标", "Quantity"},
    {"quality", "质量指标", "Quality"},
    {"timeliness", "时效指标", "Timeliness"},
    {"cost", "成本指标", "Cost"},
    {"economic", "经济效益指标", "Economic benefit"},
    {"social", "社会效益指标", "Social benefit"},
    {"ecological", "生态效益指标", "Ecological benefit"},
    {"sustainability", "可持续影响指标", "Sustainability"},
    {"service-satisfaction", "服务对象满意度指标", "Satisfaction of those served"},
    {0},
};

static const struct choice na_choices[] = {
    {"not-involved", "不涉及", "Not involved"},
    {"dash", "——", "Dash"},
    {0},
};

static const struct choice evaluation_kind_choices[] = {
    {"overall", "部门整体绩效评价", "Overall evaluation of the department"},
    {"project", "项目支出绩效评价", "Evaluation of a project"},
    {0},
};

static const struct choice severity_choices[] = {
    {"error", "错误", "Error"},
    {"warning", "可疑", "Warning"},
    {"note", "提示", "Note"},
    {0},
};

static const struct choice change_kind_choices[] = {
    {"added", "新增", "Added"},
    {"changed", "改动", "Changed"},
    {"removed", "删去", "Removed"},
    {0},
};

static const struct choice each_choices[] = {
    {"line", "每一行", "Each line"},
    {"column", "每一列", "Each column"},
    {"class", "每一类", "Each class"},
    {0},
};

static const struct choice codes_choices[] = {
    {"functional", "支出功能分类", "Functional"},
    {"economic", "支出经济分类", "Economic"},
    {0},
};

static const struct choice where_choices[] = {
    {"narrative", "决算说明", "Narrative"},
    {0},
};

/* --- columns --- */

const struct field columns[COLUMN_COUNT] = {
#define COLUMN(id, in, zh, en, text)                                                               \
    [COLUMN_##id] = {.name = #id,                                                                  \
                     .name_len = sizeof(#id) - 1,                                                  \
                     .type = FIELD_QUANTITY,                                                       \
                     .measure = MEASURE_##in,                                                      \
                     .title = zh,                                                                  \
                     .title_en = en,                                                               \
                     .description = text},
#include "model/columns.def"
};

/* Lengths first: few names are of the same. */
static bool is_called(const struct field *field, const char *name, size_t len)
{
    return field->name_len == len && !memcmp(field->name, name, len);
}

const struct field *column_find(const char *name, size_t len)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (is_called(&columns[i], name, len))
            return &columns[i];
    return NULL;
}

/* --- entities --- */

#define DEFINITIONS "model/dictionary.def"
#include "model/define.inc"
#undef DEFINITIONS

const struct entity *const source_entities[] = {
    &entity_site,   &entity_profile, &entity_classification, &entity_department,
    &entity_report, &entity_project, &entity_evaluation,     NULL,
};

const struct entity *const dataset_entities[] = {
    &entity_department,
    &entity_department_name,
    &entity_unit,
    &entity_report,
    &entity_table,
    &entity_line,
    &entity_figure,
    &entity_project,
    &entity_fund,
    &entity_indicator,
    &entity_evaluation,
    &entity_criterion,
    &entity_expert_score,
    &entity_fact,
    &entity_finding,
    &entity_finding_figure,
    &entity_department_revision,
    &entity_revision_change,
    NULL,
};

bool database_has_name(const char *name)
{
    static const char *const others[] = {DATABASE_ALL_FIGURES, DATABASE_FIGURES_INDEX};

    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        if (!strcasecmp(name, others[i]))
            return true;
    for (const struct entity *const *entity = dataset_entities; *entity; entity++)
        if (!strcasecmp(name, (*entity)->table))
            return true;
    return !strncasecmp(name, "sqlite_", strlen("sqlite_"));
}

const struct field *entity_find(const struct entity *entity, const char *name, size_t len)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < count; i++)
        if (is_called(&fields[i], name, len))
            return &fields[i];
    return NULL;
}

const struct field *entity_label(const struct entity *entity)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < count; i++)
        if (fields[i].flags & FIELD_LABEL)
            return &fields[i];
    return NULL;
}

const struct field *entity_map_key(const struct entity *entity)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < count; i++)
        if (fields[i].flags & FIELD_OUTSIDE)
            return &fields[i];
    abort(); /* a MAP of an entity without such a field is a bug in the definitions */
}

const struct choice *choice_find(const struct choice *choices, const char *id, size_t len)
{
    for (; choices->id; choices++)
        if (!strncmp(choices->id, id, len) && !choices->id[len])
            return choices;
    return NULL;
}
