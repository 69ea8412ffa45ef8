#include "base/base.h"

#include "publish/verify.h"

#include <git2.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "publish/commit_site.h"
#include "publish/release.h"
#include "publish/scratch.h"
#include "publish/sign.h"
#include "source/source.h"

enum { SHORT = 10 }; /* digits of an id that are shown */

struct verify {
    const struct verify_options *options;
    struct verify_summary *summary;
    struct errs *errs;
    struct arena *arena;
    struct repository *checkout; /* the copy is a checkout of a site's branch in it; or NULL */
    struct repository *sources;  /* of the content; or NULL */
    bool has_branch;             /* all commits of a site's branch there were looked at */
    struct site_commit site;     /* not set: not found */
};

static struct object_id id_of(const git_oid *oid)
{
    struct object_id id;

    memcpy(id.bytes, oid->id, sizeof(id.bytes));
    return id;
}

static const char *short_id(struct verify *v, const struct object_id *id)
{
    char hex[OBJECT_HEX_SIZE];

    object_id_format(id, hex);
    return arena_format(v->arena, "%.*s", SHORT, hex);
}

/* --- the commit of the site --- */

/* A repository that need not be there. */
static struct repository *open_if_any(const char *folder)
{
    struct errs ignored = ERRS_INIT;
    struct repository *repository = repository_open(folder, &ignored);

    errs_release(&ignored);
    return repository;
}

/* Whether the copy is the working tree of a site's branch. */
static bool open_checkout(struct verify *v)
{
    struct repository *repository = open_if_any(v->options->folder);
    struct errs ignored = ERRS_INIT;
    git_oid oid;
    struct object_id id;

    if (repository && !*repository_content(repository) &&
        !git_repository_is_bare(repository_git(repository)) &&
        !git_reference_name_to_id(&oid, repository_git(repository), "HEAD")) {
        id = id_of(&oid);
        if (!site_commit_read(repository, &id, v->arena, &v->site, &ignored) &&
            object_id_is_set(&v->site.source))
            v->checkout = repository;
    }
    errs_release(&ignored);
    if (v->checkout)
        return true;
    v->site = (struct site_commit){0};
    repository_close(repository);
    return false;
}

/* The newest commit of a branch that has this manifest. */
static void look_in_branch(struct verify *v, const git_oid *head, const struct object_id *manifest)
{
    struct errs ignored = ERRS_INIT;
    struct object_id id = id_of(head);
    struct site_commit site;

    while (!object_id_is_set(&v->site.id) && object_id_is_set(&id) &&
           !site_commit_read(v->sources, &id, v->arena, &site, &ignored)) {
        if (object_id_is_set(&site.source) && object_id_same(&site.manifest, manifest))
            v->site = site;
        id = site.parent;
    }
    v->has_branch = !errs_count(&ignored); /* a shallow clone has only some */
    errs_release(&ignored);
}

static bool is_branch(const char *ref, const char *branch)
{
    static const char remotes[] = "refs/remotes/", heads[] = "refs/heads/";
    const char *slash;

    if (!strncmp(ref, heads, strlen(heads)))
        return !strcmp(ref + strlen(heads), branch);
    if (strncmp(ref, remotes, strlen(remotes)) != 0)
        return false;
    slash = strchr(ref + strlen(remotes), '/');
    return slash && !strcmp(slash + 1, branch);
}

static int look_in_sources(struct verify *v)
{
    git_repository *git = repository_git(v->sources);
    struct object_id manifest;
    git_strarray names;
    git_oid oid;

    if (site_manifest_id(v->options->folder, &manifest, v->errs))
        return -1;
    if (git_reference_list(&names, git))
        return 0;
    for (size_t i = 0; i < names.count && !object_id_is_set(&v->site.id); i++)
        if (is_branch(names.strings[i], v->options->branch) &&
            !git_reference_name_to_id(&oid, git, names.strings[i]))
            look_in_branch(v, &oid, &manifest);
    git_strarray_dispose(&names);
    return 0;
}

/* A checkout's manifest is that of its commit, or both it and the files may have been altered. */
static int check_checkout(struct verify *v)
{
    struct object_id manifest;
    struct err *err;

    if (site_manifest_id(v->options->folder, &manifest, v->errs))
        return -1;
    if (object_id_same(&manifest, &v->site.manifest))
        return 0;
    err = errs_add(v->errs, ERR_CONTENT, "altered-manifest",
                   "this is not the manifest of the commit that is checked out");
    err_at(err, arena_format(v->arena, "%s/manifest.json", v->options->folder), 0, 0);
    return -1;
}

static int find_site(struct verify *v)
{
    int result = 0;

    if (open_checkout(v))
        result = check_checkout(v);
    else if (v->sources)
        result = look_in_sources(v);
    v->summary->site = v->site.id;
    return result;
}

/* --- the source --- */

static int cannot_compare(struct verify *v, const char *why)
{
    v->summary->why_not = why;
    if (!v->options->wants_source)
        return 0;
    errs_add(v->errs, ERR_SYSTEM, "not-compared",
             "the site cannot be compared with its sources: %s", why);
    return -1;
}

static int add_not_published(struct verify *v)
{
    struct err *err = errs_add(v->errs, ERR_CONTENT, "not-published",
                               "no commit of the branch %s has this manifest: it was not published",
                               v->options->branch);

    err_at(err, arena_format(v->arena, "%s/manifest.json", v->options->folder), 0, 0);
    err_hint(err,
             "--rev names the source that it should be compared with, --branch another branch");
    return -1;
}

/* 1, or 0 when it is not known or not here. */
static int find_source(struct verify *v)
{
    const char *revision = v->options->revision;
    git_oid oid;

    if (!v->sources)
        return cannot_compare(
            v, arena_format(v->arena, "%s is in no git repository", v->options->build.content));
    if (revision)
        return repository_find(v->sources, revision, &v->summary->source, v->errs) ? -1 : 1;
    if (!object_id_is_set(&v->site.id) && v->has_branch)
        return add_not_published(v);
    if (!object_id_is_set(&v->site.id))
        return cannot_compare(v, arena_format(v->arena,
                                              "no commit of a branch %s has this manifest; --rev "
                                              "names its source",
                                              v->options->branch));
    v->summary->source = v->site.source;
    git_oid_fromraw(&oid, v->site.source.bytes);
    if (!git_odb_exists(repository_objects(v->sources), &oid))
        return cannot_compare(
            v, arena_format(v->arena, "its commit %s is not in the repository of %s",
                            short_id(v, &v->site.source), v->options->build.content));
    return 1;
}

static int build(struct verify *v, const char *out)
{
    struct build_options options = v->options->build;
    struct build_summary built;
    struct errs own = ERRS_INIT; /* errors about files must not stop it */
    const char *name =
        v->options->revision ? v->options->revision : short_id(v, &v->summary->source);
    int result;

    options.out = out;
    if (!options.base_url)
        options.base_url = v->site.base_url;
    options.source = repository_source(v->sources, &v->summary->source, name, v->errs);
    if (!options.source)
        return -1;
    options.repository = v->sources;
    options.commit = &v->summary->source;
    result = build_site(&options, &built, &own);
    errs_move(v->errs, &own);
    source_close(options.source);
    return result;
}

static int compare_source(struct verify *v)
{
    char *scratch = scratch_make(v->errs);
    const char *out;
    int result;

    if (!scratch)
        return -1;
    out = arena_format(v->arena, "%s/site", scratch);
    result = build(v, out);
    if (!result) {
        result = verify_same(v->options->folder, out, v->errs);
        v->summary->is_same = !result;
    }
    scratch_remove(scratch);
    return result;
}

/* --- signatures --- */

static int check_signature(struct verify *v, struct repository *repository,
                           const struct signed_text *text)
{
    struct verify_summary *s = v->summary;
    struct strbuf who = STRBUF_INIT;
    int status = signature_check(repository, text, &who, v->errs);

    s->signatures++;
    if (status > 0) {
        MEM_GROW(s->signers, s->signer_count, s->signer_cap);
        s->signers[s->signer_count++] =
            arena_format(v->arena, "%s is signed by %s", text->what, who.buf);
    }
    strbuf_release(&who);
    return status < 0 ? -1 : 0;
}

static int check_commit(struct verify *v)
{
    struct repository *repository = v->checkout ? v->checkout : v->sources;
    git_repository *git = repository_git(repository);
    git_buf signature = GIT_BUF_INIT, data = GIT_BUF_INIT;
    git_commit *commit = NULL;
    git_oid oid;
    int result = 0;

    git_oid_fromraw(&oid, v->site.id.bytes);
    if (!git_commit_extract_signature(&signature, &data, git, &oid, NULL) &&
        !git_commit_lookup(&commit, git, &oid)) {
        struct signed_text text = {
            arena_format(v->arena, "the commit %s", short_id(v, &v->site.id)),
            data.ptr,
            data.size,
            signature.ptr,
            signature.size,
            git_commit_time(commit)};

        result = check_signature(v, repository, &text);
    }
    git_commit_free(commit);
    git_buf_dispose(&signature);
    git_buf_dispose(&data);
    return result;
}

/* Where the signature begins that ends a tag; NULL: it has none. */
static const char *find_signature(const char *text)
{
    static const char begin[] = "\n-----BEGIN ";
    const char *found = NULL, *next = text;

    while ((next = strstr(next, begin)) != NULL && strstr(next, " SIGNATURE-----"))
        found = ++next;
    return found;
}

static int check_tag(struct verify *v, const git_tag *tag)
{
    git_odb_object *object = NULL;
    const git_signature *tagger = git_tag_tagger(tag);
    const char *data, *signature;
    struct strbuf text = STRBUF_INIT;
    int result = 0;

    if (git_odb_read(&object, repository_objects(v->sources), git_tag_id(tag)))
        return 0;
    strbuf_add(&text, git_odb_object_data(object), git_odb_object_size(object));
    data = text.buf;
    signature = find_signature(data);
    if (signature) {
        struct signed_text signed_text = {
            .what = arena_format(v->arena, "the tag %s", git_tag_name(tag)),
            .data = data,
            .len = (size_t)(signature - data),
            .signature = signature,
            .signature_len = text.len - (size_t)(signature - data),
            .time = tagger ? tagger->when.time : 0};

        result = check_signature(v, v->sources, &signed_text);
    }
    git_odb_object_free(object);
    strbuf_release(&text);
    return result;
}

/* The tag of a name, if it is one of a release of the source. */
static int check_if_ours(struct verify *v, const char *name)
{
    git_repository *git = repository_git(v->sources);
    git_tag *tag = NULL;
    git_oid oid;
    int result = 0;

    if (!git_reference_name_to_id(&oid, git, name) && !git_tag_lookup(&tag, git, &oid) &&
        !memcmp(git_tag_target_id(tag)->id, v->summary->source.bytes,
                sizeof(v->summary->source.bytes)))
        result = check_tag(v, tag);
    git_tag_free(tag);
    return result;
}

static int check_tags(struct verify *v)
{
    static const char prefix[] = "refs/tags/" RELEASE_PREFIX;
    git_strarray names;
    int result = 0;

    if (git_reference_list(&names, repository_git(v->sources)))
        return 0;
    for (size_t i = 0; i < names.count; i++)
        if (!strncmp(names.strings[i], prefix, strlen(prefix)))
            result |= check_if_ours(v, names.strings[i]);
    git_strarray_dispose(&names);
    return result;
}

static int check_signatures(struct verify *v)
{
    int result = 0;

    if (object_id_is_set(&v->site.id))
        result |= check_commit(v);
    if (v->sources && object_id_is_set(&v->summary->source))
        result |= check_tags(v);
    return result;
}

/* --- all of it --- */

static int run(struct verify *v)
{
    int result = verify_files(v->options->folder, &v->summary->files, v->errs), found;

    if (!v->summary->files.has_manifest) /* there is nothing to compare */
        return -1;
    v->sources = v->options->wants_source ? repository_open(v->options->build.content, v->errs)
                                          : open_if_any(v->options->build.content);
    if (!v->sources && v->options->wants_source)
        return -1;
    result |= find_site(v);
    found = find_source(v);
    if (found > 0)
        result |= compare_source(v);
    result |= check_signatures(v);
    return result || found < 0 ? -1 : 0;
}

int verify_site(const struct verify_options *options, struct verify_summary *summary,
                struct errs *errs)
{
    struct verify v = {
        .options = options, .summary = summary, .errs = errs, .arena = &summary->arena};
    int result = run(&v);

    repository_close(v.checkout);
    repository_close(v.sources);
    MEM_GROW(summary->signers, summary->signer_count, summary->signer_cap);
    summary->signers[summary->signer_count] = NULL;
    return result;
}

void verify_summary_release(struct verify_summary *summary)
{
    free(summary->signers);
    arena_release(&summary->arena);
}
