#include "base/base.h"

#include "history/restatements.h"

#include "base/arena.h"
#include "check/check.h"
#include "check/rule.h"

static const char *keep(struct arena *arena, const struct text *text)
{
    return text->s ? arena_strndup(arena, text->s, text->len) : NULL;
}

/* Such a finding cites the figure that says it, then the one that it says it of. */
static bool is_restatement(const struct finding *finding)
{
    return text_is(&finding->rule, rules[RULE_PRIOR_REPORT].id) && finding->figures.count == 2;
}

static void add(const struct finding *finding, struct arena *arena, struct restatements *out)
{
    out->list[out->count++] = (struct restatement){
        .address = keep(arena, &finding->figures.items[1].address),
        .published = keep(arena, &finding->recomputed),
        .by = keep(arena, &finding->figures.items[0].address),
        .stated = keep(arena, &finding->stated),
        .reason = keep(arena, &finding->reason),
    };
}

void restatements_find(const struct catalog *catalog, struct content_department *content,
                       struct arena *arena, struct restatements *out)
{
    const struct department *department = &content->department;
    struct check_plan *plan = check_plan_new(catalog);
    size_t count = 0;

    check_department(plan, content);
    for (size_t i = 0; i < department->reports.count; i++)
        count += department->reports.items[i].findings.count;
    *out = (struct restatements){arena_zalloc(arena, count + 1, sizeof(*out->list)), 0};
    for (size_t i = 0; i < department->reports.count; i++) {
        const struct report *report = &department->reports.items[i];

        for (size_t j = 0; j < report->findings.count; j++)
            if (is_restatement(&report->findings.items[j]))
                add(&report->findings.items[j], arena, out);
    }
    check_plan_free(plan);
}
