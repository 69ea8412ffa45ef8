/*
 * check: does the arithmetic hold? What a department's reports say is compared with what can be
 * computed from them, and what does not agree becomes findings.
 *
 * There are balances, which are data of the profile (model/equation.h), and judgments, which are
 * code; rules.def lists the latter. Nothing is ever altered: a finding tells what is stated and
 * what was recomputed. A publisher who knows of a finding acknowledges it in the report, with a
 * reason.
 *
 * Depends on base, text, model, source/content.h.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "source/content.h"

struct check_plan;

/* Made once, then used by any number of threads. The catalog must outlive it. */
struct check_plan *check_plan_new(const struct catalog *catalog);
void check_plan_free(struct check_plan *plan);

/*
 * Checks all reports of a department, and fills in what is derived of the checks: findings, and how
 * much was checked. What is new lives in the department's arena, and the ids of rules in the plan.
 *
 * Findings come in the order of the files and of what stands in them, report.json first.
 */
void check_department(const struct check_plan *plan, struct content_department *content);

#endif
