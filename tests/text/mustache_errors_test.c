/* What a template can have wrong, and what is said about it. */
#include "base/base.h"

#include "text/mustache.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "text/mustache_sample.h"

static void fails_as(const struct sample_source *sources, enum mustache_output output,
                     const char *constants, const char *expected)
{
    struct mustache_set *set = sample_set(sources, output);
    json_t *object = constants ? json_loads(constants, 0, NULL) : NULL;
    struct errs errs = ERRS_INIT;
    struct strbuf shown = STRBUF_INIT;

    assert_null(
        mustache_compile(set, sources->name, &sample_schema, &sample_report_type, object, &errs));
    sample_show_errors(&errs, &shown);
    assert_string_equal(shown.buf, expected);
    assert_int_equal(errs_status(&errs), ERR_CONTENT);
    strbuf_release(&shown);
    errs_release(&errs);
    json_decref(object);
    mustache_set_free(set);
}

static void fails(const struct sample_source *sources, const char *expected)
{
    fails_as(sources, MUSTACHE_HTML, NULL, expected);
}

static void fails_to_parse(const char *text, size_t len, const char *expected)
{
    struct mustache_set *set = mustache_set_new();
    struct errs errs = ERRS_INIT;
    struct strbuf shown = STRBUF_INIT;

    assert_int_equal(mustache_set_add(set, "t", "t", text, len, MUSTACHE_HTML, &errs), -1);
    assert_true(mustache_set_has(set, "t"));
    sample_show_errors(&errs, &shown);
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
    errs_release(&errs);
    mustache_set_free(set);
}

#define FAILS_TO_PARSE(text, expected) fails_to_parse((text), sizeof(text) - 1, (expected))

static void syntax_errors(void **state)
{
    (void)state;
    FAILS_TO_PARSE("一{{a\n",
                   "t:1:2: template-syntax: this tag is not closed: there is no }} after it\n");
    FAILS_TO_PARSE("{{{a}}",
                   "t:1:1: template-syntax: this tag is not closed: there is no }}} after it\n");
    FAILS_TO_PARSE("{{=<% %>}}",
                   "t:1:1: template-syntax: this tag is not closed: there is no =}} after it\n");
    FAILS_TO_PARSE("{{!",
                   "t:1:1: template-syntax: this tag is not closed: there is no }} after it\n");
    FAILS_TO_PARSE("{{",
                   "t:1:1: template-syntax: this tag is not closed: there is no }} after it\n");
    FAILS_TO_PARSE("{{=<% %>=}} <%a}}",
                   "t:1:13: template-syntax: this tag is not closed: there is no %> after it\n");
    FAILS_TO_PARSE("{{}} {{ }} {{#}}", "t:1:1: template-syntax: this tag has no name\n"
                                       "t:1:6: template-syntax: this tag has no name\n"
                                       "t:1:12: template-syntax: this tag has no name\n"
                                       "t:1:12: template-syntax: {{#}} is never closed\n");
    FAILS_TO_PARSE("{{a b}} {{> a\tb }} {{$a b}}{{/a b}}",
                   "t:1:4: template-syntax: the name \"a\" has a blank in it: is }} missing?\n"
                   "t:1:14: template-syntax: the name \"a\" has a blank in it: is }} missing?\n"
                   "t:1:24: template-syntax: the name \"a\" has a blank in it: is }} missing?\n");
    FAILS_TO_PARSE("{{标题 {{b}}",
                   "t:1:5: template-syntax: the name \"标题\" has a blank in it: is }} missing?\n");
    FAILS_TO_PARSE("{{a..b}} {{.a}} {{#a.}}{{/a.}} {{..}} {{>*a..b}}",
                   "t:1:5: template-syntax: a part of the name \"a..b\" is empty\n"
                   "t:1:12: template-syntax: a part of the name \".a\" is empty\n"
                   "t:1:22: template-syntax: a part of the name \"a.\" is empty\n"
                   "t:1:34: template-syntax: a part of the name \"..\" is empty\n"
                   "t:1:45: template-syntax: a part of the name \"a..b\" is empty\n");
    FAILS_TO_PARSE("{{#a}}\n{{#b}}\n{{/a}}", "t:2:1: template-syntax: {{#b}} is never closed\n");
    FAILS_TO_PARSE("{{/a}}{{#a}}{{/a}}{{/a}}", "t:1:1: template-syntax: {{/a}} closes nothing\n"
                                               "t:1:19: template-syntax: {{/a}} closes nothing\n");
    FAILS_TO_PARSE("{{#a}}{{^b}}{{<c}}{{$d}}", "t:1:1: template-syntax: {{#a}} is never closed\n"
                                               "t:1:7: template-syntax: {{^b}} is never closed\n"
                                               "t:1:13: template-syntax: {{<c}} is never closed\n"
                                               "t:1:19: template-syntax: {{$d}} is never closed\n");
    FAILS_TO_PARSE("{{#a}}{{/b}}{{/a}}", "t:1:7: template-syntax: {{/b}} closes nothing\n");
    FAILS_TO_PARSE("{{<*a}}{{/a}}", "t:1:1: template-syntax: {{<*a}} is never closed\n"
                                    "t:1:8: template-syntax: {{/a}} closes nothing\n");
    FAILS_TO_PARSE("{{=a=}}{{=a b c=}}{{=a= b=}}{{= =}}{{=abcdefghijklmnopq b=}}",
                   "t:1:4: template-syntax: new delimiters are two words, such as {{=<% %>=}}\n"
                   "t:1:11: template-syntax: new delimiters are two words, such as {{=<% %>=}}\n"
                   "t:1:22: template-syntax: a delimiter must not contain \"=\"\n"
                   "t:1:33: template-syntax: new delimiters are two words, such as {{=<% %>=}}\n"
                   "t:1:39: template-syntax: a delimiter of more than 16 bytes\n");
    FAILS_TO_PARSE("\xEF\xBB\xBF"
                   "a",
                   "t:1:1: byte-order-mark: the file begins with a byte order mark (save it as "
                   "'UTF-8', not as 'UTF-8 with BOM')\n");
    FAILS_TO_PARSE("a\0b", "t:1:2: template-syntax: a NUL byte\n");
    FAILS_TO_PARSE("a\nb\xff{{/x}}", "t:2:2: template-syntax: this is not UTF-8\n"
                                     "t:2:3: template-syntax: {{/x}} closes nothing\n");
    FAILS_TO_PARSE("{{a\x01}}",
                   "t:1:4: template-syntax: the name \"a\" has a blank in it: is }} missing?\n");
}

static void unknown_names(void **state)
{
    (void)state;
    fails(ONE("一\n  {{titel}}\n"), "main:2:5: unknown-name: unknown name \"titel\" (looked for "
                                    "in: report) (did you mean 'title'?)\n");
    fails(ONE("{{#lines}}{{amuont}}{{/lines}}{{#dept}}{{nmae}}{{/dept}}"),
          "main:1:13: unknown-name: unknown name \"amuont\" (looked for in: line, report) (did you "
          "mean 'amount'?)\n"
          "main:1:42: unknown-name: unknown name \"nmae\" (looked for in: department, report) (did "
          "you mean 'name'?)\n");
    fails(ONE("{{dept.nmae}} {{dept.parent.parent.coed}} {{ dpet.name }}"),
          "main:1:8: unknown-name: unknown name \"nmae\" (looked for in: department) (did you mean "
          "'name'?)\n"
          "main:1:36: unknown-name: unknown name \"coed\" (looked for in: department) (did you "
          "mean 'code'?)\n"
          "main:1:46: unknown-name: unknown name \"dpet\" (looked for in: report) (did you mean "
          "'dept'?)\n");
    fails(ONE("{{#nothing}}{{title}}{{x}}{{/nothing}}{{^nothing}}{{y}}{{/nothing}}"),
          "main:1:4: unknown-name: unknown name \"nothing\" (looked for in: report)\n"
          "main:1:42: unknown-name: unknown name \"nothing\" (looked for in: report)\n"
          "main:1:53: unknown-name: unknown name \"y\" (looked for in: report)\n");
    fails(ONE("{{titel}}{{titel}}{{#lines}}{{titel}}{{/lines}}"),
          "main:1:3: unknown-name: unknown name \"titel\" (looked for in: report) (did you mean "
          "'title'?)\n"
          "main:1:12: unknown-name: unknown name \"titel\" (looked for in: report) (did you mean "
          "'title'?)\n"
          "main:1:31: unknown-name: unknown name \"titel\" (looked for in: line, report) (did you "
          "mean 'title'?)\n");
    fails(ONE("{{title.x}}{{lines.name}}{{#lines.name}}{{/lines.name}}{{draft.x}}"),
          "main:1:9: not-object: \"title\" has no names in it: it is no object\n"
          "main:1:20: not-object: \"lines\" has no names in it: it is a list\n"
          "main:1:35: not-object: \"lines\" has no names in it: it is a list\n"
          "main:1:64: not-object: \"draft\" has no names in it: it is no object\n");
    fails(ONE("{{>*tilte}}"), "main:1:5: unknown-name: unknown name \"tilte\" (looked for in: "
                              "report) (did you mean 'title'?)\n");
    fails(ONE("{{@idnex}} "
              "{{@index}}{{#lines}}{{@first}}{{#@index}}{{/@index}}{{/lines}}{{^@last}}{{/@last}}"),
          "main:1:3: unknown-name: unknown name \"@idnex\" (looked for in: report) (did you mean "
          "'@index'?)\n"
          "main:1:12: unknown-name: \"@index\" is only known inside a section over a list\n"
          "main:1:32: unknown-name: \"@first\" is only for sections\n"
          "main:1:42: unknown-name: \"@index\" is a number, not for sections\n"
          "main:1:74: unknown-name: \"@last\" is only known inside a section over a list\n");
    fails(SOURCES({"main", "{{#tags}}{{#dept}}{{>p}}{{/dept}}{{/tags}}{{#dept}}{{>p}}{{/dept}}"},
                  {"p", "{{@index}}"}),
          "p:1:1: unknown-name: \"@index\" is only known inside a section over a list\n"
          "  included from main:1:52\n");
    fails_as(ONE("{{labels.titel}}{{labels.title.x}}{{lables}}{{#labels}}{{titl}}{{/"
                 "labels}}{{#off}}{{x}}{{/off}}"),
             MUSTACHE_HTML, "{\"labels\": {\"title\": \"T\"}, \"off\": false}",
             "main:1:10: unknown-name: unknown name \"titel\" (looked for in: labels) (did you "
             "mean 'title'?)\n"
             "main:1:32: unknown-name: unknown name \"x\" (looked for in: labels.title)\n"
             "main:1:37: unknown-name: unknown name \"lables\" (looked for in: report, constants) "
             "(did you mean 'labels'?)\n"
             "main:1:58: unknown-name: unknown name \"titl\" (looked for in: report, constants) "
             "(did you mean 'title'?)\n"
             "main:1:85: unknown-name: unknown name \"x\" (looked for in: report, constants)\n");
    fails(ONE("{{"
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa标题"
              "标题}}"),
          "main:1:3: unknown-name: unknown name "
          "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" "
          "(looked for in: report)\n");
}

static void constants_in_json_programs(void **state)
{
    struct mustache_set *set = sample_set(
        ONE("{{labels.titel}}{{#labels.unit}}{{/labels.unit}}{{anything}}"), MUSTACHE_HTML);
    json_t *constants = json_loads("{\"labels\": {\"title\": \"T\"}}", 0, NULL);
    struct errs errs = ERRS_INIT;
    struct strbuf shown = STRBUF_INIT;

    (void)state;
    assert_null(mustache_compile(set, "main", NULL, NULL, constants, &errs));
    sample_show_errors(&errs, &shown);
    assert_string_equal(
        shown.buf, "main:1:10: unknown-name: unknown name \"titel\" (looked for in: labels) (did "
                   "you mean 'title'?)\n"
                   "main:1:27: unknown-name: unknown name \"unit\" (looked for in: labels)\n");
    json_decref(constants);
    mustache_set_free(set);
    errs_release(&errs);
    strbuf_release(&shown);
}

static void names_without_text(void **state)
{
    (void)state;
    fails(ONE("{{draft}}{{dept}}{{lines}}{{.}}{{#dept}}{{.}}{{/dept}}{{#lines}}{{{.}}}{{/lines}}"),
          "main:1:1: not-text: \"draft\" is a flag and has no text\n"
          "main:1:10: not-text: \"dept\" is an object and has no text\n"
          "main:1:18: not-text: \"lines\" is a list and has no text\n"
          "main:1:27: not-text: \".\" is an object and has no text\n"
          "main:1:41: not-text: \".\" is an object and has no text\n"
          "main:1:65: not-text: \".\" is an object and has no text\n");
    fails_as(ONE("{{o}}{{l}}"), MUSTACHE_HTML, "{\"o\": {}, \"l\": []}",
             "main:1:1: not-text: \"o\" is an object and has no text\n"
             "main:1:6: not-text: \"l\" is a list and has no text\n");
}

static void markup(void **state)
{
    (void)state;
    fails(
        ONE("{{body}}{{{title}}}{{&kind}}{{{extra}}}{{{extra.a}}}"),
        "main:1:1: markup-escaped: \"body\" is markup, whose tags would be shown: use three "
        "braces\n"
        "main:1:9: unsafe-markup: \"title\" is no markup, so it must be escaped: use two braces\n"
        "main:1:20: unsafe-markup: \"kind\" is no markup, so it must be escaped: use two braces\n"
        "main:1:29: unsafe-markup: \"extra\" is no markup, so it must be escaped: use two braces\n"
        "main:1:40: unsafe-markup: \"extra.a\" is no markup, so it must be escaped: use two "
        "braces\n");
    fails(
        ONE("{{#extra}}{{{body}}}{{{x}}}{{&.}}{{/extra}}{{#tags}}{{{.}}}{{/tags}}"),
        "main:1:11: unsafe-markup: \"body\" may be found in a JSON value here, which is no markup\n"
        "main:1:21: unsafe-markup: \"x\" is no markup, so it must be escaped: use two braces\n"
        "main:1:28: unsafe-markup: \".\" is no markup, so it must be escaped: use two braces\n"
        "main:1:53: unsafe-markup: \".\" is no markup, so it must be escaped: use two braces\n");
    fails(
        ONE("{{#lines}}{{#note}}{{.}}{{/note}}{{/lines}}{{#title}}{{{.}}}{{/title}}"),
        "main:1:20: markup-escaped: \".\" is markup, whose tags would be shown: use three braces\n"
        "main:1:54: unsafe-markup: \".\" is no markup, so it must be escaped: use two braces\n");
    fails_as(
        ONE("{{{c}}}"), MUSTACHE_HTML, "{\"c\": \"x\"}",
        "main:1:1: unsafe-markup: \"c\" is no markup, so it must be escaped: use two braces\n");
    fails_as(
        ONE("{{{body}}}{{{title}}}"), MUSTACHE_JSON_TEXT, NULL,
        "main:1:1: unsafe-markup: \"body\" must be escaped to stand in JSON: use two braces\n"
        "main:1:11: unsafe-markup: \"title\" must be escaped to stand in JSON: use two braces\n");
    fails_as(
        ONE("{{body}}{{{title}}}"), MUSTACHE_PLAIN, NULL,
        "main:1:1: markup-escaped: \"body\" is markup, whose tags would be shown: use three "
        "braces\n"
        "main:1:9: unsafe-markup: \"title\" is no markup, so it must be escaped: use two braces\n");
}

static void templates(void **state)
{
    (void)state;
    fails(SOURCES({"main", "一\n {{>crumb}}"}, {"crumbs", ""}),
          "main:2:5: unknown-template: there is no template \"crumb\" (did you mean 'crumbs'?)\n");
    fails(SOURCES({"main", "{{<layuot}}{{$a}}{{x}}{{/a}}{{/layuot}}"}, {"layout", ""}),
          "main:1:4: unknown-template: there is no template \"layuot\" (did you mean 'layout'?)\n");
    fails(ONE("{{>*title}}{{>*draft}}{{>*lines}}{{>*extra.x}}{{#tags}}{{>*.}}{{/"
              "tags}}{{#extra}}{{>*kind}}{{/extra}}"),
          "main:1:5: open-name: \"title\" has no list of the values it can have, so it cannot "
          "choose a template\n"
          "main:1:16: open-name: \"draft\" has no list of the values it can have, so it cannot "
          "choose a template\n"
          "main:1:27: open-name: \"lines\" has no list of the values it can have, so it cannot "
          "choose a template\n"
          "main:1:38: open-name: \"extra.x\" has no list of the values it can have, so it cannot "
          "choose a template\n"
          "main:1:60: open-name: \".\" has no list of the values it can have, so it cannot choose "
          "a template\n"
          "main:1:86: open-name: \"kind\" has no list of the values it can have, so it cannot "
          "choose a template\n");
    fails(SOURCES({"main", "{{>*kind}}"}, {"row", ""}, {"sums", ""}),
          "main:1:5: unknown-template: there is no template \"sum\" for \"kind\" (did you mean "
          "'sums'?)\n");
    fails(SOURCES({"main", "{{>*kind}}{{#lines}}{{>*kind}}{{/lines}}"}),
          "main:1:5: unknown-template: there is no template \"row\", \"sum\" for \"kind\"\n"
          "main:1:25: unknown-template: there is no template \"row\", \"sum\" for \"kind\"\n");
    fails_as(ONE("{{>*part}}"), MUSTACHE_HTML, "{\"part\": \"x\"}",
             "main:1:5: unknown-template: there is no template \"x\"\n");
}

static void blocks(void **state)
{
    (void)state;
    fails(SOURCES({"main", "{{<p}}{{$titel}}{{/titel}}{{$main}}{{/main}}{{$sub}}{{/sub}}{{/p}}"},
                  {"p", "{{$title}}{{/title}}{{>q}}"}, {"q", "{{$main}}{{$sub}}{{/sub}}{{/main}}"}),
          "main:1:10: unknown-block: \"p\" has no block \"titel\" (did you mean 'title'?)\n");
    fails(SOURCES({"main", "{{<p}}{{$a}}{{/a}} {{$a}}{{/a}}{{/p}}"}, {"p", "{{$a}}{{/a}}"}),
          "main:1:20: block-twice: the block \"a\" is given twice\n");
    fails(SOURCES({"main", "{{<p}} text {{! c }} {{title}}{{#draft}}{{$a}}{{/a}}{{/draft}}{{/p}}"},
                  {"p", "{{$a}}{{/a}}"}),
          "main:1:22: ignored-tag: only blocks count between the tags of a parent\n"
          "main:1:31: ignored-tag: only blocks count between the tags of a parent\n");
}

static void chains(void **state)
{
    (void)state;
    fails(SOURCES({"report", "{{>layout}}"}, {"layout", "{{#dept}}{{>crumbs}}{{/dept}}"},
                  {"crumbs", "\n{{x}}{{>y}}"}),
          "crumbs:2:3: unknown-name: unknown name \"x\" (looked for in: department, report)\n"
          "  included from layout:1:10\n"
          "  included from report:1:1\n"
          "crumbs:2:9: unknown-template: there is no template \"y\"\n"
          "  included from layout:1:10\n"
          "  included from report:1:1\n");
    /* the tag counts by characters, and by the line that it stands in */
    fails(SOURCES({"report", "一\n二\n三三 {{> row }}\n"}, {"row", "{{x}}"}),
          "row:1:3: unknown-name: unknown name \"x\" (looked for in: report)\n"
          "  included from report:3:4\n");
    /* a block belongs to the template that it is written in */
    fails(SOURCES({"report", "{{<layout}}{{$a}}{{x}}{{>row}}{{/a}}{{/layout}}"},
                  {"layout", "{{$a}}{{/a}}{{y}}"}, {"row", "{{z}}"}),
          "report:1:20: unknown-name: unknown name \"x\" (looked for in: report)\n"
          "row:1:3: unknown-name: unknown name \"z\" (looked for in: report)\n"
          "  included from report:1:23\n"
          "layout:1:15: unknown-name: unknown name \"y\" (looked for in: report)\n"
          "  included from report:1:1\n");
    fails(SOURCES({"report", "{{>mid}}"}, {"mid", "{{<layout}}{{$a}}{{x}}{{/a}}{{/layout}}"},
                  {"layout", "{{$a}}{{/a}}{{y}}"}),
          "mid:1:20: unknown-name: unknown name \"x\" (looked for in: report)\n"
          "  included from report:1:1\n"
          "layout:1:15: unknown-name: unknown name \"y\" (looked for in: report)\n"
          "  included from mid:1:1\n"
          "  included from report:1:1\n");
    fails(SOURCES({"main", "{{>p}}{{#lines}}{{>p}}{{/lines}}{{#dept}}{{>p}}{{/dept}}"},
                  {"p", "{{name}}"}),
          "p:1:3: unknown-name: unknown name \"name\" (looked for in: report)\n"
          "  included from main:1:1\n");
    fails(SOURCES({"a", "{{>b}}"}, {"b", "{{>c}}"}, {"c", " {{>d}}"}, {"d", "{{>e}}"},
                  {"e", "{{>f}}"}, {"f", "{{>g}}"}, {"g", "{{>h}}"}, {"h", "{{>i}}"},
                  {"i", "{{>j}}"}, {"j", "{{>k}}"}, {"k", "{{>l}}"}, {"l", "{{x}}"}),
          "l:1:3: unknown-name: unknown name \"x\" (looked for in: report)\n"
          "  included from k:1:1\n"
          "  included from j:1:1\n"
          "  included from i:1:1\n"
          "  included from h:1:1\n"
          "  included from g:1:1\n"
          "  included from f:1:1\n"
          "  included from e:1:1\n"
          "  included from d:1:1\n"
          "  included through 2 more templates\n"
          "  included from a:1:1\n");
}

static void recursion(void **state)
{
    (void)state;
    fails(SOURCES({"a", "{{>a}}"}),
          "a:1:1: template-recursion: template \"a\" includes itself without end: a > a\n");
    fails(SOURCES({"main", "{{>a}}"}, {"a", "x{{>b}}"}, {"b", "{{>c}}"},
                  {"c", "{{#draft}}{{>a}}{{/draft}}"}),
          "c:1:11: template-recursion: template \"a\" includes itself without end: a > b > c > a\n"
          "  included from b:1:1\n"
          "  included from a:1:2\n"
          "  included from main:1:1\n");
    fails(SOURCES({"a", "{{<b}}{{$x}}{{>a}}{{/x}}{{/b}}"}, {"b", "{{$x}}{{/x}}"}),
          "a:1:13: template-recursion: template \"a\" includes itself without end: a > b > a\n");
    fails(SOURCES({"a", "{{<a}}{{$x}}1{{/x}}{{/a}}{{$x}}{{/x}}"}),
          "a:1:1: template-recursion: template \"a\" includes itself without end: a > a\n");
    fails(SOURCES({"main", "{{>*kind}}"}, {"row", "{{>*kind}}"}, {"sum", ""}),
          "row:1:1: template-recursion: template \"row\" includes itself without end: row > row\n"
          "  included from main:1:1\n");
    fails(SOURCES({"main", "{{#tags}}{{>main}}{{/tags}}"}),
          "main:1:10: template-recursion: template \"main\" includes itself without end: main > "
          "main\n");
    fails(SOURCES({"main", "  {{>main}}\n"}), "main:1:3: template-recursion: template \"main\" "
                                              "includes itself without end: main > main\n");
    fails_as(SOURCES({"main", "{{#on}}{{>main}}{{/on}}{{#off}}{{>main}}{{/off}}"}), MUSTACHE_HTML,
             "{\"on\": true, \"off\": false}",
             "main:1:8: template-recursion: template \"main\" includes itself without end: main > "
             "main\n");
}

static void templates_that_cannot_be_used(void **state)
{
    struct mustache_set *set = sample_set(
        SOURCES({"main", "{{>bad}}{{>data}}{{>good}}"}, {"good", "{{x}}"}), MUSTACHE_HTML);
    struct errs errs = ERRS_INIT;
    struct strbuf shown = STRBUF_INIT;

    (void)state;
    assert_int_equal(mustache_set_add(set, "bad", "bad", "{{#a}}", 6, MUSTACHE_HTML, &errs), -1);
    assert_int_equal(mustache_set_add(set, "data", "data", "{{t}}", 5, MUSTACHE_JSON_TEXT, &errs),
                     0);
    assert_null(mustache_compile(set, "main", &sample_schema, &sample_report_type, NULL, &errs));
    assert_null(mustache_compile(set, "bad", &sample_schema, &sample_report_type, NULL, &errs));
    assert_null(mustache_compile(set, "mian", &sample_schema, &sample_report_type, NULL, &errs));
    sample_show_errors(&errs, &shown);
    assert_string_equal(
        shown.buf, "bad:1:1: template-syntax: {{#a}} is never closed\n"
                   "main:1:1: template-broken: the template \"bad\" has mistakes\n"
                   "main:1:9: output-kind: \"data\" makes JSON, which cannot be a part of HTML\n"
                   "good:1:3: unknown-name: unknown name \"x\" (looked for in: report)\n"
                   "  included from main:1:18\n"
                   "bad:0:0: template-broken: \"bad\" has mistakes\n"
                   "unknown-template: there is no template \"mian\" (did you mean 'main'?)\n");
    errs_release(&errs);
    strbuf_release(&shown);
    mustache_set_free(set);
}

static void templates_take_the_place_of_others(void **state)
{
    struct mustache_set *set =
        sample_set(SOURCES({"main", "{{>p}}"}, {"p", "theme"}), MUSTACHE_HTML);
    struct errs errs = ERRS_INIT;
    struct strbuf out = STRBUF_INIT;
    struct mustache_program *program;

    (void)state;
    assert_int_equal(mustache_set_add(set, "p", "bad", "{{", 2, MUSTACHE_HTML, &errs), -1);
    assert_int_equal(errs.count, 1);
    assert_int_equal(mustache_set_add(set, "p", "site/p", "site", 4, MUSTACHE_HTML, &errs), 0);
    program = mustache_compile(set, "main", NULL, NULL, NULL, &errs);
    assert_non_null(program);
    assert_int_equal(mustache_render(program, NULL, &out, &errs), 0);
    assert_string_equal(out.buf, "site");
    assert_int_equal(errs.count, 1);
    assert_int_equal(mustache_set_add(set, "p", "late", "", 0, MUSTACHE_HTML, &errs), -1);
    assert_string_equal(errs.items[1].id, "template-late");
    assert_int_equal(mustache_set_add(set, "new", "new", "", 0, MUSTACHE_HTML, &errs), 0);
    mustache_program_free(program);
    mustache_program_free(NULL);
    mustache_set_free(set);
    mustache_set_free(NULL);
    errs_release(&errs);
    strbuf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(syntax_errors),
        cmocka_unit_test(unknown_names),
        cmocka_unit_test(constants_in_json_programs),
        cmocka_unit_test(names_without_text),
        cmocka_unit_test(markup),
        cmocka_unit_test(templates),
        cmocka_unit_test(blocks),
        cmocka_unit_test(chains),
        cmocka_unit_test(recursion),
        cmocka_unit_test(templates_that_cannot_be_used),
        cmocka_unit_test(templates_take_the_place_of_others),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("mustache errors", tests, NULL, NULL);
}
