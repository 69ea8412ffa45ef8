#include "base/base.h"

#include "check/form.h"

#include "base/arena.h"
#include "check/rule.h"

static const struct source_text nowhere = {"", "", 0};

static void make_balance(struct check_form *form, const struct balance *balance,
                         struct arena *arena)
{
    struct check_balance *made = &form->balances[form->balance_count];

    made->balance = balance;
    made->rule = arena_format(arena, RULE_BALANCE_PREFIX "%s", balance->id.s);
    made->severity = balance->severity.s ? balance->severity.s : "error";
    if (!equation_make(form->profile, balance, &nowhere, arena, &made->equation, NULL))
        form->balance_count++;
}

static void make_share(struct check_form *form, const struct profile_table *table, const char *line,
                       const struct text *of, struct arena *arena)
{
    struct check_share *share = &form->shares[form->share_count];

    if (!of->s)
        return;
    *share = (struct check_share){.table = table, .line = line};
    if (!equation_whole(form->profile, table, of, &nowhere, arena, &share->whole, NULL))
        form->share_count++;
}

void check_form_make(struct check_form *form, const struct profile *profile, struct arena *arena)
{
    size_t most = 0;

    *form = (struct check_form){.profile = profile};
    for (size_t i = 0; i < profile->tables.count; i++)
        most += profile->tables.items[i].columns.count + profile->tables.items[i].lines.count;
    form->shares = arena_zalloc(arena, most, sizeof(*form->shares));
    form->balances = arena_zalloc(arena, profile->balances.count, sizeof(*form->balances));
    for (size_t i = 0; i < profile->balances.count; i++)
        make_balance(form, &profile->balances.items[i], arena);
    for (size_t i = 0; i < profile->tables.count; i++) {
        const struct profile_table *table = &profile->tables.items[i];

        /* lines first, so that what is said of a line comes before what is said of all */
        for (size_t j = 0; j < table->lines.count; j++)
            make_share(form, table, table->lines.items[j].id.s, &table->lines.items[j].of, arena);
        for (size_t j = 0; j < table->columns.count; j++)
            if (text_is(&table->columns.items[j].id, "share"))
                make_share(form, table, NULL, &table->columns.items[j].of, arena);
    }
}

const struct operand *check_form_whole(const struct check_form *form, const char *table,
                                       const char *line)
{
    for (size_t i = 0; i < form->share_count; i++) {
        const struct check_share *share = &form->shares[i];

        if (text_is(&share->table->id, table) && (!share->line || !strcmp(share->line, line)))
            return &share->whole;
    }
    return NULL;
}
