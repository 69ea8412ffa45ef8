/*
 * read_xlsx_format: a stored number as Excel shows it in a number format.
 *
 * Numbers are handled by their decimal digits: 15 of them count, as in Excel, and they are rounded
 * half away from zero. Formats may have sections for negative numbers and zero, colours,
 * currencies, literal text, groups of thousands, percents, exponents, dates and times. What a
 * format leaves to the country is as in China. Depends on base.
 */
#ifndef IMPORT_READ_XLSX_FORMAT_H
#define IMPORT_READ_XLSX_FORMAT_H

#include <stdbool.h>

struct strbuf;

enum { XLSX_DIGITS = 15, XLSX_STORED_MAX = 40 }; /* that count; that are written at most */

struct xlsx_number {
    bool is_negative;
    char digits[XLSX_STORED_MAX + 1]; /* without zeros at either end; none: zero */
    int count;                        /* at most XLSX_DIGITS */
    int point;                        /* 0.digits * 10^point */
};

/* A number as it stands in the file: "-1.5E-3". false: it is none. */
bool xlsx_number_parse(const char *s, struct xlsx_number *out);
/* All of its digits, without an exponent. */
void xlsx_number_plain(const struct xlsx_number *n, struct strbuf *out);

/* The format that a file does not write out, by its number; NULL: there is none. */
const char *xlsx_builtin_format(unsigned id);

/* Shows the number in an empty text. Whether that is not the whole number. */
bool xlsx_format(const struct xlsx_number *n, const char *format, bool is_1904, struct strbuf *out);

#endif
