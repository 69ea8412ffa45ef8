#include "base/base.h"

#include "text/mustache_internal.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"

enum { SHOWN_MAX = 80 };

int mustache_shown(size_t len, const char *s)
{
    if (len <= SHOWN_MAX)
        return (int)len;
    len = SHOWN_MAX;
    while (len && utf8_is_within(s[len]))
        len--;
    return (int)len;
}

struct mustache_set *mustache_set_new(void)
{
    return mem_zalloc(1, sizeof(struct mustache_set));
}

void mustache_set_free(struct mustache_set *set)
{
    if (!set)
        return;
    arena_release(&set->arena);
    strmap_release(&set->by_name);
    strmap_release(&set->reached);
    free(set->templates);
    free(set);
}

bool mustache_set_has(const struct mustache_set *set, const char *name)
{
    return strmap_get(&set->by_name, name, strlen(name)) != NULL;
}

bool mustache_set_is_used(const struct mustache_set *set, const char *name)
{
    const struct template *t = strmap_get(&set->by_name, name, strlen(name));

    return t && t->used;
}

bool mustache_set_has_reached(const struct mustache_set *set, const json_t *value)
{
    return strmap_get(&set->reached, (const char *)&value, sizeof(value)) != NULL;
}

/* The place of the template in the list: that of the one it replaces, or a new one. */
static struct template **place(struct mustache_set *set, const char *name)
{
    for (size_t i = 0; mustache_set_has(set, name) && i < set->count; i++)
        if (!strcmp(set->templates[i]->name, name))
            return &set->templates[i];
    MEM_GROW(set->templates, set->count, set->cap);
    return &set->templates[set->count++];
}

int mustache_set_add(struct mustache_set *set, const char *name, const char *file, const char *text,
                     size_t len, enum mustache_output output, struct errs *errs)
{
    struct template *t;
    bool is_new;

    if (set->compiled && mustache_set_has(set, name)) {
        err_at(errs_add(errs, ERR_INTERNAL, "template-late", "\"%s\" is in use already", name),
               file, 0, 0);
        return -1;
    }
    t = arena_zalloc(&set->arena, 1, sizeof(*t));
    t->name = arena_strdup(&set->arena, name);
    t->file = arena_strdup(&set->arena, file);
    t->text = arena_strndup(&set->arena, text, len);
    t->len = len;
    t->output = output;
    *place(set, name) = t;
    *strmap_put(&set->by_name, t->name, strlen(t->name), &is_new) = t;
    return mustache_parse(t, &set->arena, errs);
}
