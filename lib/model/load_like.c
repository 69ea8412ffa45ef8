#include "base/base.h"

#include "model/load_like.h"

#include "model/entities.h"

/* How many lines may be taken out at one place without losing the way. */
enum { AHEAD_MAX = 8 };

struct like_lines like_lines(const struct load_like *like, const struct field *field,
                             const void *record)
{
    struct like_lines lines = {NULL, {NULL, 0}, NULL, 0};
    struct list list;

    if (!like || !record || field->child != &entity_line)
        return lines;
    list = field_list(field, record);
    for (const struct list_spans *spans = like->spans; spans; spans = spans->next)
        if (list.count && spans->items == list.items)
            return (struct like_lines){like->source, list, spans->spans, 0};
    return lines;
}

const void *like_next(struct like_lines *lines, const struct entity *entity,
                      const struct source_text *source, size_t offset, struct item_span *span)
{
    size_t end =
        lines->list.count - lines->next < AHEAD_MAX ? lines->list.count : lines->next + AHEAD_MAX;

    for (size_t i = lines->next; i < end; i++) {
        const struct item_span *other = &lines->spans[i];

        if (other->len > source->len - offset ||
            memcmp(source->text + offset, lines->source->text + other->start, other->len) != 0)
            continue;
        lines->next = i + 1;
        *span = *other;
        return (const char *)lines->list.items + i * entity->size;
    }
    return NULL;
}

const void *like_item(const struct field *map, const void *record, const char *key, size_t len)
{
    const struct field *id = entity_map_key(map->child);
    struct list list = {NULL, 0};

    if (record)
        list = field_list(map, record);
    for (size_t i = 0; i < list.count; i++) {
        const void *item = (const char *)list.items + i * map->child->size;
        const struct text *text = field_text(id, item);

        if (text->s && text->len == len && !memcmp(text->s, key, len))
            return item;
    }
    return NULL;
}
