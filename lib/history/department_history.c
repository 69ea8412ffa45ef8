#include "base/base.h"

#include "history/department_history.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "history/log.h"

enum { SHOWN_MAX = 400 }; /* bytes; a longer text is not shown in a row */

/* One revision while its changes are gathered. */
struct gathered {
    const struct revision *revision;
    struct department_revision record;
    struct revision_change *changes;
    size_t count, cap;
};

struct filling {
    struct content_department *content;
    struct log log;
    struct gathered *revisions; /* in the order of the timeline */
    size_t count;
    struct strmap wholes; /* commit, then the address of what came or went as a whole */
    struct strmap spans;  /* address of a figure -> struct span */
};

/* The events of one address. */
struct span {
    const struct log_event *first, *last;
};

static struct text keep(struct filling *f, const char *s)
{
    return text_of(s ? arena_strdup(&f->content->arena, s) : NULL);
}

static struct text take(struct filling *f, struct strbuf *sb)
{
    struct text text = text_of(arena_strndup(&f->content->arena, sb->buf ? sb->buf : "", sb->len));

    strbuf_release(sb);
    return text;
}

/* --- revisions --- */

static struct integer none_yet(void)
{
    return (struct integer){0, true, {0, 0}};
}

static void open_revision(struct filling *f, const struct revision *revision, bool is_cut)
{
    struct gathered *g = &f->revisions[f->count++];
    struct strbuf time = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    object_id_format(&revision->commit.id, hex);
    commit_add_time(&revision->commit, &time);
    g->revision = revision;
    g->record = (struct department_revision){.department = f->content->department.id,
                                             .id = keep(f, hex),
                                             .time = take(f, &time),
                                             .message = keep(f, revision->commit.summary),
                                             .figures_added = none_yet(),
                                             .figures_changed = none_yet(),
                                             .figures_removed = none_yet(),
                                             .texts_changed = none_yet(),
                                             .cut = {is_cut, true, {0, 0}}};
}

/* What touched files of no department may be what made it readable. */
static bool may_touch(const struct filling *f, const struct revision *revision)
{
    return revision->others || revision_touched(revision, f->content->department.id.s, 0);
}

static void open_revisions(struct filling *f, const struct timeline *timeline)
{
    size_t count;
    const struct revision *revisions = timeline_revisions(timeline, &count);

    f->revisions = mem_zalloc(count + 1, sizeof(*f->revisions));
    for (size_t i = 0; i < count; i++)
        if (may_touch(f, &revisions[i]))
            open_revision(f, &revisions[i], i + 1 == count && timeline_is_cut(timeline));
}

static int compare_revisions(const void *key, const void *element)
{
    const struct revision *revision = key, *other = ((const struct gathered *)element)->revision;

    return (revision > other) - (revision < other);
}

/* NULL: it is not committed. */
static struct gathered *gathered_of(const struct filling *f, const struct revision *revision)
{
    return revision
               ? bsearch(revision, f->revisions, f->count, sizeof(*f->revisions), compare_revisions)
               : NULL;
}

static struct gathered *revision_of(const struct filling *f, const struct log_event *event)
{
    return gathered_of(f, event->revision);
}

/* --- what came or went as a whole --- */

/* The department, its year, or a scope of that. */
static void add_whole(const struct filling *f, int64_t year, const char *scope, struct strbuf *out)
{
    strbuf_adds(out, f->content->department.id.s);
    if (year)
        strbuf_addf(out, "/%lld", (long long)year);
    if (scope)
        strbuf_addf(out, "/%s", scope);
}

/* The same behind the commit. */
static void whole_key(const struct filling *f, const struct gathered *g, const struct item *item,
                      const char *scope, struct strbuf *out)
{
    strbuf_clear(out);
    strbuf_addf(out, "%s ", g->record.id.s);
    add_whole(f, item->year, scope, out);
}

static bool is_marker(const struct change *change)
{
    return change->kind != CHANGE_ALTERED && item_is_marker(change_item(change));
}

static void find_wholes(struct filling *f)
{
    struct strbuf key = STRBUF_INIT;
    bool is_new;

    for (size_t i = 0; i < f->log.count; i++) {
        const struct log_event *event = &f->log.events[i];
        struct gathered *g = revision_of(f, event);

        if (!g || !is_marker(&event->change))
            continue;
        whole_key(f, g, change_item(&event->change), change_item(&event->change)->scope, &key);
        *strmap_put(&f->wholes, arena_strndup(&f->log.arena, key.buf, key.len), key.len, &is_new) =
            g;
    }
    strbuf_release(&key);
}

/* Whether the change is a part of what came or went as a whole with `scope` (NULL: the report). */
static bool is_part(const struct filling *f, const struct gathered *g, const struct item *item,
                    const char *scope, struct strbuf *key)
{
    whole_key(f, g, item, scope, key);
    return strmap_get(&f->wholes, key->buf, key->len) != NULL;
}

/* --- changes --- */

static struct text label_of(struct filling *f, const struct item *item, bool is_whole)
{
    bool is_department = is_whole && !item->year; /* it is called what its records are */
    const char *const names[] = {item->scope_title, is_whole ? NULL : item->table_title,
                                 is_whole && !is_department ? NULL : item->label,
                                 is_whole ? NULL : item->column_title};
    struct strbuf sb = STRBUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (names[i] && *names[i])
            strbuf_addf(&sb, "%s%s", sb.len ? " · " : "", names[i]);
    return take(f, &sb);
}

static struct text shown(struct filling *f, const struct item *item, struct text *unit)
{
    struct strbuf sb = STRBUF_INIT;

    if (!item || (!item->is_figure && strlen(item->shown) > SHOWN_MAX))
        return text_of(NULL);
    if (!item->is_figure)
        return keep(f, item->shown);
    if (item->value.state == QUANTITY_STATED)
        *unit = keep(f, item->value.unit);
    quantity_add_stated(&item->value, &sb);
    return take(f, &sb);
}

static struct revision_change *add_row(struct gathered *g, enum change_kind kind, int64_t year,
                                       bool is_whole)
{
    static const char *const kinds[] = {"added", "removed", "changed"};

    MEM_GROW(g->changes, g->count, g->cap);
    g->changes[g->count] = (struct revision_change){.department = g->record.department,
                                                    .revision = g->record.id,
                                                    .year = {year, year != 0, {0, 0}},
                                                    .kind = text_of(kinds[kind]),
                                                    .whole = {is_whole, true, {0, 0}}};
    return &g->changes[g->count++];
}

static void add_change(struct filling *f, struct gathered *g, const struct change *change,
                       bool is_whole)
{
    const struct item *item = change_item(change);
    struct strbuf sb = STRBUF_INIT;
    struct revision_change *row = add_row(g, change->kind, item->year, is_whole);

    row->label = label_of(f, item, is_whole);
    if (is_whole) {
        add_whole(f, item->year, item->scope, &sb);
        row->address = take(f, &sb);
        return;
    }
    row->address = keep(f, item->address);
    row->old = shown(f, change->old, &row->old_unit);
    row->new = shown(f, change->new, &row->unit);
    if (change->kind != CHANGE_ALTERED || !item->is_figure)
        return;
    if (change_difference_written(change, &sb))
        row->difference = take(f, &sb);
    strbuf_init(&sb);
    if (change_percent(change, &sb))
        row->percent = take(f, &sb);
    strbuf_release(&sb);
}

/* What the log has as a whole already. */
static void add_wholes(struct filling *f)
{
    for (size_t i = 0; i < f->log.whole_count; i++) {
        const struct log_whole *whole = &f->log.wholes[i];
        struct gathered *g = gathered_of(f, whole->revision);
        struct strbuf address = STRBUF_INIT;
        struct revision_change *row;

        if (!g)
            continue;
        g->record.figures_added.value += (int64_t)whole->figures;
        g->record.texts_changed.value += (int64_t)whole->texts;
        row = add_row(g, CHANGE_ADDED, whole->year, true);
        add_whole(f, whole->year, NULL, &address);
        row->address = take(f, &address);
        row->label = keep(f, whole->name ? whole->name : "");
    }
}

static void count(struct gathered *g, const struct change *change)
{
    struct department_revision *record = &g->record;

    if (!change_item(change)->is_figure)
        record->texts_changed.value++;
    else if (change->kind == CHANGE_ADDED)
        record->figures_added.value++;
    else if (change->kind == CHANGE_REMOVED)
        record->figures_removed.value++;
    else
        record->figures_changed.value++;
}

static void add_changes(struct filling *f)
{
    struct strbuf key = STRBUF_INIT;

    for (size_t i = 0; i < f->log.count; i++) {
        const struct change *change = &f->log.events[i].change;
        const struct item *item = change_item(change);
        struct gathered *g = revision_of(f, &f->log.events[i]);
        bool in_report, in_scope;

        if (!g)
            continue;
        count(g, change);
        in_report = is_part(f, g, item, NULL, &key); /* or what a department has of all years */
        in_scope = item->scope && is_part(f, g, item, item->scope, &key);
        if (in_report ? is_marker(change) && !item->scope : in_scope ? is_marker(change) : true)
            add_change(f, g, change, in_report || in_scope);
    }
    strbuf_release(&key);
}

/* --- figures --- */

static void find_spans(struct filling *f)
{
    for (size_t i = 0; i < f->log.count; i++) {
        const struct log_event *event = &f->log.events[i];
        const struct item *item = change_item(&event->change);
        bool is_new;
        void **slot;

        if (!item->is_figure)
            continue;
        slot = strmap_put(&f->spans, item->address, strlen(item->address), &is_new);
        if (is_new)
            *slot = arena_zalloc(&f->log.arena, 1, sizeof(struct span));
        if (is_new)
            ((struct span *)*slot)->first = event;
        ((struct span *)*slot)->last = event;
    }
}

/* The last that a report came as a whole with, among the revisions that are older; NULL: any. */
static const struct log_whole *whole_before(const struct filling *f, int64_t year,
                                            const struct revision *newer)
{
    for (size_t i = 0; i < f->log.whole_count; i++) {
        const struct log_whole *whole = &f->log.wholes[i];

        /* the timeline has the newest first */
        if (whole->year == year && whole->revision && (!newer || whole->revision > newer))
            return whole;
    }
    return NULL;
}

/* Whether the report is there now, but not in the last revision. */
static bool is_uncommitted(const struct filling *f, int64_t year)
{
    for (size_t i = 0; i < f->log.whole_count && !f->log.wholes[i].revision; i++)
        if (f->log.wholes[i].year == year)
            return true;
    return false;
}

/* The revision that a figure was first in. NULL: it is not committed, or may be older. */
static const struct revision *first_of(const struct filling *f, int64_t year,
                                       const struct span *span)
{
    const struct log_whole *whole;

    if (!span && is_uncommitted(f, year))
        return NULL;
    if (span && span->first->change.kind == CHANGE_ADDED)
        return span->first->is_cut ? NULL : span->first->revision;
    whole = whole_before(f, year, span ? span->first->revision : NULL);
    return whole && !whole->is_cut ? whole->revision : NULL;
}

/* The revision that it is as it is since; NULL: it is not committed. */
static const struct revision *last_of(const struct filling *f, int64_t year,
                                      const struct span *span)
{
    const struct log_whole *whole = whole_before(f, year, NULL);

    if (is_uncommitted(f, year))
        return NULL;
    if (span && (!span->last->revision || !whole || span->last->revision < whole->revision))
        return span->last->revision;
    return whole ? whole->revision : NULL;
}

static void set_revisions(struct filling *f, struct figure *figure, const struct report *report,
                          struct strbuf *address)
{
    const struct span *span;
    const struct gathered *first, *last;

    strbuf_clear(address);
    strbuf_addf(address, "%s/%s/%s/%s%s%s", report->path.s, figure->table.s, figure->line.s,
                figure->column.s, figure->statement.s ? "@" : "",
                figure->statement.s ? figure->statement.s : "");
    span = strmap_get(&f->spans, address->buf, address->len);
    first = gathered_of(f, first_of(f, report->year.value, span));
    if (first)
        figure->first_revision = first->record.id;
    last = gathered_of(f, last_of(f, report->year.value, span));
    if (last)
        figure->last_revision = last->record.id;
}

static void set_all_revisions(struct filling *f)
{
    struct department *department = &f->content->department;
    struct strbuf address = STRBUF_INIT;

    for (size_t i = 0; i < department->reports.count; i++) {
        struct report *report = &department->reports.items[i];

        for (size_t j = 0; j < report->tables.count; j++)
            for (size_t k = 0; k < report->tables.items[j].lines.count; k++) {
                struct line *line = &report->tables.items[j].lines.items[k];

                for (size_t n = 0; n < line->figures.count; n++)
                    set_revisions(f, &line->figures.items[n], report, &address);
            }
    }
    strbuf_release(&address);
}

/* --- all --- */

static int compare_changes(const void *a, const void *b)
{
    const struct revision_change *one = a, *other = b;

    return strcmp(one->address.s, other->address.s);
}

/* By address. Revisions that changed nothing that is stated, such as the order of keys, are left
 * out. */
static void hand_over(struct filling *f)
{
    struct department *department = &f->content->department;
    struct arena *arena = &f->content->arena;

    department->revisions.items =
        arena_zalloc(arena, f->count, sizeof(*department->revisions.items));
    for (size_t i = 0; i < f->count; i++) {
        struct gathered *g = &f->revisions[i];
        size_t size = g->count * sizeof(*g->changes);

        if (g->count) {
            qsort(g->changes, g->count, sizeof(*g->changes), compare_changes);
            for (size_t j = 0; j < g->count; j++)
                g->changes[j].id = (struct integer){(int64_t)j + 1, true, {0, 0}};
            g->record.changes.items = memcpy(arena_alloc(arena, size), g->changes, size);
            g->record.changes.count = g->count;
            department->revisions.items[department->revisions.count++] = g->record;
        }
        free(g->changes);
    }
}

int department_history_fill(struct timeline *timeline, struct content_department *content,
                            bool has_profiles, struct errs *errs)
{
    struct filling f = {.content = content, .wholes = STRMAP_INIT, .spans = STRMAP_INIT};
    int result;

    open_revisions(&f, timeline);
    result = f.count
                 ? log_department(timeline, content->department.id.s,
                                  content->file_count ? content : NULL, has_profiles, &f.log, errs)
                 : 0;
    find_wholes(&f);
    add_wholes(&f);
    add_changes(&f);
    find_spans(&f);
    set_all_revisions(&f);
    hand_over(&f);
    free(f.revisions);
    strmap_release(&f.wholes);
    strmap_release(&f.spans);
    log_release(&f.log);
    return result;
}
