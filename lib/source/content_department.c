#include "base/base.h"

#include "base/mem.h"
#include "model/bind_names.h"
#include "model/load_like.h"
#include "model/lookup.h"
#include "source/content_reading.h"
#include "source/misnamed.h"
#include "text/known.h"

struct department_reading {
    struct reading c;
    struct content_department *out;
    const struct content_department *like; /* another state of it, or NULL */
    size_t file_cap;
    struct bind bind;
};

static const struct content_file *file_of(const struct content_department *department,
                                          const char *path)
{
    for (size_t i = 0; i < department->file_count; i++)
        if (!strcmp(department->files[i].path, path))
            return &department->files[i];
    return NULL;
}

static int read_file(struct department_reading *r, const char *path, struct source_text *out)
{
    struct content_department *department = r->out;

    if (source_read(r->c.source, path, r->c.arena, out, r->c.errs))
        return -1;
    MEM_GROW(department->files, department->file_count, r->file_cap);
    department->files[department->file_count++] = (struct content_file){path, *out, NULL};
    return 0;
}

static void keep_text(struct department_reading *r, const char *path)
{
    struct source_text text;

    read_file(r, path, &text);
}

static void read_project(struct department_reading *r, const char *path, struct project *project)
{
    struct source_text text;

    if (read_file(r, path, &text))
        return;
    load_record(&entity_project, &text, r->c.arena, project, r->c.errs);
    content_check_id(&r->c, &text, &project->id, path);
    if (project->id.s)
        bind_project(&r->bind, project, &text);
}

static void read_evaluation(struct department_reading *r, const char *path,
                            struct evaluation *evaluation)
{
    struct source_text text;

    if (read_file(r, path, &text))
        return;
    load_record(&entity_evaluation, &text, r->c.arena, evaluation, r->c.errs);
    content_check_id(&r->c, &text, &evaluation->id, path);
    if (evaluation->id.s)
        bind_evaluation(&r->bind, evaluation, &text);
}

static void read_projects(struct department_reading *r, const char *folder, struct report *report)
{
    struct fs_list list;

    if (source_list(r->c.source, folder, r->c.arena, &list, r->c.errs))
        return;
    report->projects.items = arena_zalloc(r->c.arena, list.count, sizeof(*report->projects.items));
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        size_t len = content_stem(entry->name, ".json");

        if (content_is_passed_over(entry))
            continue;
        if (len && entry->kind == FS_FILE)
            read_project(r, arena_format(r->c.arena, "%s/%s", folder, entry->name),
                         &report->projects.items[report->projects.count++]);
        else
            content_unexpected(&r->c, folder, entry, "a project is one .json file",
                               misnamed_ending(entry->name, ".json", r->c.arena));
    }
}

/* The texts that evaluations of a folder may have, NULL behind them. */
static const char *const *list_texts(struct department_reading *r, const struct fs_list *list)
{
    const char **texts = arena_zalloc(r->c.arena, list->count + 1, sizeof(*texts));
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        size_t len = content_stem(list->entries[i].name, ".json");

        if (len)
            texts[count++] = arena_format(r->c.arena, "%.*s.md", (int)len, list->entries[i].name);
    }
    return texts;
}

/* What a file that is no evaluation was meant to be; NULL: nothing of the kind. */
static const char *meant_evaluation(struct department_reading *r, const char *const *texts,
                                    const char *name)
{
    const char *meant = misnamed_ending(name, ".json", r->c.arena);

    if (!meant)
        meant = misnamed_ending(name, ".md", r->c.arena);
    return meant || !content_stem(name, ".md") ? meant : misnamed(name, texts);
}

static void read_evaluations(struct department_reading *r, const char *folder,
                             struct report *report)
{
    struct fs_list list;
    const char *const *texts;

    if (source_list(r->c.source, folder, r->c.arena, &list, r->c.errs))
        return;
    texts = list_texts(r, &list);
    report->evaluations.items =
        arena_zalloc(r->c.arena, list.count, sizeof(*report->evaluations.items));
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        size_t len = content_stem(entry->name, ".json");
        const char *path = arena_format(r->c.arena, "%s/%s", folder, entry->name);

        if (content_is_passed_over(entry))
            continue;
        if (len && entry->kind == FS_FILE)
            read_evaluation(r, path, &report->evaluations.items[report->evaluations.count++]);
        else if (content_stem(entry->name, ".md") && entry->kind == FS_FILE &&
                 content_is_kind(&list,
                                 arena_format(r->c.arena, "%.*s.json",
                                              (int)content_stem(entry->name, ".md"), entry->name),
                                 FS_FILE))
            keep_text(r, path);
        else
            content_unexpected(&r->c, folder, entry,
                               "an evaluation is one .json file, with a .md file of the same name",
                               meant_evaluation(r, texts, entry->name));
    }
}

static const char *const parts_of_year[] = {"report.json", "narrative.md", "projects",
                                            "evaluations", NULL};

/* Whether the lines that two reports have in common mean the same: tables have the same form and
 * units. */
static bool means_the_same(const struct report *report, const struct report *like)
{
    if (!text_same(&report->profile, &like->profile) || !text_same(&report->unit, &like->unit))
        return false;
    for (size_t i = 0; i < report->tables.count; i++) {
        const struct table *table = &report->tables.items[i];
        const struct table *other = table->id.s ? report_table(like, table->id.s) : NULL;

        if (other && !text_same(&table->unit, &other->unit))
            return false;
    }
    return true;
}

/* The report of a year in the other state, and what it was loaded from; false: there is none. */
static bool find_like(const struct department_reading *r, const char *path, int64_t year,
                      struct load_like *like)
{
    const struct content_file *file = file_of(r->like, path);
    const struct report *report = department_report(&r->like->department, year);

    if (!file || !report)
        return false;
    *like = (struct load_like){&file->source, file->spans, report};
    return true;
}

static void load_report(struct department_reading *r, const struct source_text *text,
                        const char *path, int64_t year, struct report *report)
{
    const struct list_spans **spans = &r->out->files[r->out->file_count - 1].spans;
    size_t before = errs_count(r->c.errs);
    struct load_like like;

    if (r->like && find_like(r, path, year, &like)) {
        load_record_like(&entity_report, text, &like, r->c.arena, report, spans, r->c.errs);
        if (errs_count(r->c.errs) > before || means_the_same(report, like.record))
            return;
        memset(report, 0, sizeof(*report));
    }
    load_record_like(&entity_report, text, NULL, r->c.arena, report, spans, r->c.errs);
}

static void read_report(struct department_reading *r, const char *folder, int64_t year,
                        struct report *report)
{
    struct source_text text;
    struct fs_list list;
    const char *path;

    if (source_list(r->c.source, folder, r->c.arena, &list, r->c.errs))
        return;
    r->bind.year = (struct integer){year, true, {0, 0}};
    r->bind.profile = NULL;
    r->bind.unit = NULL;
    r->bind.incomplete = false;
    if (!content_find(&list, "report.json")) {
        content_missing(&r->c, folder, &list, "report.json",
                        "there is no report.json for this year",
                        "it has the figures of the year; 'juesuan init DIR' makes an example");
        return;
    }
    path = arena_format(r->c.arena, "%s/report.json", folder);
    if (read_file(r, path, &text))
        return;
    load_report(r, &text, path, year, report);
    bind_report(&r->bind, report, &text);
    r->out->incomplete |= r->bind.incomplete;
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];

        if (content_is_passed_over(entry) || !strcmp(entry->name, "report.json"))
            continue;
        path = arena_format(r->c.arena, "%s/%s", folder, entry->name);
        if (!strcmp(entry->name, "narrative.md") && entry->kind == FS_FILE)
            keep_text(r, path);
        else if (!strcmp(entry->name, "projects") && entry->kind == FS_FOLDER)
            read_projects(r, path, report);
        else if (!strcmp(entry->name, "evaluations") && entry->kind == FS_FOLDER)
            read_evaluations(r, path, report);
        else
            content_unexpected(&r->c, folder, entry,
                               "a year has report.json, narrative.md, projects/ and evaluations/",
                               misnamed(entry->name, parts_of_year));
    }
}

static void read_reports(struct department_reading *r, const char *folder)
{
    struct department *department = &r->out->department;
    struct fs_list list;

    if (source_list(r->c.source, folder, r->c.arena, &list, r->c.errs))
        return;
    department->reports.items =
        arena_zalloc(r->c.arena, list.count, sizeof(*department->reports.items));
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];

        if (entry->kind == FS_FOLDER && content_is_year(entry->name, strlen(entry->name)))
            read_report(r, arena_format(r->c.arena, "%s/%s", folder, entry->name),
                        content_year(entry->name),
                        &department->reports.items[department->reports.count++]);
    }
}

/* A project continues one of the report before, if the department has one. */
static void check_continued(struct department_reading *r, const struct report *before,
                            const struct project *project)
{
    const char *path = arena_format(r->c.arena, "departments/%s.json", project->path.s);
    struct known known = known_start(project->continues.s, project->continues.len);
    struct err *err;

    if (report_project(before, project->continues.s))
        return;
    for (size_t i = 0; i < before->projects.count; i++)
        known_offer(&known, before->projects.items[i].id.s);
    err = source_error(r->c.errs, content_file(r->out, path), project->continues.at,
                       "unknown-project", "the report of %lld has no project '%s' to continue",
                       (long long)before->year.value, project->continues.s);
    known_hint(&known, err);
}

static void check_continuations(struct department_reading *r)
{
    const struct department *department = &r->out->department;

    for (size_t i = 1; i < department->reports.count; i++) {
        const struct report *report = &department->reports.items[i];

        for (size_t j = 0; j < report->projects.count; j++)
            if (report->projects.items[j].continues.s)
                check_continued(r, report - 1, &report->projects.items[j]);
    }
}

static void note_empty(struct reading *r, const char *folder)
{
    struct err *err =
        content_folder_error(r, folder, "no-report", "this department has no report yet");

    err->severity = SEVERITY_WARNING;
    err_hint(err, "make a folder for the year, such as 2024, with a report.json");
}

static void read_department(struct department_reading *r, const char *folder)
{
    struct department *department = &r->out->department;
    struct source_text text;
    bool good;

    if (read_file(r, arena_format(r->c.arena, "%s/department.json", folder), &text))
        return;
    load_record(&entity_department, &text, r->c.arena, department, r->c.errs);
    bind_department(&r->bind, department, &text);
    good = !errs_count(r->c.errs);
    read_reports(r, folder);
    if (good) /* which years have no name is not known otherwise */
        bind_report_names(&r->bind, department, &text);
    if (!errs_count(r->c.errs)) /* which projects there are is not known otherwise */
        check_continuations(r);
    if (!department->reports.count)
        note_empty(&r->c, folder);
}

int content_load_department_like(const struct source *source, const struct catalog *catalog,
                                 const char *id, const struct content_department *like,
                                 struct content_department *out, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct department_reading r = {
        .c = {source, catalog, &out->arena, &own}, .out = out, .like = like};

    memset(out, 0, sizeof(*out));
    r.bind = (struct bind){.catalog = catalog,
                           .arena = &out->arena,
                           .errs = &own,
                           .department = text_of(arena_strdup(&out->arena, id))};
    read_department(&r, arena_format(&out->arena, "departments/%s", id));
    return content_finish(&own, errs);
}

int content_load_department(const struct source *source, const struct catalog *catalog,
                            const char *id, struct content_department *out, struct errs *errs)
{
    return content_load_department_like(source, catalog, id, NULL, out, errs);
}

void content_release_department(struct content_department *department)
{
    free(department->files);
    arena_release(&department->arena);
    memset(department, 0, sizeof(*department));
}

const struct source_text *content_file(const struct content_department *department,
                                       const char *path)
{
    const struct content_file *file = file_of(department, path);

    return file ? &file->source : NULL;
}
