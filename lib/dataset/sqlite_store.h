/*
 * sqlite_store: the datasets as one SQLite file, written in one go.
 *
 * A store belongs to one thread. The file is new, has no journal and is not synced: it is built
 * beside its final place and is worth nothing before data_store_finish(). The same rows in the same
 * order give the same bytes. Depends on base, model, dataset/dataset.h, sqlite3.
 */
#ifndef DATASET_SQLITE_STORE_H
#define DATASET_SQLITE_STORE_H

#include <stdint.h>

#include "dataset/dataset.h"

struct errs;
struct data_store;

/* `path` must not exist. NULL after adding an error. */
struct data_store *data_store_create(const char *path, const struct data_plan *plan,
                                     struct errs *errs);
/* Adds all rows of a department. */
int data_store_add(struct data_store *store, const struct department *department,
                   struct errs *errs);
/* Indexes and views; commits. */
int data_store_finish(struct data_store *store, struct errs *errs);
/* How many rows are in it. */
uint64_t data_store_rows(const struct data_store *store);
void data_store_free(struct data_store *store);

#endif
