#include "base/base.h"

#include "check/tell.h"

struct found_at found_at(const struct content_department *content,
                         const struct finding_figure *figure)
{
    struct found_at at = {0};

    at.source = content_file(content, figure->file.s);
    if (at.source && figure->source_line.present)
        err_place(at.source->text, at.source->len, figure->source_line.at.offset, &at.line,
                  &at.column);
    return at;
}

enum err_severity finding_severity(const struct finding *finding)
{
    if (text_is(&finding->severity, "error"))
        return SEVERITY_ERROR;
    return text_is(&finding->severity, "warning") ? SEVERITY_WARNING : SEVERITY_NOTE;
}

void finding_count(struct finding_counts *counts, const struct finding *finding)
{
    if (finding->acknowledged.value)
        counts->acknowledged++;
    else
        counts->open[finding_severity(finding)]++;
}

/* The address below the report, which is how an acknowledgement names a figure. */
static const char *address_below(const struct report *report, const struct finding_figure *figure)
{
    size_t len = report->path.len;

    return figure->address.len > len && !strncmp(figure->address.s, report->path.s, len)
               ? figure->address.s + len + 1
               : figure->address.s;
}

static void add_note(const struct content_department *content, const struct report *report,
                     const struct finding_figure *figure, struct err *err)
{
    struct found_at at = found_at(content, figure);

    err_note(err, at.source ? at.source->path : NULL, at.line, at.column, "%s%s%s%s%s",
             address_below(report, figure), figure->stated.len ? " " : "", figure->stated.s,
             figure->unit.s ? " " : "", figure->unit.s ? figure->unit.s : "");
}

void tell_finding(const struct content_department *content, const struct report *report,
                  const struct finding *finding, struct errs *errs)
{
    struct err *err = errs_add(errs, ERR_CONTENT, finding->rule.s, "%s", finding->message.s);
    const struct finding_figure *first = finding->figures.items;
    struct found_at at = {0};

    err->severity = finding_severity(finding);
    if (finding->figures.count)
        at = found_at(content, first);
    if (at.source && at.line)
        err_at_offset(err, at.source->path, at.source->text, at.source->len,
                      first->source_line.at.offset);
    else if (at.source)
        err_at(err, at.source->path, 0, 0);
    if (err->severity == SEVERITY_ERROR && finding->figures.count)
        err_hint(err,
                 "mend it; or, if it was published so, acknowledge it in report.json: {\"rule\": "
                 "\"%s\", \"figure\": \"%s\", \"reason\": \"...\"}",
                 finding->rule.s, address_below(report, first));
    for (size_t i = 0; i < finding->figures.count; i++)
        add_note(content, report, &finding->figures.items[i], err);
}
