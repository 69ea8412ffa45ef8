/*
 * quantities: figures as loading and binding leave them, for tests that need nothing else of these.
 *
 * Depends on base and model.
 */
#ifndef TESTS_SITE_QUANTITIES_H
#define TESTS_SITE_QUANTITIES_H

#include "model/entities.h"

/* "76.5" as it is stated, "—" for a dash, "不涉及", "" for what is absent. */
struct quantity made_quantity(const char *s, enum measure measure, const char *unit);

/* All figures of a report's tables are amounts, in the unit of their table or else of the report.
 */
void bind_amounts(struct report *report);

#endif
