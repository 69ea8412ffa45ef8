/*
 * bind: what a loaded source means in its place -- checks it against the report's profile and the
 * classification codes, and fills in the derived fields.
 *
 * A source that was loaded (model/load.h) knows only itself. Binding gives every record the keys of
 * what it belongs to, every line its label, every quantity its unit; it finds unknown tables,
 * lines, columns and codes, ids that come twice in a file, parents that do not exist, amounts that
 * are finer than 0.01 元. All problems are reported.
 *
 * Depends on base, text/suggest.h, the entities, model/load.h, model/catalog.h, model/lookup.h.
 */
#ifndef MODEL_BIND_H
#define MODEL_BIND_H

#include "model/catalog.h"
#include "model/load.h"

struct arena;
struct errs;

/* The place of a source: whose it is and what it is bound against. */
struct bind {
    const struct catalog *catalog;
    struct arena *arena;
    struct errs *errs;
    struct text department;
    struct integer year;
    /* Set by bind_report(), for the projects and evaluations of the report; NULL when unknown. */
    const struct profile *profile;
    const char *unit;
    bool incomplete; /* set when the profile has errors, which were told where they are */
};

/*
 * Each returns -1 when it added an error. bind_profile() does so as well, and says nothing, when
 * the classification that it needs has errors.
 */
int bind_classification(struct bind *b, struct classification *classification,
                        const struct source_text *source);
int bind_profile(struct bind *b, struct profile *profile, const struct source_text *source);
int bind_department(struct bind *b, struct department *department,
                    const struct source_text *source);
int bind_report(struct bind *b, struct report *report, const struct source_text *source);
int bind_project(struct bind *b, struct project *project, const struct source_text *source);
int bind_evaluation(struct bind *b, struct evaluation *evaluation,
                    const struct source_text *source);

#endif
