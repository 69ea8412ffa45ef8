#include "base/base.h"

#include "text/mustache_sample.h"

#include "base/err.h"
#include "base/strbuf.h"

struct sample_field {
    const char *name;
    enum mustache_kind kind;
    size_t offset;
    const struct sample_type *type;
    size_t item_size;
    const char *const *choices;
};

struct sample_type {
    const char *title;
    const struct sample_field *fields;
    size_t count;
};

static const char *const kinds[] = {"row", "sum", NULL};

static const struct sample_type dept_type, node_type;

#define AT(type, member) offsetof(struct type, member)

static const struct sample_field dept_fields[] = {
    {"name", MUSTACHE_TEXT, AT(sample_dept, name), NULL, 0, NULL},
    {"code", MUSTACHE_TEXT, AT(sample_dept, code), NULL, 0, NULL},
    {"parent", MUSTACHE_OBJECT, AT(sample_dept, parent), &dept_type, 0, NULL},
    {"extra", MUSTACHE_JSON, AT(sample_dept, extra), NULL, 0, NULL},
};

static const struct sample_field node_fields[] = {
    {"name", MUSTACHE_TEXT, AT(sample_node, name), NULL, 0, NULL},
    {"nodes", MUSTACHE_LIST, AT(sample_node, nodes), &node_type, sizeof(struct sample_node), NULL},
};

static const struct sample_field line_fields[] = {
    {"name", MUSTACHE_TEXT, AT(sample_line, name), NULL, 0, NULL},
    {"amount", MUSTACHE_TEXT, AT(sample_line, amount), NULL, 0, NULL},
    {"note", MUSTACHE_MARKUP, AT(sample_line, note), NULL, 0, NULL},
    {"kind", MUSTACHE_TEXT, AT(sample_line, kind), NULL, 0, kinds},
    {"total", MUSTACHE_FLAG, AT(sample_line, total), NULL, 0, NULL},
    {"parts", MUSTACHE_LIST, AT(sample_line, parts), NULL, sizeof(const char *), NULL},
};

static const struct sample_field report_fields[] = {
    {"title", MUSTACHE_TEXT, AT(sample_report, title), NULL, 0, NULL},
    {"body", MUSTACHE_MARKUP, AT(sample_report, body), NULL, 0, NULL},
    {"kind", MUSTACHE_TEXT, AT(sample_report, kind), NULL, 0, kinds},
    {"draft", MUSTACHE_FLAG, AT(sample_report, draft), NULL, 0, NULL},
    {"dept", MUSTACHE_OBJECT, AT(sample_report, dept), &dept_type, 0, NULL},
    {"lines", MUSTACHE_LIST, AT(sample_report, lines), &sample_line_type,
     sizeof(struct sample_line), NULL},
    {"tags", MUSTACHE_LIST, AT(sample_report, tags), NULL, sizeof(const char *), NULL},
    {"kinds", MUSTACHE_LIST, AT(sample_report, kinds), NULL, sizeof(const char *), kinds},
    {"nodes", MUSTACHE_LIST, AT(sample_report, nodes), &node_type, sizeof(struct sample_node),
     NULL},
    {"extra", MUSTACHE_JSON, AT(sample_report, extra), NULL, 0, NULL},
};

static const struct sample_type dept_type = {"department", dept_fields, ARRAY_SIZE(dept_fields)};
static const struct sample_type node_type = {"node", node_fields, ARRAY_SIZE(node_fields)};
const struct sample_type sample_line_type = {"line", line_fields, ARRAY_SIZE(line_fields)};
const struct sample_type sample_report_type = {"report", report_fields, ARRAY_SIZE(report_fields)};

static bool find_field(const void *type, const char *name, size_t len, struct mustache_slot *slot)
{
    const struct sample_type *t = type;

    for (size_t i = 0; i < t->count; i++) {
        const struct sample_field *f = &t->fields[i];

        if (strlen(f->name) == len && !memcmp(f->name, name, len)) {
            *slot = (struct mustache_slot){f->kind, f, f->type, f->choices};
            return true;
        }
    }
    return false;
}

static const char *field_name(const void *type, size_t i)
{
    const struct sample_type *t = type;

    return i < t->count ? t->fields[i].name : NULL;
}

static const char *type_title(const void *type)
{
    return ((const struct sample_type *)type)->title;
}

static const void *place(const struct mustache_slot *slot, const void *object)
{
    return (const char *)object + ((const struct sample_field *)slot->field)->offset;
}

static const char *text_at(const struct mustache_slot *slot, const void *object)
{
    return *(const char *const *)place(slot, object);
}

static void field_text(const struct mustache_slot *slot, const void *object, struct strbuf *scratch,
                       const char **s, size_t *len)
{
    const char *text = text_at(slot, object);

    if (text && !strcmp(((const struct sample_field *)slot->field)->name, "code")) {
        strbuf_addf(scratch, "#%s", text);
        *s = scratch->buf;
        *len = scratch->len;
    } else {
        *s = text;
        *len = text ? strlen(text) : 0;
    }
}

static bool field_truthy(const struct mustache_slot *slot, const void *object)
{
    const char *text;

    if (slot->kind == MUSTACHE_FLAG)
        return *(const bool *)place(slot, object);
    text = text_at(slot, object);
    return text && *text;
}

static const void *field_object(const struct mustache_slot *slot, const void *object)
{
    return *(const void *const *)place(slot, object);
}

static size_t list_count(const struct mustache_slot *slot, const void *object)
{
    return ((const struct sample_list *)place(slot, object))->count;
}

static const void *list_item(const struct mustache_slot *slot, const void *object, size_t i)
{
    const struct sample_list *list = place(slot, object);
    size_t size = ((const struct sample_field *)slot->field)->item_size;
    const char *item = (const char *)list->items + i * size;

    return slot->type ? item : *(const char *const *)item;
}

static const json_t *field_json(const struct mustache_slot *slot, const void *object)
{
    return *(const json_t *const *)place(slot, object);
}

const struct mustache_schema sample_schema = {
    .find = find_field,
    .name = field_name,
    .title = type_title,
    .text = field_text,
    .truthy = field_truthy,
    .object = field_object,
    .count = list_count,
    .item = list_item,
    .json = field_json,
};

struct mustache_set *sample_set(const struct sample_source *sources, enum mustache_output output)
{
    struct mustache_set *set = mustache_set_new();
    struct errs errs = ERRS_INIT;

    for (const struct sample_source *s = sources; s->name; s++)
        if (mustache_set_add(set, s->name, s->name, s->text, strlen(s->text), output, &errs))
            abort();
    return set;
}

void sample_show_errors(const struct errs *errs, struct strbuf *out)
{
    for (size_t i = 0; i < errs->count; i++) {
        const struct err *e = &errs->items[i];

        if (e->file)
            strbuf_addf(out, "%s:%u:%u: ", e->file, e->line, e->column);
        strbuf_addf(out, "%s: %s", e->id, e->message);
        if (e->hint)
            strbuf_addf(out, " (%s)", e->hint);
        strbuf_addch(out, '\n');
        for (size_t j = 0; j < e->note_count; j++) {
            strbuf_addf(out, "  %s", e->notes[j].message);
            if (e->notes[j].file)
                strbuf_addf(out, " %s:%u:%u", e->notes[j].file, e->notes[j].line,
                            e->notes[j].column);
            strbuf_addch(out, '\n');
        }
    }
}
