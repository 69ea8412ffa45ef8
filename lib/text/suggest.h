/*
 * "Did you mean ...?": the known name that is nearest to an unknown one.
 *
 * Nearness is the optimal string alignment distance (insertion, deletion, substitution, swap of two
 * neighbours), in characters; two names are near when it is at most a third, rounded to the nearest
 * whole number, of the length of the longer one. Names of one or two characters are near
 * to themselves only, those of more than 64 to nothing. Depends on text/utf8.h.
 */
#ifndef TEXT_SUGGEST_H
#define TEXT_SUGGEST_H

#include <stddef.h>

struct suggest {
    const char *name; /* the best so far, or NULL */
    const char *wanted;
    size_t wanted_len;
    unsigned distance;
};

/* Start, offer every known name, read `name`. Of equally near names the first one offered stays. */
void suggest_start(struct suggest *s, const char *wanted, size_t len);
void suggest_offer(struct suggest *s, const char *known);

#endif
