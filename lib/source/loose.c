#include "base/base.h"

#include "source/loose.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <zlib.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"

/* Behind packs, which have it too, and stand before what was added later; before libgit2's own. */
enum { PRIORITY = 2 };

/* "commit 1234" and a NUL */
enum { HEADER_MAX = 64 };

struct loose {
    git_odb_backend base;
    char *folder;
};

/* An object that is being unpacked. */
struct unpacking {
    z_stream z;
    struct strbuf packed;
    unsigned char header[HEADER_MAX];
    bool is_ended; /* all of it has been unpacked */
    size_t begun;  /* bytes of the object itself that are in the header's buffer, at its end ... */
    size_t header_len; /* ... from here on */
    git_object_t type;
    size_t size; /* of the object */
};

static int broken(const char *why)
{
    git_error_set_str(GIT_ERROR_ODB, why);
    return GIT_ERROR;
}

/* GIT_ENOTFOUND without a word, since the next backend may have it. */
static int read_packed(const struct loose *loose, const git_oid *oid, struct strbuf *out)
{
    struct strbuf path = STRBUF_INIT;
    struct errs errs = ERRS_INIT;
    char hex[GIT_OID_HEXSZ + 1];
    int result = 0;

    git_oid_tostr(hex, sizeof(hex), oid);
    strbuf_addf(&path, "%s/%.2s/%s", loose->folder, hex, hex + 2);
    if (access(path.buf, F_OK))
        result = GIT_ENOTFOUND;
    else if (fs_read(AT_FDCWD, path.buf, path.buf, SIZE_MAX / 2, out, &errs))
        result = broken(errs.items[0].message);
    errs_release(&errs);
    strbuf_release(&path);
    return result;
}

/* The type and size that an object begins with. */
static int read_header(struct unpacking *u)
{
    const unsigned char *nul = memchr(u->header, '\0', u->z.total_out);
    char *space = nul ? strchr((char *)u->header, ' ') : NULL, *end;

    if (!space)
        return broken("the object has no header");
    *space = '\0';
    u->type = git_object_string2type((const char *)u->header);
    errno = 0;
    u->size = strtoull(space + 1, &end, 10);
    if (u->type < GIT_OBJECT_COMMIT || errno || end == space + 1 || *end || space[1] == '-')
        return broken("the object has a broken header");
    u->header_len = (size_t)(nul - u->header) + 1;
    u->begun = u->z.total_out - u->header_len;
    return 0;
}

static int start(struct unpacking *u, const struct loose *loose, const git_oid *oid)
{
    int result = read_packed(loose, oid, &u->packed), code;

    if (result)
        return result;
    if (inflateInit(&u->z) != Z_OK)
        return broken("zlib cannot be used");
    u->z.next_in = (unsigned char *)u->packed.buf;
    u->z.avail_in = (unsigned)(u->packed.len < UINT_MAX ? u->packed.len : UINT_MAX);
    u->z.next_out = u->header;
    u->z.avail_out = sizeof(u->header);
    code = inflate(&u->z, Z_SYNC_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        return broken(u->z.msg ? u->z.msg : "the object cannot be unpacked");
    u->is_ended = code == Z_STREAM_END;
    return read_header(u);
}

static void end(struct unpacking *u)
{
    inflateEnd(&u->z);
    strbuf_release(&u->packed);
}

/* Into `data`, which has room for a byte more. */
static int unpack(struct unpacking *u, unsigned char *data)
{
    memcpy(data, u->header + u->header_len, u->begun);
    u->z.next_out = data + u->begun;
    u->z.avail_out = (unsigned)(u->size - u->begun) + 1; /* so that it gets to see its end */
    if (!u->is_ended)
        u->is_ended = inflate(&u->z, Z_FINISH) == Z_STREAM_END;
    if (!u->is_ended || u->z.total_out != u->header_len + u->size)
        return broken(u->z.msg ? u->z.msg : "the object is cut off, or longer than it says");
    return 0;
}

/* No stream of zlib is packed closer than that. */
enum { PACKED_MIN = 1032 };

static int read_object(void **data, size_t *len, git_object_t *type, git_odb_backend *backend,
                       const git_oid *oid)
{
    struct unpacking u = {.packed = STRBUF_INIT};
    int result = start(&u, (const struct loose *)backend, oid);

    if (!result && (u.size < u.begun || u.size > UINT_MAX || u.size / PACKED_MIN > u.packed.len))
        result = broken("the object cannot be as long as it says");
    if (!result) {
        *data = git_odb_backend_data_alloc(backend, u.size + 1);
        result = *data ? unpack(&u, *data) : GIT_ERROR;
        if (!result)
            ((char *)*data)[u.size] = '\0';
        else if (*data)
            git_odb_backend_data_free(backend, *data);
        *len = u.size;
        *type = u.type;
    }
    end(&u);
    return result;
}

static int read_object_header(size_t *len, git_object_t *type, git_odb_backend *backend,
                              const git_oid *oid)
{
    struct unpacking u = {.packed = STRBUF_INIT};
    int result = start(&u, (const struct loose *)backend, oid);

    *len = u.size;
    *type = u.type;
    end(&u);
    return result;
}

static void free_backend(git_odb_backend *backend)
{
    struct loose *loose = (struct loose *)backend;

    free(loose->folder);
    free(loose);
}

static void add_backend(git_odb *objects, const char *folder, bool is_alternate)
{
    struct loose *loose = mem_zalloc(1, sizeof(*loose));

    git_odb_init_backend(&loose->base, GIT_ODB_BACKEND_VERSION);
    loose->base.read = read_object;
    loose->base.read_header = read_object_header;
    loose->base.free = free_backend;
    loose->folder = mem_strdup(folder);
    if (is_alternate ? git_odb_add_alternate(objects, &loose->base, PRIORITY)
                     : git_odb_add_backend(objects, &loose->base, PRIORITY))
        free_backend(&loose->base);
}

/* One folder a line; a relative one is below that of the objects. */
static void add_alternates(git_odb *objects, const char *folder)
{
    struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
    struct errs none = ERRS_INIT;
    const char *line;

    strbuf_addf(&path, "%s/info/alternates", folder);
    if (access(path.buf, F_OK) || fs_read(AT_FDCWD, path.buf, path.buf, 1 << 20, &text, &none))
        strbuf_clear(&text);
    line = text.buf ? text.buf : "";
    for (size_t len; *line; line += len + (line[len] == '\n')) {
        len = strcspn(line, "\n");
        if (!len || *line == '#')
            continue;
        strbuf_clear(&path);
        if (*line != '/')
            strbuf_addf(&path, "%s/", folder);
        strbuf_add(&path, line, len);
        add_backend(objects, path.buf, true);
    }
    errs_release(&none);
    strbuf_release(&path);
    strbuf_release(&text);
}

void loose_use(git_odb *objects, const char *folder)
{
    add_backend(objects, folder, false);
    add_alternates(objects, folder);
}
