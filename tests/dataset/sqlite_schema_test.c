#include "base/base.h"

#include "dataset/sqlite_schema.h"

#include <sqlite3.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "dataset/sample.h"

/* A database in memory with the tables and views of the sample's plan, and no rows. */
struct ground {
    struct sample sample;
    sqlite3 *db;
};

static void run(struct ground *g, const char *sql)
{
    if (sqlite3_exec(g->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s in: %s", sqlite3_errmsg(g->db), sql);
}

static int set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));
    struct strbuf sql = STRBUF_INIT;

    sample_init(&g->sample);
    assert_int_equal(sqlite3_open(":memory:", &g->db), SQLITE_OK);
    sqlite_schema_tables(&g->sample.plan, &sql);
    sqlite_schema_views(&g->sample.plan, &sql);
    run(g, "PRAGMA foreign_keys = ON");
    run(g, sql.buf);
    strbuf_release(&sql);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;

    sqlite3_close(g->db);
    sample_release(&g->sample);
    free(g);
    return 0;
}

/* All cells of all rows: cells divided by '|', rows by '\n'; NULL as "~". */
static void query(struct ground *g, const char *sql, struct strbuf *out)
{
    sqlite3_stmt *stmt;

    if (sqlite3_prepare_v2(g->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s in: %s", sqlite3_errmsg(g->db), sql);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        for (int i = 0, count = sqlite3_column_count(stmt); i < count; i++) {
            const char *text = (const char *)sqlite3_column_text(stmt, i);

            strbuf_addf(out, "%s%s", text ? text : "~", i + 1 < count ? "|" : "\n");
        }
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
}

static void assert_query(struct ground *g, const char *sql, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    query(g, sql, &out);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void assert_refused(struct ground *g, const char *sql, const char *part)
{
    assert_int_equal(sqlite3_exec(g->db, sql, NULL, NULL, NULL), SQLITE_CONSTRAINT);
    assert_non_null(strstr(sqlite3_errmsg(g->db), part));
}

/* --- tables --- */

static void a_table_has_the_columns_of_the_plan(void **state)
{
    struct ground *g = *state;

    for (size_t i = 0; i < g->sample.plan.count; i++) {
        const struct data_table *table = &g->sample.plan.tables[i];
        struct strbuf sql = STRBUF_INIT, expected = STRBUF_INIT;

        strbuf_addf(&sql, "SELECT name FROM pragma_table_info('%s')", table->name);
        for (size_t j = 0; j < table->count; j++)
            strbuf_addf(&expected, "%s\n", table->columns[j].name);
        assert_query(g, sql.buf, expected.buf);
        strbuf_release(&sql);
        strbuf_release(&expected);
    }
}

static void keys_are_never_null_and_all_else_may_be(void **state)
{
    struct ground *g = *state;

    assert_query(g, "SELECT name, pk FROM pragma_table_info('facts') WHERE pk ORDER BY pk",
                 "department|1\nyear|2\nscope|3\nid|4\n");
    assert_query(g,
                 "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c "
                 "WHERE t.type = 'table' AND (c.pk > 0) <> (c.\"notnull\" > 0)",
                 "");
    assert_query(g,
                 "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE "
                 "'%) WITHOUT ROWID'",
                 "");
}

static void numbers_are_integers_and_writings_are_text(void **state)
{
    struct ground *g = *state;

    assert_query(g, "SELECT name, type FROM pragma_table_info('evaluations')",
                 "department|TEXT\nyear|INTEGER\nid|TEXT\nkind|TEXT\nname|TEXT\nunit|TEXT\n"
                 "score|INTEGER\nscore_stated|TEXT\nscore_scale|INTEGER\ngrade|TEXT\n"
                 "source_line|INTEGER\n");
}

/* --- references --- */

/* Only the closest one: who refers to the table of a line need not refer to the report. */
static void references_are_the_closest_ones(void **state)
{
    struct ground *g = *state;
    static const char sql[] =
        "SELECT t.name, r.id, r.\"from\", r.\"table\", r.\"to\" FROM sqlite_schema t, "
        "pragma_foreign_key_list(t.name) r WHERE t.name = 'figures' ORDER BY r.id, r.seq";

    assert_query(g, sql,
                 "figures|0|department|lines|department\nfigures|0|year|lines|year\n"
                 "figures|0|table|lines|table\nfigures|0|line|lines|id\n");
    assert_query(g,
                 "SELECT group_concat(DISTINCT \"table\") FROM "
                 "(SELECT \"table\" FROM pragma_foreign_key_list('facts') ORDER BY \"table\")",
                 "evaluations,indicators,projects,reports\n");
    assert_query(g, "SELECT count(*) FROM pragma_foreign_key_list('departments')", "0\n");
}

static void add_report(struct ground *g)
{
    run(g, "INSERT INTO departments (id) VALUES ('d')");
    run(g, "INSERT INTO reports (department, year) VALUES ('d', 2021)");
    run(g, "INSERT INTO projects (department, year, id) VALUES ('d', 2021, 'p')");
    run(g, "INSERT INTO indicators (department, year, project, id) VALUES ('d', 2021, 'p', 'i')");
}

static void facts_belong_to_what_their_scope_says(void **state)
{
    struct ground *g = *state;

    add_report(g);
    run(g, "INSERT INTO facts (department, year, scope, id) VALUES ('d', 2021, '', 'f')");
    run(g, "INSERT INTO facts (department, year, scope, id, indicator) "
           "VALUES ('d', 2021, 'projects/p', 'f', 'i')");
    assert_query(g, "SELECT scope, project, evaluation FROM facts ORDER BY scope",
                 "|~|~\nprojects/p|p|~\n");
    assert_refused(g,
                   "INSERT INTO facts (department, year, scope, id) "
                   "VALUES ('d', 2021, 'projects/q', 'g')",
                   "FOREIGN KEY");
    assert_refused(g,
                   "INSERT INTO facts (department, year, scope, id) "
                   "VALUES ('d', 2021, 'evaluations/p', 'g')",
                   "FOREIGN KEY");
    assert_refused(g,
                   "INSERT INTO facts (department, year, scope, id, indicator) "
                   "VALUES ('d', 2021, 'projects/p', 'g', 'j')",
                   "FOREIGN KEY");
    assert_refused(g, "INSERT INTO facts (department, year, scope, id) VALUES ('d', 2022, '', 'f')",
                   "FOREIGN KEY");
    assert_refused(g, "INSERT INTO facts (department, year, scope, id) VALUES ('d', 2021, '', 'f')",
                   "UNIQUE");
    assert_refused(g, "INSERT INTO facts (department, year, id) VALUES ('d', 2021, 'f')",
                   "NOT NULL");
}

static void revisions_outlive_their_department(void **state)
{
    struct ground *g = *state;

    run(g, "INSERT INTO revisions (department, id) VALUES ('gone', 'c')");
    run(g, "INSERT INTO changes (department, revision, id) VALUES ('gone', 'c', 1)");
    assert_refused(g, "INSERT INTO changes (department, revision, id) VALUES ('gone', 'd', 1)",
                   "FOREIGN KEY");
    assert_refused(g,
                   "INSERT INTO department_names (department, name, \"from\") "
                   "VALUES ('gone', 'n', '')",
                   "FOREIGN KEY");
}

/* --- statements --- */

static void insert_has_a_parameter_for_each_column(void **state)
{
    struct ground *g = *state;

    for (size_t i = 0; i < g->sample.plan.count; i++) {
        const struct data_table *table = &g->sample.plan.tables[i];
        struct strbuf sql = STRBUF_INIT;
        sqlite3_stmt *stmt;

        if (table->is_wide)
            continue;
        sqlite_schema_insert(table, &sql);
        assert_int_equal(sqlite3_prepare_v2(g->db, sql.buf, -1, &stmt, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_bind_parameter_count(stmt), table->count);
        sqlite3_finalize(stmt);
        strbuf_release(&sql);
    }
}

/* --- views --- */

static void add_lines(struct ground *g)
{
    add_report(g);
    run(g, "INSERT INTO tables (department, year, id) VALUES ('d', 2021, 'summary'), "
           "('d', 2021, 'order')");
    run(g, "INSERT INTO lines (department, year, \"table\", id, label) VALUES "
           "('d', 2021, 'summary', 'total', '合计'), ('d', 2021, 'summary', 'empty', NULL), "
           "('d', 2021, 'order', 'total', '合计')");
    run(g, "INSERT INTO figures (department, year, \"table\", line, \"column\", statement, label, "
           "column_label, measure, value, stated, scale, unit) VALUES "
           "('d', 2021, 'summary', 'total', 'final', '', '合计', '决', 'amount', 150, '1.5', 1, "
           "'元'),"
           "('d', 2021, 'summary', 'total', 'final', 'narrative', '合计', '决', 'amount', 200, "
           "'2', 0, '元'),"
           "('d', 2021, 'summary', 'total', 'share', '', '合计', '占', 'percent', NULL, '——', "
           "NULL, '%'),"
           "('d', 2021, 'order', 'total', 'final', '', '合计', '决', 'amount', 300, '3', 0, "
           "'元')");
}

/* Lines are looked up across departments and years. */
static void lines_are_indexed(void **state)
{
    assert_query(*state, "SELECT name FROM pragma_index_info('figures_by_line')",
                 "table\nline\ncolumn\nyear\n");
}

static void a_wide_view_turns_first_statements_into_columns(void **state)
{
    struct ground *g = *state;

    add_lines(g);
    assert_query(g, "SELECT * FROM summary ORDER BY line",
                 "d|2021|empty|~|~|~|~|~|~|~|~|~|~|~|~|~\n"
                 "d|2021|total|合计|150|1.5|1|~|~|~|~|——|~|~|~|~\n");
    assert_query(g, "SELECT * FROM \"order\"", "d|2021|total|合计|300|3|0\n");
    assert_query(g, "SELECT count(*) FROM \"select\"", "0\n");
}

/* A statutory table, which has a view, cannot be called like anything else here. */
static void the_database_knows_its_names(void **state)
{
    struct ground *g = *state;
    struct strbuf names = STRBUF_INIT;
    size_t wide = 0, count = 0;

    for (size_t i = 0; i < g->sample.plan.count; i++)
        wide += g->sample.plan.tables[i].is_wide;
    query(g, "SELECT name FROM sqlite_schema", &names);
    for (char *rest = names.buf, *name; (name = strsep(&rest, "\n")) && *name; count++)
        if (!database_has_name(name))
            wide--; /* it is called like a statutory table */
    assert_true(count > 10);
    assert_int_equal(wide, 0);
    strbuf_release(&names);
}

static void all_figures_have_addresses(void **state)
{
    struct ground *g = *state;

    add_lines(g);
    run(g, "UPDATE indicators SET name = '指', score = 9, score_stated = '9', score_scale = 0");
    run(g, "INSERT INTO facts (department, year, scope, id, label, value, stated, scale, unit) "
           "VALUES ('d', 2021, '', 'f', '数', 5, '5', 0, NULL), "
           "('d', 2021, 'projects/p', 'f', '数', NULL, '不涉及', NULL, '人')");
    run(g, "INSERT INTO evaluations (department, year, id, name, score, score_stated, score_scale) "
           "VALUES ('d', 2021, 'e', '评', 8372, '83.72', 2)");
    assert_query(
        g,
        "SELECT address, scope, \"table\", line, \"column\", statement, label, column_label, "
        "measure, value, stated, scale, unit FROM all_figures ORDER BY address",
        "d/2021/evaluations/e/result/total/score|evaluations/e|result|total|score||评|得分|score|"
        "8372|83.72|2|分\n"
        "d/2021/facts/f/value||facts|f|value||数|数值|number|5|5|0|~\n"
        "d/2021/order/total/final||order|total|final||合计|决|amount|300|3|0|元\n"
        "d/2021/projects/p/facts/f/value|projects/p|facts|f|value||数|数值|number|~|不涉及|~|人\n"
        "d/2021/projects/p/indicators/i/score|projects/p|indicators|i|score||指|得分|score|9|9|0|"
        "分\n"
        "d/2021/summary/total/final||summary|total|final||合计|决|amount|150|1.5|1|元\n"
        "d/2021/summary/total/final@narrative||summary|total|final|narrative|合计|决|amount|200|2|"
        "0|元\n"
        "d/2021/summary/total/share||summary|total|share||合计|占|percent|~|——|~|%\n");
}

static void all_figures_have_the_columns_of_report_csv(void **state)
{
    struct ground *g = *state;
    struct strbuf expected = STRBUF_INIT;

    for (size_t i = 0; i < g->sample.plan.figures.count; i++)
        strbuf_addf(&expected, "%s\n", g->sample.plan.figures.columns[i].name);
    assert_query(g, "SELECT name FROM pragma_table_info('all_figures')", expected.buf);
    strbuf_release(&expected);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_table_has_the_columns_of_the_plan),
        TEST(keys_are_never_null_and_all_else_may_be),
        TEST(numbers_are_integers_and_writings_are_text),
        TEST(references_are_the_closest_ones),
        TEST(revisions_outlive_their_department),
        TEST(facts_belong_to_what_their_scope_says),
        TEST(insert_has_a_parameter_for_each_column),
        TEST(lines_are_indexed),
        TEST(a_wide_view_turns_first_statements_into_columns),
        TEST(the_database_knows_its_names),
        TEST(all_figures_have_addresses),
        TEST(all_figures_have_the_columns_of_report_csv),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
