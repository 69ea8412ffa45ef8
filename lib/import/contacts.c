#include "base/base.h"

#include "import/contacts.h"

#include "check/personal.h"
#include "import/clean.h"

void contacts_take(struct draft *d, const struct passage *cell, const char *what, const char *whose)
{
    const char *line = clean_line(d->scratch, cell->text);

    ledger_reclass(d->ledger, cell, NUMBER_CONTACT);
    line = clean_trim(d->scratch, line, strlen(line));
    if (!*line)
        return;
    ARENA_GROW(d->arena, d->contacts, d->contact_count, d->contact_cap);
    d->contacts[d->contact_count++] =
        arena_format(d->arena, "%s：%s：%s", whose ? whose : "", what, line);
}

struct finding_in {
    struct draft *draft;
    const struct passage *passage;
};

static void found(void *ctx, size_t at, const char *kind, const char *masked)
{
    const struct finding_in *in = ctx;

    ledger_note(in->draft->ledger, NOTICE_WRONG, "personal-data", in->passage, at,
                "the text has what looks like %s (%s): take it out of what was written", kind,
                masked);
}

void contacts_find(struct draft *d)
{
    for (size_t i = 0; i < d->ledger->passage_count; i++) {
        const struct passage *passage = &d->ledger->passages[i];
        const struct ledger_block *block = &d->ledger->blocks[passage->block];
        struct finding_in in = {d, passage};
        struct personal personal = {d->scratch, passage->text, strlen(passage->text), found, &in};

        if (block->use != USE_NONE && block->use != USE_TABLE)
            personal_find(&personal);
        arena_reset(d->scratch);
    }
    if (d->contact_count && !d->keep_contacts)
        ledger_note(d->ledger, NOTICE_KNOW, "contacts-left-out", NULL, 0,
                    "%zu names and telephones of contacts and experts were left out",
                    d->contact_count);
}
