/*
 * json_hint: what is meant where a text is no JSON, and what to do about it, for people who are no
 * programmers. Private to json_read.
 *
 * Depends on base and text/utf8.h, text/escape.h.
 */
#ifndef TEXT_JSON_HINT_H
#define TEXT_JSON_HINT_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct strbuf;

/* What had to come. */
enum json_wanted {
    JSON_WANT_VALUE,
    JSON_WANT_KEY,
    JSON_WANT_COLON,
    JSON_WANT_COMMA, /* or the end of the object or array */
    JSON_WANT_END,
};

/* Where a reader cannot go on. */
struct json_stuck {
    const char *source;
    size_t len;
    size_t at; /* what was found instead; may be `len` */
    enum json_wanted wanted;
    bool is_open; /* inside of an object or array: */
    bool in_object;
    size_t opened; /* where that begins */
};

/* Appends "expected a value, found 'x'". */
void json_stuck_message(const struct json_stuck *stuck, struct strbuf *out);
/* Where to point: to what was found, or to the place before it where something is missing. */
size_t json_stuck_place(const struct json_stuck *stuck);
/* Gives the error a hint, if there is one. */
void json_stuck_hint(const struct json_stuck *stuck, struct err *err);

#endif
