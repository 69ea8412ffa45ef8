#include "base/base.h"

#include "findings.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "check/tell.h"
#include "command.h"
#include "text/json_write.h"

enum { OPEN_LEVELS = 0 };

bool is_wanted(const struct wanted *wanted, const struct report *report,
               const struct finding *finding)
{
    return (!wanted->year || wanted->year == report->year.value) &&
           (!wanted->rule || text_is(&finding->rule, wanted->rule));
}

void findings_as_errors(const struct content_department *content, const struct report *report,
                        const struct wanted *wanted, struct errs *errs)
{
    for (size_t i = 0; i < report->findings.count; i++) {
        const struct finding *finding = &report->findings.items[i];

        if (!finding->acknowledged.value && is_wanted(wanted, report, finding))
            tell_finding(content, report, finding, errs);
    }
}

/* --- for machines --- */

static void put_optional(struct json_writer *w, const char *key, const struct text *text)
{
    put_json_text(w, key, text->s);
}

static void put_figure(struct json_writer *w, const struct content_department *content,
                       const struct finding_figure *figure)
{
    struct found_at at = found_at(content, figure);

    json_write_object(w);
    put_optional(w, "address", &figure->address);
    put_json_text(w, "file", at.source ? at.source->path : figure->file.s);
    put_json_position(w, "line", at.line);
    put_json_position(w, "column", at.column);
    put_optional(w, "stated", &figure->stated);
    put_optional(w, "unit", &figure->unit);
    json_write_object_end(w);
}

void put_finding_json(struct json_writer *w, const struct content_department *content,
                      const struct finding *finding)
{
    json_write_object(w);
    put_optional(w, "rule", &finding->rule);
    put_optional(w, "severity", &finding->severity);
    json_write_key(w, "acknowledged");
    json_write_bool(w, finding->acknowledged.value);
    put_optional(w, "reason", &finding->reason);
    put_optional(w, "department", &finding->department);
    json_write_key(w, "year");
    json_write_int(w, finding->year.value);
    json_write_key(w, "figures");
    json_write_array(w);
    for (size_t i = 0; i < finding->figures.count; i++)
        put_figure(w, content, &finding->figures.items[i]);
    json_write_array_end(w);
    put_optional(w, "stated", &finding->stated);
    put_optional(w, "recomputed", &finding->recomputed);
    put_optional(w, "message", &finding->message);
    json_write_object_end(w);
}

void findings_as_items(const struct content_department *content, const struct report *report,
                       const struct wanted *wanted, put_finding *put, struct strbuf *items)
{
    for (size_t i = 0; i < report->findings.count; i++) {
        struct json_writer w;

        if (!is_wanted(wanted, report, &report->findings.items[i]))
            continue;
        if (items->len)
            strbuf_adds(items, ",\n");
        json_writer_init(&w, items, OPEN_LEVELS);
        put(&w, content, &report->findings.items[i]);
    }
}

void put_checked(struct json_writer *w, const struct checked *checked)
{
    json_write_key(w, "checked");
    json_write_object(w);
    put_json_number(w, "reports", checked->reports);
    put_json_number(w, "figures", checked->figures);
    put_json_number(w, "figures_checked", checked->figures_checked);
    put_json_number(w, "balances_held", checked->balances_held);
    put_json_number(w, "balances_broken", checked->balances_broken);
    put_json_number(w, "balances_unchecked", checked->balances_unchecked);
    put_json_number(w, "errors", checked->findings.open[SEVERITY_ERROR]);
    put_json_number(w, "warnings", checked->findings.open[SEVERITY_WARNING]);
    put_json_number(w, "notes", checked->findings.open[SEVERITY_NOTE]);
    put_json_number(w, "acknowledged", checked->findings.acknowledged);
    json_write_object_end(w);
}
