/* What became of figures from commit to commit. How it is told is in tests/cmd/history_test.sh. */
#include "base/base.h"

#include "history/log.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "source/repo.h"

static void put_profile(struct repo *r, const char *unit)
{
    repo_put(r, "profiles/p.json",
             arena_format(&r->arena,
                          "{\"id\": \"p\", \"title\": \"样张\", \"unit\": \"%s\",\n"
                          " \"classification\": 2021, \"tables\": [{\"id\": \"staffing\",\n"
                          "  \"title\": \"人员\", \"statutory\": true,\n"
                          "  \"columns\": [{\"id\": \"actual\", \"unit\": \"%s\"}],\n"
                          "  \"lines\": [{\"id\": \"total\", \"label\": \"合计\"}]}]}",
                          "元", unit));
}

static void put_department(struct repo *r)
{
    repo_put(r, "site.json", "{\"title\": \"决算\"}");
    repo_put(r, "classifications/2021.json", "{\"year\": 2021}");
    put_profile(r, "人");
    repo_put(r, "departments/a/department.json",
             "{\"names\": [{\"name\": \"局\"}], \"division\": \"110106\", \"division_name\": "
             "\"丰台区\", \"level\": \"county\"}");
}

static void put_actual(struct repo *r, int year, const char *number)
{
    repo_put(
        r, arena_format(&r->arena, "departments/a/%d/report.json", year),
        arena_format(&r->arena,
                     "{\"year\": %d, \"profile\": \"p\", \"unit\": \"元\", \"tables\":\n"
                     " {\"staffing\": {\"lines\": [{\"id\": \"total\", \"actual\": \"%s\"}]}}}",
                     year, number));
}

/* An event a line: "address: old -> new, summary". */
static void assert_log(struct repo *r, const char *address, int result, const char *expected)
{
    struct repository *repository = repository_open(r->path, &r->errs);
    struct log_asked asked = {.repository = repository, .name = "main", .address = address};
    struct log log = {0};
    struct strbuf shown = STRBUF_INIT;

    assert_int_equal(repository_find(repository, "main", &asked.from, &r->errs), 0);
    assert_int_equal(log_collect(&asked, &log, &r->errs), result);
    for (size_t i = 0; i < log.count; i++) {
        const struct change *change = &log.events[i].change;
        const struct item *sides[] = {change->old, change->new};

        strbuf_addf(&shown, "%s:", change_item(change)->address);
        for (size_t j = 0; j < 2; j++) {
            strbuf_adds(&shown, j ? " -> " : " ");
            if (sides[j] && sides[j]->is_figure)
                quantity_add_stated(&sides[j]->value, &shown);
            strbuf_addf(&shown, "%s", sides[j] ? sides[j]->text : "-");
        }
        strbuf_addf(&shown, ", %s%s\n", log.events[i].revision->commit.summary,
                    log.events[i].is_cut ? " or before" : "");
    }
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
    log_release(&log);
    repository_close(repository);
}

#define FIGURE "a/2021/staffing/total/actual"

static void each_change_is_told_once(void **state)
{
    struct repo *r = *state;

    repo_put(r, "README.md", "before there was any content");
    repo_commit(r, "zero");
    put_department(r);
    put_actual(r, 2021, "17");
    repo_commit(r, "one");
    put_actual(r, 2022, "99");
    repo_commit(r, "another year");
    put_actual(r, 2021, "17.0");
    repo_commit(r, "the same in another form");
    put_actual(r, 2021, "18");
    repo_commit(r, "two");
    repo_put(r, "README.md", "nothing");
    repo_commit(r, "three");
    assert_log(r, FIGURE, 0, FIGURE ": - -> 17, one\n" FIGURE ": 17.0 -> 18, two\n");
    assert_log(r, "a/2021/staffing", 0, FIGURE ": - -> 17, one\n" FIGURE ": 17.0 -> 18, two\n");
    assert_log(r, "a/2022/staffing/total/actual", 0,
               "a/2022/staffing/total/actual: - -> 99, another year\n");
    assert_log(r, "a/names", 0, "a/names/局/name: - -> 局, one\n");
    repo_assert_said(r, "");
}

static void what_goes_may_come_back(void **state)
{
    struct repo *r = *state;

    put_department(r);
    put_actual(r, 2021, "17");
    repo_commit(r, "one");
    repo_remove(r, "departments/a");
    repo_put(r, "departments/b/department.json", "{}");
    repo_commit(r, "two");
    assert_log(r, FIGURE, 0, FIGURE ": - -> 17, one\n" FIGURE ": 17 -> -, two\n");
    put_department(r);
    put_actual(r, 2021, "20");
    repo_commit(r, "three");
    assert_log(r, FIGURE, 0,
               FIGURE ": - -> 17, one\n" FIGURE ": 17 -> -, two\n" FIGURE ": - -> 20, three\n");
    repo_assert_said(r, "");
}

static void the_content_may_have_been_elsewhere(void **state)
{
    struct repo *r = *state;

    put_department(r);
    put_actual(r, 2021, "17");
    repo_commit(r, "one");
    assert_int_equal(renameat(r->at, "departments", r->at, "elsewhere"), 0);
    repo_commit(r, "two");
    assert_int_equal(renameat(r->at, "elsewhere", r->at, "departments"), 0);
    put_actual(r, 2021, "18");
    repo_commit(r, "three");
    assert_log(r, FIGURE, 0,
               FIGURE ": - -> 17, one\n" FIGURE ": 17 -> -, two\n" FIGURE ": - -> 18, three\n");
}

static void what_cannot_be_read_is_passed_over(void **state)
{
    struct repo *r = *state;

    put_department(r);
    put_actual(r, 2021, "17");
    repo_commit(r, "one");
    put_actual(r, 2021, "x");
    repo_commit(r, "two");
    put_actual(r, 2021, "18");
    repo_commit(r, "three");
    assert_log(r, FIGURE, 0, FIGURE ": - -> 17, one\n" FIGURE ": 17 -> 18, three\n");
    assert_int_equal(r->errs.count, 1);
    assert_string_equal(r->errs.items[0].id, "unreadable-revision");
    assert_int_equal(r->errs.items[0].severity, SEVERITY_WARNING);
    assert_int_equal(r->errs.items[0].line, 2);
    errs_release(&r->errs);
    put_profile(r, "");
    put_actual(r, 2021, "19");
    repo_commit(r, "a profile that is broken");
    assert_log(r, FIGURE, 0, FIGURE ": - -> 17, one\n" FIGURE ": 17 -> 18, three\n");
    assert_int_equal(r->errs.count, 2);
}

/* The profile of each revision counts, although one is kept from revision to revision. */
static void profiles_may_change_between(void **state)
{
    struct repo *r = *state;

    put_department(r);
    put_actual(r, 2021, "17");
    repo_commit(r, "one");
    put_actual(r, 2021, "18");
    repo_commit(r, "two");
    repo_put(r, "profiles/p.json", "{");
    repo_commit(r, "the profile alone");
    put_profile(r, "名");
    repo_commit(r, "mended");
    put_actual(r, 2021, "19");
    repo_commit(r, "three");
    assert_log(r, FIGURE, 0,
               FIGURE ": - -> 17, one\n" FIGURE ": 17 -> 18, two\n" FIGURE ": 18 -> 19, three\n");
    repo_assert_said(r, "");
}

static void a_shallow_clone_may_have_had_it_before(void **state)
{
    struct repo *r = *state;
    struct object_id first, second;
    char hex[OBJECT_HEX_SIZE];

    put_department(r);
    put_actual(r, 2021, "16");
    first = repo_commit(r, "one");
    put_actual(r, 2021, "17");
    second = repo_commit(r, "two");
    put_actual(r, 2021, "18");
    repo_commit(r, "three");
    object_id_format(&second, hex);
    repo_put(r, ".git/shallow", arena_format(&r->arena, "%s\n", hex));
    repo_remove(r, repo_object_file(r, &first));
    assert_log(r, FIGURE, 0, FIGURE ": - -> 17, two or before\n" FIGURE ": 17 -> 18, three\n");
    repo_assert_said(r, "");
}

static void what_was_never_stated_is_unknown(void **state)
{
    struct repo *r = *state;

    put_department(r);
    put_actual(r, 2021, "17");
    repo_commit(r, "one");
    assert_log(r, "a/2021/staffing/totl/actual", -1, "");
    repo_assert_said(r,
                     "-: error[unknown-figure]: no revision states 'a/2021/staffing/totl/actual'\n"
                     "  did you mean 'a/2021/staffing/total/actual'?\n");
    assert_log(r, "a/2020", -1, "");
    assert_string_equal(r->errs.items[0].id, "unknown-figure");
    errs_release(&r->errs);
    assert_log(r, "b/staffing", -1, "");
    repo_assert_said(r, "-: error[unknown-figure]: 'b/staffing' begins with no department\n"
                        "  an address is like "
                        "beijing/fengtai/zwfwj/2021/general_public_expenditure/201/final, or its "
                        "first parts\n");
    assert_log(r, "c/2021/staffing", -1, "");
    assert_string_equal(r->errs.items[0].id, "unknown-figure");
}

#define ON_REPO(test) cmocka_unit_test_setup_teardown(test, repo_set_up, repo_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_REPO(each_change_is_told_once),
        ON_REPO(what_goes_may_come_back),
        ON_REPO(the_content_may_have_been_elsewhere),
        ON_REPO(what_cannot_be_read_is_passed_over),
        ON_REPO(profiles_may_change_between),
        ON_REPO(a_shallow_clone_may_have_had_it_before),
        ON_REPO(what_was_never_stated_is_unknown),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
