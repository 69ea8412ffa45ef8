#include "base/base.h"

#include "history/alike.h"

#include "base/mem.h"
#include "model/lookup.h"

/* --- the set of records --- */

static size_t place_of(const struct alike *alike, const void *record)
{
    uint64_t hash = (uint64_t)(uintptr_t)record * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (alike->size - 1);

    while (alike->slots[at] && alike->slots[at] != record)
        at = (at + 1) & (alike->size - 1);
    return at;
}

static void grow(struct alike *alike)
{
    struct alike old = *alike;

    alike->size = old.size ? old.size * 2 : 64;
    alike->slots = mem_zalloc(alike->size, sizeof(*alike->slots));
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i])
            alike->slots[place_of(alike, old.slots[i])] = old.slots[i];
    free(old.slots);
}

void alike_add(struct alike *alike, const void *record)
{
    size_t at;

    if ((alike->count + 1) * 2 > alike->size)
        grow(alike);
    at = place_of(alike, record);
    alike->count += !alike->slots[at];
    alike->slots[at] = record;
}

bool alike_has(const struct alike *alike, const void *record)
{
    return alike && alike->count && alike->slots[place_of(alike, record)];
}

void alike_release(struct alike *alike)
{
    free(alike->slots);
    *alike = (struct alike)ALIKE_INIT;
}

/* --- what is compared of an entity --- */

enum { FIELDS_MAX = 64, SHAPES_MAX = 24 };

/* The fields that count, looked up once for many records. */
struct shape {
    const struct entity *entity;
    const struct field *label;
    const struct field *keys[FIELDS_MAX], *values[FIELDS_MAX], *lists[FIELDS_MAX];
    size_t key_count, value_count, list_count;
};

static bool is_list(const struct field *field)
{
    return (field->type == FIELD_LIST || field->type == FIELD_MAP ||
            field->type == FIELD_FIGURES) &&
           field->child != &entity_report && field->child != &entity_finding &&
           field->child != &entity_department_revision;
}

/* What was filled in after loading is no text of its own, and quantities are only where they are
 * computed from others. */
static bool is_value(const struct field *field)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_INTEGER:
    case FIELD_FLAG:
    case FIELD_QUANTITIES:
        return !(field->flags & FIELD_DERIVED);
    case FIELD_QUANTITY:
        return true;
    default:
        return false;
    }
}

static void make_shape(struct shape *shape, const struct entity *entity)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    *shape = (struct shape){.entity = entity, .label = entity_label(entity)};
    if (count > FIELDS_MAX)
        abort();
    for (size_t i = 0; i < count; i++) {
        if ((fields[i].flags & FIELD_KEY) && fields[i].type == FIELD_TEXT)
            shape->keys[shape->key_count++] = &fields[i];
        if (is_value(&fields[i]))
            shape->values[shape->value_count++] = &fields[i];
        if (is_list(&fields[i]))
            shape->lists[shape->list_count++] = &fields[i];
    }
}

/* --- two records --- */

struct pair {
    const void *a, *b;
    size_t figures, texts;
};

struct comparing {
    struct pair *pairs; /* what is alike, as far as it is not in a record that is */
    size_t count, cap;
    struct shape *shapes;
    size_t shape_count;
};

static const struct shape *shape_of(struct comparing *c, const struct entity *entity)
{
    for (size_t i = 0; i < c->shape_count; i++)
        if (c->shapes[i].entity == entity)
            return &c->shapes[i];
    if (c->shape_count == SHAPES_MAX)
        abort(); /* more entities than there were when this was written */
    if (!c->shapes)
        c->shapes = mem_alloc(SHAPES_MAX * sizeof(*c->shapes));
    make_shape(&c->shapes[c->shape_count], entity);
    return &c->shapes[c->shape_count++];
}

static void end(struct comparing *c)
{
    free(c->pairs);
    free(c->shapes);
}

/* What there is of a record and all that it holds. */
struct found {
    bool is_same;
    size_t figures, texts;
};

static bool same_text(const struct text *a, const struct text *b)
{
    /* without a place it is from the profile, and no text of the department's own */
    return !a->at.line == !b->at.line && text_same(a, b);
}

static bool same_unit(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

/* Written in the same way. */
static bool same_quantity(const struct quantity *a, const struct quantity *b)
{
    return a->state == b->state && a->measure == b->measure &&
           (a->state != QUANTITY_STATED ||
            (a->number.units == b->number.units && a->number.scale == b->number.scale &&
             same_unit(a->unit, b->unit)));
}

static bool same_quantities(struct list a, struct list b)
{
    const struct quantity *one = a.items, *other = b.items;

    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (!same_quantity(&one[i], &other[i]))
            return false;
    return true;
}

static bool same_integer(const struct integer *a, const struct integer *b)
{
    return a->present == b->present && (!a->present || a->value == b->value);
}

static bool same_flag(const struct flag *a, const struct flag *b)
{
    return a->present == b->present && (!a->present || a->value == b->value);
}

bool alike_is_text(const struct field *field, const struct field *label)
{
    return field_in_source(field) && (!(field->flags & FIELD_KEY) || field == label);
}

/* What a field says by itself. */
static struct found compare_values(const struct field *field, const struct field *label,
                                   const void *a, const void *b)
{
    const void *x = field_at(field, a), *y = field_at(field, b);
    struct found found = {true, 0, 0};
    bool is_text = alike_is_text(field, label);

    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_CHOICE:
        found.is_same = same_text(x, y);
        found.texts = is_text && ((const struct text *)x)->s && ((const struct text *)x)->at.line;
        break;
    case FIELD_INTEGER:
        found.is_same = same_integer(x, y);
        found.texts = is_text && ((const struct integer *)x)->present;
        break;
    case FIELD_FLAG:
        found.is_same = same_flag(x, y);
        found.texts = is_text && ((const struct flag *)x)->present;
        break;
    case FIELD_QUANTITY:
        found.is_same = same_quantity(x, y);
        found.figures = ((const struct quantity *)x)->state != QUANTITY_ABSENT;
        break;
    case FIELD_QUANTITIES:
        found.is_same = same_quantities(field_list(field, a), field_list(field, b));
        break;
    default:
        break;
    }
    return found;
}

/* Whether two records of a list are called the same among their kind. */
static bool same_keys(const struct shape *shape, const void *a, const void *b)
{
    for (size_t i = shape->key_count; i-- > 0;) /* the last are those that differ */
        if (!text_same(field_text(shape->keys[i], a), field_text(shape->keys[i], b)))
            return false;
    return true;
}

static struct found compare(struct comparing *c, const struct entity *entity, const void *a,
                            const void *b);

/* The two are compared; what is alike is noted. */
static struct found compare_items(struct comparing *c, const struct entity *entity, const void *a,
                                  const void *b)
{
    size_t before = c->count;
    struct found found = compare(c, entity, a, b);

    if (!found.is_same)
        return found;
    c->count = before; /* what it holds is alike with it */
    MEM_GROW(c->pairs, c->count, c->cap);
    c->pairs[c->count++] = (struct pair){a, b, found.figures, found.texts};
    return found;
}

/* How far to look ahead for what stood in another place. */
enum { AHEAD_MAX = 64 };

/* Lists are mostly in the same order, but for what was put in or taken out. */
static struct found compare_lists(struct comparing *c, const struct entity *entity, struct list a,
                                  struct list b)
{
    struct found all = {a.count == b.count, 0, 0};
    const char *one = a.items, *other = b.items;
    const struct shape *shape = shape_of(c, entity);

    for (size_t i = 0, next = 0; i < a.count; i++) {
        size_t j = next, end = b.count - next < AHEAD_MAX ? b.count : next + AHEAD_MAX;
        struct found found;

        while (j < end && !same_keys(shape, one + i * entity->size, other + j * entity->size))
            j++;
        if (j == end) {
            all.is_same = false;
            continue;
        }
        all.is_same &= i == j;
        next = j + 1;
        found = compare_items(c, entity, one + i * entity->size, other + j * entity->size);
        all.is_same &= found.is_same;
        all.figures += found.figures;
        all.texts += found.texts;
    }
    return all;
}

/* Figures are most of what there is, and are alike by the line. */
static struct found compare_figures(struct list a, struct list b)
{
    const struct figure *one = a.items, *other = b.items;
    struct found all = {a.count == b.count, a.count, 0};

    if (one == other) /* a line that both have in common: see model/load_like.h */
        return all;
    for (size_t i = 0; all.is_same && i < a.count; i++)
        all.is_same = text_same(&one[i].column, &other[i].column) &&
                      text_same(&one[i].statement, &other[i].statement) &&
                      same_quantity(&one[i].value, &other[i].value);
    return all;
}

static void add_found(struct found *to, const struct found *found)
{
    to->is_same &= found->is_same;
    to->figures += found->figures;
    to->texts += found->texts;
}

static struct found compare(struct comparing *c, const struct entity *entity, const void *a,
                            const void *b)
{
    const struct shape *shape = shape_of(c, entity);
    struct found all = {true, 0, 0};

    for (size_t i = 0; i < shape->value_count; i++) {
        struct found found = compare_values(shape->values[i], shape->label, a, b);

        if (!entity->address)
            found.figures = 0;
        add_found(&all, &found);
    }
    for (size_t i = 0; i < shape->list_count; i++) {
        const struct field *field = shape->lists[i];
        struct list one = field_list(field, a), other = field_list(field, b);
        struct found found = field->type == FIELD_FIGURES
                                 ? compare_figures(one, other)
                                 : compare_lists(c, field->child, one, other);

        add_found(&all, &found);
    }
    return all;
}

/* --- two departments --- */

static void take(struct alike *alike, struct comparing *c)
{
    for (size_t i = 0; i < c->count; i++) {
        alike_add(alike, c->pairs[i].a);
        alike_add(alike, c->pairs[i].b);
        alike->figures += c->pairs[i].figures;
        alike->texts += c->pairs[i].texts;
    }
}

static bool is_text_file(const struct content_file *file)
{
    size_t len = strlen(file->path);

    return len > 3 && !strcmp(file->path + len - 3, ".md");
}

/* Whether it is in the folder of a report. */
static bool is_of(const struct content_file *file, const struct report *report)
{
    const char *below = file->path + strlen("departments/");

    return !strncmp(below, report->path.s, report->path.len) && below[report->path.len] == '/';
}

/* The texts in files of their own, which are few. */
static void find_files(struct alike *alike, const struct content_department *a,
                       const struct content_department *b)
{
    for (size_t i = 0; i < a->file_count; i++) {
        const struct content_file *file = &a->files[i];

        for (size_t j = 0; is_text_file(file) && j < b->file_count; j++) {
            const struct content_file *other = &b->files[j];

            if (strcmp(file->path, other->path) != 0 || file->source.len != other->source.len ||
                memcmp(file->source.text, other->source.text, file->source.len) != 0)
                continue;
            alike_add(alike, file);
            alike_add(alike, other);
            alike->texts++;
        }
    }
}

void alike_find(struct alike *alike, const struct content_department *a,
                const struct content_department *b)
{
    const struct department *one = &a->department, *other = &b->department;
    struct comparing c = {0};

    if (one->id.s && other->id.s)
        compare_items(&c, &entity_department, one, other);
    for (size_t i = 0; i < one->reports.count; i++) {
        const struct report *report = &one->reports.items[i];
        const struct report *counterpart = department_report(other, report->year.value);

        if (counterpart)
            compare_items(&c, &entity_report, report, counterpart);
    }
    take(alike, &c);
    end(&c);
    find_files(alike, a, b);
}

void alike_add_whole(struct alike *alike, const struct content_department *content,
                     const struct report *report, size_t *figures, size_t *texts)
{
    const struct entity *entity = report ? &entity_report : &entity_department;
    const void *record = report ? (const void *)report : &content->department;
    struct comparing c = {0};
    struct found found = compare(&c, entity, record, record); /* all of it is the same */

    end(&c);
    alike_add(alike, record);
    *figures = found.figures;
    *texts = found.texts;
    for (size_t i = 0; report && i < content->file_count; i++)
        if (is_text_file(&content->files[i]) && is_of(&content->files[i], report)) {
            alike_add(alike, &content->files[i]);
            ++*texts;
        }
}
