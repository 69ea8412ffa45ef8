#include "base/base.h"

#include "publish/output.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "publish/entries.h"
#include "publish/journal.h"
#include "publish/manifest.h"
#include "publish/place.h"
#include "publish/site_path.h"

/* Where we work: inside of a site that exists, beside one that does not. */
#define WORK_NAME ".juesuan"
#define ENTRIES_NAME "entries"

struct output {
    char *folder;   /* as the user named it, without a slash at its end */
    size_t existed; /* as much of it as there was before, when the folder did not exist */
    char *generator;
    char *work_path; /* .../.juesuan */
    int root;        /* the site, or -1 while it does not exist */
    int work;        /* locked */
    int stage;
    struct manifest_paths before;

    atomic_bool failed; /* a file could not be staged */

    pthread_mutex_t lock; /* guards what follows */
    struct entries *entries;
};

/* --- opening --- */

/* The work folder of a site that does not exist yet: a hidden neighbour. */
static char *neighbour(const char *folder)
{
    const char *slash = strrchr(folder, '/');
    const char *name = slash ? slash + 1 : folder;
    struct strbuf path = STRBUF_INIT;

    strbuf_add(&path, folder, (size_t)(name - folder));
    strbuf_addf(&path, ".%s" WORK_NAME, name);
    return strbuf_detach(&path, NULL);
}

static bool is_same_folder(int fd, const char *path)
{
    struct stat a, b;

    return !fstat(fd, &a) && !lstat(path, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Makes the work folder and takes its lock. */
static int lock_work(struct output *output, struct errs *errs)
{
    for (;;) {
        if (mkdir(output->work_path, 0777) && errno != EEXIST)
            goto failed;
        output->work = open(output->work_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (output->work < 0 && errno != ENOENT)
            goto failed;
        if (output->work >= 0) {
            if (flock(output->work, LOCK_EX | LOCK_NB)) {
                if (errno != EWOULDBLOCK)
                    goto failed;
                err_hint(errs_add(errs, ERR_SYSTEM, "locked", "another build is writing to %s",
                                  output->folder),
                         "wait until it has ended");
                return -1;
            }
            if (is_same_folder(output->work, output->work_path))
                return 0;
            close(output->work); /* it was removed by the build that had it before */
            output->work = -1;
        }
    }
failed:
    errs_add_errno(errs, errno, "cannot make the folder %s", output->work_path);
    return -1;
}

/* Empties a work folder: what a build left that was killed, or this one. */
static int empty_folder(int fd, const char *shown, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct fs_list list = {0};
    int result = fs_list(fd, ".", shown, &arena, &list, errs);

    for (size_t i = 0; !result && i < list.count; i++)
        result = fs_remove_tree(fd, list.entries[i].name, errs);
    arena_release(&arena);
    return result;
}

/* A first build that was killed left its work beside the folder that exists by now. */
static void sweep_neighbour(const struct output *output)
{
    struct errs ignored = ERRS_INIT;
    char *path = neighbour(output->folder);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

    if (fd >= 0) {
        if (!flock(fd, LOCK_EX | LOCK_NB) && is_same_folder(fd, path) &&
            !empty_folder(fd, path, &ignored))
            rmdir(path);
        close(fd);
    }
    errs_release(&ignored);
    free(path);
}

/* A folder that is not ours must not be filled with a site by mistake. */
static int check_folder(struct output *output, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct fs_list list;
    int result = 0;

    if (output->before.count || !faccessat(output->root, MANIFEST_NAME, F_OK, AT_SYMLINK_NOFOLLOW))
        return 0;
    if (fs_list(output->root, ".", output->folder, &arena, &list, errs))
        result = -1;
    for (size_t i = 0; !result && i < list.count; i++)
        if (list.entries[i].name[0] != '.') {
            err_hint(errs_add(errs, ERR_SYSTEM, "foreign-folder",
                              "the output folder %s holds files (%s) and no " MANIFEST_NAME
                              ", which says what juesuan made of them",
                              output->folder, list.entries[i].name),
                     "choose a folder that is empty or does not exist, with --out DIR; if juesuan "
                     "made these files, put its " MANIFEST_NAME " back, or empty the folder");
            result = -1;
        }
    arena_release(&arena);
    return result;
}

static int open_stage(struct output *output, struct errs *errs)
{
    if (empty_folder(output->work, output->work_path, errs))
        return -1;
    if (mkdirat(output->work, "stage", 0777) ||
        (output->stage = openat(output->work, "stage", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
        errs_add_errno(errs, errno, "cannot make the folder %s/stage", output->work_path);
        return -1;
    }
    output->entries = entries_new(output->work, ENTRIES_NAME);
    return 0;
}

static int open_root(struct output *output, struct errs *errs)
{
    struct strbuf path = STRBUF_INIT;
    struct stat st;

    output->root = open(output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (output->root >= 0) {
        strbuf_addf(&path, "%s/" WORK_NAME, output->folder);
        output->work_path = strbuf_detach(&path, NULL);
        return 0;
    }
    if (errno != ENOENT) {
        errs_add_errno(errs, errno, "cannot open the output folder %s", output->folder);
        return -1;
    }
    if (!lstat(output->folder, &st) && S_ISLNK(st.st_mode)) {
        err_hint(errs_add(errs, ERR_SYSTEM, "dangling-link",
                          "the output folder %s is a symbolic link to nothing", output->folder),
                 "make the folder that it should lead to");
        return -1;
    }
    output->existed = fs_existing(output->folder);
    if (fs_make_parents(AT_FDCWD, output->folder, errs)) {
        fs_remove_parents(output->folder, output->existed);
        return -1;
    }
    output->work_path = neighbour(output->folder);
    return 0;
}

static void release_work(struct output *output)
{
    rmdir(output->work_path);
    close(output->work);
    output->work = -1;
    free(output->work_path);
    output->work_path = NULL;
}

/* Finds out whether there is a site, and takes the lock. */
static int open_locked(struct output *output, struct errs *errs)
{
    for (;;) {
        if (open_root(output, errs) || lock_work(output, errs))
            return -1;
        if (output->root >= 0) {
            sweep_neighbour(output);
            return 0;
        }
        if (access(output->folder, F_OK))
            return 0;
        release_work(output); /* another build has made the folder in between */
    }
}

/* Closes and frees; what is on the disk stays. */
static void free_output(struct output *output)
{
    if (output->root < 0 && output->work_path)
        fs_remove_parents(output->folder, output->existed);
    if (output->stage >= 0)
        close(output->stage);
    if (output->work >= 0)
        close(output->work);
    if (output->root >= 0)
        close(output->root);
    manifest_release(&output->before);
    pthread_mutex_destroy(&output->lock);
    entries_free(output->entries);
    free(output->work_path);
    free(output->generator);
    free(output->folder);
    free(output);
}

/* Does what an interrupted build left to do. */
static int complete(struct output *output, struct errs *errs)
{
    if (!journal_apply(output->work, output->root, errs))
        return 0;
    if (!errs->items[errs->count - 1].hint || !strcmp(errs->items[errs->count - 1].id, "system"))
        err_hint(&errs->items[errs->count - 1],
                 "some files of %s are new and some are old; when this is mended, the next build "
                 "completes the change",
                 output->folder);
    return -1;
}

/* What there is in the site already. */
static int open_site(struct output *output, struct errs *errs)
{
    struct strbuf shown = STRBUF_INIT;
    int result = complete(output, errs);

    strbuf_addf(&shown, "%s/" MANIFEST_NAME, output->folder);
    if (!result)
        result = manifest_read(output->root, shown.buf, &output->before, errs);
    if (!result)
        result = check_folder(output, errs);
    strbuf_release(&shown);
    return result;
}

struct output *output_open(const char *folder, const char *generator, struct errs *errs)
{
    struct output *output = mem_zalloc(1, sizeof(*output));
    size_t len = strlen(folder);

    while (len > 1 && folder[len - 1] == '/')
        len--;
    output->folder = mem_strndup(folder, len);
    output->generator = mem_strdup(generator);
    output->root = output->work = output->stage = -1;
    pthread_mutex_init(&output->lock, NULL);
    if (open_locked(output, errs)) {
        free_output(output);
        return NULL;
    }
    if ((output->root >= 0 && open_site(output, errs)) || open_stage(output, errs)) {
        output_abandon(output);
        return NULL;
    }
    return output;
}

/* --- putting --- */

static int add_entry(struct output *output, const struct manifest_entry *entry, struct errs *errs)
{
    int result;

    pthread_mutex_lock(&output->lock);
    result = entries_add(output->entries, entry, errs);
    pthread_mutex_unlock(&output->lock);
    return result;
}

static int check_path(const char *path, struct errs *errs)
{
    if (site_path_is_good(path, strlen(path)))
        return 0;
    err_hint(errs_add(errs, ERR_CONTENT, "bad-path",
                      "'%s' cannot be the path of a file of the site", path),
             "names are UTF-8 without control characters");
    return -1;
}

static int check_free(const struct output *output, const char *path, struct errs *errs)
{
    size_t blocked;

    if (output->root < 0 || place_is_free(output->root, &output->before, path, &blocked))
        return 0;
    err_hint(errs_add(errs, ERR_SYSTEM, "foreign-file",
                      "%s/%.*s is in the way: juesuan did not make it", output->folder,
                      (int)blocked, path),
             "move it away, or choose another folder with --out DIR");
    return -1;
}

/* Where one file cannot be written the next ones cannot either, which need not be told. */
static int stage_data(struct output *output, const char *path, const void *data, size_t len,
                      struct errs *errs)
{
    struct errs own = ERRS_INIT;

    if (atomic_load(&output->failed))
        return -1;
    if (!fs_write(output->stage, path, data, len, &own))
        return 0;
    for (size_t i = 0; i < own.count; i++)
        err_at(&own.items[i], output->folder, 0, 0);
    if (!atomic_exchange(&output->failed, true))
        errs_move(errs, &own);
    errs_release(&own);
    return -1;
}

int output_put(struct output *output, const char *path, const void *data, size_t len,
               struct errs *errs)
{
    struct manifest_entry entry = {.path = path, .size = len};

    if (check_path(path, errs))
        return -1;
    entry.is_staged = output->root < 0 || !fs_same(output->root, path, data, len);
    if (entry.is_staged &&
        (check_free(output, path, errs) || stage_data(output, path, data, len, errs)))
        return -1;
    sha256(data, len, entry.sha256);
    return add_entry(output, &entry, errs);
}

char *output_stage(struct output *output, const char *path, struct errs *errs)
{
    struct strbuf staged = STRBUF_INIT;

    if (check_path(path, errs) || check_free(output, path, errs) ||
        fs_make_parents(output->stage, path, errs))
        return NULL;
    strbuf_addf(&staged, "%s/stage/%s", output->work_path, path);
    return strbuf_detach(&staged, NULL);
}

/* Reads two files side by side. `other` may be -1. Sets the digest and size of the first. */
static int digest_file(int fd, int other, unsigned char *digest, uint64_t *size, bool *same)
{
    enum { PIECE = 64 * 1024 };
    char *piece = mem_alloc(PIECE), *twin = mem_alloc(PIECE);
    struct sha256_state *state = sha256_begin();
    ssize_t got;

    *size = 0;
    *same = other >= 0;
    while ((got = read(fd, piece, PIECE)) > 0) {
        sha256_add(state, piece, (size_t)got);
        *size += (uint64_t)got;
        *same = *same && read(other, twin, (size_t)got) == got && !memcmp(piece, twin, (size_t)got);
    }
    *same = *same && read(other, twin, 1) == 0;
    sha256_end(state, digest);
    free(piece);
    free(twin);
    return got < 0 ? -1 : 0;
}

int output_adopt(struct output *output, const char *path, struct manifest_entry *info,
                 struct errs *errs)
{
    int fd = openat(output->stage, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), other = -1;
    struct manifest_entry entry = {.path = path};
    bool same;
    int result = -1;

    if (output->root >= 0)
        other = openat(output->root, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0 || digest_file(fd, other, entry.sha256, &entry.size, &same)) {
        errs_add_errno(errs, errno, "cannot read the staged file %s", path);
        goto out;
    }
    if (same && fs_remove_tree(output->stage, path, errs))
        goto out;
    entry.is_staged = !same;
    result = add_entry(output, &entry, errs);
    if (info)
        *info = entry;
out:
    if (fd >= 0)
        close(fd);
    if (other >= 0)
        close(other);
    return result;
}

/* --- committing --- */

struct entries_reader *output_read(struct output *output, struct errs *errs)
{
    return entries_sort(output->entries, errs) ? NULL : entries_read(output->entries, errs);
}

/* What there is to know at a place in the list of files, which is gone through once. */
struct committing {
    struct output *output;
    struct manifest_writer *manifest;
    struct journal *journal;
    struct output_summary *summary;
    size_t before;       /* paths of the manifest before that have been passed */
    struct strbuf above; /* the files so far whose paths the last one begins with, a string each */
};

/* Whether the file has the path of another one, or lies below one as if that were a folder. Files
 * are remembered as long as paths begin with theirs. */
static bool is_in_conflict(struct committing *c, const char *path)
{
    size_t len = 0;

    for (size_t at = 0; at < c->above.len; at = len) {
        const char *other = c->above.buf + at;
        size_t other_len = strlen(other);

        if (strncmp(path, other, other_len))
            break;
        if (!path[other_len] || path[other_len] == '/')
            return true;
        len = at + other_len + 1;
    }
    strbuf_set_len(&c->above, len);
    strbuf_add(&c->above, path, strlen(path) + 1);
    return false;
}

/* Files of the site before, up to `path`, that are no longer there; NULL: all that are left. */
static void pass_before(struct committing *c, const char *path)
{
    const struct manifest_paths *before = &c->output->before;

    for (; c->before < before->count; c->before++) {
        const char *old = before->paths[c->before];
        int order = path ? strcmp(old, path) : -1;

        if (order > 0)
            return;
        if (order < 0 && place_is_removable(c->output->root, old)) {
            journal_remove(c->journal, old);
            c->summary->removed++;
        }
    }
}

static int list_entry(struct committing *c, const struct manifest_entry *entry, struct errs *errs)
{
    if (is_in_conflict(c, entry->path)) {
        errs_add(errs, ERR_INTERNAL, "two-files", "two files want to be at %s", entry->path);
        return -1;
    }
    pass_before(c, entry->path);
    c->summary->files++;
    c->summary->bytes += entry->size;
    c->summary->written += entry->is_staged;
    return manifest_add(c->manifest, entry, errs);
}

/* Goes through the files and those of the site before: writes the manifest, notes what goes away,
 * counts. */
static int list_files(struct committing *c, struct errs *errs)
{
    struct entries_reader *reader = output_read(c->output, errs);
    struct manifest_entry entry;
    int status = reader ? 1 : -1;

    while (status > 0 && (status = entries_next(reader, &entry, errs)) > 0)
        if (list_entry(c, &entry, errs))
            status = -1;
    pass_before(c, NULL);
    entries_reader_free(reader);
    return status;
}

/* What is to be put into its place comes behind what goes away, the manifest last. */
static int list_puts(struct output *output, struct journal *journal, struct errs *errs)
{
    struct entries_reader *reader = entries_read(output->entries, errs);
    struct manifest_entry entry;
    int status = reader ? 1 : -1;

    while (status > 0 && (status = entries_next(reader, &entry, errs)) > 0)
        if (entry.is_staged)
            journal_put(journal, entry.path);
    journal_put(journal, MANIFEST_NAME);
    entries_reader_free(reader);
    return status;
}

/* The staged folder becomes the site. */
static int swap_in(struct output *output, struct errs *errs)
{
    struct strbuf stage = STRBUF_INIT;
    int result = 0;

    strbuf_addf(&stage, "%s/stage", output->work_path);
    if (syncfs(output->stage) || rename(stage.buf, output->folder)) {
        errs_add_errno(errs, errno, "cannot move the site to %s", output->folder);
        result = -1;
    }
    strbuf_release(&stage);
    return result;
}

static int apply(struct output *output, const struct journal *journal, struct errs *errs)
{
    if (syncfs(output->stage)) {
        errs_add_errno(errs, errno, "cannot write the site to the disk");
        return -1;
    }
    if (journal_write(journal, output->work, errs))
        return -1;
    return complete(output, errs);
}

static bool is_manifest_same(const struct output *output)
{
    struct errs ignored = ERRS_INIT;
    struct strbuf manifest = STRBUF_INIT;
    bool same =
        !fs_read(output->stage, MANIFEST_NAME, MANIFEST_NAME, SIZE_MAX / 2, &manifest, &ignored) &&
        fs_same(output->root, MANIFEST_NAME, manifest.buf, manifest.len);

    strbuf_release(&manifest);
    errs_release(&ignored);
    return same;
}

/* Writes the manifest and finds out what changes. */
static int prepare(struct output *output, struct journal *journal, struct output_summary *summary,
                   struct errs *errs)
{
    struct committing c = {
        .output = output, .journal = journal, .summary = summary, .above = STRBUF_INIT};
    int result;

    c.manifest = manifest_begin(output->stage, output->generator, errs);
    if (!c.manifest)
        return -1;
    result = list_files(&c, errs);
    strbuf_release(&c.above);
    return manifest_end(c.manifest, errs) | result;
}

/* Does what there is to do. */
static int change(struct output *output, struct journal *journal,
                  const struct output_summary *summary, struct errs *errs)
{
    if (output->root < 0)
        return swap_in(output, errs);
    if (!summary->written && !summary->removed && is_manifest_same(output))
        return 0;
    if (list_puts(output, journal, errs))
        return -1;
    return apply(output, journal, errs);
}

int output_commit(struct output *output, struct output_summary *summary, struct errs *errs)
{
    struct journal journal;
    int result;

    memset(summary, 0, sizeof(*summary));
    journal_init(&journal);
    result = prepare(output, &journal, summary, errs);
    if (!result)
        result = change(output, &journal, summary, errs);
    journal_release(&journal);
    output_abandon(output);
    return result;
}

void output_abandon(struct output *output)
{
    struct errs ignored = ERRS_INIT;

    if (!output)
        return;
    /* a journal that could not be applied stays, with what it needs, for the next build */
    if (output->work >= 0 && !journal_exists(output->work) &&
        !empty_folder(output->work, output->work_path, &ignored))
        rmdir(output->work_path);
    errs_release(&ignored);
    free_output(output);
}

bool output_is_unfinished(const char *folder)
{
    struct strbuf path = STRBUF_INIT;
    bool unfinished = false;
    int work;

    strbuf_addf(&path, "%s/" WORK_NAME, folder);
    work = open(path.buf, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (work >= 0) {
        unfinished = journal_exists(work);
        close(work);
    }
    strbuf_release(&path);
    return unfinished;
}
