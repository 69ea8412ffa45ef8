/*
 * theme: templates, labels and assets, ready to render with.
 *
 *     <theme>/templates/<name>.mustache   a page, its layout, or a part ("parts/table")
 *     <theme>/labels/<language>.json      words of the pages, {{labels.NAME}}
 *     <theme>/assets/...                  copied to assets/ of the site
 *
 * A site may override any of these with files of the same name in a second folder; of labels, those
 * that it names. Every page and part is compiled when the theme is loaded, so that a mistake in a
 * template shows at once and not on the page that happens to use it. A mistake in a template that
 * many pages include is one error, with notes on how the first of them comes to it. A loaded theme
 * is only read, by any number of threads.
 *
 * Symbolic links below templates/ and assets/ are errors, as in the sources: what is published is
 * in the theme. Names that begin with a dot, and files of templates/ that are no templates, are
 * passed over. Folders nest up to 8 deep.
 *
 * Depends on base, text, model; a theme is always a folder of the file system.
 */
#ifndef SITE_THEME_H
#define SITE_THEME_H

#include <stddef.h>

struct errs;
struct strbuf;
struct theme;

/* What can be rendered: pages, and the parts that texts put in. Each is a template of that name. */
enum template_id {
    TEMPLATE_HOME,
    TEMPLATE_DEPARTMENTS,
    TEMPLATE_DEPARTMENT,
    TEMPLATE_REPORT,
    TEMPLATE_PROJECT,
    TEMPLATE_EVALUATION,
    TEMPLATE_DATA,
    TEMPLATE_PART_TABLE,
    TEMPLATE_PART_CSV,
    TEMPLATE_PART_FIGURE,
    TEMPLATE_COUNT
};

/* `override` may be NULL or name a folder that does not exist. NULL after adding errors. */
struct theme *theme_load(const char *folder, const char *override, const char *language,
                         struct errs *errs);
void theme_free(struct theme *theme);

/*
 * Appends. `record` is of the entity that the template is for (see the table in theme.c). -1 after
 * adding an error: templates that include each other without end. `made` is what the error says it
 * was for: the page, or the text that the part is put in.
 */
int theme_render(const struct theme *theme, enum template_id id, const void *record,
                 const char *made, struct strbuf *out, struct errs *errs);

/*
 * A word of the theme's labels that C code needs, such as the name of the home page. Those that are
 * asked for are in a list in theme.c, so that a theme without them is not loaded.
 */
const char *theme_label(const struct theme *theme, const char *name);

struct theme_asset {
    const char *path; /* below assets/ */
    const char *file; /* where it is now */
};

/* The assets, sorted by path. */
const struct theme_asset *theme_assets(const struct theme *theme, size_t *count);

#endif
