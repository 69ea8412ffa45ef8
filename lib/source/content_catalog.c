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
        {"pages", FS_FOLDER, false},    {"README.md", FS_FILE, false},
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
            "make one: {\"title\": \"...\"}; or name the folder of the sources with --content DIR");
}

/* Reads the .json files of a folder; those with errors are noted in the catalog. */
static void for_each_json(struct reading *r, struct catalog *catalog, const struct fs_list *list,
                          const char *folder,
                          int (*read)(struct reading *r, struct catalog *catalog, const char *path,
                                      const char *name, size_t len))
{
    for (size_t i = 0; i < list->count; i++) {
        const struct fs_entry *entry = &list->entries[i];
        size_t len = content_stem(entry->name, ".json");
        int result = -1;

        if (content_is_passed_over(entry))
            continue;
        if (len && entry->kind == FS_FILE)
            result = read(r, catalog, arena_format(r->arena, "%s/%s", folder, entry->name),
                          entry->name, len);
        else
            content_unexpected(r, folder, entry, "only .json files belong here");
        if (result && (entry->kind == FS_FILE || entry->kind == FS_LINK)) /* which was an error */
            catalog_add_broken(catalog,
                               arena_format(r->arena, "%s/%.*s", folder, (int)len, entry->name));
    }
}

static int read_classification(struct reading *r, struct catalog *catalog, const char *path,
                               const char *name, size_t len)
{
    struct catalog_codes *codes = &catalog->codes[catalog->codes_count];
    struct classification *classification = &codes->classification;
    const struct integer *year = &classification->year;
    struct bind bind = {.catalog = catalog, .arena = r->arena, .errs = r->errs};
    struct source_text text;
    struct err *err;
    int result;

    memset(codes, 0, sizeof(*codes));
    if (source_read(r->source, path, r->arena, &text, r->errs))
        return -1;
    result = load_record(&entity_classification, &text, r->arena, classification, r->errs);
    result |= bind_classification(&bind, classification, &text);
    if (!result) {
        catalog_index_codes(codes);
        catalog->codes_count++;
    }
    if (!year->present || (content_is_year(name, len) && content_year(name) == year->value))
        return result;
    err = source_error(r->errs, &text, year->at, "wrong-year",
                       "the year is %lld, but the file is called '%s'", (long long)year->value,
                       content_shown(r, name));
    if (year->value >= 1000 && year->value <= 9999)
        err_hint(err, "call the file '%lld.json', or change the year", (long long)year->value);
    else
        err_hint(err, "a year has four digits, such as 2024");
    return -1;
}

static int read_profile(struct reading *r, struct catalog *catalog, const char *path,
                        const char *name, size_t len)
{
    struct profile *profile = &catalog->profiles[catalog->profile_count];
    struct bind bind = {.catalog = catalog, .arena = r->arena, .errs = r->errs};
    struct source_text text;
    int result;

    memset(profile, 0, sizeof(*profile));
    if (source_read(r->source, path, r->arena, &text, r->errs))
        return -1;
    result = load_record(&entity_profile, &text, r->arena, profile, r->errs);
    if (!result)
        result = bind_profile(&bind, profile, &text);
    if (!result)
        catalog->profile_count++;
    return content_check_id(r, &text, &profile->id, name, len) ? -1 : result;
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
    for_each_json(r, catalog, &codes, "classifications", read_classification);
    profiles = content_list_folder(r, &root, "profiles");
    catalog->profiles = arena_zalloc(r->arena, profiles.count, sizeof(*catalog->profiles));
    for_each_json(r, catalog, &profiles, "profiles", read_profile);
}

int content_load_catalog(const struct source *source, struct catalog *catalog, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct reading r = {source, catalog, &catalog->arena, &own};

    catalog_init(catalog);
    load_catalog(&r, catalog);
    return content_finish(&own, errs);
}
