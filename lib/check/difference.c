#include "base/base.h"

#include "check/difference.h"

#include "base/strbuf.h"
#include "check/number.h"

enum { PERCENT_DECIMALS = 2 };

static bool same_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

/* The two, and new - old: false when that cannot be. */
static bool subtract(const struct quantity *old, const struct quantity *new, struct number *whole,
                     struct number *difference)
{
    if (old->measure != new->measure || !number_of(old, 0, whole) || !number_of(new, 0, difference))
        return false;
    if (!same_text(old->unit, new->unit) &&
        (money_exponent(old->unit) < 0 || money_exponent(new->unit) < 0))
        return false;
    return number_subtract(difference, whole);
}

static void add(wide units, const char *unit, unsigned decimals, struct strbuf *out)
{
    struct strbuf text = STRBUF_INIT;

    number_add_text(units, unit, decimals, &text);
    strbuf_add(out, text.buf, strcspn(text.buf, " ")); /* the unit is told elsewhere */
    strbuf_release(&text);
}

bool difference_value(const struct quantity *old, const struct quantity *new, struct strbuf *out)
{
    struct number whole, difference;

    if (!subtract(old, new, &whole, &difference))
        return false;
    add(difference.units, NULL, 0, out);
    return true;
}

bool difference_written(const struct quantity *old, const struct quantity *new, struct strbuf *out)
{
    unsigned decimals = new->number.scale;
    struct number whole, difference;

    if (!subtract(old, new, &whole, &difference))
        return false;
    if (same_text(old->unit, new->unit) && old->number.scale > decimals)
        decimals = old->number.scale;
    add(difference.units, money_exponent(new->unit) >= 0 ? new->unit : NULL, decimals, out);
    return true;
}

bool difference_percent(const struct quantity *old, const struct quantity *new, struct strbuf *out)
{
    struct number whole, difference;
    struct decimal percent;

    if (!subtract(old, new, &whole, &difference) || whole.units <= 0 ||
        !ratio_percent(&difference, &whole, PERCENT_DECIMALS, &percent))
        return false;
    decimal_format(percent, out);
    return true;
}

static bool show(const struct quantity *old, const struct quantity *new,
                 bool (*what)(const struct quantity *old, const struct quantity *new,
                              struct strbuf *out),
                 struct strbuf *out)
{
    struct strbuf text = STRBUF_INIT;
    bool any = what(old, new, &text);

    if (any)
        decimal_group_signed(text.buf, out);
    strbuf_release(&text);
    return any;
}

bool difference_shown(const struct quantity *old, const struct quantity *new, struct strbuf *out)
{
    return show(old, new, difference_written, out);
}

bool difference_percent_shown(const struct quantity *old, const struct quantity *new,
                              struct strbuf *out)
{
    return show(old, new, difference_percent, out);
}
