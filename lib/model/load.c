#include "base/base.h"

#include "model/load.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "model/entities.h"
#include "model/found_keys.h"
#include "model/load_hint.h"
#include "model/load_keys.h"
#include "model/load_like.h"
#include "model/number_hint.h"
#include "text/escape.h"
#include "text/json_read.h"
#include "text/json_tree.h"

struct loader {
    struct json_reader json;
    struct found_keys keys;
    const struct source_text *source;
    struct arena *arena;
    struct errs *errs;
    struct strbuf shown;          /* see shown() */
    const struct load_like *like; /* another version, or NULL */
    const void *like_record;      /* what the record that is being loaded is in it, or NULL */
    struct list_spans *spans;     /* of the lists that were loaded */
};

static int load_object(struct loader *l, const struct entity *entity, void *record);

static struct place here(const struct loader *l)
{
    return (struct place){l->json.line, (uint32_t)l->json.offset};
}

/* Adds an error at the value that was read last. */
#define FAIL(l, id, ...) source_error((l)->errs, (l)->source, here(l), id, __VA_ARGS__)

/* The text that was read last, for a message, between quotes. Good until the next call. */
static const char *shown(struct loader *l, const char *quote)
{
    strbuf_clear(&l->shown);
    strbuf_adds(&l->shown, quote);
    escape_message_cut(&l->shown, l->json.text, l->json.text_len);
    strbuf_adds(&l->shown, quote);
    return l->shown.buf;
}

/* Keys that any object may have, with a string that is not used. */
static const char *const remarks[] = {"$schema", "$comment", NULL};

/* Which of them was read; NULL: none. */
static const char *remark(const struct json_reader *r)
{
    for (const char *const *name = remarks; *name; name++)
        if (r->text_len == strlen(*name) && !memcmp(r->text, *name, r->text_len))
            return *name;
    return NULL;
}

/* The value that was read last, whatever it is. */
static const char *shown_value(struct loader *l)
{
    const struct json_reader *r = &l->json;

    switch (r->event) {
    case JSON_READ_TRUE:
        return "true";
    case JSON_READ_FALSE:
        return "false";
    case JSON_READ_STRING:
        return r->text_len <= 40 ? shown(l, "'") : "a string";
    case JSON_READ_NUMBER:
        return r->text_len <= 40 ? shown(l, "") : "a number";
    default:
        return json_event_name(r->event);
    }
}

static const char an_integer[] = "an integer", a_text[] = "a string";

/* The value is not of the wanted kind: says so and skips it. */
static int wrong_type(struct loader *l, const char *name, const char *wanted)
{
    struct err *err =
        FAIL(l, "wrong-type", "'%s' must be %s, found %s", name, wanted, shown_value(l));

    if (l->json.event == JSON_READ_NULL)
        err_hint(err, "leave it out where the document states nothing");
    else if (l->json.event == JSON_READ_STRING && wanted == an_integer && l->json.text_len &&
             strspn(l->json.text, "0123456789") >= l->json.text_len)
        err_hint(err, "write it without quotes");
    else if (l->json.event == JSON_READ_NUMBER && wanted == a_text)
        err_hint(err, "write it in double quotes: %s", shown(l, "\""));
    return json_skip(&l->json);
}

static int skip_remark(struct loader *l, const char *name)
{
    return json_next(&l->json) == JSON_READ_STRING ? 0 : wrong_type(l, name, "a string");
}

static struct text copy_text(struct loader *l)
{
    const struct json_reader *r = &l->json;
    struct text text = {arena_strndup(l->arena, r->text, r->text_len), (uint32_t)r->text_len,
                        here(l)};

    return text;
}

/* --- texts --- */

/* C0 but for line feeds, DEL and C1. */
static bool has_control(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)s[i] < 0x20 && s[i] != '\n') || s[i] == 0x7F ||
            (s[i] == '\xC2' && (unsigned char)s[i + 1] < 0xA0))
            return true;
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* What was read must be a text of that form. Messages call it `of` and 'name'. */
static int check_text(struct loader *l, const char *of, const char *name,
                      const struct text_form *form)
{
    const struct json_reader *r = &l->json;

    if (!r->text_len)
        err_hint(FAIL(l, "empty-text", "%s'%s' is empty", of, name), "leave the key out");
    else if (has_control(r->text, r->text_len))
        FAIL(l, "control-character", "%s'%s' contains a control character", of, name);
    else if (is_space(r->text[0]) || is_space(r->text[r->text_len - 1]))
        FAIL(l, "stray-space", "%s'%s' begins or ends with a space", of, name);
    else if (form->max && r->text_len > form->max && form->accepts(r->text, form->max))
        err_hint(FAIL(l, "too-long", "%s'%s' is %zu characters long", of, name, r->text_len),
                 "ids and names have at most %zu", form->max);
    else if (!form->accepts(r->text, r->text_len))
        load_hint_form(FAIL(l, "wrong-form", "%s'%s' must be %s, found %s", of, name, form->wanted,
                            shown(l, "'")),
                       form, r->text, r->text_len);
    else
        return 0;
    return -1;
}

static int load_text(struct loader *l, const struct field *field, void *record)
{
    struct text *text = (struct text *)((char *)record + field->offset);

    if (l->json.event != JSON_READ_STRING)
        return wrong_type(l, field->name, a_text);
    if (!check_text(l, "", field->name, field->form))
        *text = copy_text(l);
    return 0;
}

static int load_choice(struct loader *l, const struct field *field, void *record)
{
    struct text *text = (struct text *)((char *)record + field->offset);
    const struct json_reader *r = &l->json;
    const struct choice *choice;

    if (r->event != JSON_READ_STRING)
        return wrong_type(l, field->name, "a string");
    choice = choice_find(field->choices, r->text, r->text_len);
    if (choice) {
        *text = text_of(choice->id);
        text->at = here(l);
        return 0;
    }
    load_hint_choice(FAIL(l, "unknown-value", "'%s' cannot be %s", field->name, shown(l, "'")),
                     field->choices, r->text, r->text_len);
    return 0;
}

/* --- numbers --- */

static void too_many_digits(struct loader *l, const char *name)
{
    FAIL(l, "out-of-range", "'%s' has more digits than fit (%d)", name, DECIMAL_SCALE_MAX);
}

/* A number of JSON with an exponent, which no document prints. `quote` is what numbers stand in. */
static bool has_exponent(struct loader *l, const char *name, const char *quote)
{
    const struct json_reader *r = &l->json;

    if (r->event != JSON_READ_NUMBER ||
        (!memchr(r->text, 'e', r->text_len) && !memchr(r->text, 'E', r->text_len)))
        return false;
    load_hint_exponent(
        FAIL(l, "exponent", "'%s' is written with an exponent: %s", name, shown_value(l)), quote,
        r->text, r->text_len);
    return true;
}

static int load_integer(struct loader *l, const struct field *field, void *record)
{
    struct integer *integer = (struct integer *)((char *)record + field->offset);
    enum decimal_status status;
    struct decimal d;

    if (l->json.event != JSON_READ_NUMBER)
        return wrong_type(l, field->name, an_integer);
    if (has_exponent(l, field->name, ""))
        return 0;
    status = decimal_parse(l->json.text, l->json.text_len, &d);
    if (status == DECIMAL_RANGE)
        too_many_digits(l, field->name);
    else if (status != DECIMAL_OK || decimal_rescale(d, 0, &d))
        return wrong_type(l, field->name, an_integer);
    else
        *integer = (struct integer){d.units, true, here(l)};
    return 0;
}

static int load_flag(struct loader *l, const struct field *field, void *record)
{
    struct flag *flag = (struct flag *)((char *)record + field->offset);

    if (l->json.event != JSON_READ_TRUE && l->json.event != JSON_READ_FALSE)
        return wrong_type(l, field->name, "true or false");
    *flag = (struct flag){l->json.event == JSON_READ_TRUE, true, here(l)};
    return 0;
}

static enum quantity_state na_state(const struct json_reader *r)
{
    if (r->event == JSON_READ_STRING && r->text_len == 4 && !memcmp(r->text, "dash", 4))
        return QUANTITY_DASH;
    if (r->event == JSON_READ_STRING && r->text_len == 12 && !memcmp(r->text, "not-involved", 12))
        return QUANTITY_NOT_INVOLVED;
    return QUANTITY_ABSENT;
}

/* {"na": "dash"} or {"na": "not-involved"}, and nothing more */
static int load_na(struct loader *l, const char *name, struct quantity *q)
{
    struct json_reader *r = &l->json;
    struct place at = here(l);
    enum quantity_state state = QUANTITY_ABSENT;

    for (size_t keys = 0; json_next(r) == JSON_READ_KEY; keys++) {
        bool is_na = !keys && r->text_len == 2 && !memcmp(r->text, "na", 2);

        json_next(r);
        state = is_na ? na_state(r) : QUANTITY_ABSENT;
        if (json_skip(r))
            return -1;
    }
    if (r->event == JSON_READ_FAILED)
        return -1;
    if (state == QUANTITY_ABSENT) {
        source_error(l->errs, l->source, at, "wrong-type",
                     "'%s' must be a number or {\"na\": \"dash\"} or {\"na\": \"not-involved\"}",
                     name);
        return 0;
    }
    q->state = (uint8_t)state;
    q->at = at;
    return 0;
}

static int load_quantity(struct loader *l, const char *name, enum measure measure,
                         struct quantity *q)
{
    const struct json_reader *r = &l->json;
    enum decimal_status status;

    q->measure = (uint8_t)measure;
    if (r->event == JSON_READ_OBJECT)
        return load_na(l, name, q);
    if (r->event != JSON_READ_STRING && r->event != JSON_READ_NUMBER)
        return wrong_type(l, name, "a number, written as a string such as \"4180.76\"");
    status = decimal_parse(r->text, r->text_len, &q->number);
    if (status == DECIMAL_OK) {
        q->state = QUANTITY_STATED;
        q->at = here(l);
    } else if (status == DECIMAL_RANGE) {
        too_many_digits(l, name);
    } else if (!has_exponent(l, name, "\"")) {
        struct err *err =
            FAIL(l, "not-a-number", "'%s' must be a number, found %s", name, shown_value(l));

        number_hint(err, r->text, r->text_len);
    }
    return 0;
}

static int load_quantities(struct loader *l, const struct field *field, void *record)
{
    struct list list = {NULL, 0};
    size_t cap = 0;

    if (l->json.event != JSON_READ_ARRAY)
        return wrong_type(l, field->name, "an array of numbers");
    while (json_next(&l->json) != JSON_READ_ARRAY_END) {
        struct quantity *items;

        if (l->json.event == JSON_READ_FAILED)
            return -1;
        if (list.count == cap) {
            list.items = arena_realloc(l->arena, list.items, cap * sizeof(*items),
                                       (cap ? cap * 2 : 8) * sizeof(*items));
            cap = cap ? cap * 2 : 8;
        }
        items = list.items;
        memset(&items[list.count], 0, sizeof(*items));
        if (load_quantity(l, field->name, field->measure, &items[list.count]))
            return -1;
        list.count++;
    }
    memcpy((char *)record + field->offset, &list, sizeof(list));
    return 0;
}

/* --- lists --- */

static void *add_item(struct loader *l, const struct entity *entity, struct list *list, size_t *cap)
{
    void *item;

    if (list->count == *cap) {
        size_t more = *cap ? *cap * 2 : 4;

        list->items =
            arena_realloc(l->arena, list->items, *cap * entity->size, more * entity->size);
        *cap = more;
    }
    item = (char *)list->items + list->count++ * entity->size;
    memset(item, 0, entity->size);
    return item;
}

/* Keeps where the items of a list are, for another version to be loaded like this one. */
static void keep_spans(struct loader *l, const struct list *list, const struct item_span *spans)
{
    struct list_spans *kept = arena_alloc(l->arena, sizeof(*kept));

    *kept = (struct list_spans){l->spans, list->items, spans};
    l->spans = kept;
}

/* The object that was begun, as an item of a list: read, or the same as in the other version. */
static int load_item(struct loader *l, const struct entity *entity, void *item,
                     struct like_lines *lines, struct item_span *span)
{
    const struct place at = here(l);
    const void *same = like_next(lines, entity, l->source, at.offset, span);

    if (same) {
        memcpy(item, same, entity->size);
        json_pass(&l->json, span->len, span->lines);
    } else if (load_object(l, entity, item)) {
        return -1;
    }
    *span = (struct item_span){at.offset, here(l).offset + 1 - at.offset, here(l).line - at.line};
    return 0;
}

static int load_list(struct loader *l, const struct field *field, void *record)
{
    struct list list = {NULL, 0};
    struct place at = here(l);
    struct like_lines lines = like_lines(l->like, field, l->like_record);
    const void *like_record = l->like_record;
    struct item_span *spans = NULL;
    size_t cap = 0, items = 0, span_cap = 0;

    if (l->json.event != JSON_READ_ARRAY)
        return wrong_type(l, field->name, "an array");
    l->like_record = NULL;
    for (; json_next(&l->json) != JSON_READ_ARRAY_END; items++) {
        void *item;

        if (l->json.event == JSON_READ_FAILED)
            return -1;
        if (l->json.event != JSON_READ_OBJECT) {
            if (wrong_type(l, field->name, "an array of objects"))
                return -1;
            continue;
        }
        ARENA_GROW(l->arena, spans, list.count, span_cap);
        item = add_item(l, field->child, &list, &cap);
        if (load_item(l, field->child, item, &lines, &spans[list.count - 1]))
            return -1;
    }
    l->like_record = like_record;
    if (!items && (field->flags & FIELD_REQUIRED))
        source_error(l->errs, l->source, at, "empty-list", "'%s' is empty", field->name);
    load_check_keys(field, &list, l->source, l->arena, l->errs);
    if (field->child == &entity_line)
        keep_spans(l, &list, spans);
    memcpy((char *)record + field->offset, &list, sizeof(list));
    return 0;
}

static int load_map(struct loader *l, const struct field *field, void *record)
{
    const struct field *key = entity_map_key(field->child);
    struct list list = {NULL, 0};
    const void *like_record = l->like_record;
    size_t cap = 0;

    if (l->json.event != JSON_READ_OBJECT)
        return wrong_type(l, field->name, "an object");
    while (json_next(&l->json) != JSON_READ_OBJECT_END) {
        char *item;

        if (l->json.event == JSON_READ_FAILED)
            return -1;
        if (remark(&l->json)) {
            if (skip_remark(l, remark(&l->json)))
                return -1;
            continue;
        }
        l->like_record = like_item(field, like_record, l->json.text, l->json.text_len);
        item = add_item(l, field->child, &list, &cap);
        if (!check_text(l, "a key of ", field->name, key->form)) {
            struct text text = copy_text(l);

            memcpy(item + key->offset, &text, sizeof(text));
        }
        if (json_next(&l->json) == JSON_READ_FAILED)
            return -1;
        if (l->json.event != JSON_READ_OBJECT) {
            if (wrong_type(l, field->name, "an object of objects"))
                return -1;
        } else if (load_object(l, field->child, item)) {
            return -1;
        }
    }
    l->like_record = like_record;
    memcpy((char *)record + field->offset, &list, sizeof(list));
    return 0;
}

/* One figure: the column is the key that was read, the value follows. */
static int load_figure(struct loader *l, const struct field *column, struct list *list, size_t *cap)
{
    struct figure *figure = add_item(l, &entity_figure, list, cap);

    figure->column = text_of(column->name);
    figure->column.at = here(l);
    if (json_next(&l->json) == JSON_READ_FAILED)
        return -1;
    return load_quantity(l, column->name, column->measure, &figure->value);
}

/* --- objects --- */

static int load_field(struct loader *l, const struct field *field, void *record)
{
    void *object;
    json_t *json;

    if (json_next(&l->json) == JSON_READ_FAILED)
        return -1;
    switch (field->type) {
    case FIELD_TEXT:
        return load_text(l, field, record);
    case FIELD_CHOICE:
        return load_choice(l, field, record);
    case FIELD_INTEGER:
        return load_integer(l, field, record);
    case FIELD_FLAG:
        return load_flag(l, field, record);
    case FIELD_QUANTITY:
        return load_quantity(l, field->name, field->measure,
                             (struct quantity *)((char *)record + field->offset));
    case FIELD_QUANTITIES:
        return load_quantities(l, field, record);
    case FIELD_LIST:
        return load_list(l, field, record);
    case FIELD_MAP:
        return load_map(l, field, record);
    case FIELD_OBJECT:
        if (l->json.event != JSON_READ_OBJECT)
            return wrong_type(l, field->name, "an object");
        object = arena_zalloc(l->arena, 1, field->child->size);
        memcpy((char *)record + field->offset, &object, sizeof(object));
        l->like_record = NULL; /* no object has tables */
        return load_object(l, field->child, object);
    case FIELD_JSON:
        json = json_tree(&l->json);
        memcpy((char *)record + field->offset, &json, sizeof(json));
        return json ? 0 : -1;
    case FIELD_FIGURES:
    case FIELD_MARKUP:
        break;
    }
    return json_skip(&l->json);
}

static void unknown_key(struct loader *l, const struct field *fields, size_t count, bool figures)
{
    const struct json_reader *r = &l->json;

    load_hint_key(FAIL(l, "unknown-key", "unknown key %s", shown(l, "'")), fields, count, figures,
                  remarks, r->text, r->text_len);
}

static const struct field *find_figures(const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].type == FIELD_FIGURES)
            return &fields[i];
    return NULL;
}

static bool is_absent(const struct field *field, const void *record)
{
    const void *at = field_at(field, record);

    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_MARKUP:
        return !((const struct text *)at)->s;
    case FIELD_INTEGER:
        return !((const struct integer *)at)->present;
    case FIELD_FLAG:
        return !((const struct flag *)at)->present;
    case FIELD_QUANTITY:
        return ((const struct quantity *)at)->state == QUANTITY_ABSENT;
    case FIELD_OBJECT:
    case FIELD_JSON:
        return !field_object(field, record);
    default:
        return !field_list(field, record).count;
    }
}

static void check_required(struct loader *l, const struct field *fields, size_t count,
                           const void *record, const bool *seen, struct place at)
{
    for (size_t i = 0; i < count; i++)
        if ((fields[i].flags & FIELD_REQUIRED) && field_in_source(&fields[i]) && !seen[i] &&
            is_absent(&fields[i], record))
            source_error(l->errs, l->source, at, "missing-key", "the key '%s' is missing",
                         fields[i].name);
}

enum { FIELDS_MAX = 64 };

/* The object whose opening brace was read, into a zeroed record (but for the key of a map). */
static int load_object(struct loader *l, const struct entity *entity, void *record)
{
    struct json_reader *r = &l->json;
    struct place at = here(l);
    size_t count, figures_cap = 0;
    const struct field *fields = entity->fields(&count);
    const struct field *figures = find_figures(fields, count);
    struct list figure_list = {NULL, 0};
    bool seen[FIELDS_MAX] = {false};

    if (count > FIELDS_MAX)
        abort();
    while (json_next(r) == JSON_READ_KEY) {
        struct found_key key = found_key(&l->keys, entity, r->text, r->text_len, figures != NULL);
        int failed;

        if (key.is_column) {
            failed = load_figure(l, key.field, &figure_list, &figures_cap);
        } else if (key.field) {
            seen[key.field - fields] = true;
            failed = load_field(l, key.field, record);
        } else if (remark(r)) {
            failed = skip_remark(l, remark(r));
        } else {
            unknown_key(l, fields, count, figures != NULL);
            json_next(r);
            failed = json_skip(r);
        }
        if (failed)
            return -1;
    }
    if (figures)
        memcpy((char *)record + figures->offset, &figure_list, sizeof(figure_list));
    if (r->event == JSON_READ_FAILED)
        return -1;
    check_required(l, fields, count, record, seen, at);
    return 0;
}

int load_record_like(const struct entity *entity, const struct source_text *source,
                     const struct load_like *like, struct arena *arena, void *record,
                     const struct list_spans **spans, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct loader l = {.source = source,
                       .arena = arena,
                       .errs = &own,
                       .shown = STRBUF_INIT,
                       .like = like,
                       .like_record = like ? like->record : NULL};
    int result = -1;

    json_reader_init(&l.json, source->path, source->text, source->len, &json_limits_default, &own);
    if (json_next(&l.json) == JSON_READ_OBJECT) {
        if (!load_object(&l, entity, record))
            json_next(&l.json); /* nothing may follow */
    } else if (l.json.event != JSON_READ_FAILED) {
        FAIL(&l, "wrong-type", "the file must hold an object, found %s",
             json_event_name(l.json.event));
    }
    json_reader_release(&l.json);
    strbuf_release(&l.shown);
    if (!own.count)
        result = 0;
    *spans = l.spans;
    errs_move(errs, &own);
    return result;
}

int load_record(const struct entity *entity, const struct source_text *source, struct arena *arena,
                void *record, struct errs *errs)
{
    const struct list_spans *spans;

    return load_record_like(entity, source, NULL, arena, record, &spans, errs);
}
