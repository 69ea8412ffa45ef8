#include "base/base.h"

#include "text/mustache_compiler.h"

#include "base/err.h"

/* Whether @index or such is known here. */
bool mustache_check_special(struct compiler *c, const struct scope *scope, const struct node *node,
                            const struct layout *layout, const struct special *special)
{
    const char *problem = NULL;

    if (special->condition != (node->kind != NODE_NAME))
        problem = special->condition ? "is only for sections" : "is a number, not for sections";
    else if (!layout->in_list)
        problem = "is only known inside a section over a list";
    if (problem)
        mustache_report(c, scope->where, node->at, "unknown-name", "\"%s\" %s", special->name,
                        problem);
    return !problem;
}

/* A section about a name that leads here or there has its inside twice. If that were in place, the
 * code of nested ones would grow twofold with each level; so then it is a unit. */
struct section {
    const struct node *node;
    bool apart;
};

static void compile_inside(struct compiler *c, struct scope *scope, const struct section *section,
                           const struct layout *layout)
{
    const struct node *node = section->node;
    struct unit_key key = {node, layout, scope->env, scope->indented};
    struct call *call;

    if (!section->apart) {
        mustache_compile_nodes(c, scope, node->first, layout);
        return;
    }
    call = mustache_new_call(c, scope, node);
    call->unit = mustache_compile_unit(c, scope, &key, scope->where, node);
    mustache_add_op(c, scope, OP_CALL)->call = call;
}

/* The same data goes on, if a condition holds. */
static void compile_if(struct compiler *c, struct scope *scope, const struct section *section,
                       const struct layout *layout, const struct ref *ref)
{
    size_t number = mustache_begin_op(c, scope, OP_IF);

    scope->code.ops[number].ref = mustache_keep_ref(c, ref);
    compile_inside(c, scope, section, layout);
    mustache_end_op(c, scope, number);
}

/* The layout with one more entry, or NULL after an error. */
static const struct layout *push_layout(struct compiler *c, const struct scope *scope,
                                        const struct section *section, const struct layout *layout,
                                        struct entry entry, bool in_list, const struct push **push)
{
    layout = mustache_layout_push(c, layout, entry, in_list, push);
    if (!layout)
        mustache_report(c, scope->where, section->node->at, "template-depth",
                        "more than %d kinds of data at a place", FRAMES_MAX);
    return layout;
}

/* Other data comes on top. */
static void compile_push(struct compiler *c, struct scope *scope, const struct section *section,
                         const struct layout *layout, const struct ref *ref, enum op_code code,
                         struct entry entry)
{
    bool in_list = layout->in_list || code != OP_OBJECT; /* JSON may be a list */
    const struct push *push;
    size_t number;

    layout = push_layout(c, scope, section, layout, entry, in_list, &push);
    if (!layout)
        return;
    number = mustache_begin_op(c, scope, code);
    scope->code.ops[number].ref = mustache_keep_ref(c, ref);
    scope->code.ops[number].push = push;
    scope->changes++;
    compile_inside(c, scope, section, layout);
    scope->changes--;
    mustache_end_op(c, scope, number);
}

static void compile_json(struct compiler *c, struct scope *scope, const struct section *section,
                         const struct layout *layout, const struct ref *ref)
{
    compile_push(c, scope, section, layout, ref, OP_JSON, (struct entry){.kind = ENTRY_JSON});
}

/* The inside is compiled for its errors only: it can never be rendered. */
static void compile_dead(struct compiler *c, struct scope *scope, const struct section *section,
                         const struct layout *layout)
{
    size_t number = mustache_begin_op(c, scope, OP_SKIP);

    scope->changes++;
    compile_inside(c, scope, section, layout);
    scope->changes--;
    mustache_end_op(c, scope, number);
    scope->code.count = number;
}

static struct dot dot_of_slot(const struct ref *ref)
{
    return (struct dot){
        .kind = DOT_SLOT, .frame = ref->frame, .slots = ref->slots, .slot_count = ref->slot_count};
}

static void compile_texts(struct compiler *c, struct scope *scope, const struct section *section,
                          const struct layout *layout, const struct ref *ref)
{
    struct dot dot = {.kind = DOT_ITEM, .slots = mustache_ref_slot(ref), .slot_count = 1};
    size_t number = mustache_begin_op(c, scope, OP_TEXTS);

    scope->code.ops[number].ref = mustache_keep_ref(c, ref);
    compile_inside(c, scope, section, mustache_layout_dot(c, layout, dot, true));
    mustache_end_op(c, scope, number);
}

static void compile_slot(struct compiler *c, struct scope *scope, const struct section *section,
                         const struct layout *layout, const struct ref *ref)
{
    const struct mustache_slot *slot = mustache_ref_slot(ref);
    struct entry entry = {.kind = ENTRY_TYPED, .type = slot->type};

    switch (slot->kind) {
    case MUSTACHE_TEXT:
    case MUSTACHE_MARKUP:
        layout = mustache_layout_dot(c, layout, dot_of_slot(ref), layout->in_list);
        /* fall through */
    case MUSTACHE_FLAG:
        compile_if(c, scope, section, layout, ref);
        break;
    case MUSTACHE_OBJECT:
        compile_push(c, scope, section, layout, ref, OP_OBJECT, entry);
        break;
    case MUSTACHE_LIST:
        if (slot->type)
            compile_push(c, scope, section, layout, ref, OP_LIST, entry);
        else
            compile_texts(c, scope, section, layout, ref);
        break;
    case MUSTACHE_JSON:
        compile_json(c, scope, section, layout, ref);
        break;
    }
}

static void compile_constant_section(struct compiler *c, struct scope *scope,
                                     const struct section *section, const struct layout *layout,
                                     const struct ref *ref)
{
    struct entry entry = {.kind = ENTRY_CONSTANT, .constant = ref->constant};
    struct dot dot = {.kind = DOT_CONSTANT, .constant = ref->constant};
    const struct push *push;
    bool object = json_is_object(ref->constant);

    /* The items of a list need not all have the same names, so they are looked up as JSON is. */
    if (json_is_array(ref->constant) || (object && !c->schema)) {
        compile_json(c, scope, section, layout, ref);
        return;
    }
    if (object)
        layout = push_layout(c, scope, section, layout, entry, layout->in_list, &push);
    else
        layout = mustache_layout_dot(c, layout, dot, layout->in_list);
    if (!layout)
        return;
    if (mustache_json_truthy(ref->constant))
        compile_inside(c, scope, section, layout);
    else
        compile_dead(c, scope, section, layout);
}

static void compile_resolved(struct compiler *c, struct scope *scope, const struct section *section,
                             const struct layout *layout, const struct ref *ref)
{
    switch (ref->end) {
    case REF_NOTHING:
        if (ref->group_count)
            compile_json(c, scope, section, layout, ref);
        else
            compile_inside(c, scope, section, layout); /* {{#.}} of an object that is there */
        break;
    case REF_SLOT:
        compile_slot(c, scope, section, layout, ref);
        break;
    case REF_CONSTANT:
        compile_constant_section(c, scope, section, layout, ref);
        break;
    case REF_ITEM:
        compile_if(c, scope, section, layout, ref);
        break;
    case REF_TOP:
        compile_json(c, scope, section, layout, ref);
        break;
    }
}

/* {{#@first}} and its like. */
static void compile_special(struct compiler *c, struct scope *scope, const struct node *node,
                            const struct layout *layout, const struct special *special)
{
    struct section section = {node, false};
    size_t number;

    if (!mustache_check_special(c, scope, node, layout, special)) {
        compile_dead(c, scope, &section, layout);
        return;
    }
    number = mustache_begin_op(c, scope, special->code);
    scope->code.ops[number].flag = node->kind == NODE_INVERTED;
    compile_inside(c, scope, &section, layout);
    mustache_end_op(c, scope, number);
}

/* The name is looked for in JSON values when rendered, and elsewhere if it is not there. */
static void compile_ambiguous(struct compiler *c, struct scope *scope, const struct node *node,
                              const struct layout *layout, const struct ref *ref)
{
    struct section section = {node, true};
    struct ref json = *ref, rest = *ref;
    size_t found, skip;

    json.end = REF_NOTHING;
    rest.group_count = 0;
    found = mustache_begin_op(c, scope, OP_UNLESS_FOUND);
    scope->code.ops[found].ref = mustache_keep_ref(c, &json);
    compile_json(c, scope, &section, layout, &json);
    skip = mustache_begin_op(c, scope, OP_SKIP);
    mustache_end_op(c, scope, found);
    compile_resolved(c, scope, &section, layout, &rest);
    mustache_end_op(c, scope, skip);
}

void mustache_compile_section(struct compiler *c, struct scope *scope, const struct node *node,
                              const struct layout *layout)
{
    const struct special *special = mustache_special(&node->name);
    struct section section = {node, false};
    struct ref ref;

    if (special)
        compile_special(c, scope, node, layout, special);
    else if (!mustache_resolve(c, scope->where, layout, &node->name, &ref))
        return;
    else if (ref.group_count && ref.end != REF_NOTHING)
        compile_ambiguous(c, scope, node, layout, &ref);
    else
        compile_resolved(c, scope, &section, layout, &ref);
}

void mustache_compile_inverted(struct compiler *c, struct scope *scope, const struct node *node,
                               const struct layout *layout)
{
    const struct special *special = mustache_special(&node->name);
    struct section section = {node, false};
    struct ref ref;
    size_t number;

    if (special) {
        compile_special(c, scope, node, layout, special);
        return;
    }
    if (!mustache_resolve(c, scope->where, layout, &node->name, &ref)) {
        compile_dead(c, scope, &section, layout);
    } else if (!ref.group_count && ref.end == REF_CONSTANT && !mustache_json_truthy(ref.constant)) {
        compile_inside(c, scope, &section, layout);
    } else if (!ref.group_count && (ref.end == REF_CONSTANT || ref.end == REF_NOTHING)) {
        compile_dead(c, scope, &section, layout);
    } else {
        number = mustache_begin_op(c, scope, OP_IF);
        scope->code.ops[number].flag = true;
        scope->code.ops[number].ref = mustache_keep_ref(c, &ref);
        compile_inside(c, scope, &section, layout);
        mustache_end_op(c, scope, number);
    }
}
