/*
 * recognise_evaluations: reports on the performance of the department and of its projects.
 *
 * Takes sections whose title names one: 部门整体 (整体支出, 整体绩效) 评价 or 自评, and 项目 ...
 * 绩效评价. Their text goes to the evaluation. In it are found: what was budgeted and spent, in
 * sections on funds or the execution of the budget; the score (综合得分 ... 分) and the grade, in
 * quotes or behind 等级, 结论, 评定为, 评价为; of criteria that a table has, the mean, the loss
 * rate, the score and the remark, where a paragraph or sentence names one at its beginning.
 *
 * All other numbers of these texts become facts of the evaluation.
 *
 * Depends on base, import/draft.h, import/lead.h, import/facts.h.
 */
#ifndef IMPORT_RECOGNISE_EVALUATIONS_H
#define IMPORT_RECOGNISE_EVALUATIONS_H

#include <stddef.h>

struct criterion;
struct draft;
struct entry;
struct fund;
struct quantity;

/* Finds the sections, makes their evaluations, and says of each block whose it is. */
void recognise_evaluations_find(struct draft *draft);

/* The id of the evaluation that a block belongs to; of one that is in none, the last project
 * evaluation before, made if there is none. */
const char *recognise_evaluations_at(struct draft *draft, size_t block);

/* The id of the overall evaluation; it is made of a form if no section is one. */
const char *evaluations_overall(struct draft *draft, size_t block);

/* A fund of an evaluation, made if there is none. It moves when another is made. */
struct fund *evaluations_fund(struct draft *draft, const char *evaluation, const char *id,
                              const char *label);

/* Reads their texts. After recognise_criteria(). */
void recognise_evaluations(struct draft *draft);

/* Puts a number of a criterion; one that is there already stays (recognise_criteria.c). */
void criteria_put(struct draft *draft, const char *evaluation, const struct criterion *criterion,
                  const char *column, struct entry *entry, struct quantity *out);

#endif
