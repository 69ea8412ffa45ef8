#include "base/base.h"

#include "import/stage.h"

#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "source/source.h"

static const char *join(struct arena *arena, const char *folder, const char *name)
{
    return arena_format(arena, "%s%s%s", folder, *folder ? "/" : "", name);
}

/* --- copying --- */

static int copy_file(const struct source *source, struct arena *arena, const char *path,
                     const char *folder, struct errs *errs)
{
    struct source_text text;

    if (source_read(source, path, arena, &text, errs))
        return -1;
    return fs_write(AT_FDCWD, join(arena, folder, path), text.text, text.len, errs);
}

static int copy_folder(const struct source *source, struct arena *arena, const char *path,
                       const char *folder, struct errs *errs)
{
    struct fs_list list;
    int result;

    if (!source_has(source, path))
        return 0;
    result = source_list(source, path, arena, &list, errs);
    for (size_t i = 0; !result && i < list.count; i++) {
        const char *name = join(arena, path, list.entries[i].name);

        if (list.entries[i].name[0] == '.')
            continue;
        if (list.entries[i].kind == FS_FOLDER)
            result = copy_folder(source, arena, name, folder, errs);
        else if (list.entries[i].kind == FS_FILE)
            result = copy_file(source, arena, name, folder, errs);
    }
    return result;
}

int stage_fill(const struct import *import, const struct import_options *options,
               const char *folder, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    const char *department = arena_format(&arena, "departments/%s", options->department);
    int result = copy_file(options->source, &arena, "site.json", folder, errs);

    if (!result)
        result = copy_folder(options->source, &arena, "profiles", folder, errs);
    if (!result)
        result = copy_folder(options->source, &arena, "classifications", folder, errs);
    if (!result)
        result = copy_folder(options->source, &arena, department, folder, errs);
    for (size_t i = 0; !result && i < import->file_count; i++) {
        const struct import_file *file = &import->files[i];

        result = fs_write(AT_FDCWD, join(&arena, folder, file->path), file->text, file->len, errs);
    }
    arena_release(&arena);
    return result;
}

/* --- storing --- */

enum stage_state stage_compare(const char *into, const struct import_file *file)
{
    struct arena arena = ARENA_INIT;
    const char *path = join(&arena, into, file->path);
    enum stage_state state = STAGE_NEW;

    if (fs_same(AT_FDCWD, path, file->text, file->len))
        state = STAGE_SAME;
    else if (!path[fs_existing(path)])
        state = STAGE_DIFFERENT;
    arena_release(&arena);
    return state;
}

/* "departments/x/2021/report.json" in .replaced/ of that year. */
static int keep_replaced(const struct import_options *options, struct arena *arena,
                         const char *into, const char *path, struct errs *errs)
{
    const char *year =
        arena_format(arena, "departments/%s/%lld/", options->department, (long long)options->year);
    size_t len = strlen(year);
    struct source_text text;

    if (strncmp(path, year, len) != 0)
        return 0; /* department.json is never replaced */
    if (source_read(options->source, path, arena, &text, errs))
        return -1;
    return fs_write_atomic(AT_FDCWD,
                           arena_format(arena, "%s/%s.replaced/%s", into, year, path + len),
                           text.text, text.len, errs);
}

static int store_file(const struct import_options *options, struct arena *arena, const char *into,
                      const struct import_file *file, struct errs *errs)
{
    const char *path = join(arena, into, file->path);
    enum stage_state state = stage_compare(into, file);
    size_t existed = fs_existing(path);

    if (state == STAGE_SAME)
        return 0;
    if (state == STAGE_DIFFERENT && keep_replaced(options, arena, into, file->path, errs))
        return -1;
    if (!fs_make_parents(AT_FDCWD, path, errs) &&
        !fs_write_atomic(AT_FDCWD, path, file->text, file->len, errs))
        return 0;
    fs_remove_parents(path, existed); /* a year without a report would stop the next build */
    return -1;
}

int stage_store(const struct import *import, const struct import_options *options, const char *into,
                struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    int result = 0;

    for (size_t i = 0; !result && i < import->file_count; i++)
        result = store_file(options, &arena, into, &import->files[i], errs);
    arena_release(&arena);
    return result;
}
