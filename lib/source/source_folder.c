#include "base/base.h"

#include <errno.h>
#include <fcntl.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "source/source_kinds.h"

struct folder_source {
    struct source base;
    int fd;
};

static int fd_of(const struct source *source)
{
    return ((const struct folder_source *)source)->fd;
}

static int list(const struct source *source, const char *path, const char *shown,
                struct arena *arena, struct fs_list *out, struct errs *errs)
{
    return fs_list(fd_of(source), *path ? path : ".", shown, arena, out, errs);
}

static bool has(const struct source *source, const char *path)
{
    return !faccessat(fd_of(source), path, F_OK, AT_SYMLINK_NOFOLLOW);
}

static int read_file(const struct source *source, const char *path, const char *shown,
                     struct arena *arena, struct source_text *out, struct errs *errs)
{
    struct strbuf text = STRBUF_INIT;
    int result = fs_read(fd_of(source), path, shown, SOURCE_FILE_MAX, &text, errs);

    out->text = arena_strndup(arena, text.buf, text.len);
    out->len = text.len;
    strbuf_release(&text);
    return result;
}

static void close_folder(struct source *source)
{
    close(fd_of(source));
}

static const struct source_kind kind = {list, has, NULL, NULL, read_file, close_folder};

struct source *source_open_folder(const char *path, struct errs *errs)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct folder_source *source;
    size_t len = strlen(path);

    if (fd < 0) {
        int reason = errno;
        struct err *err = errs_add_errno(errs, reason, "cannot open the content folder %s", path);

        if (reason == ENOENT || reason == ENOTDIR)
            err_hint(err, "name the folder that holds departments/ with --content DIR");
        return NULL;
    }
    while (len > 1 && path[len - 1] == '/')
        len--;
    source = mem_zalloc(1, sizeof(*source));
    source->base = (struct source){&kind, mem_strndup(path, len), "/"};
    source->fd = fd;
    return &source->base;
}
