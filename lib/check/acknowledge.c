#include "base/base.h"

#include "check/acknowledge.h"

#include "base/arena.h"
#include "check/checking.h"

/* The address of the first figure below the report; "" when there is none. */
static const char *key_of(const struct checking *c, const struct finding *finding)
{
    const char *address = finding->figures.count ? finding->figures.items[0].address.s : NULL;

    return address ? address + c->report->path.len + 1 : "";
}

static bool acknowledge(struct checking *c, const struct acknowledgement *known)
{
    bool any = false;

    for (size_t i = 0; i < c->finding_count; i++) {
        struct finding *finding = &c->findings[i];

        if (!text_is(&known->rule, finding->rule.s) ||
            strcmp(known->figure.s ? known->figure.s : "", key_of(c, finding)))
            continue;
        finding->acknowledged.value = true;
        finding->reason = known->reason;
        any = true;
    }
    return any;
}

void check_acknowledge(struct checking *c)
{
    const struct acknowledgement *known = c->report->acknowledgements.items;
    size_t count = c->report->acknowledgements.count;
    const char *file = arena_format(c->arena, "departments/%s/report.json", c->report->path.s);

    for (size_t i = 0; i < count; i++) {
        struct finding *finding;

        if (!known[i].rule.s || acknowledge(c, &known[i]))
            continue;
        finding = check_find(c, RULE_ACKNOWLEDGEMENT, NULL);
        check_cite_text(c, finding, arena_format(c->arena, "acknowledgements/%zu", i + 1),
                        known[i].figure.s ? known[i].figure.s : "", file, known[i].rule.at);
        check_message(c, finding, "没有“%s%s%s”的发现，这条说明已经过时，或者规则、数字写错了",
                      known[i].rule.s, known[i].figure.s ? " " : "",
                      known[i].figure.s ? known[i].figure.s : "");
    }
}
