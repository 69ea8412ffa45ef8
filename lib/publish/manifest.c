#include "base/base.h"

#include "publish/manifest.h"

#include <errno.h>
#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "text/json_read.h"
#include "text/json_write.h"

enum { FLUSH_AT = 64 * 1024 };

static const struct json_limits limits = {.size = 1024 * 1024 * 1024, .string = 4096, .depth = 8};

/* --- reading --- */

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One {"path": ..., ...}. */
static void read_entry(struct json_reader *r, struct manifest_paths *out, size_t *cap)
{
    while (json_next(r) == JSON_READ_KEY) {
        bool is_path = r->text_len == 4 && !memcmp(r->text, "path", 4);

        if (json_next(r) == JSON_READ_STRING && is_path) {
            MEM_GROW(out->paths, out->count, *cap);
            out->paths[out->count++] = arena_strndup(&out->arena, r->text, r->text_len);
        } else {
            json_skip(r);
        }
    }
}

static void read_entries(struct json_reader *r, struct manifest_paths *out)
{
    size_t cap = 0;

    if (json_next(r) != JSON_READ_OBJECT)
        return;
    while (json_next(r) == JSON_READ_KEY) {
        bool is_files = r->text_len == 5 && !memcmp(r->text, "files", 5);

        if (json_next(r) == JSON_READ_ARRAY && is_files)
            while (json_next(r) == JSON_READ_OBJECT)
                read_entry(r, out, &cap);
        else
            json_skip(r);
    }
}

int manifest_read(int folder, struct manifest_paths *out, struct errs *errs)
{
    struct strbuf text = STRBUF_INIT;
    struct json_reader r;
    int result = -1;

    memset(out, 0, sizeof(*out));
    if (faccessat(folder, MANIFEST_NAME, F_OK, AT_SYMLINK_NOFOLLOW) && errno == ENOENT)
        return 0;
    if (fs_read(folder, MANIFEST_NAME, MANIFEST_NAME, limits.size, &text, errs))
        goto out;
    json_reader_init(&r, MANIFEST_NAME, text.buf, text.len, &limits, errs);
    read_entries(&r, out);
    if (r.event == JSON_READ_FAILED) {
        err_hint(&errs->items[errs->count - 1],
                 "without its manifest nobody can tell which files of the folder are the site's; "
                 "move the folder away and build anew");
    } else {
        result = 0;
        if (out->count)
            qsort(out->paths, out->count, sizeof(*out->paths), compare_paths);
    }
    json_reader_release(&r);
out:
    strbuf_release(&text);
    return result;
}

void manifest_release(struct manifest_paths *paths)
{
    free(paths->paths);
    arena_release(&paths->arena);
    memset(paths, 0, sizeof(*paths));
}

bool manifest_has(const struct manifest_paths *paths, const char *path)
{
    return paths->count &&
           bsearch(&path, paths->paths, paths->count, sizeof(*paths->paths), compare_paths);
}

/* --- writing --- */

static int flush(int fd, struct strbuf *text)
{
    const char *at = text->buf;
    size_t left = text->len;

    while (left) {
        ssize_t done = write(fd, at, left);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return -1;
        at += done;
        left -= (size_t)done;
    }
    strbuf_clear(text);
    return 0;
}

static void write_entry(struct json_writer *w, const struct manifest_entry *entry)
{
    char hex[SHA256_HEX_SIZE];

    sha256_format(entry->sha256, hex);
    json_write_object(w);
    json_write_key(w, "path");
    json_write_string(w, entry->path, strlen(entry->path));
    json_write_key(w, "size");
    json_write_int(w, (int64_t)entry->size);
    json_write_key(w, "sha256");
    json_write_string(w, hex, SHA256_HEX_SIZE - 1);
    json_write_object_end(w);
}

int manifest_write(int folder, const char *generator, const struct manifest_entry *entries,
                   size_t count, struct errs *errs)
{
    int fd = openat(folder, MANIFEST_NAME, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    struct strbuf text = STRBUF_INIT;
    struct json_writer w;
    int failed = fd < 0;

    json_writer_init(&w, &text, 2);
    json_write_object(&w);
    json_write_key(&w, "generator");
    json_write_string(&w, generator, strlen(generator));
    json_write_key(&w, "files");
    json_write_array(&w);
    for (size_t i = 0; !failed && i < count; i++) {
        write_entry(&w, &entries[i]);
        if (text.len > FLUSH_AT)
            failed = flush(fd, &text);
    }
    json_write_array_end(&w);
    json_write_object_end(&w);
    json_write_finish(&w);
    failed = failed || flush(fd, &text);
    if (failed)
        errs_add_errno(errs, errno, "cannot write %s", MANIFEST_NAME);
    if (fd >= 0 && close(fd) && !failed) {
        errs_add_errno(errs, errno, "cannot write %s", MANIFEST_NAME);
        failed = 1;
    }
    strbuf_release(&text);
    return failed ? -1 : 0;
}
