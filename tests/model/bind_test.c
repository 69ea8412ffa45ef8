#include "base/base.h"

#include "model/bind.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "model/world.h"

static int set_up(void **state)
{
    static struct world w;

    world_init(&w);
    *state = &w;
    return 0;
}

static int tear_down(void **state)
{
    world_release(*state);
    return 0;
}

static void assert_text(const struct text *text, const char *s)
{
    if (!text->s || strcmp(text->s, s) || text->len != strlen(s))
        fail_msg("'%s' in the place of '%s'", text->s ? text->s : "nothing", s);
}

static const struct line *first_line(const struct report *report)
{
    assert_true(report->tables.count && report->tables.items[0].lines.count);
    return &report->tables.items[0].lines.items[0];
}

/* --- reports --- */

static void everything_gets_the_keys_of_the_report(void **state)
{
    struct world *w = *state;
    const struct report *r = world_report(
        w, "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\",\n"
           " \"tables\": {\"spending\": {\"lines\": [{\"id\": \"201\", \"final\": \"1\"}]}},\n"
           " \"facts\": [{\"id\": \"a\", \"label\": \"x\", \"value\": 1, \"unit\": \"件\"}]}");
    const struct table *t = r->tables.items;
    const struct figure *f = first_line(r)->figures.items;

    assert_errors(&w->l.errs, "");
    assert_text(&r->department, "town/office");
    assert_text(&r->path, "town/office/2021");
    assert_text(&t->department, "town/office");
    assert_int_equal(t->year.value, 2021);
    assert_text(&t->title, "支出表");
    assert_text(&t->status, "present");
    assert_text(&t->lines.items[0].department, "town/office");
    assert_text(&t->lines.items[0].table, "spending");
    assert_text(&f->department, "town/office");
    assert_int_equal(f->year.value, 2021);
    assert_text(&f->table, "spending");
    assert_text(&f->line, "201");
    assert_text(&f->column, "final");
    assert_null(f->statement.s);
    assert_text(&f->label, "一般公共服务支出");
    assert_text(&f->column_label, "本年支出");
    assert_text(&f->measure, "amount");
    assert_text(&f->unit, "元");
    assert_text(&f->file, "departments/town/office/2021/report.json");
    assert_int_equal(f->source_line.value, 2);
    assert_text(&r->facts.items[0].department, "town/office");
    assert_null(r->facts.items[0].scope.s);
    assert_null(r->facts.items[0].indicator.s);
    assert_ptr_equal(w->bind.profile, w->catalog.profiles);
    assert_string_equal(w->bind.unit, "元");
}

static void labels_come_from_the_profile_the_codes_or_the_line(void **state)
{
    struct world *w = *state;
    const struct report *r = world_lines(w, "spending",
                                         "{\"id\": \"total\"}, {\"id\": \"201\"},\n"
                                         "{\"id\": \"20103\", \"label\": \"办公厅事务\"}");
    const struct line *lines = first_line(r);

    assert_text(&lines[0].label, "合计");
    assert_text(&lines[1].label, "一般公共服务支出");
    assert_text(&lines[2].label, "办公厅事务");
    lines = first_line(world_lines(w, "summary", "{\"id\": \"201\", \"final\": \"1\"}"));
    assert_text(&lines[0].label, "一般公共服务支出");
    lines = first_line(world_lines(w, "basics", "{\"id\": \"201\"}, {\"id\": \"301\"}"));
    assert_text(&lines[0].label, "另一个二〇一");
    assert_text(&lines[1].label, "工资福利支出");
    assert_errors(&w->l.errs, "");
}

static void a_column_is_called_as_on_the_side_of_its_line(void **state)
{
    struct world *w = *state;
    const struct line *lines = first_line(
        world_lines(w, "summary",
                    "{\"id\": \"total\", \"final\": \"1\", \"share\": \"5\"},\n"
                    "{\"id\": \"uses-total\", \"final\": \"1\", \"general_public\": \"1\"},\n"
                    "{\"id\": \"none\", \"share\": \"1\"}"));

    assert_errors(&w->l.errs, "");
    assert_text(&lines[0].figures.items[0].column_label, "决算数");
    assert_text(&lines[0].figures.items[1].column_label, "占比"); /* of the dictionary */
    assert_text(&lines[1].figures.items[0].column_label, "合计");
    assert_text(&lines[1].figures.items[1].column_label, "一般公共预算财政拨款");
}

static void every_measure_gets_its_unit(void **state)
{
    struct world *w = *state;
    const struct line *lines = first_line(world_lines(
        w, "things",
        "{\"id\": \"vehicles\", \"count\": \"1\", \"actual\": \"2\", \"score\": \"3\",\n"
        " \"value\": \"4\", \"amount\": \"5\", \"completion\": \"6\"},\n"
        "{\"id\": \"people\", \"count\": \"1\", \"actual\": \"2\", \"score\": \"3\",\n"
        " \"value\": \"4\", \"amount\": {\"na\": \"dash\"}, \"completion\": \"6\"}"));
    static const char *const units[2][6] = {{"辆", "辆", "分", "辆", "万元", "%"},
                                            {"个", NULL, "分", "项", "万元", "%"}};
    static const char *const measures[6] = {"count",  "count",  "score",
                                            "number", "amount", "percent"};

    assert_errors(&w->l.errs, "");
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 6; j++) {
            const struct figure *f = &lines[i].figures.items[j];

            assert_text(&f->measure, measures[j]);
            if (units[i][j])
                assert_text(&f->unit, units[i][j]);
            else
                assert_null(f->unit.s);
            assert_ptr_equal(f->unit.s, f->value.unit);
        }
}

static void a_table_may_have_a_unit_of_its_own(void **state)
{
    struct world *w = *state;
    const struct report *r =
        world_report(w, "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"万元\", \"tables\": {\n"
                        "\"spending\": {\"unit\": \"元\", \"status\": \"attachment-not-held\",\n"
                        "  \"lines\": [{\"id\": \"total\", \"final\": \"0.01\"}]},\n"
                        "\"basics\": {\"lines\": [{\"id\": \"301\", \"final\": \"0.000001\"}]}}}");

    assert_errors(&w->l.errs, "");
    assert_text(&first_line(r)->figures.items[0].unit, "元");
    assert_text(&r->tables.items[0].status, "attachment-not-held");
    assert_text(&r->tables.items[1].lines.items[0].figures.items[0].unit, "万元");
}

static void second_statements_become_figures(void **state)
{
    struct world *w = *state;
    const struct line *line = first_line(
        world_lines(w, "spending",
                    "{\"id\": \"total\", \"final\": \"5\", \"also\": [\n"
                    "  {\"column\": \"final\", \"where\": \"narrative\", \"value\": \"5377.64\"},\n"
                    "  {\"column\": \"prior_rate\", \"where\": \"annex\", \"value\": \"1.5\"}]}"));

    assert_errors(&w->l.errs, "");
    assert_int_equal(line->figures.count, 3);
    assert_null(line->figures.items[0].statement.s);
    assert_text(&line->figures.items[1].column, "final");
    assert_text(&line->figures.items[1].statement, "narrative");
    assert_text(&line->figures.items[1].measure, "amount");
    assert_text(&line->figures.items[1].unit, "万元");
    assert_text(&line->figures.items[1].label, "合计");
    assert_int_equal(line->figures.items[1].value.number.units, 537764);
    assert_int_equal(line->figures.items[1].source_line.value, 4);
    assert_text(&line->figures.items[2].statement, "annex");
    assert_text(&line->figures.items[2].unit, "%");
    assert_int_equal(line->also.items[0].value.measure, MEASURE_AMOUNT); /* and here too */
    assert_string_equal(line->also.items[0].value.unit, "万元");
    assert_string_equal(line->also.items[1].value.unit, "%");
}

static void a_line_may_have_nothing_but_a_second_statement(void **state)
{
    struct world *w = *state;
    const struct line *line =
        first_line(world_lines(w, "spending",
                               "{\"id\": \"total\", \"also\": [{\"column\": \"final\", \"where\": "
                               "\"narrative\", \"value\": 1}]}"));

    assert_errors(&w->l.errs, "");
    assert_int_equal(line->figures.count, 1);
    assert_text(&line->figures.items[0].statement, "narrative");
}

static void unknown_names_are_found(void **state)
{
    struct world *w = *state;

    world_lines(w, "spendin", "{\"id\": \"nonsense\", \"final\": \"0.0000000001\"}");
    assert_errors(&w->l.errs,
                  "report.json:2:1: error[unknown-table]: the profile p has no table 'spendin'\n"
                  "  \"spendin\": {\"lines\": [\n"
                  "  ^\n"
                  "  did you mean 'spending'?\n");
    world_lines(w, "other", "");
    assert_errors(&w->l.errs,
                  "report.json:2:1: error[unknown-table]: the profile p has no table 'other'\n"
                  "  \"other\": {\"lines\": [\n"
                  "  ^\n"
                  "  known: summary, spending, basics, things\n");
    world_lines(w, "summary", "{\"id\": \"totl\", \"final\": \"1\"}");
    assert_errors(&w->l.errs, "report.json:3:8: error[unknown-line]: the profile p has no line "
                              "'totl' in the table 'summary'\n"
                              "  {\"id\": \"totl\", \"final\": \"1\"}\n"
                              "         ^\n"
                              "  did you mean 'total'?\n");
    world_lines(w, "spending", "{\"id\": \"202\", \"final\": \"1\"}");
    assert_errors(&w->l.errs,
                  "report.json:3:8: error[unknown-line]: the profile p has no line "
                  "'202' in the table 'spending'\n"
                  "  {\"id\": \"202\", \"final\": \"1\"}\n"
                  "         ^\n"
                  "  a code must be in classifications/2021.json: mend it, or add it there, or "
                  "give the line a \"label\"\n");
    world_lines(w, "spending", "{\"id\": \"20299\", \"label\": \"外交\", \"final\": \"1\"}");
    assert_errors(&w->l.errs, ""); /* there are more codes than anybody has listed */
    world_lines(w, "basics", "{\"id\": \"3029901\", \"label\": \"外交\", \"final\": \"1\"}");
    assert_error(&w->l.errs, "unknown-line", 3);
    world_lines(w, "summary", "{\"id\": \"20299\", \"label\": \"外交\", \"final\": \"1\"}");
    assert_error(&w->l.errs, "unknown-line", 3);
    world_lines(w, "summary", "{\"id\": \"20103\"}"); /* a code, but the table has no codes */
    assert_error(&w->l.errs, "unknown-line", 3);
    world_lines(w, "basics", "{\"id\": \"20103\"}"); /* a code of the other kind */
    assert_error(&w->l.errs, "unknown-line", 3);
    world_lines(w, "spending",
                "{\"id\": \"total\", \"prior\": \"1\"}, {\"id\": \"201\", \"share\": \"1\"}");
    assert_errors(&w->l.errs,
                  "report.json:3:17: error[unknown-column]: the profile p has no column "
                  "'prior' in the table 'spending'\n"
                  "  {\"id\": \"total\", \"prior\": \"1\"}, {\"id\": \"201\", \"share\": \"1\"}\n"
                  "                  ^\n"
                  "  known: final, prior_rate\n"
                  "report.json:3:46: error[unknown-column]: the profile p has no column "
                  "'share' in the table 'spending'\n"
                  "  {\"id\": \"total\", \"prior\": \"1\"}, {\"id\": \"201\", \"share\": \"1\"}\n"
                  "                                               ^\n"
                  "  known: final, prior_rate\n");
    world_lines(w, "spending",
                "{\"id\": \"total\", \"also\": [\n"
                "{\"column\": \"finale\", \"where\": \"narrative\", \"value\": 1},\n"
                "{\"column\": \"share\", \"where\": \"narrative\", \"value\": 1}]}");
    assert_errors(
        &w->l.errs,
        "report.json:4:12: error[unknown-column]: the profile p has no column 'finale' in "
        "the table 'spending'\n"
        "  {\"column\": \"finale\", \"where\": \"narrative\", \"value\": 1},\n"
        "             ^\n"
        "  did you mean 'final'?\n"
        "report.json:5:12: error[unknown-column]: the profile p has no column 'share' in "
        "the table 'spending'\n"
        "  {\"column\": \"share\", \"where\": \"narrative\", \"value\": 1}]}\n"
        "             ^\n"
        "  known: final, prior_rate\n");
}

static void profiles_must_be_there_and_for_the_year(void **state)
{
    struct world *w = *state;
    struct report *r;

    r = world_report(
        w, "{\"year\": 2021, \"profile\": \"q\", \"unit\": \"元\",\n"
           "\"tables\": {\"nothing\": {\"lines\": [{\"id\": \"x\", \"final\": \"1\"}]}}}");
    assert_errors(&w->l.errs, "report.json:1:27: error[unknown-profile]: there is no profile 'q'\n"
                              "  {\"year\": 2021, \"profile\": \"q\", \"unit\": \"元\",\n"
                              "                            ^\n"
                              "  known: p\n");
    assert_null(w->bind.profile);
    assert_text(&r->tables.items[0].department, "town/office");

    w->catalog.profiles->id = text_of("beijing-2021");
    world_report(w, "{\"year\": 2021, \"profile\": \"beijing-2020\", \"unit\": \"元\"}");
    assert_errors(&w->l.errs,
                  "report.json:1:27: error[unknown-profile]: there is no profile 'beijing-2020'\n"
                  "  {\"year\": 2021, \"profile\": \"beijing-2020\", \"unit\": \"元\"}\n"
                  "                            ^\n"
                  "  did you mean 'beijing-2021'?\n");
    w->catalog.profiles->id = text_of("p");

    r = world_report(w, "{\"year\": 2020, \"profile\": \"p\", \"unit\": \"元\"}");
    assert_errors(&w->l.errs,
                  "report.json:1:10: error[wrong-year]: the year is 2020, but the folder is 2021\n"
                  "  {\"year\": 2020, \"profile\": \"p\", \"unit\": \"元\"}\n"
                  "           ^\n"
                  "  mend the one that is wrong\n");
    assert_int_equal(r->year.value, 2021);
    for (int year = 2019; year <= 2023; year++) {
        struct strbuf text = STRBUF_INIT;

        w->bind.year.value = year;
        strbuf_addf(&text, "{\"year\": %d, \"profile\": \"p\", \"unit\": \"元\"}", year);
        world_report(w, text.buf);
        if (year == 2019 || year == 2023)
            assert_error(&w->l.errs, "profile-year", 1);
        assert_errors(&w->l.errs, "");
        strbuf_release(&text);
    }
}

static void amounts_that_cannot_be_held_are_found(void **state)
{
    struct world *w = *state;

    world_lines(
        w, "spending",
        "{\"id\": \"total\", \"final\": \"0.1234567\"},\n"
        "{\"id\": \"201\", \"final\": \"92233720368547.75807\", \"prior_rate\": \"0.12345678\"},\n"
        "{\"id\": \"20103\", \"final\": \"0.1230000000\", \"also\": [\n"
        " {\"column\": \"final\", \"where\": \"narrative\", \"value\": \"0.0000001\"}]}");
    assert_errors(
        &w->l.errs,
        "report.json:3:26: error[too-fine]: 'final' has 7 decimals; in 万元 an amount can "
        "have at most 6\n"
        "  {\"id\": \"total\", \"final\": \"0.1234567\"},\n"
        "                           ^\n"
        "  amounts are kept in 分, 0.01 元; check the unit\n"
        "report.json:4:24: error[out-of-range]: 'final' is too large an amount to be held\n"
        "  {\"id\": \"201\", \"final\": \"92233720368547.75807\", \"prior_rate\": "
        "\"0.12345678\"},\n"
        "                         ^\n"
        "  check the unit\n"
        "report.json:4:62: error[out-of-range]: 'prior_rate' has more than 6 decimals, or is too "
        "large a number to be held\n"
        "  {\"id\": \"201\", \"final\": \"92233720368547.75807\", \"prior_rate\": "
        "\"0.12345678\"},\n"
        "                                                               ^\n"
        "  write it with fewer digits; a factor can go into the unit, as in 万人\n"
        "report.json:6:53: error[too-fine]: 'final' has 7 decimals; in 万元 an amount can "
        "have at most 6\n"
        "   {\"column\": \"final\", \"where\": \"narrative\", \"value\": \"0.0000001\"}]}\n"
        "                                                      ^\n"
        "  amounts are kept in 分, 0.01 元; check the unit\n");
    world_report(
        w, "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\",\n"
           "\"tables\": {\"spending\": {\"lines\": [{\"id\": \"201\", \"final\": \"0.001\"}]}}}");
    assert_errors(
        &w->l.errs,
        "report.json:2:58: error[too-fine]: 'final' has 3 decimals; in 元 an amount can "
        "have at most 2\n"
        "  \"tables\": {\"spending\": {\"lines\": [{\"id\": \"201\", \"final\": \"0.001\"}]}}}\n"
        "                                                           ^\n"
        "  amounts are kept in 分, 0.01 元; check the unit\n");
    world_project(
        w,
        "{\"id\": \"a\", \"name\": \"x\", \"unit\": \"亿元\", \"funds\": [\n"
        "{\"id\": \"total\", \"executed\": \"0.12345678901\", \"full_budget\": \"9999999999\"}]}");
    assert_int_equal(w->l.errs.count, 2);
    assert_string_equal(w->l.errs.items[0].id, "out-of-range"); /* in the order of the fields */
    assert_string_equal(w->l.errs.items[1].id, "too-fine");
}

/* --- facts --- */

static void facts_need_a_number(void **state)
{
    struct world *w = *state;

    world_report(w, "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\", \"facts\": [\n"
                    "{\"id\": \"value\", \"label\": \"x\", \"value\": \"1\"},\n"
                    "{\"id\": \"range\", \"label\": \"x\", \"from\": \"1\", \"to\": \"2\"},\n"
                    "{\"id\": \"dash\", \"label\": \"x\", \"value\": {\"na\": \"dash\"}},\n"
                    "{\"id\": \"none\", \"label\": \"x\"},\n"
                    "{\"id\": \"from\", \"label\": \"x\", \"from\": \"1\"},\n"
                    "{\"id\": \"to\", \"label\": \"x\", \"to\": \"1\"}]}");
    assert_errors(&w->l.errs,
                  "report.json:5:8: error[fact-without-number]: the fact 'none' needs a "
                  "'value', or 'from' and 'to'\n"
                  "  {\"id\": \"none\", \"label\": \"x\"},\n"
                  "         ^\n"
                  "report.json:6:8: error[fact-without-number]: the fact 'from' needs a "
                  "'value', or 'from' and 'to'\n"
                  "  {\"id\": \"from\", \"label\": \"x\", \"from\": \"1\"},\n"
                  "         ^\n"
                  "report.json:7:8: error[fact-without-number]: the fact 'to' needs a "
                  "'value', or 'from' and 'to'\n"
                  "  {\"id\": \"to\", \"label\": \"x\", \"to\": \"1\"}]}\n"
                  "         ^\n");
}

static void a_number_of_a_fact_has_the_unit_beside_it(void **state)
{
    struct world *w = *state;
    const struct report *r = world_report(
        w, "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"万元\", \"facts\": [\n"
           "{\"id\": \"a\", \"label\": \"x\", \"value\": \"0.000001\", \"unit\": \"万元\"},\n"
           "{\"id\": \"b\", \"label\": \"x\", \"from\": \"1\", \"to\": \"2\", \"unit\": \"件\"},\n"
           "{\"id\": \"c\", \"label\": \"x\", \"value\": \"5\"}]}");

    assert_errors(&w->l.errs, "");
    assert_string_equal(r->facts.items[0].value.unit, "万元");
    assert_int_equal(r->facts.items[0].value.measure, MEASURE_NUMBER);
    assert_string_equal(r->facts.items[1].from.unit, "件");
    assert_string_equal(r->facts.items[1].to.unit, "件");
    assert_null(r->facts.items[2].value.unit);
}

static void a_fact_that_comes_twice_is_reported_once(void **state)
{
    struct world *w = *state;

    world_project(
        w, "{\"id\": \"a\", \"name\": \"x\",\n"
           "\"facts\": [{\"id\": \"goal\", \"label\": \"x\", \"value\": 1},\n"
           "          {\"id\": \"goal\", \"label\": \"x\", \"value\": 1}],\n"
           "\"indicators\": [\n"
           " {\"id\": \"one\", \"facts\": [{\"id\": \"goal\", \"label\": \"x\", \"value\": 1},\n"
           "   {\"id\": \"own\", \"label\": \"x\", \"value\": 1}]},\n"
           " {\"id\": \"two\", \"facts\": [{\"id\": \"own\", \"label\": \"x\", \"value\": 1}]}]}");
    assert_errors(
        &w->l.errs,
        "project.json:3:18: error[duplicate-id]: 'goal' comes twice in 'facts', first on "
        "line 2\n"
        "            {\"id\": \"goal\", \"label\": \"x\", \"value\": 1}],\n"
        "                   ^\n"
        "  take one of them out, or mend the one that is meant to be another\n"
        "project.json:5:33: error[duplicate-id]: the fact 'goal' comes twice in this file, "
        "first on line 2\n"
        "   {\"id\": \"one\", \"facts\": [{\"id\": \"goal\", \"label\": \"x\", \"value\": 1},\n"
        "                                  ^\n"
        "  take one of them out, or mend the one that is meant to be another\n"
        "project.json:7:33: error[duplicate-id]: the fact 'own' comes twice in this file, "
        "first on line 6\n"
        "   {\"id\": \"two\", \"facts\": [{\"id\": \"own\", \"label\": \"x\", \"value\": 1}]}]}\n"
        "                                  ^\n"
        "  take one of them out, or mend the one that is meant to be another\n");
    world_report(w, "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\", \"facts\": [\n"
                    "{\"id\": \"a\", \"label\": \"x\", \"value\": 1},\n"
                    "{\"id\": \"a\", \"label\": \"x\", \"value\": 1}]}");
    assert_error(&w->l.errs, "duplicate-id", 3);
}

/* --- projects --- */

static const char *const plain_report = "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"万元\"}";

static void a_project_gives_its_keys_to_what_it_holds(void **state)
{
    struct world *w = *state;
    const struct project *p;

    world_report(w, plain_report);
    p = world_project(
        w, "{\"id\": \"p07\", \"name\": \"党建\", \"funds\": [{\"id\": \"total\", \"executed\": "
           "\"1\",\n"
           "  \"execution_rate\": \"76\", \"score\": \"7.6\"}, {\"id\": \"own\", \"label\": "
           "\"自筹\"}],\n"
           " \"facts\": [{\"id\": \"goal\", \"label\": \"x\", \"value\": 1}],\n"
           " \"indicators\": [{\"id\": \"cost-1\", \"completion\": \"100\", \"score\": \"5\", "
           "\"facts\": [\n"
           "   {\"id\": \"cost\", \"label\": \"成本\", \"value\": \"2\", \"unit\": \"万\"}]}]}");
    assert_errors(&w->l.errs, "");
    assert_text(&p->department, "town/office");
    assert_int_equal(p->year.value, 2021);
    assert_text(&p->path, "town/office/2021/projects/p07");
    assert_text(&p->funds.items[0].scope, "projects/p07");
    assert_text(&p->funds.items[0].label, "年度资金总额");
    assert_text(&p->funds.items[0].unit, "万元"); /* of the report */
    assert_string_equal(p->funds.items[0].executed.unit, "万元");
    assert_string_equal(p->funds.items[0].execution_rate.unit, "%");
    assert_string_equal(p->funds.items[0].score.unit, "分");
    assert_text(&p->funds.items[1].label, "自筹");
    assert_text(&p->facts.items[0].scope, "projects/p07");
    assert_null(p->facts.items[0].indicator.s);
    assert_text(&p->indicators.items[0].department, "town/office");
    assert_int_equal(p->indicators.items[0].year.value, 2021);
    assert_text(&p->indicators.items[0].project, "p07");
    assert_string_equal(p->indicators.items[0].completion.unit, "%");
    assert_text(&p->indicators.items[0].facts.items[0].scope, "projects/p07");
    assert_text(&p->indicators.items[0].facts.items[0].indicator, "cost-1");
    assert_string_equal(p->indicators.items[0].facts.items[0].value.unit, "万");
}

static void a_fund_needs_a_name(void **state)
{
    struct world *w = *state;

    world_report(w, plain_report);
    world_project(w, "{\"id\": \"a\", \"name\": \"x\", \"unit\": \"元\", \"funds\": [\n"
                     "{\"id\": \"other\"}, {\"id\": \"own\", \"label\": \"自筹\"}]}");
    assert_errors(&w->l.errs, "project.json:2:8: error[unknown-fund]: the profile p has no fund "
                              "'other'\n"
                              "  {\"id\": \"other\"}, {\"id\": \"own\", \"label\": \"自筹\"}]}\n"
                              "         ^\n"
                              "  give it a \"label\" here, or add it to the profile\n");
    /* without a profile there was an error already */
    w->bind.profile = NULL;
    world_project(w, "{\"id\": \"a\", \"name\": \"x\", \"funds\": [{\"id\": \"other\"}]}");
    assert_errors(&w->l.errs, "");
}

/* --- evaluations --- */

static void an_evaluation_gives_its_keys_to_what_it_holds(void **state)
{
    struct world *w = *state;
    const struct evaluation *e;
    const struct criterion *c;

    world_report(w, plain_report);
    e = world_evaluation(
        w, "{\"id\": \"website\", \"kind\": \"project\", \"name\": \"网站\", \"unit\": \"元\",\n"
           " \"funds\": [{\"id\": \"total\", \"executed\": \"1.5\"}],\n"
           " \"facts\": [{\"id\": \"sent\", \"label\": \"问卷\", \"value\": \"68\", \"unit\": "
           "\"份\"}],\n"
           " \"criteria\": [{\"id\": \"a\", \"name\": \"决策\", \"weight\": \"10\", \"loss_rate\": "
           "\"5\"},\n"
           "  {\"id\": \"b\", \"name\": \"立项\", \"parent\": \"a\"},\n"
           "  {\"id\": \"c\", \"name\": \"依据\", \"parent\": \"b\", \"experts\": [\"1.5\", "
           "{\"na\": \"dash\"}]},\n"
           "  {\"id\": \"d\", \"name\": \"过程\"}], \"score\": \"83.72\"}");
    assert_errors(&w->l.errs, "");
    assert_text(&e->path, "town/office/2021/evaluations/website");
    assert_string_equal(e->score.unit, "分");
    assert_text(&e->funds.items[0].scope, "evaluations/website");
    assert_text(&e->funds.items[0].unit, "元");
    assert_text(&e->facts.items[0].scope, "evaluations/website");
    c = e->criteria.items;
    assert_text(&c[0].evaluation, "website");
    assert_string_equal(c[0].weight.unit, "分");
    assert_string_equal(c[0].loss_rate.unit, "%");
    for (int i = 0; i < 4; i++) {
        assert_true(c[i].depth.present);
        assert_int_equal(c[i].depth.value, i % 3);
    }
    assert_int_equal(c[2].expert_scores.count, 2);
    assert_text(&c[2].expert_scores.items[0].department, "town/office");
    assert_int_equal(c[2].expert_scores.items[0].year.value, 2021);
    assert_text(&c[2].expert_scores.items[0].evaluation, "website");
    assert_text(&c[2].expert_scores.items[0].criterion, "c");
    assert_text(&c[2].expert_scores.items[0].criterion_name, "依据");
    assert_text(&c[2].expert_scores.items[0].expert, "expert-1");
    assert_int_equal(c[2].expert_scores.items[0].score.number.units, 15);
    assert_string_equal(c[2].expert_scores.items[0].score.unit, "分");
    assert_text(&c[2].expert_scores.items[1].expert, "expert-2");
    assert_int_equal(c[2].expert_scores.items[1].score.state, QUANTITY_DASH);
    assert_int_equal(c[0].expert_scores.count, 0);
}

static void a_parent_stands_before_its_children(void **state)
{
    struct world *w = *state;

    world_report(w, plain_report);
    world_evaluation(w, "{\"id\": \"e\", \"kind\": \"project\", \"name\": \"x\", \"criteria\": [\n"
                        "{\"id\": \"a\", \"name\": \"甲\", \"parent\": \"b\"},\n"
                        "{\"id\": \"b\", \"name\": \"乙\", \"parent\": \"b\"},\n"
                        "{\"id\": \"c\", \"name\": \"丙\", \"parent\": \"nobody\"},\n"
                        "{\"id\": \"d\", \"name\": \"丁\", \"parent\": \"a\"}]}");
    assert_errors(&w->l.errs,
                  "evaluation.json:2:36: error[unknown-parent]: there is no criterion 'b' before "
                  "this one\n"
                  "  {\"id\": \"a\", \"name\": \"甲\", \"parent\": \"b\"},\n"
                  "                                     ^\n"
                  "  a parent stands before what belongs to it\n"
                  "evaluation.json:3:36: error[unknown-parent]: there is no criterion 'b' before "
                  "this one\n"
                  "  {\"id\": \"b\", \"name\": \"乙\", \"parent\": \"b\"},\n"
                  "                                     ^\n"
                  "  a parent stands before what belongs to it\n"
                  "evaluation.json:4:36: error[unknown-parent]: there is no criterion 'nobody' "
                  "before this one\n"
                  "  {\"id\": \"c\", \"name\": \"丙\", \"parent\": \"nobody\"},\n"
                  "                                     ^\n"
                  "  a parent stands before what belongs to it\n");
}

/* --- departments --- */

static void a_department_is_called_by_its_first_name(void **state)
{
    struct world *w = *state;
    const struct department *d = world_department(
        w,
        "{\"names\": [{\"name\": \"政务服务局\", \"short_name\": \"政务局\", \"from\": \"2019\"},\n"
        " {\"name\": \"政务服务办公室\", \"to\": \"2019\"}], \"division\": \"110106\",\n"
        " \"division_name\": \"丰台区\", \"level\": \"county\", \"units\": [{\"id\": \"a\", "
        "\"name\": \"甲\"}]}");

    assert_errors(&w->l.errs, "");
    assert_text(&d->id, "town/office");
    assert_text(&d->name, "政务服务局");
    assert_text(&d->short_name, "政务局");
    assert_text(&d->names.items[1].department, "town/office");
    assert_text(&d->units.items[0].department, "town/office");
}

/* --- profiles --- */

static void profiles_are_checked_against_codes_and_columns(void **state)
{
    struct world *w = *state;
    const struct profile *p = world_profile(
        w,
        "{\"id\": \"q\", \"title\": \"x\", \"unit\": \"元\", \"classification\": 2020,\n"
        " \"tables\": [{\"id\": \"t\", \"title\": \"x\", \"statutory\": true,\n"
        "  \"sides\": [{\"id\": \"left\", \"title\": \"x\"}],\n"
        "  \"columns\": [{\"id\": \"finale\", \"side\": \"left\"},\n"
        "   {\"id\": \"xxxxx\", \"side\": \"right\"}],\n"
        "  \"lines\": [{\"id\": \"total\", \"label\": \"x\", \"side\": \"lef\"},\n"
        "   {\"id\": \"nothing\", \"side\": \"left\"}, {\"id\": \"201\", \"side\": \"left\"}]}],\n"
        " \"funds\": [{\"id\": \"total\"}, {\"id\": \"201\"}],\n"
        " \"grades\": [{\"label\": \"优\", \"from\": \"90\", \"to\": \"100\"}]}");

    assert_errors(
        &w->l.errs,
        "profile.json:1:58: error[unknown-classification]: there is no classifications/2020.json\n"
        "  {\"id\": \"q\", \"title\": \"x\", \"unit\": \"元\", \"classification\": 2020,\n"
        "                                                           ^\n"
        "  make it, or name the year of one that is there\n"
        "profile.json:4:22: error[unknown-column]: there is no column 'finale'\n"
        "    \"columns\": [{\"id\": \"finale\", \"side\": \"left\"},\n"
        "                       ^\n"
        "  did you mean 'final'?\n"
        "profile.json:5:11: error[unknown-column]: there is no column 'xxxxx'\n"
        "     {\"id\": \"xxxxx\", \"side\": \"right\"}],\n"
        "            ^\n"
        "  'juesuan schema report' shows which columns there are\n"
        "profile.json:5:28: error[unknown-side]: the table 't' has no side 'right'\n"
        "     {\"id\": \"xxxxx\", \"side\": \"right\"}],\n"
        "                             ^\n"
        "  known: left\n"
        "profile.json:6:51: error[unknown-side]: the table 't' has no side 'lef'\n"
        "    \"lines\": [{\"id\": \"total\", \"label\": \"x\", \"side\": \"lef\"},\n"
        "                                                    ^\n"
        "  did you mean 'left'?\n"
        "profile.json:7:11: error[line-without-label]: the line 'nothing' has no label and is no "
        "code of the classification\n"
        "     {\"id\": \"nothing\", \"side\": \"left\"}, {\"id\": \"201\", \"side\": "
        "\"left\"}]}],\n"
        "            ^\n"
        "  give it a \"label\"\n"
        "profile.json:8:19: error[line-without-label]: the line 'total' has no label and is no "
        "code "
        "of the classification\n"
        "   \"funds\": [{\"id\": \"total\"}, {\"id\": \"201\"}],\n"
        "                    ^\n"
        "  give it a \"label\"\n"
        "profile.json:8:36: error[line-without-label]: the line '201' has no label and is no code "
        "of the classification\n"
        "   \"funds\": [{\"id\": \"total\"}, {\"id\": \"201\"}],\n"
        "                                     ^\n"
        "  give it a \"label\"\n");
    assert_string_equal(p->grades.items[0].from.unit, "分");
}

static void fixed_lines_are_called_like_their_codes(void **state)
{
    struct world *w = *state;
    const struct profile *p = world_profile(
        w,
        "{\"id\": \"q\", \"title\": \"x\", \"unit\": \"元\", \"classification\": 2021,\n"
        " \"tables\": [{\"id\": \"t\", \"title\": \"x\", \"statutory\": true,\n"
        "  \"columns\": [{\"id\": \"final\"}], \"lines\": [{\"id\": \"201\"}, {\"id\": \"301\"},\n"
        "   {\"id\": \"20103\", \"label\": \"办公厅\"}]}]}");

    assert_errors(&w->l.errs, "");
    assert_text(&p->tables.items[0].lines.items[0].label, "一般公共服务支出");
    assert_text(&p->tables.items[0].lines.items[1].label, "工资福利支出");
    assert_text(&p->tables.items[0].lines.items[2].label, "办公厅");
}

/* --- after errors --- */

/* What the loader refused is left out, and binding says nothing more about it. */
static void binding_goes_on_after_errors_of_loading(void **state)
{
    struct world *w = *state;

    world_report(
        w,
        "{\"year\": \"x\", \"profile\": 5, \"unit\": \"dollar\", \"tables\": {\n"
        "\"Spending\": {\"lines\": [{\"final\": \"1\"}]}, \"spending\": 7}, \"facts\": [{}, 5]}");
    assert_true(w->l.errs.count >= 7);
    errs_release(&w->l.errs);
    world_lines(w, "spending",
                "{\"id\": \"A\", \"final\": \"x\"}, {\"id\": \"total\", \"final\": \"x\", "
                "\"also\": [{}, 5,\n"
                "{\"column\": \"final\"}, {\"where\": \"narrative\", \"value\": 1}]}");
    for (size_t i = 0; i < w->l.errs.count; i++)
        assert_string_not_equal(w->l.errs.items[i].id, "unknown-column");
    errs_release(&w->l.errs);
    world_project(w, "{\"id\": \"a\", \"funds\": [{}], \"indicators\": [{\"facts\": [{}]}]}");
    world_evaluation(
        w, "{\"id\": \"a\", \"criteria\": [{}, {\"parent\": \"a\", \"experts\": [\"x\"]}]}");
    world_department(w, "{}");
    world_profile(w, "{\"tables\": [{}, {\"columns\": [{}], \"lines\": [{}]}], \"grades\": [{}]}");
    assert_true(w->l.errs.count > 10);
}

static void results_say_whether_errors_were_added(void **state)
{
    struct world *w = *state;
    struct report *r = load_text(&w->l, &entity_report, plain_report);
    struct profile *p = load_text(&w->l, &entity_profile,
                                  "{\"id\": \"q\", \"title\": \"x\", \"unit\": \"元\",\n"
                                  "\"classification\": 2020, \"tables\": []}");

    errs_release(&w->l.errs);
    assert_int_equal(bind_profile(&w->bind, p, &w->l.source), -1);
    assert_int_equal(bind_report(&w->bind, r, &w->l.source), 0); /* although there are some */
    w->bind.year.value = 2030;
    assert_int_equal(bind_report(&w->bind, r, &w->l.source), -1);
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_WORLD(everything_gets_the_keys_of_the_report),
        WITH_WORLD(labels_come_from_the_profile_the_codes_or_the_line),
        WITH_WORLD(a_column_is_called_as_on_the_side_of_its_line),
        WITH_WORLD(every_measure_gets_its_unit),
        WITH_WORLD(a_table_may_have_a_unit_of_its_own),
        WITH_WORLD(second_statements_become_figures),
        WITH_WORLD(a_line_may_have_nothing_but_a_second_statement),
        WITH_WORLD(unknown_names_are_found),
        WITH_WORLD(profiles_must_be_there_and_for_the_year),
        WITH_WORLD(amounts_that_cannot_be_held_are_found),
        WITH_WORLD(facts_need_a_number),
        WITH_WORLD(a_number_of_a_fact_has_the_unit_beside_it),
        WITH_WORLD(a_fact_that_comes_twice_is_reported_once),
        WITH_WORLD(a_project_gives_its_keys_to_what_it_holds),
        WITH_WORLD(a_fund_needs_a_name),
        WITH_WORLD(an_evaluation_gives_its_keys_to_what_it_holds),
        WITH_WORLD(a_parent_stands_before_its_children),
        WITH_WORLD(a_department_is_called_by_its_first_name),
        WITH_WORLD(profiles_are_checked_against_codes_and_columns),
        WITH_WORLD(fixed_lines_are_called_like_their_codes),
        WITH_WORLD(binding_goes_on_after_errors_of_loading),
        WITH_WORLD(results_say_whether_errors_were_added),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("bind", tests, NULL, NULL);
}
