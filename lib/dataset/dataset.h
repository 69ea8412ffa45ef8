/*
 * dataset: the open data as tables, all of them from the data dictionary.
 *
 * A table is an entity with a dataset name; its columns are the entity's scalar fields. A quantity
 * makes several columns: `final` (its value: an amount in 元 in text formats, in 分 in SQLite) and
 * `final_stated` (as written), and in SQLite `final_scale` (how many decimals were written). The
 * field called `value` makes `value`, `stated` and `scale`.
 *
 * A wide table is one statutory table across all reports, a row a line, a quantity a column; which
 * columns it has is what all profiles together give it.
 *
 * The plan is made once for a build and then only read, by any number of threads. Depends on base,
 * text, model.
 */
#ifndef DATASET_DATASET_H
#define DATASET_DATASET_H

#include "model/catalog.h"

struct arena;
struct strbuf;

enum data_part {
    DATA_WHOLE, /* a text or an integer */
    DATA_VALUE, /* of a quantity */
    DATA_STATED,
    DATA_SCALE, /* SQLite only */
};

struct data_column {
    const char *name;
    const char *json_key; /* ready to be written: "name":, with a space behind */
    size_t json_key_len;
    const struct field *field; /* in a wide table: one of columns[] for quantities */
    enum data_part part;
};

struct data_table {
    const char *name;
    const char *title;
    const char *title_en;        /* NULL: a wide table has the title that its profile prints */
    const struct entity *entity; /* of a row; a wide table: entity_line */
    bool is_wide;
    const struct field *year; /* of the entity; NULL when it has none */
    struct data_column *columns;
    size_t count;
};

struct data_plan {
    struct data_table *tables; /* those of entities first, then the wide ones */
    size_t count;
    struct data_table figures; /* of struct all_figure: report.csv, the view all_figures */
};

/* Appends what a part of a quantity is called as a column: "final_stated", or "stated" of "value".
 */
void data_part_name(const struct field *quantity, enum data_part part, struct strbuf *out);

/* The table of an entity; its columns live in the arena. */
void data_table_plan(struct data_table *table, const struct entity *entity, struct arena *arena);
/* Everything lives in the arena. */
void data_plan_init(struct data_plan *plan, const struct catalog *catalog, struct arena *arena);

/* Appends the header line of a table's CSV. */
void data_csv_header(const struct data_table *table, struct strbuf *out);
/* Appends a row. `record` is of the table's entity. */
void data_csv_row(const struct data_table *table, const void *record, struct strbuf *out);
void data_json_row(const struct data_table *table, const void *record, struct strbuf *out);

/* A field of the record that is a key and absent counts as the empty string, not as NULL. */
static inline bool data_is_empty_key(const struct field *field)
{
    return (field->flags & FIELD_KEY) != 0;
}

/*
 * Calls visit() for the records of a department, see model/walk.h. A department that is no longer
 * there, and so has no level, has only what the revisions did to it.
 */
void data_walk(const struct department *department,
               bool (*visit)(void *ctx, const struct entity *entity, const void *record),
               void *ctx);

#endif
