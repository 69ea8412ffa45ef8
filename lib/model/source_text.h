/*
 * source_text: a source file as it was read, and errors that point into it.
 *
 * Depends on base and on the places of model/dictionary.h.
 */
#ifndef MODEL_SOURCE_TEXT_H
#define MODEL_SOURCE_TEXT_H

#include <stddef.h>

#include "base/base.h"
#include "model/dictionary.h"

struct errs;

/* A source as it was read. `text` has a NUL after it and outlives all that was loaded from it. */
struct source_text {
    const char *path; /* what errors call it, and where figures say they come from */
    const char *text;
    size_t len;
};

/* Adds an error that points at a place in a source. */
struct err *source_error(struct errs *errs, const struct source_text *source, struct place at,
                         const char *id, const char *format, ...) PRINTF_FORMAT(5, 6);

#endif
