#include "base/base.h"

#include "publish/manifest.h"

#include <errno.h>
#include <fcntl.h>

#include "base/decimal.h"
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

/* What is needed to read one. */
struct reading {
    struct json_reader json;
    struct strbuf path; /* of the entry */
    struct strbuf *generator;
    void (*visit)(void *ctx, const struct manifest_entry *entry);
    void *ctx;
};

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void read_sha256(const struct json_reader *r, struct manifest_entry *entry)
{
    for (size_t i = 0; r->text_len == SHA256_HEX_SIZE - 1 && i < SHA256_SIZE; i++) {
        int high = digit_of(r->text[2 * i]), low = digit_of(r->text[2 * i + 1]);

        entry->sha256[i] = high < 0 || low < 0 ? 0 : (unsigned char)(high * 16 + low);
    }
}

static void read_size(const struct json_reader *r, struct manifest_entry *entry)
{
    struct decimal d;

    if (decimal_parse(r->text, r->text_len, &d) == DECIMAL_OK && !d.scale && d.units > 0)
        entry->size = (uint64_t)d.units;
}

/* One {"path": ..., ...}. False when it is none, or its path leads nowhere on a site. */
static bool read_entry(struct reading *reading)
{
    struct json_reader *r = &reading->json;
    struct manifest_entry entry = {0};

    while (json_next(r) == JSON_READ_KEY) {
        bool is_path = is_key(r, "path"), is_sum = is_key(r, "sha256"), is_size = is_key(r, "size");

        json_next(r);
        if (r->event == JSON_READ_STRING && is_path) {
            if (!site_path_is_good(r->text, r->text_len))
                return false;
            strbuf_clear(&reading->path);
            strbuf_add(&reading->path, r->text, r->text_len);
            entry.path = reading->path.buf;
        } else if (r->event == JSON_READ_STRING && is_sum) {
            read_sha256(r, &entry);
        } else if (r->event == JSON_READ_NUMBER && is_size) {
            read_size(r, &entry);
        } else if (json_skip(r)) {
            return false;
        }
    }
    if (!entry.path || r->event != JSON_READ_OBJECT_END)
        return false;
    reading->visit(reading->ctx, &entry);
    return true;
}

static bool read_files(struct reading *reading)
{
    while (json_next(&reading->json) == JSON_READ_OBJECT)
        if (!read_entry(reading))
            return false;
    return reading->json.event == JSON_READ_ARRAY_END;
}

/* False when this is no manifest of ours; other programs have files of that name, too. */
static bool read_manifest(struct reading *reading)
{
    struct json_reader *r = &reading->json;
    bool has_generator = false, has_files = false;

    if (json_next(r) != JSON_READ_OBJECT)
        return false;
    while (json_next(r) == JSON_READ_KEY) {
        bool is_generator = is_key(r, "generator"), is_files = is_key(r, "files");

        if (json_next(r) == JSON_READ_ARRAY && is_files) {
            if (!read_files(reading))
                return false;
            has_files = true;
            continue;
        }
        if (is_generator && r->event == JSON_READ_STRING) {
            has_generator = true;
            if (reading->generator)
                strbuf_add(reading->generator, r->text, r->text_len);
        }
        if (json_skip(r))
            return false;
    }
    return r->event == JSON_READ_OBJECT_END && json_next(r) == JSON_READ_END && has_generator &&
           has_files;
}

static void refuse(const struct json_reader *r, const char *shown, struct errs *errs)
{
    if (r->event != JSON_READ_FAILED)
        err_at(
            errs_add(errs, ERR_CONTENT, "foreign-manifest", "juesuan did not make this manifest"),
            shown, 0, 0);
}

int manifest_each(int folder, const char *shown, struct strbuf *generator,
                  void (*visit)(void *ctx, const struct manifest_entry *entry), void *ctx,
                  struct errs *errs)
{
    struct reading reading = {
        .path = STRBUF_INIT, .generator = generator, .visit = visit, .ctx = ctx};
    struct strbuf text = STRBUF_INIT;
    int result = -1;

    if (!fs_read(folder, MANIFEST_NAME, shown, limits.size, &text, errs)) {
        json_reader_init(&reading.json, shown, text.buf, text.len, &limits, errs);
        if (read_manifest(&reading))
            result = 0;
        else
            refuse(&reading.json, shown, errs);
        json_reader_release(&reading.json);
    }
    strbuf_release(&reading.path);
    strbuf_release(&text);
    return result;
}

struct collecting {
    struct manifest_paths *out;
    size_t cap;
};

static void collect(void *ctx, const struct manifest_entry *entry)
{
    struct collecting *c = ctx;

    MEM_GROW(c->out->paths, c->out->count, c->cap);
    c->out->paths[c->out->count++] = arena_strdup(&c->out->arena, entry->path);
}

int manifest_compare_entries(const void *a, const void *b)
{
    return strcmp(((const struct manifest_entry *)a)->path,
                  ((const struct manifest_entry *)b)->path);
}

int manifest_read(int folder, const char *shown, struct manifest_paths *out, struct errs *errs)
{
    struct collecting collecting = {.out = out};
    struct err *err;

    memset(out, 0, sizeof(*out));
    if (faccessat(folder, MANIFEST_NAME, F_OK, AT_SYMLINK_NOFOLLOW) && errno == ENOENT)
        return 0;
    if (!manifest_each(folder, shown, NULL, collect, &collecting, errs)) {
        if (out->count)
            qsort(out->paths, out->count, sizeof(*out->paths), compare_paths);
        return 0;
    }
    /* it is the output folder that is at fault, not the content */
    err = &errs->items[errs->count - 1];
    err->code = ERR_SYSTEM;
    if (!strcmp(err->id, "foreign-manifest") || err->line)
        err_hint(err, "without its manifest nobody can tell which files of the folder are the "
                      "site's; move the folder away, or choose another one with --out DIR");
    return -1;
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
