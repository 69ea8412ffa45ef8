/*
 * draft: the report that is being made of documents, as the records of the data dictionary, with
 * the names that its profile gives to what it may have.
 *
 * A figure has one home. What is stated a second time is the same again (restated), or another
 * value: then it becomes the line's second statement, or is refused. Nothing is put where the
 * profile has no place for it. Records lie in lists that move when they grow: look them up again.
 *
 * What is kept lies in the arena. Texts that are only compared lie in the scratch arena, which the
 * loop of each recogniser over its passages, rows or blocks resets, and nobody else: a function may
 * return them to its caller, and what goes into a record is a copy.
 *
 * Depends on base, model, import/ledger.h, import/clean.h.
 */
#ifndef IMPORT_DRAFT_H
#define IMPORT_DRAFT_H

#include "import/fact_index.h"
#include "import/ledger.h"
#include "import/outline.h"
#include "model/catalog.h"

/* A name of a line or column, as it is looked for. */
struct label {
    const char *id;
    const char *key, *stem;                  /* clean_key(), clean_stem() */
    const char *bare;                        /* the key without what a sum is called in a table */
    size_t length, stem_length, bare_length; /* in characters */
    const char *side;                        /* NULL: of both, or the table has none */
    unsigned topics;                         /* of the key: import/subject.h */
    bool narrative;                          /* not printed in the table */
};

struct labels {
    struct label *items;
    size_t count, cap;
};

/* A table of the profile, made ready. */
struct form {
    const struct profile_table *table;
    const char *key;   /* of its title */
    const char *about; /* what its title says it is about; "" when that is too little to tell it */
    struct labels lines, columns;
    unsigned topics; /* of its title: import/subject.h */
    bool seen;       /* a table of the document was this one */
};

/* A project or evaluation that the content has already: it keeps its id. */
struct known_record {
    const struct entity *entity;
    const char *id, *name;
};

struct draft {
    struct arena *arena;
    struct arena *records; /* the lists of the report, until its files are made */
    struct arena *scratch; /* what is only needed to decide: its recogniser resets it */
    struct ledger *ledger;
    struct outline outline;
    const struct catalog *catalog;
    const struct profile *profile;
    const struct catalog_codes *codes;
    struct form *forms; /* one for each table of the profile */
    size_t form_count;
    struct labels functional, economic; /* all codes, by name */
    int64_t year;
    bool keep_contacts;
    struct known_record *known;
    size_t known_count, known_cap;
    const char *department_name; /* as the options or the content have it; NULL: unknown */
    const char **names;          /* those that the content, the options or the documents give it */
    size_t name_count, name_cap;
    const char **contacts; /* "project：负责人：name" (import/contacts.h) */
    size_t contact_count, contact_cap;
    struct fact_index facts;
    struct report report; /* with its projects and evaluations */
};

/* One more at the end of a list of records; `list` is an lvalue of items and count. */
#define DRAFT_ADD(arena, list)                                                                     \
    (((list).count & ((list).count - 1)) == 0                                                      \
         ? (void)((list).items = arena_realloc(                                                    \
                      (arena), (list).items, (list).count * sizeof(*(list).items),                 \
                      ((list).count ? (list).count * 2 : 1) * sizeof(*(list).items)))              \
         : (void)0,                                                                                \
     memset(&(list).items[(list).count], 0, sizeof(*(list).items)), &(list).items[(list).count++])

/* What a cell says as texts are compared (clean_key(), in the scratch arena); "" without one. */
const char *draft_key(const struct draft *draft, const struct passage *cell);

/* Makes the profile's names ready. */
void draft_start(struct draft *draft);

struct form *draft_form(const struct draft *draft, const char *table);

/* The record of a table or line, made if there is none. */
struct table *draft_table(struct draft *draft, const char *id);
struct line *draft_line(struct draft *draft, const char *table, const char *id);

/* The line of a form that has its parts in its name (公务用车购置及运行维护费), by what the names
 * of all of these begin with, as a stem (公务用车); NULL: none, or several. */
const char *draft_line_of_parts(const struct form *form, const char *stem);

/* Whether the profile has a column for lines of that side (NULL: any) in the table. */
bool draft_has_column(const struct form *form, const char *column, const char *side);
/* Whether a line can be in the table: of the profile, or a code of its classification. */
bool draft_has_line(const struct draft *draft, const struct form *form, const char *line);
/* The code's record; NULL: there is no such code of the table's kind. */
/* A code of a coded table that the classification does not have, with the name that the document
 * gives it: from now on it is one. NULL when it cannot be one. */
const char *draft_add_code(struct draft *draft, const struct form *form, const char *code,
                           const char *name);
const struct code *draft_code(const struct draft *draft, const struct form *form, const char *code);

/* A number as a quantity. False: it is too long, or finer than can be held. */
bool draft_quantity(const struct draft *draft, const struct entry *entry, bool negative,
                    const char *unit, struct quantity *out);

enum draft_put { PUT_NEW, PUT_SAME, PUT_SECOND, PUT_REFUSED };

/* Puts a number into its place, and enters that in the ledger. `narrative`: it stands in a text. */
enum draft_put draft_put(struct draft *draft, struct entry *entry, const char *table,
                         const char *line, const char *column, bool negative, bool narrative);

/* A number that has no place: a fact of the report ("facts/n1/value") or of an evaluation (`scope`
 * "evaluations/x"), or one of these again. False: it cannot be one. */
bool draft_fact(struct draft *draft, struct entry *entry, const char *scope, const char *label,
                const char *comparison);

/* The id of a project or evaluation of that name: the one that it has already, or else the prefix
 * and the first number that makes it new. */
const char *draft_new_id(const struct draft *draft, const struct entity *entity, const char *name,
                         const char *prefix);

/* The number behind the prefix of an id ("goal-n12", "goal-n": 12); 0: it has another prefix. Items
 * of a prefix are numbered as they come, so that the last has the highest: it is looked for from
 * the end. */
size_t draft_number_of(const struct text *id, const char *prefix);

struct evaluation *draft_evaluation(struct draft *draft, const char *id);

#endif
