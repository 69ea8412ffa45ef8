#include "base/base.h"

#include "text/mustache_compiler.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "text/suggest.h"

enum { CHAIN_SHOWN_MAX = 8 };

/* --- errors --- */

struct report_key {
    const struct template *template;
    size_t at;
    const char *id;
};

static bool is_news(struct compiler *c, const struct where *where, size_t at, const char *id)
{
    struct report_key *key = arena_zalloc(&c->arena, 1, sizeof(*key));
    bool is_new;

    key->template = where->template;
    key->at = at;
    key->id = id;
    strmap_put(&c->reported, (const char *)key, sizeof(*key), &is_new);
    return is_new;
}

/* included from layout.mustache:12:5, included from report.mustache:1:1 */
static void add_chain(struct err *err, const struct where *where)
{
    unsigned shown = 0, left_out = 0;

    for (; where->from; where = where->from) {
        const struct template *t = where->from->template;
        unsigned line, column;

        if (shown == CHAIN_SHOWN_MAX && where->from->from) {
            left_out++;
            continue;
        }
        if (left_out)
            err_note(err, NULL, 0, 0, "included through %u more templates", left_out);
        err_place(t->text, t->len, where->at, &line, &column);
        err_note(err, t->file, line, column, "included from");
        shown++;
    }
}

struct err *mustache_report(struct compiler *c, const struct where *where, size_t at,
                            const char *id, const char *format, ...)
{
    const struct template *t = where->template;
    struct strbuf message = STRBUF_INIT;
    struct err *err;
    va_list args;

    if (!is_news(c, where, at, id) || ++c->problems > MUSTACHE_REPORTS_MAX)
        return NULL;
    va_start(args, format);
    strbuf_vaddf(&message, format, args);
    va_end(args);
    err = errs_add(c->errs, ERR_CONTENT, id, "%s", message.buf);
    err_at_offset(err, t->file, t->text, t->len, at);
    add_chain(err, where);
    strbuf_release(&message);
    return err;
}

void mustache_hint(struct err *err, const char *name)
{
    if (err && name)
        err_hint(err, "did you mean '%s'?", name);
}

/* --- names that are not there --- */

static void offer_keys(struct suggest *suggest, const json_t *object)
{
    /* jansson has no iterator for objects that are const; it does not change them. */
    json_t *o = (json_t *)(uintptr_t)object;

    for (void *i = json_object_iter(o); i; i = json_object_iter_next(o, i))
        suggest_offer(suggest, json_object_iter_key(i));
}

static void offer_fields(const struct compiler *c, struct suggest *suggest, const void *type)
{
    const char *name;

    for (size_t i = 0; (name = c->schema->name(type, i)); i++)
        suggest_offer(suggest, name);
}

static void add_title(struct strbuf *out, const char *title)
{
    strbuf_addf(out, "%s%s", out->len ? ", " : "", title);
}

static const struct special specials[] = {
    {"@first", OP_FIRST, true},    {"@last", OP_LAST, true},      {"@index", OP_INDEX, false},
    {"@number", OP_NUMBER, false}, {"@length", OP_LENGTH, false},
};

const struct special *mustache_special(const struct name *name)
{
    if (!name->len || *name->s != '@')
        return NULL;
    for (size_t i = 0; i < ARRAY_SIZE(specials); i++)
        if (!strcmp(specials[i].name, name->s))
            return &specials[i];
    return NULL;
}

/* The first part of a name is nowhere on the stack. */
static void report_unknown(struct compiler *c, const struct where *where,
                           const struct layout *layout, const struct name *name)
{
    const struct part *part = &name->parts[0];
    struct strbuf places = STRBUF_INIT;
    struct suggest suggest;

    if (c->problems > MUSTACHE_REPORTS_MAX) {
        c->problems++; /* it would not be shown */
        return;
    }
    suggest_start(&suggest, part->s, part->len);
    for (size_t i = layout->count; i--;) {
        const struct entry *entry = &layout->entries[i];

        if (entry->kind == ENTRY_CONSTANT) {
            offer_keys(&suggest, entry->constant);
            if (entry->constant == c->constants)
                add_title(&places, "constants");
        } else {
            offer_fields(c, &suggest, entry->type);
            add_title(&places, c->schema->title(entry->type));
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(specials); i++)
        suggest_offer(&suggest, specials[i].name);
    mustache_hint(mustache_report(c, where, name->at, "unknown-name",
                                  "unknown name \"%.*s\" (looked for in: %s)",
                                  SHOWN(part->s, part->len), places.buf),
                  suggest.name);
    strbuf_release(&places);
}

static size_t part_at(const struct name *name, size_t part)
{
    return name->at + (size_t)(name->parts[part].s - name->s);
}

/* --- where names lead to --- */

static void note_reached(struct mustache_set *set, const json_t *value)
{
    const json_t **key;
    bool is_new;

    if (mustache_set_has_reached(set, value))
        return;
    key = arena_alloc(&set->arena, sizeof(*key));
    *key = value;
    *strmap_put(&set->reached, (const char *)key, sizeof(*key), &is_new) = set;
}

static bool walk_constant(struct compiler *c, const struct where *where, const struct name *name,
                          const json_t *value, struct ref *ref)
{
    for (size_t i = 1; i < name->count; i++) {
        const struct part *part = &name->parts[i];
        const json_t *next = json_object_getn(value, part->s, part->len);
        struct suggest suggest;

        if (!next) {
            suggest_start(&suggest, part->s, part->len);
            offer_keys(&suggest, value);
            mustache_hint(mustache_report(c, where, part_at(name, i), "unknown-name",
                                          "unknown name \"%.*s\" (looked for in: %.*s)",
                                          SHOWN(part->s, part->len),
                                          SHOWN(name->s, (size_t)(part->s - name->s) - 1)),
                          suggest.name);
            return false;
        }
        note_reached(c->set, value);
        value = next;
    }
    note_reached(c->set, value);
    ref->end = REF_CONSTANT;
    ref->constant = value;
    return true;
}

/* Finds the field that the part names in what the slot before leads to. */
static bool walk_part(struct compiler *c, const struct where *where, const struct name *name,
                      size_t part, struct mustache_slot *slots)
{
    const struct mustache_slot *from = &slots[part - 1];
    const struct part *p = &name->parts[part];
    struct suggest suggest;

    if (from->kind != MUSTACHE_OBJECT) {
        mustache_report(c, where, part_at(name, part), "not-object",
                        "\"%.*s\" has no names in it: it is %s",
                        SHOWN(name->s, (size_t)(p->s - name->s) - 1),
                        from->kind == MUSTACHE_LIST ? "a list" : "no object");
        return false;
    }
    if (c->schema->find(from->type, p->s, p->len, &slots[part]))
        return true;
    suggest_start(&suggest, p->s, p->len);
    offer_fields(c, &suggest, from->type);
    mustache_hint(mustache_report(c, where, part_at(name, part), "unknown-name",
                                  "unknown name \"%.*s\" (looked for in: %s)", SHOWN(p->s, p->len),
                                  c->schema->title(from->type)),
                  suggest.name);
    return false;
}

/* slots[0] is found; the rest of a dotted name leads on from there. */
static bool walk_slots(struct compiler *c, const struct where *where, const struct name *name,
                       struct mustache_slot *slots, struct ref *ref)
{
    size_t count = 1;

    while (count < name->count && slots[count - 1].kind != MUSTACHE_JSON) {
        slots[count] = (struct mustache_slot){.kind = MUSTACHE_TEXT};
        if (!walk_part(c, where, name, count, slots))
            return false;
        count++;
    }
    ref->end = REF_SLOT;
    ref->slots = slots;
    ref->slot_count = count;
    ref->tail = count;
    return true;
}

static bool resolve_dot(const struct layout *layout, struct ref *ref)
{
    const struct dot *dot = &layout->dot;

    ref->frame = dot->frame;
    ref->slots = dot->slots;
    ref->slot_count = dot->slot_count;
    ref->constant = dot->constant;
    switch (dot->kind) {
    case DOT_OBJECT:
        break; /* REF_NOTHING */
    case DOT_ITEM:
        ref->end = REF_ITEM;
        break;
    case DOT_SLOT:
        ref->end = REF_SLOT;
        break;
    case DOT_JSON:
        ref->end = REF_TOP;
        break;
    case DOT_CONSTANT:
        ref->end = REF_CONSTANT;
        break;
    }
    return true;
}

/* The topmost entry that is sure to have the name; JSON values above it are noted in the ref. */
static const struct entry *find_entry(struct compiler *c, const struct layout *layout,
                                      const struct part *part, struct mustache_slot *slot,
                                      struct ref *ref, unsigned char *groups)
{
    for (size_t i = layout->count; i--;) {
        const struct entry *entry = &layout->entries[i];

        if (entry->kind == ENTRY_JSON)
            groups[ref->group_count++] = (unsigned char)entry->frame;
        else if (entry->kind == ENTRY_CONSTANT
                     ? json_object_getn(entry->constant, part->s, part->len) != NULL
                     : c->schema->find(entry->type, part->s, part->len, slot))
            return entry;
    }
    return NULL;
}

bool mustache_resolve(struct compiler *c, const struct where *where, const struct layout *layout,
                      const struct name *name, struct ref *ref)
{
    unsigned char groups[FRAMES_MAX];
    struct mustache_slot *slots;
    const struct entry *entry;

    *ref = (struct ref){.end = REF_NOTHING, .name = name};
    if (!name->count)
        return resolve_dot(layout, ref);
    slots = arena_zalloc(&c->program->arena, name->count, sizeof(*slots));
    entry = find_entry(c, layout, &name->parts[0], slots, ref, groups);
    if (ref->group_count) {
        unsigned char *kept = arena_alloc(&c->program->arena, ref->group_count);

        memcpy(kept, groups, ref->group_count);
        ref->groups = kept;
    }
    if (!entry && ref->group_count)
        return true;
    if (!entry) {
        report_unknown(c, where, layout, name);
        return false;
    }
    ref->frame = entry->frame;
    if (entry->kind == ENTRY_CONSTANT)
        return walk_constant(
            c, where, name, json_object_getn(entry->constant, name->parts[0].s, name->parts[0].len),
            ref);
    return walk_slots(c, where, name, slots, ref);
}

const struct mustache_slot *mustache_ref_slot(const struct ref *ref)
{
    return &ref->slots[ref->slot_count - 1];
}
