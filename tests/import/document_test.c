#include "base/base.h"

#include "import/document.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/testing.h"
#include "import/doc_build.h"
#include "import/whole.h"

struct ground {
    struct document document;
    struct errs errs;
    struct doc_reading reading;
    struct doc_limits limits;
    struct doc_table_build build;
};

static int set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));

    g->limits = doc_limits_default;
    g->document.file = "x";
    g->reading =
        (struct doc_reading){.limits = &g->limits, .document = &g->document, .errs = &g->errs};
    doc_table_begin(&g->build, &g->reading);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;

    document_release(&g->document);
    errs_release(&g->errs);
    free(g);
    return 0;
}

static const struct doc_table *finish(struct ground *g)
{
    struct doc_table *table;

    assert_int_equal(doc_table_end(&g->build, &table), 0);
    doc_add_table(&g->reading, table, (struct doc_place){.page = 7});
    whole_check(&g->document);
    return table;
}

static const char *text_at(const struct doc_table *table, unsigned row, unsigned column)
{
    const struct doc_cell *cell = doc_table_at(table, row, column);

    return cell ? cell->text : NULL;
}

static void a_cell_is_found_at_every_place_that_it_covers(void **state)
{
    struct ground *g = *state;
    const struct doc_table *table;

    doc_table_append(&g->build, "a", 2, 1);
    doc_table_append(&g->build, "b", 1, 2);
    doc_table_next_row(&g->build);
    doc_table_append(&g->build, "c", 1, 1);
    doc_table_append(&g->build, "d", 1, 1);
    doc_table_next_row(&g->build);
    table = finish(g);
    assert_int_equal(table->rows, 2);
    assert_int_equal(table->columns, 3);
    assert_string_equal(text_at(table, 1, 0), "a");
    assert_string_equal(text_at(table, 0, 2), "b");
    assert_string_equal(text_at(table, 1, 1), "c");
    assert_string_equal(text_at(table, 1, 2), "d");
    assert_null(doc_table_at(table, 2, 0));
    assert_null(doc_table_at(table, 0, 3));
    assert_int_equal(table->cells[1].place.page, 7);
    assert_int_equal(table->cells[1].place.row, 1);
    assert_int_equal(table->cells[1].place.column, 2);
    assert_int_equal(table->cells[1].place.block, 1);
}

static void a_place_without_a_cell_has_none(void **state)
{
    struct ground *g = *state;
    const struct doc_table *table;

    doc_table_append(&g->build, "a", 1, 1);
    doc_table_append(&g->build, "b", 1, 1);
    doc_table_next_row(&g->build);
    doc_table_append(&g->build, "c", 1, 1);
    table = finish(g);
    assert_null(doc_table_at(table, 1, 1));
}

static void spans_end_at_other_cells_and_at_the_last_row(void **state)
{
    struct ground *g = *state;
    const struct doc_table *table;

    doc_table_put(&g->build, 0, 0, "a", 99, 99);
    doc_table_put(&g->build, 0, 2, "b", 1, 1);
    doc_table_put(&g->build, 2, 1, "c", 1, 1);
    table = finish(g);
    assert_int_equal(table->rows, 3);
    assert_int_equal(table->columns, 3);
    assert_int_equal(table->cells[0].row_span, 2);
    assert_int_equal(table->cells[0].column_span, 2);
    assert_string_equal(text_at(table, 2, 1), "c");
}

static void columns_that_no_cell_begins_in_are_left_out(void **state)
{
    struct ground *g = *state;
    const struct doc_table *table;

    doc_table_put(&g->build, 0, 0, "a", 1, 1000);
    doc_table_put(&g->build, 1, 0, "b", 1, 400);
    doc_table_put(&g->build, 1, 400, "c", 1, 600);
    table = finish(g);
    assert_int_equal(table->columns, 2);
    assert_int_equal(table->cells[0].column_span, 2);
    assert_string_equal(text_at(table, 1, 1), "c");
}

static void there_are_no_more_cells_than_allowed(void **state)
{
    struct ground *g = *state;
    struct doc_table *table;

    g->limits.cells = 4;
    doc_table_put(&g->build, 0, 0, "a", 1, 1);
    doc_table_put(&g->build, 1, 1, "b", 1, 1);
    finish(g);
    doc_table_begin(&g->build, &g->reading);
    doc_table_put(&g->build, 0, 0, "c", 1, 1);
    assert_int_equal(doc_table_end(&g->build, &table), -1);
    assert_null(table);
    assert_int_equal(errs_count(&g->errs), 1);
    assert_string_equal(g->errs.items[0].id, "document-too-large");
}

static void texts_are_without_blanks_at_their_ends(void **state)
{
    struct ground *g = *state;
    const char *text = " \t\xe3\x80\x80\xc2\xa0"
                       "虚\xe3\x80\x80构\n\xe3\x80\x80 ";

    doc_add_paragraph(&g->reading, text, strlen(text), (struct doc_place){.line = 3});
    doc_add_paragraph(&g->reading, " \xe3\x80\x80 ", 5, (struct doc_place){.line = 4});
    assert_int_equal(g->document.count, 1);
    assert_string_equal(g->document.blocks[0].text, "虚\xe3\x80\x80构");
    assert_int_equal(g->document.blocks[0].place.line, 3);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_cell_is_found_at_every_place_that_it_covers, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_place_without_a_cell_has_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(spans_end_at_other_cells_and_at_the_last_row, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(columns_that_no_cell_begins_in_are_left_out, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(there_are_no_more_cells_than_allowed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_are_without_blanks_at_their_ends, set_up, tear_down),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
