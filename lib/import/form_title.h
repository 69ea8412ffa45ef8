/*
 * form_title: what stands before a self-evaluation form: its title, its year, the name of its
 * project.
 *
 * The title is a paragraph with 自评表 before the table, with no other table between, or a row of
 * the table above its heads; a sheet of a workbook has a name, too.
 *
 * Depends on base, import/draft.h.
 */
#ifndef IMPORT_FORM_TITLE_H
#define IMPORT_FORM_TITLE_H

#include "import/draft.h"

/* Whether a title of a form stands before the table. */
bool form_has_title(const struct draft *draft, size_t block);
/* The title before the table or in its first rows, cleaned; "" without one. */
const char *form_title(struct draft *draft, size_t block);

/* The name of a project that title or sheet say; NULL: none. */
const char *form_title_name(struct draft *draft, size_t block);

/* Title and year stand before the table, and are nothing of the narrative. */
void form_drop_title(struct draft *draft, size_t block);

#endif
