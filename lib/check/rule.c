#include "base/base.h"

#include "check/rule.h"

#include "model/catalog.h"

/* clang-format off */
const struct rule_info rules[RULE_COUNT] = {
#define RULE(name, ...) [RULE_##name] = {__VA_ARGS__},
#include "check/rules.def"
};
/* clang-format on */

const struct rule_info *rule_find(const char *id)
{
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (!strcmp(rules[i].id, id))
            return &rules[i];
    return NULL;
}

const struct balance *rule_balance(const struct catalog *catalog, const char *id,
                                   const struct profile **profile)
{
    static const char prefix[] = RULE_BALANCE_PREFIX;

    if (strncmp(id, prefix, sizeof(prefix) - 1))
        return NULL;
    id += sizeof(prefix) - 1;
    for (size_t i = 0; i < catalog->profile_count; i++)
        for (size_t j = 0; j < catalog->profiles[i].balances.count; j++)
            if (text_is(&catalog->profiles[i].balances.items[j].id, id)) {
                *profile = &catalog->profiles[i];
                return &catalog->profiles[i].balances.items[j];
            }
    return NULL;
}
