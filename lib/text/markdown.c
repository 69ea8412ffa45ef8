#include "base/base.h"

#include "text/markdown.h"

#include <cmark.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "text/csv.h"
#include "text/escape.h"
#include "text/markdown_source.h"
#include "text/slug.h"

struct renderer {
    const char *text;
    size_t len;
    size_t *lines; /* where each line of the text begins */
    size_t line_count;
    size_t block_end;                  /* of the block whose inside is visited */
    size_t reference_at, forbidden_at; /* behind what was last found of each kind */
    size_t dropped[SEVERITY_COUNT];    /* what was not kept before this text */
    const struct markdown_options *options;
    const struct markdown_hooks *hooks;
    struct arena *arena;
    struct errs *errs;
    struct markdown_document *out;
    size_t heading_cap;
    struct strmap ids; /* how often each id was given */
};

/* --- places --- */

/* Lines end as cmark has it: with LF, CR LF or CR. */
static void index_lines(struct renderer *r)
{
    size_t cap = 0;

    for (size_t i = 0; i <= r->len; i++) {
        if (i && r->text[i - 1] != '\n' &&
            !(r->text[i - 1] == '\r' && (i == r->len || r->text[i] != '\n')))
            continue;
        MEM_GROW(r->lines, r->line_count, cap);
        r->lines[r->line_count++] = i;
    }
}

static size_t line_offset(const struct renderer *r, int line)
{
    if (line < 1)
        return 0;
    return (size_t)line > r->line_count ? r->len : r->lines[line - 1];
}

static void enter_block(struct renderer *r, cmark_node *block)
{
    r->block_end = line_offset(r, cmark_node_get_end_line(block) + 1);
}

/* How many bytes `what` takes where it is written at s, with or without backslashes; 0: it is not
 * there. */
static size_t written(const char *s, const char *end, const char *what, size_t len)
{
    const char *p = s;

    for (size_t i = 0; i < len; i++, p++) {
        if (p < end && *p == '\\' && what[i] != '\\')
            p++;
        if (p >= end || *p != what[i])
            return 0;
    }
    return (size_t)(p - s);
}

/* Where something stands in the text. */
struct found {
    size_t offset;
    size_t len; /* 0: not found; it is written otherwise than it reads (with entities) */
};

/* `what` in the block, on the node's line or behind it, but not before `from`. Of what is long,
 * only the beginning is looked for. */
static struct found find(const struct renderer *r, cmark_node *node, const char *what, size_t len,
                         size_t from)
{
    enum { SOUGHT_MAX = 64 };
    size_t line = line_offset(r, cmark_node_get_start_line(node));
    const char *end = r->text + r->block_end, *p = r->text + (from > line ? from : line);

    if (len > SOUGHT_MAX)
        len = SOUGHT_MAX;
    for (; len && p < end && (p = memchr(p, *what, (size_t)(end - p))); p++) {
        size_t taken = written(p, end, what, len);

        if (taken)
            return (struct found){(size_t)(p - r->text), taken};
    }
    return (struct found){line, 0};
}

/* Whether a brace of what was found has a backslash before it. */
static bool is_escaped(const struct renderer *r, struct found found)
{
    const char *s = r->text + found.offset;
    size_t backslashes = 0;

    while (backslashes < found.offset && s[-1 - (ptrdiff_t)backslashes] == '\\')
        backslashes++;
    for (size_t i = 0; i < found.len; i++) {
        if ((s[i] == '{' || s[i] == '}') && backslashes % 2)
            return true;
        backslashes = s[i] == '\\' ? backslashes + 1 : 0;
    }
    return false;
}

/* More of these would not be kept. */
static bool has_enough_of(const struct renderer *r, enum err_severity severity)
{
    return r->errs->dropped_of[severity] > r->dropped[severity];
}

static bool has_enough(const struct renderer *r)
{
    return has_enough_of(r, SEVERITY_ERROR);
}

static struct err *fail(struct renderer *r, size_t offset, const char *id, const char *format,
                        const char *what)
{
    struct err *err;
    struct strbuf message = STRBUF_INIT;

    strbuf_adds(&message, format);
    if (what)
        strbuf_addf(&message, " '%s'", what);
    err = errs_add(r->errs, ERR_CONTENT, id, "%s", message.buf);
    strbuf_release(&message);
    err_at_offset(err, r->options->file, r->text, r->len, offset);
    return err;
}

static void warn(struct renderer *r, size_t offset, const char *id, const char *message,
                 const char *hint)
{
    struct err *err;

    if (has_enough_of(r, SEVERITY_WARNING))
        return;
    err = fail(r, offset, id, message, NULL);
    err->severity = SEVERITY_WARNING;
    err_hint(err, "%s", hint);
}

/* --- headings --- */

/* What a node says, without markup; what stands in the place of references is optional. */
static void add_plain_text(cmark_node *node, bool references, struct strbuf *out)
{
    cmark_iter *iter = cmark_iter_new(node);
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *at = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(at);

        if (event != CMARK_EVENT_ENTER)
            continue;
        if (cmark_node_get_user_data(at))
            strbuf_adds(out, references ? cmark_node_get_user_data(at) : "");
        else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            strbuf_adds(out, cmark_node_get_literal(at));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            strbuf_addch(out, ' ');
    }
    cmark_iter_free(iter);
}

/* The figures in a heading are no part of its id, which must not change when they are corrected. */
static const char *make_id(struct renderer *r, cmark_node *heading)
{
    struct strbuf id = STRBUF_INIT, text = STRBUF_INIT;
    size_t prefix;
    const char *kept;
    uintptr_t times;
    bool is_new;
    void **slot;

    add_plain_text(heading, false, &text);
    strbuf_adds(&id, r->options->id_prefix);
    prefix = id.len;
    slug_add(&id, text.buf, text.len);
    if (id.len == prefix)
        strbuf_adds(&id, "section");
    strbuf_release(&text);
    do { /* a second heading of the same text, or one that spells out "-2" itself */
        kept = arena_strndup(r->arena, id.buf, id.len);
        slot = strmap_put(&r->ids, kept, id.len, &is_new);
        times = (uintptr_t)*slot + 1;
        *slot = (void *)times;
        if (!is_new)
            strbuf_addf(&id, "-%zu", (size_t)times);
    } while (!is_new);
    strbuf_release(&id);
    return kept;
}

static void add_heading(struct renderer *r, unsigned level, const char *id, const char *text)
{
    struct markdown_document *out = r->out;

    if (out->heading_count == r->heading_cap) {
        size_t cap = r->heading_cap ? r->heading_cap * 2 : 8;

        out->headings =
            arena_realloc(r->arena, out->headings, r->heading_cap * sizeof(*out->headings),
                          cap * sizeof(*out->headings));
        r->heading_cap = cap;
    }
    out->headings[out->heading_count++] = (struct markdown_heading){level, id, text};
}

/* Puts a custom block with the node's children into the node's place. */
static void wrap_heading(cmark_node *node, unsigned level, const char *id)
{
    cmark_node *block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK), *child;
    struct strbuf tag = STRBUF_INIT;

    strbuf_addf(&tag, "<h%u id=\"", level);
    escape_html(&tag, id, strlen(id));
    strbuf_adds(&tag, "\">");
    cmark_node_set_on_enter(block, tag.buf);
    strbuf_clear(&tag);
    strbuf_addf(&tag, "</h%u>", level);
    cmark_node_set_on_exit(block, tag.buf);
    strbuf_release(&tag);
    while ((child = cmark_node_first_child(node)))
        cmark_node_append_child(block, child);
    cmark_node_replace(node, block);
    cmark_node_free(node);
}

static void render_heading(struct renderer *r, cmark_node *node)
{
    unsigned level = (unsigned)cmark_node_get_heading_level(node) + r->options->shift;
    struct strbuf text = STRBUF_INIT;
    const char *kept;

    add_plain_text(node, true, &text);
    kept = arena_strndup(r->arena, text.buf, text.len);
    if (cmark_node_get_heading_level(node) == 1 && !r->out->title &&
        cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT) {
        r->out->title = kept;
        cmark_node_unlink(node);
        cmark_node_free(node);
    } else {
        const char *id = make_id(r, node);

        if (level > 6)
            level = 6;
        add_heading(r, level, id, kept);
        wrap_heading(node, level, id);
    }
    strbuf_release(&text);
}

/* --- references --- */

static void put_html(cmark_node *node, const struct strbuf *html)
{
    cmark_node *block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);

    cmark_node_set_on_enter(block, html->buf);
    cmark_node_replace(node, block);
    cmark_node_free(node);
}

/* What stands in the place of a reference. */
struct resolved {
    struct strbuf html, plain;
};

/* clang-format off */
#define RESOLVED_INIT { STRBUF_INIT, STRBUF_INIT }
/* clang-format on */

static void release_resolved(struct resolved *resolved)
{
    strbuf_release(&resolved->html);
    strbuf_release(&resolved->plain);
}

/* Appends what a reference stands for; on an error, nothing. `offset` is where it is. */
static void resolve(struct renderer *r, size_t offset, const char *word, const char *name,
                    const char *whole, struct resolved *out)
{
    struct err *err;

    if (!r->hooks->reference(r->hooks->ctx, word, name, &out->html, &out->plain))
        return;
    err = word ? fail(r, offset, "unknown-block", "there is no such block", whole)
               : fail(r, offset, "unknown-reference", "there is no figure", name);
    if (!word && strchr(name, ' '))
        err_hint(err, "a block such as {{table income}} is a paragraph of its own");
    else if (r->hooks->explain)
        r->hooks->explain(r->hooks->ctx, word, name, err);
}

static cmark_node *new_text(const char *s, size_t len)
{
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    struct strbuf copy = STRBUF_INIT;

    strbuf_add(&copy, s, len);
    cmark_node_set_literal(text, copy.buf);
    strbuf_release(&copy);
    return text;
}

/* The name between the braces, without the spaces around it. */
static const char *trimmed(struct arena *arena, const char *s, size_t len)
{
    while (len && *s == ' ') {
        s++;
        len--;
    }
    while (len && s[len - 1] == ' ')
        len--;
    return arena_strndup(arena, s, len);
}

static bool is_in_image(cmark_node *node)
{
    cmark_node_type type;

    do {
        type = cmark_node_get_type(node);
        node = cmark_node_parent(node);
    } while (type > CMARK_NODE_LAST_BLOCK && type != CMARK_NODE_IMAGE);
    return type == CMARK_NODE_IMAGE;
}

/* What stands in a reference's place; its plain text is kept with it. */
static cmark_node *new_reference(struct renderer *r, cmark_node *place, const struct resolved *what)
{
    cmark_node *node;

    if (is_in_image(place)) { /* its description is an attribute: no markup there */
        node = new_text(what->plain.buf, what->plain.len);
    } else {
        node = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
        cmark_node_set_on_enter(node, what->html.buf);
    }
    cmark_node_set_user_data(node, arena_strndup(r->arena, what->plain.buf, what->plain.len));
    return node;
}

/* The reference from `open` to `close`, or what only looks like one. Returns where the text goes
 * on, NULL when there is nothing more to see in it. */
static const char *render_reference(struct renderer *r, cmark_node *node, const char *open,
                                    const char *close)
{
    size_t len = close ? (size_t)(close + 2 - open) : 2;
    struct found found = find(r, node, open, len, r->reference_at);
    struct resolved resolved = RESOLVED_INIT;
    const char *name;

    if (is_escaped(r, found)) {
        cmark_node_insert_before(node, new_text(open, 2));
        r->reference_at = found.offset + 1;
        return open + 2;
    }
    if (!close) {
        fail(r, found.offset, "open-reference", "this reference has no }}", NULL);
        return NULL;
    }
    if (found.len)
        r->reference_at = found.offset + found.len;
    name = trimmed(r->arena, open + 2, len - 4);
    resolve(r, found.offset, NULL, name, NULL, &resolved);
    cmark_node_insert_before(node, new_reference(r, node, &resolved));
    release_resolved(&resolved);
    return close + 2;
}

/* Cuts a text node at its references. */
static void render_text(struct renderer *r, cmark_node *node)
{
    const char *at = cmark_node_get_literal(node), *end = at + strlen(at);
    const char *open = strstr(at, "{{"), *close = open;

    if (!open)
        return;
    while (open && !has_enough(r)) {
        if (close && close < open + 2)
            close = memmem(open + 2, (size_t)(end - open - 2), "}}", 2);
        cmark_node_insert_before(node, new_text(at, (size_t)(open - at)));
        at = render_reference(r, node, open, close);
        open = at ? memmem(at, (size_t)(end - at), "{{", 2) : NULL;
    }
    if (at)
        cmark_node_insert_before(node, new_text(at, (size_t)(end - at)));
    cmark_node_unlink(node);
    cmark_node_free(node);
}

/* References in code are text; those behind it are to be found behind it. */
static void pass_code(struct renderer *r, cmark_node *node)
{
    const char *code = cmark_node_get_literal(node);
    struct found found;

    if (!strstr(code, "{{"))
        return;
    found = find(r, node, code, strlen(code), r->reference_at);
    if (found.len)
        r->reference_at = found.offset + found.len;
}

/* A paragraph that is nothing but {{word name}}. */
static bool render_block(struct renderer *r, cmark_node *node)
{
    cmark_node *child = cmark_node_first_child(node);
    struct resolved resolved = RESOLVED_INIT;
    const char *whole, *s, *space;
    struct found found;
    size_t len;

    if (!child || cmark_node_next(child) || cmark_node_get_type(child) != CMARK_NODE_TEXT)
        return false;
    whole = cmark_node_get_literal(child);
    len = strlen(whole);
    if (len < 4 || strncmp(whole, "{{", 2) || strstr(whole, "}}") != whole + len - 2)
        return false;
    s = trimmed(r->arena, whole + 2, len - 4);
    space = strchr(s, ' ');
    found = find(r, node, whole, len, 0);
    if (!space || is_escaped(r, found))
        return false;
    resolve(r, found.offset, arena_strndup(r->arena, s, (size_t)(space - s)),
            trimmed(r->arena, space, strlen(space)), whole, &resolved);
    put_html(node, &resolved.html);
    release_resolved(&resolved);
    return true;
}

/* --- tables --- */

static void render_code(struct renderer *r, cmark_node *node)
{
    const char *text = cmark_node_get_literal(node), *info = cmark_node_get_fence_info(node);
    struct strbuf html = STRBUF_INIT;
    struct csv_table table;

    if (info && strcmp(info, "csv") && !strncasecmp(info, "csv", 3) && strchr(" \t,", info[3]))
        warn(r, line_offset(r, cmark_node_get_start_line(node)), "code-not-csv",
             "this table is shown as it is written", "write ```csv, in small letters and alone");
    if (!info || strcmp(info, "csv"))
        return;
    if (!csv_parse(text, strlen(text), r->options->file,
                   (unsigned)cmark_node_get_start_line(node) + 1, r->arena, &table, r->errs))
        r->hooks->table(r->hooks->ctx, &table, &html);
    put_html(node, &html);
    strbuf_release(&html);
}

/* --- what is refused --- */

static size_t find_forbidden(struct renderer *r, cmark_node *node, const char *what, size_t len)
{
    struct found found = find(r, node, what, len, r->forbidden_at);

    if (!found.len) /* a link around an image comes before it, but its address behind */
        return find(r, node, what, len, 0).offset;
    r->forbidden_at = found.offset + found.len;
    return found.offset;
}

static void refuse_html(struct renderer *r, cmark_node *node)
{
    const char *html = cmark_node_get_literal(node);
    size_t len = strcspn(html, "\n>");

    err_hint(fail(r, find_forbidden(r, node, html, len), "raw-html", "HTML is not allowed in texts",
                  NULL),
             "write Markdown; to show a tag, put it between backquotes");
}

static bool is_unsafe(const char *url)
{
    static const char *const schemes[] = {"javascript:", "vbscript:", "data:", "file:"};

    for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
        if (!strncasecmp(url, schemes[i], strlen(schemes[i])))
            return true;
    return false;
}

static void check_link(struct renderer *r, cmark_node *node)
{
    const char *url = cmark_node_get_url(node);

    if (is_unsafe(url))
        fail(r, find_forbidden(r, node, url, strlen(url)), "unsafe-link",
             "this link is not allowed", url);
    else if (r->hooks->link && !has_enough_of(r, SEVERITY_WARNING))
        r->hooks->link(r->hooks->ctx, url, cmark_node_get_type(node) == CMARK_NODE_IMAGE,
                       find_forbidden(r, node, url, strlen(url)));
    if (r->hooks->address && (url = r->hooks->address(r->hooks->ctx, url)) != NULL)
        cmark_node_set_url(node, url);
}

/* --- what is shown as it is written --- */

static void warn_of_table(struct renderer *r, cmark_node *paragraph)
{
    size_t from = line_offset(r, cmark_node_get_start_line(paragraph));
    size_t at = markdown_find_table(r->text, from, r->block_end);

    if (at < r->block_end)
        warn(r, at, "pipe-table", "a table of | signs is shown as it is written",
             "write the table as CSV between a line ```csv and a line ```");
}

/* Braces as a Chinese keyboard gives them. */
static void warn_of_braces(struct renderer *r, cmark_node *node)
{
    static const char braces[] = "\uFF5B\uFF5B";

    for (const char *s = cmark_node_get_literal(node); (s = strstr(s, braces));) {
        struct found found = find(r, node, braces, sizeof(braces) - 1, r->reference_at);

        r->reference_at = found.offset + found.len;
        warn(r, found.offset, "full-width-braces",
             "a reference in full-width braces is shown as it is written",
             "write half-width braces: {{table/line/column}}");
        s += sizeof(braces) - 1;
    }
}

/* --- all of it --- */

static void visit(struct renderer *r, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        warn_of_braces(r, node);
        render_text(r, node);
        break;
    case CMARK_NODE_CODE:
        pass_code(r, node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        render_code(r, node);
        break;
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        refuse_html(r, node);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        check_link(r, node);
        break;
    default:
        break;
    }
}

/* The node that comes next in the document when `node` and all below it are done. */
static cmark_node *after(cmark_node *node, cmark_node *root)
{
    while (node != root && !cmark_node_next(node))
        node = cmark_node_parent(node);
    return node == root ? NULL : cmark_node_next(node);
}

/* Visits the inside of a block; nodes may be replaced while they are visited. */
static void visit_inside(struct renderer *r, cmark_node *root)
{
    cmark_node *node = cmark_node_first_child(root), *next;

    for (; node && !has_enough(r); node = next) {
        cmark_node *child = cmark_node_first_child(node);

        next = child ? child : after(node, root);
        visit(r, node);
    }
}

static void visit_document(struct renderer *r, cmark_node *document)
{
    cmark_node *node = cmark_node_first_child(document), *next;

    for (; node && !has_enough(r); node = next) {
        cmark_node_type type = cmark_node_get_type(node);
        cmark_node *child = cmark_node_first_child(node);
        bool is_leaf = type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;

        next = child && !is_leaf ? child : after(node, document);
        enter_block(r, node);
        if (type == CMARK_NODE_HEADING) {
            visit_inside(r, node);
            render_heading(r, node);
        } else if (type == CMARK_NODE_PARAGRAPH) {
            warn_of_table(r, node);
            if (!render_block(r, node))
                visit_inside(r, node);
        } else {
            visit(r, node);
        }
    }
}

int markdown_render(const char *text, size_t len, const struct markdown_options *options,
                    const struct markdown_hooks *hooks, struct arena *arena, struct strbuf *html,
                    struct markdown_document *out, struct errs *errs)
{
    struct renderer r = {
        .text = text,
        .len = len,
        .options = options,
        .hooks = hooks,
        .arena = arena,
        .errs = errs,
        .out = out,
        .ids = STRMAP_INIT,
    };
    size_t before = errs_count(errs);
    cmark_node *document;
    char *rendered;

    *out = (struct markdown_document){NULL, NULL, 0};
    memcpy(r.dropped, errs->dropped_of, sizeof(r.dropped));
    if (markdown_check_bytes(options->file, text, len, errs))
        return -1;
    index_lines(&r);
    /* with SOURCEPOS, cmark counts the lines inside of inlines too */
    document = cmark_parse_document(text, len, CMARK_OPT_SOURCEPOS);
    cmark_consolidate_text_nodes(document);
    visit_document(&r, document);
    rendered = cmark_render_html(document, CMARK_OPT_DEFAULT);
    strbuf_adds(html, rendered);
    free(rendered);
    cmark_node_free(document);
    strmap_release(&r.ids);
    free(r.lines);
    return errs_count(errs) > before ? -1 : 0;
}
