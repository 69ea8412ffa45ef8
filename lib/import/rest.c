#include "base/base.h"

#include "import/rest.h"

#include "import/clean.h"
#include "import/contacts.h"
#include "import/facts.h"

static size_t loose_in(const struct draft *d, const struct ledger_block *block)
{
    size_t count = 0;

    for (size_t p = 0; p < block->count; p++) {
        const struct passage *passage = &d->ledger->passages[block->first + p];

        for (size_t i = 0; i < passage->count; i++) {
            const struct entry *entry = &d->ledger->entries[passage->first + i];

            count += entry->state == ENTRY_LOOSE && entry->number.class == NUMBER_FIGURE;
        }
    }
    return count;
}

static void keep_block(struct draft *d, const struct ledger_block *block)
{
    for (size_t p = 0; p < block->count; p++)
        ledger_keep(d->ledger, &d->ledger->passages[block->first + p]);
}

/* The columns of a table that number its rows. */
static void number_rows(struct draft *d, size_t block)
{
    static const char *const heads[] = {"序号", "行次", "编号"};
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (unsigned c = 0; c < table->columns; c++) {
        const struct passage *head = ledger_cell(d->ledger, block, 0, c);
        const char *key = head ? clean_key(d->arena, head->text, strlen(head->text)) : "";
        bool numbers = false;

        for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
            numbers |= !strcmp(key, heads[i]);
        for (unsigned row = 1; numbers && row < table->rows; row++) {
            const struct passage *cell = ledger_cell(d->ledger, block, row, c);

            if (cell)
                ledger_reclass(d->ledger, cell, NUMBER_NUMBERING);
        }
    }
}

/* The nearest cell that is no number, to the left in a row or above in a column; "": none. */
static const char *name_beside(struct draft *d, size_t block, unsigned row, unsigned column,
                               bool above)
{
    unsigned *at = above ? &row : &column;

    while ((*at)--) {
        const struct passage *cell = ledger_cell(d->ledger, block, row, column);
        const char *line = cell ? clean_line(d->arena, cell->text) : "";

        line = clean_trim(d->arena, line, strlen(line));
        if (*line && !ledger_only(d->ledger, cell) && clean_length(line, strlen(line)) < 40)
            return line;
    }
    return "";
}

/* The figures of a table that nobody knows are called as its row and column are. */
static void name_cells(struct draft *d, size_t index, const char *scope)
{
    const struct doc_table *table = d->ledger->blocks[index].block->table;

    for (size_t i = 0; i < table->cell_count; i++) {
        const struct doc_cell *cell = &table->cells[i];
        struct passage *passage = ledger_cell(d->ledger, index, cell->row, cell->column);
        struct entry *entry = passage ? ledger_only(d->ledger, passage) : NULL;
        const char *row, *column;

        if (!entry || entry->state != ENTRY_LOOSE || entry->number.class != NUMBER_FIGURE)
            continue;
        row = name_beside(d, index, cell->row, cell->column, false);
        column = name_beside(d, index, cell->row, cell->column, true);
        if (*row && *column)
            draft_fact(d, entry, scope, arena_format(d->arena, "%s：%s", row, column), NULL);
    }
}

static void place_block(struct draft *d, size_t index)
{
    const struct ledger_block *block = &d->ledger->blocks[index];
    const char *scope =
        block->owner ? arena_format(d->arena, "evaluations/%s", block->owner) : NULL;

    if (block->use == USE_TABLE)
        return; /* what is loose there needs a person */
    if (block->block->kind == DOC_TABLE) {
        contacts_take_cells(d, index);
        number_rows(d, index);
        if (loose_in(d, block) && block->read)
            ledger_note(d->ledger, NOTICE_REVIEW, "form-figures",
                        &d->ledger->passages[block->first], 0,
                        "the form of a department has figures that an evaluation has no place for: "
                        "they are its facts");
        else if (loose_in(d, block))
            ledger_note(d->ledger, NOTICE_REVIEW, "unknown-table",
                        &d->ledger->passages[block->first], 0,
                        "a table of %u rows is none that is known: it is kept in the text, its "
                        "figures are facts",
                        block->block->table->rows);
        name_cells(d, index, scope);
        keep_block(d, block);
        return;
    }
    if (block->use == USE_TEXT)
        for (size_t p = 0; p < block->count; p++)
            facts_of_passage(d, &d->ledger->passages[block->first + p], scope);
    keep_block(d, block);
}

void rest_place(struct draft *d)
{
    for (size_t i = 0; i < d->ledger->block_count; i++)
        place_block(d, i);
}
