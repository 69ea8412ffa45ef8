#include "base/base.h"

#include "findings.h"

#include "base/arena.h"
#include "check/rule.h"
#include "command.h"
#include "text/suggest.h"

static void explain_balance(const struct profile *profile, const struct balance *balance,
                            const char *id)
{
    printf("%s（%s）\n  %s\n", id, balance->severity.s ? balance->severity.s : "error",
           balance->title.s);
    printf("  样张: %s\n", profile->id.s);
    if (balance->table.s)
        printf("  表: %s\n", balance->table.s);
    if (balance->each.s)
        printf("  逐个核对: %s\n", balance->each.s);
    if (balance->equation.s)
        printf("  等式: %s\n", balance->equation.s);
}

bool explain_rule(const struct catalog *catalog, const char *id)
{
    const struct rule_info *rule = rule_find(id);
    const struct profile *profile;
    const struct balance *balance;

    if (rule) {
        printf("%s（%s）\n  %s · %s\n  读: %s\n  说: %s\n", rule->id, rule->severity, rule->title,
               rule->title_en, rule->reads, rule->says);
        return true;
    }
    balance = rule_balance(catalog, id, &profile);
    if (balance)
        explain_balance(profile, balance, id);
    return balance != NULL;
}

const char *similar_rule(const struct catalog *catalog, const char *id, struct arena *arena)
{
    struct suggest near;

    suggest_start(&near, id, strlen(id));
    for (size_t i = 0; i < RULE_COUNT; i++)
        suggest_offer(&near, rules[i].id);
    for (size_t i = 0; i < catalog->profile_count; i++)
        for (size_t j = 0; j < catalog->profiles[i].balances.count; j++)
            suggest_offer(&near, arena_format(arena, RULE_BALANCE_PREFIX "%s",
                                              catalog->profiles[i].balances.items[j].id.s));
    return near.name;
}
