/*
 * read_zip: what is packed in a zip, which is how docx and xlsx come.
 *
 * Only what is asked for is unpacked, into memory, and never more than the limits allow: they are
 * looked at while unpacking, whatever the zip says about its sizes. Names are only compared, so
 * that it does not matter where they would lead. Depends on import/doc_build.h and libarchive.
 */
#ifndef IMPORT_READ_ZIP_H
#define IMPORT_READ_ZIP_H

#include <stdbool.h>
#include <stddef.h>

struct doc_reading;

struct zip_part {
    char *name;
    char *data; /* NULL: it was not asked for */
    size_t len;
};

struct zip {
    struct zip_part *parts;
    size_t count, cap;
};

bool zip_is(const char *data, size_t len);
/* -1 after adding an error. Released in both cases. */
int zip_read(struct doc_reading *r, bool (*wanted)(const char *name), struct zip *out);
void zip_release(struct zip *zip);
/* The first of that name, in whatever case, or NULL. */
const struct zip_part *zip_find(const struct zip *zip, const char *name);

#endif
