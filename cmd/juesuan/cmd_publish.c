#include "base/base.h"

#include "base/decimal.h"
#include "base/err.h"
#include "command.h"
#include "publish/release.h"
#include "text/json_write.h"

enum { SHORT = 10 }; /* digits of an id that are shown */

struct publishing {
    const struct release_options *options;
    const struct release_summary *summary;
    bool good;
};

/* --- for machines --- */

static void put_id(struct json_writer *w, const char *key, const struct object_id *id)
{
    char hex[OBJECT_HEX_SIZE];

    object_id_format(id, hex);
    put_json_text(w, key, object_id_is_set(id) ? hex : NULL);
}

static void put_result(struct json_writer *w, const void *ctx)
{
    const struct publishing *p = ctx;
    const struct release_summary *s = p->summary;

    put_json_text(w, "state",
                  !p->good && !s->is_done ? "failed"
                  : p->options->dry_run   ? "dry-run"
                  : s->is_unchanged       ? "unchanged"
                                          : "published");
    put_id(w, "source", &s->source);
    put_json_text(w, "source_branch", s->source_branch);
    put_json_number(w, "committed", s->committed);
    put_json_text(w, "branch", p->options->branch);
    put_id(w, "site", &s->site);
    put_json_text(w, "tag", s->tag);
    put_json_number(w, "files", s->built.files);
    put_json_number(w, "bytes", s->built.bytes);
    json_write_key(w, "pushed");
    json_write_array(w);
    for (size_t i = 0; p->good && s->pushed && s->pushed[i]; i++)
        json_write_string(w, s->pushed[i], strlen(s->pushed[i]));
    json_write_array_end(w);
}

/* --- for people --- */

static void tell_commit(const struct publishing *p)
{
    const struct release_summary *s = p->summary;
    char hex[OBJECT_HEX_SIZE];

    object_id_format(&s->source, hex);
    if (s->committed && p->options->dry_run)
        printf("Would commit %zu file%s of %s to the branch %s.\n", s->committed,
               s->committed == 1 ? "" : "s", p->options->build.content, s->source_branch);
    else if (s->committed)
        printf("Committed %zu file%s of %s to the branch %s: %.*s.\n", s->committed,
               s->committed == 1 ? "" : "s", p->options->build.content, s->source_branch, SHORT,
               hex);
    else if (p->options->message)
        printf("Nothing in %s was to be committed.\n", p->options->build.content);
}

static void tell_site(const struct publishing *p)
{
    const struct release_summary *s = p->summary;
    const char *branch = p->options->branch;
    char source[OBJECT_HEX_SIZE], site[OBJECT_HEX_SIZE];

    object_id_format(&s->source, source);
    object_id_format(&s->site, site);
    if (s->is_unchanged)
        printf("The branch %s has this site already, in %.*s: no commit.\n", branch, SHORT, site);
    else if (p->options->dry_run)
        printf("Would publish the site to the branch %s: %zu files, %llu bytes.\n", branch,
               s->built.files, (unsigned long long)s->built.bytes);
    else
        printf("Published the site of %.*s to the branch %s: %.*s, %zu files, %llu bytes.\n", SHORT,
               source, branch, SHORT, site, s->built.files, (unsigned long long)s->built.bytes);
    if (s->tag)
        printf("%s the tag %s.\n", p->options->dry_run ? "Would make" : "Made", s->tag);
}

/* "main" of refs/heads/main. */
static const char *short_name(const char *ref)
{
    const char *slash = strchr(ref, '/');

    slash = slash ? strchr(slash + 1, '/') : NULL;
    return slash ? slash + 1 : ref;
}

static void tell_pushed(const struct publishing *p)
{
    const char **pushed = p->summary->pushed;

    if (!pushed)
        return;
    if (!pushed[0]) {
        printf("%s has all of it already.\n", p->summary->remote);
        return;
    }
    printf("%s to %s:", p->options->dry_run ? "Would push" : "Pushed", p->summary->remote);
    for (size_t i = 0; pushed[i]; i++)
        printf("%s %s", i ? "," : "", short_name(pushed[i]));
    puts(".");
}

static void tell(struct errs *errs, const struct report_options *how, const struct publishing *p)
{
    report(errs, how);
    if (!p->good && !p->summary->is_done) {
        fprintf(stderr, "juesuan: nothing was published\n");
        return;
    }
    tell_commit(p);
    tell_site(p);
    if (p->good)
        tell_pushed(p);
    if (p->options->dry_run)
        puts("This was a dry run: nothing was changed.");
}

/* --- the command line --- */

/* Tests and reproducible builds say what time it is. */
static int find_time(int64_t *time)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    struct decimal d;

    *time = -1;
    if (!epoch || !*epoch)
        return 0;
    if (decimal_parse(epoch, strlen(epoch), &d) != DECIMAL_OK || d.scale || d.units < 0 ||
        d.units > INT64_C(253402300799)) { /* the end of the year 9999 */
        fprintf(stderr, "juesuan publish: SOURCE_DATE_EPOCH must be seconds since 1970, not '%s'\n",
                epoch);
        return -1;
    }
    *time = d.units;
    return 0;
}

static int publish(const struct command *command, const struct release_options *asked,
                   const struct report_options *how, struct errs *errs)
{
    struct release_options options = *asked;
    struct release_summary summary = {0};
    struct publishing p = {.options = &options, .summary = &summary};
    struct progress progress;
    int status;

    watch_build(&options.build, &progress, how);
    p.good = !errs_count(errs) && !release_publish(&options, &summary, errs);
    status = end_build(&progress, p.good, errs);
    if (how->json)
        report_as_json(command, errs, how, status, "result", put_result, &p);
    else
        tell(errs, how, &p);
    release_summary_release(&summary);
    return status;
}

static int check_message(const struct release_options *options)
{
    if (options->message && options->revision) {
        fprintf(stderr, "juesuan publish: -m commits the folder as it is, and --rev publishes what "
                        "was committed\n");
        return -1;
    }
    if (options->message && !options->message[strspn(options->message, " \t\r\n")]) {
        fprintf(stderr, "juesuan publish: the message of -m is empty\n");
        return -1;
    }
    return 0;
}

static int run(const struct command *command, const struct arguments *arguments)
{
    const char *branch = argument(command, arguments, "branch");
    struct release_options options = {
        .revision = argument(command, arguments, "rev"),
        .message = argument(command, arguments, "m"),
        .branch = branch ? branch : RELEASE_BRANCH,
        .remote = argument(command, arguments, "push"),
        .sign = argument(command, arguments, "sign") != NULL,
        .dry_run = argument(command, arguments, "dry-run") != NULL,
    };
    struct errs errs = ERRS_INIT;
    struct report_options how;
    char *cache;
    int status;

    if (take_build_options(command, arguments, &options.build, &how) || check_message(&options) ||
        find_time(&options.time))
        return ERR_USAGE;
    options.build.cache = cache = find_cache(command, arguments);
    find_theme(argument(command, arguments, "theme"), &options.build.theme, &errs);
    status = publish(command, &options, &how, &errs);
    errs_release(&errs);
    free_theme(&options.build.theme);
    free(cache);
    if (status)
        stop_now();
    return status;
}

extern const struct command command_publish;
const struct command command_publish = {
    .name = "publish",
    .operands = "",
    .summary = "Publish the site: as a commit on a branch of its own.",
    .description =
        "Builds the site of the last commit, as build --rev does, and commits it to a branch that "
        "has\n"
        "nothing but sites, with its manifest. The message of such a commit ends in \"Source:\" "
        "and the\n"
        "commit that it was built of, which gets a tag: published/2024-09-05, and on the same day\n"
        "published/2024-09-05.2 and so on. A site that is the same as the last one is not "
        "committed again.\n\n"
        "It is refused while the checks find errors that are not acknowledged, and while the "
        "content\n"
        "folder has changes that are not committed. With -m they are committed, to the branch that "
        "is\n"
        "checked out: the content folder's only, without what .gitignore names; what is changed or "
        "staged\n"
        "elsewhere stays so. Author and date come from git's settings user.name and user.email, "
        "and the\n"
        "clock, or SOURCE_DATE_EPOCH.\n\n"
        "Nothing moves before all is ready, and nothing that somebody else moved meanwhile is\n"
        "overwritten. The branch of the content moves first (with -m), then the branch of the "
        "site, then\n"
        "the tag is made; if one fails, those before it stay, and publishing again goes on from "
        "there.\n"
        "Branches are never forced.\n\n"
        "--push sends the branch of the site, the tags of all releases and the branch of the "
        "content to\n"
        "another repository: a remote's name, the path of a bare repository, or an address (ssh, "
        "https).\n"
        "When it has commits that are not here, nothing is published at all. With ssh, keys come "
        "from the\n"
        "agent or from ~/.ssh.\n\n"
        "--sign signs the commits and the tag with an SSH key, by ssh-keygen, as git is set to: "
        "gpg.format\n"
        "(ssh) and user.signingKey.\n\n"
        "In a bare repository, or with a detached head, what was committed can be published; -m "
        "needs a\n"
        "branch that is checked out. The clone of a repository has the branch of the site as\n"
        "origin/site; 'git branch site origin/site' makes it one to go on with.",
    .options =
        (const struct command_option[]){
            {"content", "DIR", "The folder with the sources (content)."},
            {"m", "MESSAGE", "Commit what is changed in the content folder first."},
            {"rev", "REV", "Publish this commit, tag or branch, whatever is in the folder."},
            {"branch", "NAME", "The branch of the site (site)."},
            {"push", "REMOTE", "Send it to another repository, too."},
            {"sign", NULL, "Sign commits and tag."},
            {"dry-run", NULL, "Do all but change something, and say what would be done."},
            THEME_OPTION(""),
            {"base-url", "URL", "Where the site will be, instead of what site.json says."},
            {"no-cache", NULL,
             "Work out again what old revisions did; do not keep it in ~/.cache/juesuan."},
            {"jobs", "N", "Work with N threads; without it, one for each processor."},
            REPORT_OPTIONS,
            {0},
        },
    .examples =
        (const char *const[]){
            "juesuan publish --dry-run",
            "See what would be published:", "juesuan publish -m '公开 2024 年决算' --push origin",
            "Commit, publish and push:", "juesuan publish --rev HEAD~1 --branch old-site",
            "Publish an older state on another branch:", NULL},
    .run = run,
};
