#include "base/base.h"

#include "base/err.h"
#include "base/fs.h"
#include "changes_out.h"
#include "command.h"
#include "import/stage.h"
#include "import_out.h"
#include "publish/scratch.h"
#include "source/content.h"
#include "text/json_write.h"

struct importing {
    const struct command *command;
    const char *into;
    bool force;
    struct report_options how;
    struct doc_limits limits;
    struct import_options options;
    struct import import;
    struct source *source, *staged;
    char *folder;          /* what the staged source is */
    size_t new, different; /* files */
    size_t review;         /* what a person must look at */
    bool read, written;
    struct strbuf changes; /* of JSON */
    struct change_text text;
    struct changes_summary summary;
    struct errs errs;
};

/* --- comparing with what is there --- */

static void take_change(void *ctx, const struct change *change)
{
    struct importing *i = ctx;
    struct json_writer w;

    if (!i->how.json) {
        change_text_put(&i->text, change);
        return;
    }
    if (i->changes.len)
        strbuf_adds(&i->changes, ",\n");
    json_writer_init(&w, &i->changes, 0);
    json_write_object(&w);
    change_put_fields(&w, change);
    json_write_object_end(&w);
}

/* What the report would say that the content does not, and the other way round. */
static void compare(struct importing *i)
{
    struct changes_asked asked = {.old = {.source = i->source},
                                  .new = {.source = i->staged},
                                  .department = i->options.department};

    change_text_start(&i->text, 0, 0);
    changes_each(&asked, &i->summary, take_change, i, &i->errs);
    change_text_end(&i->text);
    if (!i->how.json) {
        put_change_counts("figure", "figures", &i->summary.figures);
        put_change_counts("text", "texts", &i->summary.texts);
    }
}

/* Whether what was made can be loaded; if not, its errors say where. */
static int load_staged(struct importing *i)
{
    struct content_department content;
    struct catalog catalog;
    int result;

    catalog_init(&catalog);
    result = content_load_catalog(i->staged, &catalog, &i->errs);
    if (!result) {
        result =
            content_load_department(i->staged, &catalog, i->options.department, &content, &i->errs);
        content_release_department(&content);
    }
    catalog_release(&catalog);
    return result;
}

static int stage(struct importing *i)
{
    i->folder = scratch_make(&i->errs);
    if (!i->folder || stage_fill(&i->import, &i->options, i->folder, &i->errs))
        return -1;
    i->staged = source_open_folder(i->folder, &i->errs);
    if (!i->staged)
        return -1;
    source_show_as(i->staged, i->into);
    return load_staged(i);
}

/* --- doing it --- */

static void count_files(struct importing *i)
{
    for (size_t f = 0; f < i->import.file_count; f++) {
        enum stage_state state = stage_compare(i->into, &i->import.files[f]);

        i->new += state == STAGE_NEW;
        i->different += state == STAGE_DIFFERENT;
    }
}

static void refuse(struct importing *i)
{
    err_hint(errs_add(&i->errs, ERR_CONTENT, "content-differs",
                      "%zu file%s in %s/departments/%s/%lld say%s something else than the "
                      "documents: nothing was written",
                      i->different, i->different == 1 ? "" : "s", i->into, i->options.department,
                      (long long)i->options.year, i->different == 1 ? "s" : ""),
             "look at the differences; --force replaces the files, and keeps those that are there "
             "in .replaced/");
}

static void import_all(struct importing *i)
{
    i->source = source_open_folder(i->into, &i->errs);
    i->options.source = i->source;
    if (!i->source)
        return;
    i->read = true;
    if (import_documents(&i->options, &i->import, &i->errs))
        return;
    count_files(i);
    if (stage(i))
        return;
    if (i->different)
        compare(i);
    if (i->different && !i->force)
        refuse(i);
    else
        i->written = !stage_store(&i->import, &i->options, i->into, &i->errs);
    i->review = import_notices(&i->import, &i->errs);
}

/* --- telling --- */

static const char *report_folder(struct importing *i)
{
    return arena_format(&i->import.arena, "%s/departments/%s/%lld", i->into, i->options.department,
                        (long long)i->options.year);
}

static void put_result(struct json_writer *w, const void *ctx)
{
    const struct importing *i = ctx;

    put_json_text(w, "profile", i->import.draft.profile ? i->import.draft.profile->id.s : NULL);
    put_json_text(w, "state",
                  !i->written             ? "refused"
                  : i->new + i->different ? "written"
                                          : "unchanged");
    put_json_number(w, "new_files", i->new);
    put_json_number(w, "different_files", i->different);
    put_json_number(w, "review", i->review);
    import_coverage_json(w, &i->import);
    json_write_key(w, "changes");
    json_write_array(w);
    if (i->changes.len)
        json_write_raw(w, i->changes.buf, i->changes.len);
    json_write_array_end(w);
}

static void tell_text(struct importing *i)
{
    if (!i->import.ledger.block_count)
        return;
    import_coverage_text(&i->import);
    import_loose_text(&i->import);
    if (i->review)
        printf("\n%zu thing%s to look at, above\n", i->review, i->review == 1 ? "" : "s");
    if (!i->written)
        return;
    if (i->new + i->different)
        printf("%s%zu file%s written to %s\n", i->review ? "" : "\n", i->new + i->different,
               i->new + i->different == 1 ? "" : "s", report_folder(i));
    else
        printf("%s%s has all of it already\n", i->review ? "" : "\n", report_folder(i));
}

static int tell(struct importing *i)
{
    int status = errs_status(&i->errs);

    if (!status && i->review)
        status = ERR_CONTENT;
    if (i->how.json) {
        report_as_json(i->command, &i->errs, &i->how, status, "import", put_result, i);
    } else {
        fflush(stdout);
        report(&i->errs, &i->how);
        tell_text(i);
    }
    return status;
}

static void release(struct importing *i)
{
    if (i->read)
        import_release(&i->import);
    source_close(i->staged);
    source_close(i->source);
    scratch_remove(i->folder);
    strbuf_release(&i->changes);
    errs_release(&i->errs);
}

/* --- the command line --- */

enum { MEBIBYTE = 1024 * 1024, SIZE_LIMIT = 16384, SECONDS_LIMIT = 3600, CELLS_LIMIT = 100000000 };

static int take_limits(struct importing *i, const struct arguments *arguments)
{
    size_t file, unpacked, cells, seconds;

    i->limits = doc_limits_default;
    if (argument_number(i->command, arguments, "max-file", 1, SIZE_LIMIT,
                        i->limits.file_size / MEBIBYTE, &file) ||
        argument_number(i->command, arguments, "max-unpacked", 1, SIZE_LIMIT,
                        i->limits.unpacked_size / MEBIBYTE, &unpacked) ||
        argument_number(i->command, arguments, "max-cells", 1, CELLS_LIMIT, i->limits.cells,
                        &cells) ||
        argument_number(i->command, arguments, "timeout", 1, SECONDS_LIMIT, i->limits.seconds,
                        &seconds))
        return -1;
    i->limits = (struct doc_limits){file * MEBIBYTE, unpacked * MEBIBYTE, cells, (unsigned)seconds};
    return 0;
}

static int usage(const char *what)
{
    fprintf(stderr, "juesuan import: %s\n", what);
    return -1;
}

static bool is_department_id(const char *id)
{
    return form_path.accepts(id, strlen(id));
}

static int take_options(struct importing *i, const struct arguments *arguments)
{
    const struct command *command = i->command;
    const char *into = argument(command, arguments, "into");
    size_t year;

    i->into = into ? into : "content";
    i->force = argument(command, arguments, "force") != NULL;
    i->options.paths = arguments->operands;
    i->options.path_count = arguments->operand_count;
    i->options.department = argument(command, arguments, "department");
    i->options.profile = argument(command, arguments, "profile");
    i->options.name = argument(command, arguments, "name");
    i->options.keep_contacts = argument(command, arguments, "keep-contacts") != NULL;
    i->options.limits = &i->limits;
    if (!arguments->operand_count)
        return usage("name the documents");
    if (!i->options.department || !argument(command, arguments, "year"))
        return usage("say whose report it is: --department ID --year YYYY");
    if (!is_department_id(i->options.department))
        return usage("the id of a department has small letters, digits and hyphens, and slashes "
                     "between its parts: beijing/fengtai/zwfwj");
    if (argument_number(command, arguments, "year", 1949, 2100, 0, &year) ||
        take_limits(i, arguments) || report_options(command, arguments, &i->how))
        return -1;
    i->options.year = (int64_t)year;
    return 0;
}

static int run(const struct command *command, const struct arguments *arguments)
{
    struct importing i = {.command = command, .changes = STRBUF_INIT, .errs = ERRS_INIT};
    int status;

    if (take_options(&i, arguments))
        return ERR_USAGE;
    import_all(&i);
    status = tell(&i);
    release(&i);
    return status;
}

extern const struct command command_import;
const struct command command_import = {
    .name = "import",
    .operands = "FILE...",
    .operands_max = OPERANDS_MAX,
    .summary = "Make sources of a department's documents.",
    .description =
        "Reads the documents of one report -- its text in Word, say, and its tables in Excel -- "
        "and writes\n"
        "report.json, narrative.md, projects/ and evaluations/ of it; department.json as well, "
        "where\n"
        "there is none. What kind a document is, its content says: docx, xlsx, xls, PDF, HTML, "
        "text.\n"
        "Tables, sentences and forms are found by the profile of region and year, not by the "
        "wording\n"
        "of one document.\n\n"
        "Nothing is lost and nothing is invented. Each number of the documents is a figure; or "
        "numbers\n"
        "an item, is part of a date, a code, a contact or a name. Each figure ends in a table or "
        "form,\n"
        "as a fact, or as one that is stated again; or it stands in a text alone; or it is listed "
        "as not\n"
        "placed. How many of each is told by part of the documents. What is uncertain is left out "
        "of the\n"
        "tables, kept, and told. All text stays in narrative.md and in the texts of the "
        "evaluations.\n"
        "What a form says that the data has no place for stands there, too, with its label.\n\n"
        "Names and telephones of contacts, in tables and in lines of labels and values, and the "
        "names\n"
        "of experts, are left out.\n\n"
        "The exit status is 1 when a person must look at something: a figure that was not placed, "
        "a value\n"
        "that is uncertain, another year or department in the text, personal data.\n\n"
        "What the content has already is compared with what would be written, figure by figure. "
        "When they\n"
        "differ, nothing is written without --force, which keeps the files that it replaces in "
        ".replaced/.\n"
        "Acknowledgements, dates and the note on the source stay as they are. The same documents "
        "give the\n"
        "same bytes.\n\n"
        "With --format json, standard output is one document as that of build, with \"import\": "
        "profile,\n"
        "state (written, unchanged, refused), new_files, different_files, review (how many things "
        "to look\n"
        "at), classes, coverage, parts (the same for each), numbers (number, unit, class, state, "
        "address,\n"
        "file, sheet, page, line, row, column) and changes (as of diff).",
    .options =
        (const struct command_option[]){
            {"department", "ID", "Whose report it is, such as beijing/fengtai/zwfwj."},
            {"year", "YYYY", "Its fiscal year."},
            {"profile", "ID", "The profile; without it, the one that fits region and year."},
            {"name", "NAME", "The name of a department that is new."},
            {"into", "DIR", "The folder with the sources (content)."},
            {"force", NULL, "Replace files that differ."},
            {"keep-contacts", NULL, "Keep names and telephones of contacts, in narrative.md."},
            {"max-file", "MIB", "Refuse documents that are larger."},
            {"max-unpacked", "MIB", "Refuse documents that are larger when they are unpacked."},
            {"max-cells", "N", "Refuse documents whose tables have more cells."},
            {"timeout", "SECONDS", "Give up a document that takes longer to be converted."},
            REPORT_OPTIONS,
            {0},
        },
    .examples =
        (const char *const[]){"juesuan import statement.docx tables.xlsx --into accounts "
                              "--department example/culture "
                              "--year 2025",
                              "Make the sources of a report of its text and its tables:", NULL},
    .run = run,
};
