#include "base/base.h"

#include "model/figures.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "model/walk.h"

enum { PARTS_MAX = 8 };

bool address_part(const char **address, struct address_part *out)
{
    const char *end = strchrnul(*address, '/');

    if (!**address)
        return false;
    *out = (struct address_part){*address, (size_t)(end - *address), false};
    if (out->s[0] == '{') {
        out->is_field = true;
        out->s++;
        out->len -= 2;
    }
    *address = *end ? end + 1 : end;
    return true;
}

/* What there is to know of an entity that has figures, looked up once for many records. */
struct shape {
    const struct entity *entity;
    const struct field *label, *column_label, *statement; /* may be NULL */
    struct {
        const struct field *field; /* of text; NULL: `literal`, or the quantity's own name */
        struct text literal;       /* absent: the quantity's own name */
        bool may_be_absent;
    } parts[PARTS_MAX];
    size_t count;
};

enum { SHAPES_MAX = 16 };

struct visit {
    struct arena *arena;
    void (*give)(void *ctx, const struct all_figure *figure);
    void *ctx;
    struct strbuf address; /* begins with <department>/<year>/ */
    size_t below;          /* how long that is */
    struct text department;
    struct integer year;
    struct shape shapes[SHAPES_MAX];
    size_t shape_count;
};

static const struct field *label_of(const struct entity *entity)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < count; i++)
        if (fields[i].flags & FIELD_LABEL)
            return &fields[i];
    return NULL;
}

static void make_shape(struct visit *v, struct shape *shape, const struct entity *entity)
{
    const char *pattern = entity->address;
    struct address_part part;

    *shape = (struct shape){.entity = entity,
                            .label = label_of(entity),
                            .column_label = entity_find(entity, "column_label", 12),
                            .statement = entity_find(entity, "statement", 9)};
    while (shape->count < PARTS_MAX && address_part(&pattern, &part)) {
        const struct field *field = part.is_field ? entity_find(entity, part.s, part.len) : NULL;

        shape->parts[shape->count].field = field;
        shape->parts[shape->count].may_be_absent = field && !strcmp(field->name, "scope");
        if (!part.is_field)
            shape->parts[shape->count].literal = text_of(arena_strndup(v->arena, part.s, part.len));
        shape->count++;
    }
}

static const struct shape *shape_of(struct visit *v, const struct entity *entity)
{
    for (size_t i = 0; i < v->shape_count; i++)
        if (v->shapes[i].entity == entity)
            return &v->shapes[i];
    if (v->shape_count == SHAPES_MAX)
        abort(); /* more kinds of figures than there were when this was written */
    make_shape(v, &v->shapes[v->shape_count], entity);
    return &v->shapes[v->shape_count++];
}

/*
 * The parts of a quantity's address below the report: three, and the scope before them where there
 * is one. 0 when a part is missing: the record was refused, and has no address.
 */
static size_t parts_of(const struct shape *shape, const void *record, const struct field *quantity,
                       struct text parts[PARTS_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < shape->count; i++) {
        if (shape->parts[i].field)
            parts[count] = *field_text(shape->parts[i].field, record);
        else if (shape->parts[i].literal.s)
            parts[count] = shape->parts[i].literal;
        else
            parts[count] = text_of(quantity->name);
        if (parts[count].s)
            count++;
        else if (!shape->parts[i].may_be_absent)
            return 0;
    }
    return count;
}

static struct text text_or_none(const struct field *field, const void *record)
{
    struct text none = {0};

    return field ? *field_text(field, record) : none;
}

/* Puts the address together; sets its text and that of the scope. */
static void set_address(struct visit *v, struct all_figure *f, const struct text *parts,
                        size_t count)
{
    strbuf_set_len(&v->address, v->below);
    for (size_t i = 0; i < count; i++) {
        if (i && i == count - 3) /* the last three are table, line and column */
            f->scope = text_of(
                arena_strndup(v->arena, v->address.buf + v->below, v->address.len - 1 - v->below));
        strbuf_add(&v->address, parts[i].s, parts[i].len);
        if (i + 1 < count)
            strbuf_addch(&v->address, '/');
    }
    if (f->statement.s) {
        strbuf_addch(&v->address, '@');
        strbuf_add(&v->address, f->statement.s, f->statement.len);
    }
    f->address.s = arena_strndup(v->arena, v->address.buf, v->address.len);
    f->address.len = (uint32_t)v->address.len;
}

static void give_figure(struct visit *v, const struct shape *shape, const void *record,
                        const struct field *quantity)
{
    const struct quantity *q = field_at(quantity, record);
    struct text parts[PARTS_MAX];
    size_t count = parts_of(shape, record, quantity, parts);
    struct all_figure f = {.department = v->department, .year = v->year};

    if (!count)
        return;
    f.statement = text_or_none(shape->statement, record);
    set_address(v, &f, parts, count);
    f.table = parts[count - 3];
    f.line = parts[count - 2];
    f.column = parts[count - 1];
    f.label = text_or_none(shape->label, record);
    f.column_label = text_or_none(shape->column_label, record);
    if (!f.column_label.s)
        f.column_label = text_of(field_title(quantity));
    f.measure = text_of(measure_name((enum measure)q->measure));
    f.value = *q;
    f.unit = text_of(q->unit);
    v->give(v->ctx, &f);
}

static void visit_record(void *ctx, const struct entity *entity, const void *record)
{
    struct visit *v = ctx;
    size_t count;
    const struct field *fields;

    if (!entity->address)
        return;
    fields = entity->fields(&count);
    for (size_t i = 0; i < count; i++)
        if (fields[i].type == FIELD_QUANTITY &&
            ((const struct quantity *)field_at(&fields[i], record))->state != QUANTITY_ABSENT)
            give_figure(v, shape_of(v, entity), record, &fields[i]);
}

void figures_each(const struct report *report, struct arena *arena,
                  void (*visit)(void *ctx, const struct all_figure *figure), void *ctx)
{
    struct visit v = {.arena = arena,
                      .give = visit,
                      .ctx = ctx,
                      .address = STRBUF_INIT,
                      .department = report->department,
                      .year = report->year};

    strbuf_addf(&v.address, "%s/%lld/", report->department.s, (long long)report->year.value);
    v.below = v.address.len;
    record_walk(&entity_report, report, visit_record, &v);
    strbuf_release(&v.address);
}

struct index {
    struct strmap *map;
    struct arena *arena;
    size_t prefix; /* length of <department>/<year>/ */
};

static void add_to_index(void *ctx, const struct all_figure *figure)
{
    struct index *index = ctx;
    struct all_figure *copy = arena_alloc(index->arena, sizeof(*copy));
    bool is_new;

    *copy = *figure;
    *strmap_put(index->map, copy->address.s + index->prefix, copy->address.len - index->prefix,
                &is_new) = copy;
}

void figures_index(const struct report *report, struct arena *arena, struct strmap *out)
{
    struct index index = {out, arena, 0};
    struct strbuf prefix = STRBUF_INIT;

    strbuf_addf(&prefix, "%s/%lld/", report->department.s, (long long)report->year.value);
    index.prefix = prefix.len;
    strbuf_release(&prefix);
    figures_each(report, arena, add_to_index, &index);
}
