/*
 * bind_names: what a department was called, and when.
 *
 * Names stand newest first. Each but the oldest says since when it is used (`from`), and the one
 * behind it ends there; a `to` is needed only where a name ended otherwise. Of dates that say the
 * year only, the year is all that counts: 2019 and 2019-03 are the same. Part of model/bind.h.
 */
#ifndef MODEL_BIND_NAMES_H
#define MODEL_BIND_NAMES_H

#include "model/bind.h"

/* Checks the order and the dates of the names, and the dates of the units. */
void bind_names(struct bind *b, const struct department *department,
                const struct source_text *source);

/*
 * Gives the reports that were read the name of their year: of two names the newer. A year that has
 * none is warned about; its report bears the name that was used before, or else the oldest.
 * `source` is that of the department.
 */
void bind_report_names(struct bind *b, struct department *department,
                       const struct source_text *source);

#endif
