#include "base/base.h"

#include "dataset/data_files.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "dataset/sample.h"

/* A folder for the staged files, flat: data/2021/x.csv is data_2021_x.csv. */
struct ground {
    struct sample sample;
    struct errs errs;
    char *folder;
    size_t staged;
    size_t fails_at;     /* stage() fails when it has staged so many */
    const char *instead; /* where everything is staged; NULL: in the folder */
};

static int set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));

    sample_init(&g->sample);
    g->folder = testing_folder();
    g->fails_at = SIZE_MAX;
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;

    sample_release(&g->sample);
    errs_release(&g->errs);
    testing_folder_remove(g->folder);
    free(g->folder);
    free(g);
    return 0;
}

static char *staged_path(const struct ground *g, const char *path)
{
    struct strbuf out = STRBUF_INIT;

    strbuf_addf(&out, "%s/", g->folder);
    for (const char *c = path; *c; c++)
        strbuf_addch(&out, *c == '/' ? '_' : *c);
    return strbuf_detach(&out, NULL);
}

static char *stage(void *ctx, const char *path, struct errs *errs)
{
    struct ground *g = ctx;

    if (g->staged++ == g->fails_at) {
        errs_add(errs, ERR_SYSTEM, "no-stage", "%s cannot be staged", path);
        return NULL;
    }
    return g->instead ? mem_strdup(g->instead) : staged_path(g, path);
}

static void read_file(struct ground *g, const char *path, struct strbuf *out)
{
    char *staged = staged_path(g, path);

    assert_int_equal(fs_read(AT_FDCWD, staged, path, SIZE_MAX / 2, out, &g->errs), 0);
    free(staged);
}

static void assert_file(struct ground *g, const char *path, const char *expected)
{
    struct strbuf held = STRBUF_INIT;

    read_file(g, path, &held);
    assert_string_equal(held.buf, expected);
    strbuf_release(&held);
}

static bool exists(struct ground *g, const char *path)
{
    char *staged = staged_path(g, path);
    bool found = !access(staged, F_OK);

    free(staged);
    return found;
}

static struct data_files *files_of(struct ground *g)
{
    return data_files_new(&g->sample.plan, stage, g);
}

static int add(struct ground *g, struct data_files *files, const struct department *department)
{
    struct data_chunk *chunk = data_chunk_make(&g->sample.plan, department);
    int result = data_files_add(files, chunk, &g->errs);

    data_chunk_free(chunk);
    return result;
}

static void finish(struct ground *g, struct data_files *files)
{
    assert_int_equal(data_files_finish(files, &g->errs), 0);
    assert_int_equal(g->errs.count, 0);
}

static const struct data_file *find(const struct data_files *files, const char *path)
{
    size_t count;
    const struct data_file *list = data_files_list(files, &count);

    for (size_t i = 0; i < count; i++)
        if (!strcmp(list[i].path, path))
            return &list[i];
    return NULL;
}

/* --- what is written --- */

static void tables_without_rows_have_files(void **state)
{
    struct ground *g = *state;
    struct data_files *files = files_of(g);
    size_t count, expected = 0;

    finish(g, files);
    assert_file(g, "data/units.csv", "department,id,name,kind,from,to,note\n");
    assert_file(g, "data/units.json", "[\n]\n");
    assert_file(g, "data/bare.csv", "department,year,line,label,final,final_stated\n");
    assert_false(exists(g, "data/bare.json"));
    assert_false(exists(g, "data/facts.json"));
    for (size_t i = 0; i < g->sample.plan.count; i++)
        expected += 1 + (!g->sample.plan.tables[i].year && !g->sample.plan.tables[i].is_wide);
    data_files_list(files, &count);
    assert_int_equal(count, expected);
    data_files_free(files);
}

static void rows_are_whole_and_by_year(void **state)
{
    struct ground *g = *state;
    struct data_files *files = files_of(g);

    assert_int_equal(add(g, files, sample_everything(&g->sample)), 0);
    finish(g, files);
    assert_file(
        g, "data/reports.csv",
        "department,year,department_name,profile,unit,source_title,source_note,approved,"
        "published,figures,figures_checked,balances_held,balances_broken,balances_unchecked\n"
        "a/b,2021,'=新名,one,万元,'-题,,,,,,,,\n"
        "a/b,2022,'=新名,two,元,,,,,,,,,\n");
    assert_file(
        g, "data/2022/reports.csv",
        "department,year,department_name,profile,unit,source_title,source_note,approved,"
        "published,figures,figures_checked,balances_held,balances_broken,balances_unchecked\n"
        "a/b,2022,'=新名,two,元,,,,,,,,,\n");
    assert_file(g, "data/2022/reports.json",
                "[\n{\"department\": \"a/b\", \"year\": 2022, \"department_name\": \"=新名\", "
                "\"profile\": \"two\", \"unit\": \"元\", \"source_title\": null, "
                "\"source_note\": null, \"approved\": null, \"published\": null, "
                "\"figures\": null, \"figures_checked\": null, \"balances_held\": null, "
                "\"balances_broken\": null, "
                "\"balances_unchecked\": null}\n]\n");
    assert_file(g, "data/select.csv",
                "department,year,line,label,value,stated,from,from_stated,to,to_stated\n"
                "a/b,2022,total,合计,1,1,,,2.50,2.50\n");
    assert_false(exists(g, "data/reports.json"));
    assert_false(exists(g, "data/2022/select.json"));
    assert_false(exists(g, "data/2021/select.csv"));
    assert_false(exists(g, "data/2022/facts.csv"));
    data_files_free(files);
}

/* However odd: it is not the same as no year. */
static void the_year_zero_is_a_year(void **state)
{
    struct ground *g = *state;
    struct data_files *files = files_of(g);
    struct department *d = sample_bare_department(&g->sample, "d");
    static const char expected[] =
        "department,year,department_name,profile,unit,source_title,source_note,approved,published,"
        "figures,figures_checked,balances_held,balances_broken,balances_unchecked\n"
        "d,0,名,one,元,,,,,,,,,\n";

    sample_report(&g->sample, d, 0, "{'year': 0, 'profile': 'one', 'unit': '元'}");
    assert_int_equal(add(g, files, d), 0);
    finish(g, files);
    assert_file(g, "data/reports.csv", expected);
    assert_file(g, "data/0/reports.csv", expected);
    assert_false(exists(g, "data/reports.json"));
    data_files_free(files);
}

static void names_are_rows_of_a_table_without_years(void **state)
{
    struct ground *g = *state;
    struct data_files *files = files_of(g);

    assert_int_equal(add(g, files, sample_everything(&g->sample)), 0);
    finish(g, files);
    assert_file(g, "data/department_names.json",
                "[\n{\"department\": \"a/b\", \"name\": \"=新名\", \"from\": \"2022\", "
                "\"short_name\": \"新\", \"to\": null},\n"
                "{\"department\": \"a/b\", \"name\": \"旧,名\", \"from\": \"\", "
                "\"short_name\": null, \"to\": null}\n]\n");
    data_files_free(files);
}

static void the_list_is_sorted_and_counts_rows(void **state)
{
    struct ground *g = *state;
    struct data_files *files = files_of(g);
    size_t count;
    const struct data_file *list;

    assert_int_equal(add(g, files, sample_everything(&g->sample)), 0);
    finish(g, files);
    list = data_files_list(files, &count);
    for (size_t i = 1; i < count; i++)
        assert_true(strcmp(list[i - 1].path, list[i].path) < 0);
    assert_int_equal(find(files, "data/reports.csv")->rows, 2);
    assert_int_equal(find(files, "data/2021/reports.json")->rows, 1);
    assert_int_equal(find(files, "data/facts.csv")->rows, 5);
    assert_int_equal(find(files, "data/bare.csv")->rows, 0);
    assert_string_equal(find(files, "data/2021/summary.csv")->title, "总表");
    data_files_free(files);
}

/* Departments stand in the order in which they are added. */
static void departments_come_in_order(void **state)
{
    struct ground *g = *state;
    struct data_files *files = files_of(g);
    static const char *const ids[] = {"b", "a", "a/b"};
    struct strbuf csv = STRBUF_INIT, json = STRBUF_INIT;

    strbuf_adds(&csv, "department,id,name,kind,from,to,note\n");
    strbuf_adds(&json, "[\n");
    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        assert_int_equal(add(g, files,
                             sample_department(&g->sample, ids[i],
                                               "{'names': [{'name': '名'}], 'division': '110106',"
                                               " 'division_name': '区', 'level': 'county',"
                                               " 'units': [{'id': 'x', 'name': '一'},"
                                               "           {'id': 'a', 'name': '二'}]}")),
                         0);
        for (size_t j = 0; j < 2; j++) {
            strbuf_addf(&csv, "%s,%s,%s,,,,\n", ids[i], j ? "a" : "x", j ? "二" : "一");
            strbuf_addf(&json,
                        "%s{\"department\": \"%s\", \"id\": \"%s\", \"name\": \"%s\", "
                        "\"kind\": null, \"from\": null, \"to\": null, \"note\": null}",
                        i + j ? ",\n" : "", ids[i], j ? "a" : "x", j ? "二" : "一");
        }
    }
    strbuf_adds(&json, "\n]\n");
    finish(g, files);
    assert_file(g, "data/units.csv", csv.buf);
    assert_file(g, "data/units.json", json.buf);
    strbuf_release(&csv);
    strbuf_release(&json);
    data_files_free(files);
}

/* A department whose facts fill `kilobytes` of CSV. */
static struct department *large_department(struct ground *g, size_t kilobytes)
{
    struct strbuf text = STRBUF_INIT;
    struct department *d = sample_bare_department(&g->sample, "large");

    strbuf_adds(&text, "{'year': 2021, 'profile': 'one', 'unit': '元', 'facts': [");
    for (size_t i = 0; i < kilobytes; i++) {
        strbuf_addf(&text, "%s{'id': 'f%zu', 'value': '%zu', 'label': '", i ? ", " : "", i, i);
        strbuf_addn(&text, 'x', 1000);
        strbuf_adds(&text, "'}");
    }
    strbuf_adds(&text, "]}");
    sample_report(&g->sample, d, 2021, text.buf);
    strbuf_release(&text);
    return d;
}

/* `times` the same chunk, of so many kilobytes: more than waits in memory, and less. */
static void assert_joined(struct ground *g, size_t kilobytes, size_t times)
{
    struct data_chunk *chunk = data_chunk_make(&g->sample.plan, large_department(g, kilobytes));
    struct data_files *files = files_of(g);
    struct strbuf one = STRBUF_INIT, all = STRBUF_INIT;
    size_t header, rows;

    assert_int_equal(data_files_add(files, chunk, &g->errs), 0);
    finish(g, files);
    data_files_free(files);
    read_file(g, "data/2021/facts.json", &one);
    testing_folder_remove(g->folder);
    free(g->folder);
    g->folder = testing_folder();

    files = files_of(g);
    for (size_t i = 0; i < times; i++)
        assert_int_equal(data_files_add(files, chunk, &g->errs), 0);
    finish(g, files);
    assert_int_equal(find(files, "data/2021/facts.json")->rows, kilobytes * times);
    read_file(g, "data/2021/facts.json", &all);
    header = strlen("[\n");
    rows = one.len - header - strlen("\n]\n");
    assert_int_equal(all.len, header + times * rows + (times - 1) * 2 + strlen("\n]\n"));
    for (size_t i = 0; i < times; i++) {
        const char *at = all.buf + header + i * (rows + 2);

        assert_memory_equal(at, one.buf + header, rows);
        assert_memory_equal(at + rows, i + 1 < times ? ",\n" : "\n]", 2);
    }
    strbuf_release(&one);
    strbuf_release(&all);
    data_files_free(files);
    data_chunk_free(chunk);
}

static void small_chunks_are_joined(void **state)
{
    assert_joined(*state, 1, 20);
}

/* Each is more than may wait, and is written out before the next one. */
static void large_chunks_are_joined(void **state)
{
    assert_joined(*state, 4500, 3);
}

static void middling_chunks_are_joined(void **state)
{
    assert_joined(*state, testing_rounds(1000), 7);
}

static void what_waits_is_written_from_time_to_time(void **state)
{
    struct ground *g = *state;
    struct data_files *files = files_of(g);
    struct data_chunk *chunk = data_chunk_make(&g->sample.plan, large_department(g, 1));

    assert_int_equal(data_files_add(files, chunk, &g->errs), 0);
    assert_false(exists(g, "data/facts.csv"));
    data_chunk_free(chunk);
    chunk = data_chunk_make(&g->sample.plan, large_department(g, 4500));
    assert_int_equal(data_files_add(files, chunk, &g->errs), 0);
    assert_true(exists(g, "data/facts.csv"));
    data_chunk_free(chunk);
    data_files_free(files);
}

/* --- what fails --- */

static void assert_one_error(struct ground *g, const char *id, const char *part)
{
    assert_int_equal(g->errs.count, 1);
    assert_string_equal(g->errs.items[0].id, id);
    assert_int_equal(g->errs.items[0].code, ERR_SYSTEM);
    assert_non_null(strstr(g->errs.items[0].message, part));
    errs_release(&g->errs);
}

/* Wherever it fails, it says so once. */
static void a_file_that_cannot_be_staged_is_an_error(void **state)
{
    struct ground *g = *state;
    const struct department *department = sample_everything(&g->sample);
    size_t failures = 0;

    for (g->fails_at = 0;; g->fails_at++) {
        struct data_files *files = files_of(g);
        int result;

        g->staged = 0;
        result = add(g, files, department);
        if (!result)
            result = data_files_finish(files, &g->errs);
        data_files_free(files);
        testing_folder_remove(g->folder);
        free(g->folder);
        g->folder = testing_folder();
        if (!result)
            break;
        assert_int_equal(result, -1);
        assert_one_error(g, "no-stage", "cannot be staged");
        failures++;
    }
    assert_int_equal(g->errs.count, 0);
    assert_true(failures > 50); /* each of the files */
}

static void assert_not_written(struct ground *g, const char *part)
{
    struct data_files *files = files_of(g);

    assert_int_equal(add(g, files, sample_everything(&g->sample)), 0);
    assert_int_equal(data_files_finish(files, &g->errs), -1);
    assert_one_error(g, "system", part);
    data_files_free(files);
}

static void a_folder_that_is_missing_is_an_error(void **state)
{
    struct ground *g = *state;

    g->instead = "/tmp/juesuan-test-no-such-folder/file";
    assert_not_written(g, "cannot write data/");
}

static void a_full_disk_is_an_error(void **state)
{
    struct ground *g = *state;

    g->instead = "/dev/full";
    assert_not_written(g, "No space left");
}

static void a_full_disk_is_an_error_for_large_chunks(void **state)
{
    struct ground *g = *state;
    struct data_files *files = files_of(g);

    g->instead = "/dev/full";
    assert_int_equal(add(g, files, large_department(g, 4500)), -1);
    assert_one_error(g, "system", "No space left");
    data_files_free(files);
}

/* With a limit on the size of files: a write that is cut short. */
static int write_limited(void *ctx)
{
    struct ground *g = ctx;
    struct rlimit limit = {100 * 1024, 100 * 1024};
    struct data_files *files = files_of(g);
    struct data_chunk *chunk = data_chunk_make(&g->sample.plan, large_department(g, 200));
    bool failed;

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit))
        return 2;
    failed = data_files_add(files, chunk, &g->errs) || data_files_finish(files, &g->errs);
    failed = failed && g->errs.count == 1 && strstr(g->errs.items[0].message, "too large");
    data_files_free(files);
    data_chunk_free(chunk);
    return failed ? 0 : 1;
}

static void a_write_that_is_cut_short_is_an_error(void **state)
{
    int status = testing_in_child(write_limited, *state);

    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void nothing_can_be_freed(void **state)
{
    (void)state;
    data_chunk_free(NULL);
    data_files_free(NULL);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(tables_without_rows_have_files),
        TEST(rows_are_whole_and_by_year),
        TEST(the_year_zero_is_a_year),
        TEST(names_are_rows_of_a_table_without_years),
        TEST(the_list_is_sorted_and_counts_rows),
        TEST(departments_come_in_order),
        TEST(small_chunks_are_joined),
        TEST(large_chunks_are_joined),
        TEST(middling_chunks_are_joined),
        TEST(what_waits_is_written_from_time_to_time),
        TEST(a_file_that_cannot_be_staged_is_an_error),
        TEST(a_folder_that_is_missing_is_an_error),
        TEST(a_full_disk_is_an_error),
        TEST(a_full_disk_is_an_error_for_large_chunks),
        TEST(a_write_that_is_cut_short_is_an_error),
        TEST(nothing_can_be_freed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
