/*
 * bind_units: the units of quantities, and whether an amount can be held in 分 in its unit.
 *
 * `money` is the unit of amounts, `other` that of counts and numbers; either may be NULL. Percents
 * and scores have units of their own. Depends on base, model/bind.h.
 */
#ifndef MODEL_BIND_UNITS_H
#define MODEL_BIND_UNITS_H

#include "model/bind.h"

/* `name` is what an error calls the quantity. */
void bind_quantity(struct bind *b, const struct source_text *source, struct quantity *q,
                   const char *name, const char *money, const char *other);

/* All quantities that are fields of a record. */
void bind_quantities(struct bind *b, const struct source_text *source, const struct entity *entity,
                     void *record, const char *money, const char *other);

#endif
