/*
 * findings: what the checks found, in the forms in which it is told. Private to cmd/juesuan.
 *
 * Findings are told department by department, while their sources are at hand: as errors for
 * people, or as items of a JSON array, which several departments make in parallel and which are
 * joined afterwards.
 */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "check/tell.h"

struct errs;
struct json_writer;
struct strbuf;

/* What was checked, in all reports together. */
struct checked {
    uint64_t reports, figures, figures_checked;
    uint64_t balances_held, balances_broken, balances_unchecked;
    struct finding_counts findings;
};

/* Those of one rule only, or of all (NULL); of one year only, or of all (0). */
struct wanted {
    const char *rule;
    int64_t year;
};

bool is_wanted(const struct wanted *wanted, const struct report *report,
               const struct finding *finding);

/* Adds the findings that are not acknowledged as errors, warnings and notes. */
void findings_as_errors(const struct content_department *content, const struct report *report,
                        const struct wanted *wanted, struct errs *errs);
/* One of them as an object. */
typedef void put_finding(struct json_writer *w, const struct content_department *content,
                         const struct finding *finding);
void put_finding_json(struct json_writer *w, const struct content_department *content,
                      const struct finding *finding);
void put_finding_sarif(struct json_writer *w, const struct content_department *content,
                       const struct finding *finding);
/* Adds all findings to an array, as text with commas between them. */
void findings_as_items(const struct content_department *content, const struct report *report,
                       const struct wanted *wanted, put_finding *put, struct strbuf *items);

/* The whole document on standard output (SARIF 2.1.0). `items` are those of put_finding_sarif(). */
void sarif_document(const struct catalog *catalog, struct errs *errs, const struct strbuf *items);

void put_checked(struct json_writer *w, const struct checked *checked);

/* Says on standard output what a rule is. False when there is no such rule. */
bool explain_rule(const struct catalog *catalog, const char *id);
/* What there is that is nearly called so, or NULL. */
const char *similar_rule(const struct catalog *catalog, const char *id, struct arena *arena);

#endif
