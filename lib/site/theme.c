#include "base/base.h"

#include "site/theme.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "site/record_schema.h"
#include "site/theme_layers.h"
#include "site/theme_own.h"
#include "site/views.h"
#include "source/source.h"
#include "text/json_read.h"
#include "text/json_tree.h"
#include "text/mustache.h"

enum { THEME_DEPTH_MAX = 8 };

/* clang-format off */
static const struct {
    const char *name;
    const struct entity *root;
} templates[TEMPLATE_COUNT] = {
#define TEMPLATE(id, file, of) [TEMPLATE_##id] = {file, &entity_##of},
#include "site/templates.def"
};
/* clang-format on */

const char *theme_template_name(enum template_id id)
{
    return templates[id].name;
}

const struct entity *theme_template_entity(enum template_id id)
{
    return templates[id].root;
}

/* clang-format off */
static const char *const words[WORD_COUNT] = {
#define WORD(name) #name,
#include "site/words.def"
};
/* clang-format on */

const char *theme_word_name(enum theme_word word)
{
    return words[word];
}

bool theme_is_word(const char *label)
{
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (!strcmp(words[i], label))
            return true;
    return false;
}

struct theme {
    struct theme_layers layers;
    struct arena arena;
    struct mustache_set *set;
    struct mustache_program *programs[TEMPLATE_COUNT];
    json_t *constants; /* {"labels": {...}} */
    json_t *labels;    /* borrowed from the constants */
    json_t *phrases;   /* Chinese -> the language; NULL: there are none */
    enum naming naming;
    struct theme_asset *assets;
    size_t asset_count;
    size_t asset_cap;
};

static const char *join(struct theme *theme, const char *folder, const char *name)
{
    return arena_format(&theme->arena, "%s%s%s", folder, *folder && *name ? "/" : "", name);
}

static int refuse(const char *shown, enum fs_kind kind, struct errs *errs)
{
    if (kind == FS_LINK)
        fs_add_link(shown, errs);
    else if (kind == FS_FOLDER)
        err_at(errs_add(errs, ERR_CONTENT, "not-a-file",
                        "the folders of a theme are nested too deeply"),
               shown, 0, 0);
    else
        fs_add_no_file(shown, errs);
    return -1;
}

/* `name` is the path below the folder that is walked through, `path` that in its source. */
typedef int each_file(struct theme *theme, const struct source *source, const char *path,
                      const char *name, struct errs *errs);

/* Calls `each` for every file below a folder. */
static int walk_files(struct theme *theme, const struct source *source, const char *root,
                      const char *below, unsigned depth, each_file *each, struct errs *errs)
{
    struct fs_list list;
    int result = 0;

    if (source_list(source, join(theme, root, below), &theme->arena, &list, errs))
        return -1;
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        const char *name = join(theme, below, entry->name);
        const char *path = join(theme, root, name);

        if (entry->name[0] == '.' || fs_is_dropping(entry->name))
            continue;
        if (entry->kind == FS_FOLDER && depth < THEME_DEPTH_MAX)
            result |= walk_files(theme, source, root, name, depth + 1, each, errs);
        else if (entry->kind == FS_FILE)
            result |= each(theme, source, path, name, errs);
        else
            result |= refuse(source_shown(source, path, &theme->arena), entry->kind, errs);
    }
    return result;
}

/* The same for a folder that need not exist. */
static int for_each_file(struct theme *theme, const struct theme_layer *layer, const char *folder,
                         each_file *each, struct errs *errs)
{
    const char *root = theme_layer_path(layer, folder, &theme->arena);

    return source_has(layer->source, root)
               ? walk_files(theme, layer->source, root, "", 0, each, errs)
               : 0;
}

static bool ends_in(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);

    return len > end && !strcmp(name + len - end, ending);
}

static int add_template(struct theme *theme, const struct source *source, const char *path,
                        const char *name, struct errs *errs)
{
    static const char ending[] = ".mustache";
    enum mustache_output output = MUSTACHE_HTML;
    struct source_text text;

    if (!ends_in(name, ending))
        return 0;
    name = arena_strndup(&theme->arena, name, strlen(name) - strlen(ending));
    if (ends_in(name, ".txt"))
        output = MUSTACHE_PLAIN;
    if (source_read(source, path, &theme->arena, &text, errs))
        return -1;
    return mustache_set_add(theme->set, name, text.path, text.text, text.len, output, errs);
}

static int add_asset(struct theme *theme, const struct source *source, const char *path,
                     const char *name, struct errs *errs)
{
    struct theme_asset asset = {name, source, path};

    (void)errs;
    for (size_t i = 0; i < theme->asset_count; i++)
        if (!strcmp(theme->assets[i].path, name)) { /* a layer before has it, too */
            theme->assets[i] = asset;
            return 0;
        }
    MEM_GROW(theme->assets, theme->asset_count, theme->asset_cap);
    theme->assets[theme->asset_count++] = asset;
    return 0;
}

static struct err *add_wrong_type(const struct source_text *text, size_t offset, const char *what,
                                  const char *wanted, enum json_event found, struct errs *errs)
{
    struct err *err = errs_add(errs, ERR_CONTENT, "wrong-type", "%s must be %s, found %s", what,
                               wanted, json_event_name(found));

    err_at_offset(err, text->path, text->text, text->len, offset);
    return err;
}

/* {"收入支出决算总表": "Summary of revenue and expenditure", ...} */
static void add_phrases(struct theme *theme, const struct source_text *text, struct json_reader *r,
                        struct errs *errs)
{
    if (json_next(r) != JSON_READ_OBJECT) {
        if (r->event != JSON_READ_FAILED)
            add_wrong_type(text, r->offset, "the phrases", "an object", r->event, errs);
        json_decref(json_tree(r));
        return;
    }
    if (!theme->phrases)
        theme->phrases = json_object();
    while (json_next(r) == JSON_READ_KEY) {
        const char *key = arena_strndup(&theme->arena, r->text, r->text_len);

        if (json_next(r) == JSON_READ_STRING) {
            json_object_set_new(theme->phrases, key, json_stringn_nocheck(r->text, r->text_len));
        } else if (r->event != JSON_READ_FAILED) {
            add_wrong_type(text, r->offset, arena_format(&theme->arena, "the phrase '%s'", key),
                           "a string", r->event, errs);
            json_decref(json_tree(r));
        }
    }
}

/* The label whose key was read. What C code asks for must be a text. */
static void add_label(struct theme *theme, const struct source_text *text, struct json_reader *r,
                      struct errs *errs)
{
    const char *key = arena_strndup(&theme->arena, r->text, r->text_len);
    enum json_event kind = json_next(r);
    size_t offset = r->offset;
    json_t *value = json_tree(r);

    if (value && kind != JSON_READ_STRING && theme_is_word(key))
        err_hint(add_wrong_type(text, offset, arena_format(&theme->arena, "the label '%s'", key),
                                "a string", kind, errs),
                 "write a word of the pages, in double quotes");
    if (value)
        json_object_set_new(theme->labels, key, value);
}

/* Reads a JSON object and lays it over the labels that are there. */
static int add_labels(struct theme *theme, const struct source *source, const char *path,
                      struct errs *errs)
{
    size_t before = errs_count(errs);
    struct source_text text;
    struct json_reader r;

    if (source_read(source, path, &theme->arena, &text, errs))
        return -1;
    json_reader_init(&r, text.path, text.text, text.len, &json_limits_default, errs);
    if (json_next(&r) == JSON_READ_OBJECT) {
        while (json_next(&r) == JSON_READ_KEY)
            if (r.text_len == strlen(THEME_PHRASES) && !memcmp(r.text, THEME_PHRASES, r.text_len))
                add_phrases(theme, &text, &r, errs);
            else
                add_label(theme, &text, &r, errs);
        json_next(&r); /* nothing may follow */
    } else if (r.event != JSON_READ_FAILED) {
        err_at(errs_add(errs, ERR_CONTENT, "wrong-type", "labels must be one object"), text.path, 1,
               1);
    }
    json_reader_release(&r);
    return errs_count(errs) > before ? -1 : 0;
}

/* What errors call the theme. */
static const char *named_folder(const struct theme *theme)
{
    return theme_layers_named(&theme->layers)->folder;
}

/* The words that C code asks for: without them a page would show their names. */
static int check_words(struct theme *theme, const char *language, struct errs *errs)
{
    const char *folder = named_folder(theme);
    int result = 0;

    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (json_is_string(json_object_get(theme->labels, words[i])))
            continue;
        err_hint(errs_add(errs, ERR_CONTENT, "missing-label",
                          "the theme %s has no word for the label '%s'", folder, words[i]),
                 "add \"%s\" to labels/%s.json", words[i], language);
        result = -1;
    }
    return result;
}

/* Appends the languages that a layer has and those before it have not. */
static void add_languages(struct theme *theme, size_t layer, struct strbuf *out)
{
    const struct theme_layer *items = theme->layers.items;
    struct errs ignored = ERRS_INIT;
    struct fs_list list = {NULL, 0};

    source_list(items[layer].source, "labels", &theme->arena, &list, &ignored);
    errs_release(&ignored);
    for (size_t i = 0; i < list.count; i++) {
        const char *name = list.entries[i].name;
        bool known = !ends_in(name, ".json");

        for (size_t j = 0; !known && j < layer; j++)
            known = source_has(items[j].source, arena_format(&theme->arena, "labels/%s", name));
        if (!known)
            strbuf_addf(out, "%s%.*s", out->len ? ", " : "", (int)(strlen(name) - strlen(".json")),
                        name);
    }
}

/* Which languages there are instead. */
static void hint_language(struct theme *theme, const char *language, struct err *err)
{
    struct strbuf known = STRBUF_INIT;

    for (size_t i = 0; theme_folder(theme, i); i++)
        add_languages(theme, i, &known);
    if (known.len)
        err_hint(err, "it has %s; a site may bring others, in theme/labels/%s.json", known.buf,
                 language);
    else
        err_hint(err, "a site may bring its own labels, in theme/labels/%s.json", language);
    strbuf_release(&known);
}

/* Those of all layers that have any. */
static int read_labels(struct theme *theme, const char *language, struct errs *errs)
{
    const char *file = arena_format(&theme->arena, "labels/%s.json", language);
    bool found = false;
    int result = 0;

    theme->labels = json_object();
    theme->constants = json_object();
    json_object_set_new(theme->constants, "labels", theme->labels);
    for (size_t i = 0; i < theme->layers.count; i++) {
        const struct theme_layer *layer = &theme->layers.items[i];
        const char *path = theme_layer_path(layer, file, &theme->arena);

        if (!source_has(layer->source, path))
            continue;
        found = true;
        result |= add_labels(theme, layer->source, path, errs);
    }
    if (!found) {
        hint_language(theme, language,
                      errs_add(errs, ERR_CONTENT, "missing-labels",
                               "the theme %s has no labels for the language '%s'",
                               named_folder(theme), language));
        return -1;
    }
    return result ? result : check_words(theme, language, errs);
}

static int read_files(struct theme *theme, struct errs *errs)
{
    int result = 0;

    for (size_t i = 0; i < theme->layers.count; i++) {
        const struct theme_layer *layer = &theme->layers.items[i];

        result |= for_each_file(theme, layer, "templates", add_template, errs);
        result |= for_each_file(theme, layer, "assets", add_asset, errs);
    }
    return result;
}

/* One page or part. Errors in what it includes say for which it was. */
static int compile(struct theme *theme, size_t i, struct errs *errs)
{
    const char *name = templates[i].name;
    struct errs own = ERRS_INIT;

    theme->programs[i] = mustache_compile(theme->set, name, &record_schemas[theme->naming],
                                          templates[i].root, theme->constants, &own);
    for (size_t j = 0; j < own.count; j++)
        if (own.items[j].note_count) /* the notes before say what includes what */
            err_note(&own.items[j], NULL, 0, 0, "for the template '%s'", name);
    errs_move(errs, &own);
    return theme->programs[i] ? 0 : -1;
}

/* Whether all pages and parts are there. */
static int check_templates(struct theme *theme, struct errs *errs)
{
    const char *folder = named_folder(theme);
    size_t missing = 0;

    for (size_t i = 0; i < TEMPLATE_COUNT; i++)
        missing += !mustache_set_has(theme->set, templates[i].name);
    if (missing == TEMPLATE_COUNT)
        err_hint(errs_add(errs, ERR_CONTENT, "missing-template", "the theme %s has no templates",
                          folder),
                 "name a theme's folder with --theme DIR");
    for (size_t i = 0; missing < TEMPLATE_COUNT && i < TEMPLATE_COUNT; i++)
        if (!mustache_set_has(theme->set, templates[i].name))
            err_hint(errs_add(errs, ERR_CONTENT, "missing-template",
                              "the theme %s has no template '%s'", folder, templates[i].name),
                     "make %s/templates/%s.mustache", folder, templates[i].name);
    return missing ? -1 : 0;
}

static int compile_all(struct theme *theme, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    int result = 0;

    for (size_t i = 0; i < TEMPLATE_COUNT; i++)
        result |= compile(theme, i, &own);
    errs_group(&own);
    errs_move(errs, &own);
    return result;
}

static int compare_assets(const void *a, const void *b)
{
    return strcmp(((const struct theme_asset *)a)->path, ((const struct theme_asset *)b)->path);
}

static const struct theme_asset *find_asset(const struct theme *theme, const char *path)
{
    const struct theme_asset key = {.path = path};

    return bsearch(&key, theme->assets, theme->asset_count, sizeof(key), compare_assets);
}

/* `file` has the path that is a folder of `inside`. One of them overrides the theme so. */
static void refuse_assets(struct theme *theme, const struct theme_asset *file,
                          const struct theme_asset *inside, struct errs *errs)
{
    bool own = theme_layers_find(&theme->layers, file->source) >
               theme_layers_find(&theme->layers, inside->source);
    const struct theme_asset *wrong = own ? file : inside;
    struct err *err = errs_add(errs, ERR_CONTENT, "two-files",
                               own ? "'assets/%s' is a folder of the theme"
                                   : "'assets/%s' is a file of the theme, and cannot be a folder",
                               file->path);

    err_at(err, source_shown(wrong->source, wrong->file, &theme->arena), 0, 0);
    err_hint(err, "give the %s another name", own ? "file" : "folder");
}

/* Files may take the places of files of the layers before, not those of their folders. */
static int check_assets(struct theme *theme, struct errs *errs)
{
    int result = 0;

    for (size_t i = 0; theme->layers.count > 1 && i < theme->asset_count; i++) {
        char *path = mem_strdup(theme->assets[i].path);
        const struct theme_asset *file;

        for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
            *slash = '\0';
            file = find_asset(theme, path);
            *slash = '/';
            if (file) {
                refuse_assets(theme, file, &theme->assets[i], errs);
                result = -1;
            }
        }
        free(path);
    }
    return result;
}

/* What has no effect: which templates are used is known only if all are well. Of themes, those of
 * one that a site overrides may be of no use there. */
static void check_own(const struct theme *theme, const struct theme_language *language,
                      bool compiled, struct errs *errs)
{
    const struct theme_layer *last = &theme->layers.items[theme->layers.count - 1];
    const struct theme_own own = {last, language, theme->set, theme->labels};

    if (theme->layers.count == 1) /* nothing is overridden */
        return;
    if (!language->is_translation)
        theme_own_check_files(&own, errs);
    if (compiled && !language->is_translation)
        theme_own_check_templates(&own, errs);
    if (compiled && !last->folder)
        theme_own_check_labels(&own, errs);
}

/* Reads what is in the layers. */
static int read_all(struct theme *theme, const struct theme_language *language, struct errs *errs)
{
    int result = read_labels(theme, language->tag, errs);

    result |= read_files(theme, errs);
    result |= check_templates(theme, errs);
    if (!result)
        result = compile_all(theme, errs);
    if (theme->asset_count)
        qsort(theme->assets, theme->asset_count, sizeof(*theme->assets), compare_assets);
    check_own(theme, language, !result, errs);
    return result | check_assets(theme, errs);
}

struct theme *theme_load_in(const struct theme_place *place, const struct source *site,
                            const struct theme_language *language, struct errs *errs)
{
    struct theme *theme = mem_zalloc(1, sizeof(*theme));

    theme->naming = naming_of(language->tag);
    theme->set = mustache_set_new();
    if (theme_layers_open(&theme->layers, place, site, &theme->arena, errs) ||
        read_all(theme, language, errs)) {
        theme_free(theme);
        return NULL;
    }
    return theme;
}

struct theme *theme_load(const char *folder, const struct source *site, const char *language,
                         struct errs *errs)
{
    const struct theme_place place = {.folder = folder};
    const struct theme_language own = {.tag = language};

    return theme_load_in(&place, site, &own, errs);
}

void theme_free(struct theme *theme)
{
    if (!theme)
        return;
    for (size_t i = 0; i < TEMPLATE_COUNT; i++)
        mustache_program_free(theme->programs[i]);
    mustache_set_free(theme->set);
    json_decref(theme->constants);
    json_decref(theme->phrases);
    free(theme->assets);
    theme_layers_close(&theme->layers);
    arena_release(&theme->arena);
    free(theme);
}

const char *theme_folder(const struct theme *theme, size_t i)
{
    return i < theme->layers.count ? theme->layers.items[i].folder : NULL; /* the site's is last */
}

int theme_render(const struct theme *theme, enum template_id id, const void *record,
                 const char *made, struct strbuf *out, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    int result = mustache_render(theme->programs[id], record, out, &own);

    for (size_t i = 0; i < own.count; i++)
        err_note(&own.items[i], NULL, 0, 0, "for %s", made);
    errs_move(errs, &own);
    return result;
}

const char *theme_word(const struct theme *theme, enum theme_word word)
{
    return json_string_value(json_object_get(theme->labels, words[word]));
}

const struct theme_asset *theme_assets(const struct theme *theme, size_t *count)
{
    *count = theme->asset_count;
    return theme->assets;
}

bool theme_is_chinese(const struct theme *theme)
{
    return !theme || theme->naming == NAMED_IN_CHINESE;
}

const char *theme_title(const struct theme *theme, const char *title, const char *title_en)
{
    return theme_is_chinese(theme) ? title : title_en;
}

const char *theme_field_title(const struct theme *theme, const struct field *field)
{
    return theme_title(theme, field_title(field), field_title_en(field));
}

struct text theme_phrase(const struct theme *theme, const struct text *printed)
{
    const char *phrase =
        theme && printed->s
            ? json_string_value(json_object_getn(theme->phrases, printed->s, printed->len))
            : NULL;

    return phrase ? text_of(phrase) : *printed;
}

void theme_phrases(const struct theme *theme, struct arena *arena, struct view_phrase **items,
                   size_t *count)
{
    const char *printed;
    json_t *phrase;

    *count = 0;
    *items = arena_zalloc(arena, json_object_size(theme->phrases) + 1, sizeof(**items));
    json_object_foreach(theme->phrases, printed, phrase)(*items)[(*count)++] =
        (struct view_phrase){text_of(printed), text_of(json_string_value(phrase))};
}
