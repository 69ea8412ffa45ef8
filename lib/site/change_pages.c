#include "base/base.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/strbuf.h"
#include "site/overview.h"
#include "site/view_revision.h"

/* What each revision did to each department; those of one revision stand together. What a
 * department was called that is no longer there, is what was removed last. */
static const char revisions_sql[] =
    "SELECT r.id, r.time, r.message, r.department,\n"
    "  coalesce(d.name, (SELECT c.label FROM changes AS c JOIN revisions AS w\n"
    "    ON w.department = c.department AND w.id = c.revision\n"
    "    WHERE c.department = r.department AND c.address = r.department AND c.label <> ''\n"
    "    ORDER BY unixepoch(w.time) DESC, c.kind = 'removed' DESC LIMIT 1), r.department),\n"
    "  r.figures_added, r.figures_changed, r.figures_removed, r.texts_changed, r.cut,\n"
    "  d.id IS NULL\n"
    "FROM revisions AS r LEFT JOIN departments AS d ON d.id = r.department\n"
    "ORDER BY unixepoch(r.time) DESC, r.id, r.department";
static const char changes_sql[] =
    "SELECT year, kind, whole, address, label, old, old_unit, new, unit, difference, percent\n"
    "FROM changes WHERE department = ? AND revision = ? ORDER BY id";

enum { FEED_MAX = 50 };

struct changing {
    struct overview *o;
    sqlite3_stmt *changes;
    struct view_revision *revisions;
    size_t count, cap;
    struct arena *shared; /* what the list of all lives in */
    /* of the revision at hand, whose page lives in an arena of its own */
    struct arena arena;
    struct page_revision *page;
    size_t department_cap;
};

/* --- one revision --- */

static int64_t number(sqlite3_stmt *stmt, int i)
{
    return sqlite3_column_int64(stmt, i);
}

/* The dataset has numbers as they are written. */
static void show_signed(struct changing *c, struct text *number)
{
    struct strbuf shown = STRBUF_INIT;

    if (!number->s)
        return;
    decimal_group_signed(number->s, &shown);
    *number = text_of(arena_strdup(c->o->m.arena, shown.buf));
    strbuf_release(&shown);
}

/* A number that has a difference, or a unit. */
static void show_number(struct changing *c, struct text *number)
{
    struct strbuf shown = STRBUF_INIT;
    struct decimal d;

    if (!number->s || decimal_parse(number->s, number->len, &d) != DECIMAL_OK)
        return;
    decimal_format_grouped(d, &shown);
    *number = text_of(arena_strdup(c->o->m.arena, shown.buf));
    strbuf_release(&shown);
}

static void read_change(struct changing *c, struct revision_change *change)
{
    struct text *const texts[] = {&change->address,    &change->label,  &change->old,
                                  &change->old_unit,   &change->new,    &change->unit,
                                  &change->difference, &change->percent};

    *change = (struct revision_change){.year = overview_integer(c->changes, 0),
                                       .kind = overview_text(c->o, c->changes, 1),
                                       .whole = {number(c->changes, 2) != 0, true, {0, 0}}};
    for (int i = 0; i < (int)ARRAY_SIZE(texts); i++)
        *texts[i] = overview_text(c->o, c->changes, 3 + i);
    if (change->difference.s || change->old_unit.s)
        show_number(c, &change->old);
    if (change->difference.s || change->unit.s)
        show_number(c, &change->new);
    show_signed(c, &change->difference);
    show_signed(c, &change->percent);
}

static void read_changes(struct changing *c, struct view_changed *department, const char *revision)
{
    size_t cap = 0;
    int status;

    sqlite3_bind_text(c->changes, 1, department->department.s, -1, SQLITE_STATIC);
    sqlite3_bind_text(c->changes, 2, revision, -1, SQLITE_STATIC);
    while ((status = sqlite3_step(c->changes)) == SQLITE_ROW) {
        ARENA_GROW(c->o->m.arena, department->changes.items, department->changes.count, cap);
        read_change(c, &department->changes.items[department->changes.count++]);
    }
    if (status != SQLITE_DONE)
        overview_fail(c->o);
    sqlite3_reset(c->changes);
}

static struct view_changed *next_department(struct changing *c)
{
    struct page_revision *page = c->page;

    ARENA_GROW(c->o->m.arena, page->departments.items, page->departments.count, c->department_cap);
    return &page->departments.items[page->departments.count++];
}

static void add_counts(struct view_revision *revision, sqlite3_stmt *stmt)
{
    view_revision_count(&revision->departments, 1);
    view_revision_count(&revision->figures_added, number(stmt, 5));
    view_revision_count(&revision->figures_changed, number(stmt, 6));
    view_revision_count(&revision->figures_removed, number(stmt, 7));
    view_revision_count(&revision->texts_changed, number(stmt, 8));
    revision->cut.value |= number(stmt, 9) != 0;
}

/* Puts the page out that is being made, if there is one. */
static void end_revision(struct changing *c)
{
    struct page_maker *m = &c->o->m;
    struct view_revision *revision;
    struct page_head head;

    if (!c->page || !c->count)
        return;
    revision = &c->revisions[c->count - 1];
    page_head_init(m, &head, revision->path.s,
                   page_text(m, "%s %s", revision->day.s, revision->message.s));
    page_crumb(&head, theme_word(m->site->theme, WORD_changes), "changes/");
    page_article(&head, theme_word(m->site->theme, WORD_changes), NULL);
    head.as_of = revision;
    PAGE_SET(c->page, m, &head);
    c->page->revision = revision;
    page_put(m, TEMPLATE_REVISION, c->page, revision->path.s);
    arena_release(&c->arena);
    c->page = NULL;
    m->arena = c->shared;
}

static void begin_revision(struct changing *c, sqlite3_stmt *stmt)
{
    struct overview *o = c->o;

    ARENA_GROW(o->m.arena, c->revisions, c->count, c->cap);
    c->revisions[c->count++] = view_revision_of(
        &o->m, overview_text(o, stmt, 0), overview_text(o, stmt, 1), overview_text(o, stmt, 2));
    o->m.arena = &c->arena;
    c->page = arena_zalloc(&c->arena, 1, sizeof(*c->page));
    c->department_cap = 0;
}

static void read_row(void *ctx, sqlite3_stmt *stmt)
{
    struct changing *c = ctx;
    const char *id = (const char *)sqlite3_column_text(stmt, 0);
    struct view_changed *department;

    if (!c->page || !text_is(&c->revisions[c->count - 1].id, id)) {
        end_revision(c);
        begin_revision(c, stmt);
    }
    add_counts(&c->revisions[c->count - 1], stmt);
    department = next_department(c);
    *department = (struct view_changed){.department = overview_text(c->o, stmt, 3),
                                        .department_name = overview_text(c->o, stmt, 4),
                                        .gone = {number(stmt, 10) != 0, true, {0, 0}}};
    read_changes(c, department, id);
}

/* --- all of them --- */

static int read_revisions(struct changing *c)
{
    int result = -1;

    c->changes = overview_prepare(c->o, changes_sql);
    if (c->changes)
        result = overview_each(c->o, revisions_sql, read_row, c);
    end_revision(c);
    sqlite3_finalize(c->changes);
    return result;
}

/* Feeds have whole addresses, so the site has to know its own. One is enough: what was changed are
 * texts and numbers, which are the same in all languages. */
static void put_feed(struct changing *c)
{
    struct page_maker *m = &c->o->m;
    struct page_feed *page;

    if (site_is_translation(m->site) || !page_url(m, "") || !c->count)
        return;
    page = arena_zalloc(m->arena, 1, sizeof(*page));
    page->site = (struct site *)site_settings(m->site);
    page->url = text_of(page_url(m, ""));
    page->time = c->revisions[0].time;
    page->revisions.items = c->revisions;
    page->revisions.count = c->count < FEED_MAX ? c->count : FEED_MAX;
    page_put_file(m, TEMPLATE_FEED, page, "changes/feed.atom");
}

void change_pages_put(struct overview *o)
{
    struct page_maker *m = &o->m;
    struct changing c = {.o = o, .shared = m->arena, .arena = ARENA_INIT};
    struct page_changes *page;
    struct page_head head;

    if (read_revisions(&c))
        return;
    page = arena_zalloc(m->arena, 1, sizeof(*page));
    page_head_init(m, &head, "changes/", theme_word(m->site->theme, WORD_changes));
    page_column(&head);
    PAGE_SET(page, m, &head);
    page->revisions.items = c.revisions;
    page->revisions.count = c.count;
    page_put(m, TEMPLATE_CHANGES, page, "changes/");
    put_feed(&c);
}
