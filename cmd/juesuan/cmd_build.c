#include "base/base.h"

#include "base/decimal.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "command.h"
#include "model/dictionary.h"
#include "publish/build.h"

enum { JOBS_MAX = 256 };

/* Whether the folder has what a theme has. */
static bool is_theme(const char *folder)
{
    struct strbuf path = STRBUF_INIT;
    bool found;

    strbuf_addf(&path, "%s/templates", folder);
    found = !access(path.buf, F_OK);
    strbuf_release(&path);
    return found;
}

/* The theme that came with the program: beside its source, or where it was installed. To be freed.
 */
static char *default_theme(void)
{
    static const char *const places[] = {"../themes/default", "../share/juesuan/themes/default",
                                         "../../themes/default"};
    char self[4096], *slash;
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
    struct strbuf path = STRBUF_INIT;

    if (len > 0) {
        self[len] = '\0';
        slash = strrchr(self, '/');
        *slash = '\0';
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
            strbuf_clear(&path);
            strbuf_addf(&path, "%s/%s", self, places[i]);
            if (is_theme(path.buf)) {
                char *real = realpath(path.buf, NULL);

                strbuf_release(&path);
                return real;
            }
        }
    }
    strbuf_release(&path);
    return NULL;
}

static int parse_jobs(const char *text, unsigned *jobs)
{
    struct decimal d;

    *jobs = 0;
    if (!text)
        return 0;
    if (decimal_parse(text, strlen(text), &d) != DECIMAL_OK || d.scale || d.units < 1 ||
        d.units > JOBS_MAX) {
        fprintf(stderr, "juesuan build: --jobs must be a number from 1 to %d, not '%s'\n", JOBS_MAX,
                text);
        return -1;
    }
    *jobs = (unsigned)d.units;
    return 0;
}

/* A time in milliseconds since some point. */
static int64_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

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

    printf("%zu departments, %zu reports, %zu pages, %zu files (%zu written, %zu removed), "
           "%llu bytes, %llu rows, %lld.%03lld s\n",
           s->departments, s->reports, s->pages, s->files, s->written, s->removed,
           (unsigned long long)s->bytes, (unsigned long long)s->rows,
           (long long)(milliseconds / 1000), (long long)(milliseconds % 1000));
    printf("The site is in %.*s: open %.*s/index.html\n", len, options->out, len, options->out);
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

static int build(const struct build_options *options)
{
    struct build_summary summary;
    struct errs errs = ERRS_INIT;
    int64_t start = now();
    int result = build_site(options, &summary, &errs);
    int status = report(&errs);

    if (!result) {
        summarize(options, &summary, now() - start);
        status = 0;
    } else {
        if (!status) { /* warnings only, and they were to stop it */
            status = ERR_CONTENT;
            fprintf(stderr, "juesuan: --strict: warnings count as errors\n");
        }
        explain(options, &summary);
    }
    errs_release(&errs);
    return status;
}

static int run(const struct command *command, const struct arguments *arguments)
{
    const char *content = argument(command, arguments, "content");
    const char *out = argument(command, arguments, "out");
    const char *theme = argument(command, arguments, "theme");
    struct build_options options = {
        .content = content ? content : "content",
        .out = out ? out : "public",
        .base_url = argument(command, arguments, "base-url"),
        .strict = argument(command, arguments, "strict") != NULL,
        .generator = "juesuan " JUESUAN_VERSION,
    };
    char *own = NULL;
    int status = ERR_USAGE;

    if (options.base_url && !form_base_url.accepts(options.base_url, strlen(options.base_url))) {
        fprintf(stderr, "juesuan build: --base-url must be %s, not '%s'\n", form_base_url.wanted,
                options.base_url);
        return ERR_USAGE;
    }
    if (parse_jobs(argument(command, arguments, "jobs"), &options.jobs))
        return ERR_USAGE;
    if (!theme)
        theme = own = default_theme();
    options.theme = theme;
    if (!theme) {
        fprintf(stderr, "juesuan build: the default theme was not found\n"
                        "  name a theme's folder with --theme DIR\n");
    } else if (!own && !is_theme(theme)) {
        fprintf(stderr, "juesuan build: %s is no theme: it has no folder templates/\n", theme);
        status = ERR_SYSTEM;
    } else {
        status = build(&options);
    }
    free(own);
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
        "When anything is wrong, all mistakes are shown with file, line and column, and the "
        "output\n"
        "folder stays as it was. A build that is interrupted is completed or forgotten by the "
        "next.\n"
        "Files in the output folder that juesuan did not make are never touched. The folder may be "
        "a\n"
        "symbolic link to another one.\n\n"
        "The same sources give the same bytes, whatever the machine, the clock or the number of\n"
        "threads. Files whose bytes do not change are not written.",
    .options =
        (const struct command_option[]){
            {"content", "DIR", "The folder with the sources (content)."},
            {"out", "DIR", "The folder for the site (public)."},
            {"theme", "DIR", "The theme; without it, the one that came with the program."},
            {"base-url", "URL", "Where the site will be, instead of what site.json says."},
            {"jobs", "N", "Work with N threads; without it, one for each processor."},
            {"strict", NULL, "Do not build when there are warnings either."},
            {0},
        },
    .examples =
        (const char *const[]){"juesuan build", "Build content/ into public/:",
                              "juesuan build --content sources --out /srv/www --strict",
                              "Build from and to other folders, and let warnings count:", NULL},
    .run = run,
};
