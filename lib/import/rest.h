/*
 * rest: what no recogniser took. Figures of running text become facts of the report; those of
 * tables that nobody knows, too, called as their rows and columns are, and that is told. What is
 * left in headings and cells stays in the text that is kept. What is another organisation's
 * (import/others.h) is no fact, and stays loose.
 *
 * Depends on base, import/draft.h, import/facts.h.
 */
#ifndef IMPORT_REST_H
#define IMPORT_REST_H

struct draft;

void rest_place(struct draft *draft);

#endif
