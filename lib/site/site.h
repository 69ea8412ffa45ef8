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

struct data_plan;
struct errs;
struct search_chunk;
struct search_index;
struct site_texts;
struct source;
struct theme;

/* One language of the site, as all of them know it. */
struct site_language {
    const char *tag;    /* "en" */
    const char *name;   /* in itself: "English" */
    const char *prefix; /* of its pages: "" for the site's own language, "en/" for a translation */
    const struct theme *theme; /* in it */
};

/* The site in one language. */
struct site_context {
    const struct theme *theme;
    const struct catalog *catalog;
    const struct source *source;           /* to see what can be linked to */
    const struct view_menu *menu;          /* may be NULL */
    const struct site_texts *texts;        /* may be NULL */
    const struct site *settings;           /* in this language; NULL: those of the catalog */
    const char *prefix;                    /* NULL: "" */
    const struct site_language *languages; /* all, the site's own first; may be NULL */
    size_t language_count;
};

/* The settings of the site in the language. */
const struct site *site_settings(const struct site_context *site);

static inline bool site_is_translation(const struct site_context *site)
{
    return site->prefix && *site->prefix;
}

/* What a dataset is called in the language: by the dictionary, or else as its profile prints it. */
struct text site_data_title(const struct site_context *site, const char *title,
                            const char *title_en);

/* Where pages go. put() may be called by several threads; -1 after adding an error. */
struct site_output {
    void *ctx;
    int (*put)(void *ctx, const char *path, const char *data, size_t len, struct errs *errs);
};

/*
 * The ordinary pages, rendered but not yet put out: every other page has them in its menu. NULL
 * after adding errors. They point into `pages`; the menu of `site` is not used.
 */
struct site_texts *site_texts_make(const struct site_context *site,
                                   const struct content_pages *pages, struct errs *errs);
void site_texts_free(struct site_texts *texts);
const struct view_menu *site_texts_menu(const struct site_texts *texts);

/* The index of what can be searched, without anything in it; see search/search_index.h. */
struct search_index *site_search_new(char *(*stage)(void *ctx, const char *path, struct errs *errs),
                                     void *ctx, struct errs *errs);

/* The ordinary pages, the glossary, the page for searching and that for what is not found. What of
 * them can be searched is added to `search`, if it is not NULL. */
int site_render_texts(const struct site_context *site, const struct site_texts *texts,
                      const struct site_output *output, struct search_chunk *search,
                      struct errs *errs);

/* The pages of one department: itself, its years, their projects and evaluations; and what of them
 * can be searched, if `search` is not NULL. */
int site_render_department(const struct site_context *site,
                           const struct content_department *department,
                           const struct site_output *output, struct search_chunk *search,
                           struct errs *errs);

/*
 * The pages that span departments, from the finished database: home, the list of departments, the
 * years. `figures` is how many numbers have an address.
 */
int site_render_overview(const struct site_context *site, const char *database, uint64_t figures,
                         const struct site_output *output, struct errs *errs);

/* The data page. `files` are the data files that were made, those of all years first. */
int site_render_data(const struct site_context *site, const struct view_files *groups, size_t count,
                     const struct site_output *output, struct errs *errs);
/* What the columns of the datasets are. */
int site_render_dictionary(const struct site_context *site, const struct data_plan *plan,
                           const struct site_output *output, struct errs *errs);

/* The files of a site, one after the other: 1 and a path that is good until the next call, 0 after
 * the last, -1 after adding an error. */
struct site_files {
    void *ctx;
    int (*next)(void *ctx, const char **path, struct errs *errs);
};

/*
 * robots.txt, and a sitemap of the pages among the files, when the site says where it will be.
 */
int site_render_sitemap(const struct site_context *site, const struct site_files *files,
                        const struct site_output *output, struct errs *errs);

#endif
