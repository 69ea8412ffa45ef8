#include "base/base.h"

#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "check/rule.h"
#include "model/entities.h"
#include "site/record_schema.h"
#include "site/theme.h"
#include "text/escape.h"

/*
 * Makes a manual page (mdoc) of a template, on standard output: what the data dictionary and the
 * theme know is told by them, all the rest is prose. The lines that are replaced:
 *
 *     @date           the date of the page
 *     @keys ENTITY    the keys that an entity can have in a source
 *     @columns        the columns of figures
 *     @templates      the templates that a theme must have
 *     @common         the names that all pages have
 *     @records        the names of all that templates see, but for those that all pages have
 *     @labels         the labels that a theme must have
 */

enum { TEMPLATE_MAX = 1024 * 1024, ENTITIES_MAX = 128 };

/* --- sentences --- */

static void add_text(struct strbuf *out, const char *s)
{
    escape_roff(out, s, strlen(s));
}

/* "Fund, 项目资金: 项目资金的一行。" What says nothing new is left out. */
static void add_meaning(struct strbuf *out, const char *en, const char *zh, const char *text)
{
    add_text(out, en);
    if (strcmp(zh, en)) {
        strbuf_adds(out, ", ");
        add_text(out, zh);
    }
    if (strcmp(text, zh)) {
        strbuf_adds(out, ": ");
        add_text(out, text);
    }
    strbuf_adds(out, strcmp(text, zh) ? "。\n" : ".\n");
}

static void add_field_meaning(struct strbuf *out, const struct field *field)
{
    add_meaning(out, field_title_en(field), field_title(field), field_description(field));
}

/* Whether a title says no more than its id does: "not-involved", "Not involved". */
static bool is_same_word(const char *id, const char *title)
{
    for (; *id && *title; id++, title++)
        if (*id != *title && !(*id == '-' && *title == ' ') && (*id | 0x20) != (*title | 0x20))
            return false;
    return !*id && !*title;
}

static void add_choices(struct strbuf *out, const struct choice *choices)
{
    strbuf_adds(out, "One of\n");
    for (const struct choice *choice = choices; choice->id; choice++) {
        bool has_zh = strcmp(choice->id, choice->title) != 0;
        bool has_en = !is_same_word(choice->id, choice->title_en);

        strbuf_addf(out, ".Ql ");
        add_text(out, choice->id);
        strbuf_adds(out, has_zh || has_en ? "\n(" : "\n");
        if (has_en)
            add_text(out, choice->title_en);
        strbuf_adds(out, has_zh && has_en ? ", " : "");
        if (has_zh)
            add_text(out, choice->title);
        strbuf_addf(out, "%s%s\n", has_zh || has_en ? ")" : "", choice[1].id ? "," : ".");
    }
}

static const char *measure_word(enum measure measure)
{
    static const char *const words[] = {
        [MEASURE_AMOUNT] = "An amount", [MEASURE_PERCENT] = "A percentage",
        [MEASURE_COUNT] = "A count",    [MEASURE_SCORE] = "A score",
        [MEASURE_NUMBER] = "A number",
    };

    return words[measure];
}

/* --- keys of sources --- */

/* "an id of lower-case letters ..." as a sentence. */
static void add_form(struct strbuf *out, const struct text_form *form)
{
    size_t first = out->len;

    add_text(out, form->wanted);
    out->buf[first] = (char)(out->buf[first] & ~0x20);
    strbuf_adds(out, ".\n");
}

static void add_type(struct strbuf *out, const struct field *field)
{
    switch (field->type) {
    case FIELD_TEXT:
        add_form(out, field->form);
        break;
    case FIELD_CHOICE:
        add_choices(out, field->choices);
        break;
    case FIELD_INTEGER:
        strbuf_adds(out, "A whole number, without quotes.\n");
        break;
    case FIELD_FLAG:
        strbuf_adds(out, ".Ql true\nor\n.Ql false .\n");
        break;
    case FIELD_QUANTITY:
        strbuf_addf(out, "%s.\n", measure_word(field->measure));
        break;
    case FIELD_QUANTITIES:
        strbuf_adds(out, "An array of numbers.\n");
        break;
    case FIELD_OBJECT:
        strbuf_addf(out, "An object:\n.Sy %s .\n", field->child->name);
        break;
    case FIELD_LIST:
        strbuf_addf(out, "An array of objects:\n.Sy %s .\n", field->child->name);
        break;
    case FIELD_MAP:
        strbuf_addf(out, "An object of objects:\n.Sy %s .\nEach key is\n", field->child->name);
        add_text(out, entity_map_key(field->child)->form->wanted);
        strbuf_adds(out, ".\n");
        break;
    default:
        strbuf_adds(out, "Any JSON.\n");
    }
}

static void add_keys(struct strbuf *out, const struct entity *entity)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    strbuf_addf(out, ".Sy %s :\n", entity->name);
    add_meaning(out, entity->title_en, entity->title, entity->description);
    strbuf_adds(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < count; i++)
        if (field_in_source(&fields[i])) {
            strbuf_addf(out, ".It Va %s%s\n", fields[i].name,
                        fields[i].flags & FIELD_REQUIRED ? " Pq required" : "");
            add_field_meaning(out, &fields[i]);
            add_type(out, &fields[i]);
        }
    strbuf_adds(out, ".El\n");
}

static void add_columns(struct strbuf *out)
{
    strbuf_adds(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        strbuf_addf(out, ".It Va %s\n", columns[i].name);
        add_field_meaning(out, &columns[i]);
        strbuf_addf(out, "%s.\n", measure_word(columns[i].measure));
    }
    strbuf_adds(out, ".El\n");
}

/* --- names of templates --- */

static bool in_templates(const struct entity *entity, const struct field *field,
                         struct mustache_slot *slot)
{
    return record_schemas[NAMED_IN_CHINESE].find(entity, field->name, strlen(field->name), slot);
}

static void add_kind(struct strbuf *out, const struct field *field)
{
    switch (field->type) {
    case FIELD_TEXT:
        strbuf_adds(out, "Text.\n");
        break;
    case FIELD_MARKUP:
        strbuf_adds(out, "Markup.\n");
        break;
    case FIELD_CHOICE:
        add_choices(out, field->choices);
        break;
    case FIELD_INTEGER:
        strbuf_adds(out, "Whole number.\n");
        break;
    case FIELD_FLAG:
        strbuf_adds(out, "Flag.\n");
        break;
    case FIELD_QUANTITY:
        strbuf_adds(out, "Figure.\n");
        break;
    case FIELD_OBJECT:
        strbuf_addf(out, "Object:\n.Sy %s .\n", field->child->name);
        break;
    case FIELD_JSON:
        strbuf_adds(out, "Anything.\n");
        break;
    default:
        strbuf_addf(out, "List:\n.Sy %s .\n", field->child->name);
    }
}

static void add_name(struct strbuf *out, const struct field *field)
{
    strbuf_addf(out, ".It Va %s\n", field->name);
    add_kind(out, field);
    add_field_meaning(out, field);
}

/* And not parts/table or robots.txt. */
static bool is_page(enum template_id id)
{
    return !strpbrk(theme_template_name(id), "/.");
}

static bool is_page_entity(const struct entity *entity)
{
    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++)
        if (is_page(id) && theme_template_entity(id) == entity)
            return true;
    return false;
}

/* Whether all pages have such a field. */
static bool is_common(const struct field *field)
{
    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++) {
        const struct field *other =
            is_page(id) ? entity_find(theme_template_entity(id), field->name, strlen(field->name))
                        : field;

        if (!other || other->type != field->type || other->child != field->child)
            return false;
    }
    return true;
}

/* What is common to all pages is told of them once. */
static void add_names(struct strbuf *out, const struct entity *entity, bool common)
{
    bool of_page = is_page_entity(entity), any = false;
    struct mustache_slot slot;
    size_t count;
    const struct field *fields = entity->fields(&count);

    for (size_t i = 0; i < count; i++)
        if (in_templates(entity, &fields[i], &slot) &&
            (of_page && is_common(&fields[i])) == common) {
            strbuf_adds(out, any ? "" : ".Bl -tag -width 16n -compact\n");
            any = true;
            add_name(out, &fields[i]);
        }
    strbuf_adds(out, any ? ".El\n" : "It has nothing else.\n");
}

static void add_templates(struct strbuf *out)
{
    strbuf_adds(out, ".Bl -tag -width Ds\n");
    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++) {
        const struct entity *entity = theme_template_entity(id);

        strbuf_addf(out, ".It Pa %s\n", theme_template_name(id));
        add_meaning(out, entity->title_en, entity->title, entity->description);
        strbuf_addf(out, "Sees\n.Sy %s .\n", entity->name);
    }
    strbuf_adds(out, ".El\n");
}

/* --- entities --- */

struct entities {
    const struct entity *items[ENTITIES_MAX];
    size_t count;
};

static void collect(struct entities *all, const struct entity *entity)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i] == entity)
            return;
    if (all->count == ENTITIES_MAX)
        abort();
    all->items[all->count++] = entity;
}

/* The entities of the templates, and what they hold: the list grows while it is gone through. */
static void collect_records(struct entities *all)
{
    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++)
        collect(all, theme_template_entity(id));
    for (size_t i = 0; i < all->count; i++) {
        struct mustache_slot slot;
        size_t count;
        const struct field *fields = all->items[i]->fields(&count);

        for (size_t j = 0; j < count; j++)
            if (fields[j].child && in_templates(all->items[i], &fields[j], &slot))
                collect(all, fields[j].child);
    }
}

static void collect_sources(struct entities *all)
{
    for (const struct entity *const *entity = source_entities; *entity; entity++)
        collect(all, *entity);
    for (size_t i = 0; i < all->count; i++) {
        size_t count;
        const struct field *fields = all->items[i]->fields(&count);

        for (size_t j = 0; j < count; j++)
            if (fields[j].child && field_in_source(&fields[j]))
                collect(all, fields[j].child);
    }
}

static void add_records(struct strbuf *out)
{
    struct entities all = {.count = 0};

    collect_records(&all);
    for (size_t i = 0; i < all.count; i++) {
        const struct entity *entity = all.items[i];

        strbuf_addf(out, ".Pp\n.Sy %s :\n", entity->name);
        add_meaning(out, entity->title_en, entity->title, entity->description);
        add_names(out, entity, false);
    }
}

static void add_labels(struct strbuf *out)
{
    for (enum theme_word word = 0; word < WORD_COUNT; word++)
        strbuf_addf(out, ".Ql %s%s\n", theme_word_name(word), word + 1 < WORD_COUNT ? " ," : " .");
}

static void add_rules(struct strbuf *out)
{
    strbuf_adds(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < RULE_COUNT; i++) {
        strbuf_addf(out, ".It Sy %s Pq %s\n%s", rules[i].id, rules[i].severity, rules[i].title_en);
        strbuf_addf(out, " (%s).\n", rules[i].title);
        strbuf_addf(out, "读：%s。\n", rules[i].reads);
        strbuf_addf(out, "说：%s。\n", rules[i].says);
    }
    strbuf_adds(out, ".El\n");
}

/* --- lines --- */

static int expand_keys(struct strbuf *out, const char *name)
{
    struct entities all = {.count = 0};

    collect_sources(&all);
    for (size_t i = 0; i < all.count; i++)
        if (!strcmp(all.items[i]->name, name)) {
            add_keys(out, all.items[i]);
            return 0;
        }
    return -1;
}

static int expand(struct strbuf *out, const char *line)
{
    static const char keys[] = "@keys ";

    if (!strncmp(line, keys, strlen(keys)))
        return expand_keys(out, line + strlen(keys));
    if (!strcmp(line, "@date"))
        strbuf_adds(out, ".Dd " JUESUAN_DATE "\n");
    else if (!strcmp(line, "@columns"))
        add_columns(out);
    else if (!strcmp(line, "@templates"))
        add_templates(out);
    else if (!strcmp(line, "@common"))
        add_names(out, theme_template_entity(TEMPLATE_HOME), true);
    else if (!strcmp(line, "@records"))
        add_records(out);
    else if (!strcmp(line, "@labels"))
        add_labels(out);
    else if (!strcmp(line, "@rules"))
        add_rules(out);
    else
        return -1;
    return 0;
}

/* `text` is cut into lines. */
static int make_page(const char *file, char *text)
{
    struct strbuf out = STRBUF_INIT;
    int status = 0;

    for (unsigned number = 1; *text; number++) {
        char *end = strchrnul(text, '\n');
        char *next = *end ? end + 1 : end;

        *end = '\0';
        if (*text != '@') {
            strbuf_addf(&out, "%s\n", text);
        } else if (expand(&out, text)) {
            fprintf(stderr, "manpage: %s:%u: there is nothing to say for '%s'\n", file, number,
                    text);
            status = ERR_CONTENT;
        }
        text = next;
    }
    if (!status && (fputs(out.buf, stdout) == EOF || fflush(stdout))) {
        fprintf(stderr, "manpage: cannot write to standard output\n");
        status = ERR_SYSTEM;
    }
    strbuf_release(&out);
    return status;
}

int main(int argc, char **argv)
{
    struct strbuf text = STRBUF_INIT;
    struct errs errs = ERRS_INIT;
    int status;

    if (argc != 2) {
        fprintf(stderr, "usage: manpage TEMPLATE\n");
        return ERR_USAGE;
    }
    if (fs_read(AT_FDCWD, argv[1], argv[1], TEMPLATE_MAX, &text, &errs)) {
        fprintf(stderr, "manpage: %s\n", errs.items[0].message);
        status = errs_status(&errs);
    } else {
        status = make_page(argv[1], text.buf);
    }
    strbuf_release(&text);
    errs_release(&errs);
    return status;
}
