#include "base/base.h"

#include "history/changes.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "check/difference.h"
#include "history/continuations.h"
#include "history/published.h"
#include "history/revisions.h"
#include "model/lookup.h"
#include "text/known.h"

/* --- one change --- */

static bool of_figures(const struct change *change,
                       bool (*what)(const struct quantity *old, const struct quantity *new,
                                    struct strbuf *out),
                       struct strbuf *out)
{
    return change->old && change->new && change->old->is_figure &&
           change->new->is_figure &&what(&change->old->value, &change->new->value, out);
}

bool change_difference(const struct change *change, struct strbuf *out)
{
    return of_figures(change, difference_value, out);
}

bool change_difference_written(const struct change *change, struct strbuf *out)
{
    return of_figures(change, difference_written, out);
}

bool change_difference_shown(const struct change *change, struct strbuf *out)
{
    return of_figures(change, difference_shown, out);
}

bool change_percent(const struct change *change, struct strbuf *out)
{
    return of_figures(change, difference_percent, out);
}

bool change_percent_shown(const struct change *change, struct strbuf *out)
{
    return of_figures(change, difference_percent_shown, out);
}

/* --- two lists --- */

void changes_merge(const struct items *old, const struct items *new, bool all,
                   struct change_counts *figures, struct change_counts *texts,
                   void (*visit)(void *ctx, const struct item *old, const struct item *new),
                   void *ctx)
{
    for (size_t i = 0, j = 0; i < old->count || j < new->count;) {
        int order = i == old->count   ? 1
                    : j == new->count ? -1
                                      : strcmp(old->list[i].key, new->list[j].key);
        const struct item *a = order <= 0 ? &old->list[i++] : NULL;
        const struct item *b = order >= 0 ? &new->list[j++] : NULL;
        bool is_figure = (a && a->is_figure) || (b && b->is_figure);
        struct change_counts *counts = is_figure ? figures : texts;

        if (a && b && items_same(a, b)) {
            counts->unchanged++;
            if (all)
                visit(ctx, a, b);
            continue;
        }
        counts->added += !a;
        counts->removed += !b;
        counts->altered += a && b;
        visit(ctx, a, b);
    }
}

/* --- one department --- */

struct pair {
    const struct item *old, *new;
    enum change_whole whole;
};

enum { OLD, NEW, SIDES };

struct done {
    struct content_department content[SIDES];
    struct alike alike; /* counted, and not among the items */
    struct items items[SIDES];
    struct pair *pairs;
    size_t count, cap;
    struct change_counts figures, texts;
    struct continuations continuations; /* of two years */
    struct arena arena;
    const struct revision *revisions[SIDES]; /* as published */
    bool is_there, is_unread, is_one_sided;
    bool is_cut; /* it may have been published before, which the shallow clone does not know */
    struct errs errs;
};

struct comparing {
    const struct changes_asked *asked;
    struct changes_summary *summary;
    void (*visit)(void *ctx, const struct change *change);
    void *ctx;
    struct errs *errs;
    const struct changes_side *sides[SIDES];
    struct catalog catalogs[SIDES];
    bool is_one_catalog; /* the two sides have the same: it is the old one */
    bool is_cut_told;
    struct arena arena;
    const char **ids; /* of all departments that are read, sorted */
    size_t count, cap;
};

static void keep_pair(void *ctx, const struct item *old, const struct item *new)
{
    struct done *done = ctx;

    MEM_GROW(done->pairs, done->count, done->cap);
    done->pairs[done->count++] = (struct pair){.old = old, .new = new};
}

/* What only is worth a warning is told when the state is checked or built. */
static void move_errors(struct errs *to, struct errs *from)
{
    if (errs_count(from))
        errs_move(to, from);
    errs_release(from);
}

/* The new side with the help of the old one. False when that cannot be. */
static bool load_like_old(struct comparing *c, size_t side, const char *id, struct done *done)
{
    struct content_department *content = &done->content[side];
    struct errs errs = ERRS_INIT;
    bool good;

    if (side == OLD || !c->is_one_catalog || done->is_unread || !done->content[OLD].department.id.s)
        return false;
    good = !content_load_department_like(c->sides[side]->source, &c->catalogs[OLD], id,
                                         &done->content[OLD], content, &errs) &&
           !content->incomplete && !errs.count;
    errs_release(&errs);
    if (!good)
        content_release_department(content);
    return good;
}

/* What one side has of a department; nothing when it is not there. */
static void load_side(struct comparing *c, size_t side, const char *id, struct done *done)
{
    struct content_department *content = &done->content[side];
    struct errs errs = ERRS_INIT;

    if (!content_has_department(c->sides[side]->source, id) ||
        (done->is_unread && c->sides[OLD]->source == c->sides[NEW]->source)) /* the same errors */
        return;
    done->is_there = true;
    if (load_like_old(c, side, id, done))
        return;
    if (content_load_department(c->sides[side]->source,
                                &c->catalogs[c->is_one_catalog ? OLD : side], id, content, &errs) ||
        content->incomplete)
        done->is_unread = true;
    move_errors(&done->errs, &errs);
}

static const struct item *item_of(const struct pair *pair)
{
    return pair->new ? pair->new : pair->old;
}

static enum change_whole whole_of(const struct pair *pair)
{
    const struct item *item = item_of(pair);

    if (!item || (pair->old && pair->new) || !item->year || !item_is_marker(item))
        return WHOLE_NONE;
    return item->scope ? WHOLE_SCOPE : WHOLE_REPORT;
}

/* Marks what is beside a pair, as far as it belongs to the same. */
static void mark(struct done *done, size_t from, enum change_whole whole)
{
    const struct item *item = item_of(&done->pairs[from]);
    const char *address = item->address;
    size_t len = (size_t)(item->key - address) + strlen("2024/"), first = from;

    if (whole == WHOLE_SCOPE)
        len += strlen(item->scope) + 1;

    while (first > 0 && !strncmp(item_of(&done->pairs[first - 1])->address, address, len))
        first--;
    for (size_t i = first;
         i < done->count && !strncmp(item_of(&done->pairs[i])->address, address, len); i++)
        if (done->pairs[i].whole < whole)
            done->pairs[i].whole = whole;
}

static void mark_all(struct done *done)
{
    for (size_t i = 0; i < done->count; i++) {
        enum change_whole whole = whole_of(&done->pairs[i]);

        if (whole != WHOLE_NONE)
            mark(done, i, whole);
    }
}

/* Whether there is only one of two years that are compared. */
static void check_years(const struct comparing *c, struct done *done)
{
    bool has[SIDES];

    if (!c->sides[OLD]->year || done->is_unread)
        return;
    for (size_t side = 0; side < SIDES; side++)
        has[side] =
            department_report(&done->content[side].department, c->sides[side]->year) != NULL;
    done->is_one_sided = has[OLD] != has[NEW];
    done->is_there = has[OLD] && has[NEW];
}

static void load(struct comparing *c, size_t side, const char *id, struct done *done)
{
    if (!c->asked->timeline) {
        load_side(c, side, id, done);
        return;
    }
    done->revisions[side] = published_load(c->asked->timeline, id, c->sides[side]->year,
                                           &done->content[side], &done->errs);
    done->is_there |= done->revisions[side] != NULL;
    done->is_cut |=
        done->revisions[side] && published_is_cut(c->asked->timeline, done->revisions[side]);
}

/* Which side has the later of two years. */
static size_t later_side(const struct comparing *c)
{
    return c->sides[NEW]->year >= c->sides[OLD]->year ? NEW : OLD;
}

static void add_scope(struct done *done, struct scope_key *scope, const struct project *project,
                      const struct project *as, const char *behind)
{
    scope->scope = arena_format(&done->arena, "%s/%s", entity_project.table, project->id.s);
    scope->key = arena_format(&done->arena, "%s/%s %s%s", entity_project.table, as->id.s,
                              as->name.s, behind);
}

/* Projects of the earlier year are called as in the later one. Those that ended are not like any
 * other: no name has a tab. */
static void name_projects(struct done *done, const struct report *earlier,
                          struct items_wanted *wanted)
{
    const struct continuations *found = &done->continuations;
    size_t count = earlier ? earlier->projects.count : 0;
    struct scope_key *scopes =
        arena_zalloc(&done->arena, found->count + count + 1, sizeof(*scopes));

    wanted->scopes = scopes;
    for (size_t i = 0; i < found->count; i++)
        if (!found->list[i].is_likely)
            add_scope(done, &scopes[wanted->scope_count++], found->list[i].old, found->list[i].new,
                      "");
    for (size_t i = 0; i < count; i++)
        add_scope(done, &scopes[wanted->scope_count++], &earlier->projects.items[i],
                  &earlier->projects.items[i], "\t");
}

/* Whether what is alike need not be looked at: not what is wanted of it, and not where each of
 * two years has keys of its own. */
static bool may_pass_over(const struct comparing *c)
{
    return !c->asked->all && !c->asked->table && !c->sides[OLD]->year;
}

static void collect_items(struct comparing *c, struct done *done)
{
    size_t later = later_side(c), earlier = SIDES - 1 - later;
    const struct department *before = &done->content[earlier].department;
    int64_t year = c->sides[earlier]->year;
    bool are_years = c->sides[later]->year > year;

    if (are_years)
        continuations_find(before, year, &done->content[later].department, c->sides[later]->year,
                           &done->arena, &done->continuations);
    if (may_pass_over(c))
        alike_find(&done->alike, &done->content[OLD], &done->content[NEW]);
    done->figures.unchanged = done->alike.figures;
    done->texts.unchanged = done->alike.texts;
    for (size_t side = 0; side < SIDES; side++) {
        struct items_wanted wanted = {
            .year = c->sides[side]->year, .table = c->asked->table, .alike = &done->alike};

        if (are_years && side == earlier)
            name_projects(done, department_report(before, year), &wanted);
        items_collect(&done->items[side], &done->content[side], &wanted);
    }
}

static void *work(void *ctx, size_t item)
{
    struct comparing *c = ctx;
    struct done *done = mem_zalloc(1, sizeof(*done));

    for (size_t side = 0; side < SIDES; side++)
        load(c, side, c->ids[item], done);
    check_years(c, done);
    if (done->is_there && !done->is_unread) {
        collect_items(c, done);
        changes_merge(&done->items[OLD], &done->items[NEW], c->asked->all, &done->figures,
                      &done->texts, keep_pair, done);
    }
    mark_all(done);
    return done;
}

static const char *name_of(const struct done *done)
{
    const struct text *new = &done->content[NEW].department.name;

    return new->s ? new->s : done->content[OLD].department.name.s;
}

static void add_counts(struct change_counts *to, const struct change_counts *from)
{
    to->added += from->added;
    to->removed += from->removed;
    to->altered += from->altered;
    to->unchanged += from->unchanged;
}

static enum change_kind kind_of(const struct pair *pair)
{
    if (!pair->old || !pair->new)
        return pair->new ? CHANGE_ADDED : CHANGE_REMOVED;
    return items_same(pair->old, pair->new) ? CHANGE_NONE : CHANGE_ALTERED;
}

static void tell_likely(const struct comparing *c, size_t item, const struct done *done)
{
    size_t later = later_side(c);

    for (size_t i = 0; c->asked->likely && i < done->continuations.count; i++) {
        const struct continuation *found = &done->continuations.list[i];
        struct likely_continuation likely = {c->ids[item], found->old, found->new,
                                             c->sides[SIDES - 1 - later]->year,
                                             c->sides[later]->year};

        if (found->is_likely)
            c->asked->likely(c->ctx, &likely);
    }
}

static void tell_cut(struct comparing *c)
{
    struct err *err;

    if (c->is_cut_told)
        return;
    c->is_cut_told = true;
    err = errs_add(c->errs, ERR_CONTENT, "shallow-clone",
                   "the clone is shallow: what its oldest revision has may have been published "
                   "otherwise before");
    err->severity = SEVERITY_WARNING;
    err_hint(err, "git fetch --unshallow gets the rest");
}

static void take(void *ctx, size_t item, void *result)
{
    struct comparing *c = ctx;
    struct done *done = result;

    errs_move(c->errs, &done->errs);
    c->summary->departments += done->is_there && !done->is_unread;
    c->summary->unread += done->is_unread;
    c->summary->one_sided += done->is_one_sided;
    add_counts(&c->summary->figures, &done->figures);
    add_counts(&c->summary->texts, &done->texts);
    if (done->is_cut)
        tell_cut(c);
    tell_likely(c, item, done);
    for (size_t i = 0; i < done->count; i++) {
        const struct pair *pair = &done->pairs[i];
        struct change change = {.kind = kind_of(pair),
                                .whole = pair->whole,
                                .department = c->ids[item],
                                .department_name = name_of(done),
                                .old_revision = done->revisions[OLD],
                                .new_revision = done->revisions[NEW],
                                .old = pair->old,
                                .new = pair->new};

        c->visit(c->ctx, &change);
    }
    for (size_t side = 0; side < SIDES; side++) {
        items_release(&done->items[side]);
        content_release_department(&done->content[side]);
    }
    alike_release(&done->alike);
    arena_release(&done->arena);
    free(done->pairs);
    free(done);
}

/* --- which departments --- */

static bool is_wanted(const struct comparing *c, const char *id)
{
    const char *above = c->asked->department;
    size_t len = above ? strlen(above) : 0;

    return !above || (!strncmp(id, above, len) && (!id[len] || id[len] == '/'));
}

static void add_id(struct comparing *c, const char *id)
{
    if (!is_wanted(c, id))
        return;
    MEM_GROW(c->ids, c->count, c->cap);
    c->ids[c->count++] = id;
}

static void add_touched(void *ctx, const char *path)
{
    struct comparing *c = ctx;
    struct touched touched = touched_by(path, &c->arena);

    /* files come in order, and many are of one department */
    if (touched.department && (!c->count || strcmp(c->ids[c->count - 1], touched.department) != 0))
        add_id(c, touched.department);
}

/* All that a side has. */
static void add_all(struct comparing *c, const struct source *source, struct errs *errs)
{
    struct content_departments list;
    struct errs own = ERRS_INIT;

    content_list_departments(source, &c->arena, &list, &own);
    for (size_t i = 0; i < list.count; i++)
        add_id(c, list.ids[i]);
    move_errors(errs, &own);
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_ids(struct comparing *c)
{
    size_t kept = 0;

    if (c->count)
        qsort(c->ids, c->count, sizeof(*c->ids), compare_ids);
    for (size_t i = 0; i < c->count; i++)
        if (!kept || strcmp(c->ids[kept - 1], c->ids[i]) != 0)
            c->ids[kept++] = c->ids[i];
    c->count = kept;
}

static int find_departments(struct comparing *c)
{
    const struct changes_asked *asked = c->asked;
    int result = 0;

    if (asked->old.tree && asked->new.tree && !asked->old.year && !asked->all) {
        result = repository_differences(asked->repository, asked->old.tree, asked->new.tree,
                                        "content", add_touched, c, c->errs);
    } else {
        add_all(c, asked->old.source, c->errs);
        if (asked->new.source != asked->old.source)
            add_all(c, asked->new.source, c->errs);
    }
    sort_ids(c);
    return result;
}

/* An error when a department was asked for that neither side has, nor any below it. */
static int check_department(struct comparing *c)
{
    struct content_departments list;
    struct errs ignored = ERRS_INIT;
    struct known known;
    bool found = !c->asked->department;

    for (size_t side = 0; !found && side < SIDES; side++)
        found = content_has_department(c->sides[side]->source, c->asked->department);
    if (found || c->count)
        return 0;
    known = known_start(c->asked->department, strlen(c->asked->department));
    known.open = true;
    content_list_departments(c->sides[NEW]->source, &c->arena, &list, &ignored);
    errs_release(&ignored);
    for (size_t i = 0; i < list.count; i++) {
        known_offer(&known, list.ids[i]);
        found |= is_wanted(c, list.ids[i]);
    }
    if (found) {
        strbuf_release(&known.list);
        return 0;
    }
    known_hint(&known, errs_add(c->errs, ERR_USAGE, "unknown-department",
                                "there is no department '%s'", c->asked->department));
    return -1;
}

/* --- all --- */

/* Whether two revisions have the same profiles. */
static bool have_one_catalog(const struct comparing *c)
{
    struct object_id ids[SIDES];

    if (c->sides[OLD]->source == c->sides[NEW]->source)
        return true;
    for (size_t side = 0; side < SIDES; side++) {
        if (!c->sides[side]->tree)
            return false;
        ids[side] = revision_profiles(c->asked->repository, c->sides[side]->tree);
    }
    return object_id_is_set(&ids[OLD]) && object_id_same(&ids[OLD], &ids[NEW]);
}

static void load_catalogs(struct comparing *c)
{
    c->is_one_catalog = have_one_catalog(c);
    for (size_t side = 0; side < SIDES; side++) {
        struct errs own = ERRS_INIT;

        if (side == NEW && c->is_one_catalog)
            return;
        content_load_catalog(c->sides[side]->source, &c->catalogs[side], &own);
        move_errors(c->errs, &own);
        errs_release(&own);
    }
}

static void compare_all(struct comparing *c)
{
    unsigned threads = c->asked->threads ? c->asked->threads : pool_processors();
    struct pool_task task = {
        .threads = threads, .window = (size_t)threads + 1, .ctx = c, .work = work, .take = take};

    if (find_departments(c) || check_department(c) || !c->count)
        return;
    else
        load_catalogs(c);
    task.count = c->count;
    pool_run(&task);
}

int changes_each(const struct changes_asked *asked, struct changes_summary *summary,
                 void (*visit)(void *ctx, const struct change *change), void *ctx,
                 struct errs *errs)
{
    struct comparing c = {.asked = asked,
                          .summary = summary,
                          .visit = visit,
                          .ctx = ctx,
                          .errs = errs,
                          .sides = {&asked->old, &asked->new}};
    size_t before = errs_count(errs);

    memset(summary, 0, sizeof(*summary));
    for (size_t side = 0; side < SIDES; side++)
        catalog_init(&c.catalogs[side]);
    compare_all(&c);
    for (size_t side = 0; side < SIDES; side++)
        catalog_release(&c.catalogs[side]);
    free(c.ids);
    arena_release(&c.arena);
    return errs_count(errs) > before ? -1 : 0;
}
