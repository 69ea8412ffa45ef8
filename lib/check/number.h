/*
 * number: exact arithmetic with stated quantities, and with what rounding may have done to them.
 *
 * A number is a whole count of 10^-12 of its unit (yuan, points, per cent, pieces), so quantities
 * of different units of money can be compared. With it goes its step: one unit of the last decimal
 * that was printed; a figure that was rounded to that step may be off by half of it. A zero has no
 * step, since accounts print zero for nothing. Sums add up numbers and steps: the difference of two
 * sums is rounding when it is at most half the steps of all figures in them.
 *
 * Depends on base, model/quantity.h.
 */
#ifndef CHECK_NUMBER_H
#define CHECK_NUMBER_H

#include <stdbool.h>

#include "model/quantity.h"

struct strbuf;

__extension__ typedef __int128 wide;

struct number {
    wide units;
    wide step;
};

/*
 * The number of a stated quantity. `decimals` is how many the figures around it have: an amount or
 * score that was written with fewer has as many, but not more than two, since 20 among amounts such
 * as 12.49 means 20.00. False when the quantity is not stated, or too fine to be held.
 */
bool number_of(const struct quantity *q, unsigned decimals, struct number *out);

/* False when the sum does not fit; `to` is then as before. */
bool number_add(struct number *to, const struct number *n);
bool number_subtract(struct number *to, const struct number *n);

/* A count of things. */
struct number number_count(size_t n);
/* n / count, rounded to so many decimals. False when it does not fit. */
bool number_quotient(const struct number *n, size_t count, unsigned decimals, struct decimal *out);

wide number_distance(const struct number *a, const struct number *b);
/* Whether the two are equal but for rounding. */
bool number_agree(const struct number *a, const struct number *b);
/* Whether one is the other times ten thousand, and neither is zero. */
bool number_is_slip(const struct number *a, const struct number *b);
/* Whether the number is zero, or may be but for rounding. */
bool number_may_be_zero(const struct number *n);

/* In the unit, with at least so many decimals, as many as it needs. For money `unit` is a unit of
 * money; any other is only written. Nothing stands between the number and the unit but a blank. */
void number_add_text(wide units, const char *unit, unsigned decimals, struct strbuf *out);

enum ratio_status {
    RATIO_EXACT,     /* the stated percentage, but for rounding of the figures */
    RATIO_TRUNCATED, /* cut off, or less than one unit of the last decimal away */
    RATIO_OFF,
    RATIO_UNKNOWN, /* it may be a division by zero, or the figures are too large */
};

/* Whether `stated` per cent is part / whole. */
enum ratio_status ratio_check(const struct number *part, const struct number *whole,
                              const struct quantity *stated);
/* part / whole in per cent, rounded to so many decimals. False for RATIO_UNKNOWN. */
bool ratio_percent(const struct number *part, const struct number *whole, unsigned decimals,
                   struct decimal *out);

#endif
