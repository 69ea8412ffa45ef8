#include "base/base.h"

#include "site/view_terms.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "text/collate.h"

struct sorted {
    const char *key;
    struct view_term term;
    struct strmap definitions; /* text -> 1 + its place */
};

struct maker {
    struct arena *arena;
    struct sorted *terms;
    size_t count;
    struct strmap by_name; /* term -> 1 + its place */
    struct strmap anchors;
};

/* A list with room for one more: it doubles when it is full, so all of them together take no more
 * than twice what is in them. */
static void *with_room(struct maker *m, void *items, size_t count, size_t size)
{
    if (count & (count - 1)) /* fuller than a power of two, not yet the next */
        return items;
    return arena_realloc(m->arena, items, count * size, (count ? count * 2 : 1) * size);
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct sorted *)a)->key, ((const struct sorted *)b)->key);
}

static struct text anchor_of(struct maker *m, const struct text *id)
{
    struct strbuf anchor = STRBUF_INIT;
    struct text text;
    bool is_new;
    size_t n = 1;

    strbuf_add(&anchor, id->s, id->len);
    do {
        text = text_of(arena_strndup(m->arena, anchor.buf, anchor.len));
        strmap_put(&m->anchors, text.s, text.len, &is_new);
        strbuf_set_len(&anchor, id->len);
        strbuf_addf(&anchor, "-%zu", ++n);
    } while (!is_new);
    strbuf_release(&anchor);
    return text;
}

static struct sorted *term_for(struct maker *m, const struct term *term)
{
    struct strbuf key = STRBUF_INIT;
    struct sorted *sorted;
    bool is_new;
    void **slot = strmap_put(&m->by_name, term->term.s, term->term.len, &is_new);

    if (!is_new)
        return &m->terms[(uintptr_t)*slot - 1];
    sorted = &m->terms[m->count++];
    *slot = (void *)(uintptr_t)m->count;
    collate_key(term->term.s, term->term.len, &key);
    sorted->key = arena_strndup(m->arena, key.buf, key.len);
    strbuf_release(&key);
    sorted->term.term = term->term;
    sorted->term.id = anchor_of(m, &term->id);
    return sorted;
}

static struct view_definition *definition_for(struct maker *m, const struct term *term)
{
    struct sorted *sorted = term_for(m, term);
    struct view_term *view = &sorted->term;
    bool is_new;
    void **slot =
        strmap_put(&sorted->definitions, term->definition.s, term->definition.len, &is_new);

    if (!is_new)
        return &view->definitions.items[(uintptr_t)*slot - 1];
    view->definitions.items = with_room(m, view->definitions.items, view->definitions.count,
                                        sizeof(*view->definitions.items));
    view->definitions.items[view->definitions.count++] =
        (struct view_definition){.text = term->definition};
    *slot = (void *)(uintptr_t)view->definitions.count;
    return &view->definitions.items[view->definitions.count - 1];
}

static void add_term(struct maker *m, const struct profile *profile, const struct term *term)
{
    struct view_definition *definition = definition_for(m, term);

    definition->profiles.items =
        with_room(m, definition->profiles.items, definition->profiles.count,
                  sizeof(*definition->profiles.items));
    definition->profiles.items[definition->profiles.count++] =
        (struct view_link){.label = profile->title};
}

void view_terms_make(const struct catalog *catalog, struct arena *arena, struct view_term **items,
                     size_t *count)
{
    struct maker m = {.arena = arena};
    size_t most = 0;

    for (size_t i = 0; i < catalog->profile_count; i++)
        most += catalog->profiles[i].terms.count;
    m.terms = arena_zalloc(arena, most, sizeof(*m.terms));
    for (size_t i = 0; i < catalog->profile_count; i++) {
        const struct profile *profile = &catalog->profiles[i];

        for (size_t j = 0; j < profile->terms.count; j++)
            add_term(&m, profile, &profile->terms.items[j]);
    }
    if (m.count)
        qsort(m.terms, m.count, sizeof(*m.terms), compare);
    *items = arena_alloc(arena, m.count * sizeof(**items));
    *count = m.count;
    for (size_t i = 0; i < m.count; i++) {
        (*items)[i] = m.terms[i].term;
        strmap_release(&m.terms[i].definitions);
    }
    strmap_release(&m.by_name);
    strmap_release(&m.anchors);
}
