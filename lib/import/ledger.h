/*
 * ledger: what of a document went where.
 *
 * A document's texts are its passages: paragraphs, headings, and the cells of tables, in their
 * order. Each number of each passage is entered before anything is recognised, and stays: it ends
 * as placed (with the address of the figure that it became), as left in a text, or as loose, which
 * a person must look at. What a recogniser is unsure of, and what contradicts the options, is noted
 * beside that.
 *
 * Depends on base, import/document.h, import/numbers.h, import/clean.h.
 */
#ifndef IMPORT_LEDGER_H
#define IMPORT_LEDGER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/base.h"
#include "import/document.h"
#include "import/numbers.h"

enum entry_state {
    ENTRY_LOOSE,    /* nothing was made of it yet */
    ENTRY_FIGURE,   /* a figure of a table, a form or an evaluation */
    ENTRY_FACT,     /* a figure of its own, in no table */
    ENTRY_RESTATED, /* printed again: the same value as the figure of the address */
    ENTRY_TEXT,     /* stands in a text that is kept, and nowhere else */
    ENTRY_STATES,
};

struct entry {
    struct number number;
    enum entry_state state;
    const char *address; /* below the report; NULL: none */
    const char *other;   /* of a number of another organisation (import/others.h): its name */
    size_t passage;
};

struct passage {
    const char *text; /* cleaned */
    const char *raw;  /* as the document has it */
    const struct document *document;
    const struct doc_place *place;
    size_t block;  /* of all documents together */
    unsigned cell; /* of its table */
    size_t first;  /* its entries */
    size_t count;
    size_t section; /* import/outline.h */
    bool taken;     /* a cell: what it says is in the model, or is told elsewhere */
    /* What of it may be published, as the document has it; NULL: all (import/contacts.h). */
    const char *kept;
};

/* What a block came to. */
enum block_use {
    USE_TEXT,    /* belongs to the narrative or the text of an evaluation */
    USE_HEADING, /* the same, as a heading */
    USE_TABLE,   /* all that is in it is in the model */
    USE_NONE,    /* a table of contents, a caption: has nothing of its own */
};

struct ledger_block {
    const struct doc_block *block;
    const struct document *document;
    size_t first, count; /* its passages */
    enum block_use use;
    unsigned level;       /* of a heading that was found */
    const char *owner;    /* "evaluations/e1": whose text it is; NULL: the report's */
    const char *subtitle; /* of a table: the caption before it; or NULL */
    const char *other;    /* what all of it tells of, when that is not the department; or NULL */
    bool own_level;       /* of a table: of the department without its units (本级) */
    bool read;            /* a table that was read, and is kept in the text, too */
    char *rest;           /* USE_TABLE: lines of what the model has no place for; or NULL */
    size_t rest_len, rest_cap;
};

enum notice_kind {
    NOTICE_KNOW,   /* to know, and nothing to do */
    NOTICE_REVIEW, /* unsure: a person must look */
    NOTICE_WRONG,  /* contradicts the options, or must not be published */
};

struct notice {
    enum notice_kind kind;
    const char *id; /* "unsure-value" */
    const char *message;
    const struct passage *passage; /* NULL: no place */
    size_t offset;
};

struct ledger {
    struct arena *arena;
    struct arena *scratch; /* as that of the draft */
    struct ledger_block *blocks;
    size_t block_count, block_cap;
    struct passage *passages;
    size_t passage_count, passage_cap;
    struct entry *entries;
    size_t entry_count, entry_cap;
    struct notice *notices;
    size_t notice_count, notice_cap;
};

/* Enters all texts of a document, which must outlive the ledger, behind those that are there. */
void ledger_enter(struct ledger *ledger, const struct document *document);

/* The passage of a paragraph, or of a cell of a table; NULL when the table has no such cell. */
struct passage *ledger_paragraph(struct ledger *ledger, size_t block);
struct passage *ledger_cell(struct ledger *ledger, size_t block, unsigned row, unsigned column);
/* The same of a cell that begins at this place, so that each is looked at once; else NULL. */
struct passage *ledger_cell_here(struct ledger *ledger, size_t block, unsigned row,
                                 unsigned column);

/* What may be published of a passage, as the document has it. */
const char *ledger_raw(const struct passage *passage);

/* The entry of the number that begins there, or NULL. */
struct entry *ledger_entry(struct ledger *ledger, const struct passage *passage, size_t start);
/* The only figure of a passage, when there is nothing else but its unit, dots and blanks; or NULL.
 */
struct entry *ledger_only(struct ledger *ledger, const struct passage *passage);
/* The same of a part of its text. */
struct entry *ledger_only_in(struct ledger *ledger, const struct passage *passage, size_t start,
                             size_t end);

/* Whether a passage has figures, whatever became of them. */
bool ledger_has_figures(const struct ledger *ledger, const struct passage *passage);

void ledger_place(struct entry *entry, enum entry_state state, const char *address);
/* All loose figures of a passage are left in the text that it is kept in, but those of others. */
void ledger_keep(struct ledger *ledger, const struct passage *passage);
/* What were taken for figures in a passage is of this class. */
void ledger_reclass(struct ledger *ledger, const struct passage *passage, enum number_class class);

void ledger_note(struct ledger *ledger, enum notice_kind kind, const char *id,
                 const struct passage *passage, size_t offset, const char *format, ...)
    PRINTF_FORMAT(6, 7);

#endif
