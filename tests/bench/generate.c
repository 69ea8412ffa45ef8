/*
 * Makes a content folder of invented departments, for measuring. The same arguments give the same
 * bytes. All names and figures are invented; the arithmetic of each report holds.
 *
 *     generate DIR REPORTS [YEARS]
 *
 * REPORTS department-years, YEARS (10) for each department: a narrative of about 8 KB, about 60
 * lines of tables, 18 self-evaluation forms of 10 indicators each. About 19 pages a report.
 */
#include "base/base.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/strbuf.h"

enum { PROJECTS = 18, LAST_YEAR = 2024 };

static uint64_t random_state;

/* SplitMix64, seeded anew for each report. */
static uint64_t next_random(void)
{
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int64_t between(int64_t low, int64_t high)
{
    return low + (int64_t)(next_random() % (uint64_t)(high - low + 1));
}

static void write_file(const struct strbuf *folder, const char *name, const struct strbuf *text)
{
    struct strbuf path = STRBUF_INIT;
    FILE *file;

    strbuf_addf(&path, "%s/%s", folder->buf, name);
    for (char *slash = strchr(path.buf + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path.buf, 0777) && errno != EEXIST) {
            fprintf(stderr, "generate: cannot make %s\n", path.buf);
            _Exit(3);
        }
        *slash = '/';
    }
    file = fopen(path.buf, "w");
    if (!file || fwrite(text->buf, 1, text->len, file) != text->len || fclose(file)) {
        fprintf(stderr, "generate: cannot write %s\n", path.buf);
        _Exit(3);
    }
    strbuf_release(&path);
}

/* 万元 with two decimals, from hundredths of them. */
static void add_amount(struct strbuf *out, const char *key, int64_t hundredths)
{
    strbuf_addf(out, ", \"%s\": \"%s%lld.%02lld\"", key, hundredths < 0 ? "-" : "",
                (long long)(llabs(hundredths) / 100), (long long)(llabs(hundredths) % 100));
}

/* part / whole in percent with two decimals, rounded half up. */
static void add_percent(struct strbuf *out, const char *key, int64_t part, int64_t whole)
{
    int64_t p = whole ? (llabs(part) * 20000 + llabs(whole)) / (2 * llabs(whole)) : 0;

    strbuf_addf(out, ", \"%s\": \"%s%lld.%02lld\"", key, (part < 0) != (whole < 0) && p ? "-" : "",
                (long long)(p / 100), (long long)(p % 100));
}

/* --- what all reports share --- */

static const char *const classes[][2] = {
    {"201", "一般公共服务支出"}, {"208", "社会保障和就业支出"}, {"210", "卫生健康支出"},
    {"212", "城乡社区支出"},     {"221", "住房保障支出"},
};
enum { CLASSES = ARRAY_SIZE(classes) };

/* Every class has one 款 and two 项. */
static const char *const items[CLASSES][3][2] = {
    {{"20103", "政府办公厅（室）及相关机构事务"},
     {"2010301", "行政运行"},
     {"2010302", "一般行政管理事务"}},
    {{"20805", "行政事业单位养老支出"},
     {"2080501", "行政单位离退休"},
     {"2080505", "机关事业单位基本养老保险缴费支出"}},
    {{"21011", "行政事业单位医疗"}, {"2101101", "行政单位医疗"}, {"2101102", "事业单位医疗"}},
    {{"21201", "城乡社区管理事务"},
     {"2120101", "行政运行"},
     {"2120199", "其他城乡社区管理事务支出"}},
    {{"22102", "住房改革支出"}, {"2210201", "住房公积金"}, {"2210203", "购房补贴"}},
};

static const char *const economic[][2] = {
    {"301", "工资福利支出"},       {"30101", "基本工资"}, {"30102", "津贴补贴"},
    {"302", "商品和服务支出"},     {"30201", "办公费"},   {"30217", "公务接待费"},
    {"303", "对个人和家庭的补助"}, {"30302", "退休费"},   {"310", "资本性支出"},
    {"31002", "办公设备购置"},
};

static const char profile_text[] =
    "{\"id\": \"bench\", \"title\": \"测速样张（虚构）\", \"unit\": \"万元\", \"classification\": "
    "2024,\n"
    " \"tables\": [\n"
    "  {\"id\": \"income_expenditure_summary\", \"title\": \"收入支出决算总表\", \"statutory\": "
    "true,\n"
    "   \"sides\": [{\"id\": \"income\", \"title\": \"收入\"}, {\"id\": \"expenditure\", "
    "\"title\": \"支出\"}],\n"
    "   \"columns\": [{\"id\": \"final\", \"label\": \"决算数\"}, {\"id\": \"prior_change\", "
    "\"where\": \"narrative\"},"
    " {\"id\": \"prior_rate\", \"where\": \"narrative\"}],\n"
    "   \"lines\": [\n"
    "    {\"id\": \"income-general-public\", \"label\": \"一般公共预算财政拨款收入\", \"side\": "
    "\"income\", \"level\": 1},\n"
    "    {\"id\": \"income-business\", \"label\": \"事业收入\", \"side\": \"income\", \"level\": "
    "1},\n"
    "    {\"id\": \"income-other\", \"label\": \"其他收入\", \"side\": \"income\", \"level\": 1},\n"
    "    {\"id\": \"income-total\", \"label\": \"本年收入合计\", \"side\": \"income\"},\n"
    "    {\"id\": \"opening\", \"label\": \"年初结转和结余\", \"side\": \"income\"},\n"
    "    {\"id\": \"total\", \"label\": \"总计\", \"side\": \"income\"},\n"
    "    {\"id\": \"201\", \"side\": \"expenditure\", \"level\": 1}, {\"id\": \"208\", \"side\": "
    "\"expenditure\", \"level\": 1},\n"
    "    {\"id\": \"210\", \"side\": \"expenditure\", \"level\": 1}, {\"id\": \"212\", \"side\": "
    "\"expenditure\", \"level\": 1},\n"
    "    {\"id\": \"221\", \"side\": \"expenditure\", \"level\": 1},\n"
    "    {\"id\": \"expenditure-total\", \"label\": \"本年支出合计\", \"side\": \"expenditure\"},\n"
    "    {\"id\": \"closing\", \"label\": \"年末结转和结余\", \"side\": \"expenditure\"},\n"
    "    {\"id\": \"uses-total\", \"label\": \"总计\", \"side\": \"expenditure\"}]},\n"
    "  {\"id\": \"expenditure\", \"title\": \"支出决算表\", \"statutory\": true, \"codes\": "
    "\"functional\",\n"
    "   \"columns\": [{\"id\": \"final\", \"label\": \"本年支出合计\"}, {\"id\": \"basic\"}, "
    "{\"id\": \"project\"}],\n"
    "   \"lines\": [{\"id\": \"total\", \"label\": \"合计\"}]},\n"
    "  {\"id\": \"general_public_expenditure\", \"title\": \"一般公共预算财政拨款支出决算表\", "
    "\"statutory\": true, \"codes\": \"functional\",\n"
    "   \"columns\": [{\"id\": \"final\", \"label\": \"合计\"}, {\"id\": \"basic\"}, {\"id\": "
    "\"project\"},"
    " {\"id\": \"initial_budget\", \"where\": \"narrative\"}, {\"id\": \"completion\", \"where\": "
    "\"narrative\"}],\n"
    "   \"lines\": [{\"id\": \"total\", \"label\": \"合计\"}]},\n"
    "  {\"id\": \"basic_expenditure\", \"title\": \"一般公共预算财政拨款基本支出决算表\", "
    "\"statutory\": true, \"codes\": \"economic\",\n"
    "   \"columns\": [{\"id\": \"final\", \"label\": \"决算数\"}],\n"
    "   \"lines\": [{\"id\": \"staff-total\", \"label\": \"人员经费合计\"}, {\"id\": "
    "\"public-total\", \"label\": \"公用经费合计\"}]},\n"
    "  {\"id\": \"three_public\", \"title\": \"财政拨款“三公”经费支出决算表\", \"statutory\": "
    "true, \"transposed\": true,\n"
    "   \"columns\": [{\"id\": \"initial_budget\", \"label\": \"预算数\"}, {\"id\": \"final\", "
    "\"label\": \"决算数\"}],\n"
    "   \"lines\": [{\"id\": \"total\", \"label\": \"合计\"}, {\"id\": \"abroad\", \"label\": "
    "\"因公出国（境）费\", \"level\": 1},\n"
    "    {\"id\": \"vehicles\", \"label\": \"公务用车购置及运行维护费\", \"level\": 1},\n"
    "    {\"id\": \"vehicle-purchase\", \"label\": \"公务用车购置费\", \"level\": 2},\n"
    "    {\"id\": \"vehicle-running\", \"label\": \"公务用车运行维护费\", \"level\": 2},\n"
    "    {\"id\": \"reception\", \"label\": \"公务接待费\", \"level\": 1}]},\n"
    "  {\"id\": \"staffing\", \"title\": \"人员构成\", \"statutory\": false,\n"
    "   \"columns\": [{\"id\": \"established\", \"unit\": \"人\"}, {\"id\": \"actual\", \"unit\": "
    "\"人\"}],\n"
    "   \"lines\": [{\"id\": \"administrative\", \"label\": \"行政\"}, {\"id\": \"institution\", "
    "\"label\": \"事业\"}]}],\n"
    " \"funds\": [{\"id\": \"total\", \"label\": \"年度资金总额\"}, {\"id\": \"current-year\", "
    "\"label\": \"当年财政拨款\"},\n"
    "  {\"id\": \"carried-forward\", \"label\": \"上年结转资金\"}, {\"id\": \"other\", \"label\": "
    "\"其他资金\"}],\n"
    " \"terms\": [{\"id\": \"basic\", \"term\": \"基本支出\", \"definition\": "
    "\"维持机构运转的支出（测速用的说法）。\"}],\n";

static const char grades_text[] =
    " \"grades\": [{\"label\": \"优\", \"from\": \"90\", \"to\": \"100\"}, {\"label\": \"良\", "
    "\"from\": \"0\", \"to\": \"90\"}]}\n";

/* What holds between the figures of a report. Without an equation: sums of codes. */
static const struct {
    const char *id, *table, *each, *equation;
} balances[] = {
    {"sources", "income_expenditure_summary", "", "total = income-total + opening"},
    {"uses", "income_expenditure_summary", "", "uses-total = expenditure-total + closing"},
    {"totals", "income_expenditure_summary", "", "total = uses-total"},
    {"income", "income_expenditure_summary", "",
     "income-total = income-general-public + income-business + income-other"},
    {"classes", "income_expenditure_summary", "", "expenditure-total = classes"},
    {"carry-over", "income_expenditure_summary", "", "opening = prior:closing"},
    {"columns", "expenditure", "line", "final = basic + project"},
    {"codes", "expenditure", "", NULL},
    {"expenditure", "expenditure", "", "total = income_expenditure_summary/expenditure-total"},
    {"each-class", "", "class", "expenditure/final = income_expenditure_summary/final"},
    {"general-columns", "general_public_expenditure", "line", "final = basic + project"},
    {"general-codes", "general_public_expenditure", "", NULL},
    {"general-total", "general_public_expenditure", "", "total = expenditure/total"},
    {"basic", "basic_expenditure", "",
     "general_public_expenditure/total/basic = staff-total + public-total"},
    {"staff", "basic_expenditure", "", "staff-total = 301 + 303"},
    {"public", "basic_expenditure", "", "public-total = 302 + 310"},
    {"basic-codes", "basic_expenditure", "", NULL},
    {"three-public", "three_public", "column", "total = abroad + vehicles + reception"},
    {"vehicles", "three_public", "column", "vehicles = vehicle-purchase + vehicle-running"},
};

static void add_balances(struct strbuf *out)
{
    strbuf_adds(out, " \"balances\": [");
    for (size_t i = 0; i < ARRAY_SIZE(balances); i++) {
        strbuf_addf(out, "%s\n  {\"id\": \"%s\", \"title\": \"%s\"", i ? "," : "", balances[i].id,
                    balances[i].id);
        if (*balances[i].table)
            strbuf_addf(out, ", \"table\": \"%s\"", balances[i].table);
        if (*balances[i].each)
            strbuf_addf(out, ", \"each\": \"%s\"", balances[i].each);
        if (balances[i].equation)
            strbuf_addf(out, ", \"equation\": \"%s\"}", balances[i].equation);
        else
            strbuf_adds(out, ", \"codes\": true}");
    }
    strbuf_adds(out, "],\n");
}

static void write_shared(const struct strbuf *root)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_adds(
        &text,
        "{\"title\": \"测速网站（内容虚构）\", \"description\": \"部门和数字都是虚构的。\"}\n");
    write_file(root, "site.json", &text);
    strbuf_clear(&text);
    strbuf_adds(&text, profile_text);
    add_balances(&text);
    strbuf_adds(&text, grades_text);
    write_file(root, "profiles/bench.json", &text);
    strbuf_clear(&text);
    strbuf_adds(&text, "{\"year\": 2024, \"functional\": [\n");
    for (size_t i = 0; i < CLASSES; i++) {
        strbuf_addf(&text, "%s{\"code\": \"%s\", \"name\": \"%s\"}", i ? ",\n" : "", classes[i][0],
                    classes[i][1]);
        for (size_t j = 0; j < 3; j++)
            strbuf_addf(&text, ",\n{\"code\": \"%s\", \"name\": \"%s\"}", items[i][j][0],
                        items[i][j][1]);
    }
    strbuf_adds(&text, "],\n\"economic\": [\n");
    for (size_t i = 0; i < ARRAY_SIZE(economic); i++)
        strbuf_addf(&text, "%s{\"code\": \"%s\", \"name\": \"%s\"}", i ? ",\n" : "", economic[i][0],
                    economic[i][1]);
    strbuf_adds(&text, "]}\n");
    write_file(root, "classifications/2024.json", &text);
    strbuf_release(&text);
}

/* --- a report --- */

struct amounts {
    int64_t basic[CLASSES][2], project[CLASSES][2]; /* of each 项 */
    int64_t total_basic, total_project, income_other, income_business, closing;
};

/* Of a department and a year, counted back from the last. */
static void draw(struct amounts *a, int number, int year)
{
    memset(a, 0, sizeof(*a));
    random_state = (uint64_t)number * 1000 + (uint64_t)year;
    for (size_t i = 0; i < CLASSES; i++)
        for (size_t j = 0; j < 2; j++) {
            a->basic[i][j] = between(1000, 90000);
            a->project[i][j] = i % 2 ? 0 : between(500, 400000);
            a->total_basic += a->basic[i][j];
            a->total_project += a->project[i][j];
        }
    a->income_other = between(0, 3000);
    a->income_business = between(0, 2000);
    a->closing = between(0, 9000);
}

static int64_t class_basic(const struct amounts *a, size_t i)
{
    return a->basic[i][0] + a->basic[i][1];
}

static int64_t class_project(const struct amounts *a, size_t i)
{
    return a->project[i][0] + a->project[i][1];
}

static void add_line(struct strbuf *out, const char *id)
{
    strbuf_addf(out, "%s\n    {\"id\": \"%s\"", out->buf[out->len - 1] == '[' ? "" : "},", id);
}

static int64_t total_of(const struct amounts *a)
{
    return a->total_basic + a->total_project + a->closing;
}

static void add_summary(struct strbuf *out, const struct amounts *a, const struct amounts *prior)
{
    int64_t total = total_of(a), change = total - total_of(prior);
    int64_t income = total - prior->closing;
    const int64_t incomes[] = {income - a->income_other - a->income_business, a->income_business,
                               a->income_other, income, prior->closing};
    static const char *const ids[] = {"income-general-public", "income-business", "income-other",
                                      "income-total", "opening"};

    strbuf_adds(out, "  \"income_expenditure_summary\": {\"lines\": [");
    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        add_line(out, ids[i]);
        add_amount(out, "final", incomes[i]);
    }
    add_line(out, "total");
    add_amount(out, "final", total);
    add_amount(out, "prior_change", change);
    add_percent(out, "prior_rate", change, total_of(prior));
    strbuf_addf(out, ", \"prior_direction\": \"%s\", \"prior_reason\": \"项目安排%s\"",
                change < 0 ? "decrease" : "increase", change < 0 ? "减少" : "增加");
    for (size_t i = 0; i < CLASSES; i++) {
        add_line(out, classes[i][0]);
        add_amount(out, "final", class_basic(a, i) + class_project(a, i));
    }
    add_line(out, "expenditure-total");
    add_amount(out, "final", a->total_basic + a->total_project);
    add_line(out, "closing");
    add_amount(out, "final", a->closing);
    add_line(out, "uses-total");
    add_amount(out, "final", total);
    strbuf_adds(out, "}]},\n");
}

static void add_coded(struct strbuf *out, const char *id, int64_t basic, int64_t project,
                      bool with_budget)
{
    int64_t budget = basic + project + between(0, 5000);

    add_line(out, id);
    add_amount(out, "final", basic + project);
    add_amount(out, "basic", basic);
    add_amount(out, "project", project);
    if (with_budget) {
        add_amount(out, "initial_budget", budget);
        add_percent(out, "completion", basic + project, budget);
    }
}

static void add_by_code(struct strbuf *out, const char *table, const struct amounts *a,
                        bool with_budget)
{
    strbuf_addf(out, "  \"%s\": {\"lines\": [", table);
    add_coded(out, "total", a->total_basic, a->total_project, with_budget);
    for (size_t i = 0; i < CLASSES; i++) {
        add_coded(out, classes[i][0], class_basic(a, i), class_project(a, i), false);
        add_coded(out, items[i][0][0], class_basic(a, i), class_project(a, i), false);
        for (size_t j = 0; j < 2; j++)
            add_coded(out, items[i][j + 1][0], a->basic[i][j], a->project[i][j],
                      with_budget && i == 0);
    }
    strbuf_adds(out, "}]},\n");
}

static void add_basic(struct strbuf *out, const struct amounts *a)
{
    int64_t office = between(100, 900), reception = between(0, 99), equipment = between(0, 500);
    int64_t retired = between(100, 900);
    int64_t staff = a->total_basic - office - reception - equipment;
    int64_t wages = (staff - retired) / 2;
    const int64_t values[] = {staff - retired,
                              wages,
                              staff - retired - wages,
                              office + reception,
                              office,
                              reception,
                              retired,
                              retired,
                              equipment,
                              equipment};

    strbuf_adds(out, "  \"basic_expenditure\": {\"lines\": [");
    for (size_t i = 0; i < ARRAY_SIZE(economic); i++) {
        add_line(out, economic[i][0]);
        add_amount(out, "final", values[i]);
    }
    add_line(out, "staff-total");
    add_amount(out, "final", staff);
    add_line(out, "public-total");
    add_amount(out, "final", a->total_basic - staff);
    strbuf_adds(out, "}]},\n");
}

static void add_three_public(struct strbuf *out)
{
    static const char *const ids[] = {"total",           "abroad",   "vehicles", "vehicle-purchase",
                                      "vehicle-running", "reception"};
    int64_t abroad = between(0, 500), running = between(0, 900), reception = between(0, 99);
    const int64_t values[] = {abroad + running + reception, abroad, running, 0, running, reception};

    strbuf_adds(out, "  \"three_public\": {\"lines\": [");
    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        add_line(out, ids[i]);
        add_amount(out, "initial_budget", values[i]);
        add_amount(out, "final", values[i]);
    }
    strbuf_addf(out,
                "}]},\n  \"staffing\": {\"lines\": [\n    {\"id\": \"administrative\", "
                "\"established\": \"%lld\", \"actual\": \"%lld\"}]}",
                (long long)between(20, 60), (long long)between(10, 20));
}

static void write_report(const struct strbuf *folder, int number, int year)
{
    struct strbuf text = STRBUF_INIT;
    struct amounts a, prior;

    draw(&prior, number, year + 1);
    draw(&a, number, year);
    strbuf_addf(&text,
                "{\n \"year\": %d, \"profile\": \"bench\", \"unit\": \"万元\",\n"
                " \"approved\": \"%d-09-01\", \"published\": \"%d-09-12\",\n"
                " \"tables\": {\n",
                LAST_YEAR - year, LAST_YEAR - year + 1, LAST_YEAR - year + 1);
    add_summary(&text, &a, &prior);
    add_by_code(&text, "expenditure", &a, false);
    add_by_code(&text, "general_public_expenditure", &a, true);
    add_basic(&text, &a);
    add_three_public(&text);
    strbuf_adds(&text, "\n }\n}\n");
    write_file(folder, "report.json", &text);
    strbuf_release(&text);
}

static const char *const phrases[] = {
    "本年度各项工作按照计划推进", "重点任务全部按时完成",       "预算安排更加注重实际需要",
    "支出进度与工作进度基本一致", "项目管理的各个环节有据可查", "人员经费保持平稳",
    "公用经费比上年有所压减",     "采购程序符合有关规定",       "资产登记做到账实相符",
    "绩效目标逐项对照检查",       "对发现的问题及时整改",       "服务对象的意见得到回应",
    "数据和材料按时归档",         "内部控制制度得到执行",       "信息公开的范围继续扩大",
};

static void write_narrative(const struct strbuf *folder, int year)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_addf(&text, "# %d年度决算说明（虚构）\n\n", year);
    for (int section = 1; section <= 6; section++) {
        strbuf_addf(&text, "## 第%d部分 工作和收支\n\n", section);
        strbuf_adds(&text, "全年收、支总计{{income_expenditure_summary/total/final}}，比上年增减"
                           "{{income_expenditure_summary/total/prior_change}}，其中支出"
                           "{{expenditure/total/final}}。\n\n");
        for (int paragraph = 0; paragraph < 4; paragraph++) {
            for (int sentence = 0; sentence < 8; sentence++)
                strbuf_addf(&text, "%s%s", phrases[next_random() % ARRAY_SIZE(phrases)],
                            sentence == 7 ? "。\n\n" : "，");
        }
    }
    strbuf_adds(
        &text,
        "{{table three_public}}\n\n```csv\n单位,性质\n本级,行政单位\n服务中心,事业单位\n```\n");
    write_file(folder, "narrative.md", &text);
    strbuf_release(&text);
}

static void add_fund(struct strbuf *out, const char *id, int64_t budget, bool is_total)
{
    strbuf_addf(out, "%s\n  {\"id\": \"%s\"", is_total ? "" : ",", id);
    add_amount(out, "initial_budget", budget);
    add_amount(out, "full_budget", budget);
    add_amount(out, "executed", budget);
    strbuf_adds(out, is_total
                         ? ", \"weight\": \"10\", \"execution_rate\": \"100\", \"score\": \"10\"}"
                         : ", \"weight\": {\"na\": \"dash\"}, \"score\": {\"na\": \"dash\"}}");
}

static void write_project(const struct strbuf *folder, int number)
{
    static const char *const levels[][2] = {
        {"output", "quantity"},
        {"output", "quality"},
        {"output", "timeliness"},
        {"output", "cost"},
        {"benefit", "economic"},
        {"benefit", "social"},
        {"benefit", "ecological"},
        {"benefit", "sustainability"},
        {"satisfaction", "service-satisfaction"},
        {"output", "quantity"},
    };
    struct strbuf text = STRBUF_INIT;
    char name[32];
    int64_t current = between(100, 90000), carried = between(0, 9000);
    int score = 10;

    strbuf_addf(&text,
                "{\n \"id\": \"p%02d\", \"name\": \"虚构项目第%d号\", \"supervisor\": \"虚构部门\","
                " \"implementer\": \"虚构单位\", \"unit\": \"万元\",\n"
                " \"goal\": \"%s，%s。\", \"goal_actual\": \"%s。\",\n \"funds\": [",
                number, number, phrases[next_random() % ARRAY_SIZE(phrases)],
                phrases[next_random() % ARRAY_SIZE(phrases)],
                phrases[next_random() % ARRAY_SIZE(phrases)]);
    add_fund(&text, "total", current + carried, true);
    add_fund(&text, "current-year", current, false);
    add_fund(&text, "carried-forward", carried, false);
    strbuf_adds(&text, "],\n \"indicators\": [");
    for (size_t i = 0; i < ARRAY_SIZE(levels); i++) {
        int lost = (int)between(0, 2);

        strbuf_addf(
            &text,
            "%s\n  {\"id\": \"%s-%zu\", \"level1\": \"%s\", \"level2\": \"%s\", \"name\": "
            "\"%s\", \"target\": \"≥%d%%\", \"actual\": \"达到预期\", \"completion\": \"100\","
            " \"weight\": \"9\", \"score\": \"%d\"%s}",
            i ? "," : "", levels[i][1], i + 1, levels[i][0], levels[i][1],
            phrases[next_random() % ARRAY_SIZE(phrases)], 90, 9 - lost,
            lost ? ", \"reason\": \"材料不够充分\"" : "");
        score += 9 - lost;
    }
    strbuf_addf(&text,
                ",\n  {\"id\": \"total\", \"name\": \"总分\", \"weight\": \"100\", \"score\": "
                "\"%d\"}]\n}\n",
                score);
    snprintf(name, sizeof(name), "projects/p%02d.json", number);
    write_file(folder, name, &text);
    strbuf_release(&text);
}

static void write_department(const struct strbuf *root, int number, int years, int reports)
{
    struct strbuf folder = STRBUF_INIT, text = STRBUF_INIT;

    strbuf_addf(&folder, "%s/departments/p%02d/c%02d/d%05d", root->buf, number % 30,
                number / 30 % 40, number);
    strbuf_addf(&text,
                "{\n \"names\": [{\"name\": \"虚构部门第%d号\", \"short_name\": \"虚构%d\"}],\n"
                " \"division\": \"%02d%02d%02d\", \"division_name\": \"虚构省第%d区\", \"level\": "
                "\"county\"\n}\n",
                number, number, 10 + number % 30, 1 + number / 30 % 40, 1, number % 1200);
    write_file(&folder, "department.json", &text);
    for (int i = 0; i < years && i < reports; i++) {
        struct strbuf year = STRBUF_INIT;

        strbuf_addf(&year, "%s/%d", folder.buf, LAST_YEAR - i);
        write_report(&year, number, i);
        write_narrative(&year, LAST_YEAR - i);
        for (int p = 1; p <= PROJECTS; p++)
            write_project(&year, p);
        strbuf_release(&year);
    }
    strbuf_release(&folder);
    strbuf_release(&text);
}

int main(int argc, char **argv)
{
    struct strbuf root = STRBUF_INIT;
    long reports, years;

    if (argc < 3 || argc > 4) {
        fprintf(stderr, "usage: generate DIR REPORTS [YEARS]\n");
        return 2;
    }
    reports = strtol(argv[2], NULL, 10);
    years = argc > 3 ? strtol(argv[3], NULL, 10) : 10;
    if (reports < 1 || years < 1 || years > 50)
        return 2;
    strbuf_adds(&root, argv[1]);
    write_shared(&root);
    for (long done = 0, number = 1; done < reports; done += years, number++)
        write_department(&root, (int)number, (int)years, (int)(reports - done));
    strbuf_release(&root);
    return 0;
}
