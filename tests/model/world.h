/*
 * world: a catalog with one profile and one year of codes, and what is bound against it; for the
 * tests of bind, catalog and figures.
 *
 *     struct world w;
 *     world_init(&w);
 *     const struct report *report = world_report(&w, "{...}");
 *     assert_errors(&w.l.errs, "");
 *     world_release(&w);
 *
 * The profile "p" is for 2020 to 2022 and uses the codes of 2021; what it has is in world.c. The
 * department is "town/office", the year 2021. Depends on model/loaded.h.
 */
#ifndef TESTS_MODEL_WORLD_H
#define TESTS_MODEL_WORLD_H

#include "model/bind.h"
#include "model/catalog.h"
#include "model/loaded.h"

struct world {
    struct loaded l;
    struct catalog catalog;
    struct bind bind;
};

void world_init(struct world *w);
void world_release(struct world *w);

/* Loads and binds, whether there were errors or not. */
struct report *world_report(struct world *w, const char *text);
struct project *world_project(struct world *w, const char *text);
struct evaluation *world_evaluation(struct world *w, const char *text);
struct department *world_department(struct world *w, const char *text);
/* A profile that is not in the catalog. */
struct profile *world_profile(struct world *w, const char *text);

/* A report with one table of these lines: what stands between [ and ]. */
struct report *world_lines(struct world *w, const char *table, const char *lines);

#endif
