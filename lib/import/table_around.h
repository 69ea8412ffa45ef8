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

/* Whether anything was put into a table of the report. */
bool table_has_figures(const struct draft *draft, const char *table);

/* "合计（元）": the unit of money in brackets, or NULL. */
const char *table_unit_in_brackets(const char *text);

/* The unit of money that the lines above it say, or its first rows; NULL: none. The lines from the
 * caption on are no text. */
const char *table_around_read(struct draft *draft, size_t block, size_t caption);

/* The notes behind a table; if nothing was put in it, one of them may say that there was nothing.
 */
void table_notes_read(struct draft *draft, const struct form *form, size_t block);

#endif
