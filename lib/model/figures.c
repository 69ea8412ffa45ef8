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

struct visit {
    const struct report *report;
    struct arena *arena;
    void (*give)(void *ctx, const struct all_figure *figure);
    void *ctx;
    struct strbuf address;
};

static struct text text_field(const struct entity *entity, const void *record, const char *name)
{
    const struct field *field = entity_find(entity, name, strlen(name));

    return field ? *field_text(field, record) : text_of(NULL);
}

static const struct text *label_of(const struct entity *entity, const void *record)
{
    static const struct text none = {0};
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < count; i++)
        if (fields[i].flags & FIELD_LABEL)
            return field_text(&fields[i], record);
    return &none;
}

/*
 * The parts of a quantity's address below the report: three, and the scope before them where there
 * is one. 0 when a part is missing: the record was refused, and has no address.
 */
static size_t parts_of(const struct entity *entity, const void *record,
                       const struct field *quantity, struct text parts[PARTS_MAX],
                       struct arena *arena)
{
    const char *pattern = entity->address;
    struct address_part part;
    size_t count = 0;

    while (count < PARTS_MAX && address_part(&pattern, &part)) {
        const struct field *field = part.is_field ? entity_find(entity, part.s, part.len) : NULL;

        if (field)
            parts[count] = *field_text(field, record);
        else if (part.is_field) /* {column} where there is no such field: the quantity itself */
            parts[count] = text_of(quantity->name);
        else
            parts[count] = text_of(arena_strndup(arena, part.s, part.len));
        if (parts[count].s)
            count++;
        else if (!field || strcmp(field->name, "scope"))
            return 0;
    }
    return count;
}

static void give_figure(struct visit *v, const struct entity *entity, const void *record,
                        const struct field *quantity)
{
    const struct quantity *q = field_at(quantity, record);
    struct text parts[PARTS_MAX], statement = text_field(entity, record, "statement");
    size_t count = parts_of(entity, record, quantity, parts, v->arena), below;
    struct all_figure f = {.department = v->report->department, .year = v->report->year};

    if (!count)
        return;
    strbuf_clear(&v->address);
    strbuf_addf(&v->address, "%s/%lld/", v->report->department.s, (long long)v->report->year.value);
    below = v->address.len;
    for (size_t i = 0; i < count; i++) {
        if (i == count - 3 && i) { /* the last three are table, line and column */
            f.scope = text_of(
                arena_strndup(v->arena, v->address.buf + below, v->address.len - 1 - below));
        }
        strbuf_addf(&v->address, "%s%s", parts[i].s, i + 1 < count ? "/" : "");
    }
    if (statement.s)
        strbuf_addf(&v->address, "@%s", statement.s);
    f.address = text_of(arena_strndup(v->arena, v->address.buf, v->address.len));
    f.table = parts[count - 3];
    f.line = parts[count - 2];
    f.column = parts[count - 1];
    f.statement = statement;
    f.label = *label_of(entity, record);
    f.column_label = text_field(entity, record, "column_label");
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
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; entity->address && i < count; i++)
        if (fields[i].type == FIELD_QUANTITY &&
            ((const struct quantity *)field_at(&fields[i], record))->state != QUANTITY_ABSENT)
            give_figure(v, entity, record, &fields[i]);
}

void figures_each(const struct report *report, struct arena *arena,
                  void (*visit)(void *ctx, const struct all_figure *figure), void *ctx)
{
    struct visit v = {report, arena, visit, ctx, STRBUF_INIT};

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
