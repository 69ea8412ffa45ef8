#include "base/base.h"

#include "check/texts.h"

#include "base/arena.h"
#include "base/err.h"
#include "check/checks.h"
#include "model/figures.h"
#include "model/walk.h"

/* --- where a text is --- */

/* The addresses of texts in records that have no figures. */
static const struct {
    const struct entity *entity;
    const char *address;
} addresses[] = {
    {&entity_report, "{column}"},
    {&entity_table, "{id}/{column}"},
    {&entity_line, "{table}/{id}/{column}"},
    {&entity_project, "projects/{id}/{column}"},
    {&entity_evaluation, "evaluations/{id}/{column}"},
    {&entity_acknowledgement, "acknowledgements/{rule}/{column}"},
};

static const char *pattern_of(const struct entity *entity)
{
    for (size_t i = 0; i < ARRAY_SIZE(addresses); i++)
        if (addresses[i].entity == entity)
            return addresses[i].address;
    return entity->address;
}

/* The address of a field below the report: "projects/p07/indicators/cost-1/reason". */
static const char *address_of(struct checking *c, const struct check_text *text)
{
    const char *pattern = pattern_of(text->entity), *s;
    struct strbuf sb = STRBUF_INIT;
    struct address_part part;

    while (address_part(&pattern, &part)) {
        const struct field *field =
            part.is_field ? entity_find(text->entity, part.s, part.len) : NULL;
        struct text own = {part.s, (uint32_t)part.len, {0, 0}};

        if (part.is_field && part.len == strlen("column") && !memcmp(part.s, "column", part.len))
            own = text_of(text->field->name);
        else if (field)
            own = *field_text(field, text->record);
        if (!own.s)
            continue; /* no scope: the report itself */
        strbuf_addf(&sb, "%s%.*s", sb.len ? "/" : "", (int)own.len, own.s);
    }
    s = arena_strndup(c->arena, sb.buf, sb.len);
    strbuf_release(&sb);
    return s;
}

/* The file that has the record of an address: two parts of it for forms and evaluations. */
static const char *file_of(struct checking *c, const char *address)
{
    static const char *const scopes[] = {"projects/", "evaluations/"};

    for (size_t i = 0; i < ARRAY_SIZE(scopes); i++) {
        size_t len = strlen(scopes[i]);

        if (!strncmp(address, scopes[i], len))
            return arena_format(c->arena, "departments/%s/%.*s.json", c->report->path.s,
                                (int)(len + strcspn(address + len, "/")), address);
    }
    return check_report_file(c);
}

static struct place place_in(const struct check_text *text, size_t offset)
{
    struct place at = {0, (uint32_t)offset};
    unsigned column;

    err_place(text->s, text->len, offset, &at.line, &column);
    return at;
}

void check_cite_word(struct checking *c, struct finding *finding, const struct check_text *text,
                     size_t offset, const char *quoted)
{
    const char *address;
    size_t above = strlen("departments/") + c->report->path.len + 1;

    if (text->is_markdown) {
        address =
            arena_strndup(c->arena, text->path + above, strlen(text->path) - above - strlen(".md"));
        check_cite_text(c, finding, address, quoted, text->path, place_in(text, offset));
    } else {
        address = address_of(c, text);
        check_cite_text(c, finding, address, quoted, file_of(c, address),
                        field_text(text->field, text->record)->at);
    }
}

/* --- all texts --- */

static void check_field(struct checking *c, const struct entity *entity, const void *record,
                        const struct field *field)
{
    const struct text *own = field_text(field, record);
    struct check_text text = {
        .s = own->s, .len = own->len, .entity = entity, .record = record, .field = field};

    check_placeholders(c, &text);
    check_personal_data(c, &text);
}

/* What somebody wrote, and not what a profile gives. */
static bool visit(void *ctx, const struct entity *entity, const void *record)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    if (!pattern_of(entity))
        return true;
    for (size_t i = 0; i < count; i++)
        if (fields[i].type == FIELD_TEXT && fields[i].form == &form_plain &&
            !(fields[i].flags & FIELD_DERIVED) && field_text(&fields[i], record)->at.line)
            check_field(ctx, entity, record, &fields[i]);
    return true;
}

static bool is_own_markdown(const struct checking *c, const char *path)
{
    static const char departments[] = "departments/";
    size_t len = strlen(path), above = sizeof(departments) - 1;

    return len > above + c->report->path.len + strlen("/.md") &&
           !strncmp(path + above, c->report->path.s, c->report->path.len) &&
           path[above + c->report->path.len] == '/' && !strcmp(path + len - 3, ".md");
}

void check_texts(struct checking *c)
{
    for (size_t i = 0; i < c->content->file_count; i++) {
        const struct content_file *file = &c->content->files[i];
        struct check_text text = {.s = file->source.text,
                                  .len = file->source.len,
                                  .is_markdown = true,
                                  .path = file->path};

        if (!is_own_markdown(c, file->path))
            continue;
        check_placeholders(c, &text);
        check_personal_data(c, &text);
        check_narrative(c, &text);
    }
    record_walk(&entity_report, c->report, visit, c);
}
