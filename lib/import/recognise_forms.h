/*
 * recognise_forms: self-evaluation forms of projects (项目支出绩效自评表) become projects.
 *
 * Takes tables with 项目名称 that have a row of heads of funds (全年执行数) or of indicators
 * (三级指标; 指标名称 below 一级指标), in one table or in several one after the other. Columns are
 * found by their heads, in any order; a cell may carry a unit, lack its sign of per cent or have
 * dots behind it; first- and second-level headings may be merged, left empty below the first of
 * theirs, or have a number behind them (数量指标2); "——", "/" and 不涉及 are what they say. A bare
 * number in the column of what was reached is a percentage only when it is 100 and the target is
 * not a bare number itself.
 *
 * Numbers within the texts of a form become facts of their indicator or project. Names and
 * telephones of its contacts are left out, unless they are to be kept.
 *
 * Refuses, and tells of: rows among the funds that have no amount; amounts that are no number;
 * funds and headings whose names it does not know; totals that are no number.
 *
 * Depends on base, import/draft.h, import/facts.h.
 */
#ifndef IMPORT_RECOGNISE_FORMS_H
#define IMPORT_RECOGNISE_FORMS_H

struct draft;

void recognise_forms(struct draft *draft);

#endif
