/*
 * lookup: reports of a department by their years, things of a report by their ids. Each returns
 * NULL when there is no such thing, and takes NULL for what was not found before, so that lookups
 * can be chained.
 */
#ifndef MODEL_LOOKUP_H
#define MODEL_LOOKUP_H

#include "model/entities.h"

/* Whether the id of a line is a classification code; whether it is that of a sum ("total",
 * "income-total"). NULL is neither. */
bool line_id_is_code(const char *id);
bool line_id_is_total(const char *id);

const struct report *department_report(const struct department *department, int64_t year);
const struct table *report_table(const struct report *report, const char *table);
const struct line *table_line(const struct table *table, const char *line);
/* What is stated first; a second statement is not looked at. */
const struct quantity *line_quantity(const struct line *line, const char *column);

/* All of a line by column, first statements only; NULL for what is absent. */
void line_quantities(const struct line *line, const struct quantity *out[COLUMN_COUNT]);

/* The line of that id in a list of funds ("total"). */
const struct fund *find_fund(const struct fund *funds, size_t count, const char *id);
const struct project *report_project(const struct report *report, const char *id);
/* The name of the project or evaluation that a scope is ("projects/p07"); NULL: of none. */
const char *report_scope_name(const struct report *report, const char *scope);
/* What the project was in the report before: the one that it says it continues, or else the one of
 * the same name; of several, the one of the same id too, or else the first. */
const struct project *project_before(const struct report *before, const struct project *project);
const struct indicator *project_indicator(const struct project *project, const char *id);

#endif
