#include "base/base.h"

#include "publish/sample_site.h"

#include "base/mem.h"
#include "base/testing.h"
#include "publish/tree.h"

const struct sample_file sample_old[] = {
    {"index.html", "old"},
    {"same.html", "the same"},
    {"data/all.csv", "old"},
    {"departments/a/2021/index.html", "old"},
    {"departments/a/2021/projects/p1/index.html", "goes"},
    {"departments/b/index.html", "the same"},
    {"becomes-folder", "old"},
    {"becomes-file/x/y", "old"},
    {NULL, NULL},
};

const struct sample_file sample_new[] = {
    {"index.html", "new"},
    {"same.html", "the same"},
    {"data/all.csv", "new"},
    {"departments/a/2021/index.html", "new"},
    {"departments/a/2022/index.html", "comes"},
    {"departments/b/index.html", "the same"},
    {"becomes-folder/x/y", "new"},
    {"becomes-file", "new"},
    {NULL, NULL},
};

int sample_set_up(void **state)
{
    struct sample_ground *g = mem_zalloc(1, sizeof(*g));

    /* in memory, where that can be: hundreds of sites are made and removed again */
    g->path = mem_strdup("/dev/shm/juesuan-test-XXXXXX");
    if (!mkdtemp(g->path)) {
        free(g->path);
        g->path = testing_folder();
    }
    g->site = tree_path(g->path, "site");
    *state = g;
    alarm(getenv("MEMCHECK") ? 600 : 120); /* one that waits for ever must end */
    return 0;
}

int sample_tear_down(void **state)
{
    struct sample_ground *g = *state;

    testing_folder_remove(g->path);
    free(g->path);
    free(g->site);
    errs_release(&g->errs);
    free(g);
    return 0;
}

struct output *sample_put(struct sample_ground *g, const struct sample_file *files)
{
    struct output *output = output_open(g->site, "juesuan test", &g->errs);

    for (; output && files->path; files++)
        if (output_put(output, files->path, files->text, strlen(files->text), &g->errs)) {
            output_abandon(output);
            output = NULL;
        }
    return output;
}

int sample_build(struct sample_ground *g, const struct sample_file *files)
{
    struct output *output = sample_put(g, files);

    return output ? output_commit(output, &g->summary, &g->errs) : -1;
}

char *sample_expected(const struct sample_file *files)
{
    struct sample_ground *g;
    char *tree;

    sample_set_up((void **)&g);
    if (sample_build(g, files))
        abort();
    tree = tree_describe(g->site, TREE_BYTES);
    for (; files->path; files++) /* not by the word of the module alone */
        if (!tree_has(g->site, files->path))
            abort();
    sample_tear_down((void **)&g);
    return tree;
}

void sample_assert(struct sample_ground *g, const struct sample_file *files)
{
    char *expected = sample_expected(files), *tree = tree_describe(g->site, TREE_BYTES);
    char *beside = tree_describe(g->path, TREE_BYTES);

    assert_string_equal(tree, expected);
    assert_memory_equal(beside, "site/\n", 6);
    free(expected);
    free(tree);
    free(beside);
}

bool sample_is(struct sample_ground *g, const char *expected)
{
    char *tree = tree_describe(g->site, TREE_BYTES), *beside = tree_describe(g->path, TREE_BYTES);
    bool same = !strcmp(tree, expected) && !strstr(beside, ".juesuan");

    free(tree);
    free(beside);
    return same;
}

void sample_recover(struct sample_ground *g)
{
    struct output *output = output_open(g->site, "juesuan test", &g->errs);

    if (!output)
        fail_msg("%s", g->errs.items[0].message);
    output_abandon(output);
    assert_int_equal(g->errs.count, 0);
}

void sample_assert_error(struct sample_ground *g, const char *id, int code)
{
    if (g->errs.count != 1)
        fail_msg("%zu errors, not one", g->errs.count);
    assert_string_equal(g->errs.items[0].id, id);
    assert_int_equal(g->errs.items[0].code, code);
    errs_release(&g->errs);
}
