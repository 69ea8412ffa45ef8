#include "base/base.h"

#include "dataset/sqlite_schema.h"

#include "base/strbuf.h"
#include "dataset/dataset.h"
#include "model/figures.h"

enum { KEYS_MAX = 8 };

static void add_quoted(struct strbuf *sql, char quote, const char *s, size_t len)
{
    strbuf_addch(sql, quote);
    for (size_t i = 0; i < len; i++) {
        if (s[i] == quote)
            strbuf_addch(sql, quote);
        strbuf_addch(sql, s[i]);
    }
    strbuf_addch(sql, quote);
}

static void add_name(struct strbuf *sql, const char *name)
{
    add_quoted(sql, '"', name, strlen(name));
}

static void add_literal(struct strbuf *sql, const char *s)
{
    add_quoted(sql, '\'', s, strlen(s));
}

static bool has_field(const struct entity *entity, const char *name)
{
    return entity_find(entity, name, strlen(name)) != NULL;
}

/* --- keys --- */

struct key {
    const char *columns[KEYS_MAX]; /* in the entity's own table */
    const char *names[KEYS_MAX];   /* in tables that refer to it: id is called like the entity */
    size_t count;
};

static void key_of(const struct entity *entity, struct key *key)
{
    size_t count;
    const struct field *fields = entity->fields(&count);
    const char *of = strrchr(entity->name, '_'); /* before it: whose it is */
    const char *name = of ? of + 1 : entity->name;

    key->count = 0;
    for (size_t i = 0; i < count && key->count < KEYS_MAX; i++)
        if (fields[i].flags & FIELD_KEY) {
            key->columns[key->count] = fields[i].name;
            key->names[key->count++] = strcmp(fields[i].name, "id") ? fields[i].name : name;
        }
}

static void add_names(struct strbuf *sql, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_adds(sql, i ? ", " : "");
        add_name(sql, names[i]);
    }
}

/* Whether a column of the entity's table names a record that it belongs to. */
static bool refers(const struct entity *entity, const char *name, bool *is_nullable)
{
    const struct field *field = entity_find(entity, name, strlen(name));

    if (field && (field->flags & FIELD_REFERENCE))
        *is_nullable = true;
    else if (!field && has_field(entity, "scope") &&
             (!strcmp(name, "project") || !strcmp(name, "evaluation")))
        *is_nullable = true; /* generated */
    else if (!field || (field->flags & (FIELD_KEY | FIELD_DERIVED)) != (FIELD_KEY | FIELD_DERIVED))
        return false;
    return true;
}

static bool is_loose_field(const struct entity *entity, const char *name)
{
    const struct field *field = entity_find(entity, name, strlen(name));

    return field && (field->flags & FIELD_LOOSE);
}

/* Whether records of `entity` refer to records of `to`; *key is then the key of `to`. */
static bool refers_to(const struct entity *entity, const struct entity *to, struct key *key,
                      bool *is_nullable)
{
    bool is_loose = true; /* all of it may be gone */
    const char *last;

    key_of(to, key);
    *is_nullable = false;
    last = key->count ? key->columns[key->count - 1] : "";
    if (entity == to || (strcmp(last, "id") && strcmp(last, "year")))
        return false;
    for (size_t i = 0; i < key->count; i++) {
        if (!refers(entity, key->names[i], is_nullable))
            return false;
        is_loose &= is_loose_field(entity, key->names[i]);
    }
    return !is_loose;
}

/* Whether another reference of the entity says as much and more. */
static bool is_covered(const struct data_plan *plan, const struct entity *entity,
                       const struct entity *to, size_t key_count)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct data_table *table = &plan->tables[i];
        struct key key;
        bool is_nullable;

        if (!table->is_wide && table->entity != to &&
            refers_to(entity, table->entity, &key, &is_nullable) && !is_nullable &&
            key.count > key_count)
            return true;
    }
    return false;
}

static void add_references(const struct data_plan *plan, const struct entity *entity,
                           struct strbuf *sql)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct data_table *to = &plan->tables[i];
        struct key key;
        bool is_nullable;

        if (to->is_wide || !refers_to(entity, to->entity, &key, &is_nullable) ||
            is_covered(plan, entity, to->entity, key.count))
            continue;
        strbuf_adds(sql, ",\n  FOREIGN KEY (");
        add_names(sql, key.names, key.count);
        strbuf_adds(sql, ") REFERENCES ");
        add_name(sql, to->name);
        strbuf_adds(sql, " (");
        add_names(sql, key.columns, key.count);
        strbuf_adds(sql, ")");
    }
}

/* --- tables --- */

static const char *type_of(const struct data_column *column)
{
    if (column->part == DATA_STATED)
        return "TEXT";
    if (column->part == DATA_WHOLE && column->field->type != FIELD_INTEGER &&
        column->field->type != FIELD_FLAG)
        return "TEXT";
    return "INTEGER";
}

static void add_generated(struct strbuf *sql, const char *name, const char *scope)
{
    strbuf_adds(sql, ",\n  ");
    add_name(sql, name);
    strbuf_addf(sql,
                " TEXT GENERATED ALWAYS AS (CASE WHEN substr(\"scope\", 1, %zu) = '%s/' THEN "
                "substr(\"scope\", %zu) END) VIRTUAL",
                strlen(scope) + 1, scope, strlen(scope) + 2);
}

static void add_table(const struct data_plan *plan, const struct data_table *table,
                      struct strbuf *sql)
{
    struct key key;

    strbuf_adds(sql, "CREATE TABLE ");
    add_name(sql, table->name);
    strbuf_adds(sql, " (");
    for (size_t i = 0; i < table->count; i++) {
        const struct data_column *column = &table->columns[i];

        strbuf_adds(sql, i ? ",\n  " : "\n  ");
        add_name(sql, column->name);
        strbuf_addf(sql, " %s%s", type_of(column),
                    column->field->flags & FIELD_KEY ? " NOT NULL" : "");
    }
    if (has_field(table->entity, "scope")) {
        add_generated(sql, "project", "projects");
        add_generated(sql, "evaluation", "evaluations");
    }
    key_of(table->entity, &key);
    strbuf_adds(sql, ",\n  PRIMARY KEY (");
    add_names(sql, key.columns, key.count);
    strbuf_adds(sql, ")");
    add_references(plan, table->entity, sql);
    strbuf_adds(sql, "\n) WITHOUT ROWID;\n");
}

void sqlite_schema_tables(const struct data_plan *plan, struct strbuf *sql)
{
    for (size_t i = 0; i < plan->count; i++)
        if (!plan->tables[i].is_wide)
            add_table(plan, &plan->tables[i], sql);
}

void sqlite_schema_insert(const struct data_table *table, struct strbuf *sql)
{
    strbuf_adds(sql, "INSERT INTO ");
    add_name(sql, table->name);
    strbuf_adds(sql, " (");
    for (size_t i = 0; i < table->count; i++) {
        strbuf_adds(sql, i ? ", " : "");
        add_name(sql, table->columns[i].name);
    }
    strbuf_adds(sql, ") VALUES (");
    for (size_t i = 0; i < table->count; i++)
        strbuf_adds(sql, i ? ", ?" : "?");
    strbuf_adds(sql, ")");
}

/* --- views --- */

static void add_wide_view(const struct data_table *table, struct strbuf *sql)
{
    static const char *const parts[] = {
        [DATA_VALUE] = "value", [DATA_STATED] = "stated", [DATA_SCALE] = "scale"};

    strbuf_adds(sql, "CREATE VIEW ");
    add_name(sql, table->name);
    strbuf_adds(sql, " AS SELECT\n  ");
    for (size_t i = 0; i < table->count; i++) {
        const struct data_column *column = &table->columns[i];

        strbuf_adds(sql, i ? ",\n  " : "");
        if (column->part == DATA_WHOLE) {
            strbuf_adds(sql, "l.");
            add_name(sql, column->field->name);
        } else {
            strbuf_adds(sql, "MAX(CASE f.\"column\" WHEN ");
            add_literal(sql, column->field->name);
            strbuf_addf(sql, " THEN f.\"%s\" END)", parts[column->part]);
        }
        strbuf_adds(sql, " AS ");
        add_name(sql, column->name);
    }
    strbuf_adds(sql, "\nFROM lines AS l LEFT JOIN figures AS f\n"
                     "  ON f.department = l.department AND f.year = l.year\n"
                     "  AND f.\"table\" = l.\"table\" AND f.line = l.id AND f.statement = ''\n"
                     "WHERE l.\"table\" = ");
    add_literal(sql, table->name);
    strbuf_adds(sql, "\nGROUP BY l.department, l.year, l.\"table\", l.id;\n");
}

/* One part of an address as an SQL expression. */
static void add_part(const struct entity *entity, const struct address_part *part,
                     const struct field *quantity, struct strbuf *sql)
{
    const struct field *field = part->is_field ? entity_find(entity, part->s, part->len) : NULL;

    if (field)
        add_name(sql, field->name);
    else if (part->is_field)
        add_literal(sql, quantity->name);
    else
        add_quoted(sql, '\'', part->s, part->len);
}

enum { PARTS_MAX = 8 };

/* How the columns of all_figures come out of a row of the table, for one of its quantities. */
struct figure_source {
    const struct entity *entity;
    const struct field *quantity;
    struct address_part parts[PARTS_MAX];
    size_t count;
};

/* The parts from `first` on, up to `end`, joined by slashes. Empty ones, which only `scope` can be,
 * take their slash with them. */
static void add_path(const struct figure_source *source, size_t end, const char *between,
                     struct strbuf *sql)
{
    for (size_t i = 0; i < end; i++) {
        bool may_be_empty = source->parts[i].is_field && source->parts[i].len == 5 &&
                            !memcmp(source->parts[i].s, "scope", 5);

        if (may_be_empty && i + 1 < source->count && !*between) {
            strbuf_adds(sql, "scope || CASE scope WHEN '' THEN '' ELSE '/' END");
        } else {
            add_part(source->entity, &source->parts[i], source->quantity, sql);
            if (i + 1 < end)
                strbuf_adds(sql, " || '/'");
        }
        if (i + 1 < end)
            strbuf_adds(sql, " || ");
    }
}

static void add_address(const struct figure_source *source, struct strbuf *sql)
{
    strbuf_adds(sql, "department || '/' || year || '/' || ");
    add_path(source, source->count, "", sql);
    if (has_field(source->entity, "statement"))
        strbuf_adds(sql, " || CASE statement WHEN '' THEN '' ELSE '@' || statement END");
}

static void add_scope(const struct figure_source *source, struct strbuf *sql)
{
    if (source->count > 3)
        add_path(source, source->count - 3, "/", sql);
    else
        strbuf_adds(sql, "''");
}

/* The file of the scope; records of a form or evaluation are in its file. */
static void add_file(const struct figure_source *source, struct strbuf *sql)
{
    strbuf_adds(sql, "'departments/' || department || '/' || year || '/' || coalesce(nullif(");
    add_scope(source, sql);
    strbuf_adds(sql, ", ''), 'report') || '.json'");
}

static void add_label(const struct entity *entity, struct strbuf *sql)
{
    const struct field *label = entity_label(entity);

    if (label)
        add_name(sql, label->name);
    else
        strbuf_adds(sql, "NULL");
}

static void add_unit(const struct figure_source *source, struct strbuf *sql)
{
    switch (source->quantity->measure) {
    case MEASURE_PERCENT:
        strbuf_adds(sql, "'%'");
        break;
    case MEASURE_SCORE:
        strbuf_adds(sql, "'分'");
        break;
    default:
        strbuf_adds(sql, "unit");
    }
}

static void add_part_name(struct strbuf *sql, const struct field *quantity, enum data_part part)
{
    strbuf_addch(sql, '"');
    data_part_name(quantity, part, sql);
    strbuf_addch(sql, '"');
}

/* The expression for one column of all_figures. */
static void add_figure_column(const struct figure_source *source, const struct data_column *column,
                              struct strbuf *sql)
{
    const struct entity *entity = source->entity;
    const char *name = column->name;

    if (!strcmp(name, "address"))
        add_address(source, sql);
    else if (!strcmp(name, "scope"))
        add_scope(source, sql);
    else if (!strcmp(name, "table"))
        add_part(entity, &source->parts[source->count - 3], source->quantity, sql);
    else if (!strcmp(name, "line"))
        add_part(entity, &source->parts[source->count - 2], source->quantity, sql);
    else if (!strcmp(name, "column"))
        add_part(entity, &source->parts[source->count - 1], source->quantity, sql);
    else if (!strcmp(name, "label"))
        add_label(entity, sql);
    else if (column->part != DATA_WHOLE)
        add_part_name(sql, source->quantity, column->part);
    else if (has_field(entity, name) && strcmp(name, "unit"))
        add_name(sql,
                 name); /* department, year, source_line; of figures also statement, file ... */
    else if (!strcmp(name, "column_label"))
        add_literal(sql, field_title(source->quantity));
    else if (!strcmp(name, "measure"))
        add_literal(sql, measure_name(source->quantity->measure));
    else if (!strcmp(name, "unit"))
        add_unit(source, sql);
    else if (!strcmp(name, "file"))
        add_file(source, sql);
    else
        strbuf_adds(sql, "''"); /* statement: the first one */
    strbuf_adds(sql, " AS ");
    add_name(sql, name);
}

static void add_figures_of(const struct data_plan *plan, const struct data_table *table,
                           const struct field *quantity, bool *first, struct strbuf *sql)
{
    struct figure_source source = {.entity = table->entity, .quantity = quantity};
    const char *pattern = table->entity->address;

    while (source.count < PARTS_MAX && address_part(&pattern, &source.parts[source.count]))
        source.count++;
    strbuf_adds(sql, *first ? "SELECT " : "\nUNION ALL SELECT ");
    *first = false;
    for (size_t i = 0; i < plan->figures.count; i++) {
        strbuf_adds(sql, i ? ", " : "");
        add_figure_column(&source, &plan->figures.columns[i], sql);
    }
    strbuf_adds(sql, " FROM ");
    add_name(sql, table->name);
    strbuf_adds(sql, " WHERE ");
    add_part_name(sql, quantity, DATA_STATED);
    strbuf_adds(sql, " IS NOT NULL");
}

static void add_all_figures(const struct data_plan *plan, struct strbuf *sql)
{
    bool first = true;

    strbuf_adds(sql, "CREATE VIEW " DATABASE_ALL_FIGURES " AS\n");
    for (size_t i = 0; i < plan->count; i++) {
        const struct data_table *table = &plan->tables[i];
        size_t count;
        const struct field *fields = table->entity->fields(&count);

        for (size_t j = 0; !table->is_wide && table->entity->address && j < count; j++)
            if (fields[j].type == FIELD_QUANTITY)
                add_figures_of(plan, table, &fields[j], &first, sql);
    }
    strbuf_adds(sql, ";\n");
}

void sqlite_schema_views(const struct data_plan *plan, struct strbuf *sql)
{
    strbuf_adds(sql, "CREATE INDEX " DATABASE_FIGURES_INDEX
                     " ON figures (\"table\", line, \"column\", year);\n");
    for (size_t i = 0; i < plan->count; i++)
        if (plan->tables[i].is_wide)
            add_wide_view(&plan->tables[i], sql);
    add_all_figures(plan, sql);
}
