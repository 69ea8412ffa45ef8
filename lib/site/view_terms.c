#include "base/base.h"

#include "site/view_terms.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "text/collate.h"

struct sorted {
    const char *key;
    struct view_term term;
    struct strmap definitions; /* text -> its view */
};

struct maker {
    struct arena *arena;
    size_t most; /* terms in all profiles together, so that many definitions at most */
    struct sorted *terms;
    size_t count;
    struct strmap by_name; /* term -> 1 + its place */
    struct strmap anchors;
};

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
    sorted->term.definitions.items =
        arena_zalloc(m->arena, m->most, sizeof(*sorted->term.definitions.items));
    return sorted;
}

static void add_term(struct maker *m, const struct profile *profile, const struct term *term)
{
    struct sorted *sorted = term_for(m, term);
    struct view_definition *definition;
    bool is_new;
    void **slot =
        strmap_put(&sorted->definitions, term->definition.s, term->definition.len, &is_new);

    if (is_new) {
        definition = &sorted->term.definitions.items[sorted->term.definitions.count++];
        *slot = definition;
        definition->text = term->definition;
        definition->profiles.items =
            arena_zalloc(m->arena, m->most, sizeof(*definition->profiles.items));
    }
    definition = *slot;
    definition->profiles.items[definition->profiles.count++].label = profile->title;
}

void view_terms_make(const struct catalog *catalog, struct arena *arena, struct view_term **items,
                     size_t *count)
{
    struct maker m = {.arena = arena};

    for (size_t i = 0; i < catalog->profile_count; i++)
        m.most += catalog->profiles[i].terms.count;
    m.terms = arena_zalloc(arena, m.most, sizeof(*m.terms));
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
