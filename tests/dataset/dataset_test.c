#include "base/base.h"

#include "dataset/dataset.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "dataset/sample.h"

static int set_up(void **state)
{
    struct sample *s = mem_zalloc(1, sizeof(*s));

    sample_init(s);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    sample_release(*state);
    free(*state);
    return 0;
}

/* --- names --- */

static void assert_part(const struct field *quantity, enum data_part part, const char *expected)
{
    struct strbuf name = STRBUF_INIT;

    strbuf_adds(&name, "x."); /* what is there stays */
    data_part_name(quantity, part, &name);
    assert_memory_equal(name.buf, "x.", 2);
    assert_string_equal(name.buf + 2, expected);
    strbuf_release(&name);
}

static void names_the_parts_of_a_quantity(void **state)
{
    const struct field *final = column_find("final", 5), *value = column_find("value", 5);

    (void)state;
    assert_part(final, DATA_VALUE, "final");
    assert_part(final, DATA_STATED, "final_stated");
    assert_part(final, DATA_SCALE, "final_scale");
    assert_part(value, DATA_VALUE, "value");
    assert_part(value, DATA_STATED, "stated");
    assert_part(value, DATA_SCALE, "scale");
}

/* --- the plan --- */

static void entities_come_first_then_each_statutory_table_once(void **state)
{
    const struct sample *s = *state;
    static const char *const wide[] = {"summary", "order", "bare", "select"};
    size_t count = 0;

    for (; dataset_entities[count]; count++) {
        const struct data_table *table = &s->plan.tables[count];

        assert_string_equal(table->name, dataset_entities[count]->table);
        assert_string_equal(table->title, dataset_entities[count]->title);
        assert_ptr_equal(table->entity, dataset_entities[count]);
        assert_false(table->is_wide);
    }
    assert_int_equal(s->plan.count, count + ARRAY_SIZE(wide));
    for (size_t i = 0; i < ARRAY_SIZE(wide); i++) {
        const struct data_table *table = &s->plan.tables[count + i];

        assert_string_equal(table->name, wide[i]);
        assert_ptr_equal(table->entity, &entity_line);
        assert_true(table->is_wide);
        assert_non_null(table->year);
    }
    assert_string_equal(sample_table(s, "summary")->title, "总表"); /* the first profile's */
}

static void tables_know_whether_they_have_a_year(void **state)
{
    const struct sample *s = *state;

    assert_null(sample_table(s, "departments")->year);
    assert_null(sample_table(s, "department_names")->year);
    assert_null(sample_table(s, "units")->year);
    assert_non_null(sample_table(s, "reports")->year);
    assert_non_null(sample_table(s, "facts")->year);
}

static void assert_header(const struct data_table *table, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    data_csv_header(table, &out);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void headers_have_values_and_what_was_stated(void **state)
{
    const struct sample *s = *state;

    assert_header(sample_table(s, "units"), "department,id,name,kind,from,to,note\n");
    assert_header(sample_table(s, "evaluations"),
                  "department,year,id,kind,name,unit,score,score_stated,grade,source_line\n");
    assert_header(sample_table(s, "facts"),
                  "department,year,scope,id,indicator,label,role,comparison,value,stated,from,"
                  "from_stated,to,to_stated,unit,note,source_line\n");
    assert_header(&s->plan.figures,
                  "address,department,year,scope,table,line,column,statement,label,column_label,"
                  "measure,value,stated,unit,file,source_line\n");
}

/* In the order of the dictionary, whatever the profiles' order is. */
static void wide_tables_have_the_columns_of_all_profiles(void **state)
{
    const struct sample *s = *state;

    assert_header(sample_table(s, "summary"),
                  "department,year,line,label,final,final_stated,prior,prior_stated,share,"
                  "share_stated,count,count_stated\n");
    assert_header(sample_table(s, "select"), "department,year,line,label,value,stated,from,"
                                             "from_stated,to,to_stated\n");
    assert_header(sample_table(s, "bare"), "department,year,line,label,final,final_stated\n");
}

/* The third part of a quantity, and nothing else, is for SQLite only. */
static void every_quantity_has_three_columns_in_order(void **state)
{
    const struct sample *s = *state;

    for (size_t i = 0; i < s->plan.count; i++) {
        const struct data_table *table = &s->plan.tables[i];

        for (size_t j = 0; j < table->count; j++) {
            const struct data_column *column = &table->columns[j];

            assert_int_equal(column->part != DATA_WHOLE, column->field->type == FIELD_QUANTITY);
            if (column->part != DATA_VALUE)
                continue;
            assert_true(j + 2 < table->count);
            assert_int_equal(column[1].part, DATA_STATED);
            assert_int_equal(column[2].part, DATA_SCALE);
            assert_ptr_equal(column[1].field, column->field);
            assert_ptr_equal(column[2].field, column->field);
        }
    }
}

static void without_profiles_there_are_the_entities_only(void **state)
{
    struct catalog none;
    struct arena arena = ARENA_INIT;
    struct data_plan plan;

    (void)state;
    catalog_init(&none);
    data_plan_init(&plan, &none, &arena);
    assert_true(plan.count > 10);
    for (size_t i = 0; i < plan.count; i++)
        assert_false(plan.tables[i].is_wide);
    arena_release(&arena);
}

/* --- rows --- */

static void assert_csv(const struct data_table *table, const void *record, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    data_csv_row(table, record, &out);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void assert_json(const struct data_table *table, const void *record, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    data_json_row(table, record, &out);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void texts_are_guarded_and_numbers_are_not(void **state)
{
    struct sample *s = *state;
    const struct department *d = sample_everything(s);
    const struct report *r = &d->reports.items[0];

    assert_csv(sample_table(s, "department_names"), &d->names.items[0], "a/b,'=新名,2022,新,\n");
    assert_csv(sample_table(s, "department_names"), &d->names.items[1], "a/b,\"旧,名\",,,\n");
    assert_csv(sample_table(s, "units"), &d->units.items[0], "a/b,u,单位,institution,,,'@注\n");
    assert_csv(sample_table(s, "reports"), r, "a/b,2021,'=新名,one,万元,'-题,,,,,,,,\n");
    assert_csv(sample_table(s, "order"), &r->tables.items[1].lines.items[0],
               "a/b,2021,total,合计,-0.90,-0.90\n");
    assert_json(sample_table(s, "units"), &d->units.items[0],
                "{\"department\": \"a/b\", \"id\": \"u\", \"name\": \"单位\", "
                "\"kind\": \"institution\", \"from\": null, \"to\": null, \"note\": \"@注\"}");
}

static void numbers_have_value_and_writing(void **state)
{
    struct sample *s = *state;
    const struct report *r = &sample_everything(s)->reports.items[0];
    const struct table *summary = &r->tables.items[0];
    const struct line *total = &summary->lines.items[0], *code = &summary->lines.items[1];
    const struct fund *fund = &r->projects.items[0].funds.items[0];

    /* an amount in 元; a dash; a count; the second statement is not here */
    assert_csv(sample_table(s, "summary"), total,
               "a/b,2021,total,合计,41807600,4180.76,,,,——,0,0\n");
    assert_csv(sample_table(s, "summary"), code,
               "a/b,2021,201,一般公共服务支出,,不涉及,,,99.20,99.20,,\n");
    assert_csv(sample_table(s, "funds"), fund,
               "a/b,2021,projects/p1,total,总额,,,,,1.5,1.5,,——,,,,,元,1\n");
    assert_json(sample_table(s, "summary"), code,
                "{\"department\": \"a/b\", \"year\": 2021, \"line\": \"201\", "
                "\"label\": \"一般公共服务支出\", \"final\": null, \"final_stated\": \"不涉及\", "
                "\"prior\": null, \"prior_stated\": null, \"share\": 99.20, "
                "\"share_stated\": \"99.20\", \"count\": null, \"count_stated\": null}");
    assert_csv(sample_table(s, "funds"), &r->evaluations.items[0].funds.items[0],
               "a/b,2021,evaluations/e,x,自有,,,0.01,0.000001,,,,,,,,,万元,1\n");
}

/* A zero is written with its sign where it was, and has none where it is a value. */
static void minus_zero_is_zero(void **state)
{
    struct sample *s = *state;
    const struct line *line =
        &sample_everything(s)->reports.items[0].tables.items[0].lines.items[0];
    const struct figure *also = &line->figures.items[line->figures.count - 1];

    assert_csv(sample_table(s, "figures"), also,
               "a/b,2021,summary,total,final,narrative,合计,决算数,amount,0,-0.00,万元,"
               "departments/a/b/2021/report.json,4,,\n");
    assert_json(sample_table(s, "figures"), also,
                "{\"department\": \"a/b\", \"year\": 2021, \"table\": \"summary\", "
                "\"line\": \"total\", \"column\": \"final\", \"statement\": \"narrative\", "
                "\"label\": \"合计\", \"column_label\": \"决算数\", \"measure\": \"amount\", "
                "\"value\": 0, \"stated\": \"-0.00\", \"unit\": \"万元\", "
                "\"file\": \"departments/a/b/2021/report.json\", \"source_line\": 4, "
                "\"first_revision\": null, \"last_revision\": null}");
}

static void absent_keys_are_empty_and_all_else_is_null(void **state)
{
    struct sample *s = *state;
    const struct fact *fact = &sample_everything(s)->reports.items[0].facts.items[0];

    assert_csv(sample_table(s, "facts"), fact, "a/b,2021,,f,,数,,,5,5,,,,,个,,8\n");
    assert_json(
        sample_table(s, "facts"), fact,
        "{\"department\": \"a/b\", \"year\": 2021, \"scope\": \"\", \"id\": \"f\", "
        "\"indicator\": null, \"label\": \"数\", \"role\": null, \"comparison\": null, "
        "\"value\": 5, \"stated\": \"5\", \"from\": null, \"from_stated\": null, "
        "\"to\": null, \"to_stated\": null, \"unit\": \"个\", \"note\": null, \"source_line\": 8}");
}

static void flags_are_true_false_or_nothing(void **state)
{
    struct sample *s = *state;
    struct finding finding = {.department = text_of("a/b"),
                              .year = {2021, true, {0, 0}},
                              .id = {1, true, {0, 0}},
                              .acknowledged = {true, true, {0, 0}}};

    assert_csv(sample_table(s, "findings"), &finding, "a/b,2021,1,,,true,,,,\n");
    finding.acknowledged.value = false;
    assert_csv(sample_table(s, "findings"), &finding, "a/b,2021,1,,,false,,,,\n");
    assert_json(sample_table(s, "findings"), &finding,
                "{\"department\": \"a/b\", \"year\": 2021, \"id\": 1, \"rule\": null, "
                "\"severity\": null, \"acknowledged\": false, \"reason\": null, "
                "\"stated\": null, \"recomputed\": null, \"message\": null}");
    finding.acknowledged.present = false;
    assert_csv(sample_table(s, "findings"), &finding, "a/b,2021,1,,,,,,,\n");
    assert_json(sample_table(s, "findings"), &finding,
                "{\"department\": \"a/b\", \"year\": 2021, \"id\": 1, \"rule\": null, "
                "\"severity\": null, \"acknowledged\": null, \"reason\": null, "
                "\"stated\": null, \"recomputed\": null, \"message\": null}");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(names_the_parts_of_a_quantity),
        TEST(entities_come_first_then_each_statutory_table_once),
        TEST(tables_know_whether_they_have_a_year),
        TEST(headers_have_values_and_what_was_stated),
        TEST(wide_tables_have_the_columns_of_all_profiles),
        TEST(every_quantity_has_three_columns_in_order),
        TEST(without_profiles_there_are_the_entities_only),
        TEST(texts_are_guarded_and_numbers_are_not),
        TEST(numbers_have_value_and_writing),
        TEST(minus_zero_is_zero),
        TEST(absent_keys_are_empty_and_all_else_is_null),
        TEST(flags_are_true_false_or_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
