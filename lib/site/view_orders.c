#include "base/base.h"

#include "site/view_orders.h"

#include "base/arena.h"
#include "model/lookup.h"
#include "site/theme.h"

/* A project with what it is sorted by. */
struct keyed {
    struct view_project view;
    int64_t key;
    bool is_stated;
    size_t place; /* in the document */
};

/* The figure that an order goes by; NULL when there is none. */
static const struct quantity *executed(const struct view_project *view)
{
    return view->total ? &view->total->executed : NULL;
}

static const struct quantity *rate(const struct view_project *view)
{
    return view->total ? &view->total->execution_rate : NULL;
}

static const struct quantity *score(const struct view_project *view)
{
    return view->result ? &view->result->score : NULL;
}

static const struct {
    const char *id;
    enum theme_word title;
    const struct quantity *(*figure)(const struct view_project *view);
    bool is_falling;
} orders[] = {
    {"executed", WORD_order_executed, executed, true},
    {"rate", WORD_order_rate, rate, false},
    {"score", WORD_order_score, score, false},
};

static int compare(const void *one, const void *other)
{
    const struct keyed *a = one, *b = other;

    if (a->is_stated != b->is_stated)
        return a->is_stated ? -1 : 1;
    if (a->is_stated && a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

static bool key_of(const struct quantity *q, int64_t *key)
{
    return q && q->state == QUANTITY_STATED && !quantity_units(q, key);
}

static void add_order(const char *id, const char *title, const struct keyed *projects, size_t count,
                      struct arena *arena, struct view_order *out)
{
    out->id = text_of(id);
    out->title = text_of(title);
    out->projects.items = arena_alloc(arena, count * sizeof(*out->projects.items));
    out->projects.count = count;
    for (size_t i = 0; i < count; i++)
        out->projects.items[i] = projects[i].view;
}

struct view_project view_project_of(const struct project *project)
{
    return (struct view_project){
        .project = (struct project *)project,
        .total = (struct fund *)find_fund(project->funds.items, project->funds.count, "total"),
        .result = (struct indicator *)project_indicator(project, "total")};
}

static struct keyed *list_projects(const struct report *report, struct arena *arena)
{
    struct keyed *projects = arena_zalloc(arena, report->projects.count, sizeof(*projects));

    for (size_t i = 0; i < report->projects.count; i++) {
        projects[i].place = i;
        projects[i].view = view_project_of(&report->projects.items[i]);
    }
    return projects;
}

void view_orders_make(const struct report *report, const struct theme *theme, struct arena *arena,
                      struct view_order **items, size_t *count)
{
    size_t projects = report->projects.count;
    struct keyed *keyed = list_projects(report, arena);

    *items = arena_zalloc(arena, ARRAY_SIZE(orders) + 1, sizeof(**items));
    *count = 0;
    if (!projects)
        return;
    add_order("document", theme_word(theme, WORD_order_document), keyed, projects, arena,
              &(*items)[(*count)++]);
    for (size_t i = 0; projects > 1 && i < ARRAY_SIZE(orders); i++) {
        bool any = false;

        for (size_t j = 0; j < projects; j++) {
            keyed[j].is_stated = key_of(orders[i].figure(&keyed[j].view), &keyed[j].key);
            if (orders[i].is_falling)
                keyed[j].key = -keyed[j].key;
            any |= keyed[j].is_stated;
        }
        qsort(keyed, projects, sizeof(*keyed), compare);
        if (any)
            add_order(orders[i].id, theme_word(theme, orders[i].title), keyed, projects, arena,
                      &(*items)[(*count)++]);
    }
}
