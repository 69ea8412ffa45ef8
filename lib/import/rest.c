#include "base/base.h"

#include "import/rest.h"

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

static void place_block(struct draft *d, const struct ledger_block *block)
{
    if (block->use == USE_TABLE)
        return; /* what is loose there needs a person */
    if (block->block->kind == DOC_TABLE) {
        if (loose_in(d, block))
            ledger_note(d->ledger, NOTICE_REVIEW, "unknown-table", &d->ledger->passages[block->first], 0,
                        "a table of %u rows is none that is known: it is kept as it is, in the "
                        "text",
                        block->block->table->rows);
        keep_block(d, block);
        return;
    }
    if (block->use == USE_TEXT)
        for (size_t p = 0; p < block->count; p++)
            facts_of_passage(d, &d->ledger->passages[block->first + p],
                             block->owner
                                 ? arena_format(d->arena, "evaluations/%s", block->owner)
                                 : NULL);
    keep_block(d, block);
}

void rest_place(struct draft *d)
{
    for (size_t i = 0; i < d->ledger->block_count; i++)
        place_block(d, &d->ledger->blocks[i]);
}
