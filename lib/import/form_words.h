/*
 * form_words: what the words of self-evaluation forms mean.
 *
 * Depends on base, import/draft.h.
 */
#ifndef IMPORT_FORM_WORDS_H
#define IMPORT_FORM_WORDS_H

#include "import/draft.h"

enum form_column {
    FORM_NONE,
    FORM_INITIAL_BUDGET,
    FORM_FULL_BUDGET,
    FORM_EXECUTED,
    FORM_WEIGHT,
    FORM_EXECUTION_RATE,
    FORM_SCORE,
    FORM_LEVEL1,
    FORM_LEVEL2,
    FORM_NAME,
    FORM_TARGET,
    FORM_ACTUAL,
    FORM_REASON,
    FORM_COMPLETION,
};

/* What a column is by its head (a key of clean_key()). */
enum form_column form_column_of(const char *key);

/* "output" and "quantity" by a heading; NULL: it is none. */
const char *form_level1(const char *key);
const char *form_level2(const char *key);

/* The id of the fund of that name, NULL: it is none. */
const char *form_fund(const struct draft *draft, const char *key);

/* Whether a key is what the row of the total is called. */
bool form_is_total(const char *key);

/* Whether a key only says what a part of a form is, or is its title. */
bool form_is_furniture(const char *key);

/* Whether a key says that the name of the project stands beside it. `other` (may be NULL): it is
 * that of a transfer payment or a policy, and not of a project. */
bool form_is_name_label(const char *key, bool *other);

/* What a text says instead of a value: "dash" or "not-involved"; NULL: it says something. */
const char *form_na(const char *text);

#endif
