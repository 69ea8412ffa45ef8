#include "base/base.h"

#include "history/gone.h"

#include "base/arena.h"
#include "base/strmap.h"

struct looking {
    struct strmap seen; /* ids, of those that are there, too */
    struct arena *arena;
    struct content_departments *out;
    size_t cap;
};

static void look_at(struct looking *l, const char *id, bool is_there)
{
    bool is_new;

    *strmap_put(&l->seen, id, strlen(id), &is_new) = l;
    if (!is_new || is_there)
        return;
    ARENA_GROW(l->arena, l->out->ids, l->out->count, l->cap);
    l->out->ids[l->out->count++] = arena_strdup(l->arena, id);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void departments_gone(const struct timeline *timeline, const struct content_departments *now,
                      struct arena *arena, struct content_departments *out)
{
    struct looking l = {.seen = STRMAP_INIT, .arena = arena, .out = out};
    size_t count;
    const struct revision *revisions = timeline_revisions(timeline, &count);

    *out = (struct content_departments){NULL, 0};
    for (size_t i = 0; i < now->count; i++)
        look_at(&l, now->ids[i], true);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < revisions[i].report_count; j++)
            look_at(&l, revisions[i].reports[j].department, false);
    if (out->count)
        qsort(out->ids, out->count, sizeof(*out->ids), compare);
    strmap_release(&l.seen);
}
