#include "base/base.h"

#include "dataset/report_files.h"

#include "base/strbuf.h"
#include "model/figures.h"
#include "text/json_write.h"

enum { OPEN_LEVELS = 4 }; /* down to the lines of a table, which stand on one line each */

struct csv_target {
    const struct data_table *table;
    struct strbuf *out;
};

static void add_figure(void *ctx, const struct all_figure *figure)
{
    struct csv_target *target = ctx;

    data_csv_row(target->table, figure, target->out);
}

void report_csv(const struct data_plan *plan, const struct report *report, struct strbuf *out)
{
    struct csv_target target = {&plan->figures, out};

    data_csv_header(&plan->figures, out);
    figures_each(report, NULL, add_figure, &target);
}

/* --- JSON --- */

static void write_record(struct json_writer *w, const struct entity *entity, const void *record,
                         bool is_root);

static void write_text(struct json_writer *w, const char *key, const struct text *text)
{
    if (!text->s)
        return;
    json_write_key(w, key);
    json_write_string(w, text->s, text->len);
}

/* `label` may be absent. */
static void write_quantity(struct json_writer *w, const struct quantity *q,
                           const struct text *label)
{
    struct strbuf number = STRBUF_INIT;

    json_write_object(w);
    write_text(w, "label", label);
    if (q->state == QUANTITY_STATED) {
        struct text unit = text_of(q->unit);

        quantity_add_value(q, &number);
        json_write_key(w, "value");
        json_write_raw(w, number.buf, number.len);
        strbuf_clear(&number);
        quantity_add_stated(q, &number);
        json_write_key(w, "stated");
        json_write_string(w, number.buf, number.len);
        write_text(w, "unit", &unit);
    } else {
        struct text na = text_of(q->state == QUANTITY_DASH ? "dash" : "not-involved");

        write_text(w, "na", &na);
    }
    json_write_object_end(w);
    strbuf_release(&number);
}

static void write_quantities(struct json_writer *w, const struct field *field, struct list list)
{
    const struct quantity *items = list.items;
    struct text none = {0};

    json_write_key(w, field->name);
    json_write_array(w);
    for (size_t i = 0; i < list.count; i++)
        write_quantity(w, &items[i], &none);
    json_write_array_end(w);
}

/* The figures of a line as keys of the line; second statements are in `also`. */
static void write_figures(struct json_writer *w, struct list list)
{
    const struct figure *figures = list.items;

    for (size_t i = 0; i < list.count; i++)
        if (!figures[i].statement.s) {
            json_write_key(w, figures[i].column.s);
            write_quantity(w, &figures[i].value, &figures[i].column_label);
        }
}

static void write_list(struct json_writer *w, const struct field *field, struct list list)
{
    const struct entity *child = field->child;

    json_write_key(w, field->name);
    json_write_array(w);
    for (size_t i = 0; i < list.count; i++)
        write_record(w, child, (const char *)list.items + i * child->size, false);
    json_write_array_end(w);
}

static void write_map(struct json_writer *w, const struct field *field, struct list list)
{
    const struct field *key = entity_map_key(field->child);

    json_write_key(w, field->name);
    json_write_object(w);
    for (size_t i = 0; i < list.count; i++) {
        const void *record = (const char *)list.items + i * field->child->size;

        json_write_key(w, field_text(key, record)->s);
        write_record(w, field->child, record, false);
    }
    json_write_object_end(w);
}

static void write_field(struct json_writer *w, const struct field *field, const void *record)
{
    const struct integer *integer;
    const struct flag *flag;
    const struct quantity *q;
    struct text none = {0};
    struct list list;

    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_CHOICE:
        write_text(w, field->name, field_text(field, record));
        return;
    case FIELD_INTEGER:
        integer = field_at(field, record);
        if (integer->present) {
            json_write_key(w, field->name);
            json_write_int(w, integer->value);
        }
        return;
    case FIELD_FLAG:
        flag = field_at(field, record);
        if (flag->present) {
            json_write_key(w, field->name);
            json_write_bool(w, flag->value);
        }
        return;
    case FIELD_QUANTITY:
        q = field_at(field, record);
        if (q->state != QUANTITY_ABSENT) {
            json_write_key(w, field->name);
            write_quantity(w, q, &none);
        }
        return;
    case FIELD_QUANTITIES:
    case FIELD_LIST:
    case FIELD_MAP:
    case FIELD_FIGURES:
        break;
    default:
        return;
    }
    list = field_list(field, record);
    if (!list.count)
        return;
    if (field->type == FIELD_QUANTITIES)
        write_quantities(w, field, list);
    else if (field->type == FIELD_LIST)
        write_list(w, field, list);
    else if (field->type == FIELD_MAP)
        write_map(w, field, list);
    else
        write_figures(w, list);
}

/* Below the root, the keys of what a record belongs to go without saying. */
static void write_record(struct json_writer *w, const struct entity *entity, const void *record,
                         bool is_root)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    json_write_object(w);
    for (size_t i = 0; i < count; i++) {
        bool inherited = (fields[i].flags & FIELD_KEY) && (fields[i].flags & FIELD_DERIVED);

        if (!(fields[i].flags & (FIELD_NO_DATA | FIELD_OUTSIDE)) && (is_root || !inherited))
            write_field(w, &fields[i], record);
    }
    json_write_object_end(w);
}

void report_json(const struct report *report, struct strbuf *out)
{
    struct json_writer w;

    json_writer_init(&w, out, OPEN_LEVELS);
    write_record(&w, &entity_report, report, true);
    json_write_finish(&w);
}
