#include "base/base.h"

#include "publish/journal.h"

#include <errno.h>
#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "publish/site_path.h"

#define JOURNAL_NAME "journal"
#define STAGE_PREFIX "stage/"
#define REMOVE "remove "
#define PUT "put "

static const char first_line[] = "juesuan journal 1\n";
static const char last_line[] = "end\n";

enum { JOURNAL_MAX = 1024 * 1024 * 1024 };

void journal_init(struct journal *journal)
{
    strbuf_init(&journal->text);
}

void journal_release(struct journal *journal)
{
    strbuf_release(&journal->text);
}

void journal_remove(struct journal *journal, const char *path)
{
    strbuf_addf(&journal->text, REMOVE "%s\n", path);
}

void journal_put(struct journal *journal, const char *path)
{
    strbuf_addf(&journal->text, PUT "%s\n", path);
}

int journal_write(const struct journal *journal, int work, struct errs *errs)
{
    struct strbuf text = STRBUF_INIT;
    int result;

    strbuf_adds(&text, first_line);
    strbuf_addbuf(&text, &journal->text);
    strbuf_adds(&text, last_line);
    result = fs_write_atomic(work, JOURNAL_NAME, text.buf, text.len, errs);
    if (!result && fsync(work)) { /* its name, too, before the first change */
        errs_add_errno(errs, errno, "cannot write the journal to the disk");
        unlinkat(work, JOURNAL_NAME, 0);
        result = -1;
    }
    strbuf_release(&text);
    return result;
}

bool journal_exists(int work)
{
    return !faccessat(work, JOURNAL_NAME, F_OK, AT_SYMLINK_NOFOLLOW) || errno != ENOENT;
}

/* The folders above a file, as far as they are empty. */
static void remove_empty_parents(int root, const char *path)
{
    char *copy = mem_strdup(path), *slash;

    while ((slash = strrchr(copy, '/'))) {
        *slash = '\0';
        /* one that is gone went when this was begun before */
        if (unlinkat(root, copy, AT_REMOVEDIR) && errno != ENOENT)
            break;
    }
    free(copy);
}

static int apply_remove(int root, const char *path, struct errs *errs)
{
    /* a folder in the file's place is somebody else's */
    if (unlinkat(root, path, 0) && errno != ENOENT && errno != ENOTDIR && errno != EISDIR) {
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
        int saved = errno;

        if (saved == ENOENT && faccessat(work, staged.buf, F_OK, AT_SYMLINK_NOFOLLOW))
            goto out; /* it was moved before */
        if (saved == ENOENT && fs_make_parents(root, path, errs)) {
            result = -1;
        } else if (saved != ENOENT || renameat(work, staged.buf, root, path)) {
            errs_add_errno(errs, errno, "cannot put %s into its place", path);
            result = -1;
        }
    }
out:
    strbuf_release(&staged);
    return result;
}

enum verb { VERB_NONE, VERB_REMOVE, VERB_PUT };

/* What a line says, and of which path; VERB_NONE when it may not stand in a journal. */
static enum verb read_line(const char *line, size_t len, const char **path)
{
    enum verb verb = !strncmp(line, REMOVE, strlen(REMOVE)) ? VERB_REMOVE
                     : !strncmp(line, PUT, strlen(PUT))     ? VERB_PUT
                                                            : VERB_NONE;

    if (!verb)
        return VERB_NONE;
    *path = line + (verb == VERB_PUT ? strlen(PUT) : strlen(REMOVE));
    return site_path_is_good(*path, (size_t)(line + len - *path)) ? verb : VERB_NONE;
}

/* Divides the text into strings, a line each, and returns the first of them that is about a path;
 * NULL when it is not a whole journal. *end is where the last line begins. */
static char *read_lines(struct strbuf *text, char **end)
{
    size_t first = strlen(first_line), last = strlen(last_line);
    char *newline;
    const char *path;

    if (text->len < first + last || memcmp(text->buf, first_line, first) ||
        memcmp(text->buf + text->len - last, last_line, last))
        return NULL;
    *end = text->buf + text->len - last;
    for (char *line = text->buf + first; line < *end; line = newline + 1) {
        newline = memchr(line, '\n', (size_t)(*end - line));
        if (!newline || !read_line(line, (size_t)(newline - line), &path))
            return NULL;
        *newline = '\0';
    }
    return text->buf + first;
}

static int apply_text(int work, int root, struct strbuf *text, struct errs *errs)
{
    char *end, *line = read_lines(text, &end);
    int result = 0;

    if (!line) {
        err_hint(errs_add(errs, ERR_SYSTEM, "broken-journal",
                          "the journal of an interrupted build is broken"),
                 "remove the folder .juesuan from the output folder, then build again");
        return -1;
    }
    for (const char *path; !result && line < end; line += strlen(line) + 1) {
        switch (read_line(line, strlen(line), &path)) {
        case VERB_PUT:
            result = apply_put(work, root, path, errs);
            break;
        case VERB_REMOVE:
            result = apply_remove(root, path, errs);
            break;
        case VERB_NONE: /* read_lines() lets none through */
            break;
        }
    }
    if (!result && syncfs(root)) {
        errs_add_errno(errs, errno, "cannot write the site to the disk");
        result = -1;
    }
    return result;
}

int journal_apply(int work, int root, struct errs *errs)
{
    struct strbuf text = STRBUF_INIT;
    int result;

    if (!journal_exists(work))
        return 0;
    result = fs_read(work, JOURNAL_NAME, JOURNAL_NAME, JOURNAL_MAX, &text, errs);
    if (!result)
        result = apply_text(work, root, &text, errs);
    if (!result)
        result = fs_remove_tree(work, JOURNAL_NAME, errs);
    strbuf_release(&text);
    return result;
}
