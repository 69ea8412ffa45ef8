#include "base/base.h"

#include "import/sentence.h"

#include "import/clean.h"

struct line *sentence_line(struct reader *r)
{
    return draft_line(r->draft, r->current.table, r->current.line);
}

/* "国有资本经营预算财政拨款收入": the sum of a table is what was spent. */
static bool is_income(const struct reader *r, const char *subject)
{
    const char *key = clean_key(r->draft->scratch, subject, strlen(subject));

    return !strcmp(r->current.line, "total") && clean_ends(key, strlen(key), "收入");
}

static const char *column_of(const struct reader *r, const struct form *form, struct cue cue,
                             const struct number *n, const char *subject)
{
    bool money = cue_is_money(n);

    switch (cue.kind) {
    case CUE_FINAL:
        if (r->current.column)
            return r->current.column;
        if (!money)
            return "count";
        if (is_income(r, subject))
            return "income";
        return draft_has_column(form, "final", NULL) ? "final" : "amount";
    case CUE_BUDGET:
        return draft_has_column(form, "initial_budget", NULL) ? "initial_budget" : "amount";
    case CUE_CHANGE:
        return r->base == BASE_BUDGET ? "budget_change" : "prior_change";
    case CUE_RATE:
        return r->base == BASE_BUDGET ? "budget_rate" : "prior_rate";
    case CUE_SHARE:
        return "share";
    case CUE_COMPLETION:
        return "completion";
    case CUE_ESTABLISHED:
        return "established";
    case CUE_ACTUAL:
        return "actual";
    case CUE_MEAN:
        return "mean";
    case CUE_NONE:
        break;
    }
    return NULL;
}

void sentence_direction(struct reader *r, enum cue_direction direction)
{
    struct line *line = sentence_line(r);
    struct text *out = r->base == BASE_BUDGET ? &line->budget_direction : &line->prior_direction;

    if (direction && (!out->s || direction == DIRECTION_UNCLEAR))
        *out = text_of(cue_direction_name(direction));
}

/* A sign that the words leave open is that of the change before. */
static bool is_negative(struct reader *r, struct cue cue)
{
    const struct line *line = sentence_line(r);
    const char *column = r->base == BASE_BUDGET ? "budget_change" : "prior_change";

    if (cue.direction != DIRECTION_UNCLEAR)
        return cue.direction == DIRECTION_DOWN;
    for (size_t i = 0; i < line->figures.count; i++)
        if (text_is(&line->figures.items[i].column, column))
            return line->figures.items[i].value.number.units < 0;
    return false;
}

/* A second statement that differs is kept where the first is that of a table; else a person must
 * look. */
static bool may_contradict(const struct reader *r, const struct form *form)
{
    return form->seen && r->current.table;
}

/* "增长-5%" is a decrease; what "减少-5%" is, a person must say. */
static bool turn(struct reader *r, struct entry *entry, struct cue *cue)
{
    if (cue->direction == DIRECTION_DOWN) {
        ledger_note(
            r->draft->ledger, NOTICE_REVIEW, "unsure-value", r->passage, entry->number.start,
            "%s has a minus, and the words say a decrease: it is a fact", entry->number.digits);
        return false;
    }
    if (cue->direction == DIRECTION_UP)
        cue->direction = DIRECTION_DOWN;
    return true;
}

void sentence_put(struct reader *r, struct entry *entry, struct cue cue, const char *subject)
{
    const struct form *form = draft_form(r->draft, r->current.table);
    const char *column = column_of(r, form, cue, &entry->number, subject);
    bool negative = is_negative(r, cue);

    if (*entry->number.digits == '-' && !turn(r, entry, &cue))
        return;
    if ((cue.kind == CUE_CHANGE || cue.kind == CUE_RATE) &&
        draft_has_line(r->draft, form, r->current.line))
        sentence_direction(r, cue.direction);
    if (!column || !draft_has_column(form, column, NULL) ||
        !draft_has_line(r->draft, form, r->current.line))
        return;
    if (draft_put(r->draft, entry, r->current.table, r->current.line, column, negative,
                  may_contradict(r, form)) == PUT_REFUSED) {
        ledger_note(r->draft->ledger, NOTICE_REVIEW, "contradiction", r->passage,
                    entry->number.start,
                    "%s%s is not what %s/%s/%s is already, or not in its unit: it is a fact",
                    entry->number.digits, entry->number.unit ? entry->number.unit : "",
                    r->current.table, r->current.line, column);
        return;
    }
    r->last_table = r->current.table;
    if (cue.kind == CUE_RATE && !entry->number.unit)
        ledger_note(r->draft->ledger, NOTICE_REVIEW, "no-unit", r->passage, entry->number.start,
                    "%s has no sign of per cent: it was taken for one", entry->number.digits);
}

/* The year that words state, other than the report's; 0: none. */
static int64_t other_year(const struct reader *r, const char *words)
{
    for (const char *at = words; *at; at++) {
        char *end;
        long year;

        if (*at < '0' || *at > '9' || (at > words && at[-1] >= '0' && at[-1] <= '9'))
            continue;
        year = strtol(at, &end, 10);
        end += strspn(end, " ");
        if (end - at >= 4 && year >= 1949 && year <= 2100 && clean_begins(end, "年") &&
            year != r->draft->year)
            return year;
        at = end > at ? end - 1 : at;
    }
    return 0;
}

void sentence_check_year(struct reader *r, const struct entry *entry, const char *subject,
                         struct cue cue)
{
    int64_t year = other_year(r, subject);

    if (!year || (cue.kind != CUE_FINAL && cue.kind != CUE_BUDGET) || entry->state == ENTRY_LOOSE)
        return;
    sentence_line(r)->stated_year = (struct integer){year, true, {0, 0}};
    ledger_note(r->draft->ledger, NOTICE_WRONG, "wrong-year", r->passage, entry->number.start,
                "the text says %lld, the report is of %lld", (long long)year,
                (long long)r->draft->year);
}
