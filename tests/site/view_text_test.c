/*
 * Texts beside the report of tests/site/pages/content/departments/jia/2021, with a theme that the
 * test makes: {{value}}[{{address}}] for a figure, and so on.
 */
#include "base/base.h"

#include "site/view_text.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "site/small_theme.h"
#include "site/theme.h"
#include "source/content.h"

#define PAGE "departments/jia/2021/"

struct made {
    char *folder;
    struct theme *theme;
    struct source *source;
    struct catalog catalog;
    struct content_department content;
    struct site_context site;
    struct text_context context;
    struct arena arena;
    struct errs errs;
};

static int set_up(void **state)
{
    struct made *m = test_calloc(1, sizeof(*m));
    const struct report *report;

    m->folder = testing_folder();
    make_small_theme(m->folder);
    write_below(m->folder, "templates/parts/figure.mustache",
                "{{value}}{{#value_value}}{{value_unit}}{{/value_value}}[{{address}}]");
    write_below(m->folder, "templates/parts/table.mustache",
                "<{{table}}{{#in_text}} in text{{/in_text}}{{#repeated}} again{{/repeated}}"
                "{{#sides}}{{#rows}} {{id}}{{/rows}}"
                "{{/sides}}>");
    write_below(m->folder, "templates/parts/csv.mustache",
                "<{{#heads}}{{text}}{{#number}}#{{/number}}|{{/heads}}{{#rows}}/"
                "{{#cells}}{{text}}{{#number}}#{{/number}}|{{/cells}}{{/rows}}>");
    m->theme = theme_load(m->folder, NULL, "zh-CN", &m->errs);
    m->source = source_open_folder("tests/site/pages/content", &m->errs);
    assert_int_equal(content_load_catalog(m->source, &m->catalog, &m->errs), 0);
    assert_int_equal(content_load_department(m->source, &m->catalog, "jia", &m->content, &m->errs),
                     0);
    assert_errors(&m->errs, "");
    report = &m->content.department.reports.items[1];
    assert_int_equal(report->year.value, 2021);
    m->site = (struct site_context){.theme = m->theme, .catalog = &m->catalog, .source = m->source};
    text_context_init(&m->context, &m->site, catalog_profile(&m->catalog, "made-up"), report,
                      &m->arena);
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    struct made *m = *state;

    content_release_department(&m->content);
    catalog_release(&m->catalog);
    source_close(m->source);
    theme_free(m->theme);
    arena_release(&m->arena);
    errs_release(&m->errs);
    testing_folder_remove(m->folder);
    free(m->folder);
    test_free(m);
    return 0;
}

/* Title, headings and HTML, or the errors. */
static void assert_text(struct made *m, const char *scope, const char *markdown,
                        const char *expected)
{
    const struct source_text source = {"n.md", markdown, strlen(markdown)};
    struct strbuf html = STRBUF_INIT, shown = STRBUF_INIT;
    struct view_text view;
    int result;

    memset(&view, 0xA5, sizeof(view));
    result = view_text_make(&m->context, &source, PAGE, scope, &html, &view, &m->errs);
    assert_int_equal(result, errs_count(&m->errs) ? -1 : 0);
    if (!result) {
        if (view.title.s)
            strbuf_addf(&shown, "title %s\n", view.title.s);
        for (size_t i = 0; i < view.headings.count; i++)
            strbuf_addf(&shown, "h%lld #%s %s\n", (long long)view.headings.items[i].level.value,
                        view.headings.items[i].id.s, view.headings.items[i].text.s);
        assert_int_equal(strlen(view.html.s), view.html.len);
        strbuf_adds(&shown, view.html.s);
    }
    show_errors(&m->errs, &shown);
    assert_string_equal(shown.buf, expected);
    errs_release(&m->errs);
    strbuf_release(&html);
    strbuf_release(&shown);
}

static void a_text_has_a_title_and_headings(void **state)
{
    assert_text(*state, NULL, "# 标题\n\n## 一\n\n### 二\n\n正文\n",
                "title 标题\nh3 #text-一 一\nh4 #text-二 二\n"
                "<h3 id=\"text-一\">\n一\n</h3>\n<h4 id=\"text-二\">\n二\n</h4>\n<p>正文</p>\n");
    assert_text(*state, NULL, "", "");
}

static void figures_are_looked_up_in_the_report(void **state)
{
    assert_text(
        *state, NULL, "{{income_expenditure_summary/income-total/final}} {{visits}}\n",
        "n.md:1:51: error[unknown-reference]: there is no figure 'visits'\n"
        "  {{income_expenditure_summary/income-total/final}} {{visits}}\n"
        "                                                    ^\n"
        "  a figure is called table/line/column, such as income_expenditure_summary/total/final\n");
    assert_text(
        *state, NULL,
        "{{facts/visits/value}} {{expenditure/20103/final}} "
        "{{projects/p2/funds/total/initial_budget}}\n",
        "<p>100,000人次[jia/2021/facts/visits/value] -3.50万元[jia/2021/expenditure/20103/final] "
        "——[jia/2021/projects/p2/funds/total/initial_budget]</p>\n");
    assert_text(
        *state, NULL,
        "{{income_expenditure_summary/expenditure-total/final}}与"
        "{{income_expenditure_summary/expenditure-total/final@narrative}}\n",
        "<p>12,000万元[jia/2021/income_expenditure_summary/expenditure-total/final]与"
        "12,000.5万元[jia/2021/income_expenditure_summary/expenditure-total/final@narrative]"
        "</p>\n");
}

static void figures_are_looked_up_in_the_scope_first(void **state)
{
    assert_text(*state, "projects/p2", "{{funds/total/executed}} {{staffing/total/actual}}\n",
                "<p>4,000.00元[jia/2021/projects/p2/funds/total/executed] "
                "1,234人[jia/2021/staffing/total/actual]</p>\n");
    assert_text(*state, "evaluations/web",
                "{{criteria/basis/expert-3}} {{projects/p2/funds/other/executed}}\n",
                "<p>0.5分[jia/2021/evaluations/web/criteria/basis/expert-3] "
                "1元[jia/2021/projects/p2/funds/other/executed]</p>\n");
    assert_text(*state, NULL, "{{funds/total/executed}}\n",
                "n.md:1:1: error[unknown-reference]: there is no figure 'funds/total/executed'\n"
                "  {{funds/total/executed}}\n"
                "  ^\n"
                "  a figure is called table/line/column, such as "
                "income_expenditure_summary/total/final\n");
}

static void what_the_scope_and_the_report_both_have_is_the_scopes(void **state)
{
    assert_text(*state, "evaluations/web", "{{facts/visits/value}}\n",
                "<p>68份[jia/2021/evaluations/web/facts/visits/value]</p>\n");
    assert_text(*state, NULL, "{{facts/visits/value}}\n",
                "<p>100,000人次[jia/2021/facts/visits/value]</p>\n");
    assert_text(*state, "evaluations/all", "{{facts/visits/value}}\n",
                "<p>100,000人次[jia/2021/facts/visits/value]</p>\n");
}

static void figures_in_headings_are_plain_text_too(void **state)
{
    assert_text(
        *state, NULL,
        "# 支出{{expenditure/total/final}}\n\n"
        "## 项目{{projects/p2/funds/total/initial_budget}}\n\n"
        "![在职{{staffing/total/actual}}](图.png)\n",
        "title 支出12,000万元\n"
        "h3 #text-项目 项目——\n"
        "<h3 id=\"text-项目\">\n项目——[jia/2021/projects/p2/funds/total/initial_budget]\n</h3>\n"
        "<p><img src=\"%E5%9B%BE.png\" alt=\"在职1,234人\" /></p>\n"
        "n.md:5:32: warning[dead-link]: the site has no image '图.png'\n"
        "  ![在职{{staffing/total/actual}}](图.png)\n"
        "                                 ^\n"
        "  put the file into theme/assets/ beside site.json, and write '../../../assets/图.png'\n");
}

static void dead_links_are_warned_of(void **state)
{
    assert_text(*state, NULL,
                "# 一\n\n## 二\n\n[三](#二) [四](#text-二) [五](about.md) [六](../)\n",
                "title 一\n"
                "h3 #text-二 二\n"
                "<h3 id=\"text-二\">\n二\n</h3>\n"
                "<p><a href=\"#%E4%BA%8C\">三</a> <a href=\"#text-%E4%BA%8C\">四</a> "
                "<a href=\"about.md\">五</a> <a href=\"../\">六</a></p>\n"
                "n.md:5:26: warning[dead-link]: this link leads to no page or file of the site: "
                "'about.md'\n"
                "  [三](#二) [四](#text-二) [五](about.md) [六](../)\n"
                "                           ^\n"
                "  write '../../../pages/about/'\n"
                "n.md:5:5: warning[dead-link]: there is no place on this page called '二'\n"
                "  [三](#二) [四](#text-二) [五](about.md) [六](../)\n"
                "      ^\n"
                "  write '#text-二'\n");
}

static void tables_stand_in_the_text(void **state)
{
    assert_text(
        *state, NULL, "{{table expenditure}}\n\n- {{table staffing}}\n",
        "<expenditure in text again 20103 total>\n<ul>\n<li>\n<staffing in text again total>\n"
        "</li>\n</ul>\n");
    /* which is on another page than the table */
    assert_text(*state, "evaluations/web", "{{table government_fund}}\n",
                "<government_fund in text>\n");
}

static void unknown_names_have_a_hint(void **state)
{
    assert_text(
        *state, NULL, "{{expenditure/20103/finale}}\n",
        "n.md:1:1: error[unknown-reference]: there is no figure 'expenditure/20103/finale'\n"
        "  {{expenditure/20103/finale}}\n"
        "  ^\n"
        "  did you mean 'expenditure/20103/final'?\n");
    assert_text(*state, NULL, "{{table expenditrue}}\n\n{{table x}}\n\n{{tabel expenditure}}\n",
                "n.md:1:1: error[unknown-block]: there is no such block '{{table expenditrue}}'\n"
                "  {{table expenditrue}}\n"
                "  ^\n"
                "  did you mean 'expenditure'?\n"
                "n.md:3:1: error[unknown-block]: there is no such block '{{table x}}'\n"
                "  {{table x}}\n"
                "  ^\n"
                "  the tables of the report are in report.json\n"
                "n.md:5:1: error[unknown-block]: there is no such block '{{tabel expenditure}}'\n"
                "  {{tabel expenditure}}\n"
                "  ^\n"
                "  blocks are {{table NAME}}\n");
    /* the profile has it, the report says nothing of it */
    assert_text(*state, NULL, "{{table procurement}}\n",
                "n.md:1:1: error[unknown-block]: there is no such block '{{table procurement}}'\n"
                "  {{table procurement}}\n"
                "  ^\n"
                "  the tables of the report are in report.json\n");
}

static void numbers_in_tables_are_told_from_words(void **state)
{
    assert_text(
        *state, NULL,
        "```csv\n项目,2021\n1,12.5\n-1,+1\n\"1,234\",99.20%\n——,\n-,%\n1a,1-2\n 1,1 "
        "\n一,1%2\n```\n",
        "<项目|2021#|/1#|12.5#|/-1#|+1#|/1,234#|99.20%#|/——||/-|%|/1a|1-2|/ 1|1 |/一|1%2|>\n");
    /* a head and what stands for a number are like the numbers of their column */
    assert_text(*state, NULL, "```csv\n一,二,三,四\n1,,——,1\n-,——,不涉及,无\n```\n",
                "<一#|二|三|四|/1#||——|1#|/-#|——|不涉及|无|>\n");
    assert_text(*state, NULL, "```csv\n```\n\n```csv\n甲\n```\n", "<甲|>\n");
    assert_text(*state, NULL, "一\n\n```csv\na,b\n1\n```\n",
                "n.md:5:0: error[csv-row]: this row has 1 cells, the first has 2\n"
                "  an empty cell has its comma, too\n");
}

/* A template that has no end is an error of the text, not a text without the figure. */
static void a_part_that_cannot_be_rendered_fails(void **state)
{
    struct made *m = *state;
    const struct source_text source = {"n.md", "```csv\na\nb\n```\n", 15};
    struct strbuf html = STRBUF_INIT;
    struct view_text view;
    struct theme *theme;

    write_below(m->folder, "templates/parts/csv.mustache", "{{#rows}}{{>parts/csv}}{{/rows}}");
    theme = theme_load(m->folder, NULL, "zh-CN", &m->errs);
    assert_errors(&m->errs, "");
    m->site.theme = theme;
    assert_int_equal(view_text_make(&m->context, &source, PAGE, NULL, &html, &view, &m->errs), -1);
    assert_int_equal(m->errs.count, 1);
    assert_string_equal(m->errs.items[0].id, "template-recursion");
    strbuf_release(&html);
    theme_free(theme);
}

static void a_report_without_figures_has_texts_too(void **state)
{
    struct made *m = *state;
    const struct report *report = &m->content.department.reports.items[2];
    struct text_context whole = m->context;

    text_context_init(&m->context, &m->site, catalog_profile(&m->catalog, "made-up"), report,
                      &m->arena);
    assert_text(m, NULL, "没有数字。\n", "<p>没有数字。</p>\n");
    assert_text(m, NULL, "{{a/b/c}}\n",
                "n.md:1:1: error[unknown-reference]: there is no figure 'a/b/c'\n  {{a/b/c}}\n  ^\n"
                "  a figure is called table/line/column, such as "
                "income_expenditure_summary/total/final\n");
    m->context = whole;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_text_has_a_title_and_headings),
        TEST(figures_are_looked_up_in_the_report),
        TEST(figures_are_looked_up_in_the_scope_first),
        TEST(what_the_scope_and_the_report_both_have_is_the_scopes),
        TEST(figures_in_headings_are_plain_text_too),
        TEST(dead_links_are_warned_of),
        TEST(tables_stand_in_the_text),
        TEST(unknown_names_have_a_hint),
        TEST(numbers_in_tables_are_told_from_words),
        TEST(a_part_that_cannot_be_rendered_fails),
        TEST(a_report_without_figures_has_texts_too),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("view_text", tests, NULL, NULL);
}
