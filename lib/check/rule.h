/*
 * rule: the registry of the rules. What each is, is in rules.def.
 *
 * Depends on the entities.
 */
#ifndef CHECK_RULE_H
#define CHECK_RULE_H

#include "model/entities.h"

struct catalog;

/* clang-format off */
enum rule {
#define RULE(name, ...) RULE_##name,
#include "check/rules.def"
    RULE_COUNT
};
/* clang-format on */

struct rule_info {
    const char *id;
    const char *severity; /* "error", "warning", "note" */
    const char *title;
    const char *title_en;
    const char *reads;
    const char *says;
};

extern const struct rule_info rules[RULE_COUNT];

/* What stands before the id of a balance in that of its rule. */
#define RULE_BALANCE_PREFIX "balance-"

/* The rule of that id, or NULL; balances are not among them. */
const struct rule_info *rule_find(const char *id);

/* The balance that a rule "balance-x" means, of the first of the profiles that has it; or NULL. */
const struct balance *rule_balance(const struct catalog *catalog, const char *id,
                                   const struct profile **profile);

#endif
