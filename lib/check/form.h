/*
 * form: what the checks make ready of a profile, once for all its reports. Private to lib/check.
 *
 * Depends on base, model/equation.h.
 */
#ifndef CHECK_FORM_H
#define CHECK_FORM_H

#include "model/catalog.h"
#include "model/equation.h"

struct check_balance {
    const struct balance *balance;
    const char *rule;         /* "balance-summary-total" */
    const char *severity;     /* "error" ... */
    struct equation equation; /* without sides: sums of codes */
};

/* What the shares of a table are shares of: those of one line, or of all others. */
struct check_share {
    const struct profile_table *table;
    const char *line; /* NULL: all others */
    struct operand whole;
};

struct check_form {
    const struct profile *profile;
    struct check_balance *balances;
    size_t balance_count;
    struct check_share *shares;
    size_t share_count;
};

/* The profile must be bound. What is new lives in the arena. */
void check_form_make(struct check_form *form, const struct profile *profile, struct arena *arena);

/* What the share of a line is a share of, or NULL. */
const struct operand *check_form_whole(const struct check_form *form, const char *table,
                                       const char *line);

#endif
