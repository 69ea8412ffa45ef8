/*
 * The data dictionary: one description of every entity, from which all the rest follows -- the
 * loader and its errors, the JSON Schemas, the SQLite tables, the columns of CSV and JSON, the
 * names that templates may use.
 *
 * The description itself is a definitions file (dictionary.def, and views.def of the site):
 * entities, and in each a line per field. model/declare.inc makes the C structs of it,
 * model/define.inc the tables below. How to add a field: one line there.
 *
 * How a field lies in its struct:
 *   FIELD_TEXT        struct text
 *   FIELD_CHOICE      struct text, whose value is one of the field's choices
 *   FIELD_INTEGER     struct integer
 *   FIELD_FLAG        struct flag
 *   FIELD_QUANTITY    struct quantity
 *   FIELD_QUANTITIES  struct { struct quantity *items; size_t count; }
 *   FIELD_OBJECT      struct CHILD *
 *   FIELD_LIST        struct { struct CHILD *items; size_t count; }
 *   FIELD_MAP         the same; in JSON an object, whose keys are the children's key field
 *   FIELD_FIGURES     the same, of struct figure; in JSON one key per column of columns.def
 *   FIELD_JSON        json_t *, free of form
 *   FIELD_MARKUP      struct text that is HTML already; for templates only
 *
 * All zero is absent, for every type. Depends on base and model/quantity.h.
 */
#ifndef MODEL_DICTIONARY_H
#define MODEL_DICTIONARY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/quantity.h"

struct text {
    const char *s; /* NULL: absent. NUL-terminated UTF-8. */
    uint32_t len;
    struct place at;
};

struct integer {
    int64_t value;
    bool present;
    struct place at;
};

struct flag {
    bool value;
    bool present;
    struct place at;
};

/* What FIELD_QUANTITIES, FIELD_LIST, FIELD_MAP and FIELD_FIGURES look like to code that does not
 * know the child's type. */
struct list {
    void *items;
    size_t count;
};

enum field_type {
    FIELD_TEXT,
    FIELD_CHOICE,
    FIELD_INTEGER,
    FIELD_FLAG,
    FIELD_QUANTITY,
    FIELD_QUANTITIES,
    FIELD_OBJECT,
    FIELD_LIST,
    FIELD_MAP,
    FIELD_FIGURES,
    FIELD_JSON,
    FIELD_MARKUP,
};

enum field_flags {
    FIELD_KEY = 1,        /* part of what identifies the record among its kind */
    FIELD_REQUIRED = 2,   /* must be in the source */
    FIELD_DERIVED = 4,    /* not in the source: filled in after loading */
    FIELD_NO_DATA = 8,    /* not in the datasets */
    FIELD_LABEL = 16,     /* what the record is called; the label of its figures */
    FIELD_REFERENCE = 32, /* not a key, but names a record of the entity called like the field */
    FIELD_OUTSIDE = 64,   /* in JSON not in the record, but its key in a MAP */
    FIELD_LOOSE = 128,    /* a key that may name what is no longer there */
};

/* How long an id or a name may be, so that it can be the name of a file and of a table. */
enum { ID_MAX = 100 };

/* What a text must look like. */
struct text_form {
    const char *pattern; /* a regular expression (ECMA 262), for the JSON Schemas; NULL: any text */
    bool (*accepts)(const char *s, size_t len);
    const char *wanted; /* "a lower-case id such as total or cost-1", for errors */
    size_t max;         /* bytes, where that is what accepts() may refuse; 0: there is no limit */
};

extern const struct text_form form_plain, form_id, form_line, form_name, form_path, form_code,
    form_date, form_division, form_language, form_base_url, form_site_code;

/* One value of a FIELD_CHOICE. Lists of them end with a NULL id. */
struct choice {
    const char *id;
    const char *title;
    const char *title_en;
};

/* The units of money. */
extern const struct choice money_choices[];

struct entity;

struct field {
    const char *name;
    size_t name_len;
    enum field_type type;
    unsigned flags; /* enum field_flags */
    size_t offset;
    const struct text_form *form; /* TEXT */
    const struct choice *choices; /* CHOICE */
    const struct entity *child;   /* OBJECT LIST MAP FIGURES */
    enum measure measure;         /* QUANTITY QUANTITIES */
    const struct field *column;   /* QUANTITY: the column it is, which has its titles */
    const char *title;
    const char *title_en;
    const char *description;
};

struct entity {
    const char *name;  /* "fund" */
    const char *table; /* its dataset, "funds"; NULL when it has none */
    /*
     * The address of its figures below the report, in parts divided by '/': {field} stands for a
     * field's text, {column} for the name of each of its quantity fields. NULL: it has no figures.
     */
    const char *address;
    const char *title;
    const char *title_en;
    const char *description;
    size_t size; /* of its struct */
    const struct field *(*fields)(size_t *count);
};

/* The field of that name, or NULL. */
const struct field *entity_find(const struct entity *entity, const char *name, size_t len);

/* The field whose value is the key of a record in a MAP. */
const struct field *entity_map_key(const struct entity *entity);
/* The field that says what a record is called, or NULL. */
const struct field *entity_label(const struct entity *entity);

/* clang-format off */
enum column {
#define COLUMN(id, ...) COLUMN_##id,
#include "model/columns.def"
    COLUMN_COUNT
};
/* What each measures, as constants. */
enum {
#define COLUMN(id, measure, ...) measure_of_##id = MEASURE_##measure,
#include "model/columns.def"
};
/* clang-format on */

/* The columns of columns.def, as fields of type FIELD_QUANTITY with offset 0. */
extern const struct field columns[COLUMN_COUNT];

/* The column of that name, or NULL. */
const struct field *column_find(const char *name, size_t len);

/* The choice of that id, or NULL. */
const struct choice *choice_find(const struct choice *choices, const char *id, size_t len);

static inline const char *field_title(const struct field *field)
{
    return field->column ? field->column->title : field->title;
}

static inline const char *field_title_en(const struct field *field)
{
    return field->column ? field->column->title_en : field->title_en;
}

static inline const char *field_description(const struct field *field)
{
    return field->column ? field->column->description : field->description;
}

/* Whether it is a key of the entity in a source. */
static inline bool field_in_source(const struct field *field)
{
    return !(field->flags & (FIELD_DERIVED | FIELD_OUTSIDE)) && field->type != FIELD_FIGURES;
}

/* A field of a record, by its type. */
static inline const void *field_at(const struct field *field, const void *record)
{
    return (const char *)record + field->offset;
}

static inline const struct text *field_text(const struct field *field, const void *record)
{
    return field_at(field, record);
}

/* LIST, MAP, FIGURES, QUANTITIES. */
static inline struct list field_list(const struct field *field, const void *record)
{
    struct list list;

    memcpy(&list, field_at(field, record), sizeof(list));
    return list;
}

/* OBJECT; NULL when absent. */
static inline const void *field_object(const struct field *field, const void *record)
{
    const void *object;

    memcpy(&object, field_at(field, record), sizeof(object));
    return object;
}

/* A text made of a string that outlives it; no place. */
static inline struct text text_of(const char *s)
{
    struct text text = {s, s ? (uint32_t)strlen(s) : 0, {0, 0}};

    return text;
}

/* Both absent, or the same bytes. */
static inline bool text_same(const struct text *a, const struct text *b)
{
    return a->len == b->len && !a->s == !b->s && (a->s == b->s || !memcmp(a->s, b->s, a->len));
}

static inline bool text_is(const struct text *text, const char *s)
{
    return text->s && !strcmp(text->s, s);
}

#endif
