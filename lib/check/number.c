#include "base/base.h"

#include "check/number.h"

#include "base/strbuf.h"

/* Three digits less than a wide has: what a ratio is computed from fits with them. */
enum { SCALE = 12, KEPT_DECIMALS = 2, RANGE_DIGITS = 35 };

static wide power_of_ten(unsigned n)
{
    wide power = 1;

    while (n--)
        power *= 10;
    return power;
}

static wide absolute(wide n)
{
    return n < 0 ? -n : n;
}

bool number_of(const struct quantity *q, unsigned decimals, struct number *out)
{
    bool may_be_money = q->measure == MEASURE_AMOUNT || q->measure == MEASURE_NUMBER;
    int exponent = may_be_money ? money_exponent(q->unit) : 0;
    unsigned scale = q->number.scale;

    if (exponent < 0 && q->measure == MEASURE_NUMBER)
        exponent = 0;
    if (q->state != QUANTITY_STATED || exponent < 0 || scale > SCALE)
        return false;
    /* at most 19 digits, 12 decimals and the 8 of 亿元: such a product fits, but 10^39 would not */
    if (__builtin_mul_overflow((wide)q->number.units,
                               power_of_ten(SCALE - scale + (unsigned)exponent), &out->units))
        return false;
    if ((q->measure == MEASURE_AMOUNT || q->measure == MEASURE_SCORE) && scale < KEPT_DECIMALS &&
        decimals > scale)
        scale = decimals < KEPT_DECIMALS ? decimals : KEPT_DECIMALS;
    out->step = out->units ? power_of_ten(SCALE - scale + (unsigned)exponent) : 0;
    return true;
}

bool number_add(struct number *to, const struct number *n)
{
    struct number sum;

    if (__builtin_add_overflow(to->units, n->units, &sum.units) ||
        __builtin_add_overflow(to->step, n->step, &sum.step))
        return false;
    *to = sum;
    return true;
}

bool number_subtract(struct number *to, const struct number *n)
{
    struct number minus = {-n->units, n->step};

    return number_add(to, &minus);
}

struct number number_count(size_t n)
{
    return (struct number){(wide)n * power_of_ten(SCALE), 0};
}

bool number_quotient(const struct number *n, size_t count, unsigned decimals, struct decimal *out)
{
    struct number hundredfold = number_count(100 * count);

    return ratio_percent(n, &hundredfold, decimals, out);
}

wide number_distance(const struct number *a, const struct number *b)
{
    return absolute(a->units - b->units);
}

bool number_agree(const struct number *a, const struct number *b)
{
    return 2 * number_distance(a, b) <= a->step + b->step;
}

bool number_is_slip(const struct number *a, const struct number *b)
{
    static const int slip = 10000;

    return a->units && (a->units == b->units * slip || b->units == a->units * slip);
}

bool number_may_be_zero(const struct number *n)
{
    return 2 * absolute(n->units) <= n->step;
}

void number_add_text(wide units, const char *unit, unsigned decimals, struct strbuf *out)
{
    int exponent = unit ? money_exponent(unit) : -1;
    unsigned scale = SCALE + (exponent > 0 ? (unsigned)exponent : 0);
    wide n = absolute(units);
    char text[64]; /* filled from its end */
    size_t at = sizeof(text);

    for (; scale > decimals && n % 10 == 0; scale--)
        n /= 10;
    for (unsigned place = 0; n || place <= scale; place++) {
        if (place == scale && place)
            text[--at] = '.';
        text[--at] = (char)('0' + (int)(n % 10));
        n /= 10;
    }
    if (units < 0)
        text[--at] = '-';
    strbuf_add(out, text + at, sizeof(text) - at);
    if (unit)
        strbuf_addf(out, " %s", unit);
}

/* --- ratios --- */

/* Takes common powers of ten away, so that products fit. */
static void reduce(wide *values, size_t count)
{
    for (;;) {
        bool any = false;

        for (size_t i = 0; i < count; i++) {
            if (values[i] % 10)
                return;
            any |= values[i] != 0;
        }
        if (!any)
            return;
        for (size_t i = 0; i < count; i++)
            values[i] /= 10;
    }
}

/* Whether a/b <= c/d. b and d are positive. */
static bool at_most(wide a, wide b, wide c, wide d, bool *too_large)
{
    wide left, right;

    if (__builtin_mul_overflow(a, d, &left) || __builtin_mul_overflow(c, b, &right)) {
        *too_large = true;
        return false;
    }
    return left <= right;
}

/*
 * part and whole, doubled so that half a step is whole, lie in [part - step, part + step] and so
 * on; the ratio lies between `low` and `high`, as fractions, in hundredths.
 */
struct range {
    wide low, low_of, high, high_of;
};

static bool ratio_range(const struct number *part, const struct number *whole, struct range *out)
{
    wide v[4] = {absolute(part->units), part->step, absolute(whole->units), whole->step};

    reduce(v, ARRAY_SIZE(v));
    for (size_t i = 0; i < ARRAY_SIZE(v); i++)
        if (v[i] > power_of_ten(RANGE_DIGITS))
            return false;
    v[0] *= 2;
    v[2] *= 2;
    if (v[2] - v[3] <= 0)
        return false;
    out->low = 100 * (v[0] - v[1]);
    out->low_of = out->low < 0 ? v[2] - v[3] : v[2] + v[3];
    out->high = 100 * (v[0] + v[1]);
    out->high_of = v[2] - v[3];
    return true;
}

enum ratio_status ratio_check(const struct number *part, const struct number *whole,
                              const struct quantity *stated)
{
    bool is_negative = (part->units < 0) != (whole->units < 0) && part->units;
    bool too_large = false, is_near, is_rounded;
    wide s = stated->number.units;
    wide scale = 2 * power_of_ten(stated->number.scale); /* halves of the last decimal */
    struct range r;

    if (stated->number.scale > SCALE || !ratio_range(part, whole, &r))
        return RATIO_UNKNOWN;
    if (is_negative ? s > 0 : s < 0)
        return RATIO_OFF;
    s = 2 * absolute(s);
    /* (s - 1)/scale <= high and low <= (s + 1)/scale */
    is_rounded = at_most(s - 1, scale, r.high, r.high_of, &too_large) &&
                 at_most(r.low, r.low_of, s + 1, scale, &too_large);
    is_near = !at_most(r.high, r.high_of, s - 2, scale, &too_large) &&
              !at_most(s + 2, scale, r.low, r.low_of, &too_large);
    if (too_large)
        return RATIO_UNKNOWN;
    return is_rounded ? RATIO_EXACT : is_near ? RATIO_TRUNCATED : RATIO_OFF;
}

bool ratio_percent(const struct number *part, const struct number *whole, unsigned decimals,
                   struct decimal *out)
{
    wide v[2] = {absolute(part->units), absolute(whole->units)}, n;
    bool is_negative = (part->units < 0) != (whole->units < 0);

    reduce(v, ARRAY_SIZE(v));
    if (!v[1] || __builtin_mul_overflow(v[0], 100 * power_of_ten(decimals), &n) ||
        __builtin_add_overflow(n, v[1] / 2, &n))
        return false;
    n /= v[1];
    if (n > INT64_MAX)
        return false;
    *out = (struct decimal){is_negative ? -(int64_t)n : (int64_t)n, decimals, false};
    return true;
}
