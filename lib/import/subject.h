/*
 * subject: which line of which table words mean.
 *
 * A line is meant when its label is in the words, or the name of a classification code with （类）,
 * （款）, （项） behind it. Labels come again in several tables: what the words and the headings
 * above them are about decides -- the budget that pays, the three public expenses, procurement and
 * so on. A table that is about something that neither mentions is not meant, nor is one that is not
 * about what they mention. The sum of a table is meant by what the table is about, without a label.
 *
 * Depends on base, import/draft.h.
 */
#ifndef IMPORT_SUBJECT_H
#define IMPORT_SUBJECT_H

#include "import/draft.h"

struct subject {
    const char *table; /* NULL: nothing */
    const char *line;
    const char *column; /* when the words mean a column of the line; else NULL */
    unsigned strength;  /* how much of the words says so */
};

/* What headings are about: bits, for subject_find(). */
unsigned subject_topics(const char *text);

/* The codes that （类）（款）（项） said last, which those below them belong to. */
struct subject_codes {
    const char *class_code, *group_code;
    const char *unknown_group; /* what was called a 款 last, and is none of the class */
};

/*
 * What `words` mean below headings that are about `topics`. `unit` is that of the number they lead
 * to (NULL: unknown): numbers of persons and things are in other tables than amounts. False:
 * nothing, or the name of a code that there is not (then *unknown is that name).
 */
bool subject_find(const struct draft *draft, unsigned topics, const char *words, const char *unit,
                  struct subject_codes *codes, struct subject *out, const char **unknown);

/* The table that lists functional codes and is meant; NULL: none. */
const struct form *subject_coded_form(const struct draft *draft, unsigned above, unsigned said);

/* The only line of the only table that is about what the headings are about. */
bool subject_of_topics(const struct draft *draft, unsigned topics, struct subject *out);

/* The statutory table that is about what the words and headings are about, for "there was none". */
const struct form *subject_empty_form(const struct draft *draft, unsigned topics,
                                      const char *words);

#endif
