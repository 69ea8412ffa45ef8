#include "base/base.h"

#include "history/snapshot.h"

#include "base/mem.h"
#include "base/strbuf.h"

/* --- what is shown now --- */

/*
 * How many files a folder of a revision has, `depth` folders down. Those of a department are in the
 * folders of its years, which are called by numbers, and one deeper; other folders are departments.
 */
static size_t count_files(const struct source *source, const char *folder, unsigned depth,
                          struct arena *arena)
{
    enum { YEARS = 2 };
    struct errs ignored = ERRS_INIT;
    struct fs_list list = {NULL, 0};
    size_t count = 0;

    if (source_list(source, folder, arena, &list, &ignored))
        count = SIZE_MAX / 2; /* more than anything has */
    errs_release(&ignored);
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];

        if (entry->kind == FS_FILE)
            count++;
        else if (depth && (depth < YEARS || strspn(entry->name, "0123456789") == 4))
            count += count_files(source, arena_format(arena, "%s/%s", folder, entry->name),
                                 depth - 1, arena);
    }
    return count;
}

/* Whether a revision has a department as it is now, file by file, and the same profiles. */
static bool is_as_now(const struct snapshots *s, const struct revision *revision,
                      const struct source *source)
{
    const char *folder;
    struct arena arena = ARENA_INIT;
    size_t count;
    const struct revision *newer = timeline_revisions(s->timeline, &count);
    bool is_same = s->now != NULL;

    for (; is_same && newer < revision; newer++)
        is_same = !newer->others;
    for (size_t i = 0; is_same && i < s->now->file_count; i++)
        is_same = source_has_same(source, s->now->files[i].path, &s->now->files[i].source);
    folder = arena_format(&arena, "departments/%s", s->department);
    is_same = is_same && count_files(source, folder, 2, &arena) == s->now->file_count;
    arena_release(&arena);
    return is_same;
}

/* --- any revision --- */

struct snapshot *snapshot_make(const struct revision *revision, const struct object_id *folder)
{
    struct snapshot *snapshot = mem_zalloc(1, sizeof(*snapshot));

    snapshot->revision = revision;
    snapshot->folder = *folder;
    return snapshot;
}

void snapshot_free(struct snapshots *s, struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    content_release_department(&snapshot->own);
    timeline_return_catalog(s->timeline, snapshot->catalog);
    free(snapshot);
}

/* The department's own errors, or what is wrong with the profiles that it needs. */
static void add_why(const struct snapshot *snapshot, struct errs *errs)
{
    const struct errs *why = &snapshot->catalog->errs;
    const struct err *first = why->items;

    if (errs_count(errs) || !why->count)
        return;
    err_at(errs_add(errs, first->code, first->id, "%s", first->message), first->file, first->line,
           first->column);
}

/* After so many, all is read anew, so that memory does not grow with the history. */
enum { BORROWED_MAX = 16 };

/* Whether a newer state was bound by the same as this one, and may lend its lines. */
static bool may_lend(const struct snapshot *newer, const struct snapshot *snapshot)
{
    return newer && newer->content && newer->borrowed < BORROWED_MAX &&
           object_id_same(&newer->revision->profiles, &snapshot->revision->profiles) &&
           (newer->is_now || newer->catalog == snapshot->catalog);
}

/* False when it has to be loaded without the newer one. */
static bool load_like(struct snapshots *s, const struct source *source,
                      const struct snapshot *newer, struct snapshot *out)
{
    struct errs errs = ERRS_INIT;
    bool good = !content_load_department_like(source, &out->catalog->catalog, s->department,
                                              newer->content, &out->own, &errs) &&
                !out->own.incomplete && !errs.count;

    errs_release(&errs);
    if (good)
        out->borrowed = newer->borrowed + 1;
    else
        content_release_department(&out->own);
    return good;
}

static int load(struct snapshots *s, const struct source *source, const struct snapshot *newer,
                struct snapshot *out, struct errs *errs)
{
    if (!content_has_department(source, s->department))
        return 0;
    if (is_as_now(s, out->revision, source)) {
        out->content = s->now;
        out->is_now = true;
        return 0;
    }
    out->catalog = timeline_catalog(s->timeline, out->revision);
    if (may_lend(newer, out) && load_like(s, source, newer, out))
        return 0;
    if (!content_load_department(source, &out->catalog->catalog, s->department, &out->own, errs) &&
        !out->own.incomplete)
        return 0;
    add_why(out, errs);
    return -1;
}

int snapshot_load(struct snapshots *s, struct snapshot *snapshot, const struct snapshot *newer,
                  struct errs *errs)
{
    struct source *source;
    struct strbuf path = STRBUF_INIT;
    int result = 0;

    if (snapshot->content)
        return 0;
    snapshot->content = &snapshot->own;
    if (!object_id_is_set(&snapshot->folder))
        return 0;
    source = timeline_source(s->timeline, snapshot->revision, errs);
    if (!source)
        return -1;
    strbuf_addf(&path, "departments/%s", s->department);
    source_hint_folder(source, path.buf, &snapshot->folder);
    result = load(s, source, newer, snapshot, errs);
    timeline_return_source(s->timeline, source);
    strbuf_release(&path);
    return result;
}

void snapshot_pass_on(struct snapshots *s, struct snapshot *snapshot, struct snapshot *to)
{
    if (snapshot && to->borrowed)
        arena_join(&to->own.arena, &snapshot->own.arena);
    snapshot_free(s, snapshot);
}
