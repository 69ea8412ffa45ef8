#include "base/base.h"

#include "site/theme_layers.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "site/theme.h"
#include "source/source.h"
#include "text/json_read.h"
#include "text/known.h"

/* A theme that was found to extend another: what its theme.json says. */
struct extension {
    struct source_text text;
    const char *base; /* NULL: it is whole */
    size_t offset;    /* where that is said */
};

/* The layers of themes, from the one that was asked for to the whole one. */
struct chain {
    const struct theme_place *place;
    struct theme_layers *layers;
    struct arena *arena;
    struct extension *extensions; /* of each layer that has one */
    size_t count;
    size_t cap;
    struct errs *errs;
};

/* --- theme.json --- */

static struct err *place(const struct extension *x, size_t offset, struct err *err)
{
    err_at_offset(err, x->text.path, x->text.text, x->text.len, offset);
    return err;
}

static int read_base(struct chain *c, struct extension *x, struct json_reader *r)
{
    if (json_next(r) == JSON_READ_FAILED)
        return -1;
    x->offset = r->offset;
    if (r->event != JSON_READ_STRING) {
        err_hint(place(x, r->offset,
                       errs_add(c->errs, ERR_CONTENT, "wrong-type",
                                "'extends' must be a string, found %s", json_event_name(r->event))),
                 "name a theme: {\"extends\": \"default\"}");
        return -1;
    }
    x->base = arena_strndup(c->arena, r->text, r->text_len);
    if (r->text_len && *x->base != '.' && strlen(x->base) == r->text_len && !strchr(x->base, '/'))
        return 0;
    err_hint(place(x, r->offset,
                   errs_add(c->errs, ERR_CONTENT, "wrong-form",
                            "'extends' must be the name of a theme, not a path")),
             "put the folder of that theme beside this one, and write its name");
    return -1;
}

static int read_key(struct chain *c, struct extension *x, struct json_reader *r)
{
    struct known known;

    if (r->text_len == strlen("extends") && !memcmp(r->text, "extends", r->text_len))
        return read_base(c, x, r);
    known = known_start(arena_strndup(c->arena, r->text, r->text_len), r->text_len);
    known_offer(&known, "extends");
    known_hint(&known, place(x, r->offset,
                             errs_add(c->errs, ERR_CONTENT, "unknown-key", "unknown key '%s'",
                                      arena_strndup(c->arena, r->text, r->text_len))));
    json_next(r);
    json_skip(r);
    return -1;
}

static int read_extension(struct chain *c, const struct source *source, struct extension *x)
{
    struct json_reader r;
    int result = 0;

    if (!source_has(source, THEME_SETTINGS))
        return 0;
    if (source_read(source, THEME_SETTINGS, c->arena, &x->text, c->errs))
        return -1;
    json_reader_init(&r, x->text.path, x->text.text, x->text.len, &json_limits_default, c->errs);
    if (json_next(&r) == JSON_READ_OBJECT) {
        while (json_next(&r) == JSON_READ_KEY)
            result |= read_key(c, x, &r);
        if (r.event != JSON_READ_FAILED)
            json_next(&r); /* nothing may follow */
    } else if (r.event != JSON_READ_FAILED) {
        err_hint(place(x, r.offset,
                       errs_add(c->errs, ERR_CONTENT, "wrong-type", "%s must be one object",
                                THEME_SETTINGS)),
                 "name a theme: {\"extends\": \"default\"}");
        result = -1;
    }
    result |= r.event == JSON_READ_FAILED ? -1 : 0;
    json_reader_release(&r);
    return result;
}

/* --- which folder is meant --- */

/* The folder that a theme lies in, as it is to be shown. */
static const char *folder_around(struct chain *c, const char *folder)
{
    size_t len = strlen(folder), name;

    while (len > 1 && folder[len - 1] == '/')
        len--;
    for (name = len; name && folder[name - 1] != '/';)
        name--;
    if (folder[len - 1] == '.') /* ".", "..", or a name that ends so */
        return arena_format(c->arena, "%s/..", folder);
    while (name > 1 && folder[name - 1] == '/')
        name--;
    return name ? arena_strndup(c->arena, folder, name) : ".";
}

static const char *join(struct chain *c, const char *around, const char *name)
{
    return strcmp(around, ".") ? arena_format(c->arena, "%s/%s", around, name) : name;
}

bool theme_is_at(const char *folder)
{
    static const char *const signs[] = {"templates", THEME_SETTINGS};
    int dir = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool found = false;

    for (size_t i = 0; dir >= 0 && i < ARRAY_SIZE(signs); i++)
        found |= !faccessat(dir, signs[i], F_OK, 0);
    if (dir >= 0)
        close(dir);
    return found;
}

void theme_offer(const char *around, struct arena *arena, struct known *known)
{
    struct errs ignored = ERRS_INIT;
    struct fs_list list = {NULL, 0};

    if (!fs_list(AT_FDCWD, around, around, arena, &list, &ignored))
        for (size_t i = 0; i < list.count; i++)
            if (theme_is_at(arena_format(arena, "%s/%s", around, list.entries[i].name)))
                known_offer(known, list.entries[i].name);
    errs_release(&ignored);
}

static bool same_folder(const char *a, const char *b)
{
    struct stat one, other;

    return !stat(a, &one) && !stat(b, &other) && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* NULL after adding an error. */
static const char *find_base(struct chain *c, const char *folder, const struct extension *x)
{
    const char *around = folder_around(c, folder), *shared = c->place->shared;
    const char *found = join(c, around, x->base);
    struct known known;
    struct err *err;

    if (theme_is_at(found))
        return found;
    if (shared && theme_is_at(join(c, shared, x->base)))
        return join(c, shared, x->base);
    err = place(x, x->offset,
                errs_add(c->errs, ERR_CONTENT, "unknown-theme", "there is no theme '%s' in %s",
                         x->base, around));
    err_hint(err, "put the theme that this one extends beside it");
    known = known_start(x->base, strlen(x->base));
    theme_offer(around, c->arena, &known);
    if (shared && !same_folder(around, shared))
        theme_offer(shared, c->arena, &known);
    known_hint(&known, err);
    return NULL;
}

/* --- the layers --- */

static int check_cycle(struct chain *c, const char *folder)
{
    const struct extension *last = &c->extensions[c->count - 1];
    struct err *err;

    for (size_t i = 0; i < c->count; i++) {
        if (!same_folder(folder, c->layers->items[i].folder))
            continue;
        err =
            place(last, last->offset,
                  i + 1 == c->count
                      ? errs_add(c->errs, ERR_CONTENT, "theme-cycle", "the theme %s extends itself",
                                 folder)
                      : errs_add(c->errs, ERR_CONTENT, "theme-cycle",
                                 "the theme %s, which is extended here, extends this one", folder));
        err_hint(err, "one of the themes must be whole: without %s, and with all templates",
                 THEME_SETTINGS);
        return -1;
    }
    return 0;
}

/* Opens a theme, and tells what it extends. */
static int open_theme(struct chain *c, const char *folder, struct extension *x)
{
    struct theme_layers *layers = c->layers;
    struct source *source = source_open_folder(folder, c->errs);

    if (!source)
        return -1;
    MEM_GROW(layers->items, layers->count, layers->cap);
    layers->items[layers->count++] = (struct theme_layer){folder, source, ""};
    return read_extension(c, source, x);
}

static int open_chain(struct chain *c, const char *folder)
{
    while (folder) {
        struct extension x = {.base = NULL};

        if (open_theme(c, folder, &x))
            return -1;
        if (!x.base)
            return 0;
        MEM_GROW(c->extensions, c->count, c->cap);
        c->extensions[c->count++] = x;
        folder = find_base(c, folder, &x);
        if (folder && check_cycle(c, folder))
            return -1;
    }
    return -1;
}

static void reverse(struct theme_layers *layers)
{
    for (size_t i = 0, j = layers->count; i + 1 < j; i++) {
        struct theme_layer layer = layers->items[i];

        layers->items[i] = layers->items[--j];
        layers->items[j] = layer;
    }
}

int theme_layers_open(struct theme_layers *layers, const struct theme_place *place,
                      const struct source *site, struct arena *arena, struct errs *errs)
{
    struct chain c = {.place = place, .layers = layers, .arena = arena, .errs = errs};
    int result = -1;

    if (access(place->folder, F_OK))
        err_hint(errs_add_errno(errs, errno, "cannot open the theme %s", place->folder),
                 "name a theme's folder with --theme DIR");
    else
        result = open_chain(&c, place->folder);
    free(c.extensions);
    reverse(layers);
    if (!result && site && source_has(site, THEME_OWN)) {
        MEM_GROW(layers->items, layers->count, layers->cap);
        layers->items[layers->count++] = (struct theme_layer){NULL, site, THEME_OWN};
    }
    return result;
}

void theme_layers_close(struct theme_layers *layers)
{
    for (size_t i = 0; i < layers->count; i++)
        if (layers->items[i].folder)
            source_close((struct source *)layers->items[i].source);
    free(layers->items);
}

const char *theme_layer_path(const struct theme_layer *layer, const char *path, struct arena *arena)
{
    return *layer->below ? arena_format(arena, "%s/%s", layer->below, path) : path;
}

size_t theme_layers_find(const struct theme_layers *layers, const struct source *source)
{
    size_t i = 0;

    while (i + 1 < layers->count && layers->items[i].source != source)
        i++;
    return i;
}

const struct theme_layer *theme_layers_own(const struct theme_layers *layers)
{
    const struct theme_layer *last = &layers->items[layers->count - 1];

    return last->folder ? NULL : last;
}

const struct theme_layer *theme_layers_named(const struct theme_layers *layers)
{
    return &layers->items[layers->count - (theme_layers_own(layers) ? 2 : 1)];
}
