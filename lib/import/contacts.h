/*
 * contacts: who can be called, which is nobody's business once a document is published again.
 *
 * Names and telephones of the contact rows of forms, and of experts, are left out unless they are
 * to be kept; that they were is told. What else looks like personal data is listed for review, by
 * the same rule as that of the checks (check/personal.h).
 *
 * Depends on base, check, import/draft.h.
 */
#ifndef IMPORT_CONTACTS_H
#define IMPORT_CONTACTS_H

#include "import/draft.h"

/* Lists what looks like personal data in the texts. */
void contacts_find(struct draft *draft);

/* A cell that holds a contact: `what` is its label, `whose` what it belongs to. */
void contacts_drop(struct draft *draft, const struct passage *cell, const char *what,
                   const char *whose);

#endif
