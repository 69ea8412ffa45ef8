#include "base/base.h"

#include "source/source.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/pool.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "source/ground.h"

static void reads_files_and_lists_folders(void **state)
{
    struct ground *g = *state;
    struct source_text text;
    struct fs_list list;

    put(g, "departments/b", "x");
    put(g, "departments/a/c", "y");
    assert_int_equal(source_read(g->source, "departments/a/c", &g->arena, &text, &g->errs), 0);
    assert_int_equal(text.len, 1);
    assert_string_equal(text.text, "y"); /* a NUL behind it */
    assert_true(strstr(text.path, "/departments/a/c") &&
                !strncmp(text.path, g->path, strlen(g->path)));
    assert_int_equal(source_list(g->source, "departments", &g->arena, &list, &g->errs), 0);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.entries[0].name, "a");
    assert_int_equal(list.entries[0].kind, FS_FOLDER);
    assert_string_equal(list.entries[1].name, "b");
    assert_int_equal(list.entries[1].kind, FS_FILE);
    assert_int_equal(source_list(g->source, "", &g->arena, &list, &g->errs), 0);
    assert_int_equal(list.count, 4);
    assert_string_equal(list.entries[3].name, "site.json");
    assert_true(source_has(g->source, "departments/a/c") && source_has(g->source, "departments"));
    assert_false(source_has(g->source, "departments/c") || source_has(g->source, "site.json/a"));
    assert_said(g, "");
}

static void an_empty_file_is_an_empty_text(void **state)
{
    struct ground *g = *state;
    struct source_text text;

    put(g, "empty", "");
    assert_int_equal(source_read(g->source, "empty", &g->arena, &text, &g->errs), 0);
    assert_int_equal(text.len, 0);
    assert_string_equal(text.text, "");
}

static void paths_are_shown_below_the_folder_as_it_was_named(void **state)
{
    struct ground *g = *state;
    struct source *source;
    struct strbuf path = STRBUF_INIT;

    strbuf_addf(&path, "%s///", g->path);
    source = source_open_folder(path.buf, &g->errs);
    assert_string_equal(source_shown(source, "", &g->arena), g->path);
    strbuf_set_len(&path, path.len - 2);
    strbuf_adds(&path, "a/b.json");
    assert_string_equal(source_shown(source, "a/b.json", &g->arena), path.buf);
    source_close(source);
    strbuf_release(&path);
}

static void shown_paths_are_harmless(void **state)
{
    struct ground *g = *state;
    const char *shown = source_shown(g->source, "a\x1b[31m\n/\x9b\xC2\x9B/决算", &g->arena);

    assert_string_equal(shown + strlen(g->path), "/a\\x1b[31m\\x0a/\\x9b\\xc2\\x9b/决算");
}

static void what_is_not_there_is_an_error(void **state)
{
    struct ground *g = *state;
    struct source_text text;
    struct fs_list list;

    assert_int_equal(source_read(g->source, "none", &g->arena, &text, &g->errs), -1);
    assert_said(g, "-: error[system]: cannot read content/none: No such file or directory\n");
    assert_int_equal(source_list(g->source, "none", &g->arena, &list, &g->errs), -1);
    assert_said(g, "-: error[system]: cannot open the folder content/none: No such file or "
                   "directory\n");
    assert_int_equal(source_list(g->source, "site.json", &g->arena, &list, &g->errs), -1);
    assert_int_equal(errs_status(&g->errs), ERR_SYSTEM);
    errs_release(&g->errs);
    assert_int_equal(source_read(g->source, "departments", &g->arena, &text, &g->errs), -1);
    assert_said(g, "content/departments: error[not-a-file]: this is not a regular file\n");
}

static void a_folder_that_is_none_cannot_be_opened(void **state)
{
    struct ground *g = *state;
    struct strbuf path = STRBUF_INIT;

    strbuf_addf(&path, "%s/none", g->path);
    assert_null(source_open_folder(path.buf, &g->errs));
    assert_said(g, "-: error[system]: cannot open the content folder content/none: No such file or "
                   "directory\n"
                   "  name the folder that holds departments/ with --content DIR\n");
    strbuf_clear(&path);
    strbuf_addf(&path, "%s/site.json", g->path);
    assert_null(source_open_folder(path.buf, &g->errs));
    assert_said(g, "-: error[system]: cannot open the content folder content/site.json: Not a "
                   "directory\n"
                   "  name the folder that holds departments/ with --content DIR\n");
    source_close(NULL);
    strbuf_release(&path);
}

static void links_lead_nowhere(void **state)
{
    struct ground *g = *state;
    struct source_text text;
    struct fs_list list;

    put_link(g, "file", "site.json");
    put_link(g, "folder", "profiles");
    put_link(g, "out", "/etc");
    assert_int_equal(source_read(g->source, "file", &g->arena, &text, &g->errs), -1);
    assert_said(g, "content/file: error[symbolic-link]: this is a symbolic link, and links are not "
                   "followed\n"
                   "  put a copy of what it leads to in its place\n");
    assert_int_equal(source_list(g->source, "folder", &g->arena, &list, &g->errs), -1);
    assert_int_equal(source_list(g->source, "out", &g->arena, &list, &g->errs), -1);
    assert_said(g,
                "content/folder: error[symbolic-link]: this is a symbolic link, and links are not "
                "followed\n"
                "  put a copy of what it leads to in its place\n"
                "content/out: error[symbolic-link]: this is a symbolic link, and links are not "
                "followed\n"
                "  put a copy of what it leads to in its place\n");
}

static void huge_files_are_refused(void **state)
{
    struct ground *g = *state;
    struct source_text text;
    int fd = openat(g->at, "huge", O_WRONLY | O_CREAT | O_CLOEXEC, 0666);

    assert_int_equal(ftruncate(fd, (off_t)SOURCE_FILE_MAX + 1), 0); /* takes no room */
    close(fd);
    assert_int_equal(source_read(g->source, "huge", &g->arena, &text, &g->errs), -1);
    assert_said(g, "content/huge: error[file-too-large]: the file is larger than the 64 MB that "
                   "are read\n  is it the right file?\n");
}

static void pipes_do_not_stop_us(void **state)
{
    struct ground *g = *state;
    struct source_text text;

    put_pipe(g, "pipe");
    assert_int_equal(source_read(g->source, "pipe", &g->arena, &text, &g->errs), -1);
    assert_said(g, "content/pipe: error[not-a-file]: this is not a regular file\n");
}

/* As nobody, who may not read everything. */
static int read_as_nobody(void *ctx)
{
    struct ground *g = ctx;
    struct source_text text;
    struct fs_list list;

    if (!geteuid() && setuid(65534))
        return 2;
    if (!source_read(g->source, "secret", &g->arena, &text, &g->errs) ||
        !source_list(g->source, "closed", &g->arena, &list, &g->errs))
        return 1;
    return g->errs.count == 2 && errs_status(&g->errs) == ERR_SYSTEM &&
                   strstr(g->errs.items[0].message, "Permission denied")
               ? 0
               : 1;
}

static void what_may_not_be_read_is_an_error(void **state)
{
    struct ground *g = *state;

    put(g, "secret", "x");
    put_folder(g, "closed");
    assert_int_equal(fchmodat(g->at, "secret", 0, 0) | fchmodat(g->at, "closed", 0, 0) |
                         chmod(g->path, 0755),
                     0);
    assert_int_equal(testing_in_child(read_as_nobody, g), 0);
    assert_int_equal(fchmodat(g->at, "closed", 0700, 0), 0);
}

/* --- several threads --- */

enum { FILES = 50 };

static void *read_one(void *ctx, size_t item)
{
    struct ground *g = ctx;
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct source_text text;
    char path[32];
    bool good;

    snprintf(path, sizeof(path), "many/%zu", item % FILES);
    good = !source_read(g->source, path, &arena, &text, &errs) && !strcmp(text.text, path);
    arena_release(&arena);
    errs_release(&errs);
    return good ? g : NULL;
}

static void count_good(void *ctx, size_t item, void *result)
{
    (void)item;
    (void)ctx;
    assert_non_null(result);
}

static void several_threads_read_at_once(void **state)
{
    struct ground *g = *state;
    struct pool_task task = {.count = testing_rounds(5000),
                             .threads = 4,
                             .window = 16,
                             .ctx = g,
                             .work = read_one,
                             .take = count_good};

    for (int i = 0; i < FILES; i++) {
        char path[32];

        snprintf(path, sizeof(path), "many/%d", i);
        put(g, path, path);
    }
    pool_run(&task);
}

#define ON_GROUND(test) cmocka_unit_test_setup_teardown(test, ground_set_up, ground_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_GROUND(reads_files_and_lists_folders),
        ON_GROUND(an_empty_file_is_an_empty_text),
        ON_GROUND(paths_are_shown_below_the_folder_as_it_was_named),
        ON_GROUND(shown_paths_are_harmless),
        ON_GROUND(what_is_not_there_is_an_error),
        ON_GROUND(a_folder_that_is_none_cannot_be_opened),
        ON_GROUND(links_lead_nowhere),
        ON_GROUND(huge_files_are_refused),
        ON_GROUND(pipes_do_not_stop_us),
        ON_GROUND(what_may_not_be_read_is_an_error),
        ON_GROUND(several_threads_read_at_once),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
