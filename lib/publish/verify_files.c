#include "base/base.h"

#include "publish/verify_files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "publish/manifest.h"
#include "publish/output.h"

enum { CHUNK = 256 * 1024 };

struct verifying {
    const char *folder; /* as it is shown */
    int at;
    struct verified_files *out;
    struct strbuf shown; /* of a file */
    struct strbuf chunk;
    struct errs *errs;
};

static const char *show(struct verifying *v, const char *path)
{
    strbuf_clear(&v->shown);
    strbuf_addf(&v->shown, "%s/%s", v->folder, path);
    return v->shown.buf;
}

static struct err *add_error(struct verifying *v, const char *path, const char *id,
                             const char *message)
{
    struct err *err = errs_add(v->errs, ERR_CONTENT, id, "%s", message);

    err_at(err, show(v, path), 0, 0);
    return err;
}

static int open_folder(const char *folder, struct errs *errs)
{
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (at < 0)
        errs_add_errno(errs, errno, "cannot open the folder %s", folder);
    return at;
}

/* --- files against the manifest --- */

/* -1 with errno set. */
static int hash(struct verifying *v, int fd, unsigned char digest[SHA256_SIZE])
{
    static const size_t size = CHUNK;
    struct sha256_state *state = sha256_begin();
    ssize_t got;

    strbuf_grow(&v->chunk, size);
    do {
        got = read(fd, v->chunk.buf, size);
        if (got > 0)
            sha256_add(state, v->chunk.buf, (size_t)got);
    } while (got > 0 || (got < 0 && errno == EINTR));
    sha256_end(state, digest);
    return got < 0 ? -1 : 0;
}

static void compare_file(struct verifying *v, int fd, const struct manifest_entry *entry)
{
    unsigned char digest[SHA256_SIZE];
    struct stat st;

    if (fstat(fd, &st) ||
        (S_ISREG(st.st_mode) && (uint64_t)st.st_size == entry->size && hash(v, fd, digest))) {
        errs_add_errno(v->errs, errno, "cannot read %s", show(v, entry->path));
        return;
    }
    if (S_ISREG(st.st_mode) && (uint64_t)st.st_size == entry->size &&
        !memcmp(digest, entry->sha256, SHA256_SIZE))
        return;
    v->out->altered++;
    if (!S_ISREG(st.st_mode))
        add_error(v, entry->path, "altered-file", "this is not a file, as the manifest says");
    else if ((uint64_t)st.st_size != entry->size)
        err_hint(add_error(v, entry->path, "altered-file",
                           "this is not the file that the manifest lists"),
                 "it has %llu bytes, and there it has %llu", (unsigned long long)st.st_size,
                 (unsigned long long)entry->size);
    else
        err_hint(add_error(v, entry->path, "altered-file",
                           "this is not the file that the manifest lists"),
                 "its SHA-256 is another one");
}

static void verify_entry(void *ctx, const struct manifest_entry *entry)
{
    struct verifying *v = ctx;
    int fd = openat(v->at, entry->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    v->out->files++;
    v->out->bytes += entry->size;
    if (fd >= 0) {
        compare_file(v, fd, entry);
        close(fd);
    } else if (errno == ENOENT || errno == ENOTDIR) {
        v->out->missing++;
        add_error(v, entry->path, "missing-file",
                  "the manifest lists this file, and it is not there");
    } else if (errno == ELOOP) {
        v->out->altered++;
        add_error(v, entry->path, "altered-file",
                  "this is a symbolic link, and the manifest lists a file");
    } else {
        errs_add_errno(v->errs, errno, "cannot read %s", show(v, entry->path));
    }
}

/* What is at the top and no part of the site. */
static bool is_besides(const char *name)
{
    return !strcmp(name, ".git") || !strcmp(name, ".juesuan") || !strcmp(name, MANIFEST_NAME);
}

/* `folder` ends in a slash, or is empty. */
static void look_for_unknown(struct verifying *v, const struct manifest_paths *known,
                             const char *folder)
{
    struct arena arena = ARENA_INIT;
    struct fs_list list = {0};

    fs_list(v->at, *folder ? folder : ".", show(v, folder), &arena, &list, v->errs);
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        const char *path = arena_format(&arena, "%s%s", folder, entry->name);

        if (!*folder && is_besides(entry->name))
            continue;
        if (entry->kind == FS_FOLDER) {
            look_for_unknown(v, known, arena_format(&arena, "%s/", path));
        } else if (!manifest_has(known, path)) {
            v->out->unknown++;
            add_error(v, path, "unknown-file", "the manifest does not list this file");
        }
    }
    arena_release(&arena);
}

static int verify_listed(struct verifying *v)
{
    struct manifest_paths known = {0};
    struct strbuf manifest = STRBUF_INIT;
    int result;

    strbuf_addf(&manifest, "%s/" MANIFEST_NAME, v->folder);
    if (faccessat(v->at, MANIFEST_NAME, F_OK, AT_SYMLINK_NOFOLLOW)) {
        err_hint(add_error(v, MANIFEST_NAME, "no-manifest",
                           "there is no manifest, which would say what the files must be"),
                 "is it a site that juesuan made, and its uppermost folder?");
        result = -1;
    } else {
        result = manifest_each(v->at, manifest.buf, NULL, verify_entry, v, v->errs);
    }
    if (!result)
        result = manifest_read(v->at, manifest.buf, &known, v->errs);
    v->out->has_manifest = !result;
    if (!result)
        look_for_unknown(v, &known, "");
    manifest_release(&known);
    strbuf_release(&manifest);
    return result;
}

int verify_files(const char *folder, struct verified_files *out, struct errs *errs)
{
    struct verifying v = {.folder = folder,
                          .at = open_folder(folder, errs),
                          .out = out,
                          .shown = STRBUF_INIT,
                          .chunk = STRBUF_INIT,
                          .errs = errs};
    size_t before = errs_count(errs);

    memset(out, 0, sizeof(*out));
    if (v.at < 0)
        return -1;
    if (output_is_unfinished(folder))
        err_hint(errs_add(errs, ERR_CONTENT, "unfinished", "a build of %s was interrupted", folder),
                 "some files are new and some are old; the next build completes it");
    verify_listed(&v);
    close(v.at);
    strbuf_release(&v.shown);
    strbuf_release(&v.chunk);
    return errs_count(errs) == before ? 0 : -1;
}

/* --- one manifest against another --- */

struct listed {
    struct manifest_entry *entries; /* sorted; paths are in the arena */
    size_t count, cap;
    struct arena arena;
    struct strbuf generator;
};

static void take_entry(void *ctx, const struct manifest_entry *entry)
{
    struct listed *list = ctx;

    MEM_GROW(list->entries, list->count, list->cap);
    list->entries[list->count] = *entry;
    list->entries[list->count++].path = arena_strdup(&list->arena, entry->path);
}

static int read_list(struct listed *list, const char *folder, struct errs *errs)
{
    int at = open_folder(folder, errs), result;

    if (at < 0)
        return -1;
    result = manifest_each(at, folder, &list->generator, take_entry, list, errs);
    close(at);
    if (list->count)
        qsort(list->entries, list->count, sizeof(*list->entries), manifest_compare_entries);
    return result;
}

static void release_list(struct listed *list)
{
    free(list->entries);
    arena_release(&list->arena);
    strbuf_release(&list->generator);
}

static void compare_lists(struct verifying *v, const struct listed *site,
                          const struct listed *built)
{
    for (size_t i = 0, j = 0; i < site->count || j < built->count;) {
        const struct manifest_entry *a = i < site->count ? &site->entries[i] : NULL;
        const struct manifest_entry *b = j < built->count ? &built->entries[j] : NULL;
        int order = !a ? 1 : !b ? -1 : strcmp(a->path, b->path);

        if (order < 0)
            add_error(v, a->path, "not-of-source", "its sources do not give this file");
        else if (order > 0)
            add_error(v, b->path, "not-of-source",
                      "its sources give this file, and the site does not have it");
        else if (a->size != b->size || memcmp(a->sha256, b->sha256, SHA256_SIZE) != 0)
            add_error(v, a->path, "not-of-source", "its sources give another file");
        i += order <= 0;
        j += order >= 0;
    }
}

int verify_same(const char *folder, const char *built, struct errs *errs)
{
    struct verifying v = {.folder = folder, .shown = STRBUF_INIT, .errs = errs};
    struct listed a = {.generator = STRBUF_INIT}, b = {.generator = STRBUF_INIT};
    size_t before = errs_count(errs);

    if (!read_list(&a, folder, errs) && !read_list(&b, built, errs)) {
        compare_lists(&v, &a, &b);
        if (strcmp(a.generator.buf, b.generator.buf) != 0)
            err_hint(add_error(&v, MANIFEST_NAME, "another-version",
                               "the site was made by another version of the program"),
                     "that was %s, and this is %s, which may make other pages of the same sources",
                     a.generator.buf, b.generator.buf);
    }
    release_list(&a);
    release_list(&b);
    strbuf_release(&v.shown);
    return errs_count(errs) == before ? 0 : -1;
}
