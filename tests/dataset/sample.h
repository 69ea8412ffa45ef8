/*
 * sample: departments made of JSON texts, with two small profiles, for the tests of dataset.
 *
 * The profile `one` has the tables `summary` (final, share, count; codes), `order` (final) and
 * `bare` (final); `two` has `summary` (prior, final) and `select` (value, from, to). Depends on
 * base, the dictionary, model/load.h, model/bind.h and dataset/dataset.h.
 */
#ifndef TESTS_DATASET_SAMPLE_H
#define TESTS_DATASET_SAMPLE_H

#include "base/arena.h"
#include "base/err.h"
#include "dataset/dataset.h"
#include "model/bind.h"

struct sample {
    struct arena arena;
    struct errs errs;
    struct catalog catalog;
    struct data_plan plan;
    struct bind bind; /* of the report that was added last */
};

void sample_init(struct sample *s);
void sample_release(struct sample *s);

/* All texts are JSON with ' for ", to be readable in C; a mistake in one is a failure. */
struct department *sample_department(struct sample *s, const char *id, const char *text);
/* One with a name and nothing else. */
struct department *sample_bare_department(struct sample *s, const char *id);
/* What is added to the same department before moves: hold no pointer to it. */
struct report *sample_report(struct sample *s, struct department *department, int year,
                             const char *text);
void sample_project(struct sample *s, struct report *report, const char *text);
void sample_evaluation(struct sample *s, struct report *report, const char *text);

/* The department a/b with a little of everything, in 2021 and 2022. */
struct department *sample_everything(struct sample *s);

/* The table of the plan of that name. */
const struct data_table *sample_table(const struct sample *s, const char *name);

#endif
