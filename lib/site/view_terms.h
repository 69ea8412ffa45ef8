/*
 * view_terms: the terms that all profiles explain, as a glossary.
 */
#ifndef SITE_VIEW_TERMS_H
#define SITE_VIEW_TERMS_H

#include "model/catalog.h"
#include "site/views.h"

struct arena;

/*
 * Terms in the order of Chinese names (text/collate.h), each with its definitions in the order of
 * the profiles. Definitions that say the same are one. The anchor of a term is its id, with a
 * number behind it when two terms have the same. Everything lives in the arena or in the catalog.
 */
void view_terms_make(const struct catalog *catalog, struct arena *arena, struct view_term **items,
                     size_t *count);

#endif
