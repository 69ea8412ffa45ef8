#include "base/base.h"

#include "publish/output.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "publish/manifest.h"
#include "publish/sample_site.h"
#include "publish/tree.h"

/* All that is in the ground, with what tells whether it was touched. */
static char *identity(struct sample_ground *g)
{
    return tree_describe(g->path, TREE_IDENTITY);
}

static void assert_untouched(struct sample_ground *g, char *before)
{
    char *now = identity(g);

    assert_string_equal(now, before);
    free(now);
    free(before);
}

/* Builds the old version; further changes are made from there. */
static void build_old(struct sample_ground *g)
{
    assert_int_equal(sample_build(g, sample_old), 0);
    sample_assert(g, sample_old);
}

static ino_t inode(struct sample_ground *g, const char *path)
{
    char *full = tree_path(g->path, path);
    struct stat st;

    if (lstat(full, &st))
        fail_msg("%s does not exist", path);
    free(full);
    return st.st_ino;
}

/* --- the first build --- */

static void the_first_build_appears_at_once(void **state)
{
    struct sample_ground *g = *state;
    struct output *output = sample_put(g, sample_old);
    ino_t staged;

    assert_non_null(output);
    assert_false(tree_has(g->path, "site"));
    staged = inode(g, ".site.juesuan/stage");
    assert_int_equal(output_commit(output, &g->summary, &g->errs), 0);
    assert_int_equal(inode(g, "site"), staged); /* the folder was renamed, with all that is in it */
    sample_assert(g, sample_old);
    assert_int_equal(g->summary.files, 8);
    assert_int_equal(g->summary.written, 8);
    assert_int_equal(g->summary.removed, 0);
    assert_int_equal(g->summary.bytes, 3 + 8 + 3 + 3 + 4 + 8 + 3 + 3);
}

static void a_site_without_files_is_a_site(void **state)
{
    struct sample_ground *g = *state;
    static const struct sample_file none[] = {{NULL, NULL}};

    assert_int_equal(sample_build(g, none), 0);
    sample_assert(g, none);
    build_old(g);
    assert_int_equal(sample_build(g, none), 0);
    sample_assert(g, none);
    assert_int_equal(g->summary.removed, 8);
}

static void an_abandoned_first_build_leaves_nothing(void **state)
{
    struct sample_ground *g = *state;
    char *tree;

    free(g->site);
    g->site = tree_path(g->path, "a/b/site");
    output_abandon(sample_put(g, sample_old));
    tree = tree_describe(g->path, TREE_BYTES);
    assert_string_equal(tree, ""); /* not even the folders that lead to it */
    free(tree);
    output_abandon(NULL);
}

static void folders_that_were_there_stay(void **state)
{
    struct sample_ground *g = *state;
    char *tree;

    tree_make_folder(g->path, "a");
    free(g->site);
    g->site = tree_path(g->path, "a/b/site");
    output_abandon(sample_put(g, sample_old));
    tree = tree_describe(g->path, TREE_BYTES);
    assert_string_equal(tree, "a/\n");
    free(tree);
}

/* --- later builds --- */

static void a_later_build_changes_what_is_different(void **state)
{
    struct sample_ground *g = *state;
    char *same_before, *same_after, *full;
    ino_t index, b;

    build_old(g);
    full = tree_path(g->path, "site/departments/b");
    same_before = tree_describe(full, TREE_IDENTITY);
    index = inode(g, "site/index.html");
    b = inode(g, "site/same.html");
    assert_int_equal(sample_build(g, sample_new), 0);
    sample_assert(g, sample_new);
    same_after = tree_describe(full, TREE_IDENTITY);
    assert_string_equal(same_after, same_before);
    assert_int_not_equal(inode(g, "site/index.html"), index);
    assert_int_equal(inode(g, "site/same.html"), b);
    assert_int_equal(g->summary.files, 8);
    assert_int_equal(g->summary.written, 6);
    assert_int_equal(g->summary.removed, 3);
    free(same_before);
    free(same_after);
    free(full);
}

static void nothing_changed_is_nothing_written(void **state)
{
    struct sample_ground *g = *state;
    char *before;

    build_old(g);
    before = identity(g);
    assert_int_equal(sample_build(g, sample_old), 0);
    assert_int_equal(g->summary.written, 0);
    assert_int_equal(g->summary.removed, 0);
    assert_int_equal(g->summary.files, 8);
    assert_untouched(g, before);
}

static void another_generator_is_a_change_of_the_manifest_alone(void **state)
{
    struct sample_ground *g = *state;
    struct output *output;
    ino_t index;
    char *text;

    build_old(g);
    index = inode(g, "site/index.html");
    output = output_open(g->site, "juesuan 99", &g->errs);
    for (const struct sample_file *file = sample_old; file->path; file++)
        assert_int_equal(output_put(output, file->path, file->text, strlen(file->text), &g->errs),
                         0);
    assert_int_equal(output_commit(output, &g->summary, &g->errs), 0);
    assert_int_equal(g->summary.written, 0);
    assert_int_equal(inode(g, "site/index.html"), index);
    text = tree_read(g->site, "manifest.json", NULL);
    assert_non_null(strstr(text, "\"juesuan 99\""));
    free(text);
}

static void an_abandoned_later_build_changes_nothing(void **state)
{
    struct sample_ground *g = *state;
    char *before;

    build_old(g);
    before = identity(g);
    output_abandon(sample_put(g, sample_new));
    assert_untouched(g, before);
}

static void the_files_of_others_stay(void **state)
{
    struct sample_ground *g = *state;

    build_old(g);
    tree_write(g->site, "CNAME", "theirs");
    tree_write(g->site, ".git/HEAD", "theirs");
    tree_write(g->site, "departments/a/2021/projects/p1/note.txt", "theirs");
    tree_link(g->site, "link", "/nowhere");
    tree_make_folder(g->site, "departments/theirs");
    assert_int_equal(sample_build(g, sample_new), 0);
    assert_false(tree_has(g->site, "departments/a/2021/projects/p1/index.html"));
    assert_true(tree_has(g->site, "departments/a/2021/projects/p1/note.txt"));
    assert_true(tree_has(g->site, ".git/HEAD"));
    assert_true(tree_has(g->site, "departments/theirs"));
    tree_remove(g->site, "CNAME");
    tree_remove(g->site, ".git");
    tree_remove(g->site, "departments/a/2021/projects");
    tree_remove(g->site, "link");
    tree_remove(g->site, "departments/theirs");
    sample_assert(g, sample_new);
}

static void what_somebody_did_to_our_files_is_undone(void **state)
{
    struct sample_ground *g = *state;

    build_old(g);
    tree_write(g->site, "index.html", "changed by hand");
    tree_remove(g->site, "data");
    tree_remove(g->site, "same.html");
    tree_link(g->site, "same.html", "index.html");
    assert_int_equal(sample_build(g, sample_old), 0);
    sample_assert(g, sample_old);
    assert_int_equal(g->summary.written, 3);
}

/* --- what is not ours --- */

/* A build that meets somebody's files changes nothing and names what is in the way. */
static void assert_in_the_way(struct sample_ground *g, const char *named)
{
    char *before = identity(g);

    assert_int_equal(sample_build(g, sample_new), -1);
    if (!strstr(g->errs.items[0].message, named))
        fail_msg("%s", g->errs.items[0].message);
    assert_non_null(g->errs.items[0].hint);
    sample_assert_error(g, "foreign-file", ERR_SYSTEM);
    assert_untouched(g, before);
}

static void a_file_of_somebody_is_not_written_over(void **state)
{
    struct sample_ground *g = *state;

    build_old(g);
    tree_write(g->site, "departments/a/2022/index.html", "theirs");
    assert_in_the_way(g, "site/departments/a/2022/index.html is in the way");
    tree_remove(g->site, "departments/a/2022/index.html");
    tree_make_folder(g->site, "departments/a/2022/index.html");
    assert_in_the_way(g, "site/departments/a/2022/index.html is in the way");
    tree_remove(g->site, "departments/a/2022");
    tree_write(g->site, "departments/a/2022", "theirs");
    assert_in_the_way(g, "site/departments/a/2022 is in the way");
    tree_remove(g->site, "departments/a/2022");
    tree_write(g->site, "becomes-file/x/theirs", "theirs");
    assert_in_the_way(g, "site/becomes-file is in the way");
    tree_remove(g->site, "becomes-file/x/theirs");
    assert_int_equal(sample_build(g, sample_new), 0);
    sample_assert(g, sample_new);
}

static void a_link_of_somebody_is_not_followed(void **state)
{
    struct sample_ground *g = *state;

    build_old(g);
    tree_make_folder(g->path, "elsewhere");
    tree_link(g->site, "departments/a/2022", "../../../elsewhere");
    assert_in_the_way(g, "site/departments/a/2022 is in the way");
    tree_remove(g->site, "departments/a/2022");
    tree_link(g->site, "departments/a/2022/index.html", "../../../../elsewhere/new");
    assert_in_the_way(g, "site/departments/a/2022/index.html is in the way");
}

/* Where files of ours were, somebody put a link to a folder with files of the same names. */
static void stale_files_behind_a_link_stay(void **state)
{
    struct sample_ground *g = *state;
    static const struct sample_file fewer[] = {{"index.html", "old"}, {NULL, NULL}};

    build_old(g);
    tree_write(g->path, "elsewhere/b/index.html", "theirs");
    tree_write(g->path, "elsewhere/a/2021/index.html", "theirs");
    tree_remove(g->site, "departments");
    tree_link(g->site, "departments", "../elsewhere");
    tree_remove(g->site, "same.html");
    tree_write(g->site, "same.html/theirs", "theirs");
    assert_int_equal(sample_build(g, fewer), 0);
    assert_true(tree_has(g->path, "elsewhere/b/index.html"));
    assert_true(tree_has(g->path, "elsewhere/a/2021/index.html"));
    assert_true(tree_has(g->site, "same.html/theirs"));
    assert_false(tree_has(g->site, "data"));
}

static void a_folder_where_our_file_was_is_in_the_way(void **state)
{
    struct sample_ground *g = *state;

    build_old(g);
    tree_remove(g->site, "index.html");
    tree_write(g->site, "index.html/theirs", "theirs");
    assert_in_the_way(g, "site/index.html is in the way");
}

/* Found there with the bytes that are to go there: nobody loses anything, and it becomes ours. */
static void the_same_bytes_become_ours(void **state)
{
    struct sample_ground *g = *state;

    build_old(g);
    tree_write(g->site, "departments/a/2022/index.html", "comes");
    assert_int_equal(sample_build(g, sample_new), 0);
    sample_assert(g, sample_new);
    assert_int_equal(sample_build(g, sample_old), 0);
    sample_assert(g, sample_old);
}

static void a_folder_of_somebody_is_refused(void **state)
{
    struct sample_ground *g = *state;
    char *before;

    tree_write(g->path, "site/thesis.doc", "theirs");
    before = identity(g);
    assert_int_equal(sample_build(g, sample_old), -1);
    assert_non_null(strstr(g->errs.items[0].message, "thesis.doc"));
    sample_assert_error(g, "foreign-folder", ERR_SYSTEM);
    assert_untouched(g, before);
}

static void a_folder_with_the_manifest_of_another_program_is_refused(void **state)
{
    struct sample_ground *g = *state;
    char *before;

    tree_write(g->path, "site/manifest.json", "{\"name\": \"my app\", \"icons\": []}");
    before = identity(g);
    assert_int_equal(sample_build(g, sample_old), -1);
    sample_assert_error(g, "foreign-manifest", ERR_SYSTEM);
    assert_untouched(g, before);
}

static void a_broken_manifest_changes_nothing(void **state)
{
    struct sample_ground *g = *state;
    char *before;

    build_old(g);
    tree_write(g->site, "manifest.json", "{\"generator\": \"juesuan\", \"files\": [");
    before = identity(g);
    assert_int_equal(sample_build(g, sample_new), -1);
    assert_true(strstr(g->errs.items[0].file, "/site/manifest.json") != NULL);
    sample_assert_error(g, "json-syntax", ERR_SYSTEM);
    assert_untouched(g, before);
}

static void an_empty_folder_is_filled(void **state)
{
    struct sample_ground *g = *state;
    ino_t folder;

    tree_make_folder(g->path, "site");
    tree_write(g->site, ".gitkeep", "");
    folder = inode(g, "site");
    assert_int_equal(sample_build(g, sample_old), 0);
    assert_int_equal(inode(g, "site"), folder);
    assert_true(tree_has(g->site, ".gitkeep"));
    tree_remove(g->site, ".gitkeep");
    sample_assert(g, sample_old);
}

/* --- paths and files --- */

static void two_files_of_one_path_are_a_mistake_of_ours(void **state)
{
    struct sample_ground *g = *state;
    static const struct sample_file cases[][4] = {
        {{"a", "1"}, {"b", "2"}, {"a", "3"}, {NULL, NULL}},
        {{"same.html", "the same"}, {"same.html", "the same"}, {NULL, NULL}},
        {{"same.html", "the same"}, {"same.html", "another"}, {NULL, NULL}},
        /* unchanged files are not staged, so only the list of files can tell */
        {{"same.html", "the same"}, {"same.html/below", "1"}, {NULL, NULL}},
        {{"same.html", "the same"}, {"same.html-", "1"}, {"same.html/b/c", "2"}, {NULL, NULL}},
    };

    build_old(g);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char *before = identity(g);

        assert_int_equal(sample_build(g, cases[i]), -1);
        sample_assert_error(g, "two-files", ERR_INTERNAL);
        assert_untouched(g, before);
    }
}

static void a_file_and_a_folder_of_one_path_are_an_error(void **state)
{
    struct sample_ground *g = *state;
    static const struct sample_file files[] = {{"a", "1"}, {"a/b", "2"}, {NULL, NULL}};
    char *tree;

    assert_int_equal(sample_build(g, files), -1);
    assert_int_equal(g->errs.count, 1);
    tree = tree_describe(g->path, TREE_BYTES);
    assert_string_equal(tree, "");
    free(tree);
}

static void paths_that_cannot_be_on_a_site_are_refused(void **state)
{
    struct sample_ground *g = *state;
    static const char *const paths[] = {"../x", "/x", "", "a//b", "a/", "a\nremove b", "caf\xE9"};
    struct output *output = output_open(g->site, "juesuan", &g->errs);

    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        assert_int_equal(output_put(output, paths[i], "x", 1, &g->errs), -1);
        sample_assert_error(g, "bad-path", ERR_CONTENT);
        assert_null(output_stage(output, paths[i], &g->errs));
        sample_assert_error(g, "bad-path", ERR_CONTENT);
    }
    output_abandon(output);
}

static void paths_may_be_deep_and_long(void **state)
{
    struct sample_ground *g = *state;
    struct strbuf deep = STRBUF_INIT, wide = STRBUF_INIT;
    struct sample_file files[3] = {{NULL, NULL}};

    for (int i = 0; i < 300; i++)
        strbuf_addf(&deep, "folder-%d/", i);
    strbuf_adds(&deep, "file");
    for (int i = 0; i < 85; i++)
        strbuf_adds(&wide, "字");
    files[0] = (struct sample_file){deep.buf, "deep"};
    files[1] = (struct sample_file){wide.buf, "wide"};
    assert_int_equal(sample_build(g, files), 0);
    sample_assert(g, files);
    files[0].text = "deeper";
    assert_int_equal(sample_build(g, files), 0);
    sample_assert(g, files);
    build_old(g);
    assert_false(tree_has(g->site, "folder-0"));
    strbuf_release(&deep);
    strbuf_release(&wide);
}

static void any_bytes_are_written_as_they_are(void **state)
{
    struct sample_ground *g = *state;
    struct output *output = output_open(g->site, "juesuan", &g->errs);
    size_t len = 300 * 1024, read_len;
    char *data = mem_alloc(len), *read_back;

    for (size_t i = 0; i < len; i++)
        data[i] = (char)(i * 7 >> 3);
    assert_int_equal(output_put(output, "bytes", data, len, &g->errs), 0);
    assert_int_equal(output_put(output, "none", NULL, 0, &g->errs), 0);
    assert_int_equal(output_commit(output, &g->summary, &g->errs), 0);
    read_back = tree_read(g->site, "bytes", &read_len);
    assert_int_equal(read_len, len);
    assert_memory_equal(read_back, data, len);
    free(read_back);
    read_back = tree_read(g->site, "none", &read_len);
    assert_int_equal(read_len, 0);
    free(read_back);
    free(data);
}

static void write_staged(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void add_file(struct sample_ground *g, struct output *output, const char *path,
                     const char *text)
{
    char *staged = output_stage(output, path, &g->errs);

    assert_non_null(staged);
    write_staged(staged, text);
    free(staged);
    assert_int_equal(output_adopt(output, path, NULL, &g->errs), 0);
}

static void files_that_others_write_are_adopted(void **state)
{
    struct sample_ground *g = *state;
    struct manifest_entry info;
    struct output *output;
    char *text, hex[SHA256_HEX_SIZE];

    for (int round = 0; round < 3; round++) {
        output = output_open(g->site, "juesuan", &g->errs);
        text = output_stage(output, "data/juesuan.sqlite", &g->errs);
        write_staged(text, round < 2 ? "abc" : "abcd");
        free(text);
        assert_int_equal(output_adopt(output, "data/juesuan.sqlite", &info, &g->errs), 0);
        assert_string_equal(info.path, "data/juesuan.sqlite");
        assert_int_equal(info.size, round < 2 ? 3 : 4);
        sha256_format(info.sha256, hex);
        if (round < 2)
            assert_string_equal(hex,
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015"
                                "ad");
        assert_int_equal(output_commit(output, &g->summary, &g->errs), 0);
        assert_int_equal(g->summary.written, round != 1);
    }
    text = tree_read(g->site, "data/juesuan.sqlite", NULL);
    assert_string_equal(text, "abcd");
    free(text);
}

/* A longer file that begins with the bytes of the shorter one is another file, either way. */
static void the_end_of_an_adopted_file_counts(void **state)
{
    struct sample_ground *g = *state;
    static const char *const texts[] = {"abc", "abcd", "abc", "", "abc"};

    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        struct output *output = output_open(g->site, "juesuan", &g->errs);

        add_file(g, output, "f", texts[i]);
        assert_int_equal(output_commit(output, &g->summary, &g->errs), 0);
        assert_int_equal(g->summary.written, 1);
    }
}

static void what_was_never_written_cannot_be_adopted(void **state)
{
    struct sample_ground *g = *state;
    struct output *output = output_open(g->site, "juesuan", &g->errs);

    assert_int_equal(output_adopt(output, "data/none", NULL, &g->errs), -1);
    sample_assert_error(g, "system", ERR_SYSTEM);
    free(output_stage(output, "data/none", &g->errs));
    assert_int_equal(output_adopt(output, "data/none", NULL, &g->errs), -1);
    sample_assert_error(g, "system", ERR_SYSTEM);
    output_abandon(output);
}

static void staging_spares_the_files_of_others(void **state)
{
    struct sample_ground *g = *state;
    struct output *output;

    build_old(g);
    tree_write(g->site, "data/theirs", "theirs");
    output = output_open(g->site, "juesuan", &g->errs);
    assert_null(output_stage(output, "data/theirs", &g->errs));
    sample_assert_error(g, "foreign-file", ERR_SYSTEM);
    output_abandon(output);
}

/* --- threads --- */

enum { THREADS = 8, FILES_EACH = 200 };

struct writer {
    struct output *output;
    size_t number;
    const char *text;
    struct errs errs;
};

static void *put_many(void *arg)
{
    struct writer *writer = arg;

    for (size_t i = 0; i < FILES_EACH; i++) {
        struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;

        /* folders that all threads want to make at the same time */
        strbuf_addf(&path, "departments/d%zu/%zu.html", i, writer->number);
        strbuf_addf(&text, "%s %zu %zu", i % 2 ? "same" : writer->text, i, writer->number);
        output_put(writer->output, path.buf, text.buf, text.len, &writer->errs);
        strbuf_release(&path);
        strbuf_release(&text);
    }
    return NULL;
}

static char *build_by(struct sample_ground *g, size_t threads, const char *text)
{
    struct writer writers[THREADS];
    pthread_t ids[THREADS];
    struct output *output = output_open(g->site, "juesuan", &g->errs);

    assert_non_null(output);
    memset(writers, 0, sizeof(writers));
    for (size_t i = 0; i < THREADS; i++) {
        writers[i] = (struct writer){.output = output, .number = i, .text = text};
        if (threads > 1)
            assert_int_equal(pthread_create(&ids[i], NULL, put_many, &writers[i]), 0);
        else
            put_many(&writers[i]);
    }
    for (size_t i = 0; i < THREADS; i++) {
        if (threads > 1)
            pthread_join(ids[i], NULL);
        assert_int_equal(writers[i].errs.count, 0);
    }
    assert_int_equal(output_commit(output, &g->summary, &g->errs), 0);
    assert_int_equal(g->summary.files, THREADS * FILES_EACH);
    return tree_describe(g->site, TREE_BYTES);
}

static void threads_make_the_same_site(void **state)
{
    struct sample_ground *g = *state;
    char *alone = build_by(g, 1, "first"), *together;

    tree_remove(g->path, "site");
    together = build_by(g, THREADS, "first");
    assert_string_equal(together, alone);
    free(together);
    free(alone);
    together = build_by(g, THREADS, "second");
    assert_int_equal(g->summary.written, THREADS * FILES_EACH / 2);
    tree_remove(g->path, "site");
    alone = build_by(g, 1, "second");
    assert_string_equal(together, alone);
    free(together);
    free(alone);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(the_first_build_appears_at_once),
        TEST(a_site_without_files_is_a_site),
        TEST(an_abandoned_first_build_leaves_nothing),
        TEST(folders_that_were_there_stay),
        TEST(a_later_build_changes_what_is_different),
        TEST(nothing_changed_is_nothing_written),
        TEST(another_generator_is_a_change_of_the_manifest_alone),
        TEST(an_abandoned_later_build_changes_nothing),
        TEST(the_files_of_others_stay),
        TEST(what_somebody_did_to_our_files_is_undone),
        TEST(a_file_of_somebody_is_not_written_over),
        TEST(a_link_of_somebody_is_not_followed),
        TEST(stale_files_behind_a_link_stay),
        TEST(a_folder_where_our_file_was_is_in_the_way),
        TEST(the_same_bytes_become_ours),
        TEST(a_folder_of_somebody_is_refused),
        TEST(a_folder_with_the_manifest_of_another_program_is_refused),
        TEST(a_broken_manifest_changes_nothing),
        TEST(an_empty_folder_is_filled),
        TEST(two_files_of_one_path_are_a_mistake_of_ours),
        TEST(a_file_and_a_folder_of_one_path_are_an_error),
        TEST(paths_that_cannot_be_on_a_site_are_refused),
        TEST(paths_may_be_deep_and_long),
        TEST(any_bytes_are_written_as_they_are),
        TEST(files_that_others_write_are_adopted),
        TEST(the_end_of_an_adopted_file_counts),
        TEST(what_was_never_written_cannot_be_adopted),
        TEST(staging_spares_the_files_of_others),
        TEST(threads_make_the_same_site),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
