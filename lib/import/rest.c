#include "base/base.h"

#include "import/rest.h"

#include "base/mem.h"
#include "import/clean.h"
#include "import/contacts.h"
#include "import/facts.h"
#include "import/others.h"

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

/* The columns of a table that number its rows, or have codes. */
static void number_rows(struct draft *d, size_t block)
{
    static const char *const heads[] = {"序号", "行次", "编号"};
    static const char *const codes[] = {"科目编码", "科目代码", NULL};
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (unsigned c = 0; c < table->columns; c++) {
        const struct passage *head = ledger_cell(d->ledger, block, 0, c);
        const char *key = draft_key(d, head);
        bool numbers = false, is_codes = clean_has_any(key, codes);

        for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
            numbers |= !strcmp(key, heads[i]);
        for (unsigned row = 1; (numbers || is_codes) && row < table->rows; row++) {
            const struct passage *cell = ledger_cell(d->ledger, block, row, c);

            if (cell)
                ledger_reclass(d->ledger, cell, numbers ? NUMBER_NUMBERING : NUMBER_CODE);
        }
    }
}

/* What a cell names, when it is no number; "": nothing. */
static const char *name_in(struct draft *d, const struct passage *cell)
{
    const char *line;

    if (!cell || ledger_only(d->ledger, cell))
        return "";
    line = clean_line(d->scratch, cell->text);
    line = clean_trim(d->scratch, line, strlen(line));
    return clean_length(line, strlen(line)) < 40 ? line : "";
}

/* The figures of a table that nobody knows are called as its row and column are: by the nearest
 * name to the left, and above. */
static void name_cells(struct draft *d, size_t index, const char *scope)
{
    const struct doc_table *table = d->ledger->blocks[index].block->table;
    const struct passage **above = mem_zalloc(table->columns + 1, sizeof(*above));

    for (unsigned row = 0; row < table->rows; row++) {
        const struct passage *left = NULL;

        for (unsigned c = 0; c < table->columns; c++) {
            const struct doc_cell *cell = doc_table_at(table, row, c);
            const struct passage *passage = ledger_cell(d->ledger, index, row, c);
            struct entry *entry = passage ? ledger_only(d->ledger, passage) : NULL;

            if (entry && left && above[c] && cell->row == row && cell->column == c &&
                entry->state == ENTRY_LOOSE && entry->number.class == NUMBER_FIGURE)
                draft_fact(
                    d, entry, scope,
                    arena_format(d->scratch, "%s：%s", name_in(d, left), name_in(d, above[c])),
                    NULL);
            if (*name_in(d, passage))
                left = above[c] = passage;
        }
        arena_reset(d->scratch);
    }
    free(above);
}

static void place_block(struct draft *d, size_t index)
{
    const struct ledger_block *block = &d->ledger->blocks[index];
    const char *scope =
        block->owner ? arena_format(d->arena, "evaluations/%s", block->owner) : NULL;

    if (block->use == USE_TABLE) { /* what is loose there needs a person */
        others_tell(d, index);
        return;
    }
    if (block->block->kind == DOC_TABLE) {
        contacts_take_cells(d, index);
        number_rows(d, index);
        others_tell(d, index);
        if (block->other)
            return;
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
    others_tell(d, index);
    keep_block(d, block);
}

void rest_place(struct draft *d)
{
    for (size_t i = 0; i < d->ledger->block_count; i++) {
        place_block(d, i);
        arena_reset(d->scratch);
    }
}
