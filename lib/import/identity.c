#include "base/base.h"

#include "import/identity.h"

#include "import/clean.h"

/* "2021年度部门决算": where the year begins in the text; NULL: nowhere. */
static const char *stated_report(const char *text)
{
    static const char *const whats[] = {"年度部门决算", "年度单位决算", "年部门决算", "年单位决算",
                                        NULL};

    for (size_t i = 0; whats[i]; i++)
        for (const char *at = text; (at = strstr(at, whats[i])) != NULL; at++)
            if (at - text >= 4 && strspn(at - 4, "0123456789") == 4)
                return at - 4;
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

/* The name before a year: what ends like one of an office, back to a stop. */
static const char *name_before(const struct draft *d, const char *text, const char *year)
{
    static const char *const stops[] = {"。", "，", "；", "：", "、", "《", "（", "“"};
    static const char *const ends[] = {"局",   "委",   "委员会", "办", "办公室", "厅",   "院",
                                       "中心", "会",   "部",     "处", "所",     "校",   "学校",
                                       "队",   "馆",   "团",     "台", "政府",   "街道", "镇",
                                       "乡",   "大学", "站",     "社"};
    size_t end = (size_t)(year - text), start;

    for (start = end; start; start--) {
        bool stop = false;

        for (size_t i = 0; i < ARRAY_SIZE(stops) && !stop; i++)
            stop = clean_ends(text, start, stops[i]);
        if (stop)
            break;
    }
    start +=
        clean_numbering(text + start, NULL) < end - start ? clean_numbering(text + start, NULL) : 0;
    if (clean_length(text + start, end - start) < 4 || clean_length(text + start, end - start) > 40)
        return NULL;
    for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
        if (clean_ends(text, end, ends[i]))
            return arena_strndup(d->arena, text + start, end - start);
    return NULL;
}

static bool is_known(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(name, names[i]) || strstr(names[i], name))
            return true;
    return false;
}

static void check_name(struct draft *d, const struct passage *passage, const char *name,
                       const char *const *names, size_t count)
{
    if (!d->department_name)
        d->department_name = name;
    if (is_known(name, names, count) || strstr(name, d->department_name) ||
        strstr(d->department_name, name))
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

void identity_find(struct draft *d, const char *const *names, size_t count)
{
    for (size_t i = 0; i < d->ledger->block_count; i++) {
        const struct passage *passage;
        const char *line, *year, *name;

        if (d->ledger->blocks[i].block->kind == DOC_TABLE)
            continue;
        passage = ledger_paragraph(d->ledger, i);
        if (strlen(passage->text) > 400)
            continue;
        line = clean_squeeze(d->scratch, passage->text, strlen(passage->text));
        year = stated_report(line);
        name = year ? name_before(d, line, year) : NULL;
        if (year && year == line)
            name = name_above(d, i);
        if (name)
            check_name(d, passage, name, names, count);
        if (!year)
            year = stated_form_year(line);
        if (year)
            check_year(d, passage, year);
        arena_reset(d->scratch);
    }
}
