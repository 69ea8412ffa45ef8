/*
 * view_findings: what the checks found, as it stands on the pages -- in sentences, with the figures
 * concerned by their names and a way to each.
 */
#ifndef SITE_VIEW_FINDINGS_H
#define SITE_VIEW_FINDINGS_H

#include "site/page.h"

/*
 * The findings of a report that concern a scope ("projects/p07"): those that cite a figure or a
 * text of it. NULL: all of the report's. The department is the report's, since findings may cite
 * its other years. What is new lives in the maker's arena.
 */
void view_findings_make(struct page_maker *m, const struct department *department,
                        const struct report *report, const char *scope, struct view_finding **items,
                        size_t *count);

/* How much of a report was checked, and how much was found. */
struct view_checked *view_checked_make(struct page_maker *m, const struct report *report);

/* Counts a finding. */
void view_checked_add(struct view_checked *checked, const struct finding *finding);

/* The anchor on the quality page that explains a rule. */
#define VIEW_RULE_PATH "quality/#rule-%s"

#endif
