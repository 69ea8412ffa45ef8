/*
 * table_around: what stands around the rows of a printed table: its unit of money, and the notes
 * and statements behind it.
 *
 * Part of recognise_tables.c. Depends on base, import/draft.h.
 */
#ifndef IMPORT_TABLE_AROUND_H
#define IMPORT_TABLE_AROUND_H

#include "import/draft.h"

/* A cell over all columns is a note. */
bool table_is_note_row(const struct doc_table *table, unsigned row);

/* Takes the unit of the lines from its caption on, and of its first rows. Those lines are no text.
 */
void table_around_read(struct draft *draft, const struct form *form, size_t block, size_t caption);

/* The notes behind a table; if nothing was put in it, one of them may say that there was nothing.
 */
void table_notes_read(struct draft *draft, const struct form *form, size_t block);

#endif
