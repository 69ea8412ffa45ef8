/*
 * What a department states, as a list: all that the sources of `juesuan init` say, in
 * tests/history/items/init.txt ("address = value", for a figure with its unit), and what is
 * special.
 */
#include "base/base.h"

#include "history/items.h"

#include <fcntl.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "source/ground.h"

#define DEPARTMENT "example/culture"

struct sources {
    struct source *source;
    struct catalog catalog;
    struct content_department content;
    struct items items;
    struct errs errs;
};

static int set_up(void **state)
{
    struct sources *s = mem_zalloc(1, sizeof(*s));

    *state = s;
    s->source = source_open_folder("cmd/juesuan/init", &s->errs);
    return content_load_catalog(s->source, &s->catalog, &s->errs) ||
           content_load_department(s->source, &s->catalog, DEPARTMENT, &s->content, &s->errs);
}

static int tear_down(void **state)
{
    struct sources *s = *state;

    items_release(&s->items);
    content_release_department(&s->content);
    catalog_release(&s->catalog);
    source_close(s->source);
    errs_release(&s->errs);
    free(s);
    return 0;
}

static void add_line(const struct item *item, const char *name, struct strbuf *out)
{
    strbuf_addf(out, "%s = ", name);
    if (item->is_figure) {
        quantity_add_stated(&item->value, out);
        strbuf_addf(out, " %s", item->value.unit ? item->value.unit : "-");
    }
    for (const char *p = item->text; *p; p++) {
        if (*p == '\n')
            strbuf_adds(out, "\\n");
        else
            strbuf_addch(out, *p);
    }
    strbuf_addch(out, '\n');
}

static void all_that_is_said_has_an_address(void **state)
{
    static const char golden[] = "tests/history/items/init.txt";
    struct sources *s = *state;
    struct items_wanted wanted = {0};
    struct strbuf shown = STRBUF_INIT, expected = STRBUF_INIT;

    items_collect(&s->items, &s->content, &wanted);
    for (size_t i = 0; i < s->items.count; i++) {
        const struct item *item = &s->items.list[i];

        assert_string_equal(item->key, item->address + strlen(DEPARTMENT "/"));
        assert_true(!i || strcmp(s->items.list[i - 1].key, item->key) < 0);
        add_line(item, item->address, &shown);
    }
    if (getenv("UPDATE"))
        fs_write(AT_FDCWD, golden, shown.buf, shown.len, &s->errs);
    assert_int_equal(fs_read(AT_FDCWD, golden, golden, SIZE_MAX / 2, &expected, &s->errs), 0);
    assert_string_equal(shown.buf, expected.buf);
    strbuf_release(&shown);
    strbuf_release(&expected);
}

/* --- some of it --- */

static void assert_items(struct sources *s, struct items_wanted wanted, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;

    items_release(&s->items);
    items_collect(&s->items, &s->content, &wanted);
    for (size_t i = 0; i < s->items.count; i++)
        add_line(&s->items.list[i], s->items.list[i].key, &shown);
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
}

static void a_prefix_ends_where_a_part_ends(void **state)
{
    struct sources *s = *state;

    assert_items(s,
                 (struct items_wanted){.prefix = DEPARTMENT "/2024/general_public_expenditure/207"},
                 "2024/general_public_expenditure/207/basic = 630.00 万元\n"
                 "2024/general_public_expenditure/207/final = 1118.00 万元\n"
                 "2024/general_public_expenditure/207/project = 488.00 万元\n");
    assert_items(s, (struct items_wanted){.prefix = DEPARTMENT "/2024/facts/visitors/value"},
                 "2024/facts/visitors/value = 36.5 万人次\n");
    assert_items(s, (struct items_wanted){.prefix = DEPARTMENT "/2024/evaluations/overall/text"},
                 "2024/evaluations/overall/text = # 部门整体绩效评价报告（虚构）\\n\\n得分{{result/"
                 "total/score}}。管理一项平均{{criteria/management/mean}}，效果一项平均{{criteria/"
                 "results/mean}}。\n");
    assert_items(s, (struct items_wanted){.prefix = DEPARTMENT "/units/headquarters"},
                 "units/headquarters/kind = headquarters\n"
                 "units/headquarters/name = 示例市文化和旅游局本级\n");
    assert_items(s, (struct items_wanted){.prefix = DEPARTMENT "/2024/fact"}, "");
    assert_items(s, (struct items_wanted){.prefix = "exampl"}, "");
}

static void a_table_may_be_one_of_records(void **state)
{
    struct sources *s = *state;

    assert_items(s, (struct items_wanted){.table = "staffing"},
                 "2024/staffing/administrative/actual = 30 人\n"
                 "2024/staffing/administrative/established = 32 人\n"
                 "2024/staffing/institution/actual = 41 人\n"
                 "2024/staffing/institution/established = 45 人\n");
    assert_items(s, (struct items_wanted){.table = "facts", .prefix = DEPARTMENT "/2024/facts"},
                 "2024/facts/visitors/label = 博物馆全年观众\n"
                 "2024/facts/visitors/unit = 万人次\n"
                 "2024/facts/visitors/value = 36.5 万人次\n");
    assert_items(s, (struct items_wanted){.table = "none"}, "");
}

static void years_are_compared_without_the_year(void **state)
{
    struct sources *s = *state;

    assert_items(s, (struct items_wanted){.year = 2023, .table = "three_public"},
                 "three_public/reception/final = 0.20 万元\n"
                 "three_public/reception/initial_budget = 1.00 万元\n"
                 "three_public/total/final = 4.10 万元\n"
                 "three_public/total/initial_budget = 6.00 万元\n"
                 "three_public/vehicle-running/final = 3.90 万元\n"
                 "three_public/vehicle-running/initial_budget = 5.00 万元\n"
                 "three_public/vehicles/final = 3.90 万元\n"
                 "three_public/vehicles/initial_budget = 5.00 万元\n");
    /* p01 of another year is this one only if it is called so */
    assert_items(
        s,
        (struct items_wanted){.year = 2024, .prefix = DEPARTMENT "/2024/projects/p01/funds/total"},
        "projects/p01 博物馆免费开放（虚构）/funds/total/executed = 288 万元\n"
        "projects/p01 博物馆免费开放（虚构）/funds/total/execution_rate = 96 %\n"
        "projects/p01 博物馆免费开放（虚构）/funds/total/full_budget = 300 万元\n"
        "projects/p01 博物馆免费开放（虚构）/funds/total/initial_budget = 300 万元\n"
        "projects/p01 博物馆免费开放（虚构）/funds/total/score = 9.6 分\n"
        "projects/p01 博物馆免费开放（虚构）/funds/total/weight = 10 分\n");
    assert_items(s, (struct items_wanted){.year = 1999}, "");
}

static void people_are_shown_titles(void **state)
{
    struct sources *s = *state;
    const struct item *item;

    items_collect(&s->items, &s->content,
                  &(struct items_wanted){.prefix = DEPARTMENT
                                         "/2024/projects/p01/indicators/social-1/level1"});
    assert_int_equal(s->items.count, 1);
    item = &s->items.list[0];
    assert_string_equal(item->shown, "效益指标");
    assert_string_equal(item->text, "benefit");
    assert_string_equal(item->scope, "projects/p01");
    assert_string_equal(item->scope_title, "博物馆免费开放（虚构）");
    assert_string_equal(item->table, "indicators");
    assert_string_equal(item->table_title, "绩效指标");
    assert_string_equal(item->label, "公共文化服务");
    assert_string_equal(item->column, "level1");
    assert_string_equal(item->column_title, "一级指标");
    assert_int_equal(item->year, 2024);
    assert_null(item->line);
}

#define ON_SOURCES(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_SOURCES(all_that_is_said_has_an_address),
        ON_SOURCES(a_prefix_ends_where_a_part_ends),
        ON_SOURCES(a_table_may_be_one_of_records),
        ON_SOURCES(years_are_compared_without_the_year),
        ON_SOURCES(people_are_shown_titles),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("items", tests, NULL, NULL);
}
