/*
 * read_xlsx_date: dates and times of a workbook, which are numbers of days. Depends on base and
 * import/read_xlsx_format.h.
 */
#ifndef IMPORT_READ_XLSX_DATE_H
#define IMPORT_READ_XLSX_DATE_H

#include <stdbool.h>
#include <stddef.h>

struct strbuf;
struct xlsx_number;

/* Whether a section of a format is that of a date or time. */
bool xlsx_is_date(const char *format, size_t len);
/* false, and nothing is appended: the number is no date. */
bool xlsx_add_date(const struct xlsx_number *n, const char *format, size_t len, bool is_1904,
                   struct strbuf *out);

#endif
