/*
 * tell: findings for people, as errors, warnings and notes with their places.
 *
 * Depends on base, model, source/content.h.
 */
#ifndef CHECK_TELL_H
#define CHECK_TELL_H

#include "base/err.h"
#include "source/content.h"

/* A figure's source and the place in it. */
struct found_at {
    const struct source_text *source; /* NULL: not known */
    unsigned line, column;            /* 0: the file as a whole */
};
struct found_at found_at(const struct content_department *content,
                         const struct finding_figure *figure);

enum err_severity finding_severity(const struct finding *finding);

struct finding_counts {
    uint64_t open[SEVERITY_COUNT]; /* that are not acknowledged */
    uint64_t acknowledged;
};
void finding_count(struct finding_counts *counts, const struct finding *finding);

/* Adds the finding; whether it is acknowledged is the caller's business. */
void tell_finding(const struct content_department *content, const struct report *report,
                  const struct finding *finding, struct errs *errs);

#endif
