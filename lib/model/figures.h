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
struct strbuf;
struct strmap;

/* One part of an entity's address: a literal, or the name of a field in braces. */
struct address_part {
    const char *s; /* without the braces, not terminated */
    size_t len;
    bool is_field;
};

/* Takes the next part off *address. False after the last. */
bool address_part(const char **address, struct address_part *out);

/*
 * Calls visit() for each figure of a bound report, in the order of the sources. The record and its
 * texts live as long as the arena; the address is complete.
 */
void figures_each(const struct report *report, struct arena *arena,
                  void (*visit)(void *ctx, const struct all_figure *figure), void *ctx);

/*
 * The same as a map from the address below the report ("general_public_expenditure/201/final",
 * "projects/p07/funds/total/executed") to the const struct all_figure. Everything lives in the
 * arena; the map is released by the caller.
 */
void figures_index(const struct report *report, struct arena *arena, struct strmap *out);

#endif
