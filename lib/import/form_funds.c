#include "base/base.h"

#include "import/clean.h"
#include "import/form_reading.h"

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

    return cell ? cell : form_next_cell(f, row, 0);
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
bool form_fund_row(struct reading_form *f, unsigned row)
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
    fund = DRAFT_ADD(f->draft->records, project->funds);
    fund->id = text_of(id ? id : arena_format(f->draft->arena, "fund-%zu", project->funds.count));
    for (size_t i = 0; i + 1 < project->funds.count; i++)
        if (text_is(&project->funds.items[i].id, fund->id.s))
            fund->id =
                text_of(arena_format(f->draft->arena, "%s-%zu", fund->id.s, project->funds.count));
    if (!id || strcmp(id, fund->id.s) != 0 || !f->draft->profile->funds.count)
        fund->label = form_text(f, form_whole(label));
    label->taken = true;
    f->row_name = clean_line(f->draft->scratch, label->text);
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
