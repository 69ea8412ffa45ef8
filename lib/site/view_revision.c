#include "base/base.h"

#include "site/view_revision.h"

#include "base/arena.h"

enum { NAME_LEN = 12, DAY_LEN = 10 }; /* of a commit in an address; of 2024-09-05 */

struct view_revision view_revision_of(struct page_maker *m, struct text id, struct text time,
                                      struct text message)
{
    return (struct view_revision){
        .id = id,
        .path = text_of(page_text(m, "changes/%.*s/", NAME_LEN, id.s)),
        .day = text_of(page_text(m, "%.*s", DAY_LEN, time.s)),
        .time = time,
        .message = message,
    };
}

void view_revision_count(struct integer *to, int64_t n)
{
    to->value += n;
    to->present = to->value != 0;
}

/* A whole report has as many figures as the department got with it, if it got nothing else. */
static void add_change(const struct report *report, const struct revision_change *change,
                       struct view_revision *view)
{
    if (change->whole.value && change->address.len == report->path.len)
        view->first.value = text_is(&change->kind, "added");
    else if (!change->unit.s && !change->old_unit.s)
        view_revision_count(&view->texts_changed, 1);
    else if (text_is(&change->kind, "added"))
        view_revision_count(&view->figures_added, 1);
    else if (text_is(&change->kind, "removed"))
        view_revision_count(&view->figures_removed, 1);
    else
        view_revision_count(&view->figures_changed, 1);
}

static bool is_of(const struct revision_change *change, const struct report *report)
{
    return change->year.present && change->year.value == report->year.value;
}

static bool touches(const struct department_revision *revision, const struct report *report)
{
    for (size_t i = 0; i < revision->changes.count; i++)
        if (!report || is_of(&revision->changes.items[i], report))
            return true;
    return false;
}

struct view_revision *view_revision_newest(struct page_maker *m,
                                           const struct department *department,
                                           const struct report *report)
{
    for (size_t i = 0; i < department->revisions.count; i++) {
        const struct department_revision *revision = &department->revisions.items[i];
        struct view_revision *view;

        if (!touches(revision, report))
            continue;
        view = arena_alloc(m->arena, sizeof(*view));
        *view = view_revision_of(m, revision->id, revision->time, revision->message);
        return view;
    }
    return NULL;
}

void view_versions_make(struct page_maker *m, const struct department *department,
                        const struct report *report, struct view_revision **items, size_t *count)
{
    *count = 0;
    *items = arena_zalloc(m->arena, department->revisions.count, sizeof(**items));
    for (size_t i = 0; i < department->revisions.count; i++) {
        const struct department_revision *revision = &department->revisions.items[i];
        struct view_revision view =
            view_revision_of(m, revision->id, revision->time, revision->message);
        bool any = false;

        for (size_t j = 0; j < revision->changes.count; j++) {
            const struct revision_change *change = &revision->changes.items[j];

            if (!is_of(change, report))
                continue;
            any = true;
            add_change(report, change, &view);
        }
        view.cut = revision->cut;
        if (view.cut.value)
            view.first.value = false; /* it may have been there before */
        if (any)
            (*items)[(*count)++] = view;
    }
}
