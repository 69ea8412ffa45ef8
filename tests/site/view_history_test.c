/*
 * A department's years side by side: each test gives profiles and reports, the oldest first, and
 * what is shown of one table, in a form for people:
 *
 *     收支总表: 2022 2021
 *     side 收入: codes                   other: the lines that are on none
 *       201 一般公共服务支出, 1: 2.00 | 1.00
 */
#include "base/base.h"

#include "site/view_history.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "site/quantities.h"

enum { REPORTS_MAX = 4 };

static void show_side(const struct view_side *side, size_t years, struct strbuf *out)
{
    strbuf_addf(out, "side%s%s:%s%s\n", side->caption.s ? " " : "",
                side->caption.s ? side->caption.s : "", side->other.value ? " other" : "",
                side->has_codes.value ? " codes" : "");
    for (size_t i = 0; i < side->rows.count; i++) {
        const struct view_row *row = &side->rows.items[i];

        assert_int_equal(row->cells.count, years);
        strbuf_addf(out, "  %s %s, %lld:", row->id.s, row->label.s, (long long)row->level.value);
        for (size_t j = 0; j < years; j++) {
            strbuf_adds(out, j ? " | " : " ");
            quantity_add_shown(&row->cells.items[j].value, out);
            if (row->cells.items[j].bar.present)
                strbuf_addf(out, " (%lld%%)", (long long)row->cells.items[j].bar.value);
        }
        strbuf_addch(out, '\n');
    }
}

static void show(const struct view_history *items, size_t count, struct strbuf *out)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_addf(out, "%s:", items[i].title.s);
        for (size_t j = 0; j < items[i].years.count; j++)
            strbuf_addf(out, " %lld", (long long)items[i].years.items[j].year.value);
        strbuf_addch(out, '\n');
        for (size_t j = 0; j < items[i].sides.count; j++)
            show_side(&items[i].sides.items[j], items[i].years.count, out);
    }
}

/*
 * `forms` are the insides of the table "t" in the profile of each year, the oldest first; `lines`
 * are what the reports of these years have in it. Labels stand in the lines.
 * With an index, only that year and the one before it are asked for.
 */
static void assert_years(const char *const *forms, const char *const *lines, size_t count,
                         size_t index, const char *expected)
{
    struct loaded l = LOADED_INIT;
    struct profile profiles[REPORTS_MAX];
    struct report reports[REPORTS_MAX];
    struct catalog catalog;
    struct department department = {.id = text_of("a"), .reports = {reports, count}};
    struct strbuf shown = STRBUF_INIT;
    struct view_history *items;
    size_t item_count;

    catalog_init(&catalog);
    for (size_t i = 0; i < count; i++) {
        char *json =
            arena_format(&l.arena,
                         "{\"id\": \"p%zu\", \"title\": \"样张\", \"unit\": \"元\", "
                         "\"classification\": 2021, \"tables\": [{\"id\": \"t\", \"title\": "
                         "\"表\", \"columns\": [{\"id\": \"final\"}], %s}]}",
                         i, forms[i]);

        profiles[i] = *(struct profile *)load_text(&l, &entity_profile, json);
        json = arena_format(&l.arena,
                            "{\"year\": %zu, \"profile\": \"p%zu\", \"unit\": \"元\", "
                            "\"tables\": {\"t\": {\"lines\": [%s]}}}",
                            2020 + i, i, lines[i]);
        reports[i] = *(struct report *)load_text(&l, &entity_report, json);
        bind_amounts(&reports[i]);
    }
    assert_errors(&l.errs, "");
    catalog.profiles = profiles;
    catalog.profile_count = count;
    if (index)
        view_history_make_two(NULL, &department, index, &catalog, &l.arena, &items, &item_count);
    else
        view_history_make(NULL, &department, &catalog, &l.arena, &items, &item_count);
    show(items, item_count, &shown);
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
    loaded_release(&l);
}

static void assert_history(const char *const *forms, const char *const *lines, size_t count,
                           const char *expected)
{
    assert_years(forms, lines, count, 0, expected);
}

#define STATUTORY "\"statutory\": true, "
#define TWO_SIDES                                                                                  \
    "\"sides\": [{\"id\": \"in\", \"title\": \"收入\"}, {\"id\": \"out\", \"title\": \"支出\"}], "
#define LINE(id, label, value)                                                                     \
    "{\"id\": \"" id "\", \"label\": \"" label "\", \"final\": \"" value "\"}"

static void each_side_has_its_own_rows(void **state)
{
    static const char *const forms[] = {
        STATUTORY TWO_SIDES "\"lines\": [{\"id\": \"income-total\", \"side\": \"in\"}, "
                            "{\"id\": \"total\", \"side\": \"in\"}, "
                            "{\"id\": \"201\", \"side\": \"out\", \"level\": 1}, "
                            "{\"id\": \"uses-total\", \"side\": \"out\"}]",
        STATUTORY TWO_SIDES "\"lines\": [{\"id\": \"uses-total\", \"side\": \"out\"}, "
                            "{\"id\": \"201\", \"side\": \"out\", \"level\": 1}, "
                            "{\"id\": \"total\", \"side\": \"in\"}]",
    };
    /* each year in an order of its own */
    static const char *const lines[] = {
        LINE("total", "总计", "10") ", " LINE("income-total", "本年收入",
                                              "8") ", " LINE("uses-total", "总计", "10"),
        LINE("201", "一般公共服务支出", "9") ", " LINE("uses-total", "总计",
                                                       "12") ", " LINE("total", "总计", "12"),
    };

    (void)state;
    assert_history(forms, lines, 2,
                   "表: 2021 2020\n"
                   "side 收入:\n"
                   "  total 总计, 0: 12 | 10\n"
                   "  income-total 本年收入, 0:  | 8\n" /* of the older profile alone */
                   "side 支出: codes\n"
                   "  uses-total 总计, 0: 12 | 10\n"
                   "  201 一般公共服务支出, 1: 9 | \n");
}

static void lines_that_are_on_no_side_come_last(void **state)
{
    static const char *const forms[] = {
        STATUTORY TWO_SIDES
        "\"lines\": [{\"id\": \"rest\"}, {\"id\": \"total\", \"side\": \"out\"}]",
    };
    static const char *const lines[] = {
        LINE("rest", "其余", "1") ", " LINE("total", "合计", "2"),
    };

    (void)state;
    assert_history(forms, lines, 1,
                   "表: 2020\n"
                   "side 支出:\n"
                   "  total 合计, 0: 2\n"
                   "side: other\n"
                   "  rest 其余, 0: 1\n");
}

static void a_table_without_sides_has_one_without_a_name(void **state)
{
    static const char *const forms[] = {
        /* sides that the newest form has no more */
        STATUTORY TWO_SIDES "\"lines\": [{\"id\": \"total\", \"side\": \"out\"}]",
        STATUTORY "\"codes\": \"functional\", \"lines\": [{\"id\": \"total\"}]",
    };
    static const char *const lines[] = {
        LINE("total", "合计", "1"),
        LINE("total", "合计", "3") ", " LINE("208", "社会保障和就业支出",
                                             "1") ", " LINE("201", "一般公共服务支出", "2"),
    };

    (void)state;
    assert_history(forms, lines, 2,
                   "表: 2021 2020\n"
                   "side: codes\n"
                   "  201 一般公共服务支出, 0: 2 | \n"
                   "  208 社会保障和就业支出, 0: 1 | \n"
                   "  total 合计, 0: 3 | 1\n");
}

static void a_table_without_final_accounts_is_left_out(void **state)
{
    static const char *const forms[] = {
        STATUTORY TWO_SIDES "\"lines\": [{\"id\": \"total\", \"side\": \"out\"}]",
    };
    static const char *const lines[] = {"{\"id\": \"total\", \"label\": \"合计\"}"};

    (void)state;
    assert_history(forms, lines, 1, "");
}

/* Of three; the table is no statutory one in them. Bars are in per cent of the largest of the two
 * years, debts as long as what is owned; what is more than nothing has one. */
static void two_years_have_all_tables_and_bars(void **state)
{
    static const char form[] = "\"statutory\": false, \"lines\": [{\"id\": \"total\"}, {\"id\": "
                               "\"in\"}, {\"id\": \"few\"}, {\"id\": \"none\"}]";
    static const char *const forms[] = {form, form, form};
    static const char *const lines[] = {
        LINE("total", "合计", "9000"),
        LINE("total", "合计", "-50") ", " LINE("in", "收入", "66.66") ", " LINE("few", "少",
                                                                                "0.01"),
        LINE("total", "合计", "200.00") ", " LINE("in", "收入", "1") ", " LINE("none", "无", "0"),
    };

    (void)state;
    assert_history(forms, lines, 3, "");
    assert_years(forms, lines, 3, 2,
                 "表: 2022 2021\n"
                 "side:\n"
                 "  total 合计, 0: 200.00 (100%) | -50 (25%)\n"
                 "  in 收入, 0: 1 (1%) | 66.66 (33%)\n"
                 "  few 少, 0:  | 0.01 (1%)\n"
                 "  none 无, 0: 0 | \n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_side_has_its_own_rows),
        cmocka_unit_test(lines_that_are_on_no_side_come_last),
        cmocka_unit_test(a_table_without_sides_has_one_without_a_name),
        cmocka_unit_test(a_table_without_final_accounts_is_left_out),
        cmocka_unit_test(two_years_have_all_tables_and_bars),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
