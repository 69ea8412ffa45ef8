#include "base/base.h"

#include "text/mustache_internal.h"

#include "base/err.h"

/* A node whose inside is being built. */
struct level {
    struct node *node;
    struct node **tail;
    const char *dedent; /* what the lines around it were shortened by */
    size_t dedent_len;
};

struct builder {
    const struct template *t;
    struct arena *arena;
    struct level levels[MUSTACHE_DEPTH_MAX + 1];
    size_t depth;
    const char *dedent; /* taken from the beginning of each line */
    size_t dedent_len;
    bool first; /* what comes next begins a block that is given to a parent */
};

static bool begins_line(const struct template *t, size_t at)
{
    return !at || t->text[at - 1] == '\n';
}

static size_t blank_run(const struct template *t, size_t at)
{
    size_t i = at;

    while (i < t->len && (t->text[i] == ' ' || t->text[i] == '\t'))
        i++;
    return i - at;
}

/* How much of the beginning of a line goes away: what it has in common with the dedent. */
static size_t dedented(const struct builder *b, const char *s, size_t len)
{
    size_t i = 0;

    while (i < len && i < b->dedent_len && s[i] == b->dedent[i])
        i++;
    return i;
}

static struct node *add_node(struct builder *b, enum node_kind kind, size_t at)
{
    struct level *level = &b->levels[b->depth];
    struct node *node = arena_zalloc(b->arena, 1, sizeof(*node));

    node->kind = kind;
    node->at = at;
    *level->tail = node;
    level->tail = &node->next;
    return node;
}

/* --- text --- */

/* The text without the dedent of each line; the first line begins at `s` when line_start says so.
 */
static size_t copy_dedented(const struct builder *b, char *to, const char *s, size_t len,
                            bool line_start)
{
    size_t used = 0;

    for (size_t at = 0; at < len;) {
        const char *end = memchr(s + at, '\n', len - at);
        size_t next = end ? (size_t)(end + 1 - s) : len;

        if (line_start || at)
            at += dedented(b, s + at, next - at);
        memcpy(to + used, s + at, next - at);
        used += next - at;
        at = next;
    }
    return used;
}

static void add_text(struct builder *b, size_t from, size_t to)
{
    const char *s = b->t->text + from;
    size_t len = to - from;
    struct node *node;

    if (from >= to || b->levels[b->depth].node->kind == NODE_PARENT)
        return;
    node = add_node(b, NODE_TEXT, from);
    node->line_start = begins_line(b->t, from) || b->first;
    b->first = false;
    if (b->dedent_len) {
        char *copy = arena_alloc(b->arena, len);

        len = copy_dedented(b, copy, s, len, begins_line(b->t, from));
        s = copy;
    }
    node->text = s;
    node->len = len;
    if (len && s[len - 1] == '\n' && !begins_line(b->t, to))
        add_node(b, NODE_TEXT, to)->line_start = true; /* of this line only the dedent was left */
}

/* The place where the indentation goes when a line begins with a tag. */
static void add_line_start(struct builder *b, const struct tag *tag)
{
    if (tag->vanishes || b->levels[b->depth].node->kind == NODE_PARENT)
        return;
    if (!b->first && !(begins_line(b->t, tag->start) && !tag->trim_before))
        return;
    add_node(b, NODE_TEXT, tag->start)->line_start = true;
    b->first = false;
}

/* --- tags --- */

static void split_name(struct arena *arena, struct name *name)
{
    struct part *parts;
    size_t count = 1, from = 0;

    if (name->len == 1 && *name->s == '.')
        return;
    for (size_t i = 0; i < name->len; i++)
        count += name->s[i] == '.';
    name->parts = parts = arena_zalloc(arena, count, sizeof(*parts));
    for (size_t i = 0; i <= name->len; i++) {
        if (i < name->len && name->s[i] != '.')
            continue;
        parts[name->count++] = (struct part){name->s + from, i - from};
        from = i + 1;
    }
}

static struct node *add_named(struct builder *b, enum node_kind kind, const struct tag *tag)
{
    struct node *node = add_node(b, kind, tag->start);

    node->dynamic = tag->dynamic;
    node->standalone = tag->standalone;
    node->name.s = arena_strndup(b->arena, b->t->text + tag->name_at, tag->name_len);
    node->name.len = tag->name_len;
    node->name.at = tag->name_at;
    if (tag->dynamic || (kind != NODE_PARTIAL && kind != NODE_PARENT && kind != NODE_BLOCK))
        split_name(b->arena, &node->name);
    return node;
}

/* The white space before a tag indents what the tag brings in. */
static void set_indent(struct builder *b, struct node *node, size_t from, size_t len)
{
    size_t gone = dedented(b, b->t->text + from, len);

    node->text = b->t->text + from + gone;
    node->len = len - gone;
}

static void open_level(struct builder *b, struct node *node)
{
    b->levels[++b->depth] = (struct level){node, &node->first, b->dedent, b->dedent_len};
}

static void close_level(struct builder *b)
{
    b->dedent = b->levels[b->depth].dedent;
    b->dedent_len = b->levels[b->depth].dedent_len;
    b->depth--;
    b->first = false;
}

/* Where the first line behind `at` begins that is not blank. */
static size_t next_line(const struct template *t, size_t at)
{
    for (size_t i = at; i < t->len; i++) {
        if (t->text[i] == '\n')
            at = i + 1;
        else if (t->text[i] != ' ' && t->text[i] != '\t' && t->text[i] != '\r')
            break;
    }
    return at;
}

/* A block given to a parent is taken out of the indentation that it was written with. */
static void open_argument(struct builder *b, struct node *node, const struct tag *tag)
{
    size_t content = tag->end + tag->trim_after, line = next_line(b->t, content);

    open_level(b, node);
    b->dedent = b->t->text + line;
    b->dedent_len = tag->trim_after ? blank_run(b->t, line) : 0;
    b->first = !tag->trim_after;
}

/* A block that can be overridden. What overrides it is indented as the default is; or, when the
 * tag has no line of its own, as the tag is, and the default keeps the white space before it. */
static void open_block(struct builder *b, struct node *node, const struct tag *tag)
{
    size_t indent = tag->start - tag->trim_before;

    if (!tag->standalone) {
        open_level(b, node);
        return;
    }
    if (tag->vanishes) {
        size_t line = next_line(b->t, tag->end + tag->trim_after);

        set_indent(b, node, line, blank_run(b->t, line));
        open_level(b, node);
    } else {
        struct node *start;

        set_indent(b, node, indent, tag->trim_before);
        open_level(b, node);
        start = add_node(b, NODE_TEXT, indent);
        start->line_start = true;
        start->text = node->text;
        start->len = node->len;
        b->first = false;
    }
}

static void add_block(struct builder *b, const struct tag *tag)
{
    struct node *node;

    if (!tag->standalone)
        add_line_start(b, tag);
    node = add_named(b, NODE_BLOCK, tag);
    if (tag->argument)
        open_argument(b, node, tag);
    else
        open_block(b, node, tag);
}

static void add_include(struct builder *b, enum node_kind kind, const struct tag *tag)
{
    struct node *node;

    add_line_start(b, tag);
    node = add_named(b, kind, tag);
    if (tag->standalone)
        set_indent(b, node, tag->start - tag->trim_before, tag->trim_before);
    if (kind == NODE_PARENT)
        open_level(b, node);
}

static void add_tag(struct builder *b, const struct tag *tag)
{
    switch (tag->kind) {
    case TAG_NAME:
    case TAG_RAW:
        add_line_start(b, tag);
        add_named(b, NODE_NAME, tag)->raw = tag->kind == TAG_RAW;
        break;
    case TAG_SECTION:
    case TAG_INVERTED:
        add_line_start(b, tag);
        open_level(b, add_named(b, tag->kind == TAG_SECTION ? NODE_SECTION : NODE_INVERTED, tag));
        break;
    case TAG_PARTIAL:
        add_include(b, NODE_PARTIAL, tag);
        break;
    case TAG_PARENT:
        add_include(b, NODE_PARENT, tag);
        break;
    case TAG_BLOCK:
        add_block(b, tag);
        break;
    case TAG_END:
        add_line_start(b, tag);
        close_level(b);
        break;
    case TAG_COMMENT:
    case TAG_DELIMITERS:
        add_line_start(b, tag);
        break;
    }
}

static void build(struct builder *b, const struct tags *tags)
{
    size_t from = 0;

    for (size_t i = 0; i < tags->count; i++) {
        const struct tag *tag = &tags->items[i];

        add_text(b, from, tag->start - tag->trim_before);
        add_tag(b, tag);
        from = tag->end + tag->trim_after;
    }
    add_text(b, from, b->t->len);
}

int mustache_parse(struct template *t, struct arena *arena, struct errs *errs)
{
    struct tags tags = {NULL, 0, 0};
    struct builder b = {.t = t, .arena = arena};
    int result = mustache_scan(t, &tags, errs);

    b.levels[0] = (struct level){&t->root, &t->root.first, NULL, 0};
    if (!result)
        build(&b, &tags);
    t->broken = result != 0;
    mustache_tags_release(&tags);
    return result;
}
