/*
 * known: what there is instead of a name that is unknown, for the hint of an error: the nearest
 * name, or all of them if they are few.
 *
 * Depends on base/err.h, base/strbuf.h and text/suggest.h.
 */
#ifndef TEXT_KNOWN_H
#define TEXT_KNOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "text/suggest.h"

struct err;

struct known {
    struct suggest near;
    struct strbuf list;
    size_t count;
    bool open; /* there are others than those that are offered */
};

/* Start, offer every known name, give the hint. `wanted` is borrowed. */
struct known known_start(const char *wanted, size_t len);
/* NULL is passed over. */
void known_offer(struct known *known, const char *name);
/* Keeps the hint that the error has when there is nothing to be said. Releases what is known. */
void known_hint(struct known *known, struct err *err);

#endif
