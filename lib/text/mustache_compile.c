#include "base/base.h"

#include "text/mustache_compiler.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/escape.h"
#include "text/suggest.h"

enum {
    UNITS_MAX = 20000, /* far more than any theme has; templates can be made to multiply */
    LEVELS_MAX = 512,  /* of tags in each other, over all templates that include each other */
};

static mustache_escape *escape_of(enum mustache_output output)
{
    switch (output) {
    case MUSTACHE_HTML:
        return escape_html;
    case MUSTACHE_JSON_TEXT:
        return escape_json;
    case MUSTACHE_PLAIN:
        break;
    }
    return escape_none;
}

/* --- {{name}} --- */

/* Whether the name that a tag prints may be printed in this way, in a typed program. */
static bool check_markup(struct compiler *c, const struct scope *scope, const struct node *node,
                         const struct ref *ref)
{
    bool markup = ref->end == REF_SLOT && mustache_ref_slot(ref)->kind == MUSTACHE_MARKUP;
    bool json = c->program->output == MUSTACHE_JSON_TEXT;
    const struct name *name = &node->name;

    if (node->raw && json) {
        mustache_report(c, scope->where, node->at, "unsafe-markup",
                        "\"%.*s\" must be escaped to stand in JSON: use two braces",
                        SHOWN(name->s, name->len));
        return false;
    }
    if (node->raw && (!markup || ref->group_count)) {
        mustache_report(c, scope->where, node->at, "unsafe-markup",
                        markup ? "\"%.*s\" may be found in a JSON value here, which is no markup"
                               : "\"%.*s\" is no markup, so it must be escaped: use two braces",
                        SHOWN(name->s, name->len));
        return false;
    }
    if (!node->raw && markup && !json) {
        mustache_report(c, scope->where, node->at, "markup-escaped",
                        "\"%.*s\" is markup, whose tags would be shown: use three braces",
                        SHOWN(name->s, name->len));
        return false;
    }
    return true;
}

/* What the name leads to when that has no text; else NULL. */
static const char *without_text(const struct ref *ref)
{
    static const char *const kinds[] = {
        [MUSTACHE_FLAG] = "a flag",
        [MUSTACHE_OBJECT] = "an object",
        [MUSTACHE_LIST] = "a list",
        [MUSTACHE_JSON] = NULL,
    };

    if (ref->end == REF_SLOT)
        return kinds[mustache_ref_slot(ref)->kind];
    if (ref->end == REF_CONSTANT && json_is_array(ref->constant))
        return kinds[MUSTACHE_LIST];
    if (ref->end == REF_CONSTANT ? json_is_object(ref->constant)
                                 : ref->end == REF_NOTHING && !ref->group_count)
        return kinds[MUSTACHE_OBJECT];
    return NULL;
}

static bool check_text(struct compiler *c, const struct scope *scope, const struct node *node,
                       const struct ref *ref)
{
    const char *what = without_text(ref);

    if (what)
        mustache_report(c, scope->where, node->at, "not-text", "\"%.*s\" is %s and has no text",
                        SHOWN(node->name.s, node->name.len), what);
    return !what;
}

static void compile_constant(struct compiler *c, struct scope *scope, const json_t *value,
                             mustache_escape *escape)
{
    struct strbuf scratch = STRBUF_INIT, escaped = STRBUF_INIT;
    const char *s;
    size_t len;

    mustache_json_text(value, &scratch, &s, &len);
    escape(&escaped, s, len);
    mustache_add_value(c, scope, escaped.buf, escaped.len);
    strbuf_release(&escaped);
    strbuf_release(&scratch);
}

static void compile_name(struct compiler *c, struct scope *scope, const struct node *node,
                         const struct layout *layout)
{
    const struct special *special = mustache_special(&node->name);
    mustache_escape *escape = node->raw ? escape_none : escape_of(c->program->output);
    struct ref ref;
    struct op *op;

    if (special) {
        if (mustache_check_special(c, scope, node, layout, special))
            mustache_add_op(c, scope, special->code);
        return;
    }
    if (!mustache_resolve(c, scope->where, layout, &node->name, &ref))
        return;
    if (c->schema && (!check_text(c, scope, node, &ref) || !check_markup(c, scope, node, &ref)))
        return;
    if (ref.end == REF_CONSTANT && !ref.group_count) {
        compile_constant(c, scope, ref.constant, escape);
        return;
    }
    op = mustache_add_op(c, scope, OP_VALUE);
    op->escape = escape;
    if (ref.end == REF_SLOT && ref.slot_count == 1 && !ref.group_count &&
        ref.slots->kind != MUSTACHE_JSON) {
        op->code = OP_FIELD;
        op->frame = ref.frame;
        op->slot = ref.slots;
    } else {
        op->ref = mustache_keep_ref(c, &ref);
    }
}

/* --- units --- */

static void compile_node(struct compiler *c, struct scope *scope, const struct node *node,
                         const struct layout *layout)
{
    switch (node->kind) {
    case NODE_TEXT:
        mustache_add_text(c, scope, node->text, node->len, node->line_start);
        break;
    case NODE_NAME:
        compile_name(c, scope, node, layout);
        break;
    case NODE_SECTION:
        mustache_compile_section(c, scope, node, layout);
        break;
    case NODE_INVERTED:
        mustache_compile_inverted(c, scope, node, layout);
        break;
    case NODE_PARTIAL:
        mustache_compile_partial(c, scope, node, layout);
        break;
    case NODE_PARENT:
        mustache_compile_parent(c, scope, node, layout);
        break;
    case NODE_BLOCK:
        mustache_compile_block(c, scope, node, layout);
        break;
    case NODE_ROOT:
        break;
    }
}

void mustache_compile_nodes(struct compiler *c, struct scope *scope, const struct node *first,
                            const struct layout *layout)
{
    if (first && c->levels == LEVELS_MAX) {
        mustache_report(c, scope->where, first->at, "template-depth",
                        "tags are nested more than %d deep, over all templates", LEVELS_MAX);
        return;
    }
    c->levels++;
    for (const struct node *node = first; node; node = node->next)
        compile_node(c, scope, node, layout);
    c->levels--;
}

/* The unit's place; a new one is empty. */
static struct unit *find_unit(struct compiler *c, const struct unit_key *key, bool *is_new)
{
    struct unit_key *kept = arena_alloc(&c->arena, sizeof(*kept));
    void **place;

    *kept = *key;
    place = strmap_put(&c->units, (const char *)kept, sizeof(*kept), is_new);
    if (*is_new)
        *place = arena_zalloc(&c->program->arena, 1, sizeof(struct unit));
    return *place;
}

struct unit *mustache_compile_unit(struct compiler *c, const struct scope *outer,
                                   const struct unit_key *key, const struct where *where,
                                   const struct node *tag)
{
    struct scope scope = {.outer = outer, .where = where, .env = key->env};
    bool is_new;
    struct unit *unit = find_unit(c, key, &is_new);

    if (!is_new)
        return unit;
    unit->template = where->template;
    if (c->depth == MUSTACHE_DEPTH_MAX || c->units.count > UNITS_MAX) {
        mustache_report(c, outer ? outer->where : where, tag->at, "template-depth",
                        c->units.count > UNITS_MAX ? "the templates come to more than %d pieces"
                                                   : "templates are nested more than %d deep",
                        c->units.count > UNITS_MAX ? UNITS_MAX : MUSTACHE_DEPTH_MAX);
        return unit;
    }
    c->depth++;
    unit->compiling = true;
    scope.unit = unit;
    scope.whole = key->node->kind == NODE_ROOT;
    scope.indented = key->indented != 0;
    strbuf_init(&scope.code.text);
    mustache_compile_nodes(c, &scope, key->node->first, key->layout);
    mustache_finish(c, &scope);
    unit->compiling = false;
    c->depth--;
    return unit;
}

/* A JSON program whose data choose templates can need each of them. */
static void compile_all(struct compiler *c, const struct layout *layout)
{
    for (size_t i = 0; i < c->set->count; i++) {
        const struct template *t = c->set->templates[i];
        struct unit_key key = {&t->root, layout, NULL, true};
        struct where *where = arena_zalloc(&c->arena, 1, sizeof(*where));
        bool is_new;

        where->template = t;
        if (!t->broken && t->output == c->program->output)
            *strmap_put(&c->program->units, t->name, strlen(t->name), &is_new) =
                mustache_compile_unit(c, NULL, &key, where, &t->root);
    }
}

static void compile_main(struct compiler *c, const struct template *t, const void *root)
{
    const struct layout *layout = mustache_layout_root(c, root);
    struct unit_key key = {&t->root, layout, NULL, !c->schema};
    struct where where = {.template = t};

    if (t->broken) {
        c->problems++;
        err_at(errs_add(c->errs, ERR_CONTENT, "template-broken", "\"%s\" has mistakes", t->name),
               t->file, 0, 0);
        return;
    }
    c->program->main = mustache_compile_unit(c, NULL, &key, &where, &t->root);
    if (c->dynamic)
        compile_all(c, layout);
}

static void release(struct compiler *c)
{
    arena_release(&c->arena);
    strmap_release(&c->units);
    strmap_release(&c->envs);
    strmap_release(&c->reported);
}

static const struct template *find_main(struct mustache_set *set, const char *name,
                                        struct errs *errs)
{
    struct template *t = strmap_get(&set->by_name, name, strlen(name));
    struct suggest suggest;
    struct err *err;

    if (t) {
        t->used = true;
        return t;
    }
    suggest_start(&suggest, name, strlen(name));
    for (size_t i = 0; i < set->count; i++)
        suggest_offer(&suggest, set->templates[i]->name);
    err = errs_add(errs, ERR_CONTENT, "unknown-template", "there is no template \"%s\"", name);
    mustache_hint(err, suggest.name);
    return NULL;
}

struct mustache_program *mustache_compile(struct mustache_set *set, const char *name,
                                          const struct mustache_schema *schema, const void *root,
                                          const json_t *constants, struct errs *errs)
{
    const struct template *t = find_main(set, name, errs);
    struct compiler c = {.set = set, .schema = schema, .constants = constants, .errs = errs};

    if (!t)
        return NULL;
    set->compiled = true;
    c.program = mem_zalloc(1, sizeof(*c.program));
    c.program->schema = schema;
    c.program->output = t->output;
    compile_main(&c, t, root);
    if (c.problems > MUSTACHE_REPORTS_MAX)
        errs_add(errs, ERR_CONTENT, "template-mistakes", "%zu more mistakes are not shown",
                 c.problems - MUSTACHE_REPORTS_MAX);
    if (c.problems) {
        mustache_program_free(c.program);
        c.program = NULL;
    }
    release(&c);
    return c.program;
}

void mustache_program_free(struct mustache_program *program)
{
    if (!program)
        return;
    arena_release(&program->arena);
    strmap_release(&program->units);
    free(program);
}
