#include "base/base.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "model/quantity.h"
#include "site/overview.h"
#include "site/view_revision.h"
#include "text/collate.h"

static const char newest_sql[] =
    "SELECT id, time, message FROM revisions ORDER BY unixepoch(time) DESC, id LIMIT 1";

/* --- departments by division and name --- */

struct sorted {
    const char *key;
    struct view_department department;
};

static int compare_names(const void *one, const void *other)
{
    const struct sorted *a = one, *b = other;
    int order = strcmp(a->key, b->key);

    return order ? order : strcmp(a->department.id.s, b->department.id.s);
}

static void sort_departments(struct page_maker *m, struct view_division *division)
{
    size_t count = division->departments.count;
    struct sorted *sorted = arena_alloc(m->arena, count * sizeof(*sorted));
    struct strbuf key = STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        struct view_department *department = &division->departments.items[i];

        strbuf_clear(&key);
        collate_key(department->name.s, department->name.len, &key);
        sorted[i] = (struct sorted){arena_strndup(m->arena, key.buf, key.len), *department};
    }
    qsort(sorted, count, sizeof(*sorted), compare_names);
    for (size_t i = 0; i < count; i++)
        division->departments.items[i] = sorted[i].department;
    strbuf_release(&key);
}

/* Adds the department that begins with row `first`; returns the row behind its last. */
static size_t add_department(const struct overview_rows *rows, size_t first,
                             struct view_division *division)
{
    struct view_department *department =
        &division->departments.items[division->departments.count++];
    struct view_report *report = &rows->reports[first];
    size_t end = first + 1;

    while (end < rows->count && text_is(&rows->reports[end].department, report->department.s))
        end++;
    *department =
        (struct view_department){.id = report->department, .name = rows->departments[first].name};
    if (report->year.present) {
        department->reports.items = report;
        department->reports.count = end - first;
    }
    return end;
}

/* The same code and the same name: where departments do not agree, each stands under its own. */
static bool is_in(const struct overview_rows *rows, size_t i, const struct view_division *division)
{
    return text_is(&rows->departments[i].division, division->code.s) &&
           text_is(&rows->reports[i].division_name, division->name.s);
}

/* An anchor that no other division has: those with the same code stand together. */
static struct text anchor_of(struct page_maker *m, const struct view_division *items, size_t i)
{
    size_t same = 0;

    while (same < i && text_is(&items[i - same - 1].code, items[i].code.s))
        same++;
    return text_of(same ? page_text(m, "d%s-%zu", items[i].code.s, same + 1)
                        : page_text(m, "d%s", items[i].code.s));
}

/* The rows come by division, its name, department and year. */
static void group_rows(struct page_maker *m, const struct overview_rows *rows,
                       struct view_division **items, size_t *count)
{
    struct view_department *departments = arena_alloc(m->arena, rows->count * sizeof(*departments));

    *items = arena_zalloc(m->arena, rows->count, sizeof(**items));
    *count = 0;
    for (size_t i = 0; i < rows->count;) {
        struct view_division *division = &(*items)[(*count)++];

        division->code = rows->departments[i].division;
        division->name = rows->reports[i].division_name;
        division->id = anchor_of(m, *items, *count - 1);
        division->departments.items = departments;
        while (i < rows->count && is_in(rows, i, division))
            i = add_department(rows, i, division);
        departments += division->departments.count;
        sort_departments(m, division);
    }
}

/* --- pages --- */

static void put_home(struct overview *o, struct view_year *years, size_t count)
{
    struct page_maker *m = &o->m;
    struct page_home *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct overview_rows latest;
    struct page_head head;

    page_head_init(m, &head, "", site_settings(m->site)->title.s);
    PAGE_SET(page, m, &head);
    page->department_count = overview_count(o, "departments");
    page->report_count = overview_count(o, "reports");
    page->project_count = overview_count(o, "projects");
    page->figure_count = page_number(o->figures);
    page->years.items = years;
    page->years.count = count;
    if (overview_read(o, "WHERE r.year IS NOT NULL ORDER BY r.year DESC, d.id LIMIT 20", &latest))
        return;
    page->reports.items = latest.reports;
    page->reports.count = latest.count;
    page_put(m, TEMPLATE_HOME, page, "");
}

static void put_departments(struct page_maker *m, struct view_division *divisions, size_t count)
{
    struct page_departments *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct page_head head;

    page_head_init(m, &head, "departments/", theme_word(m->site->theme, WORD_departments));
    page_column(&head);
    PAGE_SET(page, m, &head);
    page->divisions.items = divisions;
    page->divisions.count = count;
    page_put(m, TEMPLATE_DEPARTMENTS, page, "departments/");
}

/* The page that compares any two reports, in the browser. */
static void put_compare(struct page_maker *m, struct view_division *divisions, size_t count)
{
    struct page_compare *page = arena_zalloc(m->arena, 1, sizeof(*page));
    size_t units = 0;
    struct page_head head;

    page_head_init(m, &head, "compare/", theme_word(m->site->theme, WORD_compare));
    page_column(&head);
    PAGE_SET(page, m, &head);
    page->divisions.items = divisions;
    page->divisions.count = count;
    while (money_units[units])
        units++;
    page->units.items = arena_zalloc(m->arena, units, sizeof(*page->units.items));
    page->units.count = units;
    for (size_t i = 0; i < units; i++) {
        page->units.items[i].unit = text_of(money_units[i]);
        page->units.items[i].exponent = page_number((size_t)money_exponent(money_units[i]));
    }
    theme_phrases(m->site->theme, m->arena, &page->phrases.items, &page->phrases.count);
    page_put(m, TEMPLATE_COMPARE, page, "compare/");
}

static void put_site_map(struct page_maker *m, struct page_site_map *page)
{
    struct page_head head;

    page_head_init(m, &head, "sitemap/", theme_word(m->site->theme, WORD_site_map));
    page_column(&head);
    PAGE_SET(page, m, &head);
    page_put(m, TEMPLATE_SITE_MAP, page, "sitemap/");
}

/* The pages that list all departments. */
static void put_lists(struct overview *o, struct view_year *years, size_t count)
{
    struct page_site_map map = {.years = {years, count}};
    struct overview_rows rows;

    if (overview_read(o, "ORDER BY d.division, d.division_name, d.id, r.year DESC", &rows))
        return;
    group_rows(&o->m, &rows, &map.divisions.items, &map.divisions.count);
    put_departments(&o->m, map.divisions.items, map.divisions.count);
    put_compare(&o->m, map.divisions.items, map.divisions.count);
    put_site_map(&o->m, &map);
}

static const char *year_title(struct page_maker *m, const struct view_year *year)
{
    return page_year(m, &year->year);
}

static const char *year_path(struct page_maker *m, const struct view_year *year)
{
    return page_text(m, "years/%lld/", (long long)year->year.value);
}

static struct view_link *year_link(struct page_maker *m, const struct view_year *year)
{
    return page_link(m, year_title(m, year), year_path(m, year));
}

/* The years come with the newest first. */
static void put_year(struct overview *o, struct view_year *years, size_t count, size_t index)
{
    struct page_maker *m = &o->m;
    struct page_year *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct view_year *year = &years[index];
    struct overview_rows rows;
    struct page_head head;

    page_head_init(m, &head, year_path(m, year), year_title(m, year));
    page_crumb(&head, theme_word(m->site->theme, WORD_years), "years/");
    if (index + 1 < count)
        head.previous = year_link(m, &years[index + 1]);
    if (index)
        head.next = year_link(m, &years[index - 1]);
    page_column(&head);
    PAGE_SET(page, m, &head);
    page->year = year;
    if (overview_read(o,
                      page_text(m, "WHERE r.year = %lld ORDER BY d.division, d.division_name, d.id",
                                (long long)year->year.value),
                      &rows))
        return;
    group_rows(m, &rows, &page->divisions.items, &page->divisions.count);
    page_put(m, TEMPLATE_YEAR, page, year_path(m, year));
}

static void put_years(struct overview *o, struct view_year *years, size_t count)
{
    struct page_maker *m = &o->m;
    struct page_years *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct page_head head;

    page_head_init(m, &head, "years/", theme_word(m->site->theme, WORD_years));
    page_column(&head);
    PAGE_SET(page, m, &head);
    page->years.items = years;
    page->years.count = count;
    page_put(m, TEMPLATE_YEARS, page, "years/");
}

static void take_newest(void *ctx, sqlite3_stmt *stmt)
{
    struct overview *o = ctx;

    o->m.as_of = arena_alloc(o->m.arena, sizeof(*o->m.as_of));
    *o->m.as_of = view_revision_of(&o->m, overview_text(o, stmt, 0), overview_text(o, stmt, 1),
                                   overview_text(o, stmt, 2));
}

static void put_all(struct overview *o)
{
    struct arena *shared = o->m.arena;
    struct view_year *years;
    size_t count;

    if (overview_each(o, newest_sql, take_newest, o) || overview_years(o, &years, &count))
        return;
    put_home(o, years, count);
    put_lists(o, years, count);
    put_years(o, years, count);
    quality_page_put(o);
    change_pages_put(o);
    for (size_t i = 0; i < count; i++) { /* what a year needs is forgotten with it */
        struct arena arena = ARENA_INIT;

        o->m.arena = &arena;
        put_year(o, years, count, i);
        arena_release(&arena);
    }
    o->m.arena = shared;
}

int site_render_overview(const struct site_context *site, const char *database, uint64_t figures,
                         const struct site_output *output, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct overview o = {.m = {.site = site, .output = output, .arena = &arena, .errs = errs},
                         .figures = figures};

    if (sqlite3_open_v2(database, &o.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK) {
        errs_add(errs, ERR_SYSTEM, "sqlite", "cannot read the database: %s", sqlite3_errmsg(o.db));
        o.m.result = -1;
    } else {
        put_all(&o);
    }
    sqlite3_close(o.db);
    arena_release(&arena);
    return o.m.result;
}
