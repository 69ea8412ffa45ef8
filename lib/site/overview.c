#include "base/base.h"

#include "site/overview.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"

/* The departments with their years, with the totals as they are shown. */
static const char reports_sql[] =
    "SELECT d.id, coalesce(r.department_name, d.name), d.division_name, r.year,\n"
    "  coalesce((SELECT unit FROM tables AS t WHERE t.department = r.department\n"
    "    AND t.year = r.year AND t.id = 'income_expenditure_summary'), r.unit),\n"
    "  (SELECT count(*) FROM projects AS p\n"
    "    WHERE p.department = r.department AND p.year = r.year),\n"
    "  (SELECT count(*) FROM evaluations AS e\n"
    "    WHERE e.department = r.department AND e.year = r.year),\n"
    "  d.division, d.name\n"
    "FROM departments AS d LEFT JOIN reports AS r ON r.department = d.id\n";

/* What each department spent, added up; and over how many. Whole 万元 and the 分 beside them are
 * added apart: a sum of large amounts in 分 would not fit, and is then no sum at all. */
static const char years_sql[] =
    "SELECT r.year, count(*), coalesce(p.projects, 0),\n"
    "  sum(f.value / 1000000), sum(f.value % 1000000), count(f.value)\n"
    "FROM reports AS r\n"
    "LEFT JOIN (SELECT year, count(*) AS projects FROM projects GROUP BY year) AS p\n"
    "  ON p.year = r.year\n"
    "LEFT JOIN figures AS f ON f.department = r.department AND f.year = r.year\n"
    "  AND f.\"table\" = 'income_expenditure_summary' AND f.line = 'expenditure-total'\n"
    "  AND f.\"column\" = 'final' AND f.statement = ''\n"
    "GROUP BY r.year ORDER BY r.year DESC";

static const char figure_sql[] = "SELECT stated FROM figures WHERE department = ? AND year = ?\n"
                                 "  AND \"table\" = ? AND line = ? AND \"column\" = 'final'\n"
                                 "  AND statement = ''";

int overview_fail(struct overview *o)
{
    errs_add(o->m.errs, ERR_SYSTEM, "sqlite", "cannot read the database: %s",
             sqlite3_errmsg(o->db));
    return o->m.result = -1;
}

sqlite3_stmt *overview_prepare(struct overview *o, const char *sql)
{
    sqlite3_stmt *stmt = NULL;

    if (sqlite3_prepare_v2(o->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        overview_fail(o);
    return stmt;
}

int overview_each(struct overview *o, const char *sql, void (*row)(void *ctx, sqlite3_stmt *stmt),
                  void *ctx)
{
    sqlite3_stmt *stmt = overview_prepare(o, sql);
    int status = SQLITE_ERROR;

    while (stmt && (status = sqlite3_step(stmt)) == SQLITE_ROW)
        row(ctx, stmt);
    if (stmt && status != SQLITE_DONE)
        overview_fail(o);
    sqlite3_finalize(stmt);
    return status == SQLITE_DONE ? 0 : -1;
}

struct text overview_text(struct overview *o, sqlite3_stmt *stmt, int i)
{
    const char *s = (const char *)sqlite3_column_text(stmt, i);

    return text_of(s ? arena_strdup(o->m.arena, s) : NULL);
}

struct integer overview_integer(sqlite3_stmt *stmt, int i)
{
    return (struct integer){
        sqlite3_column_int64(stmt, i), sqlite3_column_type(stmt, i) != SQLITE_NULL, {0, 0}};
}

static struct text grouped(struct overview *o, struct decimal d)
{
    struct strbuf sb = STRBUF_INIT;
    struct text text;

    decimal_format_grouped(d, &sb);
    text = text_of(arena_strndup(o->m.arena, sb.buf, sb.len));
    strbuf_release(&sb);
    return text;
}

/* --- reports --- */

/* The final accounts of a line as they are shown. */
static struct text read_final(struct overview *o, sqlite3_stmt *stmt,
                              const struct view_report *report, const char *table, const char *line)
{
    struct text stated = {0};
    struct decimal d;

    sqlite3_bind_text(stmt, 1, report->department.s, -1, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 2, report->year.value);
    sqlite3_bind_text(stmt, 3, table, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 4, line, -1, SQLITE_STATIC);
    if (sqlite3_step(stmt) == SQLITE_ROW)
        stated = overview_text(o, stmt, 0);
    sqlite3_reset(stmt);
    if (stated.s && decimal_parse(stated.s, stated.len, &d) == DECIMAL_OK)
        return grouped(o, d);
    return stated; /* a dash or its like */
}

static void read_row(struct overview *o, sqlite3_stmt *stmt, sqlite3_stmt *figure,
                     struct view_report *report, struct overview_department *department)
{
    static const char totals[] = "income_expenditure_summary";

    memset(report, 0, sizeof(*report));
    report->department = overview_text(o, stmt, 0);
    report->department_name = overview_text(o, stmt, 1);
    report->division_name = overview_text(o, stmt, 2);
    report->year = overview_integer(stmt, 3);
    report->unit = overview_text(o, stmt, 4);
    report->projects = overview_integer(stmt, 5);
    report->evaluations = overview_integer(stmt, 6);
    department->division = overview_text(o, stmt, 7);
    department->name = overview_text(o, stmt, 8);
    if (!report->year.present)
        return;
    report->income = read_final(o, figure, report, totals, "income-total");
    report->expenditure = read_final(o, figure, report, totals, "expenditure-total");
    report->closing = read_final(o, figure, report, totals, "closing");
    report->three_public = read_final(o, figure, report, "three_public", "total");
}

struct row_list {
    struct overview *o;
    sqlite3_stmt *figure;
    struct overview_rows *out;
    size_t report_cap, department_cap;
};

static void add_row(void *ctx, sqlite3_stmt *stmt)
{
    struct row_list *list = ctx;
    struct overview_rows *out = list->out;
    struct arena *arena = list->o->m.arena;

    ARENA_GROW(arena, out->reports, out->count, list->report_cap);
    ARENA_GROW(arena, out->departments, out->count, list->department_cap);
    read_row(list->o, stmt, list->figure, &out->reports[out->count], &out->departments[out->count]);
    out->count++;
}

int overview_read(struct overview *o, const char *order, struct overview_rows *out)
{
    struct row_list list = {.o = o, .figure = overview_prepare(o, figure_sql), .out = out};
    struct strbuf sql = STRBUF_INIT;
    int result = -1;

    *out = (struct overview_rows){NULL, NULL, 0};
    strbuf_addf(&sql, "%s%s", reports_sql, order);
    if (list.figure)
        result = overview_each(o, sql.buf, add_row, &list);
    sqlite3_finalize(list.figure);
    strbuf_release(&sql);
    return result;
}

/* --- years --- */

/* 万元 and 分, each with a sign, as 万元, with no more decimals than are needed and at least two.
 */
static struct text in_ten_thousands(struct overview *o, int64_t whole, int64_t fen)
{
    enum { FEN = 1000000 }; /* in 万元 */
    struct decimal rest = {0, 6, false};
    struct strbuf sb = STRBUF_INIT;
    struct text text;
    size_t zero;

    whole += fen / FEN;
    fen %= FEN;
    if (whole < 0 && fen > 0) {
        whole++;
        fen -= FEN;
    } else if (whole > 0 && fen < 0) {
        whole--;
        fen += FEN;
    }
    if (whole < 0 || fen < 0)
        strbuf_addch(&sb, '-');
    decimal_format_grouped((struct decimal){whole < 0 ? -whole : whole, 0, false}, &sb);
    for (rest.units = fen < 0 ? -fen : fen; rest.scale > 2 && rest.units % 10 == 0; rest.scale--)
        rest.units /= 10;
    zero = sb.len;
    decimal_format(rest, &sb);
    memmove(sb.buf + zero, sb.buf + zero + 1, sb.len - zero); /* 0.50 goes on behind the whole */
    text = text_of(arena_strdup(o->m.arena, sb.buf));
    strbuf_release(&sb);
    return text;
}

struct year_list {
    struct overview *o;
    struct view_year *items;
    size_t count, cap;
};

static void add_year(void *ctx, sqlite3_stmt *stmt)
{
    struct year_list *list = ctx;
    struct overview *o = list->o;
    struct view_year *year;

    ARENA_GROW(o->m.arena, list->items, list->count, list->cap);
    year = &list->items[list->count++];
    *year = (struct view_year){.year = overview_integer(stmt, 0),
                               .reports = overview_integer(stmt, 1),
                               .projects = overview_integer(stmt, 2),
                               .counted = overview_integer(stmt, 5)};
    if (year->counted.value)
        year->expenditure =
            in_ten_thousands(o, sqlite3_column_int64(stmt, 3), sqlite3_column_int64(stmt, 4));
}

int overview_years(struct overview *o, struct view_year **years, size_t *count)
{
    struct year_list list = {.o = o};
    int result = overview_each(o, years_sql, add_year, &list);

    *years = list.items;
    *count = list.count;
    return result;
}

struct integer overview_count(struct overview *o, const char *table)
{
    struct integer count = {0};
    struct strbuf sql = STRBUF_INIT;
    sqlite3_stmt *stmt;

    strbuf_addf(&sql, "SELECT count(*) FROM %s", table);
    stmt = overview_prepare(o, sql.buf);
    if (stmt && sqlite3_step(stmt) == SQLITE_ROW)
        count = overview_integer(stmt, 0);
    else if (stmt)
        overview_fail(o);
    sqlite3_finalize(stmt);
    strbuf_release(&sql);
    return count;
}
