#include "base/base.h"

#include "import/identity.h"

#include "import/clean.h"
#include "import/organisation.h"

/* "2021年度部门决算": where the year begins in the text; NULL: nowhere. */
static const char *stated_report(const char *text)
{
    static const char *const whats[] = {
        "年度部门决算",           "年度单位决算",   "年部门决算", "年单位决算",
        "年度部门预算和部门决算", "年度部门预决算", NULL};

    for (size_t i = 0; whats[i]; i++)
        for (const char *at = text; (at = strstr(at, whats[i])) != NULL; at++)
            if (at - text >= 4 && strspn(at - 4, "0123456789") == 4)
                return at - 4;
    return NULL;
}

/* The name before a year: what ends like one of an office, back to a stop. */
static const char *name_before(const struct draft *d, const char *text, const char *year)
{
    static const char *const stops[] = {"。", "，", "；", "：", "、", "《", "（", "“"};
    static const char *const ends[] = {
        "局",   "委", "委员会", "办",   "办公室", "厅",   "院",   "中心",   "会",   "部",   "处",
        "所",   "校", "学校",   "队",   "馆",     "团",   "台",   "政府",   "街道", "镇",   "乡",
        "大学", "站", "社",     "中学", "小学",   "高中", "学院", "幼儿园", "医院", "公司", "园"};
    static const char *const leads[] = {"纳入", "列入", "关于", "包括"};
    static const char *const levels[] = {"（本级）", "(本级)", "（机关）", "本级"};
    size_t end = (size_t)(year - text), start;

    for (size_t i = 0; i < ARRAY_SIZE(levels); i++)
        if (clean_ends(text, end, levels[i]))
            end -= strlen(levels[i]);

    for (start = end; start; start--) {
        bool stop = false;

        for (size_t i = 0; i < ARRAY_SIZE(stops) && !stop; i++)
            stop = clean_ends(text, start, stops[i]);
        if (stop)
            break;
    }
    start +=
        clean_numbering(text + start, NULL) < end - start ? clean_numbering(text + start, NULL) : 0;
    for (size_t i = 0; i < ARRAY_SIZE(leads); i++)
        if (clean_begins(text + start, leads[i]))
            start += strlen(leads[i]);
    if (clean_length(text + start, end - start) < 4 || clean_length(text + start, end - start) > 40)
        return NULL;
    for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
        if (clean_ends(text, end, ends[i]))
            return arena_strndup(d->scratch, text + start, end - start);
    return NULL;
}

/* "2021年度虚构市财政局部门决算": the year, and in `out` the name behind it; NULL: it is none. */
static const char *stated_before_name(const struct draft *d, const char *text, const char **out)
{
    static const char *const whats[] = {"部门决算", "单位决算"};
    size_t digits = strspn(text, "0123456789"), start = digits + strlen("年");

    if (digits != 4 || !clean_begins(text + digits, "年"))
        return NULL;
    start += clean_begins(text + start, "度") ? strlen("度") : 0;
    for (size_t i = 0; i < ARRAY_SIZE(whats); i++) {
        const char *at = strstr(text + start, whats[i]);

        if (!at || at == text + start)
            continue;
        *out = name_before(d, text + start, at);
        if (*out)
            return text;
    }
    return NULL;
}

/* "（2021年度）", all of a line. */
static const char *stated_form_year(const char *text)
{
    static const char *const opening[] = {"（", "("};

    for (size_t i = 0; i < ARRAY_SIZE(opening); i++) {
        const char *at = text + strlen(opening[i]);

        if (clean_begins(text, opening[i]) && strspn(at, "0123456789") == 4 &&
            clean_begins(at + 4, "年") && clean_length(text, strlen(text)) < 12)
            return at;
    }
    return NULL;
}

static void check_year(struct draft *d, const struct passage *passage, const char *year)
{
    char digits[5] = {0};
    long value;

    memcpy(digits, year, 4);
    value = strtol(digits, NULL, 10);
    if (value != d->year)
        ledger_note(d->ledger, NOTICE_WRONG, "wrong-year", passage, 0,
                    "the document says %ld, the year to be imported is %lld", value,
                    (long long)d->year);
}

static bool is_known(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(name, names[i]) || strstr(names[i], name))
            return true;
    return false;
}

static void add_own(struct draft *d, const char *name)
{
    ARENA_GROW(d->arena, d->names, d->name_count, d->name_cap);
    d->names[d->name_count++] = name;
}

static void check_name(struct draft *d, const struct passage *passage, const char *name,
                       const char *const *names, size_t count)
{
    if (organisation_is_named(d, name) || is_known(name, names, count) ||
        strstr(name, d->department_name) || strstr(d->department_name, name))
        return;
    ledger_note(d->ledger, NOTICE_WRONG, "wrong-department", passage, 0,
                "the document says '%s', the department to be imported is '%s'", name,
                d->department_name);
}

/* A title in two lines: the name stands above "2021年度部门决算". */
static const char *name_above(struct draft *d, size_t block)
{
    const struct passage *passage;
    const char *line;

    if (!block || d->ledger->blocks[block - 1].block->kind == DOC_TABLE)
        return NULL;
    passage = ledger_paragraph(d->ledger, block - 1);
    line = clean_squeeze(d->scratch, passage->text, strlen(passage->text));
    return name_before(d, line, line + strlen(line));
}

/* What a block says of the year, and in `name` of the department; each NULL: nothing. */
static const char *stated_year(struct draft *d, size_t block, const char **name)
{
    const char *line, *year, *text;

    *name = NULL;
    if (d->ledger->blocks[block].block->kind == DOC_TABLE)
        return NULL;
    text = ledger_paragraph(d->ledger, block)->text;
    if (strlen(text) > 400)
        return NULL;
    line = clean_squeeze(d->scratch, text, strlen(text));
    year = stated_report(line);
    if (year)
        *name = year == line ? name_above(d, block) : name_before(d, line, year);
    else
        year = stated_before_name(d, line, name);
    return year ? year : stated_form_year(line);
}

/* Whoever the documents are of when none of their titles has a name that is known: the first of a
 * department, or else the first at all. NULL: a name is known, or there is none. */
static const char *unknown_name(struct draft *d)
{
    const char *first = NULL, *found = NULL;

    for (size_t i = 0; i < d->ledger->block_count; i++) {
        const char *name, *year = stated_year(d, i, &name);

        if (name && organisation_is_own(d, name))
            return NULL;
        if (name && !first)
            first = arena_strdup(d->arena, name);
        if (name && !found && strstr(year, "部门"))
            found = arena_strdup(d->arena, name);
        arena_reset(d->scratch);
    }
    return found ? found : first;
}

void identity_find(struct draft *d, const char *const *names, size_t count)
{
    bool is_named = d->department_name != NULL;
    const char *unknown;

    for (size_t i = 0; i < count; i++)
        add_own(d, names[i]);
    if (is_named)
        add_own(d, d->department_name);
    unknown = unknown_name(d);
    if (!is_named && unknown) {
        add_own(d, unknown);
        d->department_name = unknown;
    }
    for (size_t i = 0; i < d->ledger->block_count; i++) {
        const char *name, *year = stated_year(d, i, &name);

        if (name && d->department_name)
            check_name(d, ledger_paragraph(d->ledger, i), name, names, count);
        if (year)
            check_year(d, ledger_paragraph(d->ledger, i), year);
        arena_reset(d->scratch);
    }
    if (is_named && unknown) /* told above; but it is whom the documents are of */
        add_own(d, unknown);
}
