/*
 * overview: what pages that span departments read from the finished database. Private to lib/site.
 *
 * Everything lives in the maker's arena. A function that fails has added an error and set the
 * maker's result.
 */
#ifndef SITE_OVERVIEW_H
#define SITE_OVERVIEW_H

#include <sqlite3.h>

#include "site/page.h"

struct overview {
    struct page_maker m;
    sqlite3 *db;
    uint64_t figures; /* how many numbers have an address */
};

/* A department's years, and what is to be known of the department beside each. */
struct overview_rows {
    struct view_report *reports; /* without a year: the department has no report */
    struct overview_department {
        struct text division;
        struct text name; /* of today; a report has that of its year */
    } * departments;
    size_t count;
};

/* `order` completes the query: "WHERE r.year = 2024 ORDER BY ...". d is departments, r is reports.
 */
int overview_read(struct overview *o, const char *order, struct overview_rows *out);

/* All years, the newest first. */
int overview_years(struct overview *o, struct view_year **years, size_t *count);

/* Calls row() for each row of a statement. -1 after an error, which may come behind some rows. */
int overview_each(struct overview *o, const char *sql, void (*row)(void *ctx, sqlite3_stmt *stmt),
                  void *ctx);
/* A statement; NULL after an error. */
sqlite3_stmt *overview_prepare(struct overview *o, const char *sql);
/* Adds the error that the database has; -1. */
int overview_fail(struct overview *o);
/* Columns of the row at hand. */
struct text overview_text(struct overview *o, sqlite3_stmt *stmt, int i);
struct integer overview_integer(sqlite3_stmt *stmt, int i);

/* The quality page; the page of all changes, those of each revision, and the feed. */
void quality_page_put(struct overview *o);
void change_pages_put(struct overview *o);

/* How many rows a table or view has. */
struct integer overview_count(struct overview *o, const char *table);

#endif
