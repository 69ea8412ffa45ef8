/* Which projects of two years are the same. All names are invented. */
#include "base/base.h"

#include "history/continuations.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/testing.h"

enum { YEARS_MAX = 4, PROJECTS_MAX = 6 };

struct world {
    struct report reports[YEARS_MAX];
    struct project projects[YEARS_MAX][PROJECTS_MAX];
    struct department department;
};

/* A year, the next after the last; then ids, names and what they continue. */
static void add_year(struct world *w, int64_t year, const char *const (*projects)[3])
{
    size_t n = w->department.reports.count++, count = 0;

    for (; projects[count][0]; count++) {
        w->projects[n][count].id = text_of(projects[count][0]);
        w->projects[n][count].name = text_of(projects[count][1]);
        w->projects[n][count].continues = text_of(projects[count][2]);
    }
    w->reports[n].year = (struct integer){.value = year, .present = true};
    w->reports[n].projects.items = w->projects[n];
    w->reports[n].projects.count = count;
    w->department.reports.items = w->reports;
}

static void assert_found(const struct world *w, int64_t earlier, int64_t later,
                         const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct strbuf text = STRBUF_INIT;
    struct continuations found;

    continuations_find(&w->department, earlier, &w->department, later, &arena, &found);
    for (size_t i = 0; i < found.count; i++)
        strbuf_addf(&text, "%s%s%s%s", i ? " " : "", found.list[i].new->id.s,
                    found.list[i].is_likely ? "~" : "=", found.list[i].old->id.s);
    assert_string_equal(text.buf, expected);
    strbuf_release(&text);
    arena_release(&arena);
}

static void names_and_continues(void **state)
{
    struct world w = {0};

    (void)state;
    add_year(&w, 2022, (const char *const[][3]){{"p01", "甲"}, {"p02", "乙"}, {"p03", "丙"}, {0}});
    add_year(&w, 2023,
             (const char *const[][3]){
                 {"p01", "乙"}, {"p02", "丁", "p03"}, {"p03", "丙"}, {"p04", "戊"}, {0}});
    assert_found(&w, 2022, 2023, "p01=p02 p02=p03"); /* 丙 is what p02 continues */
    assert_found(&w, 2022, 2024, "");
    assert_found(&w, 2021, 2023, "");
}

static void of_one_name_the_ids_decide(void **state)
{
    struct world w = {0};

    (void)state;
    add_year(&w, 2022, (const char *const[][3]){{"p01", "甲"}, {"p02", "甲"}, {"p03", "甲"}, {0}});
    add_year(&w, 2023, (const char *const[][3]){{"p02", "甲"}, {"p03", "甲"}, {"p09", "甲"}, {0}});
    assert_found(&w, 2022, 2023, "p02=p02 p03=p03 p09=p01");
}

static void years_between_are_followed(void **state)
{
    struct world w = {0};

    (void)state;
    add_year(&w, 2021, (const char *const[][3]){{"a", "甲"}, {"b", "乙"}, {"c", "文化下乡"}, {0}});
    add_year(&w, 2022, (const char *const[][3]){{"x", "子", "a"}, {"c", "场馆修缮"}, {0}});
    add_year(&w, 2023,
             (const char *const[][3]){
                 {"p", "寅", "x"}, {"q", "乙"}, {"r", "甲"}, {"s", "场馆修缮"}, {0}});
    /* q was not there for a year; r is called as a was, but p is what a became */
    assert_found(&w, 2021, 2023, "p=a q=b");
}

static void near_names_are_likely(void **state)
{
    struct world w = {0};

    (void)state;
    add_year(&w, 2022,
             (const char *const[][3]){
                 {"a", "政务大厅运行"}, {"b", "非遗保护专项"}, {"c", "档案整理"}, {0}});
    add_year(&w, 2023,
             (const char *const[][3]){{"a", "政务大厅运行维护"},
                                      {"b", "数字文化馆"},
                                      {"c", "档案整理"},
                                      {"d", "档案整里"},
                                      {"e", "非遗保护专项费", "c"},
                                      {0}});
    /* c is taken by e, which says so; then nothing is left for the others */
    assert_found(&w, 2022, 2023, "a~a e=c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_continues),
        cmocka_unit_test(of_one_name_the_ids_decide),
        cmocka_unit_test(years_between_are_followed),
        cmocka_unit_test(near_names_are_likely),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
