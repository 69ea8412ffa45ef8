/*
 * figures: every number of a report, with its address.
 *
 * The address of a figure is
 *
 *     <department>/<year>/[projects/<id>/ or evaluations/<id>/]<table>/<line>/<column>
 *
 * with "@narrative" behind it for a second statement. Which records have figures, and what their
 * addresses are made of, is in the data dictionary (struct entity, `address`). A record that was
 * refused, so that a part of its address is missing, has none.
 */
#ifndef MODEL_FIGURES_H
#define MODEL_FIGURES_H

#include "model/entities.h"

struct arena;

/* One part of an entity's address: a literal, or the name of a field in braces. */
struct address_part {
    const char *s; /* without the braces, not terminated */
    size_t len;
    bool is_field;
};

/* Takes the next part off *address. False after the last. */
bool address_part(const char **address, struct address_part *out);

/*
 * Calls visit() for each figure of a bound report, in the order of the sources. The record, its
 * address and the parts of that are good during the call; its other texts live as long as the
 * report. Records for which is_passed() is true are passed over with all that they hold; NULL:
 * none.
 */
void figures_each(const struct report *report, bool (*is_passed)(void *ctx, const void *record),
                  void (*visit)(void *ctx, const struct all_figure *figure), void *ctx);

/* How many that is. */
size_t figures_count(const struct report *report);

/*
 * The figure of an address below the report ("general_public_expenditure/201/final",
 * "projects/p07/funds/total/executed"). False when there is none. What is new in the record lives
 * in the arena.
 */
bool figures_find(const struct report *report, const char *address, struct arena *arena,
                  struct all_figure *out);

#endif
