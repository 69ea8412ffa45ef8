#include "base/base.h"

#include "import/fact_index.h"

uint64_t fact_hash(struct decimal value, uint32_t owner)
{
    uint64_t hash;

    while (value.scale && value.units % 10 == 0) {
        value.units /= 10;
        value.scale--;
    }
    hash = ((uint64_t)value.units * 31 + value.scale) * 31 + owner;
    hash *= 0x9E3779B97F4A7C15U;
    return hash ^ hash >> 32;
}

static void link_entry(struct fact_index *index, size_t at)
{
    uint32_t *slot = &index->slots[index->entries[at].hash & (index->size - 1)];

    index->entries[at].next = *slot;
    *slot = (uint32_t)at + 1;
}

void fact_index_add(struct fact_index *index, struct arena *arena, uint64_t hash, uint32_t owner,
                    uint32_t fact)
{
    ARENA_GROW(arena, index->entries, index->count, index->cap);
    index->entries[index->count++] = (struct fact_entry){hash, owner, fact, 0};
    if (index->size >= index->cap) {
        link_entry(index, index->count - 1);
        return;
    }
    index->slots = arena_realloc(arena, index->slots, index->size * sizeof(*index->slots),
                                 index->cap * sizeof(*index->slots));
    index->size = index->cap;
    memset(index->slots, 0, index->size * sizeof(*index->slots));
    for (size_t i = 0; i < index->count; i++)
        link_entry(index, i);
}

uint32_t fact_index_next(const struct fact_index *index, uint64_t hash, uint32_t owner,
                         uint32_t before)
{
    uint32_t at = 0;

    if (index->size)
        at = before ? index->entries[before - 1].next : index->slots[hash & (index->size - 1)];
    while (at && (index->entries[at - 1].hash != hash || index->entries[at - 1].owner != owner))
        at = index->entries[at - 1].next;
    return at;
}
