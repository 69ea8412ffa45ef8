/*
 * outline: the headings of documents, and the sections that they make.
 *
 * A heading is a paragraph that the document says is one, or that has a number before it
 * (clean_numbering()) and reads like a title: short, without a full stop, not a sentence. A
 * paragraph of a title alone without number is one when it names a kind of thing that this program
 * knows (a self-evaluation form, an overall evaluation, a statutory table). A table of contents --
 * headings that stand one after the other, and come again -- makes no sections.
 *
 * Depends on base, import/ledger.h, import/clean.h.
 */
#ifndef IMPORT_OUTLINE_H
#define IMPORT_OUTLINE_H

#include "import/ledger.h"

struct section {
    const char *title; /* cleaned, without its number */
    const char *whole; /* with it */
    unsigned level;    /* 0: the document before its first heading; else 1 to 6 */
    size_t parent;     /* that of 0 is itself */
    size_t block;      /* of its heading */
};

struct outline {
    struct section *sections; /* [0] is the whole */
    size_t count, cap;
};

/* Finds the headings, and gives each passage its section. */
void outline_find(struct ledger *ledger, struct outline *out);

/* The titles from the outermost section to this one, with " > " between. */
const char *outline_path(const struct outline *outline, size_t section, struct arena *arena);

#endif
