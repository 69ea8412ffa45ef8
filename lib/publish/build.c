#include "base/base.h"

#include "publish/build.h"

#include <stdatomic.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "check/check.h"
#include "check/rule.h"
#include "check/tell.h"
#include "dataset/data_files.h"
#include "dataset/report_files.h"
#include "dataset/sqlite_store.h"
#include "history/department_history.h"
#include "history/gone.h"
#include "history/log.h"
#include "publish/apart.h"
#include "publish/entries.h"
#include "publish/output.h"
#include "search/search_index.h"
#include "site/languages.h"
#include "site/theme.h"
#include "source/content.h"
#include "source/repository.h"
#include "text/collate.h"

#define DATABASE_PATH "data/juesuan.sqlite"

/* A department, or what is known of one that is no longer there. */
struct work_item {
    const char *id;
    bool is_gone;
};

struct build {
    const struct build_options *options;
    struct build_summary *summary;
    struct errs *errs;
    struct source *source;
    struct catalog catalog;
    struct site_languages *languages; /* NULL: the pages cannot be made */
    struct arena arena;
    struct content_departments departments;
    struct work_item *items; /* what is built, one by one */
    size_t item_count;
    struct check_plan *checks;
    struct repository *repository; /* opened for the history; NULL: the content is in none */
    struct timeline *timeline;     /* NULL: nothing is known of its history */
    bool has_profiles;             /* the last revision has the same as the content */
    struct content_pages texts;
    struct data_plan plan;
    struct output *output;
    struct data_files *files;
    struct data_store *store;
    struct search_index *search;
    struct manifest_entry *data; /* beside the list of data files */
    char *database;              /* the staged path */
    struct site_output pages;
    atomic_size_t page_count;
    size_t done;      /* departments */
    uint64_t figures; /* with an address */
    bool told_stopped;
};

static void tell_progress(const struct build *b, enum build_stage stage, size_t done)
{
    if (b->options->progress)
        b->options->progress(b->options->progress_ctx, stage, done, b->departments.count);
}

static bool is_stopped(const struct build *b)
{
    return b->options->stopped && b->options->stopped();
}

/* -1, and once an error, when the user wants no more. */
static int check_stopped(struct build *b)
{
    if (!is_stopped(b))
        return 0;
    if (!b->told_stopped)
        errs_add(b->errs, ERR_SYSTEM, "stopped", "the build was stopped");
    b->told_stopped = true;
    return -1;
}

/* --- where things are --- */

/* The same sources are to give the same bytes on every machine. */
static int check_order(struct errs *errs)
{
    if (collate_works())
        return 0;
    err_hint(
        errs_add(errs, ERR_SYSTEM, "no-gb18030",
                 "the C library of this system cannot order Chinese names: it has no tables of "
                 "GB 18030"),
        "install all of it; in Debian the tables are in the package libc6");
    return -1;
}

/* --- output --- */

static bool has_ending(const char *path, const char *ending)
{
    size_t len = strlen(path), end = strlen(ending);

    return len >= end && !strcmp(path + len - end, ending);
}

static int put_page(void *ctx, const char *path, const char *data, size_t len, struct errs *errs)
{
    struct build *b = ctx;

    if (has_ending(path, ".html"))
        atomic_fetch_add(&b->page_count, 1);
    return output_put(b->output, path, data, len, errs);
}

static char *stage_file(void *ctx, const char *path, struct errs *errs)
{
    struct build *b = ctx;

    return output_stage(b->output, path, errs);
}

/* --- departments --- */

/* What a worker hands over. */
struct done {
    struct content_department content;
    struct data_chunk *chunk;
    struct search_chunk *search;
    struct errs errs;
};

static int put_report_data(struct build *b, const struct report *report, struct done *done)
{
    struct strbuf path = STRBUF_INIT, data = STRBUF_INIT;
    int result;

    strbuf_addf(&path, "departments/%s/report.csv", report->path.s);
    report_csv(&b->plan, report, &data);
    result = output_put(b->output, path.buf, data.buf, data.len, &done->errs);
    strbuf_clear(&path);
    strbuf_clear(&data);
    strbuf_addf(&path, "departments/%s/report.json", report->path.s);
    report_json(report, &data);
    result |= output_put(b->output, path.buf, data.buf, data.len, &done->errs);
    strbuf_release(&path);
    strbuf_release(&data);
    return result;
}

/* What the checks found that must not be published is an error. */
static void check(struct build *b, struct done *done)
{
    const struct department *department = &done->content.department;

    check_department(b->checks, &done->content);
    for (size_t i = 0; i < department->reports.count; i++)
        for (size_t j = 0; j < department->reports.items[i].findings.count; j++) {
            const struct finding *finding = &department->reports.items[i].findings.items[j];

            if (finding->acknowledged.value)
                continue;
            if (text_is(&finding->rule, rules[RULE_PERSONAL_DATA].id) ||
                ((b->options->strict || b->options->checked) &&
                 finding_severity(finding) == SEVERITY_ERROR))
                tell_finding(&done->content, &department->reports.items[i], finding, &done->errs);
        }
}

/* An old revision that cannot be read is a warning that nobody can mend: it is no reason to stop.
 */
static void read_history(struct build *b, struct done *done)
{
    struct errs errs = ERRS_INIT;

    if (b->timeline)
        department_history_fill(b->timeline, &done->content, b->has_profiles, &errs);
    if (errs_count(&errs) || !b->options->strict)
        errs_move(&done->errs, &errs);
    errs_release(&errs);
}

/* What the revisions did to a department that is no longer there. */
static void work_gone(struct build *b, const char *id, struct done *done)
{
    done->content.department.id = text_of(id);
    read_history(b, done);
    if (b->languages)
        done->chunk = data_chunk_make(&b->plan, &done->content.department);
}

/* What is rendered in each language. */
struct rendering {
    struct build *build;
    const struct content_department *content;
    const struct manifest_entry *database;
    struct search_chunk *search;
};

/* Translations have the same texts: they are searched once. */
static struct search_chunk *search_of(const struct site_context *site, const struct rendering *r)
{
    return site_is_translation(site) ? NULL : r->search;
}

static int render_department(const struct site_context *site, void *ctx, struct errs *errs)
{
    const struct rendering *r = ctx;

    return site_render_department(site, r->content, &r->build->pages, search_of(site, r), errs);
}

static void *work(void *ctx, size_t item)
{
    struct build *b = ctx;
    struct done *done = mem_zalloc(1, sizeof(*done));
    const struct department *department = &done->content.department;
    const char *id = b->items[item].id;

    if (is_stopped(b))
        return done;
    if (b->items[item].is_gone) {
        work_gone(b, id, done);
        return done;
    }
    if (content_load_department(b->source, &b->catalog, id, &done->content, &done->errs) ||
        done->content.incomplete)
        return done;
    check(b, done);
    read_history(b, done);
    if (!b->languages)
        return done;
    done->search = search_chunk_new();
    site_languages_render(
        b->languages, render_department,
        &(struct rendering){.build = b, .content = &done->content, .search = done->search},
        &done->errs);
    for (size_t i = 0; i < department->reports.count; i++)
        put_report_data(b, &department->reports.items[i], done);
    done->chunk = data_chunk_make(&b->plan, department);
    return done;
}

static void count_findings(struct build_summary *summary, const struct report *report)
{
    for (size_t i = 0; i < report->findings.count; i++)
        finding_count(&summary->findings, &report->findings.items[i]);
}

static int add_search(struct build *b, const struct done *done)
{
    const struct department *department = &done->content.department;
    struct strbuf path = STRBUF_INIT;
    int result = 0;

    strbuf_addf(&path, "departments/%s/", department->id.s);
    if (done->search) /* not of what is gone */
        result = search_index_add(b->search, done->search, path.buf, department->name.s, b->errs);
    strbuf_release(&path);
    return result;
}

static void take(void *ctx, size_t item, void *result)
{
    struct build *b = ctx;
    struct done *done = result;
    const struct department *department = &done->content.department;
    bool good = !errs_count(&done->errs);

    errs_move(b->errs, &done->errs);
    check_stopped(b);
    if (good && !errs_count(b->errs)) {
        b->summary->departments += !b->items[item].is_gone;
        b->summary->reports += department->reports.count;
        for (size_t i = 0; i < department->reports.count; i++) {
            count_findings(b->summary, &department->reports.items[i]);
            b->figures += (uint64_t)department->reports.items[i].figures.value;
        }
        if (!data_files_add(b->files, done->chunk, b->errs) &&
            !data_store_add(b->store, department, b->errs))
            add_search(b, done);
    }
    search_chunk_free(done->search);
    data_chunk_free(done->chunk);
    content_release_department(&done->content);
    free(done);
    b->done += !b->items[item].is_gone;
    tell_progress(b, BUILD_DEPARTMENTS, b->done);
}

/* In the order of their ids, as all datasets are. */
static void order_items(struct build *b)
{
    struct content_departments gone = {NULL, 0};
    size_t i = 0, j = 0;

    if (b->timeline)
        departments_gone(b->timeline, &b->departments, &b->arena, &gone);
    b->items = arena_zalloc(&b->arena, b->departments.count + gone.count + 1, sizeof(*b->items));
    while (i < b->departments.count || j < gone.count) {
        bool is_gone = i == b->departments.count ||
                       (j < gone.count && strcmp(gone.ids[j], b->departments.ids[i]) < 0);

        b->items[b->item_count++] =
            (struct work_item){is_gone ? gone.ids[j++] : b->departments.ids[i++], is_gone};
    }
}

static unsigned count_jobs(const struct build *b)
{
    return b->options->jobs ? b->options->jobs : pool_processors();
}

static int build_departments(struct build *b)
{
    unsigned jobs = count_jobs(b);
    struct pool_task task = {.threads = jobs,
                             .window = (size_t)jobs + 1, /* one that waits to be taken */
                             .ctx = b,
                             .work = work,
                             .take = take};

    order_items(b);
    task.count = b->item_count;
    pool_run(&task);
    return errs_count(b->errs) ? -1 : 0;
}

/* --- what spans departments --- */

static int finish_data(struct build *b)
{
    size_t count;
    const struct data_file *list;

    tell_progress(b, BUILD_WRITING, b->departments.count);
    if (data_files_finish(b->files, b->errs) || data_store_finish(b->store, b->errs))
        return -1;
    list = data_files_list(b->files, &count);
    b->data = arena_zalloc(&b->arena, count, sizeof(*b->data));
    for (size_t i = 0; i < count; i++)
        if (output_adopt(b->output, list[i].path, &b->data[i], b->errs))
            return -1;
    b->summary->rows = data_store_rows(b->store);
    return 0;
}

static void describe_file(struct build *b, const struct manifest_entry *file, struct text title,
                          uint64_t rows, struct view_file *out)
{
    char *hex = arena_alloc(&b->arena, SHA256_HEX_SIZE);

    sha256_format(file->sha256, hex);
    memset(out, 0, sizeof(*out));
    out->path = text_of(file->path);
    out->name = text_of(file->path + strlen("data/"));
    out->title = title;
    out->rows = (struct integer){(int64_t)rows, true, {0, 0}};
    out->bytes = (struct integer){(int64_t)file->size, true, {0, 0}};
    out->sha256 = text_of(hex);
}

/* The year that a file is of ("data/2021/figures.csv"); absent: of all. */
static struct integer year_of(const char *path)
{
    struct integer year = {0};
    struct decimal d;
    const char *slash = strchr(path + strlen("data/"), '/');

    if (slash && decimal_parse(path + strlen("data/"), (size_t)(slash - path) - strlen("data/"),
                               &d) == DECIMAL_OK)
        year = (struct integer){d.units, true, {0, 0}};
    return year;
}

/* The files of one year, or of all. They are sorted by path, hence by year. */
static void list_files(struct build *b, const struct site_context *site,
                       const struct manifest_entry *database, const struct data_file *list,
                       size_t count, struct view_files *group)
{
    group->files.items = arena_alloc(&b->arena, (count + 1) * sizeof(*group->files.items));
    if (!group->year.present)
        describe_file(b, database, text_of(theme_word(site->theme, WORD_database)),
                      b->summary->rows, &group->files.items[group->files.count++]);
    for (size_t i = 0; i < count; i++) {
        struct integer year = year_of(list[i].path);

        if (year.present == group->year.present && year.value == group->year.value)
            describe_file(b, &b->data[i], site_data_title(site, list[i].title, list[i].title_en),
                          list[i].rows, &group->files.items[group->files.count++]);
    }
}

/* All years first, then the newest. */
static int render_data(const struct site_context *site, void *ctx, struct errs *errs)
{
    const struct rendering *r = ctx;
    struct build *b = r->build;
    size_t count, groups = 1;
    const struct data_file *list = data_files_list(b->files, &count);
    struct view_files *views = arena_zalloc(&b->arena, count + 1, sizeof(*views));

    for (size_t i = count; i-- > 0;) {
        struct integer year = year_of(list[i].path);

        if (year.present && views[groups - 1].year.value != year.value)
            views[groups++].year = year;
    }
    for (size_t i = 0; i < groups; i++)
        list_files(b, site, r->database, list, count, &views[i]);
    return site_render_data(site, views, groups, &b->pages, errs) |
           site_render_dictionary(site, &b->plan, &b->pages, errs);
}

static int render_overview(const struct site_context *site, void *ctx, struct errs *errs)
{
    const struct rendering *r = ctx;
    struct build *b = r->build;

    return site_render_overview(site, b->database, b->figures, &b->pages, errs);
}

static int render_rest(const struct site_context *site, void *ctx, struct errs *errs)
{
    const struct rendering *r = ctx;
    struct build *b = r->build;

    return render_data(site, ctx, errs) |
           site_render_texts(site, site->texts, &b->pages, search_of(site, r), errs);
}

/* `last` is of no department: with it, all that can be searched is there. */
static int put_search(struct build *b, const struct search_chunk *last)
{
    struct search_output output = {b, put_page};

    if (search_index_add(b->search, last, NULL, NULL, b->errs))
        return -1;
    return search_index_finish(b->search, count_jobs(b), &output, b->errs);
}

static int put_asset(struct build *b, const struct theme_asset *asset)
{
    struct arena arena = ARENA_INIT;
    struct source_text data;
    int result = source_read(asset->source, asset->file, &arena, &data, b->errs);

    if (!result)
        result = output_put(b->output, arena_format(&arena, "assets/%s", asset->path), data.text,
                            data.len, b->errs);
    arena_release(&arena);
    return result;
}

static int put_assets(struct build *b)
{
    size_t count;
    const struct theme_asset *assets =
        theme_assets(site_languages_own(b->languages)->theme, &count);
    int result = 0;

    for (size_t i = 0; !result && i < count; i++)
        result = put_asset(b, &assets[i]);
    return result;
}

static int next_file(void *ctx, const char **path, struct errs *errs)
{
    struct manifest_entry entry;
    int status = entries_next(ctx, &entry, errs);

    *path = entry.path;
    return status;
}

static int put_sitemap(struct build *b)
{
    struct entries_reader *reader = output_read(b->output, b->errs);
    struct site_files files = {reader, next_file};
    int result =
        reader ? site_render_sitemap(site_languages_own(b->languages), &files, &b->pages, b->errs)
               : -1;

    entries_reader_free(reader);
    return result;
}

/* --- all of it --- */

static void follow_history(struct build *b, struct repository *repository,
                           const struct object_id *from)
{
    b->timeline = timeline_make(repository, from, b->errs);
    if (b->timeline)
        log_use_cache(b->timeline, b->options->cache, b->options->generator);
    else
        err_note(&b->errs->items[b->errs->count - 1], NULL, 0, 0,
                 "with --no-history the site is built without its revisions");
}

/* The revisions of the content, if it is in a repository that has any. `revision` NULL: what is
 * checked out. */
static void open_history(struct build *b)
{
    struct repository *repository = b->options->repository;
    struct errs none = ERRS_INIT;
    struct object_id from;
    bool is_there = b->options->source != NULL;

    if (b->options->no_history)
        return;
    if (is_there) /* HEAD may be another commit */
        from = *b->options->commit;
    else
        repository = b->repository = repository_open(b->options->content, &none);
    if (b->repository)
        is_there = !repository_find(
            repository, b->options->revision ? b->options->revision : "HEAD", &from, &none);
    errs_release(&none); /* no repository, or nothing in it yet */
    if (is_there)
        follow_history(b, repository, &from);
}

/* Reads what is needed before the first department. All of it is tried, so that all errors show;
 * -1 when not even the departments can be read. */
static int open_inputs(struct build *b)
{
    const struct build_options *options = b->options;

    if (apart_check(options->out, options->content, "content folder", b->errs) ||
        check_order(b->errs))
        return -1;
    if (options->source)
        b->source = options->source;
    else if (options->revision)
        b->source = source_open_revision(options->content, options->revision, b->errs);
    else
        b->source = source_open_folder(options->content, b->errs);
    if (!b->source)
        return -1;
    open_history(b);
    b->has_profiles = b->timeline && timeline_has_profiles(b->timeline, b->source);
    content_load_catalog(b->source, &b->catalog, b->errs);
    if (options->base_url)
        b->catalog.site.base_url = text_of(options->base_url);
    b->checks = check_plan_new(&b->catalog);
    content_list_departments(b->source, &b->arena, &b->departments, b->errs);
    content_load_pages(b->source, &b->texts, b->errs);
    b->languages = site_languages_load(&options->theme, &b->catalog, b->source, &b->texts, b->errs);
    if (!b->languages)
        return 0;
    return apart_check_theme(options->out, site_languages_own(b->languages)->theme, b->errs);
}

static int open_outputs(struct build *b)
{
    b->output = output_open(b->options->out, b->options->generator, b->errs);
    if (!b->output)
        return -1;
    b->database = output_stage(b->output, DATABASE_PATH, b->errs);
    if (!b->database)
        return -1;
    data_plan_init(&b->plan, &b->catalog, &b->arena);
    b->files = data_files_new(&b->plan, stage_file, b);
    b->store = data_store_create(b->database, &b->plan, b->errs);
    b->pages = (struct site_output){b, put_page};
    b->search = b->store ? site_search_new(stage_file, b, b->errs) : NULL;
    return b->search ? 0 : -1;
}

static int put_all(struct build *b)
{
    struct manifest_entry database;
    struct rendering all = {.build = b, .database = &database, .search = search_chunk_new()};
    int result = -1;

    if (!site_languages_render(b->languages, render_overview, &all, b->errs) &&
        !output_adopt(b->output, DATABASE_PATH, &database, b->errs) &&
        !site_languages_render(b->languages, render_rest, &all, b->errs) &&
        !put_search(b, all.search) && !put_assets(b) && !put_sitemap(b))
        result = check_stopped(b);
    search_chunk_free(all.search);
    return result;
}

static int run(struct build *b)
{
    /* without its languages, the departments are read all the same, for the errors in them */
    if (open_inputs(b) || (b->languages && open_outputs(b)) || build_departments(b) ||
        finish_data(b) || check_stopped(b) || put_all(b))
        return -1;
    return b->options->strict && b->errs->count ? -1 : 0;
}

static void release(struct build *b)
{
    data_store_free(b->store);
    search_index_free(b->search);
    data_files_free(b->files);
    free(b->database);
    site_languages_free(b->languages);
    content_release_pages(&b->texts);
    check_plan_free(b->checks);
    timeline_free(b->timeline);
    repository_close(b->repository);
    catalog_release(&b->catalog);
    if (b->source != b->options->source)
        source_close(b->source);
    arena_release(&b->arena);
}

int build_site(const struct build_options *options, struct build_summary *summary,
               struct errs *errs)
{
    struct build b = {.options = options, .summary = summary, .errs = errs};
    struct output_summary written = {0};
    int result;

    memset(summary, 0, sizeof(*summary));
    result = run(&b);
    summary->pages = b.page_count;
    if (result) {
        output_abandon(b.output);
    } else {
        tell_progress(&b, BUILD_WRITING, b.departments.count);
        result = output_commit(b.output, &written, errs);
    }
    summary->unfinished = result && output_is_unfinished(options->out);
    summary->files = written.files;
    summary->written = written.written;
    summary->removed = written.removed;
    summary->bytes = written.bytes;
    release(&b);
    return result;
}
