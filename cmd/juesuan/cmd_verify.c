#include "base/base.h"

#include "base/err.h"
#include "base/mem.h"
#include "command.h"
#include "publish/release.h"
#include "publish/verify.h"
#include "text/json_write.h"

enum { SHORT = 10 }; /* digits of an id that are shown */

struct verifying {
    const struct verify_options *options;
    const struct verify_summary *summary;
    bool good;
};

/* --- for machines --- */

static void put_result(struct json_writer *w, const void *ctx)
{
    const struct verifying *v = ctx;
    const struct verify_summary *s = v->summary;
    char hex[OBJECT_HEX_SIZE];

    put_json_text(w, "state", v->good ? "verified" : "different");
    put_json_number(w, "files", s->files.files);
    put_json_number(w, "bytes", s->files.bytes);
    put_json_number(w, "missing", s->files.missing);
    put_json_number(w, "altered", s->files.altered);
    put_json_number(w, "unknown", s->files.unknown);
    object_id_format(&s->site, hex);
    put_json_text(w, "site", object_id_is_set(&s->site) ? hex : NULL);
    object_id_format(&s->source, hex);
    put_json_text(w, "source", object_id_is_set(&s->source) ? hex : NULL);
    put_json_text(w, "compared", s->is_same ? "same" : s->why_not ? "no" : "different");
    put_json_text(w, "why_not_compared", s->why_not);
    json_write_key(w, "signatures");
    json_write_array(w);
    for (size_t i = 0; i < s->signer_count; i++)
        json_write_string(w, s->signers[i], strlen(s->signers[i]));
    json_write_array_end(w);
}

/* --- for people --- */

static void tell_files(const struct verified_files *f)
{
    printf("%zu files, %llu bytes: ", f->files, (unsigned long long)f->bytes);
    if (f->missing + f->altered + f->unknown)
        printf("%zu missing, %zu altered, %zu that the manifest does not list.\n", f->missing,
               f->altered, f->unknown);
    else
        puts("all as the manifest says.");
}

static void tell_commits(const struct verifying *v)
{
    const struct verify_summary *s = v->summary;
    char site[OBJECT_HEX_SIZE], source[OBJECT_HEX_SIZE];

    object_id_format(&s->site, site);
    object_id_format(&s->source, source);
    if (object_id_is_set(&s->site) && object_id_is_set(&s->source) && !v->options->revision)
        printf("It is the commit %.*s, the site of %.*s.\n", SHORT, site, SHORT, source);
    if (s->is_same)
        printf("Built again, %.*s gives this manifest.\n", SHORT, source);
    else if (s->why_not)
        printf("It was not compared with its sources: %s.\n", s->why_not);
    for (size_t i = 0; i < s->signer_count; i++)
        printf("%c%s.\n", s->signers[i][0] - 'a' + 'A', s->signers[i] + 1);
    if (object_id_is_set(&s->site) && !s->signatures)
        puts("It is not signed.");
}

static void tell(struct errs *errs, const struct report_options *how, const struct verifying *v)
{
    report(errs, how);
    if (!v->summary->files.has_manifest)
        return;
    tell_files(&v->summary->files);
    tell_commits(v);
}

/* --- the command line --- */

static int verify(const struct command *command, const struct verify_options *asked,
                  const struct report_options *how, struct errs *errs)
{
    struct verify_options options = *asked;
    struct verify_summary summary = {0};
    struct verifying v = {.options = &options, .summary = &summary};
    struct progress progress;
    int status;

    watch_build(&options.build, &progress, how);
    v.good = !errs_count(errs) && !verify_site(&options, &summary, errs);
    status = end_build(&progress, v.good, errs);
    if (how->json)
        report_as_json(command, errs, how, status, "result", put_result, &v);
    else
        tell(errs, how, &v);
    verify_summary_release(&summary);
    return status;
}

/* Without slashes at its end. To be freed. */
static char *folder_of(const struct arguments *arguments)
{
    const char *folder = arguments->operand_count ? arguments->operands[0] : "public";
    size_t len = strlen(folder);

    while (len > 1 && folder[len - 1] == '/')
        len--;
    return mem_strndup(folder, len);
}

static int run(const struct command *command, const struct arguments *arguments)
{
    const char *branch = argument(command, arguments, "branch");
    struct verify_options options = {
        .revision = argument(command, arguments, "rev"),
        .branch = branch ? branch : RELEASE_BRANCH,
    };
    struct errs errs = ERRS_INIT;
    struct report_options how;
    char *folder;
    int status;

    if (take_build_options(command, arguments, &options.build, &how))
        return ERR_USAGE;
    options.wants_source = argument(command, arguments, "content") || options.revision;
    options.folder = folder = folder_of(arguments);
    find_theme(argument(command, arguments, "theme"), &options.build.theme, &errs);
    status = verify(command, &options, &how, &errs);
    errs_release(&errs);
    free_theme(&options.build.theme);
    free(folder);
    if (status)
        stop_now();
    return status;
}

extern const struct command command_verify;
const struct command command_verify = {
    .name = "verify",
    .operands = "[DIR]",
    .operands_max = 1,
    .summary = "Check that a copy of a site is what was published.",
    .description =
        "Looks at a copy of a site (public): a checkout of its branch, a download, what a web "
        "server has.\n\n"
        "Each file must be the one that manifest.json lists, by its bytes; files that are missing, "
        "altered\n"
        "or not listed are named. Then the commit that publish made of the site is looked for: "
        "HEAD, when\n"
        "the copy is a checkout of the site's branch; otherwise the commit of that branch that has "
        "this\n"
        "manifest, in the repository of the content. That names its source. The site is built of "
        "it again,\n"
        "and must be the same. --rev names another source, for a site that was not published.\n\n"
        "If that commit, or a tag of the release, is signed with an SSH key, ssh-keygen checks it "
        "against\n"
        "the keys that git accepts (gpg.ssh.allowedSignersFile); without that setting there is a\n"
        "warning.\n\n"
        "When there is no repository of the content, only files and signature are checked, and it "
        "says so;\n"
        "with --content or --rev that is an error. The exit status is 1 when something differs.",
    .options =
        (const struct command_option[]){
            {"content", "DIR", "The folder with the sources (content); it need not be there now."},
            {"rev", "REV", "The source: a commit, tag or branch."},
            {"branch", "NAME", "The branch of the site (site)."},
            THEME_OPTION(""),
            {"base-url", "URL", "Where the site is, instead of what its commit or site.json says."},
            {"jobs", "N", "Work with N threads; without it, one for each processor."},
            REPORT_OPTIONS,
            {0},
        },
    .examples = (const char *const[]){"juesuan verify",
                                      "Check public/:", "juesuan verify /srv/www --rev HEAD",
                                      "Check what a web server has against the last commit:", NULL},
    .run = run,
};
