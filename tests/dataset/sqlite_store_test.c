#include "base/base.h"

#include "dataset/sqlite_store.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "dataset/sample.h"

struct ground {
    struct sample sample;
    struct errs errs;
    char *folder;
    struct strbuf path; /* of a database in it */
    const struct department *department;
    rlim_t limit; /* how large files may become */
};

static int set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));

    sample_init(&g->sample);
    g->department = sample_everything(&g->sample);
    g->folder = testing_folder();
    strbuf_init(&g->path);
    strbuf_addf(&g->path, "%s/data.sqlite", g->folder);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;

    sample_release(&g->sample);
    errs_release(&g->errs);
    strbuf_release(&g->path);
    testing_folder_remove(g->folder);
    free(g->folder);
    free(g);
    return 0;
}

/* A store with the departments, up to the first failure. */
static int write_all(struct ground *g, const struct department *const *departments, size_t count)
{
    struct data_store *store = data_store_create(g->path.buf, &g->sample.plan, &g->errs);
    int result = store ? 0 : -1;

    for (size_t i = 0; !result && i < count; i++)
        result = data_store_add(store, departments[i], &g->errs);
    if (!result)
        result = data_store_finish(store, &g->errs);
    data_store_free(store);
    return result;
}

static int write_one(struct ground *g)
{
    return write_all(g, &g->department, 1);
}

static void read_database(struct ground *g, struct strbuf *out)
{
    assert_int_equal(fs_read(AT_FDCWD, g->path.buf, "db", SIZE_MAX / 2, out, &g->errs), 0);
}

static void assert_query(struct ground *g, const char *sql, const char *expected)
{
    struct strbuf out = STRBUF_INIT;
    sqlite3_stmt *stmt;
    sqlite3 *db;

    assert_int_equal(sqlite3_open_v2(g->path.buf, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s in: %s", sqlite3_errmsg(db), sql);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        for (int i = 0, count = sqlite3_column_count(stmt); i < count; i++) {
            const char *text = (const char *)sqlite3_column_text(stmt, i);

            strbuf_addf(&out, "%s%s", text ? text : "~", i + 1 < count ? "|" : "\n");
        }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
}

static void assert_one_error(struct ground *g, const char *part)
{
    assert_int_equal(g->errs.count, 1);
    assert_string_equal(g->errs.items[0].id, "sqlite");
    assert_int_equal(g->errs.items[0].code, ERR_SYSTEM);
    assert_non_null(strstr(g->errs.items[0].message, part));
    errs_release(&g->errs);
}

/* --- rows --- */

static void amounts_are_in_fen_and_all_else_in_millionths(void **state)
{
    struct ground *g = *state;

    assert_int_equal(write_one(g), 0);
    assert_query(g, "PRAGMA integrity_check", "ok\n");
    assert_query(g, "PRAGMA foreign_key_check", "");
    assert_query(g,
                 "SELECT line, \"column\", statement, value, stated, scale, unit FROM figures "
                 "WHERE year = 2021 ORDER BY \"table\", line, \"column\", statement",
                 "total|final||-90|-0.90|2|元\n"
                 "201|final||~|不涉及|~|万元\n"
                 "201|share||99200000|99.20|2|%\n"
                 "total|count||0|0|0|个\n"
                 "total|final||4180760000|4180.76|2|万元\n"
                 "total|final|narrative|0|-0.00|2|万元\n"
                 "total|share||~|——|~|%\n");
    assert_query(g, "SELECT scope, id, full_budget, full_budget_stated, executed FROM funds",
                 "evaluations/e|x|1|0.000001|~\nprojects/p1|total|~|~|150\n");
}

static void what_is_absent_is_null_and_absent_keys_are_empty(void **state)
{
    struct ground *g = *state;

    assert_int_equal(write_one(g), 0);
    assert_query(g, "SELECT typeof(scope), quote(scope), indicator, role FROM facts WHERE id = 'g'",
                 "text|''|~|~\n");
    assert_query(g, "SELECT name, short_name, \"from\", \"to\" FROM department_names ORDER BY 1",
                 "=新名|新|2022|~\n旧,名|~||~\n");
    assert_query(g, "SELECT expert, score, score_stated, score_scale FROM expert_scores",
                 "expert-1|9000000|9|0\nexpert-2|~|——|~\nexpert-3|8500000|8.50|2\n");
}

static void rows_are_counted(void **state)
{
    struct ground *g = *state;
    struct data_store *store = data_store_create(g->path.buf, &g->sample.plan, &g->errs);
    struct strbuf sql = STRBUF_INIT, expected = STRBUF_INIT;

    assert_int_equal(data_store_rows(store), 0);
    assert_int_equal(data_store_add(store, g->department, &g->errs), 0);
    assert_int_equal(data_store_finish(store, &g->errs), 0);
    strbuf_adds(&sql, "SELECT 0");
    for (size_t i = 0; i < g->sample.plan.count; i++)
        if (!g->sample.plan.tables[i].is_wide)
            strbuf_addf(&sql, " + (SELECT count(*) FROM \"%s\")", g->sample.plan.tables[i].name);
    strbuf_addf(&expected, "%llu\n", (unsigned long long)data_store_rows(store));
    assert_query(g, sql.buf, expected.buf);
    assert_true(data_store_rows(store) > 30);
    data_store_free(store);
    strbuf_release(&sql);
    strbuf_release(&expected);
}

static void no_departments_make_a_sound_database(void **state)
{
    struct ground *g = *state;

    assert_int_equal(write_all(g, NULL, 0), 0);
    assert_query(g, "PRAGMA integrity_check", "ok\n");
    assert_query(g, "SELECT count(*) FROM all_figures", "0\n");
    assert_query(g, "SELECT count(*) FROM summary", "0\n");
}

static void the_same_rows_give_the_same_bytes(void **state)
{
    struct ground *g = *state;
    const struct department *both[] = {g->department, sample_bare_department(&g->sample, "a")};
    struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;

    assert_int_equal(write_all(g, both, 2), 0);
    read_database(g, &first);
    assert_int_equal(unlink(g->path.buf), 0);
    assert_int_equal(write_all(g, both, 2), 0);
    read_database(g, &second);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.buf, second.buf, first.len);
    strbuf_release(&first);
    strbuf_release(&second);
}

/* The database, and nothing beside it. */
static void there_is_one_file(void **state)
{
    struct ground *g = *state;
    struct fs_list list;

    assert_int_equal(write_one(g), 0);
    assert_int_equal(fs_list(AT_FDCWD, g->folder, g->folder, &g->sample.arena, &list, &g->errs), 0);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.entries[0].name, "data.sqlite");
}

/* --- what fails --- */

static void a_department_twice_is_an_error(void **state)
{
    struct ground *g = *state;
    const struct department *twice[] = {g->department, g->department};

    assert_int_equal(write_all(g, twice, 2), -1);
    assert_one_error(g, "UNIQUE constraint failed: departments.id");
}

static void a_folder_that_is_missing_is_an_error(void **state)
{
    struct ground *g = *state;

    strbuf_clear(&g->path);
    strbuf_addf(&g->path, "%s/missing/data.sqlite", g->folder);
    assert_int_equal(write_one(g), -1);
    assert_one_error(g, "unable to open");
}

static void a_folder_in_its_place_is_an_error(void **state)
{
    struct ground *g = *state;

    assert_int_equal(mkdir(g->path.buf, 0777), 0);
    assert_int_equal(write_one(g), -1);
    assert_one_error(g, "unable to open");
}

static void a_database_that_exists_is_an_error(void **state)
{
    struct ground *g = *state;

    assert_int_equal(write_one(g), 0);
    assert_int_equal(write_one(g), -1);
    assert_one_error(g, "already exists");
}

static void a_file_that_is_no_database_is_an_error(void **state)
{
    struct ground *g = *state;
    char text[2000];

    memset(text, 'x', sizeof(text));
    assert_int_equal(fs_write(AT_FDCWD, g->path.buf, text, sizeof(text), &g->errs), 0);
    assert_int_equal(write_one(g), -1);
    assert_one_error(g, "not a database");
}

static void a_store_can_be_given_up(void **state)
{
    struct ground *g = *state;
    struct data_store *store = data_store_create(g->path.buf, &g->sample.plan, &g->errs);

    assert_int_equal(data_store_add(store, g->department, &g->errs), 0);
    data_store_free(store);
    data_store_free(NULL);
    assert_int_equal(g->errs.count, 0);
}

/* --- a disk that is full --- */

/* 0: written; 1: refused with one error; anything else is wrong. */
static int write_limited(void *ctx)
{
    struct ground *g = ctx;
    struct rlimit limit = {g->limit, g->limit};

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit))
        return 2;
    if (!write_one(g))
        return g->errs.count ? 3 : 0;
    return g->errs.count == 1 && g->errs.items[0].code == ERR_SYSTEM ? 1 : 4;
}

/* However much of it fits, unless all of it does. */
static void a_full_disk_is_an_error(void **state)
{
    struct ground *g = *state;
    size_t step = getenv("MEMCHECK") ? 10 * 8192 : 8192;
    struct strbuf whole = STRBUF_INIT;

    assert_int_equal(write_one(g), 0);
    read_database(g, &whole);
    assert_true(whole.len > 10 * 8192);
    for (size_t limit = whole.len % step; limit <= whole.len; limit += step) {
        int status;

        assert_int_equal(unlink(g->path.buf), 0);
        g->limit = limit;
        status = testing_in_child(write_limited, g);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), limit < whole.len);
    }
    strbuf_release(&whole);
}

/* More rows than SQLite keeps in memory: it fails on the way, not only at the end. */
static int add_limited(void *ctx)
{
    struct ground *g = ctx;
    struct rlimit limit = {1024 * 1024, 1024 * 1024};
    struct data_store *store;
    int result;

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit))
        return 2;
    store = data_store_create(g->path.buf, &g->sample.plan, &g->errs);
    if (!store)
        return 3;
    result = data_store_add(store, g->department, &g->errs);
    data_store_free(store);
    return result == -1 && g->errs.count == 1 ? 0 : 1;
}

static void a_disk_that_gets_full_on_the_way_is_an_error(void **state)
{
    struct ground *g = *state;
    struct department *large = sample_bare_department(&g->sample, "a");
    struct strbuf text = STRBUF_INIT;
    int status;

    strbuf_adds(&text, "{'year': 2021, 'profile': 'one', 'unit': '元', 'facts': [");
    for (size_t i = 0; i < 1200; i++) {
        strbuf_addf(&text, "%s{'id': 'f%zu', 'value': '1', 'label': '", i ? ", " : "", i);
        strbuf_addn(&text, 'x', 10000);
        strbuf_adds(&text, "'}");
    }
    strbuf_adds(&text, "]}");
    sample_report(&g->sample, large, 2021, text.buf);
    strbuf_release(&text);
    g->department = large;
    status = testing_in_child(add_limited, g);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(amounts_are_in_fen_and_all_else_in_millionths),
        TEST(what_is_absent_is_null_and_absent_keys_are_empty),
        TEST(rows_are_counted),
        TEST(no_departments_make_a_sound_database),
        TEST(the_same_rows_give_the_same_bytes),
        TEST(there_is_one_file),
        TEST(a_department_twice_is_an_error),
        TEST(a_folder_that_is_missing_is_an_error),
        TEST(a_folder_in_its_place_is_an_error),
        TEST(a_database_that_exists_is_an_error),
        TEST(a_file_that_is_no_database_is_an_error),
        TEST(a_store_can_be_given_up),
        TEST(a_full_disk_is_an_error),
        TEST(a_disk_that_gets_full_on_the_way_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
