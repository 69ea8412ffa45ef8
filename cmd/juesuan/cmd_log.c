#include "base/base.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "cells.h"
#include "changes_out.h"
#include "command.h"
#include "history/log_all.h"
#include "history/told.h"
#include "log_out.h"
#include "states.h"
#include "text/csv.h"
#include "text/json_write.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

enum { DAY, COMMIT, OLD, ARROW, NEW, UNIT, DIFFERENCE, PERCENT, MESSAGE };

struct logging {
    const struct command *command;
    const char *content;
    enum format format;
    struct report_options how;
    char *address; /* NULL: all that all revisions did */
    unsigned jobs;
    char *cache; /* the folder of it, or NULL */
    struct repository *repository;
    struct timeline *timeline; /* of all of them */
    struct log log;
    struct log_all all;
    struct errs errs;
};

/* --- for people --- */

static void put_event(struct grid *grid, const struct log_event *event)
{
    const struct change *change = &event->change;
    const struct item *item = change_item(change);
    struct strbuf text = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    grid_row(grid);
    commit_add_day(&event->revision->commit, &text);
    grid_put(grid, DAY, text.buf);
    object_id_format(&event->revision->commit.id, hex);
    hex[REVISION_SHOWN] = '\0';
    grid_put(grid, COMMIT, hex);
    log_put_side(grid, OLD, change->old);
    if (change->old)
        grid_put(grid, ARROW, change->new ? "->" : "-> removed");
    log_put_side(grid, NEW, change->new);
    if (item->value.unit)
        grid_put(grid, UNIT, item->value.unit);
    change_put_difference(grid, DIFFERENCE, change);
    change_put_percent(grid, PERCENT, change);
    strbuf_clear(&text);
    strbuf_addf(&text, "%s%s", event->revision->commit.summary,
                event->is_cut ? " (or before)" : "");
    grid_put(grid, MESSAGE, text.buf);
    strbuf_release(&text);
}

static void put_heading(const struct item *item)
{
    struct strbuf heading = STRBUF_INIT;

    strbuf_adds(&heading, item->address);
    if (item->scope_title)
        strbuf_addf(&heading, "  %s", item->scope_title);
    if (item->table_title)
        strbuf_addf(&heading, "  %s", item->table_title);
    if (item->label)
        strbuf_addf(&heading, "  %s", item->label);
    if (item->column_title)
        strbuf_addf(&heading, "  %s", item->column_title);
    cells_put(stdout, heading.buf);
    putchar('\n');
    strbuf_release(&heading);
}

/* Whether an event is the first of its figure. */
static bool is_first(const struct log *log, size_t event)
{
    return !event || strcmp(change_item(&log->events[event - 1].change)->address,
                            change_item(&log->events[event].change)->address) != 0;
}

/* That the report of the next year says otherwise. */
static void put_restatement(const struct log *log, const char *address)
{
    const struct restatement *restated = log_restatement(log, address);
    struct strbuf text = STRBUF_INIT;

    if (!restated)
        return;
    strbuf_addf(&text, "restated as %s by %s", restated->stated, restated->by);
    if (restated->reason)
        strbuf_addf(&text, " (%s)", restated->reason);
    fputs("  ", stdout);
    cells_put(stdout, text.buf);
    putchar('\n');
    strbuf_release(&text);
}

/* Each figure with all that became of it. */
static void put_text(const struct log *log)
{
    struct grid grid = {
        .right = {[OLD] = true, [NEW] = true, [DIFFERENCE] = true, [PERCENT] = true}};

    for (size_t i = 0; i < log->count; i++) {
        const struct item *item = change_item(&log->events[i].change);

        if (is_first(log, i))
            put_heading(item);
        put_event(&grid, &log->events[i]);
        if (i + 1 < log->count && !is_first(log, i + 1))
            continue;
        grid_print(&grid, stdout, 2);
        put_restatement(log, item->address);
    }
}

/* --- for machines --- */

static void put_restated(struct json_writer *w, const struct restatement *restated)
{
    if (!restated)
        return;
    json_write_object(w);
    put_json_text(w, "address", restated->address);
    put_json_text(w, "published", restated->published);
    put_json_text(w, "by", restated->by);
    put_json_text(w, "stated", restated->stated);
    put_json_text(w, "reason", restated->reason);
    json_write_object_end(w);
}

static void put_result(struct json_writer *w, const void *ctx)
{
    const struct logging *l = ctx;

    if (!l->address) {
        log_all_as_json(w, &l->all);
        return;
    }
    json_write_key(w, "events");
    json_write_array(w);
    for (size_t i = 0; i < l->log.count; i++) {
        const struct log_event *event = &l->log.events[i];

        json_write_object(w);
        log_put_commit(w, &event->revision->commit, event->is_cut);
        change_put_fields(w, &event->change);
        json_write_object_end(w);
    }
    json_write_array_end(w);
    json_write_key(w, "restatements");
    json_write_array(w);
    for (size_t i = 0; i < l->log.count; i++)
        if (is_first(&l->log, i))
            put_restated(w,
                         log_restatement(&l->log, change_item(&l->log.events[i].change)->address));
    json_write_array_end(w);
    put_json_number(w, "unread", l->log.unread);
}

static void put_csv(const struct log *log)
{
    struct strbuf out = STRBUF_INIT;
    struct csv_writer w = {&out, false};

    log_csv_header(&w);
    csv_put_string(&w, "restated");
    csv_put_string(&w, "restated_by");
    csv_end_row(&w);
    for (size_t i = 0; i < log->count; i++) {
        const struct log_event *event = &log->events[i];
        const struct restatement *restated =
            log_restatement(log, change_item(&event->change)->address);

        log_commit_as_csv(&w, &event->revision->commit, event->is_cut);
        change_as_csv(&w, &event->change);
        csv_put_string(&w, restated ? restated->stated : NULL);
        csv_put_string(&w, restated ? restated->by : NULL);
        csv_end_row(&w);
    }
    fwrite(out.buf, 1, out.len, stdout);
    strbuf_release(&out);
}

/* --- the command line --- */

static void collect(struct logging *l, const char *revision)
{
    struct log_asked asked = {.address = l->address, .name = revision};

    l->repository = repository_open(l->content, &l->errs);
    if (!l->repository || find_revision(l->repository, revision, &asked.from, &l->errs))
        return;
    asked.repository = l->repository;
    if (l->address) {
        log_collect(&asked, &l->log, &l->errs);
        return;
    }
    l->timeline = timeline_make(l->repository, &asked.from, &l->errs);
    if (!l->timeline)
        return;
    log_use_cache(l->timeline, l->cache, "juesuan " JUESUAN_VERSION);
    log_all_collect(l->timeline, l->jobs, &l->all, &l->errs);
}

static int tell(struct logging *l)
{
    int status = errs_status(&l->errs);

    if (l->format == FORMAT_JSON) {
        report_as_json(l->command, &l->errs, &l->how, status, NULL, put_result, l);
        return status;
    }
    report(&l->errs, &l->how);
    if (l->format == FORMAT_CSV && l->address)
        put_csv(&l->log);
    else if (l->format == FORMAT_CSV)
        log_all_as_csv(&l->all);
    else if (l->address)
        put_text(&l->log);
    else
        log_all_as_text(&l->all);
    return status;
}

static int run(const struct command *command, const struct arguments *arguments)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    const char *content = argument(command, arguments, "content");
    const char *revision = argument(command, arguments, "rev");
    struct logging l = {.command = command, .content = content ? content : "content"};
    int format = report_format(command, arguments, formats, &l.how), status;
    size_t jobs;

    if (format < 0 || argument_number(command, arguments, "jobs", 1, JOBS_MAX, 0, &jobs))
        return ERR_USAGE;
    l.format = (enum format)format;
    l.jobs = (unsigned)jobs;
    if (arguments->operand_count)
        l.address = operand_id(l.content, arguments->operands[0]);
    l.cache = find_cache(command, arguments);
    collect(&l, revision ? revision : "HEAD");
    status = tell(&l);
    free(l.address);
    free(l.cache);
    log_release(&l.log);
    log_all_release(&l.all);
    timeline_free(l.timeline);
    repository_close(l.repository);
    errs_release(&l.errs);
    return status;
}

extern const struct command command_log;
const struct command command_log = {
    .name = "log",
    .operands = "[FIGURE]",
    .operands_max = 1,
    .summary = "Tell what became of a figure, or of all.",
    .description =
        "Tells when a figure was first stated, and each change of it since: day, commit, old and "
        "new value,\n"
        "difference and percent, and what the commit says. Uncommitted changes are not in it.\n\n"
        "FIGURE is an address (beijing/fengtai/zwfwj/2021/general_public_expenditure/201/final), "
        "or the\n"
        "first parts of one: of a line, a table, a project (beijing/fengtai/zwfwj/2021/projects/"
        "p07), a\n"
        "report, a department. Then all figures and texts that begin with it are told. Without "
        "FIGURE, all\n"
        "that all revisions did is told, the newest first; a report that came as a whole is one "
        "event.\n\n"
        "Where the report of the next year states another amount of the year before (see "
        "prior-report in\n"
        "juesuan-rules(7)), that is told with the figure, as of the revision that the log begins "
        "at.\n\n"
        "The first parents of commits are followed: what a merge brought came with the merge. A "
        "revision\n"
        "in which the department cannot be read is told as a warning and passed over; what it "
        "changed is\n"
        "then seen in the next one.\n\n"
        "With --format json, standard output is one document as that of build, with \"events\": "
        "commit, time,\n"
        "message, or_before (true where a shallow clone ends), and what a change of diff has; and "
        "with\n"
        "\"restatements\": address, published, by, stated, reason. --format csv has the same in "
        "rows. What\n"
        "came as a whole is of the kind \"report\" or \"department\", with how many \"figures\" "
        "and \"texts\" it\n"
        "has; restatements are not told then.",
    .options =
        (const struct command_option[]){
            {"content", "DIR", "The folder with the sources (content)."},
            {"rev", "REV", "Begin at this commit, tag, branch or day, and go back (HEAD)."},
            {"format", "FORMAT", "How to tell it: text, json, or csv."},
            {"no-cache", NULL,
             "Work out again what old revisions did; do not keep it in ~/.cache/juesuan."},
            {"jobs", "N", "Work with N threads; without it, one for each processor."},
            {"max-errors", "N", "Show N of each kind at most (20; in JSON all); 0 shows all."},
            {0},
        },
    .examples =
        (const char *const[]){
            "juesuan log beijing/fengtai/zwfwj/2021/income_expenditure_summary/total/final",
            "Tell when a figure was published, and whether it was corrected:",
            "juesuan log beijing/fengtai/zwfwj/2021/projects/p07 --format csv",
            "List what became of all figures and texts of a project:",
            "juesuan log --format csv > changes.csv",
            "List every change of every figure in the whole history:", NULL},
    .run = run,
};
