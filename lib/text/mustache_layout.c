#include "base/base.h"

#include "text/mustache_compiler.h"

static bool same_slot(const struct mustache_slot *a, const struct mustache_slot *b)
{
    return a->kind == b->kind && a->field == b->field && a->type == b->type &&
           a->choices == b->choices;
}

static bool same_dot(const struct dot *a, const struct dot *b)
{
    if (a->kind != b->kind || a->frame != b->frame || a->constant != b->constant ||
        a->slot_count != b->slot_count)
        return false;
    for (size_t i = 0; i < a->slot_count; i++)
        if (!same_slot(&a->slots[i], &b->slots[i]))
            return false;
    return true;
}

static bool same_entry(const struct entry *a, const struct entry *b)
{
    return a->kind == b->kind && a->type == b->type && a->constant == b->constant;
}

static bool same_layout(const struct layout *a, const struct layout *b)
{
    if (a->count != b->count || a->in_list != b->in_list || !same_dot(&a->dot, &b->dot))
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!same_entry(&a->entries[i], &b->entries[i]))
            return false;
    return true;
}

/* The one layout that is equal to the candidate; the candidate itself if it is new. */
static const struct layout *unique(struct compiler *c, struct layout *candidate)
{
    for (const struct layout *l = c->layouts; l; l = l->older)
        if (same_layout(l, candidate))
            return l;
    candidate->older = c->layouts;
    c->layouts = candidate;
    return candidate;
}

const struct layout *mustache_layout_dot(struct compiler *c, const struct layout *layout,
                                         struct dot dot, bool in_list)
{
    struct layout *l = arena_alloc(&c->arena, sizeof(*l));

    *l = *layout;
    l->dot = dot;
    l->in_list = in_list;
    return unique(c, l);
}

const struct layout *mustache_layout_root(struct compiler *c, const void *type)
{
    struct layout *l = arena_zalloc(&c->arena, 1, sizeof(*l));

    l->entries = arena_zalloc(&c->arena, 2, sizeof(*l->entries));
    if (c->constants)
        l->entries[l->count++] = (struct entry){.kind = ENTRY_CONSTANT, .constant = c->constants};
    l->entries[l->count++] =
        (struct entry){.kind = c->schema ? ENTRY_TYPED : ENTRY_JSON, .type = type};
    l->frames = 1;
    l->in_list = !c->schema;
    l->dot.kind = c->schema ? DOT_OBJECT : DOT_JSON;
    return unique(c, l);
}

/* Where the JSON values next below the top are. */
static int top_json(const struct layout *l)
{
    for (size_t i = l->count; i--;)
        if (l->entries[i].kind == ENTRY_JSON)
            return (int)l->entries[i].frame;
    return -1;
}

/* Whether the entry comes to lie right on JSON values, being JSON itself. */
static bool joins(const struct layout *l, const struct entry *entry)
{
    return entry->kind == ENTRY_JSON && l->count && l->entries[l->count - 1].kind == ENTRY_JSON;
}

/* Copies one entry over, with its frame. Two runs of JSON values that come to lie on each other
 * become one: it begins with the upper and ends where the lower one does. */
static void keep_entry(struct layout *to, const struct entry *entry, struct push *push)
{
    if (joins(to, entry)) {
        push->kept[to->entries[to->count - 1].frame].from = (unsigned char)entry->frame;
        push->in_place = false;
        return;
    }
    to->entries[to->count] = *entry;
    if (entry->kind != ENTRY_CONSTANT) {
        push->in_place &= entry->frame == to->frames;
        push->kept[to->frames].from = (unsigned char)entry->frame;
        push->kept[to->frames].stop_from = (unsigned char)entry->frame;
        to->entries[to->count].frame = to->frames++;
    }
    to->count++;
}

/* Lays the new entry on top. */
static void add_entry(struct layout *to, struct entry entry, struct push *push)
{
    push->merge = joins(to, &entry);
    if (push->merge) {
        push->frame = to->entries[to->count - 1].frame;
        return;
    }
    push->frame = to->frames;
    if (entry.kind != ENTRY_CONSTANT)
        entry.frame = to->frames++;
    to->entries[to->count++] = entry;
}

const struct layout *mustache_layout_push(struct compiler *c, const struct layout *layout,
                                          struct entry entry, bool in_list,
                                          const struct push **push)
{
    struct push *p = arena_zalloc(&c->program->arena, 1, sizeof(*p));
    struct layout *l = arena_zalloc(&c->arena, 1, sizeof(*l));

    l->entries = arena_zalloc(&c->arena, layout->count + 1, sizeof(*l->entries));
    l->in_list = in_list;
    p->in_place = true;
    p->below = top_json(layout);
    for (size_t i = 0; i < layout->count; i++)
        if (entry.kind == ENTRY_JSON || !same_entry(&layout->entries[i], &entry))
            keep_entry(l, &layout->entries[i], p);
    p->count = l->frames;
    if (l->frames == FRAMES_MAX && entry.kind != ENTRY_CONSTANT && !joins(l, &entry))
        return NULL;
    add_entry(l, entry, p);
    if (entry.kind == ENTRY_JSON)
        l->dot = (struct dot){.kind = DOT_JSON, .frame = p->frame};
    *push = p;
    return unique(c, l);
}
