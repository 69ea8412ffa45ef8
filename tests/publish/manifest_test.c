#include "base/base.h"

#include "publish/manifest.h"

#include <fcntl.h>
#include <jansson.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "publish/tree.h"

#define SHOWN "out/manifest.json"

struct ground {
    char *path;
    int at;
    struct errs errs;
    struct manifest_paths paths;
};

static int set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));

    g->path = testing_folder();
    g->at = open(g->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *state = g;
    return g->at < 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;

    close(g->at);
    testing_folder_remove(g->path);
    free(g->path);
    errs_release(&g->errs);
    manifest_release(&g->paths);
    free(g);
    return 0;
}

static int read_it(struct ground *g)
{
    manifest_release(&g->paths);
    errs_release(&g->errs);
    return manifest_read(g->at, SHOWN, &g->paths, &g->errs);
}

/* A manifest of these entries. */
static int write_all(struct ground *g, const char *generator, const struct manifest_entry *entries,
                     size_t count)
{
    struct manifest_writer *writer = manifest_begin(g->at, generator, &g->errs);
    int result = 0;

    for (size_t i = 0; writer && !result && i < count; i++)
        result = manifest_add(writer, &entries[i], &g->errs);
    return writer ? manifest_end(writer, &g->errs) | result : -1;
}

static struct manifest_entry entry(const char *path, uint64_t size, const char *data)
{
    struct manifest_entry made = {.path = path, .size = size};

    sha256(data, strlen(data), made.sha256);
    return made;
}

static void writes_a_file_a_line(void **state)
{
    struct ground *g = *state;
    const struct manifest_entry entries[] = {
        entry("a \"b\".css", 0, ""),
        entry("index.html", 3, "abc"),
        entry("数据/收入.csv", 9007199254740993, "abc"),
    };
    char *text;

    assert_int_equal(write_all(g, "juesuan 1.2", entries, 3), 0);
    text = tree_read(g->path, MANIFEST_NAME, NULL);
    /* the digests are those of FIPS 180-4 for no bytes and for "abc" */
    assert_string_equal(text,
                        "{\n"
                        "  \"generator\": \"juesuan 1.2\",\n"
                        "  \"files\": [\n"
                        "    {\"path\": \"a \\\"b\\\".css\", \"size\": 0, \"sha256\": "
                        "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"},\n"
                        "    {\"path\": \"index.html\", \"size\": 3, \"sha256\": "
                        "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"},\n"
                        "    {\"path\": \"数据/收入.csv\", \"size\": 9007199254740993, \"sha256\": "
                        "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}\n"
                        "  ]\n"
                        "}\n");
    free(text);
}

static void reads_what_it_wrote(void **state)
{
    struct ground *g = *state;
    const struct manifest_entry entries[] = {entry("a-b", 1, ""), entry("a/b", 2, ""),
                                             entry("a\\u", 3, ""), entry("数据", 4, "")};

    assert_int_equal(write_all(g, "juesuan \"x\"", entries, 4), 0);
    assert_int_equal(read_it(g), 0);
    assert_int_equal(g->paths.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(g->paths.paths[i], entries[i].path);
        assert_true(manifest_has(&g->paths, entries[i].path));
    }
    assert_false(manifest_has(&g->paths, "a"));
    assert_false(manifest_has(&g->paths, "a/"));
    assert_false(manifest_has(&g->paths, "a/b/c"));
    assert_false(manifest_has(&g->paths, ""));
}

static void no_manifest_has_no_paths(void **state)
{
    struct ground *g = *state;

    assert_int_equal(read_it(g), 0);
    assert_int_equal(g->paths.count, 0);
    assert_false(manifest_has(&g->paths, "a"));
    assert_int_equal(g->errs.count, 0);
}

static void an_empty_site_has_a_manifest(void **state)
{
    struct ground *g = *state;

    assert_int_equal(write_all(g, "juesuan", NULL, 0), 0);
    assert_int_equal(read_it(g), 0);
    assert_int_equal(g->paths.count, 0);
}

/* More than is held back before it is written. */
static void a_large_one_is_json_and_comes_back(void **state)
{
    struct ground *g = *state;
    size_t count = testing_rounds(20000);
    struct manifest_entry *entries = mem_zalloc(count, sizeof(*entries));
    char *text;
    json_t *json;
    size_t len;

    for (size_t i = 0; i < count; i++) {
        struct strbuf path = STRBUF_INIT;

        strbuf_addf(&path, "departments/%06zu/index.html", i);
        entries[i] = entry(path.buf, i, path.buf);
        entries[i].path = strbuf_detach(&path, NULL);
    }
    assert_int_equal(write_all(g, "juesuan", entries, count), 0);
    text = tree_read(g->path, MANIFEST_NAME, &len);
    json = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    assert_int_equal(json_array_size(json_object_get(json, "files")), count);
    json_decref(json);
    free(text);
    assert_int_equal(read_it(g), 0);
    assert_int_equal(g->paths.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(manifest_has(&g->paths, entries[i].path));
        free((char *)entries[i].path);
    }
    free(entries);
}

static void the_order_and_further_keys_do_not_matter(void **state)
{
    struct ground *g = *state;

    tree_write(g->path, MANIFEST_NAME,
               "{\"later\": [{\"path\": \"no\"}], \"files\": [{\"sha256\": \"x\", \"path\": \"z\", "
               "\"n\": {\"path\": 1}}, {\"path\": \"b\"}], \"generator\": \"somebody\", \"v\": 2}");
    assert_int_equal(read_it(g), 0);
    assert_int_equal(g->paths.count, 2);
    assert_string_equal(g->paths.paths[0], "b");
    assert_string_equal(g->paths.paths[1], "z");
}

/* Every error is the output folder's, names the file as the user knows it, and says what to do. */
static void assert_refused(struct ground *g, const char *id)
{
    assert_int_equal(read_it(g), -1);
    assert_int_equal(g->errs.count, 1);
    assert_string_equal(g->errs.items[0].id, id);
    assert_int_equal(g->errs.items[0].code, ERR_SYSTEM);
    assert_string_equal(g->errs.items[0].file, SHOWN);
}

static void a_broken_one_is_refused(void **state)
{
    struct ground *g = *state;
    const struct manifest_entry entries[] = {entry("a", 1, ""), entry("b", 2, "")};
    char *text;
    size_t len;

    assert_int_equal(write_all(g, "juesuan", entries, 2), 0);
    text = tree_read(g->path, MANIFEST_NAME, &len);
    for (size_t cut = 0; cut < len - 2; cut++) { /* without the last line feed it is whole */
        text[cut] = '\0';
        tree_write(g->path, MANIFEST_NAME, text);
        text[cut] = '?';
        assert_refused(g, "json-syntax");
        assert_non_null(strstr(g->errs.items[0].hint, "move the folder away"));
    }
    free(text);
}

static void one_of_another_program_is_refused(void **state)
{
    struct ground *g = *state;
    static const char *const foreign[] = {
        "{}",
        "[]",
        "null",
        "\"manifest\"",
        "{\"name\": \"my app\", \"icons\": []}",
        "{\"files\": []}",
        "{\"generator\": \"juesuan\"}",
        "{\"generator\": 1, \"files\": []}",
        "{\"generator\": \"juesuan\", \"files\": {}}",
        "{\"generator\": \"juesuan\", \"files\": [\"a\"]}",
        "{\"generator\": \"juesuan\", \"files\": [{\"path\": \"a\"}, 1]}",
        "{\"generator\": \"juesuan\", \"files\": [{\"size\": 1}]}",
        "{\"generator\": \"juesuan\", \"files\": [{\"path\": 1}]}",
    };

    for (size_t i = 0; i < ARRAY_SIZE(foreign); i++) {
        tree_write(g->path, MANIFEST_NAME, foreign[i]);
        assert_refused(g, "foreign-manifest");
    }
}

/* What it lists may be removed, so it must be below the folder. */
static void paths_out_of_the_folder_are_refused(void **state)
{
    struct ground *g = *state;
    static const char *const paths[] = {"../x", "/etc/passwd", "a/../../x",
                                        "",     ".",           "a\\nremove b"};

    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        struct strbuf text = STRBUF_INIT;

        strbuf_addf(&text, "{\"generator\": \"g\", \"files\": [{\"path\": \"%s\"}]}", paths[i]);
        tree_write(g->path, MANIFEST_NAME, text.buf);
        assert_refused(g, "foreign-manifest");
        strbuf_release(&text);
    }
}

static void what_is_no_file_is_refused(void **state)
{
    struct ground *g = *state;

    tree_make_folder(g->path, MANIFEST_NAME);
    assert_refused(g, "not-a-file");
    tree_remove(g->path, MANIFEST_NAME);
    tree_write(g->path, "other", "{\"generator\": \"g\", \"files\": []}");
    tree_link(g->path, MANIFEST_NAME, "other");
    assert_refused(g, "symbolic-link");
}

static void what_cannot_be_written_is_an_error(void **state)
{
    struct ground *g = *state;

    tree_make_folder(g->path, MANIFEST_NAME);
    assert_int_equal(write_all(g, "juesuan", NULL, 0), -1);
    assert_int_equal(g->errs.count, 1);
    assert_string_equal(g->errs.items[0].message, "cannot write manifest.json: Is a directory");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(writes_a_file_a_line),
        TEST(reads_what_it_wrote),
        TEST(no_manifest_has_no_paths),
        TEST(an_empty_site_has_a_manifest),
        TEST(a_large_one_is_json_and_comes_back),
        TEST(the_order_and_further_keys_do_not_matter),
        TEST(a_broken_one_is_refused),
        TEST(one_of_another_program_is_refused),
        TEST(paths_out_of_the_folder_are_refused),
        TEST(what_is_no_file_is_refused),
        TEST(what_cannot_be_written_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
