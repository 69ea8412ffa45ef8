#include "base/base.h"

#include "source/source.h"

#include <errno.h>
#include <fcntl.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "text/escape.h"

struct source {
    int fd;
    char *name; /* without a slash at its end */
};

struct source *source_open_folder(const char *path, struct errs *errs)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct source *source;
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
    source->fd = fd;
    source->name = mem_strndup(path, len);
    return source;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    close(source->fd);
    free(source->name);
    free(source);
}

const char *source_shown(const struct source *source, const char *path, struct arena *arena)
{
    struct strbuf shown = STRBUF_INIT;
    const char *result;

    escape_message(&shown, source->name, strlen(source->name));
    if (*path) {
        strbuf_addch(&shown, '/');
        escape_message(&shown, path, strlen(path));
    }
    result = arena_strndup(arena, shown.buf, shown.len);
    strbuf_release(&shown);
    return result;
}

int source_list(const struct source *source, const char *path, struct arena *arena,
                struct fs_list *out, struct errs *errs)
{
    return fs_list(source->fd, *path ? path : ".", source_shown(source, path, arena), arena, out,
                   errs);
}

bool source_has(const struct source *source, const char *path)
{
    return !faccessat(source->fd, path, F_OK, AT_SYMLINK_NOFOLLOW);
}

int source_read(const struct source *source, const char *path, struct arena *arena,
                struct source_text *out, struct errs *errs)
{
    struct strbuf text = STRBUF_INIT;
    int result;

    out->path = source_shown(source, path, arena);
    result = fs_read(source->fd, path, out->path, SOURCE_FILE_MAX, &text, errs);
    out->text = arena_strndup(arena, text.buf, text.len);
    out->len = text.len;
    strbuf_release(&text);
    return result;
}
