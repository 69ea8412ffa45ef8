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

/* Where the department is in the revision is known when it was touched. */
static void hint(const struct snapshots *s, const struct revision *revision, struct source *source)
{
    for (size_t i = 0; source && i < revision->report_count; i++) {
        const struct touched *touched = &revision->reports[i];
        struct strbuf path = STRBUF_INIT;

        if (strcmp(touched->department, s->department) != 0)
            continue;
        strbuf_addf(&path, "departments/%s", s->department);
        if (object_id_is_set(&touched->folder))
            source_hint_folder(source, path.buf, &touched->folder);
        strbuf_release(&path);
        return;
    }
}

/* -1 when it cannot be read. */
static int read_content(struct snapshots *s, const struct source *source, struct snapshot *out,
                        struct errs *errs)
{
    if (!content_has_department(source, s->department))
        return 0;
    if (is_as_now(s, out->revision, source)) {
        out->content = s->now;
        out->is_now = true;
        return 0;
    }
    out->catalog = timeline_catalog(s->timeline, out->revision);
    return content_load_department(source, &out->catalog->catalog, s->department, &out->own,
                                   errs) ||
                   out->own.incomplete
               ? -1
               : 0;
}

/* The department's own errors, or what is wrong with the profiles that it needs. */
static void add_unreadable(struct snapshots *s, const struct snapshot *snapshot,
                           const struct errs *errs)
{
    const struct errs *why = !errs->count && snapshot->catalog ? &snapshot->catalog->errs : errs;

    revision_add_unreadable(snapshot->revision, why, s->errs);
    s->unread++;
}

struct snapshot *snapshot_read(struct snapshots *s, const struct revision *revision)
{
    struct snapshot *snapshot = mem_zalloc(1, sizeof(*snapshot));
    struct errs errs = ERRS_INIT;
    struct source *source = NULL;
    bool is_early = false;
    int result = 0;

    snapshot->revision = revision;
    snapshot->content = &snapshot->own;
    if (revision->has_content) {
        source = timeline_source(s->timeline, revision, &errs);
        hint(s, revision, source);
        is_early = source && !source_has(source, "site.json");
        result = source && !is_early ? read_content(s, source, snapshot, &errs) : -1;
    }
    timeline_return_source(s->timeline, source);
    if (result && !is_early)
        add_unreadable(s, snapshot, &errs);
    errs_release(&errs);
    if (!result)
        return snapshot;
    snapshot_free(s, snapshot);
    return NULL;
}

void snapshot_free(struct snapshots *s, struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    content_release_department(&snapshot->own);
    timeline_return_catalog(s->timeline, snapshot->catalog);
    free(snapshot);
}
