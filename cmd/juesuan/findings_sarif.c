#include "base/base.h"

#include "findings.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "check/rule.h"
#include "check/tell.h"
#include "command.h"
#include "text/escape.h"
#include "text/json_write.h"

/* {"text": "..."} */
static void put_message(struct json_writer *w, const char *key, const char *s)
{
    json_write_key(w, key);
    json_write_object(w);
    put_json_text(w, "text", s);
    json_write_object_end(w);
}

static void put_place(struct json_writer *w, const char *file, unsigned line, unsigned column)
{
    struct strbuf uri = STRBUF_INIT;

    escape_url(&uri, file, strlen(file));
    json_write_key(w, "physicalLocation");
    json_write_object(w);
    json_write_key(w, "artifactLocation");
    json_write_object(w);
    put_json_text(w, "uri", uri.buf);
    json_write_object_end(w);
    if (line) {
        json_write_key(w, "region");
        json_write_object(w);
        put_json_number(w, "startLine", line);
        put_json_number(w, "startColumn", column ? column : 1);
        json_write_object_end(w);
    }
    json_write_object_end(w);
    strbuf_release(&uri);
}

static void put_location(struct json_writer *w, const struct content_department *content,
                         const struct finding_figure *figure, size_t id)
{
    struct found_at at = found_at(content, figure);

    json_write_object(w);
    if (id) {
        put_json_number(w, "id", id);
        put_message(w, "message", figure->address.s);
    }
    put_place(w, at.source ? at.source->path : figure->file.s, at.line, at.column);
    json_write_object_end(w);
}

static void put_locations(struct json_writer *w, const struct content_department *content,
                          const struct finding *finding)
{
    json_write_key(w, "locations");
    json_write_array(w);
    if (finding->figures.count)
        put_location(w, content, finding->figures.items, 0);
    json_write_array_end(w);
    json_write_key(w, "relatedLocations");
    json_write_array(w);
    for (size_t i = 0; i < finding->figures.count; i++)
        put_location(w, content, &finding->figures.items[i], i + 1);
    json_write_array_end(w);
}

void put_finding_sarif(struct json_writer *w, const struct content_department *content,
                       const struct finding *finding)
{
    json_write_object(w);
    put_json_text(w, "ruleId", finding->rule.s);
    put_json_text(w, "level", finding->severity.s);
    put_message(w, "message", finding->message.s);
    put_locations(w, content, finding);
    if (finding->acknowledged.value) {
        json_write_key(w, "suppressions");
        json_write_array(w);
        json_write_object(w);
        put_json_text(w, "kind", "inSource");
        put_json_text(w, "justification", finding->reason.s);
        json_write_object_end(w);
        json_write_array_end(w);
    }
    json_write_object_end(w);
}

/* --- the document --- */

static void put_rule(struct json_writer *w, const char *id, const char *title, const char *says,
                     const char *level)
{
    json_write_object(w);
    put_json_text(w, "id", id);
    put_message(w, "shortDescription", title);
    put_message(w, "fullDescription", says);
    json_write_key(w, "defaultConfiguration");
    json_write_object(w);
    put_json_text(w, "level", level);
    json_write_object_end(w);
    json_write_object_end(w);
}

/* The balances of a profile that no profile before it has. */
static void put_balances(struct json_writer *w, const struct catalog *catalog,
                         const struct profile *profile)
{
    for (size_t i = 0; i < profile->balances.count; i++) {
        const struct balance *balance = &profile->balances.items[i];
        struct strbuf id = STRBUF_INIT;
        const struct profile *first;

        strbuf_addf(&id, RULE_BALANCE_PREFIX "%s", balance->id.s);
        if (rule_balance(catalog, id.buf, &first) && first == profile)
            put_rule(w, id.buf, balance->title.s,
                     balance->equation.s ? balance->equation.s : balance->title.s,
                     balance->severity.s ? balance->severity.s : "error");
        strbuf_release(&id);
    }
}

static void put_driver(struct json_writer *w, const struct catalog *catalog)
{
    json_write_key(w, "tool");
    json_write_object(w);
    json_write_key(w, "driver");
    json_write_object(w);
    put_json_text(w, "name", "juesuan");
    put_json_text(w, "version", JUESUAN_VERSION);
    json_write_key(w, "rules");
    json_write_array(w);
    for (size_t i = 0; i < RULE_COUNT; i++)
        put_rule(w, rules[i].id, rules[i].title, rules[i].says, rules[i].severity);
    for (size_t i = 0; i < catalog->profile_count; i++)
        put_balances(w, catalog, &catalog->profiles[i]);
    json_write_array_end(w);
    json_write_object_end(w);
    json_write_object_end(w);
}

/* A mistake in a source, which nothing can be checked before it is mended. */
static void put_error(const struct err *err, void *ctx)
{
    struct json_writer *w = ctx;

    json_write_object(w);
    put_json_text(w, "ruleId", err->id);
    put_json_text(w, "level", severity_name(err->severity));
    put_message(w, "message", err->message);
    json_write_key(w, "locations");
    json_write_array(w);
    if (err->file) {
        json_write_object(w);
        put_place(w, err->file, err->line, err->column);
        json_write_object_end(w);
    }
    json_write_array_end(w);
    json_write_object_end(w);
}

void sarif_document(const struct catalog *catalog, struct errs *errs, const struct strbuf *items)
{
    static const struct report_options all = {true, ERRS_MAX};
    struct strbuf text = STRBUF_INIT;
    struct json_writer w;

    json_writer_init(&w, &text, 4);
    json_write_object(&w);
    put_json_text(&w, "version", "2.1.0");
    json_write_key(&w, "runs");
    json_write_array(&w);
    json_write_object(&w);
    put_driver(&w, catalog);
    put_json_text(&w, "columnKind", "unicodeCodePoints");
    json_write_key(&w, "results");
    json_write_array(&w);
    report_each(errs, &all, put_error, &w);
    if (items->len)
        json_write_raw(&w, items->buf, items->len);
    json_write_array_end(&w);
    json_write_object_end(&w);
    json_write_array_end(&w);
    json_write_object_end(&w);
    json_write_finish(&w);
    fwrite(text.buf, 1, text.len, stdout);
    strbuf_release(&text);
}
