/* The data dictionary as the names of templates: which there are, what each prints, when each is
 * true. */
#include "base/base.h"

#include "site/record_schema.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "site/quantities.h"
#include "site/views.h"

/* --- one template, one record --- */

static struct mustache_program *compile_in(enum naming naming, struct mustache_set *set,
                                           const struct entity *entity, const char *template,
                                           struct errs *errs)
{
    mustache_set_add(set, "t", "t.mustache", template, strlen(template), MUSTACHE_HTML, errs);
    mustache_set_add(set, "county", "county.mustache", "C", 1, MUSTACHE_HTML, errs);
    return mustache_compile(set, "t", &record_schemas[naming], entity, NULL, errs);
}

static struct mustache_program *compile(struct mustache_set *set, const struct entity *entity,
                                        const char *template, struct errs *errs)
{
    return compile_in(NAMED_IN_CHINESE, set, entity, template, errs);
}

static void assert_renders_in(enum naming naming, const struct entity *entity, const void *record,
                              const char *template, const char *expected)
{
    struct mustache_set *set = mustache_set_new();
    struct errs errs = ERRS_INIT;
    struct mustache_program *program = compile_in(naming, set, entity, template, &errs);
    struct strbuf out = STRBUF_INIT, shown = STRBUF_INIT;

    show_errors(&errs, &shown);
    if (!program)
        fail_msg("%s does not compile:\n%s", template, shown.buf);
    assert_int_equal(mustache_render(program, record, &out, &errs), 0);
    if (strcmp(out.buf, expected))
        fail_msg("%s gives\n%s\nand should give\n%s", template, out.buf, expected);
    mustache_program_free(program);
    mustache_set_free(set);
    strbuf_release(&out);
    strbuf_release(&shown);
    errs_release(&errs);
}

static void assert_renders(const struct entity *entity, const void *record, const char *template,
                           const char *expected)
{
    assert_renders_in(NAMED_IN_CHINESE, entity, record, template, expected);
}

static void assert_refused(const struct entity *entity, const char *template, const char *expected)
{
    struct mustache_set *set = mustache_set_new();
    struct errs errs = ERRS_INIT;

    assert_null(compile(set, entity, template, &errs));
    assert_errors(&errs, expected);
    mustache_set_free(set);
}

static bool is_refused(const struct entity *entity, const char *template, const char *id)
{
    struct mustache_set *set = mustache_set_new();
    struct errs errs = ERRS_INIT;
    struct mustache_program *program = compile(set, entity, template, &errs);
    bool refused = !program && errs.count == 1 && !strcmp(errs.items[0].id, id);

    mustache_program_free(program);
    mustache_set_free(set);
    errs_release(&errs);
    return refused;
}

/* --- quantities --- */

#define EACH_ASPECT                                                                                \
    "{{value}}|{{value_stated}}|{{value_value}}|{{value_unit}}|"                                   \
    "{{#value}}is{{/value}}{{^value}}not{{/value}}|"                                               \
    "{{#value_stated}}is{{/value_stated}}{{^value_stated}}not{{/value_stated}}|"                   \
    "{{#value_value}}is{{/value_value}}{{^value_value}}not{{/value_value}}|"                       \
    "{{#value_unit}}is{{/value_unit}}{{^value_unit}}not{{/value_unit}}|"                           \
    "{{#value_negative}}is{{/value_negative}}{{^value_negative}}not{{/value_negative}}"

static void assert_aspects(struct quantity q, const char *expected)
{
    struct view_figure figure = {.value = q};

    assert_renders(&entity_view_figure, &figure, EACH_ASPECT, expected);
}

static void a_quantity_has_these_aspects(void **state)
{
    const struct quantity absent = {0};

    (void)state;
    /* shown, as written, for machines, unit; then whether each is true, and whether negative */
    assert_aspects(made_quantity("4180.76", MEASURE_AMOUNT, "万元"),
                   "4,180.76|4180.76|41807600|万元|is|is|is|is|not");
    assert_aspects(made_quantity("-1234567.80", MEASURE_AMOUNT, "元"),
                   "-1,234,567.80|-1234567.80|-1234567.80|元|is|is|is|is|is");
    assert_aspects(made_quantity("0", MEASURE_AMOUNT, "万元"), "0|0|0|万元|is|is|is|is|not");
    assert_aspects(made_quantity("0.00", MEASURE_AMOUNT, "万元"),
                   "0.00|0.00|0|万元|is|is|is|is|not");
    assert_aspects(made_quantity("-0.00", MEASURE_AMOUNT, "万元"),
                   "-0.00|-0.00|0|万元|is|is|is|is|not");
    assert_aspects(made_quantity("82.13", MEASURE_PERCENT, "%"),
                   "82.13|82.13|82.13|%|is|is|is|is|not");
    assert_aspects(made_quantity("-0.5", MEASURE_PERCENT, "%"), "-0.5|-0.5|-0.5|%|is|is|is|is|is");
    assert_aspects(made_quantity("1234", MEASURE_COUNT, NULL), "1,234|1234|1234||is|is|is|not|not");
    assert_aspects(made_quantity("—", MEASURE_AMOUNT, "万元"), "——|——||万元|is|is|not|is|not");
    assert_aspects(made_quantity("不涉及", MEASURE_SCORE, "分"),
                   "不涉及|不涉及||分|is|is|not|is|not");
    assert_aspects(absent, "||||not|not|not|not|not");
}

static void a_number_that_is_not_stated_is_not_negative(void **state)
{
    struct view_figure figure = {.value = made_quantity("-1", MEASURE_AMOUNT, "元")};

    (void)state;
    figure.value.state = QUANTITY_DASH; /* what `number` holds then means nothing */
    assert_renders(&entity_view_figure, &figure,
                   "{{#value_negative}}negative{{/value_negative}}{{value_value}}", "");
}

/* --- other scalars --- */

static void a_text_is_true_when_it_has_something(void **state)
{
    struct view_link crumb = {.label = text_of("a<b & \"c\"")};

    (void)state;
    assert_renders(&entity_view_link, &crumb,
                   "{{label}}|{{#label}}is {{.}}{{/label}}|{{path}}|{{^path}}not{{/path}}",
                   "a&lt;b &amp; &quot;c&quot;|is a&lt;b &amp; &quot;c&quot;||not");
    crumb.path = text_of(""); /* the home page */
    assert_renders(&entity_view_link, &crumb, "{{#path}}is{{/path}}{{^path}}not{{/path}}", "not");
    crumb.path = text_of("0");
    assert_renders(&entity_view_link, &crumb, "{{#path}}is{{/path}}{{^path}}not{{/path}}", "is");
}

static void an_integer_of_zero_is_not_an_absent_one(void **state)
{
    struct view_heading heading = {.level = {0, false, {0, 0}}};
    const char *template = "[{{level}}]{{#level}}is {{level}}{{/level}}{{^level}}not{{/level}}";

    (void)state;
    assert_renders(&entity_view_heading, &heading, template, "[]not");
    heading.level = (struct integer){0, true, {0, 0}};
    assert_renders(&entity_view_heading, &heading, template, "[0]is 0");
    heading.level.value = -1;
    assert_renders(&entity_view_heading, &heading, template, "[-1]is -1");
    heading.level.value = INT64_MIN;
    assert_renders(&entity_view_heading, &heading, "{{level}}", "-9223372036854775808");
    heading.level = (struct integer){7, false, {0, 0}};
    assert_renders(&entity_view_heading, &heading, template, "[]not");
}

static void a_flag_is_for_sections(void **state)
{
    struct view_head head = {.label = text_of("列")};
    const char *template = "{{#grouped}}is {{label}}{{/grouped}}{{^grouped}}not{{/grouped}}";

    (void)state;
    assert_renders(&entity_view_head, &head, template, "not");
    head.grouped = (struct flag){.value = false, .present = true};
    assert_renders(&entity_view_head, &head, template, "not");
    head.grouped.value = true;
    assert_renders(&entity_view_head, &head, template, "is 列");
    assert_true(is_refused(&entity_view_head, "{{grouped}}", "not-text"));
}

static void a_choice_has_its_title(void **state)
{
    struct department department = {.level = text_of("county")};
    const char *template = "{{level}} {{level_title}} {{#level_title}}is{{/level_title}}"
                           "{{^level_title}}not{{/level_title}}";

    (void)state;
    assert_renders(&entity_department, &department, template, "county 区县级 is");
    department.level = text_of("not one of them");
    assert_renders(&entity_department, &department, template, "not one of them not one of them is");
    department.level = text_of(NULL);
    assert_renders(&entity_department, &department, template, "  not");
    assert_true(is_refused(&entity_department, "{{>*level}}", "open-name"));
}

static void titles_are_those_of_the_language(void **state)
{
    static const char template[] = "{{level_title}}{{#name_foreign}} foreign{{/name_foreign}}"
                                   "{{^name_foreign}} ours{{/name_foreign}}";
    struct department department = {.level = text_of("county"), .name = text_of("Bureau 局")};
    struct department latin = {.level = text_of("county"), .name = text_of("Bureau")};
    struct view_figure figure = {.value = made_quantity("1", MEASURE_AMOUNT, "万元")};
    struct fund fund = {.unit = text_of("台（套）")};

    (void)state;
    assert_renders(&entity_department, &department, template, "区县级 ours");
    assert_renders_in(NAMED_IN_ENGLISH, &entity_department, &department, template,
                      "County foreign");
    assert_renders_in(NAMED_IN_ENGLISH, &entity_department, &latin, template, "County ours");
    assert_renders(&entity_view_figure, &figure, "{{value_unit}} {{value_unit_title}}",
                   "万元 万元");
    assert_renders_in(NAMED_IN_ENGLISH, &entity_view_figure, &figure,
                      "{{value_unit}} {{value_unit_title}}", "万元 ten thousand yuan");
    assert_renders_in(NAMED_IN_ENGLISH, &entity_fund, &fund, "{{unit}} {{unit_title}}",
                      "台（套） 台（套）"); /* not of money */
    assert_int_equal(naming_of("zh"), NAMED_IN_CHINESE);
    assert_int_equal(naming_of("zh-Hans-CN"), NAMED_IN_CHINESE);
    assert_int_equal(naming_of("en"), NAMED_IN_ENGLISH);
    assert_int_equal(naming_of("zha"), NAMED_IN_ENGLISH); /* Zhuang */
}

static void markup_is_not_escaped_and_nothing_else_is_left_alone(void **state)
{
    struct view_text text = {.html = text_of("<p>一 & 二</p>"), .title = text_of("<b>")};

    (void)state;
    assert_renders(&entity_view_text, &text, "{{{html}}}{{&html}} {{title}}",
                   "<p>一 & 二</p><p>一 & 二</p> &lt;b&gt;");
    assert_renders(&entity_view_text, &text, "{{#html}}is{{/html}}", "is");
    text.html = text_of("");
    assert_renders(&entity_view_text, &text, "{{^html}}not{{/html}}", "not");
    assert_true(is_refused(&entity_view_text, "{{html}}", "markup-escaped"));
    assert_true(is_refused(&entity_view_text, "{{{title}}}", "unsafe-markup"));
}

/* --- objects and lists --- */

static void lists_objects_and_maps_are_sections(void **state)
{
    struct loaded l = LOADED_INIT;
    struct report *report = load_text(
        &l, &entity_report,
        "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"万元\", \"tables\": {"
        "\"income\": {\"lines\": [{\"id\": \"total\", \"final\": \"1\", \"prior\": \"0\"},"
        "{\"id\": \"other\", \"final\": {\"na\": \"dash\"}}]}, \"expenditure\": {}}}");
    struct page_report page = {.report = report};
    struct page_report empty = {0};

    (void)state;
    assert_errors(&l.errs, "");
    assert_renders(&entity_page_report, &page,
                   "{{#report}}{{year}}{{#tables}} {{@number}}/{{@length}} {{id}}:{{#lines}}"
                   "{{id}}({{#figures}}{{column}}={{value}}{{^@last}},{{/@last}}{{/figures}})"
                   "{{/lines}}{{^lines}}none{{/lines}}{{/tables}}{{/report}}",
                   "2021 1/2 income:total(final=1,prior=0)other(final=——) 2/2 expenditure:none");
    assert_renders(&entity_page_report, &page, "{{report.year}} {{report.unit_title}}",
                   "2021 万元");
    assert_renders(&entity_page_report, &empty,
                   "{{#report}}is{{/report}}{{^report}}not{{/report}}{{report.year}}"
                   "{{#report.tables}}is{{/report.tables}}{{^orders}}none{{/orders}}",
                   "notnone");
    loaded_release(&l);
}

static void figures_are_the_second_statements_too(void **state)
{
    struct figure figures[] = {
        {.column = text_of("final"), .value = made_quantity("1", MEASURE_AMOUNT, "元")},
        {.column = text_of("final"),
         .statement = text_of("narrative"),
         .value = made_quantity("2", MEASURE_AMOUNT, "元")}};
    struct line line = {.figures = {figures, 2}};

    (void)state;
    assert_renders(
        &entity_line, &line,
        "{{#figures}}{{column}}{{#statement}}@{{.}}{{/statement}}={{value}} {{/figures}}",
        "final=1 final@narrative=2 ");
}

/* --- settings of the theme --- */

static void settings_of_the_theme_are_free_of_form(void **state)
{
    struct loaded l = LOADED_INIT;
    struct site *site = load_text(
        &l, &entity_site,
        "{\"title\": \"网站\", \"theme\": {\"colour\": \"#fff\", \"zero\": 0, \"on\": true,"
        "\"off\": false, \"nothing\": null, \"share\": 12.50, \"menu\": [{\"title\": \"<甲>\"},"
        "{\"title\": \"乙\", \"url\": \"b\"}], \"deep\": {\"er\": {\"est\": \"x\"}}}}");

    (void)state;
    assert_errors(&l.errs, "");
    assert_renders(&entity_site, site, "{{theme.colour}} {{theme.share}} {{theme.deep.er.est}}",
                   "#fff 12.50 x");
    assert_renders(&entity_site, site,
                   "{{#theme}}{{#menu}}{{title}}{{^url}}!{{/url}}{{url}} {{/menu}}{{/theme}}",
                   "&lt;甲&gt;! 乙b ");
    assert_renders(&entity_site, site,
                   "{{#theme.zero}}is{{/theme.zero}}{{^theme.off}}not{{/theme.off}}"
                   "{{#theme.on}}is{{/theme.on}}{{^theme.nothing}}not{{/theme.nothing}}",
                   "notisnot");
    assert_renders(&entity_site, site, "[{{theme.none}}{{theme.colour.deeper}}]", "[]");
    json_decref(site->theme);
    loaded_release(&l);
}

static void there_need_be_no_settings(void **state)
{
    struct site site = {.title = text_of("网站")};

    (void)state;
    assert_renders(&entity_site, &site,
                   "[{{theme.colour}}{{#theme}}is{{/theme}}{{^theme}}not {{title}}{{/theme}}]",
                   "[not 网站]");
}

/* --- all names of all entities --- */

enum { ENTITIES_MAX = 128 };

struct entities {
    const struct entity *items[ENTITIES_MAX];
    size_t count;
};

/* All that can be reached from the pages and the parts. */
static void collect(struct entities *all, const struct entity *entity)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < all->count; i++)
        if (all->items[i] == entity)
            return;
    assert_true(all->count < ENTITIES_MAX);
    all->items[all->count++] = entity;
    for (size_t i = 0; i < count; i++)
        if (fields[i].child)
            collect(all, fields[i].child);
}

static void collect_all(struct entities *all)
{
    static const struct entity *const roots[] = {
        &entity_page_home,   &entity_page_departments, &entity_page_department,
        &entity_page_report, &entity_page_project,     &entity_page_evaluation,
        &entity_page_data,   &entity_view_table,       &entity_view_csv,
        &entity_view_figure, &entity_profile,          &entity_classification,
    };

    all->count = 0;
    for (size_t i = 0; i < ARRAY_SIZE(roots); i++)
        collect(all, roots[i]);
}

static void find_name(const struct entity *entity, const char *base, const char *ending, bool known,
                      enum mustache_kind kind)
{
    struct strbuf name = STRBUF_INIT;
    struct mustache_slot slot;

    strbuf_addf(&name, "%s%s", base, ending);
    strbuf_adds(&name, " and more"); /* what is behind the length does not matter */
    if (record_schemas[NAMED_IN_CHINESE].find(entity, name.buf, name.len - 9, &slot) != known)
        fail_msg("%s.%s%s should%s be known", entity->name, base, ending, known ? "" : " not");
    if (known && slot.kind != kind)
        fail_msg("%s.%s%s is of the wrong kind", entity->name, base, ending);
    strbuf_release(&name);
}

static enum mustache_kind kind_of(enum field_type type)
{
    switch (type) {
    case FIELD_FLAG:
        return MUSTACHE_FLAG;
    case FIELD_OBJECT:
        return MUSTACHE_OBJECT;
    case FIELD_LIST:
    case FIELD_MAP:
    case FIELD_FIGURES:
        return MUSTACHE_LIST;
    case FIELD_JSON:
        return MUSTACHE_JSON;
    case FIELD_MARKUP:
        return MUSTACHE_MARKUP;
    default:
        return MUSTACHE_TEXT;
    }
}

static bool has_name(const struct entity *entity, const char *base, const char *ending)
{
    struct strbuf name = STRBUF_INIT;
    bool found;

    strbuf_addf(&name, "%s%s", base, ending);
    found = entity_find(entity, name.buf, name.len) != NULL;
    strbuf_release(&name);
    return found;
}

static void check_field(const struct entity *entity, const struct field *field)
{
    bool is_quantity = field->type == FIELD_QUANTITY;
    static const char *const endings[] = {"_stated", "_value", "_unit"};

    /* the scores of experts are records as well: expert_scores */
    find_name(entity, field->name, "", field->type != FIELD_QUANTITIES, kind_of(field->type));
    for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
        if (!has_name(entity, field->name, endings[i]))
            find_name(entity, field->name, endings[i], is_quantity, MUSTACHE_TEXT);
    find_name(entity, field->name, "_negative", is_quantity, MUSTACHE_FLAG);
    if (!has_name(entity, field->name, "_title"))
        find_name(entity, field->name, "_title",
                  field->type == FIELD_CHOICE ||
                      (field->type == FIELD_TEXT && !strcmp(field->name, "unit")),
                  MUSTACHE_TEXT);
    find_name(entity, field->name, "_unit_title", is_quantity, MUSTACHE_TEXT);
    find_name(entity, field->name, "_foreign", field->type == FIELD_TEXT, MUSTACHE_FLAG);
    find_name(entity, field->name, "_", false, MUSTACHE_TEXT);
    find_name(entity, field->name, "_value_value", false, MUSTACHE_TEXT);
}

static void every_field_is_a_name_and_has_its_aspects(void **state)
{
    struct entities all;

    (void)state;
    collect_all(&all);
    assert_true(all.count > 30);
    for (size_t i = 0; i < all.count; i++) {
        size_t count;
        const struct field *fields = all.items[i]->fields(&count);

        assert_string_equal(record_schemas[NAMED_IN_CHINESE].title(all.items[i]),
                            all.items[i]->name);
        for (size_t j = 0; j < count; j++) {
            assert_string_equal(record_schemas[NAMED_IN_CHINESE].name(all.items[i], j),
                                fields[j].name);
            check_field(all.items[i], &fields[j]);
        }
        assert_null(record_schemas[NAMED_IN_CHINESE].name(all.items[i], count));
        find_name(all.items[i], "", "_stated", false, MUSTACHE_TEXT);
        find_name(all.items[i], "", "_title", false, MUSTACHE_TEXT);
        find_name(all.items[i], "", "", false, MUSTACHE_TEXT);
    }
}

/* A record of zeros, which is what nothing was said about, prints nothing and is false. */
static void what_is_absent_is_false_and_prints_nothing(void **state)
{
    struct arena arena = ARENA_INIT;
    struct entities all;

    (void)state;
    collect_all(&all);
    for (size_t i = 0; i < all.count; i++) {
        const struct entity *entity = all.items[i];
        const void *record = arena_zalloc(&arena, 1, entity->size);
        struct strbuf template = STRBUF_INIT;
        const char *name;

        for (size_t j = 0; (name = record_schemas[NAMED_IN_CHINESE].name(entity, j)); j++) {
            struct mustache_slot slot;

            if (!record_schemas[NAMED_IN_CHINESE].find(entity, name, strlen(name), &slot))
                continue;
            strbuf_addf(&template, "{{#%s}}%s {{/%s}}", name, name, name);
            if (slot.kind == MUSTACHE_TEXT)
                strbuf_addf(&template, "{{%s}}", name);
        }
        assert_renders(entity, record, template.buf, "");
        strbuf_release(&template);
    }
    arena_release(&arena);
}

static void unknown_names_are_refused_with_a_hint(void **state)
{
    (void)state;
    assert_refused(&entity_fund, "一\n  {{excuted}}\n",
                   "t.mustache:2:5: error[unknown-name]: unknown name \"excuted\" (looked for in: "
                   "fund)\n    {{excuted}}\n      ^\n  did you mean 'executed'?\n");
    assert_refused(&entity_page_project, "{{#project}}{{#funds}}{{scoer}}{{/funds}}{{/project}}",
                   "t.mustache:1:25: error[unknown-name]: unknown name \"scoer\" (looked for in: "
                   "fund, project, page_project)\n"
                   "  {{#project}}{{#funds}}{{scoer}}{{/funds}}{{/project}}\n"
                   "                          ^\n  did you mean 'score'?\n");
    assert_true(is_refused(&entity_fund, "{{score_title}}", "unknown-name"));
    assert_true(is_refused(&entity_fund, "{{label_value}}", "unknown-name"));
    assert_true(is_refused(&entity_department, "{{level_stated}}", "unknown-name"));
    assert_true(is_refused(&entity_fund, "{{score_negative}}", "not-text"));
    assert_true(is_refused(&entity_criterion, "{{#experts}}{{/experts}}", "unknown-name"));
    assert_true(is_refused(&entity_report, "{{tables}}", "not-text"));
    assert_true(is_refused(&entity_site, "{{theme_title}}", "unknown-name"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quantity_has_these_aspects),
        cmocka_unit_test(a_number_that_is_not_stated_is_not_negative),
        cmocka_unit_test(a_text_is_true_when_it_has_something),
        cmocka_unit_test(an_integer_of_zero_is_not_an_absent_one),
        cmocka_unit_test(a_flag_is_for_sections),
        cmocka_unit_test(a_choice_has_its_title),
        cmocka_unit_test(titles_are_those_of_the_language),
        cmocka_unit_test(markup_is_not_escaped_and_nothing_else_is_left_alone),
        cmocka_unit_test(lists_objects_and_maps_are_sections),
        cmocka_unit_test(figures_are_the_second_statements_too),
        cmocka_unit_test(settings_of_the_theme_are_free_of_form),
        cmocka_unit_test(there_need_be_no_settings),
        cmocka_unit_test(every_field_is_a_name_and_has_its_aspects),
        cmocka_unit_test(what_is_absent_is_false_and_prints_nothing),
        cmocka_unit_test(unknown_names_are_refused_with_a_hint),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("record_schema", tests, NULL, NULL);
}
