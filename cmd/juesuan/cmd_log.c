#include "base/base.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "cells.h"
#include "changes_out.h"
#include "command.h"
#include "history/log.h"
#include "history/revisions.h"
#include "history/told.h"
#include "states.h"
#include "text/csv.h"
#include "text/json_write.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

enum { TEXT_SHOWN = 40 }; /* cells of a text that changed */

enum { DAY, COMMIT, OLD, ARROW, NEW, UNIT, DIFFERENCE, PERCENT, MESSAGE };

struct logging {
    const struct command *command;
    const char *content;
    enum format format;
    struct report_options how;
    struct repository *repository;
    struct log log;
    struct errs errs;
};

/* --- for people --- */

/* The beginning of a text, in one line. */
static void put_cut(struct grid *grid, size_t column, const struct item *item)
{
    struct strbuf text = STRBUF_INIT;
    size_t len, at = 0, cells = 0;
    uint32_t c;

    item_add_shown(item, &text);
    len = strcspn(text.buf, "\n");
    while (at < len && (item->is_figure || cells < TEXT_SHOWN)) {
        at += cells_next(text.buf + at, text.len - at, &c);
        cells += cells_is_wide(c) ? 2 : 1;
    }
    if (at < text.len) {
        strbuf_set_len(&text, at);
        strbuf_adds(&text, "...");
    }
    grid_put(grid, column, text.buf);
    strbuf_release(&text);
}

static void put_event(struct grid *grid, const struct log_event *event)
{
    const struct change *change = &event->change;
    const struct item *item = change_item(change);
    struct strbuf text = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    grid_row(grid);
    commit_add_day(&event->commit, &text);
    grid_put(grid, DAY, text.buf);
    object_id_format(&event->commit.id, hex);
    hex[REVISION_SHOWN] = '\0';
    grid_put(grid, COMMIT, hex);
    if (change->old)
        put_cut(grid, OLD, change->old);
    if (change->old)
        grid_put(grid, ARROW, change->new ? "->" : "-> removed");
    if (change->new)
        put_cut(grid, NEW, change->new);
    if (item->value.unit)
        grid_put(grid, UNIT, item->value.unit);
    change_put_difference(grid, DIFFERENCE, change);
    change_put_percent(grid, PERCENT, change);
    strbuf_clear(&text);
    strbuf_addf(&text, "%s%s", event->commit.summary, event->is_cut ? " (or before)" : "");
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
    struct strbuf time = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    json_write_key(w, "events");
    json_write_array(w);
    for (size_t i = 0; i < l->log.count; i++) {
        const struct log_event *event = &l->log.events[i];

        strbuf_clear(&time);
        commit_add_time(&event->commit, &time);
        object_id_format(&event->commit.id, hex);
        json_write_object(w);
        put_json_text(w, "commit", hex);
        put_json_text(w, "time", time.buf);
        put_json_text(w, "message", event->commit.summary);
        json_write_key(w, "or_before");
        json_write_bool(w, event->is_cut);
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
    strbuf_release(&time);
}

static void put_cell(struct csv_writer *w, const char *s)
{
    csv_put_text(w, s, strlen(s));
}

static void put_csv(const struct log *log)
{
    struct strbuf out = STRBUF_INIT, time = STRBUF_INIT;
    struct csv_writer w = {&out, false};
    char hex[OBJECT_HEX_SIZE];

    put_cell(&w, "commit");
    put_cell(&w, "time");
    put_cell(&w, "message");
    put_cell(&w, "or_before");
    change_csv_header(&w);
    put_cell(&w, "restated");
    put_cell(&w, "restated_by");
    csv_end_row(&w);
    for (size_t i = 0; i < log->count; i++) {
        const struct log_event *event = &log->events[i];
        const struct restatement *restated;

        strbuf_clear(&time);
        commit_add_time(&event->commit, &time);
        object_id_format(&event->commit.id, hex);
        put_cell(&w, hex);
        put_cell(&w, time.buf);
        put_cell(&w, event->commit.summary);
        put_cell(&w, event->is_cut ? "true" : "false");
        change_as_csv(&w, &event->change);
        restated = log_restatement(log, change_item(&event->change)->address);
        put_cell(&w, restated ? restated->stated : "");
        put_cell(&w, restated ? restated->by : "");
        csv_end_row(&w);
    }
    fwrite(out.buf, 1, out.len, stdout);
    strbuf_release(&out);
    strbuf_release(&time);
}

/* --- the command line --- */

static void collect(struct logging *l, const char *address, const char *revision)
{
    struct log_asked asked = {.address = address, .name = revision};

    l->repository = repository_open(l->content, &l->errs);
    if (!l->repository || find_revision(l->repository, revision, &asked.from, &l->errs))
        return;
    asked.repository = l->repository;
    log_collect(&asked, &l->log, &l->errs);
}

static int tell(struct logging *l)
{
    int status = errs_status(&l->errs);

    if (l->format == FORMAT_JSON) {
        report_as_json(l->command, &l->errs, &l->how, status, NULL, put_result, l);
        return status;
    }
    report(&l->errs, &l->how);
    if (l->format == FORMAT_CSV)
        put_csv(&l->log);
    else
        put_text(&l->log);
    return status;
}

static int run(const struct command *command, const struct arguments *arguments)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    const char *content = argument(command, arguments, "content");
    const char *revision = argument(command, arguments, "rev");
    struct logging l = {.command = command, .content = content ? content : "content"};
    int format = report_format(command, arguments, formats, &l.how), status;
    char *address;

    if (format < 0)
        return ERR_USAGE;
    if (!arguments->operand_count) {
        fprintf(stderr, "juesuan log: which figure? name its address, or the first parts of it\n");
        return ERR_USAGE;
    }
    l.format = (enum format)format;
    address = operand_id(l.content, arguments->operands[0]);
    collect(&l, address, revision ? revision : "HEAD");
    status = tell(&l);
    free(address);
    log_release(&l.log);
    repository_close(l.repository);
    errs_release(&l.errs);
    return status;
}

extern const struct command command_log;
const struct command command_log = {
    .name = "log",
    .operands = "FIGURE",
    .operands_max = 1,
    .summary = "Tell what became of a figure.",
    .description =
        "Tells when a figure was first stated, and each change of it since: day, commit, old and "
        "new value,\n"
        "difference and percent, and what the commit says. Uncommitted changes are not in it.\n\n"
        "FIGURE is an address (beijing/fengtai/zwfwj/2021/general_public_expenditure/201/final), "
        "or the\n"
        "first parts of one: of a line, a table, a project (beijing/fengtai/zwfwj/2021/projects/"
        "p07), a\n"
        "report, a department. Then all figures and texts that begin with it are told.\n\n"
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
        "rows.",
    .options =
        (const struct command_option[]){
            {"content", "DIR", "The folder with the sources (content)."},
            {"rev", "REV", "Begin at this commit, tag, branch or day, and go back (HEAD)."},
            {"format", "FORMAT", "How to tell it: text, json, or csv."},
            {"max-errors", "N", "Show N of each kind at most (20; in JSON all); 0 shows all."},
            {0},
        },
    .examples =
        (const char *const[]){
            "juesuan log beijing/fengtai/zwfwj/2021/income_expenditure_summary/total/final",
            "Tell when a figure was published, and whether it was corrected:",
            "juesuan log beijing/fengtai/zwfwj/2021/projects/p07 --format csv",
            "List what became of all figures and texts of a project:", NULL},
    .run = run,
};
