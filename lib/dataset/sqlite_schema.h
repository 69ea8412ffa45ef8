/*
 * sqlite_schema: the SQL that describes the datasets to SQLite, from the plan and the dictionary.
 *
 * Tables have the columns of the plan, natural primary keys and foreign keys to the records they
 * belong to. A table with a `scope` (projects/p07) also has generated columns `project` and
 * `evaluation`, so that it can be joined. There is a view for each wide table, and `all_figures`,
 * every number with its address. Depends on base, model, dataset/dataset.h.
 */
#ifndef DATASET_SQLITE_SCHEMA_H
#define DATASET_SQLITE_SCHEMA_H

struct data_plan;
struct data_table;
struct strbuf;

/* CREATE TABLE for all tables. */
void sqlite_schema_tables(const struct data_plan *plan, struct strbuf *sql);
/* Indexes and views, for when the rows are in. */
void sqlite_schema_views(const struct data_plan *plan, struct strbuf *sql);
/* INSERT with a parameter for each column of the plan. */
void sqlite_schema_insert(const struct data_table *table, struct strbuf *sql);

#endif
