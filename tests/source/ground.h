/*
 * ground: a content folder of a test's own, which goes away with it.
 *
 * Depends on base/testing.h, model/loaded.h and source/content.h.
 */
#ifndef TESTS_SOURCE_GROUND_H
#define TESTS_SOURCE_GROUND_H

#include "model/loaded.h"
#include "source/content.h"

struct ground {
    char *path; /* the folder; errors call it "content" */
    int at;
    struct source *source;
    struct arena arena;
    struct errs errs;
    struct catalog catalog;
    struct content_department department;
};

/* For cmocka: a new folder, empty but for what ground_fill() puts there. */
int ground_set_up(void **state);
int ground_tear_down(void **state);

/* site.json, a profile "p" of 2020 to 2022, the codes of 2021, and departments/. */
void ground_fill(struct ground *g);
/* Writes a file, its folders too. */
void put(struct ground *g, const char *path, const char *text);
void put_folder(struct ground *g, const char *path);
void put_link(struct ground *g, const char *path, const char *target);
void put_pipe(struct ground *g, const char *path);
/* A department with a report for 2021. */
void put_department(struct ground *g, const char *id);

/*
 * Each loads, and gives back what the function said. What was loaded before is released.
 */
int load_catalog(struct ground *g);
int list_departments(struct ground *g, struct content_departments *out);
int load_department(struct ground *g, const char *id);

/* The errors so far are just these; then there are none. In `expected` and in the errors
 * the folder is called "content". */
void assert_said(struct ground *g, const char *expected);

#endif
