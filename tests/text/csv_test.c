/*
 * Run without arguments, this is a test like the others. csv_test.py runs it as
 *
 *     csv_test write COUNT   makes random tables; prints for each {"cells": rows of [kind, text],
 *                            "csv": as written}
 *     csv_test read          reads tables, each ended by a NUL, from standard input; prints for
 *                            each its rows, or the line of the error
 *
 * and compares with what Python's csv module makes of the same.
 */
#include "base/base.h"

#include "text/csv.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "text/json_write.h"

/* --- writing --- */

static void assert_text_cell(const char *text, const char *expected)
{
    struct strbuf out = STRBUF_INIT;
    struct csv_writer w = {&out, false};

    csv_put_text(&w, text, strlen(text));
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void writes_rows_of_cells(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct csv_writer w = {&out, false};

    (void)state;
    csv_put_text(&w, "id", 2);
    csv_put_text(&w, "金额", 6);
    csv_end_row(&w);
    csv_put_text(&w, "20103", 5);
    csv_put_number(&w, "3940.54", 7);
    csv_end_row(&w);
    csv_put_text(&w, NULL, 0);
    csv_put_number(&w, NULL, 0);
    csv_end_row(&w);
    assert_string_equal(out.buf, "id,金额\n20103,3940.54\n,\n");
    strbuf_release(&out);
}

/* A row of one empty cell would be an empty line, which readers leave out. */
static void a_lone_empty_cell_is_written_with_quotes(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct csv_writer w = {&out, false};

    (void)state;
    for (int i = 0; i < 2; i++) {
        csv_put_text(&w, "", 0);
        csv_end_row(&w);
        csv_put_number(&w, "", 0);
        csv_end_row(&w);
        csv_put_text(&w, "\n", 1);
        csv_end_row(&w);
    }
    assert_string_equal(out.buf, "\"\"\n\"\"\n\"\n\"\n\"\"\n\"\"\n\"\n\"\n");
    strbuf_release(&out);
}

static void quotes_what_needs_it(void **state)
{
    (void)state;
    assert_text_cell("a b", "a b");
    assert_text_cell("a;b", "a;b");
    assert_text_cell("a,b", "\"a,b\"");
    assert_text_cell("，", "，"); /* the Chinese comma is a letter like others */
    assert_text_cell("a\"b", "\"a\"\"b\"");
    assert_text_cell("\"", "\"\"\"\"");
    assert_text_cell("a\nb", "\"a\nb\"");
    assert_text_cell("a\r\nb", "\"a\r\nb\"");
    assert_text_cell("a\rb", "\"a\rb\"");
    assert_text_cell("it's", "it's");
}

static void strings_end_where_they_end(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct csv_writer w = {&out, false};

    (void)state;
    csv_put_string(&w, "金额");
    csv_put_string(&w, NULL);
    csv_put_string(&w, "=1");
    csv_end_row(&w);
    assert_string_equal(out.buf, "金额,,'=1\n");
    strbuf_release(&out);
}

static void guards_against_formulas(void **state)
{
    (void)state;
    assert_text_cell("=1+1", "'=1+1");
    assert_text_cell("+1", "'+1");
    assert_text_cell("-1", "'-1");
    assert_text_cell("@SUM(A1)", "'@SUM(A1)");
    assert_text_cell("\tx", "'\tx");
    assert_text_cell("\rx", "\"'\rx\"");
    assert_text_cell("=HYPERLINK(\"http://x\",\"y\")",
                     "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    assert_text_cell("=a,b", "\"'=a,b\"");
    assert_text_cell("-", "'-");
    assert_text_cell("a=b", "a=b"); /* only the first character matters */
    assert_text_cell(" =1", " =1");
    assert_text_cell("'=1", "'=1");
    assert_text_cell("——", "——");
}

static void an_exact_text_is_quoted_and_nothing_else(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct csv_writer w = {&out, false};

    (void)state;
    csv_put_exact(&w, "+++", 3);
    csv_put_exact(&w, "=1,\"2\"", 6);
    csv_put_exact(&w, "", 0);
    csv_end_row(&w);
    assert_string_equal(out.buf, "+++,\"=1,\"\"2\"\"\",\n");
    strbuf_release(&out);
}

static void numbers_are_never_altered(void **state)
{
    static const char *const numbers[] = {"0",       "-1.50", "-0.00",
                                          "4180.76", "1e3",   "-9223372036854775807"};
    struct strbuf out = STRBUF_INIT;
    struct csv_writer w = {&out, false};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        strbuf_clear(&out);
        w.in_row = false;
        csv_put_number(&w, numbers[i], strlen(numbers[i]));
        assert_string_equal(out.buf, numbers[i]);
    }
    strbuf_release(&out);
}

/* --- reading --- */

struct reading {
    struct arena arena;
    struct errs errs;
    struct csv_table table;
    int result;
};

static struct reading read_table(const char *text, size_t len, unsigned first_line)
{
    struct reading r = {ARENA_INIT, ERRS_INIT, {NULL, 0}, 0};

    r.result = csv_parse(text, len, "FILE", first_line, &r.arena, &r.table, &r.errs);
    return r;
}

static void release(struct reading *r)
{
    arena_release(&r->arena);
    errs_release(&r->errs);
}

/* `expected` has cells ended by |, rows by newlines. */
static void assert_reads(const char *text, const char *expected)
{
    struct reading r = read_table(text, strlen(text), 1);
    struct strbuf out = STRBUF_INIT;

    assert_int_equal(r.result, 0);
    assert_int_equal(r.errs.count, 0);
    for (size_t i = 0; i < r.table.count; i++) {
        for (size_t j = 0; j < r.table.rows[i].count; j++)
            strbuf_addf(&out, "%s|", r.table.rows[i].cells[j]);
        strbuf_addch(&out, '\n');
    }
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
    release(&r);
}

static void reads_cells_and_rows(void **state)
{
    (void)state;
    assert_reads("", "");
    assert_reads("a", "a|\n");
    assert_reads("a\n", "a|\n");
    assert_reads("a,b\nc,d\n", "a|b|\nc|d|\n");
    assert_reads("a,b\nc,d", "a|b|\nc|d|\n");
    assert_reads("a,b\r\nc,d\r\n", "a|b|\nc|d|\n");
    assert_reads("a,b\r\nc,d\n", "a|b|\nc|d|\n");
    assert_reads(",\n,\n", "||\n||\n");
    assert_reads("a,\n,b\n", "a||\n|b|\n");
    assert_reads("项目,金额\n甲,1\n", "项目|金额|\n甲|1|\n");
    assert_reads(" a , b \n", " a | b |\n"); /* spaces are part of a cell */
    assert_reads("'=1,-1.50\n", "'=1|-1.50|\n");
}

static void reads_quoted_cells(void **state)
{
    (void)state;
    assert_reads("\"a\"\n", "a|\n");
    assert_reads("\"a\"", "a|\n");
    assert_reads("\"a,b\",c\n", "a,b|c|\n");
    assert_reads("\"a\"\"b\"\n", "a\"b|\n");
    assert_reads("\"\"\"\"\n", "\"|\n");
    assert_reads("\"\",x\n", "|x|\n");
    assert_reads("\"a\nb\"\n", "a\nb|\n");
    assert_reads("\"a\r\nb\",\"c\"\r\n", "a\r\nb|c|\n");
    assert_reads("5\" pipe,x\n", "5\" pipe|x|\n"); /* not at the beginning: a letter like others */
}

static void leaves_out_empty_lines_only(void **state)
{
    (void)state;
    assert_reads("\n\na,b\n\n\r\nc,d\n\n", "a|b|\nc|d|\n");
    assert_reads("\n", "");
    assert_reads("\r\n\r\n", "");
    assert_reads("a\n \nb\n", "a|\n |\nb|\n");
    assert_reads("a\n\"\"\nb\n", "a|\n|\nb|\n"); /* an empty cell, which is not an empty line */
    assert_reads("a\n\"\"", "a|\n|\n");
}

static void rows_know_their_line(void **state)
{
    static const char text[] = "\na,b\n\n\"x\ny\r\nz\",c\r\nd,e\n";
    struct reading r = read_table(text, sizeof(text) - 1, 10);

    (void)state;
    assert_int_equal(r.result, 0);
    assert_int_equal(r.table.count, 3);
    assert_int_equal(r.table.rows[0].line, 11);
    assert_int_equal(r.table.rows[1].line, 13);
    assert_int_equal(r.table.rows[2].line, 16);
    release(&r);
}

static void refuses_what_is_not_a_table(void **state)
{
    static const struct {
        const char *text;
        const char *id;
        unsigned line;
    } cases[] = {
        {"\"a", "csv-syntax", 10},
        {"\"", "csv-syntax", 10},
        {"a,b\nc,\"d\ne\nf", "csv-syntax", 11}, /* where the quote was opened */
        {"\"a\"\"", "csv-syntax", 10},
        {"\"a\"b\n", "csv-syntax", 10},
        {"\"a\" ,b\n", "csv-syntax", 10},
        {"x,y\n\"a\nb\"c,d\n", "csv-syntax", 12},
        {"a\n\"b\"\rc\n", "csv-syntax", 11},
        {"a,b\nc\n", "csv-row", 11},
        {"a,b\nc,d\n\ne,f,g\n", "csv-row", 13},
        {"a,b\n\"c\nd\",e\nf,g,h\n", "csv-row", 13},
        {"a\n,\n", "csv-row", 11},
    };
    static const char zero[] = "a,b\nc,d\0e\n", quoted_zero[] = "a,\"b\0\"\n";
    struct reading z = read_table(zero, sizeof(zero) - 1, 10);

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct reading r = read_table(cases[i].text, strlen(cases[i].text), 10);

        assert_int_equal(r.result, -1);
        assert_int_equal(r.errs.count, 1);
        assert_string_equal(r.errs.items[0].id, cases[i].id);
        assert_string_equal(r.errs.items[0].file, "FILE");
        assert_int_equal(r.errs.items[0].line, cases[i].line);
        release(&r);
    }
    assert_int_equal(z.result, -1); /* or else the rest of the cell would be lost */
    assert_int_equal(z.errs.items[0].line, 11);
    release(&z);
    z = read_table(quoted_zero, sizeof(quoted_zero) - 1, 10);
    assert_int_equal(z.result, -1);
    release(&z);
}

/* An amount as people write it is two cells. */
static void says_what_to_do(void **state)
{
    static const char *const cases[][2] = {
        {"a,b\nc,1,234\n", "put a cell that has a comma in double quotes: \"1,234\""},
        {"a,b\nc\n", "an empty cell has its comma, too"},
        {"\"a\n", "a cell begins and ends with a double quote or has none; one inside of it is "
                  "written twice"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct reading r = read_table(cases[i][0], strlen(cases[i][0]), 1);

        assert_string_equal(r.errs.items[0].hint, cases[i][1]);
        release(&r);
    }
}

static void reads_no_further_than_told(void **state)
{
    struct reading r = read_table("a,b\n\"c", 4, 1);

    (void)state;
    assert_int_equal(r.result, 0);
    assert_int_equal(r.table.count, 1);
    release(&r);
    r = read_table("a", 0, 1);
    assert_int_equal(r.result, 0);
    assert_int_equal(r.table.count, 0);
    release(&r);
}

static void holds_many_rows_and_cells(void **state)
{
    struct strbuf text = STRBUF_INIT;
    struct reading r;

    (void)state;
    for (int row = 0; row < 500; row++)
        for (int cell = 0; cell < 100; cell++)
            strbuf_addf(&text, "%d.%d%c", row, cell, cell == 99 ? '\n' : ',');
    r = read_table(text.buf, text.len, 1);
    assert_int_equal(r.result, 0);
    assert_int_equal(r.table.count, 500);
    for (size_t row = 0; row < 500; row++) {
        assert_int_equal(r.table.rows[row].count, 100);
        for (size_t cell = 0; cell < 100; cell++) {
            char expected[32];

            snprintf(expected, sizeof(expected), "%zu.%zu", row, cell);
            assert_string_equal(r.table.rows[row].cells[cell], expected);
        }
    }
    release(&r);
    strbuf_release(&text);
}

/* --- there and back --- */

enum { ROWS_MAX = 6, CELLS_MAX = 5 };

struct random_table {
    size_t rows, cells;
    bool is_number[ROWS_MAX][CELLS_MAX];
    struct strbuf text[ROWS_MAX][CELLS_MAX];
};

static void make_table(struct random_table *table, struct testing_random *random)
{
    static const char *const pieces[] = {"\"", ",",  "\n", "\r", "\r\n", "=",  "-", "+",
                                         "@",  "\t", "'",  " ",  "a",    "决", ";", "\"\""};

    table->rows = 1 + testing_below(random, ROWS_MAX);
    table->cells = 1 + testing_below(random, CELLS_MAX);
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->cells; j++) {
            struct strbuf *text = &table->text[i][j];

            strbuf_init(text);
            table->is_number[i][j] = !testing_below(random, 3);
            if (table->is_number[i][j] && testing_below(random, 4))
                strbuf_addf(text, "%d.%02d", (int)testing_below(random, 2000) - 1000,
                            (int)testing_below(random, 100));
            else if (!table->is_number[i][j])
                for (size_t n = testing_below(random, 6); n; n--) {
                    strbuf_adds(text, pieces[testing_below(random, ARRAY_SIZE(pieces))]);
                    testing_add_text(random, text, testing_below(random, 3));
                }
        }
}

static void release_table(struct random_table *table)
{
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->cells; j++)
            strbuf_release(&table->text[i][j]);
}

static void write_table(const struct random_table *table, struct strbuf *out)
{
    struct csv_writer w = {out, false};

    for (size_t i = 0; i < table->rows; i++) {
        for (size_t j = 0; j < table->cells; j++) {
            const struct strbuf *text = &table->text[i][j];

            if (table->is_number[i][j])
                csv_put_number(&w, text->buf, text->len);
            else
                csv_put_text(&w, text->buf, text->len);
        }
        csv_end_row(&w);
    }
}

static void reads_back_what_it_writes(void **state)
{
    struct testing_random random = {1};

    (void)state;
    for (size_t round = testing_rounds(20000); round; round--) {
        struct strbuf out = STRBUF_INIT;
        struct random_table table;
        struct reading r;

        make_table(&table, &random);
        write_table(&table, &out);
        r = read_table(out.buf, out.len, 1);
        assert_int_equal(r.result, 0);
        assert_int_equal(r.table.count, table.rows);
        for (size_t i = 0; i < table.rows; i++) {
            assert_int_equal(r.table.rows[i].count, table.cells);
            for (size_t j = 0; j < table.cells; j++) {
                const struct strbuf *text = &table.text[i][j];
                const char *cell = r.table.rows[i].cells[j];

                if (!table.is_number[i][j] && text->len && strchr("=+-@\t\r", text->buf[0]))
                    assert_int_equal(*cell++, '\'');
                assert_string_equal(cell, text->buf);
            }
        }
        release(&r);
        release_table(&table);
        strbuf_release(&out);
    }
}

/* --- for csv_test.py --- */

static void print_json(struct json_writer *w)
{
    json_write_finish(w);
    fwrite(w->out->buf, 1, w->out->len, stdout);
    strbuf_release(w->out);
}

static void put_random_table(struct json_writer *w, struct testing_random *random)
{
    struct strbuf csv = STRBUF_INIT;
    struct random_table table;

    make_table(&table, random);
    write_table(&table, &csv);
    json_write_object(w);
    json_write_key(w, "cells");
    json_write_array(w);
    for (size_t i = 0; i < table.rows; i++) {
        json_write_array(w);
        for (size_t j = 0; j < table.cells; j++) {
            json_write_array(w);
            json_write_string(w, table.is_number[i][j] ? "number" : "text",
                              table.is_number[i][j] ? 6 : 4);
            json_write_string(w, table.text[i][j].buf, table.text[i][j].len);
            json_write_array_end(w);
        }
        json_write_array_end(w);
    }
    json_write_array_end(w);
    json_write_key(w, "csv");
    json_write_string(w, csv.buf, csv.len);
    json_write_object_end(w);
    release_table(&table);
    strbuf_release(&csv);
}

static int print_random_tables(size_t count)
{
    struct testing_random random = {2};
    struct strbuf json = STRBUF_INIT;
    struct json_writer w;

    json_writer_init(&w, &json, 1);
    json_write_array(&w);
    while (count--)
        put_random_table(&w, &random);
    json_write_array_end(&w);
    print_json(&w);
    return 0;
}

static void put_what_is_read(struct json_writer *w, const struct strbuf *text)
{
    struct reading r = read_table(text->buf, text->len, 1);

    if (r.result) {
        json_write_int(w, r.errs.items[0].line);
        release(&r);
        return;
    }
    json_write_array(w);
    for (size_t i = 0; i < r.table.count; i++) {
        json_write_array(w);
        for (size_t j = 0; j < r.table.rows[i].count; j++) {
            const char *cell = r.table.rows[i].cells[j];

            json_write_string(w, cell, strlen(cell));
        }
        json_write_array_end(w);
    }
    json_write_array_end(w);
    release(&r);
}

static int print_what_is_read(void)
{
    struct strbuf text = STRBUF_INIT, json = STRBUF_INIT;
    struct json_writer w;

    json_writer_init(&w, &json, 1);
    json_write_array(&w);
    for (int c; (c = getchar()) != EOF;) {
        if (c) {
            strbuf_addch(&text, (char)c);
            continue;
        }
        put_what_is_read(&w, &text);
        strbuf_clear(&text);
    }
    json_write_array_end(&w);
    print_json(&w);
    strbuf_release(&text);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_rows_of_cells),
        cmocka_unit_test(a_lone_empty_cell_is_written_with_quotes),
        cmocka_unit_test(quotes_what_needs_it),
        cmocka_unit_test(strings_end_where_they_end),
        cmocka_unit_test(guards_against_formulas),
        cmocka_unit_test(an_exact_text_is_quoted_and_nothing_else),
        cmocka_unit_test(numbers_are_never_altered),
        cmocka_unit_test(reads_cells_and_rows),
        cmocka_unit_test(reads_quoted_cells),
        cmocka_unit_test(leaves_out_empty_lines_only),
        cmocka_unit_test(rows_know_their_line),
        cmocka_unit_test(refuses_what_is_not_a_table),
        cmocka_unit_test(says_what_to_do),
        cmocka_unit_test(reads_no_further_than_told),
        cmocka_unit_test(holds_many_rows_and_cells),
        cmocka_unit_test(reads_back_what_it_writes),
    };

    if (argc == 3 && !strcmp(argv[1], "write"))
        return print_random_tables(strtoul(argv[2], NULL, 10));
    if (argc == 2 && !strcmp(argv[1], "read"))
        return print_what_is_read();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
