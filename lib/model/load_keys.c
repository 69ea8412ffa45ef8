#include "base/base.h"

#include "model/load_keys.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/strmap.h"

/* The texts of a record's own keys, as one string; the place of the first of them. False when there
 * is nothing to compare: no such key, or one that should be there and is not. */
static bool key_of(const struct entity *entity, const void *record, struct strbuf *out,
                   struct place *at)
{
    size_t count;
    const struct field *fields = entity->fields(&count);
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        const struct text *text;

        if (!(fields[i].flags & FIELD_KEY) || (fields[i].flags & FIELD_DERIVED) ||
            fields[i].type != FIELD_TEXT)
            continue;
        text = field_text(&fields[i], record);
        if (!text->s && (fields[i].flags & FIELD_REQUIRED))
            return false;
        if (text->s && !any)
            *at = text->at;
        any |= text->s != NULL;
        if (out->len)
            strbuf_addch(out, ' ');
        strbuf_add(out, text->s ? text->s : "", text->len);
    }
    return any;
}

void load_check_keys(const struct field *field, const struct list *list,
                     const struct source_text *source, struct arena *arena, struct errs *errs)
{
    struct strmap seen = STRMAP_INIT;
    struct strbuf key = STRBUF_INIT;

    for (size_t i = 0; i < list->count; i++) {
        const void *item = (const char *)list->items + i * field->child->size;
        struct place at = {0, 0};
        const struct place *first;
        bool is_new;
        void **slot;

        strbuf_clear(&key);
        if (!key_of(field->child, item, &key, &at))
            continue;
        while (key.len && key.buf[key.len - 1] == ' ')
            strbuf_set_len(&key, key.len - 1);
        slot = strmap_put(&seen, arena_strndup(arena, key.buf, key.len), key.len, &is_new);
        if (is_new) {
            *slot = arena_alloc(arena, sizeof(at));
            memcpy(*slot, &at, sizeof(at));
            continue;
        }
        first = *slot;
        err_hint(source_error(errs, source, at, "duplicate-id",
                              "'%s' comes twice in '%s', first on line %u", key.buf, field->name,
                              first->line),
                 "take one of them out, or mend the one that is meant to be another");
    }
    strmap_release(&seen);
    strbuf_release(&key);
}
