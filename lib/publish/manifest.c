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

struct manifest_writer {
    int fd;
    struct strbuf text; /* what waits to be written */
    struct json_writer json;
    bool has_failed;
};

static int fail(struct manifest_writer *writer, int reason, struct errs *errs)
{
    errs_add_errno(errs, reason, "cannot write %s", MANIFEST_NAME);
    writer->has_failed = true;
    return -1;
}

static int flush(struct manifest_writer *writer, struct errs *errs)
{
    if (fs_write_fd(writer->fd, writer->text.buf, writer->text.len))
        return fail(writer, errno, errs);
    strbuf_clear(&writer->text);
    return 0;
}

struct manifest_writer *manifest_begin(int folder, const char *generator, struct errs *errs)
{
    int fd = openat(folder, MANIFEST_NAME, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    struct manifest_writer *writer;

    if (fd < 0) {
        errs_add_errno(errs, errno, "cannot write %s", MANIFEST_NAME);
        return NULL;
    }
    writer = mem_zalloc(1, sizeof(*writer));
    writer->fd = fd;
    strbuf_init(&writer->text);
    json_writer_init(&writer->json, &writer->text, 2);
    json_write_object(&writer->json);
    json_write_key(&writer->json, "generator");
    json_write_string(&writer->json, generator, strlen(generator));
    json_write_key(&writer->json, "files");
    json_write_array(&writer->json);
    return writer;
}

int manifest_add(struct manifest_writer *writer, const struct manifest_entry *entry,
                 struct errs *errs)
{
    struct json_writer *w = &writer->json;
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
    return writer->text.len > FLUSH_AT ? flush(writer, errs) : 0;
}

int manifest_end(struct manifest_writer *writer, struct errs *errs)
{
    int result;

    json_write_array_end(&writer->json);
    json_write_object_end(&writer->json);
    json_write_finish(&writer->json);
    if (!writer->has_failed)
        flush(writer, errs);
    if (close(writer->fd) && !writer->has_failed)
        fail(writer, errno, errs);
    result = writer->has_failed ? -1 : 0;
    strbuf_release(&writer->text);
    free(writer);
    return result;
}
