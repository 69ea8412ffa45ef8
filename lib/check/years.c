#include "base/base.h"

#include "check/checks.h"

#include "check/cell.h"
#include "model/lookup.h"

static void tell_prior(struct checking *c, const struct line *line, const struct cell_table *t,
                       const struct cell *said, const struct cell *own)
{
    struct finding *finding = check_find(c, RULE_PRIOR_REPORT, NULL);
    const struct quantity *q = own->cited.q;

    check_cite(c, finding, &said->cited);
    check_cite(c, finding, &own->cited);
    check_stated_number(c, finding, said->number.units, q->unit, q->number.scale);
    check_recomputed(c, finding, own->number.units, q->unit, q->number.scale);
    check_message(c, finding, "%s：本年所说的上年数是 %s，上年公开的是 %s",
                  check_line_name(c, t->table, line), finding->stated.s, finding->recomputed.s);
}

/* A total ten thousand times as much as the year before is likely to be in another unit. */
static void check_slip(struct checking *c, const struct line *line, const struct cell_table *t,
                       const struct cell *now, const struct cell *then)
{
    static const int least = 5000, most = 20000;
    const struct number *large = &now->number, *small = &then->number;
    struct finding *finding;

    if (large->units < small->units) {
        large = &then->number;
        small = &now->number;
    }
    if (small->units <= 0 || large->units / small->units < least ||
        large->units / small->units >= most)
        return;
    finding = check_find(c, RULE_UNIT_SLIP, "warning");
    check_cite(c, finding, &now->cited);
    check_cite(c, finding, &then->cited);
    check_stated(c, finding, now->cited.q);
    check_message(c, finding, "%s：本年是 %s，上年是 %s，差一万倍左右，看看金额单位",
                  check_line_name(c, t->table, line), finding->stated.s,
                  check_quantity_text(c, then->cited.q));
}

static void check_line(struct checking *c, const struct cell_table *t,
                       const struct cell_table *then, const struct line *line)
{
    struct cell own = cell_of(then, line->id.s, "final"), now = cell_of(t, line->id.s, "final");
    struct cell said = cell_of_prior(t, line);

    if (own.state != CELL_STATED)
        return;
    if (line_id_is_total(line->id.s) && now.state == CELL_STATED)
        check_slip(c, line, t, &now, &own);
    if (said.state != CELL_STATED)
        return;
    check_use(c, said.cited.q);
    check_use(c, own.cited.q);
    if (!number_agree(&said.number, &own.number))
        tell_prior(c, line, t, &said, &own);
}

void check_years(struct checking *c)
{
    if (!c->prior)
        return;
    for (size_t i = 0; i < c->profile->tables.count; i++) {
        const struct cell_table *t = &c->tables[i], *then = &c->prior_tables[i];

        for (size_t j = 0; t->table && then->table && j < t->table->lines.count; j++)
            if (t->table->lines.items[j].id.s)
                check_line(c, t, then, &t->table->lines.items[j]);
    }
}
