#include "base/base.h"

#include "source/content.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "model/bind.h"
#include "text/escape.h"

enum { NESTING_MAX = 16 }; /* parts of a department's id */

PRINTF_FORMAT(2, 3)
static const char *compose(struct arena *arena, const char *format, ...)
{
    struct strbuf sb = STRBUF_INIT;
    const char *s;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&sb, format, args);
    va_end(args);
    s = arena_strndup(arena, sb.buf, sb.len);
    strbuf_release(&sb);
    return s;
}

/* The length of a name without the ending, 0 when it has another one or is nothing else. */
static size_t stem(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);

    return len > end && !strcmp(name + len - end, ending) ? len - end : 0;
}

static bool is_year(const char *name, size_t len)
{
    if (len != 4)
        return false;
    for (size_t i = 0; i < len; i++)
        if (name[i] < '0' || name[i] > '9')
            return false;
    return true;
}

static int64_t year_of(const char *name)
{
    struct decimal d = {0, 0, false};

    decimal_parse(name, 4, &d);
    return d.units;
}

static int compare_entry(const void *name, const void *entry)
{
    return strcmp(name, ((const struct fs_entry *)entry)->name);
}

static const struct fs_entry *find_entry(const struct fs_list *list, const char *name)
{
    return list->count
               ? bsearch(name, list->entries, list->count, sizeof(*list->entries), compare_entry)
               : NULL;
}

static bool is_kind(const struct fs_list *list, const char *name, enum fs_kind kind)
{
    const struct fs_entry *entry = find_entry(list, name);

    return entry && entry->kind == kind;
}

/* What is needed all along while reading. */
struct context {
    const struct source *source;
    const struct catalog *catalog;
    struct arena *arena;
    struct errs *errs;
};

/* A name of a file, for a message. */
static const char *shown_name(struct context *c, const char *name)
{
    struct strbuf sb = STRBUF_INIT;
    const char *shown;

    escape_message(&sb, name, strlen(name));
    shown = arena_strndup(c->arena, sb.buf, sb.len);
    strbuf_release(&sb);
    return shown;
}

static void unexpected(struct context *c, const char *folder, const struct fs_entry *entry,
                       const char *what)
{
    const char *path = compose(c->arena, "%s%s%s", folder, *folder ? "/" : "", entry->name);
    const char *shown = source_shown(c->source, path, c->arena);
    struct err *err;

    if (entry->kind == FS_LINK) {
        fs_add_link(shown, c->errs);
        return;
    }
    err = errs_add(c->errs, ERR_CONTENT, "unexpected-file", "nothing reads this %s",
                   entry->kind == FS_FOLDER ? "folder" : "file");
    err->severity = SEVERITY_WARNING;
    err_at(err, shown, 0, 0);
    err_hint(err, "%s", what);
}

/* An error about a folder as a whole. */
PRINTF_FORMAT(4, 5)
static struct err *folder_error(struct context *c, const char *folder, const char *id,
                                const char *format, ...)
{
    struct strbuf message = STRBUF_INIT;
    struct err *err;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&message, format, args);
    va_end(args);
    err = errs_add(c->errs, ERR_CONTENT, id, "%s", message.buf);
    err_at(err, source_shown(c->source, folder, c->arena), 0, 0);
    strbuf_release(&message);
    return err;
}

static bool is_passed_over(const struct fs_entry *entry)
{
    return entry->name[0] == '.';
}

/* Reads a JSON source into a zeroed record. What stands in `text` stays for binding. */
static int read_record(struct context *c, const struct entity *entity, const char *path,
                       struct source_text *text, void *record)
{
    if (source_read(c->source, path, c->arena, text, c->errs))
        return -1;
    return load_record(entity, text, c->arena, record, c->errs);
}

static int check_id(struct context *c, const struct source_text *text, const struct text *id,
                    const char *name, size_t len)
{
    if (!id->s || (id->len == len && !memcmp(id->s, name, len)))
        return 0;
    err_hint(source_error(c->errs, text, id->at, "wrong-id",
                          "the id is '%s', but the file is called '%s'", id->s,
                          shown_name(c, name)),
             "call the file '%s.json', or change the id", id->s);
    return -1;
}

/* --- the catalog --- */

static void check_root(struct context *c, const struct fs_list *root)
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
        if (!is_passed_over(entry) && (j == ARRAY_SIZE(known) || (entry->kind != known[j].kind &&
                                                                  !known[j].is_checked_elsewhere)))
            unexpected(c, "", entry,
                       "a content folder has site.json, departments/, profiles/, "
                       "classifications/, pages/ and theme/");
    }
}

static void read_site(struct context *c, const struct fs_list *root, struct catalog *catalog)
{
    struct source_text text;

    if (find_entry(root, "site.json"))
        read_record(c, &entity_site, "site.json", &text, &catalog->site);
    else
        err_hint(
            folder_error(c, "", "missing-file", "there is no site.json in this folder"),
            "make one: {\"title\": \"...\"}; or name the folder of the sources with --content DIR");
}

/* A folder of the content folder; empty when it is missing or cannot be read. */
static struct fs_list list_folder(struct context *c, const struct fs_list *root, const char *folder)
{
    struct fs_list list = {NULL, 0};

    if (is_kind(root, folder, FS_FOLDER))
        source_list(c->source, folder, c->arena, &list, c->errs);
    return list;
}

/* Reads the .json files of a folder; those with errors are noted in the catalog. */
static void for_each_json(struct context *c, struct catalog *catalog, const struct fs_list *list,
                          const char *folder,
                          int (*read)(struct context *c, struct catalog *catalog, const char *path,
                                      const char *name, size_t len))
{
    for (size_t i = 0; i < list->count; i++) {
        const struct fs_entry *entry = &list->entries[i];
        size_t len = stem(entry->name, ".json");
        int result = -1;

        if (is_passed_over(entry))
            continue;
        if (len && entry->kind == FS_FILE)
            result =
                read(c, catalog, compose(c->arena, "%s/%s", folder, entry->name), entry->name, len);
        else
            unexpected(c, folder, entry, "only .json files belong here");
        if (result && (entry->kind == FS_FILE || entry->kind == FS_LINK)) /* which was an error */
            catalog_add_broken(catalog,
                               compose(c->arena, "%s/%.*s", folder, (int)len, entry->name));
    }
}

static int read_classification(struct context *c, struct catalog *catalog, const char *path,
                               const char *name, size_t len)
{
    struct catalog_codes *codes = &catalog->codes[catalog->codes_count];
    struct classification *classification = &codes->classification;
    const struct integer *year = &classification->year;
    struct bind bind = {.catalog = catalog, .arena = c->arena, .errs = c->errs};
    struct source_text text;
    int result;

    memset(codes, 0, sizeof(*codes));
    if (source_read(c->source, path, c->arena, &text, c->errs))
        return -1;
    result = load_record(&entity_classification, &text, c->arena, classification, c->errs);
    result |= bind_classification(&bind, classification, &text);
    if (!result) {
        catalog_index_codes(codes);
        catalog->codes_count++;
    }
    if (year->present && (!is_year(name, len) || year_of(name) != year->value)) {
        err_hint(source_error(c->errs, &text, year->at, "wrong-year",
                              "the year is %lld, but the file is called '%s'",
                              (long long)year->value, shown_name(c, name)),
                 "call the file '%lld.json', or change the year", (long long)year->value);
        return -1;
    }
    return result;
}

static int read_profile(struct context *c, struct catalog *catalog, const char *path,
                        const char *name, size_t len)
{
    struct profile *profile = &catalog->profiles[catalog->profile_count];
    struct bind bind = {.catalog = catalog, .arena = c->arena, .errs = c->errs};
    struct source_text text;
    int result;

    memset(profile, 0, sizeof(*profile));
    if (source_read(c->source, path, c->arena, &text, c->errs))
        return -1;
    result = load_record(&entity_profile, &text, c->arena, profile, c->errs);
    if (!result)
        result = bind_profile(&bind, profile, &text);
    if (!result)
        catalog->profile_count++;
    return check_id(c, &text, &profile->id, name, len) ? -1 : result;
}

/* Hands the errors over, in the order of files and lines. -1 when there is one. */
static int finish(struct errs *own, struct errs *errs)
{
    int result = errs_count(own) ? -1 : 0;

    errs_sort(own);
    errs_move(errs, own);
    return result;
}

static void load_catalog(struct context *c, struct catalog *catalog)
{
    struct fs_list root, codes, profiles;

    if (source_list(c->source, "", c->arena, &root, c->errs))
        return;
    check_root(c, &root);
    read_site(c, &root, catalog);
    codes = list_folder(c, &root, "classifications");
    catalog->codes = arena_zalloc(c->arena, codes.count, sizeof(*catalog->codes));
    for_each_json(c, catalog, &codes, "classifications", read_classification);
    profiles = list_folder(c, &root, "profiles");
    catalog->profiles = arena_zalloc(c->arena, profiles.count, sizeof(*catalog->profiles));
    for_each_json(c, catalog, &profiles, "profiles", read_profile);
}

int content_load_catalog(const struct source *source, struct catalog *catalog, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct context c = {source, catalog, &catalog->arena, &own};

    catalog_init(catalog);
    load_catalog(&c, catalog);
    return finish(&own, errs);
}

/* --- which departments there are --- */

struct finding {
    struct context c;
    const char **ids;
    size_t count;
    size_t cap;
};

static void wrong_folder(struct finding *f, const char *path, const char *name, unsigned depth)
{
    if (depth >= NESTING_MAX)
        folder_error(&f->c, path, "too-deep", "the id of a department has at most %d parts",
                     NESTING_MAX);
    else
        err_hint(folder_error(&f->c, path, "wrong-id", "'%s' cannot be part of an id",
                              shown_name(&f->c, name)),
                 "ids are lower-case letters, digits and '-'; 'projects' and 'evaluations' are "
                 "reserved; years have four digits");
}

static bool is_id(const char *name)
{
    return form_id.accepts(name, strlen(name)) && strcmp(name, "projects") &&
           strcmp(name, "evaluations");
}

/* `path` is a folder below departments/, `id` the same without "departments/". */
static void find_departments(struct finding *f, const char *path, unsigned depth)
{
    bool is_department, has_years = false;
    struct fs_list list;

    if (source_list(f->c.source, path, f->c.arena, &list, f->c.errs))
        return;
    is_department = depth && find_entry(&list, "department.json"); /* a file or not: see there */
    if (is_department) {
        MEM_GROW(f->ids, f->count, f->cap);
        f->ids[f->count++] = path + strlen("departments/");
    }
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];

        if (is_passed_over(entry))
            continue;
        if (entry->kind == FS_FOLDER && is_year(entry->name, strlen(entry->name)))
            has_years = true;
        else if (entry->kind == FS_FOLDER && is_id(entry->name) && depth < NESTING_MAX)
            find_departments(f, compose(f->c.arena, "%s/%s", path, entry->name), depth + 1);
        else if (is_department && !strcmp(entry->name, "department.json"))
            continue;
        else if (entry->kind == FS_FOLDER)
            wrong_folder(f, path, entry->name, depth);
        else
            unexpected(&f->c, path, entry, "a department has department.json and a folder a year");
    }
    if (has_years && !is_department)
        err_hint(folder_error(&f->c, path, "missing-file",
                              "there are years in this folder, but there is no department.json"),
                 "it has the names of the department; 'juesuan init DIR' makes an example");
}

/* The folder departments/, which must be one. */
static void find_all_departments(struct finding *f)
{
    const struct fs_entry *entry;
    struct fs_list root;

    if (source_list(f->c.source, "", f->c.arena, &root, f->c.errs))
        return;
    entry = find_entry(&root, "departments");
    if (!entry)
        err_hint(folder_error(&f->c, "", "missing-file", "there is no departments/ in this folder"),
                 "each department is a folder in it, with a department.json");
    else if (entry->kind == FS_LINK)
        unexpected(&f->c, "", entry, "departments/ must be a folder");
    else
        find_departments(f, "departments", 0);
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int content_list_departments(const struct source *source, struct arena *arena,
                             struct content_departments *out, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct finding f = {.c = {source, NULL, arena, &own}};

    find_all_departments(&f);
    out->count = f.count;
    out->ids = arena_alloc(arena, f.count * sizeof(*f.ids));
    if (f.count) {
        qsort(f.ids, f.count, sizeof(*f.ids), compare_ids);
        memcpy(out->ids, f.ids, f.count * sizeof(*f.ids));
    }
    free(f.ids);
    return finish(&own, errs);
}

/* --- one department --- */

struct reading {
    struct context c;
    struct content_department *out;
    size_t text_cap;
    struct bind bind;
};

static void keep_text(struct reading *r, const char *path)
{
    struct content_department *out = r->out;
    struct content_text text;

    text.path = compose(r->c.arena, "%.*s", (int)stem(path, ".md"), path);
    if (source_read(r->c.source, path, r->c.arena, &text.source, r->c.errs))
        return;
    MEM_GROW(out->texts, out->text_count, r->text_cap);
    out->texts[out->text_count++] = text;
}

static void read_project(struct reading *r, const char *path, const char *name, size_t len,
                         struct project *project)
{
    struct source_text text;

    if (source_read(r->c.source, path, r->c.arena, &text, r->c.errs))
        return;
    load_record(&entity_project, &text, r->c.arena, project, r->c.errs);
    check_id(&r->c, &text, &project->id, name, len);
    if (project->id.s)
        bind_project(&r->bind, project, &text);
}

static void read_evaluation(struct reading *r, const char *path, const char *name, size_t len,
                            struct evaluation *evaluation)
{
    struct source_text text;

    if (source_read(r->c.source, path, r->c.arena, &text, r->c.errs))
        return;
    load_record(&entity_evaluation, &text, r->c.arena, evaluation, r->c.errs);
    check_id(&r->c, &text, &evaluation->id, name, len);
    if (evaluation->id.s)
        bind_evaluation(&r->bind, evaluation, &text);
}

static void read_projects(struct reading *r, const char *folder, struct report *report)
{
    struct fs_list list;

    if (source_list(r->c.source, folder, r->c.arena, &list, r->c.errs))
        return;
    report->projects.items = arena_zalloc(r->c.arena, list.count, sizeof(*report->projects.items));
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        size_t len = stem(entry->name, ".json");

        if (is_passed_over(entry))
            continue;
        if (len && entry->kind == FS_FILE)
            read_project(r, compose(r->c.arena, "%s/%s", folder, entry->name), entry->name, len,
                         &report->projects.items[report->projects.count++]);
        else
            unexpected(&r->c, folder, entry, "a project is one .json file");
    }
}

static void read_evaluations(struct reading *r, const char *folder, struct report *report)
{
    struct fs_list list;

    if (source_list(r->c.source, folder, r->c.arena, &list, r->c.errs))
        return;
    report->evaluations.items =
        arena_zalloc(r->c.arena, list.count, sizeof(*report->evaluations.items));
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        size_t len = stem(entry->name, ".json");
        const char *path = compose(r->c.arena, "%s/%s", folder, entry->name);

        if (is_passed_over(entry))
            continue;
        if (len && entry->kind == FS_FILE)
            read_evaluation(r, path, entry->name, len,
                            &report->evaluations.items[report->evaluations.count++]);
        else if (stem(entry->name, ".md") && entry->kind == FS_FILE &&
                 is_kind(
                     &list,
                     compose(r->c.arena, "%.*s.json", (int)stem(entry->name, ".md"), entry->name),
                     FS_FILE))
            keep_text(r, path);
        else
            unexpected(&r->c, folder, entry,
                       "an evaluation is one .json file, with a .md file of the same name");
    }
}

static void name_of_year(struct report *report, const struct department *department)
{
    char year[8];

    report->department_name = department->name;
    snprintf(year, sizeof(year), "%04lld", (long long)report->year.value % 10000);
    for (size_t i = 0; i < department->names.count; i++) {
        const struct department_name *name = &department->names.items[i];

        /* in a year with two names, the newer one: names are sorted so */
        if ((!name->from.s || strncmp(name->from.s, year, 4) <= 0) &&
            (!name->to.s || strncmp(name->to.s, year, 4) >= 0)) {
            report->department_name = name->name;
            return;
        }
    }
}

static void read_report(struct reading *r, const char *folder, int64_t year, struct report *report)
{
    struct source_text text;
    struct fs_list list;

    if (source_list(r->c.source, folder, r->c.arena, &list, r->c.errs))
        return;
    r->bind.year = (struct integer){year, true, {0, 0}};
    r->bind.profile = NULL;
    r->bind.unit = NULL;
    r->bind.incomplete = false;
    if (!find_entry(&list, "report.json")) {
        err_hint(
            folder_error(&r->c, folder, "missing-file", "there is no report.json for this year"),
            "it has the figures of the year; 'juesuan init DIR' makes an example");
        return;
    }
    if (source_read(r->c.source, compose(r->c.arena, "%s/report.json", folder), r->c.arena, &text,
                    r->c.errs))
        return;
    load_record(&entity_report, &text, r->c.arena, report, r->c.errs);
    bind_report(&r->bind, report, &text);
    r->out->incomplete |= r->bind.incomplete;
    name_of_year(report, &r->out->department);
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        const char *path = compose(r->c.arena, "%s/%s", folder, entry->name);

        if (is_passed_over(entry) || !strcmp(entry->name, "report.json"))
            continue;
        if (!strcmp(entry->name, "narrative.md") && entry->kind == FS_FILE)
            keep_text(r, path);
        else if (!strcmp(entry->name, "projects") && entry->kind == FS_FOLDER)
            read_projects(r, path, report);
        else if (!strcmp(entry->name, "evaluations") && entry->kind == FS_FOLDER)
            read_evaluations(r, path, report);
        else
            unexpected(&r->c, folder, entry,
                       "a year has report.json, narrative.md, projects/ and evaluations/");
    }
}

static void read_reports(struct reading *r, const char *folder)
{
    struct department *department = &r->out->department;
    struct fs_list list;

    if (source_list(r->c.source, folder, r->c.arena, &list, r->c.errs))
        return;
    department->reports.items =
        arena_zalloc(r->c.arena, list.count, sizeof(*department->reports.items));
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];

        if (entry->kind == FS_FOLDER && is_year(entry->name, strlen(entry->name)))
            read_report(r, compose(r->c.arena, "%s/%s", folder, entry->name), year_of(entry->name),
                        &department->reports.items[department->reports.count++]);
    }
}

static void note_empty(struct context *c, const char *folder)
{
    struct err *err = folder_error(c, folder, "no-report", "this department has no report yet");

    err->severity = SEVERITY_WARNING;
    err_hint(err, "make a folder for the year, such as 2024, with a report.json");
}

static void read_department(struct reading *r, const char *folder)
{
    struct department *department = &r->out->department;
    struct source_text text;

    if (source_read(r->c.source, compose(r->c.arena, "%s/department.json", folder), r->c.arena,
                    &text, r->c.errs))
        return;
    load_record(&entity_department, &text, r->c.arena, department, r->c.errs);
    bind_department(&r->bind, department, &text);
    read_reports(r, folder);
    if (!department->reports.count)
        note_empty(&r->c, folder);
}

int content_load_department(const struct source *source, const struct catalog *catalog,
                            const char *id, struct content_department *out, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct reading r = {.c = {source, catalog, &out->arena, &own}, .out = out};

    memset(out, 0, sizeof(*out));
    r.bind = (struct bind){.catalog = catalog,
                           .arena = &out->arena,
                           .errs = &own,
                           .department = text_of(arena_strdup(&out->arena, id))};
    read_department(&r, compose(&out->arena, "departments/%s", id));
    return finish(&own, errs);
}

void content_release_department(struct content_department *department)
{
    free(department->texts);
    arena_release(&department->arena);
    memset(department, 0, sizeof(*department));
}

const struct source_text *content_text(const struct content_department *department,
                                       const char *path)
{
    for (size_t i = 0; i < department->text_count; i++)
        if (!strcmp(department->texts[i].path, path))
            return &department->texts[i].source;
    return NULL;
}
