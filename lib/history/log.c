#include "base/base.h"

#include "history/log.h"

#include "base/err.h"
#include "base/mem.h"
#include "history/log_cache.h"
#include "history/snapshot.h"
#include "model/lookup.h"
#include "text/known.h"

struct logging {
    const struct log_asked *asked; /* NULL: all that a department states */
    struct snapshots snapshots;
    const struct content_department *now; /* see log_department() */
    struct result_cache *cache;           /* or NULL */
    struct log *log;
    struct errs *errs;
    int64_t year; /* only what is of it; 0: all */
    struct items_wanted wanted;
    struct snapshot *newer; /* the one before, on the way back; NULL: none yet */
    /* The oldest so far that touched files of no department, and is older than the one before. What
     * cannot be read in an older one, for want of a profile, can be read there. */
    const struct revision *completed;
};

/* --- events --- */

static const char *keep(struct logging *l, const char *s)
{
    return s ? arena_strdup(&l->log->arena, s) : NULL;
}

static const struct item *keep_item(struct logging *l, const struct item *item)
{
    struct item *kept;

    if (!item)
        return NULL;
    kept = arena_alloc(&l->log->arena, sizeof(*kept));
    *kept = *item;
    kept->address = keep(l, item->address);
    kept->key = kept->address;
    kept->scope = keep(l, item->scope);
    kept->table = keep(l, item->table);
    kept->line = keep(l, item->line);
    kept->column = keep(l, item->column);
    kept->scope_title = keep(l, item->scope_title);
    kept->table_title = keep(l, item->table_title);
    kept->label = keep(l, item->label);
    kept->column_title = keep(l, item->column_title);
    kept->value.unit = keep(l, item->value.unit);
    kept->text = keep(l, item->text);
    kept->shown = keep(l, item->shown);
    return kept;
}

static void add_event(void *ctx, const struct item *old, const struct item *new)
{
    struct logging *l = ctx;
    struct log *log = l->log;

    MEM_GROW(log->events, log->count, log->cap);
    log->events[log->count++] = (struct log_event){.revision = l->newer ? l->newer->revision : NULL,
                                                   .change = {.kind = !old   ? CHANGE_ADDED
                                                                      : !new ? CHANGE_REMOVED
                                                                             : CHANGE_ALTERED,
                                                              .department = l->snapshots.department,
                                                              .old = keep_item(l, old),
                                                              .new = keep_item(l, new)}};
}

/* --- what came as a whole --- */

static void add_whole(struct logging *l, const struct content_department *content,
                      const struct report *report, struct alike *alike)
{
    struct log *log = l->log;
    struct log_whole *whole;

    MEM_GROW(log->wholes, log->whole_count, log->whole_cap);
    whole = &log->wholes[log->whole_count++];
    *whole = (struct log_whole){.revision = l->newer ? l->newer->revision : NULL,
                                .year = report ? report->year.value : 0,
                                .name = report ? NULL : keep(l, content->department.name.s)};
    alike_add_whole(alike, content, report, &whole->figures, &whole->texts);
}

/* Most of what an old revision has came with it, and so need not be told figure by figure. */
static void take_wholes(struct logging *l, const struct content_department *old,
                        const struct content_department *new, struct alike *alike)
{
    if (new->department.id.s && !old->department.id.s)
        add_whole(l, new, NULL, alike);
    for (size_t i = 0; i < new->department.reports.count; i++)
        if (!department_report(&old->department, new->department.reports.items[i].year.value))
            add_whole(l, new, &new->department.reports.items[i], alike);
}

/* --- revisions --- */

/* What the newer state changed. */
static void add_events(struct logging *l, const struct content_department *old,
                       const struct content_department *new)
{
    struct alike alike = ALIKE_INIT;
    struct items_wanted wanted = l->wanted;
    struct change_counts ignored = {0};
    struct items a, b;

    alike_find(&alike, old, new);
    if (!l->asked)
        take_wholes(l, old, new, &alike);
    wanted.alike = &alike;
    items_collect(&a, old, &wanted);
    items_collect(&b, new, &wanted);
    changes_merge(&a, &b, false, &ignored, &ignored, add_event, l);
    items_release(&a);
    items_release(&b);
    alike_release(&alike);
}

static void tell_unreadable(struct logging *l, const struct snapshot *snapshot,
                            const struct errs *why)
{
    revision_add_unreadable(snapshot->revision, why, l->errs);
    l->log->unread++;
}

/* -1 when it cannot be read, which is told. `newer`: see snapshot_load(). */
static int load(struct logging *l, struct snapshot *snapshot, const struct snapshot *newer)
{
    struct errs errs = ERRS_INIT;
    int result;

    if (snapshot->content)
        return 0;
    result = snapshot_load(&l->snapshots, snapshot, newer, &errs);
    if (result)
        tell_unreadable(l, snapshot, &errs);
    else
        errs_release(&errs); /* warnings are told when the state is checked or built */
    if (!result || errs_status(&errs) == ERR_CONTENT) /* what is missing may be found again */
        state_cache_put(l->cache, l->snapshots.department, snapshot, &errs);
    errs_release(&errs);
    return result;
}

/* What the newer state made of this one, which is worked out when it is not known. */
static int compare_with_newer(struct logging *l, struct snapshot *snapshot)
{
    size_t event = l->log->count, whole = l->log->whole_count;

    if (log_cache_get(l->cache, l->snapshots.department, snapshot, l->newer, l->log))
        return 0;
    if (load(l, l->newer, NULL)) /* it was read before, and is lost since */
        return 0;
    if (load(l, snapshot, l->newer))
        return -1;
    add_events(l, snapshot->content, l->newer->content);
    log_cache_put(l->cache, l->snapshots.department, snapshot, l->newer, l->log, event, whole);
    return 0;
}

/* The newest state only has to be one that can be read, unless what is shown now is to be compared
 * with it: that is as if a revision that has no name had made it. */
static int compare_with_now(struct logging *l, struct snapshot *snapshot)
{
    struct errs errs = ERRS_INIT;
    enum state_known known =
        l->now ? STATE_UNKNOWN
               : state_cache_get(l->cache, l->snapshots.department, snapshot, &errs);

    if (known == STATE_UNREADABLE)
        tell_unreadable(l, snapshot, &errs);
    errs_release(&errs);
    if (known != STATE_UNKNOWN)
        return known == STATE_READABLE ? 0 : -1;
    if (load(l, snapshot, NULL))
        return -1;
    if (l->now && !snapshot->is_now)
        add_events(l, snapshot->content, l->now);
    return 0;
}

/* -1 when the state cannot be read, and is passed over. */
static int take_state(struct logging *l, const struct revision *revision,
                      const struct object_id *folder)
{
    struct snapshot *snapshot = snapshot_make(revision, folder);

    if (l->newer ? compare_with_newer(l, snapshot) : compare_with_now(l, snapshot)) {
        snapshot_free(&l->snapshots, snapshot);
        return -1;
    }
    snapshot_pass_on(&l->snapshots, l->newer, snapshot);
    l->newer = snapshot;
    return 0;
}

/* Before there was a site.json nothing could be published. */
static bool is_early(const struct revision *revision)
{
    return revision->has_content && !object_id_is_set(&revision->profiles);
}

static void visit(struct logging *l, const struct revision *revision)
{
    const struct touched *touched = revision_touched(revision, l->snapshots.department, l->year);

    if (!touched) {
        if (revision->others)
            l->completed = revision;
        return;
    }
    /* where it cannot be read, it is as it was when it first could be */
    if ((is_early(revision) || take_state(l, revision, &touched->folder)) && l->completed)
        take_state(l, l->completed, &touched->folder);
    l->completed = NULL;
}

static int compare_events(const void *a, const void *b)
{
    const struct log_event *const *one = a, *const *other = b;
    int order =
        strcmp(change_item(&(*one)->change)->address, change_item(&(*other)->change)->address);

    /* they came from the newest to the oldest */
    return order ? order : (*one < *other) - (*one > *other);
}

/* By address, the oldest first. */
static void sort_events(struct log *log)
{
    const struct log_event **order = mem_zalloc(log->count + 1, sizeof(const void *));
    struct log_event *sorted = mem_zalloc(log->count + 1, sizeof(*sorted));

    for (size_t i = 0; i < log->count; i++)
        order[i] = &log->events[i];
    qsort(order, log->count, sizeof(const void *), compare_events);
    for (size_t i = 0; i < log->count; i++)
        sorted[i] = *order[i];
    free(order);
    free(log->events);
    log->events = sorted;
    log->cap = log->count + 1;
}

/* What the oldest revision had was added by it, or before. */
static void end(struct logging *l, bool is_cut)
{
    static const struct content_department nothing = {.file_count = 0};
    struct log *log = l->log;
    size_t last = log->count, last_whole = log->whole_count;

    if (l->newer && !log_cache_get(l->cache, l->snapshots.department, NULL, l->newer, log) &&
        !load(l, l->newer, NULL)) {
        add_events(l, &nothing, l->newer->content);
        log_cache_put(l->cache, l->snapshots.department, NULL, l->newer, log, last, last_whole);
    }
    for (size_t i = last; i < log->count; i++)
        log->events[i].is_cut = is_cut;
    for (size_t i = last_whole; i < log->whole_count; i++)
        log->wholes[i].is_cut = is_cut;
    if (log->count)
        sort_events(log);
    snapshot_free(&l->snapshots, l->newer);
}

/* Goes back through all revisions. */
static void go_back(struct logging *l)
{
    size_t count;
    const struct revision *revisions = timeline_revisions(l->snapshots.timeline, &count);

    for (size_t i = 0; i < count; i++)
        visit(l, &revisions[i]);
    end(l, timeline_is_cut(l->snapshots.timeline));
}

/* --- what was asked for --- */

/* The department of an address: what is before the year. NULL: there is no year. */
static const char *department_before_year(struct logging *l)
{
    struct arena *arena = &l->log->arena;
    struct touched touched =
        touched_by(arena_format(arena, "departments/%s/", l->asked->address), arena);

    l->year = touched.year;
    return touched.year ? touched.department : NULL;
}

/* An address without a year is that of a department, or begins with one that there is. */
static const char *department_there(struct logging *l, const struct source *source)
{
    struct arena *arena = &l->log->arena;
    char *id = arena_strdup(arena, l->asked->address), *slash;

    while (!content_has_department(source, id)) {
        slash = strrchr(id, '/');
        if (!slash)
            return NULL;
        *slash = '\0';
    }
    return id;
}

static void add_unknown_department(struct logging *l, const struct source *source)
{
    struct known known = known_start(l->asked->address, strlen(l->asked->address));
    struct content_departments list = {NULL, 0};
    struct errs ignored = ERRS_INIT;
    struct err *err = errs_add(l->errs, ERR_USAGE, "unknown-figure",
                               "'%s' begins with no department", l->asked->address);

    err_hint(err, "an address is like beijing/fengtai/zwfwj/2021/general_public_expenditure/201/"
                  "final, or its first parts");
    known.open = true;
    content_list_departments(source, &l->log->arena, &list, &ignored);
    for (size_t i = 0; i < list.count; i++)
        known_offer(&known, list.ids[i]);
    known_hint(&known, err);
    errs_release(&ignored);
}

/* The department as of the revision that the log begins at, which may have errors. */
struct last {
    struct catalog catalog;
    struct content_department content;
    bool is_good;
};

static struct last *read_last(struct logging *l, const struct source *source)
{
    struct last *last = mem_zalloc(1, sizeof(*last));
    struct errs ignored = ERRS_INIT;

    catalog_init(&last->catalog);
    content_load_catalog(source, &last->catalog, &ignored);
    last->is_good = !content_load_department(source, &last->catalog, l->snapshots.department,
                                             &last->content, &ignored) &&
                    !last->content.incomplete;
    errs_release(&ignored);
    return last;
}

static void free_last(struct last *last)
{
    content_release_department(&last->content);
    catalog_release(&last->catalog);
    free(last);
}

/* What the department states in its last revision is offered. */
static void add_unknown_figure(struct logging *l, const struct source *source)
{
    struct known known = known_start(l->asked->address, strlen(l->asked->address));
    struct last *last = read_last(l, source);
    struct items items;

    l->wanted.prefix = NULL;
    items_collect(&items, &last->content, &l->wanted);
    known.open = true;
    for (size_t i = 0; i < items.count; i++)
        known_offer(&known, items.list[i].address);
    known_hint(&known, errs_add(l->errs, ERR_USAGE, "unknown-figure", "no revision states '%s'",
                                l->asked->address));
    items_release(&items);
    free_last(last);
}

/* What other reports say of the figures, in the last revision, if it can be read. */
static void find_restatements(struct logging *l, const struct source *source)
{
    struct last *last = read_last(l, source);

    if (last->is_good)
        restatements_find(&last->catalog, &last->content, &l->log->arena, &l->log->restatements);
    free_last(last);
}

static int collect(struct logging *l, const struct source *source)
{
    const char *department = department_before_year(l);

    if (!department)
        department = department_there(l, source);
    if (!department) {
        add_unknown_department(l, source);
        return -1;
    }
    l->snapshots.department = department;
    l->wanted.prefix = strcmp(department, l->asked->address) != 0 ? l->asked->address : NULL;
    l->snapshots.timeline = l->log->timeline =
        timeline_make(l->asked->repository, &l->asked->from, l->errs);
    if (!l->log->timeline)
        return -1;
    go_back(l);
    if (!l->log->count)
        add_unknown_figure(l, source);
    else if (content_has_department(source, department))
        find_restatements(l, source);
    return l->log->count ? 0 : -1;
}

int log_collect(const struct log_asked *asked, struct log *log, struct errs *errs)
{
    struct logging l = {.asked = asked, .log = log, .errs = errs};
    struct source *source = repository_source(asked->repository, &asked->from, asked->name, errs);
    int result = source ? collect(&l, source) : -1;

    source_close(source);
    return result;
}

int log_department(struct timeline *timeline, const char *department,
                   const struct content_department *now, bool has_profiles, struct log *log,
                   struct errs *errs)
{
    struct logging l = {.snapshots = {.timeline = timeline,
                                      .department = department,
                                      .now = has_profiles ? now : NULL},
                        .now = now,
                        .cache = timeline_cache(timeline),
                        .log = log,
                        .errs = errs};
    size_t before = errs_count(errs);

    go_back(&l);
    return errs_count(errs) > before ? -1 : 0;
}

const struct restatement *log_restatement(const struct log *log, const char *address)
{
    for (size_t i = 0; i < log->restatements.count; i++)
        if (!strcmp(log->restatements.list[i].address, address))
            return &log->restatements.list[i];
    return NULL;
}

void log_release(struct log *log)
{
    free(log->events);
    free(log->wholes);
    timeline_free(log->timeline);
    arena_release(&log->arena);
    memset(log, 0, sizeof(*log));
}
