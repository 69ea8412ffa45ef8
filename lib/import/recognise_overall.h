/*
 * recognise_overall: the self-evaluation form of a whole department (部门整体支出绩效自评表) fills
 * the overall evaluation. It is no project.
 *
 * Takes tables whose title, before them or in their first rows, has 整体 and 自评 or 绩效, and
 * those that name a department or unit (部门名称, 单位名称) and no project, and have indicators. Of
 * them: basic, project and other expenditure and their sum among the funds; indicators as criteria,
 * with their headings above them, their weights, scores and reasons; the score and the grade. The
 * table is kept in the text of the evaluation, without contacts, since what an indicator was to
 * reach and reached has no place in an evaluation: the numbers of that are its facts.
 *
 * Refuses, and tells of: cells among weights and scores that are no number; amounts in another
 * unit than the form's.
 *
 * Runs after the evaluations of the document are known (recognise_evaluations_find()). Depends on
 * base, import/draft.h, import/facts.h, import/form_title.h, import/form_words.h.
 */
#ifndef IMPORT_RECOGNISE_OVERALL_H
#define IMPORT_RECOGNISE_OVERALL_H

#include <stdbool.h>
#include <stddef.h>

struct draft;

/* Whether a table is such a form. */
bool overall_is_form(struct draft *draft, size_t block);

void recognise_overall(struct draft *draft);

#endif
