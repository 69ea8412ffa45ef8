#include "base/base.h"

#include "model/schema.h"

#include "base/strbuf.h"
#include "model/entities.h"

/* The entities that a schema refers to, each once. */
enum { DEFINITIONS_MAX = 64 };

struct writer {
    const struct entity *entities[DEFINITIONS_MAX];
    size_t count;
};

static json_t *reference(struct writer *w, const struct entity *entity)
{
    struct strbuf path = STRBUF_INIT;
    json_t *reference;
    size_t i = 0;

    while (i < w->count && w->entities[i] != entity)
        i++;
    if (i == w->count) {
        if (w->count == DEFINITIONS_MAX)
            abort();
        w->entities[w->count++] = entity;
    }
    strbuf_addf(&path, "#/$defs/%s", entity->name);
    reference = json_pack("{s:s}", "$ref", path.buf);
    strbuf_release(&path);
    return reference;
}

static json_t *text_schema(const struct field *field)
{
    json_t *schema = json_pack("{s:s, s:i}", "type", "string", "minLength", 1);

    if (field->form->pattern)
        json_object_set_new(schema, "pattern", json_string(field->form->pattern));
    return schema;
}

static json_t *choice_schema(const struct field *field)
{
    json_t *values = json_array();

    for (const struct choice *choice = field->choices; choice->id; choice++)
        json_array_append_new(values, json_string(choice->id));
    return json_pack("{s:o}", "enum", values);
}

/* The keys that say nothing, which any object may have. */
static void add_remarks(json_t *properties)
{
    json_object_set_new(properties, "$schema", json_pack("{s:s}", "type", "string"));
    json_object_set_new(properties, "$comment", json_pack("{s:s}", "type", "string"));
}

static json_t *map_schema(struct writer *w, const struct entity *child)
{
    json_t *remarks = json_object();

    add_remarks(remarks);
    return json_pack("{s:s, s:o, s:{s:[{s:[s, s]}, {s:s}]}, s:o}", "type", "object", "properties",
                     remarks, "propertyNames", "anyOf", "enum", "$schema", "$comment", "pattern",
                     entity_map_key(child)->form->pattern, "additionalProperties",
                     reference(w, child));
}

static json_t *type_schema(struct writer *w, const struct field *field)
{
    switch (field->type) {
    case FIELD_TEXT:
        return text_schema(field);
    case FIELD_CHOICE:
        return choice_schema(field);
    case FIELD_INTEGER:
        return json_pack("{s:s}", "type", "integer");
    case FIELD_FLAG:
        return json_pack("{s:s}", "type", "boolean");
    case FIELD_QUANTITY:
        return json_pack("{s:s}", "$ref", "#/$defs/quantity");
    case FIELD_QUANTITIES:
        return json_pack("{s:s, s:{s:s}}", "type", "array", "items", "$ref", "#/$defs/quantity");
    case FIELD_OBJECT:
        return reference(w, field->child);
    case FIELD_LIST:
        return json_pack("{s:s, s:o}", "type", "array", "items", reference(w, field->child));
    case FIELD_MAP:
        return map_schema(w, field->child);
    default:
        return json_object(); /* anything */
    }
}

static json_t *field_schema(struct writer *w, const struct field *field)
{
    json_t *schema = type_schema(w, field);

    if (field->type == FIELD_LIST && (field->flags & FIELD_REQUIRED))
        json_object_set_new(schema, "minItems", json_integer(1));
    json_object_set_new(schema, "title", json_string(field_title(field)));
    json_object_set_new(schema, "description", json_string(field_description(field)));
    return schema;
}

static void add_columns(struct writer *w, json_t *properties)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        json_object_set_new(properties, columns[i].name, field_schema(w, &columns[i]));
}

static json_t *entity_schema(struct writer *w, const struct entity *entity)
{
    size_t count;
    const struct field *fields = entity->fields(&count);
    json_t *properties = json_object(), *required = json_array();

    add_remarks(properties);
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &fields[i];

        if (field->type == FIELD_FIGURES)
            add_columns(w, properties);
        if (!field_in_source(field))
            continue;
        json_object_set_new(properties, field->name, field_schema(w, field));
        if (field->flags & FIELD_REQUIRED)
            json_array_append_new(required, json_string(field->name));
    }
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:b}", "title", entity->title, "description",
                     entity->description, "type", "object", "properties", properties, "required",
                     required, "additionalProperties", 0);
}

/* A number as sources write it. */
static json_t *quantity_schema(void)
{
    return json_pack("{s:s, s:[{s:s, s:s}, {s:s}, {s:s, s:{s:{s:[s, s]}}, s:[s], s:b}]}",
                     "description",
                     "按原文书写的十进制数，不带千位分隔符和百分号；或者说明为什么没有数字",
                     "oneOf", "type", "string", "pattern", "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$",
                     "type", "number", "type", "object", "properties", "na", "enum", "dash",
                     "not-involved", "required", "na", "additionalProperties", 0);
}

void schema_write(const struct entity *entity, struct strbuf *out)
{
    struct writer w = {.count = 0};
    json_t *definitions = json_object(), *root = entity_schema(&w, entity), *schema;
    char *text;

    /* the list grows while the entities on it are described */
    for (size_t i = 0; i < w.count; i++)
        json_object_set_new(definitions, w.entities[i]->name, entity_schema(&w, w.entities[i]));
    json_object_set_new(definitions, "quantity", quantity_schema());
    schema = json_pack("{s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_object_update(schema, root);
    json_object_set_new(schema, "$defs", definitions);
    text = json_dumps(schema, JSON_INDENT(2));
    strbuf_adds(out, text);
    strbuf_addch(out, '\n');
    free(text);
    json_decref(root);
    json_decref(schema);
}
