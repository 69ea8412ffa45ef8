#include "base/base.h"

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "check/check.h"
#include "check/rule.h"
#include "command.h"
#include "findings.h"
#include "states.h"
#include "text/json_write.h"
#include "text/known.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_SARIF };

struct checking_all {
    const struct command *command;
    const char *content;
    const char *revision; /* NULL: the folder as it is */
    enum format format;
    struct report_options how;
    unsigned jobs;
    struct wanted wanted;
    const char *department; /* only this one and those below it; NULL: all */
    struct source *source;
    struct catalog catalog;
    struct arena arena;
    struct content_departments departments;
    struct check_plan *plan;
    struct errs errs;
    struct strbuf items; /* of JSON and SARIF */
    struct checked checked;
    struct progress progress;
};

/* --- one department --- */

struct done {
    struct errs errs;
    struct strbuf items;
    struct checked checked;
};

static void count_findings(const struct report *report, const struct wanted *wanted,
                           struct checked *checked)
{
    for (size_t i = 0; i < report->findings.count; i++) {
        const struct finding *finding = &report->findings.items[i];

        if (is_wanted(wanted, report, finding))
            finding_count(&checked->findings, finding);
    }
}

static void tell_report(const struct checking_all *all, const struct content_department *content,
                        const struct report *report, struct done *done)
{
    struct checked *checked = &done->checked;

    checked->reports++;
    checked->figures += (uint64_t)report->figures.value;
    checked->figures_checked += (uint64_t)report->figures_checked.value;
    checked->balances_held += (uint64_t)report->balances_held.value;
    checked->balances_broken += (uint64_t)report->balances_broken.value;
    checked->balances_unchecked += (uint64_t)report->balances_unchecked.value;
    count_findings(report, &all->wanted, checked);
    if (all->format == FORMAT_JSON)
        findings_as_items(content, report, &all->wanted, put_finding_json, &done->items);
    else if (all->format == FORMAT_SARIF)
        findings_as_items(content, report, &all->wanted, put_finding_sarif, &done->items);
    else
        findings_as_errors(content, report, &all->wanted, &done->errs);
}

static void *work(void *ctx, size_t item)
{
    const struct checking_all *all = ctx;
    struct done *done = mem_zalloc(1, sizeof(*done));
    struct content_department content;

    strbuf_init(&done->items);
    if (!content_load_department(all->source, &all->catalog, all->departments.ids[item], &content,
                                 &done->errs) &&
        !content.incomplete) {
        check_department(all->plan, &content);
        for (size_t i = 0; i < content.department.reports.count; i++) {
            const struct report *report = &content.department.reports.items[i];

            if (!all->wanted.year || all->wanted.year == report->year.value)
                tell_report(all, &content, report, done);
        }
    }
    content_release_department(&content);
    return done;
}

static void add_checked(struct checked *to, const struct checked *from)
{
    to->reports += from->reports;
    to->figures += from->figures;
    to->figures_checked += from->figures_checked;
    to->balances_held += from->balances_held;
    to->balances_broken += from->balances_broken;
    to->balances_unchecked += from->balances_unchecked;
    to->findings.acknowledged += from->findings.acknowledged;
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        to->findings.open[i] += from->findings.open[i];
}

static void take(void *ctx, size_t item, void *result)
{
    struct checking_all *all = ctx;
    struct done *done = result;

    errs_move(&all->errs, &done->errs);
    if (done->items.len) {
        if (all->items.len)
            strbuf_adds(&all->items, ",\n");
        strbuf_addbuf(&all->items, &done->items);
    }
    add_checked(&all->checked, &done->checked);
    strbuf_release(&done->items);
    free(done);
    progress_show(&all->progress, "%zu of %zu departments", item + 1, all->departments.count);
}

/* --- which departments --- */

/* "beijing/fengtai/zwfwj/2021" is a report, "beijing/fengtai/zwfwj" a department. Cuts a year off.
 */
static void split_year(struct checking_all *all, char *id)
{
    char *last = strrchr(id, '/');
    const char *year = last ? last + 1 : id;

    if (strlen(year) != 4 || strspn(year, "0123456789") != 4)
        return;
    all->wanted.year = strtol(year, NULL, 10);
    if (last)
        *last = '\0';
}

static bool is_below(const char *id, const char *above)
{
    size_t len = strlen(above);

    return !strncmp(id, above, len) && (!id[len] || id[len] == '/');
}

/* Keeps the departments that were asked for. */
static int choose_departments(struct checking_all *all)
{
    struct content_departments *list = &all->departments;
    struct known known;
    size_t kept = 0;

    if (!all->department)
        return 0;
    known = known_start(all->department, strlen(all->department));
    known.open = true;
    for (size_t i = 0; i < list->count; i++) {
        known_offer(&known, list->ids[i]);
        if (is_below(list->ids[i], all->department))
            list->ids[kept++] = list->ids[i];
    }
    if (kept) {
        strbuf_release(&known.list);
        list->count = kept;
        return 0;
    }
    known_hint(&known,
               errs_add(&all->errs, ERR_USAGE, "unknown-department",
                        "there is no department '%s' in %s", all->department, all->content));
    return -1;
}

/* --- all --- */

static int check_rule_name(struct checking_all *all)
{
    const struct profile *profile;
    const char *near;
    struct err *err;

    if (!all->wanted.rule || rule_find(all->wanted.rule) ||
        rule_balance(&all->catalog, all->wanted.rule, &profile))
        return 0;
    near = similar_rule(&all->catalog, all->wanted.rule, &all->arena);
    err =
        errs_add(&all->errs, ERR_USAGE, "unknown-rule", "there is no rule '%s'", all->wanted.rule);
    if (near)
        err_hint(err, "did you mean '%s'?", near);
    else
        err_hint(err, "juesuan-rules(7) lists the rules");
    return -1;
}

static bool open_source(struct checking_all *all)
{
    all->source = all->revision ? source_open_revision(all->content, all->revision, &all->errs)
                                : source_open_folder(all->content, &all->errs);
    return all->source != NULL;
}

static void check_all(struct checking_all *all)
{
    struct pool_task task = {.threads = all->jobs ? all->jobs : pool_processors(),
                             .ctx = all,
                             .work = work,
                             .take = take};

    if (!open_source(all))
        return;
    content_load_catalog(all->source, &all->catalog, &all->errs);
    content_list_departments(all->source, &all->arena, &all->departments, &all->errs);
    if (check_rule_name(all) || choose_departments(all))
        return;
    all->plan = check_plan_new(&all->catalog);
    task.count = all->departments.count;
    task.window = (size_t)task.threads + 1;
    pool_run(&task);
    if (all->wanted.year && !all->checked.reports && !errs_count(&all->errs))
        errs_add(&all->errs, ERR_USAGE, "unknown-report", "there is no report of %lld in %s of %s",
                 (long long)all->wanted.year, all->department, all->content);
}

static void put_findings(struct json_writer *w, const void *ctx)
{
    const struct checking_all *all = ctx;

    json_write_key(w, "findings");
    json_write_array(w);
    if (all->items.len)
        json_write_raw(w, all->items.buf, all->items.len);
    json_write_array_end(w);
    put_checked(w, &all->checked);
}

static void summarize(const struct checked *c)
{
    printf("%llu report%s; %llu of %llu figures checked; %llu balance%s held, %llu did not, %llu "
           "could not be checked\n",
           (unsigned long long)c->reports, c->reports == 1 ? "" : "s",
           (unsigned long long)c->figures_checked, (unsigned long long)c->figures,
           (unsigned long long)c->balances_held, c->balances_held == 1 ? "" : "s",
           (unsigned long long)c->balances_broken, (unsigned long long)c->balances_unchecked);
    printf("%llu error%s, %llu warning%s, %llu note%s; %llu acknowledged\n",
           (unsigned long long)c->findings.open[SEVERITY_ERROR],
           c->findings.open[SEVERITY_ERROR] == 1 ? "" : "s",
           (unsigned long long)c->findings.open[SEVERITY_WARNING],
           c->findings.open[SEVERITY_WARNING] == 1 ? "" : "s",
           (unsigned long long)c->findings.open[SEVERITY_NOTE],
           c->findings.open[SEVERITY_NOTE] == 1 ? "" : "s",
           (unsigned long long)c->findings.acknowledged);
}

/* The exit status; in JSON and SARIF the findings are not among the errors. */
static int tell(struct checking_all *all)
{
    int status = errs_status(&all->errs);

    if (all->checked.findings.open[SEVERITY_ERROR] && !status)
        status = ERR_CONTENT;
    if (all->format == FORMAT_JSON)
        report_as_json(all->command, &all->errs, &all->how, status, NULL, put_findings, all);
    else if (all->format == FORMAT_SARIF)
        sarif_document(&all->catalog, &all->errs, &all->items);
    else
        report(&all->errs, &all->how);
    if (all->format == FORMAT_TEXT && all->plan)
        summarize(&all->checked);
    return status;
}

static int explain(struct checking_all *all, const char *id)
{
    int status = 0;

    /* a balance is data of a content folder, where there is one */
    if (!rule_find(id)) {
        if (open_source(all))
            content_load_catalog(all->source, &all->catalog, &all->errs);
    }
    if (!explain_rule(&all->catalog, id)) {
        all->wanted.rule = id;
        check_rule_name(all);
        status = report(&all->errs, &all->how);
    }
    return status;
}

static void release(struct checking_all *all)
{
    check_plan_free(all->plan);
    catalog_release(&all->catalog);
    source_close(all->source);
    strbuf_release(&all->items);
    errs_release(&all->errs);
    arena_release(&all->arena);
}

/* --- the command line --- */

static bool is_content_folder(const char *path)
{
    return has_sign(path, "site.json") || has_sign(path, "departments");
}

/*
 * What to check: a content folder; or the id of a department or report; or the path of its folder
 * in the content folder. To be freed.
 */
static char *take_operand(struct checking_all *all, const char *operand)
{
    char *id;

    if (is_content_folder(operand)) {
        all->content = operand;
        return NULL;
    }
    id = operand_id(all->content, operand);
    split_year(all, id);
    all->department = id;
    return id;
}

static int take_format(struct checking_all *all, const struct arguments *arguments)
{
    static const char *const formats[] = {"text", "json", "sarif", NULL};
    int format = report_format(all->command, arguments, formats, &all->how);

    if (format < 0)
        return -1;
    all->format = (enum format)format;
    return 0;
}

static int run(const struct command *command, const struct arguments *arguments)
{
    const char *content = argument(command, arguments, "content");
    const char *id = argument(command, arguments, "explain");
    struct checking_all all = {.command = command,
                               .content = content ? content : "content",
                               .revision = argument(command, arguments, "rev"),
                               .wanted = {argument(command, arguments, "rule"), 0},
                               .items = STRBUF_INIT,
                               .errs = ERRS_INIT};
    char *operand = NULL;
    size_t jobs;
    int status;

    if (argument_number(command, arguments, "jobs", 1, JOBS_MAX, 0, &jobs) ||
        take_format(&all, arguments))
        return ERR_USAGE;
    all.jobs = (unsigned)jobs;
    if (arguments->operand_count)
        operand = take_operand(&all, arguments->operands[0]);
    catalog_init(&all.catalog);
    if (id) {
        status = explain(&all, id);
    } else {
        progress_start(&all.progress, all.format == FORMAT_TEXT);
        check_all(&all);
        progress_clear(&all.progress);
        status = tell(&all);
    }
    release(&all);
    free(operand);
    return status;
}

extern const struct command command_check;
const struct command command_check = {
    .name = "check",
    .operands = "[DIR|DEPARTMENT|REPORT]",
    .operands_max = 1,
    .summary = "Check whether the arithmetic holds.",
    .description =
        "Compares what the reports say with what can be computed from them: sums within and "
        "between\n"
        "tables, percentages and changes, the scores of self-evaluations and experts, text and "
        "tables,\n"
        "one year and the next. It also looks for personal data and for what was left unfinished.\n"
        "juesuan-rules(7) lists the rules. Nothing is altered.\n\n"
        "What to check is a content folder, a department (beijing/fengtai/zwfwj), all departments\n"
        "below an id (beijing), or a report (beijing/fengtai/zwfwj/2021).\n\n"
        "A finding is an error, a warning or a note. It stands at its first figure; notes name "
        "all\n"
        "figures with their places. An error that is in the document itself can be acknowledged "
        "in\n"
        "report.json, with a reason; it is then published as a footnote, and counts no more. The "
        "exit\n"
        "status is 1 when there is an error that is not acknowledged.\n\n"
        "With --format json, standard output is one document as that of build, with \"findings\", "
        "those\n"
        "that are acknowledged too, and with \"checked\": how many reports, figures and balances. "
        "A\n"
        "finding has rule, severity, acknowledged, reason, department, year, figures (address, "
        "file,\n"
        "line, column, stated, unit), stated, recomputed and message. --format sarif writes SARIF "
        "2.1.0.",
    .options =
        (const struct command_option[]){
            {"content", "DIR", "The folder with the sources (content)."},
            REVISION_OPTION,
            {"rule", "ID", "Tell only what this rule finds."},
            {"explain", "ID", "Say what a rule reads and says, and do nothing else."},
            {"format", "FORMAT", "How to tell what was found: text, json, or sarif."},
            {"max-errors", "N", "Show N of each kind at most (20; in JSON all); 0 shows all."},
            {"jobs", "N", "Work with N threads; without it, one for each processor."},
            {0},
        },
    .examples =
        (const char *const[]){"juesuan check", "Check everything in content/:",
                              "juesuan check beijing/fengtai/zwfwj/2021 --rule rate-base",
                              "See where one report computed a rate of change on a wrong base:",
                              "juesuan check --explain balance-three-public",
                              "Say what a balance of a profile is:", NULL},
    .run = run,
};
