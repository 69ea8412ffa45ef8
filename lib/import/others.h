/*
 * others: what of the documents tells of other organisations than the department: of its units, or
 * of anybody else. Their figures are not the department's, and are none of the report.
 *
 * Taken for another's: what stands below a heading, or behind a title of a report (X
 * 2021年度单位决算), that names it, up to the next of that level; a table whose line 编制单位 names
 * it, or whose title or caption, or whose sheet; what follows its name in a sentence, and in those
 * behind, up to the end of the paragraph, when the name begins the sentence. A table says whose it
 * is better than what it stands below.
 *
 * What sentences say of the department without its units (本级) is another's, unless the title of
 * the document is its, and but for 机关运行经费, which is of offices alone. Of its tables,
 * recognise_tables.c decides: they are the department's where there are no others.
 *
 * Depends on base, import/organisation.h.
 */
#ifndef IMPORT_OTHERS_H
#define IMPORT_OTHERS_H

#include "import/draft.h"

/* Marks the blocks and entries. After identity_find(). */
void others_find(struct draft *draft);

/* All of a table is another's. */
void others_mark(struct draft *draft, size_t block, const char *name);

/* Takes the marks off a block that is read in another way, as forms and evaluations are. */
void others_forget(struct draft *draft, size_t block);

/* Tells of what is another's in a block. */
void others_tell(struct draft *draft, size_t block);

#endif
