#include "base/base.h"

#include "model/found_keys.h"

/* Where a key would be among those that were found. */
static struct found_key *place_of(struct found_keys *keys, const struct entity *entity,
                                  const char *name, size_t len)
{
    size_t hash = (uintptr_t)entity / sizeof(void *) + len * 7;

    if (len)
        hash += (unsigned char)name[0] * 3U + (unsigned char)name[len - 1];
    return &keys->slots[hash % FOUND_KEYS];
}

struct found_key found_key(struct found_keys *keys, const struct entity *entity, const char *name,
                           size_t len, bool has_figures)
{
    struct found_key *place = place_of(keys, entity, name, len);
    const struct field *field = place->field;

    if (place->entity == entity && field->name_len == len && !memcmp(field->name, name, len))
        return *place;
    field = entity_find(entity, name, len);
    if (field && field_in_source(field))
        return *place = (struct found_key){entity, field, false};
    field = has_figures ? column_find(name, len) : NULL;
    if (field)
        return *place = (struct found_key){entity, field, true};
    return (struct found_key){entity, NULL, false};
}
