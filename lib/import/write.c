#include "base/base.h"

#include "import/write.h"

#include "base/strbuf.h"
#include "model/entities.h"
#include "text/json_write.h"

static void put_quantity(struct json_writer *w, const struct quantity *q)
{
    struct strbuf stated = STRBUF_INIT;

    if (q->state == QUANTITY_STATED) {
        decimal_format(q->number, &stated);
        json_write_string(w, stated.buf, stated.len);
    } else {
        json_write_object(w);
        json_write_key(w, "na");
        if (q->state == QUANTITY_DASH)
            json_write_string(w, "dash", strlen("dash"));
        else
            json_write_string(w, "not-involved", strlen("not-involved"));
        json_write_object_end(w);
    }
    strbuf_release(&stated);
}

static void put_figures(struct json_writer *w, struct list list)
{
    const struct figure *figures = list.items;

    for (size_t column = 0; column < COLUMN_COUNT; column++)
        for (size_t i = 0; i < list.count; i++)
            if (text_is(&figures[i].column, columns[column].name) &&
                figures[i].value.state != QUANTITY_ABSENT) {
                json_write_key(w, columns[column].name);
                put_quantity(w, &figures[i].value);
            }
}

static void put_record(struct json_writer *w, const struct entity *entity, const void *record,
                       const char *schema);

/* Whether a record of it holds lists that are worth lines of their own. */
static bool is_open(const struct entity *entity)
{
    return entity == &entity_table || entity == &entity_report || entity == &entity_project ||
           entity == &entity_evaluation || entity == &entity_department;
}

static void put_child(struct json_writer *w, const struct entity *child, const void *record)
{
    unsigned open = w->open_levels;

    if (!is_open(child) && w->depth < open)
        w->open_levels = w->depth;
    put_record(w, child, record, NULL);
    w->open_levels = open;
}

static void put_list(struct json_writer *w, const struct field *field, const void *record)
{
    struct list list = field_list(field, record);
    const struct field *key = field->type == FIELD_MAP ? entity_map_key(field->child) : NULL;

    if (!list.count)
        return;
    json_write_key(w, field->name);
    if (key)
        json_write_object(w);
    else
        json_write_array(w);
    for (size_t i = 0; i < list.count; i++) {
        const void *item = (const char *)list.items + i * field->child->size;

        if (key)
            json_write_key(w, field_text(key, item)->s);
        put_child(w, field->child, item);
    }
    if (key)
        json_write_object_end(w);
    else
        json_write_array_end(w);
}

static void put_quantities(struct json_writer *w, const struct field *field, const void *record)
{
    struct list list = field_list(field, record);
    const struct quantity *items = list.items;

    if (!list.count)
        return;
    json_write_key(w, field->name);
    json_write_array(w);
    for (size_t i = 0; i < list.count; i++)
        put_quantity(w, &items[i]);
    json_write_array_end(w);
}

static void put_text(struct json_writer *w, const struct field *field, const struct text *text)
{
    if (!text->s)
        return;
    json_write_key(w, field->name);
    json_write_string(w, text->s, text->len);
}

static void put_integer(struct json_writer *w, const struct field *field, const void *record)
{
    const struct integer *n = field_at(field, record);

    if (!n->present)
        return;
    json_write_key(w, field->name);
    json_write_int(w, n->value);
}

static void put_flag(struct json_writer *w, const struct field *field, const void *record)
{
    const struct flag *flag = field_at(field, record);

    if (!flag->present)
        return;
    json_write_key(w, field->name);
    json_write_bool(w, flag->value);
}

static void put_field(struct json_writer *w, const struct field *field, const void *record)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_CHOICE:
        put_text(w, field, field_text(field, record));
        break;
    case FIELD_INTEGER:
        put_integer(w, field, record);
        break;
    case FIELD_FLAG:
        put_flag(w, field, record);
        break;
    case FIELD_QUANTITY: {
        const struct quantity *q = field_at(field, record);

        if (q->state == QUANTITY_ABSENT)
            break;
        json_write_key(w, field->name);
        put_quantity(w, q);
        break;
    }
    case FIELD_QUANTITIES:
        put_quantities(w, field, record);
        break;
    case FIELD_OBJECT:
        if (field_object(field, record)) {
            json_write_key(w, field->name);
            put_child(w, field->child, field_object(field, record));
        }
        break;
    case FIELD_LIST:
    case FIELD_MAP:
        put_list(w, field, record);
        break;
    case FIELD_FIGURES:
    case FIELD_JSON:   /* no source that is imported has any */
    case FIELD_MARKUP: /* never in a source */
        break;
    }
}

static void put_record(struct json_writer *w, const struct entity *entity, const void *record,
                       const char *schema)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    json_write_object(w);
    if (schema) {
        json_write_key(w, "$schema");
        json_write_string(w, schema, strlen(schema));
    }
    for (size_t i = 0; i < count; i++) {
        if (fields[i].type == FIELD_FIGURES && !(fields[i].flags & FIELD_DERIVED))
            put_figures(w, field_list(&fields[i], record));
        else if (field_in_source(&fields[i]))
            put_field(w, &fields[i], record);
    }
    json_write_object_end(w);
}

void write_record(const struct entity *entity, const void *record, const char *schema,
                  struct strbuf *out)
{
    enum { OPEN = 16 };
    struct json_writer w;

    json_writer_init(&w, out, OPEN);
    put_record(&w, entity, record, schema);
    json_write_finish(&w);
}
