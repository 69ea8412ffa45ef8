/*
 * read_xlsx: a workbook of Excel (ECMA-376, strict or transitional).
 *
 * Each sheet is a table, from its first used row and column to its last; what is formatted but
 * empty does not count. Cells show what Excel shows: numbers in their formats, the results of
 * formulas as they were saved. Where that is rounded, the stored number is kept beside it. Hidden
 * sheets, rows and columns are read, with a warning.
 *
 * Depends on import/read_office.h and import/read_xlsx_format.h.
 */
#ifndef IMPORT_READ_XLSX_H
#define IMPORT_READ_XLSX_H

struct office;

int read_xlsx(const struct office *office);

#endif
