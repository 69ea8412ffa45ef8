#include "base/base.h"

#include "import/import.h"

#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "import/clean.h"
#include "import/contacts.h"
#include "import/identity.h"
#include "import/import_files.h"
#include "import/others.h"
#include "import/recognise_criteria.h"
#include "import/recognise_evaluations.h"
#include "import/recognise_forms.h"
#include "import/recognise_overall.h"
#include "import/recognise_sentences.h"
#include "import/recognise_tables.h"
#include "import/rest.h"
#include "model/load.h"
#include "source/content.h"

/* --- the profile --- */

static bool is_of_region(const struct profile *profile, const char *division)
{
    size_t len = profile->division.s ? strlen(profile->division.s) : 0;

    while (len && profile->division.s[len - 1] == '0')
        len--;
    return !division || !strncmp(profile->division.s ? profile->division.s : "", division, len);
}

static bool is_of_year(const struct profile *profile, int64_t year)
{
    return (!profile->from.present || profile->from.value <= year) &&
           (!profile->to.present || profile->to.value >= year);
}

static const struct profile *named_profile(const struct import *import, const char *id,
                                           int64_t year, struct errs *errs)
{
    const struct profile *profile = catalog_profile(&import->catalog, id);

    if (!profile) {
        err_hint(errs_add(errs, ERR_USAGE, "unknown-profile", "there is no profile '%s'", id),
                 "the profiles are in the folder profiles/ of the content");
        return NULL;
    }
    if (is_of_year(profile, year))
        return profile;
    err_hint(errs_add(errs, ERR_USAGE, "profile-year", "the profile '%s' is not for the year %lld",
                      id, (long long)year),
             "mend its years, or write one for the year: juesuan-profile(5)");
    return NULL;
}

/* The only one that fits; an error when there is none, or several. */
static const struct profile *choose_profile(const struct import *import,
                                            const struct import_options *options,
                                            const char *division, struct errs *errs)
{
    const struct profile *found = NULL;

    if (options->profile)
        return named_profile(import, options->profile, options->year, errs);
    for (size_t i = 0; i < import->catalog.profile_count; i++) {
        const struct profile *profile = &import->catalog.profiles[i];

        if (!is_of_year(profile, options->year) || !is_of_region(profile, division))
            continue;
        if (found) {
            err_hint(errs_add(errs, ERR_USAGE, "several-profiles",
                              "the profiles '%s' and '%s' both fit the year %lld", found->id.s,
                              profile->id.s, (long long)options->year),
                     "say which it is with --profile");
            return NULL;
        }
        found = profile;
    }
    if (!found)
        err_hint(errs_add(errs, ERR_USAGE, "no-profile", "no profile is for the year %lld",
                          (long long)options->year),
                 "name one with --profile, or write one: juesuan-profile(5)");
    return found;
}

/* --- reading --- */

/* A document that is named twice would count each project twice. What cannot be read is told of
 * elsewhere. */
static bool is_named_before(const struct import_options *options, size_t index, struct errs *errs)
{
    const char *path = options->paths[index];
    struct strbuf bytes = STRBUF_INIT;
    struct errs ignored = ERRS_INIT;
    size_t before = 0;

    if (index && !fs_read(AT_FDCWD, path, path, options->limits->file_size, &bytes, &ignored))
        while (before < index && !fs_same(AT_FDCWD, options->paths[before], bytes.buf, bytes.len))
            before++;
    else
        before = index;
    errs_release(&ignored);
    strbuf_release(&bytes);
    if (before < index)
        err_hint(errs_add(errs, ERR_USAGE, "same-document", "%s is the same document as %s", path,
                          options->paths[before]),
                 "name each document once");
    return before < index;
}

static int read_documents(struct import *import, const struct import_options *options,
                          struct errs *errs)
{
    int result = 0;

    import->documents =
        arena_zalloc(&import->arena, options->path_count + 1, sizeof(*import->documents));
    for (size_t i = 0; i < options->path_count; i++) {
        import->document_count = i + 1;
        if (is_named_before(options, i, errs) ||
            document_read(options->paths[i], options->limits, &import->documents[i], errs))
            result = -1;
        else
            ledger_enter(&import->ledger, &import->documents[i]);
    }
    return result;
}

/* A file that the content has already, as a record; its text lives in the import. False: there is
 * none that can be read, of which whoever builds it is told. */
static bool read_existing(struct import *import, const struct import_options *options,
                          const char *path, const struct entity *entity, void *record)
{
    struct source_text *text = arena_zalloc(&import->arena, 1, sizeof(*text));
    struct errs ignored = ERRS_INIT;
    bool good = source_has(options->source, path) &&
                !source_read(options->source, path, &import->arena, text, &ignored) &&
                !load_record(entity, text, &import->arena, record, &ignored);

    errs_release(&ignored);
    return good;
}

/* The names that the department has had; the first is the latest. */
static void read_department(struct import *import, const struct import_options *options,
                            const char **division)
{
    const char *path =
        arena_format(&import->arena, "departments/%s/department.json", options->department);
    struct department *department = arena_zalloc(&import->arena, 1, sizeof(*department));

    if (!read_existing(import, options, path, &entity_department, department))
        return;
    *division = department->division.s;
    import->names =
        arena_zalloc(&import->arena, 2 * department->names.count + 1, sizeof(*import->names));
    for (size_t i = 0; i < department->names.count; i++) {
        const struct department_name *name = &department->names.items[i];

        import->names[import->name_count++] = name->name.s;
        if (name->short_name.s)
            import->names[import->name_count++] = name->short_name.s;
    }
    if (import->name_count && !options->name)
        import->draft.department_name = import->names[0];
}

/* The projects and evaluations of the report that are there. */
static void read_known(struct import *import, const struct import_options *options,
                       const struct entity *entity, const char *folder)
{
    struct draft *d = &import->draft;
    const char *path = arena_format(&import->arena, "departments/%s/%lld/%s", options->department,
                                    (long long)options->year, folder);
    struct fs_list list = {0};
    struct errs ignored = ERRS_INIT;

    if (source_has(options->source, path) &&
        source_list(options->source, path, &import->arena, &list, &ignored))
        list.count = 0;
    errs_release(&ignored);
    for (size_t i = 0; i < list.count; i++) {
        const char *name = list.entries[i].name;
        void *record = arena_zalloc(&import->arena, 1, entity->size);
        const struct field *id = entity_find(entity, "id", 2);

        if (!clean_ends(name, strlen(name), ".json") ||
            !read_existing(import, options, arena_format(&import->arena, "%s/%s", path, name),
                           entity, record))
            continue;
        ARENA_GROW(d->arena, d->known, d->known_count, d->known_cap);
        d->known[d->known_count++] = (struct known_record){
            entity, field_text(id, record)->s, field_text(entity_label(entity), record)->s};
    }
}

/* What a person adds to a report, and no document states, stays. */
static void keep_own(struct import *import, const struct import_options *options)
{
    const char *path = arena_format(&import->arena, "departments/%s/%lld/report.json",
                                    options->department, (long long)options->year);
    struct report *before = arena_zalloc(&import->arena, 1, sizeof(*before));
    struct report *report = &import->draft.report;

    if (!read_existing(import, options, path, &entity_report, before))
        return;
    report->acknowledgements.items = before->acknowledgements.items;
    report->acknowledgements.count = before->acknowledgements.count;
    report->approved = before->approved;
    report->published = before->published;
    report->source_note = before->source_note;
}

static void recognise(struct import *import)
{
    struct draft *d = &import->draft;

    contacts_take_lines(d);
    identity_find(d, import->names, import->name_count);
    others_find(d);
    recognise_tables(d);
    recognise_forms(d);
    recognise_evaluations_find(d);
    recognise_overall(d);
    recognise_criteria(d);
    recognise_evaluations(d);
    recognise_sentences(d);
    rest_place(d);
    contacts_find(d);
}

/* --- counting --- */

static void count_one(struct import_count *count, const struct entry *entry)
{
    count->all++;
    count->states[entry->state]++;
    count->kept += entry->state == ENTRY_TEXT;
    count->loose += entry->state == ENTRY_LOOSE;
    count->placed += entry->state != ENTRY_TEXT && entry->state != ENTRY_LOOSE;
}

static struct import_count *part_of(struct import *import, const char *title)
{
    struct import_count *part;

    for (size_t i = 0; i < import->part_count; i++)
        if (!strcmp(import->parts[i].title, title))
            return &import->parts[i];
    ARENA_GROW(&import->arena, import->parts, import->part_count, import->part_cap);
    part = &import->parts[import->part_count++];
    *part = (struct import_count){.title = title};
    return part;
}

/* A table by its title, a text by its section of the first two levels. */
static const char *part_title(const struct import *import, const struct passage *passage)
{
    const struct ledger_block *block = &import->ledger.blocks[passage->block];
    const struct outline *outline = &import->draft.outline;
    size_t section = passage->section;

    if (block->subtitle)
        return block->subtitle;
    while (outline->sections[section].level > 2)
        section = outline->sections[section].parent;
    return outline->sections[section].whole;
}

static void count_numbers(struct import *import)
{
    for (size_t i = 0; i < import->ledger.entry_count; i++) {
        const struct entry *entry = &import->ledger.entries[i];

        import->classes[entry->number.class]++;
        if (entry->number.class != NUMBER_FIGURE)
            continue;
        count_one(&import->figures, entry);
        count_one(part_of(import, part_title(import, &import->ledger.passages[entry->passage])),
                  entry);
    }
}

/* A document that has nothing of what a report has is another one. */
static void check_kind(struct import *import)
{
    if (!import->figures.states[ENTRY_FIGURE])
        ledger_note(&import->ledger, NOTICE_WRONG, "no-report", NULL, 0,
                    "no table, sentence or form of the profile %s was found: is this a "
                    "department's final accounts?",
                    import->draft.profile->id.s);
}

/* --- all --- */

int import_documents(const struct import_options *options, struct import *out, struct errs *errs)
{
    struct draft *d = &out->draft;
    const char *division = NULL;

    *out = (struct import){0};
    catalog_init(&out->catalog);
    out->ledger.arena = &out->arena;
    out->ledger.scratch = &out->scratch;
    *d = (struct draft){.arena = &out->arena,
                        .records = &out->records,
                        .scratch = &out->scratch,
                        .ledger = &out->ledger,
                        .catalog = &out->catalog,
                        .year = options->year,
                        .keep_contacts = options->keep_contacts,
                        .department_name = options->name};
    if (content_load_catalog(options->source, &out->catalog, errs))
        return -1;
    read_department(out, options, &division);
    d->profile = choose_profile(out, options, division, errs);
    if (!d->profile || read_documents(out, options, errs))
        return -1;
    outline_find(&out->ledger, &d->outline);
    draft_start(d);
    keep_own(out, options);
    read_known(out, options, &entity_project, "projects");
    read_known(out, options, &entity_evaluation, "evaluations");
    recognise(out);
    import_make_files(out, options);
    d->report = (struct report){0}; /* its files say all of it */
    arena_release(&out->records);
    arena_release(&out->scratch);
    count_numbers(out);
    check_kind(out);
    return 0;
}

void import_release(struct import *import)
{
    for (size_t i = 0; i < import->document_count; i++)
        document_release(&import->documents[i]);
    for (size_t i = 0; i < import->file_count; i++)
        free(import->files[i].text);
    catalog_release(&import->catalog);
    arena_release(&import->scratch);
    arena_release(&import->records);
    arena_release(&import->arena);
}
