/*
 * catalog: what all departments share -- the site's settings, the profiles, the classification
 * codes.
 *
 * Filled once (by lib/source), then only read, by any number of threads. Depends on base and on the
 * entities.
 */
#ifndef MODEL_CATALOG_H
#define MODEL_CATALOG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/strmap.h"
#include "model/entities.h"
#include "model/source_text.h"

struct catalog_codes {
    struct classification classification;
    struct strmap functional; /* code -> struct code */
    struct strmap economic;
};

struct catalog {
    struct arena arena;
    struct site site;
    struct source_text site_source; /* site.json */
    struct profile *profiles;
    size_t profile_count;
    struct catalog_codes *codes;
    size_t codes_count;
    struct strmap broken; /* see catalog_add_broken() */
};

void catalog_init(struct catalog *catalog);
void catalog_release(struct catalog *catalog);

/* Makes the maps of a classification that was loaded. */
void catalog_index_codes(struct catalog_codes *codes);

/*
 * Takes note that a file, such as "profiles/x" or "classifications/2024", is there but has errors
 * and so is not in the catalog. What needs it is not accused of that. `path` is borrowed.
 */
void catalog_add_broken(struct catalog *catalog, const char *path);
bool catalog_is_broken(const struct catalog *catalog, const char *path);

/* The language of the site, or else Chinese. */
const char *catalog_language(const struct catalog *catalog);

/* NULL when there is none. */
const struct profile *catalog_profile(const struct catalog *catalog, const char *id);
const struct catalog_codes *catalog_codes(const struct catalog *catalog, int64_t year);
/* `kind` is "functional" or "economic". */
const struct code *codes_find(const struct catalog_codes *codes, const char *kind,
                              const struct text *code);

const struct profile_table *profile_table(const struct profile *profile, const char *id);
const struct profile_line *profile_table_line(const struct profile_table *table, const char *id);
/* The column of that id; of a line's side where there is one for each side (`side` may be NULL). */
const struct profile_column *profile_table_column(const struct profile_table *table, const char *id,
                                                  const char *side);

#endif
