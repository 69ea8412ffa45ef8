/*
 * view_charts: the charts of a page, each the answer to one question. A chart that would have
 * nothing to compare is left out: it needs two numbers that are stated, not all zero.
 *
 * No chart says more than the document: the sources of money and its uses are two sides of one
 * total, and nothing joins a source to a use. What the document does not state but is computed of
 * what it states is said to be so.
 */
#ifndef SITE_VIEW_CHARTS_H
#define SITE_VIEW_CHARTS_H

#include "site/views.h"

struct arena;
struct catalog;
struct theme;

/* More than any page has. */
enum { CHARTS_MAX = 8 };

/* What is at hand while charts are made, and where they go: CHARTS_MAX of them have room. */
struct chart_maker {
    const struct theme *theme;
    struct arena *arena;
    struct view_chart *items;
    size_t count;
};

struct chart_maker chart_maker_of(const struct theme *theme, struct arena *arena);

/* Of a report: sources and uses, expenditure by codes, against the budget, by nature; projects. */
void view_charts_of_report(struct chart_maker *m, const struct report *report,
                           const struct profile *profile);
void view_chart_of_projects(struct chart_maker *m, const struct report *report);
/* Of an evaluation: the scores of its experts. */
void view_charts_of_evaluation(struct chart_maker *m, const struct evaluation *evaluation);
/* Of a department: its years. */
void view_charts_of_department(struct chart_maker *m, const struct department *department,
                               const struct catalog *catalog);

#endif
