#include "base/base.h"

#include "text/markdown.h"

#include <cmark.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "text/csv.h"
#include "text/escape.h"
#include "text/utf8.h"

struct renderer {
    const char *text;
    size_t len;
    size_t cursor; /* behind the last thing that was looked up in the text */
    const struct markdown_options *options;
    const struct markdown_hooks *hooks;
    struct arena *arena;
    struct errs *errs;
    struct markdown_document *out;
    size_t heading_cap;
    struct strmap ids; /* how often each id was given */
};

/* --- places --- */

static size_t line_offset(const struct renderer *r, int line)
{
    const char *p = r->text, *end = r->text + r->len;

    for (; line > 1 && p < end; line--) {
        const char *feed = memchr(p, '\n', (size_t)(end - p));

        p = feed ? feed + 1 : end;
    }
    return (size_t)(p - r->text);
}

/*
 * Where `what` stands in the text, at or after the cursor and the node's first line; the start of
 * the line if it was written otherwise than it reads (with escapes).
 */
static size_t find_place(struct renderer *r, cmark_node *node, const char *what)
{
    size_t from = line_offset(r, cmark_node_get_start_line(node));
    const char *found;

    if (from < r->cursor)
        from = r->cursor;
    found = memmem(r->text + from, r->len - from, what, strlen(what));
    if (!found)
        return from;
    r->cursor = (size_t)(found - r->text) + strlen(what);
    return (size_t)(found - r->text);
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

/* --- headings --- */

static void add_plain_text(cmark_node *node, struct strbuf *out)
{
    cmark_iter *iter = cmark_iter_new(node);
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *at = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(at);

        if (event == CMARK_EVENT_ENTER && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE))
            strbuf_adds(out, cmark_node_get_literal(at));
        else if (event == CMARK_EVENT_ENTER && type == CMARK_NODE_SOFTBREAK)
            strbuf_addch(out, ' ');
    }
    cmark_iter_free(iter);
}

/* CJK and general punctuation, and the full-width forms of ASCII punctuation. */
static bool is_punctuation(uint32_t c)
{
    return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F && c != 0x3007) ||
           (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || c == 0xFF3B ||
           c == 0xFF3D || c == 0xB7 || c == 0xA0;
}

/* Letters and digits of any script, joined by single hyphens. */
static void add_slug(const char *s, size_t len, struct strbuf *out)
{
    size_t start = out->len;
    bool gap = false;

    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = utf8_decode(s + i, len - i, &c);
        bool keep =
            c >= 0x80 ? !is_punctuation(c)
                      : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (keep && gap && out->len > start)
            strbuf_addch(out, '-');
        gap = !keep;
        if (keep && c >= 'A' && c <= 'Z')
            strbuf_addch(out, (char)(c + ('a' - 'A')));
        else if (keep)
            strbuf_add(out, s + i, n);
        i += n;
    }
}

static const char *make_id(struct renderer *r, const struct strbuf *text)
{
    struct strbuf id = STRBUF_INIT;
    const char *kept;
    uintptr_t times;
    bool is_new;
    void **slot;

    strbuf_adds(&id, r->options->id_prefix);
    add_slug(text->buf, text->len, &id);
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

    add_plain_text(node, &text);
    kept = arena_strndup(r->arena, text.buf, text.len);
    if (cmark_node_get_heading_level(node) == 1 && !r->out->title) {
        r->out->title = kept;
        cmark_node_unlink(node);
        cmark_node_free(node);
    } else {
        const char *id = make_id(r, &text);

        if (level > 6)
            level = 6;
        add_heading(r, level, id, kept);
        wrap_heading(node, level, id);
    }
    strbuf_release(&text);
}

/* --- references --- */

static void put_html(cmark_node *node, cmark_node_type type, const struct strbuf *html)
{
    cmark_node *custom = cmark_node_new(type);

    cmark_node_set_on_enter(custom, html->buf);
    cmark_node_replace(node, custom);
    cmark_node_free(node);
}

/* Appends what {{content}} stands for; on an error, nothing. */
static void resolve(struct renderer *r, cmark_node *node, const char *word, const char *name,
                    const char *whole, struct strbuf *html)
{
    size_t offset = find_place(r, node, whole);
    struct err *err;

    if (!r->hooks->reference(r->hooks->ctx, word, name, html))
        return;
    err = word ? fail(r, offset, "unknown-block", "there is no such block", whole)
               : fail(r, offset, "unknown-reference", "there is no figure", name);
    if (r->hooks->explain)
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

/* Cuts a text node at its references. */
static void render_text(struct renderer *r, cmark_node *node)
{
    const char *at = cmark_node_get_literal(node), *open, *close;

    if (!strstr(at, "{{"))
        return;
    while ((open = strstr(at, "{{"))) {
        struct strbuf html = STRBUF_INIT;
        cmark_node *custom;

        close = strstr(open, "}}");
        if (!close) {
            fail(r, find_place(r, node, "{{"), "open-reference", "this reference has no }}", NULL);
            break;
        }
        resolve(r, node, NULL, trimmed(r->arena, open + 2, (size_t)(close - open - 2)),
                arena_strndup(r->arena, open, (size_t)(close + 2 - open)), &html);
        cmark_node_insert_before(node, new_text(at, (size_t)(open - at)));
        custom = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
        cmark_node_set_on_enter(custom, html.buf);
        cmark_node_insert_before(node, custom);
        strbuf_release(&html);
        at = close + 2;
    }
    cmark_node_insert_before(node, new_text(at, strlen(at)));
    cmark_node_unlink(node);
    cmark_node_free(node);
}

/* A paragraph that is nothing but {{word name}}. */
static bool render_block(struct renderer *r, cmark_node *node)
{
    cmark_node *child = cmark_node_first_child(node);
    struct strbuf html = STRBUF_INIT;
    const char *s, *space;
    size_t len;

    if (!child || cmark_node_next(child) || cmark_node_get_type(child) != CMARK_NODE_TEXT)
        return false;
    s = cmark_node_get_literal(child);
    len = strlen(s);
    if (len < 4 || strncmp(s, "{{", 2) || strstr(s, "}}") != s + len - 2)
        return false;
    s = trimmed(r->arena, s + 2, len - 4);
    space = strchr(s, ' ');
    if (!space)
        return false;
    resolve(r, node, arena_strndup(r->arena, s, (size_t)(space - s)),
            trimmed(r->arena, space, strlen(space)), cmark_node_get_literal(child), &html);
    put_html(node, CMARK_NODE_CUSTOM_BLOCK, &html);
    strbuf_release(&html);
    return true;
}

/* --- tables --- */

static void render_code(struct renderer *r, cmark_node *node)
{
    const char *text = cmark_node_get_literal(node), *info = cmark_node_get_fence_info(node);
    struct strbuf html = STRBUF_INIT;
    struct csv_table table;

    if (!info || strcmp(info, "csv"))
        return;
    if (!csv_parse(text, strlen(text), r->options->file,
                   (unsigned)cmark_node_get_start_line(node) + 1, r->arena, &table, r->errs))
        r->hooks->table(r->hooks->ctx, &table, &html);
    put_html(node, CMARK_NODE_CUSTOM_BLOCK, &html);
    strbuf_release(&html);
}

/* --- what is refused --- */

static void refuse_html(struct renderer *r, cmark_node *node)
{
    err_hint(fail(r, line_offset(r, cmark_node_get_start_line(node)), "raw-html",
                  "HTML is not allowed in texts", NULL),
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
        fail(r, find_place(r, node, url), "unsafe-link", "this link is not allowed", url);
}

/* --- all of it --- */

static void visit(struct renderer *r, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        render_text(r, node);
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

    for (; node; node = next) {
        cmark_node *child = cmark_node_first_child(node);

        next = child ? child : after(node, root);
        visit(r, node);
    }
}

static void visit_document(struct renderer *r, cmark_node *document)
{
    cmark_node *node = cmark_node_first_child(document), *next;

    for (; node; node = next) {
        cmark_node_type type = cmark_node_get_type(node);
        cmark_node *child = cmark_node_first_child(node);
        bool is_leaf = type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;

        next = child && !is_leaf ? child : after(node, document);
        if (type == CMARK_NODE_HEADING) {
            visit_inside(r, node);
            render_heading(r, node);
        } else if (type == CMARK_NODE_PARAGRAPH) {
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
    struct renderer r = {.text = text,
                         .len = len,
                         .options = options,
                         .hooks = hooks,
                         .arena = arena,
                         .errs = errs,
                         .out = out,
                         .ids = STRMAP_INIT};
    size_t before = errs_count(errs), bad = utf8_check(text, len);
    cmark_node *document;
    char *rendered;

    *out = (struct markdown_document){NULL, NULL, 0};
    if (bad < len) {
        fail(&r, bad, "invalid-utf8", "this is not UTF-8", NULL);
        return -1;
    }
    document = cmark_parse_document(text, len, CMARK_OPT_DEFAULT);
    cmark_consolidate_text_nodes(document);
    visit_document(&r, document);
    rendered = cmark_render_html(document, CMARK_OPT_DEFAULT);
    strbuf_adds(html, rendered);
    free(rendered);
    cmark_node_free(document);
    strmap_release(&r.ids);
    return errs_count(errs) > before ? -1 : 0;
}
