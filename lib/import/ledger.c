#include "base/base.h"

#include "import/ledger.h"

#include "import/clean.h"

/* --- entering --- */

static void enter_numbers(struct ledger *l, struct passage *passage, size_t index,
                          struct numbers *found)
{
    found->count = 0;
    numbers_find(l->arena, passage->text, found);
    passage->first = l->entry_count;
    passage->count = found->count;
    for (size_t i = 0; i < found->count; i++) {
        ARENA_GROW(l->arena, l->entries, l->entry_count, l->entry_cap);
        l->entries[l->entry_count++] = (struct entry){.number = found->items[i], .passage = index};
    }
}

static void enter_passage(struct ledger *l, size_t block, unsigned cell, const char *raw,
                          const struct doc_place *place, struct numbers *found)
{
    const char *text = clean_text(l->scratch, raw);
    struct passage *passage;

    ARENA_GROW(l->arena, l->passages, l->passage_count, l->passage_cap);
    passage = &l->passages[l->passage_count];
    *passage = (struct passage){.text = strcmp(text, raw) != 0 ? arena_strdup(l->arena, text) : raw,
                                .raw = raw,
                                .document = l->blocks[block].document,
                                .place = place,
                                .block = block,
                                .cell = cell};
    enter_numbers(l, passage, l->passage_count, found);
    l->passage_count++;
    arena_reset(l->scratch);
}

void ledger_enter(struct ledger *l, const struct document *document)
{
    struct numbers found = {0};

    for (size_t i = 0; i < document->count; i++) {
        const struct doc_block *block = &document->blocks[i];
        struct ledger_block *own;
        size_t index = l->block_count;

        ARENA_GROW(l->arena, l->blocks, l->block_count, l->block_cap);
        own = &l->blocks[l->block_count++];
        *own = (struct ledger_block){
            .block = block, .document = document, .first = l->passage_count, .use = USE_TEXT};
        if (block->kind == DOC_TABLE)
            for (size_t cell = 0; cell < block->table->cell_count; cell++)
                enter_passage(l, index, (unsigned)cell, block->table->cells[cell].text,
                              &block->table->cells[cell].place, &found);
        else
            enter_passage(l, index, 0, block->text ? block->text : "", &block->place, &found);
        l->blocks[index].count = l->passage_count - own->first;
    }
}

/* --- looking up --- */

const char *ledger_raw(const struct passage *passage)
{
    return passage->kept ? passage->kept : passage->raw;
}

struct passage *ledger_paragraph(struct ledger *l, size_t block)
{
    return &l->passages[l->blocks[block].first];
}

struct passage *ledger_cell(struct ledger *l, size_t block, unsigned row, unsigned column)
{
    const struct doc_table *table = l->blocks[block].block->table;
    const struct doc_cell *cell = doc_table_at(table, row, column);

    return cell ? &l->passages[l->blocks[block].first + (size_t)(cell - table->cells)] : NULL;
}

struct passage *ledger_cell_here(struct ledger *l, size_t block, unsigned row, unsigned column)
{
    const struct doc_cell *cell = doc_table_at(l->blocks[block].block->table, row, column);

    return cell && cell->row == row && cell->column == column ? ledger_cell(l, block, row, column)
                                                              : NULL;
}

struct entry *ledger_entry(struct ledger *l, const struct passage *passage, size_t start)
{
    for (size_t i = 0; i < passage->count; i++) {
        struct entry *entry = &l->entries[passage->first + i];

        if (entry->number.start == start)
            return entry;
    }
    return NULL;
}

/* "100%……", "≥ 95 %": what may stand beside a number that is all of a cell. */
static bool is_decoration(const char *s, size_t len)
{
    static const char *const pieces[] = {" ", "\n", "…", "。", "．", ".", "%", "%%", "*"};
    size_t at = 0;

    while (at < len) {
        size_t n = 0;

        for (size_t i = 0; i < ARRAY_SIZE(pieces) && !n; i++)
            if (at + strlen(pieces[i]) <= len && clean_begins(s + at, pieces[i]))
                n = strlen(pieces[i]);
        if (!n)
            return false;
        at += n;
    }
    return true;
}

struct entry *ledger_only_in(struct ledger *l, const struct passage *passage, size_t start,
                             size_t end)
{
    struct entry *entry = NULL;

    for (size_t i = 0; i < passage->count; i++) {
        struct entry *other = &l->entries[passage->first + i];

        if (other->number.start < start || other->number.start >= end)
            continue;
        if (entry)
            return NULL;
        entry = other;
    }
    /* a bare 2021 in a cell is no year, as long as nothing says so */
    if (!entry || (entry->number.class != NUMBER_FIGURE && entry->number.class != NUMBER_DATE) ||
        !is_decoration(passage->text + start, entry->number.start - start) ||
        !is_decoration(passage->text + entry->number.unit_end, end - entry->number.unit_end))
        return NULL;
    return entry;
}

struct entry *ledger_only(struct ledger *l, const struct passage *passage)
{
    return passage ? ledger_only_in(l, passage, 0, strlen(passage->text)) : NULL;
}

bool ledger_has_figures(const struct ledger *l, const struct passage *passage)
{
    for (size_t i = 0; i < passage->count; i++)
        if (l->entries[passage->first + i].number.class == NUMBER_FIGURE)
            return true;
    return false;
}

/* --- what became of them --- */

void ledger_place(struct entry *entry, enum entry_state state, const char *address)
{
    entry->state = state;
    entry->address = address;
    entry->number.class = NUMBER_FIGURE;
}

void ledger_keep(struct ledger *l, const struct passage *passage)
{
    for (size_t i = 0; i < passage->count; i++) {
        struct entry *entry = &l->entries[passage->first + i];

        if (entry->state == ENTRY_LOOSE && !entry->other)
            entry->state = ENTRY_TEXT;
    }
}

void ledger_reclass(struct ledger *l, const struct passage *passage, enum number_class class)
{
    for (size_t i = 0; i < passage->count; i++)
        if (l->entries[passage->first + i].state == ENTRY_LOOSE &&
            l->entries[passage->first + i].number.class == NUMBER_FIGURE)
            l->entries[passage->first + i].number.class = class;
}

void ledger_note(struct ledger *l, enum notice_kind kind, const char *id,
                 const struct passage *passage, size_t offset, const char *format, ...)
{
    struct notice *notice;
    va_list args;

    ARENA_GROW(l->arena, l->notices, l->notice_count, l->notice_cap);
    notice = &l->notices[l->notice_count++];
    va_start(args, format);
    *notice = (struct notice){.kind = kind,
                              .id = id,
                              .message = arena_vformat(l->arena, format, args),
                              .passage = passage,
                              .offset = offset};
    va_end(args);
}
