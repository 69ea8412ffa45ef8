/* A cache is only ever an advantage. */
#include "base/base.h"

#include "history/result_cache.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "base/testing.h"

struct ground {
    char path[64];
    struct arena arena;
};

static int set_up(void **state)
{
    static struct ground ground;

    memset(&ground, 0, sizeof(ground));
    snprintf(ground.path, sizeof(ground.path), "/tmp/juesuan-cache.XXXXXX");
    *state = &ground;
    return mkdtemp(ground.path) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    struct errs errs = ERRS_INIT;

    arena_release(&ground->arena);
    return fs_remove_tree(AT_FDCWD, ground->path, &errs);
}

static void key_of(const char *name, unsigned char key[SHA256_SIZE])
{
    sha256(name, strlen(name), key);
}

static void put(struct result_cache *cache, const char *name, const char *value)
{
    unsigned char key[SHA256_SIZE];

    key_of(name, key);
    result_cache_put(cache, key, value, strlen(value));
}

/* NULL: there is none. */
static void assert_got(struct result_cache *cache, const char *name, const char *expected)
{
    unsigned char key[SHA256_SIZE];
    struct strbuf value = STRBUF_INIT;

    key_of(name, key);
    assert_int_equal(result_cache_get(cache, key, &value), expected != NULL);
    assert_string_equal(value.buf ? value.buf : "", expected ? expected : "");
    strbuf_release(&value);
}

static struct result_cache *open_at(struct ground *ground, const char *folder, const char *salt)
{
    return result_cache_open(arena_format(&ground->arena, "%s/%s", ground->path, folder), salt,
                             strlen(salt));
}

static void what_was_put_is_there_the_next_time(void **state)
{
    struct result_cache *cache = open_at(*state, "a/b", "1");

    assert_non_null(cache);
    assert_got(cache, "one", NULL);
    put(cache, "one", "first");
    put(cache, "two", "");
    put(cache, "one", "second");
    result_cache_close(cache);
    cache = open_at(*state, "a/b", "1");
    assert_got(cache, "one", "second");
    assert_got(cache, "two", "");
    assert_got(cache, "three", NULL);
    result_cache_close(cache);
}

static void another_version_has_its_own(void **state)
{
    struct result_cache *cache = open_at(*state, "", "1");

    put(cache, "one", "first");
    result_cache_close(cache);
    cache = open_at(*state, "", "2");
    assert_got(cache, "one", NULL);
    result_cache_close(cache);
}

static void what_is_no_database_is_replaced(void **state)
{
    struct ground *ground = *state;
    struct errs errs = ERRS_INIT;
    const char *path = arena_format(&ground->arena, "%s/history.sqlite", ground->path);
    struct strbuf text = STRBUF_INIT;
    struct result_cache *cache;

    for (int i = 0; i < 1000; i++)
        strbuf_adds(&text, "no database. ");
    assert_int_equal(fs_write(AT_FDCWD, path, text.buf, text.len, &errs), 0);
    cache = open_at(ground, "", "1");
    assert_non_null(cache);
    put(cache, "one", "first");
    result_cache_close(cache);
    cache = open_at(ground, "", "1");
    assert_got(cache, "one", "first");
    result_cache_close(cache);
    strbuf_release(&text);
}

static void without_a_folder_there_is_none(void **state)
{
    struct ground *ground = *state;
    struct errs errs = ERRS_INIT;
    const char *path = arena_format(&ground->arena, "%s/file", ground->path);

    assert_int_equal(fs_write(AT_FDCWD, path, "x", 1, &errs), 0);
    assert_null(open_at(ground, "file/below", "1"));
    assert_got(NULL, "one", NULL);
    put(NULL, "one", "first");
    result_cache_close(NULL);
}

static void several_may_write_at_once(void **state)
{
    struct result_cache *one = open_at(*state, "", "1"), *other = open_at(*state, "", "1");

    put(one, "one", "first");
    put(other, "two", "second");
    result_cache_close(one);
    assert_got(other, "one", "first");
    result_cache_close(other);
    one = open_at(*state, "", "1");
    assert_got(one, "one", "first");
    assert_got(one, "two", "second");
    result_cache_close(one);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_put_is_there_the_next_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_version_has_its_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_database_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_folder_there_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_may_write_at_once, set_up, tear_down),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("result_cache", tests, NULL, NULL);
}
