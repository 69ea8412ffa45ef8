/*
 * rest: what no recogniser took. Figures of running text become facts of the report; those of
 * headings, and of tables that nobody knows, stay in the text that is kept, and the latter are
 * told.
 *
 * Depends on base, import/draft.h, import/facts.h.
 */
#ifndef IMPORT_REST_H
#define IMPORT_REST_H

struct draft;

void rest_place(struct draft *draft);

#endif
