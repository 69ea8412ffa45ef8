/*
 * recognise_tables: the statutory tables of a document become the tables of the report.
 *
 * Takes tables that are called like one of the profile -- in the lines before them, in their first
 * rows, in the name of their sheet; with or without 公开01表 and the like -- or whose heads are
 * those of just one. Heads may be merged and wrapped, two sides may stand side by side, columns may
 * come in any order, the three public expenses may be printed across or down; a table may go on
 * behind a break of pages, with its head again or without. Lines are found by their codes --
 * whole, or by levels, of which the upper are those of the row above where they are left empty --
 * or else by their names. A table without a number is empty when a sentence near it says so.
 *
 * Amounts are in the unit that stands around the table or above all of its columns; the table of
 * the report is in that of the first of the document that it is made of. Where code and name are of
 * two things, the code counts, the line keeps the name, and it is told.
 *
 * Refuses, and tells of: tables of other organisations (import/others.h), of several (单位名称, or
 * rows that name them), and of the department without its units (本级) where there is one with
 * them; tables that are called like none and look like none or like several; those whose title or
 * section says another year, or a budget (import/period.h); columns of another year; columns that
 * the profile does not have; lines that neither the profile nor the classification has; cells that
 * are neither a number nor a dash; a number in another unit than its table; one that contradicts
 * what is there.
 *
 * Depends on base, import/draft.h, import/table_head.h.
 */
#ifndef IMPORT_RECOGNISE_TABLES_H
#define IMPORT_RECOGNISE_TABLES_H

struct draft;

void recognise_tables(struct draft *draft);

#endif
