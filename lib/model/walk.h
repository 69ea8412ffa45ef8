/*
 * walk: every record that belongs to a record, by the data dictionary.
 */
#ifndef MODEL_WALK_H
#define MODEL_WALK_H

#include <stdbool.h>

struct entity;

/*
 * Calls visit() for the record and for all that it holds in its objects and lists, in the order of
 * the fields and of the lists, each before what it holds itself. When visit() returns false, what
 * that record holds is passed over.
 */
void record_walk(const struct entity *entity, const void *record,
                 bool (*visit)(void *ctx, const struct entity *entity, const void *record),
                 void *ctx);

#endif
