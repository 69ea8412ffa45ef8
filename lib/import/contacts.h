/*
 * contacts: who can be called, which is nobody's business once a document is published again.
 *
 * Names and telephones of the contact rows of forms, and of experts, are left out unless they are
 * to be kept: then they stand at the end of the narrative. The same goes for lines that are made of
 * labels and values alone ("填报人：... 联系电话：... 填报日期：..."), before and behind a form or
 * in a cell of any table: what is no contact in them stays. A sentence that names a telephone is no
 * such line, and stays. That something was left out is told. What else looks like personal data is
 * listed for review, by the rule of the checks (check/personal.h).
 *
 * Depends on base, check/personal.h, import/draft.h.
 */
#ifndef IMPORT_CONTACTS_H
#define IMPORT_CONTACTS_H

#include "import/draft.h"

/* Whether a key (clean_key()) says that a contact stands beside it. */
bool contacts_is_label(const char *key);

/* A cell that holds a contact: `what` is its label, `whose` what it belongs to. */
void contacts_take(struct draft *draft, struct passage *cell, const char *what, const char *whose);

/* Takes the contacts out of a text that is made of labels and values. False: it is none. */
bool contacts_strip(struct draft *draft, struct passage *passage, const char *whose);

/* The same of all paragraphs. Before anything else is recognised. */
void contacts_take_lines(struct draft *draft);
/* And of the cells of a table that no recogniser knows, where the label may be the cell before. */
void contacts_take_cells(struct draft *draft, size_t block);

/* Lists what looks like personal data in the texts that are kept, after all was recognised. */
void contacts_find(struct draft *draft);

#endif
