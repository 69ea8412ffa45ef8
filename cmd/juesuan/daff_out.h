/*
 * daff_out: what is different, as a tabular diff: the highlighter format 0.8 of daff, as CSV.
 * Private to cmd/juesuan.
 *
 * What is compared are two tables: all figures of each side, in the columns of the datasets but for
 * where they stand in their file, identified by their address, in the order of departments and
 * addresses. Of two fiscal years, whose figures have other addresses, the rows have the key by
 * which they are compared in the place of the address, and no year. Rows differ when a cell does.
 * Columns never differ, so that there is no schema row; no row is moved, since both sides are in
 * order.
 */
#ifndef DAFF_OUT_H
#define DAFF_OUT_H

#include "base/strbuf.h"
#include "dataset/dataset.h"
#include "history/changes.h"

struct daff_row;

struct daff {
    struct arena arena;
    bool is_by_key; /* two years */
    struct data_table table;
    struct daff_row *rows; /* that are told, in order */
    size_t count, cap;
    const char **removed; /* rows that come behind those that were added at the same place */
    size_t removed_count, removed_cap;
    bool *active;    /* columns in which anything differs */
    size_t dashes;   /* of the arrow between old and new: no cell has it */
    bool is_hidden;  /* rows were passed over since the last that is told */
    bool is_context; /* the next row is told, whatever it is */
    bool has_before; /* the last row that was passed over, which may be context: */
    struct strbuf before, old, new;
};

void daff_start(struct daff *daff, bool are_years);
/* Each figure of both sides, in order: see `all` of struct changes_asked. Texts are left out. */
void daff_put(struct daff *daff, const struct change *change);
/* Appends all of it. */
void daff_end(struct daff *daff, struct strbuf *out);
void daff_release(struct daff *daff);

#endif
