#include "base/base.h"

#include "model/bind.h"
#include "source/content_reading.h"
#include "source/misnamed.h"

static void check_root(struct reading *r, const struct fs_list *root)
{
    static const struct {
        const char *name;
        enum fs_kind kind;
        bool is_checked_elsewhere; /* where it is read */
    } known[] = {
        {"site.json", FS_FILE, true},   {"departments", FS_FOLDER, true},
        {"schemas", FS_FOLDER, true},   {"theme", FS_FOLDER, false},
        {"profiles", FS_FOLDER, false}, {"classifications", FS_FOLDER, false},
        {"pages", FS_FOLDER, false},    {"README.md", FS_FILE, false},
    };

    /* those whose absence would be noticed by somebody who looks for what they hold */
    static const char *const read[] = {"site.json",       "departments", "theme", "profiles",
                                       "classifications", "pages",       NULL};

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
                               "classifications/, pages/ and theme/",
                               misnamed(entry->name, read));
    }
}

static void read_site(struct reading *r, const struct fs_list *root, struct catalog *catalog)
{
    if (content_find(root, "site.json"))
        content_read_record(r, &entity_site, "site.json", &catalog->site_source, &catalog->site);
    else
        content_missing(r, "", root, "site.json", "there is no site.json in this folder",
                        "make one: {\"title\": \"...\"}; or name the folder of the sources with "
                        "--content DIR");
}

/* Reads the .json files of a folder; those with errors are noted in the catalog. */
static void for_each_json(struct reading *r, struct catalog *catalog, const struct fs_list *list,
                          const char *folder,
                          int (*read)(struct reading *r, struct catalog *catalog, const char *path))
{
    for (size_t i = 0; i < list->count; i++) {
        const struct fs_entry *entry = &list->entries[i];
        size_t len = content_stem(entry->name, ".json");
        int result = -1;

        if (content_is_passed_over(entry))
            continue;
        if (len && entry->kind == FS_FILE)
            result = read(r, catalog, arena_format(r->arena, "%s/%s", folder, entry->name));
        else
            content_unexpected(r, folder, entry, "only .json files belong here",
                               misnamed_ending(entry->name, ".json", r->arena));
        if (result && (entry->kind == FS_FILE || entry->kind == FS_LINK)) /* which was an error */
            catalog_add_broken(catalog,
                               arena_format(r->arena, "%s/%.*s", folder, (int)len, entry->name));
    }
}

static void hint_year(struct reading *r, struct err *err, const char *path, const char *name,
                      const char *right)
{
    bool good = content_is_year(name, content_stem(name, ".json"));

    if (!content_is_year(right, content_stem(right, ".json")))
        err_hint(err, "a year has four digits, such as 2024");
    else if (!source_has(r->source,
                         arena_format(r->arena, "%.*s%s", (int)(name - path), path, right)))
        err_hint(err, good ? "call the file '%s', or change the year" : "call the file '%s'",
                 right);
    else
        err_hint(err, "there is a '%s' beside it: %stake away this one", right,
                 good ? "change the year, or " : "");
}

/* The year of a classification must be what its file is called. -1 after an error. */
static int check_year(struct reading *r, const struct source_text *text, const struct integer *year,
                      const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    const char *right = arena_format(r->arena, "%lld.json", (long long)year->value);

    if (!year->present ||
        (!strcmp(name, right) && content_is_year(name, content_stem(name, ".json"))))
        return 0;
    hint_year(r,
              source_error(r->errs, text, year->at, "wrong-year",
                           "the year is %lld, but the file is called '%s'", (long long)year->value,
                           content_shown(r, name)),
              path, name, right);
    return -1;
}

static int read_classification(struct reading *r, struct catalog *catalog, const char *path)
{
    struct catalog_codes *codes = &catalog->codes[catalog->codes_count];
    struct classification *classification = &codes->classification;
    struct bind bind = {.catalog = catalog, .arena = r->arena, .errs = r->errs};
    struct source_text text;
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
    return check_year(r, &text, &classification->year, path) ? -1 : result;
}

static int read_profile(struct reading *r, struct catalog *catalog, const char *path)
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
    return content_check_id(r, &text, &profile->id, path) ? -1 : result;
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
