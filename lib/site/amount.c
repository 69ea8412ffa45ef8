#include "base/base.h"

#include "site/amount.h"

#include "base/strbuf.h"
#include "site/theme.h"

/* Of the units of a number, and of what is shown. */
enum { UNIT_DECIMALS = 12, DIGITS = 3, DECIMALS_MAX = 2 };

static const struct {
    unsigned exponent;
    enum theme_word form;
} scale_words[AMOUNT_SCALES] = {
    {0, WORD_amount_e0}, {3, WORD_amount_e3}, {4, WORD_amount_e4},
    {6, WORD_amount_e6}, {8, WORD_amount_e8}, {9, WORD_amount_e9},
};

struct amount_words amount_words_of(const struct theme *theme)
{
    struct amount_words words;

    for (size_t i = 0; i < AMOUNT_SCALES; i++)
        words.scales[i] =
            (struct amount_scale){scale_words[i].exponent, theme_word(theme, scale_words[i].form)};
    return words;
}

static wide power_of_ten(unsigned n)
{
    wide power = 1;

    while (n--)
        power *= 10;
    return power;
}

/* The largest scale by which there is at least one, or else the smallest. */
static const struct amount_scale *scale_for(const struct amount_words *words, wide n)
{
    for (size_t i = AMOUNT_SCALES; --i;)
        if (*words->scales[i].form && n >= power_of_ten(UNIT_DECIMALS + words->scales[i].exponent))
            return &words->scales[i];
    return &words->scales[0];
}

/* How many decimals leave three digits. */
static unsigned decimals_for(const struct amount_scale *scale, wide n)
{
    wide whole = n / power_of_ten(UNIT_DECIMALS + scale->exponent);
    unsigned decimals = DIGITS;

    for (; whole && decimals; whole /= 10)
        decimals--;
    return decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals;
}

/* Half away from zero; n is not below zero. */
static wide round_to(const struct amount_scale *scale, wide n)
{
    wide step = power_of_ten(UNIT_DECIMALS + scale->exponent - decimals_for(scale, n));

    return (n / step + (n % step >= step - n % step)) * step;
}

static void add_form(const struct amount_scale *scale, bool is_negative, wide n, struct strbuf *out)
{
    const char *hash = strchr(scale->form, '#');
    struct strbuf number = STRBUF_INIT;

    if (is_negative && n)
        strbuf_addch(&number, '-');
    number_add_text(n / power_of_ten(scale->exponent), NULL, 0, &number);
    if (hash)
        strbuf_add(out, scale->form, (size_t)(hash - scale->form));
    strbuf_addbuf(out, &number);
    strbuf_adds(out, hash ? hash + 1 : scale->form);
    strbuf_release(&number);
}

void amount_add_words(const struct amount_words *words, wide units, struct strbuf *out)
{
    wide n = units < 0 ? -units : units;

    n = round_to(scale_for(words, n), n); /* which may make it one of the next scale */
    add_form(scale_for(words, n), units < 0, n, out);
}
