#include "base/base.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "command.h"
#include "publish/build.h"

/* Where the site is, without slashes at its end. */
static int shown_length(const char *folder)
{
    size_t len = strlen(folder);

    while (len > 1 && folder[len - 1] == '/')
        len--;
    return (int)len;
}

static void summarize(const struct build_options *options, const struct build_summary *s,
                      int64_t milliseconds)
{
    int len = shown_length(options->out);
    struct strbuf look = STRBUF_INIT;
    const uint64_t *open = s->findings.open;
    char *out;

    printf("%zu department%s, %zu report%s, %zu pages, %zu files (%zu written, %zu removed), "
           "%llu bytes, %llu rows, %lld.%03lld s\n",
           s->departments, s->departments == 1 ? "" : "s", s->reports, s->reports == 1 ? "" : "s",
           s->pages, s->files, s->written, s->removed, (unsigned long long)s->bytes,
           (unsigned long long)s->rows, (long long)(milliseconds / 1000),
           (long long)(milliseconds % 1000));
    if (open[SEVERITY_ERROR] + open[SEVERITY_WARNING] + open[SEVERITY_NOTE] +
        s->findings.acknowledged)
        printf(
            "The checks found %llu error%s, %llu warning%s and %llu note%s; %llu acknowledged: see "
            "'juesuan check' and %.*s/quality/\n",
            (unsigned long long)open[SEVERITY_ERROR], open[SEVERITY_ERROR] == 1 ? "" : "s",
            (unsigned long long)open[SEVERITY_WARNING], open[SEVERITY_WARNING] == 1 ? "" : "s",
            (unsigned long long)open[SEVERITY_NOTE], open[SEVERITY_NOTE] == 1 ? "" : "s",
            (unsigned long long)s->findings.acknowledged, len, options->out);
    out = mem_strndup(options->out, (size_t)len);
    add_shell_option(&look, "directory", out);
    printf("The site is in %s. To look at it: python3 -m http.server%s\n", out, look.buf);
    strbuf_release(&look);
    free(out);
}

/* Says what a build that failed left behind. */
static void explain(const struct build_options *options, const struct build_summary *s)
{
    int len = shown_length(options->out);

    if (s->unfinished)
        fprintf(stderr, "juesuan: the change of %.*s was begun; the next build completes it\n", len,
                options->out);
    else
        fprintf(stderr, "juesuan: nothing was changed in %.*s\n", len, options->out);
}

/* What is told of a build to machines. */
struct outcome {
    const struct build_options *options;
    const struct build_summary *summary;
    int64_t milliseconds;
    bool built;
};

static void put_outcome(struct json_writer *w, const void *ctx)
{
    const struct outcome *o = ctx;
    const struct build_summary *s = o->summary;

    put_json_text(w, "out", o->options->out);
    put_json_text(w, "state", o->built ? "built" : s->unfinished ? "unfinished" : "unchanged");
    if (!o->built)
        return;
    put_json_number(w, "departments", s->departments);
    put_json_number(w, "reports", s->reports);
    put_json_number(w, "pages", s->pages);
    put_json_number(w, "files", s->files);
    put_json_number(w, "written", s->written);
    put_json_number(w, "removed", s->removed);
    put_json_number(w, "bytes", s->bytes);
    put_json_number(w, "rows", s->rows);
    put_json_number(w, "check_errors", s->findings.open[SEVERITY_ERROR]);
    put_json_number(w, "check_warnings", s->findings.open[SEVERITY_WARNING]);
    put_json_number(w, "check_notes", s->findings.open[SEVERITY_NOTE]);
    put_json_number(w, "acknowledged", s->findings.acknowledged);
    put_json_number(w, "milliseconds", (uint64_t)o->milliseconds);
}

/* For people. */
static void tell(const struct report_options *how, struct errs *errs, const struct outcome *outcome)
{
    int status = report(errs, how);

    if (outcome->built) {
        summarize(outcome->options, outcome->summary, outcome->milliseconds);
        return;
    }
    if (!status) /* warnings only, and they were to stop it */
        fprintf(stderr, "juesuan: --strict: warnings count as errors\n");
    explain(outcome->options, outcome->summary);
}

static int build(const struct command *command, const struct build_options *asked,
                 const struct report_options *how, struct errs *errs)
{
    struct progress progress;
    struct build_options options = *asked;
    struct build_summary summary = {0};
    struct outcome outcome = {.options = &options, .summary = &summary};
    int64_t start = milliseconds();
    int status;

    watch_build(&options, &progress, how);
    outcome.built = !errs_count(errs) && !build_site(&options, &summary, errs);
    outcome.milliseconds = milliseconds() - start;
    status = end_build(&progress, outcome.built, errs);
    if (how->json)
        report_as_json(command, errs, how, status, "result", put_outcome, &outcome);
    else
        tell(how, errs, &outcome);
    return status;
}

static int run(const struct command *command, const struct arguments *arguments)
{
    const char *out = argument(command, arguments, "out");
    struct build_options options = {
        .revision = argument(command, arguments, "rev"),
        .out = out ? out : "public",
        .no_history = argument(command, arguments, "no-history") != NULL,
        .strict = argument(command, arguments, "strict") != NULL,
    };
    struct errs errs = ERRS_INIT;
    struct report_options how;
    char *cache;
    int status;

    if (take_build_options(command, arguments, &options, &how))
        return ERR_USAGE;
    options.cache = cache = find_cache(command, arguments);
    find_theme(argument(command, arguments, "theme"), &options.theme, &errs);
    status = build(command, &options, &how, &errs);
    errs_release(&errs);
    free_theme(&options.theme);
    free(cache);
    if (status)
        stop_now();
    return status;
}

extern const struct command command_build;
const struct command command_build = {
    .name = "build",
    .operands = "",
    .summary = "Build the site and its datasets.",
    .description =
        "Reads the content folder, checks it, and writes the website with its open data (JSON, "
        "CSV,\n"
        "SQLite) into the output folder.\n\n"
        "When anything is wrong, all mistakes are shown with file, line and column, by file, and "
        "the\n"
        "output folder stays as it was. A build that is interrupted is completed or forgotten by "
        "the "
        "next.\n"
        "Files in the output folder that juesuan did not make are never touched. The folder may be "
        "a\n"
        "symbolic link to another one.\n\n"
        "The same sources give the same bytes, whatever the machine, the clock or the number of\n"
        "threads. Files whose bytes do not change are not written.\n\n"
        "With --rev, the content folder (and what it has of a theme) is read from the git "
        "repository\n"
        "that it lies in, as it was committed: a commit, a tag, a branch, or another name that git "
        "knows\n"
        "(HEAD~2). Nothing is checked out, and the repository may be bare. The folder is the same "
        "one, but\n"
        "need not be there now. What comes out is what a checkout of that revision would give, "
        "with the\n"
        "bytes as they were committed: ends of lines are not converted.\n\n"
        "With --format json, standard output is one JSON document: the program, the command, its\n"
        "exit status, \"errors\" (warnings are among them), a \"summary\" of their numbers "
        "(errors,\n"
        "warnings, files, not_shown) and the \"result\". An error has a severity (error or "
        "warning), an\n"
        "id that stays the same from version to version, message, file, line, column, the excerpt "
        "of\n"
        "the line with excerpt_column, a hint what to do, notes (message, file, line, column) on "
        "what\n"
        "includes a template, and repeats: how often the same mistake was met again. What is not "
        "known\n"
        "is null. The result has the output folder (out) and its state: built, unchanged, or\n"
        "unfinished when the next build must complete it. If it was built, the numbers of "
        "departments,\n"
        "reports, pages, files, files written and removed, bytes, rows of the database, "
        "milliseconds.",
    .options =
        (const struct command_option[]){
            {"content", "DIR", "The folder with the sources (content)."},
            REVISION_OPTION,
            {"out", "DIR", "The folder for the site (public)."},
            THEME_OPTION(""),
            {"base-url", "URL", "Where the site will be, instead of what site.json says."},
            {"no-cache", NULL,
             "Work out again what old revisions did; do not keep it in ~/.cache/juesuan."},
            {"jobs", "N", "Work with N threads; without it, one for each processor."},
            {"no-history", NULL, "Build as if the content were in no git repository."},
            {"strict", NULL, "Do not build with warnings, nor with errors that the checks find."},
            REPORT_OPTIONS,
            {0},
        },
    .examples = (const char *const[]){"juesuan build", "Build content/ into public/:",
                                      "juesuan build --theme plain --out plain",
                                      "Build it with another theme that came along:",
                                      "juesuan build --content sources --out /srv/www --strict",
                                      "Build from and to other folders, and let warnings count:",
                                      "juesuan build --rev HEAD~1 --out before",
                                      "Build the site as it was one commit ago, to compare:", NULL},
    .run = run,
};
