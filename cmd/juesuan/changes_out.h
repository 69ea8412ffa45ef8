/*
 * changes_out: what is different, in the forms in which it is told. Private to cmd/juesuan.
 */
#ifndef CHANGES_OUT_H
#define CHANGES_OUT_H

#include "base/strbuf.h"
#include "cells.h"
#include "history/changes.h"

struct csv_writer;
struct json_writer;

/* For people: on standard output, by report and table. */
struct change_text {
    int64_t old_year, new_year;
    char *report, *table; /* the headings that were put last */
    struct grid grid;     /* what is below them, and not printed yet */
    struct strbuf texts;
    bool is_whole; /* it came or went as a whole, with so many parts */
    size_t figures, others;
    bool any;
};

/* The years are those of two that are compared, or 0. */
void change_text_start(struct change_text *t, int64_t old_year, int64_t new_year);
void change_text_put(struct change_text *t, const struct change *change);
void change_text_end(struct change_text *t);
/* "2 figures changed, 1 added, 0 removed, 1523 unchanged" */
void put_change_counts(const char *one, const char *many, const struct change_counts *counts);

/* The difference ("+12.50") or per cent of it in a cell; nothing when there is none. */
void change_put_difference(struct grid *grid, size_t column, const struct change *change);
void change_put_percent(struct grid *grid, size_t column, const struct change *change);

/* For machines: the keys and values of a change; the cells of a row, which is not ended. */
void change_put_fields(struct json_writer *w, const struct change *change);
void change_counts_as_json(struct json_writer *w, const char *key,
                           const struct change_counts *counts);
void change_csv_header(struct csv_writer *w);
void change_as_csv(struct csv_writer *w, const struct change *change);
/* The same of what was added as a whole, and has no values. */
void change_whole_as_csv(struct csv_writer *w, const char *kind, const char *address,
                         const char *department, int64_t year);

#endif
