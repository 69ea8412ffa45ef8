/*
 * explain: the terms that the profile of a report defines, each explained where a page first uses
 * it.
 *
 * A term is used by what has it in its name: "基本支出" by the table
 * "一般公共预算财政拨款基本支出决算表". Quotes do not count. Names are those that are printed, in
 * whatever language the page is.
 *
 * Depends on base, model.
 */
#ifndef SITE_EXPLAIN_H
#define SITE_EXPLAIN_H

#include <stdbool.h>

#include "model/entities.h"
#include "site/views.h"

struct arena;
struct entity;

/* The terms of one page. All that is pointed to is borrowed. */
struct explainer {
    const struct profile *profile;
    struct arena *arena;
    bool *is_explained; /* of each term of the profile */
};

void explainer_init(struct explainer *explainer, const struct profile *profile,
                    struct arena *arena);

/* Sets the terms that a table uses and no other before it did. `table` may be NULL. */
void explain_table(struct explainer *explainer, const struct profile_table *form,
                   const struct table *table, struct view_table *view);
/* The same for a text of a document, */
void explain_text(struct explainer *explainer, const char *s, size_t len,
                  struct view_explained **items, size_t *count);
/* and for what the dictionary says of records, a list ended by NULL. */
void explain_entities(struct explainer *explainer, const struct entity *const *entities,
                      struct view_explained **items, size_t *count);

#endif
