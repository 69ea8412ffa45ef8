#include "base/base.h"

#include "publish/journal.h"

#include <errno.h>
#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"

#define JOURNAL_NAME "journal"
#define STAGE_PREFIX "stage/"

static const char first_line[] = "juesuan journal 1\n";

enum { JOURNAL_MAX = 1024 * 1024 * 1024 };

void journal_init(struct journal *journal)
{
    strbuf_init(&journal->text);
    strbuf_adds(&journal->text, first_line);
}

void journal_release(struct journal *journal)
{
    strbuf_release(&journal->text);
}

void journal_remove(struct journal *journal, const char *path)
{
    strbuf_addf(&journal->text, "remove %s\n", path);
}

void journal_put(struct journal *journal, const char *path)
{
    strbuf_addf(&journal->text, "put %s\n", path);
}

int journal_write(const struct journal *journal, int work, struct errs *errs)
{
    return fs_write_atomic(work, JOURNAL_NAME, journal->text.buf, journal->text.len, errs);
}

/* The folders above a file, as far as they are empty. */
static void remove_empty_parents(int root, const char *path)
{
    char *copy = mem_strdup(path), *slash;

    while ((slash = strrchr(copy, '/'))) {
        *slash = '\0';
        if (unlinkat(root, copy, AT_REMOVEDIR))
            break;
    }
    free(copy);
}

static int apply_remove(int root, const char *path, struct errs *errs)
{
    if (unlinkat(root, path, 0) && errno != ENOENT && errno != ENOTDIR) {
        errs_add_errno(errs, errno, "cannot remove %s", path);
        return -1;
    }
    remove_empty_parents(root, path);
    return 0;
}

static int apply_put(int work, int root, const char *path, struct errs *errs)
{
    struct strbuf staged = STRBUF_INIT;
    int result = 0;

    strbuf_addf(&staged, STAGE_PREFIX "%s", path);
    if (renameat(work, staged.buf, root, path)) {
        if (errno == ENOENT && !fs_make_parents(root, path, errs) &&
            !renameat(work, staged.buf, root, path))
            goto out;
        /* the second time, it is in its place already */
        if (errno != ENOENT || faccessat(root, path, F_OK, AT_SYMLINK_NOFOLLOW)) {
            errs_add_errno(errs, errno, "cannot put %s into its place", path);
            result = -1;
        }
    }
out:
    strbuf_release(&staged);
    return result;
}

static int apply_line(int work, int root, const char *line, struct errs *errs)
{
    if (!strncmp(line, "remove ", 7))
        return apply_remove(root, line + 7, errs);
    if (!strncmp(line, "put ", 4))
        return apply_put(work, root, line + 4, errs);
    errs_add(errs, ERR_SYSTEM, "broken-journal", "the journal of an interrupted build is broken");
    return -1;
}

static int apply_text(int work, int root, struct strbuf *text, struct errs *errs)
{
    char *line = text->buf + strlen(first_line), *end;
    int result = 0;

    if (strncmp(text->buf, first_line, strlen(first_line)))
        return apply_line(work, root, "", errs);
    for (; !result && (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        result = apply_line(work, root, line, errs);
    }
    return result;
}

int journal_apply(int work, int root, struct errs *errs)
{
    struct strbuf text = STRBUF_INIT;
    int result;

    if (faccessat(work, JOURNAL_NAME, F_OK, AT_SYMLINK_NOFOLLOW) && errno == ENOENT)
        return 0;
    result = fs_read(work, JOURNAL_NAME, JOURNAL_NAME, JOURNAL_MAX, &text, errs);
    if (!result)
        result = apply_text(work, root, &text, errs);
    if (!result && syncfs(root)) {
        errs_add_errno(errs, errno, "cannot write the site to the disk");
        result = -1;
    }
    if (!result)
        result = fs_remove_tree(work, JOURNAL_NAME, errs);
    strbuf_release(&text);
    return result;
}
