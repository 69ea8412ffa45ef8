/*
 * recognise_forms: self-evaluation forms of projects (项目支出绩效自评表) become projects.
 *
 * Takes tables with 项目名称 that have a row of heads of funds (全年执行数) or of indicators
 * (三级指标; 指标名称 below 一级指标), in one table or in several one after the other, which may
 * repeat their heads and the name. A name may stand in the cell of its label (项目名称：...); a
 * form without that label is named by its title before it or in it, or by its sheet, and that is
 * told. 专项名称 is a project's name, too. Forms of transfer payments and policies
 * (转移支付（项目）名称, 政策名称) have the same parts and become projects, and that is told.
 *
 * Columns are found by their heads, in any order; a cell may carry a unit (10分), lack its sign of
 * per cent or have dots behind it; a score may have its weight behind it (9/10); 完成率 may have a
 * column of its own. First- and second-level headings may be merged, left empty below the first of
 * theirs, or have a number behind them (数量指标2); "——", "/" and 不涉及 are what they say. A bare
 * number in the column of what was reached is a percentage only when it is 100 and the target is
 * not a bare number itself. Several indicators in one cell (指标1：...；指标2：..., or a numbered
 * line each) are parted when the cells beside them have as many items, or none. Amounts are in the
 * unit that the form states (项目资金（万元）, 单位：元), else in the report's, and that is told. A
 * score beside several funds is that of their total.
 *
 * Numbers within the texts of a form become facts of their indicator or project. Names and
 * telephones of its contacts are left out, unless they are to be kept. Whatever else a form says --
 * 自评等级, 填报日期, 备注, columns that the model does not have -- stays in the text, with its
 * label (import/table_rest.h); a number that is all of such a cell is told as not placed.
 *
 * Refuses the forms of a whole department (recognise_overall.h). Refuses, and tells of: amounts
 * that are no number, or in another unit than the form's; headings whose names it does not know;
 * totals that are no number; several indicators in a cell whose values do not match them; a weight
 * or score beside several indicators, which the first of them gets.
 *
 * Depends on base, import/draft.h, import/form_reading.h.
 */
#ifndef IMPORT_RECOGNISE_FORMS_H
#define IMPORT_RECOGNISE_FORMS_H

struct draft;

void recognise_forms(struct draft *draft);

#endif
