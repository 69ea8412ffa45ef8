#include "base/base.h"

#include "import/read_html.h"

#include <libxml/HTMLparser.h>

#include "base/err.h"
#include "import/doc_flow.h"
#include "import/read_docx_numbers.h"

enum { LOOK_AT = 4096, DEPTH_MAX = 500, ROW_SPAN_MAX = 65534 };

/* A place that paragraphs go to, and the one that is being put together. */
struct writing {
    struct doc_reading *reading;
    struct doc_flow *flow;
    struct strbuf text;
    struct strbuf prefix;        /* the number of the item that has not begun yet */
    unsigned line, level;        /* of the heading, or 0 */
    bool has_space, has_newline; /* white space that stands before what comes */
    bool is_pre;
    unsigned depth;
    int *result;
};

static void walk(struct writing *w, const xmlNode *parent);

/* --- recognising --- */

bool html_is(const char *text, size_t len)
{
    static const char *const tags[] = {"!doctype html", "html", "head", "body",
                                       "table",         "meta", "div",  "p"};
    const char *start = doc_trim(text, &len), *end;

    end = start + (len < LOOK_AT ? len : LOOK_AT);
    if (start == end || *start != '<')
        return false;
    for (const char *p = start; p; p = memchr(p + 1, '<', (size_t)(end - p) - 1))
        for (size_t i = 0; i < ARRAY_SIZE(tags); i++) {
            size_t n = strlen(tags[i]);

            if ((size_t)(end - p) > n + 1 && !strncasecmp(p + 1, tags[i], n) &&
                strchr(" \t\r\n>", p[n + 1]))
                return true;
        }
    return false;
}

const char *html_charset(const char *data, size_t len, char name[32])
{
    char start[LOOK_AT + 1];
    size_t n = len < LOOK_AT ? len : LOOK_AT, end;
    const char *p;

    memcpy(start, data, n);
    start[n] = '\0';
    p = strcasestr(start, "charset=");
    if (!p)
        return NULL;
    p += strlen("charset=");
    p += *p == '"' || *p == '\'';
    end = strcspn(p, "\"' />;\r\n\t");
    snprintf(name, 32, "%.*s", (int)(end < 31 ? end : 31), p);
    return name;
}

static bool is_named(const xmlNode *node, const char *const names[], size_t count)
{
    for (size_t i = 0; node->type == XML_ELEMENT_NODE && i < count; i++)
        if (!strcasecmp((const char *)node->name, names[i]))
            return true;
    return false;
}

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && !strcasecmp((const char *)node->name, name);
}

static bool is_block(const xmlNode *node)
{
    static const char *const names[] = {
        "p",       "div",     "li",     "ul",       "ol",      "dl",      "dt",     "dd",
        "section", "article", "header", "footer",   "main",    "nav",     "aside",  "blockquote",
        "pre",     "form",    "hr",     "fieldset", "address", "center",  "figure", "figcaption",
        "body",    "html",    "tr",     "td",       "th",      "caption", "tbody",  "option",
        "details", "summary", "h1",     "h2",       "h3",      "h4",      "h5",     "h6"};

    return is_named(node, names, ARRAY_SIZE(names));
}

static const char *attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (!strcasecmp((const char *)a->name, name))
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

/* Whether the style of an element has a setting; blanks do not matter. */
static bool has_style(const xmlNode *node, const char *setting)
{
    const char *style = attribute(node, "style");

    for (; style && *style; style++) {
        const char *p = style, *q = setting;

        while (*q && (*p == ' ' || (*p | 0x20) == (*q | 0x20))) {
            q += *p != ' ';
            p++;
        }
        if (!*q)
            return true;
    }
    return false;
}

static bool is_unseen(const xmlNode *node)
{
    static const char *const names[] = {"script",   "style",  "head",  "noscript", "template",
                                        "iframe",   "object", "svg",   "math",     "select",
                                        "textarea", "audio",  "video", "canvas",   "title"};

    return is_named(node, names, ARRAY_SIZE(names)) || attribute(node, "hidden") ||
           has_style(node, "display:none") || has_style(node, "visibility:hidden") ||
           has_style(node, "mso-hide:all");
}

static unsigned number_of(const xmlNode *node, const char *name, unsigned otherwise)
{
    const char *s = attribute(node, name);
    unsigned n = 0;

    if (!s || *s < '0' || *s > '9')
        return otherwise;
    for (; *s >= '0' && *s <= '9' && n < 1000000; s++)
        n = n * 10 + (unsigned)(*s - '0');
    return n;
}

/* --- text --- */

static void flush(struct writing *w)
{
    size_t len = w->text.len;

    doc_trim(w->text.buf, &len);
    if (len) {
        if (w->prefix.len) {
            strbuf_addbuf(&w->prefix, &w->text);
            strbuf_clear(&w->text);
            strbuf_addbuf(&w->text, &w->prefix);
            strbuf_clear(&w->prefix);
        }
        doc_flow_text(w->flow, w->level, w->text.buf, w->text.len,
                      (struct doc_place){.line = w->line});
    }
    strbuf_clear(&w->text);
    w->has_space = w->has_newline = false;
}

/* The end of a line in the source is no space between two characters of Chinese. */
static void add_space(struct writing *w, char next)
{
    char last = w->text.len ? w->text.buf[w->text.len - 1] : ' ';
    bool joins = w->has_newline && (last & 0x80) && (next & 0x80);

    if (w->has_space && !joins && last != '\n' && last != ' ')
        strbuf_addch(&w->text, ' ');
    w->has_space = w->has_newline = false;
}

static void add_text(struct writing *w, const xmlNode *node)
{
    for (const char *p = (const char *)node->content; p && *p; p++) {
        if (w->is_pre && *p == '\n') {
            flush(w);
        } else if (strchr(" \t\r\n\f", *p)) {
            w->has_space = true;
            w->has_newline = w->has_newline || *p == '\n';
        } else {
            add_space(w, *p);
            if (!w->text.len)
                w->line = node->line;
            strbuf_addch(&w->text, *p);
        }
    }
}

/* --- lists --- */

/* The item's number goes before its first text. */
static void begin_item(struct writing *w, const xmlNode *item, const xmlNode *list, unsigned *n)
{
    const char *type = attribute(list, "type");

    if (!is(list, "ol") || has_style(list, "list-style:none") ||
        has_style(list, "list-style-type:none"))
        return;
    *n = number_of(item, "value", *n);
    strbuf_clear(&w->prefix);
    docx_number(*n,
                !type          ? "decimal"
                : *type == 'a' ? "lowerLetter"
                : *type == 'A' ? "upperLetter"
                : *type == 'i' ? "lowerRoman"
                : *type == 'I' ? "upperRoman"
                               : "decimal",
                &w->prefix);
    strbuf_adds(&w->prefix, ". ");
    ++*n;
}

static void walk_list(struct writing *w, const xmlNode *list)
{
    unsigned n = number_of(list, "start", 1);

    for (const xmlNode *node = list->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || is_unseen(node))
            continue;
        flush(w);
        if (is(node, "li"))
            begin_item(w, node, list, &n);
        walk(w, node);
        flush(w);
        strbuf_clear(&w->prefix);
    }
}

/* --- tables --- */

static void read_cell(struct writing *outer, struct doc_flow_table *t, const xmlNode *node)
{
    unsigned rows = number_of(node, "rowspan", 1), columns = number_of(node, "colspan", 1);
    struct doc_flow flow;
    struct writing w = *outer;
    struct doc_cell *cell;

    doc_flow_begin(&flow, outer->reading, true);
    w.flow = &flow;
    w.text = w.prefix = (struct strbuf)STRBUF_INIT;
    w.has_space = w.has_newline = w.is_pre = false;
    w.level = 0;
    walk(&w, node);
    flush(&w);
    cell = doc_table_append(&t->build, doc_flow_cell(t, &flow),
                            !rows || rows > ROW_SPAN_MAX ? ROW_SPAN_MAX : rows, columns);
    cell->place.line = node->line;
    strbuf_release(&w.text);
    strbuf_release(&w.prefix);
    doc_flow_release(&flow);
}

static void read_row(struct writing *w, struct doc_flow_table *t, const xmlNode *row)
{
    for (const xmlNode *node = row->children; node; node = node->next)
        if ((is(node, "td") || is(node, "th")) && !is_unseen(node) && !t->build.too_large)
            read_cell(w, t, node);
    doc_table_next_row(&t->build);
}

static void read_rows(struct writing *w, struct doc_flow_table *t, const xmlNode *parent)
{
    static const char *const groups[] = {"thead", "tbody", "tfoot"};

    for (const xmlNode *node = parent->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || is_unseen(node))
            continue;
        if (is(node, "tr"))
            read_row(w, t, node);
        else if (is_named(node, groups, ARRAY_SIZE(groups)))
            read_rows(w, t, node);
        else if (is(node, "caption"))
            walk(w, node);
        flush(w);
    }
}

static void read_table(struct writing *w, const xmlNode *node)
{
    struct doc_flow_table t;

    doc_flow_begin_table(&t, w->reading);
    read_rows(w, &t, node);
    if (doc_flow_end_table(w->flow, &t, (struct doc_place){.line = node->line}, true))
        *w->result = -1;
}

/* --- the page --- */

static unsigned heading_level(const xmlNode *node)
{
    const char *name = (const char *)node->name;

    return (*name | 0x20) == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2]
               ? (unsigned)(name[1] - '0')
               : 0;
}

static void walk_block(struct writing *w, const xmlNode *node)
{
    unsigned level = w->level;
    bool is_pre = w->is_pre;

    flush(w);
    if (heading_level(node))
        w->level = heading_level(node);
    w->is_pre = is_pre || is(node, "pre");
    if (is(node, "ol") || is(node, "ul"))
        walk_list(w, node);
    else
        walk(w, node);
    flush(w);
    w->level = level;
    w->is_pre = is_pre;
}

static void walk_element(struct writing *w, const xmlNode *node)
{
    if (is(node, "br")) {
        if (!w->level)
            flush(w);
        else if (w->text.len)
            strbuf_addch(&w->text, '\n');
        w->has_space = w->has_newline = false;
    } else if (is(node, "table")) {
        flush(w);
        read_table(w, node);
    } else if (is_block(node)) {
        walk_block(w, node);
    } else {
        walk(w, node);
    }
}

static void walk(struct writing *w, const xmlNode *parent)
{
    if (++w->depth > DEPTH_MAX && !*w->result) {
        err_hint(doc_error(w->reading, "broken-document",
                           "its elements lie more than %d deep in each other", DEPTH_MAX),
                 "open it in a browser, and save its text");
        *w->result = -1;
    }
    for (const xmlNode *node = parent->children; node && !*w->result; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            add_text(w, node);
        else if (node->type == XML_ELEMENT_NODE && !is_unseen(node))
            walk_element(w, node);
    }
    w->depth--;
}

/* NULL after adding an error. */
static htmlDocPtr parse(struct doc_reading *r, const char *text, size_t len)
{
    htmlParserCtxtPtr ctxt = len > INT_MAX ? NULL : htmlNewParserCtxt();
    htmlDocPtr page = NULL;

    if (ctxt)
        page = htmlCtxtReadMemory(ctxt, text, (int)len, NULL, "UTF-8",
                                  HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                      HTML_PARSE_RECOVER | HTML_PARSE_COMPACT);
    if (!ctxt || !page || ctxt->disableSAX) { /* it went on to the end in all other cases */
        err_hint(doc_error(r, "broken-document", "its elements lie too deep in each other"),
                 "open it in a browser, and save its text");
        xmlFreeDoc(page);
        page = NULL;
    }
    htmlFreeParserCtxt(ctxt);
    return page;
}

int read_html(struct doc_reading *r, const char *text, size_t len)
{
    struct doc_flow flow;
    int result = 0;
    struct writing w = {
        .reading = r, .flow = &flow, .text = STRBUF_INIT, .prefix = STRBUF_INIT, .result = &result};
    htmlDocPtr page = parse(r, text, len);

    r->document->format = "html";
    if (!page)
        return -1;
    doc_flow_begin(&flow, r, false);
    walk(&w, (const xmlNode *)page);
    flush(&w);
    doc_flow_release(&flow);
    strbuf_release(&w.text);
    strbuf_release(&w.prefix);
    xmlFreeDoc(page);
    return result;
}
