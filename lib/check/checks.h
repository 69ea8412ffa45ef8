/*
 * checks: one function for each kind of check. Private to lib/check; check.c calls them in turn.
 */
#ifndef CHECK_CHECKS_H
#define CHECK_CHECKS_H

struct checking;

void check_balances(struct checking *c);
void check_percentages(struct checking *c);
void check_budgets(struct checking *c);
void check_years(struct checking *c);
void check_lines(struct checking *c);
void check_tables(struct checking *c);
void check_projects(struct checking *c);
void check_texts(struct checking *c);
void check_evaluations(struct checking *c);

#endif
