/*
 * site: the pages. Each function renders some of them and hands them to the output, with the path
 * that they have on the site. The addresses are permanent: see "Addresses" in the manual.
 *
 * Depends on base, text, model, source, dataset (for what spans departments).
 */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include "model/catalog.h"
#include "site/views.h"
#include "source/content.h"

struct errs;
struct theme;

struct site_context {
    const struct theme *theme;
    const struct catalog *catalog;
};

/* Where pages go. put() may be called by several threads; -1 after adding an error. */
struct site_output {
    void *ctx;
    int (*put)(void *ctx, const char *path, const char *data, size_t len, struct errs *errs);
};

/* The pages of one department: itself, its years, their projects and evaluations. */
int site_render_department(const struct site_context *site,
                           const struct content_department *department,
                           const struct site_output *output, struct errs *errs);

/* The pages that span departments, from the finished database: home, the list of departments. */
int site_render_overview(const struct site_context *site, const char *database,
                         const struct site_output *output, struct errs *errs);

/* The data page. `files` are the data files that were made. */
int site_render_data(const struct site_context *site, const struct view_file *files,
                     size_t file_count, const struct site_output *output, struct errs *errs);

#endif
