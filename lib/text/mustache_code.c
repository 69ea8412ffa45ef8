#include "base/base.h"

#include "text/mustache_compiler.h"

#include "base/mem.h"

/* Whether a line begins within the text, not counting its own beginning. */
static bool has_lines(const char *s, size_t len)
{
    return len && memchr(s, '\n', len - 1);
}

static struct op *push_op(struct code *code, enum op_code op)
{
    MEM_GROW(code->ops, code->count, code->cap);
    memset(&code->ops[code->count], 0, sizeof(*code->ops));
    code->ops[code->count].code = op;
    return &code->ops[code->count++];
}

/* Makes the literal text an operation. */
static void flush(struct compiler *c, struct scope *scope)
{
    struct code *code = &scope->code;
    const struct strbuf *text = &code->text;
    struct op *op;

    if (!code->pending)
        return;
    code->pending = false;
    if (!text->len && !(scope->indented && code->line_start))
        return;
    op = push_op(code, OP_TEXT);
    if (scope->indented && (code->line_start || has_lines(text->buf, text->len))) {
        op->code = OP_LINES;
        op->flag = code->line_start;
    }
    op->s = arena_strndup(&c->program->arena, text->buf, text->len);
    op->len = text->len;
    strbuf_clear(&code->text);
}

/* Whether text may be appended to the text before it: it must go on in the line, or begin one, just
 * as the end of that text says. */
static bool can_append(const struct code *code, size_t len, bool line_start)
{
    if (!code->text.len)
        return !line_start;
    return len && line_start == (code->text.buf[code->text.len - 1] == '\n');
}

void mustache_add_text(struct compiler *c, struct scope *scope, const char *s, size_t len,
                       bool line_start)
{
    struct code *code = &scope->code;

    if (code->pending && scope->indented && !can_append(code, len, line_start))
        flush(c, scope);
    if (!code->pending) {
        code->pending = true;
        code->line_start = line_start;
    }
    strbuf_add(&code->text, s, len);
}

void mustache_add_value(struct compiler *c, struct scope *scope, const char *s, size_t len)
{
    struct op *op;

    if (!scope->indented || !memchr(s, '\n', len)) {
        mustache_add_text(c, scope, s, len, false);
        return;
    }
    op = mustache_add_op(c, scope, OP_TEXT);
    op->s = arena_strndup(&c->program->arena, s, len);
    op->len = len;
}

struct op *mustache_add_op(struct compiler *c, struct scope *scope, enum op_code code)
{
    flush(c, scope);
    return push_op(&scope->code, code);
}

size_t mustache_begin_op(struct compiler *c, struct scope *scope, enum op_code code)
{
    mustache_add_op(c, scope, code);
    return scope->code.count - 1;
}

void mustache_end_op(struct compiler *c, struct scope *scope, size_t number)
{
    flush(c, scope);
    scope->code.ops[number].skip = scope->code.count - number - 1;
}

void mustache_finish(struct compiler *c, struct scope *scope)
{
    struct code *code = &scope->code;
    struct op *ops;

    flush(c, scope);
    ops = arena_zalloc(&c->program->arena, code->count, sizeof(*ops));
    if (code->count)
        memcpy(ops, code->ops, code->count * sizeof(*ops));
    scope->unit->ops = ops;
    scope->unit->count = code->count;
    free(code->ops);
    strbuf_release(&code->text);
}

struct ref *mustache_keep_ref(struct compiler *c, const struct ref *ref)
{
    struct ref *kept = arena_alloc(&c->program->arena, sizeof(*kept));

    *kept = *ref;
    return kept;
}

struct call *mustache_new_call(struct compiler *c, const struct scope *scope,
                               const struct node *node)
{
    struct call *call = arena_zalloc(&c->program->arena, 1, sizeof(*call));

    call->template = scope->where->template;
    call->node = node;
    if (node->kind == NODE_SECTION)
        return call; /* the lines of its inside are lines around it */
    call->afresh = !node->standalone;
    if (node->standalone) {
        call->indent = node->text;
        call->indent_len = node->len;
    }
    return call;
}
