/*
 * lead: the words that lead to a number in a text.
 *
 * Depends on base, import/draft.h.
 */
#ifndef IMPORT_LEAD_H
#define IMPORT_LEAD_H

#include "import/draft.h"

/* What stands between the figure before (or the last full stop or semicolon) and this one, which is
 * the `index`-th of the passage. */
const char *lead_of(const struct draft *draft, const struct passage *passage, size_t index);

/* The same from the last full stop or semicolon on, numbers and all; of a very long sentence its
 * last 1,000 characters, about. */
const char *lead_sentence(const struct draft *draft, const struct passage *passage, size_t index);

/* What follows a number up to the next comma, stop or number. */
const char *lead_after(const struct draft *draft, const struct passage *passage, size_t index);

#endif
