#include "base/base.h"

#include "history/log_all.h"

#include "base/mem.h"
#include "base/pool.h"
#include "base/strmap.h"

/* --- which departments --- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those that any revision touched, sorted. */
static void find_departments(struct timeline *timeline, struct log_all *all)
{
    size_t count, cap = 0;
    const struct revision *revisions = timeline_revisions(timeline, &count);
    struct strmap seen = STRMAP_INIT;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < revisions[i].report_count; j++) {
            const char *department = revisions[i].reports[j].department;
            bool is_new;

            strmap_put(&seen, department, strlen(department), &is_new);
            if (!is_new)
                continue;
            ARENA_GROW(&all->arena, all->departments, all->department_count, cap);
            all->departments[all->department_count++] = department;
        }
    strmap_release(&seen);
    if (all->department_count)
        qsort(all->departments, all->department_count, sizeof(*all->departments), compare_names);
}

/* --- all of them --- */

struct collecting {
    struct timeline *timeline;
    struct log_all *all;
    struct errs *errs;
};

static void *work(void *ctx, size_t item)
{
    const struct collecting *c = ctx;
    struct errs *errs = mem_zalloc(1, sizeof(*errs));

    log_department(c->timeline, c->all->departments[item], NULL, false, &c->all->logs[item], errs);
    return errs;
}

static void add_entry(struct log_all *all, const struct log_entry *entry)
{
    MEM_GROW(all->entries, all->count, all->cap);
    all->entries[all->count++] = *entry;
}

static void take(void *ctx, size_t item, void *result)
{
    struct collecting *c = ctx;
    struct log_all *all = c->all;
    const struct log *log = &all->logs[item];
    struct log_entry entry = {.department = all->departments[item]};

    errs_move(c->errs, result);
    free(result);
    all->unread += log->unread;
    for (size_t i = 0; i < log->whole_count; i++) {
        entry.whole = &log->wholes[i];
        entry.revision = entry.whole->revision;
        add_entry(all, &entry);
    }
    entry.whole = NULL;
    for (size_t i = 0; i < log->count; i++) {
        entry.event = &log->events[i];
        entry.revision = entry.event->revision;
        add_entry(all, &entry);
    }
}

/* Whole ones stand before the parts of others; those of all years before those of one. */
static int compare_in_department(const struct log_entry *a, const struct log_entry *b)
{
    if (!a->whole || !b->whole)
        return a->whole ? -1 : b->whole ? 1 : 0;
    return (a->whole->year > b->whole->year) - (a->whole->year < b->whole->year);
}

static int compare_entries(const void *a, const void *b)
{
    const struct log_entry *one = a, *other = b;
    int order = (one->revision > other->revision) - (one->revision < other->revision);

    if (!order)
        order = strcmp(one->department, other->department);
    if (!order)
        order = compare_in_department(one, other);
    return order ? order : (one->event > other->event) - (one->event < other->event);
}

void log_all_collect(struct timeline *timeline, unsigned threads, struct log_all *out,
                     struct errs *errs)
{
    struct collecting c = {timeline, out, errs};
    struct pool_task task = {
        .threads = threads ? threads : pool_processors(), .ctx = &c, .work = work, .take = take};

    find_departments(timeline, out);
    out->logs = mem_zalloc(out->department_count + 1, sizeof(*out->logs));
    task.count = out->department_count;
    task.window = (size_t)task.threads * 4;
    if (task.count)
        pool_run(&task);
    if (out->count)
        qsort(out->entries, out->count, sizeof(*out->entries), compare_entries);
}

void log_all_release(struct log_all *all)
{
    for (size_t i = 0; i < all->department_count; i++)
        log_release(&all->logs[i]);
    free(all->logs);
    free(all->entries);
    arena_release(&all->arena);
    memset(all, 0, sizeof(*all));
}
