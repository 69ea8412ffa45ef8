/*
 * json_write: JSON written straight into a strbuf, commas and line breaks taken care of.
 *
 * The outer `open_levels` levels of nesting have one item per line, indented by two spaces; what is
 * deeper stands on one line. Numbers are given as text, so that they arrive as they were meant.
 * Depends on base/strbuf.h, text/escape.h.
 */
#ifndef TEXT_JSON_WRITE_H
#define TEXT_JSON_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strbuf;

struct json_writer {
    struct strbuf *out;
    unsigned open_levels;
    unsigned depth;
    bool first; /* nothing was written in the innermost object or array yet */
    bool after_key;
};

void json_writer_init(struct json_writer *w, struct strbuf *out, unsigned open_levels);

void json_write_object(struct json_writer *w);
void json_write_object_end(struct json_writer *w);
void json_write_array(struct json_writer *w);
void json_write_array_end(struct json_writer *w);
void json_write_key(struct json_writer *w, const char *key);
/* A key that was made ready before: quoted and escaped, with a colon and a space behind it. */
void json_write_ready_key(struct json_writer *w, const char *text, size_t len);
void json_write_string(struct json_writer *w, const char *s, size_t len);
/* `text` is a JSON number, true, false or null already. */
void json_write_raw(struct json_writer *w, const char *text, size_t len);
void json_write_int(struct json_writer *w, int64_t n);
void json_write_bool(struct json_writer *w, bool value);
/* Ends the text: a line feed. */
void json_write_finish(struct json_writer *w);

#endif
