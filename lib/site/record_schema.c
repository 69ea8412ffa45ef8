#include "base/base.h"

#include "site/record_schema.h"

#include "base/strbuf.h"
#include "model/entities.h"
#include "text/utf8.h"

/* What a name says about its field, beyond the field itself: kept as the `type` of scalar slots. */
struct aspect {
    const char *ending;
    enum field_type of;
    enum mustache_kind kind;
};

static const struct aspect aspects[] = {
    {"_stated", FIELD_QUANTITY, MUSTACHE_TEXT},   {"_value", FIELD_QUANTITY, MUSTACHE_TEXT},
    {"_unit", FIELD_QUANTITY, MUSTACHE_TEXT},     {"_negative", FIELD_QUANTITY, MUSTACHE_FLAG},
    {"_title", FIELD_CHOICE, MUSTACHE_TEXT},      {"_unit_title", FIELD_QUANTITY, MUSTACHE_TEXT},
    {"_title", FIELD_TEXT, MUSTACHE_TEXT},        {"_foreign", FIELD_TEXT, MUSTACHE_FLAG},
    {"_findings", FIELD_QUANTITY, MUSTACHE_LIST},
};

enum {
    ASPECT_STATED,
    ASPECT_VALUE,
    ASPECT_UNIT,
    ASPECT_NEGATIVE,
    ASPECT_TITLE,
    ASPECT_UNIT_TITLE,
    ASPECT_TEXT_TITLE,
    ASPECT_FOREIGN,
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

/* A unit has a title though it is any text. */
static bool is_name_of(const struct field *field, size_t aspect)
{
    return aspect != ASPECT_TEXT_TITLE || !strcmp(field->name, "unit");
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
        if (field && field->type == aspects[i].of && is_name_of(field, i)) {
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

static const char *title_of(enum naming naming, const struct choice *choice)
{
    return naming == NAMED_IN_ENGLISH ? choice->title_en : choice->title;
}

/* What a unit is called: one of money by its title, another as it is. */
static const char *unit_title(enum naming naming, const char *unit, size_t len)
{
    const struct choice *choice = choice_find(money_choices, unit, len);

    return choice ? title_of(naming, choice) : unit;
}

static void quantity_text(enum naming naming, int aspect, const struct quantity *q,
                          struct strbuf *scratch)
{
    switch (aspect) {
    case ASPECT_UNIT_TITLE:
        strbuf_adds(scratch, q->unit ? unit_title(naming, q->unit, strlen(q->unit)) : "");
        break;
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

static void text_in(enum naming naming, const struct mustache_slot *slot, const void *object,
                    struct strbuf *scratch, const char **s, size_t *len)
{
    const struct field *field = slot->field;
    const struct text *own;

    if (field->type == FIELD_QUANTITY) {
        quantity_text(naming, aspect_of(slot), field_at(field, object), scratch);
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

            *s = choice ? title_of(naming, choice) : own->s;
            *len = strlen(*s);
        } else if (aspect_of(slot) == ASPECT_TEXT_TITLE && own->s) {
            *s = unit_title(naming, own->s, own->len);
            *len = strlen(*s);
        }
        return;
    }
    *s = scratch->buf;
    *len = scratch->len;
}

static void text_in_chinese(const struct mustache_slot *slot, const void *object,
                            struct strbuf *scratch, const char **s, size_t *len)
{
    text_in(NAMED_IN_CHINESE, slot, object, scratch, s, len);
}

static void text_in_english(const struct mustache_slot *slot, const void *object,
                            struct strbuf *scratch, const char **s, size_t *len)
{
    text_in(NAMED_IN_ENGLISH, slot, object, scratch, s, len);
}

static bool truthy_in(enum naming naming, const struct mustache_slot *slot, const void *object)
{
    const struct field *field = slot->field;
    const struct quantity *q;
    const struct text *own;

    switch (field->type) {
    case FIELD_FLAG:
        return ((const struct flag *)field_at(field, object))->value;
    case FIELD_INTEGER:
        return ((const struct integer *)field_at(field, object))->present;
    case FIELD_QUANTITY:
        q = field_at(field, object);
        if (aspect_of(slot) == ASPECT_NEGATIVE)
            return q->state == QUANTITY_STATED && q->number.units < 0;
        if (aspect_of(slot) == ASPECT_UNIT || aspect_of(slot) == ASPECT_UNIT_TITLE)
            return q->unit != NULL;
        if (aspect_of(slot) == ASPECT_VALUE)
            return q->state == QUANTITY_STATED;
        return q->state != QUANTITY_ABSENT;
    default:
        own = field_text(field, object);
        if (aspect_of(slot) == ASPECT_FOREIGN)
            return naming == NAMED_IN_ENGLISH && own->s && utf8_has_han(own->s, own->len);
        return own->len > 0;
    }
}

static bool truthy_in_chinese(const struct mustache_slot *slot, const void *object)
{
    return truthy_in(NAMED_IN_CHINESE, slot, object);
}

static bool truthy_in_english(const struct mustache_slot *slot, const void *object)
{
    return truthy_in(NAMED_IN_ENGLISH, slot, object);
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

#define SCHEMA(text_function, truthy_function)                                                     \
    {                                                                                              \
        .find = find, .name = name, .title = title, .text = (text_function),                       \
        .truthy = (truthy_function), .object = object, .count = count, .item = item, .json = json, \
    }

const struct mustache_schema record_schemas[] = {
    [NAMED_IN_CHINESE] = SCHEMA(text_in_chinese, truthy_in_chinese),
    [NAMED_IN_ENGLISH] = SCHEMA(text_in_english, truthy_in_english),
};

enum naming naming_of(const char *language)
{
    return strcspn(language, "-") == 2 && !memcmp(language, "zh", 2) ? NAMED_IN_CHINESE
                                                                     : NAMED_IN_ENGLISH;
}
