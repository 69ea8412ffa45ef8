#include "base/base.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "command.h"
#include "model/dictionary.h"
#include "text/known.h"

/* Of the themes that came with the program, the one of that name; NULL: there is none. */
static char *shared_theme(const char *shared, const char *name)
{
    struct strbuf path = STRBUF_INIT;

    if (shared && *name && *name != '.' && !strchr(name, '/'))
        strbuf_addf(&path, "%s/%s", shared, name);
    if (path.len && theme_is_at(path.buf))
        return strbuf_detach(&path, NULL);
    strbuf_release(&path);
    return NULL;
}

static void refuse_theme(const char *named, const char *shared, struct errs *errs)
{
    struct err *err = errs_add(errs, ERR_SYSTEM, "no-theme",
                               "%s is no theme: it has neither a folder templates/ nor a %s", named,
                               THEME_SETTINGS);
    struct known known = known_start(named, strlen(named));
    struct arena arena = ARENA_INIT;

    known.open = true; /* folders are themes as well */
    err_hint(err, "name a theme's folder with --theme DIR, or leave --theme out");
    if (shared)
        theme_offer(shared, &arena, &known);
    known_hint(&known, err);
    arena_release(&arena);
}

int find_theme(const char *named, struct theme_place *theme, struct errs *errs)
{
    char *shared = program_data("themes", "themes", "default/templates");

    theme->shared = shared;
    if (named && theme_is_at(named))
        theme->folder = mem_strdup(named);
    else
        theme->folder = shared_theme(shared, named ? named : "default");
    if (!theme->folder && !named)
        err_hint(errs_add(errs, ERR_USAGE, "missing-theme",
                          "the theme that comes with the program was not found"),
                 "name a theme's folder with --theme DIR");
    else if (!theme->folder)
        refuse_theme(named, shared, errs);
    return theme->folder ? 0 : -1;
}

void free_theme(struct theme_place *theme)
{
    free((char *)theme->folder);
    free((char *)theme->shared);
}

static void show_build(void *ctx, enum build_stage stage, size_t done, size_t all)
{
    if (stage == BUILD_DEPARTMENTS)
        progress_show(ctx, "%zu of %zu departments", done, all);
    else
        progress_show(ctx, "writing the site");
}

/* Whether a site can have that address. NULL is allowed. */
static int check_base_url(const struct command *command, const char *url)
{
    if (!url || form_base_url.accepts(url, strlen(url)))
        return 0;
    fprintf(stderr, "juesuan %s: --base-url must be %s, not '%s'\n", command->name,
            form_base_url.wanted, url);
    return -1;
}

char *find_cache(const struct command *command, const struct arguments *arguments)
{
    const char *home = getenv("XDG_CACHE_HOME");
    struct strbuf path = STRBUF_INIT;

    if (argument(command, arguments, "no-cache"))
        return NULL;
    if (home && *home == '/') /* others are to be ignored: XDG Base Directory Specification */
        strbuf_addf(&path, "%s/juesuan", home);
    else if ((home = getenv("HOME")) && *home == '/')
        strbuf_addf(&path, "%s/.cache/juesuan", home);
    else
        return NULL;
    return strbuf_detach(&path, NULL);
}

int take_build_options(const struct command *command, const struct arguments *arguments,
                       struct build_options *options, struct report_options *how)
{
    const char *content = argument(command, arguments, "content");
    size_t jobs;

    options->content = content ? content : "content";
    options->base_url = argument(command, arguments, "base-url");
    options->generator = "juesuan " JUESUAN_VERSION;
    if (argument_number(command, arguments, "jobs", 1, JOBS_MAX, 0, &jobs) ||
        report_options(command, arguments, how) || check_base_url(command, options->base_url))
        return -1;
    options->jobs = (unsigned)jobs;
    return 0;
}

void watch_build(struct build_options *options, struct progress *progress,
                 const struct report_options *how)
{
    progress_start(progress, !how->json);
    options->progress = show_build;
    options->progress_ctx = progress;
    options->stopped = stop_wanted;
    stop_catch();
}

int end_build(struct progress *progress, bool good, const struct errs *errs)
{
    progress_clear(progress);
    if (good)
        return 0;
    return errs_status(errs) ? errs_status(errs) : ERR_CONTENT;
}
