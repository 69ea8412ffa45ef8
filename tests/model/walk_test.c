#include "base/base.h"

#include "model/walk.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "model/toy.h"

static bool add_visit(void *ctx, const struct entity *entity, const void *record)
{
    struct strbuf *out = ctx;
    size_t count;
    const struct field *first = entity->fields(&count);

    strbuf_addf(out, "%s", entity->name);
    if (first->type == FIELD_INTEGER)
        strbuf_addf(out, " %lld",
                    (long long)((const struct integer *)field_at(first, record))->value);
    else if (field_text(first, record)->s)
        strbuf_addf(out, " %s", field_text(first, record)->s);
    strbuf_addch(out, '\n');
    return true;
}

static void visits_all_that_a_record_holds_before_what_that_holds(void **state)
{
    struct loaded l = LOADED_INIT;
    struct strbuf out = STRBUF_INIT;
    struct toy *toy =
        load_text(&l, &entity_toy,
                  "{\"id\": \"car\", \"parts\": {\"door\": {}, \"roof\": {}},\n"
                  " \"wheels\": [{\"id\": \"a\"}, {\"id\": \"b\"}],\n"
                  " \"box\": {\"size\": 3, \"inside\": {\"size\": 2}}, \"extra\": [{}]}");

    (void)state;
    assert_errors(&l.errs, "");
    record_walk(&entity_toy, toy, add_visit, &out);
    assert_string_equal(out.buf, "toy car\ntoy_box 3\ntoy_box 2\ntoy_wheel\ntoy_wheel\n"
                                 "toy_part door\ntoy_part roof\n");
    json_decref(toy->extra);
    strbuf_release(&out);
    loaded_release(&l);
}

static bool stop_at_boxes(void *ctx, const struct entity *entity, const void *record)
{
    add_visit(ctx, entity, record);
    return entity != &entity_toy_box;
}

static void passes_over_what_a_record_holds(void **state)
{
    struct loaded l = LOADED_INIT;
    struct strbuf out = STRBUF_INIT;
    struct toy *toy = load_text(&l, &entity_toy,
                                "{\"id\": \"car\", \"wheels\": [{\"id\": \"a\"}],\n"
                                " \"box\": {\"size\": 3, \"inside\": {\"size\": 2}}}");

    (void)state;
    assert_errors(&l.errs, "");
    record_walk(&entity_toy, toy, stop_at_boxes, &out);
    assert_string_equal(out.buf, "toy car\ntoy_box 3\ntoy_wheel\n");
    strbuf_release(&out);
    loaded_release(&l);
}

static void visits_maps_and_figures(void **state)
{
    struct loaded l = LOADED_INIT;
    struct strbuf out = STRBUF_INIT;
    struct report *report = load_text(
        &l, &entity_report,
        "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\", \"tables\": {\"a\": {\"lines\": [\n"
        "{\"id\": \"x\", \"final\": 1, \"prior\": 2, \"also\": [{\"column\": \"final\",\n"
        " \"where\": \"narrative\", \"value\": 3}]}]}, \"b\": {}}}");

    (void)state;
    assert_errors(&l.errs, "");
    report->department = text_of("d");
    record_walk(&entity_report, report, add_visit, &out);
    assert_string_equal(out.buf, "report d\ntable\nline\nfigure\nfigure\nstatement final\ntable\n");
    strbuf_release(&out);
    loaded_release(&l);
}

static void a_record_alone_is_visited_once(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct report report;

    (void)state;
    memset(&report, 0, sizeof(report));
    record_walk(&entity_report, &report, add_visit, &out);
    assert_string_equal(out.buf, "report\n");
    strbuf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(visits_all_that_a_record_holds_before_what_that_holds),
        cmocka_unit_test(passes_over_what_a_record_holds),
        cmocka_unit_test(visits_maps_and_figures),
        cmocka_unit_test(a_record_alone_is_visited_once),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
