#include "base/base.h"

#include "text/mustache_internal.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"

/* A JSON value on the context stack. */
struct json_node {
    const json_t *value;
    const struct json_node *below; /* all of them, whatever lies between */
};

/* Typed: the object. JSON: from the topmost node down to where `stop` is. */
struct frame {
    const void *at;
    const struct json_node *stop;
};

/* Blocks that a parent was given, in a JSON program. */
struct given {
    const struct call *call;
    const struct given *outer; /* also what holds inside these blocks */
};

/* What is known at a place of a program. */
struct context {
    struct frame *frames; /* FRAMES_MAX of them; those below the ones in use stay as they are */
    const char *item;     /* of a list of texts */
    size_t index, count;  /* of the innermost list; count 0: there is none */
    const struct given *given;
};

/* The templates that are being rendered, for messages. */
struct caller {
    const struct template *template;
    const struct caller *outer;
};

struct render {
    const struct mustache_program *program;
    const struct mustache_schema *schema;
    struct strbuf *out;
    struct errs *errs;
    struct strbuf scratch;
    struct strbuf indents; /* all indentations, outermost first ... */
    size_t indent_from;    /* ... of which these are in force: from here to the end */
    unsigned depth;
    bool failed;
};

/* What a name leads to: JSON, a slot of an object, or a text. All NULL: nothing. */
struct value {
    const json_t *json;
    const struct mustache_slot *slot;
    const void *object;
    const char *text;
};

static void run(struct render *r, const struct op *op, const struct op *end,
                struct context *context, const struct caller *caller);

/* --- values --- */

/* The value that the JSON values of a frame have for the first part of a name. */
static const json_t *find_json(const struct frame *frame, const struct part *part)
{
    for (const struct json_node *n = frame->at; n != frame->stop; n = n->below) {
        const json_t *found = json_object_getn(n->value, part->s, part->len);

        if (found)
            return found;
    }
    return NULL;
}

static const json_t *find_in_groups(const struct ref *ref, const struct context *context)
{
    for (size_t i = 0; i < ref->group_count; i++) {
        const json_t *found = find_json(&context->frames[ref->groups[i]], &ref->name->parts[0]);

        if (found)
            return found;
    }
    return NULL;
}

static struct value slot_value(struct render *r, const struct ref *ref,
                               const struct context *context)
{
    const void *object = context->frames[ref->frame].at;
    struct value value = {.slot = ref->slots};

    for (size_t i = 1; object && i < ref->slot_count; i++) {
        object = r->schema->object(value.slot, object);
        value.slot = &ref->slots[i];
    }
    if (!object)
        return (struct value){.json = NULL};
    value.object = object;
    if (value.slot->kind == MUSTACHE_JSON)
        return (struct value){
            .json = mustache_json_walk(r->schema->json(value.slot, object), ref->name, ref->tail)};
    return value;
}

static struct value evaluate(struct render *r, const struct ref *ref, const struct context *context)
{
    const json_t *found = find_in_groups(ref, context);

    if (found)
        return (struct value){.json = mustache_json_walk(found, ref->name, 1)};
    switch (ref->end) {
    case REF_NOTHING:
        break;
    case REF_SLOT:
        return slot_value(r, ref, context);
    case REF_CONSTANT:
        return (struct value){.json = ref->constant};
    case REF_ITEM:
        return (struct value){.text = context->item};
    case REF_TOP:
        return (struct value){
            .json = ((const struct json_node *)context->frames[ref->frame].at)->value};
    }
    return (struct value){.json = NULL};
}

static bool is_true(struct render *r, struct value value)
{
    if (value.json)
        return mustache_json_truthy(value.json);
    if (value.text)
        return *value.text != '\0';
    if (!value.slot)
        return false;
    switch (value.slot->kind) {
    case MUSTACHE_OBJECT:
        return r->schema->object(value.slot, value.object) != NULL;
    case MUSTACHE_LIST:
        return r->schema->count(value.slot, value.object) > 0;
    default:
        return r->schema->truthy(value.slot, value.object);
    }
}

/* *s may point into r->scratch: it is good until the next call. */
static void text_of(struct render *r, struct value value, const char **s, size_t *len)
{
    *s = "";
    *len = 0;
    strbuf_clear(&r->scratch);
    if (value.json) {
        mustache_json_text(value.json, &r->scratch, s, len);
    } else if (value.text) {
        *s = value.text;
        *len = strlen(value.text);
    } else if (value.slot) {
        r->schema->text(value.slot, value.object, &r->scratch, s, len);
    }
}

/* --- text --- */

static void add_indent(struct render *r)
{
    strbuf_add(r->out, r->indents.buf + r->indent_from, r->indents.len - r->indent_from);
}

static void add_lines(struct render *r, const char *s, size_t len, bool line_start)
{
    if (r->indent_from == r->indents.len) {
        strbuf_add(r->out, s, len);
        return;
    }
    if (line_start)
        add_indent(r);
    while (len) {
        const char *end = memchr(s, '\n', len);
        size_t line = end ? (size_t)(end + 1 - s) : len;

        strbuf_add(r->out, s, line);
        s += line;
        len -= line;
        if (len)
            add_indent(r);
    }
}

/* --- sections --- */

/*
 * The frames after a push: most often those that are there. Others are rare enough to come from the
 * heap, since what is on the stack counts for each level of recursion.
 */
static struct frame *push_frames(const struct push *push, struct frame *frames)
{
    struct frame *fresh;

    if (push->in_place)
        return frames;
    fresh = mem_zalloc(FRAMES_MAX, sizeof(*fresh));
    for (unsigned i = 0; i < push->count; i++)
        fresh[i] =
            (struct frame){frames[push->kept[i].from].at, frames[push->kept[i].stop_from].stop};
    return fresh;
}

static void pop_frames(const struct push *push, struct frame *frames, struct frame saved)
{
    if (push->in_place)
        frames[push->frame] = saved;
    else
        free(frames);
}

/* The inside of a section, once for each of `count` objects. */
static void run_objects(struct render *r, const struct op *op, struct value value, size_t count,
                        struct context *outer, const struct caller *caller)
{
    const struct push *push = op->push;
    bool list = op->code == OP_LIST;
    struct context inner = *outer;
    struct frame saved;

    inner.frames = push_frames(push, outer->frames);
    saved = inner.frames[push->frame];
    if (list)
        inner.count = count;
    for (size_t i = 0; i < count && !r->failed; i++) {
        if (list)
            inner.index = i;
        inner.frames[push->frame].at =
            list ? r->schema->item(value.slot, value.object, i) : value.object;
        run(r, op + 1, op + 1 + op->skip, &inner, caller);
    }
    pop_frames(push, inner.frames, saved);
}

static void run_object(struct render *r, const struct op *op, struct context *context,
                       const struct caller *caller)
{
    struct value value = evaluate(r, op->ref, context);

    if (value.slot)
        value.object = r->schema->object(value.slot, value.object);
    if (value.slot && value.object)
        run_objects(r, op, value, 1, context, caller);
}

static void run_list(struct render *r, const struct op *op, struct context *context,
                     const struct caller *caller)
{
    struct value value = evaluate(r, op->ref, context);
    size_t count = value.slot ? r->schema->count(value.slot, value.object) : 0;

    if (count)
        run_objects(r, op, value, count, context, caller);
}

static void run_texts(struct render *r, const struct op *op, struct context *context,
                      const struct caller *caller)
{
    struct value value = evaluate(r, op->ref, context);
    struct context inner = *context;

    inner.count = value.slot ? r->schema->count(value.slot, value.object) : 0;
    for (inner.index = 0; inner.index < inner.count && !r->failed; inner.index++) {
        inner.item = r->schema->item(value.slot, value.object, inner.index);
        run(r, op + 1, op + 1 + op->skip, &inner, caller);
    }
}

static void run_json(struct render *r, const struct op *op, struct context *context,
                     const struct caller *caller)
{
    const struct push *push = op->push;
    const json_t *json = evaluate(r, op->ref, context).json;
    bool list = json_is_array(json);
    size_t count = list ? json_array_size(json) : 1;
    struct context inner = *context;
    struct json_node node = {NULL, NULL};
    struct frame frame = {&node, NULL}, saved;

    if (!json || !mustache_json_truthy(json))
        return;
    if (push->below >= 0) {
        const struct frame *below = &context->frames[push->below];

        node.below = below->at;
        frame.stop = push->merge ? below->stop : node.below;
    }
    inner.frames = push_frames(push, context->frames);
    saved = inner.frames[push->frame];
    inner.frames[push->frame] = frame;
    if (list)
        inner.count = count;
    for (size_t i = 0; i < count && !r->failed; i++) {
        node.value = list ? json_array_get(json, i) : json;
        if (list)
            inner.index = i;
        run(r, op + 1, op + 1 + op->skip, &inner, caller);
    }
    pop_frames(push, inner.frames, saved);
}

/* --- templates and blocks --- */

/* All templates that are being rendered, outermost first; how many. */
static size_t list_callers(const struct caller *innermost, const struct template **templates)
{
    size_t count = 0, at;

    for (const struct caller *c = innermost; c; c = c->outer)
        count++;
    at = count;
    for (const struct caller *c = innermost; c; c = c->outer)
        templates[--at] = c->template;
    return count;
}

/* The first template that comes again, and where: from *first to *again. */
static void find_cycle(const struct template *const *templates, size_t count, size_t *first,
                       size_t *again)
{
    for (*again = 1; *again < count; ++*again)
        for (*first = 0; *first < *again; ++*first)
            if (templates[*first] == templates[*again])
                return;
    *first = *again = count - 1;
}

/* template "a" includes itself without end: a > b > a */
static void fail(struct render *r, const struct call *call, const struct caller *caller)
{
    const struct template **templates = mem_zalloc(r->depth + 2, sizeof(const struct template *));
    const struct template *t = call->template;
    struct strbuf names = STRBUF_INIT;
    size_t first, again;
    struct err *err;

    r->failed = true;
    find_cycle(templates, list_callers(caller, templates), &first, &again);
    for (size_t i = first; i <= again; i++)
        strbuf_addf(&names, "%s%s", i > first ? " > " : "", templates[i]->name);
    err = errs_add(r->errs, ERR_CONTENT, "template-recursion",
                   "template \"%s\" includes itself without end: %s", templates[first]->name,
                   names.buf);
    err_at_offset(err, t->file, t->text, t->len, call->node->at);
    err_hint(err,
             "put the inclusion into a section that ends; at most %d are rendered in each other",
             MUSTACHE_RENDER_DEPTH_MAX);
    strbuf_release(&names);
    free(templates);
}

/* Code that is written elsewhere; `given` are the blocks that hold in it. */
static void run_unit(struct render *r, const struct call *call, const struct unit *unit,
                     const struct context *outer, const struct given *given,
                     const struct caller *caller)
{
    struct caller callee = {unit->template, caller};
    struct context inner = *outer;
    size_t from = r->indent_from, len = r->indents.len;

    if (call->node->kind == NODE_PARTIAL || call->node->kind == NODE_PARENT)
        caller = &callee;
    if (r->depth >= MUSTACHE_RENDER_DEPTH_MAX) {
        fail(r, call, caller);
        return;
    }
    if (call->afresh)
        r->indent_from = len;
    if (call->indent_len)
        strbuf_add(&r->indents, call->indent, call->indent_len);
    inner.given = given;
    run(r, unit->ops, unit->ops + unit->count, &inner, caller);
    strbuf_set_len(&r->indents, len);
    r->indent_from = from;
}

static void run_template(struct render *r, const struct call *call, const struct unit *unit,
                         struct context *context, const struct caller *caller)
{
    struct given given = {call, context->given};

    run_unit(r, call, unit, context, call->argument_count ? &given : context->given, caller);
}

static void run_choice(struct render *r, const struct call *call, struct context *context,
                       const struct caller *caller)
{
    const char *s;
    size_t len;

    text_of(r, evaluate(r, call->ref, context), &s, &len);
    for (size_t i = 0; i < call->choice_count; i++) {
        const struct choice *choice = &call->choices[i];

        if (len && strlen(choice->value) == len && !memcmp(choice->value, s, len)) {
            run_template(r, call, choice->unit, context, caller);
            return;
        }
    }
}

static void run_dynamic(struct render *r, const struct call *call, struct context *context,
                        const struct caller *caller)
{
    const struct unit *unit;
    const char *s;
    size_t len;

    text_of(r, evaluate(r, call->ref, context), &s, &len);
    unit = len ? strmap_get(&r->program->units, s, len) : NULL;
    if (unit)
        run_template(r, call, unit, context, caller);
}

/* What overrides the block: the outermost that does. */
static const struct unit *find_given(const struct context *context, const struct name *name,
                                     const struct given **around)
{
    const struct unit *unit = NULL;

    for (const struct given *g = context->given; g; g = g->outer)
        for (size_t i = 0; i < g->call->argument_count; i++) {
            const struct argument *argument = &g->call->arguments[i];
            const struct name *other = &argument->block->name;

            if (other->len == name->len && !memcmp(other->s, name->s, name->len)) {
                unit = argument->unit;
                *around = g->outer;
                break;
            }
        }
    return unit;
}

/* Whether something took the place of the default. */
static bool run_block(struct render *r, const struct call *call, struct context *context,
                      const struct caller *caller)
{
    const struct given *around = NULL;
    const struct unit *unit = find_given(context, &call->node->name, &around);

    if (unit)
        run_unit(r, call, unit, context, around, caller);
    return unit != NULL;
}

/* --- operations --- */

static void run_field(struct render *r, const struct op *op, const struct context *context)
{
    const char *s = "";
    size_t len = 0;

    strbuf_clear(&r->scratch);
    r->schema->text(op->slot, context->frames[op->frame].at, &r->scratch, &s, &len);
    if (len)
        op->escape(r->out, s, len);
}

static void run_value(struct render *r, const struct op *op, const struct context *context)
{
    const char *s;
    size_t len;

    text_of(r, evaluate(r, op->ref, context), &s, &len);
    if (len)
        op->escape(r->out, s, len);
}

static void run_number(struct render *r, const struct op *op, const struct context *context)
{
    if (!context->count)
        return;
    if (op->code == OP_LENGTH)
        strbuf_add_uint(r->out, context->count);
    else
        strbuf_add_uint(r->out, context->index + (op->code == OP_NUMBER));
}

/* Whether the operations that belong to this one are to be run. */
static bool holds(struct render *r, const struct op *op, const struct context *context)
{
    switch (op->code) {
    case OP_IF:
        return is_true(r, evaluate(r, op->ref, context)) != op->flag;
    case OP_FIRST:
        return (context->count && context->index == 0) != op->flag;
    case OP_LAST:
        return (context->count && context->index == context->count - 1) != op->flag;
    case OP_UNLESS_FOUND:
        return find_in_groups(op->ref, context) != NULL;
    default:
        return false;
    }
}

static void run_call(struct render *r, const struct op *op, struct context *context,
                     const struct caller *caller)
{
    if (op->code == OP_CALL)
        run_template(r, op->call, op->call->unit, context, caller);
    else if (op->code == OP_CHOOSE)
        run_choice(r, op->call, context, caller);
    else
        run_dynamic(r, op->call, context, caller);
}

/* Returns the last operation that is done with. */
static const struct op *run_op(struct render *r, const struct op *op, struct context *context,
                               const struct caller *caller)
{
    switch (op->code) {
    case OP_TEXT:
        strbuf_add(r->out, op->s, op->len);
        break;
    case OP_LINES:
        add_lines(r, op->s, op->len, op->flag);
        break;
    case OP_FIELD:
        run_field(r, op, context);
        break;
    case OP_VALUE:
        run_value(r, op, context);
        break;
    case OP_INDEX:
    case OP_NUMBER:
    case OP_LENGTH:
        run_number(r, op, context);
        break;
    case OP_IF:
    case OP_FIRST:
    case OP_LAST:
    case OP_UNLESS_FOUND:
    case OP_SKIP:
        return holds(r, op, context) ? op : op + op->skip;
    case OP_OBJECT:
        run_object(r, op, context, caller);
        break;
    case OP_LIST:
        run_list(r, op, context, caller);
        break;
    case OP_TEXTS:
        run_texts(r, op, context, caller);
        break;
    case OP_JSON:
        run_json(r, op, context, caller);
        break;
    case OP_CALL:
    case OP_CHOOSE:
    case OP_DYNAMIC:
        run_call(r, op, context, caller);
        break;
    case OP_BLOCK:
        return run_block(r, op->call, context, caller) ? op + op->skip : op;
    }
    return op + op->skip;
}

/* Recursion ends at the depth that run_unit() allows: a template nests its own sections so deep. */
static void run(struct render *r, const struct op *op, const struct op *end,
                struct context *context, const struct caller *caller)
{
    r->depth++;
    for (; op < end && !r->failed; op++)
        op = run_op(r, op, context, caller);
    r->depth--;
}

int mustache_render(const struct mustache_program *program, const void *data, struct strbuf *out,
                    struct errs *errs)
{
    struct render r = {.program = program, .schema = program->schema, .out = out, .errs = errs};
    struct json_node root = {.value = data};
    struct frame frames[FRAMES_MAX] = {{program->schema ? data : &root, NULL}};
    struct context context = {.frames = frames};
    struct caller caller = {program->main->template, NULL};

    strbuf_init(&r.scratch);
    strbuf_init(&r.indents);
    run(&r, program->main->ops, program->main->ops + program->main->count, &context, &caller);
    strbuf_release(&r.scratch);
    strbuf_release(&r.indents);
    return r.failed ? -1 : 0;
}
