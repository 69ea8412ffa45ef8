#include "base/base.h"

#include "import/organisation.h"

#include "import/clean.h"
#include "text/utf8.h"

/* --- one name and another --- */

/* Where the last region ends that stands in the first bytes of a name: "北京市丰台区"; 0: none. */
static size_t region_end_before(const char *name, size_t len)
{
    static const char *const regions[] = {"省", "自治区", "市", "区", "县", "州", "盟", "旗"};
    size_t end = 0;

    for (size_t i = 0; i < ARRAY_SIZE(regions); i++)
        for (const char *at = name; (at = strstr(at, regions[i])) != NULL;) {
            at += strlen(regions[i]);
            if ((size_t)(at - name) > end && (size_t)(at - name) <= len)
                end = (size_t)(at - name);
        }
    return end;
}

/* The same of all of a name, which must go on behind it. */
static size_t region_end(const char *name)
{
    enum { REST = 6 }; /* two characters */
    size_t len = strlen(name);

    return len > REST ? region_end_before(name, len - REST) : 0;
}

static size_t char_at(const char *s)
{
    size_t n = 1;

    while (utf8_is_within(s[n]))
        n++;
    return n;
}

/* Whether the characters of a part stand in the whole, in their order. */
static bool is_short_for(const char *part, size_t len, const char *whole, size_t whole_len)
{
    size_t at = 0;

    for (size_t i = 0; i < len;) {
        size_t n = char_at(part + i);

        while (at < whole_len && (at + n > whole_len || memcmp(part + i, whole + at, n) != 0))
            at += char_at(whole + at);
        if (at >= whole_len)
            return false;
        at += n;
        i += n;
    }
    return true;
}

static bool is_alike(const char *a, size_t a_len, const char *b, size_t b_len)
{
    return is_short_for(a, a_len, b, b_len) || is_short_for(b, b_len, a, a_len);
}

/* A name without what its short forms lack: 街道办事处, 委员会, 办公室. */
static const char *short_name(const struct draft *d, const char *name)
{
    static const struct {
        const char *end, *kept;
    } forms[] = {{"人民政府", ""},       {"镇政府", "镇"}, {"乡政府", "乡"},
                 {"街道办事处", "街道"}, {"委员会", "委"}, {"办公室", "办"}};
    size_t len = strlen(name);

    for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
        if (strlen(forms[i].end) < len && clean_ends(name, len, forms[i].end))
            return arena_format(d->scratch, "%.*s%s", (int)(len - strlen(forms[i].end)), name,
                                forms[i].kept);
    return name;
}

/* Whether two end with the same character, which says what kind of office it is. */
static bool ends_alike(const char *a, const char *b)
{
    size_t i = strlen(a), n = strlen(b);

    while (i && utf8_is_within(a[i - 1]))
        i--;
    i -= i > 0;
    return clean_ends(b, n, a + i);
}

/* Whether the regions of two names can be one: words may stand before the first. */
static bool is_same_region(const char *name, size_t a, const char *own, size_t b)
{
    enum { CHAR = 3 };
    size_t last = b > CHAR ? region_end_before(own, b - CHAR) : 0;

    return !a || !b || is_alike(name, a, own, b) ||
           (b - last <= a && !memcmp(name + a - (b - last), own + last, b - last));
}

static bool is_same(const char *name, const char *own)
{
    size_t a = region_end(name), b = region_end(own);

    if (clean_ends(name, strlen(name), own))
        return true;
    return ends_alike(name + a, own + b) &&
           is_alike(name + a, strlen(name + a), own + b, strlen(own + b)) &&
           is_same_region(name, a, own, b);
}

/* Whether a name is of another region than all names of the department that say theirs. */
static bool is_elsewhere(const struct draft *d, const char *name)
{
    enum { CHAR = 3 }; /* "市", "区" alone say nothing */
    size_t end = region_end(name);
    bool any = false;

    for (size_t i = 0; end > CHAR && i < d->name_count; i++) {
        size_t own = region_end(d->names[i]);

        if (own > CHAR && is_same_region(name, end, d->names[i], own))
            return false;
        any = any || own > CHAR;
    }
    return any;
}

bool organisation_is_own(const struct draft *d, const char *name)
{
    for (size_t i = 0; i < d->name_count; i++)
        if (is_same(short_name(d, name), short_name(d, d->names[i])))
            return !is_elsewhere(d, name);
    return false;
}

bool organisation_is_named(const struct draft *d, const char *words)
{
    enum { CHAR = 3 };

    for (size_t i = 0; i < d->name_count; i++) {
        const char *own = d->names[i];
        size_t region = region_end(own);
        size_t last = region > CHAR ? region_end_before(own, region - CHAR) : 0;

        if (clean_ends(words, strlen(words), own + last))
            return true;
    }
    return false;
}

/* --- finding --- */

/* What names of organisations end with; short ones need more before them. */
static const char *const ends[] = {
    "局",     "厅",     "委",     "办",       "处",     "委员会",     "办公室", "中心",   "学校",
    "小学",   "中学",   "高中",   "幼儿园",   "大学",   "学院",       "医院",   "卫生院", "法院",
    "检察院", "研究院", "福利院", "敬老院",   "科学院", "设计院",     "保健院", "考试院", "研究所",
    "派出所", "管理所", "事务所", "防治所",   "检测所", "检定所",     "检验所", "监督所", "看守所",
    "干休所", "司法所", "财政所", "设计所",   "卫生所", "戒毒所",     "拘留所", "服务站", "工作站",
    "监测站", "推广站", "管理站", "保健站",   "水利站", "检疫站",     "救助站", "支队",   "大队",
    "总队",   "中队",   "工作队", "博物馆",   "图书馆", "文化馆",     "档案馆", "纪念馆", "体育馆",
    "美术馆", "科技馆", "展览馆", "街道",     "协会",   "联合会",     "学会",   "工会",   "妇联",
    "残联",   "文联",   "科协",   "党校",     "技校",   "剧团",       "电视台", "报社",   "供销社",
    "林场",   "农场",   "监狱",   "人民政府", "公司",   "少年宫",     "文化宫", "镇政府", "乡政府",
    "组织部", "宣传部", "统战部", "武装部",   "人武部", "社会工作部", "指挥部", "常委会", "政协",
    "村委会", "居委会", "管委会", "商会",     "基金会", "红十字会",   "促进会", "研究会", "出版社",
    "气象站", "水文站", "农技站", "兽医站",   "文化站", "救援队",     "执法队", "服务队"};

/* What may be called so without being anybody. */
static const char *const nobody[] = {"各",     "该",     "其他", "用处",   "好处", "到处",
                                     "多处",   "两处",   "此处", "主办",   "承办", "筹办",
                                     "公办",   "民办",   "举办", "开办",   "创办", "所在街道",
                                     "社会办", "中央部", "疑问", "请联系", NULL};

/* Behind a name of whoever spends. Those of the second list need a name that says where it is. */
static const char *const strong[] = {
    "年度",     "本年",     "全年",       "收入",       "收支",     "收、支",   "总收",
    "总支",     "决算",     "财政拨款",   "一般公共预", "政府性基", "国有资本", "“三公”",
    "三公",     "\"三公\"", "基本支出",   "项目支出",   "人员经费", "公用经费", "机关运行",
    "部门决算", "单位决算", "情况",       "部门收",     "部门支",   "单位收",   "单位支",
    "基本情况", "整体收支", "部门预决算", "没有国有",   "没有政府", "没有此项", "无国有",
    "无政府",   "无此项",   "未发生",     "未安排",     "不涉及",   NULL};
static const char *const weak[] = {"支出",   "公务", "因公",   "编制", "实有",   "会议费", "培训费",
                                   "政府采", "的",   "共有车", "车辆", "保有量", NULL};
static const char *const regions[] = {"省", "市", "区", "县", "州", "旗", "镇", "乡", NULL};

static const char *const units[] = {"下属单位",     "所属单位",     "直属单位",    "下属事业单位",
                                    "所属事业单位", "直属事业单位", "二级单位",    "二级预算单位",
                                    "基层单位",     "下属企业",     "所属企业",    "所属学校",
                                    "下属学校",     "下级单位",     "所属预算单位"};
static const char *const together[] = {"及", "和", "含", "与", "、", "括", "级", "同", NULL};
static const char *const own_words[] = {
    "本部门", "本单位",   "我部门", "我单位", "部门汇总", "汇总",   "我局",
    "我委",   "我院",     "我校",   "我办",   "我厅",     "我中心", "我镇",
    "我街道", "我乡",     "我处",   "我站",   "我会",     "我馆",   "我所",
    "我队",   "本局",     "本委",   "本院",   "本校",     "本中心", "本办",
    "本厅",   "部门整体", "本镇",   "本街道", "部门本级", "局本级", "委本级",
    "院本级", "校本级",   "厅本级", "办本级", "中心本级", "镇本级"};

static bool stops(const char *text, size_t at)
{
    static const char *const signs[] = {"，", "。", "；", "：", "、", "《", "》", "（", "）", "“",
                                        "”",  ",",  ";",  ":",  "(",  ")",  "\"", "\n", "及", "由"};

    if (at && ((text[at - 1] >= '0' && text[at - 1] <= '9') || text[at - 1] == '.'))
        return true;
    for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
        if (clean_ends(text, at, signs[i]))
            return true;
    return false;
}

/* What leads to a name and is none of it. */
static size_t lead_in(const char *name, size_t len)
{
    static const char *const words[] = {
        "年度", "年",   "其中", "主要原因是", "原因是", "主要是", "主要因为", "主要",
        "由于", "因为", "因",   "是",         "为",     "包括",   "含",       "和",
        "与",   "关于", "下属", "所属",       "直属",   "单位",   "事业单位", "的"};
    size_t at = 0;

    for (bool any = true; any;) {
        any = false;
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
            if (at + strlen(words[i]) < len && clean_begins(name + at, words[i])) {
                at += strlen(words[i]);
                any = true;
            }
    }
    return at;
}

/* Behind what stands in brackets, and behind words of the level; `own_level` is set by these. */
static size_t behind_brackets(const char *text, size_t at, bool *own_level)
{
    static const char *const levels[] = {"本级", "（本级）", "(本级)", "机关", "（机关）", "本部"};

    for (size_t i = 0; i < ARRAY_SIZE(levels); i++)
        if (clean_begins(text + at, levels[i]) && !clean_begins(text + at, "机关运行")) {
            *own_level = true;
            return at + strlen(levels[i]);
        }
    if (clean_begins(text + at, "（")) {
        const char *close = strstr(text + at, "）");

        return close ? (size_t)(close - text) + strlen("）") : at;
    }
    return at;
}

/* "8.00万元": an amount. */
static bool is_amount(const char *s)
{
    static const char *const moneys[] = {"元", "万元", "千元", "亿元"};
    size_t digits = strspn(s, "0123456789.,");

    for (size_t i = 0; digits && i < ARRAY_SIZE(moneys); i++)
        if (clean_begins(s + digits + strspn(s + digits, " "), moneys[i]))
            return true;
    return false;
}

static bool begins_any(const char *s, const char *const *words)
{
    for (; *words; words++)
        if (clean_begins(s, *words))
            return true;
    return false;
}

/* Whether what stands behind a name makes it that of whoever spends. `is_placed`: words say that it
 * is a unit, or where; `is_first`: nothing stands before it. */
static bool is_followed(const char *text, size_t at, bool is_placed, bool is_title, bool is_first)
{
    static const char *const clauses[] = {"：", "，", ":", "。", NULL};
    const char *after = text + at + strspn(text + at, " ");

    if (clean_is_year(after) || is_amount(after) || begins_any(after, strong))
        return true;
    if (begins_any(after, weak))
        return is_placed || is_title;
    return (is_title && !*after) || (is_first && begins_any(after, clauses));
}

/* The name that ends at `end`, in `out`; false: none does. */
static bool name_at(const struct draft *d, const char *text, size_t end, bool is_title,
                    struct mention *out)
{
    static const char *const belongs[] = {"下属", "所属", "直属", NULL};
    size_t start = end, after, lead;
    bool is_placed;
    const char *name;

    while (start && !stops(text, start))
        start--;
    lead = lead_in(text + start, end - start);
    is_placed = clean_has_any(arena_strndup(d->scratch, text + start, lead), belongs);
    start += lead;
    *out = (struct mention){.start = start, .end = end};
    name = arena_strndup(d->scratch, text + start, end - start);
    is_placed = is_placed || clean_has_any(name, regions);
    after = behind_brackets(text, end, &out->own_level);
    if (clean_length(name, strlen(name)) < 4 && !organisation_is_own(d, name) &&
        (clean_length(name, strlen(name)) < 3 || !clean_has_any(name, regions)))
        return false;
    if (clean_has_any(name, nobody) ||
        !is_followed(text, after, is_placed, is_title, start <= strlen("2021年度")))
        return false;
    out->name = organisation_is_own(d, name) ? NULL : name;
    return out->name == NULL || d->name_count > 0;
}

static bool word_at(const char *text, size_t at, const char *const *words, size_t count,
                    size_t *len)
{
    *len = 0;
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) > *len && clean_begins(text + at, words[i]))
            *len = strlen(words[i]);
    return *len > 0;
}

/* "下属单位" without what makes it part of the department, and with what makes it one that spends.
 */
static bool is_of_units(const char *text, size_t at, size_t len, bool is_title)
{
    static const char *const lists[] = {"一览", "名单", "构成", "名称", "目录", "范围", NULL};
    const char *after = text + at + len + strspn(text + at + len, " ");

    for (size_t i = 0; together[i]; i++)
        if (clean_ends(text, at, together[i]))
            return false;
    if (strspn(after, "0123456789") && !clean_is_year(after))
        return is_amount(after); /* else how many there are */
    return !clean_has_any(after, lists) &&
           (clean_is_year(after) || begins_any(after, strong) || begins_any(after, weak) ||
            clean_begins(after, "（") || (is_title && !*after));
}

/* The department's name without its region and what its short forms lack: "虚构镇"; NULL: that is
 * too little. */
static const char *own_stem(const struct draft *d, size_t index)
{
    const char *own = short_name(d, d->names[index]);

    own += region_end(own);
    return clean_length(own, strlen(own)) >= 3 ? own : NULL;
}

/* `stems`: those of the department's names. */
static bool is_own_stem(const struct draft *d, const char *const *stems, const char *text,
                        size_t at, size_t *len)
{
    for (size_t i = 0; i < d->name_count; i++) {
        *len = stems[i] ? strlen(stems[i]) : 0;
        if (*len && clean_begins(text + at, stems[i]) &&
            is_followed(text, at + *len, true, false, false))
            return true;
    }
    return false;
}

bool organisation_next(const struct draft *d, const char *text, size_t from, bool is_title,
                       struct mention *out)
{
    const char **stems = arena_zalloc(d->scratch, d->name_count + 1, sizeof(*stems));

    for (size_t i = 0; i < d->name_count; i++)
        stems[i] = own_stem(d, i);
    for (size_t at = from; text[at]; at += char_at(text + at)) {
        size_t len;

        if (is_own_stem(d, stems, text, at, &len)) {
            *out = (struct mention){.start = at, .end = at + len};
            return true;
        }
        if (word_at(text, at, own_words, ARRAY_SIZE(own_words), &len)) {
            *out = (struct mention){.start = at, .end = at + len};
            out->own_level = memmem(text + at, len, "本级", strlen("本级")) != NULL;
            return true;
        }
        if (word_at(text, at, units, ARRAY_SIZE(units), &len) &&
            is_of_units(text, at, len, is_title)) {
            *out = (struct mention){
                .name = arena_strndup(d->scratch, text + at, len), .start = at, .end = at + len};
            return true;
        }
        for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
            if (clean_begins(text + at, ends[i]) && at + strlen(ends[i]) > from &&
                name_at(d, text, at + strlen(ends[i]), is_title, out))
                return true;
    }
    return false;
}

bool organisation_value(const struct draft *d, const char *value, struct mention *out)
{
    size_t end = 0;
    const char *name;

    for (size_t at = 0; value[at]; at += char_at(value + at))
        for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
            if (clean_begins(value + at, ends[i]) && !memmem(value, at, "单位：", strlen("单位：")))
                end = at + strlen(ends[i]);
    if (!end || !d->name_count)
        return false;
    name = arena_strndup(d->scratch, value, end);
    *out = (struct mention){.end = end};
    behind_brackets(value, end, &out->own_level);
    out->name = organisation_is_own(d, name) ? NULL : name;
    return true;
}

/* Where the department's name ends that a text begins with; 0: it does not. */
static size_t own_end(const struct draft *d, const char *words)
{
    size_t len;

    if (word_at(words, 0, own_words, ARRAY_SIZE(own_words), &len))
        return len;
    for (size_t i = 0; i < d->name_count; i++) {
        const char *own = own_stem(d, i);

        if (own && clean_begins(words, own))
            return strlen(own);
    }
    for (size_t at = 0; words[at] && !(at && stops(words, at)); at += char_at(words + at))
        for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
            if (clean_begins(words + at, ends[i]) &&
                organisation_is_own(d, arena_strndup(d->scratch, words, at + strlen(ends[i]))))
                return at + strlen(ends[i]);
    return 0;
}

const char *organisation_skip(const struct draft *d, const char *words)
{
    static const char *const joins[] = {"及", "和"};
    size_t end = own_end(d, words), join, unit;
    bool own_level;

    if (!end)
        return words;
    end = behind_brackets(words, end, &own_level);
    if (word_at(words, end, joins, ARRAY_SIZE(joins), &join) &&
        word_at(words, end + join, units, ARRAY_SIZE(units), &unit))
        end += join + unit;
    return words + end;
}
