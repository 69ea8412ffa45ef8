#include "base/base.h"

#include "text/mustache.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "text/mustache_sample.h"

static const char *const tags[] = {"甲", "<乙>", ""};
static const char *const kinds[] = {"sum", "row"};
static const char *const parts[] = {"a", "b"};

static const struct sample_dept county = {"丰台区", "110106", NULL, NULL};
static const struct sample_dept dept = {"政务服务局", "zwfwj", &county, NULL};

static const struct sample_line lines[] = {
    {"收入", "4180.76", "<b>同比</b>", "row", false, {parts, 2}},
    {"支出 & 结余", "3869.78", "", "row", false, {NULL, 0}},
    {"总计", NULL, NULL, "sum", true, {parts, 1}},
};

static const struct sample_node leaves[] = {{"科", {NULL, 0}}, {"室", {NULL, 0}}};
static const struct sample_node nodes[] = {{"处", {leaves, 2}}, {"队", {NULL, 0}}};

static const struct sample_report report = {
    .title = "2021年\"决算\"",
    .body = "<p>正文</p>",
    .kind = "sum",
    .draft = true,
    .dept = &dept,
    .lines = {lines, 3},
    .tags = {tags, 3},
    .kinds = {kinds, 2},
    .nodes = {nodes, 2},
};

static void render_as(const struct sample_source *sources, enum mustache_output output,
                      const struct sample_report *data, const json_t *constants,
                      const char *expected)
{
    struct mustache_set *set = sample_set(sources, output);
    struct errs errs = ERRS_INIT;
    struct strbuf out = STRBUF_INIT;
    struct mustache_program *program =
        mustache_compile(set, sources->name, &sample_schema, &sample_report_type, constants, &errs);

    if (!program)
        fail_msg("%s", errs.items[0].message);
    assert_int_equal(mustache_render(program, data, &out, &errs), 0);
    assert_string_equal(out.buf, expected);
    assert_int_equal(errs.count, 0);
    strbuf_release(&out);
    mustache_program_free(program);
    mustache_set_free(set);
}

static void renders(const struct sample_source *sources, const char *expected)
{
    render_as(sources, MUSTACHE_HTML, &report, NULL, expected);
}

static void renders_with(const struct sample_source *sources, const char *constants,
                         const char *expected)
{
    json_t *object = json_loads(constants, 0, NULL);

    assert_non_null(object);
    render_as(sources, MUSTACHE_HTML, &report, object, expected);
    json_decref(object);
}

static void renders_extra(const struct sample_source *sources, const char *extra,
                          const char *expected)
{
    struct sample_report with_extra = report;
    json_t *value = json_loads(extra, JSON_DECODE_ANY, NULL);

    assert_non_null(value);
    with_extra.extra = value;
    render_as(sources, MUSTACHE_HTML, &with_extra, NULL, expected);
    json_decref(value);
}

static void prints_texts(void **state)
{
    (void)state;
    renders(ONE("{{title}}"), "2021年&quot;决算&quot;");
    renders(ONE("{{{body}}}{{&body}}"), "<p>正文</p><p>正文</p>");
    renders(ONE("{{dept.name}} {{dept.code}} {{dept.parent.name}} {{dept.parent.parent.name}}|"),
            "政务服务局 #zwfwj 丰台区 |");
    renders(ONE("{{#lines}}{{amount}},{{/lines}}"), "4180.76,3869.78,,");
}

static void asks_conditions(void **state)
{
    (void)state;
    renders(ONE("{{#draft}}稿{{/draft}}{{^draft}}定稿{{/draft}}"), "稿");
    renders(ONE("{{#lines}}{{#total}}计{{/total}}{{^total}}行{{/total}}{{/lines}}"), "行行计");
    renders(ONE("{{#title}}有{{/title}}{{^title}}无{{/title}}"), "有");
    renders(ONE("{{#lines}}{{#note}}{{{.}}}{{/note}}{{^note}}-{{/note}}{{/lines}}"),
            "<b>同比</b>--");
    renders(ONE("{{#dept.parent}}{{name}}{{/dept.parent}}{{^dept.parent.parent}}无{{/"
                "dept.parent.parent}}{{#dept.parent.parent}}有{{/dept.parent.parent}}"),
            "丰台区无");
    renders(ONE("{{^lines}}无{{/lines}}"), "");
    renders(ONE("{{#dept.parent.parent.name}}x{{/dept.parent.parent.name}}"), "");
}

static void dots_are_the_innermost_text(void **state)
{
    (void)state;
    renders(ONE("{{#title}}[{{.}}]{{/title}}"), "[2021年&quot;决算&quot;]");
    renders(ONE("{{#title}}{{#draft}}[{{.}}]{{/draft}}{{/title}}"), "[2021年&quot;决算&quot;]");
    renders(ONE("{{#tags}}<{{.}}>{{/tags}}"), "<甲><&lt;乙&gt;><>");
    renders(ONE("{{#tags}}{{#.}}{{.}}{{/.}}{{^.}}空{{/.}}{{/tags}}"), "甲&lt;乙&gt;空");
    renders(ONE("{{#tags}}{{#draft}}{{.}}{{/draft}}{{#kind}}{{.}}{{/kind}};{{/tags}}"),
            "甲sum;&lt;乙&gt;sum;sum;");
    renders(ONE("{{#tags}}{{#lines}}{{name}}{{#parts}}{{.}}{{/parts}}{{/lines}}{{.}};{{/tags}}"),
            "收入ab支出 &amp; 结余总计a甲;收入ab支出 &amp; 结余总计a&lt;乙&gt;;"
            "收入ab支出 &amp; 结余总计a;");
    renders(ONE("{{#dept}}{{#.}}{{name}}{{/.}}{{^.}}x{{/.}}{{/dept}}"), "政务服务局");
}

static void looks_from_the_top_of_the_stack(void **state)
{
    (void)state;
    renders(ONE("{{#dept}}{{name}}/{{title}}/{{#parent}}{{name}}/{{code}}/{{kind}}{{/parent}}"
                "{{/dept}}"),
            "政务服务局/2021年&quot;决算&quot;/丰台区/#110106/sum");
    renders(ONE("{{#lines}}{{kind}}{{#dept}}{{name}}{{kind}}{{/dept}};{{/lines}}"),
            "row政务服务局row;row政务服务局row;sum政务服务局sum;");
    renders(
        ONE("{{#dept}}{{#lines}}{{name}}{{#dept}}{{name}}{{/dept}}{{code}} {{/lines}}{{/dept}}"),
        "收入政务服务局#zwfwj 支出 &amp; 结余政务服务局#zwfwj 总计政务服务局#zwfwj ");
}

static void counts_items(void **state)
{
    (void)state;
    renders(ONE("{{#lines}}{{@index}}{{@number}}{{@length}}{{#@first}}<{{/@first}}{{^@first}}-"
                "{{/@first}}{{#@last}}>{{/@last}}{{^@last}},{{/@last}}{{/lines}}"),
            "013<,123-,233->");
    renders(ONE("{{#lines}}{{#parts}}{{@number}}/{{@length}}{{^@last}},{{/@last}}{{/parts}}"
                "{{@number}};{{/lines}}"),
            "1/2,2/21;2;1/13;");
    renders(ONE("{{#lines}}{{#dept}}{{@index}}{{/dept}}{{/lines}}"), "012");
    renders(SOURCES({"main", "{{#tags}}{{>p}}{{/tags}}"}, {"p", "{{@number}}"}), "123");
}

static void recurses_over_data(void **state)
{
    (void)state;
    renders(SOURCES({"main", "{{#nodes}}{{>node}}{{/nodes}}"},
                    {"node", "{{name}}({{#nodes}}{{>node}}{{/nodes}})"}),
            "处(科()室())队()");
    renders(SOURCES({"main", "<ul>\n  {{#nodes}}\n  {{>node}}\n  {{/nodes}}\n</ul>\n"},
                    {"node", "<li>{{name}} {{title}}\n{{#nodes}}\n  {{>node}}\n{{/nodes}}\n"}),
            "<ul>\n  <li>处 2021年&quot;决算&quot;\n    <li>科 2021年&quot;决算&quot;\n    "
            "<li>室 2021年&quot;决算&quot;\n  <li>队 2021年&quot;决算&quot;\n</ul>\n");
    renders(SOURCES({"main", "{{#dept}}{{>chain}}{{/dept}}"},
                    {"chain", "{{name}}{{#parent}} < {{>chain}}{{/parent}}"}),
            "政务服务局 < 丰台区");
    renders(SOURCES({"main", "{{#nodes}}{{>a}}{{/nodes}}"},
                    {"a", "{{name}}{{#lines}}{{#@first}}{{name}}{{/@first}}{{/lines}}"
                          "{{#nodes}}{{>a}}{{/nodes}}{{name}};"}),
            "处收入科收入科;室收入室;处;队收入队;");
}

static void inherits(void **state)
{
    (void)state;
    renders(SOURCES({"main", "{{<layout}}{{$title}}{{title}}{{/title}}{{$main}}\n  {{#lines}}\n  "
                             "{{name}}\n  {{/lines}}\n{{/main}}{{/layout}}"},
                    {"layout", "<h1>{{$title}}x{{/title}}</h1>\n{{$main}}\n    y\n{{/main}}\n"}),
            "<h1>2021年&quot;决算&quot;</h1>\n    收入\n    支出 &amp; 结余\n    总计\n");
    renders(SOURCES({"main", "{{<row}}{{$cell}}{{name}}{{/cell}}{{/row}}"},
                    {"row", "{{#lines}}{{$cell}}{{amount}}{{/cell}};{{/lines}}{{#dept}}{{$cell}}"
                            "{{/cell}}{{/dept}}"}),
            "收入;支出 &amp; 结余;总计;政务服务局");
    renders(SOURCES({"main", "{{<mid}}{{$b}}{{kind}}{{/b}}{{/mid}}"},
                    {"mid", "{{<top}}{{$a}}[{{$b}}{{/b}}]{{/a}}{{$b}}错{{/b}}{{/top}}"},
                    {"top", "{{$a}}{{/a}}{{>part}}"}, {"part", "{{$b}}{{/b}}"}),
            "[sum]sum");
}

static void chooses_templates(void **state)
{
    const struct sample_source *sources =
        SOURCES({"main", "{{>*kind}}{{#lines}}{{> *kind }}{{/lines}}"}, {"row", "<{{title}}>"},
                {"sum", "总"});

    (void)state;
    renders(sources, "总<2021年&quot;决算&quot;><2021年&quot;决算&quot;>总");
    renders(SOURCES({"main", "{{#kinds}}{{>*.}}{{/kinds}}"}, {"row", "R"}, {"sum", "S"}), "SR");
    renders(SOURCES({"main", "{{#lines}}{{<*kind}}{{$n}}{{name}}{{/n}}{{/*kind}}{{/lines}}"},
                    {"row", "({{$n}}{{/n}})"}, {"sum", "[{{$n}}{{/n}}]"}),
            "(收入)(支出 &amp; 结余)[总计]");
    renders(SOURCES({"main", "  {{>*kind}}\n"}, {"row", "r\n"}, {"sum", "s\nt\n"}), "  s\n  t\n");
    renders_with(SOURCES({"main", "{{>*theme.head}}"}, {"wide", "宽"}),
                 "{\"theme\": {\"head\": \"wide\"}}", "宽");
}

static void knows_constants(void **state)
{
    static const char constants[] = "{\"labels\": {\"title\": \"标题 <1>\", \"unit\": \"万元\"}, "
                                    "\"name\": \"常\", \"wide\": true, \"narrow\": false, "
                                    "\"nav\": [{\"text\": \"首页\"}, {\"text\": \"数据\", "
                                    "\"name\": \"N\"}], \"n\": 3}";

    (void)state;
    renders_with(ONE("{{labels.title}}{{n}}"), constants, "标题 &lt;1&gt;3");
    renders_with(ONE("{{name}}{{#lines}}{{name}}{{labels.unit}}{{/lines}}"), constants,
                 "常收入万元支出 &amp; 结余万元总计万元");
    renders_with(ONE("{{#labels}}{{unit}}{{kind}}{{#lines}}{{unit}}{{/lines}}{{/labels}}"),
                 constants, "万元sum万元万元万元");
    renders_with(ONE("{{#wide}}宽{{/wide}}{{^wide}}窄{{/wide}}{{#narrow}}{{title}}{{/narrow}}"
                     "{{^narrow}}不窄{{/narrow}}"),
                 constants, "宽不窄");
    renders_with(ONE("{{#nav}}{{text}}{{name}}{{kind}}{{^@last}}|{{/@last}}{{/nav}}"), constants,
                 "首页常sum|数据Nsum");
    renders_with(ONE("{{#labels.unit}}{{.}}{{/labels.unit}}"), constants, "万元");
    renders_with(SOURCES({"main", "  {{>p}}\n"}, {"p", "{{two}}.\n{{one}}.\n"}),
                 "{\"two\": \"一\\n二\", \"one\": \"三\"}", "  一\n二.\n  三.\n");
}

static void looks_into_json_fields(void **state)
{
    static const char extra[] = "{\"a\": {\"b\": \"<x>\", \"n\": 1.5}, \"list\": [{\"v\": 1}, "
                                "{\"v\": 2, \"title\": \"T\"}], \"texts\": [\"p\", \"q\"], "
                                "\"lines\": [{\"v\": 7}], \"draft\": false, \"note\": \"N\"}";

    (void)state;
    renders_extra(ONE("{{extra.a.b}}{{extra.a.n}}{{extra.a.x}}{{extra.x.y}}"), extra,
                  "&lt;x&gt;1.5");
    renders_extra(ONE("{{#extra}}{{a.b}}{{kind}}{{nothing}}{{#nothing}}x{{/nothing}}{{/extra}}"),
                  extra, "&lt;x&gt;sum");
    renders_extra(ONE("{{#extra.list}}{{v}}{{title}}{{^@last}},{{/@last}}{{/extra.list}}"), extra,
                  "12021年&quot;决算&quot;,2T");
    renders_extra(ONE("{{#extra.texts}}{{@index}}{{.}}{{/extra.texts}}"), extra, "0p1q");
    renders_extra(ONE("{{^extra.x}}无{{/extra.x}}{{^extra.a}}无{{/extra.a}}"), extra, "无");
    renders(ONE("{{extra}}{{extra.a}}{{#extra}}x{{/extra}}{{^extra}}无{{/extra}}"), "无");
}

static void json_hides_fields_below_it(void **state)
{
    static const char extra[] = "{\"lines\": [{\"v\": 7}], \"draft\": false, \"kind\": \"K\", "
                                "\"dept\": null}";
    static const char other[] = "{\"v\": 1}";
    const struct sample_source *source = ONE("{{#extra}}{{kind}}{{#lines}}{{v}}{{name}};{{/lines}}"
                                             "{{#draft}}稿{{/draft}}{{^draft}}定{{/draft}}"
                                             "{{#dept}}{{name}}{{/dept}}{{dept.name}}{{/extra}}");

    (void)state;
    renders_extra(source, extra, "K7;定");
    renders_extra(source, other, "sum1收入;1支出 &amp; 结余;1总计;稿政务服务局政务服务局");
    renders_extra(ONE("{{#lines}}{{#extra}}{{name}}{{kind}}{{#dept}}{{name}}{{kind}}{{v}}{{/dept}}"
                      "{{/extra}};{{/lines}}"),
                  other,
                  "收入row政务服务局row1;支出 &amp; 结余row政务服务局row1;"
                  "总计sum政务服务局sum1;");
}

/* Fields of one type on both sides of JSON: the frames below are dropped and runs of JSON join. */
static void json_between_types(void **state)
{
    static const struct sample_dept top = {"市", "11", NULL, NULL};
    json_t *upper = json_loads("{\"u\": \"上\", \"both\": 1}", 0, NULL);
    json_t *lower = json_loads("{\"l\": \"下\", \"both\": 2, \"name\": \"J\"}", 0, NULL);
    struct sample_dept middle = {"区", "12", &top, upper}, bottom = {"局", "13", &middle, lower};
    struct sample_report r = report;

    (void)state;
    r.dept = &bottom;
    render_as(ONE("{{#dept}}{{#extra}}{{#parent}}{{name}}{{l}}{{both}}{{#extra}}{{name}}{{l}}{{u}}"
                  "{{both}}{{#parent}}{{name}}{{l}}{{u}}{{both}}{{code}}{{title}}{{/parent}}"
                  "{{/extra}}{{l}}{{both}}{{/parent}}{{name}}{{/extra}}{{name}}{{/dept}}"),
              MUSTACHE_HTML, &r, NULL, "区下2区下上1市下上1#112021年&quot;决算&quot;下2J局");
    render_as(SOURCES({"main", "{{#dept}}{{>d}}{{/dept}}"},
                      {"d", "{{name}}{{#extra}}{{l}}{{u}}{{both}}{{#parent}}[{{>d}}]{{/parent}}"
                            "{{name}}{{/extra}}"}),
              MUSTACHE_HTML, &r, NULL, "局下2[区下上1[市]区]J");
    json_decref(upper);
    json_decref(lower);
}

static void escapes_for_the_output(void **state)
{
    (void)state;
    render_as(ONE("{{title}}"), MUSTACHE_HTML, &report, NULL, "2021年&quot;决算&quot;");
    render_as(ONE("{\"t\": \"{{title}}\"}"), MUSTACHE_JSON_TEXT, &report, NULL,
              "{\"t\": \"2021年\\\"决算\\\"\"}");
    render_as(ONE("{{body}}"), MUSTACHE_JSON_TEXT, &report, NULL, "\\u003cp>正文\\u003c/p>");
    render_as(ONE("{{title}}{{{body}}}"), MUSTACHE_PLAIN, &report, NULL,
              "2021年\"决算\"<p>正文</p>");
}

static void tells_what_is_used(void **state)
{
    struct mustache_set *set = sample_set(
        SOURCES({"main", "{{<frame}}{{$b}}{{>*kind}}{{/b}}{{/frame}}{{#l}}{{a}}{{/l}}{{m.x.y}}"},
                {"frame", "{{$b}}{{>default}}{{/b}}"}, {"row", ""}, {"sum", "{{>deep}}"},
                {"deep", ""}, {"default", ""}, {"spare", "{{>spare_part}}"}, {"spare_part", ""}),
        MUSTACHE_HTML);
    static const char *const used[] = {"main", "frame", "row", "sum", "deep"};
    static const char *const others[] = {"spare", "spare_part", "nothing"};
    json_t *constants = json_pack("{s:{s:s, s:s}, s:{s:{s:s, s:s}}, s:s}", "l", "a", "A", "b", "B",
                                  "m", "x", "y", "Y", "z", "Z", "n", "N");
    struct errs errs = ERRS_INIT;
    json_t *l = json_object_get(constants, "l");
    json_t *m = json_object_get(constants, "m"), *x = json_object_get(m, "x");

    (void)state;
    mustache_program_free(
        mustache_compile(set, "main", &sample_schema, &sample_report_type, constants, &errs));
    assert_int_equal(errs.count, 0);
    for (size_t i = 0; i < ARRAY_SIZE(used); i++)
        assert_true(mustache_set_is_used(set, used[i]));
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        assert_false(mustache_set_is_used(set, others[i]));
    assert_true(mustache_set_has_reached(set, l) && mustache_set_has_reached(set, m));
    assert_true(mustache_set_has_reached(set, json_object_get(l, "a")));
    assert_true(mustache_set_has_reached(set, x));
    assert_true(mustache_set_has_reached(set, json_object_get(x, "y")));
    assert_false(mustache_set_has_reached(set, json_object_get(l, "b")));
    assert_false(mustache_set_has_reached(set, json_object_get(x, "z")));
    assert_false(mustache_set_has_reached(set, json_object_get(constants, "n")));
    assert_false(mustache_set_has_reached(set, NULL));
    mustache_set_free(set);
    json_decref(constants);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_texts),
        cmocka_unit_test(asks_conditions),
        cmocka_unit_test(dots_are_the_innermost_text),
        cmocka_unit_test(looks_from_the_top_of_the_stack),
        cmocka_unit_test(counts_items),
        cmocka_unit_test(recurses_over_data),
        cmocka_unit_test(inherits),
        cmocka_unit_test(chooses_templates),
        cmocka_unit_test(knows_constants),
        cmocka_unit_test(looks_into_json_fields),
        cmocka_unit_test(json_hides_fields_below_it),
        cmocka_unit_test(json_between_types),
        cmocka_unit_test(escapes_for_the_output),
        cmocka_unit_test(tells_what_is_used),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("mustache", tests, NULL, NULL);
}
