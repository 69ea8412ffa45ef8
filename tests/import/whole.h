/*
 * whole: whether a document is as document.h says that it is.
 *
 * Linked into every test program. Depends on import/document.h.
 */
#ifndef TESTS_IMPORT_WHOLE_H
#define TESTS_IMPORT_WHOLE_H

#include <stddef.h>
#include <stdint.h>

struct document;
struct doc_reading;

/* Calls abort() if it is not. */
void whole_check(const struct document *document);

/* A part of an input: the bytes up to the next NUL, which is passed. */
const char *whole_part(const uint8_t **data, size_t *size, size_t *len);

/* Has `read` make a document, and checks that, and that it failed only with an error. */
void whole_try(int (*read)(struct doc_reading *r, const uint8_t *data, size_t size),
               const uint8_t *data, size_t size);

#endif
