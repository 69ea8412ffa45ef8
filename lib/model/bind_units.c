#include "base/base.h"

#include "model/bind_units.h"

#include "base/err.h"

static const char *const unit_percent = "%", *const unit_score = "分";

void bind_quantity(struct bind *b, const struct source_text *source, struct quantity *q,
                   const char *name, const char *money, const char *other)
{
    int64_t units;
    struct err *err;

    switch ((enum measure)q->measure) {
    case MEASURE_AMOUNT:
        q->unit = money;
        break;
    case MEASURE_PERCENT:
        q->unit = unit_percent;
        break;
    case MEASURE_SCORE:
        q->unit = unit_score;
        break;
    default:
        q->unit = other;
    }
    if (q->state != QUANTITY_STATED || !quantity_units(q, &units))
        return;
    if (money_exponent(q->unit) < 0 || q->measure != MEASURE_AMOUNT) {
        err = source_error(b->errs, source, q->at, "out-of-range",
                           "'%s' has more than 6 decimals, or is too large a number to be held",
                           name);
        err_hint(err, "write it with fewer digits; a factor can go into the unit, as in 万人");
    } else if (q->number.scale > (unsigned)money_exponent(q->unit) + 2) {
        err = source_error(b->errs, source, q->at, "too-fine",
                           "'%s' has %u decimals; in %s an amount can have at most %d", name,
                           q->number.scale, q->unit, money_exponent(q->unit) + 2);
        err_hint(err, "amounts are kept in 分, 0.01 元; check the unit");
    } else {
        err = source_error(b->errs, source, q->at, "out-of-range",
                           "'%s' is too large an amount to be held", name);
        err_hint(err, "check the unit");
    }
}

void bind_quantities(struct bind *b, const struct source_text *source, const struct entity *entity,
                     void *record, const char *money, const char *other)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < count; i++)
        if (fields[i].type == FIELD_QUANTITY)
            bind_quantity(b, source, (struct quantity *)((char *)record + fields[i].offset),
                          fields[i].name, money, other);
}
