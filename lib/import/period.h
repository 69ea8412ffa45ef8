/*
 * period: what of a document is of another year than the report's, or of a budget.
 *
 * A title is of another year when it names one, and not the report's; it is of a budget when it has
 * 预算 beyond what the names of statutory tables have (一般公共预算, 预算执行), and no 决算. A
 * section is what its own heading says, or else those above it.
 *
 * Depends on base, import/draft.h, import/clean.h.
 */
#ifndef IMPORT_PERIOD_H
#define IMPORT_PERIOD_H

#include "import/draft.h"

bool period_is_other_title(const struct draft *draft, const char *title);
bool period_is_other_section(const struct draft *draft, size_t section);

#endif
