#include "base/base.h"

#include "model/quantity.h"

#include "base/strbuf.h"

const char *const money_units[] = {"元", "千元", "万元", "百万元", "亿元", NULL};
static const int money_exponents[] = {0, 3, 4, 6, 8};

enum { FEN_SCALE = 2, MILLIONTHS = 6 };

const char *measure_name(enum measure measure)
{
    static const char *const names[] = {"amount", "percent", "count", "score", "number"};

    return names[measure];
}

int money_exponent(const char *unit)
{
    for (size_t i = 0; unit && money_units[i]; i++)
        if (unit == money_units[i] || !strcmp(unit, money_units[i]))
            return money_exponents[i];
    return -1;
}

static bool is_money(const struct quantity *q)
{
    return q->measure == MEASURE_AMOUNT && money_exponent(q->unit) >= 0;
}

/* An amount in 元: the point moves to the right. -1 when the digits do not fit. */
static int to_yuan(const struct quantity *q, struct decimal *out)
{
    struct decimal d = q->number;
    int exponent = money_exponent(q->unit);

    for (; exponent && d.scale; exponent--)
        d.scale--;
    for (; exponent; exponent--)
        if (__builtin_mul_overflow(d.units, 10, &d.units))
            return -1;
    d.minus_zero = false;
    *out = d;
    return 0;
}

int quantity_units(const struct quantity *q, int64_t *out)
{
    struct decimal d = q->number;

    if (is_money(q) && to_yuan(q, &d))
        return -1;
    if (decimal_rescale(d, is_money(q) ? FEN_SCALE : MILLIONTHS, &d))
        return -1;
    *out = d.units;
    return 0;
}

/* What stands in the place of a number that is not there. */
static const char *placeholder(const struct quantity *q)
{
    switch ((enum quantity_state)q->state) {
    case QUANTITY_DASH:
        return "——";
    case QUANTITY_NOT_INVOLVED:
        return "不涉及";
    default:
        return "";
    }
}

void quantity_add_stated(const struct quantity *q, struct strbuf *out)
{
    if (q->state == QUANTITY_STATED)
        decimal_format(q->number, out);
    else
        strbuf_adds(out, placeholder(q));
}

void quantity_add_shown(const struct quantity *q, struct strbuf *out)
{
    if (q->state == QUANTITY_STATED)
        decimal_format_grouped(q->number, out);
    else
        strbuf_adds(out, placeholder(q));
}

void quantity_add_value(const struct quantity *q, struct strbuf *out)
{
    struct decimal d = q->number;

    if (q->state != QUANTITY_STATED)
        return;
    if (is_money(q) && to_yuan(q, &d))
        abort(); /* the loader lets no such amount through */
    d.minus_zero = false;
    decimal_format(d, out);
}
