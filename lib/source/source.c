#include "base/base.h"

#include "source/source_kinds.h"

#include "base/arena.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "text/escape.h"

void source_close(struct source *source)
{
    if (!source)
        return;
    source->kind->close(source);
    free(source->name);
    free(source);
}

void source_show_as(struct source *source, const char *folder)
{
    size_t len = strlen(folder);

    while (len > 1 && folder[len - 1] == '/')
        len--;
    free(source->name);
    source->name = mem_strndup(folder, len);
    source->joint = "/";
}

const char *source_shown(const struct source *source, const char *path, struct arena *arena)
{
    struct strbuf shown = STRBUF_INIT;
    const char *result;

    escape_message(&shown, source->name, strlen(source->name));
    if (*path) {
        strbuf_adds(&shown, source->joint);
        escape_message(&shown, path, strlen(path));
    }
    result = arena_strndup(arena, shown.buf, shown.len);
    strbuf_release(&shown);
    return result;
}

int source_list(const struct source *source, const char *path, struct arena *arena,
                struct fs_list *out, struct errs *errs)
{
    return source->kind->list(source, path, source_shown(source, path, arena), arena, out, errs);
}

bool source_has(const struct source *source, const char *path)
{
    return source->kind->has(source, path);
}

void source_hint_folder(struct source *source, const char *path, const struct object_id *tree)
{
    if (source->kind->hint_folder)
        source->kind->hint_folder(source, path, tree);
}

bool source_has_same(const struct source *source, const char *path, const struct source_text *text)
{
    return source->kind->has_same && source->kind->has_same(source, path, text);
}

int source_read(const struct source *source, const char *path, struct arena *arena,
                struct source_text *out, struct errs *errs)
{
    *out = (struct source_text){source_shown(source, path, arena), "", 0};
    return source->kind->read(source, path, out->path, arena, out, errs);
}
