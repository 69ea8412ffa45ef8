/*
 * form_reading: a self-evaluation form while it is read.
 *
 * recognise_forms.c walks through its rows; what they are for is read in form_head.c, form_funds.c
 * and form_indicators.c.
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
/* Whether a project has its total, behind which nothing more of its form comes. */
bool form_has_total(const struct project *project);

/* --- cells (form_reading.c) --- */

/* The cell that begins at this place, or NULL; its key, "" without one. */
struct passage *form_cell(struct reading_form *form, unsigned row, unsigned column);
const char *form_key(struct reading_form *form, unsigned row, unsigned column);
/* The next cell of a row behind a column, or NULL. */
struct passage *form_next_cell(struct reading_form *form, unsigned row, unsigned column);
/* Whether a short cell of a row, which is a head and no value, has the word. */
bool form_row_has(struct reading_form *form, unsigned row, const char *word);

/* All of a cell. */
struct form_piece form_whole(struct passage *cell);
const char *form_words_of(struct reading_form *form, struct form_piece piece);
/* A piece as a text of the model: one line, NULL when it is empty. It takes the cell. */
struct text form_text(struct reading_form *form, struct form_piece piece);
/* The figure that is all of a piece, or NULL. */
struct entry *form_only(struct reading_form *form, struct form_piece piece);

/* The address of a figure of a fund or indicator. */
const char *form_address(struct reading_form *form, const char *list, const char *id,
                         const char *column);
/* A piece that is a number, a dash or nothing; `unit`: of an amount. It takes the cell, or tells
 * why not. */
void form_value(struct reading_form *form, struct form_piece piece, const char *unit,
                const char *address, struct quantity *out);

/* Whether a row is one of heads; and makes it the columns: how many are known. */
bool form_is_indicator_head(struct reading_form *form, unsigned row);
bool form_is_funds_head(struct reading_form *form, unsigned row);
size_t form_columns(struct reading_form *form, unsigned row);
/* Takes all cells of a row. */
void form_take_row(struct reading_form *form, unsigned row);

/* --- parts --- */

/* form_head.c: a row of labels and values. */
void form_head_row(struct reading_form *form, unsigned row);
/* The first row of the table that names a project, + 1; 0: none does. */
unsigned form_name_row(struct reading_form *form);
/* Begins the project that a row names, if it is another one. False: the row names none. */
bool form_read_name(struct reading_form *form, unsigned row);
/* The same by a name from elsewhere; NULL: there is none, which is told. */
void form_name_project(struct reading_form *form, const char *name, const struct passage *where);
/* The unit of the amounts: from a row on, above the indicators, or in a paragraph before the table.
 * Without one it is the report's, and that is told. */
void form_find_unit(struct reading_form *form, unsigned from);

/* form_funds.c: a row of funds. False: it is none. */
bool form_fund_row(struct reading_form *form, unsigned row);

/* form_indicators.c: a row of indicators, with one or with several in its cells. False: it is none.
 */
bool form_indicator_row(struct reading_form *form, unsigned row);

#endif
