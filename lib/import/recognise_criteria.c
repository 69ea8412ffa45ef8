#include "base/base.h"

#include "import/recognise_criteria.h"

#include "import/clean.h"
#include "import/contacts.h"
#include "import/facts.h"
#include "import/others.h"
#include "import/recognise_evaluations.h"
#include "import/table_rest.h"

enum { LEVELS = 3, EXPERTS_MAX = 32, COLUMNS_MAX = 64 };

struct reading_criteria {
    struct draft *draft;
    size_t block;
    const struct doc_table *table;
    const char *evaluation; /* id */
    /* columns of the table, + 1; 0: there is none */
    unsigned levels[LEVELS], weight, sum, mean, remark;
    unsigned experts[EXPERTS_MAX];
    size_t expert_count;
    unsigned head;            /* its row */
    const char *path[LEVELS]; /* ids of the criteria that the row is below */
    const char *heads[COLUMNS_MAX];
    const char *name; /* of the row's criterion */
};

static const char *key_at(struct reading_criteria *r, unsigned row, unsigned column)
{
    return draft_key(r->draft, ledger_cell_here(r->draft->ledger, r->block, row, column));
}

/* --- the head --- */

static bool read_head(struct reading_criteria *r, unsigned row)
{
    static const char *const names[] = {"一级指标", "二级指标", "三级指标"};
    static const char *const others[] = {"说明", "标准", "备注", "扣分", "评分", "依据", NULL};

    memset(r->levels, 0, sizeof(r->levels));
    r->weight = r->sum = r->mean = r->remark = 0;
    r->expert_count = 0;
    for (unsigned c = 0; c < r->table->columns; c++) {
        const char *key = key_at(r, row, c);
        bool level = false;

        for (size_t i = 0; i < LEVELS; i++)
            if (!strcmp(key, names[i])) {
                r->levels[i] = c + 1;
                level = true;
            }
        if (level || !*key)
            continue;
        if (!strcmp(key, "分值") || !strcmp(key, "权重") || !strcmp(key, "标准分值"))
            r->weight = c + 1;
        else if (!strcmp(key, "合计") || !strcmp(key, "总分"))
            r->sum = c + 1;
        else if (strstr(key, "平均"))
            r->mean = c + 1;
        else if (!strcmp(key, "得分") || (strstr(key, "得分") && !r->mean))
            r->mean = c + 1;
        else if (strstr(key, "扣分") || strstr(key, "得分说明") || strstr(key, "评分说明"))
            r->remark = c + 1;
        else if (r->weight && !r->sum && !clean_has_any(key, others) &&
                 r->expert_count < EXPERTS_MAX)
            r->experts[r->expert_count++] = c + 1;
    }
    return r->levels[0] && r->levels[1] && r->weight;
}

static bool is_criteria(struct reading_criteria *r)
{
    for (unsigned row = 0; row < r->table->rows && row < 4; row++) {
        bool form = false;

        for (unsigned c = 0; c < r->table->columns; c++)
            form |= strstr(key_at(r, row, c), "指标值") || strstr(key_at(r, row, c), "完成值");
        if (!form && read_head(r, row)) {
            r->head = row;
            return true;
        }
    }
    return false;
}

/* Experts are persons. */
static void take_names(struct reading_criteria *r)
{
    for (size_t i = 0; i < r->expert_count; i++) {
        struct passage *cell = ledger_cell(r->draft->ledger, r->block, r->head, r->experts[i] - 1);

        if (cell && !strstr(cell->text, "专家"))
            contacts_take(r->draft, cell, "专家",
                          draft_evaluation(r->draft, r->evaluation)->name.s);
    }
}

/* --- criteria --- */

/* "决策（10分）": the name, and the weight behind it. */
const char *criteria_split_weight(struct draft *d, struct passage *cell, struct entry **weight)
{
    const char *text = clean_squeeze(d->scratch, cell->text, strlen(cell->text));
    size_t len = strcspn(text, "("), wide = 0;
    const char *bracket = strstr(text, "（");

    *weight = NULL;
    if (bracket && (size_t)(bracket - text) < len)
        len = (size_t)(bracket - text);
    if (text[len] && cell->count) {
        struct entry *last = &d->ledger->entries[cell->first + cell->count - 1];

        wide = last->number.unit && !strcmp(last->number.unit, "分");
        if (wide)
            *weight = last;
    }
    return *weight ? arena_strndup(d->scratch, text, len) : text;
}

static struct criterion *find_criterion(struct evaluation *evaluation, const char *parent,
                                        const char *name)
{
    for (size_t i = 0; i < evaluation->criteria.count; i++) {
        struct criterion *own = &evaluation->criteria.items[i];

        if (text_is(&own->name, name) && (parent ? text_is(&own->parent, parent) : !own->parent.s))
            return own;
    }
    return NULL;
}

/* Ids count the criteria of each level below one: c1, c1-2, c1-2-3. */
struct criterion *criteria_make(struct draft *d, const char *of, const char *parent,
                                const char *name)
{
    struct evaluation *evaluation = draft_evaluation(d, of);
    struct criterion *own = find_criterion(evaluation, parent, name);
    size_t count = 1;

    if (own)
        return own;
    for (size_t i = 0; i < evaluation->criteria.count; i++) {
        const struct criterion *other = &evaluation->criteria.items[i];

        count += parent ? text_is(&other->parent, parent)
                        : !other->parent.s && !text_is(&other->id, "total");
    }
    own = DRAFT_ADD(d->records, evaluation->criteria);
    own->id = text_of(parent ? arena_format(d->arena, "%s-%zu", parent, count)
                             : arena_format(d->arena, "c%zu", count));
    own->parent = text_of(parent);
    own->name = text_of(arena_strdup(d->arena, name));
    return own;
}

void criteria_put(struct draft *d, const char *evaluation, const struct criterion *criterion,
                  const char *column, struct entry *entry, struct quantity *out)
{
    struct quantity q;
    bool same;

    if (!draft_quantity(d, entry, false, NULL, &q))
        return;
    if (out->state == QUANTITY_STATED) {
        struct decimal a, b;

        same = !decimal_rescale(out->number, 9, &a) && !decimal_rescale(q.number, 9, &b) &&
               a.units == b.units;
        if (!same) {
            ledger_note(d->ledger, NOTICE_REVIEW, "unsure-value",
                        &d->ledger->passages[entry->passage], entry->number.start,
                        "%s is stated a second time, as another value", column);
            return;
        }
    }
    ledger_place(entry, out->state == QUANTITY_STATED ? ENTRY_RESTATED : ENTRY_FIGURE,
                 arena_format(d->arena, "evaluations/%s/criteria/%s/%s", evaluation,
                              criterion->id.s, column));
    if (out->state != QUANTITY_STATED)
        *out = q;
}

static void take(struct reading_criteria *r, unsigned row, unsigned column,
                 struct criterion *criterion, const char *name, struct quantity *out)
{
    struct passage *cell = column ? ledger_cell(r->draft->ledger, r->block, row, column - 1) : NULL;
    struct entry *entry = cell ? ledger_only(r->draft->ledger, cell) : NULL;

    if (entry)
        criteria_put(r->draft, r->evaluation, criterion, name, entry, out);
    else if (cell && *draft_key(r->draft, cell)) {
        ledger_note(r->draft->ledger, NOTICE_REVIEW, "unsure-cell", cell, 0,
                    "'%s' is no number that can be %s of a criterion: it was left out", cell->text,
                    name);
        return;
    }
    if (cell)
        cell->taken = true;
}

static void take_experts(struct reading_criteria *r, unsigned row, struct criterion *criterion)
{
    struct draft *d = r->draft;

    if (!r->expert_count || criterion->experts.count)
        return;
    for (size_t i = 0; i < r->expert_count; i++) {
        struct quantity q = {0};

        take(r, row, r->experts[i], criterion, arena_format(d->scratch, "expert-%zu", i + 1), &q);
        if (q.state != QUANTITY_STATED)
            break; /* experts are known by their order: none can be left out */
        *DRAFT_ADD(d->records, criterion->experts) = q;
    }
}

/* Why points were lost; a report may say more of it. */
static void take_remark(struct reading_criteria *r, unsigned row, struct criterion *criterion)
{
    struct draft *d = r->draft;
    struct passage *cell = r->remark ? ledger_cell(d->ledger, r->block, row, r->remark - 1) : NULL;
    const char *line;

    if (!cell || cell->taken || criterion->remark.s)
        return;
    line = clean_line(d->scratch, cell->text);
    line = clean_trim(d->arena, line, strlen(line));
    if (!*line)
        return;
    criterion->remark = text_of(line);
    cell->taken = true;
    facts_of_passage(d, cell, arena_format(d->scratch, "evaluations/%s", r->evaluation));
}

static void take_values(struct reading_criteria *r, unsigned row, struct criterion *criterion)
{
    take(r, row, r->weight, criterion, "weight", &criterion->weight);
    take_experts(r, row, criterion);
    take(r, row, r->sum, criterion, "sum", &criterion->sum);
    take(r, row, r->mean, criterion, "mean", &criterion->mean);
    take_remark(r, row, criterion);
}

static bool is_total_name(const char *key)
{
    return !strcmp(key, "总分") || !strcmp(key, "合计") || !strcmp(key, "总计");
}

/* "总分 | 100 | 82.4 | ...": its numbers stand in the order of the columns, wherever the cells are.
 */
static void read_total(struct reading_criteria *r, unsigned row)
{
    struct draft *d = r->draft;
    struct evaluation *evaluation = draft_evaluation(d, r->evaluation);
    struct criterion *total = find_criterion(evaluation, NULL, "总分");
    size_t next = 0;

    if (!total) {
        total = DRAFT_ADD(d->records, evaluation->criteria);
        total->id = text_of("total");
        total->name = text_of("总分");
    }
    for (unsigned c = 0; c < r->table->columns; c++) {
        const struct doc_cell *at = doc_table_at(r->table, row, c);
        struct passage *cell = ledger_cell(d->ledger, r->block, row, c);
        struct entry *entry = cell ? ledger_only(d->ledger, cell) : NULL;
        struct quantity q = {0};

        if (cell && !entry && is_total_name(key_at(r, row, c)))
            cell->taken = true;
        if (!entry || at->row != row || at->column != c)
            continue;
        if (next == 0)
            criteria_put(d, r->evaluation, total, "weight", entry, &total->weight);
        else if (next <= r->expert_count) {
            criteria_put(d, r->evaluation, total, arena_format(d->scratch, "expert-%zu", next),
                         entry, &q);
            *DRAFT_ADD(d->records, total->experts) = q;
        } else if (next == r->expert_count + 1 && r->sum)
            criteria_put(d, r->evaluation, total, "sum", entry, &total->sum);
        else
            criteria_put(d, r->evaluation, total, "mean", entry, &total->mean);
        cell->taken = true;
        next++;
    }
}

static bool is_total(struct reading_criteria *r, unsigned row)
{
    for (unsigned c = 0; c < r->table->columns; c++) {
        const char *key = key_at(r, row, c);

        if (*key)
            return is_total_name(key);
    }
    return false;
}

static void read_row(struct reading_criteria *r, unsigned row)
{
    struct criterion *own = NULL;

    for (size_t level = 0; level < LEVELS; level++) {
        struct passage *cell =
            r->levels[level] ? ledger_cell(r->draft->ledger, r->block, row, r->levels[level] - 1)
                             : NULL;
        struct entry *weight;
        const char *name = cell ? criteria_split_weight(r->draft, cell, &weight) : "";

        if (!*name || (level && !r->path[level - 1]))
            continue;
        own = criteria_make(r->draft, r->evaluation, level ? r->path[level - 1] : NULL, name);
        if (!r->path[level] || strcmp(r->path[level], own->id.s) != 0)
            for (size_t below = level; below < LEVELS; below++)
                r->path[below] = NULL;
        r->path[level] = own->id.s;
        r->name = name;
        cell->taken = true;
        if (weight && weight->state == ENTRY_LOOSE)
            criteria_put(r->draft, r->evaluation, own, "weight", weight, &own->weight);
    }
    if (own)
        take_values(r, row, own);
}

/* The heads say nothing else; a name of an expert was taken. */
static void take_heads(struct reading_criteria *r)
{
    for (unsigned c = 0; c < r->table->columns; c++) {
        struct passage *cell = ledger_cell(r->draft->ledger, r->block, r->head, c);

        if (cell && c < COLUMNS_MAX)
            r->heads[c] = cell->kept ? "" : clean_line(r->draft->scratch, cell->text);
        if (cell)
            cell->taken = true;
    }
}

static void read_table(struct reading_criteria *r)
{
    struct draft *d = r->draft;
    struct ledger_block *own = &d->ledger->blocks[r->block];
    struct table_rest rest = {.draft = d,
                              .block = r->block,
                              .scope = arena_format(d->scratch, "evaluations/%s", r->evaluation)};

    others_forget(d, r->block);
    take_names(r);
    take_heads(r);
    for (unsigned row = 0; row < r->table->rows; row++) {
        if (row == r->head)
            continue;
        r->name = NULL;
        if (row > r->head && is_total(r, row)) {
            r->name = "总分";
            read_total(r, row);
        } else if (row > r->head) {
            read_row(r, row);
        }
        rest.heads = r->name ? r->heads : NULL;
        rest.head_count = r->table->columns < COLUMNS_MAX ? r->table->columns : COLUMNS_MAX;
        rest.name = r->name;
        table_rest_row(&rest, row);
    }
    own->use = USE_TABLE;
    own->subtitle = "评价指标和评分";
    table_rest_tell(&rest);
}

void recognise_criteria(struct draft *d)
{
    for (size_t i = 0; i < d->ledger->block_count; i++) {
        struct ledger_block *own = &d->ledger->blocks[i];
        struct reading_criteria r = {.draft = d, .block = i, .table = own->block->table};

        if (own->block->kind != DOC_TABLE || own->use == USE_TABLE || own->read)
            continue;
        if (is_criteria(&r)) {
            r.evaluation = recognise_evaluations_at(d, i);
            read_table(&r);
        }
        arena_reset(d->scratch);
    }
}
