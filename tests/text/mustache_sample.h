/*
 * mustache_sample: typed data for the tests of the Mustache engine, with a schema written by hand,
 * and what these tests share.
 */
#ifndef TESTS_TEXT_MUSTACHE_SAMPLE_H
#define TESTS_TEXT_MUSTACHE_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "text/mustache.h"

struct errs;
struct strbuf;

struct sample_list {
    const void *items;
    size_t count;
};

struct sample_node {
    const char *name;
    struct sample_list nodes; /* of struct sample_node */
};

struct sample_dept {
    const char *name;
    const char *code; /* printed with # before it, by way of the scratch buffer */
    const struct sample_dept *parent;
    const json_t *extra;
};

struct sample_line {
    const char *name;
    const char *amount;
    const char *note; /* markup */
    const char *kind; /* "row" or "sum" */
    bool total;
    struct sample_list parts; /* texts */
};

struct sample_report {
    const char *title;
    const char *body; /* markup */
    const char *kind; /* "row" or "sum" */
    bool draft;
    const struct sample_dept *dept;
    struct sample_list lines; /* of struct sample_line */
    struct sample_list tags;  /* texts */
    struct sample_list kinds; /* texts, "row" or "sum" */
    struct sample_list nodes; /* of struct sample_node */
    const json_t *extra;
};

/* Templates, the main one first; ended by a NULL name. */
struct sample_source {
    const char *name;
    const char *text;
};

#define SOURCES(...) ((const struct sample_source[]){__VA_ARGS__, {NULL, NULL}})
#define ONE(text) SOURCES({"main", text})

struct sample_type;

extern const struct sample_type sample_report_type;
extern const struct sample_type sample_line_type;
extern const struct mustache_schema sample_schema;

/* A set of these templates, which must have no mistakes; freed by the caller. */
struct mustache_set *sample_set(const struct sample_source *sources, enum mustache_output output);

/* One line for each error: file:line:column: id: message (hint) */
void sample_show_errors(const struct errs *errs, struct strbuf *out);

#endif
