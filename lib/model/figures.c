#include "base/base.h"

#include "model/figures.h"

#include "base/arena.h"
#include "base/strbuf.h"
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
    const struct field *source_line;
    struct {
        const struct field *field; /* of text; NULL: `literal`, or the quantity's own name */
        struct text literal;       /* absent: the quantity's own name */
        bool may_be_absent;
    } parts[PARTS_MAX];
    size_t count;
};

enum { SHAPES_MAX = 16 };

struct visit {
    bool (*is_passed)(void *ctx, const void *record); /* or NULL */
    void (*give)(void *ctx, const struct all_figure *figure);
    void *ctx;
    struct strbuf address; /* begins with <department>/<year>/ */
    struct strbuf scope;
    struct strbuf file; /* departments/<department>/<year>/<scope or report>.json */
    size_t folder;      /* how long the beginning of that is */
    size_t below;       /* how long the beginning of the address is */
    struct text department;
    struct integer year;
    struct arena arena; /* of the shapes */
    struct shape shapes[SHAPES_MAX];
    size_t shape_count;
};

static void make_shape(struct visit *v, struct shape *shape, const struct entity *entity)
{
    const char *pattern = entity->address;
    struct address_part part;

    *shape = (struct shape){.entity = entity,
                            .label = entity_label(entity),
                            .column_label = entity_find(entity, "column_label", 12),
                            .statement = entity_find(entity, "statement", 9),
                            .source_line = entity_find(entity, "source_line", 11)};
    while (shape->count < PARTS_MAX && address_part(&pattern, &part)) {
        const struct field *field = part.is_field ? entity_find(entity, part.s, part.len) : NULL;

        shape->parts[shape->count].field = field;
        shape->parts[shape->count].may_be_absent = field && !strcmp(field->name, "scope");
        if (!part.is_field)
            shape->parts[shape->count].literal =
                text_of(arena_strndup(&v->arena, part.s, part.len));
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
        if (i && i == count - 3) { /* the last three are table, line and column */
            strbuf_clear(&v->scope);
            strbuf_add(&v->scope, v->address.buf + v->below, v->address.len - 1 - v->below);
            f->scope = (struct text){v->scope.buf, (uint32_t)v->scope.len, {0, 0}};
        }
        strbuf_add(&v->address, parts[i].s, parts[i].len);
        if (i + 1 < count)
            strbuf_addch(&v->address, '/');
    }
    if (f->statement.s) {
        strbuf_addch(&v->address, '@');
        strbuf_add(&v->address, f->statement.s, f->statement.len);
    }
    f->address = (struct text){v->address.buf, (uint32_t)v->address.len, {0, 0}};
}

/* The file of a scope; made anew only when it is another one. */
static void set_file(struct visit *v, struct all_figure *f)
{
    static const char ending[] = ".json";
    const char *name = f->scope.s ? f->scope.s : "report";
    size_t len = strlen(name);

    if (v->file.len != v->folder + len + sizeof(ending) - 1 ||
        memcmp(v->file.buf + v->folder, name, len)) {
        strbuf_set_len(&v->file, v->folder);
        strbuf_add(&v->file, name, len);
        strbuf_adds(&v->file, ending);
    }
    f->file = (struct text){v->file.buf, (uint32_t)v->file.len, {0, 0}};
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
    set_file(v, &f);
    memcpy(&f.source_line, field_at(shape->source_line, record), sizeof(f.source_line));
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

/* Whether it is a number that the record has. */
static bool is_figure(const struct field *field, const void *record)
{
    return field->type == FIELD_QUANTITY &&
           ((const struct quantity *)field_at(field, record))->state != QUANTITY_ABSENT;
}

static bool visit_record(void *ctx, const struct entity *entity, const void *record)
{
    struct visit *v = ctx;
    size_t count;
    const struct field *fields;

    if (v->is_passed && v->is_passed(v->ctx, record))
        return false;
    if (!entity->address)
        return true;
    fields = entity->fields(&count);
    for (size_t i = 0; i < count; i++)
        if (is_figure(&fields[i], record))
            give_figure(v, shape_of(v, entity), record, &fields[i]);
    return true;
}

static void begin(struct visit *v, const struct report *report,
                  void (*give)(void *ctx, const struct all_figure *figure), void *ctx)
{
    v->is_passed = NULL;
    v->give = give;
    v->ctx = ctx;
    strbuf_init(&v->address);
    strbuf_init(&v->scope);
    strbuf_init(&v->file);
    strbuf_addf(&v->file, "departments/%s/%lld/", report->department.s,
                (long long)report->year.value);
    v->folder = v->file.len;
    v->department = report->department;
    v->year = report->year;
    v->arena = (struct arena)ARENA_INIT;
    v->shape_count = 0;
    strbuf_addf(&v->address, "%s/%lld/", report->department.s, (long long)report->year.value);
    v->below = v->address.len;
}

static void end(struct visit *v)
{
    strbuf_release(&v->address);
    strbuf_release(&v->scope);
    strbuf_release(&v->file);
    arena_release(&v->arena);
}

void figures_each(const struct report *report, bool (*is_passed)(void *ctx, const void *record),
                  void (*visit)(void *ctx, const struct all_figure *figure), void *ctx)
{
    struct visit v;

    begin(&v, report, visit, ctx);
    v.is_passed = is_passed;
    record_walk(&entity_report, report, visit_record, &v);
    end(&v);
}

static bool count_record(void *ctx, const struct entity *entity, const void *record)
{
    size_t *total = ctx, count;
    const struct field *fields;

    if (!entity->address)
        return true;
    fields = entity->fields(&count);
    for (size_t i = 0; i < count; i++)
        *total += is_figure(&fields[i], record);
    return true;
}

size_t figures_count(const struct report *report)
{
    size_t total = 0;

    record_walk(&entity_report, report, count_record, &total);
    return total;
}

/* --- one figure --- */

struct search {
    const char *address; /* below the report */
    size_t below;
    struct arena *arena;
    struct all_figure *out;
    bool found;
};

static void keep(struct arena *arena, struct text *text)
{
    if (text->s)
        text->s = arena_strndup(arena, text->s, text->len);
}

static void compare(void *ctx, const struct all_figure *figure)
{
    struct search *search = ctx;
    struct all_figure *out = search->out;

    if (search->found || strcmp(figure->address.s + search->below, search->address))
        return;
    search->found = true;
    *out = *figure;
    keep(search->arena, &out->address);
    keep(search->arena, &out->scope);
    keep(search->arena, &out->table);
    keep(search->arena, &out->line);
    keep(search->arena, &out->column);
    keep(search->arena, &out->file);
}

/* The length of the name when the address goes on behind it with a slash; else 0. */
static size_t begins_with(const char *address, const char *name)
{
    size_t len = strlen(name);

    return !strncmp(address, name, len) && address[len] == '/' ? len + 1 : 0;
}

/* Walks the record of that id, which the address begins with, in a list of the report. */
static void walk_one(struct visit *v, const struct entity *entity, const void *items, size_t count,
                     const char *address)
{
    const struct field *id = entity_find(entity, "id", 2);

    for (size_t i = 0; i < count; i++) {
        const void *record = (const char *)items + i * entity->size;
        const struct text *text = field_text(id, record);

        if (text->s && begins_with(address, text->s))
            record_walk(entity, record, visit_record, v);
    }
}

bool figures_find(const struct report *report, const char *address, struct arena *arena,
                  struct all_figure *out)
{
    struct search search = {.address = address, .arena = arena, .out = out};
    size_t len;
    struct visit v;

    begin(&v, report, compare, &search);
    search.below = v.below;
    if ((len = begins_with(address, "projects")))
        walk_one(&v, &entity_project, report->projects.items, report->projects.count,
                 address + len);
    else if ((len = begins_with(address, "evaluations")))
        walk_one(&v, &entity_evaluation, report->evaluations.items, report->evaluations.count,
                 address + len);
    else if ((len = begins_with(address, "facts")))
        walk_one(&v, &entity_fact, report->facts.items, report->facts.count, address + len);
    else
        walk_one(&v, &entity_table, report->tables.items, report->tables.count, address);
    end(&v);
    return search.found;
}
