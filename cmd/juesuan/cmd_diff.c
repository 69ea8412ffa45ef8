#include "base/base.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "changes_out.h"
#include "command.h"
#include "daff_out.h"
#include "history/timeline.h"
#include "model/catalog.h"
#include "site/diff_page.h"
#include "site/theme.h"
#include "source/content.h"
#include "states.h"
#include "text/csv.h"
#include "text/json_write.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_DAFF, FORMAT_HTML };

enum { OPEN_LEVELS = 0 };

struct diffing {
    const struct command *command;
    const char *content;
    const char *theme; /* NULL: the program's own */
    enum format format;
    struct report_options how;
    struct repository *repository;
    struct timeline *timeline; /* of --as-published */
    struct state old, new;
    struct changes_asked asked;
    struct changes_summary summary;
    struct change_text text;
    struct daff daff;
    struct diff_page *page; /* of HTML */
    struct strbuf items;    /* of JSON */
    struct strbuf row;      /* of CSV */
    struct strbuf likely;   /* projects that may continue others */
    struct errs errs;
};

/* --- what to compare --- */

static bool both_years(const struct arguments *arguments)
{
    return arguments->operand_count == 2 && is_fiscal_year(arguments->operands[0]) &&
           is_fiscal_year(arguments->operands[1]);
}

static int check_operands(const struct arguments *arguments, const char *revision,
                          bool as_published)
{
    bool one = false;

    for (size_t i = 0; i < arguments->operand_count; i++)
        one |= is_fiscal_year(arguments->operands[i]);
    if (one && !both_years(arguments)) {
        fprintf(stderr, "juesuan diff: two fiscal years are compared with each other, such as "
                        "2021 2022\n"
                        "  a tag that is called like a year is refs/tags/2021\n");
        return -1;
    }
    if (as_published && !one) {
        fprintf(stderr,
                "juesuan diff: --as-published is for two fiscal years, such as 2021 2022\n");
        return -1;
    }
    if (revision && !one) {
        fprintf(stderr, "juesuan diff: --rev says at which revision two fiscal years are "
                        "compared\n");
        return -1;
    }
    return 0;
}

/* Two years of one state. */
static int open_years(struct diffing *d, const struct arguments *arguments, const char *revision,
                      bool as_published)
{
    if (as_published && !revision)
        revision = "HEAD";
    if (revision) {
        d->repository = repository_open(d->content, &d->errs);
        if (!d->repository)
            return -1;
    }
    if (state_open(&d->new, d->repository, d->content, revision, &d->errs))
        return -1;
    d->asked.old = d->asked.new = (struct changes_side){.source = d->new.source};
    if (as_published) {
        d->timeline = timeline_make(d->repository, &d->new.commit, &d->errs);
        d->asked.timeline = d->timeline;
        if (!d->timeline)
            return -1;
    }
    d->asked.old.year = strtol(arguments->operands[0], NULL, 10);
    d->asked.new.year = strtol(arguments->operands[1], NULL, 10);
    return 0;
}

static struct changes_side side_of(const struct state *state)
{
    return (struct changes_side){state->source, state->is_revision ? &state->tree : NULL, 0};
}

/* Two revisions, or one and the folder. */
static int open_states(struct diffing *d, const struct arguments *arguments)
{
    const char *old = arguments->operand_count > 0 ? arguments->operands[0] : "HEAD";
    const char *new = arguments->operand_count > 1 ? arguments->operands[1] : NULL;

    d->repository = repository_open(d->content, &d->errs);
    if (!d->repository || (state_open(&d->old, d->repository, d->content, old, &d->errs) |
                           state_open(&d->new, d->repository, d->content, new, &d->errs)))
        return -1;
    d->asked.old = side_of(&d->old);
    d->asked.new = side_of(&d->new);
    d->asked.repository = d->repository;
    return 0;
}

/* --- telling it --- */

static void take_change(void *ctx, const struct change *change)
{
    struct diffing *d = ctx;

    if (d->format == FORMAT_DAFF) {
        daff_put(&d->daff, change);
    } else if (d->format == FORMAT_HTML) {
        diff_page_add(d->page, change);
    } else if (d->format == FORMAT_JSON) {
        struct json_writer w;

        if (d->items.len)
            strbuf_adds(&d->items, ",\n");
        json_writer_init(&w, &d->items, OPEN_LEVELS);
        json_write_object(&w);
        change_put_fields(&w, change);
        if (d->timeline && change->old_revision && change->new_revision) {
            put_json_text(&w, "old_revision", change->old_revision->name);
            put_json_text(&w, "new_revision", change->new_revision->name);
        }
        json_write_object_end(&w);
    } else if (d->format == FORMAT_CSV) {
        struct csv_writer w = {&d->row, false};

        change_as_csv(&w, change);
        csv_end_row(&w);
        fwrite(d->row.buf, 1, d->row.len, stdout);
        strbuf_clear(&d->row);
    } else {
        change_text_put(&d->text, change);
    }
}

static void put_likely(struct json_writer *w, const struct likely_continuation *likely)
{
    json_write_object(w);
    put_json_text(w, "department", likely->department);
    put_json_number(w, "year", (uint64_t)likely->new_year);
    put_json_text(w, "project", likely->new->id.s);
    put_json_text(w, "name", likely->new->name.s);
    put_json_number(w, "old_year", (uint64_t)likely->old_year);
    put_json_text(w, "old_project", likely->old->id.s);
    put_json_text(w, "old_name", likely->old->name.s);
    json_write_object_end(w);
}

static void take_likely(void *ctx, const struct likely_continuation *likely)
{
    struct diffing *d = ctx;

    if (d->format == FORMAT_HTML) {
        diff_page_add_likely(d->page, likely);
    } else if (d->format == FORMAT_JSON) {
        struct json_writer w;

        if (d->likely.len)
            strbuf_adds(&d->likely, ",\n");
        json_writer_init(&w, &d->likely, OPEN_LEVELS);
        put_likely(&w, likely);
    } else {
        strbuf_addf(&d->likely, "%s: projects/%s %s (%lld) may be what was projects/%s %s (%lld)\n",
                    likely->department, likely->new->id.s, likely->new->name.s,
                    (long long)likely->new_year, likely->old->id.s, likely->old->name.s,
                    (long long)likely->old_year);
    }
}

static void put_state(struct json_writer *w, const char *key, const struct state *state)
{
    char hex[OBJECT_HEX_SIZE];

    object_id_format(&state->commit, hex);
    json_write_key(w, key);
    json_write_object(w);
    put_json_text(w, "revision", state->name);
    put_json_text(w, "commit", state->is_revision ? hex : NULL);
    json_write_object_end(w);
}

static void put_result(struct json_writer *w, const void *ctx)
{
    const struct diffing *d = ctx;

    put_state(w, "old", d->asked.old.year ? &d->new : &d->old);
    put_state(w, "new", &d->new);
    json_write_key(w, "changes");
    json_write_array(w);
    if (d->items.len)
        json_write_raw(w, d->items.buf, d->items.len);
    json_write_array_end(w);
    json_write_key(w, "likely_continuations");
    json_write_array(w);
    if (d->likely.len)
        json_write_raw(w, d->likely.buf, d->likely.len);
    json_write_array_end(w);
    change_counts_as_json(w, "figures", &d->summary.figures);
    change_counts_as_json(w, "texts", &d->summary.texts);
    put_json_number(w, "departments", d->summary.departments);
    put_json_number(w, "unread", d->summary.unread);
    put_json_number(w, "one_sided", d->summary.one_sided);
}

static void put_lines(char *s)
{
    for (char *line = s; *line; putchar('\n')) {
        s = line + strcspn(line, "\n");
        *s = '\0';
        cells_put(stdout, line);
        line = s + 1;
    }
}

static void summarize(const struct diffing *d)
{
    const struct changes_summary *s = &d->summary;

    if (d->likely.len) {
        put_lines(d->likely.buf);
        puts("  if so, let it say what it was in the report before, such as \"continues\": "
             "\"p01\"\n");
    }
    put_change_counts("figure", "figures", &s->figures);
    if (!d->asked.old.year)
        put_change_counts("text", "texts", &s->texts);
    if (s->one_sided)
        printf("%zu department%s a report of only one of the years\n", s->one_sided,
               s->one_sided == 1 ? " has" : "s have");
    if (s->unread)
        printf("%zu department%s could not be read\n", s->unread, s->unread == 1 ? "" : "s");
}

/* --- as a page --- */

/* What the commit of a state says; `arena` keeps it. False for the content folder. */
static bool find_commit(struct diffing *d, const struct state *state, struct arena *arena,
                        struct commit *commit)
{
    return state->is_revision &&
           repository_commit(d->repository, &state->commit, arena, commit, &d->errs) == 1;
}

/* The theme of the program, in which the site that is compared may have put its own. */
static void render_page(struct diffing *d, const struct catalog *catalog)
{
    const struct state *old = d->asked.old.year ? &d->new : &d->old;
    struct arena arena = ARENA_INIT;
    struct commit commits[2];
    struct diff_page_side sides[2] = {{.name = old->name}, {.name = d->new.name}};
    const struct theme_language language = {.tag = catalog_language(catalog)};
    struct theme_place place;
    struct theme *theme = NULL;

    if (find_commit(d, old, &arena, &commits[0]))
        sides[0].commit = &commits[0];
    if (find_commit(d, &d->new, &arena, &commits[1]))
        sides[1].commit = &commits[1];
    if (!find_theme(d->theme, &place, &d->errs))
        theme = theme_load_in(&place, d->new.source, &language, &d->errs);
    if (theme && !diff_page_render(d->page, &sides[0], &sides[1], &d->summary, &catalog->site,
                                   theme, &d->row, &d->errs))
        fwrite(d->row.buf, 1, d->row.len, stdout);
    theme_free(theme);
    free_theme(&place);
    arena_release(&arena);
}

static void put_page(struct diffing *d)
{
    struct errs told = ERRS_INIT; /* by changes_each() already */
    struct catalog catalog;

    catalog_init(&catalog);
    content_load_catalog(d->new.source, &catalog, &told);
    render_page(d, &catalog);
    catalog_release(&catalog);
    errs_release(&told);
}

/* --- all of it --- */

static int tell(struct diffing *d, bool opened)
{
    int status = errs_status(&d->errs);

    if (d->format == FORMAT_JSON) {
        report_as_json(d->command, &d->errs, &d->how, status, NULL, put_result, d);
        return status;
    }
    report(&d->errs, &d->how);
    if (d->format == FORMAT_TEXT && opened && status != ERR_USAGE)
        summarize(d);
    return status;
}

static int compare(struct diffing *d)
{
    struct csv_writer header = {&d->row, false};

    if (d->format == FORMAT_CSV) {
        change_csv_header(&header);
        csv_end_row(&header);
        fwrite(d->row.buf, 1, d->row.len, stdout);
        strbuf_clear(&d->row);
    }
    d->asked.likely = take_likely;
    d->asked.all = d->format == FORMAT_DAFF;
    if (d->format == FORMAT_DAFF)
        daff_start(&d->daff, d->asked.old.year != 0);
    if (d->format == FORMAT_HTML)
        d->page = diff_page_new(&d->asked);
    change_text_start(&d->text, d->asked.old.year, d->asked.new.year);
    changes_each(&d->asked, &d->summary, take_change, d, &d->errs);
    change_text_end(&d->text);
    if (d->format == FORMAT_DAFF) {
        daff_end(&d->daff, &d->row);
        fwrite(d->row.buf, 1, d->row.len, stdout);
        daff_release(&d->daff);
    }
    if (d->format == FORMAT_HTML && errs_status(&d->errs) != ERR_USAGE)
        put_page(d);
    return tell(d, true);
}

static void release(struct diffing *d)
{
    source_close(d->old.source);
    source_close(d->new.source);
    timeline_free(d->timeline);
    diff_page_free(d->page);
    repository_close(d->repository);
    strbuf_release(&d->items);
    strbuf_release(&d->row);
    strbuf_release(&d->likely);
    errs_release(&d->errs);
}

/* --- the command line --- */

static int run(const struct command *command, const struct arguments *arguments)
{
    const char *content = argument(command, arguments, "content");
    const char *revision = argument(command, arguments, "rev");
    bool as_published = argument(command, arguments, "as-published") != NULL;
    const char *const formats[] = {"text", "json", "csv", "daff", "html", NULL};
    struct diffing d = {.command = command,
                        .content = content ? content : "content",
                        .theme = argument(command, arguments, "theme"),
                        .asked = {.department = argument(command, arguments, "department"),
                                  .table = argument(command, arguments, "table")},
                        .items = STRBUF_INIT,
                        .row = STRBUF_INIT,
                        .likely = STRBUF_INIT};
    int format = report_format(command, arguments, formats, &d.how);
    int status;

    if (format < 0 || check_operands(arguments, revision, as_published))
        return ERR_USAGE;
    d.format = (enum format)format;
    if (both_years(arguments) ? open_years(&d, arguments, revision, as_published)
                              : open_states(&d, arguments))
        status = tell(&d, false);
    else
        status = compare(&d);
    release(&d);
    return status;
}

extern const struct command command_diff;
const struct command command_diff = {
    .name = "diff",
    .operands = "[OLD [NEW]]",
    .operands_max = 2,
    .summary = "Show which figures are different.",
    .description =
        "Compares two states of the content by what they state: figures and texts, each by its\n"
        "address, wherever it stands in a file. Values that are equal are no difference, however "
        "they\n"
        "are written.\n\n"
        "OLD and NEW are revisions of the git repository that the content lies in: commits, tags, "
        "branches;\n"
        "or days (2023-09-01), which stand for the last revision of that day or before. Without "
        "NEW, the\n"
        "content folder is compared as it is now; without OLD, with the last commit. They may "
        "also be two\n"
        "fiscal years (2021 2022): then the reports of these years are compared, figure by "
        "figure, in\n"
        "the folder or at the revision that --rev names. A project is what it says that it "
        "continues, or\n"
        "else what had the same name in the report before; where names are only near, that "
        "is said.\n"
        "With --as-published each year is as of the first revision that has its report (up to "
        "HEAD, or\n"
        "what --rev names), whatever was corrected since.\n\n"
        "A department whose folder is the same in two revisions is not read, and its figures are "
        "not\n"
        "counted. What cannot be read on one side is reported and passed over; the exit status "
        "is then\n"
        "1. Differences are no error.\n\n"
        "With --format json, standard output is one document as that of build, with \"changes\" "
        "(change:\n"
        "changed, added or removed; kind: figure or text; address and old_address, department, "
        "year, scope,\n"
        "table, line, column, label, column_label, old, new, difference, percent) and their "
        "numbers. Values\n"
        "and differences of amounts are in 元. Of two fiscal years, \"likely_continuations\" are "
        "the projects\n"
        "that only have near names (department; year, project and name in the later one; "
        "old_year,\n"
        "old_project and old_name in the earlier). --format csv has a row for each change.\n\n"
        "--format html is a page by itself, to be kept, printed or sent: what the text has, with "
        "the day and\n"
        "message of both revisions and all lines of texts, in the words of the site. It asks for "
        "nothing\n"
        "else, and can be in the site's own form: see juesuan-theme(5), diff.html.\n\n"
        "--format daff is a tabular diff (the highlighter format 0.8 of daff) of two tables: the "
        "figures of\n"
        "both sides in the columns of report.csv, without file and source_line, sorted by "
        "department and\n"
        "address. It is what daff --id address says of them. All departments are read, and a row "
        "differs\n"
        "when any cell does, so that a figure that is only written in another way is told. Of "
        "two fiscal\n"
        "years, of which a department must have both, the rows have a key in the place of the "
        "address, and\n"
        "no year: the address without its year, where a project or evaluation has its name "
        "behind its id,\n"
        "as it is in the later year (behind the name of a project that is in the earlier year "
        "only, "
        "there is\n"
        "that year). That is what daff --id key says of them.",
    .options =
        (const struct command_option[]){
            {"content", "DIR", "The folder with the sources (content)."},
            {"department", "ID", "Only this department, and those below it."},
            {"table", "ID", "Only this table, such as general_public_expenditure or funds."},
            {"rev", "REV", "Compare two fiscal years as of this commit, tag or branch."},
            {"as-published", NULL, "Compare two fiscal years as each was first published."},
            {"format", "FORMAT", "How to tell it: text, json, csv, daff, or html."},
            THEME_OPTION("Of --format html. "),
            {"max-errors", "N", "Show N of each kind at most (20; in JSON all); 0 shows all."},
            {0},
        },
    .examples =
        (const char *const[]){"juesuan diff", "Show what was changed since the last commit:",
                              "juesuan diff HEAD~1 HEAD --format csv",
                              "List what the last commit changed:",
                              "juesuan diff 2021 2024 --department shanghai/putuo/ghzyj",
                              "Compare two fiscal years of a department:",
                              "juesuan diff HEAD~1 HEAD --format html >diff.html",
                              "Make a page of what the last commit changed:", NULL},
    .run = run,
};
