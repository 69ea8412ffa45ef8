/*
 * facts: numbers of texts that belong to no table, and what is said about them.
 *
 * A fact is called what the document says around the number: the clause that it stands in, as it
 * is. Nothing is concluded from it but what words right beside the number say for certain: that it
 * is a bound (不低于, 以上, ≤), and in a row of an indicator what the column says.
 *
 * Depends on base, import/draft.h.
 */
#ifndef IMPORT_FACTS_H
#define IMPORT_FACTS_H

#include "import/draft.h"

/* The clause around a number of a text: between commas, semicolons, full stops and line feeds. */
const char *fact_label(const struct draft *draft, const char *text, const struct number *number);

/* "at-least" ..., by the words beside the number; NULL: none. */
const char *fact_comparison(const char *text, const struct number *number);

/* Makes facts of all loose figures of a passage that are not another's, for the report or a scope.
 */
void facts_of_passage(struct draft *draft, const struct passage *passage, const char *scope);

/* What the facts of a row of indicators are for. */
enum fact_cell { FACT_TARGET, FACT_ACTUAL, FACT_OTHER };

/* The same for a cell of an indicator of the project's; `is_cost`: it is one of cost. */
void facts_of_indicator(struct draft *draft, const struct passage *passage, size_t project,
                        size_t indicator, enum fact_cell cell, bool is_cost);
/* And for its goals: `prefix` begins their ids. */
void facts_of_project(struct draft *draft, const struct passage *passage, size_t project,
                      const char *prefix);

#endif
