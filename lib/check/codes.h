/*
 * codes: how the lines of a table that have classification codes belong to each other. Private to
 * lib/check.
 */
#ifndef CHECK_CODES_H
#define CHECK_CODES_H

#include "model/entities.h"

/* Whether the line is the code of a class (类). */
bool codes_is_class(const struct line *line);

/*
 * By line: which line it adds to, that of the longest shorter code, or the total for a class; the
 * count of the lines for none. To be freed.
 */
size_t *codes_parents(const struct table *table);

#endif
