#include "base/base.h"

#include "import/read_xml.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "import/doc_build.h"

enum { OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT };

/* Instead of libxml2's printing. */
static void note_error(void *ctx, const char *message, xmlParserSeverities severity,
                       xmlTextReaderLocatorPtr locator)
{
    struct xml *x = ctx;

    (void)message;
    if (severity != XML_PARSER_SEVERITY_ERROR || x->seen_error)
        return;
    x->seen_error = true;
    x->line = xmlTextReaderLocatorLineNumber(locator);
}

static bool advance(struct xml *x)
{
    int status;

    if (x->is_broken || x->has_doctype || !x->reader)
        return false;
    status = xmlTextReaderRead(x->reader);
    if (status < 0)
        x->is_broken = true;
    else if (status && xmlTextReaderNodeType(x->reader) == XML_READER_TYPE_DOCUMENT_TYPE)
        x->has_doctype = true;
    return status == 1 && !x->has_doctype;
}

static bool is_element(const struct xml *x)
{
    return x->reader && xmlTextReaderNodeType(x->reader) == XML_READER_TYPE_ELEMENT;
}

void xml_open(struct xml *x, struct doc_reading *r, const char *part, const char *data, size_t len)
{
    *x = (struct xml){.reading = r, .part = part};
    if (len <= INT_MAX)
        x->reader = xmlReaderForMemory(data, (int)len, NULL, NULL, OPTIONS);
    if (!x->reader) {
        x->is_broken = true;
        return;
    }
    xmlTextReaderSetErrorHandler(x->reader, note_error, x);
    while (advance(x))
        if (is_element(x))
            return;
}

int xml_close(struct xml *x)
{
    if (x->reader)
        xmlFreeTextReader(x->reader);
    if (x->has_doctype)
        err_hint(doc_error(x->reading, "broken-document",
                           "%s in it has a document type declaration, as no such document has",
                           x->part),
                 "it may have been made to do harm; do not open it");
    else if (x->is_broken)
        err_hint(doc_error(x->reading, "broken-document", "%s in it is broken in line %d", x->part,
                           x->line),
                 "open it, and save it again");
    return x->is_broken || x->has_doctype ? -1 : 0;
}

struct xml_level xml_enter(struct xml *x)
{
    if (!is_element(x))
        return (struct xml_level){.is_empty = true};
    return (struct xml_level){.depth = xmlTextReaderDepth(x->reader),
                              .is_empty = xmlTextReaderIsEmptyElement(x->reader) != 0};
}

bool xml_next(struct xml *x, struct xml_level *level)
{
    if (level->is_empty)
        return false;
    while (advance(x)) {
        int depth = xmlTextReaderDepth(x->reader);

        if (depth <= level->depth)
            break;
        if (depth == level->depth + 1 && (is_element(x) || xml_text(x)))
            return true;
    }
    level->is_empty = true; /* so that one may ask again */
    return false;
}

const char *xml_name(const struct xml *x)
{
    return is_element(x) ? (const char *)xmlTextReaderConstLocalName(x->reader) : "";
}

bool xml_is(const struct xml *x, const char *name)
{
    return !strcmp(xml_name(x), name);
}

const char *xml_text(const struct xml *x)
{
    switch (xmlTextReaderNodeType(x->reader)) {
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        return (const char *)xmlTextReaderConstValue(x->reader);
    default:
        return NULL;
    }
}

const char *xml_attribute(const struct xml *x, const char *name)
{
    const xmlNode *node = is_element(x) ? xmlTextReaderCurrentNode(x->reader) : NULL;

    for (const xmlAttr *a = node ? node->properties : NULL; a; a = a->next) {
        if (strcmp((const char *)a->name, name) != 0)
            continue;
        if (!a->children)
            return "";
        return a->children->content ? (const char *)a->children->content : "";
    }
    return NULL;
}

unsigned xml_number(const struct xml *x, const char *name, unsigned otherwise)
{
    const char *s = xml_attribute(x, name);
    unsigned n = 0;

    if (!s || !*s)
        return otherwise;
    for (; *s; s++) {
        if (*s < '0' || *s > '9' || n > 100000000)
            return otherwise;
        n = n * 10 + (unsigned)(*s - '0');
    }
    return n;
}

bool xml_on(const struct xml *x)
{
    const char *value = xml_attribute(x, "val");

    return !value ||
           (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0);
}

void xml_add_text(struct xml *x, struct strbuf *out)
{
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        if (is_element(x))
            xml_add_text(x, out);
        else
            strbuf_adds(out, xml_text(x));
    }
}
