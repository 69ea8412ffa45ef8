#include "base/base.h"

#include "history/revisions.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"

/* --- whose a file is --- */

static bool is_year(const char *s, size_t len)
{
    return len == 4 && s[0] != '0' && strspn(s, "0123456789") >= 4;
}

struct touched touched_by(const char *path, struct arena *arena)
{
    static const char folder[] = "departments/";
    struct touched touched = {NULL, 0, {{0}}};
    const char *id, *at, *end = NULL;

    if (strncmp(path, folder, strlen(folder)) != 0)
        return touched;
    id = at = path + strlen(folder);
    for (const char *slash; (slash = strchr(at, '/')); at = slash + 1) {
        if (end && is_year(at, (size_t)(slash - at))) {
            for (int i = 0; i < 4; i++)
                touched.year = touched.year * 10 + (at[i] - '0');
            break;
        }
        end = slash;
    }
    if (end)
        touched.department = arena_strndup(arena, id, (size_t)(end - id));
    return touched;
}

/* --- one revision --- */

struct gathering {
    struct arena *arena;
    struct touched *list;
    size_t count, cap;
    bool others;
};

static void gather(void *ctx, const char *path)
{
    struct gathering *g = ctx;
    struct touched touched = touched_by(path, g->arena);

    if (!touched.department) {
        g->others = true;
        return;
    }
    MEM_GROW(g->list, g->count, g->cap);
    g->list[g->count++] = touched;
}

static int compare(const void *a, const void *b)
{
    const struct touched *one = a, *other = b;
    int order = strcmp(one->department, other->department);

    return order ? order : (one->year > other->year) - (one->year < other->year);
}

/* The trees of the departments, which stand together. */
static int find_folders(struct repository *repository, struct revision *revision,
                        struct arena *arena, struct errs *errs)
{
    for (size_t i = 0; revision->has_content && i < revision->report_count; i++) {
        struct touched *touched = &revision->reports[i];
        struct object_id tree = revision->tree;
        int found;

        if (i && !strcmp(touched->department, touched[-1].department)) {
            touched->folder = touched[-1].folder;
            continue;
        }
        found = repository_folder(repository,
                                  arena_format(arena, "departments/%s", touched->department), &tree,
                                  revision->name, errs);
        if (found < 0)
            return -1;
        if (found)
            touched->folder = tree;
    }
    return 0;
}

const struct touched *revision_touched(const struct revision *revision, const char *department,
                                       int64_t year)
{
    const struct touched key = {.department = department, .year = year};
    size_t low = 0, high = revision->report_count;
    const struct touched *found;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&revision->reports[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    found = &revision->reports[low];
    return low < revision->report_count && !strcmp(found->department, department) &&
                   (!year || found->year == year)
               ? found
               : NULL;
}

static void set_reports(struct gathering *g, struct revision *revision)
{
    size_t kept = 0;

    if (g->count)
        qsort(g->list, g->count, sizeof(*g->list), compare);
    for (size_t i = 0; i < g->count; i++)
        if (!kept || compare(&g->list[kept - 1], &g->list[i]) != 0)
            g->list[kept++] = g->list[i];
    revision->reports = arena_alloc(g->arena, (kept + 1) * sizeof(*g->list));
    if (kept)
        memcpy(revision->reports, g->list, kept * sizeof(*g->list));
    revision->report_count = kept;
    revision->others = g->others;
    free(g->list);
}

/* What a revision changed. */
static int compare_trees(struct repository *repository, struct revision *revision,
                         struct arena *arena, struct errs *errs)
{
    struct gathering g = {.arena = arena};
    int result = repository_differences(
        repository, revision->had_content ? &revision->old_tree : NULL,
        revision->has_content ? &revision->tree : NULL, revision->name, gather, &g, errs);

    set_reports(&g, revision);
    return result ? result : find_folders(repository, revision, arena, errs);
}

static void set_name(struct revision *revision)
{
    char hex[OBJECT_HEX_SIZE];

    object_id_format(&revision->commit.id, hex);
    snprintf(revision->name, sizeof(revision->name), "%.10s", hex);
}

struct object_id revision_profiles(struct repository *repository, const struct object_id *tree)
{
    static const char *const names[] = {"site.json", "profiles", "classifications"};
    struct object_id ids[ARRAY_SIZE(names)], result = {{0}};

    memset(ids, 0, sizeof(ids));
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        repository_entry(repository, tree, names[i], &ids[i]);
    if (object_id_is_set(&ids[0]))
        object_id_hash(ids, sizeof(ids), &result);
    return result;
}

/* --- all of them --- */

/* A commit with the tree of its content. 1, or 0 where a shallow clone ends, or -1 after an error.
 */
static int load(struct repository *repository, const struct object_id *id, struct arena *arena,
                struct revision *out, struct errs *errs)
{
    int found;

    *out = (struct revision){0};
    found = repository_commit(repository, id, arena, &out->commit, errs);
    if (found <= 0)
        return found;
    set_name(out);
    found = repository_content_tree(repository, id, out->name, &out->tree, errs);
    out->has_content = found > 0;
    return found < 0 ? -1 : 1;
}

static bool differs(const struct revision *revision)
{
    return revision->has_content != revision->had_content ||
           (revision->has_content && !object_id_same(&revision->tree, &revision->old_tree));
}

int revisions_each(struct repository *repository, const struct object_id *from,
                   bool (*visit)(void *ctx, const struct revision *revision), void *ctx,
                   bool *is_cut, struct errs *errs)
{
    struct arena arena = ARENA_INIT, next_arena = ARENA_INIT;
    struct revision revision, next;
    int found = load(repository, from, &arena, &revision, errs);
    bool more = found > 0;

    *is_cut = false;
    while (more) {
        found = 1;
        next = (struct revision){0};
        if (object_id_is_set(&revision.commit.parent))
            found = load(repository, &revision.commit.parent, &next_arena, &next, errs);
        more = found > 0 && object_id_is_set(&revision.commit.parent);
        *is_cut = !found;
        revision.had_content = next.has_content;
        revision.old_tree = next.tree;
        if (found >= 0 && differs(&revision)) {
            if (compare_trees(repository, &revision, &arena, errs))
                found = -1;
            else if (!visit(ctx, &revision))
                more = false;
        }
        if (found < 0)
            break;
        arena_release(&arena);
        arena = next_arena;
        next_arena = (struct arena)ARENA_INIT;
        revision = next;
    }
    arena_release(&arena);
    arena_release(&next_arena);
    return found < 0 ? -1 : 0;
}

/* --- days --- */

/* Appends the date that is so many days after 1970-01-01 (Hinnant's civil_from_days). */
static void add_date(int64_t days, struct strbuf *out)
{
    int64_t era, year;
    unsigned of_era, year_of_era, of_year, shifted, month;

    days += 719468;
    era = (days >= 0 ? days : days - 146096) / 146097;
    of_era = (unsigned)(days - era * 146097);
    year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    shifted = (5 * of_year + 2) / 153;
    month = shifted < 10 ? shifted + 3 : shifted - 9;
    year = (int64_t)year_of_era + era * 400 + (month <= 2);
    strbuf_addf(out, "%04lld-%02u-%02u", (long long)year, month,
                of_year - (153 * shifted + 2) / 5 + 1);
}

/* Seconds by the author's clock, as days and the rest. */
static int64_t split(const struct commit *commit, int *rest)
{
    int64_t seconds = commit->time + (int64_t)commit->offset * 60;
    int64_t days = seconds / 86400 - (seconds % 86400 < 0);

    *rest = (int)(seconds - days * 86400);
    return days;
}

void commit_add_day(const struct commit *commit, struct strbuf *out)
{
    int rest;

    add_date(split(commit, &rest), out);
}

void commit_add_time(const struct commit *commit, struct strbuf *out)
{
    int offset = commit->offset < 0 ? -commit->offset : commit->offset, rest;

    add_date(split(commit, &rest), out);
    strbuf_addf(out, "T%02d:%02d:%02d%c%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60,
                commit->offset < 0 ? '-' : '+', offset / 60, offset % 60);
}

struct day_search {
    const char *day;
    struct object_id found;
    bool is_found;
    struct strbuf oldest;
};

static bool look_at(void *ctx, const struct revision *revision)
{
    struct day_search *s = ctx;

    strbuf_clear(&s->oldest);
    commit_add_day(&revision->commit, &s->oldest);
    s->is_found = strcmp(s->oldest.buf, s->day) <= 0;
    s->found = revision->commit.id;
    return !s->is_found;
}

static void add_none(const struct day_search *s, bool is_cut, struct errs *errs)
{
    struct err *err = errs_add(errs, ERR_USAGE, "unknown-revision",
                               "there is no revision of %s or before", s->day);

    if (is_cut)
        err_hint(err, "the repository is a shallow clone: 'git fetch --unshallow' gets what is "
                      "older");
    else if (s->oldest.len)
        err_hint(err, "the first is of %s", s->oldest.buf);
}

int revisions_find_day(struct repository *repository, const struct object_id *from, const char *day,
                       struct object_id *out, struct errs *errs)
{
    struct day_search s = {.day = day, .oldest = STRBUF_INIT};
    bool is_cut;
    int result = revisions_each(repository, from, look_at, &s, &is_cut, errs);

    if (!result && !s.is_found) {
        add_none(&s, is_cut, errs);
        result = -1;
    }
    *out = s.found;
    strbuf_release(&s.oldest);
    return result;
}

void revision_add_unreadable(const struct revision *revision, const struct errs *why,
                             struct errs *errs)
{
    struct err *err =
        errs_add(errs, ERR_CONTENT, "unreadable-revision", "the revision %s was passed over: %s",
                 revision->name, why->count ? why->items[0].message : "it cannot be read");

    err->severity = SEVERITY_WARNING;
    if (why->count)
        err_at(err, why->items[0].file, why->items[0].line, why->items[0].column);
}
