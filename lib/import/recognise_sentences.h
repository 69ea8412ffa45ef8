/*
 * recognise_sentences: the figures that the explanatory text of a report states.
 *
 * Takes what such texts say by formula, in any order and with or without 年度, 为, 达 and the like:
 *
 *     X 决算 N 万元, 年初预算 N 万元             the final accounts, the initial budget
 *     比上年 (2020 年, 年初预算) 增加 N 万元     the change, signed by the words
 *     ... 增长 N%                                its rate
 *     占 ... 的 N%, 完成年初预算的 N%            share, completion
 *     与 ... 持平, 无变化                        no change
 *     编制 N 人, 实有 N 人, 保有量 N 辆 ...      counts
 *     主要原因 ...                               the reason of the change before
 *     本年度无此项支出                           a table with nothing to report
 *
 * What X is, is looked up in the profile and the classification (import/subject.h); it holds until
 * another is named, within a paragraph. Within a reason, only changes of what is named there count.
 *
 * Refuses: what is another organisation's (import/others.h); sections on a budget or another year
 * (import/period.h); a number of which not both line and column are certain; amounts of another
 * year (比上年的 N 万元), means (人均), and shares of another line than the profile says; and one
 * that contradicts what another text says; these stay facts (import/rest.h). Tells of: names of
 * codes that there are not; other years than the report's; contradictions; a rate without its sign
 * of per cent.
 *
 * Depends on base, import/draft.h, import/subject.h, import/lead.h.
 */
#ifndef IMPORT_RECOGNISE_SENTENCES_H
#define IMPORT_RECOGNISE_SENTENCES_H

struct draft;

void recognise_sentences(struct draft *draft);

#endif
