#include "base/base.h"

#include "import/facts.h"

#include "import/clean.h"
#include "text/utf8.h"

enum { LABEL_CHARS = 60, REACH = 4 * LABEL_CHARS /* bytes */ };

/* --- the words around a number --- */

static const char *const stops[] = {"，", "；", "。", "\n", ";", "！", "？", ", ", NULL};

static size_t stop_at(const char *s)
{
    for (size_t i = 0; stops[i]; i++)
        if (clean_begins(s, stops[i]))
            return strlen(stops[i]);
    return 0;
}

/* Whether a clause says nothing of what it is about: "比上年减少4.50万元". */
static bool is_bare(const struct draft *d, const char *text, size_t start, size_t end)
{
    static const char *const changes[] = {"增加", "增长", "减少", "下降", "上升", "降低", NULL};
    const char *clause = arena_strndup(d->scratch, text + start, end - start);
    const char *key = clean_key(d->scratch, clause, strlen(clause));

    for (size_t i = 0; changes[i]; i++) {
        const char *at = strstr(key, changes[i]);

        if (at)
            key = arena_format(d->scratch, "%.*s%s", (int)(at - key), key, at + strlen(changes[i]));
    }
    return clean_is_filler(key);
}

/* Where the clause before a place begins, `from` at the earliest. */
static size_t clause_start(const char *text, size_t from, size_t at)
{
    size_t start = at;

    while (start > from) {
        bool stop = false;

        for (size_t i = 0; stops[i] && !stop; i++)
            stop = clean_ends(text, start, stops[i]);
        if (stop)
            break;
        start--;
    }
    return start;
}

/* Cuts a clause that is too long about the number, between characters. */
static void cut(const char *text, const struct number *n, size_t *start, size_t *end)
{
    for (size_t left = clean_length(text + *start, *end - *start); left > LABEL_CHARS; left--) {
        if (n->start - *start > *end - n->unit_end)
            do
                (*start)++;
            while (utf8_is_within(text[*start]));
        else
            do
                (*end)--;
            while (utf8_is_within(text[*end]));
    }
}

/* No further from the number than a label may be long, so that a line of very many numbers takes no
 * longer than their number says. */
const char *fact_label(const struct draft *d, const char *text, const struct number *n)
{
    size_t from = utf8_back(text, n->start, REACH), start = clause_start(text, from, n->start);
    size_t end = n->unit_end, numbering;
    const char *line;

    while (text[end] && (end - n->unit_end < REACH || utf8_is_within(text[end])) &&
           !stop_at(text + end))
        end++;
    while (start > from && clean_ends(text, start, "，") && is_bare(d, text, start, n->start))
        start = clause_start(text, from, start - strlen("，"));
    numbering = clean_numbering(text + start, NULL);
    start += numbering <= n->start - start ? numbering : 0;
    cut(text, n, &start, &end);
    line = clean_line(d->scratch, arena_strndup(d->scratch, text + start, end - start));
    return clean_trim(d->scratch, line, strlen(line));
}

static bool ends_in(const char *text, size_t at, const char *const *words)
{
    while (at && text[at - 1] == ' ')
        at--;
    for (; *words; words++)
        if (clean_ends(text, at, *words))
            return true;
    return false;
}

const char *fact_comparison(const char *text, const struct number *n)
{
    static const char *const at_least[] = {"≥",  "不低于",   "不少于", "不小于",
                                           ">=", "大于等于", NULL};
    static const char *const at_most[] = {"≤",      "不超过", "不高于",   "不大于",
                                          "不多于", "<=",     "小于等于", NULL};
    static const char *const more[] = {">", "＞", "高于", "大于", "超过", "多于", NULL};
    static const char *const less[] = {"<", "＜", "低于", "小于", "少于", "不足", "不到", NULL};
    const char *after = text + n->unit_end;

    if (ends_in(text, n->start, at_least))
        return "at-least";
    if (ends_in(text, n->start, at_most))
        return "at-most";
    if (ends_in(text, n->start, more))
        return "more-than";
    if (ends_in(text, n->start, less))
        return "less-than";
    if (clean_begins(after, "以上") || clean_begins(after, "及以上"))
        return "at-least";
    if (clean_begins(after, "以内") || clean_begins(after, "以下") || clean_begins(after, "及以下"))
        return "at-most";
    return NULL;
}

/* --- the report's and the evaluations' --- */

void facts_of_passage(struct draft *d, const struct passage *passage, const char *scope)
{
    for (size_t i = 0; i < passage->count; i++) {
        struct entry *entry = &d->ledger->entries[passage->first + i];

        if (entry->state == ENTRY_LOOSE && entry->number.class == NUMBER_FIGURE && !entry->other)
            draft_fact(d, entry, scope, fact_label(d, passage->text, &entry->number),
                       fact_comparison(passage->text, &entry->number));
    }
}

/* --- of forms --- */

/* A fact that has no place in a list yet. False: the number cannot be one. */
static bool make_fact(struct draft *d, const struct passage *passage, const struct entry *entry,
                      struct fact *out)
{
    const char *unit = entry->number.unit;
    const char *label = fact_label(d, passage->text, &entry->number);

    *out = (struct fact){0};
    if (!draft_quantity(d, entry, false, NULL, &out->value) || !*label)
        return false;
    out->label = text_of(arena_strdup(d->arena, label));
    out->unit = text_of(unit);
    out->comparison = text_of(fact_comparison(passage->text, &entry->number));
    return true;
}

static bool is_money(const struct number *n)
{
    return n->unit && (money_exponent(n->unit) >= 0 || !strcmp(n->unit, "万"));
}

/* Whether the words before a number of a row of cost say that so much was spent. */
static bool says_spent(const char *text, const struct number *n)
{
    static const char *const words[] = {"实际", "发生", "支出", "花费", "使用", NULL};
    size_t start = n->start > 24 ? n->start - 24 : 0;
    char before[25] = {0};

    memcpy(before, text + start, n->start - start);
    return clean_has_any(before, words);
}

static const char *role_of(const struct passage *passage, const struct number *n,
                           enum fact_cell cell, bool is_cost, const char *comparison)
{
    if (cell == FACT_OTHER)
        return NULL;
    if (is_cost && is_money(n)) {
        if (says_spent(passage->text, n))
            return "cost-actual";
        if (cell == FACT_TARGET || comparison)
            return "cost-limit";
        return "cost-actual";
    }
    return cell == FACT_TARGET ? "target" : "actual";
}

static bool has_role(const struct indicator *indicator, const char *role)
{
    for (size_t i = 0; i < indicator->facts.count; i++)
        if (text_is(&indicator->facts.items[i].role, role))
            return true;
    return false;
}

void facts_of_indicator(struct draft *d, const struct passage *passage, size_t project,
                        size_t indicator, enum fact_cell cell, bool is_cost)
{
    struct project *own = &d->report.projects.items[project];
    struct indicator *row = &own->indicators.items[indicator];

    for (size_t i = 0; passage && i < passage->count; i++) {
        struct entry *entry = &d->ledger->entries[passage->first + i];
        struct fact fact;
        const char *role;

        if (entry->state != ENTRY_LOOSE || entry->number.class != NUMBER_FIGURE ||
            !make_fact(d, passage, entry, &fact))
            continue;
        role = role_of(passage, &entry->number, cell, is_cost, fact.comparison.s);
        if (role && has_role(row, role))
            role = NULL; /* the first is meant */
        fact.role = text_of(role);
        if (role && !strcmp(role, "cost-limit") && !fact.comparison.s)
            fact.comparison = text_of("at-most");
        fact.id = text_of(arena_format(d->arena, "%s-n%zu", row->id.s, row->facts.count + 1));
        *DRAFT_ADD(d->records, row->facts) = fact;
        ledger_place(entry, ENTRY_FACT,
                     arena_format(d->arena, "projects/%s/facts/%s/value", own->id.s, fact.id.s));
    }
}

static const char *next_fact_id(struct draft *d, const struct project *project, const char *prefix)
{
    const char *begin = arena_format(d->scratch, "%s-n", prefix);
    size_t last = 0;

    for (size_t i = project->facts.count; i-- > 0 && !last;)
        last = draft_number_of(&project->facts.items[i].id, begin);
    return arena_format(d->arena, "%s%zu", begin, last + 1);
}

void facts_of_project(struct draft *d, const struct passage *passage, size_t project,
                      const char *prefix)
{
    struct project *own = &d->report.projects.items[project];

    for (size_t i = 0; passage && i < passage->count; i++) {
        struct entry *entry = &d->ledger->entries[passage->first + i];
        struct fact fact;

        if (entry->state != ENTRY_LOOSE || entry->number.class != NUMBER_FIGURE ||
            !make_fact(d, passage, entry, &fact))
            continue;
        fact.id = text_of(next_fact_id(d, own, prefix));
        *DRAFT_ADD(d->records, own->facts) = fact;
        ledger_place(entry, ENTRY_FACT,
                     arena_format(d->arena, "projects/%s/facts/%s/value", own->id.s, fact.id.s));
    }
}
