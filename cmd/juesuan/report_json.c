#include "base/base.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "command.h"
#include "text/json_write.h"
#include "text/utf8.h"

/* JSON is UTF-8; what is not, in a file's name or in a line that is shown, becomes U+FFFD. */
static void put_string(struct json_writer *w, const char *s)
{
    struct strbuf clean = STRBUF_INIT;

    utf8_add_clean(&clean, s, strlen(s));
    json_write_string(w, clean.buf, clean.len);
    strbuf_release(&clean);
}

void put_json_text(struct json_writer *w, const char *key, const char *s)
{
    json_write_key(w, key);
    if (s)
        put_string(w, s);
    else
        json_write_raw(w, "null", 4);
}

void put_json_number(struct json_writer *w, const char *key, uint64_t n)
{
    json_write_key(w, key);
    json_write_int(w, (int64_t)n);
}

void put_json_position(struct json_writer *w, const char *key, unsigned n)
{
    json_write_key(w, key);
    if (n)
        json_write_int(w, n);
    else
        json_write_raw(w, "null", 4);
}

static void put_place(struct json_writer *w, const char *file, unsigned line, unsigned column)
{
    put_json_text(w, "file", file);
    put_json_position(w, "line", line);
    put_json_position(w, "column", line ? column : 0);
}

static void put_error(const struct err *err, void *ctx)
{
    struct json_writer *w = ctx;

    json_write_object(w);
    put_json_text(w, "severity", severity_name(err->severity));
    put_json_text(w, "id", err->id);
    put_json_text(w, "message", err->message);
    put_place(w, err->file, err->line, err->column);
    put_json_text(w, "excerpt", err->excerpt);
    put_json_position(w, "excerpt_column", err->excerpt_column);
    put_json_text(w, "hint", err->hint);
    json_write_key(w, "notes");
    json_write_array(w);
    for (size_t i = 0; i < err->note_count; i++) {
        const struct err_note *note = &err->notes[i];

        json_write_object(w);
        put_json_text(w, "message", note->message);
        put_place(w, note->file, note->line, note->column);
        json_write_object_end(w);
    }
    json_write_array_end(w);
    put_json_number(w, "repeats", err->repeats);
    json_write_object_end(w);
}

void report_as_json(const struct command *command, struct errs *errs,
                    const struct report_options *options, int status, const char *key,
                    void (*result)(struct json_writer *w, const void *ctx), const void *ctx)
{
    struct strbuf text = STRBUF_INIT;
    struct report_counts counts;
    struct json_writer w;

    json_writer_init(&w, &text, 2);
    json_write_object(&w);
    put_json_text(&w, "program", "juesuan " JUESUAN_VERSION);
    put_json_text(&w, "command", command->name);
    put_json_number(&w, "status", (uint64_t)status);
    json_write_key(&w, "errors");
    json_write_array(&w);
    counts = report_each(errs, options, put_error, &w);
    json_write_array_end(&w);
    json_write_key(&w, "summary");
    json_write_object(&w);
    put_json_number(&w, "errors", counts.all[SEVERITY_ERROR]);
    put_json_number(&w, "warnings", counts.all[SEVERITY_WARNING]);
    put_json_number(&w, "files", counts.files);
    put_json_number(&w, "not_shown",
                    counts.hidden[SEVERITY_ERROR] + counts.hidden[SEVERITY_WARNING]);
    json_write_object_end(&w);
    if (key) {
        json_write_key(&w, key);
        json_write_object(&w);
    }
    result(&w, ctx);
    if (key)
        json_write_object_end(&w);
    json_write_object_end(&w);
    json_write_finish(&w);
    fputs(text.buf, stdout);
    strbuf_release(&text);
}
