#include "base/base.h"

#include "site/languages.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "site/theme.h"

struct language {
    struct theme *theme;
    struct site settings;
    struct site_texts *texts;
};

struct site_languages {
    struct arena arena;
    const struct catalog *catalog;
    const char **tags; /* that of the site, those of its translations, NULL */
    struct language *items;
    struct site_context *sites; /* of each */
    struct site_language *names;
    size_t count;
};

static const struct text *tag_at(const struct site_languages *l, size_t i)
{
    const struct site *site = &l->catalog->site;

    return i ? &site->translations.items[i - 1].language : &site->language;
}

/* Where the site asks for a language. */
static void place(const struct site_languages *l, const struct text *tag, struct err *err)
{
    const struct source_text *source = &l->catalog->site_source;

    if (tag->s)
        err_at_offset(err, source->path, source->text, source->len, tag->at.offset);
}

static int check_tags(const struct site_languages *l, struct errs *errs)
{
    size_t before = errs_count(errs);

    for (size_t i = 1; i < l->count; i++)
        if (!strcmp(l->tags[i], l->tags[0])) {
            struct err *err = errs_add(errs, ERR_CONTENT, "own-language",
                                       "%s is the language of the site itself", l->tags[i]);

            place(l, tag_at(l, i), err);
            err_hint(err, "name its other languages among the translations");
        }
    return errs_count(errs) > before ? -1 : 0;
}

/* --- loading --- */

static int load_theme(struct site_languages *l, size_t i, const struct theme_place *from,
                      const struct source *source, struct errs *errs)
{
    struct theme_language language = {l->tags[i], i ? NULL : l->tags + 1, i > 0};
    size_t before = errs->count;

    l->items[i].theme = theme_load_in(from, source, &language, errs);
    for (size_t j = before; j < errs->count; j++)
        if (!strcmp(errs->items[j].id, "missing-labels")) /* it is the site that wants them */
            place(l, tag_at(l, i), &errs->items[j]);
    return l->items[i].theme ? 0 : -1;
}

static void settle(struct site_languages *l, size_t i, const struct source *source)
{
    struct language *language = &l->items[i];
    const struct site *own = &l->catalog->site;

    language->settings = *own;
    if (i) {
        const struct translation *translation = &own->translations.items[i - 1];

        if (translation->title.s)
            language->settings.title = translation->title;
        language->settings.description = translation->description;
    }
    l->names[i] = (struct site_language){
        .tag = l->tags[i],
        .name = theme_word(language->theme, WORD_language_name),
        .prefix = i ? arena_format(&l->arena, "%s/", l->tags[i]) : "",
        .theme = language->theme,
    };
    l->sites[i] = (struct site_context){
        .theme = language->theme,
        .catalog = l->catalog,
        .source = source,
        .settings = &language->settings,
        .prefix = l->names[i].prefix,
        .languages = l->names,
        .language_count = l->count,
    };
}

/* Their warnings come of the site's own language alone. */
static int make_texts(struct site_languages *l, size_t i, const struct content_pages *pages,
                      struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct site_texts *texts = site_texts_make(&l->sites[i], pages, &own);

    l->items[i].texts = texts;
    if (!i || !texts)
        errs_move(errs, &own);
    errs_release(&own);
    if (!texts)
        return -1;
    l->sites[i].texts = texts;
    l->sites[i].menu = site_texts_menu(texts);
    return 0;
}

static void open_lists(struct site_languages *l)
{
    l->count = 1 + l->catalog->site.translations.count;
    l->tags = arena_zalloc(&l->arena, l->count + 1, sizeof(*l->tags));
    l->items = arena_zalloc(&l->arena, l->count, sizeof(*l->items));
    l->sites = arena_zalloc(&l->arena, l->count, sizeof(*l->sites));
    l->names = arena_zalloc(&l->arena, l->count, sizeof(*l->names));
    for (size_t i = 0; i < l->count; i++)
        l->tags[i] = i ? tag_at(l, i)->s : catalog_language(l->catalog);
}

struct site_languages *site_languages_load(const struct theme_place *theme,
                                           const struct catalog *catalog,
                                           const struct source *source,
                                           const struct content_pages *pages, struct errs *errs)
{
    struct site_languages *l = mem_zalloc(1, sizeof(*l));
    int result;

    l->catalog = catalog;
    open_lists(l);
    result = check_tags(l, errs);
    for (size_t i = 0; !result && i < l->count; i++)
        result = load_theme(l, i, theme, source, errs);
    for (size_t i = 0; !result && i < l->count; i++)
        settle(l, i, source);
    if (result) {
        site_languages_free(l);
        return NULL;
    }
    for (size_t i = 0; i < l->count && !make_texts(l, i, pages, errs); i++)
        ;
    return l;
}

void site_languages_free(struct site_languages *l)
{
    for (size_t i = 0; l && i < l->count; i++) {
        site_texts_free(l->items[i].texts);
        theme_free(l->items[i].theme);
    }
    if (l)
        arena_release(&l->arena);
    free(l);
}

/* --- rendering --- */

const struct site_context *site_languages_own(const struct site_languages *l)
{
    return &l->sites[0];
}

int site_languages_render(const struct site_languages *l, site_render *render, void *ctx,
                          struct errs *errs)
{
    int result = 0;

    for (size_t i = 0; !result && i < l->count; i++) {
        struct errs own = ERRS_INIT;

        result = render(&l->sites[i], ctx, i ? &own : errs);
        if (result)
            errs_move(errs, &own);
        errs_release(&own);
    }
    return result;
}
