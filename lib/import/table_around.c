#include "base/base.h"

#include "import/table_around.h"

#include "import/clean.h"
#include "model/quantity.h"

enum { STATEMENT_BLOCKS = 4, CAPTION_BLOCKS = 6 };

bool table_is_note_row(const struct doc_table *table, unsigned row)
{
    const struct doc_cell *cell = doc_table_at(table, row, 0);

    return table->columns > 2 && cell && cell->column_span == table->columns;
}

/* The unit of money that a text begins with, or NULL. */
static const char *unit_at(const char *text)
{
    if (clean_begins(text, "人民币"))
        text += strlen("人民币");
    for (size_t i = 0; money_units[i]; i++)
        if (clean_begins(text, money_units[i]))
            return money_units[i];
    return NULL;
}

const char *table_unit_in_brackets(const char *text)
{
    static const char *const opening[] = {"（", "("}, *const closing[] = {"）", ")"};

    for (; *text; text++)
        for (size_t i = 0; i < ARRAY_SIZE(opening); i++) {
            const char *unit =
                clean_begins(text, opening[i]) ? unit_at(text + strlen(opening[i])) : NULL;
            const char *end = unit ? strstr(text, unit) + strlen(unit) : text;

            if (unit && clean_begins(end, closing[i]))
                return unit;
        }
    return NULL;
}

/* "单位：万元", "单位：个、万元": the unit of money of a text, or NULL. */
static const char *unit_in(const struct draft *d, const char *text)
{
    const char *squeezed = clean_squeeze(d->scratch, text, strlen(text));
    const char *at = strstr(squeezed, "单位：");

    if (!at)
        at = strstr(squeezed, "单位:");
    if (!at)
        return table_unit_in_brackets(squeezed);
    at += strlen(clean_begins(at, "单位：") ? "单位：" : "单位:");
    for (const char *next = strstr(at, "、"); next && !unit_at(at); next = strstr(at, "、"))
        at = next + strlen("、");
    return unit_at(at);
}

/* The unit of the lines above a table, from the nearest on, up to a table, heading or sentence. */
static const char *unit_above(const struct draft *d, size_t block, size_t caption)
{
    for (size_t i = block; i > 0 && block - i < CAPTION_BLOCKS; i--) {
        const struct ledger_block *own = &d->ledger->blocks[i - 1];
        const char *text, *unit;

        if (own->block->kind == DOC_TABLE || own->document != d->ledger->blocks[block].document)
            return NULL;
        text = ledger_paragraph(d->ledger, i - 1)->text;
        unit = unit_in(d, text);
        if (unit)
            return unit;
        if (i - 1 < caption && (own->use == USE_HEADING || strstr(text, "。")))
            return NULL;
    }
    return NULL;
}

const char *table_around_read(struct draft *d, size_t block, size_t caption)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;
    const char *unit = unit_above(d, block, caption);

    for (size_t i = caption; i < block; i++)
        d->ledger->blocks[i].use = USE_NONE;
    for (unsigned row = 0; row < table->rows && row < 3; row++)
        for (unsigned c = 0; c < table->columns; c++) {
            const struct passage *cell = ledger_cell(d->ledger, block, row, c);
            const char *own = cell && strstr(cell->text, "单位") ? unit_in(d, cell->text) : NULL;

            unit = own ? own : unit;
        }
    return unit;
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

bool table_has_figures(const struct draft *d, const char *id)
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
    bool is_empty = !table_has_figures(d, form->table->id.s);

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
