#include "base/base.h"

#include "publish/entries.h"

#include <errno.h>
#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"

enum {
    RUN_MAX = 16 * 1024, /* entries in memory */
    PIECE = 32 * 1024,   /* bytes of a run that a reader holds */
};

/* Entries that are sorted, one behind the other: a header, then the path with its NUL. */
struct run {
    off_t start, end;
};

struct header {
    uint64_t size;
    uint32_t path_len;
    uint8_t is_staged;
    unsigned char sha256[SHA256_SIZE];
};

struct entries {
    int folder;
    const char *name;
    off_t end;
    struct run *runs;
    size_t run_count, run_cap;
    struct arena arena; /* paths of what is not written */
    struct manifest_entry *items;
    size_t count, cap;
};

struct entries *entries_new(int folder, const char *name)
{
    struct entries *entries = mem_zalloc(1, sizeof(*entries));

    entries->folder = folder;
    entries->name = name;
    return entries;
}

void entries_free(struct entries *entries)
{
    if (!entries)
        return;
    arena_release(&entries->arena);
    free(entries->items);
    free(entries->runs);
    free(entries);
}

int entries_add(struct entries *entries, const struct manifest_entry *entry, struct errs *errs)
{
    struct manifest_entry *copy;

    if (entries->count >= RUN_MAX && entries_sort(entries, errs))
        return -1;
    MEM_GROW(entries->items, entries->count, entries->cap);
    copy = &entries->items[entries->count++];
    *copy = *entry;
    copy->path = arena_strdup(&entries->arena, entry->path);
    return 0;
}

/* --- writing a run --- */

static void append(const struct manifest_entry *entry, struct strbuf *out)
{
    struct header header;

    memset(&header, 0, sizeof(header)); /* what lies between the fields, too */
    header.size = entry->size;
    header.path_len = (uint32_t)strlen(entry->path);
    header.is_staged = entry->is_staged;
    memcpy(header.sha256, entry->sha256, SHA256_SIZE);
    strbuf_add(out, &header, sizeof(header));
    strbuf_add(out, entry->path, header.path_len + (size_t)1);
}

static int write_run(struct entries *entries, const struct strbuf *text, struct errs *errs)
{
    int fd = openat(entries->folder, entries->name,
                    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    int failed = fd < 0 || fs_write_fd(fd, text->buf, text->len) ? errno : 0;

    if (fd >= 0 && close(fd) && !failed)
        failed = errno;
    if (failed)
        errs_add_errno(errs, failed, "cannot write the list of files");
    return failed ? -1 : 0;
}

int entries_sort(struct entries *entries, struct errs *errs)
{
    struct strbuf text = STRBUF_INIT;
    int result = -1;

    if (!entries->count)
        return 0;
    qsort(entries->items, entries->count, sizeof(*entries->items), manifest_compare_entries);
    for (size_t i = 0; i < entries->count; i++)
        append(&entries->items[i], &text);
    if (write_run(entries, &text, errs))
        goto out;
    MEM_GROW(entries->runs, entries->run_count, entries->run_cap);
    entries->runs[entries->run_count++] =
        (struct run){entries->end, entries->end + (off_t)text.len};
    entries->end += (off_t)text.len;
    entries->count = 0;
    arena_release(&entries->arena);
    result = 0;
out:
    strbuf_release(&text);
    return result;
}

/* --- reading --- */

/* Where a reader is in one of the runs. */
struct cursor {
    struct run rest; /* what is not in memory yet */
    struct strbuf piece;
    size_t at;
    struct manifest_entry entry; /* the next one; its path is in the piece */
    bool is_at_end;
};

struct entries_reader {
    int fd;
    struct cursor *cursors;
    size_t count;
    size_t current; /* whose entry was given out last; SIZE_MAX: nothing was */
};

struct entries_reader *entries_read(const struct entries *entries, struct errs *errs)
{
    struct entries_reader *reader;
    int fd = -1;

    if (entries->run_count) {
        fd = openat(entries->folder, entries->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0) {
            errs_add_errno(errs, errno, "cannot read the list of files");
            return NULL;
        }
    }
    reader = mem_zalloc(1, sizeof(*reader));
    reader->fd = fd;
    reader->count = entries->run_count;
    reader->cursors = mem_zalloc(reader->count, sizeof(*reader->cursors));
    reader->current = SIZE_MAX;
    for (size_t i = 0; i < reader->count; i++) {
        reader->cursors[i].rest = entries->runs[i];
        strbuf_init(&reader->cursors[i].piece);
    }
    return reader;
}

void entries_reader_free(struct entries_reader *reader)
{
    if (!reader)
        return;
    for (size_t i = 0; i < reader->count; i++)
        strbuf_release(&reader->cursors[i].piece);
    if (reader->fd >= 0)
        close(reader->fd);
    free(reader->cursors);
    free(reader);
}

/* Brings more of the run into memory, behind what is left of the piece. */
static int read_more(int fd, struct cursor *c, struct errs *errs)
{
    size_t left = c->piece.len - c->at, wanted = (size_t)(c->rest.end - c->rest.start);
    ssize_t got;

    if (left)
        memmove(c->piece.buf, c->piece.buf + c->at, left);
    strbuf_set_len(&c->piece, left);
    c->at = 0;
    if (wanted > PIECE)
        wanted = PIECE;
    strbuf_grow(&c->piece, wanted);
    do
        got = pread(fd, c->piece.buf + left, wanted, c->rest.start);
    while (got < 0 && errno == EINTR);
    if (got <= 0) {
        errs_add_errno(errs, got ? errno : EIO, "cannot read the list of files");
        return -1;
    }
    strbuf_set_len(&c->piece, left + (size_t)got);
    c->rest.start += got;
    return 0;
}

/* Makes sure that so many bytes of the run are in memory. */
static int need(int fd, struct cursor *c, size_t bytes, struct errs *errs)
{
    while (c->piece.len - c->at < bytes)
        if (read_more(fd, c, errs))
            return -1;
    return 0;
}

static int advance(int fd, struct cursor *c, struct errs *errs)
{
    struct header header;

    if (c->at == c->piece.len && c->rest.start == c->rest.end) {
        c->is_at_end = true;
        return 0;
    }
    if (need(fd, c, sizeof(header), errs))
        return -1;
    memcpy(&header, c->piece.buf + c->at, sizeof(header));
    if (need(fd, c, sizeof(header) + header.path_len + 1, errs))
        return -1;
    c->entry = (struct manifest_entry){.path = c->piece.buf + c->at + sizeof(header),
                                       .size = header.size,
                                       .is_staged = header.is_staged};
    memcpy(c->entry.sha256, header.sha256, SHA256_SIZE);
    c->at += sizeof(header) + header.path_len + 1;
    return 0;
}

int entries_next(struct entries_reader *reader, struct manifest_entry *entry, struct errs *errs)
{
    const struct cursor *first = NULL;

    for (size_t i = 0; i < reader->count; i++) {
        struct cursor *c = &reader->cursors[i];

        if ((reader->current == SIZE_MAX || reader->current == i) && advance(reader->fd, c, errs))
            return -1;
        if (!c->is_at_end && (!first || strcmp(c->entry.path, first->entry.path) < 0))
            first = c;
    }
    if (!first)
        return 0;
    reader->current = (size_t)(first - reader->cursors);
    *entry = first->entry;
    return 1;
}
