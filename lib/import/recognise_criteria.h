/*
 * recognise_criteria: tables of an evaluation's criteria, with the scores of experts.
 *
 * Takes tables whose head has 一级指标 and 分值 and no value to be reached: two or three levels of
 * names, of which the upper may be merged or left empty below the first, and may carry their weight
 * in brackets (决策（10分）); a column of weights; any number of columns of experts, whatever they
 * are called; 合计 and 平均分. A second table with the same names is the same again. The names of
 * the experts are left out: the columns are known by their order. What a column on points that were
 * lost says (扣分原因, 评分说明) is the remark of the criterion; what other columns say (评分标准)
 * is kept in the text (import/table_rest.h).
 *
 * Refuses what was read as the form of a whole department (recognise_overall.h). Refuses, and tells
 * of: cells that
 * are no number; a weight that contradicts the one before.
 *
 * Runs after the evaluations of the document are known (recognise_evaluations_find()) and after
 * recognise_overall(). Depends on base, import/draft.h, import/facts.h, import/table_rest.h.
 */
#ifndef IMPORT_RECOGNISE_CRITERIA_H
#define IMPORT_RECOGNISE_CRITERIA_H

struct criterion;
struct draft;
struct entry;
struct passage;

void recognise_criteria(struct draft *draft);

/* A criterion of an evaluation (`of`) by its name below another (NULL: below none), made if there
 * is none. It moves when another is made. */
struct criterion *criteria_make(struct draft *draft, const char *of, const char *parent,
                                const char *name);

/* "决策（10分）": the name, and the weight behind it, NULL without one. */
const char *criteria_split_weight(struct draft *draft, struct passage *cell, struct entry **weight);

#endif
