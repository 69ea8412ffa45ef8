#include "base/base.h"

#include "import/period.h"

#include "import/clean.h"

/* Whether a key names years, and the report's is none of them; `own`: whether that is one. */
static bool names_other_year(const struct draft *d, const char *key, bool *own)
{
    bool other = false;

    *own = false;
    for (const char *at = key; (at = strpbrk(at, "0123456789")) != NULL;) {
        size_t digits = strspn(at, "0123456789");
        long long year = digits == 4 ? strtoll(at, NULL, 10) : 0;

        *own = *own || year == d->year;
        at += digits;
        other = other || (year >= 1949 && year <= 2100 && clean_begins(at, "年"));
    }
    return other && !*own;
}

static bool is_of_budget(const struct draft *d, const char *key)
{
    static const char *const others[] = {
        "一般公共预算", "政府性基金预算", "国有资本经营预算", "预算执行", "预算绩效", "预算管理",
        "预算单位",     "预算完成",       "预算法",           "全面预算", "预算调整", "预算编制"};

    if (strstr(key, "决算"))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        for (const char *at; (at = strstr(key, others[i])) != NULL;)
            key =
                arena_format(d->scratch, "%.*s、%s", (int)(at - key), key, at + strlen(others[i]));
    return strstr(key, "预算") != NULL;
}

bool period_is_other_title(const struct draft *d, const char *title)
{
    const char *key = clean_key(d->scratch, title, strlen(title));
    bool own;

    return names_other_year(d, key, &own) || is_of_budget(d, key);
}

/* Whether a title or a heading of the documents names the report's year. */
static bool is_named_anywhere(const struct draft *d)
{
    enum { TITLE_BLOCKS = 10, TITLE_CHARS = 60 };
    bool own = false;

    for (size_t i = 1; i < d->outline.count && !own; i++)
        names_other_year(d, d->outline.sections[i].title, &own);
    for (size_t i = 0; i < d->ledger->block_count && i < TITLE_BLOCKS && !own; i++) {
        const char *text = d->ledger->passages[d->ledger->blocks[i].first].text;

        if (d->ledger->blocks[i].block->kind != DOC_TABLE &&
            clean_length(text, strlen(text)) <= TITLE_CHARS && !strstr(text, "。"))
            names_other_year(d, text, &own);
    }
    return own;
}

bool period_is_other_section(const struct draft *d, size_t section)
{
    for (; section; section = d->outline.sections[section].parent) {
        const char *title = d->outline.sections[section].title;
        const char *key = clean_key(d->scratch, title, strlen(title));
        bool own;

        if (is_of_budget(d, key) || (names_other_year(d, key, &own) && is_named_anywhere(d)))
            return true;
        if (own && strstr(key, "决算"))
            return false;
    }
    return false;
}
