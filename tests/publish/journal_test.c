#include "base/base.h"

#include "publish/journal.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "publish/tree.h"

/* A site `root` that is to be changed, and the folder `work` with the journal and stage/. */
struct ground {
    char *path;
    char *root_path;
    char *work_path;
    int root;
    int work;
    struct errs errs;
};

static int set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));

    g->path = testing_folder();
    tree_make_folder(g->path, "root");
    tree_make_folder(g->path, "work/stage");
    g->root_path = tree_path(g->path, "root");
    g->work_path = tree_path(g->path, "work");
    g->root = open(g->root_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    g->work = open(g->work_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *state = g;
    return g->root < 0 || g->work < 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;

    close(g->root);
    close(g->work);
    testing_folder_remove(g->path);
    free(g->path);
    free(g->root_path);
    free(g->work_path);
    errs_release(&g->errs);
    free(g);
    return 0;
}

static int apply(struct ground *g)
{
    return journal_apply(g->work, g->root, &g->errs);
}

/* The folder `root` holds just this. */
static void assert_root(struct ground *g, const char *expected)
{
    char *tree = tree_describe(g->root_path, TREE_BYTES);

    assert_string_equal(tree, expected);
    free(tree);
}

static const char before[] = "changes = old\ndeep/\ndeep/er/\ndeep/er/stale = old\nforeign = "
                             "theirs\nstale = old\nstays = old\nto-file/\nto-file/x = "
                             "old\nto-folder = old\n";
static const char after[] = "changes = new\nforeign = theirs\nmade/\nmade/for/\nmade/for/it = "
                            "new\nnew = new\nstays = old\nto-file = new\nto-folder/\nto-folder/x "
                            "= new\n";

static const char *const removed[] = {"deep/er/stale", "stale", "to-file/x", "to-folder"};
static const char *const put[] = {"changes", "new", "made/for/it", "to-file", "to-folder/x"};

enum { REMOVED = ARRAY_SIZE(removed), STEPS = ARRAY_SIZE(removed) + ARRAY_SIZE(put) };

/* Every kind of change at once. */
static void prepare(struct ground *g)
{
    struct journal journal;

    for (size_t i = 0; i < REMOVED; i++)
        tree_write(g->root_path, removed[i], "old");
    tree_write(g->root_path, "changes", "old");
    tree_write(g->root_path, "stays", "old");
    tree_write(g->root_path, "foreign", "theirs");
    assert_root(g, before);
    journal_init(&journal);
    for (size_t i = 0; i < REMOVED; i++)
        journal_remove(&journal, removed[i]);
    for (size_t i = 0; i < ARRAY_SIZE(put); i++) {
        char *staged = tree_path("stage", put[i]);

        tree_write(g->work_path, staged, "new");
        journal_put(&journal, put[i]);
        free(staged);
    }
    assert_false(journal_exists(g->work));
    assert_int_equal(journal_write(&journal, g->work, &g->errs), 0);
    assert_true(journal_exists(g->work));
    journal_release(&journal);
}

static void does_what_it_says_and_goes(void **state)
{
    struct ground *g = *state;

    prepare(g);
    assert_root(g, before);
    assert_int_equal(apply(g), 0);
    assert_root(g, after);
    assert_false(journal_exists(g->work));
    assert_int_equal(g->errs.count, 0);
}

static void no_journal_is_nothing_to_do(void **state)
{
    struct ground *g = *state;

    assert_int_equal(apply(g), 0);
    assert_root(g, "");
    assert_int_equal(g->errs.count, 0);
}

/* One change, as somebody else would make it; or the first half of it: the file is removed but its
 * folders are still there, the folders are made but the file is not yet in them. */
static void do_step(struct ground *g, size_t step, bool half)
{
    const char *path = step < REMOVED ? removed[step] : put[step - REMOVED];
    char *staged = tree_path("stage", path), *from = tree_path(g->work_path, staged);
    char *to = tree_path(g->root_path, path), *slash;

    if (step < REMOVED) {
        tree_remove(g->root_path, path);
        while (!half && (slash = strrchr(to, '/')) && slash > to + strlen(g->root_path)) {
            *slash = '\0';
            if (rmdir(to))
                break;
        }
    } else if (half || rename(from, to)) {
        tree_write(g->root_path, path, "");
        if (half)
            tree_remove(g->root_path, path);
        else
            assert_int_equal(rename(from, to), 0);
    }
    free(staged);
    free(from);
    free(to);
}

static void goes_on_from_wherever_it_was_stopped(void **state)
{
    struct ground *g = *state;

    for (size_t half = 0; half < 2; half++)
        for (size_t done = 0; done <= STEPS - half; done++) {
            prepare(g);
            for (size_t step = 0; step < done; step++)
                do_step(g, step, false);
            /* a file that is there already is replaced in one step */
            if (half && (done < REMOVED || strchr(put[done - REMOVED], '/')))
                do_step(g, done, true);
            assert_int_equal(apply(g), 0);
            assert_root(g, after);
            assert_false(journal_exists(g->work));
            tear_down(state);
            set_up(state);
            g = *state;
        }
}

/* The journal itself is the last to go, so everything may be done when it is read again. */
static void again_and_again_is_the_same_as_once(void **state)
{
    struct ground *g = *state;
    char *text;

    prepare(g);
    text = tree_read(g->work_path, "journal", NULL);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(apply(g), 0);
        assert_root(g, after);
        assert_false(journal_exists(g->work));
        tree_write(g->work_path, "journal", text);
    }
    free(text);
}

/* What somebody removed meanwhile is not missed, and not brought back. */
static void files_that_went_away_do_no_harm(void **state)
{
    struct ground *g = *state;

    prepare(g);
    for (size_t step = 0; step < STEPS; step++)
        do_step(g, step, false);
    tree_remove(g->root_path, "made");
    tree_remove(g->root_path, "new");
    assert_int_equal(apply(g), 0);
    assert_false(tree_has(g->root_path, "made"));
    assert_false(tree_has(g->root_path, "new"));
    assert_false(journal_exists(g->work));
}

static void assert_broken(struct ground *g)
{
    if (apply(g) != -1)
        fail_msg("an incomplete journal was taken for a whole one");
    assert_int_equal(g->errs.count, 1);
    assert_string_equal(g->errs.items[0].id, "broken-journal");
    assert_int_equal(g->errs.items[0].code, ERR_SYSTEM);
    assert_non_null(strstr(g->errs.items[0].hint, ".juesuan"));
    assert_true(journal_exists(g->work));
    errs_release(&g->errs);
}

static void one_that_is_cut_off_changes_nothing(void **state)
{
    struct ground *g = *state;
    char *text;
    size_t len;

    prepare(g);
    text = tree_read(g->work_path, "journal", &len);
    while (len--) {
        text[len] = '\0';
        tree_write(g->work_path, "journal", text);
        assert_broken(g);
    }
    free(text);
    assert_root(g, before);
}

static void one_that_is_not_ours_changes_nothing(void **state)
{
    struct ground *g = *state;
    static const char *const foreign[] = {
        "hello\n",
        "juesuan journal 2\nremove stale\nend\n",
        "juesuan journal 1\nremove stale\n",
        "juesuan journal 1\nremove stale\nend",
        "juesuan journal 1\nremove stale\nend\n\n",
        "juesuan journal 1\nremove stale\nend\nput changes\n",
        "juesuan journal 1\nremove stale\n\nend\n",
        "juesuan journal 1\nremove stale\nmove a b\nend\n",
        "juesuan journal 1\nremove stale\nput\nend\n",
        "juesuan journal 1\nremove stale\nput \nend\n",
        "juesuan journal 1\nremove stale\nremove ../work/journal\nend\n",
        "juesuan journal 1\nremove stale\nremove /etc/hostname\nend\n",
        "juesuan journal 1\nremove stale\nput ../changes\nend\n",
        "juesuan journal 1\nremove stale\nput a/../../changes\nend\n",
        "juesuan journal 1\r\nremove stale\r\nend\r\n",
    };

    prepare(g);
    for (size_t i = 0; i < ARRAY_SIZE(foreign); i++) {
        tree_write(g->work_path, "journal", foreign[i]);
        assert_broken(g);
        assert_root(g, before);
    }
}

static void one_with_a_zero_in_it_changes_nothing(void **state)
{
    static const char text[] = "juesuan journal 1\nremove stale\0x\nend\n";
    struct ground *g = *state;
    int fd;

    prepare(g);
    fd = openat(g->work, "journal", O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_int_equal(write(fd, text, sizeof(text) - 1), sizeof(text) - 1);
    close(fd);
    assert_broken(g);
    assert_root(g, before);
}

static void what_is_no_file_is_no_journal(void **state)
{
    struct ground *g = *state;

    prepare(g);
    tree_remove(g->work_path, "journal");
    tree_link(g->work_path, "journal", "stage/new");
    assert_int_equal(apply(g), -1);
    assert_root(g, before);
    tree_remove(g->work_path, "journal");
    tree_make_folder(g->work_path, "journal");
    assert_int_equal(apply(g), -1);
    assert_root(g, before);
}

/* A folder that somebody put where a stale file was is theirs. */
static void a_folder_in_place_of_a_stale_file_stays(void **state)
{
    struct ground *g = *state;

    prepare(g);
    tree_remove(g->root_path, "stale");
    tree_write(g->root_path, "stale/theirs", "x");
    assert_int_equal(apply(g), 0);
    assert_true(tree_has(g->root_path, "stale/theirs"));
    assert_true(tree_has(g->root_path, "new"));
}

static void what_cannot_be_done_keeps_the_journal(void **state)
{
    struct ground *g = *state;

    prepare(g);
    tree_make_folder(g->root_path, "new");
    tree_write(g->root_path, "new/theirs", "x");
    assert_int_equal(apply(g), -1);
    assert_int_equal(g->errs.count, 1);
    assert_string_equal(g->errs.items[0].message, "cannot put new into its place: Is a directory");
    assert_true(journal_exists(g->work));
    assert_true(tree_has(g->root_path, "new/theirs"));
    tree_remove(g->root_path, "new");
    assert_int_equal(apply(g), 0);
    assert_root(g, after);
}

static void the_folder_itself_never_goes(void **state)
{
    struct ground *g = *state;
    struct journal journal;

    tree_write(g->root_path, "a/b/c", "old");
    tree_write(g->root_path, "d", "old");
    journal_init(&journal);
    journal_remove(&journal, "a/b/c");
    journal_remove(&journal, "d");
    assert_int_equal(journal_write(&journal, g->work, &g->errs), 0);
    journal_release(&journal);
    assert_int_equal(apply(g), 0);
    assert_root(g, "");
    assert_false(access(g->root_path, F_OK));
}

static void names_may_have_spaces_and_be_chinese(void **state)
{
    struct ground *g = *state;
    struct journal journal;

    tree_write(g->root_path, "旧 的/put b", "old");
    tree_write(g->work_path, "stage/新 的/ remove a ", "new");
    journal_init(&journal);
    journal_remove(&journal, "旧 的/put b");
    journal_put(&journal, "新 的/ remove a ");
    assert_int_equal(journal_write(&journal, g->work, &g->errs), 0);
    journal_release(&journal);
    assert_int_equal(apply(g), 0);
    assert_root(g, "新 的/\n新 的/ remove a  = new\n");
}

static void what_cannot_be_written_leaves_none(void **state)
{
    struct ground *g = *state;
    struct journal journal;

    journal_init(&journal);
    tree_make_folder(g->work_path, "journal/x");
    assert_int_equal(journal_write(&journal, g->work, &g->errs), -1);
    assert_int_equal(g->errs.count, 1);
    tree_remove(g->work_path, "journal");
    assert_false(journal_exists(g->work));
    assert_false(tree_has(g->work_path, "journal.new"));
    journal_release(&journal);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(does_what_it_says_and_goes),
        TEST(no_journal_is_nothing_to_do),
        TEST(goes_on_from_wherever_it_was_stopped),
        TEST(again_and_again_is_the_same_as_once),
        TEST(files_that_went_away_do_no_harm),
        TEST(one_that_is_cut_off_changes_nothing),
        TEST(one_that_is_not_ours_changes_nothing),
        TEST(one_with_a_zero_in_it_changes_nothing),
        TEST(what_is_no_file_is_no_journal),
        TEST(a_folder_in_place_of_a_stale_file_stays),
        TEST(what_cannot_be_done_keeps_the_journal),
        TEST(the_folder_itself_never_goes),
        TEST(names_may_have_spaces_and_be_chinese),
        TEST(what_cannot_be_written_leaves_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
