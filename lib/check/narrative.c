#include "base/base.h"

#include "check/texts.h"

#include "base/arena.h"
#include "base/mem.h"
#include "model/walk.h"

/* --- the amounts of a report --- */

struct amounts {
    wide *units; /* without signs */
    size_t count;
    size_t cap;
};

static bool add_amounts(void *ctx, const struct entity *entity, const void *record)
{
    struct amounts *all = ctx;
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < count; i++) {
        const struct quantity *q;
        struct number n;

        if (fields[i].type != FIELD_QUANTITY)
            continue;
        q = field_at(&fields[i], record);
        if (q->state != QUANTITY_STATED || money_exponent(q->unit) < 0 || !number_of(q, 0, &n))
            continue;
        MEM_GROW(all->units, all->count, all->cap);
        all->units[all->count++] = n.units < 0 ? -n.units : n.units;
    }
    return true;
}

/* Whether one of the amounts is nearer than a step. */
static bool has_amount(const struct amounts *all, wide units, wide step)
{
    for (size_t i = 0; i < all->count; i++) {
        wide distance = all->units[i] - units;

        if (distance < step && -distance < step)
            return true;
    }
    return false;
}

/* --- the amounts of a text --- */

struct amount {
    struct quantity q;
    size_t start, end;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *unit_at(const struct check_text *text, size_t at)
{
    for (size_t i = 0; money_units[i]; i++) {
        size_t len = strlen(money_units[i]);

        if (at + len <= text->len && !memcmp(text->s + at, money_units[i], len))
            return money_units[i];
    }
    return NULL;
}

/* A number that begins at a digit, and the unit of money behind it. False when it is no amount;
 * `end` is where to go on. */
static bool read_amount(const struct check_text *text, size_t at, struct amount *out)
{
    char digits[32];
    size_t len = 0;

    out->start = at;
    for (; at < text->len && (is_digit(text->s[at]) || text->s[at] == '.' || text->s[at] == ',');
         at++)
        if (text->s[at] != ',' && len < sizeof(digits))
            digits[len++] = text->s[at];
    out->end = at;
    if (at < text->len && text->s[at] == ' ')
        at++;
    out->q = (struct quantity){
        .unit = unit_at(text, at), .state = QUANTITY_STATED, .measure = MEASURE_AMOUNT};
    return out->q.unit && len < sizeof(digits) &&
           decimal_parse(digits, len, &out->q.number) == DECIMAL_OK;
}

static void tell_amount(struct checking *c, const struct check_text *text,
                        const struct amount *amount, bool slip)
{
    struct finding *finding = check_find(c, slip ? RULE_UNIT_SLIP : RULE_NARRATIVE_AMOUNT, NULL);

    check_stated(c, finding, &amount->q);
    check_cite_word(c, finding, text, amount->start, finding->stated.s);
    if (slip)
        check_message(c, finding, "文字里的 %s 与报告里的一个数字相同，但差一万倍，看看金额单位",
                      finding->stated.s);
    else
        check_message(c, finding, "文字里的 %s 不在报告的数字里", finding->stated.s);
}

static void check_amount(struct checking *c, const struct check_text *text,
                         const struct amount *amount, struct amounts *all)
{
    static const wide slip = 10000;
    struct number n;

    if (!number_of(&amount->q, 0, &n) || !n.units)
        return;
    if (!all->count)
        record_walk(&entity_report, c->report, add_amounts, all);
    if (has_amount(all, n.units, n.step))
        return;
    tell_amount(c, text, amount,
                has_amount(all, n.units * slip, n.step * slip) ||
                    (n.units % slip == 0 && has_amount(all, n.units / slip, 1)));
}

/* --- years --- */

/* "2020年初预算" or "2020年年初预算", where the year is another one than the report's. */
static void check_year(struct checking *c, const struct check_text *text, size_t at)
{
    static const char *const budgets[] = {"年初预算", "年年初预算"};
    char year[5] = {0};
    struct finding *finding;

    memcpy(year, text->s + at, 4);
    for (size_t i = 0; i < ARRAY_SIZE(budgets); i++) {
        size_t len = strlen(budgets[i]);

        if (at + 4 + len > text->len || memcmp(text->s + at + 4, budgets[i], len) ||
            strtol(year, NULL, 10) == c->report->year.value)
            continue;
        finding = check_find(c, RULE_STATED_YEAR, NULL);
        check_cite_word(c, finding, text, at, arena_strdup(c->arena, year));
        finding->stated = finding->figures.items[0].stated;
        finding->recomputed =
            text_of(arena_format(c->arena, "%lld", (long long)c->report->year.value));
        check_message(c, finding, "文字说的是 %s 年的年初预算，报告是 %s 年度的", finding->stated.s,
                      finding->recomputed.s);
    }
}

/* --- one pass --- */

void check_narrative(struct checking *c, const struct check_text *text)
{
    struct amounts all = {0};
    bool in_tag = false;

    for (size_t at = 0; at < text->len;) {
        struct amount amount;

        if (at + 1 < text->len && text->s[at] == '{' && text->s[at + 1] == '{')
            in_tag = true;
        else if (at + 1 < text->len && text->s[at] == '}' && text->s[at + 1] == '}')
            in_tag = false;
        if (in_tag || !is_digit(text->s[at])) {
            at++;
            continue;
        }
        if (read_amount(text, at, &amount))
            check_amount(c, text, &amount, &all);
        else if (amount.end - at == 4)
            check_year(c, text, at);
        at = amount.end;
    }
    free(all.units);
}
