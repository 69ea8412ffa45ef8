#include "base/base.h"

#include "import/recognise_forms.h"

#include "import/clean.h"
#include "import/contacts.h"
#include "import/facts.h"
#include "import/form_reading.h"
#include "import/form_title.h"
#include "import/recognise_overall.h"
#include "import/table_rest.h"

enum { LABEL_CHARS = 12 };

struct project *form_project(const struct reading_form *f)
{
    return f->project ? &f->draft->report.projects.items[f->project - 1] : NULL;
}

/* --- cells --- */

struct passage *form_cell(struct reading_form *f, unsigned row, unsigned column)
{
    const struct doc_cell *cell = doc_table_at(f->table, row, column);

    return cell && cell->row == row && cell->column == column
               ? ledger_cell(f->draft->ledger, f->block, row, column)
               : NULL;
}

const char *form_key(struct reading_form *f, unsigned row, unsigned column)
{
    struct passage *cell = form_cell(f, row, column);

    return cell ? clean_key(f->draft->arena, cell->text, strlen(cell->text)) : "";
}

struct form_piece form_whole(struct passage *cell)
{
    return (struct form_piece){cell, 0, cell ? strlen(cell->text) : 0};
}

static const char *words_of(struct reading_form *f, struct form_piece piece)
{
    return piece.cell ? arena_strndup(f->draft->arena, piece.cell->text + piece.start,
                                      piece.end - piece.start)
                      : "";
}

struct text form_text(struct reading_form *f, struct form_piece piece)
{
    const char *line = clean_line(f->draft->arena, words_of(f, piece));

    if (piece.cell)
        piece.cell->taken = true;
    line = clean_trim(f->draft->arena, line, strlen(line));
    return text_of(*line ? line : NULL);
}

struct entry *form_only(struct reading_form *f, struct form_piece piece)
{
    return piece.cell ? ledger_only_in(f->draft->ledger, piece.cell, piece.start, piece.end) : NULL;
}

/* The next cell of a row behind a column. */
static struct passage *next_cell(struct reading_form *f, unsigned row, unsigned column)
{
    for (unsigned c = column + 1; c < f->table->columns; c++) {
        struct passage *cell = form_cell(f, row, c);

        if (cell)
            return cell;
    }
    return NULL;
}

/* Whether a short cell of a row, which is a head and no value, has the word. */
static bool row_has(struct reading_form *f, unsigned row, const char *word)
{
    enum { HEAD_CHARS = 16 };

    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = form_key(f, row, c);

        if (strstr(key, word) && clean_length(key, strlen(key)) <= HEAD_CHARS)
            return true;
    }
    return false;
}

static size_t numbers_in_row(struct reading_form *f, unsigned row)
{
    size_t count = 0;

    for (unsigned c = 0; c < f->table->columns; c++) {
        struct passage *cell = form_cell(f, row, c);

        count += cell && ledger_only(f->draft->ledger, cell);
    }
    return count;
}

/* --- values --- */

const char *form_address(struct reading_form *f, const char *list, const char *id,
                         const char *column)
{
    return arena_format(f->draft->arena, "projects/%s/%s/%s/%s", form_project(f)->id.s, list, id,
                        column);
}

void form_value(struct reading_form *f, struct form_piece piece, const char *unit,
                const char *address, struct quantity *out)
{
    struct draft *d = f->draft;
    const char *words = words_of(f, piece);
    const char *text = clean_squeeze(d->arena, words, strlen(words));
    struct entry *entry = form_only(f, piece);
    const char *na = form_na(text), *own = entry ? entry->number.unit : NULL;
    bool other = unit && own && money_exponent(own) >= 0 && strcmp(own, unit) != 0;

    if (!*text)
        return;
    if (na)
        out->state = !strcmp(na, "dash") ? QUANTITY_DASH : QUANTITY_NOT_INVOLVED;
    else if (entry && !other && draft_quantity(d, entry, false, unit, out))
        ledger_place(entry, ENTRY_FIGURE, address);
    else {
        out->state = QUANTITY_ABSENT;
        ledger_note(d->ledger, NOTICE_REVIEW, "unsure-cell", piece.cell, piece.start,
                    "'%s' is no number that can be %s: it was left out", text, address);
        return;
    }
    piece.cell->taken = true;
}

/* --- the head --- */

/* What stands behind a label: in its own cell behind a colon, or else in the next cell. */
static struct form_piece value_of(struct reading_form *f, unsigned row, unsigned column)
{
    struct passage *cell = form_cell(f, row, column);
    const char *colon = cell ? strstr(cell->text, "：") : NULL;
    size_t width = strlen("：");

    if (cell && !colon) {
        colon = strchr(cell->text, ':');
        width = 1;
    }
    if (colon && clean_length(cell->text, (size_t)(colon - cell->text)) <= LABEL_CHARS &&
        *clean_squeeze(f->draft->arena, colon + width, strlen(colon + width)))
        return (struct form_piece){cell, (size_t)(colon - cell->text) + width, strlen(cell->text)};
    return form_whole(next_cell(f, row, column));
}

/* The key of the label that a cell is, or begins with; "": it is none. */
static const char *label_at(struct reading_form *f, unsigned row, unsigned column)
{
    struct passage *cell = form_cell(f, row, column);
    struct form_piece value = value_of(f, row, column);
    size_t len = !cell ? 0 : value.cell == cell ? value.start : strlen(cell->text);
    const char *key = len ? clean_key(f->draft->arena, cell->text, len) : "";

    return clean_length(key, strlen(key)) <= LABEL_CHARS + 2 ? key : "";
}

static void name_project(struct reading_form *f, const char *name, const struct passage *where)
{
    struct draft *d = f->draft;
    const char *id = draft_new_id(d, &entity_project, name, "p");
    struct project *project = DRAFT_ADD(d->arena, d->report.projects);

    f->project = d->report.projects.count;
    project->id = text_of(id);
    project->name = text_of(name);
    project->unit = d->report.unit;
    if (!name) {
        project->name = text_of("（未填）");
        ledger_note(d->ledger, NOTICE_REVIEW, "unnamed-project", where, 0,
                    "a self-evaluation form has no name of its project");
    }
    f->part = PART_HEAD;
    f->level1 = f->level2 = NULL;
    memset(f->columns, 0, sizeof(f->columns));
}

/* Whether a form goes on on another page, with its name again. */
static bool is_same_again(struct reading_form *f, const char *name)
{
    const struct project *project = form_project(f);

    if (!project || !name || !text_is(&project->name, name))
        return false;
    for (size_t i = 0; i < project->indicators.count; i++)
        if (text_is(&project->indicators.items[i].id, "total"))
            return false;
    for (unsigned row = 0; row < f->table->rows && project->funds.count; row++)
        if (row_has(f, row, "执行数"))
            return false;
    return true;
}

/* The project that a row names. False: it names none. */
static bool read_name(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; c < f->table->columns; c++) {
        struct form_piece value = value_of(f, row, c);
        struct passage *label = form_cell(f, row, c);
        const char *name;
        bool other;

        if (!form_is_name_label(label_at(f, row, c), &other) || !value.cell)
            continue;
        label->taken = true;
        name = form_text(f, value).s;
        if (is_same_again(f, name))
            return true;
        name_project(f, name, value.cell);
        if (other)
            ledger_note(f->draft->ledger, NOTICE_REVIEW, "unsure-project", value.cell, 0,
                        "a form of a transfer payment or a policy was read as that of a project");
        return true;
    }
    return false;
}

/* What the department or unit is called that a label asks for. */
static bool read_office(struct reading_form *f, const char *key, struct form_piece value)
{
    static const char *const above[] = {"主管部门", "主管单位", NULL};
    static const char *const own[] = {"实施单位", "项目单位", "承担单位", "使用单位",
                                      "用款单位", "预算单位", NULL};
    struct project *project = form_project(f);
    struct text *out = clean_has_any(key, above) ? &project->supervisor
                       : clean_has_any(key, own) ? &project->implementer
                                                 : NULL;

    if (!out || out->s)
        return false;
    *out = form_text(f, value);
    return true;
}

/* A goal that has a row of its own. */
static bool read_goal_label(struct reading_form *f, const char *key, struct form_piece value)
{
    static const char *const goals[] = {"年度总体目标", "年度目标", "总体目标",
                                        "年度绩效目标", "绩效目标", "项目绩效目标",
                                        "项目目标",     "预期目标", "年度预期目标"};
    struct project *project = form_project(f);
    bool goal = false, reached = clean_ends(key, strlen(key), "目标完成情况") ||
                                 clean_ends(key, strlen(key), "目标实际完成情况");
    struct text *out = reached ? &project->goal_actual : &project->goal;

    for (size_t i = 0; i < ARRAY_SIZE(goals); i++)
        goal |= !strcmp(key, goals[i]);
    if ((!goal && !reached) || out->s || clean_length(words_of(f, value), value.end) < LABEL_CHARS)
        return false;
    *out = form_text(f, value);
    facts_of_project(f->draft, value.cell, f->project - 1, reached ? "goal-actual" : "goal");
    return true;
}

/* A cell that says what the next one is. */
static void read_label(struct reading_form *f, unsigned row, unsigned column)
{
    const char *key = label_at(f, row, column);
    struct form_piece value = value_of(f, row, column);
    struct passage *label = form_cell(f, row, column);

    if (!*key || !value.cell || label->taken || value.cell->taken)
        return;
    if (strstr(key, "代码") || strstr(key, "编码"))
        ledger_reclass(f->draft->ledger, value.cell, NUMBER_CODE);
    if (read_office(f, key, value) || read_goal_label(f, key, value)) {
        label->taken = true;
    } else if (contacts_is_label(key)) {
        if (value.cell != label)
            contacts_take(f->draft, value.cell, key, form_project(f)->name.s);
        else
            contacts_strip(f->draft, label, form_project(f)->name.s);
        label->taken = value.cell != label;
    }
}

static void read_head_row(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; f->project && c < f->table->columns; c++)
        read_label(f, row, c);
}

size_t form_columns(struct reading_form *f, unsigned row)
{
    size_t count = 0;

    memset(f->columns, 0, sizeof(f->columns));
    memset(f->heads, 0, sizeof(f->heads));
    for (unsigned c = 0; c < f->table->columns && c < FORM_COLUMNS_MAX; c++) {
        struct passage *cell = form_cell(f, row, c);

        f->columns[c] = form_column_of(form_key(f, row, c));
        f->heads[c] = cell ? clean_line(f->draft->arena, cell->text) : "";
        count += f->columns[c] != FORM_NONE;
    }
    return count;
}

/* The row of heads itself says nothing else. */
static void take_row(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; c < f->table->columns; c++)
        if (form_cell(f, row, c))
            form_cell(f, row, c)->taken = true;
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
    for (unsigned c = 0; c < f->table->columns && c < FORM_COLUMNS_MAX; c++) {
        struct passage *cell = form_cell(f, row, c);

        if (f->columns[c] != FORM_NONE && f->columns[c] <= FORM_EXECUTED && cell &&
            ledger_only(f->draft->ledger, cell))
            return true;
    }
    return false;
}

/* The cell that says which fund a row is, and its id; without one that is known the last words
 * before the amounts. */
static struct passage *fund_label(struct reading_form *f, unsigned row, const char **id)
{
    struct passage *label = NULL;

    *id = NULL;
    for (unsigned c = 0; c < f->table->columns; c++)
        if (*form_key(f, row, c) && (*id = form_fund(f->draft, form_key(f, row, c))) != NULL)
            return form_cell(f, row, c);
    for (unsigned c = 0; c < f->table->columns && c < FORM_COLUMNS_MAX; c++) {
        struct passage *cell = form_cell(f, row, c);

        if (f->columns[c] != FORM_NONE)
            break;
        if (cell && *form_key(f, row, c) && !ledger_only(f->draft->ledger, cell))
            label = cell;
    }
    return label;
}

/* Whether there is a column before those of amounts. */
static bool has_label_column(const struct reading_form *f)
{
    return f->columns[0] == FORM_NONE;
}

static struct passage *first_cell(struct reading_form *f, unsigned row)
{
    struct passage *cell = form_cell(f, row, 0);

    return cell ? cell : next_cell(f, row, 0);
}

/* The cell of a row in a column. A score that stands beside several funds is that of their total.
 */
static struct passage *fund_cell(struct reading_form *f, unsigned row, unsigned column)
{
    const struct doc_cell *at = doc_table_at(f->table, row, column);
    unsigned owner = at ? at->row : row;
    const char *id;

    for (unsigned i = owner; at && at->row_span > 1 && i < at->row + at->row_span; i++)
        if (fund_label(f, i, &id) && id && !strcmp(id, "total"))
            owner = i;
    if (!at || at->column != column)
        return NULL;
    if (owner != at->row && row == at->row)
        form_cell(f, row, column)->taken = true; /* a row below has it */
    return owner == row ? ledger_cell(f->draft->ledger, f->block, row, column) : NULL;
}

/* False: the row is no fund. */
static bool read_fund_row(struct reading_form *f, unsigned row)
{
    struct project *project = form_project(f);
    const char *id;
    struct passage *label = fund_label(f, row, &id);
    struct fund *fund;

    if (!label && !project->funds.count && has_amount(f, row) && !has_label_column(f)) {
        label = first_cell(f, row);
        id = "total";
        ledger_note(f->draft->ledger, NOTICE_REVIEW, "unsure-fund", label, 0,
                    "a row of amounts does not say of which fund: it was taken for the total");
    }
    if (!label || (!id && !has_amount(f, row)))
        return false;
    fund = DRAFT_ADD(f->draft->arena, project->funds);
    fund->id = text_of(id ? id : arena_format(f->draft->arena, "fund-%zu", project->funds.count));
    for (size_t i = 0; i + 1 < project->funds.count; i++)
        if (text_is(&project->funds.items[i].id, fund->id.s))
            fund->id =
                text_of(arena_format(f->draft->arena, "%s-%zu", fund->id.s, project->funds.count));
    if (!id || strcmp(id, fund->id.s) != 0 || !f->draft->profile->funds.count)
        fund->label = form_text(f, form_whole(label));
    label->taken = true;
    f->row_name = clean_line(f->draft->arena, label->text);
    for (unsigned c = 0; c < f->table->columns && c < FORM_COLUMNS_MAX; c++) {
        const char *name;
        struct quantity *q = fund_value(fund, f->columns[c], &name);

        if (q)
            form_value(f, form_whole(fund_cell(f, row, c)),
                       f->columns[c] <= FORM_EXECUTED ? project->unit.s : NULL,
                       form_address(f, "funds", fund->id.s, name), q);
    }
    return true;
}

/* --- goals --- */

/* A row of heads of goals: the last that can be one is. False: it has none. */
static bool read_goal_heads(struct reading_form *f, unsigned row)
{
    static const char *const sure[] = {"预期目标", "设定目标", NULL};
    static const char *const perhaps[] = {"总体目标", "年度目标", "绩效目标", NULL};
    unsigned goal = 0, actual = 0;
    bool is_sure = false;

    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = form_key(f, row, c);
        bool named = false, possible = false;

        if (clean_length(key, strlen(key)) > LABEL_CHARS)
            continue;
        for (size_t i = 0; sure[i]; i++)
            named |= clean_ends(key, strlen(key), sure[i]);
        for (size_t i = 0; perhaps[i]; i++)
            possible |= clean_ends(key, strlen(key), perhaps[i]);
        is_sure |= named;
        if (named || possible)
            goal = c + 1;
        else if (strstr(key, "完成情况"))
            actual = c + 1;
    }
    if (!goal || (!is_sure && actual <= goal))
        return false;
    f->goal = goal;
    f->goal_actual = actual;
    return true;
}

/* What a goal has in a further row goes behind it. */
static void add_goal(struct reading_form *f, struct passage *cell, bool reached)
{
    struct project *project = form_project(f);
    struct text *out = reached ? &project->goal_actual : &project->goal;
    struct text own = cell ? form_text(f, form_whole(cell)) : text_of(NULL);

    if (!own.s)
        return;
    *out = out->s ? text_of(arena_format(f->draft->arena, "%s %s", out->s, own.s)) : own;
    facts_of_project(f->draft, cell, f->project - 1, reached ? "goal-actual" : "goal");
}

static void read_goal_row(struct reading_form *f, unsigned row)
{
    add_goal(f, f->goal ? form_cell(f, row, f->goal - 1) : NULL, false);
    add_goal(f, f->goal_actual ? form_cell(f, row, f->goal_actual - 1) : NULL, true);
}

/* --- the total --- */

static bool has_total(const struct project *project)
{
    for (size_t i = 0; project && i < project->indicators.count; i++)
        if (text_is(&project->indicators.items[i].id, "total"))
            return true;
    return false;
}

/* The sum of weights and scores: the first numbers of the row, wherever they stand. */
static void read_total_row(struct reading_form *f, unsigned row)
{
    static const char *const names[] = {"weight", "score"};
    struct project *project = form_project(f);
    size_t next = numbers_in_row(f, row) == 1 ? 1 : 0;
    struct quantity *values[2];
    struct indicator *total;

    if (has_total(project))
        return; /* the numbers of a second one need a person */
    total = DRAFT_ADD(f->draft->arena, project->indicators);
    values[0] = &total->weight;
    values[1] = &total->score;
    total->id = text_of("total");
    total->name = text_of("总分");
    f->row_name = "总分";
    for (unsigned c = 0; c < f->table->columns && next < 2; c++) {
        struct passage *cell = form_cell(f, row, c);

        if (!cell || !ledger_only(f->draft->ledger, cell))
            continue;
        form_value(f, form_whole(cell), NULL, form_address(f, "indicators", "total", names[next]),
                   values[next]);
        next++;
    }
}

static bool is_total_row(struct reading_form *f, unsigned row)
{
    static const char *const names[] = {"总分", "合计", "总计", "总得分", "自评总分", "得分合计"};

    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = form_key(f, row, c);
        bool found = clean_begins(key, "总分") && clean_length(key, strlen(key)) <= 8;

        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
            found |= !strcmp(key, names[i]);
        if (found) {
            form_cell(f, row, c)->taken = true; /* "总分（100分）" */
            ledger_reclass(f->draft->ledger, form_cell(f, row, c), NUMBER_NUMBERING);
        }
        if (*key)
            return found;
    }
    return false;
}

/* --- rows --- */

bool form_is_indicator_head(struct reading_form *f, unsigned row)
{
    bool level = false, name = false;

    for (unsigned c = 0; c < f->table->columns; c++) {
        enum form_column column = form_column_of(form_key(f, row, c));

        level = level || column == FORM_LEVEL1 || column == FORM_LEVEL2;
        name = name || column == FORM_NAME;
    }
    return name && (level || row_has(f, row, "三级指标"));
}

static bool is_funds_head(struct reading_form *f, unsigned row)
{
    size_t count = 0;

    for (unsigned c = 0; c < f->table->columns; c++)
        count += form_column_of(form_key(f, row, c)) != FORM_NONE;
    return row_has(f, row, "执行数") && count >= 2;
}

/* Keeps what a row has left: below heads in the parts that have them. */
static void keep_rest(struct reading_form *f, unsigned row, bool below_heads)
{
    struct table_rest rest = {.draft = f->draft,
                              .block = f->block,
                              .heads = below_heads ? f->heads : NULL,
                              .head_count = f->table->columns < FORM_COLUMNS_MAX ? f->table->columns
                                                                                 : FORM_COLUMNS_MAX,
                              .name = f->row_name,
                              .project = f->project};

    table_rest_row(&rest, row);
}

/* A row of the part that the form is in. False: it belongs to none, and has labels of its own. */
static bool read_part_row(struct reading_form *f, unsigned row)
{
    if (f->part == PART_INDICATORS && is_total_row(f, row)) {
        read_total_row(f, row);
        keep_rest(f, row, true);
        f->part = PART_HEAD;
        return true;
    }
    if (f->part == PART_INDICATORS)
        return form_indicator_row(f, row);
    if (f->part == PART_FUNDS)
        return read_fund_row(f, row);
    if (f->part == PART_GOALS)
        read_goal_row(f, row);
    return false;
}

static void read_row(struct reading_form *f, unsigned row)
{
    f->row_name = NULL;
    if (f->named != row + 1 && read_name(f, row))
        f->named = row + 1;
    if (!f->project)
        return;
    if (form_is_indicator_head(f, row) && form_columns(f, row) >= 3) {
        f->part = PART_INDICATORS;
        take_row(f, row);
    } else if (is_funds_head(f, row)) {
        form_columns(f, row);
        f->part = PART_FUNDS;
        take_row(f, row);
    } else if (f->part != PART_INDICATORS && read_goal_heads(f, row)) {
        f->part = PART_GOALS;
        take_row(f, row);
    } else if (read_part_row(f, row)) {
        keep_rest(f, row, true);
    } else {
        read_head_row(f, row);
        keep_rest(f, row, false);
    }
}

/* --- tables --- */

/* The first row that names a project, + 1; 0: none does. */
static unsigned name_row(struct reading_form *f)
{
    for (unsigned row = 0; row < f->table->rows; row++)
        for (unsigned c = 0; c < f->table->columns; c++)
            if (form_is_name_label(label_at(f, row, c), NULL) && value_of(f, row, c).cell)
                return row + 1;
    return 0;
}

static bool has_row(struct reading_form *f, bool (*is)(struct reading_form *, unsigned))
{
    for (unsigned row = 0; row < f->table->rows; row++)
        if (is(f, row))
            return true;
    return false;
}

static const char *unit_in(struct reading_form *f, const struct passage *cell)
{
    static const char *const words[] = {"资金", "预算", "金额", "执行", "单位", NULL};
    const char *key = clean_key(f->draft->arena, cell->text, strlen(cell->text)), *unit = NULL;

    if (clean_length(key, strlen(key)) <= LABEL_CHARS && clean_has_any(key, words))
        for (size_t i = 0; money_units[i]; i++)
            if (clean_ends(key, strlen(key), money_units[i]))
                unit = money_units[i]; /* the last is the longest */
    return unit;
}

/* "项目资金（万元）", "单位：元": above the indicators, or in a paragraph before the table. Without
 * one it is the report's, and that is told. */
static void find_unit(struct reading_form *f)
{
    struct draft *d = f->draft;
    const char *unit = NULL;
    struct passage *head = NULL;

    for (unsigned row = 0; row < f->table->rows && !form_is_indicator_head(f, row); row++) {
        if (is_funds_head(f, row))
            head = ledger_cell(d->ledger, f->block, row, 0);
        for (unsigned c = 0; c < f->table->columns && !unit; c++)
            unit = form_cell(f, row, c) ? unit_in(f, form_cell(f, row, c)) : NULL;
    }
    if (!head)
        return;
    for (size_t i = f->block; i > 0 && f->block - i < 3 && !unit; i--) {
        if (d->ledger->blocks[i - 1].block->kind == DOC_TABLE)
            break;
        unit = unit_in(f, ledger_paragraph(d->ledger, i - 1));
    }
    if (unit)
        form_project(f)->unit = text_of(unit);
    else
        ledger_note(d->ledger, NOTICE_REVIEW, "no-unit", head, 0,
                    "a form does not say in what unit its amounts are: they were taken for %s",
                    form_project(f)->unit.s ? form_project(f)->unit.s : "what the report has");
}

static bool is_other_sheet(const struct reading_form *f, size_t last)
{
    const struct ledger_block *blocks = f->draft->ledger->blocks;
    const char *here = blocks[f->block].block->place.sheet,
               *there = blocks[last].block->place.sheet;

    return here && (!there || strcmp(here, there) != 0);
}

/* Whether a table goes on where the one before stopped. */
static bool goes_on(struct reading_form *f, size_t last)
{
    const struct project *project = form_project(f);

    if (!project || f->block - last > 3 || form_has_title(f->draft, f->block) ||
        is_other_sheet(f, last))
        return false;
    if (has_row(f, is_funds_head))
        return !project->funds.count;
    if (has_row(f, form_is_indicator_head))
        return !has_total(project);
    return f->part == PART_INDICATORS || (!project->goal.s && has_row(f, read_goal_heads));
}

/* A form whose project is named by its title, or by nothing. */
static bool begin_unnamed(struct reading_form *f)
{
    struct passage *first = &f->draft->ledger->passages[f->draft->ledger->blocks[f->block].first];
    const char *name;

    if (!has_row(f, form_is_indicator_head) ||
        !(has_row(f, is_funds_head) || form_has_title(f->draft, f->block)))
        return false;
    name = form_title_name(f->draft, f->block);
    name_project(f, name, first);
    if (name)
        ledger_note(
            f->draft->ledger, NOTICE_REVIEW, "unsure-name", first, 0,
            "a form has no field for the name of its project: '%s' is from its title or sheet",
            name);
    return true;
}

static void read_table(struct reading_form *f)
{
    struct draft *d = f->draft;
    struct ledger_block *own = &d->ledger->blocks[f->block];
    struct table_rest rest = {.draft = d, .block = f->block};

    f->named = name_row(f);
    if (f->named)
        read_name(f, f->named - 1); /* what stands above is of the same form */
    find_unit(f);
    for (unsigned row = 0; row < f->table->rows; row++)
        read_row(f, row);
    own->use = USE_TABLE;
    own->subtitle = arena_format(d->arena, "自评表：%s", form_project(f)->name.s);
    table_rest_tell(&rest);
    form_drop_title(d, f->block);
}

void recognise_forms(struct draft *d)
{
    struct reading_form f = {.draft = d};
    size_t last = 0;

    for (size_t i = 0; i < d->ledger->block_count; i++) {
        struct ledger_block *own = &d->ledger->blocks[i];
        bool indicators;

        if (own->block->kind != DOC_TABLE || own->use == USE_TABLE)
            continue;
        f.block = i;
        f.table = own->block->table;
        if (overall_is_form(d, i)) {
            f.project = 0;
            continue;
        }
        indicators = has_row(&f, form_is_indicator_head);
        if (name_row(&f) ? !indicators && !has_row(&f, is_funds_head)
                         : !goes_on(&f, last) && !begin_unnamed(&f))
            continue;
        last = i;
        read_table(&f);
    }
}
