/*
 * Prints what document_read() makes of a file, for tests to compare:
 *
 *     heading 1: 第一部分
 *     paragraph: text, line feeds as \n
 *     table 2x3
 *       1,1: the cell of row 1, column 1
 *       1,2 1x2: one that covers a row and two columns
 *       2,1 stored 0.125: 13%
 *
 * With -p, the places, as far as they are known, in front. With -l, cells limited to so many and
 * unpacked bytes to as many. Errors go to standard error, with their hints.
 */
#include "base/base.h"

#include "base/err.h"
#include "import/document.h"

static bool places;

static void print_text(const char *s)
{
    for (; *s; s++) {
        if (*s == '\n')
            fputs("\\n", stdout);
        else if (*s == '\t')
            fputs("\\t", stdout);
        else
            putchar(*s);
    }
    putchar('\n');
}

static void print_place(const struct doc_place *p)
{
    if (!places)
        return;
    printf("[");
    if (p->sheet)
        printf("sheet %s ", p->sheet);
    if (p->page)
        printf("page %u ", p->page);
    if (p->line)
        printf("line %u ", p->line);
    printf("block %u", p->block);
    if (p->row)
        printf(" row %u column %u", p->row, p->column);
    printf("] ");
}

static void print_table(const struct doc_table *table)
{
    printf("table %ux%u\n", table->rows, table->columns);
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct doc_cell *cell = &table->cells[i];

        printf("  ");
        print_place(&cell->place);
        printf("%u,%u", cell->row + 1, cell->column + 1);
        if (cell->row_span != 1 || cell->column_span != 1)
            printf(" %ux%u", cell->row_span, cell->column_span);
        if (cell->stored)
            printf(" stored %s", cell->stored);
        printf(": ");
        print_text(cell->text);
        if (doc_table_at(table, cell->row, cell->column) != cell)
            abort();
    }
}

static void print_block(const struct doc_block *block)
{
    print_place(&block->place);
    if (block->kind == DOC_TABLE) {
        print_table(block->table);
        return;
    }
    if (block->kind == DOC_HEADING)
        printf("heading %u: ", block->level);
    else
        printf(block->kind == DOC_EDGE ? "edge: " : "paragraph: ");
    print_text(block->text);
}

int main(int argc, char **argv)
{
    struct doc_limits limits = doc_limits_default;
    struct document document;
    struct errs errs = ERRS_INIT;
    int option, result;

    while ((option = getopt(argc, argv, "pl:")) != -1) {
        if (option == 'p')
            places = true;
        else if (option == 'l')
            limits.cells = limits.unpacked_size = strtoul(optarg, NULL, 10);
        else
            return 2;
    }
    if (optind + 1 != argc)
        return 2;
    result = document_read(argv[optind], &limits, &document, &errs);
    if (!result)
        printf("format %s\n", document.format);
    for (size_t i = 0; !result && i < document.count; i++)
        print_block(&document.blocks[i]);
    for (size_t i = 0; i < errs.count; i++) {
        const struct err *err = &errs.items[i];

        fprintf(stderr, "%s %s: %s\n", err->severity == SEVERITY_ERROR ? "error" : "warning",
                err->id, err->message);
        if (err->hint)
            fprintf(stderr, "  hint: %s\n", err->hint);
    }
    document_release(&document);
    errs_release(&errs);
    return result ? 1 : 0;
}
