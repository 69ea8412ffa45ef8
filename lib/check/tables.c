#include "base/base.h"

#include "check/checks.h"

#include "base/arena.h"
#include "check/cell.h"
#include "check/codes.h"
#include "model/lookup.h"

/* A finding about a table as a whole. */
static struct finding *find_in_table(struct checking *c, enum rule rule, const char *severity,
                                     const struct table *table)
{
    struct finding *finding = check_find(c, rule, severity);

    check_cite_text(c, finding, table->id.s, "", check_report_file(c), table->id.at);
    return finding;
}

/* --- empty tables --- */

static bool has_number(const struct table *table)
{
    for (size_t i = 0; i < table->lines.count; i++)
        for (size_t j = 0; j < table->lines.items[i].figures.count; j++) {
            const struct quantity *q = &table->lines.items[i].figures.items[j].value;

            if (q->state == QUANTITY_STATED && q->number.units)
                return true;
        }
    return false;
}

static void check_empty(struct checking *c, const struct cell_table *t)
{
    const struct table *table = t->table;
    const char *title = table->title.s;

    if (text_is(&table->status, "present") && !table->lines.count)
        check_message(
            c, find_in_table(c, RULE_EMPTY_TABLE, NULL, table),
            "“%s”没有一行数字，也没有说明；真的没有时写上 \"status\": \"empty-with-statement\" "
            "和 \"statement\"",
            title);
    else if (text_is(&table->status, "empty-with-statement") && !table->statement.s)
        check_message(c, find_in_table(c, RULE_EMPTY_TABLE, NULL, table),
                      "“%s”是空表，但没有写说明（\"statement\"）", title);
    else if ((text_is(&table->status, "empty-with-statement") ||
              text_is(&table->status, "not-applicable")) &&
             has_number(table))
        check_message(c, find_in_table(c, RULE_EMPTY_TABLE, NULL, table),
                      "“%s”说没有数据（\"status\": \"%s\"），表里却有数字", title, table->status.s);
}

/* --- completeness --- */

static void tell_missing(struct checking *c, const struct profile_table *form)
{
    struct finding *finding = check_find(c, RULE_COMPLETENESS, NULL);

    check_cite_text(c, finding, form->id.s, "", check_report_file(c), (struct place){0, 0});
    check_message(c, finding, "报告里没有“%s”（%s）；没有数据时也要有表和说明", form->title.s,
                  form->id.s);
}

static void check_completeness(struct checking *c)
{
    size_t not_held = 0;
    const struct table *first = NULL;

    for (size_t i = 0; i < c->profile->tables.count; i++) {
        const struct profile_table *form = &c->profile->tables.items[i];
        const struct table *table = c->tables[i].table;

        if (!form->statutory.value)
            continue;
        if (!table) {
            tell_missing(c, form);
        } else if (text_is(&table->status, "attachment-not-held")) {
            not_held++;
            first = first ? first : table;
        }
    }
    if (not_held)
        check_message(c, find_in_table(c, RULE_COMPLETENESS, "note", first),
                      "有 %zu 张法定报表的附件没有取得，是否完整无法核对", not_held);
}

/* --- timeliness --- */

/* Days since some day, of a date with a day; false for a month or a year alone. By the rule of the
 * Gregorian calendar, with years that begin in March. */
static bool day_number(const struct text *date, long *out)
{
    long year, month, day;

    if (!date->s || date->len != strlen("2021-03-31"))
        return false;
    year = strtol(date->s, NULL, 10);
    month = strtol(date->s + 5, NULL, 10);
    day = strtol(date->s + 8, NULL, 10);
    if (month < 3) {
        month += 12;
        year--;
    }
    *out = 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day;
    return true;
}

enum { DAYS_TO_PUBLISH = 20 }; /* 预算法第十四条 */

static void check_timeliness(struct checking *c)
{
    const struct report *report = c->report;
    long approved, published;
    struct finding *finding;
    bool has_approved = day_number(&report->approved, &approved);
    bool has_published = day_number(&report->published, &published);

    if (!has_approved || !has_published) {
        finding = check_find(c, RULE_TIMELINESS, "note");
        check_cite_text(c, finding, has_approved ? "published" : "approved", "",
                        check_report_file(c),
                        has_approved ? report->published.at : report->approved.at);
        check_message(c, finding, "没有写%s%s%s的日期，是否在批复后 %d 日内公开无法核对",
                      has_approved ? "" : "批复（approved）",
                      has_approved || has_published ? "" : "和",
                      has_published ? "" : "公开（published）", DAYS_TO_PUBLISH);
        return;
    }
    if (published >= approved && published - approved <= DAYS_TO_PUBLISH)
        return;
    finding = check_find(c, RULE_TIMELINESS, published < approved ? "error" : NULL);
    check_cite_text(c, finding, "published", report->published.s, check_report_file(c),
                    report->published.at);
    check_cite_text(c, finding, "approved", report->approved.s, check_report_file(c),
                    report->approved.at);
    if (published < approved)
        check_message(c, finding, "公开的日期 %s 在批复的日期 %s 之前", report->published.s,
                      report->approved.s);
    else
        check_message(c, finding, "%s 批复，%s 公开，相隔 %ld 日，超过 %d 日", report->approved.s,
                      report->published.s, published - approved, DAYS_TO_PUBLISH);
}

void check_tables(struct checking *c)
{
    for (size_t i = 0; i < c->profile->tables.count; i++)
        if (c->tables[i].table)
            check_empty(c, &c->tables[i]);
    check_completeness(c);
    check_timeliness(c);
}
