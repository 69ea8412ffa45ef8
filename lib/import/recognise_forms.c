#include "base/base.h"

#include "import/recognise_forms.h"

#include "import/clean.h"
#include "import/contacts.h"
#include "import/facts.h"
#include "import/form_words.h"

enum { COLUMNS_MAX = 64 };

/* What the rows that follow are. */
enum form_part { PART_HEAD, PART_FUNDS, PART_GOALS, PART_INDICATORS };

struct reading_form {
    struct draft *draft;
    size_t block;
    const struct doc_table *table;
    size_t project; /* of the report's, + 1; 0: none yet */
    enum form_part part;
    enum form_column columns[COLUMNS_MAX]; /* by column of the table */
    unsigned goal, goal_actual;            /* columns, + 1 */
    const char *level1, *level2;
    const char *fund_label;
};

static struct project *project_of(struct reading_form *f)
{
    return f->project ? &f->draft->report.projects.items[f->project - 1] : NULL;
}

/* --- cells --- */

/* The cell that begins at this place, or NULL. */
static struct passage *cell_at(struct reading_form *f, unsigned row, unsigned column)
{
    const struct doc_cell *cell = doc_table_at(f->table, row, column);

    return cell && cell->row == row && cell->column == column
               ? ledger_cell(f->draft->ledger, f->block, row, column)
               : NULL;
}

static const char *key_at(struct reading_form *f, unsigned row, unsigned column)
{
    struct passage *cell = cell_at(f, row, column);

    return cell ? clean_key(f->draft->scratch, cell->text, strlen(cell->text)) : "";
}

/* A cell as a text of the model: one line, NULL when it is empty. */
static struct text text_in(struct reading_form *f, const struct passage *cell)
{
    const char *line = cell ? clean_line(f->draft->scratch, cell->text) : "";

    line = clean_trim(f->draft->arena, line, strlen(line));
    return text_of(*line ? line : NULL);
}

/* The next cell of a row that is not empty, behind a column. */
static struct passage *next_cell(struct reading_form *f, unsigned row, unsigned column)
{
    for (unsigned c = column + 1; c < f->table->columns; c++) {
        struct passage *cell = cell_at(f, row, c);

        if (cell)
            return cell;
    }
    return NULL;
}

static bool row_has(struct reading_form *f, unsigned row, const char *word)
{
    for (unsigned c = 0; c < f->table->columns; c++)
        if (strstr(key_at(f, row, c), word))
            return true;
    return false;
}

/* Whether a short cell of a row, which is a head and no value, ends so. */
static bool row_has_head(struct reading_form *f, unsigned row, const char *const *words)
{
    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = key_at(f, row, c);

        for (size_t i = 0; words[i]; i++)
            if (clean_ends(key, strlen(key), words[i]) && clean_length(key, strlen(key)) <= 8)
                return true;
    }
    return false;
}

static size_t numbers_in_row(struct reading_form *f, unsigned row)
{
    size_t count = 0;

    for (unsigned c = 0; c < f->table->columns; c++) {
        struct passage *cell = cell_at(f, row, c);

        count += cell && ledger_only(f->draft->ledger, cell);
    }
    return count;
}

/* --- values --- */

static const char *address_of(struct reading_form *f, const char *list, const char *id,
                              const char *column)
{
    return arena_format(f->draft->arena, "projects/%s/%s/%s/%s", project_of(f)->id.s, list, id,
                        column);
}

/* A cell that is a number, a dash or nothing. */
static void take_value(struct reading_form *f, struct passage *cell, const char *unit,
                       const char *address, struct quantity *out)
{
    struct draft *d = f->draft;
    const char *text = cell ? clean_squeeze(d->scratch, cell->text, strlen(cell->text)) : "";
    struct entry *entry = cell ? ledger_only(d->ledger, cell) : NULL;
    const char *na = form_na(text);

    if (!*text)
        return;
    if (na)
        out->state = !strcmp(na, "dash") ? QUANTITY_DASH : QUANTITY_NOT_INVOLVED;
    else if (entry && draft_quantity(d, entry, false, unit, out))
        ledger_place(entry, ENTRY_FIGURE, address);
    else {
        out->state = QUANTITY_ABSENT;
        ledger_note(d->ledger, NOTICE_REVIEW, "unsure-cell", cell, 0,
                    "'%s' is no number that can be %s: it was left out", text, address);
    }
}

/* --- the head --- */

static void start_project(struct reading_form *f, const struct passage *name)
{
    struct draft *d = f->draft;
    struct text title = text_in(f, name);
    const char *id = draft_new_id(d, &entity_project, title.s, "p");
    struct project *project = DRAFT_ADD(d->records, d->report.projects);

    f->project = d->report.projects.count;
    project->id = text_of(id);
    project->name = title;
    project->unit = d->report.unit;
    if (!project->name.s) {
        project->name = text_of("（未填）");
        ledger_note(d->ledger, NOTICE_REVIEW, "unnamed-project", name, 0,
                    "a self-evaluation form has no name of its project");
    }
    f->part = PART_HEAD;
    f->level1 = f->level2 = NULL;
}

/* A cell that says what the next one is. */
static void read_label(struct reading_form *f, unsigned row, unsigned column)
{
    static const char *const contacts[] = {"负责人", "联系人", "联系电话", "电话",
                                           "填报人", "填表人", "联系方式", "手机",
                                           "审核人", "经办人", NULL};
    const char *key = key_at(f, row, column);
    struct passage *value = next_cell(f, row, column);
    struct project *project = project_of(f);

    if (!*key || clean_length(key, strlen(key)) > 12 || !value)
        return;
    if (strstr(key, "代码"))
        ledger_reclass(f->draft->ledger, value, NUMBER_CODE);
    if (clean_begins(key, "主管部门"))
        project->supervisor = text_in(f, value);
    else if (clean_begins(key, "实施单位") || clean_begins(key, "项目单位"))
        project->implementer = text_in(f, value);
    else if (clean_has_any(key, contacts))
        contacts_take(f->draft, value, key, project->name.s);
}

static void read_head_row(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; c < f->table->columns; c++)
        if (clean_begins(key_at(f, row, c), "项目名称") && next_cell(f, row, c)) {
            start_project(f, next_cell(f, row, c));
            break;
        }
    for (unsigned c = 0; f->project && c < f->table->columns; c++)
        read_label(f, row, c);
}

/* "（万元）" in any cell of a row. */
static void read_unit(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = key_at(f, row, c);

        for (size_t i = 0; money_units[i]; i++)
            if (strstr(key, "资金") && clean_ends(key, strlen(key), money_units[i]))
                project_of(f)->unit = text_of(money_units[i]);
    }
}

/* The heads of funds or indicators. */
static size_t read_columns(struct reading_form *f, unsigned row)
{
    size_t count = 0;

    memset(f->columns, 0, sizeof(f->columns));
    for (unsigned c = 0; c < f->table->columns && c < COLUMNS_MAX; c++) {
        f->columns[c] = form_column_of(key_at(f, row, c));
        count += f->columns[c] != FORM_NONE;
    }
    return count;
}

/* --- funds --- */

static struct quantity *fund_value(struct fund *fund, enum form_column column, const char **name)
{
    switch (column) {
    case FORM_INITIAL_BUDGET:
        *name = "initial_budget";
        return &fund->initial_budget;
    case FORM_FULL_BUDGET:
        *name = "full_budget";
        return &fund->full_budget;
    case FORM_EXECUTED:
        *name = "executed";
        return &fund->executed;
    case FORM_WEIGHT:
        *name = "weight";
        return &fund->weight;
    case FORM_EXECUTION_RATE:
        *name = "execution_rate";
        return &fund->execution_rate;
    case FORM_SCORE:
        *name = "score";
        return &fund->score;
    default:
        return NULL;
    }
}

/* Whether a row has an amount, which what is no fund has not. */
static bool has_amount(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; c < f->table->columns && c < COLUMNS_MAX; c++) {
        struct passage *cell = cell_at(f, row, c);

        if (f->columns[c] != FORM_NONE && f->columns[c] <= FORM_EXECUTED && cell &&
            ledger_only(f->draft->ledger, cell))
            return true;
    }
    return false;
}

static void read_fund_row(struct reading_form *f, unsigned row)
{
    struct project *project = project_of(f);
    const char *id = NULL, *key = "";
    struct passage *label = NULL;
    struct fund *fund;

    for (unsigned c = 0; c < f->table->columns && !id; c++)
        if (*key_at(f, row, c) && (id = form_fund(f->draft, key_at(f, row, c))) != NULL)
            label = cell_at(f, row, c);
    for (unsigned c = 0; c < f->table->columns && !label; c++) {
        key = key_at(f, row, c);
        if (*key && !ledger_only(f->draft->ledger, cell_at(f, row, c)))
            label = cell_at(f, row, c);
    }
    if (!label || (!id && !has_amount(f, row)))
        return;
    fund = DRAFT_ADD(f->draft->records, project->funds);
    fund->id = text_of(id ? id : arena_format(f->draft->arena, "fund-%zu", project->funds.count));
    for (size_t i = 0; i + 1 < project->funds.count; i++)
        if (text_is(&project->funds.items[i].id, fund->id.s))
            fund->id =
                text_of(arena_format(f->draft->arena, "%s-%zu", fund->id.s, project->funds.count));
    if (!id || strcmp(id, fund->id.s) != 0 || !f->draft->profile->funds.count)
        fund->label = text_in(f, label);
    for (unsigned c = 0; c < f->table->columns && c < COLUMNS_MAX; c++) {
        const char *name;
        struct quantity *q = fund_value(fund, f->columns[c], &name);

        if (q)
            take_value(f, cell_at(f, row, c),
                       f->columns[c] <= FORM_EXECUTED ? project->unit.s : NULL,
                       address_of(f, "funds", fund->id.s, name), q);
    }
}

/* --- goals --- */

static void read_goal_heads(struct reading_form *f, unsigned row)
{
    f->goal = f->goal_actual = 0;
    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = key_at(f, row, c);

        if (strstr(key, "预期目标") || strstr(key, "设定目标"))
            f->goal = c + 1;
        else if (strstr(key, "实际完成情况") || strstr(key, "完成情况"))
            f->goal_actual = c + 1;
    }
}

static void read_goal_row(struct reading_form *f, unsigned row)
{
    struct project *project = project_of(f);
    struct passage *goal = f->goal ? cell_at(f, row, f->goal - 1) : NULL;
    struct passage *actual = f->goal_actual ? cell_at(f, row, f->goal_actual - 1) : NULL;

    if (goal && !project->goal.s) {
        project->goal = text_in(f, goal);
        facts_of_project(f->draft, goal, f->project - 1, "goal");
    }
    if (actual && !project->goal_actual.s) {
        project = project_of(f);
        project->goal_actual = text_in(f, actual);
        facts_of_project(f->draft, actual, f->project - 1, "goal-actual");
    }
}

/* --- indicators --- */

static struct passage *indicator_cell(struct reading_form *f, unsigned row, enum form_column column)
{
    for (unsigned c = 0; c < f->table->columns && c < COLUMNS_MAX; c++)
        if (f->columns[c] == column) {
            const struct doc_cell *cell = doc_table_at(f->table, row, c);

            return cell ? ledger_cell(f->draft->ledger, f->block, row, c) : NULL;
        }
    return NULL;
}

/* The headings of a row, which hold for those below that have none. */
static void read_levels(struct reading_form *f, unsigned row)
{
    struct passage *first = indicator_cell(f, row, FORM_LEVEL1);
    struct passage *second = indicator_cell(f, row, FORM_LEVEL2);
    struct arena *arena = f->draft->scratch;
    const char *key1 = first ? clean_key(arena, first->text, strlen(first->text)) : "";
    const char *key2 = second ? clean_key(arena, second->text, strlen(second->text)) : "";

    if (*key1) {
        const char *level = form_level1(key1);

        if (!level)
            ledger_note(f->draft->ledger, NOTICE_REVIEW, "unsure-heading", first, 0,
                        "'%s' is no first-level heading of indicators that is known", key1);
        if (level && (!f->level1 || strcmp(level, f->level1) != 0))
            f->level2 = NULL;
        f->level1 = level;
    }
    if (*key2) {
        f->level2 = form_level2(key2);
        if (!f->level2)
            ledger_note(f->draft->ledger, NOTICE_REVIEW, "unsure-heading", second, 0,
                        "'%s' is no second-level heading of indicators that is known", key2);
    }
    if (!f->level2 && f->level1 && !strcmp(f->level1, "satisfaction"))
        f->level2 = "service-satisfaction";
    if (first)
        ledger_reclass(f->draft->ledger, first, NUMBER_NUMBERING);
    if (second)
        ledger_reclass(f->draft->ledger, second, NUMBER_NUMBERING);
}

/* The id of the next indicator of a kind: "quantity-2". */
static const char *next_indicator_id(struct reading_form *f)
{
    const struct project *project = project_of(f);
    const char *kind = f->level2 ? f->level2 : f->level1 ? f->level1 : "indicator";
    size_t count = 1;

    if (!strcmp(kind, "service-satisfaction"))
        kind = "satisfaction";
    for (size_t i = 0; i < project->indicators.count; i++)
        count += clean_begins(project->indicators.items[i].id.s, kind) &&
                 project->indicators.items[i].id.s[strlen(kind)] == '-';
    return arena_format(f->draft->arena, "%s-%zu", kind, count);
}

/* What was reached: a percentage, or a text whose numbers are facts. */
static void read_actual(struct reading_form *f, struct passage *cell, const struct passage *target,
                        struct indicator *indicator)
{
    struct draft *d = f->draft;
    struct entry *entry = cell ? ledger_only(d->ledger, cell) : NULL;
    bool bare_target = target && ledger_only(d->ledger, target);
    bool percent = entry && entry->number.unit && !strcmp(entry->number.unit, "%");

    if (entry && !percent && !entry->number.unit && !strcmp(entry->number.digits, "100") &&
        !bare_target)
        percent = true;
    if (percent && draft_quantity(d, entry, false, NULL, &indicator->completion))
        ledger_place(entry, ENTRY_FIGURE,
                     address_of(f, "indicators", indicator->id.s, "completion"));
    else
        indicator->actual = text_in(f, cell);
}

static void read_indicator_facts(struct reading_form *f, unsigned row, size_t index)
{
    static const struct {
        enum form_column column;
        enum fact_cell cell;
    } cells[] = {{FORM_NAME, FACT_TARGET},
                 {FORM_TARGET, FACT_TARGET},
                 {FORM_ACTUAL, FACT_ACTUAL},
                 {FORM_REASON, FACT_OTHER}};
    bool is_cost = f->level2 && !strcmp(f->level2, "cost");

    for (size_t i = 0; i < ARRAY_SIZE(cells); i++)
        facts_of_indicator(f->draft, indicator_cell(f, row, cells[i].column), f->project - 1, index,
                           cells[i].cell, is_cost);
}

static bool is_empty_row(struct reading_form *f, unsigned row)
{
    for (enum form_column column = FORM_NAME; column <= FORM_REASON; column++) {
        struct passage *cell = indicator_cell(f, row, column);

        if (cell && text_in(f, cell).s)
            return false;
    }
    return true;
}

static void read_indicator_row(struct reading_form *f, unsigned row)
{
    struct project *project = project_of(f);
    struct passage *name = indicator_cell(f, row, FORM_NAME);
    struct passage *target = indicator_cell(f, row, FORM_TARGET);
    struct indicator *indicator;
    const char *id, *na;

    read_levels(f, row);
    if (is_empty_row(f, row))
        return;
    id = next_indicator_id(f);
    indicator = DRAFT_ADD(f->draft->records, project->indicators);
    indicator->id = text_of(id);
    indicator->level1 = text_of(f->level1);
    indicator->level2 = text_of(f->level2);
    indicator->name = text_in(f, name);
    na = indicator->name.s ? form_na(indicator->name.s) : NULL;
    if (na) {
        indicator->na = text_of(na);
        indicator->name = text_of(NULL);
    }
    indicator->target = text_in(f, target);
    read_actual(f, indicator_cell(f, row, FORM_ACTUAL), target, indicator);
    take_value(f, indicator_cell(f, row, FORM_WEIGHT), NULL,
               address_of(f, "indicators", id, "weight"), &indicator->weight);
    take_value(f, indicator_cell(f, row, FORM_SCORE), NULL,
               address_of(f, "indicators", id, "score"), &indicator->score);
    indicator->reason = text_in(f, indicator_cell(f, row, FORM_REASON));
    read_indicator_facts(f, row, project->indicators.count - 1);
}

/* The sum of weights and scores: the first numbers of the row, wherever they stand. */
static void read_total_row(struct reading_form *f, unsigned row)
{
    static const char *const names[] = {"weight", "score"};
    struct project *project = project_of(f);
    size_t next = numbers_in_row(f, row) == 1 ? 1 : 0;
    struct quantity *values[2];
    struct indicator *total;

    for (size_t i = 0; i < project->indicators.count; i++)
        if (text_is(&project->indicators.items[i].id, "total"))
            return; /* the numbers of a second one need a person */
    total = DRAFT_ADD(f->draft->records, project->indicators);
    values[0] = &total->weight;
    values[1] = &total->score;
    total->id = text_of("total");
    total->name = text_of("总分");
    for (unsigned c = 0; c < f->table->columns && next < 2; c++) {
        struct passage *cell = cell_at(f, row, c);

        if (!cell || !ledger_only(f->draft->ledger, cell))
            continue;
        take_value(f, cell, NULL, address_of(f, "indicators", "total", names[next]), values[next]);
        next++;
    }
    f->part = PART_HEAD;
}

/* --- rows --- */

static bool is_total_row(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = key_at(f, row, c);

        if (*key)
            return !strcmp(key, "总分") || !strcmp(key, "合计") || !strcmp(key, "总计") ||
                   !strcmp(key, "总得分");
    }
    return false;
}

/* The heads of indicators: a level, and the names of the last. */
static bool is_indicator_head(struct reading_form *f, unsigned row)
{
    bool level = false, name = false;

    for (unsigned c = 0; c < f->table->columns; c++) {
        enum form_column column = form_column_of(key_at(f, row, c));

        level = level || column == FORM_LEVEL1 || column == FORM_LEVEL2;
        name = name || column == FORM_NAME;
    }
    return name && (level || row_has(f, row, "三级指标"));
}

static void read_row(struct reading_form *f, unsigned row)
{
    static const char *const goals[] = {"预期目标", "设定目标", NULL};

    if (row_has(f, row, "项目名称"))
        read_head_row(f, row);
    else if (!f->project)
        return;
    else if (is_indicator_head(f, row) && read_columns(f, row) >= 3)
        f->part = PART_INDICATORS;
    else if (row_has(f, row, "执行数") && read_columns(f, row) >= 2) {
        read_unit(f, row);
        f->part = PART_FUNDS;
    } else if (f->part != PART_INDICATORS && row_has_head(f, row, goals)) {
        read_goal_heads(f, row);
        f->part = PART_GOALS;
    } else if (f->part == PART_INDICATORS && is_total_row(f, row))
        read_total_row(f, row);
    else if (f->part == PART_INDICATORS)
        read_indicator_row(f, row);
    else if (f->part == PART_FUNDS)
        read_fund_row(f, row);
    else if (f->part == PART_GOALS)
        read_goal_row(f, row);
    else
        read_head_row(f, row);
}

/* --- tables --- */

static bool has_key(struct reading_form *f, const char *word)
{
    for (unsigned row = 0; row < f->table->rows; row++)
        if (row_has(f, row, word))
            return true;
    return false;
}

static bool has_indicators(struct reading_form *f)
{
    for (unsigned row = 0; row < f->table->rows; row++)
        if (is_indicator_head(f, row))
            return true;
    return false;
}

/* The table's title and year stand before it, and are nothing of the narrative. */
static void drop_caption(struct draft *d, size_t block)
{
    static const char *const words[] = {"自评表", "年度）", "年度)", NULL};

    for (size_t i = block; i > 0 && block - i < 3; i--) {
        struct ledger_block *own = &d->ledger->blocks[i - 1];
        const char *text;

        if (own->block->kind == DOC_TABLE || own->level == 1)
            return;
        text = ledger_paragraph(d->ledger, i - 1)->text;
        if (*text && (!clean_has_any(text, words) || clean_length(text, strlen(text)) > 30 ||
                      clean_numbering(text, NULL)))
            return;
        own->use = USE_NONE;
    }
}

void recognise_forms(struct draft *d)
{
    struct reading_form f = {.draft = d};
    size_t last = 0;

    for (size_t i = 0; i < d->ledger->block_count; i++) {
        struct ledger_block *own = &d->ledger->blocks[i];

        if (own->block->kind != DOC_TABLE || own->use == USE_TABLE)
            continue;
        f.block = i;
        f.table = own->block->table;
        if (has_key(&f, "项目名称") && (has_key(&f, "执行数") || has_indicators(&f)))
            f.project = 0;
        else if (!f.project || i - last > 3 || !(has_indicators(&f) || f.part == PART_INDICATORS))
            continue;
        last = i;
        for (unsigned row = 0; row < f.table->rows; row++)
            read_row(&f, row);
        arena_reset(d->scratch);
        own->use = USE_TABLE;
        own->subtitle =
            f.project ? arena_format(d->arena, "自评表：%s", project_of(&f)->name.s) : NULL;
        drop_caption(d, i);
    }
}
