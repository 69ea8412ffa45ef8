#include "base/base.h"

#include "text/mustache_compiler.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/suggest.h"

/* --- recursion --- */

/* How the template was reached first, before it included itself. */
static const struct where *first_time(const struct where *where)
{
    const struct where *first = where;

    for (const struct where *w = where->from; w; w = w->from)
        if (w->template == where->template)
            first = w;
    return first;
}

/* template "a" includes itself without end: a > b > a */
static void report_cycle(struct compiler *c, const struct scope *scope, const struct node *tag,
                         const struct unit *unit)
{
    const char *names[MUSTACHE_DEPTH_MAX + 1];
    struct strbuf chain = STRBUF_INIT;
    size_t count = 0;

    for (const struct scope *s = scope; s; s = s->unit == unit ? NULL : s->outer)
        if (s->whole)
            names[count++] = s->where->template->name;
    if (!count)
        names[count++] = unit->template->name;
    for (size_t i = count; i--;)
        strbuf_addf(&chain, "%s > ", names[i]);
    mustache_report(c, first_time(scope->where), tag->at, "template-recursion",
                    "template \"%s\" includes itself without end: %s%s", names[count - 1],
                    chain.buf, names[count - 1]);
    strbuf_release(&chain);
}

/*
 * A unit that calls itself may end when sections on the way bring other data; without any it
 * cannot. In a JSON program that shows when it is rendered.
 */
static void check_cycle(struct compiler *c, const struct scope *scope, const struct node *tag,
                        const struct unit *unit)
{
    unsigned changes = 0;

    if (!unit->compiling || !c->schema)
        return;
    for (const struct scope *s = scope; s; s = s->outer) {
        changes += s->changes;
        if (s->unit == unit)
            break;
    }
    if (!changes)
        report_cycle(c, scope, tag, unit);
}

/* --- templates --- */

/* What is included at a tag. */
struct target {
    struct compiler *c;
    struct scope *scope;
    const struct node *tag;
    const struct layout *layout;
    const struct env *env;
};

static const char *nearest_template(const struct mustache_set *set, const char *name, size_t len)
{
    struct suggest suggest;

    suggest_start(&suggest, name, len);
    for (size_t i = 0; i < set->count; i++)
        suggest_offer(&suggest, set->templates[i]->name);
    return suggest.name;
}

/* NULL when there is none that can be included, which is an error unless it is a missing one in a
 * JSON program. */
static const struct template *find_template(const struct target *target, const char *name,
                                            size_t len)
{
    static const char *const outputs[] = {"HTML", "JSON", "plain text"};
    struct compiler *c = target->c;
    struct template *t = strmap_get(&c->set->by_name, name, len);

    if (!t) {
        if (c->schema)
            mustache_hint(mustache_report(c, target->scope->where, target->tag->name.at,
                                          "unknown-template", "there is no template \"%.*s\"",
                                          SHOWN(name, len)),
                          nearest_template(c->set, name, len));
        return NULL;
    }
    t->used = true;
    if (t->broken) {
        mustache_report(c, target->scope->where, target->tag->at, "template-broken",
                        "the template \"%s\" has mistakes", t->name);
        return NULL;
    }
    if (t->output != c->program->output) {
        mustache_report(c, target->scope->where, target->tag->at, "output-kind",
                        "\"%s\" makes %s, which cannot be a part of %s", t->name,
                        outputs[t->output], outputs[c->program->output]);
        return NULL;
    }
    return t;
}

static const struct where *reached(const struct target *target, const struct template *t)
{
    struct where *where = arena_alloc(&target->c->arena, sizeof(*where));

    *where = (struct where){t, target->scope->where, target->tag->at};
    return where;
}

/* The unit of nodes that are written elsewhere, as it is for this tag. */
static const struct unit *unit_of(const struct target *target, const struct node *node,
                                  const struct where *where)
{
    struct compiler *c = target->c;
    const struct node *tag = target->tag;
    bool indented = tag->standalone && (target->scope->indented || tag->len);
    struct unit_key key = {node, target->layout, target->env, indented || !c->schema};
    const struct unit *unit = mustache_compile_unit(c, target->scope, &key, where, tag);

    check_cycle(c, target->scope, tag, unit);
    return unit;
}

static const struct unit *unit_of_template(const struct target *target, const char *name,
                                           size_t len)
{
    const struct template *t = find_template(target, name, len);

    return t ? unit_of(target, &t->root, reached(target, t)) : NULL;
}

/* --- blocks that parents are given --- */

struct env_key {
    const struct node *parent;
    const struct env *outer;
};

static const struct binding *find_binding(const struct env *env, const struct name *name)
{
    for (size_t i = 0; env && i < env->count; i++) {
        const struct name *other = &env->items[i].block->name;

        if (other->len == name->len && !memcmp(other->s, name->s, name->len))
            return &env->items[i];
    }
    return NULL;
}

/* The blocks that hold inside the parent: those that were given from outside come first. */
static const struct env *new_env(struct compiler *c, const struct scope *scope,
                                 const struct node *parent)
{
    const struct env *outer = scope->env;
    struct env *env = arena_zalloc(&c->arena, 1, sizeof(*env));
    size_t count = outer ? outer->count : 0;

    for (const struct node *n = parent->first; n; n = n->next)
        count++;
    env->items = arena_zalloc(&c->arena, count, sizeof(*env->items));
    if (outer && outer->count) {
        memcpy(env->items, outer->items, outer->count * sizeof(*env->items));
        env->count = outer->count;
    }
    for (const struct node *n = parent->first; n; n = n->next)
        if (n->kind == NODE_BLOCK && !find_binding(env, &n->name))
            env->items[env->count++] = (struct binding){n, scope->where, outer};
    return outer && env->count == outer->count ? outer : env;
}

static const struct env *env_of(struct compiler *c, const struct scope *scope,
                                const struct node *parent)
{
    struct env_key *key = arena_alloc(&c->arena, sizeof(*key));
    void **place;
    bool is_new;

    *key = (struct env_key){parent, scope->env};
    place = strmap_put(&c->envs, (const char *)key, sizeof(*key), &is_new);
    if (is_new)
        *place = (void *)(uintptr_t)new_env(c, scope, parent);
    return *place;
}

/* All blocks of a template and of what it includes. */
struct blocks {
    const struct mustache_set *set;
    struct strmap names;
    struct strmap seen;
    const struct template **todo;
    size_t count;
    size_t cap;
    bool open; /* there may be others */
};

static void add_todo(struct blocks *blocks, const struct template *t)
{
    bool is_new;

    if (!t || t->broken) {
        blocks->open = true; /* which is an error of its own */
        return;
    }
    strmap_put(&blocks->seen, t->name, strlen(t->name), &is_new);
    if (!is_new)
        return;
    MEM_GROW(blocks->todo, blocks->count, blocks->cap);
    blocks->todo[blocks->count++] = t;
}

/* Recurses as deep as tags are nested in a template. */
static void collect_blocks(struct blocks *blocks, const struct node *around)
{
    for (const struct node *n = around->first; n; n = n->next) {
        bool is_new;

        if (n->kind == NODE_BLOCK && around->kind != NODE_PARENT)
            strmap_put(&blocks->names, n->name.s, n->name.len, &is_new);
        if (n->kind == NODE_PARTIAL || n->kind == NODE_PARENT) {
            if (n->dynamic)
                blocks->open = true;
            else
                add_todo(blocks, strmap_get(&blocks->set->by_name, n->name.s, n->name.len));
        }
        collect_blocks(blocks, n);
    }
}

/* Whether the map has the name; the nearest one that it has is offered as a suggestion. */
static bool knows_block(const struct blocks *blocks, const struct name *name,
                        struct suggest *suggest)
{
    const struct strmap *names = &blocks->names;
    bool known = blocks->open;

    suggest_start(suggest, name->s, name->len);
    for (size_t i = 0; i < names->size; i++) {
        if (!names->slots[i].key)
            continue;
        suggest_offer(suggest, names->slots[i].key);
        known = known || (names->slots[i].len == name->len &&
                          !memcmp(names->slots[i].key, name->s, name->len));
    }
    return known;
}

/* In a typed program a block that nothing asks for is a mistake. */
static void check_blocks(const struct target *target)
{
    const struct node *tag = target->tag;
    struct blocks blocks = {.set = target->c->set};
    struct suggest suggest;

    if (tag->dynamic || !target->c->schema || !tag->first)
        return;
    add_todo(&blocks, strmap_get(&blocks.set->by_name, tag->name.s, tag->name.len));
    for (size_t i = 0; i < blocks.count; i++)
        collect_blocks(&blocks, &blocks.todo[i]->root);
    for (const struct node *n = tag->first; n; n = n->next)
        if (n->kind == NODE_BLOCK && !knows_block(&blocks, &n->name, &suggest))
            mustache_hint(mustache_report(target->c, target->scope->where, n->name.at,
                                          "unknown-block", "\"%.*s\" has no block \"%.*s\"",
                                          SHOWN(tag->name.s, tag->name.len),
                                          SHOWN(n->name.s, n->name.len)),
                          suggest.name);
    strmap_release(&blocks.names);
    strmap_release(&blocks.seen);
    free(blocks.todo);
}

static bool given_before(const struct node *first, const struct node *block)
{
    for (const struct node *n = first; n != block; n = n->next)
        if (n->kind == NODE_BLOCK && n->name.len == block->name.len &&
            !memcmp(n->name.s, block->name.s, block->name.len))
            return true;
    return false;
}

static void check_parent(const struct target *target)
{
    struct compiler *c = target->c;
    const struct node *tag = target->tag;

    for (const struct node *n = tag->first; n; n = n->next) {
        if (n->kind == NODE_BLOCK && given_before(tag->first, n))
            mustache_report(c, target->scope->where, n->at, "block-twice",
                            "the block \"%.*s\" is given twice", SHOWN(n->name.s, n->name.len));
        if (n->kind != NODE_BLOCK && c->schema)
            mustache_report(c, target->scope->where, n->at, "ignored-tag",
                            "only blocks count between the tags of a parent");
    }
    check_blocks(target);
}

/* The blocks of a parent of a JSON program, where they are found when rendered. */
static void add_arguments(const struct target *target, struct call *call)
{
    struct argument *arguments;
    size_t count = 0;

    for (const struct node *n = target->tag->first; n; n = n->next)
        count += n->kind == NODE_BLOCK;
    call->arguments = arguments =
        arena_zalloc(&target->c->program->arena, count, sizeof(*arguments));
    for (const struct node *n = target->tag->first; n; n = n->next) {
        struct unit_key key = {n, target->layout, NULL, true};

        if (n->kind == NODE_BLOCK)
            arguments[call->argument_count++] = (struct argument){
                n, mustache_compile_unit(target->c, target->scope, &key, target->scope->where, n)};
    }
}

/* --- what a tag comes to --- */

static struct call *add_call(const struct target *target, enum op_code code)
{
    struct call *call = mustache_new_call(target->c, target->scope, target->tag);

    if (!target->c->schema && target->tag->kind == NODE_PARENT)
        add_arguments(target, call);
    mustache_add_op(target->c, target->scope, code)->call = call;
    return call;
}

static void call_template(const struct target *target, const char *name, size_t len)
{
    const struct unit *unit = unit_of_template(target, name, len);

    if (unit && (unit->compiling || unit->count))
        add_call(target, OP_CALL)->unit = unit;
}

/* Whether there is a template for each value. */
static bool check_choices(const struct target *target, const char *const *values)
{
    const struct mustache_set *set = target->c->set;
    const struct name *name = &target->tag->name;
    struct strbuf missing = STRBUF_INIT;
    const char *near = NULL;
    bool good;

    for (; *values; values++)
        if (!mustache_set_has(set, *values)) {
            strbuf_addf(&missing, "%s\"%s\"", missing.len ? ", " : "", *values);
            near = near ? near : nearest_template(set, *values, strlen(*values));
        }
    good = !missing.len;
    if (!good)
        mustache_hint(mustache_report(target->c, target->scope->where, name->at, "unknown-template",
                                      "there is no template %s for \"%.*s\"", missing.buf,
                                      SHOWN(name->s, name->len)),
                      near);
    strbuf_release(&missing);
    return good;
}

/* {{>*field}} of a field that has so many values: one of as many templates. */
static void call_choices(const struct target *target, const struct ref *ref,
                         const char *const *values)
{
    struct choice *choices;
    struct call *call;
    size_t count = 0;

    while (values[count])
        count++;
    choices = arena_zalloc(&target->c->program->arena, count, sizeof(*choices));
    for (size_t i = 0; i < count; i++)
        choices[i] =
            (struct choice){values[i], unit_of_template(target, values[i], strlen(values[i]))};
    call = add_call(target, OP_CHOOSE);
    call->ref = mustache_keep_ref(target->c, ref);
    call->choices = choices;
    call->choice_count = count;
}

static void call_constant(const struct target *target, const json_t *value)
{
    struct strbuf scratch = STRBUF_INIT;
    const char *s;
    size_t len;

    mustache_json_text(value, &scratch, &s, &len);
    call_template(target, s, len);
    strbuf_release(&scratch);
}

static const char *const *choices_of(const struct ref *ref)
{
    if (ref->group_count || (ref->end != REF_SLOT && ref->end != REF_ITEM))
        return NULL;
    if (ref->end == REF_SLOT && mustache_ref_slot(ref)->kind != MUSTACHE_TEXT)
        return NULL;
    return mustache_ref_slot(ref)->choices;
}

static void call_dynamic(const struct target *target)
{
    const struct node *tag = target->tag;
    struct compiler *c = target->c;
    struct ref ref;

    if (!mustache_resolve(c, target->scope->where, target->layout, &tag->name, &ref))
        return;
    if (!c->schema) {
        c->dynamic = true;
        add_call(target, OP_DYNAMIC)->ref = mustache_keep_ref(c, &ref);
    } else if (ref.end == REF_CONSTANT && !ref.group_count) {
        call_constant(target, ref.constant);
    } else if (choices_of(&ref)) {
        if (check_choices(target, choices_of(&ref)))
            call_choices(target, &ref, choices_of(&ref));
    } else {
        mustache_report(
            c, target->scope->where, tag->name.at, "open-name",
            "\"%.*s\" has no list of the values it can have, so it cannot choose a template",
            SHOWN(tag->name.s, tag->name.len));
    }
}

static void compile_include(const struct target *target)
{
    if (target->tag->dynamic)
        call_dynamic(target);
    else
        call_template(target, target->tag->name.s, target->tag->name.len);
}

void mustache_compile_partial(struct compiler *c, struct scope *scope, const struct node *node,
                              const struct layout *layout)
{
    struct target target = {c, scope, node, layout, scope->env};

    compile_include(&target);
}

void mustache_compile_parent(struct compiler *c, struct scope *scope, const struct node *node,
                             const struct layout *layout)
{
    struct target target = {c, scope, node, layout, NULL};

    if (c->schema)
        target.env = env_of(c, scope, node);
    check_parent(&target);
    compile_include(&target);
}

void mustache_compile_block(struct compiler *c, struct scope *scope, const struct node *node,
                            const struct layout *layout)
{
    const struct binding *binding = find_binding(scope->env, &node->name);
    struct target target = {c, scope, node, layout, NULL};
    size_t number;

    if (binding) {
        target.env = binding->env;
        add_call(&target, OP_CALL)->unit = unit_of(&target, binding->block, binding->where);
        return;
    }
    if (c->schema) {
        mustache_compile_nodes(c, scope, node->first, layout);
        return;
    }
    number = mustache_begin_op(c, scope, OP_BLOCK);
    scope->code.ops[number].call = mustache_new_call(c, scope, node);
    mustache_compile_nodes(c, scope, node->first, layout);
    mustache_end_op(c, scope, number);
}
