/* Templates and data that are too much: they take no long time, and nothing breaks. */
#include "base/base.h"

#include "text/mustache.h"

#include <pthread.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "text/mustache_sample.h"

enum { MEGABYTE = 1 << 20, SECONDS_MAX = 60 };

/* --- templates --- */

/* A piece of a template again and again, `size` bytes or a bit more. */
static void add_repeated(struct strbuf *out, const char *piece, size_t size)
{
    size_t end = out->len + size;

    while (out->len < end)
        strbuf_adds(out, piece);
}

/* Parses, compiles in both ways, renders as JSON. How many errors there were. */
static size_t try_template(const char *text, size_t len, const json_t *data, struct strbuf *out)
{
    struct mustache_set *set = mustache_set_new();
    struct errs errs = ERRS_INIT;
    struct mustache_program *program;
    clock_t start = clock();
    size_t count;

    mustache_set_add(set, "main", "main", text, len, MUSTACHE_HTML, &errs);
    program = mustache_compile(set, "main", NULL, NULL, NULL, &errs);
    if (program)
        mustache_render(program, data, out, &errs);
    count = errs.count;
    mustache_program_free(program);
    mustache_program_free(
        mustache_compile(set, "main", &sample_schema, &sample_report_type, NULL, &errs));
    mustache_set_free(set);
    errs_release(&errs);
    assert_true((clock() - start) / CLOCKS_PER_SEC < SECONDS_MAX);
    return count;
}

static size_t try_repeated(const char *before, const char *piece, const char *after)
{
    struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
    size_t errors;

    strbuf_adds(&text, before);
    add_repeated(&text, piece, testing_rounds(MEGABYTE));
    strbuf_adds(&text, after);
    errors = try_template(text.buf, text.len, NULL, &out);
    strbuf_release(&text);
    strbuf_release(&out);
    return errors;
}

static void large_templates(void **state)
{
    (void)state;
    assert_int_equal(try_repeated("", "{{a}}", ""), 0);
    assert_int_equal(try_repeated("", "{{!x}}\n", ""), 0);
    assert_int_equal(try_repeated("", "{{#a}}{{/a}}", ""), 0);
    assert_int_equal(try_repeated("", "{{$a}}{{/a}}", ""), 0);
    assert_int_equal(try_repeated("", "{{>main2}}\n", ""), 0);
    assert_int_equal(try_repeated("", "{{<p}}{{$a}}{{/a}}{{/p}}", ""), 0);
    assert_int_equal(try_repeated("", "{{=[ ]=}}[={{ }}=]", ""), 0);
    assert_int_equal(try_repeated("", "\n", ""), 0);
    assert_int_equal(try_repeated("", " ", "{{! x }}"), 0);
    assert_int_equal(try_repeated("", "{", ""), 2);
    assert_int_equal(try_repeated("{{<p}}{{$a}}\n  ", "\n  x", "{{/a}}{{/p}}"), 0);
    assert_int_equal(try_repeated("{{!", "x{{", "}}"), 0);
    assert_int_equal(try_repeated("{{", "x", "}}"), 0);
}

static void large_mistakes(void **state)
{
    (void)state;
    assert_int_equal(try_repeated("", "{{", ""), 2);
    assert_int_equal(try_repeated("", "{{{", ""), 2);
    assert_int_equal(try_repeated("", "{{=", ""), 2);
    assert_true(try_repeated("", "{{}}", "") > 2);
    assert_true(try_repeated("", "{{a b}}\n", "") > 2);
    assert_true(try_repeated("", "{{/a}}", "") > 2);
    assert_int_equal(try_repeated("", "{{#a}}", ""), 2);
    assert_int_equal(try_repeated("", "{{<a}}{{$b}}", ""), 2);
    assert_int_equal(try_repeated("{{", "a.", "a}}"), 2);
    assert_int_equal(try_repeated("{{=", "a", " b=}}"), 2);
    assert_int_equal(try_repeated("{{<p}}", "{{$a}}{{/a}}", "{{/p}}"), 2);
    assert_true(try_repeated("", "\xff{{a\xff}}", "") > 1);
}

static void as_deep_as_allowed(void **state)
{
    json_t *data = json_pack("{s:b}", "a", 1);
    struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;

    (void)state;
    add_repeated(&text, "{{#a}}", MUSTACHE_DEPTH_MAX * 6);
    strbuf_adds(&text, "x");
    add_repeated(&text, "{{/a}}", MUSTACHE_DEPTH_MAX * 6);
    assert_int_equal(try_template(text.buf, text.len, data, &out), 0);
    assert_string_equal(out.buf, "x");
    strbuf_release(&text);
    strbuf_release(&out);
    json_decref(data);
}

/* Blocks in blocks, each of them shown twice: code must not grow with each level. */
static void blocks_that_multiply(void **state)
{
    struct mustache_set *set = mustache_set_new();
    struct strbuf text = STRBUF_INIT;
    struct errs errs = ERRS_INIT;
    struct mustache_program *program;

    (void)state;
    add_repeated(&text, "{{<p}}{{$a}}", MUSTACHE_DEPTH_MAX / 2 * 12);
    add_repeated(&text, "{{/a}}{{/p}}", MUSTACHE_DEPTH_MAX / 2 * 12);
    mustache_set_add(set, "main", "main", text.buf, text.len, MUSTACHE_HTML, &errs);
    mustache_set_add(set, "p", "p", "{{$a}}{{/a}}{{$a}}{{/a}}", 24, MUSTACHE_HTML, &errs);
    program = mustache_compile(set, "main", &sample_schema, &sample_report_type, NULL, &errs);
    assert_int_equal(errs.count != 0, program == NULL);
    mustache_program_free(program);
    mustache_set_free(set);
    strbuf_release(&text);
    errs_release(&errs);
}

/* Templates that include the next one, `count` of them. */
static size_t compile_chain(size_t count)
{
    struct mustache_set *set = mustache_set_new();
    struct strbuf name = STRBUF_INIT, text = STRBUF_INIT;
    struct errs errs = ERRS_INIT;
    size_t errors;

    for (size_t i = 0; i < count; i++) {
        strbuf_clear(&name);
        strbuf_clear(&text);
        strbuf_addf(&name, "t%zu", i);
        if (i + 1 < count)
            strbuf_addf(&text, "{{>t%zu}}", i + 1);
        mustache_set_add(set, name.buf, name.buf, text.buf, text.len, MUSTACHE_HTML, &errs);
    }
    mustache_program_free(
        mustache_compile(set, "t0", &sample_schema, &sample_report_type, NULL, &errs));
    errors = errs.count;
    if (errors) {
        assert_int_equal(errors, 1);
        assert_string_equal(errs.items[0].id, "template-depth");
        assert_string_equal(errs.items[0].file, "t63");
    }
    strbuf_release(&name);
    strbuf_release(&text);
    mustache_set_free(set);
    errs_release(&errs);
    return errors;
}

static void chains_of_templates(void **state)
{
    (void)state;
    assert_int_equal(compile_chain(MUSTACHE_DEPTH_MAX), 0);
    assert_int_equal(compile_chain(MUSTACHE_DEPTH_MAX + 1), 1);
    assert_int_equal(compile_chain(1000), 1);
}

/* Templates that include the next one out of `depth` sections: allowed each, too much together. */
static void sections_of_all_templates(void **state)
{
    struct mustache_set *set = mustache_set_new();
    struct strbuf name = STRBUF_INIT, text = STRBUF_INIT;
    struct errs errs = ERRS_INIT;

    (void)state;
    for (unsigned i = 0; i < MUSTACHE_DEPTH_MAX; i++) {
        strbuf_clear(&name);
        strbuf_clear(&text);
        strbuf_addf(&name, "t%u", i);
        add_repeated(&text, "{{#dept}}", 9 * 60);
        if (i + 1 < MUSTACHE_DEPTH_MAX)
            strbuf_addf(&text, "{{>t%u}}", i + 1);
        add_repeated(&text, "{{/dept}}", 9 * 60);
        mustache_set_add(set, name.buf, name.buf, text.buf, text.len, MUSTACHE_HTML, &errs);
    }
    assert_null(mustache_compile(set, "t0", &sample_schema, &sample_report_type, NULL, &errs));
    assert_int_equal(errs.count, 1);
    assert_string_equal(errs.items[0].id, "template-depth");
    assert_string_equal(errs.items[0].file, "t8");
    mustache_set_free(set);
    errs_release(&errs);
    strbuf_release(&name);
    strbuf_release(&text);
}

/* A type for each number, whose object "next" is of the next type. */
static bool find_next(const void *type, const char *name, size_t len, struct mustache_slot *slot)
{
    *slot = (struct mustache_slot){.kind = MUSTACHE_OBJECT, .type = (const char *)type + 1};
    return len == 4 && !memcmp(name, "next", len);
}

static void many_types(void **state)
{
    static const char types[100];
    const struct mustache_schema schema = {.find = find_next};
    struct mustache_set *set = mustache_set_new();
    struct strbuf text = STRBUF_INIT;
    struct errs errs = ERRS_INIT;

    (void)state;
    add_repeated(&text, "{{#next}}", 9 * 33);
    strbuf_adds(&text, "x");
    add_repeated(&text, "{{/next}}", 9 * 33);
    mustache_set_add(set, "main", "main", text.buf, text.len, MUSTACHE_HTML, &errs);
    assert_null(mustache_compile(set, "main", &schema, types, NULL, &errs));
    assert_int_equal(errs.count, 1);
    assert_string_equal(errs.items[0].id, "template-depth");
    mustache_set_free(set);
    errs_release(&errs);
    strbuf_release(&text);
}

/* --- data --- */

/* Renders, which fails, and says how. */
static void fails_to_render(const struct sample_source *sources,
                            const struct mustache_schema *schema, const void *data,
                            const char *expected)
{
    struct mustache_set *set = sample_set(sources, MUSTACHE_HTML);
    struct errs errs = ERRS_INIT;
    struct strbuf out = STRBUF_INIT, shown = STRBUF_INIT;
    struct mustache_program *program =
        mustache_compile(set, "main", schema, &sample_report_type, NULL, &errs);

    assert_non_null(program);
    assert_int_equal(mustache_render(program, data, &out, &errs), -1);
    sample_show_errors(&errs, &shown);
    assert_string_equal(shown.buf, expected);
    mustache_program_free(program);
    mustache_set_free(set);
    errs_release(&errs);
    strbuf_release(&out);
    strbuf_release(&shown);
}

static void json_recursion(void **state)
{
    json_t *data = json_pack("{s:s, s:[i,i]}", "k", "a", "l", 1, 2);

    (void)state;
    fails_to_render(ONE("x\n{{>main}}"), NULL, data,
                    "main:2:1: template-recursion: template \"main\" includes itself without end: "
                    "main > main (put the inclusion into a section that ends; at most 1000 are "
                    "rendered in each other)\n");
    fails_to_render(SOURCES({"main", "{{>a}}"}, {"a", "{{>b}}"}, {"b", "{{#l}}{{>*k}}{{/l}}"}),
                    NULL, data,
                    "b:1:7: template-recursion: template \"a\" includes itself without end: "
                    "a > b > a (put the inclusion into a section that ends; at most 1000 are "
                    "rendered in each other)\n");
    fails_to_render(SOURCES({"main", "{{<p}}{{$b}}{{>main}}{{/b}}{{/p}}"}, {"p", "{{$b}}{{/b}}"}),
                    NULL, data,
                    "main:1:1: template-recursion: template \"main\" includes itself without end: "
                    "main > p > main (put the inclusion into a section that ends; at most 1000 are "
                    "rendered in each other)\n");
    json_decref(data);
}

static void typed_data_without_end(void **state)
{
    struct sample_dept dept = {.name = "d", .parent = &dept};
    const struct sample_report report = {.dept = &dept};

    (void)state;
    fails_to_render(SOURCES({"main", "{{#dept}}{{>d}}{{/dept}}"},
                            {"d", "{{name}}{{#parent}}{{>d}}{{/parent}}"}),
                    &sample_schema, &report,
                    "d:1:20: template-recursion: template \"d\" includes itself without end: "
                    "d > d (put the inclusion into a section that ends; at most 1000 are rendered "
                    "in each other)\n");
}

static void deep_json(void **state)
{
    struct mustache_set *set =
        sample_set(SOURCES({"main", "{{>n}}"}, {"n", "{{v}}{{#n}}{{>n}}{{/n}}"}), MUSTACHE_HTML);
    struct errs errs = ERRS_INIT;
    struct strbuf out = STRBUF_INIT;
    struct mustache_program *program = mustache_compile(set, "main", NULL, NULL, NULL, &errs);
    json_t *data = json_pack("{s:i, s:n}", "v", 1, "n");

    (void)state;
    for (unsigned i = 0; i < 400; i++)
        data = json_pack("{s:s, s:o}", "v", "x", "n", data);
    assert_int_equal(mustache_render(program, data, &out, &errs), 0);
    assert_int_equal(out.len, 401);
    for (unsigned i = 0; i < 2000; i++)
        data = json_pack("{s:s, s:o}", "v", "x", "n", data);
    assert_int_equal(mustache_render(program, data, &out, &errs), -1);
    json_decref(data);
    mustache_program_free(program);
    mustache_set_free(set);
    errs_release(&errs);
    strbuf_release(&out);
}

static void long_lists(void **state)
{
    size_t count = testing_rounds(1000000);
    const char **items = mem_zalloc(count, sizeof(*items));
    const struct sample_report report = {.tags = {items, count}};
    struct mustache_set *set = sample_set(ONE("{{#tags}}{{.}}{{/tags}}"), MUSTACHE_HTML);
    struct errs errs = ERRS_INIT;
    struct strbuf typed = STRBUF_INIT, json = STRBUF_INIT;
    struct mustache_program *program =
        mustache_compile(set, "main", &sample_schema, &sample_report_type, NULL, &errs);
    json_t *list = json_array(), *data = json_pack("{s:o}", "tags", list);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        items[i] = i % 2 ? "<" : "x";
        json_array_append_new(list, json_string(items[i]));
    }
    assert_int_equal(mustache_render(program, &report, &typed, &errs), 0);
    assert_int_equal(typed.len, count / 2 + count / 2 * 4);
    mustache_program_free(program);
    program = mustache_compile(set, "main", NULL, NULL, NULL, &errs);
    assert_int_equal(mustache_render(program, data, &json, &errs), 0);
    assert_string_equal(typed.buf, json.buf);
    json_decref(data);
    mustache_program_free(program);
    mustache_set_free(set);
    strbuf_release(&typed);
    strbuf_release(&json);
    free(items);
}

/* --- threads --- */

struct worker {
    pthread_t thread;
    const struct mustache_program *program;
    const struct sample_report *report;
    struct strbuf out;
    bool good;
};

static void *render_often(void *ctx)
{
    struct worker *w = ctx;
    struct errs errs = ERRS_INIT;

    w->good = true;
    for (size_t i = testing_rounds(2000); i && w->good; i--) {
        strbuf_clear(&w->out);
        w->good = !mustache_render(w->program, w->report, &w->out, &errs);
    }
    errs_release(&errs);
    return NULL;
}

static void two_threads_render_one_program(void **state)
{
    static const char *const parts[] = {"甲", "<乙>"};
    static const struct sample_line lines[] = {{"收入", "1", "", "row", true, {parts, 2}},
                                               {"支出", "2", "", "sum", false, {parts, 1}}};
    const struct sample_dept dept = {"局", "7", NULL, NULL};
    const struct sample_report reports[] = {{.title = "一", .lines = {lines, 2}, .dept = &dept},
                                            {.title = "二", .lines = {lines, 1}, .dept = &dept}};
    struct mustache_set *set =
        sample_set(SOURCES({"main", "{{<p}}{{$b}}\n{{#lines}}\n{{name}}{{#parts}}{{@number}}{{.}}"
                                    "{{/parts}}\n{{/lines}}\n{{/b}}{{/p}}"},
                           {"p", "{{title}}\n  {{$b}}\n  {{/b}}\n{{dept.code}}\n"}),
                   MUSTACHE_HTML);
    static const char *const expected[] = {
        "一\n  收入1甲2&lt;乙&gt;\n  支出1甲\n#7\n",
        "二\n  收入1甲2&lt;乙&gt;\n#7\n",
    };
    struct errs errs = ERRS_INIT;
    struct mustache_program *program =
        mustache_compile(set, "main", &sample_schema, &sample_report_type, NULL, &errs);
    struct worker workers[2];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        workers[i] = (struct worker){.program = program, .report = &reports[i], .out = STRBUF_INIT};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, render_often, &workers[i]), 0);
    }
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        assert_true(workers[i].good);
        assert_string_equal(workers[i].out.buf, expected[i]);
        strbuf_release(&workers[i].out);
    }
    mustache_program_free(program);
    mustache_set_free(set);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_templates),
        cmocka_unit_test(large_mistakes),
        cmocka_unit_test(as_deep_as_allowed),
        cmocka_unit_test(blocks_that_multiply),
        cmocka_unit_test(chains_of_templates),
        cmocka_unit_test(sections_of_all_templates),
        cmocka_unit_test(many_types),
        cmocka_unit_test(json_recursion),
        cmocka_unit_test(typed_data_without_end),
        cmocka_unit_test(deep_json),
        cmocka_unit_test(long_lists),
        cmocka_unit_test(two_threads_render_one_program),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("mustache guards", tests, NULL, NULL);
}
