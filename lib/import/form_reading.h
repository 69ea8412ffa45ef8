/*
 * form_reading: a self-evaluation form while it is read (recognise_forms.c, form_indicators.c).
 *
 * A cell is taken when what it says went to the model, or only names what stands beside or below
 * it. What is left of a row goes to the text (import/table_rest.h).
 *
 * Depends on base, import/draft.h, import/form_words.h.
 */
#ifndef IMPORT_FORM_READING_H
#define IMPORT_FORM_READING_H

#include "import/draft.h"
#include "import/form_words.h"

enum { FORM_COLUMNS_MAX = 64 };

/* What the rows that follow are. */
enum form_part { PART_HEAD, PART_FUNDS, PART_GOALS, PART_INDICATORS };

struct reading_form {
    struct draft *draft;
    size_t block;
    const struct doc_table *table;
    size_t project; /* of the report's, + 1; 0: none yet */
    unsigned named; /* the row that its name stands in, + 1; 0: in none of this table */
    enum form_part part;
    enum form_column columns[FORM_COLUMNS_MAX]; /* by column of the table */
    const char *heads[FORM_COLUMNS_MAX];        /* what they are called */
    unsigned goal, goal_actual;                 /* columns, + 1 */
    const char *level1, *level2;
    const char *row_name; /* what the row is about, for what is left of it */
};

/* A cell or a part of it: bytes from start to end. */
struct form_piece {
    struct passage *cell; /* NULL: there is none */
    size_t start, end;
};

struct project *form_project(const struct reading_form *form);

/* The cell that begins at this place, or NULL; its key, "" without one. */
struct passage *form_cell(struct reading_form *form, unsigned row, unsigned column);
const char *form_key(struct reading_form *form, unsigned row, unsigned column);

/* All of a cell. */
struct form_piece form_whole(struct passage *cell);
/* A piece as a text of the model: one line, NULL when it is empty. It takes the cell. */
struct text form_text(struct reading_form *form, struct form_piece piece);
/* The figure that is all of a piece, or NULL. */
struct entry *form_only(struct reading_form *form, struct form_piece piece);

/* The address of a figure of a fund or indicator. */
const char *form_address(struct reading_form *form, const char *list, const char *id,
                         const char *column);
/* A piece that is a number, a dash or nothing; `unit`: of an amount. It takes the cell. */
void form_value(struct reading_form *form, struct form_piece piece, const char *unit,
                const char *address, struct quantity *out);

/* Whether a row is one of heads of indicators, which becomes the columns with form_columns(). */
bool form_is_indicator_head(struct reading_form *form, unsigned row);
size_t form_columns(struct reading_form *form, unsigned row);

/* A row of indicators, with one or with several in its cells. False: it is none. */
bool form_indicator_row(struct reading_form *form, unsigned row);

#endif
