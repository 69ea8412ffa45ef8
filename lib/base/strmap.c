#include "base/base.h"

#include "base/strmap.h"

#include "base/mem.h"

/* FNV-1a (Fowler, Noll, Vo), 64 bits, with its high bits folded into the low ones that pick a slot.
 */
static uint64_t hash_of(const char *key, size_t len)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)key[i]) * UINT64_C(0x100000001b3);
    return h ^ (h >> 32);
}

void strmap_release(struct strmap *map)
{
    free(map->slots);
    *map = (struct strmap)STRMAP_INIT;
}

/* The slot of the key, or the free one where it would go. */
static struct strmap_slot *find(const struct strmap *map, const char *key, size_t len,
                                uint64_t hash)
{
    size_t at = hash & (map->size - 1);

    for (;; at = (at + 1) & (map->size - 1)) {
        struct strmap_slot *slot = &map->slots[at];

        if (!slot->key || (slot->hash == hash && slot->len == len && !memcmp(slot->key, key, len)))
            return slot;
    }
}

static void grow(struct strmap *map)
{
    struct strmap bigger = {.size = map->size ? map->size * 2 : 16, .count = map->count};

    bigger.slots = mem_zalloc(bigger.size, sizeof(*bigger.slots));
    for (size_t i = 0; i < map->size; i++) {
        struct strmap_slot *slot = &map->slots[i];

        if (slot->key)
            *find(&bigger, slot->key, slot->len, slot->hash) = *slot;
    }
    free(map->slots);
    *map = bigger;
}

void **strmap_put(struct strmap *map, const char *key, size_t len, bool *is_new)
{
    uint64_t hash = hash_of(key, len);
    struct strmap_slot *slot;

    if (map->count * 2 >= map->size)
        grow(map);
    slot = find(map, key, len, hash);
    *is_new = !slot->key;
    if (*is_new) {
        *slot = (struct strmap_slot){key, len, hash, NULL};
        map->count++;
    }
    return &slot->value;
}

void *strmap_get(const struct strmap *map, const char *key, size_t len)
{
    if (!map->size)
        return NULL;
    return find(map, key, len, hash_of(key, len))->value;
}
