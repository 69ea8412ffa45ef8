/*
 * theme_layers: where the files of a theme come from: the theme that it extends, whatever that
 * extends, the theme itself, and what a site has of its own. Each layer has only what it overrides;
 * the last one that has a file of a name has it. Private to the theme.
 *
 *     <theme>/theme.json   {"extends": "default"}: the name of a theme beside it, or, where there
 * is none, of one of those that are shared. A theme without the file is whole.
 *
 * Depends on base, text, source and site/theme.h.
 */
#ifndef SITE_THEME_LAYERS_H
#define SITE_THEME_LAYERS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct errs;
struct source;
struct theme_place;

struct theme_layer {
    const char *folder; /* of a theme; NULL: this is the site's own */
    const struct source *source;
    const char *below; /* where the layer is in its source: "" or THEME_OWN */
};

struct theme_layers {
    struct theme_layer *items; /* the first is overridden by all others */
    size_t count;
    size_t cap;
};

/* `site` may be NULL, or have nothing of its own. The arena must outlive the layers, which are to
 * be closed also after -1. */
int theme_layers_open(struct theme_layers *layers, const struct theme_place *place,
                      const struct source *site, struct arena *arena, struct errs *errs);
void theme_layers_close(struct theme_layers *layers);

/* A path of the layer, such as "labels/en.json", in its source. */
const char *theme_layer_path(const struct theme_layer *layer, const char *path,
                             struct arena *arena);
/* Which layer a source is of: its index. */
size_t theme_layers_find(const struct theme_layers *layers, const struct source *source);
/* The theme that was asked for. */
const struct theme_layer *theme_layers_named(const struct theme_layers *layers);
/* What the site has of its own; NULL: nothing. */
const struct theme_layer *theme_layers_own(const struct theme_layers *layers);

#endif
