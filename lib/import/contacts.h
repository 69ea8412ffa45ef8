/*
 * contacts: who can be called, which is nobody's business once a document is published again.
 *
 * Names and telephones of the contact rows of forms, and of experts, are left out unless they are
 * to be kept: then they stand at the end of the narrative. That they were left out is told. What
 * else looks like personal data is listed for review, by the rule of the checks (check/personal.h).
 *
 * Depends on base, check/personal.h, import/draft.h.
 */
#ifndef IMPORT_CONTACTS_H
#define IMPORT_CONTACTS_H

#include "import/draft.h"

/* A cell that holds a contact: `what` is its label, `whose` what it belongs to. */
void contacts_take(struct draft *draft, const struct passage *cell, const char *what,
                   const char *whose);

/* Lists what looks like personal data in the texts that are kept, after all was recognised. */
void contacts_find(struct draft *draft);

#endif
