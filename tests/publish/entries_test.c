#include "base/base.h"

#include "publish/entries.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"

struct ground {
    char *path;
    int at;
    struct entries *entries;
    struct errs errs;
};

static int set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));

    g->path = testing_folder();
    g->at = open(g->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    g->entries = entries_new(g->at, "entries");
    *state = g;
    return g->at < 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;

    entries_free(g->entries);
    close(g->at);
    testing_folder_remove(g->path);
    free(g->path);
    errs_release(&g->errs);
    free(g);
    return 0;
}

static void add(struct ground *g, const char *path, uint64_t size)
{
    struct manifest_entry entry = {.path = path, .size = size, .is_staged = size % 2};

    memset(entry.sha256, (int)(size % 251), SHA256_SIZE);
    assert_int_equal(entries_add(g->entries, &entry, &g->errs), 0);
}

/* "path size" a line, and that the rest came back with it. */
static void assert_read(struct ground *g, const char *expected)
{
    struct entries_reader *reader = entries_read(g->entries, &g->errs);
    struct manifest_entry entry;
    struct strbuf shown = STRBUF_INIT;
    int status;

    while ((status = entries_next(reader, &entry, &g->errs)) > 0) {
        strbuf_addf(&shown, "%s %llu\n", entry.path, (unsigned long long)entry.size);
        assert_int_equal(entry.is_staged, entry.size % 2);
        for (size_t i = 0; i < SHA256_SIZE; i++)
            assert_int_equal(entry.sha256[i], entry.size % 251);
    }
    assert_int_equal(status, 0);
    assert_int_equal(entries_next(reader, &entry, &g->errs), 0); /* and stays so */
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
    entries_reader_free(reader);
}

static void nothing_is_nothing(void **state)
{
    struct ground *g = *state;

    assert_read(g, "");
    assert_int_equal(entries_sort(g->entries, &g->errs), 0);
    assert_read(g, "");
}

static void paths_come_in_the_order_of_their_bytes(void **state)
{
    struct ground *g = *state;

    add(g, "b", 1);
    add(g, "a/b", 2);
    add(g, "a-b", 3);
    add(g, "a", 4);
    add(g, "数据", 5);
    add(g, "Z", 0);
    assert_int_equal(entries_sort(g->entries, &g->errs), 0);
    assert_read(g, "Z 0\na 4\na-b 3\na/b 2\nb 1\n数据 5\n");
}

static void more_may_come_after_sorting(void **state)
{
    struct ground *g = *state;

    add(g, "m", 1);
    add(g, "c", 2);
    assert_int_equal(entries_sort(g->entries, &g->errs), 0);
    add(g, "a", 3);
    assert_read(g, "c 2\nm 1\n"); /* not yet */
    add(g, "n", 4);
    assert_int_equal(entries_sort(g->entries, &g->errs), 0);
    add(g, "d", 5);
    add(g, "c", 6); /* a second one of a path is for the reader to see */
    assert_int_equal(entries_sort(g->entries, &g->errs), 0);
    assert_read(g, "a 3\nc 2\nc 6\nd 5\nm 1\nn 4\n");
}

static uint64_t random_state = 1;

static uint64_t next_random(void)
{
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    return z ^ (z >> 27);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* More than are held in memory, with long paths; against qsort() of all. */
static void many_are_merged(void **state)
{
    struct ground *g = *state;
    size_t count = testing_rounds(60000);
    char **paths = mem_zalloc(count, sizeof(*paths));
    struct entries_reader *reader;
    struct manifest_entry entry;

    for (size_t i = 0; i < count; i++) {
        struct strbuf path = STRBUF_INIT;

        strbuf_addn(&path, 'x', next_random() % 5 ? next_random() % 40 : next_random() % 3000);
        strbuf_addf(&path, "%06llu-%zu", (unsigned long long)(next_random() % 1000000), i);
        paths[i] = strbuf_detach(&path, NULL);
        add(g, paths[i], strlen(paths[i]));
    }
    assert_int_equal(entries_sort(g->entries, &g->errs), 0);
    qsort(paths, count, sizeof(*paths), compare);
    reader = entries_read(g->entries, &g->errs);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(entries_next(reader, &entry, &g->errs), 1);
        assert_string_equal(entry.path, paths[i]);
        assert_int_equal(entry.size, strlen(paths[i]));
        free(paths[i]);
    }
    assert_int_equal(entries_next(reader, &entry, &g->errs), 0);
    entries_reader_free(reader);
    free(paths);
}

static void readers_do_not_disturb_each_other(void **state)
{
    struct ground *g = *state;
    struct entries_reader *one, *other;
    struct manifest_entry entry;

    add(g, "a", 1);
    add(g, "b", 2);
    assert_int_equal(entries_sort(g->entries, &g->errs), 0);
    one = entries_read(g->entries, &g->errs);
    assert_int_equal(entries_next(one, &entry, &g->errs), 1);
    other = entries_read(g->entries, &g->errs);
    assert_int_equal(entries_next(other, &entry, &g->errs), 1);
    assert_string_equal(entry.path, "a");
    assert_int_equal(entries_next(one, &entry, &g->errs), 1);
    assert_string_equal(entry.path, "b");
    entries_reader_free(one);
    entries_reader_free(other);
}

static void a_file_that_was_cut_off_is_an_error(void **state)
{
    struct ground *g = *state;
    struct entries_reader *reader;
    struct manifest_entry entry;
    struct strbuf path = STRBUF_INIT;

    add(g, "a", 1);
    add(g, "b", 2);
    assert_int_equal(entries_sort(g->entries, &g->errs), 0);
    strbuf_addf(&path, "%s/entries", g->path);
    assert_int_equal(truncate(path.buf, 60), 0);
    strbuf_release(&path);
    reader = entries_read(g->entries, &g->errs);
    assert_int_equal(entries_next(reader, &entry, &g->errs), 1);
    assert_int_equal(entries_next(reader, &entry, &g->errs), -1);
    assert_int_equal(g->errs.count, 1);
    assert_int_equal(errs_status(&g->errs), ERR_SYSTEM);
    entries_reader_free(reader);
}

static void a_file_that_is_gone_is_an_error(void **state)
{
    struct ground *g = *state;

    add(g, "a", 1);
    assert_int_equal(entries_sort(g->entries, &g->errs), 0);
    assert_int_equal(unlinkat(g->at, "entries", 0), 0);
    assert_null(entries_read(g->entries, &g->errs));
    assert_int_equal(g->errs.count, 1);
    assert_int_equal(errs_status(&g->errs), ERR_SYSTEM);
}

static void what_cannot_be_written_is_an_error(void **state)
{
    struct ground *g = *state;

    add(g, "a", 1);
    assert_int_equal(mkdirat(g->at, "entries", 0777), 0);
    assert_int_equal(entries_sort(g->entries, &g->errs), -1);
    assert_int_equal(g->errs.count, 1);
    assert_int_equal(errs_status(&g->errs), ERR_SYSTEM);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(nothing_is_nothing),
        TEST(paths_come_in_the_order_of_their_bytes),
        TEST(more_may_come_after_sorting),
        TEST(many_are_merged),
        TEST(readers_do_not_disturb_each_other),
        TEST(a_file_that_was_cut_off_is_an_error),
        TEST(a_file_that_is_gone_is_an_error),
        TEST(what_cannot_be_written_is_an_error),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("entries", tests, NULL, NULL);
}
