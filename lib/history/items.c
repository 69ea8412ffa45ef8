#include "base/base.h"

#include "history/items.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "model/figures.h"
#include "model/lookup.h"

struct collecting {
    struct items *items;
    const struct content_department *content;
    const struct items_wanted *wanted;
    const struct report *report; /* NULL: what is of all years */
    size_t skip;                 /* how much of an address is before its key */
    const char *scope, *scope_title;
    const char *scope_key; /* what it is called in keys of a year; NULL: as in addresses */
    const char *table, *table_title;
};

/* --- names --- */

static const char *copy(struct collecting *c, const struct text *text)
{
    return text->s ? arena_strndup(&c->items->arena, text->s, text->len) : NULL;
}

/* The entity whose records are a table of their own ("funds"). */
static const char *entity_title(const char *table)
{
    for (size_t i = 0; dataset_entities[i]; i++)
        if (!strcmp(dataset_entities[i]->table, table))
            return dataset_entities[i]->title;
    return NULL;
}

static const char *table_title(const struct report *report, const char *scope, const char *table)
{
    const struct table *found = scope ? NULL : report_table(report, table);

    return found ? found->title.s : entity_title(table);
}

/* What a project or evaluation is called in keys of a year. */
static const char *scope_key(struct collecting *c)
{
    for (size_t i = 0; c->scope && i < c->wanted->scope_count; i++)
        if (!strcmp(c->wanted->scopes[i].scope, c->scope))
            return c->wanted->scopes[i].key;
    return c->scope_title ? arena_format(&c->items->arena, "%s %s", c->scope, c->scope_title)
                          : NULL;
}

/* Most figures are of the table of the one before. */
static void enter(struct collecting *c, const char *scope, const char *table)
{
    bool same_scope = scope ? c->scope && !strcmp(c->scope, scope) : !c->scope;

    if (!same_scope) {
        c->scope = scope ? arena_strdup(&c->items->arena, scope) : NULL;
        c->scope_title = report_scope_name(c->report, scope);
        c->scope_key = c->wanted->year ? scope_key(c) : NULL;
    }
    if (!same_scope || !c->table || strcmp(c->table, table) != 0) {
        c->table = arena_strdup(&c->items->arena, table);
        c->table_title = table_title(c->report, scope, table);
    }
}

/* --- which --- */

static bool is_below(const char *address, const char *prefix)
{
    size_t len = strlen(prefix);

    return !strncmp(address, prefix, len) &&
           (!address[len] || address[len] == '/' || address[len] == '@');
}

static bool is_wanted(const struct collecting *c, const char *address, const char *table)
{
    return (!c->wanted->prefix || is_below(address, c->wanted->prefix)) &&
           (!c->wanted->table || (table && !strcmp(table, c->wanted->table)));
}

static bool is_passed(void *ctx, const void *record)
{
    const struct collecting *c = ctx;

    return alike_has(c->wanted->alike, record);
}

static struct item *add(struct collecting *c, const char *address)
{
    struct items *items = c->items;
    struct item *item;

    MEM_GROW(items->list, items->count, items->cap);
    item = &items->list[items->count++];
    *item = (struct item){.address = arena_strdup(&items->arena, address),
                          .year = c->report ? c->report->year.value : 0,
                          .scope = c->scope,
                          .scope_title = c->scope_title,
                          .table = c->table,
                          .table_title = c->table_title,
                          .text = "",
                          .shown = ""};
    item->key = item->address + c->skip;
    if (c->scope && c->scope_key)
        item->key = arena_format(&items->arena, "%s%s", c->scope_key, item->key + strlen(c->scope));
    return item;
}

/* --- figures --- */

static void add_figure(void *ctx, const struct all_figure *figure)
{
    struct collecting *c = ctx;
    struct item *item;

    if (!is_wanted(c, figure->address.s, figure->table.s))
        return;
    enter(c, figure->scope.s, figure->table.s);
    item = add(c, figure->address.s);
    item->line = copy(c, &figure->line);
    item->column = copy(c, &figure->column);
    item->label = copy(c, &figure->label);
    item->column_title = copy(c, &figure->column_label);
    item->is_figure = true;
    item->value = figure->value;
}

/* --- texts --- */

/* What a field says, as in the source; false when it says nothing of its own. */
static bool add_value(const struct field *field, const void *record, struct strbuf *out,
                      const char **shown)
{
    *shown = NULL;
    if (field->type == FIELD_TEXT || field->type == FIELD_CHOICE) {
        const struct text *text = field_text(field, record);

        if (!text->s || !text->at.line) /* without a place, it is from the profile */
            return false;
        strbuf_add(out, text->s, text->len);
        if (field->type == FIELD_CHOICE)
            *shown = choice_find(field->choices, text->s, text->len)->title;
        return true;
    }
    if (field->type == FIELD_INTEGER) {
        const struct integer *integer = field_at(field, record);

        strbuf_add_int(out, integer->value);
        return integer->present;
    }
    if (field->type == FIELD_FLAG) {
        const struct flag *flag = field_at(field, record);

        strbuf_adds(out, flag->value ? "true" : "false");
        return flag->present;
    }
    return false;
}

static void add_text(struct collecting *c, const char *address, const char *column,
                     const char *column_title, const char *label, const struct strbuf *text,
                     const char *shown)
{
    struct item *item = add(c, address);

    item->column = column;
    item->column_title = column_title;
    item->label = label;
    item->text = arena_strndup(&c->items->arena, text->buf, text->len);
    item->shown = shown ? shown : item->text;
}

/* Appends what identifies a record among its kind, in its file, with `between` before each. */
static void add_keys(const struct entity *entity, const void *record, struct strbuf *out,
                     const char *between)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < count; i++)
        if ((fields[i].flags & FIELD_KEY) && !(fields[i].flags & FIELD_DERIVED) &&
            fields[i].type == FIELD_TEXT && field_text(&fields[i], record)->s)
            strbuf_addf(out, "%s%s", between, field_text(&fields[i], record)->s);
}

/* What a record is called that has no label: its keys, such as the rule and the figure of an
 * acknowledgement. NULL: it has none either. */
static const char *keys_label(struct collecting *c, const struct entity *entity, const void *record)
{
    struct strbuf keys = STRBUF_INIT;
    const char *label = NULL;

    add_keys(entity, record, &keys, " ");
    if (keys.len)
        label = arena_strdup(&c->items->arena, keys.buf + 1);
    strbuf_release(&keys);
    return label;
}

/* The texts of a record; `address` is its own, without a slash behind it. */
static void add_fields(struct collecting *c, const struct entity *entity, const void *record,
                       struct strbuf *address)
{
    const struct field *label = entity_label(entity);
    const char *keys = label ? NULL : keys_label(c, entity, record);
    struct strbuf text = STRBUF_INIT;
    size_t count, before = address->len;
    const struct field *fields = entity->fields(&count);
    const char *shown;

    for (size_t i = 0; i < count; i++) {
        const struct field *field = &fields[i];

        if (!alike_is_text(field, label))
            continue;
        strbuf_clear(&text);
        if (!add_value(field, record, &text, &shown))
            continue;
        strbuf_addf(address, "/%s", field->name);
        if (is_wanted(c, address->buf, c->table))
            add_text(c, address->buf, field->name, field_title(field),
                     label && field != label ? field_text(label, record)->s : keys, &text, shown);
        strbuf_set_len(address, before);
    }
    strbuf_release(&text);
}

/* The address that the figures of a record have, without the column. False when it has none. */
static bool set_figure_address(struct collecting *c, const struct entity *entity,
                               const void *record, struct strbuf *address)
{
    const char *pattern = entity->address;
    struct address_part part;

    if (!pattern || !c->report) /* what is of all years has no figures */
        return false;
    strbuf_clear(address);
    strbuf_addf(address, "%s/%lld", c->report->department.s, (long long)c->report->year.value);
    while (address_part(&pattern, &part)) {
        const struct field *field = part.is_field ? entity_find(entity, part.s, part.len) : NULL;

        if (!part.is_field)
            strbuf_addf(address, "/%.*s", (int)part.len, part.s);
        else if (field && field_text(field, record)->s)
            strbuf_addf(address, "/%s", field_text(field, record)->s);
    }
    return true;
}

static void walk(struct collecting *c, const struct entity *entity, const void *record,
                 struct strbuf *address);

/* What a list of a record has. Tables and lines are called by their ids alone, as in the addresses
 * of figures. */
static void walk_list(struct collecting *c, const struct field *field, struct list list,
                      const struct strbuf *parent)
{
    const struct entity *child = field->child;
    struct strbuf address = STRBUF_INIT;
    bool is_named = child != &entity_table && child != &entity_line;

    for (size_t i = 0; i < list.count; i++) {
        const void *record = (const char *)list.items + i * child->size;

        if (is_passed(c, record))
            continue;
        if (!set_figure_address(c, child, record, &address)) {
            strbuf_clear(&address);
            strbuf_addbuf(&address, parent);
            if (is_named)
                strbuf_addf(&address, "/%s", field->name);
            add_keys(child, record, &address, "/");
        }
        walk(c, child, record, &address);
    }
    strbuf_release(&address);
}

/* What a record is in: a project or an evaluation, a table. */
static void enter_record(struct collecting *c, const struct entity *entity, const void *record)
{
    if (entity == &entity_report || entity == &entity_department) {
        c->scope = c->scope_title = c->table = c->table_title = NULL;
    } else if (entity == &entity_project || entity == &entity_evaluation) {
        const struct text *id = field_text(entity_find(entity, "id", 2), record);

        c->scope = arena_format(&c->items->arena, "%s/%s", entity->table, id->s);
        c->scope_title = report_scope_name(c->report, c->scope);
        c->table = c->table_title = NULL;
    } else if (entity == &entity_table) {
        c->table = ((const struct table *)record)->id.s;
        c->table_title = ((const struct table *)record)->title.s;
    } else if (entity != &entity_line) {
        c->table = entity->table;
        c->table_title = entity->title;
    }
}

static void walk(struct collecting *c, const struct entity *entity, const void *record,
                 struct strbuf *address)
{
    struct collecting before = *c;
    size_t count;
    const struct field *fields = entity->fields(&count);

    enter_record(c, entity, record);
    add_fields(c, entity, record, address);
    for (size_t i = 0; i < count; i++)
        if ((fields[i].type == FIELD_LIST || fields[i].type == FIELD_MAP) &&
            fields[i].child != &entity_report && fields[i].child != &entity_finding)
            walk_list(c, &fields[i], field_list(&fields[i], record), address);
    c->scope = before.scope;
    c->scope_title = before.scope_title;
    c->table = before.table;
    c->table_title = before.table_title;
}

/* --- texts in files of their own --- */

/* Ends of lines, blanks before them, and empty lines at the end are not what it says. */
static void add_lines(struct strbuf *out, const char *s, size_t len)
{
    for (const char *end = s + len, *stop; s < end; s = stop + 1) {
        size_t line;

        stop = memchr(s, '\n', (size_t)(end - s));
        if (!stop)
            stop = end;
        for (line = (size_t)(stop - s); line && strchr(" \t\r", s[line - 1]);)
            line--;
        strbuf_add(out, s, line);
        strbuf_addch(out, '\n');
    }
    while (out->len && out->buf[out->len - 1] == '\n')
        strbuf_set_len(out, out->len - 1);
}

/* departments/<department>/<year>/narrative.md, .../evaluations/<id>.md */
static void add_file(struct collecting *c, const struct content_file *file)
{
    static const char narrative[] = "narrative", folder[] = "evaluations/", ending[] = ".md";
    const char *department = c->report->department.s;
    struct strbuf prefix = STRBUF_INIT, address = STRBUF_INIT, text = STRBUF_INIT;
    const char *name;
    size_t len;

    strbuf_addf(&prefix, "departments/%s/%lld/", department, (long long)c->report->year.value);
    name = file->path + prefix.len;
    len = strlen(file->path);
    if (strncmp(file->path, prefix.buf, prefix.len) != 0 || len < sizeof(ending) ||
        strcmp(file->path + len - strlen(ending), ending) != 0)
        goto out;
    len = strlen(name) - strlen(ending);
    strbuf_addf(&address, "%s/%lld/%.*s", department, (long long)c->report->year.value, (int)len,
                name);
    c->scope = c->scope_title = c->table = c->table_title = NULL;
    if (!strncmp(name, folder, strlen(folder))) {
        c->scope = arena_strndup(&c->items->arena, name, len);
        c->scope_title = report_scope_name(c->report, c->scope);
        strbuf_adds(&address, "/text");
    }
    add_lines(&text, file->source.text, file->source.len);
    if (is_wanted(c, address.buf, c->table))
        add_text(c, address.buf, c->scope ? "text" : narrative, c->scope ? "评价报告" : "决算说明",
                 NULL, &text, NULL);
out:
    strbuf_release(&prefix);
    strbuf_release(&address);
    strbuf_release(&text);
}

/* --- all --- */

static void collect_report(struct collecting *c, const struct report *report)
{
    const struct content_department *content = c->content;
    struct strbuf address = STRBUF_INIT;

    if (!report->year.present || (c->wanted->year && c->wanted->year != report->year.value))
        return;
    c->report = report;
    strbuf_addf(&address, "%s/%lld", report->department.s, (long long)report->year.value);
    c->skip = c->wanted->year ? address.len + 1 : strlen(report->department.s) + 1;
    c->scope = c->scope_title = c->table = c->table_title = NULL;
    figures_each(report, is_passed, add_figure, c);
    if (c->wanted->year)
        goto out;
    if (!is_passed(c, report))
        walk(c, &entity_report, report, &address);
    for (size_t i = 0; i < content->file_count; i++)
        if (!is_passed(c, &content->files[i]))
            add_file(c, &content->files[i]);
out:
    strbuf_release(&address);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const struct item *)a)->key, ((const struct item *)b)->key);
}

void items_collect(struct items *items, const struct content_department *content,
                   const struct items_wanted *wanted)
{
    const struct department *department = &content->department;
    struct collecting c = {.items = items, .content = content, .wanted = wanted};

    memset(items, 0, sizeof(*items));
    if (!wanted->year && department->id.s && !is_passed(&c, department)) {
        struct strbuf address = STRBUF_INIT;

        c.skip = department->id.len + 1;
        strbuf_adds(&address, department->id.s);
        walk(&c, &entity_department, department, &address);
        strbuf_release(&address);
    }
    for (size_t i = 0; i < department->reports.count; i++)
        collect_report(&c, &department->reports.items[i]);
    if (items->count)
        qsort(items->list, items->count, sizeof(*items->list), compare_keys);
}

void items_release(struct items *items)
{
    free(items->list);
    arena_release(&items->arena);
    memset(items, 0, sizeof(*items));
}

bool item_is_marker(const struct item *item)
{
    const char *column = !item->year ? "level" : item->scope ? "name" : "profile";

    return !item->is_figure && !item->table && !strcmp(item->column, column);
}

bool items_same(const struct item *a, const struct item *b)
{
    int64_t one, other;

    if (a->is_figure != b->is_figure)
        return false;
    if (!a->is_figure)
        return !strcmp(a->text, b->text);
    if (a->value.state != b->value.state || a->value.measure != b->value.measure)
        return false;
    return a->value.state != QUANTITY_STATED ||
           (!quantity_units(&a->value, &one) && !quantity_units(&b->value, &other) && one == other);
}
