/*
 * difference: by how much a quantity is another than before, exactly, in the forms in which it is
 * told.
 *
 * There is none unless both are stated and are of one kind and of units that can be compared: units
 * of money, or the same unit. Then each function appends, and gives true.
 *
 * Depends on base, model/quantity.h, check/number.h.
 */
#ifndef CHECK_DIFFERENCE_H
#define CHECK_DIFFERENCE_H

#include <stdbool.h>

struct quantity;
struct strbuf;

/* new - old, as the number that datasets have: amounts in 元. */
bool difference_value(const struct quantity *old, const struct quantity *new, struct strbuf *out);
/* The same in the unit of the new one, with the decimals that they are written with ("-1854.45").
 */
bool difference_written(const struct quantity *old, const struct quantity *new, struct strbuf *out);
/* The same for people, see decimal_group_signed() ("+1,854.45"). */
bool difference_shown(const struct quantity *old, const struct quantity *new, struct strbuf *out);

/* The difference in per cent of the old one, with two decimals ("-3.20"). None when the old one is
 * not more than zero: of nothing, or of a debt, per cents say nothing. */
bool difference_percent(const struct quantity *old, const struct quantity *new, struct strbuf *out);
bool difference_percent_shown(const struct quantity *old, const struct quantity *new,
                              struct strbuf *out);

#endif
