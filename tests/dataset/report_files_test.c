#include "base/base.h"

#include "dataset/report_files.h"

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

static struct report *small_report(struct sample *s, const char *text)
{
    return sample_report(s, sample_bare_department(s, "d"), 2021, text);
}

static void assert_csv(struct sample *s, const struct report *report, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    report_csv(&s->plan, report, &out);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void assert_json(const struct report *report, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    report_json(report, &out);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

#define HEADER                                                                                     \
    "address,department,year,scope,table,line,column,statement,label,column_label,measure,value,"  \
    "stated,unit,file,source_line\n"

static void a_report_without_figures_has_a_header(void **state)
{
    struct sample *s = *state;
    const struct report *report = small_report(s, "{'year': 2021, 'profile': 'one', 'unit': '元'}");

    assert_csv(s, report, HEADER);
    assert_json(report, "{\n"
                        "  \"department\": \"d\",\n"
                        "  \"year\": 2021,\n"
                        "  \"department_name\": \"名\",\n"
                        "  \"profile\": \"one\",\n"
                        "  \"unit\": \"元\"\n"
                        "}\n");
}

static void every_figure_has_a_row(void **state)
{
    struct sample *s = *state;
    const struct department *d = sample_everything(s);

    assert_csv(
        s, &d->reports.items[0],
        HEADER
        "a/b/2021/summary/total/final,a/b,2021,,summary,total,final,,合计,决算数,amount,41807600,"
        "4180.76,万元,departments/a/b/2021/report.json,3\n"
        "a/b/2021/summary/total/share,a/"
        "b,2021,,summary,total,share,,合计,占比,percent,,——,%,departments/a/b/2021/report.json,3\n"
        "a/b/2021/summary/total/count,a/"
        "b,2021,,summary,total,count,,合计,数量,count,0,0,个,departments/a/b/2021/report.json,3\n"
        "a/b/2021/summary/total/final@narrative,a/b,2021,,summary,total,final,narrative,合计,"
        "决算数,amount,0,-0.00,万元,departments/a/b/2021/report.json,4\n"
        "a/b/2021/summary/201/share,a/b,2021,,summary,201,share,,一般公共服务支出,占比,percent,"
        "99.20,99.20,%,departments/a/b/2021/report.json,5\n"
        "a/b/2021/summary/201/final,a/b,2021,,summary,201,final,,一般公共服务支出,决算数,amount,,"
        "不涉及,万元,departments/a/b/2021/report.json,5\n"
        "a/b/2021/order/total/final,a/b,2021,,order,total,final,,合计,决算数,amount,-0.90,-0.90,"
        "元,departments/a/b/2021/report.json,6\n"
        "a/b/2021/facts/f/value,a/b,2021,,facts,f,value,,数,数值,number,5,5,个,departments/a/b/"
        "2021/report.json,8\n"
        "a/b/2021/facts/g/from,a/b,2021,,facts,g,from,,率,由,number,69.14,69.14,%,departments/a/b/"
        "2021/report.json,9\n"
        "a/b/2021/facts/g/to,a/b,2021,,facts,g,to,,率,至,number,83.46,83.46,%,departments/a/b/2021/"
        "report.json,9\n"
        "a/b/2021/projects/p1/funds/total/executed,a/b,2021,projects/p1,funds,total,executed,,"
        "总额,全年执行数,amount,1.5,1.5,元,departments/a/b/2021/projects/p1.json,1\n"
        "a/b/2021/projects/p1/funds/total/weight,a/b,2021,projects/p1,funds,total,weight,,总额,"
        "分值,score,,——,分,departments/a/b/2021/projects/p1.json,1\n"
        "a/b/2021/projects/p1/indicators/i/score,a/b,2021,projects/p1,indicators,i,score,,指标,"
        "得分,score,9,9,分,departments/a/b/2021/projects/p1.json,1\n"
        "a/b/2021/projects/p1/facts/f/value,a/b,2021,projects/p1,facts,f,value,,目标,数值,number,"
        "90,90,,departments/a/b/2021/projects/p1.json,1\n"
        "a/b/2021/projects/p1/facts/h/value,a/b,2021,projects/p1,facts,h,value,,人数,数值,number,"
        "1,1,,departments/a/b/2021/projects/p1.json,1\n"
        "a/b/2021/evaluations/e/result/total/score,a/b,2021,evaluations/e,result,total,score,,"
        "评价,得分,score,83.72,83.72,分,departments/a/b/2021/evaluations/e.json,1\n"
        "a/b/2021/evaluations/e/funds/x/full_budget,a/b,2021,evaluations/e,funds,x,full_budget,,"
        "自有,全年预算数,amount,0.01,0.000001,万元,departments/a/b/2021/evaluations/e.json,1\n"
        "a/b/2021/evaluations/e/criteria/c/weight,a/b,2021,evaluations/e,criteria,c,weight,,决策,"
        "分值,score,10,10,分,departments/a/b/2021/evaluations/e.json,1\n"
        "a/b/2021/evaluations/e/criteria/c/mean,a/b,2021,evaluations/e,criteria,c,mean,,决策,"
        "平均分,score,8.75,8.75,分,departments/a/b/2021/evaluations/e.json,1\n"
        "a/b/2021/evaluations/e/criteria/c/expert-1,a/b,2021,evaluations/e,criteria,c,expert-1,,"
        "决策,得分,score,9,9,分,departments/a/b/2021/evaluations/e.json,1\n"
        "a/b/2021/evaluations/e/criteria/c/expert-2,a/b,2021,evaluations/e,criteria,c,expert-2,,"
        "决策,得分,score,,——,分,departments/a/b/2021/evaluations/e.json,1\n"
        "a/b/2021/evaluations/e/criteria/c/expert-3,a/b,2021,evaluations/e,criteria,c,expert-3,,"
        "决策,得分,score,8.50,8.50,分,departments/a/b/2021/evaluations/e.json,1\n"
        "a/b/2021/evaluations/e/facts/f/value,a/b,2021,evaluations/e,facts,f,value,,份,数值,"
        "number,68,68,,departments/a/b/2021/evaluations/e.json,1\n");
}

/* A line stands on one line; keys of what a record belongs to are left out. */
static void tables_are_nested_as_in_the_source(void **state)
{
    struct sample *s = *state;
    const struct report *report =
        small_report(s, "{'year': 2021, 'profile': 'one', 'unit': '万元', 'tables': {"
                        "  'summary': {'unit': '元', 'lines': [{'id': 'total', 'final': '-0.00',"
                        "     'prior_direction': 'flat', 'stated_year': 2020, 'also': ["
                        "       {'column': 'share', 'where': 'narrative', 'value': '4.50'}]}]},"
                        "  'bare': {'status': 'empty-with-statement', 'statement': '无'}},"
                        " 'facts': [{'id': 'f', 'label': '\\\"', 'value': {'na': 'dash'}}]}");

    assert_json(report,
                "{\n"
                "  \"department\": \"d\",\n"
                "  \"year\": 2021,\n"
                "  \"department_name\": \"名\",\n"
                "  \"profile\": \"one\",\n"
                "  \"unit\": \"万元\",\n"
                "  \"tables\": {\n"
                "    \"summary\": {\n"
                "      \"title\": \"总表\",\n"
                "      \"status\": \"present\",\n"
                "      \"unit\": \"元\",\n"
                "      \"lines\": [\n"
                "        {\"id\": \"total\", \"label\": \"合计\", \"final\": {\"label\": "
                "\"决算数\", \"value\": 0.00, \"stated\": \"-0.00\", \"unit\": \"元\"}, "
                "\"prior_direction\": \"flat\", \"stated_year\": 2020, \"also\": [{\"column\": "
                "\"share\", \"where\": \"narrative\", \"value\": {\"value\": 4.50, \"stated\": "
                "\"4.50\", \"unit\": \"%\"}}]}\n"
                "      ]\n"
                "    },\n"
                "    \"bare\": {\n"
                "      \"title\": \"空表\",\n"
                "      \"status\": \"empty-with-statement\",\n"
                "      \"statement\": \"无\"\n"
                "    }\n"
                "  },\n"
                "  \"facts\": [\n"
                "    {\n"
                "      \"id\": \"f\",\n"
                "      \"label\": \"\\\"\",\n"
                "      \"value\": {\n"
                "        \"na\": \"dash\"\n"
                "      },\n"
                "      \"source_line\": 1\n"
                "    }\n"
                "  ]\n"
                "}\n");
}

static void experts_are_an_array_of_numbers(void **state)
{
    struct sample *s = *state;
    struct report *report = small_report(s, "{'year': 2021, 'profile': 'one', 'unit': '元'}");
    struct strbuf out = STRBUF_INIT;

    sample_evaluation(s, report,
                      "{'id': 'e', 'kind': 'project', 'name': '评', 'criteria': ["
                      "  {'id': 'c', 'name': '甲', 'experts': ['1', {'na': 'not-involved'}]},"
                      "  {'id': 'd', 'name': '乙'}]}");
    report_json(report, &out);
    assert_non_null(strstr(out.buf, "\"experts\": ["));
    assert_non_null(strstr(out.buf, "\"na\": \"not-involved\""));
    assert_null(strstr(out.buf, "expert_scores")); /* the same once more, for other uses */
    assert_null(strstr(out.buf, "depth"));
    strbuf_release(&out);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_report_without_figures_has_a_header),
        TEST(every_figure_has_a_row),
        TEST(tables_are_nested_as_in_the_source),
        TEST(experts_are_an_array_of_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
