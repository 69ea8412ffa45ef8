/*
 * Run without arguments, this is a test like the others. schema_test.py runs it as
 *
 *     load_test check        reads pairs of an entity's name and a JSON text, each ended by a NUL,
 *                            from standard input; prints for each pair the ids of the errors
 *
 * and compares with what the JSON Schemas say of the same.
 */
#include "base/base.h"

#include "model/load.h"

#include <fcntl.h>
#include <sys/time.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/catalog.h"
#include "model/loaded.h"
#include "model/toy.h"
#include "text/json_read.h"
#include "text/json_write.h"
#include "text/utf8.h"

/* What may be loaded from a file of its own here: more than what the program has files of. */
static const struct entity *const loadable[] = {
    &entity_site,   &entity_profile, &entity_classification, &entity_department,
    &entity_report, &entity_project, &entity_evaluation,     &entity_unit,
    &entity_line,   &entity_fund,    &entity_criterion,      &entity_profile_table,
    &entity_toy,
};

static const struct entity *find_loadable(const char *name, size_t len)
{
    for (size_t i = 0; i < ARRAY_SIZE(loadable); i++)
        if (strlen(loadable[i]->name) == len && !memcmp(loadable[i]->name, name, len))
            return loadable[i];
    return NULL;
}

/* Free-form values are not of the arena. */
static void give_up_json(const struct entity *entity, void *record)
{
    if (entity == &entity_site)
        json_decref(((struct site *)record)->theme);
    if (entity == &entity_toy)
        json_decref(((struct toy *)record)->extra);
}

/* What takes more seconds of the processor than that ends the program; 0: as long as it likes. */
static void allow_seconds(int seconds)
{
    struct itimerval timer = {{0, 0}, {getenv("MEMCHECK") ? 20 * seconds : seconds, 0}};

    assert_int_equal(setitimer(ITIMER_PROF, &timer, NULL), 0);
}

/* --- golden pairs: load/ENTITY-WHAT.json and .expect --- */

static void read_golden(const char *folder, const char *name, size_t stem, const char *ending,
                        struct strbuf *out)
{
    struct strbuf path = STRBUF_INIT;
    struct errs errs = ERRS_INIT;

    strbuf_addf(&path, "%s/%.*s%s", folder, (int)stem, name, ending);
    assert_int_equal(fs_read(AT_FDCWD, path.buf, path.buf, SIZE_MAX, out, &errs), 0);
    strbuf_release(&path);
}

static void print_lines(const char *what, const char *text)
{
    printf("# %s\n", what);
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = strchrnul(text, '\n');
        printf("#     %.*s\n", (int)(end - text), text);
    }
}

/* Whether the loader says of the file what it should. */
static bool is_as_expected(const char *folder, const char *name)
{
    size_t stem = (size_t)(strrchr(name, '.') - name), dash = (size_t)(strchrnul(name, '-') - name);
    const struct entity *entity = find_loadable(name, dash);
    struct strbuf text = STRBUF_INIT, expected = STRBUF_INIT, shown = STRBUF_INIT;
    struct loaded l = LOADED_INIT;
    bool same;

    assert_non_null(entity);
    read_golden(folder, name, stem, ".json", &text);
    read_golden(folder, name, stem, ".expect", &expected);
    give_up_json(entity, load_bytes(&l, entity, name, text.buf, text.len));
    show_errors(&l.errs, &shown);
    same = l.result == -1 && !strcmp(shown.buf, expected.buf);
    if (!same) {
        printf("# %s\n", name);
        print_lines("expected:", expected.buf);
        print_lines("said:", shown.buf);
    }
    loaded_release(&l);
    strbuf_release(&text);
    strbuf_release(&expected);
    strbuf_release(&shown);
    return same;
}

static void says_what_is_wrong_and_where(void **state)
{
    const char *folder = "tests/model/load";
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct fs_list list;
    size_t pairs = 0, wrong = 0;

    (void)state;
    assert_int_equal(fs_list(AT_FDCWD, folder, folder, &arena, &list, &errs), 0);
    for (size_t i = 0; i < list.count; i++)
        if (strstr(list.entries[i].name, ".json")) {
            wrong += !is_as_expected(folder, list.entries[i].name);
            pairs++;
        }
    assert_int_equal(wrong, 0);
    assert_true(pairs >= 30);
    assert_int_equal(list.count, 2 * pairs);
    arena_release(&arena);
}

/* --- what a good text becomes --- */

static void assert_place(struct place at, const struct loaded *l, unsigned line, const char *what)
{
    assert_int_equal(at.line, line);
    assert_true(at.offset < l->source.len);
    assert_memory_equal(l->source.text + at.offset, what, strlen(what));
}

static void assert_text(const struct text *text, const char *s)
{
    assert_non_null(text->s);
    assert_string_equal(text->s, s);
    assert_int_equal(text->len, strlen(s));
}

static void assert_quantity(const struct quantity *q, enum measure measure, int64_t units,
                            unsigned scale)
{
    assert_int_equal(q->state, QUANTITY_STATED);
    assert_int_equal(q->measure, measure);
    assert_int_equal(q->number.units, units);
    assert_int_equal(q->number.scale, scale);
    assert_null(q->unit); /* that comes with binding */
}

static const char report_text[] =
    "{\n"
    "  \"$schema\": \"../schemas/report.json\",\n"
    "  \"year\": 2021,\n"
    "  \"profile\": \"beijing-2021\", \"unit\": \"万元\",\n"
    "  \"source_title\": \"第一行\\n\\\"第二行\\\" \\u4e07\",\n"
    "  \"tables\": {\n"
    "    \"income\": {\"status\": \"attachment-not-held\"},\n"
    "    \"staffing\": {\"lines\": [\n"
    "      {\"id\": \"administrative\", \"established\": \"23\", \"actual\": 17, \"share\": "
    "-0.50},\n"
    "      {\"final\": {\"na\": \"dash\"}, \"prior\": {\"na\": \"not-involved\"}, \"id\": "
    "\"201\",\n"
    "       \"stated_year\": 2020, \"also\": [\n"
    "         {\"column\": \"final\", \"where\": \"narrative\", \"value\": \"1.0\"}]}\n"
    "    ]}\n"
    "  },\n"
    "  \"facts\": []\n"
    "}\n";

static void a_report_arrives_with_all_its_parts_and_places(void **state)
{
    struct loaded l = LOADED_INIT;
    const struct report *r = load_text(&l, &entity_report, report_text);
    const struct line *first, *second;

    (void)state;
    assert_errors(&l.errs, "");
    assert_int_equal(l.result, 0);
    assert_true(r->year.present);
    assert_int_equal(r->year.value, 2021);
    assert_place(r->year.at, &l, 3, "2021,");
    assert_text(&r->profile, "beijing-2021");
    assert_place(r->profile.at, &l, 4, "\"beijing");
    assert_text(&r->unit, "万元");
    assert_place(r->unit.at, &l, 4, "\"万元");
    assert_text(&r->source_title, "第一行\n\"第二行\" 万");
    assert_null(r->source_note.s);
    assert_null(r->department.s);
    assert_int_equal(r->facts.count, 0);

    assert_int_equal(r->tables.count, 2);
    assert_text(&r->tables.items[0].id, "income");
    assert_place(r->tables.items[0].id.at, &l, 7, "\"income\"");
    assert_text(&r->tables.items[0].status, "attachment-not-held");
    assert_int_equal(r->tables.items[0].lines.count, 0);
    assert_text(&r->tables.items[1].id, "staffing");
    assert_null(r->tables.items[1].status.s);
    assert_int_equal(r->tables.items[1].lines.count, 2);

    first = &r->tables.items[1].lines.items[0];
    second = &r->tables.items[1].lines.items[1];
    assert_text(&first->id, "administrative");
    assert_int_equal(first->figures.count, 3); /* in the order of the file */
    assert_text(&first->figures.items[0].column, "established");
    assert_place(first->figures.items[0].column.at, &l, 9, "\"established\"");
    assert_quantity(&first->figures.items[0].value, MEASURE_COUNT, 23, 0);
    assert_place(first->figures.items[0].value.at, &l, 9, "\"23\"");
    assert_quantity(&first->figures.items[1].value, MEASURE_COUNT, 17, 0);
    assert_place(first->figures.items[1].value.at, &l, 9, "17,");
    assert_quantity(&first->figures.items[2].value, MEASURE_PERCENT, -50, 2);
    assert_int_equal(second->figures.count, 2);
    assert_text(&second->figures.items[0].column, "final");
    assert_int_equal(second->figures.items[0].value.state, QUANTITY_DASH);
    assert_int_equal(second->figures.items[0].value.measure, MEASURE_AMOUNT);
    assert_place(second->figures.items[0].value.at, &l, 10, "{\"na\"");
    assert_int_equal(second->figures.items[1].value.state, QUANTITY_NOT_INVOLVED);
    assert_int_equal(second->stated_year.value, 2020);
    assert_place(second->stated_year.at, &l, 11, "2020");
    assert_false(first->stated_year.present);
    assert_int_equal(second->also.count, 1);
    assert_text(&second->also.items[0].column, "final");
    assert_quantity(&second->also.items[0].value, MEASURE_NUMBER, 10, 1);
    assert_place(second->also.items[0].value.at, &l, 12, "\"1.0\"");
    loaded_release(&l);
}

static void a_criterion_arrives_with_its_experts(void **state)
{
    struct loaded l = LOADED_INIT;
    const struct criterion *c = load_text(
        &l, &entity_criterion,
        "{\"id\": \"basis\", \"name\": \"依据\",\n \"experts\": [\"1.5\", 2, {\"na\": \"dash\"},\n"
        "  \"0\", \"1.50\", -0, 1.5, 1.0, \"3\"], \"weight\": \"0\"}");

    (void)state;
    assert_errors(&l.errs, "");
    assert_int_equal(c->experts.count, 9);
    assert_quantity(&c->experts.items[0], MEASURE_SCORE, 15, 1);
    assert_place(c->experts.items[0].at, &l, 2, "\"1.5\"");
    assert_quantity(&c->experts.items[1], MEASURE_SCORE, 2, 0);
    assert_int_equal(c->experts.items[2].state, QUANTITY_DASH);
    assert_quantity(&c->experts.items[3], MEASURE_SCORE, 0, 0);
    assert_place(c->experts.items[3].at, &l, 3, "\"0\"");
    assert_quantity(&c->experts.items[4], MEASURE_SCORE, 150, 2);
    assert_quantity(&c->experts.items[5], MEASURE_SCORE, 0, 0);
    assert_true(c->experts.items[5].number.minus_zero);
    assert_quantity(&c->experts.items[6], MEASURE_SCORE, 15, 1);
    assert_quantity(&c->experts.items[7], MEASURE_SCORE, 10, 1);
    assert_quantity(&c->experts.items[8], MEASURE_SCORE, 3, 0);
    assert_quantity(&c->weight, MEASURE_SCORE, 0, 0); /* zero is stated, */
    assert_int_equal(c->mean.state, QUANTITY_ABSENT); /* and not the same as nothing */
    assert_int_equal(c->sum.state, QUANTITY_ABSENT);
    loaded_release(&l);
}

static void every_type_of_field_arrives(void **state)
{
    struct loaded l = LOADED_INIT;
    struct toy *toy =
        load_text(&l, &entity_toy,
                  "{\"id\": \"car\", \"name\": \"小汽车\", \"final\": \"12.50\", \"sold\": false,\n"
                  " \"box\": {\"size\": 3, \"inside\": {\"size\": 2}},\n"
                  " \"wheels\": [{\"id\": \"a\", \"count\": 2}, {\"id\": \"b\"}],\n"
                  " \"parts\": {\"door\": {\"number\": 4}, \"roof\": {}},\n"
                  " \"extra\": {\"a\": [1, 2.50, null, true], \"a b\": \"\\u001b\"}}");
    char *extra;

    (void)state;
    assert_errors(&l.errs, "");
    assert_text(&toy->id, "car");
    assert_text(&toy->name, "小汽车");
    assert_quantity(&toy->final, MEASURE_AMOUNT, 1250, 2);
    assert_true(toy->sold.present);
    assert_false(toy->sold.value);
    assert_place(toy->sold.at, &l, 1, "false");
    assert_int_equal(toy->box->size.value, 3);
    assert_int_equal(toy->box->inside->size.value, 2);
    assert_place(toy->box->inside->size.at, &l, 2, "2}");
    assert_null(toy->box->inside->inside);
    assert_int_equal(toy->wheels.count, 2);
    assert_quantity(&toy->wheels.items[0].count, MEASURE_COUNT, 2, 0);
    assert_text(&toy->wheels.items[1].id, "b");
    assert_int_equal(toy->parts.count, 2);
    assert_text(&toy->parts.items[0].name, "door");
    assert_int_equal(toy->parts.items[0].number.value, 4);
    assert_text(&toy->parts.items[1].name, "roof");
    assert_false(toy->parts.items[1].number.present);
    extra = json_dumps(toy->extra, JSON_COMPACT);
    assert_string_equal(extra, "{\"a\":[1,\"2.50\",null,true],\"a b\":\"\\u001B\"}");
    free(extra);
    give_up_json(&entity_toy, toy);
    loaded_release(&l);
}

static void what_is_not_there_is_absent(void **state)
{
    struct loaded l = LOADED_INIT;
    struct toy *toy = load_text(&l, &entity_toy, " \r\n\t{ \"id\" : \"car\" } \n"), none;

    (void)state;
    assert_errors(&l.errs, "");
    memset(&none, 0, sizeof(none));
    assert_text(&toy->id, "car");
    assert_place(toy->id.at, &l, 2, "\"car\"");
    memset(&toy->id, 0, sizeof(toy->id));
    assert_memory_equal(toy, &none, sizeof(none));
    loaded_release(&l);
}

static void types_of_the_toy_are_kept(void **state)
{
    struct loaded l = LOADED_INIT;

    (void)state;
    give_up_json(&entity_toy,
                 load_text(&l, &entity_toy,
                           "{\"sold\": \"no\", \"box\": [],\n \"parts\": [{}],\n"
                           " \"wheels\": [{\"id\": \"a\", \"toy\": \"x\"}],\n \"extra\": null}"));
    assert_errors(&l.errs,
                  "toy.json:1:10: error[wrong-type]: 'sold' must be true or false, found 'no'\n"
                  "  {\"sold\": \"no\", \"box\": [],\n"
                  "           ^\n"
                  "toy.json:1:23: error[wrong-type]: 'box' must be an object, found an array\n"
                  "  {\"sold\": \"no\", \"box\": [],\n"
                  "                        ^\n"
                  "toy.json:2:11: error[wrong-type]: 'parts' must be an object, found an array\n"
                  "   \"parts\": [{}],\n"
                  "            ^\n"
                  "toy.json:3:25: error[unknown-key]: unknown key 'toy'\n"
                  "   \"wheels\": [{\"id\": \"a\", \"toy\": \"x\"}],\n"
                  "                          ^\n"
                  "toy.json:1:1: error[missing-key]: the key 'id' is missing\n"
                  "  {\"sold\": \"no\", \"box\": [],\n"
                  "  ^\n");
    loaded_release(&l);
}

static void schema_is_allowed_in_every_record(void **state)
{
    struct loaded l = LOADED_INIT;

    (void)state;
    load_text(&l, &entity_toy,
              "{\"id\": \"car\", \"$schema\": \"a\", \"box\": {\"$schema\": \"\", \"size\": 1},\n"
              " \"wheels\": [{\"$schema\": \"b\", \"id\": \"a\"}], \"parts\": {\"a\": "
              "{\"$schema\": \"c\"}}}");
    load_text(&l, &entity_line,
              "{\"$schema\": \"x\", \"id\": \"a\", \"also\": [{\"column\": \"final\",\n"
              " \"where\": \"narrative\", \"value\": 1, \"$schema\": \"y\"}]}");
    assert_errors(&l.errs, "");
    loaded_release(&l);
}

/* After an error the rest is read all the same: later checks can say more. */
static void the_record_holds_what_could_be_read(void **state)
{
    struct loaded l = LOADED_INIT;
    const struct fund *fund = load_text(
        &l, &entity_fund,
        "{\"executed\": {\"x\": 1}, \"id\": \"total\", \"weight\": \"ten\", \"score\": \"9\"}");

    (void)state;
    assert_int_equal(l.result, -1);
    assert_int_equal(l.errs.count, 2);
    assert_text(&fund->id, "total");
    assert_quantity(&fund->score, MEASURE_SCORE, 9, 0);
    assert_int_equal(fund->executed.state, QUANTITY_ABSENT);
    assert_int_equal(fund->weight.state, QUANTITY_ABSENT);
    loaded_release(&l);
}

static void errors_are_added_to_those_that_are_there(void **state)
{
    struct loaded l = LOADED_INIT;

    (void)state;
    errs_add(&l.errs, ERR_USAGE, "before", "before");
    load_text(&l, &entity_fund, "{\"id\": \"total\"}");
    assert_int_equal(l.result, 0);
    load_text(&l, &entity_fund, "{\"id\": 5}");
    assert_int_equal(l.result, -1);
    assert_int_equal(l.errs.count, 2);
    assert_string_equal(l.errs.items[1].id, "wrong-type");
    assert_int_equal(l.errs.items[1].code, ERR_CONTENT);
    loaded_release(&l);
}

static void source_errors_point_at_their_place(void **state)
{
    struct source_text source = {"a.json", "{\n  \"一\": 5,\r\n}", 16};
    struct errs errs = ERRS_INIT;

    (void)state;
    source_error(&errs, &source, (struct place){2, 11}, "x", "%s", "at a place");
    source_error(&errs, &source, (struct place){0, 0}, "y", "%d", 5);
    source_error(&errs, &source, (struct place){1, 0}, "z", "at the start");
    source_error(&errs, &source, (struct place){3, 16}, "z", "at the end");
    assert_errors(&errs, "a.json:2:8: error[x]: at a place\n"
                         "    \"一\": 5,\n"
                         "         ^\n"
                         "a.json: error[y]: 5\n"
                         "a.json:1:1: error[z]: at the start\n"
                         "  {\n"
                         "  ^\n"
                         "a.json:3:2: error[z]: at the end\n"
                         "  }\n"
                         "   ^\n");
}

/* --- much and deep --- */

static void put_boxes(struct strbuf *text, size_t depth)
{
    strbuf_clear(text);
    strbuf_adds(text, "{\"id\": \"car\", \"box\": ");
    for (size_t i = 0; i < depth; i++)
        strbuf_adds(text, i + 1 < depth ? "{\"size\": 1, \"inside\": " : "{\"size\": 1");
    strbuf_addn(text, '}', depth + 1);
}

static void nesting_has_a_limit(void **state)
{
    struct strbuf text = STRBUF_INIT;
    struct loaded l = LOADED_INIT;
    const struct toy *toy;
    size_t depth = 0;

    (void)state;
    put_boxes(&text, 63);
    toy = load_text(&l, &entity_toy, text.buf);
    assert_errors(&l.errs, "");
    for (const struct toy_box *box = toy->box; box; box = box->inside)
        depth++;
    assert_int_equal(depth, 63);
    put_boxes(&text, 64);
    load_text(&l, &entity_toy, text.buf);
    assert_error(&l.errs, "json-depth", 1);
    put_boxes(&text, 100000);
    load_text(&l, &entity_toy, text.buf);
    assert_error(&l.errs, "json-depth", 1);
    strbuf_clear(&text);
    strbuf_adds(&text, "{\"id\": \"total\", \"what\": ");
    strbuf_addn(&text, '[', 100000);
    load_text(&l, &entity_fund, text.buf);
    assert_int_equal(l.errs.count, 2);
    assert_string_equal(l.errs.items[1].id, "json-depth");
    strbuf_release(&text);
    loaded_release(&l);
}

/* A line each, `with` after its id. */
static void put_lines(struct strbuf *text, size_t count, const char *with)
{
    strbuf_clear(text);
    strbuf_adds(text,
                "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\", \"tables\": {\"income\": "
                "{\"lines\": [");
    for (size_t i = 0; i < count; i++)
        strbuf_addf(text, "%s\n  {\"id\": \"line-%zu\", %s}", i ? "," : "", i, with);
    strbuf_adds(text, "\n]}}}");
}

static void a_hundred_thousand_lines_are_read(void **state)
{
    size_t count = testing_rounds(100000);
    struct strbuf text = STRBUF_INIT;
    struct loaded l = LOADED_INIT;
    const struct report *report;
    const struct line *last;

    (void)state;
    allow_seconds(5);
    put_lines(&text, count, "\"final\": \"4180.76\", \"prior\": \"1\", \"note\": \"长长的说明\"");
    report = load_text(&l, &entity_report, text.buf);
    assert_errors(&l.errs, "");
    assert_int_equal(report->tables.items[0].lines.count, count);
    last = &report->tables.items[0].lines.items[count - 1];
    assert_int_equal(last->id.at.line, count + 1);
    assert_int_equal(last->figures.items[0].value.number.units, 418076);
    allow_seconds(0);
    strbuf_release(&text);
    loaded_release(&l);
}

static void a_hundred_thousand_mistakes_are_counted(void **state)
{
    size_t count = testing_rounds(100000);
    struct strbuf text = STRBUF_INIT;
    struct loaded l = LOADED_INIT;

    (void)state;
    allow_seconds(5);
    put_lines(&text, count, "\"final\": \"4,180.76\"");
    load_text(&l, &entity_report, text.buf);
    assert_int_equal(errs_count(&l.errs), count);
    assert_int_equal(l.errs.count, count < ERRS_MAX ? count : ERRS_MAX);
    assert_int_equal(l.errs.items[500].line, 502);
    allow_seconds(0);
    strbuf_release(&text);
    loaded_release(&l);
}

/* --- broken texts --- */

static const struct {
    const struct entity *entity;
    const char *path;
} shipped[] = {
    {&entity_site, "content/site.json"},
    {&entity_profile, "content/profiles/beijing-2021.json"},
    {&entity_classification, "content/classifications/2021.json"},
    {&entity_department, "content/departments/beijing/fengtai/zwfwj/department.json"},
    {&entity_report, "content/departments/beijing/fengtai/zwfwj/2021/report.json"},
    {&entity_project, "content/departments/beijing/fengtai/zwfwj/2021/projects/p07.json"},
    {&entity_evaluation, "content/departments/beijing/fengtai/zwfwj/2021/evaluations/website.json"},
};

static bool is_harmless(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7F || (*s == '\xC2' && (unsigned char)s[1] < 0xA0))
            return false;
    return true;
}

static void check_error(const struct err *err)
{
    size_t width = 0;

    assert_int_equal(err->code, ERR_CONTENT);
    assert_true(err->line >= 1 && err->column >= 1);
    assert_true(strlen(err->message) < 400);
    assert_int_equal(utf8_check(err->message, strlen(err->message)), strlen(err->message));
    assert_true(is_harmless(err->message));
    assert_true(!err->hint || is_harmless(err->hint));
    for (const char *p = err->excerpt; *p; p++)
        width += ((unsigned char)*p & 0xC0) != 0x80;
    assert_true(err->excerpt_column >= 1 && err->excerpt_column <= width + 1);
}

/* A few bytes changed, taken out, put in, or a piece copied to elsewhere. */
static void damage(struct testing_random *random, struct strbuf *text)
{
    static const char alphabet[] = "{}[]:,\"\\ue09-+.%/\n\x1B\x7F\xC2\x9B\xE4\xB8\x80 ntf$na";
    size_t changes = 1 + testing_below(random, 3);

    while (changes-- && text->len > 1) {
        size_t at = testing_below(random, text->len), len = 1 + testing_below(random, 12);
        size_t from = testing_below(random, text->len);
        char c = alphabet[testing_below(random, sizeof(alphabet) - 1)];

        if (len > text->len - (at > from ? at : from))
            len = 1;
        switch (testing_below(random, 4)) {
        case 0:
            text->buf[at] = c;
            break;
        case 1:
            memmove(text->buf + at, text->buf + at + len, text->len - at - len);
            strbuf_set_len(text, text->len - len);
            break;
        case 2:
            memmove(text->buf + at, text->buf + from, len);
            break;
        default:
            strbuf_addch(text, c);
            memmove(text->buf + at + 1, text->buf + at, text->len - 1 - at);
            text->buf[at] = c;
        }
    }
}

static void broken_texts_are_refused_with_sense(void **state)
{
    struct testing_random random = {11};
    size_t rounds = testing_rounds(1000);

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(shipped); i++) {
        struct strbuf whole = STRBUF_INIT, text = STRBUF_INIT;
        struct errs errs = ERRS_INIT;
        size_t refused = 0;

        assert_int_equal(
            fs_read(AT_FDCWD, shipped[i].path, shipped[i].path, SIZE_MAX, &whole, &errs), 0);
        for (size_t j = 0; j < rounds; j++) {
            struct loaded l = LOADED_INIT;

            strbuf_clear(&text);
            strbuf_addbuf(&text, &whole);
            damage(&random, &text);
            give_up_json(shipped[i].entity,
                         load_bytes(&l, shipped[i].entity, "damaged.json", text.buf, text.len));
            assert_int_equal(l.result, l.errs.count ? -1 : 0);
            for (size_t k = 0; k < l.errs.count; k++)
                check_error(&l.errs.items[k]);
            refused += l.result != 0;
            loaded_release(&l);
        }
        assert_true(refused > rounds / 4);
        strbuf_release(&whole);
        strbuf_release(&text);
    }
}

/* Every beginning of a text is an error, and no reader goes beyond its end. */
static void cut_texts_are_refused(void **state)
{
    (void)state;
    for (size_t len = 0; len < sizeof(report_text) - 3; len += testing_rounds(2) == 2 ? 1 : 7) {
        struct loaded l = LOADED_INIT;

        load_bytes(&l, &entity_report, "cut.json", report_text, len);
        assert_int_equal(l.result, -1);
        assert_true(l.errs.count >= 1);
        check_error(&l.errs.items[l.errs.count - 1]);
        loaded_release(&l);
    }
}

/* --- for schema_test.py --- */

static bool read_part(struct strbuf *out)
{
    int c;

    strbuf_clear(out);
    while ((c = getchar()) != EOF && c)
        strbuf_addch(out, (char)c);
    return c != EOF;
}

static int print_verdicts(void)
{
    struct strbuf name = STRBUF_INIT, text = STRBUF_INIT, out = STRBUF_INIT;
    struct json_writer w;

    json_writer_init(&w, &out, 1);
    json_write_array(&w);
    while (read_part(&name) && read_part(&text)) {
        const struct entity *entity = find_loadable(name.buf, name.len);
        struct loaded l = LOADED_INIT;

        if (!entity)
            return 2;
        give_up_json(entity, load_bytes(&l, entity, "check.json", text.buf, text.len));
        json_write_array(&w);
        for (size_t i = 0; i < l.errs.count; i++)
            json_write_string(&w, l.errs.items[i].id, strlen(l.errs.items[i].id));
        json_write_array_end(&w);
        loaded_release(&l);
    }
    json_write_array_end(&w);
    json_write_finish(&w);
    fputs(out.buf, stdout);
    strbuf_release(&name);
    strbuf_release(&text);
    strbuf_release(&out);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_is_wrong_and_where),
        cmocka_unit_test(a_report_arrives_with_all_its_parts_and_places),
        cmocka_unit_test(a_criterion_arrives_with_its_experts),
        cmocka_unit_test(every_type_of_field_arrives),
        cmocka_unit_test(what_is_not_there_is_absent),
        cmocka_unit_test(types_of_the_toy_are_kept),
        cmocka_unit_test(schema_is_allowed_in_every_record),
        cmocka_unit_test(the_record_holds_what_could_be_read),
        cmocka_unit_test(errors_are_added_to_those_that_are_there),
        cmocka_unit_test(source_errors_point_at_their_place),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(a_hundred_thousand_lines_are_read),
        cmocka_unit_test(a_hundred_thousand_mistakes_are_counted),
        cmocka_unit_test(broken_texts_are_refused_with_sense),
        cmocka_unit_test(cut_texts_are_refused),
    };

    if (argc == 2 && !strcmp(argv[1], "check"))
        return print_verdicts();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
