/*
 * numbers: every number of a text, and what it is.
 *
 * A number is a run of ASCII digits of a cleaned text (import/clean.h), with groups of three and
 * decimals if it has them, and with a minus sign where one can only be that. Chinese numerals are
 * none: they count parts and headings. Each number is of one class, by what stands beside it:
 *
 *   figure     says how much of something there is; all others do not
 *   numbering  "1.", "（2）", "第3条", "指标1" at the head of a text or an item
 *   date       years, months, days, and spans of them: 2021年, 1-12月, 2021.5.28
 *   code       〔2017〕47号, and classification codes where a table has a column for them
 *   contact    telephones, identity and bank cards
 *   name       part of a name: 5G, A4, 12345热线
 *
 * Depends on base, import/clean.h.
 */
#ifndef IMPORT_NUMBERS_H
#define IMPORT_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum number_class {
    NUMBER_FIGURE,
    NUMBER_NUMBERING,
    NUMBER_DATE,
    NUMBER_CODE,
    NUMBER_CONTACT,
    NUMBER_NAME,
    NUMBER_CLASSES,
};

struct number {
    size_t start, end;  /* bytes of the text, with sign and groups, without the unit */
    size_t unit_end;    /* behind the unit; `end` without one */
    const char *digits; /* as a decimal writes it: "-1234.50" */
    const char *unit;   /* 万元, %, 个 ...; NULL: none */
    enum number_class class;
};

struct numbers {
    struct number *items;
    size_t count, cap;
};

/* All numbers of a cleaned text, from left to right, in the arena, behind those that are there. */
void numbers_find(struct arena *arena, const char *text, struct numbers *out);

/* "figure", "numbering", ... */
const char *number_class_name(enum number_class class);

#endif
