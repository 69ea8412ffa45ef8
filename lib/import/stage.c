#include "base/base.h"

#include "import/stage.h"

#include <errno.h>
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

/* A file while it is stored. */
struct storing {
    const char *path;
    const char *beside; /* where it is written first; NULL: it is there already */
    size_t existed;     /* how much of the path */
};

static int write_beside(const struct import_options *options, struct arena *arena, const char *into,
                        const struct import_file *file, struct storing *out, struct errs *errs)
{
    enum stage_state state = stage_compare(into, file);

    out->path = join(arena, into, file->path);
    out->existed = fs_existing(out->path);
    if (state == STAGE_SAME)
        return 0;
    if (state == STAGE_DIFFERENT && keep_replaced(options, arena, into, file->path, errs))
        return -1;
    out->beside = arena_format(arena, "%s.new", out->path);
    if (fs_make_parents(AT_FDCWD, out->path, errs))
        return -1;
    return fs_write_synced(AT_FDCWD, out->beside, file->text, file->len, errs);
}

static int put_in_place(const struct storing *file, struct errs *errs)
{
    if (!file->beside || !rename(file->beside, file->path))
        return 0;
    errs_add_errno(errs, errno, "cannot write %s", file->path);
    return -1;
}

/* With the folders that were made for them: a year without a report would stop the next build. */
static void take_back(const struct storing *files, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        if (files[i].beside)
            unlink(files[i].beside);
        if (files[i].path)
            fs_remove_parents(files[i].path, files[i].existed);
    }
}

/* All are written before the first is put in its place, since what fails is the writing. */
int stage_store(const struct import *import, const struct import_options *options, const char *into,
                struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct storing *files = arena_zalloc(&arena, import->file_count + 1, sizeof(*files));
    int result = 0;

    for (size_t i = 0; !result && i < import->file_count; i++)
        result = write_beside(options, &arena, into, &import->files[i], &files[i], errs);
    for (size_t i = 0; !result && i < import->file_count; i++)
        result = put_in_place(&files[i], errs);
    if (result)
        take_back(files, import->file_count);
    arena_release(&arena);
    return result;
}
