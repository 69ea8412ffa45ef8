#include "base/base.h"

#include "site/record_schema.h"

#include "base/strbuf.h"
#include "model/entities.h"

/* What a name says about its field, beyond the field itself: kept as the `type` of scalar slots. */
struct aspect {
    const char *ending;
    enum field_type of;
    enum mustache_kind kind;
};

static const struct aspect aspects[] = {
    {"_stated", FIELD_QUANTITY, MUSTACHE_TEXT}, {"_value", FIELD_QUANTITY, MUSTACHE_TEXT},
    {"_unit", FIELD_QUANTITY, MUSTACHE_TEXT},   {"_negative", FIELD_QUANTITY, MUSTACHE_FLAG},
    {"_title", FIELD_CHOICE, MUSTACHE_TEXT},    {"_findings", FIELD_QUANTITY, MUSTACHE_LIST},
};

enum {
    ASPECT_STATED,
    ASPECT_VALUE,
    ASPECT_UNIT,
    ASPECT_NEGATIVE,
    ASPECT_TITLE,
};

static enum mustache_kind kind_of(const struct field *field)
{
    switch (field->type) {
    case FIELD_FLAG:
        return MUSTACHE_FLAG;
    case FIELD_MARKUP:
        return MUSTACHE_MARKUP;
    case FIELD_OBJECT:
        return MUSTACHE_OBJECT;
    case FIELD_LIST:
    case FIELD_MAP:
    case FIELD_FIGURES:
        return MUSTACHE_LIST;
    case FIELD_JSON:
        return MUSTACHE_JSON;
    default:
        return MUSTACHE_TEXT;
    }
}

static bool find(const void *type, const char *name, size_t len, struct mustache_slot *slot)
{
    const struct entity *entity = type;
    const struct field *field = entity_find(entity, name, len);

    memset(slot, 0, sizeof(*slot));
    if (field && field->type == FIELD_QUANTITIES)
        return false;
    if (field) {
        slot->kind = kind_of(field);
        slot->field = field;
        slot->type = field->child;
        return true;
    }
    for (size_t i = 0; i < ARRAY_SIZE(aspects); i++) {
        size_t ending = strlen(aspects[i].ending);

        if (len <= ending || memcmp(name + len - ending, aspects[i].ending, ending))
            continue;
        field = entity_find(entity, name, len - ending);
        if (field && field->type == aspects[i].of) {
            slot->kind = aspects[i].kind;
            slot->field = field;
            slot->type = &aspects[i];
            if (slot->kind == MUSTACHE_LIST) /* of a figure: what was found about it */
                slot->type = &entity_finding;
            return true;
        }
    }
    return false;
}

static const char *name(const void *type, size_t i)
{
    size_t count;
    const struct field *fields = ((const struct entity *)type)->fields(&count);

    return i < count ? fields[i].name : NULL;
}

static const char *title(const void *type)
{
    return ((const struct entity *)type)->name;
}

/* Which aspect a scalar slot is of; -1: the field itself. */
static int aspect_of(const struct mustache_slot *slot)
{
    return slot->type ? (int)((const struct aspect *)slot->type - aspects) : -1;
}

static void quantity_text(int aspect, const struct quantity *q, struct strbuf *scratch)
{
    switch (aspect) {
    case ASPECT_STATED:
        quantity_add_stated(q, scratch);
        break;
    case ASPECT_VALUE:
        quantity_add_value(q, scratch);
        break;
    case ASPECT_UNIT:
        strbuf_adds(scratch, q->unit ? q->unit : "");
        break;
    default:
        quantity_add_shown(q, scratch);
    }
}

static void text(const struct mustache_slot *slot, const void *object, struct strbuf *scratch,
                 const char **s, size_t *len)
{
    const struct field *field = slot->field;
    const struct text *own;

    if (field->type == FIELD_QUANTITY) {
        quantity_text(aspect_of(slot), field_at(field, object), scratch);
    } else if (field->type == FIELD_INTEGER) {
        const struct integer *integer = field_at(field, object);

        if (integer->present)
            strbuf_add_int(scratch, integer->value);
    } else {
        own = field_text(field, object);
        *s = own->s ? own->s : "";
        *len = own->len;
        if (aspect_of(slot) == ASPECT_TITLE && own->s) {
            const struct choice *choice = choice_find(field->choices, own->s, own->len);

            *s = choice ? choice->title : own->s;
            *len = strlen(*s);
        }
        return;
    }
    *s = scratch->buf;
    *len = scratch->len;
}

static bool truthy(const struct mustache_slot *slot, const void *object)
{
    const struct field *field = slot->field;
    const struct quantity *q;

    switch (field->type) {
    case FIELD_FLAG:
        return ((const struct flag *)field_at(field, object))->value;
    case FIELD_INTEGER:
        return ((const struct integer *)field_at(field, object))->present;
    case FIELD_QUANTITY:
        q = field_at(field, object);
        if (aspect_of(slot) == ASPECT_NEGATIVE)
            return q->state == QUANTITY_STATED && q->number.units < 0;
        if (aspect_of(slot) == ASPECT_UNIT)
            return q->unit != NULL;
        if (aspect_of(slot) == ASPECT_VALUE)
            return q->state == QUANTITY_STATED;
        return q->state != QUANTITY_ABSENT;
    default:
        return field_text(field, object)->len > 0;
    }
}

static const void *object(const struct mustache_slot *slot, const void *record)
{
    return field_object(slot->field, record);
}

/* What was found about a figure. */
static const struct quantity_findings *findings(const struct mustache_slot *slot,
                                                const void *record)
{
    const struct field *field = slot->field;

    return field->type == FIELD_QUANTITY
               ? ((const struct quantity *)field_at(field, record))->findings
               : NULL;
}

static size_t count(const struct mustache_slot *slot, const void *record)
{
    if (((const struct field *)slot->field)->type == FIELD_QUANTITY)
        return findings(slot, record) ? findings(slot, record)->count : 0;
    return field_list(slot->field, record).count;
}

static const void *item(const struct mustache_slot *slot, const void *record, size_t i)
{
    const struct field *field = slot->field;

    if (field->type == FIELD_QUANTITY)
        return findings(slot, record)->items[i];
    return (const char *)field_list(field, record).items + i * field->child->size;
}

static const json_t *json(const struct mustache_slot *slot, const void *record)
{
    return field_object(slot->field, record);
}

const struct mustache_schema record_schema = {
    .find = find,
    .name = name,
    .title = title,
    .text = text,
    .truthy = truthy,
    .object = object,
    .count = count,
    .item = item,
    .json = json,
};
