#include "base/base.h"

#include "import/read_zip.h"

#include <archive.h>
#include <archive_entry.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "import/doc_build.h"

enum { PIECE = 65536, PARTS_MAX = 10000 };

#define UNPACK_HINT "is it what it says it is? A document is larger than that only by its pictures"

bool zip_is(const char *data, size_t len)
{
    return len >= 4 && (!memcmp(data, "PK\3\4", 4) || !memcmp(data, "PK\5\6", 4));
}

void zip_release(struct zip *zip)
{
    for (size_t i = 0; i < zip->count; i++) {
        free(zip->parts[i].name);
        free(zip->parts[i].data);
    }
    free(zip->parts);
    memset(zip, 0, sizeof(*zip));
}

const struct zip_part *zip_find(const struct zip *zip, const char *name)
{
    for (size_t i = 0; i < zip->count; i++)
        if (!strcasecmp(zip->parts[i].name, name))
            return &zip->parts[i];
    return NULL;
}

static int fail_broken(struct doc_reading *r, struct archive *archive)
{
    const char *why = archive_error_string(archive);

    err_hint(doc_error(r, "broken-document", "its zip cannot be unpacked%s%s", why ? ": " : "",
                       why ? why : ""),
             "was it sent or downloaded as a whole? Open it, and save it again");
    return -1;
}

static int unpack(struct doc_reading *r, struct archive *archive, size_t *left, struct strbuf *out)
{
    la_ssize_t got;

    for (;;) {
        strbuf_grow(out, PIECE);
        got = archive_read_data(archive, out->buf + out->len, PIECE);
        if (got == 0)
            return 0;
        if (got < 0)
            return fail_broken(r, archive);
        if ((size_t)got > *left) {
            err_hint(doc_error(r, "document-too-large", "it unpacks to more than %zu bytes",
                               r->limits->unpacked_size),
                     UNPACK_HINT);
            return -1;
        }
        strbuf_set_len(out, out->len + (size_t)got);
        *left -= (size_t)got;
    }
}

static int take_part(struct doc_reading *r, struct archive *archive, struct archive_entry *entry,
                     bool (*wanted)(const char *name), size_t *left, struct zip *zip)
{
    const char *name = archive_entry_pathname(entry);
    struct strbuf data = STRBUF_INIT;
    struct zip_part *part;

    if (!name || archive_entry_filetype(entry) != AE_IFREG)
        return 0;
    MEM_GROW(zip->parts, zip->count, zip->cap);
    part = &zip->parts[zip->count++];
    *part = (struct zip_part){.name = mem_strdup(name)};
    for (char *p = part->name; *p; p++)
        if (*p == '\\') /* as some programs write */
            *p = '/';
    if (!wanted(part->name))
        return 0;
    if (archive_entry_is_data_encrypted(entry)) {
        err_hint(doc_error(r, "password-protected", "it is protected with a password"),
                 "take the password away, and save it again");
        return -1;
    }
    if (unpack(r, archive, left, &data)) {
        strbuf_release(&data);
        return -1;
    }
    part->data = strbuf_detach(&data, &part->len);
    return 0;
}

static int read_parts(struct doc_reading *r, struct archive *archive,
                      bool (*wanted)(const char *name), struct zip *zip)
{
    size_t left = r->limits->unpacked_size;
    struct archive_entry *entry;
    int status;

    while ((status = archive_read_next_header(archive, &entry)) == ARCHIVE_OK ||
           status == ARCHIVE_WARN) {
        if (zip->count == PARTS_MAX) {
            err_hint(
                doc_error(r, "document-too-large", "there are more than %d files in it", PARTS_MAX),
                UNPACK_HINT);
            return -1;
        }
        if (take_part(r, archive, entry, wanted, &left, zip))
            return -1;
    }
    return status == ARCHIVE_EOF ? 0 : fail_broken(r, archive);
}

int zip_read(struct doc_reading *r, bool (*wanted)(const char *name), struct zip *out)
{
    struct archive *archive = archive_read_new();
    int result;

    memset(out, 0, sizeof(*out));
    /* by its directory, so that one that was cut is not taken for whole */
    if (!archive || archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK ||
        archive_read_set_options(archive, "hdrcharset=UTF-8") == ARCHIVE_FATAL ||
        archive_read_open_memory(archive, r->data, r->len) != ARCHIVE_OK)
        result = fail_broken(r, archive);
    else
        result = read_parts(r, archive, wanted, out);
    archive_read_free(archive);
    return result;
}
