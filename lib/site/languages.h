/*
 * languages: the languages that a site is published in: its own at the root, each translation
 * below a folder of its name.
 *
 * All have the same pages, of the same sources: names and texts stay as they are. What a language
 * has of its own are the labels and phrases of the theme, and the title of the site. So whatever is
 * wrong with the content is told once, by the site's own language.
 *
 * Depends on base, model, source, site/theme.h.
 */
#ifndef SITE_LANGUAGES_H
#define SITE_LANGUAGES_H

#include "site/site.h"

struct site_languages;
struct theme_place;

/*
 * Loads the theme in every language, and makes the ordinary pages in it. NULL after adding errors.
 * After errors in the ordinary pages it is there all the same, so that the others can be tried. The
 * catalog, the source and the pages must outlive it.
 */
struct site_languages *site_languages_load(const struct theme_place *theme,
                                           const struct catalog *catalog,
                                           const struct source *source,
                                           const struct content_pages *pages, struct errs *errs);
void site_languages_free(struct site_languages *languages);

/* The site in its own language. */
const struct site_context *site_languages_own(const struct site_languages *languages);

/*
 * Renders something in one language after the other, until one fails; -1 then. Warnings are those
 * of the site's own language alone, since they are the same in all. May be called by several
 * threads.
 */
typedef int site_render(const struct site_context *site, void *ctx, struct errs *errs);
int site_languages_render(const struct site_languages *languages, site_render *render, void *ctx,
                          struct errs *errs);

#endif
