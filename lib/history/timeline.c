#include "base/base.h"

#include "history/timeline.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/mem.h"

struct timeline {
    struct repository *repository;
    struct revision *revisions;
    size_t count, cap;
    bool is_cut;
    struct arena arena;
    pthread_mutex_t lock; /* of the repository */
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
                             revision->reports[i].year};
    return true;
}

struct timeline *timeline_make(struct repository *repository, const struct object_id *from,
                               struct errs *errs)
{
    struct timeline *timeline = mem_zalloc(1, sizeof(*timeline));

    timeline->repository = repository;
    pthread_mutex_init(&timeline->lock, NULL);
    if (revisions_each(repository, from, keep, timeline, &timeline->is_cut, errs)) {
        timeline_free(timeline);
        return NULL;
    }
    return timeline;
}

void timeline_free(struct timeline *timeline)
{
    if (!timeline)
        return;
    pthread_mutex_destroy(&timeline->lock);
    arena_release(&timeline->arena);
    free(timeline->revisions);
    free(timeline);
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

struct source *timeline_source(struct timeline *timeline, const struct revision *revision,
                               struct errs *errs)
{
    struct source *source;

    pthread_mutex_lock(&timeline->lock);
    source = repository_source(timeline->repository, &revision->commit.id, revision->name, errs);
    pthread_mutex_unlock(&timeline->lock);
    return source;
}
