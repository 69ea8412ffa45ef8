/*
 * data_files: the datasets as CSV and JSON files, whole and year by year.
 *
 *     data/<table>.csv           the whole table
 *     data/<table>.json          the same, of tables without a year
 *     data/<year>/<table>.csv    a year of it, and .json
 *
 * Wide tables have CSV only. Rows come from many departments: each department's rows are made into
 * a chunk (by any thread), and the chunks are added in order (by one thread), which appends them to
 * the files. Memory is bounded: what has been added is written out from time to time.
 *
 * Depends on base, text, model, dataset/dataset.h.
 */
#ifndef DATASET_DATA_FILES_H
#define DATASET_DATA_FILES_H

#include <stdint.h>

#include "dataset/dataset.h"

struct data_chunk;
struct data_files;
struct errs;

/* The rows of a department in text form. Freed with data_chunk_free(). */
struct data_chunk *data_chunk_make(const struct data_plan *plan,
                                   const struct department *department);
void data_chunk_free(struct data_chunk *chunk);

/*
 * Where files are written: stage() gives the path of a file that does not exist yet, for its path
 * on the site, to be freed; NULL after adding an error.
 */
struct data_files *data_files_new(const struct data_plan *plan,
                                  char *(*stage)(void *ctx, const char *path, struct errs *errs),
                                  void *ctx);
int data_files_add(struct data_files *files, const struct data_chunk *chunk, struct errs *errs);
/* Completes and closes all files. */
int data_files_finish(struct data_files *files, struct errs *errs);

struct data_file {
    const char *path;             /* on the site */
    const char *title, *title_en; /* those of the table */
    uint64_t rows;
};

/* After finishing: all files, sorted by path; they live as long as `files`. */
const struct data_file *data_files_list(const struct data_files *files, size_t *count);
void data_files_free(struct data_files *files);

#endif
