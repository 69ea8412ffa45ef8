#include "base/base.h"

#include "history/log.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "history/revisions.h"
#include "text/known.h"

/* Most revisions have the profiles of the one before. */
struct shared_catalog {
    struct catalog catalog;
    size_t users;
};

/* What a department said as of a commit. */
struct snapshot {
    struct commit commit;           /* its texts are in the log's arena */
    struct shared_catalog *catalog; /* NULL: the department is not there */
    struct content_department content;
    struct items items;
};

struct logging {
    const struct log_asked *asked; /* NULL: all of the department, along the timeline */
    struct timeline *timeline;     /* NULL: the revisions have to be found */
    struct log *log;
    struct errs *errs;
    const char *department;
    int64_t year; /* only what is of it; 0: all */
    struct items_wanted wanted;
    struct snapshot *newer;         /* the one before, on the way back; NULL: none yet */
    struct shared_catalog *catalog; /* that was read last, until files of it are touched */
    /* The oldest so far that touched files of no department, and is older than the one before. What
     * cannot be read in an older one, for want of a profile, can be read there. */
    struct revision completed;
    bool is_completed;
};

static struct shared_catalog *use_catalog(struct shared_catalog *catalog)
{
    catalog->users++;
    return catalog;
}

static void drop_catalog(struct shared_catalog *catalog)
{
    if (!catalog || --catalog->users)
        return;
    catalog_release(&catalog->catalog);
    free(catalog);
}

static void free_snapshot(struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    items_release(&snapshot->items);
    content_release_department(&snapshot->content);
    drop_catalog(snapshot->catalog);
    free(snapshot);
}

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
    log->events[log->count++] = (struct log_event){.commit = l->newer->commit,
                                                   .change = {.kind = !old   ? CHANGE_ADDED
                                                                      : !new ? CHANGE_REMOVED
                                                                             : CHANGE_ALTERED,
                                                              .department = l->department,
                                                              .old = keep_item(l, old),
                                                              .new = keep_item(l, new)}};
}

/* What the newer snapshot changed. */
static void add_events(struct logging *l, const struct items *older)
{
    struct change_counts ignored = {0};

    changes_merge(older, &l->newer->items, false, &ignored, &ignored, add_event, l);
}

/* --- revisions --- */

static bool touches(const struct logging *l, const struct revision *revision)
{
    for (size_t i = 0; i < revision->report_count; i++)
        if (!strcmp(revision->reports[i].department, l->department) &&
            (!l->year || l->year == revision->reports[i].year))
            return true;
    return false;
}

/* -1 when there are errors, or what the department needs has any. */
static int read_department(struct logging *l, const struct source *source, struct snapshot *out,
                           struct errs *errs)
{
    if (!content_has_department(source, l->department))
        return 0;
    if (!l->catalog) {
        l->catalog = use_catalog(mem_zalloc(1, sizeof(*l->catalog)));
        content_load_catalog(source, &l->catalog->catalog, errs);
    }
    out->catalog = use_catalog(l->catalog);
    if (content_load_department(source, &l->catalog->catalog, l->department, &out->content, errs) ||
        out->content.incomplete)
        return -1;
    items_collect(&out->items, &out->content, &l->wanted);
    return 0;
}

/* What the department says as of a revision; NULL when that cannot be read. */
static struct snapshot *read_snapshot(struct logging *l, const struct revision *revision)
{
    struct snapshot *snapshot = mem_zalloc(1, sizeof(*snapshot));
    struct errs errs = ERRS_INIT;
    struct source *source = NULL;
    bool is_early = false;
    int result = 0;

    snapshot->commit = revision->commit;
    snapshot->commit.summary = keep(l, revision->commit.summary);
    if (revision->has_content) {
        source = l->asked ? repository_source(l->asked->repository, &revision->commit.id,
                                              revision->name, &errs)
                          : timeline_source(l->timeline, revision, &errs);
        /* before there was a site.json nothing could be published */
        is_early = source && !source_has(source, "site.json");
        result = source && !is_early ? read_department(l, source, snapshot, &errs) : -1;
    }
    source_close(source);
    if (result) {
        if (!is_early) {
            revision_add_unreadable(revision, &errs, l->errs);
            l->log->unread++;
        }
        free_snapshot(snapshot);
        snapshot = NULL;
    }
    errs_release(&errs);
    return snapshot;
}

static void forget_catalog(struct logging *l)
{
    drop_catalog(l->catalog);
    l->catalog = NULL;
}

/* The state that a revision made; where it cannot be read, as it was when it first could be. */
static struct snapshot *read_state(struct logging *l, const struct revision *revision)
{
    struct snapshot *snapshot = read_snapshot(l, revision);

    if (!snapshot && l->is_completed) {
        forget_catalog(l);
        snapshot = read_snapshot(l, &l->completed);
        forget_catalog(l);
    }
    return snapshot;
}

static void take_snapshot(struct logging *l, struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    if (l->newer)
        add_events(l, &snapshot->items);
    free_snapshot(l->newer);
    l->newer = snapshot;
}

static bool visit(void *ctx, const struct revision *revision)
{
    struct logging *l = ctx;

    if (touches(l, revision)) {
        take_snapshot(l, read_state(l, revision));
        l->is_completed = false;
    } else if (revision->others) {
        l->completed = *revision;
        l->completed.commit.summary = keep(l, revision->commit.summary);
        l->is_completed = true;
    }
    if (revision->others) /* what is older has other profiles, perhaps */
        forget_catalog(l);
    return true;
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

/* What the department states in its last revision is offered. */
static void add_unknown_figure(struct logging *l, const struct source *source)
{
    struct known known = known_start(l->asked->address, strlen(l->asked->address));
    struct snapshot *last = mem_zalloc(1, sizeof(*last));
    struct errs ignored = ERRS_INIT;

    l->wanted.prefix = NULL;
    forget_catalog(l);
    read_department(l, source, last, &ignored);
    known.open = true;
    for (size_t i = 0; i < last->items.count; i++)
        known_offer(&known, last->items.list[i].address);
    known_hint(&known, errs_add(l->errs, ERR_USAGE, "unknown-figure", "no revision states '%s'",
                                l->asked->address));
    errs_release(&ignored);
    free_snapshot(last);
}

/* What the oldest revision had was added by it, or before. */
static void end(struct logging *l, bool is_cut)
{
    static const struct items nothing = {0};
    size_t last = l->log->count;

    if (l->newer)
        add_events(l, &nothing);
    for (size_t i = last; i < l->log->count; i++)
        l->log->events[i].is_cut = is_cut;
    if (l->log->count)
        sort_events(l->log);
}

/* Goes back through all revisions. */
static int go_back(struct logging *l)
{
    bool is_cut;

    if (revisions_each(l->asked->repository, &l->asked->from, visit, l, &is_cut, l->errs))
        return -1;
    end(l, is_cut);
    return 0;
}

/* What other reports say of the figures, in the last revision. */
static void find_restatements(struct logging *l, const struct source *source)
{
    struct snapshot *last = mem_zalloc(1, sizeof(*last));
    struct errs ignored = ERRS_INIT;

    forget_catalog(l);
    if (!read_department(l, source, last, &ignored) && last->catalog)
        restatements_find(&last->catalog->catalog, &last->content, &l->log->arena,
                          &l->log->restatements);
    errs_release(&ignored);
    free_snapshot(last);
}

static int collect(struct logging *l, const struct source *source)
{
    l->department = department_before_year(l);
    if (!l->department)
        l->department = department_there(l, source);
    if (!l->department) {
        add_unknown_department(l, source);
        return -1;
    }
    l->wanted.prefix = strcmp(l->department, l->asked->address) != 0 ? l->asked->address : NULL;
    if (go_back(l))
        return -1;
    if (!l->log->count)
        add_unknown_figure(l, source);
    else
        find_restatements(l, source);
    return l->log->count ? 0 : -1;
}

int log_collect(const struct log_asked *asked, struct log *log, struct errs *errs)
{
    struct logging l = {.asked = asked, .log = log, .errs = errs};
    struct source *source = repository_source(asked->repository, &asked->from, asked->name, errs);
    int result = source ? collect(&l, source) : -1;

    free_snapshot(l.newer);
    drop_catalog(l.catalog);
    source_close(source);
    return result;
}

int log_department(struct timeline *timeline, const char *department, struct log *log,
                   struct errs *errs)
{
    struct logging l = {.timeline = timeline, .log = log, .errs = errs, .department = department};
    size_t count, before = errs_count(errs);
    const struct revision *revisions = timeline_revisions(timeline, &count);

    for (size_t i = 0; i < count; i++)
        visit(&l, &revisions[i]);
    end(&l, timeline_is_cut(timeline));
    free_snapshot(l.newer);
    drop_catalog(l.catalog);
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
    arena_release(&log->arena);
    memset(log, 0, sizeof(*log));
}
