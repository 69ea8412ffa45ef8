/*
 * fold: what of a text a search looks at. The same rules are in
 * themes/default/assets/search-index.js; tests/search holds the two against each other.
 *
 *  - Full-width letters, digits and signs (U+FF01 to U+FF5E) are their ASCII ones; A to Z are
 * small.
 *  - Blanks, punctuation (ASCII, Latin, general and Chinese) and control characters divide the text
 * into runs. They are all alike, so that “三公”经费 is found by 三公 and by "三公 经费".
 *  - Within a run stay % + - / _ & @; a point between letters or digits (83.72), but no comma
 * before three digits: 1,234.56 is 1234.56.
 *  - All else is as it is: no two Chinese characters are the same.
 *
 * Runs are made of UTF-16 units, since that is what JavaScript compares. Depends on base,
 * text/utf8.h.
 */
#ifndef SEARCH_FOLD_H
#define SEARCH_FOLD_H

#include <stddef.h>
#include <stdint.h>

struct units {
    uint16_t *items;
    size_t count, cap;
};

/* clang-format off */
#define UNITS_INIT { NULL, 0, 0 }
/* clang-format on */

/* Appends the runs of a text in UTF-8, each with a 0 behind it. */
void fold_add(struct units *out, const char *s, size_t len);
void units_release(struct units *units);

#endif
