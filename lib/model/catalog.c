#include "base/base.h"

#include "model/catalog.h"

void catalog_init(struct catalog *catalog)
{
    memset(catalog, 0, sizeof(*catalog));
}

void catalog_release(struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->codes_count; i++) {
        strmap_release(&catalog->codes[i].functional);
        strmap_release(&catalog->codes[i].economic);
    }
    strmap_release(&catalog->broken);
    json_decref(catalog->site.theme);
    arena_release(&catalog->arena);
    catalog_init(catalog);
}

static void index_list(struct strmap *map, struct code *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_new;

        if (codes[i].code.s)
            *strmap_put(map, codes[i].code.s, codes[i].code.len, &is_new) = &codes[i];
    }
}

void catalog_index_codes(struct catalog_codes *codes)
{
    const struct classification *c = &codes->classification;

    index_list(&codes->functional, c->functional.items, c->functional.count);
    index_list(&codes->economic, c->economic.items, c->economic.count);
}

void catalog_add_broken(struct catalog *catalog, const char *path)
{
    bool is_new;

    *strmap_put(&catalog->broken, path, strlen(path), &is_new) = catalog;
}

bool catalog_is_broken(const struct catalog *catalog, const char *path)
{
    return strmap_get(&catalog->broken, path, strlen(path)) != NULL;
}

const struct profile *catalog_profile(const struct catalog *catalog, const char *id)
{
    for (size_t i = 0; i < catalog->profile_count; i++)
        if (text_is(&catalog->profiles[i].id, id))
            return &catalog->profiles[i];
    return NULL;
}

const char *catalog_language(const struct catalog *catalog)
{
    const struct text *language = &catalog->site.language;

    return language->s ? language->s : "zh-CN";
}

const struct catalog_codes *catalog_codes(const struct catalog *catalog, int64_t year)
{
    for (size_t i = 0; i < catalog->codes_count; i++)
        if (catalog->codes[i].classification.year.value == year)
            return &catalog->codes[i];
    return NULL;
}

const struct code *codes_find(const struct catalog_codes *codes, const char *kind,
                              const struct text *code)
{
    return strmap_get(!strcmp(kind, "economic") ? &codes->economic : &codes->functional, code->s,
                      code->len);
}

const struct profile_table *profile_table(const struct profile *profile, const char *id)
{
    for (size_t i = 0; i < profile->tables.count; i++)
        if (text_is(&profile->tables.items[i].id, id))
            return &profile->tables.items[i];
    return NULL;
}

const struct profile_line *profile_table_line(const struct profile_table *table, const char *id)
{
    for (size_t i = 0; i < table->lines.count; i++)
        if (text_is(&table->lines.items[i].id, id))
            return &table->lines.items[i];
    return NULL;
}

const struct profile_column *profile_table_column(const struct profile_table *table, const char *id,
                                                  const char *side)
{
    const struct profile_column *other = NULL;

    for (size_t i = 0; i < table->columns.count; i++) {
        const struct profile_column *column = &table->columns.items[i];

        if (!text_is(&column->id, id))
            continue;
        if (!column->side.s || (side && text_is(&column->side, side)))
            return column;
        other = column;
    }
    return other;
}
