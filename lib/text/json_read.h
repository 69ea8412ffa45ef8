/*
 * json_read: a pull reader for JSON (RFC 8259) that keeps what a reader into trees throws away: the
 * text of every number and the place of every value.
 *
 *     struct json_reader r;
 *     json_reader_init(&r, "report.json", text, len, &json_limits_default, errs);
 *     if (json_next(&r) == JSON_READ_OBJECT)
 *         while (json_next(&r) == JSON_READ_KEY) {
 *             ... r.text, r.text_len: the key
 *             json_next(&r);          ... the value's first event
 *             json_skip(&r);          ... or its inside, event by event
 *         }
 *     json_reader_release(&r);
 *
 * Stricter than RFC 8259 where texts of people are at stake: a key may not come twice in an object,
 * lone surrogates, U+0000 and invalid UTF-8 are refused, and depth, size and string length have
 * limits. Any violation adds one error to `errs` and from then on every event is JSON_READ_FAILED.
 *
 * The text must stay while the reader is used, and text[len] must be readable and NUL (as in a
 * strbuf). Depends on base, text/utf8.h, text/escape.h.
 */
#ifndef TEXT_JSON_READ_H
#define TEXT_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

struct errs;
struct json_level;

enum json_event {
    JSON_READ_FAILED,
    JSON_READ_END, /* after the one value and white space there is nothing more */
    JSON_READ_OBJECT,
    JSON_READ_OBJECT_END,
    JSON_READ_ARRAY,
    JSON_READ_ARRAY_END,
    JSON_READ_KEY,
    JSON_READ_STRING,
    JSON_READ_NUMBER,
    JSON_READ_TRUE,
    JSON_READ_FALSE,
    JSON_READ_NULL,
};

struct json_limits {
    size_t size;   /* bytes of the whole text */
    size_t string; /* bytes of one string */
    unsigned depth;
};

/* 64 MiB, strings of 1 MiB, 64 levels. */
extern const struct json_limits json_limits_default;

struct json_reader {
    /* To read, after each json_next(): */
    enum json_event event;
    /* KEY, STRING: decoded; NUMBER: as written. Not terminated, good until the next event. */
    const char *text;
    size_t text_len;
    size_t offset; /* where the event begins in the source */
    unsigned line; /* the line of that, from 1 */

    /* Private. */
    const char *file;
    const char *source;
    size_t len;
    const struct json_limits *limits;
    struct errs *errs;
    size_t at;
    unsigned at_line;
    unsigned depth;
    bool want_value; /* a key was given out, or the text has just begun */
    struct json_level *levels;
    size_t levels_cap;
    struct strbuf decoded;
};

void json_reader_init(struct json_reader *r, const char *file, const char *text, size_t len,
                      const struct json_limits *limits, struct errs *errs);
void json_reader_release(struct json_reader *r);

enum json_event json_next(struct json_reader *r);

/* After the first event of a value: goes to its end. 0, or -1 when the text is broken there. */
int json_skip(struct json_reader *r);

/*
 * After JSON_READ_OBJECT: goes to its end at once, as the object is known to be well-formed, to be
 * `len` bytes long and to have so many line feeds -- the same text was read before.
 */
void json_pass(struct json_reader *r, size_t len, unsigned lines);

/* What an event is called in messages: "an object", "a string", ... */
const char *json_event_name(enum json_event event);

#endif
