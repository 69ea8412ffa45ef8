#include "base/base.h"

#include "text/json_write.h"

#include "base/strbuf.h"
#include "text/escape.h"

void json_writer_init(struct json_writer *w, struct strbuf *out, unsigned open_levels)
{
    *w = (struct json_writer){.out = out, .open_levels = open_levels, .first = true};
}

static void new_line(struct json_writer *w)
{
    if (w->depth <= w->open_levels) {
        strbuf_addch(w->out, '\n');
        strbuf_addn(w->out, ' ', 2 * (size_t)w->depth);
    }
}

/* What comes between the item before and the one that follows. */
static void before_item(struct json_writer *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    if (!w->first) {
        strbuf_addch(w->out, ',');
        if (w->depth > w->open_levels)
            strbuf_addch(w->out, ' ');
    }
    w->first = false;
    if (w->depth)
        new_line(w);
}

static void open_container(struct json_writer *w, char bracket)
{
    before_item(w);
    strbuf_addch(w->out, bracket);
    w->depth++;
    w->first = true;
}

static void close_container(struct json_writer *w, char bracket)
{
    bool empty = w->first;

    w->depth--;
    w->first = false;
    if (!empty && w->depth < w->open_levels)
        new_line(w);
    strbuf_addch(w->out, bracket);
}

void json_write_object(struct json_writer *w)
{
    open_container(w, '{');
}

void json_write_object_end(struct json_writer *w)
{
    close_container(w, '}');
}

void json_write_array(struct json_writer *w)
{
    open_container(w, '[');
}

void json_write_array_end(struct json_writer *w)
{
    close_container(w, ']');
}

static void quoted(struct json_writer *w, const char *s, size_t len)
{
    strbuf_addch(w->out, '"');
    escape_json(w->out, s, len);
    strbuf_addch(w->out, '"');
}

void json_write_key(struct json_writer *w, const char *key)
{
    before_item(w);
    quoted(w, key, strlen(key));
    strbuf_add(w->out, ": ", 2);
    w->after_key = true;
}

void json_write_ready_key(struct json_writer *w, const char *text, size_t len)
{
    before_item(w);
    strbuf_add(w->out, text, len);
    w->after_key = true;
}

void json_write_string(struct json_writer *w, const char *s, size_t len)
{
    before_item(w);
    quoted(w, s, len);
}

void json_write_raw(struct json_writer *w, const char *text, size_t len)
{
    before_item(w);
    strbuf_add(w->out, text, len);
}

void json_write_int(struct json_writer *w, int64_t n)
{
    before_item(w);
    strbuf_add_int(w->out, n);
}

void json_write_bool(struct json_writer *w, bool value)
{
    json_write_raw(w, value ? "true" : "false", value ? 4 : 5);
}

void json_write_finish(struct json_writer *w)
{
    strbuf_addch(w->out, '\n');
}
