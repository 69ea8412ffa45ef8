#include "base/base.h"

#include "search/search_store.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "search/fold.h"

/* --- chunks --- */

struct search_chunk {
    struct arena arena;
    struct search_text *texts;
    size_t count, cap;
};

struct search_chunk *search_chunk_new(void)
{
    return mem_zalloc(1, sizeof(struct search_chunk));
}

void search_chunk_add(struct search_chunk *chunk, const struct search_text *text)
{
    struct search_text *copy;
    struct units units = UNITS_INIT;

    fold_add(&units, text->text ? text->text : "", text->text ? text->len : 0);
    if (units.count) {
        ARENA_GROW(&chunk->arena, chunk->texts, chunk->count, chunk->cap);
        copy = &chunk->texts[chunk->count++];
        *copy = *text;
        copy->label = text->label ? arena_strdup(&chunk->arena, text->label) : "";
        copy->text = arena_strndup(&chunk->arena, text->text, text->len);
        copy->path = arena_strdup(&chunk->arena, text->path);
    }
    units_release(&units);
}

void search_chunk_free(struct search_chunk *chunk)
{
    if (!chunk)
        return;
    arena_release(&chunk->arena);
    free(chunk);
}

/* --- the store --- */

struct search_index *search_index_new(const struct search_kind *kinds, size_t count,
                                      char *(*stage)(void *ctx, const char *path,
                                                     struct errs *errs),
                                      void *ctx, struct errs *errs)
{
    struct search_index *index = mem_zalloc(1, sizeof(*index));

    index->kinds = kinds;
    index->kind_count = count;
    index->spool = (struct spool)SPOOL_INIT;
    index->spool_path = stage(ctx, "search/spool", errs);
    if (!index->spool_path || spool_open(&index->spool, index->spool_path, errs)) {
        search_index_free(index);
        return NULL;
    }
    return index;
}

void search_index_free(struct search_index *index)
{
    if (!index)
        return;
    spool_release(&index->spool);
    free(index->spool_path);
    arena_release(&index->arena);
    strmap_release(&index->path_numbers);
    free(index->texts);
    free(index->slots);
    free(index->occurrences);
    free(index->places);
    free(index->paths);
    free(index);
}

static size_t slot_of(const struct search_index *index, const unsigned char *hash)
{
    size_t at;

    memcpy(&at, hash, sizeof(at));
    for (at &= index->slot_count - 1; index->slots[at]; at = (at + 1) & (index->slot_count - 1))
        if (!memcmp(index->texts[index->slots[at] - 1].hash, hash, STORE_HASH))
            break;
    return at;
}

static void grow_slots(struct search_index *index)
{
    if (index->text_count * 2 < index->slot_count)
        return;
    free(index->slots);
    index->slot_count = index->slot_count ? index->slot_count * 2 : 1024;
    index->slots = mem_zalloc(index->slot_count, sizeof(*index->slots));
    for (size_t i = 0; i < index->text_count; i++)
        index->slots[slot_of(index, index->texts[i].hash)] = (uint32_t)(i + 1);
}

static void hash_text(const struct search_text *text, unsigned char hash[STORE_HASH])
{
    unsigned char all[SHA256_SIZE], kind = (unsigned char)text->kind;
    struct sha256_state *state = sha256_begin();

    sha256_add(state, &kind, 1);
    sha256_add(state, text->label, strlen(text->label) + 1);
    sha256_add(state, text->text, text->len);
    sha256_end(state, all);
    memcpy(hash, all, STORE_HASH);
}

/* The text, kept if it is new. NULL after adding an error. */
static struct stored_text *keep_text(struct search_index *index, const struct search_text *text,
                                     struct errs *errs)
{
    struct stored_text *kept;
    unsigned char hash[STORE_HASH];
    size_t slot;

    grow_slots(index);
    hash_text(text, hash);
    slot = slot_of(index, hash);
    if (index->slots[slot])
        return &index->texts[index->slots[slot] - 1];
    MEM_GROW(index->texts, index->text_count, index->text_cap);
    kept = &index->texts[index->text_count++];
    memset(kept, 0, sizeof(*kept));
    memcpy(kept->hash, hash, STORE_HASH);
    kept->offset = spool_len(&index->spool);
    kept->label_len = (uint32_t)strlen(text->label);
    kept->text_len = (uint32_t)text->len;
    kept->kind = (uint16_t)text->kind;
    index->slots[slot] = (uint32_t)index->text_count;
    if (spool_add(&index->spool, text->label, kept->label_len, errs) ||
        spool_add(&index->spool, text->text, text->len, errs))
        return NULL;
    return kept;
}

/* Numbers are kept where pointers are: 1 and the number. */
static uint32_t path_number(struct search_index *index, const char *path)
{
    void *number = strmap_get(&index->path_numbers, path, strlen(path));
    bool is_new;

    if (!number) {
        MEM_GROW(index->paths, index->path_count, index->path_cap);
        index->paths[index->path_count++] = path = arena_strdup(&index->arena, path);
        number = (void *)(uintptr_t)index->path_count;
        *strmap_put(&index->path_numbers, path, strlen(path), &is_new) = number;
    }
    return (uint32_t)((uintptr_t)number - 1);
}

int search_index_add(struct search_index *index, const struct search_chunk *chunk, const char *path,
                     const char *name, struct errs *errs)
{
    if (path) {
        MEM_GROW(index->places, index->place_count, index->place_cap);
        index->places[index->place_count++] = (struct stored_place){
            arena_strdup(&index->arena, path), arena_strdup(&index->arena, name)};
    }
    for (size_t i = 0; i < chunk->count; i++) {
        const struct search_text *text = &chunk->texts[i];
        struct stored_text *kept = keep_text(index, text, errs);

        if (!kept)
            return -1;
        kept->occurrences++;
        if (text->year > kept->year)
            kept->year = (uint16_t)text->year;
        MEM_GROW(index->occurrences, index->occurrence_count, index->occurrence_cap);
        index->occurrences[index->occurrence_count++] = (struct stored_occurrence){
            (uint32_t)(kept - index->texts), path ? (uint32_t)index->place_count : 0,
            path_number(index, text->path), (uint32_t)text->year};
    }
    return 0;
}

/* --- order --- */

struct order {
    const struct search_index *index;
    uint32_t text;
};

static int compare_texts(const void *a, const void *b)
{
    const struct search_index *index = ((const struct order *)a)->index;
    uint32_t i = ((const struct order *)a)->text, j = ((const struct order *)b)->text;
    const struct stored_text *x = &index->texts[i], *y = &index->texts[j];

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (index->kinds[x->kind].is_common_first && x->occurrences != y->occurrences)
        return x->occurrences > y->occurrences ? -1 : 1;
    if (x->year != y->year)
        return x->year > y->year ? -1 : 1;
    return (i > j) - (i < j); /* in the order of places */
}

static int compare_occurrences(const void *a, const void *b)
{
    const struct stored_occurrence *x = a, *y = b;

    if (x->text != y->text)
        return x->text < y->text ? -1 : 1;
    if (x->year != y->year)
        return x->year > y->year ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->path > y->path) - (x->path < y->path);
}

static void order_occurrences(struct search_index *index, const uint32_t *rank)
{
    struct stored_occurrence *all = index->occurrences;
    size_t count = 0;

    for (size_t i = 0; i < index->occurrence_count; i++)
        all[i].text = rank[all[i].text];
    if (index->occurrence_count)
        qsort(all, index->occurrence_count, sizeof(*all), compare_occurrences);
    for (size_t i = 0; i < index->occurrence_count; i++)
        if (!count || compare_occurrences(&all[count - 1], &all[i]))
            all[count++] = all[i];
    index->occurrence_count = count;
}

void search_store_order(struct search_index *index)
{
    size_t count = index->text_count;
    struct order *order = mem_zalloc(count + 1, sizeof(*order));
    struct stored_text *ordered = mem_zalloc(count + 1, sizeof(*ordered));
    uint32_t *rank = mem_zalloc(count + 1, sizeof(*rank));

    for (size_t i = 0; i < count; i++)
        order[i] = (struct order){index, (uint32_t)i};
    qsort(order, count, sizeof(*order), compare_texts);
    for (size_t i = 0; i < count; i++) {
        ordered[i] = index->texts[order[i].text];
        rank[order[i].text] = (uint32_t)i;
    }
    order_occurrences(index, rank);
    free(index->texts);
    index->texts = ordered;
    free(order);
    free(rank);
}
