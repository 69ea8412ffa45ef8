#include "base/base.h"

#include "model/bind.h"
#include "source/content_reading.h"

static void check_root(struct reading *r, const struct fs_list *root)
{
    static const struct {
        const char *name;
        enum fs_kind kind;
        bool is_checked_elsewhere; /* where it is read */
    } known[] = {
        {"site.json", FS_FILE, true},   {"departments", FS_FOLDER, true},
        {"schemas", FS_FOLDER, true},   {"theme", FS_FOLDER, true},
        {"profiles", FS_FOLDER, false}, {"classifications", FS_FOLDER, false},
        {"pages", FS_FOLDER, false},
    };

    for (size_t i = 0; i < root->count; i++) {
        const struct fs_entry *entry = &root->entries[i];
        size_t j = 0;

        while (j < ARRAY_SIZE(known) && strcmp(known[j].name, entry->name))
            j++;
        if (!content_is_passed_over(entry) &&
            (j == ARRAY_SIZE(known) ||
             (entry->kind != known[j].kind && !known[j].is_checked_elsewhere)))
            content_unexpected(r, "", entry,
                               "a content folder has site.json, departments/, profiles/, "
                               "classifications/, pages/ and theme/");
    }
}

static void read_site(struct reading *r, const struct fs_list *root, struct catalog *catalog)
{
    struct source_text text;

    if (content_find(root, "site.json"))
        content_read_record(r, &entity_site, "site.json", &text, &catalog->site);
    else
        err_hint(
            content_folder_error(r, "", "missing-file", "there is no site.json in this folder"),
            "make one: {\"title\": \"...\"}; or name another folder with --content DIR");
}

/* Calls `each` for the .json files of a folder. */
static void for_each_json(struct reading *r, const struct fs_list *list, const char *folder,
                          void (*each)(struct reading *r, void *ctx, const char *path,
                                       const char *name, size_t len),
                          void *ctx)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct fs_entry *entry = &list->entries[i];
        size_t len = content_stem(entry->name, ".json");

        if (content_is_passed_over(entry))
            continue;
        if (len && entry->kind == FS_FILE)
            each(r, ctx, content_compose(r->arena, "%s/%s", folder, entry->name), entry->name, len);
        else
            content_unexpected(r, folder, entry, "only .json files belong here");
    }
}

static void read_classification(struct reading *r, void *ctx, const char *path, const char *name,
                                size_t len)
{
    struct catalog *catalog = ctx;
    struct catalog_codes *codes = &catalog->codes[catalog->codes_count];
    struct classification *classification = &codes->classification;
    struct source_text text;

    memset(codes, 0, sizeof(*codes));
    if (source_read(r->source, path, r->arena, &text, r->errs))
        return;
    load_record(&entity_classification, &text, r->arena, classification, r->errs);
    if (classification->year.present &&
        (!content_is_year(name, len) || content_year(name) != classification->year.value))
        source_error(r->errs, &text, classification->year.at, "wrong-year",
                     "the year is %lld, but the file is called '%s'",
                     (long long)classification->year.value, content_shown(r, name));
    catalog_index_codes(codes);
    catalog->codes_count++;
}

static void read_profile(struct reading *r, void *ctx, const char *path, const char *name,
                         size_t len)
{
    struct catalog *catalog = ctx;
    struct profile *profile = &catalog->profiles[catalog->profile_count];
    struct bind bind = {.catalog = catalog, .arena = r->arena, .errs = r->errs};
    struct source_text text;

    memset(profile, 0, sizeof(*profile));
    if (source_read(r->source, path, r->arena, &text, r->errs))
        return;
    if (!load_record(&entity_profile, &text, r->arena, profile, r->errs))
        bind_profile(&bind, profile, &text);
    content_check_id(r, &text, &profile->id, name, len);
    catalog->profile_count++;
}

static void load_catalog(struct reading *r, struct catalog *catalog)
{
    struct fs_list root, codes, profiles;

    if (source_list(r->source, "", r->arena, &root, r->errs))
        return;
    check_root(r, &root);
    read_site(r, &root, catalog);
    codes = content_list_folder(r, &root, "classifications");
    catalog->codes = arena_zalloc(r->arena, codes.count, sizeof(*catalog->codes));
    for_each_json(r, &codes, "classifications", read_classification, catalog);
    profiles = content_list_folder(r, &root, "profiles");
    catalog->profiles = arena_zalloc(r->arena, profiles.count, sizeof(*catalog->profiles));
    for_each_json(r, &profiles, "profiles", read_profile, catalog);
}

int content_load_catalog(const struct source *source, struct catalog *catalog, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct reading r = {source, catalog, &catalog->arena, &own};

    catalog_init(catalog);
    load_catalog(&r, catalog);
    return content_finish(&own, errs);
}
