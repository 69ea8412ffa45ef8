#include "base/base.h"

#include "check/mark.h"

#include "base/arena.h"
#include "base/mem.h"

void check_renumber_citations(struct checking *c)
{
    int64_t *ids = mem_zalloc(c->finding_count + 1, sizeof(*ids)); /* by the id they had */

    for (size_t i = 0; i < c->finding_count; i++)
        ids[c->findings[i].id.value] = (int64_t)i + 1;
    for (size_t i = 0; i < c->citation_count; i++)
        c->citations[i].finding = ids[c->citations[i].finding];
    free(ids);
}

static int compare_citations(const void *a, const void *b)
{
    const struct citation *x = a, *y = b;

    if (x->q != y->q)
        return (uintptr_t)x->q < (uintptr_t)y->q ? -1 : 1;
    return (x->finding > y->finding) - (x->finding < y->finding);
}

/* The citations of one figure, of which a finding may have several. */
static const struct quantity_findings *list_findings(struct checking *c,
                                                     const struct report *report,
                                                     const struct citation *citations, size_t count)
{
    struct quantity_findings *list =
        arena_alloc(c->arena, sizeof(*list) + count * sizeof(list->items[0]));

    list->count = 0;
    for (size_t i = 0; i < count; i++)
        if (!i || citations[i].finding != citations[i - 1].finding)
            list->items[list->count++] = &report->findings.items[citations[i].finding - 1];
    return list;
}

void check_mark(struct checking *c, struct report *report)
{
    size_t end;

    if (c->citation_count)
        qsort(c->citations, c->citation_count, sizeof(*c->citations), compare_citations);
    for (size_t i = 0; i < c->citation_count; i = end) {
        /* a figure of this report, which the checks do not alter, but whoever checks it may */
        struct quantity *q = (struct quantity *)c->citations[i].q;

        for (end = i + 1; end < c->citation_count && c->citations[end].q == q; end++)
            ;
        q->findings = list_findings(c, report, &c->citations[i], end - i);
    }
}
