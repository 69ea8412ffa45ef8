/*
 * cue: what kind of figure the words before a number say that it is.
 *
 * Depends on base, import/ledger.h, import/clean.h.
 */
#ifndef IMPORT_CUE_H
#define IMPORT_CUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "import/numbers.h"

enum cue_kind {
    CUE_NONE,
    CUE_FINAL,  /* an amount, a number of things */
    CUE_BUDGET, /* the initial budget, or the amount that something is about */
    CUE_CHANGE, /* against what, the base says */
    CUE_RATE,
    CUE_SHARE,
    CUE_COMPLETION,
    CUE_ESTABLISHED,
    CUE_ACTUAL,
    CUE_MEAN,
};

enum cue_direction {
    DIRECTION_NONE,
    DIRECTION_UP,
    DIRECTION_DOWN,
    DIRECTION_FLAT,
    DIRECTION_UNCLEAR
};

enum cue_base { BASE_NONE, BASE_PRIOR, BASE_BUDGET };

struct cue {
    enum cue_kind kind;
    enum cue_direction direction;
};

/* Whether a number is an amount; whether it counts things. */
bool cue_is_money(const struct number *number);
bool cue_is_count(const struct number *number);

/* What the words that lead to a number, and its unit, say. */
struct cue cue_of(const char *lead, const struct number *number);

/* What the words compare with, the last of it; BASE_NONE: nothing. `year` is the report's. */
enum cue_base cue_base_of(struct arena *arena, const char *words, int64_t year);

/* The words without what they compare with or are a share of, and without the cue itself: what the
 * number is about. */
const char *cue_subject(struct arena *arena, const char *lead);

/* Whether the words that lead to an amount say that it is another year's than the report's: "上年",
 * or a year behind 比, 较, 与. Those that compare say so of an amount alone, not of a change. */
bool cue_is_of_other_year(const char *lead, int64_t year);

/* Words that say that nothing changed. */
bool cue_is_flat(const char *words);
/* "决算数小于预算数": which way; DIRECTION_NONE: they say nothing of the kind. */
enum cue_direction cue_comparison(const char *words);

/* "increase" ...; NULL for DIRECTION_NONE. */
const char *cue_direction_name(enum cue_direction direction);

#endif
