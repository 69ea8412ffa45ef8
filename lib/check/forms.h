/*
 * forms: what the checks of self-evaluation forms and of evaluations have in common -- both have
 * funds, weights and scores, and figures in a scope. Private to lib/check.
 */
#ifndef CHECK_FORMS_H
#define CHECK_FORMS_H

#include "check/checking.h"

/* A form or an evaluation. */
struct scored {
    struct checking *c;
    const char *scope; /* "projects/p07" */
    const char *name;  /* of the project */
    const struct fund *funds;
    size_t fund_count;
    unsigned decimals; /* of the amounts of its funds */
};

void scored_init(struct scored *s, struct checking *c, const char *scope, const char *name,
                 const struct fund *funds, size_t fund_count);

/* Cites a figure of the scope; what is absent is left out. */
void scored_cite(const struct scored *s, struct finding *finding, const char *table,
                 const char *line, const char *column, const struct quantity *q);
void scored_use(const struct scored *s, const struct quantity *q);

/* The sums of its funds, their execution, more executed than budgeted. */
void scored_check_funds(const struct scored *s);

/* A score that is above its weight, where both are stated. */
void scored_check_weight(const struct scored *s, const char *table, const char *line,
                         const char *column, const struct quantity *score,
                         const struct quantity *weight, const char *label);

/* Whether `stated` is part / whole; like ratio_check(), but no percentage. */
enum ratio_status scored_quotient(const struct number *part, const struct number *whole,
                                  const struct quantity *stated);

/* Remembers a percentage or score whose last decimal is cut off. */
void scored_remark(const struct scored *s, const char *table, const char *line, const char *column,
                   const struct quantity *q);

#endif
