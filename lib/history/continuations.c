#include "base/base.h"

#include "history/continuations.h"

#include "base/arena.h"
#include "model/lookup.h"
#include "text/suggest.h"

struct finding_projects {
    const struct report *old, *new;
    const struct department *department; /* of the new one */
    const struct project **same;         /* for each project of the new one; NULL: none */
    bool *taken;                         /* for each project of the old one */
};

/* What a project was in the earlier year. */
static const struct project *follow(const struct finding_projects *f, const struct project *project)
{
    const struct report *reports = f->department->reports.items;
    const struct project *before;

    for (size_t i = f->department->reports.count; i-- > 0;) {
        if (reports[i].year.value >= f->new->year.value ||
            reports[i].year.value <= f->old->year.value)
            continue;
        before = project_before(&reports[i], project);
        if (!before && project->continues.s) /* of a report that cannot be read */
            return NULL;
        project = before ? before : project;
    }
    return project_before(f->old, project);
}

/* Those that say what they continue, or the others. */
static void find_same(struct finding_projects *f, bool by_name)
{
    for (size_t i = 0; i < f->new->projects.count; i++) {
        const struct project *project = &f->new->projects.items[i];
        const struct project *old = !project->continues.s == by_name ? follow(f, project) : NULL;

        if (!old || f->taken[old - f->old->projects.items])
            continue;
        f->taken[old - f->old->projects.items] = true;
        f->same[i] = old;
    }
}

/* The one of those that are left that has the nearest name. */
static const struct project *find_near(const struct finding_projects *f,
                                       const struct project *project)
{
    const struct project *all = f->old->projects.items;
    struct suggest near;

    if (!project->name.s || project->continues.s)
        return NULL;
    suggest_start(&near, project->name.s, project->name.len);
    for (size_t i = 0; i < f->old->projects.count; i++)
        if (!f->taken[i] && all[i].name.s)
            suggest_offer(&near, all[i].name.s);
    for (size_t i = 0; near.name && i < f->old->projects.count; i++)
        if (all[i].name.s == near.name)
            return &all[i];
    return NULL;
}

void continuations_find(const struct department *before, int64_t earlier,
                        const struct department *department, int64_t later, struct arena *arena,
                        struct continuations *out)
{
    struct finding_projects f = {.old = department_report(before, earlier),
                                 .new = department_report(department, later),
                                 .department = department};

    *out = (struct continuations){NULL, 0};
    if (!f.old || !f.new || !f.new->projects.count)
        return;
    f.same = arena_zalloc(arena, f.new->projects.count, sizeof(*f.same));
    f.taken = arena_zalloc(arena, f.old->projects.count + 1, sizeof(*f.taken));
    find_same(&f, false);
    find_same(&f, true);
    out->list = arena_zalloc(arena, f.new->projects.count, sizeof(*out->list));
    for (size_t i = 0; i < f.new->projects.count; i++) {
        const struct project *new = &f.new->projects.items[i];
        const struct project *old = f.same[i] ? f.same[i] : find_near(&f, new);

        if (old)
            out->list[out->count++] = (struct continuation){old, new, !f.same[i]};
    }
}
