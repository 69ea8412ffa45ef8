#include "base/base.h"

#include "site/theme_own.h"

#include "base/arena.h"
#include "base/err.h"
#include "site/theme.h"
#include "site/theme_layers.h"
#include "source/source.h"
#include "text/json_read.h"
#include "text/mustache.h"
#include "text/suggest.h"

static const char template_ending[] = ".mustache";

/* --- going through the folder --- */

struct walk {
    const struct theme_own *own;
    struct arena arena;
    struct errs *errs;
};

/* `path` is that in the source, `name` that below the folder which is walked through. */
typedef void visit_file(struct walk *w, const char *path, const char *name,
                        const struct fs_entry *entry);

/* What can be listed below a folder; what cannot was told by those who read it, or is not there. */
static struct fs_list list_folder(struct walk *w, const char *folder)
{
    struct errs ignored = ERRS_INIT;
    struct fs_list list = {NULL, 0};

    if (source_list(w->own->layer->source, folder, &w->arena, &list, &ignored))
        list.count = 0;
    errs_release(&ignored);
    return list;
}

/* Calls visit() for each file below a folder; `below` is empty or ends in a slash. */
static void walk_folder(struct walk *w, const char *folder, const char *below, visit_file *visit)
{
    struct fs_list list = list_folder(w, folder);

    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        const char *path = arena_format(&w->arena, "%s/%s", folder, entry->name);
        const char *name = arena_format(&w->arena, "%s%s", below, entry->name);

        if (entry->name[0] == '.' || fs_is_dropping(entry->name))
            continue;
        if (entry->kind == FS_FOLDER)
            walk_folder(w, path, arena_format(&w->arena, "%s/", name), visit);
        else
            visit(w, path, name, entry);
    }
}

static const char *shown(struct walk *w, const char *path)
{
    return source_shown(w->own->layer->source, path, &w->arena);
}

static struct err *warn(struct walk *w, const char *path, const char *id, const char *message)
{
    struct err *err = errs_add(w->errs, ERR_CONTENT, id, "%s", message);

    err->severity = SEVERITY_WARNING;
    err_at(err, shown(w, path), 0, 0);
    return err;
}

static struct err *warn_unread(struct walk *w, const char *path, enum fs_kind kind)
{
    return warn(w, path, "unexpected-file",
                kind == FS_FOLDER ? "nothing reads this folder" : "nothing reads this file");
}

/* The length of a path without the ending of its file. */
static size_t stem(const char *name)
{
    const char *slash = strrchr(name, '/'), *dot = strrchr(name, '.');

    return dot && dot > (slash ? slash : name) ? (size_t)(dot - name) : strlen(name);
}

/* --- files --- */

static const char *const folders[] = {"templates", "labels", "assets"};

/* Whether it is read as a part of the theme; templates/ and assets/ also when they are no folders,
 * which was an error then. */
static bool is_read(const struct fs_entry *entry)
{
    for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
        if (!strcmp(entry->name, folders[i]))
            return entry->kind == FS_FOLDER || strcmp(entry->name, "labels") != 0;
    return false;
}

static void hint_top(struct walk *w, const struct fs_entry *entry, struct err *err)
{
    struct suggest near;

    suggest_start(&near, entry->name, strlen(entry->name));
    for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
        suggest_offer(&near, folders[i]);
    if (entry->kind == FS_FOLDER && near.name)
        err_hint(err, "did you mean '%s'?", near.name);
    else
        err_hint(
            err,
            "templates lie in templates/, words in labels/%s.json, style sheets and pictures in "
            "assets/",
            w->own->language->tag);
}

static const char *in_own(struct walk *w, const char *name)
{
    return theme_layer_path(w->own->layer, name, &w->arena);
}

/* What lies beside the three folders. */
static void check_top(struct walk *w)
{
    struct fs_list list = list_folder(w, THEME_OWN);

    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        const char *path = in_own(w, entry->name);

        if (entry->name[0] == '.' || fs_is_dropping(entry->name) || is_read(entry))
            continue;
        if (entry->kind == FS_LINK)
            fs_add_link(shown(w, path), w->errs);
        else
            hint_top(w, entry, warn_unread(w, path, entry->kind));
    }
}

/* The template of the theme that a name nearly is; NULL: none. */
static const char *nearest_template(const char *name, size_t len)
{
    struct suggest near;

    suggest_start(&near, name, len);
    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++)
        suggest_offer(&near, theme_template_name(id));
    return near.name && near.distance <= 2 ? near.name : NULL; /* all parts begin alike */
}

static void check_template_file(struct walk *w, const char *path, const char *name,
                                const struct fs_entry *entry)
{
    const char *near = nearest_template(name, stem(name));
    struct err *err;

    if (entry->kind != FS_FILE || !strcmp(name + stem(name), template_ending))
        return;
    err = warn_unread(w, path, entry->kind);
    if (near)
        err_hint(err, "did you mean '%s%s'?", near, template_ending);
    else
        err_hint(err, "the names of templates end in %s", template_ending);
}

static void check_labels_file(struct walk *w, const char *path, const char *name,
                              const struct fs_entry *entry)
{
    const struct theme_language *language = w->own->language;
    const char *right = arena_format(&w->arena, "%s.json", language->tag);

    for (size_t i = 0; language->others && language->others[i]; i++)
        if (!strcmp(name, arena_format(&w->arena, "%s.json", language->others[i])))
            return;
    if (strcmp(name, right) != 0)
        err_hint(warn_unread(w, path, entry->kind), "the site's language is %s: call it '%s'",
                 language->tag, right);
}

static struct walk begin(const struct theme_own *own, struct errs *errs)
{
    return (struct walk){own, ARENA_INIT, errs};
}

void theme_own_check_files(const struct theme_own *own, struct errs *errs)
{
    struct walk w = begin(own, errs);

    if (!own->layer->folder) /* a theme may come with a README, and be in more languages */
        check_top(&w);
    walk_folder(&w, in_own(&w, "templates"), "", check_template_file);
    if (!own->layer->folder)
        walk_folder(&w, in_own(&w, "labels"), "", check_labels_file);
    arena_release(&w.arena);
}

/* --- what is used --- */

static void check_template_use(struct walk *w, const char *path, const char *name,
                               const struct fs_entry *entry)
{
    size_t len = stem(name);
    const char *near, *template = arena_strndup(&w->arena, name, len);
    struct err *err;

    if (entry->kind != FS_FILE || strcmp(name + len, template_ending) ||
        mustache_set_is_used(w->own->set, template))
        return;
    err = warn(w, path, "unused-template", "nothing uses this template");
    near = nearest_template(name, len);
    if (near)
        err_hint(err, "did you mean '%s%s'?", near, template_ending);
    else
        err_hint(err,
                 "call it like the template that it should replace, such as home%s, or use it as a "
                 "part: {{>%s}}",
                 template_ending, template);
}

static const char *nearest_label(const json_t *labels, const char *key)
{
    struct suggest near;
    const char *other;
    json_t *value;

    suggest_start(&near, key, strlen(key));
    json_object_foreach((json_t *)labels, other, value) if (strcmp(other, key) != 0)
        suggest_offer(&near, other);
    return near.name;
}

static void check_label_use(struct walk *w, const struct source_text *text, const char *path,
                            const char *key, size_t offset)
{
    const json_t *value = json_object_get(w->own->labels, key);
    const char *near = nearest_label(w->own->labels, key);
    struct err *err;

    if (theme_is_word(key) || mustache_set_has_reached(w->own->set, value))
        return;
    err = warn(w, path, "unused-label", "no template uses this label");
    err_at_offset(err, text->path, text->text, text->len, offset);
    if (near)
        err_hint(err, "did you mean '%s'?", near);
    else
        err_hint(err, "a template of the site prints it with {{labels.%s}}", key);
}

/* The labels were read before, so there are no errors in them. */
static void check_labels_use(struct walk *w)
{
    const char *path = in_own(w, arena_format(&w->arena, "labels/%s.json", w->own->language->tag));
    struct errs ignored = ERRS_INIT;
    struct source_text text;
    struct json_reader r;

    if (!source_read(w->own->layer->source, path, &w->arena, &text, &ignored)) {
        json_reader_init(&r, text.path, text.text, text.len, &json_limits_default, &ignored);
        json_next(&r);
        while (json_next(&r) == JSON_READ_KEY) {
            const char *key = arena_strndup(&w->arena, r.text, r.text_len);

            if (strcmp(key, THEME_PHRASES) != 0)
                check_label_use(w, &text, path, key, r.offset);
            json_next(&r);
            json_skip(&r);
        }
        json_reader_release(&r);
    }
    errs_release(&ignored);
}

void theme_own_check_templates(const struct theme_own *own, struct errs *errs)
{
    struct walk w = begin(own, errs);

    walk_folder(&w, in_own(&w, "templates"), "", check_template_use);
    arena_release(&w.arena);
}

void theme_own_check_labels(const struct theme_own *own, struct errs *errs)
{
    struct walk w = begin(own, errs);

    check_labels_use(&w);
    arena_release(&w.arena);
}
