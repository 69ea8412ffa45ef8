/*
 * read_office: the package that docx and xlsx are: parts in a zip, and which part is what to which.
 *
 * What a document is, is told by its main part, whatever the parts are called. Macros, pictures and
 * the like are not unpacked. Depends on import/read_zip.h and import/read_xml.h.
 */
#ifndef IMPORT_READ_OFFICE_H
#define IMPORT_READ_OFFICE_H

#include "import/read_zip.h"

struct doc_reading;
struct xml;

struct office_relation {
    const char *id;
    const char *type;   /* the last word of it: "styles" */
    const char *target; /* the name of a part */
};

struct office {
    struct doc_reading *reading;
    struct zip zip;
    const char *main;                  /* the part that the document is in */
    struct office_relation *relations; /* of the main part */
    size_t count, cap;
};

/* A document in a zip, of whatever kind. */
int read_office(struct doc_reading *r);

/* The part that is this to the main part, or NULL. */
const struct zip_part *office_part(const struct office *office, const char *type);
const struct zip_part *office_part_by_id(const struct office *office, const char *id);

#endif
