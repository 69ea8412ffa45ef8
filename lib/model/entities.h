/*
 * The structs of the entities in dictionary.def: struct department, struct report, struct fund ...,
 * each with its description (entity_department, ...). Which records belong to which is in the
 * definitions file; how the fields are laid out is in model/dictionary.h.
 */
#ifndef MODEL_ENTITIES_H
#define MODEL_ENTITIES_H

#include "model/dictionary.h"

/* clang-format off */
#define DEFINITIONS "model/dictionary.def"
#include "model/declare.inc"
#undef DEFINITIONS
/* clang-format on */

/* The kinds of source files, each an entity: "report" is report.json. Ended by NULL. */
extern const struct entity *const source_entities[];

/* The entities that have a dataset, in the order of the catalogue. Ended by NULL. */
extern const struct entity *const dataset_entities[];

/* What else has a name in the database: the view of every number, and an index. */
#define DATABASE_ALL_FIGURES "all_figures"
#define DATABASE_FIGURES_INDEX "figures_by_line"

/* Whether the database has or keeps a name for itself, so that no statutory table, which has a view
 * there, can be called so. */
bool database_has_name(const char *name);

#endif
