#include "base/base.h"

#include "import/import_files.h"

#include <ctype.h>

#include "import/clean.h"
#include "import/import.h"
#include "import/import_text.h"
#include "import/write.h"
#include "source/source.h"

/* --- completing the report --- */

static size_t form_index(const struct draft *d, const struct table *table)
{
    size_t i = 0;

    while (i < d->form_count && !text_is(&d->forms[i].table->id, table->id.s))
        i++;
    return i;
}

/* Tables in the order of the profile. */
static void sort_tables(struct draft *d)
{
    struct table *tables = d->report.tables.items;

    for (size_t i = 1; i < d->report.tables.count; i++) {
        struct table table = tables[i];
        size_t at = i;

        for (; at && form_index(d, &tables[at - 1]) > form_index(d, &table); at--)
            tables[at] = tables[at - 1];
        tables[at] = table;
    }
}

/* Where a line stands: those of the profile in its order, then codes in theirs. */
static int compare_lines(const struct form *form, const struct line *a, const struct line *b)
{
    size_t at_a = 0, at_b = 0;

    while (at_a < form->table->lines.count && !text_is(&form->table->lines.items[at_a].id, a->id.s))
        at_a++;
    while (at_b < form->table->lines.count && !text_is(&form->table->lines.items[at_b].id, b->id.s))
        at_b++;
    if (at_a != at_b)
        return at_a < at_b ? -1 : 1;
    return strcmp(a->id.s, b->id.s);
}

static void sort_lines(struct draft *d, struct table *table)
{
    const struct form *form = draft_form(d, table->id.s);
    struct line *lines = table->lines.items;
    size_t kept = 0;

    for (size_t i = 0; i < table->lines.count; i++) { /* those that got nothing go */
        if (!lines[i].figures.count && !lines[i].also.count && !lines[i].prior_direction.s &&
            !lines[i].budget_direction.s)
            continue;
        lines[kept++] = lines[i];
    }
    table->lines.count = kept;
    if (!form || form->seen)
        return; /* as it was printed */
    for (size_t i = 1; i < kept; i++) {
        struct line line = lines[i];
        size_t at = i;

        for (; at && compare_lines(form, &lines[at - 1], &line) > 0; at--)
            lines[at] = lines[at - 1];
        lines[at] = line;
    }
}

/* A statutory table that the documents do not have was published elsewhere, if at all. */
static void add_missing_tables(struct draft *d)
{
    for (size_t i = 0; i < d->form_count; i++) {
        const struct form *form = &d->forms[i];
        struct table *table;

        if (!form->table->statutory.value || form->seen)
            continue;
        table = draft_table(d, form->table->id.s);
        if (!table->status.s)
            table->status = text_of("attachment-not-held");
    }
}

/* The first title with the year and 决算 in it. */
static const char *document_title(struct import *import)
{
    struct arena *arena = import->draft.arena;
    const char *year = arena_format(arena, "%lld", (long long)import->draft.year);
    const char *name = import->draft.department_name;

    for (size_t i = 0; i < import->ledger.block_count && i < 20; i++) {
        struct ledger_block *block = &import->ledger.blocks[i];
        const char *title;

        if (block->block->kind == DOC_TABLE || block->other)
            continue;
        title = clean_line(arena, import->ledger.passages[block->first].text);
        title = clean_squeeze(arena, title, strlen(title));
        if (strstr(title, year) && strstr(title, "决算") && !clean_numbering(title, NULL) &&
            clean_length(title, strlen(title)) < 40 && !strstr(title, "。")) {
            block->use = USE_NONE; /* the text has it as its own */
            if (name && !strstr(title, name) && isdigit((unsigned char)*title))
                return arena_format(arena, "%s%s", name, title);
            return title;
        }
    }
    return arena_format(arena, "%s%s年度部门决算", name ? name : "", year);
}

/* --- files --- */

static void add_file(struct import *import, const char *path, struct strbuf *text)
{
    struct import_file *file;

    ARENA_GROW(&import->arena, import->files, import->file_count, import->file_cap);
    file = &import->files[import->file_count++];
    file->path = path;
    file->text = strbuf_detach(text, &file->len);
}

/* The path of a schema from a file below the content folder. */
static const char *schema_of(struct import *import, const char *path, const char *name)
{
    const char *up = "";

    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
        up = arena_format(&import->arena, "../%s", up);
    return arena_format(&import->arena, "%sschemas/%s.json", up, name);
}

static void add_record(struct import *import, const struct import_options *options,
                       const char *path, const struct entity *entity, const void *record)
{
    struct strbuf text = STRBUF_INIT;

    write_record(entity, record,
                 source_has(options->source, "schemas") ? schema_of(import, path, entity->name)
                                                        : NULL,
                 &text);
    add_file(import, path, &text);
}

static void add_text(struct import *import, const char *path, const char *owner, const char *title)
{
    struct strbuf text = STRBUF_INIT;

    import_text(&import->draft, owner, title, &text);
    if (text.len)
        add_file(import, path, &text);
    strbuf_release(&text);
}

/* --- the department --- */

/* "北京市丰台区" of a name, the level that it is of, and what the name of a department leaves. */
static const char *region_of(const struct draft *d, const char *name, const char **level)
{
    static const struct {
        const char *word, *level;
    } words[] = {{"省", "province"}, {"自治区", "province"}, {"市", "prefecture"}, {"区", "county"},
                 {"县", "county"},   {"镇", "township"},     {"街道", "township"}};
    size_t end = 0;

    *level = "county";
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        const char *at = strstr(name, words[i].word);
        size_t stop = at ? (size_t)(at - name) + strlen(words[i].word) : 0;

        if (stop > end && clean_length(name, stop) <= 12) {
            end = stop;
            *level = words[i].level;
        }
    }
    return arena_strndup(d->arena, name, end);
}

static void add_department(struct import *import, const struct import_options *options)
{
    struct draft *d = &import->draft;
    const char *path =
        arena_format(&import->arena, "departments/%s/department.json", options->department);
    struct department department = {0};
    struct department_name *name;
    const char *level, *region;

    if (source_has(options->source, path))
        return;
    name = DRAFT_ADD(d->records, department.names);
    name->name = text_of(d->department_name ? d->department_name : options->department);
    region = region_of(d, name->name.s, &level);
    department.division = d->profile->division.s ? d->profile->division : text_of("000000");
    department.division_name = text_of(*region ? region : name->name.s);
    department.level = text_of(level);
    if (!d->department_name)
        ledger_note(d->ledger, NOTICE_REVIEW, "no-name", NULL, 0,
                    "the documents do not say what the department is called: --name says it");
    ledger_note(d->ledger, NOTICE_KNOW, "new-department", NULL, 0,
                "%s is new: look at its name (%s), its division (%s, %s) and level (%s)", path,
                name->name.s, department.division.s, department.division_name.s, level);
    add_record(import, options, path, &entity_department, &department);
}

void import_make_files(struct import *import, const struct import_options *options)
{
    struct draft *d = &import->draft;
    const char *folder = arena_format(&import->arena, "departments/%s/%lld", options->department,
                                      (long long)options->year);

    add_missing_tables(d);
    sort_tables(d);
    for (size_t i = 0; i < d->report.tables.count; i++)
        sort_lines(d, &d->report.tables.items[i]);
    d->report.source_title = text_of(document_title(import));
    add_department(import, options);
    add_record(import, options, arena_format(&import->arena, "%s/report.json", folder),
               &entity_report, &d->report);
    add_text(import, arena_format(&import->arena, "%s/narrative.md", folder), NULL,
             d->report.source_title.s);
    for (size_t i = 0; i < d->report.evaluations.count; i++) {
        const struct evaluation *own = &d->report.evaluations.items[i];

        add_record(import, options,
                   arena_format(&import->arena, "%s/evaluations/%s.json", folder, own->id.s),
                   &entity_evaluation, own);
        add_text(import, arena_format(&import->arena, "%s/evaluations/%s.md", folder, own->id.s),
                 own->id.s, own->name.s);
    }
    for (size_t i = 0; i < d->report.projects.count; i++)
        add_record(import, options,
                   arena_format(&import->arena, "%s/projects/%s.json", folder,
                                d->report.projects.items[i].id.s),
                   &entity_project, &d->report.projects.items[i]);
}
