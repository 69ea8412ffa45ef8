/*
 * decimal: an exact decimal number, units / 10^scale, that remembers how many decimals were
 * written.
 *
 * "70.00" is {7000, 2} and "70" is {70, 0}: equal in value, different in writing. There is no
 * binary floating point here. Every operation is exact or fails; none rounds.
 *
 * The written form is  -?(0|[1-9][0-9]*)(.[0-9]+)?  and nothing else: no plus sign, no exponent, no
 * group separators, no leading zeros. |units| is at most INT64_MAX, scale at most
 * DECIMAL_SCALE_MAX.
 * "-0.00", which accounts print for a small negative amount, is a zero that is written with its
 * sign.
 *
 * Depends on base/strbuf.h.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strbuf;

enum { DECIMAL_SCALE_MAX = 18 };

struct decimal {
    int64_t units;
    unsigned scale;
    bool minus_zero; /* units is 0 and the writing has a minus sign */
};

enum decimal_status {
    DECIMAL_OK,
    DECIMAL_EMPTY,
    DECIMAL_SYNTAX, /* not the written form */
    DECIMAL_RANGE,  /* too many digits to hold */
};

enum decimal_status decimal_parse(const char *s, size_t len, struct decimal *out);
/*
 * The same for a number as JSON writes it, exponent included: 1.5e3 is {1500, 0}, 15e-1 is {15, 1}.
 * A result that would not be exact is DECIMAL_RANGE, and so is one whose digits do not fit before
 * the exponent is applied. The text must already be a JSON number.
 */
enum decimal_status decimal_parse_json(const char *s, size_t len, struct decimal *out);

/* As written: decimal_parse() of it gives the same number back. */
void decimal_format(struct decimal d, struct strbuf *out);
/* With a comma between groups of three digits, for people: 4,180.76. */
void decimal_format_grouped(struct decimal d, struct strbuf *out);
/* The same of a difference that is written already, of any length: with a plus sign, too, unless it
 * is zero. "1854.45" becomes "+1,854.45". */
void decimal_group_signed(const char *written, struct strbuf *out);

/* d with `scale` decimals. -1 when digits would be lost or do not fit. */
int decimal_rescale(struct decimal d, unsigned scale, struct decimal *out);

#endif
