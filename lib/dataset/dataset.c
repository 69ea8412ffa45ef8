#include "base/base.h"

#include "dataset/dataset.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "model/lookup.h"
#include "model/walk.h"
#include "text/csv.h"
#include "text/json_write.h"

enum { PARTS = 3 }; /* at most, of one field */

/* --- the plan --- */

void data_part_name(const struct field *quantity, enum data_part part, struct strbuf *out)
{
    static const char *const names[] = {[DATA_STATED] = "stated", [DATA_SCALE] = "scale"};
    bool is_plain = !strcmp(quantity->name, "value");

    if (part == DATA_VALUE)
        strbuf_adds(out, quantity->name);
    else if (is_plain)
        strbuf_adds(out, names[part]);
    else
        strbuf_addf(out, "%s_%s", quantity->name, names[part]);
}

static void add_column(struct data_table *table, const char *name, const struct field *field,
                       enum data_part part, struct arena *arena)
{
    struct strbuf key = STRBUF_INIT;

    strbuf_addf(&key, "\"%s\": ", name); /* names are letters, digits and underscores */
    table->columns[table->count++] =
        (struct data_column){name, arena_strndup(arena, key.buf, key.len), key.len, field, part};
    strbuf_release(&key);
}

static void add_quantity(struct data_table *table, const struct field *field, struct arena *arena)
{
    struct strbuf name = STRBUF_INIT;

    for (enum data_part part = DATA_VALUE; part <= DATA_SCALE; part++) {
        strbuf_clear(&name);
        data_part_name(field, part, &name);
        add_column(table, arena_strndup(arena, name.buf, name.len), field, part, arena);
    }
    strbuf_release(&name);
}

static void add_field(struct data_table *table, const struct field *field, struct arena *arena)
{
    if (field->flags & FIELD_NO_DATA)
        return;
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_INTEGER:
    case FIELD_FLAG:
        add_column(table, field->name, field, DATA_WHOLE, arena);
        break;
    case FIELD_QUANTITY:
        add_quantity(table, field, arena);
        break;
    default:
        break; /* what has rows of its own, or is no data */
    }
}

void data_table_plan(struct data_table *table, const struct entity *entity, struct arena *arena)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    *table = (struct data_table){.name = entity->table,
                                 .title = entity->title,
                                 .title_en = entity->title_en,
                                 .entity = entity};
    table->year = entity_find(entity, "year", 4);
    table->columns = arena_alloc(arena, count * PARTS * sizeof(*table->columns));
    for (size_t i = 0; i < count; i++)
        add_field(table, &fields[i], arena);
}

/* The fields of a line that identify it in a wide table. */
static const char *const wide_keys[] = {"department", "year", "id", "label"};

static bool has_column(const struct catalog *catalog, const char *table, const char *column)
{
    for (size_t i = 0; i < catalog->profile_count; i++) {
        const struct profile_table *form = profile_table(&catalog->profiles[i], table);

        if (form && profile_table_column(form, column, NULL))
            return true;
    }
    return false;
}

static void plan_wide(struct data_table *table, const struct catalog *catalog,
                      const struct profile_table *form, struct arena *arena)
{
    *table = (struct data_table){.name = form->id.s,
                                 .title = form->title.s,
                                 .entity = &entity_line,
                                 .is_wide = true,
                                 .year = entity_find(&entity_line, "year", 4)};
    table->columns = arena_alloc(arena, (ARRAY_SIZE(wide_keys) + COLUMN_COUNT * PARTS) *
                                            sizeof(*table->columns));
    for (size_t i = 0; i < ARRAY_SIZE(wide_keys); i++) {
        const struct field *field = entity_find(&entity_line, wide_keys[i], strlen(wide_keys[i]));

        add_column(table, strcmp(field->name, "id") ? field->name : "line", field, DATA_WHOLE,
                   arena);
    }
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (has_column(catalog, form->id.s, columns[i].name))
            add_quantity(table, &columns[i], arena);
}

static bool is_planned(const struct data_plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->count; i++)
        if (!strcmp(plan->tables[i].name, name))
            return true;
    return false;
}

void data_plan_init(struct data_plan *plan, const struct catalog *catalog, struct arena *arena)
{
    size_t most = 0;

    for (const struct entity *const *entity = dataset_entities; *entity; entity++)
        most++;
    for (size_t i = 0; i < catalog->profile_count; i++)
        most += catalog->profiles[i].tables.count;
    plan->tables = arena_alloc(arena, most * sizeof(*plan->tables));
    plan->count = 0;
    for (const struct entity *const *entity = dataset_entities; *entity; entity++)
        data_table_plan(&plan->tables[plan->count++], *entity, arena);
    for (size_t i = 0; i < catalog->profile_count; i++) {
        const struct profile *profile = &catalog->profiles[i];

        for (size_t j = 0; j < profile->tables.count; j++)
            if (!is_planned(plan, profile->tables.items[j].id.s))
                plan_wide(&plan->tables[plan->count++], catalog, &profile->tables.items[j], arena);
    }
    data_table_plan(&plan->figures, &entity_all_figure, arena);
    plan->figures.name = DATABASE_ALL_FIGURES;
}

/* --- rows --- */

/* The quantity of a column, never NULL. */
static const struct quantity *quantity_of(const struct data_table *table,
                                          const struct data_column *column, const void *record,
                                          const struct quantity *const *wide)
{
    static const struct quantity absent = {0};
    const struct quantity *q;

    if (!table->is_wide)
        return field_at(column->field, record);
    q = wide[column->field - columns];
    return q ? q : &absent;
}

void data_csv_header(const struct data_table *table, struct strbuf *out)
{
    struct csv_writer w = {out, false};

    for (size_t i = 0; i < table->count; i++)
        if (table->columns[i].part != DATA_SCALE)
            csv_put_string(&w, table->columns[i].name);
    csv_end_row(&w);
}

static void csv_whole(struct csv_writer *w, const struct field *field, const void *record)
{
    if (field->type == FIELD_INTEGER) {
        const struct integer *integer = field_at(field, record);

        csv_begin_cell(w);
        if (integer->present)
            strbuf_add_int(w->out, integer->value);
    } else if (field->type == FIELD_FLAG) {
        const struct flag *flag = field_at(field, record);

        csv_begin_cell(w);
        if (flag->present)
            strbuf_adds(w->out, flag->value ? "true" : "false");
    } else {
        const struct text *text = field_text(field, record);

        csv_put_text(w, text->s ? text->s : "", text->len);
    }
}

void data_csv_row(const struct data_table *table, const void *record, struct strbuf *out)
{
    const struct quantity *wide[COLUMN_COUNT];
    struct csv_writer w = {out, false};

    if (table->is_wide)
        line_quantities(record, wide);
    for (size_t i = 0; i < table->count; i++) {
        const struct data_column *column = &table->columns[i];

        switch (column->part) {
        case DATA_WHOLE:
            csv_whole(&w, column->field, record);
            break;
        case DATA_VALUE:
            csv_begin_cell(&w);
            quantity_add_value(quantity_of(table, column, record, wide), out);
            break;
        case DATA_STATED:
            csv_begin_cell(&w);
            quantity_add_stated(quantity_of(table, column, record, wide), out);
            break;
        case DATA_SCALE:
            break;
        }
    }
    csv_end_row(&w);
}

static void json_whole(struct json_writer *w, const struct field *field, const void *record)
{
    if (field->type == FIELD_INTEGER) {
        const struct integer *integer = field_at(field, record);

        if (integer->present)
            json_write_int(w, integer->value);
        else
            json_write_raw(w, "null", 4);
    } else if (field->type == FIELD_FLAG) {
        const struct flag *flag = field_at(field, record);

        if (flag->present)
            json_write_bool(w, flag->value);
        else
            json_write_raw(w, "null", 4);
    } else {
        const struct text *text = field_text(field, record);

        if (text->s || data_is_empty_key(field))
            json_write_string(w, text->s ? text->s : "", text->len);
        else
            json_write_raw(w, "null", 4);
    }
}

/* A part of a quantity; `cell` is to work with. */
static void json_part(struct json_writer *w, enum data_part part, const struct quantity *q,
                      struct strbuf *cell)
{
    strbuf_clear(cell);
    if (part == DATA_VALUE)
        quantity_add_value(q, cell);
    else
        quantity_add_stated(q, cell);
    if (!cell->len)
        json_write_raw(w, "null", 4);
    else if (part == DATA_VALUE)
        json_write_raw(w, cell->buf, cell->len);
    else
        json_write_string(w, cell->buf, cell->len);
}

void data_json_row(const struct data_table *table, const void *record, struct strbuf *out)
{
    const struct quantity *wide[COLUMN_COUNT];
    struct strbuf cell = STRBUF_INIT;
    struct json_writer w;

    if (table->is_wide)
        line_quantities(record, wide);
    json_writer_init(&w, out, 0);
    json_write_object(&w);
    for (size_t i = 0; i < table->count; i++) {
        const struct data_column *column = &table->columns[i];

        if (column->part == DATA_SCALE)
            continue;
        json_write_ready_key(&w, column->json_key, column->json_key_len);
        if (column->part == DATA_WHOLE)
            json_whole(&w, column->field, record);
        else
            json_part(&w, column->part, quantity_of(table, column, record, wide), &cell);
    }
    json_write_object_end(&w);
    strbuf_release(&cell);
}

void data_walk(const struct department *department,
               bool (*visit)(void *ctx, const struct entity *entity, const void *record), void *ctx)
{
    if (department->level.s) {
        record_walk(&entity_department, department, visit, ctx);
        return;
    }
    for (size_t i = 0; i < department->revisions.count; i++)
        record_walk(&entity_department_revision, &department->revisions.items[i], visit, ctx);
}
