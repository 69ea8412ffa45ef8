#include "base/base.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "source/content_reading.h"
#include "source/misnamed.h"

enum { NESTING_MAX = 16 }; /* parts of a department's id */

struct folder_search {
    struct reading r;
    const char **ids;
    size_t count;
    size_t cap;
};

static void wrong_folder(struct folder_search *f, const char *path, const char *name,
                         unsigned depth)
{
    if (depth >= NESTING_MAX)
        content_folder_error(&f->r, path, "too-deep", "the id of a department has at most %d parts",
                             NESTING_MAX);
    else if (depth && content_is_year(name, 4) && !strncmp(name + 4, "年", strlen("年")))
        err_hint(content_folder_error(&f->r, path, "wrong-id", "'%s' cannot be the name of a year",
                                      content_shown(&f->r, name)),
                 "the folder of a year is called by its four digits alone: %.4s", name);
    else
        err_hint(content_folder_error(&f->r, path, "wrong-id", "'%s' cannot be part of an id",
                                      content_shown(&f->r, name)),
                 "ids are at most %d lower-case letters, digits and '-'; 'projects' and "
                 "'evaluations' are reserved; years have four digits, the first of them not 0",
                 ID_MAX);
}

static bool is_id(const char *name)
{
    return form_id.accepts(name, strlen(name)) && strcmp(name, "projects") &&
           strcmp(name, "evaluations");
}

/* What belongs deeper into the folder. */
static bool is_misplaced(const char *name)
{
    return !strcmp(name, "department.json") || !strcmp(name, "report.json") ||
           !strcmp(name, "narrative.md");
}

/* `path` is a folder below departments/, `id` the same without "departments/". */
static void find_departments(struct folder_search *f, const char *path, unsigned depth)
{
    static const char *const department_file[] = {"department.json", NULL};
    bool is_department, has_years = false;
    struct fs_list list;

    if (source_list(f->r.source, path, f->r.arena, &list, f->r.errs))
        return;
    is_department = depth && content_find(&list, "department.json"); /* a file or not: see there */
    if (is_department) {
        MEM_GROW(f->ids, f->count, f->cap);
        f->ids[f->count++] = path + strlen("departments/");
    }
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];

        if (content_is_passed_over(entry))
            continue;
        if (entry->kind == FS_FOLDER && content_is_year(entry->name, strlen(entry->name)))
            has_years = true;
        else if (entry->kind == FS_FOLDER && is_id(entry->name) && depth < NESTING_MAX)
            find_departments(f, arena_format(f->r.arena, "%s/%s", path, entry->name), depth + 1);
        else if (is_department && !strcmp(entry->name, "department.json"))
            continue;
        else if (entry->kind == FS_FILE && is_misplaced(entry->name))
            err_hint(content_folder_error(&f->r,
                                          arena_format(f->r.arena, "%s/%s", path, entry->name),
                                          "misplaced-file", "nothing reads this file here"),
                     "a department is a folder with department.json and a folder for each year, "
                     "such as 2024/, which has report.json and narrative.md");
        else if (entry->kind == FS_FOLDER)
            wrong_folder(f, path, entry->name, depth);
        else
            content_unexpected(&f->r, path, entry,
                               "a department has department.json and a folder a year",
                               misnamed(entry->name, department_file));
    }
    if (has_years && !is_department)
        content_missing(&f->r, path, &list, "department.json",
                        "there are years in this folder, but there is no department.json",
                        "it has the names of the department; 'juesuan init DIR' makes an example");
}

/* The folder departments/, which must be one. */
static void find_all_departments(struct folder_search *f)
{
    const struct fs_entry *entry;
    struct fs_list root;

    if (source_list(f->r.source, "", f->r.arena, &root, f->r.errs))
        return;
    entry = content_find(&root, "departments");
    if (!entry)
        content_missing(&f->r, "", &root, "departments", "there is no departments/ in this folder",
                        "each department is a folder in it, with a department.json");
    else if (entry->kind == FS_LINK)
        content_unexpected(&f->r, "", entry, "departments/ must be a folder", NULL);
    else
        find_departments(f, "departments", 0);
    if (!f->count && !errs_count(f->r.errs)) /* what was published would be gone, without a word */
        err_hint(content_folder_error(&f->r, "departments", "no-department",
                                      "there is no department in this folder"),
                 "each is a folder with a department.json; 'juesuan init DIR' makes an example");
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool content_has_department(const struct source *source, const char *id)
{
    struct strbuf path = STRBUF_INIT;
    bool has;

    strbuf_addf(&path, "departments/%s/department.json", id);
    has = source_has(source, path.buf);
    strbuf_release(&path);
    return has;
}

int content_list_departments(const struct source *source, struct arena *arena,
                             struct content_departments *out, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct folder_search f = {.r = {source, NULL, arena, &own}};

    find_all_departments(&f);
    out->count = f.count;
    out->ids = arena_alloc(arena, f.count * sizeof(*f.ids));
    if (f.count) {
        qsort(f.ids, f.count, sizeof(*f.ids), compare_ids);
        memcpy(out->ids, f.ids, f.count * sizeof(*f.ids));
    }
    free(f.ids);
    return content_finish(&own, errs);
}
