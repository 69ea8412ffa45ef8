#include "base/base.h"

#include "import/clean.h"
#include "import/contacts.h"
#include "import/facts.h"
#include "import/form_reading.h"

enum { LABEL_CHARS = 12 };

/* --- labels --- */

/* What stands behind a label: in its own cell behind a colon, or else in the next cell. */
static struct form_piece form_value_of(struct reading_form *f, unsigned row, unsigned column)
{
    struct passage *cell = form_cell(f, row, column);
    const char *colon = cell ? strstr(cell->text, "：") : NULL;
    size_t width = strlen("：");

    if (cell && !colon) {
        colon = strchr(cell->text, ':');
        width = 1;
    }
    if (colon && clean_length(cell->text, (size_t)(colon - cell->text)) <= LABEL_CHARS &&
        *clean_squeeze(f->draft->scratch, colon + width, strlen(colon + width)))
        return (struct form_piece){cell, (size_t)(colon - cell->text) + width, strlen(cell->text)};
    return form_whole(form_next_cell(f, row, column));
}

/* The key of the label that a cell is, or begins with; "": it is none. */
static const char *form_label_at(struct reading_form *f, unsigned row, unsigned column)
{
    struct passage *cell = form_cell(f, row, column);
    struct form_piece value = form_value_of(f, row, column);
    size_t len = !cell ? 0 : value.cell == cell ? value.start : strlen(cell->text);
    const char *key = len ? clean_key(f->draft->scratch, cell->text, len) : "";

    return clean_length(key, strlen(key)) <= LABEL_CHARS + 2 ? key : "";
}

void form_name_project(struct reading_form *f, const char *name, const struct passage *where)
{
    struct draft *d = f->draft;
    const char *id = draft_new_id(d, &entity_project, name, "p");
    struct project *project = DRAFT_ADD(d->records, d->report.projects);

    f->project = d->report.projects.count;
    project->id = text_of(id);
    project->name = text_of(name ? arena_strdup(d->arena, name) : NULL);
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

    if (!project || !name || !text_is(&project->name, name) || form_has_total(project))
        return false;
    for (unsigned row = 0; row < f->table->rows && project->funds.count; row++)
        if (form_row_has(f, row, "执行数"))
            return false;
    return true;
}

/* Whether a cell is the label of the project's name, and no head of a column of a list. */
static bool is_name_label(struct reading_form *f, unsigned row, unsigned column, bool *other)
{
    size_t heads = 0;

    if (!form_is_name_label(form_label_at(f, row, column), other) ||
        !form_value_of(f, row, column).cell)
        return false;
    for (unsigned c = 0; c < f->table->columns; c++)
        heads += form_column_of(form_key(f, row, c)) != FORM_NONE;
    return heads < 2;
}

/* The project that a row names. False: it names none. */
bool form_read_name(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; c < f->table->columns; c++) {
        struct form_piece value = form_value_of(f, row, c);
        struct passage *label = form_cell(f, row, c);
        const char *name;
        bool other;

        if (!is_name_label(f, row, c, &other))
            continue;
        label->taken = true;
        name = form_text(f, value).s;
        if (is_same_again(f, name))
            return true;
        form_name_project(f, name, value.cell);
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
    const char *words = form_words_of(f, value);

    for (size_t i = 0; i < ARRAY_SIZE(goals); i++)
        goal |= !strcmp(key, goals[i]);
    if ((!goal && !reached) || out->s || clean_length(words, strlen(words)) < LABEL_CHARS)
        return false;
    *out = form_text(f, value);
    facts_of_project(f->draft, value.cell, f->project - 1, reached ? "goal-actual" : "goal");
    return true;
}

/* A cell that says what the next one is. */
static void read_label(struct reading_form *f, unsigned row, unsigned column)
{
    const char *key = form_label_at(f, row, column);
    struct form_piece value = form_value_of(f, row, column);
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

void form_head_row(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; f->project && c < f->table->columns; c++)
        read_label(f, row, c);
}

/* The first row that names a project, + 1; 0: none does. */
unsigned form_name_row(struct reading_form *f)
{
    for (unsigned row = 0; row < f->table->rows; row++)
        for (unsigned c = 0; c < f->table->columns; c++)
            if (is_name_label(f, row, c, NULL))
                return row + 1;
    return 0;
}

/* --- the unit --- */

static const char *unit_in(struct reading_form *f, const struct passage *cell)
{
    static const char *const words[] = {"资金", "预算", "金额", "执行", "单位", NULL};
    const char *key = draft_key(f->draft, cell), *unit = NULL;

    if (clean_length(key, strlen(key)) <= LABEL_CHARS && clean_has_any(key, words))
        for (size_t i = 0; money_units[i]; i++)
            if (clean_ends(key, strlen(key), money_units[i]))
                unit = money_units[i]; /* the last is the longest */
    return unit;
}

/* "项目资金（万元）", "单位：元": above the indicators, or in a paragraph before the table. Without
 * one it is the report's, and that is told. */
void form_find_unit(struct reading_form *f, unsigned from)
{
    struct draft *d = f->draft;
    const char *unit = NULL;
    struct passage *head = NULL;

    for (unsigned row = from; row < f->table->rows && !form_is_indicator_head(f, row); row++) {
        if (form_is_funds_head(f, row))
            head = ledger_cell(d->ledger, f->block, row, 0);
        for (unsigned c = 0; c < f->table->columns && !unit; c++)
            unit = form_cell(f, row, c) ? unit_in(f, form_cell(f, row, c)) : NULL;
    }
    if (!head)
        return;
    for (size_t i = f->block; i > 0 && f->block - i < 3 && !unit; i--) {
        const struct ledger_block *before = &d->ledger->blocks[i - 1];

        if (before->block->kind == DOC_TABLE ||
            before->document != d->ledger->blocks[f->block].document)
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
