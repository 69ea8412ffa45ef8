#include "base/base.h"

#include "import/table_around.h"

#include "import/clean.h"
#include "model/quantity.h"

enum { STATEMENT_BLOCKS = 4 };

bool table_is_note_row(const struct doc_table *table, unsigned row)
{
    const struct doc_cell *cell = doc_table_at(table, row, 0);

    return table->columns > 2 && cell && cell->column_span == table->columns;
}

/* "单位：万元": the unit of money of a text, or NULL. */
static const char *unit_in(const struct draft *d, const char *text)
{
    const char *squeezed = clean_squeeze(d->arena, text, strlen(text));
    const char *at = strstr(squeezed, "单位：");

    if (!at)
        at = strstr(squeezed, "单位:");
    if (!at)
        return NULL;
    at += strlen(clean_begins(at, "单位：") ? "单位：" : "单位:");
    if (clean_begins(at, "人民币"))
        at += strlen("人民币");
    for (size_t i = 0; money_units[i]; i++)
        if (clean_begins(at, money_units[i]))
            return money_units[i];
    return NULL;
}

static void take_unit(struct draft *d, const struct form *form, const char *text)
{
    const char *unit = unit_in(d, text);

    if (unit && !text_is(&d->report.unit, unit))
        draft_table(d, form->table->id.s)->unit = text_of(unit);
}

void table_around_read(struct draft *d, const struct form *form, size_t block, size_t caption)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (size_t i = caption; i < block; i++) {
        take_unit(d, form, ledger_paragraph(d->ledger, i)->text);
        d->ledger->blocks[i].use = USE_NONE;
    }
    for (unsigned row = 0; row < table->rows && row < 3; row++)
        for (unsigned c = 0; c < table->columns; c++) {
            const struct passage *cell = ledger_cell(d->ledger, block, row, c);

            if (cell)
                take_unit(d, form, cell->text);
        }
}

static bool says_nothing(const char *text)
{
    static const char *const none[] = {"没有", "无", "不涉及", NULL};
    static const char *const what[] = {"数据", "支出", "收支", "收入", "此表", "空表", NULL};

    return clean_has_any(text, none) && clean_has_any(text, what);
}

static void take_statement(struct draft *d, const struct form *form, const char *text)
{
    struct table *table = draft_table(d, form->table->id.s);

    if (!says_nothing(text))
        return;
    table->status = text_of("empty-with-statement");
    table->statement = text_of(clean_line(d->arena, text));
}

/* A row of a table without figures may say so, too. */
static void read_note_rows(struct draft *d, const struct form *form, size_t block)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (unsigned row = 1; row < table->rows; row++)
        if (table_is_note_row(table, row))
            take_statement(d, form, ledger_cell(d->ledger, block, row, 0)->text);
}

static bool has_figures(const struct draft *d, const char *id)
{
    for (size_t i = 0; i < d->report.tables.count; i++)
        for (size_t l = 0; text_is(&d->report.tables.items[i].id, id) &&
                           l < d->report.tables.items[i].lines.count;
             l++)
            if (d->report.tables.items[i].lines.items[l].figures.count)
                return true;
    return false;
}

void table_notes_read(struct draft *d, const struct form *form, size_t block)
{
    static const char *const notes[] = {"注：", "注:", "说明：", "说明:", "备注："};
    bool is_empty = !has_figures(d, form->table->id.s);

    if (is_empty)
        read_note_rows(d, form, block);
    for (size_t i = block + 1; i < d->ledger->block_count && i <= block + STATEMENT_BLOCKS; i++) {
        struct ledger_block *own = &d->ledger->blocks[i];
        const char *text;
        bool is_note = false;

        if (own->block->kind == DOC_TABLE || own->use == USE_HEADING)
            return;
        text = ledger_paragraph(d->ledger, i)->text;
        text += strspn(text, " ");
        for (size_t n = 0; n < ARRAY_SIZE(notes); n++)
            if (clean_begins(text, notes[n])) {
                is_note = true;
                text += strlen(notes[n]);
                break;
            }
        if (!is_note && !(is_empty && says_nothing(text)))
            return;
        own->use = USE_NONE;
        if (is_empty)
            take_statement(d, form, text);
    }
}
