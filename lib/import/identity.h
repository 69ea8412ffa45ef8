/*
 * identity: whose report a document says it is, and of which year.
 *
 * Takes "X 2021年度部门决算" wherever a line says so, and the year of titles and of forms
 * (（2021年度）). What is not that of the options is a finding. A name that nobody has given yet is
 * taken from the document. The names of the draft are then those that the department may go by:
 * what is known, or, where no title of the documents is that, the first title's of a department.
 *
 * Depends on base, import/draft.h.
 */
#ifndef IMPORT_IDENTITY_H
#define IMPORT_IDENTITY_H

#include "import/draft.h"

/* `names` are those that the department has in the content. */
void identity_find(struct draft *draft, const char *const *names, size_t name_count);

#endif
