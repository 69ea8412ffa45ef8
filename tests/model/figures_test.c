/*
 * Run without arguments, this is a test like the others. figures_test.py runs it as
 *
 *     figures_test list FOLDER   prints for each figure of a content folder its address, what is
 *                                stated, its value for machines and its unit, divided by tabs
 *
 * and compares with what Python finds in the same files.
 */
#include "base/base.h"

#include "model/figures.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "model/walk.h"
#include "model/world.h"
#include "source/content.h"

static void add_line(void *ctx, const struct all_figure *f)
{
    struct strbuf *out = ctx;

    strbuf_addf(out, "%s = ", f->address.s);
    quantity_add_stated(&f->value, out);
    strbuf_addf(out, " %s (%s, %s, %s)", f->unit.s ? f->unit.s : "-", f->label.s ? f->label.s : "-",
                f->column_label.s, f->measure.s);
    strbuf_addf(out, " [%s|%s|%s|%s|%s]\n", f->scope.s ? f->scope.s : "", f->table.s, f->line.s,
                f->column.s, f->statement.s ? f->statement.s : "");
}

/* A report with a bit of everything. */
static struct report *make_report(struct world *w)
{
    struct report *r;

    world_init(w);
    r = world_report(
        w,
        "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"万元\", \"tables\": {\n"
        " \"spending\": {\"lines\": [{\"id\": \"201\", \"prior_rate\": \"-0.50\", \"final\": "
        "\"4180.76\",\n"
        "   \"also\": [{\"column\": \"final\", \"where\": \"narrative\", \"value\": "
        "\"4180.70\"}]},\n"
        "  {\"id\": \"total\", \"final\": {\"na\": \"dash\"}}, {\"id\": \"20103\", \"label\": "
        "\"没有数字\"}]},\n"
        " \"things\": {\"lines\": [{\"id\": \"vehicles\", \"count\": 3}]}},\n"
        " \"facts\": [{\"id\": \"offices\", \"label\": \"科室\", \"value\": 7, \"unit\": \"个\"},\n"
        "  {\"id\": \"staff\", \"label\": \"人数\", \"from\": 20, \"to\": {\"na\": "
        "\"not-involved\"}}]}");
    r->projects.items = world_project(
        w,
        "{\"id\": \"p07\", \"name\": \"党建\", \"unit\": \"元\",\n"
        " \"funds\": [{\"id\": \"total\", \"executed\": \"0.5\", \"initial_budget\": 1, \"score\": "
        "10}],\n"
        " \"facts\": [{\"id\": \"goal\", \"label\": \"目标\", \"value\": 5, \"unit\": \"次\"}],\n"
        " \"indicators\": [{\"id\": \"cost-1\", \"name\": \"成本\", \"weight\": 20, "
        "\"completion\": \"95\",\n"
        "   \"facts\": [{\"id\": \"cost\", \"label\": \"成本\", \"value\": \"0.28\", \"unit\": "
        "\"万\"}]},\n"
        "  {\"id\": \"economic-1\", \"na\": \"not-involved\", \"score\": {\"na\": \"dash\"}}]}");
    r->projects.count = 1;
    r->evaluations.items = world_evaluation(
        w,
        "{\"id\": \"website\", \"kind\": \"project\", \"name\": \"网站\", \"score\": \"83.72\",\n"
        " \"funds\": [{\"id\": \"total\", \"full_budget\": \"169.368\"}],\n"
        " \"facts\": [{\"id\": \"sent\", \"label\": \"问卷\", \"value\": 68, \"unit\": \"份\"}],\n"
        " \"criteria\": [{\"id\": \"basis\", \"name\": \"依据\", \"weight\": \"1.5\", "
        "\"loss_rate\": \"0\",\n"
        "   \"experts\": [\"1.5\", {\"na\": \"dash\"}]}]}");
    r->evaluations.count = 1;
    assert_errors(&w->l.errs, "");
    return r;
}

static void every_kind_has_its_address(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct world w;
    const struct report *r = make_report(&w);

    (void)state;
    figures_each(r, NULL, add_line, &out);
    assert_string_equal(
        out.buf,
        "town/office/2021/spending/201/prior_rate = -0.50 % (一般公共服务支出, 比上年增减率, "
        "percent)"
        " [|spending|201|prior_rate|]\n"
        "town/office/2021/spending/201/final = 4180.76 万元 (一般公共服务支出, 本年支出, amount)"
        " [|spending|201|final|]\n"
        "town/office/2021/spending/201/final@narrative = 4180.70 万元 (一般公共服务支出, 本年支出, "
        "amount)"
        " [|spending|201|final|narrative]\n"
        "town/office/2021/spending/total/final = —— 万元 (合计, 本年支出, amount)"
        " [|spending|total|final|]\n"
        "town/office/2021/things/vehicles/count = 3 辆 (车辆, 数量, count) "
        "[|things|vehicles|count|]\n"
        "town/office/2021/facts/offices/value = 7 个 (科室, 数值, number) [|facts|offices|value|]\n"
        "town/office/2021/facts/staff/from = 20 - (人数, 由, number) [|facts|staff|from|]\n"
        "town/office/2021/facts/staff/to = 不涉及 - (人数, 至, number) [|facts|staff|to|]\n"
        "town/office/2021/projects/p07/funds/total/initial_budget = 1 元 (年度资金总额, "
        "年初预算数, amount)"
        " [projects/p07|funds|total|initial_budget|]\n"
        "town/office/2021/projects/p07/funds/total/executed = 0.5 元 (年度资金总额, 全年执行数, "
        "amount)"
        " [projects/p07|funds|total|executed|]\n"
        "town/office/2021/projects/p07/funds/total/score = 10 分 (年度资金总额, 得分, score)"
        " [projects/p07|funds|total|score|]\n"
        "town/office/2021/projects/p07/indicators/cost-1/completion = 95 % (成本, 完成率, percent)"
        " [projects/p07|indicators|cost-1|completion|]\n"
        "town/office/2021/projects/p07/indicators/cost-1/weight = 20 分 (成本, 分值, score)"
        " [projects/p07|indicators|cost-1|weight|]\n"
        "town/office/2021/projects/p07/facts/cost/value = 0.28 万 (成本, 数值, number)"
        " [projects/p07|facts|cost|value|]\n"
        "town/office/2021/projects/p07/indicators/economic-1/score = —— 分 (-, 得分, score)"
        " [projects/p07|indicators|economic-1|score|]\n"
        "town/office/2021/projects/p07/facts/goal/value = 5 次 (目标, 数值, number)"
        " [projects/p07|facts|goal|value|]\n"
        "town/office/2021/evaluations/website/result/total/score = 83.72 分 (网站, 得分, score)"
        " [evaluations/website|result|total|score|]\n"
        "town/office/2021/evaluations/website/funds/total/full_budget = 169.368 万元 "
        "(年度资金总额, 全年预算数, amount)"
        " [evaluations/website|funds|total|full_budget|]\n"
        "town/office/2021/evaluations/website/criteria/basis/weight = 1.5 分 (依据, 分值, score)"
        " [evaluations/website|criteria|basis|weight|]\n"
        "town/office/2021/evaluations/website/criteria/basis/loss_rate = 0 % (依据, 失分率, "
        "percent)"
        " [evaluations/website|criteria|basis|loss_rate|]\n"
        "town/office/2021/evaluations/website/criteria/basis/expert-1 = 1.5 分 (依据, 得分, score)"
        " [evaluations/website|criteria|basis|expert-1|]\n"
        "town/office/2021/evaluations/website/criteria/basis/expert-2 = —— 分 (依据, 得分, score)"
        " [evaluations/website|criteria|basis|expert-2|]\n"
        "town/office/2021/evaluations/website/facts/sent/value = 68 份 (问卷, 数值, number)"
        " [evaluations/website|facts|sent|value|]\n");
    strbuf_release(&out);
    world_release(&w);
}

struct lookup {
    const struct report *report;
    struct arena *arena;
    size_t below; /* where an address goes on below the report */
    size_t count;
};

static void find_again(void *ctx, const struct all_figure *f)
{
    struct lookup *lookup = ctx;
    struct all_figure found;
    struct strbuf one = STRBUF_INIT, other = STRBUF_INIT;

    lookup->count++;
    if (!figures_find(lookup->report, f->address.s + lookup->below, lookup->arena, &found))
        fail_msg("%s is not found", f->address.s);
    add_line(&one, f);
    add_line(&other, &found);
    assert_string_equal(other.buf, one.buf);
    strbuf_release(&one);
    strbuf_release(&other);
}

static void every_figure_is_found_by_its_address(void **state)
{
    struct world w;
    struct lookup lookup = {.report = make_report(&w), .arena = &w.l.arena};

    (void)state;
    lookup.below = strlen("town/office/2021/");
    figures_each(lookup.report, NULL, find_again, &lookup);
    assert_int_equal(lookup.count, 23);
    world_release(&w);
}

static void what_is_found_outlives_the_search(void **state)
{
    struct world w;
    const struct report *r = make_report(&w);
    struct all_figure f, second;

    (void)state;
    assert_true(figures_find(r, "projects/p07/funds/total/executed", &w.l.arena, &f));
    assert_true(figures_find(r, "spending/201/final@narrative", &w.l.arena, &second));
    assert_string_equal(f.address.s, "town/office/2021/projects/p07/funds/total/executed");
    assert_string_equal(f.scope.s, "projects/p07");
    assert_string_equal(f.department.s, "town/office");
    assert_int_equal(f.year.value, 2021);
    assert_int_equal(f.value.number.units, 5);
    assert_int_equal(second.value.number.units, 418070);
    world_release(&w);
}

static void what_is_no_address_is_not_found(void **state)
{
    static const char *const none[] = {
        "",
        "/",
        "spending",
        "spending/",
        "spending/201",
        "spending/201/prior",
        "spending/201/final@",
        "spending/201/final/",
        "/spending/201/final",
        "town/office/2021/spending/201/final",
        "projects",
        "projects/",
        "projects/p07",
        "projects/p0/funds/total/executed",
        "projects/p077/funds/total/executed",
        "projects/p07/funds/total",
        "facts/",
        "facts/offices",
        "facts/offices/to",
        "evaluations/website",
        "evaluations/p07/funds/total/executed",
    };
    struct world w;
    const struct report *r = make_report(&w);
    struct all_figure f;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(none); i++)
        if (figures_find(r, none[i], &w.l.arena, &f))
            fail_msg("'%s' is found: %s", none[i], f.address.s);
    world_release(&w);
}

static void count_one(void *ctx, const struct all_figure *figure)
{
    (void)figure;
    ++*(size_t *)ctx;
}

static void an_empty_report_has_none(void **state)
{
    struct world w;
    size_t count = 0;

    (void)state;
    world_init(&w);
    figures_each(world_report(&w, "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\"}"), NULL,
                 count_one, &count);
    assert_int_equal(count, 0);
    world_release(&w);
}

/* What was not bound, since there was an error, has no address, or a right one. */
static void what_was_refused_has_no_address(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct world w;
    struct report *r;

    (void)state;
    world_init(&w);
    r = world_report(
        &w, "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\", \"tables\": {\n"
            " \"spending\": {\"lines\": [{\"final\": \"1\"}, {\"id\": \"999\", \"final\": \"2\"},\n"
            "   {\"id\": \"total\", \"share\": \"3\", \"final\": \"4\"}]},\n"
            " \"nothing\": {\"lines\": [{\"id\": \"x\", \"final\": \"5\"}]}},\n"
            " \"facts\": [{\"label\": \"x\", \"value\": 6}, {\"id\": \"good\", \"label\": \"x\", "
            "\"value\": 7}]}");
    r->projects.items =
        world_project(&w, "{\"id\": \"p\", \"name\": \"x\", \"funds\": [{\"score\": 8}],\n"
                          "\"facts\": [{\"label\": \"x\", \"value\": 9}]}");
    r->projects.count = 1;
    assert_true(w.l.errs.count > 5);
    figures_each(r, NULL, add_line, &out);
    assert_string_equal(
        out.buf,
        "town/office/2021/spending/total/final = 4 元 (合计, 本年支出, amount) "
        "[|spending|total|final|]\n"
        "town/office/2021/facts/good/value = 7 - (x, 数值, number) [|facts|good|value|]\n");
    strbuf_release(&out);
    world_release(&w);
}

/* --- a whole content folder, for figures_test.py --- */

static void print_figure(void *ctx, const struct all_figure *f)
{
    struct strbuf stated = STRBUF_INIT, value = STRBUF_INIT;

    (void)ctx;
    quantity_add_stated(&f->value, &stated);
    quantity_add_value(&f->value, &value);
    printf("%s\t%s\t%s\t%s\n", f->address.s, stated.buf, value.buf, f->unit.s ? f->unit.s : "");
    strbuf_release(&stated);
    strbuf_release(&value);
}

/* Whether there were errors, which are shown. */
static bool failed(struct errs *errs)
{
    struct strbuf shown = STRBUF_INIT;
    bool any = errs_count(errs) > 0;

    show_errors(errs, &shown);
    fputs(shown.buf, stderr);
    strbuf_release(&shown);
    errs_release(errs);
    return any;
}

static int print_folder(const char *folder)
{
    struct errs errs = ERRS_INIT;
    struct arena arena = ARENA_INIT;
    struct source *source = source_open_folder(folder, &errs);
    struct content_departments departments;
    struct catalog catalog;

    if (!source)
        return 1;
    content_load_catalog(source, &catalog, &errs);
    content_list_departments(source, &arena, &departments, &errs);
    for (size_t i = 0; i < departments.count; i++) {
        struct content_department d;

        if (!content_load_department(source, &catalog, departments.ids[i], &d, &errs))
            for (size_t j = 0; j < d.department.reports.count; j++)
                figures_each(&d.department.reports.items[j], NULL, print_figure, NULL);
        content_release_department(&d);
    }
    catalog_release(&catalog);
    arena_release(&arena);
    source_close(source);
    return failed(&errs);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_its_address),
        cmocka_unit_test(every_figure_is_found_by_its_address),
        cmocka_unit_test(what_is_found_outlives_the_search),
        cmocka_unit_test(what_is_no_address_is_not_found),
        cmocka_unit_test(an_empty_report_has_none),
        cmocka_unit_test(what_was_refused_has_no_address),
    };

    if (argc == 3 && !strcmp(argv[1], "list"))
        return print_folder(argv[2]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
