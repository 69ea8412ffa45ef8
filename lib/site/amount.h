/*
 * amount: money in the words that people use: 4,180.76 万元 is 4181 万元, 12,345.67 万元 is 1.23
 * 亿元.
 *
 * Languages count otherwise: in 万 and 亿, or in thousands, millions and billions. So each scale is
 * a label of the theme, in which # stands for the number ("# 万元", "CNY # million"); a scale by
 * which a language does not count is empty. A word has three digits, or as many as there are before
 * the point, and is rounded half away from zero; it is for reading only, and the figure as it was
 * stated is to be at hand.
 *
 * Depends on base, check/number.h, site/theme.h.
 */
#ifndef SITE_AMOUNT_H
#define SITE_AMOUNT_H

#include "check/number.h"

struct strbuf;
struct theme;

enum { AMOUNT_SCALES = 6 };

struct amount_words {
    struct amount_scale {
        unsigned exponent; /* of ten: how many yuan are one */
        const char *form;
    } scales[AMOUNT_SCALES]; /* the smallest first, which is 元 */
};

struct amount_words amount_words_of(const struct theme *theme);

/* `units` are those of an amount's number. */
void amount_add_words(const struct amount_words *words, wide units, struct strbuf *out);

#endif
