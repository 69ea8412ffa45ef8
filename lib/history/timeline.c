#include "base/base.h"

#include "history/timeline.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/shared.h"
#include "history/result_cache.h"
#include "source/content.h"

/* Threads work on departments, and each goes from its newest revision to its oldest. */
enum { SOURCES_KEPT = 16, CATALOGS_KEPT = 8 };

struct timeline {
    struct repository *repository;
    struct revision *revisions;
    size_t count, cap;
    bool is_cut;
    struct arena arena;
    pthread_mutex_t lock;              /* of the repository */
    struct shared *sources, *catalogs; /* by the number of a revision */
    struct result_cache *cache;        /* or NULL */
};

/* A copy that stays. */
static bool keep(void *ctx, const struct revision *revision)
{
    struct timeline *timeline = ctx;
    struct revision *copy;

    MEM_GROW(timeline->revisions, timeline->count, timeline->cap);
    copy = &timeline->revisions[timeline->count++];
    *copy = *revision;
    copy->commit.summary = arena_strdup(&timeline->arena, revision->commit.summary);
    copy->reports =
        arena_alloc(&timeline->arena, (revision->report_count + 1) * sizeof(*copy->reports));
    for (size_t i = 0; i < revision->report_count; i++)
        copy->reports[i] =
            (struct touched){arena_strdup(&timeline->arena, revision->reports[i].department),
                             revision->reports[i].year, revision->reports[i].folder};
    return true;
}

static void drop_source(void *thing)
{
    source_close(thing);
}

static void drop_catalog(void *thing)
{
    struct revision_catalog *catalog = thing;

    catalog_release(&catalog->catalog);
    errs_release(&catalog->errs);
    free(catalog);
}

static void set_all_profiles(struct timeline *timeline)
{
    for (size_t i = timeline->count; i-- > 0;)
        if (i + 1 < timeline->count && !timeline->revisions[i].others)
            timeline->revisions[i].profiles = timeline->revisions[i + 1].profiles;
        else if (timeline->revisions[i].has_content)
            timeline->revisions[i].profiles =
                revision_profiles(timeline->repository, &timeline->revisions[i].tree);
}

struct timeline *timeline_make(struct repository *repository, const struct object_id *from,
                               struct errs *errs)
{
    struct timeline *timeline = mem_zalloc(1, sizeof(*timeline));

    timeline->repository = repository;
    timeline->sources = shared_make(SOURCES_KEPT, drop_source);
    timeline->catalogs = shared_make(CATALOGS_KEPT, drop_catalog);
    pthread_mutex_init(&timeline->lock, NULL);
    if (revisions_each(repository, from, keep, timeline, &timeline->is_cut, errs)) {
        timeline_free(timeline);
        return NULL;
    }
    set_all_profiles(timeline);
    return timeline;
}

void timeline_free(struct timeline *timeline)
{
    if (!timeline)
        return;
    result_cache_close(timeline->cache);
    shared_free(timeline->sources);
    shared_free(timeline->catalogs);
    pthread_mutex_destroy(&timeline->lock);
    arena_release(&timeline->arena);
    free(timeline->revisions);
    free(timeline);
}

void timeline_set_cache(struct timeline *timeline, struct result_cache *cache)
{
    timeline->cache = cache;
}

struct result_cache *timeline_cache(const struct timeline *timeline)
{
    return timeline->cache;
}

const struct revision *timeline_revisions(const struct timeline *timeline, size_t *count)
{
    *count = timeline->count;
    return timeline->revisions;
}

bool timeline_is_cut(const struct timeline *timeline)
{
    return timeline->is_cut;
}

struct opening {
    struct timeline *timeline;
    struct errs *errs;
};

static void *open_source(void *ctx, size_t key)
{
    const struct opening *opening = ctx;
    struct timeline *timeline = opening->timeline;
    const struct revision *revision = &timeline->revisions[key];
    struct source *source;

    pthread_mutex_lock(&timeline->lock);
    source = repository_source(timeline->repository, &revision->commit.id, revision->name,
                               opening->errs);
    pthread_mutex_unlock(&timeline->lock);
    return source;
}

struct source *timeline_source(struct timeline *timeline, const struct revision *revision,
                               struct errs *errs)
{
    struct opening opening = {timeline, errs};

    return shared_get(timeline->sources, (size_t)(revision - timeline->revisions), open_source,
                      &opening);
}

void timeline_return_source(struct timeline *timeline, const struct source *source)
{
    shared_return(timeline->sources, source);
}

static void *load_catalog(void *ctx, size_t key)
{
    struct timeline *timeline = ctx;
    struct revision_catalog *catalog = mem_zalloc(1, sizeof(*catalog));
    struct source *source = timeline_source(timeline, &timeline->revisions[key], &catalog->errs);

    catalog_init(&catalog->catalog);
    if (source)
        content_load_catalog(source, &catalog->catalog, &catalog->errs);
    timeline_return_source(timeline, source);
    return catalog;
}

const struct revision_catalog *timeline_catalog(struct timeline *timeline,
                                                const struct revision *revision)
{
    size_t at = (size_t)(revision - timeline->revisions);

    while (at + 1 < timeline->count && !timeline->revisions[at].others)
        at++;
    return shared_get(timeline->catalogs, at, load_catalog, timeline);
}

void timeline_return_catalog(struct timeline *timeline, const struct revision_catalog *catalog)
{
    shared_return(timeline->catalogs, catalog);
}

static bool has_same_file(const struct source *revision, const struct source *source,
                          const char *path, struct arena *arena)
{
    struct errs ignored = ERRS_INIT;
    struct source_text text;
    bool is_same = !source_read(source, path, arena, &text, &ignored) &&
                   source_has_same(revision, path, &text);

    errs_release(&ignored);
    return is_same;
}

static bool has_same_folder(const struct source *revision, const struct source *source,
                            const char *folder, struct arena *arena)
{
    struct errs ignored = ERRS_INIT;
    struct fs_list list = {NULL, 0}, there = {NULL, 0};
    bool is_same = !source_list(source, folder, arena, &list, &ignored) &&
                   !source_list(revision, folder, arena, &there, &ignored) &&
                   list.count == there.count;

    for (size_t i = 0; is_same && i < list.count; i++)
        is_same = has_same_file(revision, source,
                                arena_format(arena, "%s/%s", folder, list.entries[i].name), arena);
    errs_release(&ignored);
    return is_same;
}

bool timeline_has_profiles(struct timeline *timeline, const struct source *source)
{
    struct errs ignored = ERRS_INIT;
    struct arena arena = ARENA_INIT;
    struct source *last = timeline->count && timeline->revisions[0].has_content
                              ? timeline_source(timeline, &timeline->revisions[0], &ignored)
                              : NULL;
    bool is_same = last && has_same_file(last, source, "site.json", &arena) &&
                   has_same_folder(last, source, "profiles", &arena) &&
                   has_same_folder(last, source, "classifications", &arena);

    timeline_return_source(timeline, last);
    arena_release(&arena);
    errs_release(&ignored);
    return is_same;
}
