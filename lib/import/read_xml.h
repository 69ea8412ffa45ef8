/*
 * read_xml: XML from outside, one element after the other.
 *
 * Nothing is loaded but the text itself, no entity is replaced but those of XML, and a document
 * type declaration, which office documents do not have, is an error: it would only be there to do
 * harm. Names are compared without their namespaces, which differ between the strict and the
 * transitional form of the same documents. Elements lie in each other at most some hundreds deep,
 * which libxml2 sees to.
 *
 *     struct xml_level level = xml_enter(x);       at an element
 *     while (xml_next(x, &level))                  at each element and text within it
 *         if (xml_is(x, "p")) ...
 *
 * What the body of the loop does not enter, is passed over. After an error the loops end; it is
 * told by xml_close(). Depends on import/doc_build.h and libxml2.
 */
#ifndef IMPORT_READ_XML_H
#define IMPORT_READ_XML_H

#include <libxml/xmlreader.h>
#include <stdbool.h>
#include <stddef.h>

struct doc_reading;
struct strbuf;

struct xml {
    struct doc_reading *reading;
    const char *part; /* what is read, for errors */
    xmlTextReaderPtr reader;
    bool is_broken, has_doctype, seen_error;
    int line; /* of the error */
};

struct xml_level {
    int depth;
    bool is_empty;
};

/* Comes to stand at the root element. Closed in any case. */
void xml_open(struct xml *x, struct doc_reading *r, const char *part, const char *data, size_t len);
/* -1 after adding an error, if there was one. */
int xml_close(struct xml *x);

struct xml_level xml_enter(struct xml *x);
bool xml_next(struct xml *x, struct xml_level *level);

/* The name of the element without its prefix; "" at a text. */
const char *xml_name(const struct xml *x);
bool xml_is(const struct xml *x, const char *name);
/* NULL at an element. */
const char *xml_text(const struct xml *x);
/* An attribute of the element, by its name without a prefix; NULL without it. Good until the next
 * element. */
const char *xml_attribute(const struct xml *x, const char *name);
/* As a number that is not negative; `otherwise` when it is none. */
unsigned xml_number(const struct xml *x, const char *name, unsigned otherwise);
/* Whether an element like <w:b/> or <w:b w:val="true"/> says yes. */
bool xml_on(const struct xml *x);
/* Appends all text within the element. */
void xml_add_text(struct xml *x, struct strbuf *out);

#endif
