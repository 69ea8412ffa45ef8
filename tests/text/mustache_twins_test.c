/*
 * The same data twice, typed and as JSON: a random template that compiles for both must render the
 * same text. The two kinds of program resolve names, blocks and indentation in different ways, so
 * each is the other's oracle.
 */
#include "base/base.h"

#include "text/mustache.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "text/mustache_sample.h"

static const char *const texts[] = {"甲", "", "<乙>\n丙"};
static const char *const kinds[] = {"row", "sum"};

static const struct sample_node leaves[] = {{"科", {NULL, 0}}, {"", {NULL, 0}}};
static const struct sample_node nodes[] = {{"处", {leaves, 2}}, {NULL, {NULL, 0}}};

static const struct sample_line lines[] = {
    {"收入", "4180.76", "<b>1</b>", "row", false, {texts, 3}},
    {"支出", NULL, NULL, "sum", true, {NULL, 0}},
};

/* --- the typed data as JSON --- */

static json_t *json_of(const void *type, const void *object, unsigned depth);

static json_t *list_of(const struct mustache_slot *slot, const void *object, unsigned depth)
{
    json_t *list = json_array();

    for (size_t i = 0; i < sample_schema.count(slot, object); i++) {
        const void *item = sample_schema.item(slot, object, i);

        json_array_append_new(list,
                              slot->type ? json_of(slot->type, item, depth) : json_string(item));
    }
    return list;
}

static json_t *text_of(const struct mustache_slot *slot, const void *object)
{
    struct strbuf scratch = STRBUF_INIT;
    const char *s;
    size_t len;
    json_t *text;

    sample_schema.text(slot, object, &scratch, &s, &len);
    text = len ? json_stringn(s, len) : json_null();
    strbuf_release(&scratch);
    return text;
}

static json_t *field_of(const struct mustache_slot *slot, const void *object, unsigned depth)
{
    const json_t *json;

    switch (slot->kind) {
    case MUSTACHE_FLAG:
        return json_boolean(sample_schema.truthy(slot, object));
    case MUSTACHE_OBJECT:
        return json_of(slot->type, sample_schema.object(slot, object), depth);
    case MUSTACHE_LIST:
        return list_of(slot, object, depth);
    case MUSTACHE_JSON:
        json = sample_schema.json(slot, object);
        return json ? json_deep_copy(json) : json_null();
    default:
        return text_of(slot, object);
    }
}

static json_t *json_of(const void *type, const void *object, unsigned depth)
{
    struct mustache_slot slot;
    const char *name;
    json_t *result;

    if (!object || !depth)
        return json_null();
    result = json_object();
    for (size_t i = 0; (name = sample_schema.name(type, i)); i++)
        if (sample_schema.find(type, name, strlen(name), &slot))
            json_object_set_new(result, name, field_of(&slot, object, depth - 1));
    return result;
}

/* --- random templates --- */

/* Sections whose inside has a text of its own, {{.}}; the first ones. */
static const char *const sections[] = {"title", "kind",  "tags",  "kinds",      "parts",
                                       "name",  "lines", "dept",  "nodes",      "parent",
                                       "extra", "draft", "total", "extra.list", "dept.parent"};
enum { SECTIONS_WITH_DOT = 6 };

static const char *const names[] = {"title", "kind",   "name",      "code", "amount",
                                    "v",     "@index", "dept.name", "w",    "dept.extra.v"};
static const char *const spaces[] = {"\n", "  ", " ", "\n  ", "x", "一\n", ".", "\r\n"};
static const char *const partials[] = {"a", "b", "node", "row", "sum", "chain"};
static const char *const parents[] = {"p", "q"};
static const char *const blocks[] = {"u", "v"};

#define PICK(random, list) ((list)[testing_below((random), ARRAY_SIZE(list))])

static void add_random(struct testing_random *random, struct strbuf *out, unsigned depth, bool dot);

static void add_section(struct testing_random *random, struct strbuf *out, unsigned depth)
{
    size_t i = testing_below(random, ARRAY_SIZE(sections));
    bool inverted = !testing_below(random, 4);

    strbuf_addf(out, "{{%s%s}}", inverted ? "^" : "#", sections[i]);
    add_random(random, out, depth - 1, !inverted && i < SECTIONS_WITH_DOT);
    strbuf_addf(out, "{{/%s}}", sections[i]);
}

static void add_block(struct testing_random *random, struct strbuf *out, unsigned depth,
                      const char *name)
{
    strbuf_addf(out, "{{$%s}}", name);
    add_random(random, out, depth - 1, false);
    strbuf_addf(out, "{{/%s}}", name);
}

static void add_parent(struct testing_random *random, struct strbuf *out, unsigned depth)
{
    const char *name = PICK(random, parents);

    strbuf_addf(out, "{{<%s}}", name);
    for (size_t i = 0; i < ARRAY_SIZE(blocks); i++) {
        if (testing_below(random, 2))
            strbuf_adds(out, PICK(random, spaces));
        if (testing_below(random, 2))
            add_block(random, out, depth, blocks[i]);
    }
    if (testing_below(random, 2))
        strbuf_addch(out, '\n');
    strbuf_addf(out, "{{/%s}}", name);
}

static void add_piece(struct testing_random *random, struct strbuf *out, unsigned depth, bool dot)
{
    size_t kind = testing_below(random, depth ? 20 : 12);

    if (kind < 5)
        strbuf_adds(out, PICK(random, spaces));
    else if (kind < 8)
        strbuf_addf(out, "{{%s}}", PICK(random, names));
    else if (kind == 8)
        strbuf_adds(out, dot ? "{{.}}" : "y");
    else if (kind == 9)
        strbuf_adds(out, "{{! x }}");
    else if (kind == 10)
        strbuf_addf(out, "{{>%s}}", PICK(random, partials));
    else if (kind == 11)
        strbuf_adds(out, "{{>*kind}}");
    else if (kind < 17)
        add_section(random, out, depth);
    else if (kind == 17)
        add_parent(random, out, depth);
    else if (kind == 18)
        add_block(random, out, depth, PICK(random, blocks));
    else if (kind == 19)
        strbuf_adds(out, "{{#@first}}F{{/@first}}{{^@last}},{{/@last}}");
}

static void add_random(struct testing_random *random, struct strbuf *out, unsigned depth, bool dot)
{
    for (size_t n = testing_below(random, 6); n; n--)
        add_piece(random, out, depth, dot);
}

static void add_template(struct mustache_set *set, const char *name, const char *text)
{
    struct errs errs = ERRS_INIT;

    if (mustache_set_add(set, name, name, text, strlen(text), MUSTACHE_HTML, &errs))
        fail_msg("%s: %s", errs.items[0].message, text);
    errs_release(&errs);
}

static void add_random_template(struct testing_random *random, struct mustache_set *set,
                                const char *name, unsigned depth)
{
    struct strbuf text = STRBUF_INIT;

    add_random(random, &text, depth, false);
    add_template(set, name, text.buf);
    strbuf_release(&text);
}

/* Templates that recurse and those that parents are; main, a and q are random. */
static struct mustache_set *random_set(struct testing_random *random)
{
    struct mustache_set *set = mustache_set_new();

    add_template(set, "node", "- {{name}}\n{{#nodes}}\n  {{>node}}\n{{/nodes}}\n");
    add_template(set, "chain", "{{name}}{{#dept}}{{#parent}}<{{>b}}{{/parent}}{{/dept}}");
    add_template(set, "b",
                 "{{code}}{{#extra}}\n {{v}}{{x}}\n{{w}}{{#parent}}[{{>b}}]{{/parent}}{{/extra}}");
    add_template(set, "row", "{{$u}}r{{/u}}\n");
    add_template(set, "sum", "{{kind}}{{$v}}\n s\n{{/v}}\n");
    add_template(set, "p", "<\n  {{$u}}{{/u}}\n{{$v}}\n    d\n{{/v}}\n>{{>row}}\n");
    add_random_template(random, set, "a", 1);
    add_random_template(random, set, "q", 2);
    add_random_template(random, set, "main", 4);
    return set;
}

/* --- the comparison --- */

struct twins {
    struct sample_report report;
    json_t *json;
    unsigned compared;
};

static struct mustache_program *compile(struct mustache_set *set,
                                        const struct mustache_schema *schema)
{
    struct errs errs = ERRS_INIT;
    struct mustache_program *program =
        mustache_compile(set, "main", schema, &sample_report_type, NULL, &errs);

    assert_int_equal(errs.count == 0, program != NULL);
    errs_release(&errs);
    return program;
}

/* What is rendered; a template that includes itself without end renders as the error. */
static void render(const struct mustache_program *program, const void *data, struct strbuf *out)
{
    struct errs errs = ERRS_INIT;

    if (mustache_render(program, data, out, &errs)) {
        strbuf_clear(out);
        strbuf_adds(out, errs.items[0].id);
    }
    errs_release(&errs);
}

static void compare(struct twins *twins, struct testing_random *random)
{
    struct mustache_set *set = random_set(random);
    struct mustache_program *typed = compile(set, &sample_schema), *json = compile(set, NULL);
    struct strbuf from_typed = STRBUF_INIT, from_json = STRBUF_INIT;

    assert_non_null(json);
    if (typed) { /* else names are unknown, say */
        render(typed, &twins->report, &from_typed);
        render(json, twins->json, &from_json);
        assert_string_equal(from_typed.buf, from_json.buf);
        twins->compared++;
    }
    mustache_program_free(typed);
    mustache_program_free(json);
    mustache_set_free(set);
    strbuf_release(&from_typed);
    strbuf_release(&from_json);
}

static void typed_and_json_programs_agree(void **state)
{
    json_t *upper = json_loads("{\"v\": \"上\", \"w\": 1, \"kind\": \"K\"}", 0, NULL);
    json_t *middle = json_loads("{\"x\": \"中\", \"w\": null}", 0, NULL);
    json_t *lower = json_loads("{\"v\": \"下\", \"name\": \"J\", \"lines\": [{\"v\": 5}],"
                               " \"list\": [{\"v\": 1}, {\"w\": [], \"title\": \"T\"}]}",
                               0, NULL);
    const struct sample_dept state_dept = {"国", "1", NULL, middle},
                             province = {"省", NULL, &state_dept, upper},
                             city = {"市", "11", &province, lower},
                             district = {"区", "12", &city, middle},
                             bottom = {"局", NULL, &district, lower};
    struct testing_random random = {1};
    struct twins twins = {.report = {.title = "决\n算",
                                     .body = "<p>",
                                     .kind = "row",
                                     .draft = true,
                                     .dept = &bottom,
                                     .lines = {lines, 2},
                                     .tags = {texts, 3},
                                     .kinds = {kinds, 2},
                                     .nodes = {nodes, 2},
                                     .extra = lower}};

    (void)state;
    twins.json = json_of(&sample_report_type, &twins.report, 16);
    for (size_t i = testing_rounds(30000); i; i--)
        compare(&twins, &random);
    assert_true(twins.compared > testing_rounds(30000) / 20);
    json_decref(twins.json);
    json_decref(upper);
    json_decref(middle);
    json_decref(lower);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_and_json_programs_agree),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("mustache twins", tests, NULL, NULL);
}
