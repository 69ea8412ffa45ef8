#include "base/base.h"

#include "import/whole.h"

#include "base/err.h"
#include "import/doc_build.h"
#include "text/utf8.h"

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(const char *text)
{
    check(text && utf8_check(text, strlen(text)) == strlen(text));
}

static void check_table(const struct doc_table *table)
{
    check(table->rows && table->columns && table->cell_count);
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct doc_cell *cell = &table->cells[i];

        check_text(cell->text);
        check(cell->row_span && cell->column_span);
        check(cell->row + cell->row_span <= table->rows);
        check(cell->column + cell->column_span <= table->columns);
    }
    for (unsigned row = 0; row < table->rows; row++)
        for (unsigned column = 0; column < table->columns; column++) {
            const struct doc_cell *cell = doc_table_at(table, row, column);

            check(!cell || (cell->row <= row && row < cell->row + cell->row_span &&
                            cell->column <= column && column < cell->column + cell->column_span));
        }
}

void whole_check(const struct document *document)
{
    for (size_t i = 0; i < document->count; i++) {
        const struct doc_block *block = &document->blocks[i];

        check(block->place.block == i + 1);
        check((block->kind == DOC_HEADING) == (block->level > 0));
        if (block->kind == DOC_TABLE) {
            check_table(block->table);
        } else {
            check_text(block->text);
            check(*block->text);
        }
    }
}

const char *whole_part(const uint8_t **data, size_t *size, size_t *len)
{
    const char *start = (const char *)*data;
    const uint8_t *end = *size ? memchr(*data, 0, *size) : NULL;

    *len = end ? (size_t)(end - *data) : *size;
    *data += *len + (end != NULL);
    *size -= *len + (end != NULL);
    return start;
}

void whole_try(int (*read)(struct doc_reading *r, const uint8_t *data, size_t size),
               const uint8_t *data, size_t size)
{
    const struct doc_limits limits = {1 << 20, 1 << 20, 10000, 5};
    struct document document = {.file = "fuzz"};
    struct errs errs = ERRS_INIT;
    struct doc_reading r = {.data = (const char *)data,
                            .len = size,
                            .limits = &limits,
                            .document = &document,
                            .errs = &errs};
    int result = read(&r, data, size);

    check((result != 0) == (errs_count(&errs) != 0));
    whole_check(&document);
    document_release(&document);
    errs_release(&errs);
}
