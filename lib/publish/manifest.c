#include "base/base.h"

#include "publish/manifest.h"

#include <errno.h>
#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "publish/site_path.h"
#include "text/json_read.h"
#include "text/json_write.h"

enum { FLUSH_AT = 64 * 1024 };

static const struct json_limits limits = {.size = 1024 * 1024 * 1024, .string = 4096, .depth = 8};

/* --- reading --- */

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_key(const struct json_reader *r, const char *key)
{
    return r->text_len == strlen(key) && !memcmp(r->text, key, r->text_len);
}

/* One {"path": ..., ...}. False when it is none, or its path leads nowhere on a site. */
static bool read_entry(struct json_reader *r, struct manifest_paths *out, size_t *cap)
{
    bool found = false;

    while (json_next(r) == JSON_READ_KEY) {
        bool is_path = is_key(r, "path");

        if (json_next(r) == JSON_READ_STRING && is_path) {
            found = site_path_is_good(r->text, r->text_len);
            if (!found)
                return false;
            MEM_GROW(out->paths, out->count, *cap);
            out->paths[out->count++] = arena_strndup(&out->arena, r->text, r->text_len);
        } else if (json_skip(r)) {
            return false;
        }
    }
    return found && r->event == JSON_READ_OBJECT_END;
}

static bool read_files(struct json_reader *r, struct manifest_paths *out)
{
    size_t cap = 0;

    while (json_next(r) == JSON_READ_OBJECT)
        if (!read_entry(r, out, &cap))
            return false;
    return r->event == JSON_READ_ARRAY_END;
}

/* False when this is no manifest of ours; other programs have files of that name, too. */
static bool read_manifest(struct json_reader *r, struct manifest_paths *out)
{
    bool has_generator = false, has_files = false;

    if (json_next(r) != JSON_READ_OBJECT)
        return false;
    while (json_next(r) == JSON_READ_KEY) {
        bool is_generator = is_key(r, "generator"), is_files = is_key(r, "files");

        if (json_next(r) == JSON_READ_ARRAY && is_files) {
            if (!read_files(r, out))
                return false;
            has_files = true;
        } else {
            has_generator = has_generator || (is_generator && r->event == JSON_READ_STRING);
            if (json_skip(r))
                return false;
        }
    }
    return r->event == JSON_READ_OBJECT_END && json_next(r) == JSON_READ_END && has_generator &&
           has_files;
}

/* It is the output folder that is at fault, not the content. */
static void refuse(const struct json_reader *r, const char *shown, struct errs *errs)
{
    struct err *err = r->event == JSON_READ_FAILED ? &errs->items[errs->count - 1] : NULL;

    if (!err) {
        err = errs_add(errs, ERR_SYSTEM, "foreign-manifest", "juesuan did not make this manifest");
        err_at(err, shown, 0, 0);
    }
    err->code = ERR_SYSTEM;
    err_hint(err, "without its manifest nobody can tell which files of the folder are the site's; "
                  "move the folder away, or choose another one with --out DIR");
}

int manifest_read(int folder, const char *shown, struct manifest_paths *out, struct errs *errs)
{
    struct strbuf text = STRBUF_INIT;
    struct json_reader r;
    int result = -1;

    memset(out, 0, sizeof(*out));
    if (faccessat(folder, MANIFEST_NAME, F_OK, AT_SYMLINK_NOFOLLOW) && errno == ENOENT)
        return 0;
    if (fs_read(folder, MANIFEST_NAME, shown, limits.size, &text, errs)) {
        errs->items[errs->count - 1].code = ERR_SYSTEM;
        goto out;
    }
    json_reader_init(&r, shown, text.buf, text.len, &limits, errs);
    if (read_manifest(&r, out)) {
        result = 0;
        if (out->count)
            qsort(out->paths, out->count, sizeof(*out->paths), compare_paths);
    } else {
        refuse(&r, shown, errs);
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
    int failed = fd < 0 ? errno : 0;

    json_writer_init(&w, &text, 2);
    json_write_object(&w);
    json_write_key(&w, "generator");
    json_write_string(&w, generator, strlen(generator));
    json_write_key(&w, "files");
    json_write_array(&w);
    for (size_t i = 0; !failed && i < count; i++) {
        write_entry(&w, &entries[i]);
        if (text.len > FLUSH_AT)
            failed = flush(fd, &text) ? errno : 0;
    }
    json_write_array_end(&w);
    json_write_object_end(&w);
    json_write_finish(&w);
    if (!failed)
        failed = flush(fd, &text) ? errno : 0;
    if (fd >= 0 && close(fd) && !failed)
        failed = errno;
    if (failed)
        errs_add_errno(errs, failed, "cannot write %s", MANIFEST_NAME);
    strbuf_release(&text);
    return failed ? -1 : 0;
}
