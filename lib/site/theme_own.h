/*
 * theme_own: what overrides a theme and is not used: it was meant to change something, and changes
 * nothing. That is what a site has in its own folder for the theme or, where it has none, what a
 * theme has that extends another. Warnings. Private to theme.c.
 *
 * Depends on base, text and source.
 */
#ifndef SITE_THEME_OWN_H
#define SITE_THEME_OWN_H

#include <jansson.h>

struct errs;
struct mustache_set;
struct theme_layer;
struct theme_language;

struct theme_own {
    const struct theme_layer *layer;
    const struct theme_language *language;
    const struct mustache_set *set; /* with all templates, compiled or not */
    const json_t *labels;           /* of all layers */
};

/* Files that nothing reads; of a theme, those among the templates. */
void theme_own_check_files(const struct theme_own *own, struct errs *errs);
/* Templates, and labels of the language, that nothing uses, when all pages have been compiled. */
void theme_own_check_templates(const struct theme_own *own, struct errs *errs);
void theme_own_check_labels(const struct theme_own *own, struct errs *errs);

#endif
