/*
 * import: documents as departments publish them become sources.
 *
 * The documents are read (import/document.h), their numbers and headings are found
 * (import/ledger.h, import/outline.h), recognisers take what they know (import/recognise_*.h), and
 * what is left is text. Nothing is invented, and nothing is lost: each number ends in the model
 * with its address, or in a text that is kept, or is listed as not placed, as those of other
 * organisations are (import/others.h).
 *
 * The result is files, by their paths in the content folder; nothing is written here. The same
 * documents and options give the same bytes.
 *
 * Depends on base, text, model, source, import.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "base/strbuf.h"
#include "import/draft.h"

struct source;

struct import_options {
    const char *const *paths; /* of the documents, in their order */
    size_t path_count;
    const char *department; /* id */
    int64_t year;
    const char *profile; /* id; NULL: the one that fits region and year */
    const char *name;    /* of the department; NULL: as the content or the documents have it */
    bool keep_contacts;
    const struct doc_limits *limits;
    const struct source *source; /* the content folder that it is to go into */
};

struct import_file {
    const char *path; /* in the content folder */
    char *text;
    size_t len;
};

/* How the numbers of one class, or of one part of a document, ended. */
struct import_count {
    const char *title;
    size_t all, placed, kept, loose;
    size_t states[ENTRY_STATES];
};

struct import {
    struct arena arena, records, scratch;
    struct catalog catalog;
    struct document *documents;
    size_t document_count;
    const char **names; /* of the department, as the content has them */
    size_t name_count;
    struct ledger ledger;
    struct draft draft;
    struct import_file *files;
    size_t file_count, file_cap;
    struct import_count figures;    /* of the class figure, all together */
    size_t classes[NUMBER_CLASSES]; /* how many numbers of each class */
    struct import_count *parts;     /* figures, by part of the documents */
    size_t part_count, part_cap;
};

/* The caller releases it, also after an error. -1 after adding errors. */
int import_documents(const struct import_options *options, struct import *out, struct errs *errs);
void import_release(struct import *import);

#endif
