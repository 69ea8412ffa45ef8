#include "base/base.h"

#include "import/recognise_overall.h"

#include "import/clean.h"
#include "import/contacts.h"
#include "import/facts.h"
#include "import/form_title.h"
#include "import/form_words.h"
#include "import/others.h"
#include "import/recognise_criteria.h"
#include "import/recognise_evaluations.h"

enum { COLUMNS_MAX = 64, HEAD_ROWS = 6, LABEL_CHARS = 12 };

struct reading_overall {
    struct draft *draft;
    size_t block;
    const struct doc_table *table;
    const char *evaluation, *unit;
    enum form_column columns[COLUMNS_MAX];
    bool funds, indicators;                  /* what the rows are below the last heads */
    const char *level1, *level2, *criterion; /* ids */
    const char *name;                        /* of the row's criterion */
};

/* --- cells --- */

/* The cell that begins at this place, or NULL. */
static struct passage *cell_at(const struct reading_overall *r, unsigned row, unsigned column)
{
    return ledger_cell_here(r->draft->ledger, r->block, row, column);
}

static const char *key_at(const struct reading_overall *r, unsigned row, unsigned column)
{
    return draft_key(r->draft, cell_at(r, row, column));
}

static struct passage *cell_of(const struct reading_overall *r, unsigned row,
                               enum form_column column)
{
    for (unsigned c = 0; c < r->table->columns && c < COLUMNS_MAX; c++)
        if (r->columns[c] == column)
            return cell_at(r, row, c);
    return NULL;
}

static size_t columns_of(const struct reading_overall *r, unsigned row, enum form_column *out)
{
    size_t count = 0;

    memset(out, 0, COLUMNS_MAX * sizeof(*out));
    for (unsigned c = 0; c < r->table->columns && c < COLUMNS_MAX; c++) {
        out[c] = form_column_of(key_at(r, row, c));
        count += out[c] != FORM_NONE;
    }
    return count;
}

static bool has_column(const enum form_column *heads, enum form_column column)
{
    for (size_t i = 0; i < COLUMNS_MAX; i++)
        if (heads[i] == column)
            return true;
    return false;
}

static bool is_indicator_head(const enum form_column *heads)
{
    return has_column(heads, FORM_NAME) &&
           (has_column(heads, FORM_LEVEL1) || has_column(heads, FORM_LEVEL2));
}

static bool is_funds_head(const enum form_column *heads)
{
    return has_column(heads, FORM_EXECUTED) &&
           (has_column(heads, FORM_INITIAL_BUDGET) || has_column(heads, FORM_FULL_BUDGET));
}

/* --- which tables --- */

/* Whether a table that has the heads of such a form names a department, and no project. */
static bool names_department(const struct reading_overall *r)
{
    static const char *const names[] = {"部门名称", "部门单位名称", "单位名称", "预算部门名称"};
    bool department = false;

    for (unsigned row = 0; row < r->table->rows && row < HEAD_ROWS; row++)
        for (unsigned c = 0; c < r->table->columns; c++) {
            const char *key = key_at(r, row, c);

            if (form_is_name_label(key, NULL))
                return false;
            for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                department |=
                    clean_begins(key, names[i]) && clean_length(key, strlen(key)) <= LABEL_CHARS;
        }
    return department;
}

bool overall_is_form(struct draft *d, size_t block)
{
    struct reading_overall r = {.draft = d, .block = block};
    const char *title = form_title(d, block);
    bool funds = false, indicators = false, reached = false;

    r.table = d->ledger->blocks[block].block->table;
    for (unsigned row = 0; row < r.table->rows; row++) {
        enum form_column heads[COLUMNS_MAX];

        columns_of(&r, row, heads);
        funds |= is_funds_head(heads);
        indicators |= is_indicator_head(heads);
        reached |= is_indicator_head(heads) && has_column(heads, FORM_ACTUAL);
    }
    if (!funds && !indicators)
        return false;
    return strstr(title, "整体") || (reached && names_department(&r));
}

/* --- values --- */

static const char *scope_of(const struct reading_overall *r)
{
    return arena_format(r->draft->scratch, "evaluations/%s", r->evaluation);
}

/* A cell that is a number, or says nothing. */
static void take(const struct reading_overall *r, struct passage *cell, const char *unit,
                 const char *address, struct quantity *out)
{
    struct draft *d = r->draft;
    const char *text = cell ? clean_squeeze(d->scratch, cell->text, strlen(cell->text)) : "";
    struct entry *entry = cell ? ledger_only(d->ledger, cell) : NULL;
    const char *own = entry ? entry->number.unit : NULL;
    struct quantity q;

    if (!*text || form_na(text) || out->state == QUANTITY_STATED)
        return;
    if (entry && !(unit && own && money_exponent(own) >= 0 && strcmp(own, unit) != 0) &&
        draft_quantity(d, entry, false, unit, &q)) {
        *out = q;
        ledger_place(entry, ENTRY_FIGURE, arena_format(d->arena, "%s/%s", scope_of(r), address));
        return;
    }
    ledger_note(d->ledger, NOTICE_REVIEW, "unsure-cell", cell, 0,
                "'%s' is no number that can be %s: it was left out", text, address);
}

/* --- funds --- */

static const char *fund_id(const struct reading_overall *r, const char *key)
{
    return strstr(key, "基本支出")   ? "basic"
           : strstr(key, "项目支出") ? "project"
                                     : form_fund(r->draft, key);
}

static void read_fund(const struct reading_overall *r, unsigned row)
{
    static const struct {
        enum form_column column;
        const char *name;
    } heads[] = {{FORM_INITIAL_BUDGET, "initial_budget"},
                 {FORM_FULL_BUDGET, "full_budget"},
                 {FORM_EXECUTED, "executed"},
                 {FORM_WEIGHT, "weight"},
                 {FORM_EXECUTION_RATE, "execution_rate"},
                 {FORM_SCORE, "score"}};
    const char *id = NULL, *label = NULL;
    struct fund *fund;

    for (unsigned c = 0; c < r->table->columns && !id; c++)
        if ((id = fund_id(r, key_at(r, row, c))) != NULL)
            label = clean_line(r->draft->scratch, cell_at(r, row, c)->text);
    if (!id)
        return;
    fund = evaluations_fund(r->draft, r->evaluation, id,
                            clean_trim(r->draft->arena, label, strlen(label)));
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
        struct quantity *values[] = {&fund->initial_budget, &fund->full_budget,    &fund->executed,
                                     &fund->weight,         &fund->execution_rate, &fund->score};

        take(r, cell_of(r, row, heads[i].column), i < 3 ? r->unit : NULL,
             arena_format(r->draft->scratch, "funds/%s/%s", id, heads[i].name), values[i]);
    }
}

/* "（万元）" behind what the funds are called. */
static void read_unit(struct reading_overall *r)
{
    struct evaluation *own = draft_evaluation(r->draft, r->evaluation);

    static const char *const words[] = {"资金", "预算", "金额", "单位", NULL};

    for (unsigned row = 0; row < r->table->rows; row++)
        for (unsigned c = 0; c < r->table->columns; c++) {
            const char *key = key_at(r, row, c);

            for (size_t i = 0; money_units[i]; i++)
                if (clean_has_any(key, words) && clean_ends(key, strlen(key), money_units[i]) &&
                    clean_length(key, strlen(key)) <= LABEL_CHARS)
                    r->unit = money_units[i];
        }
    if (r->unit && !own->funds.count)
        own->unit = text_of(r->unit);
    else if (!r->unit)
        r->unit = own->unit.s;
}

/* --- indicators --- */

/* The heading of a row, which may carry its weight: "产出指标（50分）". */
static const char *heading(struct reading_overall *r, struct passage *cell, const char *parent)
{
    struct entry *weight;
    const char *name = criteria_split_weight(r->draft, cell, &weight);
    struct criterion *own = criteria_make(r->draft, r->evaluation, parent, name);

    if (weight && weight->state == ENTRY_LOOSE)
        criteria_put(r->draft, r->evaluation, own, "weight", weight, &own->weight);
    ledger_reclass(r->draft->ledger, cell, NUMBER_NUMBERING);
    return own->id.s;
}

static void read_indicator(struct reading_overall *r, unsigned row)
{
    struct draft *d = r->draft;
    struct passage *first = cell_of(r, row, FORM_LEVEL1), *second = cell_of(r, row, FORM_LEVEL2);
    struct passage *name = cell_of(r, row, FORM_NAME), *reason = cell_of(r, row, FORM_REASON);
    struct criterion *own;
    const char *text;

    if (first && *clean_trim(d->scratch, first->text, strlen(first->text))) {
        r->level1 = heading(r, first, NULL);
        r->level2 = NULL;
    }
    if (second && *clean_trim(d->scratch, second->text, strlen(second->text)))
        r->level2 = heading(r, second, r->level1);
    text = name ? clean_squeeze(d->scratch, name->text, strlen(name->text)) : "";
    r->name = *text ? text : NULL;
    if (!*text || form_na(text))
        return;
    own = criteria_make(d, r->evaluation, r->level2 ? r->level2 : r->level1, text);
    r->criterion = own->id.s;
    take(r, cell_of(r, row, FORM_WEIGHT), NULL,
         arena_format(d->scratch, "criteria/%s/weight", own->id.s), &own->weight);
    take(r, cell_of(r, row, FORM_SCORE), NULL,
         arena_format(d->scratch, "criteria/%s/score", own->id.s), &own->score);
    text = reason ? clean_line(d->scratch, reason->text) : "";
    text = clean_trim(d->scratch, text, strlen(text));
    if (*text && !own->remark.s)
        own->remark = text_of(arena_strdup(d->arena, text));
}

static bool is_total(const struct reading_overall *r, unsigned row)
{
    for (unsigned c = 0; c < r->table->columns; c++) {
        const char *key = key_at(r, row, c);

        if (*key)
            return form_is_total(key);
    }
    return false;
}

/* --- the result --- */

/* "自评得分 | 95.4", "自评等级 | 优" */
static void read_result(const struct reading_overall *r, unsigned row)
{
    struct evaluation *own = draft_evaluation(r->draft, r->evaluation);

    for (unsigned c = 0; c < r->table->columns; c++) {
        const char *key = key_at(r, row, c);
        const struct doc_cell *at = doc_table_at(r->table, row, c);
        unsigned next = at ? at->column + at->column_span : c + 1;
        struct passage *value = next < r->table->columns ? cell_at(r, row, next) : NULL;
        size_t len = strlen(key);

        if (!value || clean_length(key, len) > LABEL_CHARS)
            continue;
        if ((clean_ends(key, len, "等级") || clean_ends(key, len, "等次")) && !own->grade.s &&
            *clean_squeeze(r->draft->scratch, value->text, strlen(value->text)))
            own->grade = text_of(clean_squeeze(r->draft->arena, value->text, strlen(value->text)));
        else if (clean_ends(key, len, "得分") && clean_length(key, len) > 2 &&
                 ledger_only(r->draft->ledger, value))
            take(r, value, NULL, "result/total/score", &own->score);
    }
}

/* The last number of the row of totals is the score; what stands before it, the facts tell. */
static void read_total(const struct reading_overall *r, unsigned row)
{
    struct passage *score = cell_of(r, row, FORM_SCORE);

    if (score && ledger_only(r->draft->ledger, score))
        take(r, score, NULL, "result/total/score",
             &draft_evaluation(r->draft, r->evaluation)->score);
    read_result(r, row);
}

/* --- rows --- */

/* What is loose in a row of indicators is a fact of it: "NAME，HEAD：...". */
static void take_facts(const struct reading_overall *r, unsigned row, unsigned head)
{
    struct draft *d = r->draft;

    for (unsigned c = 0; c < r->table->columns; c++) {
        const struct passage *cell = cell_at(r, row, c);
        const struct passage *above = ledger_cell(d->ledger, r->block, head, c);
        const char *what = above ? clean_line(d->scratch, above->text) : "";

        for (size_t i = 0; cell && i < cell->count; i++) {
            struct entry *entry = &d->ledger->entries[cell->first + i];

            if (entry->state != ENTRY_LOOSE || entry->number.class != NUMBER_FIGURE)
                continue;
            draft_fact(d, entry, scope_of(r),
                       arena_format(d->scratch, "%s，%s：%s", r->name, what,
                                    fact_label(d, cell->text, &entry->number)),
                       fact_comparison(cell->text, &entry->number));
        }
    }
}

static void read_table(struct reading_overall *r)
{
    unsigned head = 0;

    for (unsigned row = 0; row < r->table->rows; row++) {
        enum form_column heads[COLUMNS_MAX];

        columns_of(r, row, heads);
        if (is_indicator_head(heads) || is_funds_head(heads)) {
            memcpy(r->columns, heads, sizeof(heads));
            r->indicators = is_indicator_head(heads);
            r->funds = !r->indicators;
            head = row;
        } else if (r->indicators && is_total(r, row)) {
            r->name = "总分";
            read_total(r, row);
            take_facts(r, row, head);
            r->indicators = false;
        } else if (r->indicators) {
            read_indicator(r, row);
            if (r->name)
                take_facts(r, row, head);
        } else {
            if (r->funds)
                read_fund(r, row);
            read_result(r, row);
        }
    }
}

/* The words of the table, whose numbers in a text are facts. */
static void take_texts(const struct reading_overall *r)
{
    const struct ledger_block *block = &r->draft->ledger->blocks[r->block];

    for (size_t p = 0; p < block->count; p++) {
        const struct passage *passage = &r->draft->ledger->passages[block->first + p];

        if (!ledger_only(r->draft->ledger, passage))
            facts_of_passage(r->draft, passage, scope_of(r));
    }
}

/* Whether a table is the next page of the form before it. */
static bool goes_on(const struct reading_overall *r, size_t last)
{
    if (!r->evaluation || r->block - last > 3 ||
        r->draft->ledger->blocks[last].document != r->draft->ledger->blocks[r->block].document ||
        form_has_title(r->draft, r->block))
        return false;
    for (unsigned row = 0; row < r->table->rows; row++) {
        enum form_column heads[COLUMNS_MAX];

        columns_of(r, row, heads);
        if (is_indicator_head(heads))
            return true;
    }
    return r->indicators;
}

static void read_form(struct reading_overall *r)
{
    struct draft *d = r->draft;
    struct ledger_block *own = &d->ledger->blocks[r->block];

    others_forget(d, r->block);
    r->evaluation = evaluations_overall(d, r->block);
    own->owner = r->evaluation;
    own->read = true;
    own->subtitle = draft_evaluation(d, r->evaluation)->name.s;
    contacts_take_cells(d, r->block);
    read_unit(r);
    read_table(r);
    take_texts(r);
    form_drop_title(d, r->block);
}

void recognise_overall(struct draft *d)
{
    struct reading_overall r = {.draft = d};
    size_t last = 0;

    for (size_t i = 0; i < d->ledger->block_count; i++) {
        struct ledger_block *own = &d->ledger->blocks[i];
        bool is_new;

        if (own->block->kind != DOC_TABLE || own->use == USE_TABLE)
            continue;
        r.block = i;
        r.table = own->block->table;
        is_new = overall_is_form(d, i);
        if (is_new)
            r = (struct reading_overall){.draft = d, .block = i, .table = own->block->table};
        if (is_new || goes_on(&r, last)) {
            last = i;
            read_form(&r);
        }
        arena_reset(d->scratch);
    }
}
