/*
 * theme: templates, labels and assets, ready to render with.
 *
 *     <theme>/templates/<name>.mustache   a page, its layout, or a part ("parts/table"); what is
 *                                         called *.txt.mustache makes plain text
 *     <theme>/labels/<language>.json      words of the pages, {{labels.NAME}}
 *     <theme>/assets/...                  copied to assets/ of the site
 *     <theme>/theme.json                  {"extends": "default"}: the name of another theme
 *
 * A theme that extends another has only what is different: any file takes the place of that of the
 * same name; of labels, those that it names. A site may override the theme in the same way, in the
 * folder theme/ of its content. What is there and nothing uses is warned about. Every page
 * and part is compiled when the theme is loaded, so that a mistake in a template shows at once and
 * not on the page that happens to use it. A mistake in a template that many pages include is one
 * error, with notes on how the first of them comes to it. A loaded theme is only read, by any
 * number of threads.
 *
 * Symbolic links below templates/ and assets/ are errors, as in the sources: what is published is
 * in the theme. Names that begin with a dot, what systems leave behind, and files of templates/
 * that are no templates, are passed over. Folders nest up to 8 deep.
 *
 * Depends on base, text, model, source. A theme is a folder of the file system; what overrides it
 * comes from where the content comes from.
 */
#ifndef SITE_THEME_H
#define SITE_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "model/entities.h"

struct arena;
struct entity;
struct errs;
struct field;
struct known;
struct source;
struct strbuf;
struct theme;
struct view_phrase;

/* Where a site has its own, below the content folder. */
#define THEME_OWN "theme"
/* What a theme says of itself. */
#define THEME_SETTINGS "theme.json"

struct theme_place {
    const char *folder;
    const char
        *shared; /* where a theme that it extends is looked for that is not beside it; or NULL */
};

/* Whether a folder looks like that of a theme. */
bool theme_is_at(const char *folder);
/* Offers the names of the themes that lie in a folder; they live in the arena. */
void theme_offer(const char *around, struct arena *arena, struct known *known);

/* clang-format off */
enum template_id {
#define TEMPLATE(id, ...) TEMPLATE_##id,
#include "site/templates.def"
    TEMPLATE_COUNT
};
/* clang-format on */

/* "report", "parts/table" */
const char *theme_template_name(enum template_id id);
/* What it is rendered with: the entity of its record. */
const struct entity *theme_template_entity(enum template_id id);

/* The content folder `site` may be NULL, or have no theme/; it must stay open as long as the theme.
 * NULL after adding errors. */
struct theme *theme_load(const char *folder, const struct source *site, const char *language,
                         struct errs *errs);
/* One of several languages of a site. */
struct theme_language {
    const char *tag;           /* "en" */
    const char *const *others; /* tags, ended by NULL; NULL: there are none */
    /* The theme was loaded in another language before: of warnings, only those about the labels are
     * told, since all others are the same. */
    bool is_translation;
};

struct theme *theme_load_in(const struct theme_place *place, const struct source *site,
                            const struct theme_language *language, struct errs *errs);
void theme_free(struct theme *theme);

/* The folders that it was loaded of: of the themes that it extends, and its own. NULL: no more. */
const char *theme_folder(const struct theme *theme, size_t i);

/*
 * Appends. `record` is of the entity that the template is for. -1 after adding an error: templates
 * that include each other without end. `made` is what the error says it was for: the page, or the
 * text that the part is put in.
 */
int theme_render(const struct theme *theme, enum template_id id, const void *record,
                 const char *made, struct strbuf *out, struct errs *errs);

/* clang-format off */
enum theme_word {
#define WORD(name) WORD_##name,
#include "site/words.def"
    WORD_COUNT
};
/* clang-format on */

/* A word in the theme's language, such as the name of the home page. */
const char *theme_word(const struct theme *theme, enum theme_word word);
/* What the labels file calls it. */
const char *theme_word_name(enum theme_word word);
/* Whether the label of that name is such a word. */
bool theme_is_word(const char *label);

/* The label that is not one: an object of printed names, such as those of tables, columns and lines
 * that profiles have, with what they are in the language. */
#define THEME_PHRASES "phrases"

/* Whether the pages are in Chinese, as the names of the sources are. No theme is Chinese. */
bool theme_is_chinese(const struct theme *theme);
/* Of a thing of the dictionary, the title that the theme's language takes. */
const char *theme_title(const struct theme *theme, const char *title, const char *title_en);
const char *theme_field_title(const struct theme *theme, const struct field *field);
/* A printed name in the language of the theme; as it is, where that has no phrase for it. */
struct text theme_phrase(const struct theme *theme, const struct text *printed);

/* All phrases, in the order of their file; `*items` lives in the arena. */
void theme_phrases(const struct theme *theme, struct arena *arena, struct view_phrase **items,
                   size_t *count);

struct theme_asset {
    const char *path; /* below assets/ */
    const struct source *source;
    const char *file; /* where it is in the source */
};

/* The assets, sorted by path. */
const struct theme_asset *theme_assets(const struct theme *theme, size_t *count);

#endif
