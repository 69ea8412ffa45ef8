#include "base/base.h"

#include <sqlite3.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "site/page.h"

/* The years of all departments, with their totals as they are shown. */
static const char reports_sql[] =
    "SELECT r.department, r.department_name, d.division_name, r.year,\n"
    "  coalesce((SELECT unit FROM tables AS t WHERE t.department = r.department\n"
    "    AND t.year = r.year AND t.id = 'income_expenditure_summary'), r.unit),\n"
    "  (SELECT stated FROM figures AS f WHERE f.department = r.department AND f.year = r.year\n"
    "    AND f.\"table\" = 'income_expenditure_summary' AND f.line = 'income-total'\n"
    "    AND f.\"column\" = 'final' AND f.statement = ''),\n"
    "  (SELECT stated FROM figures AS f WHERE f.department = r.department AND f.year = r.year\n"
    "    AND f.\"table\" = 'income_expenditure_summary' AND f.line = 'expenditure-total'\n"
    "    AND f.\"column\" = 'final' AND f.statement = ''),\n"
    "  (SELECT count(*) FROM projects AS p\n"
    "    WHERE p.department = r.department AND p.year = r.year),\n"
    "  (SELECT count(*) FROM evaluations AS e\n"
    "    WHERE e.department = r.department AND e.year = r.year)\n"
    "FROM reports AS r JOIN departments AS d ON d.id = r.department\n";

struct overview {
    struct page_maker m;
    sqlite3 *db;
};

static int fail(struct overview *o)
{
    errs_add(o->m.errs, ERR_SYSTEM, "sqlite", "cannot read the database: %s",
             sqlite3_errmsg(o->db));
    return o->m.result = -1;
}

static struct text text_column(struct overview *o, sqlite3_stmt *stmt, int i)
{
    const char *s = (const char *)sqlite3_column_text(stmt, i);

    return text_of(s ? arena_strdup(o->m.arena, s) : NULL);
}

static struct integer integer_column(sqlite3_stmt *stmt, int i)
{
    return (struct integer){sqlite3_column_int64(stmt, i), true, {0, 0}};
}

/* A stated figure, with group separators. */
static struct text shown_column(struct overview *o, sqlite3_stmt *stmt, int i)
{
    struct text stated = text_column(o, stmt, i);
    struct strbuf sb = STRBUF_INIT;
    struct decimal d;

    if (stated.s && decimal_parse(stated.s, stated.len, &d) == DECIMAL_OK) {
        decimal_format_grouped(d, &sb);
        stated = text_of(arena_strndup(o->m.arena, sb.buf, sb.len));
        strbuf_release(&sb);
    }
    return stated;
}

static void read_report(struct overview *o, sqlite3_stmt *stmt, struct view_report *out)
{
    memset(out, 0, sizeof(*out));
    out->department = text_column(o, stmt, 0);
    out->department_name = text_column(o, stmt, 1);
    out->division_name = text_column(o, stmt, 2);
    out->year = integer_column(stmt, 3);
    out->unit = text_column(o, stmt, 4);
    out->income = shown_column(o, stmt, 5);
    out->expenditure = shown_column(o, stmt, 6);
    out->projects = integer_column(stmt, 7);
    out->evaluations = integer_column(stmt, 8);
}

/* All reports that the query gives; `order` completes it. */
static int list_reports(struct overview *o, const char *order, struct view_report **items,
                        size_t *count)
{
    struct strbuf sql = STRBUF_INIT;
    sqlite3_stmt *stmt = NULL;
    size_t cap = 0;
    int status;

    *items = NULL;
    *count = 0;
    strbuf_addf(&sql, "%s%s", reports_sql, order);
    status = sqlite3_prepare_v2(o->db, sql.buf, (int)sql.len, &stmt, NULL);
    strbuf_release(&sql);
    if (status != SQLITE_OK)
        return fail(o);
    while ((status = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (*count == cap) {
            size_t more = cap ? cap * 2 : 16;

            *items =
                arena_realloc(o->m.arena, *items, cap * sizeof(**items), more * sizeof(**items));
            cap = more;
        }
        read_report(o, stmt, &(*items)[(*count)++]);
    }
    sqlite3_finalize(stmt);
    return status == SQLITE_DONE ? 0 : fail(o);
}

static struct integer count_of(struct overview *o, const char *table)
{
    struct integer count = {0};
    struct strbuf sql = STRBUF_INIT;
    sqlite3_stmt *stmt = NULL;

    strbuf_addf(&sql, "SELECT count(*) FROM %s", table);
    if (sqlite3_prepare_v2(o->db, sql.buf, (int)sql.len, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        count = integer_column(stmt, 0);
    else
        fail(o);
    sqlite3_finalize(stmt);
    strbuf_release(&sql);
    return count;
}

static void put_home(struct overview *o)
{
    struct page_maker *m = &o->m;
    struct page_home *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct page_head head;

    page_head_init(m, &head, "", m->site->catalog->site.title.s);
    PAGE_SET(page, m, &head);
    page->department_count = count_of(o, "departments");
    page->report_count = count_of(o, "reports");
    page->project_count = count_of(o, "projects");
    page->figure_count = count_of(o, "all_figures");
    if (list_reports(o, "ORDER BY r.year DESC, r.department LIMIT 20", &page->reports.items,
                     &page->reports.count))
        return;
    page_put(m, TEMPLATE_HOME, page, "");
}

static void put_departments(struct overview *o)
{
    struct page_maker *m = &o->m;
    struct page_departments *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct page_head head;

    page_head_init(m, &head, "departments/", theme_label(m->site->theme, "departments"));
    PAGE_SET(page, m, &head);
    if (list_reports(o, "ORDER BY d.division, r.department, r.year DESC", &page->reports.items,
                     &page->reports.count))
        return;
    page_put(m, TEMPLATE_DEPARTMENTS, page, "departments/");
}

int site_render_overview(const struct site_context *site, const char *database,
                         const struct site_output *output, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct overview o = {.m = {site, output, &arena, errs, 0}};

    if (sqlite3_open_v2(database, &o.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK) {
        fail(&o);
    } else {
        put_home(&o);
        put_departments(&o);
    }
    sqlite3_close(o.db);
    arena_release(&arena);
    return o.m.result;
}

int site_render_data(const struct site_context *site, const struct view_file *files,
                     size_t file_count, const struct site_output *output, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct page_maker m = {site, output, &arena, errs, 0};
    struct page_data page = {0};
    struct page_head head;

    page_head_init(&m, &head, "data/", theme_label(site->theme, "data"));
    PAGE_SET(&page, &m, &head);
    page.files.items = (struct view_file *)files;
    page.files.count = file_count;
    page_put(&m, TEMPLATE_DATA, &page, "data/");
    arena_release(&arena);
    return m.result;
}
