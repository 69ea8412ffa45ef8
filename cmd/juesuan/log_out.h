/*
 * log_out: what revisions did, in the forms in which it is told. Private to cmd/juesuan.
 */
#ifndef LOG_OUT_H
#define LOG_OUT_H

#include <stdbool.h>
#include <stddef.h>

struct commit;
struct csv_writer;
struct grid;
struct item;
struct json_writer;
struct log_all;

/* A figure, or the beginning of a text in one line, in a cell; nothing for NULL. */
void log_put_side(struct grid *grid, size_t column, const struct item *item);

/* The commit of an event: keys and values; cells of a row, which is not ended; and the header of
 * those and of what change_as_csv() puts behind them. */
void log_put_commit(struct json_writer *w, const struct commit *commit, bool is_cut);
void log_commit_as_csv(struct csv_writer *w, const struct commit *commit, bool is_cut);
void log_csv_header(struct csv_writer *w);

/* All that all revisions did. For people: on standard output, by revision. */
void log_all_as_text(const struct log_all *all);
/* For machines: the keys "events" and "unread"; rows. */
void log_all_as_json(struct json_writer *w, const struct log_all *all);
void log_all_as_csv(const struct log_all *all);

#endif
