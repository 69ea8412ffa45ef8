/*
 * read_xls: a workbook of Excel 97 to 2003, as far as libfreexl tells: the values of its cells, but
 * neither their number formats nor which are merged. Numbers are shown as without a format. A
 * warning says so. Depends on import/read_xlsx_format.h and libfreexl.
 */
#ifndef IMPORT_READ_XLS_H
#define IMPORT_READ_XLS_H

struct doc_reading;

int read_xls(struct doc_reading *r);

#endif
