/*
 * A report's table as it stands on a page: each test gives a table of a profile, the report's table
 * and what is shown of both, in a form for people:
 *
 *     income 收入决算表, 万元; statutory amounts
 *     side 收入: codes
 *       heads 决算数 | 占比(%)~            ~ from the narrative; [group: head | head]
 *       201 一般公共服务支出, 1: 1.00 | 2.00 (3.00)   level, cells, other statements; ! a total
 *         比上年变化原因 = ...
 */
#include "base/base.h"

#include "site/view_table.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/bind.h"
#include "model/loaded.h"

/* --- showing --- */

static void show_head(const struct view_head *head, struct strbuf *out)
{
    strbuf_adds(out, head->label.s);
    if (head->unit.s)
        strbuf_addf(out, "(%s)", head->unit.s);
    if (head->narrative.value)
        strbuf_addch(out, '~');
}

/* Groups and columns in one line; both lists must tell the same. */
static void show_heads(const struct view_side *side, struct strbuf *out)
{
    size_t column = 0;

    for (size_t i = 0; i < side->groups.count; i++) {
        const struct view_head *group = &side->groups.items[i];

        strbuf_adds(out, i ? " | " : "  heads ");
        if (group->grouped.value) {
            strbuf_addch(out, '[');
            show_head(group, out);
            strbuf_adds(out, ": ");
        } else {
            assert_int_equal(group->span.value, 1);
        }
        for (int64_t j = 0; j < group->span.value; j++, column++) {
            const struct view_head *head = &side->columns.items[column];

            assert_true(column < side->columns.count);
            assert_int_equal(head->grouped.value, group->grouped.value);
            assert_int_equal(head->span.value, 1);
            if (!group->grouped.value)
                assert_string_equal(head->label.s, group->label.s);
            strbuf_adds(out, j ? " | " : "");
            show_head(head, out);
        }
        strbuf_adds(out, group->grouped.value ? "]" : "");
    }
    assert_int_equal(column, side->columns.count);
    strbuf_adds(out, column ? "\n" : "");
}

static void show_row(const struct view_row *row, size_t columns_count, struct strbuf *out)
{
    assert_int_equal(row->cells.count, columns_count);
    if (row->code.s)
        assert_string_equal(row->code.s, row->id.s);
    strbuf_addf(out, "  %s%s %s", row->code.s ? "#" : "", row->id.s, row->label.s);
    if (row->unit.s)
        strbuf_addf(out, "(%s)", row->unit.s);
    strbuf_addf(out, "%s, %lld%s:", row->narrative.value ? "~" : "", (long long)row->level.value,
                row->total.value ? "!" : "");
    for (size_t i = 0; i < row->cells.count; i++) {
        struct strbuf cell = STRBUF_INIT;

        quantity_add_shown(&row->cells.items[i].value, &cell);
        strbuf_addf(out, "%s %s", i ? " |" : "", cell.buf);
        if (row->cells.items[i].also.s)
            strbuf_addf(out, " (%s)", row->cells.items[i].also.s);
        strbuf_release(&cell);
    }
    strbuf_addch(out, '\n');
    for (size_t i = 0; i < row->notes.count; i++)
        strbuf_addf(out, "    %s = %s\n", row->notes.items[i].label.s, row->notes.items[i].text.s);
}

static void add_flag(struct strbuf *out, const struct flag *flag, const char *name)
{
    if (flag->value)
        strbuf_addf(out, " %s", name);
}

static void show_side(const struct view_side *side, struct strbuf *out)
{
    strbuf_addf(out, "side%s%s:", side->caption.s ? " " : "",
                side->caption.s ? side->caption.s : "");
    add_flag(out, &side->other, "other");
    add_flag(out, &side->has_codes, "codes");
    add_flag(out, &side->has_units, "units");
    add_flag(out, &side->has_groups, "groups");
    strbuf_addch(out, '\n');
    show_heads(side, out);
    for (size_t i = 0; i < side->rows.count; i++)
        show_row(&side->rows.items[i], side->columns.count, out);
}

static void show_table(const struct view_table *view, struct strbuf *out)
{
    strbuf_addf(out, "%s %s, %s;", view->table.s, view->title.s, view->unit.s);
    add_flag(out, &view->statutory, "statutory");
    add_flag(out, &view->amounts, "amounts");
    add_flag(out, &view->not_held, "not-held");
    add_flag(out, &view->not_applicable, "not-applicable");
    add_flag(out, &view->missing, "missing");
    add_flag(out, &view->empty, "empty");
    add_flag(out, &view->in_text, "in-text");
    add_flag(out, &view->has_notes, "notes");
    if (view->statement.s)
        strbuf_addf(out, " '%s'", view->statement.s);
    strbuf_addch(out, '\n');
    for (size_t i = 0; i < view->sides.count; i++)
        show_side(&view->sides.items[i], out);
}

/* --- making --- */

#define CODES                                                                                      \
    "{\"year\": 2021, \"functional\": ["                                                           \
    "{\"code\": \"201\", \"name\": \"一般公共服务支出\"}, "                                \
    "{\"code\": \"20103\", \"name\": \"政府办公厅（室）\"}, "                              \
    "{\"code\": \"2010301\", \"name\": \"行政运行\"}, "                                        \
    "{\"code\": \"208\", \"name\": \"社会保障和就业支出\"}], "                            \
    "\"economic\": [{\"code\": \"301\", \"name\": \"工资福利支出\"}, "                       \
    "{\"code\": \"30101\", \"name\": \"基本工资\"}]}"

struct made {
    struct loaded l;
    struct catalog catalog;
    struct catalog_codes codes;
    const struct profile *profile;
    const struct report *report;
};

static void *load_wrapped(struct made *m, const struct entity *entity, const char *before,
                          const char *text, const char *after)
{
    struct strbuf json = STRBUF_INIT;
    void *record;

    strbuf_addf(&json, "%s%s%s", before, text, after);
    record = load_text(&m->l, entity, json.buf);
    strbuf_release(&json);
    return record;
}

/* `form` is the inside of the profile's table "t"; `table` that of the report's, NULL for none. */
static void make(struct made *m, const char *form, const char *table)
{
    struct bind bind = {.catalog = &m->catalog,
                        .arena = &m->l.arena,
                        .errs = &m->l.errs,
                        .department = text_of("a/b"),
                        .year = {2021, true, {0, 0}}};
    struct classification *codes;
    struct profile *profile;
    struct report *report;

    memset(m, 0, sizeof(*m));
    catalog_init(&m->catalog);
    codes = load_text(&m->l, &entity_classification, CODES);
    m->codes.classification = *codes;
    catalog_index_codes(&m->codes);
    m->catalog.codes = &m->codes;
    m->catalog.codes_count = 1;
    profile = load_wrapped(m, &entity_profile,
                           "{\"id\": \"p\", \"title\": \"样张\", \"unit\": \"万元\", "
                           "\"classification\": 2021, \"tables\": [{\"id\": \"t\", ",
                           form, "}]}");
    m->catalog.profiles = profile;
    m->catalog.profile_count = 1;
    bind_profile(&bind, profile, &m->l.source);
    report = load_wrapped(m, &entity_report,
                          "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"万元\", \"tables\": {",
                          table ? table : "", "}}");
    bind_report(&bind, report, &m->l.source);
    assert_errors(&m->l.errs, "");
    m->profile = profile;
    m->report = report;
}

static void release(struct made *m)
{
    strmap_release(&m->codes.functional);
    strmap_release(&m->codes.economic);
    m->catalog.codes_count = 0;
    catalog_release(&m->catalog);
    loaded_release(&m->l);
}

static void assert_view(const char *form, const char *table, const char *expected)
{
    struct strbuf wrapped = STRBUF_INIT, shown = STRBUF_INIT;
    struct view_table view;
    struct made m;

    if (table)
        strbuf_addf(&wrapped, "\"t\": {%s}", table);
    make(&m, form, table ? wrapped.buf : NULL);
    memset(&view, 0xA5, sizeof(view)); /* all of it is to be filled in */
    view_table_make(NULL, &m.profile->tables.items[0], table ? &m.report->tables.items[0] : NULL,
                    m.report->unit.s, &m.l.arena, &view);
    show_table(&view, &shown);
    assert_string_equal(shown.buf, expected);
    strbuf_release(&wrapped);
    strbuf_release(&shown);
    release(&m);
}

/* --- rows and columns --- */

#define PLAIN                                                                                      \
    "\"title\": \"表\", \"statutory\": true, "                                                    \
    "\"columns\": [{\"id\": \"final\", \"label\": \"决算数\"}, {\"id\": \"prior\"}], "          \
    "\"lines\": [{\"id\": \"total\", \"label\": \"合计\", \"level\": 0}, "                       \
    "{\"id\": \"one\", \"label\": \"其一\", \"level\": 1}, "                                     \
    "{\"id\": \"two\", \"label\": \"其二\", \"level\": 2}, "                                     \
    "{\"id\": \"total-of-none\", \"label\": \"不是合计\"}, "                                   \
    "{\"id\": \"subtotal\", \"label\": \"小计\"}, {\"id\": \"all-total\", \"label\": \"总计\"}]"

static void rows_come_in_the_order_of_the_form(void **state)
{
    (void)state;
    assert_view(PLAIN,
                "\"lines\": [{\"id\": \"two\", \"final\": \"2\"}, "
                "{\"id\": \"total\", \"final\": \"1234.50\", \"prior\": \"-0.00\"}]",
                "t 表, 万元; statutory amounts\n"
                "side:\n"
                "  heads 决算数 | 上年数\n"
                "  total 合计, 0!: 1,234.50 | -0.00\n"
                "  one 其一, 1:  | \n"
                "  two 其二, 2: 2 | \n"
                "  total-of-none 不是合计, 0:  | \n"
                "  subtotal 小计, 0:  | \n"
                "  all-total 总计, 0!:  | \n");
}

static void cells_keep_the_state_of_their_number(void **state)
{
    (void)state;
    assert_view(PLAIN,
                "\"unit\": \"元\", \"lines\": [{\"id\": \"one\", \"final\": {\"na\": \"dash\"}, "
                "\"prior\": \"0\"}, {\"id\": \"two\", \"label\": \"另名\", "
                "\"prior\": {\"na\": \"not-involved\"}}]",
                "t 表, 元; statutory amounts\n"
                "side:\n"
                "  heads 决算数 | 上年数\n"
                "  total 合计, 0!:  | \n"
                "  one 其一, 1: —— | 0\n"
                "  two 另名, 2:  | 不涉及\n"
                "  total-of-none 不是合计, 0:  | \n"
                "  subtotal 小计, 0:  | \n"
                "  all-total 总计, 0!:  | \n");
}

/* --- what the report says of the table as a whole --- */

static void printed_rows_are_shown_empty_only_when_the_table_is_there(void **state)
{
    (void)state;
    assert_view(PLAIN, NULL, "t 表, 万元; statutory missing\n");
    assert_view(PLAIN, "\"status\": \"not-applicable\"", "t 表, 万元; statutory not-applicable\n");
    assert_view(PLAIN, "\"status\": \"empty-with-statement\", \"statement\": \"本年没有。\"",
                "t 表, 万元; statutory empty '本年没有。'\n");
    assert_view(PLAIN, "\"status\": \"empty-with-statement\"", "t 表, 万元; statutory empty\n");
    assert_view(PLAIN, "\"status\": \"attachment-not-held\"", "t 表, 万元; statutory not-held\n");
    assert_view(PLAIN,
                "\"status\": \"attachment-not-held\", \"unit\": \"元\", "
                "\"lines\": [{\"id\": \"one\", \"prior\": \"5\"}]",
                "t 表, 元; statutory amounts not-held\n"
                "side:\n"
                "  heads 上年数\n"
                "  one 其一, 1: 5\n");
    assert_view(PLAIN, "\"status\": \"present\"",
                "t 表, 万元; statutory amounts\n"
                "side:\n"
                "  heads 决算数 | 上年数\n"
                "  total 合计, 0!:  | \n"
                "  one 其一, 1:  | \n"
                "  two 其二, 2:  | \n"
                "  total-of-none 不是合计, 0:  | \n"
                "  subtotal 小计, 0:  | \n"
                "  all-total 总计, 0!:  | \n");
}

static void what_is_no_statutory_table_has_no_empty_rows(void **state)
{
    const char *form = "\"title\": \"说明中的数字\", \"statutory\": false, "
                       "\"columns\": [{\"id\": \"final\"}, {\"id\": \"count\"}], "
                       "\"lines\": [{\"id\": \"one\", \"label\": \"其一\"}, "
                       "{\"id\": \"two\", \"label\": \"其二\"}]";

    (void)state;
    assert_view(form, "\"lines\": [{\"id\": \"two\", \"count\": \"12\"}]",
                "t 说明中的数字, 万元;\n"
                "side:\n"
                "  heads 数量\n"
                "  two 其二, 0: 12\n");
    assert_view(form, "\"lines\": [{\"id\": \"one\", \"final\": \"12\"}]",
                "t 说明中的数字, 万元; amounts\n"
                "side:\n"
                "  heads 决算数\n"
                "  one 其一, 0: 12\n");
    assert_view(form, "\"lines\": []", "t 说明中的数字, 万元; empty\n");
}

/* --- what is from the narrative --- */

static void what_is_from_the_narrative_is_shown_where_it_has_figures(void **state)
{
    const char *form = "\"title\": \"表\", \"statutory\": true, \"columns\": [{\"id\": \"final\"}, "
                       "{\"id\": \"share\", \"where\": \"narrative\"}, "
                       "{\"id\": \"prior_change\", \"where\": \"narrative\"}], "
                       "\"lines\": [{\"id\": \"one\", \"label\": \"其一\"}, "
                       "{\"id\": \"two\", \"label\": \"其二\", \"where\": \"narrative\"}]";

    (void)state;
    assert_view(form, "\"lines\": [{\"id\": \"one\", \"final\": \"1\"}]",
                "t 表, 万元; statutory amounts\n"
                "side:\n"
                "  heads 决算数\n"
                "  one 其一, 0: 1\n");
    assert_view(form, "\"lines\": [{\"id\": \"two\", \"prior_change\": \"-1\"}]",
                "t 表, 万元; statutory amounts\n"
                "side:\n"
                "  heads 决算数 | 比上年增减额~\n"
                "  one 其一, 0:  | \n"
                "  two 其二~, 0:  | -1\n");
    assert_view(form,
                "\"status\": \"attachment-not-held\", "
                "\"lines\": [{\"id\": \"two\", \"share\": \"99.20\"}]",
                "t 表, 万元; statutory not-held\n"
                "side:\n"
                "  heads 占比(%)~\n"
                "  two 其二~, 0: 99.20\n");
}

/* --- sides --- */

#define SIDES                                                                                      \
    "\"title\": \"总表\", \"statutory\": true, "                                                 \
    "\"sides\": [{\"id\": \"income\", \"title\": \"收入\"}, "                                    \
    "{\"id\": \"expenditure\", \"title\": \"支出\"}], "                                          \
    "\"columns\": [{\"id\": \"final\", \"label\": \"金额\", \"side\": \"income\"}, "             \
    "{\"id\": \"final\", \"label\": \"合计\", \"side\": \"expenditure\"}, "                      \
    "{\"id\": \"basic\", \"side\": \"expenditure\"}, "                                             \
    "{\"id\": \"share\", \"where\": \"narrative\"}], "                                             \
    "\"lines\": [{\"id\": \"income-total\", \"label\": \"收入合计\", \"side\": \"income\"}, "  \
    "{\"id\": \"201\", \"side\": \"expenditure\", \"level\": 1}, "                                 \
    "{\"id\": \"uses-total\", \"label\": \"支出合计\", \"side\": \"expenditure\"}, "           \
    "{\"id\": \"rest\", \"label\": \"两边都不是\", \"where\": \"narrative\"}]"

static void each_side_has_its_own_columns_and_rows(void **state)
{
    (void)state;
    assert_view(SIDES,
                "\"lines\": [{\"id\": \"uses-total\", \"final\": \"3\", \"basic\": \"2\"}, "
                "{\"id\": \"income-total\", \"final\": \"1\", \"share\": \"100\"}]",
                "t 总表, 万元; statutory amounts\n"
                "side 收入:\n"
                "  heads 金额 | 占比(%)~\n"
                "  income-total 收入合计, 0!: 1 | 100\n"
                "side 支出: codes\n"
                "  heads 合计 | 基本支出\n"
                "  #201 一般公共服务支出, 1:  | \n"
                "  uses-total 支出合计, 0!: 3 | 2\n");
}

static void a_side_without_a_row_is_left_out(void **state)
{
    (void)state;
    assert_view(SIDES,
                "\"status\": \"attachment-not-held\", "
                "\"lines\": [{\"id\": \"201\", \"basic\": \"2\"}]",
                "t 总表, 万元; statutory amounts not-held\n"
                "side 支出: codes\n"
                "  heads 基本支出\n"
                "  #201 一般公共服务支出, 1: 2\n");
    assert_view(SIDES, NULL, "t 总表, 万元; statutory missing\n");
    /* and leaves nothing to the next */
    assert_view("\"title\": \"表\", \"statutory\": true, \"sides\": ["
                "{\"id\": \"a\", \"title\": \"甲\"}, {\"id\": \"b\", \"title\": \"乙\"}], "
                "\"columns\": [{\"id\": \"final\", \"side\": \"a\", \"group\": \"并\"}, "
                "{\"id\": \"final\", \"side\": \"b\"}], "
                "\"lines\": [{\"id\": \"one\", \"label\": \"其一\", \"side\": \"b\"}]",
                "\"lines\": []",
                "t 表, 万元; statutory amounts\n"
                "side 乙:\n"
                "  heads 决算数\n"
                "  one 其一, 0: \n");
}

static void lines_that_are_on_no_side_come_last(void **state)
{
    (void)state;
    assert_view(SIDES,
                "\"status\": \"attachment-not-held\", "
                "\"lines\": [{\"id\": \"rest\", \"share\": \"5\"}, "
                "{\"id\": \"income-total\", \"final\": \"1\"}]",
                "t 总表, 万元; statutory amounts not-held\n"
                "side 收入:\n"
                "  heads 金额\n"
                "  income-total 收入合计, 0!: 1\n"
                "side: other\n"
                "  heads 占比(%)~\n"
                "  rest 两边都不是~, 0: 5\n");
}

static void codes_in_a_table_with_sides_are_on_the_side_that_the_form_says(void **state)
{
    const char *form = "\"title\": \"表\", \"statutory\": false, \"codes\": \"functional\", "
                       "\"sides\": [{\"id\": \"a\", \"title\": \"甲\"}], "
                       "\"columns\": [{\"id\": \"final\"}], "
                       "\"lines\": [{\"id\": \"208\", \"side\": \"a\", \"level\": 3}]";

    (void)state;
    assert_view(
        form,
        "\"lines\": [{\"id\": \"201\", \"final\": \"1\"}, {\"id\": \"208\", \"final\": \"2\"}]",
        "t 表, 万元; amounts\n"
        "side 甲: codes\n"
        "  heads 决算数\n"
        "  #208 社会保障和就业支出, 3: 2\n"
        "side: other codes\n"
        "  heads 决算数\n"
        "  #201 一般公共服务支出, 0: 1\n");
}

/* --- groups --- */

static void heads_of_one_group_that_stand_together_are_joined(void **state)
{
    const char *form =
        "\"title\": \"表\", \"statutory\": true, \"columns\": ["
        "{\"id\": \"opening\"}, {\"id\": \"final\", \"label\": \"小计\", \"group\": \"支出\"}, "
        "{\"id\": \"basic\", \"group\": \"支出\"}, {\"id\": \"completion\", \"group\": \"比较\"}, "
        "{\"id\": \"share\", \"where\": \"narrative\"}, {\"id\": \"budget_rate\", \"group\": "
        "\"比较\"}, "
        "{\"id\": \"closing\"}], \"lines\": [{\"id\": \"one\", \"label\": \"其一\"}]";

    (void)state;
    /* the hidden column between the two of 比较 does not divide them */
    assert_view(form, "\"lines\": [{\"id\": \"one\", \"basic\": \"1\"}]",
                "t 表, 万元; statutory amounts\n"
                "side: groups\n"
                "  heads 年初结转和结余 | [支出: 小计 | 基本支出] | "
                "[比较: 完成率(%) | 比年初预算增减率(%)] | 年末结转和结余\n"
                "  one 其一, 0:  |  | 1 |  |  | \n");
    assert_view(form, "\"lines\": [{\"id\": \"one\", \"share\": \"1\"}]",
                "t 表, 万元; statutory amounts\n"
                "side: groups\n"
                "  heads 年初结转和结余 | [支出: 小计 | 基本支出] | [比较: 完成率(%)] | "
                "占比(%)~ | [比较: 比年初预算增减率(%)] | 年末结转和结余\n"
                "  one 其一, 0:  |  |  |  | 1 |  | \n");
    assert_view(
        form,
        "\"status\": \"attachment-not-held\", \"lines\": [{\"id\": \"one\", \"opening\": \"1\"}]",
        "t 表, 万元; statutory amounts not-held\n"
        "side:\n"
        "  heads 年初结转和结余\n"
        "  one 其一, 0: 1\n");
}

/* --- codes --- */

#define BY_CODE                                                                                    \
    "\"title\": \"表\", \"statutory\": true, \"codes\": \"functional\", "                         \
    "\"columns\": [{\"id\": \"final\"}], \"lines\": [{\"id\": \"total\", \"label\": \"合计\"}, " \
    "{\"id\": \"other\", \"label\": \"其他\", \"level\": 1}, "                                   \
    "{\"id\": \"rest\", \"label\": \"未用\", \"where\": \"narrative\"}]"

static void codes_keep_the_order_of_the_report(void **state)
{
    (void)state;
    assert_view(
        BY_CODE,
        "\"lines\": [{\"id\": \"208\", \"final\": \"4\"}, {\"id\": \"201\", \"final\": \"3\"}, "
        "{\"id\": \"20103\", \"final\": \"2\"}, {\"id\": \"2010301\", \"final\": \"1\", "
        "\"label\": \"行政运行（改）\"}, {\"id\": \"total\", \"final\": \"7\"}]",
        "t 表, 万元; statutory amounts\n"
        "side: codes\n"
        "  heads 决算数\n"
        "  #208 社会保障和就业支出, 0: 4\n"
        "  #201 一般公共服务支出, 0: 3\n"
        "  #20103 政府办公厅（室）, 1: 2\n"
        "  #2010301 行政运行（改）, 2: 1\n"
        "  total 合计, 0!: 7\n"
        "  other 其他, 1: \n");
    assert_view(
        BY_CODE,
        "\"lines\": [{\"id\": \"total\", \"final\": \"1\"}, {\"id\": \"rest\", \"final\": \"2\"}, "
        "{\"id\": \"other\", \"final\": \"3\"}]",
        "t 表, 万元; statutory amounts\n"
        "side:\n"
        "  heads 决算数\n"
        "  total 合计, 0!: 1\n"
        "  rest 未用~, 0: 2\n"
        "  other 其他, 1: 3\n");
    assert_view(BY_CODE, "\"status\": \"attachment-not-held\", \"lines\": []",
                "t 表, 万元; statutory not-held\n");
}

static void economic_codes_have_levels_too(void **state)
{
    (void)state;
    assert_view(
        "\"title\": \"表\", \"statutory\": true, \"codes\": \"economic\", "
        "\"columns\": [{\"id\": \"final\"}], \"lines\": []",
        "\"lines\": [{\"id\": \"301\", \"final\": \"2\"}, {\"id\": \"30101\", \"final\": \"1\"}]",
        "t 表, 万元; statutory amounts\n"
        "side: codes\n"
        "  heads 决算数\n"
        "  #301 工资福利支出, 0: 2\n"
        "  #30101 基本工资, 1: 1\n");
}

/* --- units --- */

static void what_is_no_money_has_its_unit(void **state)
{
    (void)state;
    assert_view("\"title\": \"表\", \"statutory\": true, \"columns\": [{\"id\": \"count\"}], "
                "\"lines\": [{\"id\": \"cars\", \"label\": \"车辆\", \"unit\": \"辆\"}, "
                "{\"id\": \"rest\", \"label\": \"其他\"}]",
                "\"lines\": [{\"id\": \"cars\", \"count\": \"3\"}]",
                "t 表, 万元; statutory\n"
                "side: units\n"
                "  heads 数量\n"
                "  cars 车辆(辆), 0: 3\n"
                "  rest 其他, 0: \n");
    assert_view("\"title\": \"表\", \"statutory\": true, \"columns\": ["
                "{\"id\": \"established\", \"unit\": \"人\"}, {\"id\": \"completion\"}, "
                "{\"id\": \"mean\", \"label\": \"平均分\", \"unit\": \"分\"}, "
                "{\"id\": \"actual\", \"unit\": \"人\", \"group\": \"年末\"}, {\"id\": \"value\"}, "
                "{\"id\": \"final\"}], \"lines\": [{\"id\": \"one\", \"label\": \"其一\"}]",
                "\"lines\": []",
                "t 表, 万元; statutory amounts\n"
                "side: groups\n"
                "  heads 编制数(人) | 完成率(%) | 平均分(分) | [年末: 实有数(人)] | 数值 | 决算数\n"
                "  one 其一, 0:  |  |  |  |  | \n");
}

/* --- notes --- */

static void notes_stand_beside_the_row_they_are_of(void **state)
{
    (void)state;
    assert_view(
        PLAIN,
        "\"status\": \"attachment-not-held\", \"lines\": [{\"id\": \"one\", \"final\": \"1\", "
        "\"note\": \"注一\", \"narrative_label\": \"其甲\", \"budget_reason\": \"原因二\", "
        "\"prior_reason\": \"原因一\", \"prior_direction\": \"increase\"}, "
        "{\"id\": \"two\", \"final\": \"2\"}]",
        "t 表, 万元; statutory amounts not-held notes\n"
        "side:\n"
        "  heads 决算数\n"
        "  one 其一, 1: 1\n"
        "    比上年变化原因 = 原因一\n"
        "    比预算变化原因 = 原因二\n"
        "    说明中的名称 = 其甲\n"
        "    注 = 注一\n"
        "  two 其二, 2: 2\n");
    assert_view(SIDES,
                "\"status\": \"attachment-not-held\", \"lines\": ["
                "{\"id\": \"income-total\", \"final\": \"1\"}, "
                "{\"id\": \"uses-total\", \"final\": \"1\", \"note\": \"注\"}]",
                "t 总表, 万元; statutory amounts not-held notes\n"
                "side 收入:\n"
                "  heads 金额\n"
                "  income-total 收入合计, 0!: 1\n"
                "side 支出:\n"
                "  heads 合计\n"
                "  uses-total 支出合计, 0!: 1\n"
                "    注 = 注\n");
}

/* --- what can be folded --- */

/* Each row as a letter or more: opens a group, parent of what follows, part, item; empty. */
static void assert_folds(const char *form, const char *table, const char *expected)
{
    struct strbuf wrapped = STRBUF_INIT, shown = STRBUF_INIT;
    struct view_table view;
    struct made m;

    strbuf_addf(&wrapped, "\"t\": {%s}", table);
    make(&m, form, wrapped.buf);
    view_table_make(NULL, &m.profile->tables.items[0], &m.report->tables.items[0], m.report->unit.s,
                    &m.l.arena, &view);
    strbuf_addf(&shown, "%s%s%s", view.has_levels.value ? "levels " : "",
                view.has_items.value ? "items " : "", view.has_narrative.value ? "narrative " : "");
    if (view.empty_rows.present)
        strbuf_addf(&shown, "empty=%lld ", (long long)view.empty_rows.value);
    for (size_t i = 0; i < view.sides.count; i++)
        for (size_t j = 0; j < view.sides.items[i].rows.count; j++) {
            const struct view_row *row = &view.sides.items[i].rows.items[j];

            strbuf_addf(&shown, "%s%s=%s%s%s%s%s",
                        j   ? " "
                        : i ? " / "
                            : "",
                        row->id.s, row->opens.value ? "o" : "-", row->parent.value ? "p" : "",
                        row->item.value ? "i" : "", row->empty.value ? "e" : "",
                        row->noted.value ? "n" : "");
        }
    assert_string_equal(shown.buf, expected);
    strbuf_release(&wrapped);
    strbuf_release(&shown);
    release(&m);
}

#define CODED                                                                                      \
    "\"title\": \"表\", \"statutory\": true, \"codes\": \"functional\", "                         \
    "\"columns\": [{\"id\": \"final\"}, {\"id\": \"share\", \"where\": \"narrative\"}], "          \
    "\"lines\": [{\"id\": \"total\", \"label\": \"合计\"}]"

static void classes_have_their_codes_as_parts(void **state)
{
    (void)state;
    assert_folds(CODED,
                 "\"lines\": [{\"id\": \"total\", \"final\": \"3\"}, {\"id\": \"201\", \"final\": "
                 "\"1\"}, {\"id\": \"20103\", \"final\": \"1\"}, {\"id\": \"2010301\", \"final\": "
                 "\"1\"}, {\"id\": \"208\", \"final\": \"2\"}]",
                 "levels items total=o 201=op 20103=-p 2010301=-i 208=o");
    /* 类 and 款 only */
    assert_folds(CODED,
                 "\"lines\": [{\"id\": \"201\", \"final\": \"1\"}, {\"id\": \"20103\", \"final\": "
                 "\"1\"}, {\"id\": \"total\", \"final\": \"1\"}]",
                 "levels 201=op 20103=- total=o");
    /* a part without its class stands alone: it must not vanish with another one */
    assert_folds(CODED,
                 "\"lines\": [{\"id\": \"208\", \"final\": \"1\"}, {\"id\": \"20103\", \"final\": "
                 "\"1\"}, {\"id\": \"2010301\", \"final\": \"1\"}, {\"id\": \"total\", \"final\": "
                 "\"1\"}]",
                 "levels 208=o 20103=op 2010301=- total=o");
}

static void rows_without_figures_are_counted(void **state)
{
    (void)state;
    assert_folds(PLAIN,
                 "\"lines\": [{\"id\": \"one\", \"final\": \"0\"}, {\"id\": \"two\", \"final\": "
                 "{\"na\": \"dash\"}}, {\"id\": \"subtotal\", \"note\": \"注\"}]",
                 "empty=3 total=oe one=o two=o total-of-none=oe subtotal=on all-total=oe");
    assert_folds(
        PLAIN,
        "\"status\": \"attachment-not-held\", \"lines\": [{\"id\": \"one\", \"final\": \"1\"}]",
        "one=o");
}

static void what_is_from_the_narrative_is_said(void **state)
{
    (void)state;
    assert_folds(CODED, "\"lines\": [{\"id\": \"total\", \"share\": \"100\"}]",
                 "narrative total=o");
    assert_folds("\"title\": \"表\", \"statutory\": true, \"columns\": [{\"id\": \"final\"}], "
                 "\"lines\": [{\"id\": \"one\", \"label\": \"其一\", \"where\": \"narrative\"}]",
                 "\"lines\": [{\"id\": \"one\", \"final\": \"1\"}]", "narrative one=o");
}

/* --- second statements --- */

static void second_statements_stand_beside_the_first(void **state)
{
    (void)state;
    assert_view(
        PLAIN,
        "\"status\": \"attachment-not-held\", \"lines\": [{\"id\": \"one\", "
        "\"final\": \"5377.64\", \"also\": [{\"column\": \"final\", \"value\": \"5377.65\", "
        "\"where\": \"narrative\"}, {\"column\": \"prior\", \"where\": \"narrative\", "
        "\"value\": {\"na\": \"dash\"}}]}]",
        "t 表, 万元; statutory amounts not-held\n"
        "side:\n"
        "  heads 决算数 | 上年数\n"
        "  one 其一, 1: 5,377.64 (5,377.65) |  (——)\n");
}

/* Written without anything between them they would read as one number. */
static void several_second_statements_are_told_apart(void **state)
{
    (void)state;
    assert_view(
        PLAIN,
        "\"status\": \"attachment-not-held\", \"lines\": [{\"id\": \"one\", \"final\": \"1\", "
        "\"also\": [{\"column\": \"final\", \"value\": \"2.5\", \"where\": \"narrative\"}, "
        "{\"column\": \"final\", \"value\": \"30\", \"where\": \"notes\"}]}]",
        "t 表, 万元; statutory amounts not-held\n"
        "side:\n"
        "  heads 决算数\n"
        "  one 其一, 1: 1 (2.5、30)\n");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_in_the_order_of_the_form),
        cmocka_unit_test(cells_keep_the_state_of_their_number),
        cmocka_unit_test(printed_rows_are_shown_empty_only_when_the_table_is_there),
        cmocka_unit_test(what_is_no_statutory_table_has_no_empty_rows),
        cmocka_unit_test(what_is_from_the_narrative_is_shown_where_it_has_figures),
        cmocka_unit_test(each_side_has_its_own_columns_and_rows),
        cmocka_unit_test(a_side_without_a_row_is_left_out),
        cmocka_unit_test(lines_that_are_on_no_side_come_last),
        cmocka_unit_test(codes_in_a_table_with_sides_are_on_the_side_that_the_form_says),
        cmocka_unit_test(heads_of_one_group_that_stand_together_are_joined),
        cmocka_unit_test(codes_keep_the_order_of_the_report),
        cmocka_unit_test(economic_codes_have_levels_too),
        cmocka_unit_test(what_is_no_money_has_its_unit),
        cmocka_unit_test(notes_stand_beside_the_row_they_are_of),
        cmocka_unit_test(classes_have_their_codes_as_parts),
        cmocka_unit_test(rows_without_figures_are_counted),
        cmocka_unit_test(what_is_from_the_narrative_is_said),
        cmocka_unit_test(second_statements_stand_beside_the_first),
        cmocka_unit_test(several_second_statements_are_told_apart),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("view_table", tests, NULL, NULL);
}
